"""How do columns of a million rows come together, batch by batch? As numbers, and of texts each different one once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, overload

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from vaughn.receive.bates_column import read_column
from vaughn.receive.dates import DateFields, date_fields, time_fields
from vaughn.receive.facts import NONE, Ints, NumberBook, NumberColumn, TextColumn
from vaughn.receive.packed import PackedFacts


class Growing:
    """A column that grows in place: pieces put together at the end would need twice the memory."""

    def __init__(self, kind: DTypeLike, width: int | None = None) -> None:
        self.data: NDArray[Any] = np.empty(0 if width is None else (0, width), kind)

    def extend(self, values: ArrayLike) -> None:
        """Add *values* at the end."""
        new = np.asarray(values, self.data.dtype)
        size = len(self.data)
        self.data.resize((size + len(new), *self.data.shape[1:]), refcheck=False)
        self.data[size:] = new


class GrowingNumbers:
    """Bates numbers that come piece by piece."""

    def __init__(self, book: NumberBook) -> None:
        self._book = book
        self._parts = (Growing(np.int32), Growing(np.int64), Growing(np.int16), Growing(np.int32))

    def extend(self, texts: Sequence[str | None]) -> None:
        """Add the numbers that *texts* spell at the end."""
        builder = NumberBuilder(len(texts), self._book)
        builder.put(np.arange(len(texts)), texts)
        own = builder.column()
        for part, values in zip(self._parts, (own.prefix, own.number, own.width, own.suffix), strict=True):
            part.extend(values)

    def column(self) -> NumberColumn:
        """Return all that was added."""
        return NumberColumn(*(part.data for part in self._parts))


class TextBuilder:
    """A `TextColumn` that is filled bit by bit; a row that is filled stays as it is."""

    def __init__(self, rows: int) -> None:
        self.codes = np.full(rows, NONE, np.int32)
        self._known: dict[str, int] = {}

    def put(self, rows: Ints, texts: Sequence[str | None]) -> None:
        """Set *texts* in *rows*; blank texts are left out."""
        codes = self.codes_of(texts)
        free = (codes >= 0) & (self.codes[rows] < 0)
        self.codes[rows[free]] = codes[free]

    def codes_of(self, texts: Sequence[str | None]) -> Ints:
        """Return the code of each of *texts*, -1 for blank ones."""
        known = self._known
        return np.asarray(
            [known.setdefault(text, len(known)) if text and not text.isspace() else NONE for text in texts], np.int32
        )

    @property
    def values(self) -> tuple[str, ...]:
        """Every text met, in the order of the codes."""
        return tuple(self._known)

    def column(self) -> TextColumn:
        """Return what was put in."""
        return TextColumn(self.values, self.codes)  # type: ignore[arg-type]


class CountBuilder:
    """Counts, one a row, -1 where none was given; the larger of two stays."""

    def __init__(self, rows: int) -> None:
        self.counts = np.full(rows, NONE, np.int32)

    def put(self, rows: Ints, texts: Sequence[str], read: Callable[[str], int | None]) -> None:
        """Set what *read* makes of *texts*; it is asked once for equal ones. What fits no column is not known."""
        known = {text: _small(read(text)) for text in set(texts) if text and not text.isspace()}
        counts = np.asarray([known.get(text, NONE) for text in texts], np.int32)
        np.maximum.at(self.counts, rows, counts)


def _small(count: int | None) -> int:
    return count if count is not None and 0 <= count < 2**31 else NONE


class NumberBuilder:
    """A `NumberColumn` that is filled bit by bit; a row that is filled stays as it is.

    `odd` keeps the texts that spell no number; `filled` tells which rows had any text.
    """

    def __init__(self, rows: int, book: NumberBook) -> None:
        self.book = book
        self.filled = np.zeros(rows, np.bool_)
        self.odd: dict[int, str] = {}
        self._column = no_numbers(rows)
        self._is_empty = True

    def put(self, rows: Ints, texts: Sequence[str | None]) -> None:
        """Set the numbers that *texts* spell in *rows*; blank texts are left out."""
        given = np.fromiter((bool(text) and not text.isspace() for text in texts), np.bool_, len(texts))  # type: ignore[union-attr]
        places = np.flatnonzero(given & ~self.filled[rows])
        if not len(places):
            return
        if self._is_empty:
            self._column, self._is_empty = _room(len(self.filled)), False
        rows, wanted = rows[places], [texts[place] or "" for place in places.tolist()]
        self.filled[rows] = True
        read = read_column(wanted)
        known = read.number >= 0
        prefixes = np.asarray([self.book.prefix_code(text) for text in read.prefixes], np.int32)
        suffixes = np.asarray([self.book.suffix_code(text) for text in read.suffixes], np.int32)
        into = rows[known]
        column = self._column
        column.prefix[into] = prefixes[read.prefix[known]]
        column.suffix[into] = suffixes[read.suffix[known]]
        column.number[into], column.width[into] = read.number[known], read.width[known]
        for place in np.flatnonzero(~known).tolist():
            self.odd[int(rows[place])] = wanted[place]

    def column(self) -> NumberColumn:
        """Return what was put in."""
        return self._column


def no_numbers(rows: int) -> NumberColumn:
    """Return a column without any number, which takes no memory."""
    none, zero = np.broadcast_to(np.int64(NONE), rows), np.broadcast_to(np.int64(0), rows)
    return NumberColumn(none, zero, zero, none)


def _room(rows: int) -> NumberColumn:
    """Return a column whose numbers are to be set."""
    prefix, suffix = np.full(rows, NONE, np.int32), np.full(rows, NONE, np.int32)
    return NumberColumn(prefix, np.zeros(rows, np.int64), np.zeros(rows, np.int16), suffix)  # type: ignore[arg-type]


class DateBuilder:
    """The fields of a column of dates, or of times of day, filled bit by bit; a row that is filled stays as it is."""

    def __init__(self, rows: int, *, is_time: bool) -> None:
        self.fields = DateFields.blank(rows)
        self._is_time = is_time
        self._shapes: dict[str, int] = {}

    def put(self, rows: Ints, texts: Sequence[str]) -> None:
        """Read *texts* into *rows*; equal ones are read once."""
        places = np.flatnonzero(~self.fields.written[rows])
        wanted = [texts[place] for place in places.tolist()]
        distinct = {text: place for place, text in enumerate(dict.fromkeys(wanted))}
        own = list(distinct)
        read = time_fields(own) if self._is_time else date_fields(own, self._shapes)
        self.fields.put(rows[places], read.rows(np.fromiter(map(distinct.__getitem__, wanted), np.int64, len(wanted))))


class HashBuilder:
    """Stated hashes as bytes, for documents with a native; a hash longer than any kind is cut, and then is none."""

    LONGEST = 80

    def __init__(self, owed: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> None:
        self._owed = owed
        self.stated = np.zeros(len(owed), f"S{self.LONGEST}") if owed.any() else np.zeros(0, "S1")

    def put(self, rows: Ints, texts: Sequence[str]) -> None:
        """Set *texts* in the *rows* that have a native."""
        for place in np.flatnonzero(self._owed[rows]).tolist():
            text = texts[place].strip().lower()
            if text and not self.stated[rows[place]]:
                self.stated[rows[place]] = text.encode("ascii", "replace")


class OddTexts(Sequence[str | None]):
    """Texts of a column of numbers, as far as they are no numbers: the others the column of numbers spells."""

    def __init__(self, rows: int, odd: dict[int, str]) -> None:
        self._rows, self._odd = rows, odd

    def __len__(self) -> int:
        return self._rows

    @overload
    def __getitem__(self, index: int) -> str | None: ...
    @overload
    def __getitem__(self, index: slice) -> list[str | None]: ...
    def __getitem__(self, index: int | slice) -> str | list[str | None] | None:
        if isinstance(index, slice):
            return [self._odd.get(row) for row in range(*index.indices(self._rows))]
        return self._odd.get(index)


class Controls(Sequence[str]):
    """What documents are called: their own name, else their number as printed."""

    def __init__(self, names: PackedFacts, numbers: NumberColumn, book: NumberBook) -> None:
        self._names, self._numbers, self._book = names, numbers, book

    def __len__(self) -> int:
        return len(self._numbers)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        if isinstance(index, slice):
            return [self[row] for row in range(*index.indices(len(self)))]
        return self._names[index] or self._book.text(self._numbers, index) or ""


def rows_of(ids: Ints, wanted: Sequence[int | None] | Ints) -> Ints:
    """Return the place of each of *wanted* in rising *ids*, -1 for `None` and for what is not there."""
    if isinstance(wanted, np.ndarray):
        asked = wanted
    else:
        asked = np.asarray([NONE if one is None else one for one in wanted], np.int64)
    if not len(ids):
        return np.full(len(asked), NONE, np.int64)
    place = np.minimum(np.searchsorted(ids, asked), len(ids) - 1)
    return np.where(ids[place] == asked, place, NONE)
