"""Where a query with a rare part matches, found from the places of that part, whatever the documents.

`matching` lays chosen documents out and looks at all their places. Where one part is rare, it is quicker to take its
places in the whole segment and to look only beside them. A place is written as one number, its document above, so that
places of two documents are never near each other.
"""

from __future__ import annotations

import numpy as np

from vaughn.fulltext.language.tree import Edge, End, Near, Node, NotNear, Or, Phrase
from vaughn.fulltext.lookup import LEAVES, Lookup
from vaughn.fulltext.matching import TooManyPairs, is_one_place
from vaughn.fulltext.segment import Ids, Leaf, Places
from vaughn.fulltext.spans import (
    Spans,
    apart,
    beside,
    documents_near,
    following,
    hulls,
    in_a_row,
    merged,
    near_left,
    near_ranges,
    near_right,
    sought,
    together,
)

# Below the number of the document stands the place; a segment has fewer places.
_PLACE_BITS = 32
_PLACE = (1 << _PLACE_BITS) - 1
# No distance in words is longer.
_LONGEST = 1 << 30
# Beside so many places the other words are not looked for one by one.
_MANY = 30_000
# So much rarer, a part decides where the others are read at all.
_RARER = 128


class Undivided:
    """All documents of one text."""

    def __init__(self, lookup: Lookup, *, pairs: int) -> None:
        """Take the text as it is.

        Args:
            pairs: More than these are not written out: `TooManyPairs`.
        """
        self._lookup = lookup
        self._starts = lookup.words.starts
        self._most_pairs = pairs

    def documents_with(self, node: Node) -> Ids:
        """Return the sorted numbers of the documents in which *node*, which is no alternative, matches somewhere."""
        if is_one_place(node):
            return self._documents_of(self._row(node).starts)
        if isinstance(node, Near):
            return self._near(node)
        return self._documents_of_keys(self._spans(node).starts)

    def _near(self, node: Near) -> Ids:
        distance = min(node.distance, _LONGEST)
        if is_one_place(node.left) and is_one_place(node.right):
            left, right = self._rows(node, distance)
            if left.width is not None and right.width is not None:
                found = documents_near(left, right, distance, node.is_ordered, borders=self._starts)
                return self._numbers(found)
        left, right = self._both(node)
        if len(left) <= len(right):
            starts, ends = right.starts, right.sorted_ends()
            near = near_left(left, starts=starts, ends=ends, distance=distance, is_ordered=node.is_ordered)
            return self._documents_of_keys(left.starts[near])
        starts, ends = left.starts, left.sorted_ends()
        near = near_right(right, starts=starts, ends=ends, distance=distance, is_ordered=node.is_ordered)
        return self._documents_of_keys(right.starts[near])

    def _rows(self, node: Near, distance: int) -> tuple[Spans, Spans]:
        if self._lookup.weight(node.left) <= self._lookup.weight(node.right):
            left = self._row(node.left)
            return left, self._row(node.right, around=left, reach=distance)
        right = self._row(node.right)
        return self._row(node.left, around=right, reach=distance), right

    def _both(self, node: Near, *, around: Spans | None = None, reach: int = 0) -> tuple[Spans, Spans]:
        """Return the spans of both sides; of the more frequent one only those beside the other."""
        distance = min(node.distance, _LONGEST)
        is_left_rarer = self._lookup.weight(node.left) <= self._lookup.weight(node.right)
        first, second = (node.left, node.right) if is_left_rarer else (node.right, node.left)
        if around is None and is_one_place(first) and is_one_place(second):
            one = self._row(first)
            other = beside(self._row(second, around=one, reach=distance), one, distance)
            one, other = self._keyed(beside(one, other, distance)), self._keyed(other)
        else:
            one = self._spans(first, around=around, reach=reach)
            other = self._spans(second, around=one, reach=distance)
        return (one, other) if is_left_rarer else (other, one)

    def _spans(self, node: Node, *, around: Spans | None = None, reach: int = 0) -> Spans:  # noqa: PLR0911 - one for each kind
        """Return the spans of *node*, with their documents; at least all that lie within *reach* of *around*."""
        if isinstance(node, Edge):
            return self._edges(node, around)
        if is_one_place(node):
            if around is None:
                return self._keyed(self._row(node))
            bare = _bare(around)
            return self._keyed(beside(self._row(node, around=bare, reach=reach), bare, reach))
        inner = reach + self._extent(node)
        match node:
            case Or():
                return together([self._spans(part, around=around, reach=reach) for part in node.parts])
            case Near():
                left, right = self._both(node, around=around, reach=inner)
                distance = min(node.distance, _LONGEST)
                ranges = near_ranges(left, right, distance=distance, is_ordered=node.is_ordered)
                if len(ranges) > self._most_pairs:
                    raise TooManyPairs
                return hulls(left, right, ranges.pairs()).spans
            case NotNear():
                distance = min(node.distance, _LONGEST)
                left = self._spans(node.left, around=around, reach=reach)
                right = self._spans(node.right, around=left, reach=distance)
                return left.where(apart(left, right, distance=distance))
            case Phrase():
                return self._mixed_row(node, around, inner)
            case _:
                raise TypeError(f"{type(node).__name__} has no places; the tree is not in normal form.")

    def _mixed_row(self, node: Phrase, around: Spans | None, reach: int) -> Spans:
        found = self._spans(node.parts[0], around=around, reach=reach)
        for part in node.parts[1:]:
            spans = self._spans(part, around=found, reach=1)
            pairs = following(found, spans)
            found = merged(found.starts[pairs.left], spans.ends[pairs.right]).spans
        return found

    def _row(self, node: Node, *, around: Spans | None = None, reach: int = 0) -> Spans:
        """Return the places of words and phrases, without their documents: no phrase goes over their borders.

        Args:
            around: At least all places within *reach* of these are wanted; the others are not in the way.
        """
        match node:
            case Or():
                rows = [self._row(part, around=around, reach=reach) for part in node.parts]
                return together(rows if around is None else [beside(row, around, reach) for row in rows])
            case Phrase():
                return self._phrase(node, around, reach + self._extent(node))
            case Edge():
                return Spans(self._starts[:-1] if node.end is End.FIRST else self._starts[1:] - 1, width=0)
            case _ if isinstance(node, LEAVES):
                return self._leaf(node, around, reach)
            case _:
                raise TypeError(f"{type(node).__name__} has no places; the tree is not in normal form.")

    def _phrase(self, node: Phrase, around: Spans | None, reach: int) -> Spans:
        parts: dict[int, Spans] = {}
        for place in sorted(range(len(node.parts)), key=lambda place: self._lookup.weight(node.parts[place])):
            parts[place] = self._row(node.parts[place], around=around, reach=reach)
            if len(parts) == 1 and len(parts[place]) < _MANY:
                around, reach = parts[place], self._extent(node)
        return in_a_row([parts[place] for place in range(len(node.parts))])

    def _leaf(self, node: Leaf, around: Spans | None, reach: int) -> Spans:
        words, terms = self._lookup.words, self._lookup.terms(node)
        if around is not None and len(around) * _RARER < self._lookup.place_count(node):
            return _spans_of(words.places_beside(terms, *self._windows(around, reach)))
        return _spans_of(words.places_of(terms))

    def _windows(self, around: Spans, reach: int) -> tuple[Ids, Ids]:
        """Return where words can begin that are within *reach* of *around* or overlap it: ranges, none over another."""
        limit = self._starts[-1]
        lasts = np.minimum(np.maximum.accumulate(around.ends) + reach, limit)
        firsts = np.maximum(around.starts - (reach + self._lookup.words.widest), 0)
        firsts[1:] = np.maximum(firsts[1:], lasts[:-1])
        return firsts, np.maximum(firsts, lasts)

    def _extent(self, node: Node) -> int:
        """Return how many places a match of *node* covers at most."""
        match node:
            case Phrase():
                return sum(self._extent(part) for part in node.parts)
            case Or():
                return max(self._extent(part) for part in node.parts)
            case Near():
                return self._extent(node.left) + self._extent(node.right) + min(node.distance, _LONGEST)
            case NotNear():
                return self._extent(node.left)
            case _:
                return self._lookup.words.widest

    def _edges(self, node: Edge, around: Spans | None) -> Spans:
        documents = np.arange(self._lookup.size)
        if around is not None:
            documents = np.unique(around.starts >> _PLACE_BITS)
        places = self._starts[documents] if node.end is End.FIRST else self._starts[documents + 1] - 1
        return Spans((documents << _PLACE_BITS) | places, width=0)

    def _documents(self, places: Ids) -> Ids:
        documents: Ids = sought(self._starts, places, "right") - 1
        return documents

    def _documents_of(self, places: Ids) -> Ids:
        """Return the sorted numbers of the documents in which the sorted *places* lie."""
        if len(places) >= self._lookup.size:
            bounds = places.searchsorted(self._starts)
            return (bounds[1:] > bounds[:-1]).nonzero()[0]
        documents = self._documents(places)
        new = np.ones(len(documents), np.bool_)
        np.not_equal(documents[1:], documents[:-1], out=new[1:])
        return documents[new]

    def _documents_of_keys(self, keys: Ids) -> Ids:
        return self._numbers(keys >> _PLACE_BITS)

    def _numbers(self, documents: Ids) -> Ids:
        """Return *documents*, which may be in no order, sorted and each once."""
        held = np.zeros(self._lookup.size, np.bool_)
        held[documents] = True
        return held.nonzero()[0]

    def _keyed(self, spans: Spans) -> Spans:
        above = self._documents(spans.starts) << _PLACE_BITS
        if spans.width is not None:
            return Spans(above | spans.starts, width=spans.width)
        return Spans(above | spans.starts, above | spans.ends)


def _spans_of(places: Places) -> Spans:
    if isinstance(places.widths, int):
        return Spans(places.starts, width=places.widths)
    return Spans(places.starts, places.starts + places.widths)


def _bare(spans: Spans) -> Spans:
    starts = spans.starts & _PLACE
    return Spans(starts, width=spans.width) if spans.width is not None else Spans(starts, spans.ends & _PLACE)
