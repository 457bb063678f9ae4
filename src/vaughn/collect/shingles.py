"""Texts as sets of five words that follow each other (shingles), each a number of 32 bits.

Two texts that share most of their shingles were written from one another (Broder, 1997). Words are those of the
text index. What stands at the beginning or end of very many texts (letterheads, stamps, notices below messages) is
left out of the sets: otherwise short pages would be alike by their stamps alone.

Two different shingles have the same number once in four thousand million pairs; similarities are exact up to that.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vaughn.fulltext import terms

Numbers = NDArray[np.uint32]
Counts = NDArray[np.int64]
Digests = NDArray[np.uint64]

WORDS = 5  # in a shingle
# How many shingles from the beginning and from the end of a page can be a running head or a notice.
HEAD, FOOT = 60, 140
# What stands there on as many pages is one: at least 50, so that fifty versions of a letter are still compared.
COMMON_PAGES, COMMON_SHARE = 50, 0.01
# Words whose numbers are remembered: those of a language, and misread ones until it is full (about 100 MB).
_KNOWN_WORDS = 1_000_000
_BUCKET_BITS = 20
_FACTOR = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True, eq=False)
class Shingled:
    """Some texts as shingles in the order they stand in.

    Args:
        numbers: Of all texts, one after the other.
        counts: How many of them belong to each text.
        digests: Equal for texts of the same words in the same order.
        words: How many words each text has.
    """

    numbers: Numbers
    counts: Counts
    digests: Digests
    words: Counts

    def __len__(self) -> int:
        return len(self.counts)


@dataclass(frozen=True, slots=True, eq=False)
class ShingleSets:
    """Texts as sets: text *i* has `numbers[starts[i] : starts[i + 1]]`, ascending, each once.

    Args:
        numbers: May lie in a file (`numpy.memmap`).
        starts: One more than there are texts.
        digests, words: Of whole texts, running heads included; see `Shingled`.
    """

    numbers: Numbers
    starts: Counts
    digests: Digests
    words: Counts

    def __len__(self) -> int:
        return len(self.starts) - 1

    def of(self, text: int) -> Numbers:
        """Return the set of one text."""
        return self.numbers[self.starts[text] : self.starts[text + 1]]


class Shingler:
    """Makes shingles of texts, and counts meanwhile what stands at their beginnings and ends."""

    def __init__(self) -> None:
        self._words = WordNumbers()
        self._margins = np.zeros(1 << _BUCKET_BITS, np.uint32)
        self._texts = 0

    def shingled(self, texts: Sequence[str]) -> Shingled:
        """Return *texts* as shingles."""
        words = [[self._words[term] for term in terms(text)] for text in texts]
        lengths = np.fromiter(map(len, words), np.int64, len(words))
        flat = np.fromiter((number for some in words for number in some), np.uint64, int(lengths.sum()))
        ends = np.cumsum(lengths)
        digests = [_digest(flat[end - length : end]) for length, end in zip(lengths, ends, strict=True)]
        counts = np.maximum(lengths - (WORDS - 1), 0)
        numbers = _rolled(flat)[_within(ends - lengths, counts)]
        self._count_margins(numbers, counts)
        return Shingled(numbers, counts, np.array(digests, np.uint64), lengths)

    def _count_margins(self, numbers: Numbers, counts: Counts) -> None:
        self._texts += len(counts)
        np.add.at(self._margins, _bucket(numbers[_in_margin(counts)]), np.uint32(1))

    def common(self) -> NDArray[np.bool_]:
        """Return which buckets of shingles stand in the margins of so many texts that they say nothing of one."""
        return self._margins >= max(COMMON_PAGES, int(self._texts * COMMON_SHARE))


def as_sets(numbers: Numbers, counts: Counts, *, owners: Counts, common: NDArray[np.bool_]) -> tuple[Numbers, Counts]:
    """Return texts as sets without running heads.

    Args:
        numbers, counts: As in `Shingled`.
        owners: For each text the set it goes into, ascending from 0: pages of one document have one set.
        common: From `Shingler.common`.

    Returns:
        The sets one after the other, and how many shingles each has.
    """
    kept = ~(_in_margin(counts) & common[_bucket(numbers)])
    keys = (np.repeat(owners, counts)[kept].astype(np.uint64) << np.uint64(32)) | numbers[kept]
    keys.sort()
    keys = keys[first_ones(keys)]
    sizes = np.bincount((keys >> np.uint64(32)).astype(np.int64), minlength=int(owners[-1]) + 1 if len(owners) else 0)
    return keys.astype(np.uint32), sizes.astype(np.int64)


def first_ones(ascending: NDArray[Any]) -> NDArray[np.bool_]:
    """Return where a number stands for the first time; `numpy.unique` takes many times as long on such numbers."""
    found: NDArray[np.bool_] = np.ones(len(ascending), np.bool_)
    np.not_equal(ascending[1:], ascending[:-1], out=found[1:])
    return found


def joined_digests(digests: Digests, owners: Counts) -> Digests:
    """Return for each owner what is equal if all its texts are, in their order."""
    borders = np.flatnonzero(np.diff(owners)) + 1
    return np.array([_digest(some) for some in np.split(digests, borders)] if len(owners) else [], np.uint64)


def _digest(numbers: Digests) -> int:
    return int.from_bytes(hashlib.blake2b(numbers.tobytes(), digest_size=8).digest(), "little")


def _rolled(words: Digests) -> Numbers:
    """Return one number for each word and the four after it (the last four make no sense)."""
    if len(words) < WORDS:
        return np.zeros(len(words), np.uint32)
    rolled = np.zeros(len(words), np.uint64)
    count = len(words) - WORDS + 1
    for place in range(WORDS):
        rolled[:count] = rolled[:count] * _FACTOR + words[place : place + count]
    rolled ^= rolled >> np.uint64(29)
    rolled *= np.uint64(0xBF58476D1CE4E5B9)
    return (rolled >> np.uint64(32)).astype(np.uint32)


def _within(starts: Counts, counts: Counts) -> Counts:
    """Return the places ``starts[i] .. starts[i] + counts[i] - 1`` of all *i*."""
    ends = np.cumsum(counts)
    places: Counts = np.arange(ends[-1] if len(ends) else 0) + np.repeat(starts - (ends - counts), counts)
    return places


def _in_margin(counts: Counts) -> NDArray[np.bool_]:
    """Return for each shingle whether it stands near the beginning or the end of its text."""
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    place = np.arange(total) - np.repeat(ends - counts, counts)
    found: NDArray[np.bool_] = (place < HEAD) | (place >= np.repeat(counts, counts) - FOOT)
    return found


def _bucket(numbers: Numbers) -> Numbers:
    return numbers >> np.uint32(32 - _BUCKET_BITS)


class WordNumbers(dict[str, int]):
    """A number of 64 bits for each word: the same on every machine and in every run."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _KNOWN_WORDS:
            self.clear()
        number = int.from_bytes(
            hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little"
        )
        self[word] = number
        return number
