"""From "which word stands at each place" to "at which places stands each word": sorting, in blocks of bounded memory.

What is kept for a word depends on how often it stands:

- Rare words: their places as 32-bit numbers, one word after the other in the order of the vocabulary.
- Frequent words: the places are cut into stretches of 65,536; of each place only the lower 16 bits are kept, and for
  each stretch where its part begins. Any stretch can be read without the ones before it, and nothing is added up.
- Words in many documents: one bit for each document as well.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from vaughn.fulltext.segment import Ids

# Of each place of a frequent word the lower 16 bits are kept.
STRETCH_BITS = 16
STRETCH = 1 << STRETCH_BITS
# Places inverted at once: whole stretches, and few enough for the caches of the processor.
BLOCK = 4 * STRETCH
# A word is frequent if it stands more often than this in a stretch: below, its directory outweighs the saved bytes.
_FREQUENT_IN_STRETCH = 4
# A word gets bits if one document in 32 holds it (32 bits for a number, or one bit each), and if finding its documents
# from its places takes longer than reading the bits: below 1,024 places it does not.
_DOCUMENTS_A_HOLDER = 32
_FEW_PLACES = 1024


class Inversion:
    """Takes (word, place) pairs block by block, in order of their places, and gives the arrays of a text."""

    def __init__(self, place_counts: Ids, starts: Ids) -> None:
        """Make room for what will come.

        Args:
            place_counts: In how many places each word will stand.
            starts: First place of each document and one past the last place.
        """
        self._starts = starts
        self._documents = len(starts) - 1
        self._stretches = -(-int(starts[-1]) // STRETCH)
        is_frequent = place_counts > _FREQUENT_IN_STRETCH * self._stretches
        self._frequent = np.flatnonzero(is_frequent)
        rare = np.flatnonzero(~is_frequent)
        # Words are renumbered while they are sorted: frequent ones first, each kind in the order of the vocabulary.
        self.order = np.empty(len(place_counts), np.uint32)
        self.order[self._frequent] = np.arange(len(self._frequent), dtype=np.uint32)
        self.order[rare] = np.arange(len(self._frequent), len(place_counts), dtype=np.uint32)
        self._frequent_ends = _ends(place_counts[self._frequent])
        self._rare_ends = _ends(np.where(is_frequent, 0, place_counts))
        self._cursors = np.concatenate([self._frequent_ends[:-1], _ends(place_counts[rare])[:-1]])
        self._lows = np.empty(self._frequent_ends[-1], np.uint16)
        self._rare = np.empty(self._rare_ends[-1], np.uint32)
        self._in_stretch = np.zeros((len(self._frequent), self._stretches + 1), np.uint32)
        self._document_counts = np.zeros(len(place_counts), np.uint32)
        self._last_documents = np.full(len(place_counts), -1, np.int32)
        has_bits = place_counts[self._frequent] > max(_FEW_PLACES, self._documents // _DOCUMENTS_A_HOLDER)
        self._bit_rows = np.where(has_bits, np.cumsum(has_bits) - 1, -1).astype(np.int32)
        self._bits = np.zeros((int(has_bits.sum()), (self._documents + 7) // 8), np.uint8)

    def add(self, keys: NDArray[np.uint64], *, first: int) -> None:
        """Take in the pairs of the block from the place *first* (a multiple of `BLOCK`); *keys* are sorted in place.

        Args:
            keys: `order` of the word in the upper 32 bits, the place in the lower.
        """
        if not len(keys):
            return
        keys.sort()
        words = (keys >> np.uint64(32)).astype(np.uint32)
        places = keys.astype(np.uint32)
        runs = np.concatenate([[0], np.flatnonzero(words[1:] != words[:-1]) + 1])
        run_words = words[runs]
        lengths = np.diff(runs, append=len(words))
        targets = np.arange(len(words)) + np.repeat(self._cursors[run_words] - runs, lengths)
        self._cursors[run_words] += lengths
        split = int(np.searchsorted(words, len(self._frequent)))
        self._rare[targets[split:]] = places[split:]
        self._lows[targets[:split]] = places[:split].astype(np.uint16)
        self._count_stretches(words[:split], places[:split], first=first)
        self._add_documents(words, places, runs=runs, first=first)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return what is kept of the text, by name."""
        np.cumsum(self._in_stretch, axis=1, out=self._in_stretch)
        document_counts = self._document_counts[self.order]
        rows = np.flatnonzero(self._bit_rows >= 0)
        kept = rows[document_counts[self._frequent[rows]] > self._documents // _DOCUMENTS_A_HOLDER]
        return {
            "documents": document_counts,
            "rare_ends": self._rare_ends.astype(np.uint32),
            "rare": self._rare,
            "frequent": self._frequent.astype(np.uint32),
            "frequent_ends": self._frequent_ends,
            "stretches": self._in_stretch,
            "lows": self._lows,
            "common": self._frequent[kept].astype(np.uint32),
            "bits": self._bits[self._bit_rows[kept]],
        }

    def _count_stretches(self, words: NDArray[np.uint32], places: NDArray[np.uint32], *, first: int) -> None:
        stretch = first >> STRETCH_BITS
        width = min(BLOCK >> STRETCH_BITS, self._stretches - stretch)
        cells = words.astype(np.int64) * width + ((places >> np.uint32(STRETCH_BITS)) - np.uint32(stretch))
        counts = np.bincount(cells, minlength=len(self._frequent) * width)
        self._in_stretch[:, stretch + 1 : stretch + 1 + width] = counts.reshape(len(self._frequent), width)

    def _add_documents(
        self, words: NDArray[np.uint32], places: NDArray[np.uint32], *, runs: NDArray[np.int64], first: int
    ) -> None:
        documents = self._documents_of(places, first=first)
        is_new = np.ones(len(words), np.bool_)
        is_new[1:] = documents[1:] != documents[:-1]
        is_new[runs] = True
        run_words = words[runs]
        counts = np.add.reduceat(is_new, runs, dtype=np.int64)
        # A document may go on from the block before.
        counts -= documents[runs] == self._last_documents[run_words]
        self._document_counts[run_words] += counts.astype(np.uint32)
        self._last_documents[run_words] = documents[np.append(runs[1:], len(words)) - 1]
        split = int(np.searchsorted(words, len(self._frequent)))
        new = np.flatnonzero(is_new[:split])
        rows = self._bit_rows[words[new]]
        self._set_bits(rows[rows >= 0], documents[new[rows >= 0]])

    def _documents_of(self, places: NDArray[np.uint32], *, first: int) -> NDArray[np.int32]:
        last = min(first + BLOCK, int(self._starts[-1]))
        low = int(np.searchsorted(self._starts, first, "right")) - 1
        high = int(np.searchsorted(self._starts, last, "left"))
        edges = np.clip(self._starts[low : high + 1], first, last)
        by_place = np.repeat(np.arange(low, high, dtype=np.int32), np.diff(edges))
        documents: NDArray[np.int32] = by_place[places - np.uint32(first)]
        return documents

    def _set_bits(self, rows: NDArray[np.int32], documents: NDArray[np.int32]) -> None:
        if not len(rows):
            return
        low = int(documents.min()) // 8
        high = int(documents.max()) // 8 + 1
        seen = np.zeros((len(self._bits), (high - low) * 8), np.bool_)
        seen[rows, documents - low * 8] = True
        self._bits[:, low:high] |= np.packbits(seen, axis=1, bitorder="little")


def _ends(counts: Ids) -> NDArray[np.int64]:
    return np.concatenate([[0], np.cumsum(counts, dtype=np.int64)])
