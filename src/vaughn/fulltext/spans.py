"""Which places stand together: phrases, nearness and its opposite on whole columns of places.

Places are given in one line for many documents, with so much room between two documents that nothing reaches over;
whoever calls sees to that. Everything is a sorted search or a sort: no loop over places, no table of all pairs that
was not counted before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from vaughn.fulltext.segment import Ids, Mask

# Keys of start and length in one number must fit.
_KEY_LIMIT = 1 << 62
# Places of one table: small enough for the processor's own memory.
_STRETCH = 1 << 19
# A search costs as much as so many places of a table.
_PLACES_A_SEARCH = 150
# Keys that are searched for together, and values among which that pays.
_RUN = 1024
_AT_HAND = 1 << 16
# So few are searched for without more ado.
_FEW = 500


class Spans:
    """Places, half-open, sorted by start and then by end, each once. An edge of a document is an empty one."""

    __slots__ = ("_ends", "starts", "width")

    def __init__(self, starts: Ids, ends: Ids | None = None, *, width: int | None = None) -> None:
        """Take the places as they are.

        Args:
            ends: Need not be given where all have one *width*.
            width: How wide all of them are, where that is known.
        """
        self.starts = starts
        self.width = width
        self._ends = ends

    def __len__(self) -> int:
        return len(self.starts)

    @property
    def ends(self) -> Ids:
        """One past each."""
        if self._ends is None:
            self._ends = self.starts + (self.width or 0)
        return self._ends

    def where(self, mask: Mask) -> Spans:
        """Return those where *mask* says yes."""
        return Spans(self.starts[mask], None if self._ends is None else self._ends[mask], width=self.width)

    def sorted_ends(self) -> Ids:
        """Return the ends in order; they mostly are."""
        return self.ends if self.width is not None or is_sorted(self.ends) else np.sort(self.ends)


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """A place of one side and a place of the other, by their numbers."""

    left: Ids
    right: Ids


@dataclass(frozen=True, slots=True, eq=False)
class Merged:
    """Spans made of others; `which[i]` is the number of the span that the `i`-th went into."""

    spans: Spans
    which: Ids


def is_sorted(values: Ids) -> bool:
    """Tell whether *values* never fall."""
    return bool((values[1:] >= values[:-1]).all())


def no_spans() -> Spans:
    """Return none."""
    nothing = np.zeros(0, np.int64)
    return Spans(nothing, nothing)


def merged(starts: Ids, ends: Ids) -> Merged:
    """Return the different spans among the given ones, sorted."""
    if not len(starts):
        return Merged(no_spans(), starts)
    if (starts[1:] > starts[:-1]).all():
        return Merged(Spans(starts, ends), np.arange(len(starts)))
    first = int(starts.min())
    room = int((ends - starts).max()) + 1
    if (int(starts.max()) - first + 1) * room < _KEY_LIMIT:
        keys, which = np.unique((starts - first) * room + (ends - starts), return_inverse=True)
        begins = keys // room
        return Merged(Spans(begins + first, begins + first + (keys - begins * room)), which)
    order = np.lexsort((ends, starts))
    new = np.ones(len(order), np.bool_)
    new[1:] = (np.diff(starts[order]) != 0) | (np.diff(ends[order]) != 0)
    which = np.empty(len(order), np.int64)
    which[order] = np.cumsum(new) - 1
    return Merged(Spans(starts[order][new], ends[order][new]), which)


def union(parts: Sequence[Spans]) -> Merged:
    """Return the spans of all *parts*; `which` runs through the parts in order."""
    if len(parts) == 1:
        return Merged(parts[0], np.arange(len(parts[0])))
    return merged(np.concatenate([part.starts for part in parts]), np.concatenate([part.ends for part in parts]))


def together(parts: Sequence[Spans]) -> Spans:
    """Return the spans of all *parts*, each once, without a word on which part each came from."""
    width = parts[0].width
    if len(parts) == 1 or width is None or any(part.width != width for part in parts):
        return union(parts).spans
    starts = np.sort(np.concatenate([part.starts for part in parts]))
    new = np.ones(len(starts), np.bool_)
    np.not_equal(starts[1:], starts[:-1], out=new[1:])
    return Spans(starts[new], width=width)


def sought(values: Ids, keys: Ids, side: Literal["left", "right"] = "left") -> Ids:
    """Return what `numpy.searchsorted` does, sooner where many keys come in order: run after run of them.

    A search goes through the whole of *values*, far more than the processor keeps at hand; between the ends of a run of
    keys only few of them lie.
    """
    if len(keys) < 2 * _RUN or len(values) < _AT_HAND or not is_sorted(keys):
        return values.searchsorted(keys, side)
    edges = [*values.searchsorted(keys[::_RUN], side).tolist(), len(values)]
    found = np.empty(len(keys), np.int64)
    for number, first in enumerate(range(0, len(keys), _RUN)):
        low = edges[number]
        run = values[low : edges[number + 1]].searchsorted(keys[first : first + _RUN], side)
        np.add(run, low, out=found[first : first + _RUN])
    return found


def any_within(values: Ids, lows: Ids, reach: int) -> Mask:
    """Tell for each of *lows* whether one of the sorted *values* is it, or is up to *reach* above it.

    Few are searched for one by one. Many that lie close together, in order, are read off a table with a yes or no for
    each place, stretch by stretch: that takes a hundredth of a search.
    """
    if not len(values) or reach < 0:
        return np.zeros(len(lows), np.bool_)
    if len(lows) > _FEW and reach < _STRETCH and is_sorted(lows):
        extent = int(lows[-1] - lows[0])
        if len(lows) * _PLACES_A_SEARCH > extent:
            return _read_off(values, lows, reach)
    # The first value not below each; the last one stands in where there is none, and is told by being below.
    first = values[np.minimum(sought(values, lows), len(values) - 1)]
    if not reach:
        is_there: Mask = first == lows
        return is_there
    found: Mask = first <= lows + reach
    found &= first >= lows
    return found


def _read_off(values: Ids, lows: Ids, reach: int) -> Mask:
    found = np.empty(len(lows), np.bool_)
    firsts = np.arange(int(lows[0]), int(lows[-1]) + 1, _STRETCH)
    low_edges = [*lows.searchsorted(firsts).tolist(), len(lows)]
    value_firsts = values.searchsorted(firsts).tolist()
    value_lasts = values.searchsorted(firsts + (_STRETCH + reach)).tolist()
    table, other = np.empty((2, _STRETCH + reach), np.bool_)
    for number, first in enumerate(firsts.tolist()):
        low, high = low_edges[number], low_edges[number + 1]
        table.fill(False)
        table[values[value_firsts[number] : value_lasts[number]] - first] = True
        widened, other = _widened(table, other, reach)
        found[low:high] = widened[lows[low:high] - first]
    return found


def _widened(table: Mask, other: Mask, reach: int) -> tuple[Mask, Mask]:
    """Return a table that says yes where *table* does at a place or up to *reach* after it; and the one left over."""
    covered = 1
    while covered <= reach:
        step = min(covered, reach + 1 - covered)
        np.logical_or(table[:-step], table[step:], out=other[:-step])
        other[-step:] = table[-step:]
        table, other = other, table
        covered += step
    return table, other


def near_left(lefts: Spans, *, starts: Ids, ends: Ids, distance: int, is_ordered: bool) -> Mask:
    """Tell which of *lefts* have one of the others within *distance*: after them, or before them unless ordered.

    Args:
        starts: Sorted starts of the others.
        ends: Sorted ends of the others; may be empty if *is_ordered*.
    """
    found = any_within(starts, lefts.ends, distance - 1)
    if is_ordered:
        return found
    return found | any_within(ends, lefts.starts - (distance - 1), distance - 1)


def near_right(rights: Spans, *, starts: Ids, ends: Ids, distance: int, is_ordered: bool) -> Mask:
    """Tell which of *rights* have one of the others within *distance*: before them, or after them unless ordered."""
    found = any_within(ends, rights.starts - (distance - 1), distance - 1)
    if is_ordered:
        return found
    return found | any_within(starts, rights.ends, distance - 1)


def documents_near(lefts: Spans, rights: Spans, distance: int, is_ordered: bool, *, borders: Ids) -> Ids:
    """Return the numbers of the documents in which a left and a right are within *distance*; some more than once.

    Args:
        lefts: Of one width, as are *rights*.
        borders: First places of documents, the place before which is empty; at the end where the next one would begin.
    """
    if distance < 1 or not len(lefts) or not len(rights):
        return lefts.starts[:0]
    few, many = (lefts, rights) if len(lefts) <= len(rights) else (rights, lefts)
    is_dense = len(few) > len(borders) and len(few) * _PLACES_A_SEARCH > int(borders[-1])
    found = []
    if few is lefts or not is_ordered:
        found.append((_dense_after if is_dense else _after)(few, many, distance - 1, borders))
    if few is rights or not is_ordered:
        found.append((_dense_before if is_dense else _before)(few, many, distance - 1, borders))
    return found[0] if len(found) == 1 else np.concatenate(found)


def _after(few: Spans, many: Spans, reach: int, borders: Ids) -> Ids:
    """Return the documents of those of *few* that have one of *many* after them."""
    nearest = many.starts[np.minimum(sought(many.starts, few.ends), len(many) - 1)]
    near = ((nearest >= few.ends) & (nearest <= few.ends + reach)).nonzero()[0]
    following_documents = sought(borders, few.starts[near], "right")
    return following_documents[nearest[near] < borders[following_documents]] - 1


def _before(few: Spans, many: Spans, reach: int, borders: Ids) -> Ids:
    """Return the documents of those of *few* that have one of *many* before them."""
    latest = few.starts - (many.width or 0)
    nearest = many.starts[np.maximum(sought(many.starts, latest, "right") - 1, 0)]
    near = ((nearest <= latest) & (nearest >= latest - reach)).nonzero()[0]
    documents = sought(borders, few.starts[near], "right") - 1
    return documents[nearest[near] >= borders[documents]]


def _dense_after(few: Spans, many: Spans, reach: int, borders: Ids) -> Ids:
    return _documents_at(few.starts[_within_border(many.starts, few.ends, reach, borders)], borders)


def _dense_before(few: Spans, many: Spans, reach: int, borders: Ids) -> Ids:
    return _documents_at(few.starts[_within_border_before(many.ends, few.starts, reach, borders)], borders)


def _documents_at(places: Ids, borders: Ids) -> Ids:
    bounds = sought(places, borders)
    return (bounds[1:] > bounds[:-1]).nonzero()[0]


def _within_border(values: Ids, lows: Ids, reach: int, borders: Ids) -> Mask:
    """Tell which of the sorted *lows* have a value up to *reach* above them in the same document."""
    found = any_within(values, lows, reach)
    over = _ranges(sought(lows, borders - reach), sought(lows, borders))
    nearest = values[np.minimum(values.searchsorted(lows[over.right]), len(values) - 1)]
    found[over.right[nearest >= borders[over.left]]] = False
    return found


def _within_border_before(values: Ids, highs: Ids, reach: int, borders: Ids) -> Mask:
    """Tell which of the sorted *highs* have a value up to *reach* below them in the same document."""
    found = any_within(values, highs - reach, reach)
    over = _ranges(sought(highs, borders), sought(highs, borders + reach))
    nearest = values[np.maximum(values.searchsorted(highs[over.right], side="right") - 1, 0)]
    found[over.right[nearest < borders[over.left]]] = False
    return found


def apart(lefts: Spans, rights: Spans, *, distance: int) -> Mask:
    """Tell which of *lefts* have none of *rights* overlapping them or within *distance*."""
    if not len(rights):
        return np.ones(len(lefts), np.bool_)
    if lefts.width is not None and rights.width is not None:
        margin = distance - 1 + rights.width
        return ~any_within(rights.starts, lefts.starts - margin, margin + lefts.width + distance - 1)
    # One touches if it begins at or before `last` and ends at or after `first`; of those that begin early enough
    # the one that reaches furthest decides.
    first, last = lefts.starts - (distance - 1), lefts.ends + (distance - 1)
    reach = np.maximum.accumulate(rights.ends)
    before = rights.starts.searchsorted(last, side="right") - 1
    none_before = before < 0
    before[none_before] = 0
    return none_before | (reach[before] < first)


def beside(many: Spans, few: Spans, distance: int) -> Spans:
    """Return those of *many* that may be within *distance* of one of *few* or overlap it: no other can."""
    if not len(many) or not len(few):
        return many.where(np.zeros(len(many), np.bool_))
    widest = many.width if many.width is not None else int((many.ends - many.starts).max())
    lasts = sought(many.starts, few.ends + distance)
    if few.width is None:
        lasts = np.maximum.accumulate(lasts)
    firsts = sought(many.starts, few.starts - (distance + widest))
    firsts[1:] = np.maximum(firsts[1:], lasts[:-1])
    numbers = _ranges(firsts, lasts).right
    if many.width is not None:
        return Spans(many.starts[numbers], width=many.width)
    return Spans(many.starts[numbers], many.ends[numbers])


def following(lefts: Spans, rights: Spans) -> Pairs:
    """Return the pairs of which the right one begins where the left one ends; the fewer look for the more."""
    if len(lefts) <= len(rights):
        return _ranges(rights.starts.searchsorted(lefts.ends), rights.starts.searchsorted(lefts.ends, side="right"))
    order = None if is_sorted(lefts.ends) else np.argsort(lefts.ends, kind="stable")
    ends = lefts.ends if order is None else lefts.ends[order]
    found = _ranges(ends.searchsorted(rights.starts), ends.searchsorted(rights.starts, side="right"))
    return Pairs(found.right if order is None else order[found.right], found.left)


def in_a_row(parts: Sequence[Spans]) -> Spans:
    """Return what reaches from a span of the first part to one of the last, each beginning where the one before ends.

    The rarest part leads, so that frequent words are looked up only beside it.
    """
    rarest = min(range(len(parts)), key=lambda part: len(parts[part]))
    widths = [part.width for part in parts]
    if None not in widths:
        return _in_a_row_of_widths(parts, [width for width in widths if width is not None], rarest)
    found = parts[rarest]
    for part in parts[rarest + 1 :]:
        pairs = following(found, part)
        found = merged(found.starts[pairs.left], part.ends[pairs.right]).spans
    for part in reversed(parts[:rarest]):
        pairs = following(part, found)
        found = merged(part.starts[pairs.left], found.ends[pairs.right]).spans
    return found


def _in_a_row_of_widths(parts: Sequence[Spans], widths: list[int], rarest: int) -> Spans:
    found = parts[rarest].starts
    offsets = np.cumsum([0, *widths]).tolist()
    first, total = offsets[rarest], offsets[-1]
    # The rarer a part, the more it leaves out for those after it.
    for place in sorted(range(len(parts)), key=lambda place: len(parts[place])):
        if place != rarest:
            found = found[any_within(parts[place].starts, found + (offsets[place] - first), 0)]
    starts = found - first
    return Spans(starts, width=total)


@dataclass(frozen=True, slots=True, eq=False)
class NearRanges:
    """All pairs within a distance, not yet written out: for each place of one side, a run of the other side.

    Args:
        after: Runs of rights, by start, that come after each left: first and one past the last.
        before: Runs of rights, by end, that come before each left; `None` if the left one comes first.
        by_end: Rights in the order of their ends.
    """

    after: Pairs
    before: Pairs | None
    by_end: Ids

    def __len__(self) -> int:
        counts = int((self.after.right - self.after.left).sum())
        return counts if self.before is None else counts + int((self.before.right - self.before.left).sum())

    def pairs(self) -> Pairs:
        """Return all of them, written out; some twice where empty places meet."""
        after = _ranges(self.after.left, self.after.right)
        if self.before is None:
            return after
        before = _ranges(self.before.left, self.before.right)
        return Pairs(
            np.concatenate((after.left, before.left)), np.concatenate((after.right, self.by_end[before.right]))
        )


def near_ranges(lefts: Spans, rights: Spans, *, distance: int, is_ordered: bool) -> NearRanges:
    """Return all pairs of a left and a right that do not overlap and are at most *distance* apart."""
    distance = max(distance, 0)
    after = Pairs(rights.starts.searchsorted(lefts.ends), rights.starts.searchsorted(lefts.ends + distance))
    if is_ordered:
        return NearRanges(after, None, after.left[:0])
    by_end = np.argsort(rights.ends, kind="stable")
    ends = rights.ends[by_end]
    before = Pairs(
        ends.searchsorted(lefts.starts - distance, side="right"),
        ends.searchsorted(lefts.starts, side="right"),
    )
    return NearRanges(after, before, by_end)


def hulls(lefts: Spans, rights: Spans, pairs: Pairs) -> Merged:
    """Return what the pairs reach over, from the first start to the last end."""
    return merged(
        np.minimum(lefts.starts[pairs.left], rights.starts[pairs.right]),
        np.maximum(lefts.ends[pairs.left], rights.ends[pairs.right]),
    )


def _ranges(first: Ids, last: Ids) -> Pairs:
    """Write out for each number of a left its run of rights."""
    counts = np.maximum(last - first, 0)
    lefts = np.repeat(np.arange(len(counts)), counts)
    offsets = np.repeat(first - (np.cumsum(counts) - counts), counts)
    return Pairs(lefts, offsets + np.arange(len(lefts)))
