"""The skeleton of a Word 97-2003 file ([MS-DOC]): its stories, its piece table, and which letters bear which marks.

Letters lie in pieces all over the stream; the piece table puts them in order. Marks (deleted, inserted, hidden) stand
by position in the stream, so they are carried over piece by piece.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from vaughn.formats.charsets import guessed_encoding
from vaughn.formats.faults import unreadable
from vaughn.formats.office.told import Told

MAX_PIECES = 500_000
MAX_LETTERS = 100_000_000
MAX_RUNS = 1_000_000  # pieces that lie on each other could multiply them
_COMPRESSED = 0x40000000
_PAGE = 512
# Place of each table's offset and length in the head ([MS-DOC] 2.5.6), as numbers of pairs.
FOOTNOTE_PLACES, FOOTNOTE_TEXTS = 2, 3
COMMENT_PLACES, COMMENT_TEXTS = 4, 5
HEADER_TEXTS = 11
_LETTER_MARKS, _PARAGRAPH_MARKS = 12, 13
_PIECES = 33
COMMENT_AUTHORS = 36
ENDNOTE_PLACES, ENDNOTE_TEXTS = 46, 47
CHANGE_AUTHORS = 51
STORIES = ("main", "footnotes", "headers", "macros", "comments", "endnotes", "boxes", "header boxes")


@dataclass(slots=True)
class Marks:
    """What a run of letters bears; `author` is a place in the list of authors, `at` a date as Word packs it."""

    deleted: bool = False
    inserted: bool = False
    hidden: bool = False
    author: int = 0
    at: int = 0


@dataclass(frozen=True, slots=True)
class MarkedRun:
    """Marks of the letters from `start` up to `end`, in letters of the whole text."""

    start: int
    end: int
    marks: Marks


@dataclass(slots=True)
class WordText:
    """The letters of all stories one after the other, where each begins, and what marks them."""

    text: str = ""
    stories: dict[str, tuple[int, int]] = field(default_factory=dict)
    runs: list[MarkedRun] = field(default_factory=list)
    row_ends: set[int] = field(default_factory=set)

    def story(self, name: str) -> str:
        """Return the letters of one story."""
        start, end = self.stories.get(name, (0, 0))
        return self.text[start:end]


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int  # in letters
    end: int
    offset: int  # in bytes of the stream
    width: int  # bytes a letter


class WordHead:
    """The head of the main stream."""

    def __init__(self, main: bytes) -> None:
        """Read the head.

        Raises:
            FileRefused: If *main* is no Word document.
        """
        if len(main) < 0x60 or main[:2] not in {b"\xec\xa5", b"\xdc\xa5", b"\xdb\xa5"}:
            raise unreadable("The file is no Word document: its head is missing.")
        self._main = main
        self.version, flags = self._word(2), self._word(0x0A)
        self.is_old = self.version < 0x00C1  # before Word 97
        self.is_encrypted = bool(flags & 0x0100)
        self.is_complex = bool(flags & 0x0004)
        self.table = "1Table" if flags & 0x0200 else "0Table"

    def _word(self, at: int) -> int:
        return int.from_bytes(self._main[at : at + 2], "little")

    def long(self, at: int) -> int:
        """Return the number of four bytes at *at*."""
        return int.from_bytes(self._main[at : at + 4], "little")

    def part(self, table: bytes, pair: int) -> bytes:
        """Return the table with the number *pair*; nothing if it is not there."""
        at = 0x9A + pair * 8
        if at + 8 > len(self._main):
            return b""
        offset, length = self.long(at), self.long(at + 4)
        return table[offset : offset + length] if offset < len(table) else b""

    def lengths(self) -> list[int]:
        """Return how many letters each story has."""
        return [min(self.long(0x4C + 4 * number), MAX_LETTERS) for number in range(len(STORIES))]


def word_text(head: WordHead, main: bytes, table: bytes, told: Told) -> WordText:
    """Return the letters of a Word 97-2003 document in their order.

    Raises:
        FileRefused: If there is no piece table.
    """
    pieces = list(_pieces(head.part(table, _PIECES)))
    if not pieces:
        raise unreadable("The file is a damaged Word document: the order of its text is missing.")
    found = WordText()
    letters: list[str] = []
    lost = 0
    for piece in pieces:
        raw = main[piece.offset : piece.offset + (piece.end - piece.start) * piece.width]
        text = raw.decode("cp1252" if piece.width == 1 else "utf-16-le", "replace")
        missing = piece.end - piece.start - len(text)
        # Letters beyond the first plane are two of Word's; they keep two places, so that marks stay where they are.
        if missing > 0 and piece.width == 2 and len(raw) == (piece.end - piece.start) * 2:
            text = _with_places_kept(text)
        elif missing > 0:
            lost += missing
            text += " " * missing if lost < MAX_LETTERS else ""
        letters.append(text)
    if lost:
        told.part_left_out("Some of the text lies beyond the end of the file; the rest was read.")
    found.text = "".join(letters)
    at = 0
    for name, length in zip(STORIES, head.lengths(), strict=True):
        found.stories[name] = (min(at, len(found.text)), min(at + length, len(found.text)))
        at += length
    found.runs = sorted(_in_letters(_letter_marks(head, main, table), pieces), key=lambda run: run.start)
    found.row_ends = {run.end - 1 for run in _in_letters(_row_ends(head, main, table), pieces)}
    return found


def _with_places_kept(text: str) -> str:
    return "".join(letter if letter <= "\uffff" else letter + "\0" for letter in text)


def old_text(head: WordHead, main: bytes) -> WordText:
    """Return the letters of a document of Word 6 or 95 as well as can be: no marks, the code page guessed."""
    start, end = head.long(0x18), min(head.long(0x1C), len(main))
    raw = main[start:end]
    if head.is_complex:
        parts = _pieces(main[head.long(0x160) : head.long(0x160) + head.long(0x164)])
        raw = b"".join(main[piece.offset : piece.offset + piece.end - piece.start] for piece in parts) or raw
    text = raw.decode(guessed_encoding(raw) if not raw.isascii() else "ascii", "replace")
    return WordText(text, {"main": (0, min(head.long(0x34) or len(text), len(text)))})


def _pieces(table: bytes) -> Iterator[_Piece]:
    at = 0
    while at + 5 <= len(table):
        if table[at] == 1:
            at += 3 + int.from_bytes(table[at + 1 : at + 3], "little")
            continue
        if table[at] != 2:
            return
        (length,) = struct.unpack_from("<I", table, at + 1)
        body = table[at + 5 : at + 5 + length]
        count = min((len(body) - 4) // 12, MAX_PIECES)
        if count <= 0:
            return
        borders = struct.unpack_from(f"<{count + 1}I", body)
        for number in range(count):
            start, end = borders[number], borders[number + 1]
            if not start < end <= MAX_LETTERS:
                continue
            (place,) = struct.unpack_from("<I", body, (count + 1) * 4 + number * 8 + 2)
            is_compressed = bool(place & _COMPRESSED)
            offset = (place & ~_COMPRESSED) // 2 if is_compressed else place
            yield _Piece(start, end, offset, 1 if is_compressed else 2)
        return


@dataclass(frozen=True, slots=True)
class _ByteRun:
    start: int
    end: int
    marks: Marks


def _in_letters(runs: Iterator[_ByteRun], pieces: list[_Piece]) -> Iterator[MarkedRun]:
    by_offset = sorted(pieces, key=lambda piece: piece.offset)
    marked = sorted(runs, key=lambda run: run.start)
    first = found = 0
    for piece in by_offset:
        last_byte = piece.offset + (piece.end - piece.start) * piece.width
        while first < len(marked) and marked[first].end <= piece.offset:
            first += 1
        place = first
        while place < len(marked) and marked[place].start < last_byte and found < MAX_RUNS:
            run = marked[place]
            start, end = max(run.start, piece.offset), min(run.end, last_byte)
            place, found = place + 1, found + 1
            if start < end:
                before, behind = (start - piece.offset) // piece.width, -(-(end - piece.offset) // piece.width)
                yield MarkedRun(piece.start + before, piece.start + behind, run.marks)


def _pages(head: WordHead, main: bytes, table: bytes, pair: int) -> Iterator[bytes]:
    """Yield the pages of properties that a table of pages names."""
    part = head.part(table, pair)
    count = (len(part) - 4) // 8
    for number in range(max(0, count)):
        (page,) = struct.unpack_from("<I", part, (count + 1) * 4 + number * 4)
        data = main[page * _PAGE : (page + 1) * _PAGE]
        if len(data) == _PAGE:
            yield data


def _letter_marks(head: WordHead, main: bytes, table: bytes) -> Iterator[_ByteRun]:
    for page in _pages(head, main, table, _LETTER_MARKS):
        count = page[-1]
        if (count + 1) * 4 + count > _PAGE - 1:
            continue
        borders = struct.unpack_from(f"<{count + 1}I", page)
        for number in range(count):
            offset = page[(count + 1) * 4 + number] * 2
            if offset:
                marks = _marks(page[offset + 1 : offset + 1 + page[offset]])
                if marks is not None and borders[number] < borders[number + 1]:
                    yield _ByteRun(borders[number], borders[number + 1], marks)


def _marks(modifiers: bytes) -> Marks | None:
    marks, seen = Marks(), False
    for code, operand in _modifiers(modifiers):
        value = int.from_bytes(operand[:4], "little")
        if code == 0x0800:
            marks.deleted = bool(value & 1)
        elif code == 0x0801:
            marks.inserted = bool(value & 1)
        elif code == 0x083C:
            marks.hidden = value in {1, 0x81}
        elif code in {0x4804, 0x4863}:
            marks.author = value
        elif code in {0x6805, 0x6864}:
            marks.at = value
        else:
            continue
        seen = True
    return marks if seen else None


def _row_ends(head: WordHead, main: bytes, table: bytes) -> Iterator[_ByteRun]:
    for page in _pages(head, main, table, _PARAGRAPH_MARKS):
        count = page[-1]
        if (count + 1) * 4 + count * 13 > _PAGE - 1:
            continue
        borders = struct.unpack_from(f"<{count + 1}I", page)
        for number in range(count):
            offset = page[(count + 1) * 4 + number * 13] * 2
            if not offset or offset + 1 >= _PAGE:
                continue
            size = page[offset] * 2 - 1 if page[offset] else page[offset + 1] * 2
            start = offset + (1 if page[offset] else 2) + 2
            ends = any(
                code == 0x2417 and operand[:1] == b"\1" for code, operand in _modifiers(page[start : start + size - 2])
            )
            if ends and borders[number] < borders[number + 1]:
                yield _ByteRun(borders[number], borders[number + 1], Marks())


def _modifiers(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield code and operand of the single modifiers ([MS-DOC] 2.2.5.1)."""
    at = 0
    while at + 2 <= len(data):
        code = int.from_bytes(data[at : at + 2], "little")
        at += 2
        size = (1, 1, 2, 4, 2, 2, 0, 3)[code >> 13]
        if code >> 13 == 6:
            if code == 0xD608:
                size = int.from_bytes(data[at : at + 2], "little") + 1
            else:
                size = data[at] + 1 if at < len(data) else 1
        yield code, data[at : at + size]
        at += size


def borders_of(table: bytes, extra: int) -> list[int]:
    """Return the positions of a table whose entries have *extra* bytes each beside them."""
    count = (len(table) - 4) // (4 + extra)
    return list(struct.unpack_from(f"<{count + 1}I", table)) if count >= 0 and len(table) >= 4 else []


def strings_of(table: bytes) -> list[str]:
    """Return the strings of a table in Unicode ([MS-DOC] 2.2.4)."""
    if len(table) < 6 or table[:2] != b"\xff\xff":
        return []
    count, extra = struct.unpack_from("<HH", table, 2)
    found, at = [], 6
    for _ in range(count):
        if at + 2 > len(table):
            break
        length = int.from_bytes(table[at : at + 2], "little")
        found.append(table[at + 2 : at + 2 + length * 2].decode("utf-16-le", "replace"))
        at += 2 + length * 2 + extra
    return found


def owners_of(table: bytes) -> list[str]:
    """Return the names in a row of strings with their lengths before them (authors of comments)."""
    found, at = [], 0
    while at + 2 <= len(table):
        length = int.from_bytes(table[at : at + 2], "little")
        found.append(table[at + 2 : at + 2 + length * 2].decode("utf-16-le", "replace"))
        at += 2 + length * 2
    return found


def packed_date(packed: int) -> str:
    """Return the date Word packs into four bytes ([MS-DOC] 2.9.56); nothing if there is none."""
    minute, hour, day = packed & 63, packed >> 6 & 31, packed >> 11 & 31
    month, year = packed >> 16 & 15, (packed >> 20 & 511) + 1900
    return f"{year}-{month:02}-{day:02}T{hour:02}:{minute:02}" if 1 <= month <= 12 and day else ""
