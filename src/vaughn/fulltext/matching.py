"""The places of a query in chosen documents of one text: words, phrases, nearness, nested as deep as one likes.

All pairs count, not only the shortest: ``(a w/3 b) w/5 c`` holds if any `a` near any `b` is near a `c`. So the inner
part of a nested question is written out in full, pair by pair, and the outermost part is only asked whether there is
one. A part that stands directly under the outermost needs no pairs either: only where its spans start and end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from vaughn.fulltext.language.tree import Edge, End, Near, Node, NotNear, Or, Phrase
from vaughn.fulltext.lookup import LEAVES, Lookup
from vaughn.fulltext.segment import Ids, Mask
from vaughn.fulltext.spans import (
    Spans,
    any_within,
    apart,
    following,
    hulls,
    in_a_row,
    is_sorted,
    merged,
    near_left,
    near_ranges,
    near_right,
    no_spans,
    union,
)


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much is looked at together, so that memory stays flat: a place or a pair takes about 60 bytes.

    Args:
        places: Words of all documents looked at together, about.
        pairs: Pairs written out for one nested distance; above that, fewer documents are looked at together.
        window: Places of one document looked at together where it alone has too many pairs.
        rare: A part with no more places than these is taken as the beginning, wherever it stands.
        remembered: Then the other parts, which are read whole, may have so many places together.
    """

    places: int = 2_000_000
    pairs: int = 2_000_000
    window: int = 4096
    rare: int = 2_000_000
    remembered: int = 8_000_000


class TooManyPairs(Exception):
    """More pairs than fit: fewer documents must be looked at together, or a part of one. Never leaves this room."""


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """A part of one long document that is looked at alone: its places from `first` to `last`, half-open.

    Args:
        is_first: The document begins here.
        is_last: The document ends here.
    """

    first: int
    last: int
    is_first: bool
    is_last: bool


Give: TypeAlias = Callable[[Mask], None]


@dataclass(frozen=True, slots=True, eq=False)
class _Solved:
    """Spans of a part, and how to pass on which of them take part in a match."""

    spans: Spans
    give: Give


@dataclass(frozen=True, slots=True, eq=False)
class _Sides:
    """Where spans start and where they end, each sorted; which start belongs to which end is not known."""

    starts: Ids
    ends: Ids


class Matching:
    """Some documents of one text, laid out in a line with room between them."""

    def __init__(
        self, lookup: Lookup, documents: Ids, *, widest: int, pairs: int, window: Window | None = None
    ) -> None:
        """Lay out *documents*.

        Args:
            documents: Sorted numbers.
            widest: The widest distance that will be asked: the room between documents is wider.
            pairs: More than these are not written out: `TooManyPairs`.
            window: Only this part of the one document.
        """
        self._lookup = lookup
        self._most_pairs = pairs
        self._window = window
        self._documents = documents
        starts = lookup.words.starts
        self._begins = starts[documents]
        self._sizes = starts[documents + 1] - self._begins
        # Words of one document are never further apart than it is long, whatever distance was typed.
        self._widest = int(self._sizes.max(initial=0)) + 1
        self._room = min(widest, self._widest)
        self._firsts = (self._sizes + self._room).cumsum() - self._sizes - self._room
        self._shifts = self._firsts - self._begins

    def documents_with(self, node: Node) -> Ids:
        """Return the sorted numbers of the documents in which *node* matches somewhere."""
        held = np.zeros(len(self._documents), np.bool_)
        for places in self._somewhere(node):
            self._tick(held, places)
        return self._documents[held]

    def marks(self, node: Node) -> Spans:
        """Return the places of words and phrases that take part in a match of *node*, laid out (see `unlaid`)."""
        found: list[Spans] = []
        self._mark(node, found)
        marked = union(found).spans if found else no_spans()
        return marked.where(marked.ends > marked.starts)

    def ranks_of(self, spans: Spans) -> Ids:
        """Return for each of *spans* which of the documents laid out it stands in: 0 for the first."""
        ranks: Ids = self._firsts.searchsorted(spans.starts, side="right") - 1
        return ranks

    def unlaid(self, spans: Spans, ranks: Ids) -> Spans:
        """Return *spans* counted from the first word of their documents."""
        return Spans(spans.starts - self._firsts[ranks], spans.ends - self._firsts[ranks])

    def reach(self, node: Node) -> int:
        """Return how many places a match of *node* and what decides about it can cover at most."""
        match node:
            case Phrase():
                return sum(self.reach(part) for part in node.parts)
            case Or():
                return max(self.reach(part) for part in node.parts)
            case Near():
                return self.reach(node.left) + self.reach(node.right) + self._distance(node)
            case NotNear():
                return self.reach(node.left) + 2 * (self.reach(node.right) + self._distance(node))
            case _:
                spans = self._places(node)
                return int((spans.ends - spans.starts).max(initial=0))

    # Whether there is one.

    def _somewhere(self, node: Node) -> Iterator[Ids]:
        """Yield places inside matches of *node*, sorted: at least one for each document that has a match."""
        if isinstance(node, Or):
            for part in node.parts:
                yield from self._somewhere(part)
        elif isinstance(node, Near):
            distance = self._distance(node)
            first, second = self._rarer_first(node.left, node.right)
            one = self._sides(first)
            other = self._sides(second, among=self._narrowed(one.starts))
            left, right = (one, other) if first is node.left else (other, one)
            yield _meeting(left.ends, right.starts, distance)
            if not node.is_ordered:
                yield _meeting(right.ends, left.starts, distance)
        else:
            yield self._spans(node).starts

    def _sides(self, node: Node, *, among: Ids | None = None) -> _Sides:
        if isinstance(node, Or):
            sides = [self._sides(part, among=among) for part in node.parts]
            return _together([side.starts for side in sides], [side.ends for side in sides])
        if not isinstance(node, Near):
            spans = self._spans(node, among=among)
            return _Sides(spans.starts, spans.sorted_ends())
        left, right = self._both(node.left, node.right, among=among)
        reach = self._distance(node) - 1
        starts = [left.starts[any_within(right.starts, left.ends, reach)]]
        ends = [right.ends[any_within(left.sorted_ends(), right.starts - reach, reach)]]
        if not node.is_ordered:
            starts.append(right.starts[any_within(left.starts, right.ends, reach)])
            ends.append(left.ends[any_within(right.sorted_ends(), left.starts - reach, reach)])
        return _together(starts, ends)

    # All spans of a part.

    def _spans(self, node: Node, *, among: Ids | None = None) -> Spans:
        match node:
            case Or():
                return self._any_of(node, among)
            case Phrase():
                return self._phrase(node, among)
            case Near():
                left, right = self._both(node.left, node.right, among=among)
                ranges = near_ranges(left, right, distance=self._distance(node), is_ordered=node.is_ordered)
                self._refuse_too_many(len(ranges))
                return hulls(left, right, ranges.pairs()).spans
            case NotNear():
                left = self._spans(node.left, among=among)
                return left.where(self._is_free(node, left, among))
            case _:
                return self._places(node, among=among)

    def _any_of(self, node: Or, among: Ids | None) -> Spans:
        terms = [self._lookup.terms(part) for part in node.parts if isinstance(part, LEAVES)]
        spans = [self._spans(part, among=among) for part in node.parts if not isinstance(part, LEAVES)]
        if terms:
            spans.append(self._laid_out(np.unique(np.concatenate(terms)), among))
        return union(spans).spans

    def _phrase(self, node: Phrase, among: Ids | None) -> Spans:
        parts: dict[int, Spans] = {}
        for place in sorted(range(len(node.parts)), key=lambda place: self._lookup.weight(node.parts[place])):
            parts[place] = self._spans(node.parts[place], among=among)
            among = self._narrowed(parts[place].starts, among)
        return in_a_row([parts[place] for place in range(len(node.parts))])

    def _both(self, left: Node, right: Node, *, among: Ids | None) -> tuple[Spans, Spans]:
        first, second = self._rarer_first(left, right)
        one = self._spans(first, among=among)
        other = self._spans(second, among=self._narrowed(one.starts, among))
        return (one, other) if first is left else (other, one)

    def _is_free(self, node: NotNear, left: Spans, among: Ids | None) -> Mask:
        right = self._spans(node.right, among=self._narrowed(left.starts, among))
        distance = self._distance(node)
        free = apart(left, right, distance=distance)
        if self._window is None:
            return free
        # At the rim of a window what would forbid a span may lie outside: another window sees that span whole.
        margin = distance + self.reach(node.right)
        if not self._window.is_first:
            free &= left.starts - margin >= self._window.first
        if not self._window.is_last:
            free &= left.ends + margin <= self._window.last
        return free

    # The places of one word, pattern or edge.

    def _places(self, node: Node, *, among: Ids | None = None) -> Spans:
        if isinstance(node, LEAVES):
            return self._laid_out(self._lookup.terms(node), among)
        if isinstance(node, Edge):
            places = self._firsts if node.end is End.FIRST else self._firsts + self._sizes - 1
            return self._in_window(places if among is None else places[among], 0)
        raise TypeError(f"{type(node).__name__} has no places; the tree is not in normal form.")

    def _laid_out(self, terms: Ids, among: Ids | None) -> Spans:
        documents, begins, shifts = self._documents, self._begins, self._shifts
        if among is not None:
            documents, begins, shifts = documents[among], begins[among], shifts[among]
        found = self._lookup.words.places_of(terms, documents=documents)
        if not len(found):
            return self._in_window(found.starts, found.widths)
        bounds = np.empty(len(documents) + 1, np.int64)
        bounds[:-1] = found.starts.searchsorted(begins)
        bounds[-1] = len(found)
        return self._in_window(found.starts + shifts.repeat(bounds[1:] - bounds[:-1]), found.widths)

    def _in_window(self, starts: Ids, widths: Ids | int) -> Spans:
        spans = Spans(starts, width=widths) if isinstance(widths, int) else Spans(starts, starts + widths)
        if self._window is None:
            return spans
        return spans.where((spans.starts >= self._window.first) & (spans.ends <= self._window.last))

    # What takes part.

    def _mark(self, node: Node, found: list[Spans]) -> None:
        match node:
            case Or():
                for part in node.parts:
                    self._mark(part, found)
            case Near():
                left, right = self._solved(node.left, found), self._solved(node.right, found)
                distance, is_ordered = self._distance(node), node.is_ordered
                left.give(
                    near_left(
                        left.spans,
                        starts=right.spans.starts,
                        ends=right.spans.sorted_ends(),
                        distance=distance,
                        is_ordered=is_ordered,
                    )
                )
                right.give(
                    near_right(
                        right.spans,
                        starts=left.spans.starts,
                        ends=left.spans.sorted_ends(),
                        distance=distance,
                        is_ordered=is_ordered,
                    )
                )
            case _:
                solved = self._solved(node, found)
                solved.give(np.ones(len(solved.spans), np.bool_))

    def _solved(self, node: Node, found: list[Spans]) -> _Solved:
        if isinstance(node, Edge):
            return _Solved(self._places(node), lambda _: None)
        if is_one_place(node) and not isinstance(node, Or):
            spans = self._spans(node)
            return _Solved(spans, lambda mask: found.append(spans.where(mask)))
        match node:
            case Or():
                return self._solved_or(node, found)
            case Phrase():
                return self._solved_phrase(node, found)
            case Near():
                return self._solved_near(node, found)
            case NotNear():
                left = self._solved(node.left, found)
                free = self._is_free(node, left.spans, None)
                return _Solved(
                    left.spans.where(free), lambda mask: left.give(_spread(mask, np.flatnonzero(free), left))
                )
            case _:
                raise TypeError(f"{type(node).__name__} has no places; the tree is not in normal form.")

    def _solved_or(self, node: Or, found: list[Spans]) -> _Solved:
        parts = [self._solved(part, found) for part in node.parts]
        together = union([part.spans for part in parts])

        def give(mask: Mask) -> None:
            first = 0
            for part in parts:
                part.give(mask[together.which[first : first + len(part.spans)]])
                first += len(part.spans)

        return _Solved(together.spans, give)

    def _solved_phrase(self, node: Phrase, found: list[Spans]) -> _Solved:
        solved = self._solved(node.parts[0], found)
        for part in node.parts[1:]:
            solved = self._joined_on(solved, self._solved(part, found))
        return solved

    def _solved_near(self, node: Near, found: list[Spans]) -> _Solved:
        left, right = self._solved(node.left, found), self._solved(node.right, found)
        ranges = near_ranges(left.spans, right.spans, distance=self._distance(node), is_ordered=node.is_ordered)
        self._refuse_too_many(len(ranges))
        pairs = ranges.pairs()
        together = hulls(left.spans, right.spans, pairs)

        def give(mask: Mask) -> None:
            taken = mask[together.which]
            left.give(_spread(taken, pairs.left, left))
            right.give(_spread(taken, pairs.right, right))

        return _Solved(together.spans, give)

    def _joined_on(self, left: _Solved, right: _Solved) -> _Solved:
        pairs = following(left.spans, right.spans)
        self._refuse_too_many(len(pairs.left))
        together = merged(left.spans.starts[pairs.left], right.spans.ends[pairs.right])

        def give(mask: Mask) -> None:
            taken = mask[together.which]
            left.give(_spread(taken, pairs.left, left))
            right.give(_spread(taken, pairs.right, right))

        return _Solved(together.spans, give)

    def _refuse_too_many(self, pairs: int) -> None:
        if pairs > self._most_pairs:
            raise TooManyPairs

    # Which documents.

    def _tick(self, held: Mask, places: Ids) -> None:
        """Say yes in *held* for the documents laid out in which the sorted *places* lie."""
        if len(places) < len(self._firsts):
            held[self._firsts.searchsorted(places, side="right") - 1] = True
            return
        bounds = np.append(places.searchsorted(self._firsts), len(places))
        held |= bounds[1:] > bounds[:-1]

    def _ranks(self, places: Ids) -> Ids:
        """Return the ranks of the documents laid out in which *places* lie, sorted, each once."""
        held = np.zeros(len(self._firsts), np.bool_)
        self._tick(held, places)
        return held.nonzero()[0]

    def _narrowed(self, places: Ids, among: Ids | None = None) -> Ids | None:
        """Return the ranks that *places* leave of *among*, where they are few enough to be worth it."""
        size = len(self._documents) if among is None else len(among)
        return self._ranks(places) if len(places) * 2 < size else among

    def _rarer_first(self, left: Node, right: Node) -> tuple[Node, Node]:
        return (left, right) if self._lookup.weight(left) <= self._lookup.weight(right) else (right, left)

    def _distance(self, node: Near | NotNear) -> int:
        return min(node.distance, self._widest)


def widest_distance(node: Node) -> int:
    """Return the widest distance asked for in *node*."""
    match node:
        case Near() | NotNear():
            return max(node.distance, widest_distance(node.left), widest_distance(node.right))
        case Phrase() | Or():
            return max(widest_distance(part) for part in node.parts)
        case _:
            return 0


def is_one_place(node: Node) -> bool:
    """Tell whether a match of *node* is marked as one place: a word, or a phrase of nothing but words."""
    match node:
        case Phrase() | Or():
            return all(is_one_place(part) for part in node.parts)
        case Near() | NotNear():
            return False
        case _:
            return True


def _together(starts: list[Ids], ends: list[Ids]) -> _Sides:
    return _Sides(_in_order(starts), _in_order(ends))


def _in_order(parts: list[Ids]) -> Ids:
    together = parts[0] if len(parts) == 1 else np.concatenate(parts)
    return together if is_sorted(together) else np.sort(together)


def _meeting(ends: Ids, starts: Ids, distance: int) -> Ids:
    """Return ends that have a start behind them within *distance*, or those starts: whichever are fewer to look up."""
    if len(ends) <= len(starts):
        return ends[any_within(starts, ends, distance - 1)]
    return starts[any_within(ends, starts - (distance - 1), distance - 1)]


def _spread(taken: Mask, numbers: Ids, solved: _Solved) -> Mask:
    """Return which spans of *solved* are named by those of *numbers* that are *taken*."""
    mask = np.zeros(len(solved.spans), np.bool_)
    mask[numbers[taken]] = True
    return mask
