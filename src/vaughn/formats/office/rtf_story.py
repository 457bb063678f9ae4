r"""The walk through an RTF file: what its words say, who changed them, what it hides and what stands inside it.

RTF specification 1.9.1. What is marked as deleted (``\deleted``) or hidden (``\v``) is not in the text; both are kept.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from vaughn.formats.office.doc_fib import packed_date
from vaughn.formats.office.docx_story import ENDNOTE_MARK, PAGE_BREAK, Change
from vaughn.formats.office.rtf_tokens import (
    CHARSETS,
    READ_THOUGH_STARRED,
    SIGNS,
    SILENT,
    SYMBOLS,
    Token,
    code_page,
    tokens,
)

MAX_DEPTH = 5000
MAX_DATA_BYTES = 64 << 20  # of one picture or object, in hexadecimal twice as much
_LETTERS = frozenset({"text", "byte"})
_DATA = frozenset({"pict", "objdata"})
_HEADERS = frozenset({"header", "headerl", "headerr", "headerf"})
_FOOTERS = frozenset({"footer", "footerl", "footerr", "footerf"})
_INFO = frozenset({"title", "subject", "author", "manager", "company", "operator", "category", "keywords", "comment",
                   "doccomm", "hlinkbase", "generator", "creatim", "revtim", "printim"})  # fmt: skip
_CLOCK = {"yr": 0, "mo": 1, "dy": 2, "hr": 3, "min": 4, "sec": 5}


@dataclass(slots=True)
class Comment:
    """One comment: who wrote it, what it says."""

    author: str
    text: str = ""


@dataclass(slots=True)
class Found:
    """All that the walk gathered."""

    body: list[str] = field(default_factory=list)
    headers: list[str] = field(default_factory=list)
    footers: list[str] = field(default_factory=list)
    footnotes: list[str] = field(default_factory=list)
    endnotes: list[str] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    pictures: list[tuple[str, bytes]] = field(default_factory=list)
    objects: list[bytes] = field(default_factory=list)
    info: list[tuple[str, str]] = field(default_factory=list)
    clocks: dict[str, list[int]] = field(default_factory=dict)
    cut_off: bool = False


@dataclass(slots=True)
class _Group:
    """What a group sets; a copy of the group around it."""

    destination: str = "body"
    output: list[str] | None = None
    silent: bool = False
    hidden: bool = False
    deleted: bool = False
    revised: bool = False
    author: int = 0
    at: int = 0
    encoding: str = "cp1252"
    fallback: int = 1
    starred: bool = False
    is_new: bool = False
    on_close: Callable[[], None] | None = None


class RtfStory:
    """Reads tokens one after the other."""

    def __init__(self) -> None:
        self.found = Found()
        self._group = _Group(output=self.found.body)
        self._stack: list[_Group] = []
        self._default = "cp1252"
        self._fonts: dict[int, str] = {}
        self._font = 0
        self._authors: list[str] = ["unknown"]
        self._author = ""
        self._bytes = bytearray()
        self._skip = 0
        self._pending_surrogate = 0
        self._data = bytearray()
        self._picture = ".bin"
        self._clock = ""

    def read(self, data: bytes) -> Found:
        """Return what *data* says."""
        for token in tokens(data):
            if len(self._stack) > MAX_DEPTH:
                self.found.cut_off = True
                break
            self._take(token)
        self._flush()
        while self._stack:
            self._close()
        return self.found

    def _take(self, token: Token) -> None:
        kind = token.kind
        if token.data and kind in _LETTERS:
            self._take_bytes(token.data)
        elif kind == "word":
            self._word(token.word, token.number)
        elif kind == "open":
            self._flush()
            self._skip = 0
            self._stack.append(self._group)
            self._group = replace(self._group, is_new=True, starred=False, on_close=None)
        elif kind == "close":
            self._flush()
            self._skip = 0
            self._close()
        elif kind == "symbol":
            self._symbol(token.data)
        elif self._group.destination in _DATA:
            self._data += token.data[: MAX_DATA_BYTES - len(self._data)]

    def _close(self) -> None:
        if not self._stack:
            return
        closing = self._group
        self._group = self._stack.pop()
        if closing.on_close is not None:
            closing.on_close()

    # -- letters -----------------------------------------------------------------------------------------------

    def _take_bytes(self, data: bytes) -> None:
        if self._skip:
            taken = min(self._skip, len(data))
            self._skip -= taken
            data = data[taken:]
        if not data:
            return
        self._group.is_new = False
        if self._group.destination in _DATA:
            if len(self._data) < 2 * MAX_DATA_BYTES:
                self._data += data
        else:
            self._bytes += data

    def _flush(self) -> None:
        if self._bytes:
            data, self._bytes = bytes(self._bytes), bytearray()
            self._say(data.decode(self._group.encoding, "replace"))

    def _say(self, text: str) -> None:
        group = self._group
        if group.silent or group.output is None:
            if group.destination in _CAPTURED and group.output is not None:
                group.output.append(text)
            return
        if group.deleted or group.revised:
            self._change("Deleted" if group.deleted else "Inserted").text += text
            if group.deleted:
                return
        if group.hidden:
            self.found.hidden.append(text)
            return
        group.output.append(text)

    def _change(self, what: str) -> Change:
        place = self._group.author
        author = self._authors[place] if 0 <= place < len(self._authors) else "unknown"
        last = self.found.changes[-1] if self.found.changes else None
        date = packed_date(self._group.at)
        if last is None or (last.what, last.author, last.date) != (what, author, date):
            last = Change(what, author, date)
            self.found.changes.append(last)
        return last

    def _unicode(self, number: int) -> None:
        self._flush()
        code = number & 0xFFFF if number < 0 else number
        if 0xD800 <= code < 0xDC00:
            self._pending_surrogate = code
        elif 0xDC00 <= code < 0xE000:
            if self._pending_surrogate:
                self._say(chr(0x10000 + ((self._pending_surrogate - 0xD800) << 10) + code - 0xDC00))
            self._pending_surrogate = 0
        elif code < 0x110000:
            # Letters of symbol fonts lie in the private area at F000.
            self._say(chr(code - 0xF000) if 0xF020 <= code <= 0xF07E else chr(code) if code else "")
        self._skip = self._group.fallback

    def _symbol(self, sign: bytes) -> None:
        if sign == b"*":
            self._group.starred = True
            return
        if self._skip:
            self._skip -= 1
            return
        if sign in b"\r\n":
            self._word("par", None)
            return
        self._flush()
        self._group.is_new = False
        self._say(SYMBOLS.get(sign, ""))

    # -- control words -----------------------------------------------------------------------------------------

    def _word(self, word: str, number: int | None) -> None:
        is_new, self._group.is_new = self._group.is_new, False
        if word == "u":
            self._unicode(number or 0)
            return
        if self._skip and word != "uc":
            self._skip -= 1
            if word in SIGNS:
                return
        self._flush()
        if (is_new or self._group.starred) and self._destination(word):
            return
        if word in SIGNS:
            self._say(SIGNS[word])
        elif word in _BREAKS:
            self._say(_BREAKS[word])
            last = self.found.changes[-1] if self.found.changes else None
            if last is not None and last.text and not last.text.endswith("\n"):
                last.text += "\n"
        elif word in {"cell", "nestcell"}:
            self._say("\t")
        elif word in {"row", "nestrow"}:
            self._end_row()
        else:
            self._setting(word, number)

    def _end_row(self) -> None:
        output = self._group.output
        while output and not output[-1].strip("\t "):
            output.pop()
        self._say("\n")

    def _setting(self, word: str, number: int | None) -> None:
        group = self._group
        on = number != 0
        if word == "uc":
            group.fallback = max(0, min(number or 0, 100))
        elif word == "v":
            group.hidden = on
        elif word == "deleted":
            group.deleted = on
        elif word == "revised":
            group.revised = on
        elif word in {"revauth", "revauthdel"}:
            group.author = number or 0
        elif word in {"revdttm", "revdttmdel"}:
            group.at = (number or 0) & 0xFFFFFFFF
        elif word == "plain":
            group.hidden = group.deleted = group.revised = False
            self._use_font(self._font)
        elif word in _CLOCK and self._clock:
            self.found.clocks.setdefault(self._clock, [0] * 6)[_CLOCK[word]] = number or 0
        else:
            self._letters_setting(word, number)

    def _letters_setting(self, word: str, number: int | None) -> None:
        group = self._group
        if word == "f" and number is not None:
            if group.destination == "fonttbl":
                self._font_entry = number
            else:
                self._use_font(number)
        elif word == "deff":
            self._font = number or 0
        elif word in {"ansicpg", "mac", "pc", "pca"}:
            fixed = {"mac": 10000, "pc": 437, "pca": 850}
            self._default = code_page(fixed.get(word, number or 1252))
            group.encoding = self._default
        elif word in {"fcharset", "cpg"} and group.destination == "fonttbl":
            known = CHARSETS.get(number or 0) if word == "fcharset" else code_page(number or 1252)
            if known is not None and (number or word == "cpg"):
                self._fonts[self._font_entry] = known
        elif word in _PICTURES:
            self._picture = _PICTURES[word]
        elif word == "ftnalt" and group.destination == "footnote":
            group.destination = "endnote"

    _font_entry = 0

    def _use_font(self, number: int) -> None:
        self._group.encoding = self._fonts.get(number, self._default)

    # -- groups ------------------------------------------------------------------------------------------------

    def _destination(self, word: str) -> bool:
        """Begin the destination *word*; return whether it is one."""
        group = self._group
        starred, group.starred = group.starred, False
        if starred and word not in READ_THOUGH_STARRED and word not in _BEGINNINGS:
            group.silent, group.destination = True, "unknown"
            return True
        beginning = _BEGINNINGS.get(word)
        if beginning is not None:
            beginning(self)
        elif word in _INFO and (
            group.destination in {"info", "body"} and (word == "generator" or group.destination == "info")
        ):
            self._begin_info(word)
        elif word in {"shpinst", "do"}:
            group.silent, group.destination = True, "shape"
        elif word in {"shptxt", "dptxbxtext"}:
            group.silent, group.destination = False, "body"
            self._say("\n")
        elif word in SILENT:
            group.silent, group.destination = True, word
        else:
            return False
        return True

    def _collect(self, destination: str, done: Callable[[str], None], *, silent: bool = False) -> None:
        """Collect the words of this group by themselves; *done* is told them when it ends."""
        group = self._group
        pieces: list[str] = []
        group.destination, group.output, group.silent = destination, pieces, silent or group.silent
        group.on_close = lambda: done("".join(pieces))

    def begin_around(self, lines: list[str]) -> None:
        """Begin a header or a footer."""

        def done(text: str) -> None:
            text = text.replace(PAGE_BREAK, "").strip()
            if text and text not in lines:
                lines.append(text)

        self._collect("around", done)

    def begin_note(self) -> None:
        """Begin a footnote, or an endnote."""
        around = self._group
        outside = self._stack[-1].output if self._stack else None
        group = self._group

        def done(text: str) -> None:
            is_end = group.destination == "endnote"
            notes = self.found.endnotes if is_end else self.found.footnotes
            mark = (ENDNOTE_MARK if is_end else "[{}]").format(len(notes) + 1)
            notes.append(f"{mark} {' '.join(text.split())}")
            if outside is not None and not around.silent:
                outside.append(mark)

        self._collect("footnote", done)

    def begin_comment(self) -> None:
        """Begin a comment."""
        comment = Comment(self._author)
        self._author = ""
        self.found.comments.append(comment)

        def done(text: str) -> None:
            comment.text = text

        self._collect("annotation", done)

    def begin_author(self) -> None:
        """Begin the name of who wrote the next comment."""

        def done(text: str) -> None:
            self._author = text.strip()

        self._collect("atnauthor", done, silent=True)

    def begin_authors(self) -> None:
        """Begin the list of those who changed the text."""
        self._collect(
            "revtbl",
            lambda text: self._authors.__setitem__(slice(None), [one.strip() for one in text.split(";")]),
            silent=True,
        )

    def begin_field(self) -> None:
        """Begin the code of a field."""
        self._collect("fldinst", lambda text: self.found.fields.append(text.strip()), silent=True)

    def begin_data(self, destination: str) -> None:
        """Begin the bytes of a picture or an object."""
        self._group.silent, self._group.destination = True, destination
        self._data, self._picture = bytearray(), ".bin"

        def done() -> None:
            data = _from_hexadecimal(bytes(self._data))
            self._data = bytearray()
            if data and destination == "objdata":
                self.found.objects.append(data)
            elif data:
                self.found.pictures.append((self._picture, data))

        self._group.on_close = done

    def _begin_info(self, word: str) -> None:
        self._clock = word if word.endswith("tim") else ""

        def done(text: str) -> None:
            self._clock = ""
            if text.strip():
                self.found.info.append((word, text.strip().rstrip(";")))

        self._collect("info value", done, silent=True)


_CAPTURED = frozenset({"info value", "fldinst", "atnauthor", "revtbl"})
_BREAKS = {"par": "\n", "sect": PAGE_BREAK, "page": PAGE_BREAK, "column": "\n"}
_PICTURES = {"pngblip": ".png", "jpegblip": ".jpg", "emfblip": ".emf", "wmetafile": ".wmf", "dibitmap": ".dib",
             "macpict": ".pict", "wbitmap": ".bmp"}  # fmt: skip
_BEGINNINGS: dict[str, Callable[[RtfStory], None]] = {
    **dict.fromkeys(_HEADERS, lambda story: story.begin_around(story.found.headers)),
    **dict.fromkeys(_FOOTERS, lambda story: story.begin_around(story.found.footers)),
    "footnote": RtfStory.begin_note,
    "annotation": RtfStory.begin_comment,
    "atnauthor": RtfStory.begin_author,
    "revtbl": RtfStory.begin_authors,
    "fldinst": RtfStory.begin_field,
    "pict": lambda story: story.begin_data("pict"),
    "objdata": lambda story: story.begin_data("objdata"),
}


def _from_hexadecimal(data: bytes) -> bytes:
    """Return the bytes *data* writes in hexadecimal; *data* itself if it came as plain bytes."""
    digits = data.translate(None, b" \t\r\n")
    try:
        return bytes.fromhex(digits[: len(digits) // 2 * 2].decode("ascii"))
    except (ValueError, UnicodeDecodeError):
        return data
