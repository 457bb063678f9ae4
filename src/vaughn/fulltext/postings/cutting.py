"""One text while it is taken in: words become numbers at once, the numbers wait on the disk for the inversion."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import compress
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from vaughn.fulltext.postings.inversion import BLOCK, Inversion
from vaughn.fulltext.postings.vocabulary import JOINED, vocabulary_arrays
from vaughn.fulltext.segment import Ids
from vaughn.fulltext.tokens import MAX_TERM_LENGTH, cut_length, words_and_joined

# Numbers of words in memory before they are written out (4 bytes each): what was not written is one block.
_WAITING = BLOCK
# The number of the empty place, at which no word stands.
NO_WORD = 0
_EMPTY_PLACE = np.full(1, NO_WORD, np.uint32)


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


class _Numbers(dict[bytes, int]):
    """The number of each word, given when it is first seen."""

    def __missing__(self, word: bytes) -> int:
        if len(word) > MAX_TERM_LENGTH:
            cut = cut_length(word)
            if cut != word:  # never entered itself: a long run of letters may be a whole file
                return self[cut]
        number = self[word] = len(self)
        return number


class PlacedNumbers:
    """Which word (by number) stands at each place, and the joined words beside them; many wait in a nameless file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file: IO[bytes] | None = None
        self._waiting: list[NDArray[np.uint32]] = []
        self._waiting_size = 0
        self._joined: list[tuple[int, int]] = []
        self.size = 0

    def add(self, numbers: NDArray[np.uint32]) -> None:
        """Put *numbers* behind those that are there."""
        self._waiting.append(numbers)
        self._waiting_size += len(numbers)
        self.size += len(numbers)
        if self._waiting_size >= _WAITING:
            self._write()

    def add_joined(self, number: int, place: int) -> None:
        """Put a joined word at *place*; in order of places."""
        self._joined.append((number, place))

    def blocks(self) -> Iterator[Block]:
        """Yield everything again, from the beginning."""
        joined = np.array(self._joined, np.int64).reshape(-1, 2)
        if self._file is not None:
            self._write()
            self._file.seek(0)
        waiting = np.concatenate([np.zeros(0, np.uint32), *self._waiting])
        for first in range(0, self.size, BLOCK):
            numbers = waiting if self._file is None else np.frombuffer(self._file.read(BLOCK * 4), np.uint32)
            low, high = np.searchsorted(joined[:, 1], [first, first + BLOCK])
            yield Block(first, numbers, joined[low:high])

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
        self._numbers = _Numbers({b"": NO_WORD})
        self._placed = PlacedNumbers(folder)
        self._starts = [0]

    @property
    def size(self) -> int:
        """How many places there are so far."""
        return self._placed.size

    @property
    def word_count(self) -> int:
        """How many different words there are so far."""
        return len(self._numbers) - 1

    def add(self, text: str) -> None:
        """Put the words of *text* behind those of the document that is open."""
        words, joined = words_and_joined(text)
        for broken in joined:
            entry = broken.term.encode() + JOINED * (broken.width - 1)
            self._placed.add_joined(self._joined_number(entry), self._placed.size + broken.first)
        if words:
            self._placed.add(np.fromiter(map(self._numbers.__getitem__, words), np.uint32, len(words)))

    def leave_empty(self) -> None:
        """Leave one place empty."""
        self._placed.add(_EMPTY_PLACE)

    def end_document(self) -> None:
        """Close the document that is open, after one more empty place."""
        self._placed.add(_EMPTY_PLACE)
        self._starts.append(self._placed.size)

    def skip_documents(self, count: int) -> None:
        """Put in *count* documents without words."""
        for _ in range(count):
            self.end_document()

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return everything that is kept of the text, by name; nothing can be added any more."""
        del self._numbers[b""]
        entries = sorted(self._numbers)
        terms = np.zeros(len(entries) + 1, np.uint32)
        terms[np.fromiter(map(self._numbers.__getitem__, entries), np.int64, len(entries))] = np.arange(
            len(entries), dtype=np.uint32
        )
        self._numbers.clear()
        try:
            return text_arrays(entries, self._placed.blocks, terms=terms, starts=np.array(self._starts, np.int64))
        finally:
            self._placed.close()

    def close(self) -> None:
        """Give the disk space back."""
        self._placed.close()

    def _joined_number(self, entry: bytes) -> int:
        # Not cut: the marks of a joined word come after its letters.
        return self._numbers.setdefault(entry, len(self._numbers))


def text_arrays(
    entries: list[bytes], blocks: Callable[[], Iterator[Block]], *, terms: NDArray[np.uint32], starts: Ids
) -> dict[str, NDArray[Any]]:
    """Return everything that is kept of a text.

    Args:
        entries: The vocabulary, sorted.
        blocks: What stands where, `BLOCK` places at a time and twice over: words by numbers from 1, 0 for none.
        terms: For each number its place in the vocabulary; what stands for 0 is not used.
    """
    counts = np.zeros(len(terms), np.int64)
    for block in blocks():
        counts += np.bincount(block.numbers, minlength=len(terms))
        np.add.at(counts, block.joined[:, 0], 1)
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
