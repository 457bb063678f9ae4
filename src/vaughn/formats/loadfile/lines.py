"""The lines of a load file, some megabytes at a time, with their places in the file.

A line ends with the dialect's newline; a CR before an LF is part of the line end. Memory stays flat: a piece
without any line end is dropped (and told) when it is longer than any row can be.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from vaughn.formats.loadfile.bits import places_of
from vaughn.formats.loadfile.dialect import Dialect

# Small enough that the arrays of one block stay in the processor's cache, large enough that the calls do not count:
# half of it takes 1.2 times as long, four times as much 1.1 times.
CHUNK_BYTES = 512 << 10
# A row with the text of a very long document in it: 5,000 pages of 3 KB are 15 MB.
MAX_ROW_BYTES = 32 << 20
CR = 13
# A C library that has once freed an array of this size gives later ones from its heap instead of asking the system
# for fresh pages each time: a third less time for reading (glibc raises its limit so; others do not mind).
WARM_UP_BYTES = 16 << 20

Units = NDArray[np.uint8] | NDArray[np.uint16]
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class LineBlock:
    """Whole lines in memory. Positions count units (bytes, or pairs of bytes in UTF-16) in `units`.

    Args:
        data: Bytes of the lines; the beginning of a further line may follow them.
        base: Byte of the file at which `data` begins.
        first_line: Number of the first line, from 1.
        starts, ends: Begin of each line, and end without its line end.
        after: Begin of the next line.
        is_last: Whether the file ends here.
        is_cut: Whether the last line has no line end.
    """

    data: bytes
    units: Units
    unit_bytes: int
    base: int
    first_line: int
    starts: Places
    ends: Places
    after: Places
    is_last: bool
    is_cut: bool

    def __len__(self) -> int:
        return len(self.starts)

    def bytes_of(self, first: int, last: int) -> bytes:
        """Return lines *first* to *last*, both included, without the last line end."""
        return self.data[int(self.starts[first]) * self.unit_bytes : int(self.ends[last]) * self.unit_bytes]

    def start_byte(self, index: int) -> int:
        """Return the byte of the file at which line *index* begins."""
        return self.base + int(self.starts[index]) * self.unit_bytes


@dataclass(frozen=True, slots=True)
class LongLine:
    """A line that was dropped because no row can be so long."""

    line: int
    start_byte: int


def units_of(data: bytes, encoding: str) -> Units:
    """Return *data* as numbers, one a unit of the encoding."""
    if encoding == "utf-16-le":
        return np.frombuffer(data, dtype="<u2")
    if encoding == "utf-16-be":
        return np.frombuffer(data, dtype=">u2").astype(np.uint16)
    return np.frombuffer(data, dtype=np.uint8)


class LineReader:
    """Reads blocks of whole lines; the caller says how many lines of a block it used up."""

    def __init__(self, path: Path, dialect: Dialect, *, start_byte: int, first_line: int) -> None:
        self._path = path
        self._dialect = dialect
        self._base = start_byte
        self._line = first_line
        self._wanted = CHUNK_BYTES

    def blocks(self) -> Iterator[LineBlock | LongLine]:
        """Yield blocks; call `keep_from` before asking for the next if the end of a block is not used up."""
        np.empty(WARM_UP_BYTES, dtype=np.uint8)
        with self._path.open("rb", buffering=0) as stream:
            while True:
                # What the last block left over is read again: cheaper than keeping it and copying everything once more.
                stream.seek(self._base)
                data = _read(stream, self._wanted)
                is_last = len(data) < self._wanted
                block = self._block(data, is_last=is_last)
                if block is not None:
                    self._wanted = CHUNK_BYTES
                    yield block
                elif not is_last and self._wanted <= MAX_ROW_BYTES:
                    self._wanted *= 2  # a long row is not looked through again and again
                    continue
                elif not is_last:
                    yield LongLine(self._line, self._base)
                    is_last = self._skip_line(stream)
                if is_last:
                    return

    def keep_from(self, block: LineBlock, index: int) -> None:
        """Say that lines from *index* on were not used: they come again at the head of the next block."""
        self._base = block.start_byte(index)
        self._line = block.first_line + index
        if index == 0:
            self._wanted = 2 * max(len(block.data), CHUNK_BYTES)

    def _block(self, data: bytes, *, is_last: bool) -> LineBlock | None:
        """Take whole lines off *data*; the rest is kept for the next block."""
        width = self._dialect.unit_bytes
        whole = len(data) - len(data) % width
        units = units_of(data[:whole] if whole < len(data) else data, self._dialect.encoding)
        ends = places_of(units == ord(self._dialect.newline))
        used = len(units) if is_last else (int(ends[-1]) + 1 if len(ends) else 0)
        if used == 0:
            return None
        is_cut = not len(ends) or used > int(ends[-1]) + 1
        if is_cut:
            ends = np.append(ends, used)
        after = np.minimum(ends + 1, used)
        starts = np.concatenate(([0], after[:-1]))
        block = LineBlock(
            data=data,
            units=units[:used],
            unit_bytes=width,
            base=self._base,
            first_line=self._line,
            starts=starts,
            ends=_without_cr(units, starts, ends),
            after=after,
            is_last=is_last,
            is_cut=is_cut,
        )
        self._base += used * width
        self._line += len(starts)
        return block

    def _skip_line(self, stream: BinaryIO) -> bool:
        """Go on to the next line end without keeping anything; tell whether the file ended first."""
        width = self._dialect.unit_bytes
        while True:
            stream.seek(self._base)
            data = _read(stream, CHUNK_BYTES)
            units = units_of(data[: len(data) - len(data) % width], self._dialect.encoding)
            ends = np.flatnonzero(units == ord(self._dialect.newline))
            if len(ends):
                self._base += (int(ends[0]) + 1) * width
                self._line += 1
                self._wanted = CHUNK_BYTES
                return False
            self._base += len(units) * width
            if len(data) < CHUNK_BYTES:
                return True


def _read(stream: BinaryIO, size: int) -> bytes:
    """Read *size* bytes, fewer only at the end of the file."""
    data = stream.read(size)
    while len(data) < size and (more := stream.read(size - len(data))):
        data += more
    return data


def _without_cr(units: Units, starts: Places, ends: Places) -> Places:
    """Return *ends* moved before a CR that stands there."""
    has_cr = (ends > starts) & (units[np.maximum(ends - 1, 0)] == CR)
    moved: Places = ends - has_cr
    return moved
