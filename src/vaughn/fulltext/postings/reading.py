"""Where words stand, read from the arrays that `inversion` made: in bulk, and no more than is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vaughn.fulltext.postings.inversion import STRETCH, STRETCH_BITS
from vaughn.fulltext.segment import Holders, Ids, Mask

POSTING_ARRAYS = (
    "documents", "rare_ends", "rare", "frequent", "frequent_ends", "stretches", "lows", "common", "bits",
)  # fmt: skip
# Up to so many documents are looked for one by one; more at once.
_FEW_DOCUMENTS = 16
# From so many places on their documents are looked up by pieces of the text of 2**7 places.
_MANY_PLACES = 4096
_PIECE_BITS = 7
# Looking a document up costs as much as reading about so many places.
_PLACES_A_LOOKUP = 400


class Postings:
    """Places and documents of the words of one text."""

    def __init__(self, arrays: dict[str, NDArray[Any]], starts: Ids) -> None:
        self._starts = starts
        self._size = len(starts) - 1
        self._by_piece: NDArray[np.int32] | None = None
        self._documents: NDArray[np.uint32] = arrays["documents"]
        self._rare_ends: NDArray[np.uint32] = arrays["rare_ends"]
        self._rare: NDArray[np.uint32] = arrays["rare"]
        self._frequent: NDArray[np.uint32] = arrays["frequent"]
        self._frequent_ends: Ids = arrays["frequent_ends"]
        self._stretches: NDArray[np.uint32] = arrays["stretches"]
        self._lows: NDArray[np.uint16] = arrays["lows"]
        self._common: NDArray[np.uint32] = arrays["common"]
        self._bits: NDArray[np.uint8] = arrays["bits"]

    def place_counts(self, terms: Ids) -> Ids:
        """Return in how many places each of *terms* stands."""
        counts = self._rare_ends[terms + 1].astype(np.int64) - self._rare_ends[terms]
        is_frequent, rows = _looked_up(self._frequent, terms)
        counts[is_frequent] = self._frequent_ends[rows + 1] - self._frequent_ends[rows]
        return counts

    def document_counts(self, terms: Ids) -> Ids:
        """Return in how many documents each of *terms* stands."""
        return self._documents[terms].astype(np.int64)

    def places(self, terms: Ids, *, documents: Ids | None = None) -> Ids:
        """Return the places of all *terms* together, in no order; in *documents* (sorted, each once) only, if given."""
        is_frequent, rows = _looked_up(self._frequent, terms)
        parts = []
        if len(rows) < len(terms):
            parts.append(self._of_rare(terms[~is_frequent], documents))
        parts += [self._of_frequent(row, documents) for row in rows.tolist()]
        return parts[0] if len(parts) == 1 else np.concatenate([np.zeros(0, np.int64), *parts])

    def places_between(self, terms: Ids, firsts: Ids, lasts: Ids) -> Ids:
        """Return the places of all *terms* in the ranges (sorted, apart), and of rare ones everywhere; in no order."""
        is_frequent, rows = _looked_up(self._frequent, terms)
        parts = []
        if len(rows) < len(terms):
            parts.append(self._of_rare(terms[~is_frequent], None))
        for row in rows.tolist():
            lows = self._lows[int(self._frequent_ends[row]) : int(self._frequent_ends[row + 1])]
            parts.append(_between(lows, self._stretches[row].astype(np.int64), np.stack([firsts, lasts])))
        return parts[0] if len(parts) == 1 else np.concatenate([np.zeros(0, np.int64), *parts])

    def each_place(self, terms: Ids) -> Iterator[tuple[Ids, Ids]]:
        """Yield all places of *terms* (sorted, each once) with the term at each; frequent words one by one."""
        is_frequent, rows = _looked_up(self._frequent, terms)
        rare = terms[~is_frequent]
        yield self._of_rare(rare, None), np.repeat(rare, self.place_counts(rare))
        for row in rows.tolist():
            places = self._of_frequent(row, None)
            yield places, np.full(len(places), self._frequent[row], np.int64)

    def holders(self, terms: Ids) -> Holders:
        """Return the documents in which at least one of *terms* stands."""
        is_common, rows = _looked_up(self._common, terms)
        if not len(rows):
            return self._few_or_mask(self.places(terms))
        bits = self._bits[rows[0]] if len(rows) == 1 else np.bitwise_or.reduce(self._bits[rows], axis=0)
        mask = np.unpackbits(bits, count=self._size, bitorder="little").view(np.bool_)
        if len(rows) < len(terms):
            mask[self._documents_of(self.places(terms[~is_common]))] = True
        return Holders(self._size, mask=mask)

    def _few_or_mask(self, places: Ids) -> Holders:
        if len(places) * 8 < self._size:
            documents = self._documents_of(np.sort(places))
            return Holders(self._size, numbers=documents[np.flatnonzero(np.diff(documents, prepend=-1))])
        mask: Mask = np.zeros(self._size, np.bool_)
        mask[self._documents_of(places)] = True
        return Holders(self._size, mask=mask)

    def _documents_of(self, places: Ids) -> Ids:
        if len(places) < _MANY_PLACES:
            return np.asarray(np.searchsorted(self._starts, places, "right") - 1)
        # The document at the beginning of each piece of the text, and from there on: the places are in no order, and
        # looking each of them up by halving takes five times as long.
        if self._by_piece is None:
            pieces = -(-self._starts >> _PIECE_BITS)
            self._by_piece = np.repeat(np.arange(self._size, dtype=np.int32), np.diff(pieces))
        documents: Ids = self._by_piece[places >> _PIECE_BITS].astype(np.int64)
        ends = self._starts[1:]
        later = np.flatnonzero(ends[documents] <= places)
        while len(later):
            documents[later] += 1
            later = later[ends[documents[later]] <= places[later]]
        return documents

    def _of_rare(self, terms: Ids, documents: Ids | None) -> Ids:
        firsts = self._rare_ends[terms].astype(np.int64)
        places: Ids = self._rare[spread(firsts, self._rare_ends[terms + 1] - firsts)].astype(np.int64)
        if documents is None:
            return places
        wanted: Mask = np.zeros(self._size, np.bool_)
        wanted[documents] = True
        return places[wanted[self._documents_of(places)]]

    def _of_frequent(self, row: int, documents: Ids | None) -> Ids:
        first, last = int(self._frequent_ends[row]), int(self._frequent_ends[row + 1])
        lows = self._lows[first:last]
        stretches = self._stretches[row].astype(np.int64)
        if documents is None:
            return _joined(lows, stretches)
        if not len(documents):
            return np.zeros(0, np.int64)
        begin, end = int(self._starts[documents[0]]), int(self._starts[documents[-1] + 1])
        low, high = (_first_not_below(lows, stretches, place) for place in (begin, end))
        if len(documents) * _PLACES_A_LOOKUP > high - low:
            # All that stands from the first of the documents to the last, and of that what is theirs.
            first_stretch, last_stretch = begin >> STRETCH_BITS, ((end - 1) >> STRETCH_BITS) + 1
            near = np.clip(stretches[first_stretch : last_stretch + 1], low, high)
            places = _joined(lows[low:high], near - low, first=first_stretch)
            is_all = documents[-1] - documents[0] + 1 == len(documents)
            return places if is_all else self._in_documents(places, documents)
        return _between(lows, stretches, np.stack([self._starts[documents], self._starts[documents + 1]]))

    def _in_documents(self, places: Ids, documents: Ids) -> Ids:
        lows = np.searchsorted(places, self._starts[documents])
        inside: Ids = places[spread(lows, np.searchsorted(places, self._starts[documents + 1]) - lows)]
        return inside


def _joined(lows: NDArray[np.uint16], stretches: Ids, *, first: int = 0) -> Ids:
    """Return the places whose lower bits are *lows*, given where the part of each stretch from *first* begins."""
    places: Ids = (np.arange(first, first + len(stretches) - 1) << STRETCH_BITS).repeat(np.diff(stretches))
    places += lows
    return places


def _between(lows: NDArray[np.uint16], stretches: Ids, edges: Ids) -> Ids:
    """Return the places in the ranges from *edges[0]* to *edges[1]*, which are sorted and apart."""
    if edges.shape[1] <= _FEW_DOCUMENTS:
        found = np.array([_first_not_below(lows, stretches, place) for place in edges.reshape(-1).tolist()], np.int64)
        found = found.reshape(edges.shape)
    else:
        found = _firsts_not_below(lows, stretches, edges)
    counts = found[1] - found[0]
    numbers = spread(found[0], counts)
    if edges.shape[1] and int((edges[1] - edges[0]).max()) > STRETCH:
        return ((np.searchsorted(stretches, numbers, "right") - 1) << STRETCH_BITS) + lows[numbers]
    # A short range lies in one stretch, or goes over into the next: there the lower bits begin anew.
    first_bits = edges[0] & (STRETCH - 1)
    places: Ids = lows[numbers].astype(np.int64)
    places += (places < first_bits.repeat(counts)) << STRETCH_BITS
    places += (edges[0] - first_bits).repeat(counts)
    return places


def _looked_up(table: NDArray[np.uint32], terms: Ids) -> tuple[Mask, Ids]:
    """Return which of *terms* stand in the sorted *table*, and the rows of those."""
    rows = np.searchsorted(table, terms)
    if not len(table):
        return np.zeros(len(terms), np.bool_), rows[:0]
    there = table[np.minimum(rows, len(table) - 1)] == terms
    return there, rows[there]


def spread(firsts: Ids, lengths: Ids) -> Ids:
    """Return the numbers of all ranges from *firsts*, *lengths* long, one range after the other."""
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    numbers: Ids = np.arange(total) + np.repeat(firsts - (ends - lengths), lengths)
    return numbers


def _first_not_below(lows: NDArray[np.uint16], stretches: Ids, place: int) -> int:
    stretch = place >> STRETCH_BITS
    if stretch >= len(stretches) - 1:
        return len(lows)
    first, last = int(stretches[stretch]), int(stretches[stretch + 1])
    return first + int(np.searchsorted(lows[first:last], np.uint16(place & (STRETCH - 1))))


def _firsts_not_below(lows: NDArray[np.uint16], stretches: Ids, places: Ids) -> Ids:
    """Return what `_first_not_below` returns for many places: halving all ranges at once."""
    stretch = np.minimum(places >> STRETCH_BITS, len(stretches) - 2)
    at: Ids = stretches[stretch]
    high = stretches[stretch + 1]
    wanted = places - (stretch << STRETCH_BITS)
    step = 1 << int((high - at).max(initial=0)).bit_length()
    while step := step >> 1:
        ahead = np.minimum(at + step, high)
        is_below = lows[ahead - 1] < wanted
        is_below &= ahead > at
        np.copyto(at, ahead, where=is_below)
    return at
