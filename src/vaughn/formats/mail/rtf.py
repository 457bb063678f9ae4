"""The body that Outlook keeps as RTF: the HTML or plain text inside it given back ([MS-OXRTFEX]), else its own text."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field, replace

from vaughn.formats.mail.charsets import without_surrogates
from vaughn.formats.mail.codepages import charset_of_code_page

MAX_CHARACTERS = 32_000_000
# Groups in groups beyond this are noise; RTF of Word has some ten.
MAX_GROUPS = 2_000
_TOKEN = re.compile(
    rb"\\(?P<word>[A-Za-z]{1,40})(?P<number>-?\d{1,10})? ?|\\'(?P<hex>[0-9A-Fa-f]{2})|\\(?P<sign>[^A-Za-z'])"
    rb"|(?P<open>\{)|(?P<close>\})|(?P<text>[^\\{}\r\n]+)|[\r\n\\]",
    re.S,
)
_LINES = {"par": "\n", "line": "\n", "tab": "\t", "row": "\n", "cell": "\t", "sect": "\n", "page": "\n"}
_SIGNS = {
    "lquote": "\u2018", "rquote": "\u2019", "ldblquote": "\u201c", "rdblquote": "\u201d", "bullet": "\u2022",
    "endash": "\u2013", "emdash": "\u2014", "emspace": "\u2003", "enspace": "\u2002",
}  # fmt: skip
_SILENT = frozenset(
    {"fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "header", "footer", "headerl", "headerr",
    "footerl",
     "footerr", "footnote", "themedata", "datastore", "listtable", "listoverridetable", "rsidtbl", "generator",
     "bkmkstart", "bkmkend", "fldinst", "mhtmltag", "pntext", "xmlnstbl", "filetbl", "revtbl"}
)  # fmt: skip
# Windows character sets of fonts (\fcharset) as code pages.
_FONT_SETS = {
    0: 1252, 77: 10000, 128: 932, 129: 949, 130: 1361, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258, 177: 1255,
    178: 1256, 186: 1257, 204: 1251, 222: 874, 238: 1250, 254: 437, 255: 850,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RtfBody:
    """What RTF holds; `html` if it was made from HTML, then `text` is empty."""

    text: str = ""
    html: str | None = None


@dataclass(slots=True)
class _Group:
    """What holds inside one pair of braces."""

    silent: bool = False
    html_tag: bool = False
    html_rtf: bool = False
    skip_bytes: int = 1
    charset: str = ""
    starred: bool = False
    in_fonts: bool = False


@dataclass(slots=True)
class _State:
    is_html: bool = False
    is_text: bool = False
    charset: str = "cp1252"
    fonts: dict[int, str] = field(default_factory=dict)
    font: int = 0
    out: list[str] = field(default_factory=list)
    pending: bytearray = field(default_factory=bytearray)
    pending_charset: str = ""
    skip: int = 0
    written: int = 0


def rtf_body(data: bytes) -> RtfBody:
    """Return the body inside the RTF *data*, as far as it goes."""
    walk = _Walk(_State(is_html=b"\\fromhtml" in data[:4096], is_text=b"\\fromtext" in data[:4096]))
    for token in _TOKEN.finditer(data):
        if walk.state.written > MAX_CHARACTERS:
            break
        walk.take(token)
    _flush(walk.state)
    text = without_surrogates("".join(walk.state.out)).replace("\0", "")
    return RtfBody(html=text) if walk.state.is_html else RtfBody(text.strip("\n"))


class _Walk:
    """Goes through the tokens, braces within braces."""

    def __init__(self, state: _State) -> None:
        self.state = state
        self._group = _Group()
        self._groups: list[_Group] = []
        self._too_deep = 0

    def take(self, token: re.Match[bytes]) -> None:
        """Take one token."""
        kind = token.lastgroup
        if kind == "open":
            self._open()
        elif kind == "close":
            self._close()
        elif kind == "text":
            _say_bytes(token["text"], self.state, self._group)
        elif kind == "hex":
            _say_bytes(bytes([int(token["hex"], 16)]), self.state, self._group)
        elif kind == "sign":
            _sign(token["sign"], self.state, self._group)
        elif kind in {"word", "number"}:
            _word(token["word"].decode("ascii"), token["number"], self.state, self._group)

    def _open(self) -> None:
        _flush(self.state)
        if len(self._groups) >= MAX_GROUPS:
            self._too_deep += 1
            return
        self._groups.append(self._group)
        self._group = replace(self._group, starred=False)

    def _close(self) -> None:
        _flush(self.state)
        if self._too_deep:
            self._too_deep -= 1
        elif self._groups:
            self._group = self._groups.pop()


def _is_silent(state: _State, group: _Group) -> bool:
    return group.silent or (group.html_rtf and (state.is_html or state.is_text))


def _say(text: str, state: _State, group: _Group) -> None:
    _flush(state)
    if not _is_silent(state, group):
        state.out.append(text)
        state.written += len(text)


def _say_bytes(data: bytes, state: _State, group: _Group) -> None:
    if state.skip:
        dropped = min(state.skip, len(data))
        state.skip -= dropped
        data = data[dropped:]
    if _is_silent(state, group) or not data:
        return
    charset = group.charset or state.charset
    if state.pending and charset != state.pending_charset:
        _flush(state)
    state.pending_charset = charset
    state.pending += data


def _flush(state: _State) -> None:
    if state.pending:
        data = bytes(state.pending)
        text = data.decode("ascii") if data.isascii() else data.decode(state.pending_charset, "replace")
        state.out.append(text)
        state.written += len(text)
        state.pending.clear()


def _sign(sign: bytes, state: _State, group: _Group) -> None:
    if sign == b"*":
        group.starred = True
    elif sign in b"\\{}":
        _say_bytes(sign, state, group)
    elif sign == b"~":
        _say("\xa0", state, group)
    elif sign == b"_":
        _say("-", state, group)
    elif sign in b"\r\n":
        _say("\n", state, group)


def _word(word: str, number: bytes | None, state: _State, group: _Group) -> None:
    value = int(number) if number is not None else None
    if word == "htmltag":
        group.html_tag, group.silent = True, not state.is_html
    elif word == "htmlrtf":
        _flush(state)
        group.html_rtf = value != 0
    elif word == "u" and value is not None:
        _say(chr(value & 0xFFFF), state, group)
        state.skip = group.skip_bytes
    elif word == "uc":
        group.skip_bytes = min(max(0, value or 0), 16)
    elif word in _LINES:
        _say("\r\n" if state.is_html and _LINES[word] == "\n" else _LINES[word], state, group)
    elif word in _SIGNS:
        _say(_SIGNS[word], state, group)
    elif word in _SILENT or (group.starred and word != "fldrslt"):
        group.silent = True
        group.in_fonts = group.in_fonts or word == "fonttbl"
    else:
        _set_charset(word, value, state, group)


def _set_charset(word: str, value: int | None, state: _State, group: _Group) -> None:
    if word == "ansicpg":
        state.charset = _known(charset_of_code_page(value)) or state.charset
    elif word == "f" and value is not None:
        if group.in_fonts:
            state.font = value
        else:
            _flush(state)
            group.charset = state.fonts.get(value, "")
    elif word == "fcharset" and group.in_fonts:
        name = _known(charset_of_code_page(_FONT_SETS.get(value or 0)))
        if name and len(state.fonts) < MAX_GROUPS:
            state.fonts[state.font] = name if value else ""
    elif word == "plain":
        _flush(state)
        group.charset = ""


def _known(name: str | None) -> str | None:
    try:
        return codecs.lookup(name).name if name else None
    except LookupError:
        return None
