"""Which characters bytes stand for when what a message declares is missing, unknown or wrong.

Declared names are read as browsers do (WHATWG Encoding): old names mean the larger set that programs really write,
such as Windows-1252 for Latin-1. What does not fit is UTF-8 if it can be, else what its letters are likeliest
in, and told as a guess.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import lru_cache

from vaughn.formats.charsets import guessed_encoding

# What the name means in practice: the set of the program that wrote it, not of the standard.
_LARGER = {
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "cp950",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "johab": "johab",
    "ascii": "ascii",
}
_OTHER_NAMES = {
    "ks_c_5601-1987": "cp949", "ks_c_5601": "cp949", "x-windows-949": "cp949", "x-sjis": "cp932", "x-gbk": "gb18030",
    "x-euc-jp": "euc_jp", "x-big5": "cp950", "x-x-big5": "cp950", "cn-big5": "cp950", "cn-gb": "gb18030",
    "x-mac-roman": "mac_roman", "macintosh": "mac_roman", "x-mac-cyrillic": "mac_cyrillic",
    "unicode-1-1-utf-7": "utf_7",
    "iso-8859-8-i": "iso8859-8", "iso-8859-8-e": "iso8859-8", "iso-8859-6-i": "iso8859-6", "x-cp1250": "cp1250",
    "x-cp1251": "cp1251", "x-cp1252": "cp1252", "iso-2022-jp-1": "iso2022_jp_2", "x-user-defined": "cp1252",
}  # fmt: skip
# Codecs that are no character sets, or take time beyond measure on long input.
_NO_CHARSETS = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"})
_NOTHING_SAID = frozenset({"", "us-ascii", "ascii", "unknown-8bit", "x-unknown", "unknown", "default", "8bit", "7bit"})
_SHIFTED = re.compile(rb"\x1b(?:\$[@B]|\([BJ])")
_C1 = re.compile(rb"[\x80-\x9f]")
_BEYOND = re.compile(rb"[\x80-\xff]")
GUESSED_BYTES = 4096
_SURROGATE = re.compile("[\ud800-\udfff]")
# Text of which more than this share does not fit the declared set is in another set.
MAX_MISFIT_SHARE = 0.02


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, and whether its characters are a guess."""

    text: str
    guessed: bool = False


def decoded(data: bytes, declared: str | None = None) -> Decoded:
    """Return *data* as text in the *declared* set, or in the one it is most likely written in."""
    name = (declared or "").strip(" \t\"'").lower()
    if name in _NOTHING_SAID:
        return _undeclared(data)
    codec = _codec(name)
    if codec is None:
        found = _undeclared(data)
        return Decoded(found.text, guessed=not data.isascii())
    try:
        text = data.decode(codec)
    except (UnicodeError, ValueError):
        return Decoded(_misfit(data, codec), guessed=True)
    if codec == "utf_7" and _SURROGATE.search(text):
        text = without_surrogates(text)
    return Decoded(text, guessed=codec == "cp1252" and name == "iso-8859-1" and _C1.search(data) is not None)


def is_charset(name: str) -> bool:
    """Tell whether *name* is a character set that can be read."""
    return _codec(name.strip(" \t\"'").lower()) is not None


def without_surrogates(text: str) -> str:
    """Return *text* with halves of characters joined where they stand together and replaced where they do not."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


@lru_cache(maxsize=256)
def _codec(name: str) -> str | None:
    name = _OTHER_NAMES.get(name, name)
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    if found.name.replace("-", "_") in _NO_CHARSETS or not getattr(found, "_is_text_encoding", True):
        return None
    return _LARGER.get(found.name, found.name)


def _undeclared(data: bytes) -> Decoded:
    if data.isascii():
        if b"\x1b" in data and _SHIFTED.search(data):
            return Decoded(data.decode("iso2022_jp_ext", "replace"), guessed=True)
        return Decoded(data.decode("ascii"))
    try:
        return Decoded(data.decode("utf-8"), guessed=True)
    except UnicodeDecodeError:
        return Decoded(data.decode(_likeliest(data), "replace"), guessed=True)


def _likeliest(data: bytes) -> str:
    """Return the set that the letters around the first one beyond ASCII are likeliest in; all would take too long."""
    first = _BEYOND.search(data)
    at = first.start() if first else 0
    return guessed_encoding(data[max(0, at - GUESSED_BYTES // 8) : at + GUESSED_BYTES])


def _misfit(data: bytes, codec: str) -> str:
    """Return *data* although it is not all in *codec*: by far the most of it may be."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    text = without_surrogates(data.decode(codec, "replace"))
    if codec == "utf-8" and text.count("\ufffd") > MAX_MISFIT_SHARE * len(text):
        return data.decode(_likeliest(data), "replace")
    return text
