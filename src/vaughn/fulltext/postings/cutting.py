"""One text while it is taken in: words become numbers at once, the numbers wait on the disk for the inversion."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import compress, islice
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from vaughn.fulltext.postings.inversion import BLOCK, Inversion
from vaughn.fulltext.postings.vocabulary import JOINED, vocabulary_arrays
from vaughn.fulltext.postings.wordtable import EMPTY_PLACE, NO_WORD, WordTable
from vaughn.fulltext.segment import Ids
from vaughn.fulltext.tokens import folded_bytes, has_breaks, words_and_joined

# Numbers of words in memory before they are written out (4 bytes each): what was not written is one block.
_WAITING = BLOCK
_COUNTED_AT_ONCE = 8
# Bytes of text cut together: what is looked up for them stays in the caches of the processor.
_BUFFER_BYTES = 1 << 19


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """What stands at the places from `first`: `BLOCK` of them, or what is left.

    Args:
        numbers: The word at each place.
        joined: The joined words, a row each: word and place; in order of places.
    """

    first: int
    numbers: NDArray[np.uint32]
    joined: NDArray[np.int64]


class PlacedNumbers:
    """Which word (by number) stands at each place, and the joined words beside them; many wait in a nameless file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file: IO[bytes] | None = None
        self._waiting: list[NDArray[np.uint32]] = []
        self._waiting_size = 0
        self.size = 0
        # A row for each joined word: number and place; in order of places.
        self.joined: NDArray[np.int64] = np.zeros((0, 2), np.int64)

    def add(self, numbers: NDArray[np.uint32]) -> None:
        """Put *numbers* behind those that are there."""
        self._waiting.append(numbers)
        self._waiting_size += len(numbers)
        self.size += len(numbers)
        if self._waiting_size >= _WAITING:
            self._write()

    def blocks(self) -> Iterator[Block]:
        """Yield everything again, from the beginning."""
        if self._file is not None:
            self._write()
            self._file.seek(0)
        waiting = np.concatenate([np.zeros(0, np.uint32), *self._waiting])
        for first in range(0, self.size, BLOCK):
            numbers = waiting if self._file is None else np.frombuffer(self._file.read(BLOCK * 4), np.uint32)
            low, high = np.searchsorted(self.joined[:, 1], [first, first + BLOCK])
            yield Block(first, numbers, self.joined[low:high])

    def close(self) -> None:
        """Give the disk space back."""
        if self._file is not None:
            self._file.close()

    def _write(self) -> None:
        if self._file is None:
            self._file = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115 - closed by `close`
        if self._waiting:
            self._file.write(np.concatenate(self._waiting).data)
        self._waiting.clear()
        self._waiting_size = 0


class TextCutter:
    """One text of all documents of a segment that is being built."""

    def __init__(self, folder: Path) -> None:
        """Begin without a document; what does not stay in memory goes to *folder*."""
        self._table = WordTable()
        self._placed = PlacedNumbers(folder)
        self._parts: list[bytes] = []
        self._part_bytes = 0
        # Bytes of the parts at which a place was asked for; and the places found for earlier ones.
        self._asked: list[int] = []
        self._found: list[Ids] = []
        self._asked_count = 0
        self._joined: list[tuple[int, int, int]] = []  # number, which place asked for, how many words behind it
        self._starts = [self.here()]

    @property
    def size(self) -> int:
        """How many places there are so far, at most."""
        return self._placed.size + (self._part_bytes + 1) // 2

    @property
    def word_count(self) -> int:
        """How many different words there are so far, about."""
        return len(self._table)

    def here(self) -> int:
        """Ask for the place at which the next word will stand: `places` tells it under the number returned."""
        self._asked.append(self._part_bytes)
        self._asked_count += 1
        return self._asked_count - 1

    def add(self, text: str) -> None:
        """Put the words of *text* behind those of the document that is open."""
        if has_breaks(text):
            page = self.here()
            for broken in words_and_joined(text)[1]:
                number = self._table.long_number(broken.term.encode() + JOINED * (broken.width - 1))
                self._joined.append((number, page, broken.first))
        for part in _parts(folded_bytes(text)):
            self._add_part(part)

    def leave_empty(self) -> None:
        """Leave one place empty."""
        self._add_part(EMPTY_PLACE)

    def end_document(self) -> None:
        """Close the document that is open, after one more empty place."""
        self._add_part(EMPTY_PLACE)
        self._starts.append(self.here())

    def skip_documents(self, count: int) -> None:
        """Put in *count* documents without words."""
        for _ in range(count):
            self.end_document()

    def places(self) -> Ids:
        """Return all places that were asked for."""
        self._cut_parts()
        self._found = [np.concatenate(self._found)]
        return self._found[0]

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return everything that is kept of the text, by name; nothing can be added any more."""
        places = self.places()
        joined = np.array(self._joined, np.int64).reshape(-1, 3)
        self._placed.joined = np.stack([joined[:, 0], places[joined[:, 1]] + joined[:, 2]], axis=1)
        entries, numbers = self._table.entries()
        terms = np.zeros(len(entries) + 1, np.uint32)
        terms[numbers] = np.arange(len(entries), dtype=np.uint32)
        del self._table
        return text_arrays(entries, self._placed.blocks, terms=terms, starts=places[self._starts])

    def close(self) -> None:
        """Give the disk space back."""
        self._placed.close()

    def _add_part(self, part: bytes) -> None:
        self._parts.append(part)
        self._part_bytes += len(part) + 1
        if self._part_bytes > _BUFFER_BYTES:
            self._cut_parts()

    def _cut_parts(self) -> None:
        numbers, begins = self._table.numbers(b" ".join(self._parts))
        self._found.append(self._placed.size + np.searchsorted(begins, self._asked))
        self._placed.add(numbers)
        self._parts.clear()
        self._asked.clear()
        self._part_bytes = 0


def _parts(words: bytes) -> Iterator[bytes]:
    """Yield *words* in pieces of a size that is cut at once; a long page is a whole book."""
    first = 0
    while len(words) - first > _BUFFER_BYTES:
        last = words.find(b" ", first + _BUFFER_BYTES)
        if last < 0:
            break
        yield words[first:last]
        first = last
    yield words[first:] if first else words


def text_arrays(
    entries: list[bytes], blocks: Callable[[], Iterator[Block]], *, terms: NDArray[np.uint32], starts: Ids
) -> dict[str, NDArray[Any]]:
    """Return everything that is kept of a text.

    Args:
        entries: The vocabulary, sorted.
        blocks: What stands where, `BLOCK` places at a time and twice over: words by numbers from 1, 0 for none.
        terms: For each number its place in the vocabulary; what stands for 0 is not used.
    """
    counts = _counts(blocks(), len(terms))
    by_term = np.zeros(len(entries), np.int64)
    by_term[terms[1:]] = counts[1:]
    if not by_term.all():  # words that only documents held which are gone
        is_used = by_term > 0
        entries = list(compress(entries, is_used.tolist()))
        terms = np.minimum(np.cumsum(is_used) - is_used, max(len(entries) - 1, 0))[terms]
        by_term = by_term[is_used]
    inversion = Inversion(by_term, starts)
    order = inversion.order[terms].astype(np.uint64) << np.uint64(32) if entries else np.zeros(1, np.uint64)
    for block in blocks():
        keys = order[block.numbers] | np.arange(block.first, block.first + len(block.numbers), dtype=np.uint64)
        keys = keys[block.numbers != NO_WORD]
        if len(block.joined):
            keys = np.concatenate([keys, order[block.joined[:, 0]] | block.joined[:, 1].astype(np.uint64)])
        inversion.add(keys, first=block.first)
    return {"starts": starts.astype(np.uint32), **vocabulary_arrays(entries), **inversion.arrays()}


def _counts(blocks: Iterator[Block], size: int) -> Ids:
    """Return how often each number stands there."""
    counts = np.zeros(size, np.int64)
    # Counting touches every number there is: the fewer times the better.
    while some := list(islice(blocks, _COUNTED_AT_ONCE)):
        counts += np.bincount(np.concatenate([block.numbers for block in some]), minlength=size)
        for block in some:
            np.add.at(counts, block.joined[:, 0], 1)
    return counts
