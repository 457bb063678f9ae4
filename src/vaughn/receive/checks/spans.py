"""Which numbers are covered, and by which rows: ranges as sorted arrays, for a million documents at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vaughn.receive.facts import NONE, Flags, Ints, NumberColumn, ProductionFacts


@dataclass(frozen=True, slots=True, eq=False)
class Spans:
    """Ranges of numbers, both ends included; `prefix` is a code of the `NumberBook`."""

    prefix: Ints
    first: Ints
    last: Ints

    def __len__(self) -> int:
        return len(self.prefix)

    def rows(self, chosen: Ints | Flags) -> Spans:
        """Return the ranges in rows *chosen*."""
        return Spans(self.prefix[chosen], self.first[chosen], self.last[chosen])


def joined(*several: Spans) -> Spans:
    """Return all ranges of *several* in one."""
    return Spans(
        np.concatenate([spans.prefix for spans in several] or [np.empty(0, np.int64)]),
        np.concatenate([spans.first for spans in several] or [np.empty(0, np.int64)]),
        np.concatenate([spans.last for spans in several] or [np.empty(0, np.int64)]),
    )


def runs(column: NumberColumn) -> Spans:
    """Return the numbers of *column* as ranges, those that follow each other in one: pages in order are few ranges."""
    return _merged(Spans(column.prefix, column.number, column.number))


def together(spans: Spans) -> Spans:
    """Return *spans* with those that follow each other in one; they cover the same numbers."""
    return _merged(spans)


def span_of(begin: NumberColumn, end: NumberColumn) -> Spans:
    """Return one range a row; a row without a readable end of the same prefix ends where it begins.

    Rows without a begin number keep prefix -1.
    """
    usable = (end.prefix == begin.prefix) & (end.number >= begin.number)
    return Spans(begin.prefix, begin.number, np.where(usable, end.number, begin.number))


def minus(left: Spans, right: Spans) -> Spans:
    """Return the numbers of *left* that *right* does not cover, as the longest ranges, in order."""
    prefix = np.concatenate((left.prefix, left.prefix, right.prefix, right.prefix))
    point = np.concatenate((left.first, left.last + 1, right.first, right.last + 1))
    size_left, size_right = len(left), len(right)
    steps_left = np.concatenate((np.ones(size_left), -np.ones(size_left), np.zeros(2 * size_right))).astype(np.int64)
    steps_right = np.concatenate((np.zeros(2 * size_left), np.ones(size_right), -np.ones(size_right))).astype(np.int64)
    order = np.lexsort((point, prefix))
    prefix, point = prefix[order], point[order]
    inside = (np.cumsum(steps_left[order]) > 0) & (np.cumsum(steps_right[order]) == 0)
    # A stretch runs from one point to the next; only the last step at a point counts, so empty stretches fall away.
    next_point = np.append(point[1:], 0)
    same = np.append(prefix[1:] == prefix[:-1], False)
    kept = inside & same & (next_point > point)
    return _merged(Spans(prefix[kept], point[kept], next_point[kept] - 1))


def _merged(spans: Spans) -> Spans:
    """Return *spans* with rows joined that continue the row before."""
    if not len(spans):
        return spans
    new = np.append(True, (spans.prefix[1:] != spans.prefix[:-1]) | (spans.first[1:] != spans.last[:-1] + 1))
    firsts = np.flatnonzero(new)
    lasts = np.append(firsts[1:] - 1, len(spans) - 1)
    return Spans(spans.prefix[firsts], spans.first[firsts], spans.last[lasts])


@dataclass(frozen=True, slots=True, eq=False)
class Reached:
    """Ranges in number order, and how far the ones before each of them reach.

    Args:
        order: Rows in the order of `group`, then first number.
        before: For each place in `order`: the row that reaches furthest among those before it in its
            group, -1 for the first of a group.
    """

    order: Ints
    before: Ints


def reach(spans: Spans, group: Ints) -> Reached:
    """Return *spans* in order with the furthest-reaching row before each; rows of group -1 are left out."""
    rows = np.flatnonzero(group >= 0)
    order = rows[np.lexsort((rows, spans.first[rows], group[rows]))]
    size = len(order)
    if not size:
        return Reached(order, order)
    by_last = np.lexsort((np.arange(size), spans.last[order]))
    rank = np.empty(size, np.int64)
    rank[by_last] = np.arange(size)
    groups = group[order]
    starts = np.append(True, groups[1:] != groups[:-1])
    sequence = np.cumsum(starts) - 1
    highest = np.maximum.accumulate(sequence * size + rank) - sequence * size
    before = np.full(size, NONE, np.int64)
    before[1:] = order[by_last[highest[:-1] % size]]
    before[starts] = NONE
    return Reached(order, before)


def keys(*several: tuple[Ints, Ints]) -> list[Ints]:
    """Return one sortable integer for each (prefix, number), comparable across all of *several*."""
    numbers = np.concatenate([number for _, number in several])
    distinct, ranks = np.unique(numbers, return_inverse=True)
    base, start, found = len(distinct) + 1, 0, []
    for prefix, number in several:
        found.append(prefix.astype(np.int64) * base + ranks[start : start + len(number)])
        start += len(number)
    return found


def is_touched(spans: Spans, others: Spans) -> Flags:
    """Return which of *spans* share a number with any of *others*."""
    if not len(others) or not len(spans):
        return np.zeros(len(spans), np.bool_)
    merged = minus(others, Spans(*(np.empty(0, np.int64) for _ in range(3))))
    first, last, other_first, other_last = keys(
        (spans.prefix, spans.first),
        (spans.prefix, spans.last),
        (merged.prefix, merged.first),
        (merged.prefix, merged.last),
    )
    place = np.searchsorted(other_first, last, side="right") - 1
    return (place >= 0) & (other_last[np.maximum(place, 0)] >= first) & (spans.prefix >= 0)


def page_totals(facts: ProductionFacts) -> Ints:
    """Return how many page rows each document has."""
    document = facts.pages.document
    return np.bincount(document[document >= 0], minlength=len(facts.documents)).astype(np.int64)


def shown_totals(facts: ProductionFacts) -> Ints:
    """Return how many pages of each document have a file or stand in a page list; a range alone shows nothing."""
    pages = facts.pages
    shown = (pages.document >= 0) & ((pages.file >= 0) | pages.listed)
    return np.bincount(pages.document[shown], minlength=len(facts.documents)).astype(np.int64)


def names_documents(facts: ProductionFacts) -> Flags:
    """Return for each prefix code whether its numbers name documents and not pages.

    Said of a prefix when at least three of its documents have several pages and more than half of those
    end with the number they begin with, or leave no room for their pages before the next number.
    """
    documents = facts.documents
    begin, end = documents.begin, documents.end
    totals = page_totals(facts)
    several = begin.known & (totals > 1)
    ends_there = several & end.known & (end.prefix == begin.prefix) & (end.number == begin.number)
    room = _room(begin)
    crowded = several & ~end.known & (room < totals)
    size = max(len(facts.book.prefixes), 1)
    several_count = np.bincount(begin.prefix[several], minlength=size)
    single_count = np.bincount(begin.prefix[ends_there | crowded], minlength=size)
    return np.asarray((several_count >= 3) & (2 * single_count > several_count), np.bool_)


def _room(begin: NumberColumn) -> Ints:
    """Return how many numbers lie between each begin number and the next higher one of its prefix."""
    room = np.full(len(begin), np.iinfo(np.int64).max, np.int64)
    order = np.lexsort((begin.number, begin.prefix))
    same = begin.prefix[order][1:] == begin.prefix[order][:-1]
    room[order[:-1][same]] = np.diff(begin.number[order])[same]
    return room
