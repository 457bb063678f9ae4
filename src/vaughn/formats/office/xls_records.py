"""The records of an XLS workbook (BIFF5 and BIFF8, [MS-XLS] 2.1): their order, their strings, their numbers."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from vaughn.formats.faults import unreadable
from vaughn.formats.office.rtf_tokens import code_page

MAX_STRINGS = 5_000_000
MAX_STRING_LETTERS = 40_000
BOF, EOF, CONTINUE = 0x0809, 0x000A, 0x003C
BIFF8 = 0x0600
_HEAD = struct.Struct("<HH")


@dataclass(slots=True)
class BiffRecord:
    """One record with those that continue it; `pieces` are their bodies in order."""

    kind: int
    start: int
    pieces: list[bytes] = field(default_factory=list)

    @property
    def data(self) -> bytes:
        """The body of the record itself."""
        return self.pieces[0]


def biff_records(stream: bytes, start: int) -> Iterator[BiffRecord]:
    """Yield the records from *start* to the end of their part of the workbook; parts inside it are passed over."""
    at, depth = start, 0
    pending: BiffRecord | None = None
    while at + 4 <= len(stream):
        kind, length = _HEAD.unpack_from(stream, at)
        body = stream[at + 4 : at + 4 + length]
        if kind == CONTINUE and pending is not None:
            pending.pieces.append(body)
        else:
            if pending is not None and depth == 1:
                yield pending
            depth += (kind == BOF) - (kind == EOF)
            if depth <= 0:
                return
            pending = BiffRecord(kind, at, [body])
        at += 4 + length
    if pending is not None and depth == 1:
        yield pending


@dataclass(slots=True)
class Reader:
    """Reads numbers and strings of a record that may go on in others.

    Letters that cross into the next piece begin there with a byte that says anew how wide they are.
    """

    pieces: list[bytes]
    piece: int = 0
    at: int = 0

    def take(self, count: int) -> bytes:
        """Return the next *count* bytes.

        Raises:
            EOFError: If there are fewer.
        """
        out = b""
        while True:
            rest = self.pieces[self.piece][self.at : self.at + count - len(out)]
            out += rest
            self.at += len(rest)
            if len(out) == count:
                return out
            self._go_on()

    def _go_on(self) -> None:
        if self.piece + 1 >= len(self.pieces):
            raise EOFError
        self.piece, self.at = self.piece + 1, 0

    def number(self, size: int) -> int:
        """Return the next number of *size* bytes."""
        return int.from_bytes(self.take(size), "little")

    def unicode(self, count: int) -> str:
        """Return a string of *count* letters with what belongs to it ([MS-XLS] 2.5.293)."""
        if count > MAX_STRING_LETTERS:
            raise EOFError
        flags = self.number(1)
        runs = self.number(2) if flags & 8 else 0
        extra = self.number(4) if flags & 4 else 0
        text = self.letters(count, wide=bool(flags & 1))
        self.take(runs * 4 + extra)
        return text

    def letters(self, count: int, *, wide: bool) -> str:
        """Return *count* letters.

        Raises:
            EOFError: If there are fewer.
        """
        pieces: list[str] = []
        while count:
            size = 2 if wide else 1
            here = min(count, (len(self.pieces[self.piece]) - self.at) // size)
            raw = self.take(here * size)
            pieces.append(raw.decode("utf-16-le" if wide else "latin-1", "replace"))
            count -= here
            if count:
                self._go_on()
                wide = bool(self.number(1) & 1)
        return "".join(pieces)


def shared_strings(record: BiffRecord) -> list[str]:
    """Return the strings that cells share, as many as can be read."""
    reader = Reader(record.pieces)
    found: list[str] = []
    try:
        reader.number(4)
        for _ in range(min(reader.number(4), MAX_STRINGS)):
            found.append(reader.unicode(reader.number(2)))
    except EOFError:
        pass
    return found


def string_at(data: bytes, at: int, *, version: int, encoding: str, wide_count: bool = True) -> str:
    """Return the string whose length stands at *at* in *data*: in letters of two bytes if *wide_count*, else of one."""
    size = 2 if wide_count else 1
    count = int.from_bytes(data[at : at + size], "little")
    if version < BIFF8:
        return data[at + size : at + size + count].decode(encoding, "replace")
    try:
        return Reader([data[at + size :]]).unicode(count)
    except EOFError:
        return data[at + size + 1 :].decode("latin-1")


def rk_number(value: int) -> float:
    """Return the number that is packed into four bytes ([MS-XLS] 2.5.217)."""
    if value & 2:
        signed = value >> 2
        number = float(signed - (1 << 30) if signed & (1 << 29) else signed)
    else:
        (number,) = struct.unpack("<d", struct.pack("<Q", (value & 0xFFFFFFFC) << 32))
    return number / 100 if value & 1 else number


def biff_encoding(page: int) -> str:
    """Return the encoding of strings of one byte a letter."""
    return code_page({367: 1252, 32768: 10000, 32769: 1252, 1200: 1252}.get(page, page))


def version_of(stream: bytes) -> int:
    """Return the version of the workbook.

    Raises:
        FileRefused: If it is none, or older than Excel 5.
    """
    if len(stream) < 8 or stream[:2] != b"\x09\x08":
        raise unreadable("The file is a damaged workbook, or one made before Excel 5.")
    return int.from_bytes(stream[4:6], "little")
