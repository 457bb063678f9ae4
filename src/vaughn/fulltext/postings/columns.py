"""What is known of documents beside their words, as columns of numbers: for filters, facets and ranges."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vaughn.fulltext.postings.entries import UNKNOWN, Column, ColumnKind, Description
from vaughn.fulltext.postings.reading import spread
from vaughn.fulltext.segment import Ids, Mask

# Stands in a column of names where there is none.
NO_NAME = -1
# One document in so many is picked out sooner than all are looked through.
_FEW_OF = 8
_SMALL_TYPES = (np.int8, np.int16, np.int32)


@dataclass(frozen=True, slots=True, eq=False)
class DayCounts:
    """How many documents there are of each day from `first` (`date.toordinal`) on."""

    first: int
    counts: Ids

    def __add__(self, other: DayCounts) -> DayCounts:
        if not len(self.counts) or not len(other.counts):
            return self if len(self.counts) else other
        first = min(self.first, other.first)
        end = max(self.first + len(self.counts), other.first + len(other.counts))
        counts = np.zeros(end - first, np.int64)
        for part in (self, other):
            counts[part.first - first : part.first - first + len(part.counts)] += part.counts
        return DayCounts(first, counts)


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
        self._owners: dict[str, NDArray[np.int32]] = {}

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

    def counts(self, name: str, *, size: int, documents: Mask | Ids | None = None) -> Ids:
        """Return how many of *documents* have each of the first *size* numbers of a column of names.

        Args:
            documents: A yes or no for each, or their numbers; `None`: all.
        """
        stored = self._arrays[name]
        return self._bincount(name, stored + stored.dtype.type(1), size=size, documents=documents)

    def day_counts(self, name: str, documents: Mask | Ids | None = None) -> DayCounts:
        """Return how many of *documents* have each day of a column of days."""
        stored = self._arrays[name]
        is_known = stored > np.iinfo(stored.dtype).min
        if not is_known.any():
            return DayCounts(0, np.zeros(0, np.int64))
        first, last = int(stored.min(where=is_known, initial=stored.max())), int(stored.max())
        from_one = np.where(is_known, stored - first + 1, 0)
        return DayCounts(first, self._bincount(name, from_one, size=last - first + 1, documents=documents))

    def _bincount(self, name: str, from_one: NDArray[Any], *, size: int, documents: Mask | Ids | None) -> Ids:
        """Return how many of *documents* have each of the first *size* numbers; *from_one*: 0 where there is none."""
        ends = self.ends(name)
        if documents is not None and documents.dtype == np.bool_:
            if np.count_nonzero(documents) * _FEW_OF > len(documents):
                # Multiplied, not picked out: that takes a third of the time.
                from_one = from_one * (documents if ends is None else documents[self._owners_of(name, ends)])
                documents = None
            else:
                documents = np.flatnonzero(documents)
        if documents is not None:
            chosen = documents if ends is None else spread(ends[documents], ends[documents + 1] - ends[documents])
            from_one = from_one[chosen]
        return np.bincount(np.maximum(from_one, 0), minlength=size + 1)[1:]

    def _owners_of(self, name: str, ends: Ids) -> NDArray[np.int32]:
        """Return the document of each name in a column of several; kept, as facets ask for it again and again."""
        owners = self._owners.get(name)
        if owners is None:
            owners = self._owners[name] = np.repeat(np.arange(len(ends) - 1, dtype=np.int32), np.diff(ends))
        return owners

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
    """Return *values* in the smallest type that holds them and one more; its least number stands for `UNKNOWN`."""
    is_known = values != UNKNOWN
    known = values[is_known]
    for kind in _SMALL_TYPES:
        info = np.iinfo(kind)
        if not len(known) or (known.min() > info.min and known.max() < info.max):
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
