r"""The tokens of an RTF file (RTF specification 1.9.1), and the tables that say what its control words mean.

Binary data (``\bin``) is passed over by its length and handed out as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,40})(-?\d{1,10})? ?"  # a control word, its number, the blank that ends it
    rb"|\\'([0-9a-fA-F]{2})"  # a byte
    rb"|\\([^a-zA-Z])"  # a control symbol
    rb"|([{}])"
    rb"|[\r\n\0]+"
    rb"|([^\\{}\r\n\0]+)"
    rb"|\\",
    re.DOTALL,
)

# Code pages by the character set of a font.
CHARSETS = {
    0: "cp1252", 77: "mac_roman", 78: "cp932", 79: "cp949", 80: "cp936", 81: "cp950", 128: "cp932", 129: "cp949",
    130: "johab", 134: "cp936", 136: "cp950", 161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255",
    178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp437",
}  # fmt: skip
SIGNS = {
    "tab": "\t", "emdash": "\u2014", "endash": "\u2013", "lquote": "\u2018", "rquote": "\u2019", "ldblquote": "\u201c",
    "rdblquote": "\u201d", "bullet": "\u2022", "emspace": "\u2003", "enspace": "\u2002", "qmspace": "\u2005",
    "zwj": "\u200d", "zwnj": "\u200c", "ltrmark": "\u200e", "rtlmark": "\u200f", "line": "\n", "softline": "\n",
}  # fmt: skip
SYMBOLS = {b"~": "\xa0", b"_": "\u2011", b"-": "", b"\\": "\\", b"{": "{", b"}": "}", b"\t": "\t"}
# Groups whose words are no text of the document.
SILENT = frozenset(
    {"fonttbl", "colortbl", "stylesheet", "info", "pict", "objdata", "objclass", "fldinst", "sp", "nonshppict"}
    | {"xe", "tc", "rxe", "txe", "private", "pgptbl", "listtable", "listoverridetable", "revtbl", "rsidtbl", "template"}
    | {"generator", "filetbl", "xmlnstbl", "themedata", "datastore", "latentstyles", "bkmkstart", "bkmkend", "atnid"}
    | {
        "atnauthor",
        "atntime",
        "atndate",
        "atnref",
        "atrfstart",
        "atrfend",
        "atnparent",
        "userprops",
        "objname",
        "mmathPr",
    }
    | {"colorschememapping", "wgrffmtfilter", "ftnsep", "ftnsepc", "aftnsep", "aftnsepc", "ftncn", "aftncn", "docvar"}
    | {"passwordhash", "fchars", "lchars", "falt", "panose", "background", "objalias", "objsect", "shprslt", "blipuid"}
)
# Starred groups that are read all the same; all other starred ones are for readers that know them.
READ_THOUGH_STARRED = frozenset(
    {
        "shppict",
        "shpinst",
        "do",
        "annotation",
        "htmltag",
        "aftnsep",
        "fldinst",
        "objdata",
        "objclass",
        "revtbl",
        "generator",
    }
    | {
        "atnauthor",
        "atndate",
        "atnref",
        "atrfstart",
        "atrfend",
        "template",
        "userprops",
        "shptxt",
        "pntext",
        "listtext",
    }
)


@dataclass(frozen=True, slots=True)
class Token:
    """One token: `kind` is ``word``, ``byte``, ``symbol``, ``open``, ``close``, ``text`` or ``binary``."""

    kind: str
    word: str = ""
    number: int | None = None
    data: bytes = b""


_OPEN, _CLOSE = Token("open"), Token("close")


def tokens(data: bytes) -> Iterator[Token]:
    """Yield the tokens of *data*; any bytes are some tokens."""
    at = 0
    while at < len(data):
        matched = _TOKEN.match(data, at)
        if matched is None:  # cannot be: every byte begins a token
            return
        at = matched.end()
        group = matched.lastindex
        if group is None:
            continue
        if group <= 2:
            word = matched[1].decode("ascii")
            number = int(matched[2]) if matched[2] else None
            if word == "bin":
                length = max(0, number or 0)
                yield Token("binary", data=data[at : at + length])
                at += length
            else:
                yield Token("word", word, number)
        elif group == 3:
            yield Token("byte", data=bytes((int(matched[3], 16),)))
        elif group == 4:
            yield Token("symbol", data=matched[4])
        elif group == 5:
            yield _OPEN if matched[5] == b"{" else _CLOSE
        else:
            yield Token("text", data=matched[6])


def code_page(number: int) -> str:
    """Return the name of code page *number* as Python knows it; Windows-1252 for those it does not."""
    special = {10000: "mac_roman", 65001: "utf-8", 42: "cp1252", 708: "cp1256", 1361: "johab"}
    name = special.get(number, f"cp{number}")
    try:
        "".encode(name)
    except LookupError:
        return "cp1252"
    return name
