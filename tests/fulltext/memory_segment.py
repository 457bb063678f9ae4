"""A segment made from lists of words, in memory: for tests of what is asked of a segment, and for the benchmark."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np

from tests.fulltext.brute import Document, Text, fits
from vaughn.fulltext.language.tree import FieldRange, Pattern, Word
from vaughn.fulltext.segment import Holders, Ids, Leaf, Mask, Places

_EMPTY = np.zeros(0, np.int64)


class MemoryWords:
    """One text of all documents; a term is a word with a width."""

    def __init__(self, texts: Sequence[Text]) -> None:
        """Enter *texts*, one a document."""
        lengths = np.array([text.length + 1 for text in texts], np.int64)
        self.starts: Ids = np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)
        places: dict[tuple[str, int], list[int]] = {}
        for text, start in zip(texts, self.starts[:-1].tolist(), strict=True):
            for term, place, width in text.words:
                places.setdefault((term, width), []).append(start + place)
        self._terms = sorted(places)
        self._numbers = {term: number for number, term in enumerate(self._terms)}
        self._places = [np.unique(np.array(places[term], np.int64)) for term in self._terms]
        self._widths = np.array([width for _, width in self._terms], np.int64)
        self.widest = int(self._widths.max(initial=1))

    @property
    def vocabulary(self) -> list[str]:
        """Every word once, in order."""
        return sorted({term for term, _ in self._terms})

    def expand(self, leaf: Leaf) -> Ids:
        """Return the numbers of all terms that *leaf* stands for."""
        if isinstance(leaf, Word):
            found = [self._numbers.get((leaf.term, width)) for width in range(1, 8)]
            return np.array(sorted(number for number in found if number is not None), np.int64)
        if isinstance(leaf, Pattern):
            signs = {"*": ".*", "?": ".", "=": "[0-9]"}
            wanted = re.compile("".join(signs.get(letter, re.escape(letter)) for letter in leaf.pattern), re.DOTALL)
            return np.array([n for n, (term, _) in enumerate(self._terms) if wanted.fullmatch(term)], np.int64)
        return np.array([n for n, (term, _) in enumerate(self._terms) if fits(leaf, term)], np.int64)

    def place_counts(self, terms: Ids) -> Ids:
        """Return in how many places each of *terms* stands."""
        return np.array([len(self._places[term]) for term in terms], np.int64)

    def document_counts(self, terms: Ids) -> Ids:
        """Return in how many documents each of *terms* stands."""
        return np.array([len(self.holders_of(np.array([term]))) for term in terms], np.int64)

    def holders_of(self, terms: Ids) -> Holders:
        """Return the documents that hold one of *terms*: a mask where they are many, as an index on disk does."""
        size = len(self.starts) - 1
        numbers = np.unique(np.searchsorted(self.starts, self.places_of(terms).starts, "right") - 1)
        if len(numbers) * 4 < size:
            return Holders(size, numbers=numbers)
        return Holders(size, mask=np.isin(np.arange(size), numbers))

    def places_of(self, terms: Ids, *, documents: Ids | None = None) -> Places:
        """Return all places of all *terms*, sorted, in *documents* only."""
        starts = np.concatenate([_EMPTY, *(self._places[term] for term in terms)])
        widths = np.repeat(self._widths[terms], [len(self._places[term]) for term in terms])
        order = np.lexsort((widths, starts))
        starts, widths = starts[order], widths[order]
        if documents is not None:
            kept = np.isin(np.searchsorted(self.starts, starts, "right") - 1, documents)
            starts, widths = starts[kept], widths[kept]
        if len(widths) and widths.min() == widths.max():
            return Places(starts, int(widths[0]))
        return Places(starts, widths if len(widths) else 1)

    def places_beside(self, terms: Ids, firsts: Ids, lasts: Ids) -> Places:
        """Return the places of all *terms* in the ranges."""
        assert (firsts[1:] >= lasts[:-1]).all()
        assert (lasts >= firsts).all()
        found = self.places_of(terms)
        kept = firsts.searchsorted(found.starts, "right") > lasts.searchsorted(found.starts, "right")
        widths = found.widths if isinstance(found.widths, int) else found.widths[kept]
        return Places(found.starts[kept], widths)


class MemorySegment:
    """Documents with their texts; one page each; no columns."""

    def __init__(self, documents: Sequence[Document], *, dead: Sequence[int] = ()) -> None:
        """Enter *documents*; those numbered in *dead* count as deleted."""
        self.document_ids: Ids = np.arange(len(documents), dtype=np.int64) + 1000
        self.text = MemoryWords([document.text for document in documents])
        names = sorted({name for document in documents for name in document.fields})
        self._fields: Mapping[str, MemoryWords] = {
            name: MemoryWords([document.fields.get(name, Text((), 0)) for document in documents]) for name in names
        }
        self.alive: Mask | None = ~np.isin(np.arange(len(documents)), dead) if dead else None
        self.page_firsts: Ids = np.arange(len(documents) + 1, dtype=np.int64)
        self.page_ids: Ids = self.document_ids
        self.page_starts: Ids = self.text.starts[:-1]

    def field(self, name: str) -> MemoryWords | None:
        """Return the text of the field *name*."""
        return self._fields.get(name)

    def in_range(self, asked: FieldRange) -> Holders | None:
        """Return `None`: there are no columns."""
        del asked
        return None
