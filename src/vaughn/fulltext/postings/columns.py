"""What is known of documents beside their words, as columns of numbers: for filters, facets and ranges."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vaughn.fulltext.postings.entries import UNKNOWN, Column, ColumnKind, Description
from vaughn.fulltext.postings.reading import spread
from vaughn.fulltext.segment import Ids, Mask

# Stands in a column of names where there is none.
NO_NAME = -1
_SMALL_TYPES = (np.int8, np.int16, np.int32)


class Names:
    """The names of each column, numbered in the order in which they were first seen."""

    def __init__(self, known: Mapping[str, Sequence[str]]) -> None:
        self._numbers = {column: {name: number for number, name in enumerate(names)} for column, names in known.items()}
        self._names = {column: list(names) for column, names in known.items()}
        self.is_changed = False

    def number(self, column: str, name: str) -> int:
        """Return the number of *name*, a new one if it has none yet."""
        numbers = self._numbers.setdefault(column, {})
        if name not in numbers:
            self.is_changed = True
            numbers[name] = len(numbers)
            self._names.setdefault(column, []).append(name)
        return numbers[name]

    def of(self, column: str) -> list[str]:
        """Return the names of *column*, by number; not to be changed."""
        return self._names.get(column, [])

    def all(self) -> dict[str, list[str]]:
        """Return all names by column."""
        return self._names


class ColumnCollector:
    """The columns of documents while they are taken in."""

    def __init__(self, columns: Sequence[Column], names: Names) -> None:
        self._columns = columns
        self._names = names
        self._numbers: dict[str, list[int]] = {column.name: [] for column in columns}
        self._ends: dict[str, list[int]] = {column.name: [0] for column in columns if column.kind is ColumnKind.NAMES}

    def add(self, known: Description) -> None:
        """Put in the next document; columns that are not of the index are passed over."""
        for column in self._columns:
            values = self._numbers[column.name]
            if column.kind in {ColumnKind.NAME, ColumnKind.NAMES}:
                given = [self._names.number(column.name, name) for name in known.names.get(column.name, ())]
                if column.kind is ColumnKind.NAMES:
                    values += sorted(set(given))
                    self._ends[column.name].append(len(values))
                else:
                    values.append(given[0] if given else NO_NAME)
            else:
                values.append(known.numbers.get(column.name, UNKNOWN))

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the columns, by name."""
        arrays = {name: _smallest(np.array(values, np.int64)) for name, values in self._numbers.items()}
        for name, ends in self._ends.items():
            arrays[f"{name}.ends"] = np.array(ends, np.uint32)
        return arrays


class Columns:
    """The columns of the documents of one segment."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        self._arrays = arrays

    def __contains__(self, name: str) -> bool:
        return name in self._arrays

    def values(self, name: str) -> Ids:
        """Return the number of each document: `UNKNOWN` (`NO_NAME` for a name) where there is none.

        Of a column of several names: all numbers, document after document, see `ends`.
        """
        stored = self._arrays[name]
        values = stored.astype(np.int64)
        if stored.dtype != np.int64:
            values[stored == np.iinfo(stored.dtype).min] = UNKNOWN
        return values

    def ends(self, name: str) -> Ids | None:
        """Return where the names of each document begin, documents + 1 numbers; `None`: it has one at most."""
        ends = f"{name}.ends"
        return self._arrays[ends].astype(np.int64) if ends in self._arrays else None

    def counts(self, name: str, *, size: int, documents: Mask | None = None) -> Ids:
        """Return how many of *documents* (`None`: all) have each of the first *size* numbers of a column of names."""
        stored = self._arrays[name]
        if documents is not None:
            ends = self.ends(name)
            chosen = documents if ends is None else np.repeat(documents, np.diff(ends))
            stored = stored[chosen]
        return np.bincount(stored[stored >= 0], minlength=size)

    def with_any(self, name: str, numbers: Iterable[int]) -> Mask:
        """Return the documents that have one of *numbers* in a column."""
        found = np.isin(self.values(name), np.fromiter(numbers, np.int64))
        return found if (ends := self.ends(name)) is None else _any_of(found, ends)

    def between(self, name: str, low: int | None, high: int | None) -> Mask:
        """Return the documents whose number is known and lies between two, both included; `None`: an open end."""
        values = self.values(name)
        found: Mask = values != UNKNOWN
        if low is not None:
            found &= values >= low
        if high is not None:
            found &= values <= high
        return found if (ends := self.ends(name)) is None else _any_of(found, ends)


def _any_of(found: Mask, ends: Ids) -> Mask:
    sums = np.concatenate([[0], np.cumsum(found)])
    return np.asarray(sums[ends[1:]] > sums[ends[:-1]])


def _smallest(values: Ids) -> NDArray[Any]:
    """Return *values* in the smallest type that holds them; its least number stands for `UNKNOWN`."""
    is_known = values != UNKNOWN
    known = values[is_known]
    for kind in _SMALL_TYPES:
        info = np.iinfo(kind)
        if not len(known) or (known.min() > info.min and known.max() <= info.max):
            return np.where(is_known, values, info.min).astype(kind)
    return values


def joined_columns(parts: Sequence[tuple[Columns, Ids]], names: Sequence[str]) -> dict[str, NDArray[Any]]:
    """Return the columns *names* of chosen documents (their numbers) of several segments, one after the other."""
    arrays: dict[str, NDArray[Any]] = {}
    for name in names:
        values, lengths = [], []
        for columns, documents in parts:
            ends = columns.ends(name)
            if ends is None:
                values.append(columns.values(name)[documents])
            else:
                lengths.append(ends[documents + 1] - ends[documents])
                values.append(columns.values(name)[spread(ends[documents], lengths[-1])])
        arrays |= _stored(name, np.concatenate(values), np.concatenate(lengths) if lengths else None)
    return arrays


def replaced_columns(old: Columns, new: Columns, *, documents: Ids, names: Sequence[str]) -> dict[str, NDArray[Any]]:
    """Return the columns *names* of *old*, with a row of *new* in the place of each of *documents*."""
    arrays: dict[str, NDArray[Any]] = {}
    for name in names:
        values, ends, new_ends = old.values(name), old.ends(name), new.ends(name)
        if ends is None or new_ends is None:
            values[documents] = new.values(name)
            arrays |= _stored(name, values, None)
        else:
            firsts, lengths = ends[:-1], np.diff(ends)
            firsts[documents], lengths[documents] = len(values) + new_ends[:-1], np.diff(new_ends)
            together = np.concatenate([values, new.values(name)])
            arrays |= _stored(name, together[spread(firsts, lengths)], lengths)
    return arrays


def _stored(name: str, values: Ids, lengths: Ids | None) -> dict[str, NDArray[Any]]:
    stored: dict[str, NDArray[Any]] = {name: _smallest(values)}
    if lengths is not None:
        stored[f"{name}.ends"] = np.concatenate([[0], np.cumsum(lengths)]).astype(np.uint32)
    return stored
