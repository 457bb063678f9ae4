"""What each term of a list finds, and where: terms by custodians, repositories or productions.

Everything is counted from sets of documents, so that no cell depends on how a search engine ranks. A family counts
once in a cell, however many of its members a term finds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vaughn.model import InputError

Ids = NDArray[np.int64]
# A table from ids to places is used where it is at most so many times larger than the scope; else a binary search.
_TABLE_PER_DOCUMENT = 8


@dataclass(frozen=True, slots=True)
class Term:
    """One line of a term list: as it was typed, and as it was read."""

    typed: str
    canonical: str


@dataclass(frozen=True, slots=True, eq=False)
class TermFound:
    """What one term finds.

    Args:
        documents: Their ids, ascending, each once.
        hits: Places found in each of them.

    Raises:
        InputError: If the two do not fit together.
    """

    term: Term
    documents: Ids
    hits: Ids

    def __post_init__(self) -> None:
        if self.documents.shape != self.hits.shape or self.documents.ndim != 1 or not _ascends(self.documents):
            raise InputError("What a term finds is a sorted row of documents with the hits in each.")


@dataclass(frozen=True, slots=True, eq=False)
class Scope:
    """The documents that are searched, and how they are told apart.

    Args:
        documents: Their ids, ascending, each once.
        columns: Names of the custodians, repositories or productions; an empty name stands for not known.
        column_of: For each document the place of its column in *columns*.
        family_of: For each document the id of its family.

    Raises:
        InputError: If the rows do not fit together.
    """

    documents: Ids
    columns: tuple[str, ...]
    column_of: Ids
    family_of: Ids

    def __post_init__(self) -> None:
        if not (self.documents.shape == self.column_of.shape == self.family_of.shape and self.documents.ndim == 1):
            raise InputError("Documents, columns and families of a term report are rows of one length.")
        if not _ascends(self.documents):
            raise InputError("The documents of a term report are sorted, each once.")
        if self.documents.size and not 0 <= self.column_of.min() <= self.column_of.max() < len(self.columns):
            raise InputError("A document of a term report stands in a column that is not there.")


@dataclass(frozen=True, slots=True, eq=False)
class Numbers:
    """Five counts of one shape.

    Args:
        with_families: Documents in families of which a member is found, in that column.
        unique: Documents found by this term and no other; in a union, by exactly one term.
    """

    documents: Ids
    hits: Ids
    families: Ids
    with_families: Ids
    unique: Ids


@dataclass(frozen=True, slots=True, eq=False)
class TermReport:
    """The whole table.

    Args:
        searched: Documents of the scope in each column.
        each: A row a term, a column a column.
        by_term: A row a term, all columns together; a family that stands in two columns counts once.
        union: By column, all terms together.
        whole: All terms and columns together.
        found: Ids of the documents that any term finds.
        nulls: Ids of the documents that no term finds.
    """

    terms: tuple[Term, ...]
    columns: tuple[str, ...]
    searched: Ids
    each: Numbers
    by_term: Numbers
    union: Numbers
    whole: Numbers
    found: Ids
    nulls: Ids


def term_report(scope: Scope, found: Sequence[TermFound]) -> TermReport:
    """Return what the terms find in *scope*; documents outside it do not count."""
    held = _Held(scope)
    rows = [held.row(one) for one in found]
    times = np.zeros(scope.documents.size, dtype=np.int32)
    hits = np.zeros(scope.documents.size, dtype=np.int64)
    for row in rows:
        times[row.places] += 1
        hits[row.places] += row.hits
    once = times == 1
    counted = [held.counted(row, once) for row in rows]
    any_place = np.flatnonzero(times)
    union, whole = held.counted(_Row(any_place, hits[any_place]), once)
    return TermReport(
        terms=tuple(one.term for one in found),
        columns=scope.columns,
        searched=held.per_column(held.column_of),
        each=_stacked([cells for cells, _ in counted], (len(found), len(scope.columns))),
        by_term=_stacked([total for _, total in counted], (len(found),)),
        union=union,
        whole=whole,
        found=scope.documents[any_place],
        nulls=scope.documents[times == 0],
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Row:
    places: Ids  # in the scope
    hits: Ids


class _Held:
    """The scope, with families numbered from 0 and cut where they stand in several columns."""

    def __init__(self, scope: Scope) -> None:
        self._documents = scope.documents
        self._width = len(scope.columns)
        self.column_of = scope.column_of
        _, numbers = np.unique(scope.family_of, return_inverse=True)
        self._family_of = numbers.astype(np.int64)
        keys = self._family_of * max(self._width, 1) + scope.column_of
        parts, of_part, sizes = np.unique(keys, return_inverse=True, return_counts=True)
        self._part_of, self._part_size = of_part, sizes
        self._family_of_part, self._column_of_part = np.divmod(parts, max(self._width, 1))
        self._table = self._place_table()

    def _place_table(self) -> Ids | None:
        ids = self._documents
        if not ids.size or ids[0] < 0 or ids[-1] >= ids.size * _TABLE_PER_DOCUMENT + 1024:
            return None
        table = np.full(int(ids[-1]) + 1, -1, dtype=np.int64)
        table[ids] = np.arange(ids.size)
        return table

    def row(self, found: TermFound) -> _Row:
        """Return where the documents of a term stand in the scope."""
        ids = found.documents
        if self._table is not None:
            within = (ids >= 0) & (ids < self._table.size)
            places = np.where(within, self._table[np.where(within, ids, 0)], -1)
            known = places >= 0
        else:
            places = np.searchsorted(self._documents, ids)
            known = places < self._documents.size
            known[known] = self._documents[places[known]] == ids[known]
        return _Row(places[known], found.hits[known])

    def per_column(self, columns: Ids, weights: Ids | None = None) -> Ids:
        """Return how many (how much) stands in each column; exact up to 2^53."""
        return np.bincount(columns, weights, minlength=self._width).astype(np.int64)

    def counted(self, row: _Row, once: NDArray[np.bool_]) -> tuple[Numbers, Numbers]:
        """Return the counts by column, and those of all columns together."""
        columns = self.column_of[row.places]
        is_part = np.zeros(self._part_size.size, dtype=np.bool_)
        is_part[self._part_of[row.places]] = True
        is_family = np.zeros(self._part_size.size, dtype=np.bool_)
        is_family[self._family_of[row.places]] = True
        beside = np.flatnonzero(is_family[self._family_of_part])
        cells = Numbers(
            documents=self.per_column(columns),
            hits=self.per_column(columns, row.hits),
            families=self.per_column(self._column_of_part[is_part]),
            with_families=self.per_column(self._column_of_part[beside], self._part_size[beside]),
            unique=self.per_column(columns[once[row.places]]),
        )
        total = Numbers(
            documents=cells.documents.sum(),
            hits=cells.hits.sum(),
            families=np.asarray(np.count_nonzero(is_family), dtype=np.int64),
            with_families=cells.with_families.sum(),
            unique=cells.unique.sum(),
        )
        return cells, total


def _stacked(rows: Sequence[Numbers], shape: tuple[int, ...]) -> Numbers:
    def stack(name: str) -> Ids:
        held = [getattr(row, name) for row in rows]
        return np.array(held, dtype=np.int64).reshape(shape)

    return Numbers(*(stack(name) for name in ("documents", "hits", "families", "with_families", "unique")))


def _ascends(ids: Ids) -> bool:
    return bool((ids[1:] > ids[:-1]).all())
