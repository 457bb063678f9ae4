"""How does a column that says few different things stay small? Each different text once, and a small number a row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, overload

import numpy as np
import numpy.typing as npt

from vaughn.receive.packed import PackedTexts, Shelf

Codes = npt.NDArray[Any]  # whole numbers of any size
# So many different texts may a column have before it is asked whether it repeats itself at all.
_MOST_DIFFERENT = 50_000


class _Known(dict[str, int]):
    """Numbers of texts; a new text gets the next one."""

    def __missing__(self, text: str) -> int:
        code = self[text] = len(self)
        return code


class CodedTexts(Sequence[str]):
    """Texts of which many are equal."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._known = _Known()
        self._pieces: list[Codes] = []
        self._size = 0
        self.extend(list(texts))

    def extend(self, texts: list[str]) -> None:
        """Add texts at the end."""
        self._pieces.append(np.fromiter(map(self._known.__getitem__, texts), np.int32, len(texts)))
        self._size += len(texts)

    @property
    def values(self) -> list[str]:
        """Return the different texts."""
        return list(self._known)

    @property
    def codes(self) -> Codes:
        """Return for each row which of `values` stands there."""
        if len(self._pieces) > 1:
            self._pieces = [np.concatenate(self._pieces)]
        return self._pieces[0]

    @property
    def different(self) -> int:
        """How many different texts there are."""
        return len(self._known)

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[str]:
        values = self.values
        return (values[code] for piece in self._pieces for code in piece.tolist())

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        if isinstance(index, slice):
            return _spread(self.values, self.codes[index])
        return self.values[int(self.codes[index])]

    def taken(self, rows: npt.NDArray[np.int64]) -> list[str]:
        """Return the texts of *rows*."""
        return _spread(self.values, self.codes[rows])


def _spread(values: Sequence[str | None], codes: Codes) -> list[str]:
    texts: list[str] = np.array([*values, None], object)[codes].tolist()
    return texts


class CodedFacts(Sequence[str | None]):
    """Texts of which many are equal and some unknown; `codes` point into `values`, -1 is unknown."""

    def __init__(self, values: Sequence[str], codes: Codes) -> None:
        self._values = [*values, None]
        self._codes = codes

    def __len__(self) -> int:
        return len(self._codes)

    @overload
    def __getitem__(self, index: int) -> str | None: ...
    @overload
    def __getitem__(self, index: slice) -> list[str | None]: ...
    def __getitem__(self, index: int | slice) -> str | list[str | None] | None:
        if isinstance(index, slice):
            part: list[str | None] = np.array(self._values, object)[self._codes[index]].tolist()
            return part
        return self._values[int(self._codes[index])]

    @classmethod
    def of(cls, texts: CodedTexts) -> CodedFacts:
        """Return the same column with its empty texts unknown."""
        values = texts.values
        codes = texts.codes
        if "" in values:
            codes = np.where(codes == values.index(""), np.int32(-1), codes)
        return cls(values, codes)


Texts = PackedTexts | CodedTexts


def begun(texts: list[str], shelf: Shelf | None) -> Texts:
    """Return a column that begins with *texts*: coded if they repeat themselves, packed if they do not."""
    column: Texts = CodedTexts() if len(set(texts)) * 2 < len(texts) else PackedTexts(shelf=shelf)
    column.extend(texts)
    return column


def grown(column: Texts, texts: list[str], shelf: Shelf | None) -> Texts:
    """Return *column* with *texts* at its end, kept as bytes from the moment on that it no longer repeats itself."""
    column.extend(texts)
    if isinstance(column, CodedTexts) and column.different > max(_MOST_DIFFERENT, len(column) // 2):
        return PackedTexts(column, shelf=shelf)
    return column


def codes_of(column: Sequence[str]) -> tuple[list[str], Codes]:
    """Return the texts to read and, for each row, which of them is its own; a packed column is read row by row."""
    if isinstance(column, CodedTexts):
        return column.values, column.codes
    return list(column), np.arange(len(column))
