"""One text of a segment, the printed words or those of a field, as evaluation asks for it."""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, assert_never

import numpy as np
from numpy.typing import NDArray

from vaughn.fulltext.language.tree import Fuzzy, NumberRange, Pattern, Stem, Word
from vaughn.fulltext.postings.patterns import matching
from vaughn.fulltext.postings.reading import POSTING_ARRAYS, Postings
from vaughn.fulltext.postings.remembering import REMEMBERED, text_numbers
from vaughn.fulltext.postings.spelling import spelled_like
from vaughn.fulltext.postings.stems import with_stem_of
from vaughn.fulltext.postings.vocabulary import VOCABULARY_ARRAYS, Vocabulary
from vaughn.fulltext.segment import Holders, Ids, Leaf, Places

# What a query's leaves stand for is asked again for its hits, its next page and its estimate.
_REMEMBERED = 64
_WIDTH_BITS = 8
_NUMBER = re.compile(rb"(?m)^[0-9]+$")
# A number with more digits has no place in 64 bits.
_SMALL_DIGITS = 18


class StoredText:
    """The words of one text; all is read from the maps when it is asked for."""

    def __init__(self, arrays: Callable[[str], NDArray[Any]]) -> None:
        self._vocabulary = Vocabulary({name: arrays(name) for name in VOCABULARY_ARRAYS})
        self._starts: Ids = arrays("starts").astype(np.int64)
        self._postings = Postings({name: arrays(name) for name in POSTING_ARRAYS}, self._starts)
        self._expanded: OrderedDict[Leaf, Ids] = OrderedDict()
        self._numbers: tuple[Ids, Ids, list[tuple[int, int]]] | None = None
        self._number = next(text_numbers)
        self._lock = threading.Lock()

    @property
    def starts(self) -> Ids:
        """First place of each document, and one past the empty place of the last."""
        return self._starts

    @property
    def vocabulary(self) -> Vocabulary:
        """All words."""
        return self._vocabulary

    @property
    def postings(self) -> Postings:
        """Where they stand."""
        return self._postings

    @property
    def widest(self) -> int:
        """How many places the widest word covers."""
        return int(self._vocabulary.joined_widths.max(initial=1))

    def expand(self, leaf: Leaf) -> Ids:
        """Return the numbers of all terms that *leaf* stands for, sorted; joined words among them."""
        with self._lock:
            if (known := self._expanded.get(leaf)) is not None:
                self._expanded.move_to_end(leaf)
                return known
        found = self._expand(leaf)
        found.setflags(write=False)
        with self._lock:
            self._expanded[leaf] = found
            while len(self._expanded) > _REMEMBERED:
                self._expanded.popitem(last=False)
        return found

    def place_counts(self, terms: Ids) -> Ids:
        """Return in how many places each of *terms* stands."""
        return self._postings.place_counts(terms)

    def document_counts(self, terms: Ids) -> Ids:
        """Return in how many documents each of *terms* stands; deleted ones may be counted."""
        return self._postings.document_counts(terms)

    def holders_of(self, terms: Ids) -> Holders:
        """Return the documents that hold at least one of *terms*; deleted ones may be among them."""
        return self._postings.holders(terms)

    def places_of(self, terms: Ids, *, documents: Ids | None = None) -> Places:
        """Return all places of all *terms* together, sorted; in *documents* (sorted, each once) only, if given."""
        if documents is None:
            return self._remembered_places(terms)
        return self._placed(terms, lambda some: self._postings.places(some, documents=documents))

    def places_beside(self, terms: Ids, firsts: Ids, lasts: Ids) -> Places:
        """Return the places of all *terms* from *firsts* up to *lasts* (sorted, apart), perhaps others among them."""
        known = REMEMBERED.get((self._number, terms.tobytes()))
        if known is not None:
            return known
        return self._placed(terms, lambda some: self._postings.places_between(some, firsts, lasts))

    def _remembered_places(self, terms: Ids) -> Places:
        key = (self._number, terms.tobytes())
        found = REMEMBERED.get(key)
        if found is None:
            found = self._placed(terms, self._postings.places)
            REMEMBERED.keep(key, found)
        return found

    def _placed(self, terms: Ids, read: Callable[[Ids], Ids]) -> Places:
        is_joined = self._vocabulary.is_joined(terms)
        if not is_joined.any():
            places = read(terms)
            return Places(places if len(terms) == 1 else np.sort(places))
        parts = [read(terms[~is_joined]) << _WIDTH_BITS | 1]
        widths = self._vocabulary.widths(terms)
        for width in np.unique(widths[is_joined]).tolist():
            parts.append(read(terms[is_joined & (widths == width)]) << _WIDTH_BITS | width)
        together = np.sort(np.concatenate(parts))
        return Places(together >> _WIDTH_BITS, together & ((1 << _WIDTH_BITS) - 1))

    def _expand(self, leaf: Leaf) -> Ids:
        match leaf:
            case Word():
                found = self._vocabulary.all_of(leaf.term.encode())
                return np.arange(found.start, found.stop)
            case Pattern():
                return matching(self._vocabulary, leaf.pattern)
            case Fuzzy():
                return spelled_like(self._vocabulary, leaf.term, edits=leaf.edits, fixed=leaf.fixed)
            case Stem():
                return with_stem_of(self._vocabulary, leaf.term)
            case NumberRange():
                return self._in_number_range(leaf.low, leaf.high)
            case _:
                assert_never(leaf)

    def _in_number_range(self, low: int, high: int) -> Ids:
        if self._numbers is None:
            self._numbers = _whole_numbers(self._vocabulary)
        values, terms, large = self._numbers
        most = 10**_SMALL_DIGITS
        first, last = np.searchsorted(values, [max(min(low, most), -1), max(min(high + 1, most), -1)])
        found = [term for value, term in large if low <= value <= high]
        return np.sort(np.concatenate([terms[first:last], np.array(found, np.int64)]))


def _whole_numbers(vocabulary: Vocabulary) -> tuple[Ids, Ids, list[tuple[int, int]]]:
    """Return the values of all words that are whole numbers, sorted, and their terms; values of many digits apart."""
    small: list[tuple[int, int]] = []
    large: list[tuple[int, int]] = []
    for term, digits in vocabulary.matches(_NUMBER, first=b"0", last=b"9"):
        value = int(digits)
        (small if value < 10**_SMALL_DIGITS else large).append((value, term))
    table = np.array(sorted(small), np.int64).reshape(-1, 2)
    return table[:, 0].copy(), table[:, 1].copy(), large
