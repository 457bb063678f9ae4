"""A query asked of one segment: which documents answer it, and which places in them are to be marked.

First the documents that hold all the words, by sets; only in those are phrases and nearness looked at, the cheaper
parts of a conjunction first. Places for marking are found when they are asked for, for as many documents as are asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from vaughn.fulltext.holding import (
    every_document,
    no_document,
    of_numbers,
    those_in_all,
    those_in_any,
    those_without,
)
from vaughn.fulltext.language.tree import And, FieldRange, InField, Near, Node, Not, NotNear, Or, Phrase
from vaughn.fulltext.lookup import LEAVES, Lookup
from vaughn.fulltext.matching import Bounds, Matching, TooManyPairs, Window, widest_distance
from vaughn.fulltext.segment import Holders, Ids, NoWords, Segment, Words
from vaughn.fulltext.spans import Spans, merged
from vaughn.fulltext.undivided import Undivided
from vaughn.model import UsageError

# How deep a question may be nested: far above what people type, far below what the machine's stack holds.
MOST_LEVELS = 100


_BOUNDS = Bounds()
# Laying a document out costs as much as so many searches beside a rare word.
_PLACES_A_DOCUMENT = 8


class Columns(Protocol):
    """What is known of documents outside the index: decisions, findings, custodians."""

    def documents_where(self, asked: InField | FieldRange) -> Ids | None:
        """Return ids in the case, or `None` if there is no such field."""


@dataclass(frozen=True, slots=True, eq=False)
class Hits:
    """Places to be marked in one text of some documents, sorted by document, start and end.

    Args:
        field: Name of the field, or `None` for the printed text.
        documents: Number of the document in the segment, for each place.
        starts: First word of each place, counted from the first word of the document, as printed.
        ends: One past its last word.
    """

    field: str | None
    documents: Ids
    starts: Ids
    ends: Ids

    def __len__(self) -> int:
        return len(self.starts)


class Evaluation:
    """One query asked of one segment; what was looked up once is kept for further questions."""

    def __init__(
        self, query: Node, segment: Segment, *, columns: Columns | None = None, bounds: Bounds = _BOUNDS
    ) -> None:
        """Ask *query*, in normal form, of *segment*.

        Raises:
            UsageError: If the query is nested too deep.
        """
        if _levels(query) > MOST_LEVELS:
            raise UsageError(
                f"The query is nested more than {MOST_LEVELS} levels deep.", hint="Ask its parts one after the other."
            )
        self._query = query
        self._segment = segment
        self._columns = columns
        self._bounds = bounds
        self._size = len(segment.document_ids)
        self._texts: dict[str | None, _Text] = {}

    def found(self) -> Holders:
        """Return all documents that answer the query, as a set: as it comes, numbers or one yes or no for each."""
        return self._alive(self._holding(self._query, None, None))

    def documents(self) -> Ids:
        """Return the numbers of all documents that answer the query, sorted."""
        return self.found().sorted_numbers()

    def hits(self, documents: Ids) -> tuple[Hits, ...]:
        """Return the places to be marked in *documents* (sorted numbers): one set for each text with any."""
        found: dict[str | None, list[Hits]] = {}
        for hits in self._hits(self._query, None, documents):
            found.setdefault(hits.field, []).append(hits)
        together = (_put_together(field, found[field]) for field in sorted(found, key=lambda name: name or ""))
        return tuple(hits for hits in together if len(hits))

    def hit_counts(self, documents: Ids) -> Ids:
        """Return how many places are to be marked in each of *documents* (sorted numbers)."""
        counts = np.zeros(len(documents), np.int64)
        for hits in self.hits(documents):
            counts += np.bincount(np.searchsorted(documents, hits.documents), minlength=len(documents))
        return counts

    def _alive(self, held: Holders) -> Holders:
        alive = self._segment.alive
        return held if alive is None else those_in_all((held, Holders(self._size, mask=alive)))

    # Documents.

    def _holding(self, node: Node, field: str | None, within: Holders | None) -> Holders:
        """Return the documents that answer *node*, of those *within* if given."""
        match node:
            case And():
                return self._conjunction(node, field, within)
            case Or():
                return self._disjunction(node, field, within)
            case Not():
                among = every_document(self._size) if within is None else within
                return those_without(among, self._holding(node.part, field, among))
            case InField() | FieldRange():
                return self._in_field(node, within)
            case _:
                return self._text(field).holding(node, within)

    def _in_field(self, node: InField | FieldRange, within: Holders | None) -> Holders:
        found = self._in_columns(node)
        if found is not None:
            return found if within is None else those_in_all((found, within))
        if isinstance(node, FieldRange):
            return no_document(self._size)
        return self._holding(node.part, node.name, within)

    def _conjunction(self, node: And, field: str | None, within: Holders | None) -> Holders:
        text = self._text(field)
        positive = [part for part in node.parts if not isinstance(part, Not)]
        bounds = [text.superset(part) for part in positive if _has_places(part)]
        sets = [held for held in (within, *bounds) if held is not None]
        found = those_in_all(sets) if sets else None
        unproved = sorted((part for part in positive if not isinstance(part, LEAVES)), key=text.cost)
        for part in (*unproved, *(part for part in node.parts if isinstance(part, Not))):
            found = self._holding(part, field, found)
        return every_document(self._size) if found is None else found

    def _disjunction(self, node: Or, field: str | None, within: Holders | None) -> Holders:
        text = self._text(field)
        parts = [part for part in node.parts if not isinstance(part, LEAVES)]
        sets = [self._holding(part, field, within) for part in parts]
        if len(parts) < len(node.parts):
            leaves = text.superset(Or(tuple(part for part in node.parts if isinstance(part, LEAVES))))
            sets.append(leaves if within is None else those_in_all((leaves, within)))
        return those_in_any(sets, size=self._size)

    def _in_columns(self, node: InField | FieldRange) -> Holders | None:
        """Return the documents that a column names, or `None` if the field is not a column but a text, or nowhere."""
        if isinstance(node, FieldRange):
            held = self._segment.in_range(node)
            if held is not None:
                return held
        elif self._segment.field(node.name) is not None:
            return None
        ids = None if self._columns is None else self._columns.documents_where(node)
        return None if ids is None else Holders(self._size, mask=np.isin(self._segment.document_ids, ids))

    def _text(self, field: str | None) -> _Text:
        if field not in self._texts:
            words = self._segment.text if field is None else self._segment.field(field)
            self._texts[field] = _Text(NoWords(self._size) if words is None else words, self._bounds)
        return self._texts[field]

    # Places.

    def _hits(self, node: Node, field: str | None, documents: Ids) -> Iterator[Hits]:
        if not len(documents):
            return
        match node:
            case And():
                held = self._holding(node, field, of_numbers(self._size, documents)).sorted_numbers()
                for part in node.parts:
                    yield from self._hits(part, field, held)
            case Or():
                for part in node.parts:
                    yield from self._hits(part, field, documents)
            case InField():
                if self._in_columns(node) is None:
                    yield from self._hits(node.part, node.name, documents)
            case Not() | FieldRange():
                return
            case _:
                yield from self._text(field).hits(node, documents, field=field)


class _Text:
    """One text of a segment, of which documents and places are asked."""

    def __init__(self, words: Words, bounds: Bounds) -> None:
        self._words = words
        self._bounds = bounds
        self._size = len(words.starts) - 1
        self._lookup = Lookup(words)
        self.superset = self._lookup.superset
        self.cost = self._lookup.cost

    def holding(self, node: Node, within: Holders | None) -> Holders:
        """Return the documents in which *node*, which has places, matches; of those *within* if given."""
        found = None if isinstance(node, (*LEAVES, NotNear)) else self._from_rarest(node, within)
        if found is not None:
            return found if within is None else those_in_all((found, within))
        held = self.superset(node)
        if within is not None:
            held = those_in_all((held, within))
        if isinstance(node, LEAVES):
            return held
        if isinstance(node, Phrase) and len(node.parts) == 1:
            return self.holding(node.parts[0], held)
        if isinstance(node, NotNear):
            return self._not_near(node, held)
        return of_numbers(self._size, self._proved(node, held.sorted_numbers()))

    def _from_rarest(self, node: Node, within: Holders | None) -> Holders | None:
        """Return the documents in which *node* matches, or `None` if it has no part rare enough to begin with."""
        rarest = self._lookup.weight(node)
        if rarest > self._bounds.rare or self.cost(node) > self._bounds.remembered:
            return None
        if within is not None and len(within) * _PLACES_A_DOCUMENT < rarest:
            return None
        try:
            return of_numbers(self._size, Undivided(self._lookup, pairs=self._bounds.pairs).documents_with(node))
        except TooManyPairs:
            return None

    def _not_near(self, node: NotNear, held: Holders) -> Holders:
        """Return where *node* matches: without looking where nothing stands that could be near."""
        held = self.holding(node.left, held)
        both = those_in_all((held, self.superset(node.right)))
        proved = of_numbers(self._size, self._proved(node, both.sorted_numbers()))
        return those_in_any((those_without(held, both), proved), size=self._size)

    def hits(self, node: Node, documents: Ids, *, field: str | None) -> Iterator[Hits]:
        """Return the places to be marked for *node* in *documents*, in sets; a place may be in several."""
        held = those_in_all((self.superset(node), of_numbers(self._size, documents))).sorted_numbers()
        for matching, some in self._blocks(node, held):
            try:
                yield self._marked(matching, node, some, field=field)
            except TooManyPairs:
                yield from self._hits_in_parts(node, some, field=field)

    def _hits_in_parts(self, node: Node, documents: Ids, *, field: str | None) -> Iterator[Hits]:
        if len(documents) > 1:
            middle = len(documents) // 2
            yield from self.hits(node, documents[:middle], field=field)
            yield from self.hits(node, documents[middle:], field=field)
            return
        try:
            for matching in self._windows(node, documents):
                yield self._marked(matching, node, documents, field=field)
        except TooManyPairs as error:
            raise self._too_many() from error

    def _marked(self, matching: Matching, node: Node, documents: Ids, *, field: str | None) -> Hits:
        marks = matching.marks(node)
        ranks = matching.ranks_of(marks)
        places = matching.unlaid(marks, ranks)
        return Hits(field, documents[ranks], places.starts, places.ends)

    def _proved(self, node: Node, documents: Ids) -> Ids:
        """Return those of *documents* in which *node* matches."""
        found = [self._proved_together(matching, node, some) for matching, some in self._blocks(node, documents)]
        return np.concatenate(found) if found else documents

    def _proved_together(self, matching: Matching, node: Node, documents: Ids) -> Ids:
        try:
            return matching.documents_with(node)
        except TooManyPairs:
            if len(documents) > 1:
                middle = len(documents) // 2
                halves = (documents[:middle], documents[middle:])
                return np.concatenate([self._proved(node, half) for half in halves])
        try:
            found = any(len(window.documents_with(node)) for window in self._windows(node, documents))
        except TooManyPairs as error:
            raise self._too_many() from error
        return documents if found else documents[:0]

    def _too_many(self) -> UsageError:
        return UsageError(
            f"The query makes more than {self._bounds.pairs:,} pairs of places within one stretch of one document.",
            hint="Ask for smaller distances, or for rarer words, inside the parentheses.",
        )

    def _blocks(self, node: Node, documents: Ids) -> Iterator[tuple[Matching, Ids]]:
        """Lay out *documents*, as many at once as memory allows."""
        if not len(documents):
            return
        share = len(documents) / max(1, len(self.superset(node)))
        count = 1 + int(self.cost(node) * min(1.0, share)) // self._bounds.places
        for some in _evenly(self._words.starts, documents, count):
            yield self._laid_out(node, some), some

    def _laid_out(self, node: Node, documents: Ids, *, window: Window | None = None) -> Matching:
        return Matching(
            self._lookup,
            documents,
            widest=widest_distance(node),
            pairs=self._bounds.pairs,
            window=window,
        )

    def _windows(self, node: Node, documents: Ids) -> Iterator[Matching]:
        """Look at one long document part by part: every match, with what decides about it, lies whole in one part."""
        reach = self._laid_out(node, documents).reach(node)
        end = int(self._words.starts[documents[0] + 1] - self._words.starts[documents[0]])
        step = max(reach, self._bounds.window)
        for first in range(0, end, step):
            lowest, highest = max(0, first - reach), min(end, first + step + reach)
            window = Window(lowest, highest, is_first=lowest == 0, is_last=highest == end)
            yield self._laid_out(node, documents, window=window)


def _evenly(starts: Ids, documents: Ids, count: int) -> Iterator[Ids]:
    """Cut *documents* into about *count* runs of about as many words."""
    if count == 1:
        yield documents
        return
    words = np.cumsum(starts[documents + 1] - starts[documents])
    cuts = np.searchsorted(words, np.arange(1, count) * (words[-1] / count))
    for some in np.split(documents, np.unique(cuts)):
        if len(some):
            yield some


def _put_together(field: str | None, found: list[Hits]) -> Hits:
    if len(found) == 1:
        return found[0]
    documents = np.concatenate([hits.documents for hits in found])
    starts = np.concatenate([hits.starts for hits in found])
    # One line for all documents, so that each place is kept once.
    room = int(np.concatenate([hits.ends for hits in found]).max(initial=0)) + 1
    ends = np.concatenate([hits.ends for hits in found])
    spans = merged(documents * room + starts, documents * room + ends).spans
    documents = spans.starts // room
    return Hits(field, documents, *_unlined(spans, documents * room))


def _unlined(spans: Spans, shifts: Ids) -> tuple[Ids, Ids]:
    return spans.starts - shifts, spans.ends - shifts


def _has_places(node: Node) -> bool:
    return isinstance(node, (*LEAVES, Phrase, Near, NotNear))


def _levels(query: Node) -> int:
    """Return how deep *query* is nested, without recursion: it may be hostile."""
    level, nodes = 0, [query]
    while nodes and level <= MOST_LEVELS:
        level += 1
        nodes = [part for node in nodes for part in _parts(node)]
    return level


def _parts(node: Node) -> tuple[Node, ...]:
    match node:
        case Phrase() | And() | Or():
            return node.parts
        case Near() | NotNear():
            return (node.left, node.right)
        case Not() | InField():
            return (node.part,)
        case _:
            return ()
