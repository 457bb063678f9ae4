"""How do a million texts stay small in memory? As the bytes of some thousand at a time, unpacked when read."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise
from typing import overload

import numpy as np
import numpy.typing as npt

# No text of a load file holds it; a piece that does stays a list.
_BETWEEN = "\0"
_PIECE = 4096


class PackedTexts(Sequence[str]):
    """Texts in a row; reading them in order is quick, jumping about is not."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._pieces: list[bytes | list[str]] = []
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
        is_plain = joined.count(_BETWEEN) == len(texts) - 1
        self._pieces.append(joined.encode("utf-8", "surrogatepass") if is_plain else list(texts))
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
            is_list = isinstance(packed, list)
            self._unpacked = packed if is_list else packed.decode("utf-8", "surrogatepass").split(_BETWEEN)  # type: ignore[assignment,union-attr]
            self._open = piece
        return self._unpacked


def taken(texts: Sequence[str], rows: npt.NDArray[np.int64]) -> Sequence[str]:
    """Return the texts of rising *rows*; the same object if these are all."""
    if len(rows) == len(texts):
        return texts
    return texts.taken(rows) if isinstance(texts, PackedTexts) else [texts[row] for row in rows.tolist()]


class PackedFacts(Sequence[str | None]):
    """Texts of which some are unknown; none of them is empty."""

    def __init__(self, texts: Iterable[str | None] = ()) -> None:
        self._texts = PackedTexts()
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
