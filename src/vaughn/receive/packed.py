"""How do a million texts stay small in memory? As the bytes of some thousand at a time, unpacked when read."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise
from typing import Protocol, overload, runtime_checkable

import numpy as np
import numpy.typing as npt

# No text of a load file holds it; a piece that does stays a list.
_BETWEEN = "\0"
_PIECE = 4096
_MOST_SLIM = 1 << 30


def slim(column: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return *column* with 32 bits a number, if all of them fit and leave room for counting on."""
    fits = not len(column) or (int(column.max()) < _MOST_SLIM and int(column.min()) > -_MOST_SLIM)
    return column.astype(np.int32) if fits else column


def even(column: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return *column*, as one number for all rows if these are equal."""
    return np.broadcast_to(column[0].copy(), len(column)) if len(column) and (column == column[0]).all() else column


class Shelf(Protocol):
    """Where bytes are put aside that will be needed later."""

    def put(self, content: bytes) -> int:
        """Put bytes aside; return their number."""

    def get(self, number: int) -> bytes:
        """Return what was put aside."""


class PackedTexts(Sequence[str]):
    """Texts in a row; reading them in order is quick, jumping about is not.

    Args:
        shelf: Keeps the bytes, in memory if none is given.
    """

    def __init__(self, texts: Iterable[str] = (), *, shelf: Shelf | None = None) -> None:
        self._shelf = shelf
        self._pieces: list[int | bytes | list[str]] = []
        self._starts: list[int] = []
        self._size = 0
        self._open = -1
        self._unpacked: list[str] = []
        waiting = iter(texts)
        while piece := list(islice(waiting, _PIECE)):
            self.extend(piece)

    def extend(self, texts: list[str]) -> None:
        """Add texts at the end, as one piece."""
        if not texts:
            return
        joined = _BETWEEN.join(texts)
        if joined.count(_BETWEEN) == len(texts) - 1:
            packed = joined.encode("utf-8", "surrogatepass")
            self._pieces.append(packed if self._shelf is None else self._shelf.put(packed))
        else:
            self._pieces.append(list(texts))
        self._starts.append(self._size)
        self._size += len(texts)

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[str]:
        for piece in range(len(self._pieces)):
            yield from self._piece(piece)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        if isinstance(index, slice):
            start, stop, step = index.indices(self._size)
            if step == 1:
                return self._stretch(start, stop)
            return self.taken(np.arange(start, stop, step))
        place = index + self._size if index < 0 else index
        if not 0 <= place < self._size:
            raise IndexError(index)
        piece = bisect_right(self._starts, place) - 1
        return self._piece(piece)[place - self._starts[piece]]

    def taken(self, rows: npt.NDArray[np.int64]) -> list[str]:
        """Return the texts of *rows*, which are quickest if they rise."""
        pieces = np.searchsorted(np.array(self._starts, np.int64), rows, side="right") - 1
        edges = [0, *(np.flatnonzero(pieces[1:] != pieces[:-1]) + 1).tolist(), len(rows)] if len(rows) else [0]
        result: list[str] = []
        for first, last in pairwise(edges):
            piece = int(pieces[first])
            texts, start = self._piece(piece), self._starts[piece]
            result += [texts[row - start] for row in rows[first:last].tolist()]
        return result

    def _stretch(self, start: int, stop: int) -> list[str]:
        result: list[str] = []
        piece = max(0, bisect_right(self._starts, start) - 1)
        while start < stop:
            first, texts = self._starts[piece], self._piece(piece)
            result += texts[start - first : stop - first]
            start, piece = first + len(texts), piece + 1
        return result

    def _piece(self, piece: int) -> list[str]:
        if piece != self._open:
            packed = self._pieces[piece]
            if isinstance(packed, int) and self._shelf is not None:
                packed = self._shelf.get(packed)
            if isinstance(packed, bytes):
                packed = packed.decode("utf-8", "surrogatepass").split(_BETWEEN)
            if isinstance(packed, list):
                self._unpacked = packed
            self._open = piece
        return self._unpacked


@runtime_checkable
class Takeable(Protocol):
    """A column of texts of which rows can be taken out."""

    def taken(self, rows: npt.NDArray[np.int64]) -> list[str]:
        """Return the texts of *rows*."""


def taken(texts: Sequence[str], rows: npt.NDArray[np.int64]) -> Sequence[str]:
    """Return the texts of rising *rows*; the same object if these are all."""
    if len(rows) == len(texts):
        return texts
    return texts.taken(rows) if isinstance(texts, Takeable) else [texts[row] for row in rows.tolist()]


class PackedFacts(Sequence[str | None]):
    """Texts of which some are unknown; none of them is empty."""

    def __init__(self, texts: PackedTexts | Iterable[str | None] = ()) -> None:
        self._texts = texts if isinstance(texts, PackedTexts) else PackedTexts()
        if not isinstance(texts, PackedTexts):
            waiting = iter(texts)
            while piece := list(islice(waiting, _PIECE)):
                self.extend(piece)

    def extend(self, texts: Sequence[str | None]) -> None:
        """Add texts at the end, as one piece."""
        self._texts.extend([text or "" for text in texts])

    def __len__(self) -> int:
        return len(self._texts)

    def __iter__(self) -> Iterator[str | None]:
        return (text or None for text in self._texts)

    @overload
    def __getitem__(self, index: int) -> str | None: ...
    @overload
    def __getitem__(self, index: slice) -> list[str | None]: ...
    def __getitem__(self, index: int | slice) -> str | list[str | None] | None:
        if isinstance(index, slice):
            return [text or None for text in self._texts[index]]
        return self._texts[index] or None


class SparseFacts(Sequence[str | None]):
    """Texts of few rows, in rising order, out of *size*; the others are unknown."""

    def __init__(self, size: int, rows: npt.NDArray[np.int64], texts: PackedTexts) -> None:
        self._size = size
        self._rows = rows
        self._texts = texts

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, index: int) -> str | None: ...
    @overload
    def __getitem__(self, index: slice) -> list[str | None]: ...
    def __getitem__(self, index: int | slice) -> str | list[str | None] | None:
        if not isinstance(index, slice):
            return self[index : index + 1][0]
        start, stop, step = index.indices(self._size)
        part: list[str | None] = [None] * (stop - start)
        first, last = np.searchsorted(self._rows, (start, stop)).tolist()
        for row, text in zip(self._rows[first:last].tolist(), self._texts[first:last], strict=True):
            part[row - start] = text
        return part[::step]
