"""The search index of one case on disk: made whole, or mended where a few documents changed.

Mending reads the old text of a changed document from the index itself, finds the words it held, and writes their
files again; all other files stay as they are. With many changes, or many gaps, the whole is made anew.
"""

from __future__ import annotations

import tempfile
from array import array
from collections.abc import Iterator
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from vaughn.publish.postings import NO_POSTINGS, Integers, Postings, merged, packed, packed_terms, unpacked
from vaughn.publish.searching import (
    ENTRIES_PER_BLOCK,
    SearchEntry,
    block_file,
    entry_words,
    facts_file,
    file_letters,
    is_large,
    large_file,
    read_block,
    read_large,
    read_shard,
    shard_file,
    shard_of,
)
from vaughn.publish.steps.folder import SiteFolder

# Above this part of changed entries (and below this part of used ids) the index is made anew.
MOST_MENDED_PART, LEAST_USED_PART = 0.05, 0.75
# Places of words that are sorted at a time: half a million take about 60 MB.
PLACES_AT_A_TIME = 500_000


class _Numbers(dict[str, int]):
    """A number for each word, given as words turn up; the empty word is 0."""

    def __missing__(self, word: str) -> int:
        number = self[word] = len(self)
        return number


class WholeIndex:
    """Makes an index from all entries, in the order of their ids; texts go out at once, words at the end."""

    def __init__(self, folder: SiteFolder, base: str) -> None:
        self._folder, self._base = folder, base
        self._numbers = _Numbers({"": 0})
        self._lengths = array("q")
        self._block: dict[int, SearchEntry] = {}
        self._words: BinaryIO = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the index
        self._waiting = array("I")

    @property
    def count(self) -> int:
        """How many entries there are."""
        return len(self._lengths)

    def add(self, entry: SearchEntry) -> None:
        """Add the next entry."""
        words = list(map(self._numbers.__getitem__, entry_words(entry)))
        self._waiting.extend(words)
        if len(self._waiting) > PLACES_AT_A_TIME:
            self._spill()
        place = len(self._lengths)
        self._lengths.append(len(words))
        self._block[place] = entry
        if (place + 1) % ENTRIES_PER_BLOCK == 0:
            self._write_block(place // ENTRIES_PER_BLOCK)

    def finish(self) -> None:
        """Write the words."""
        if self._block:
            self._write_block(min(self._block) // ENTRIES_PER_BLOCK)
        self._spill()
        self._words.flush()
        words = sorted(self._numbers.items())
        del self._numbers
        by_shard: dict[str, list[tuple[str, int]]] = {}
        for word, number in words:
            if word:
                by_shard.setdefault(shard_of(word), []).append((word, number))
        total = sum(self._lengths)
        parts = max(1, -(-total // PLACES_AT_A_TIME))
        shards = sorted(by_shard)
        part_of = np.full(len(words), -1, dtype=np.int16)
        for place, shard in enumerate(shards):
            part_of[[number for _, number in by_shard[shard]]] = place % parts
        places = np.memmap(self._words, dtype=np.uint32, mode="r") if total else np.zeros(0, dtype=np.uint32)
        for part in range(parts if total else 0):
            self._write_shards(
                [s for at, s in enumerate(shards) if at % parts == part],
                by_shard,
                *self._sorted(places, part_of == part),
            )
        self._folder.put(f"{self._base}n.js", facts_file(self.count, shards))
        del places

    def close(self) -> None:
        """Give the places that were kept on disk back."""
        self._words.close()

    def _sorted(self, places: NDArray[np.uint32], wanted: NDArray[np.bool_]) -> tuple[Integers, list[bytes]]:
        """Return words (as numbers, ascending) with their packed places, of the words that are *wanted*."""
        found, number_of = [], []
        for start in range(0, len(places), PLACES_AT_A_TIME):
            piece = places[start : start + PLACES_AT_A_TIME]
            at = np.flatnonzero(wanted[piece])
            found.append(at + start)
            number_of.append(piece[at].astype(np.uint64))
        at = np.concatenate(found)
        # One number that sorts by word, then by place; places stay below 2**40.
        keys = (np.concatenate(number_of) << np.uint64(40)) | at.astype(np.uint64)
        keys.sort()
        at = (keys & np.uint64((1 << 40) - 1)).astype(np.int64)
        starts = np.concatenate(([0], np.cumsum(np.array(self._lengths, dtype=np.int64))))
        entries = np.searchsorted(starts, at, side="right") - 1
        return packed_terms((keys >> np.uint64(40)).astype(np.int64), entries, at - starts[entries])

    def _write_shards(
        self, shards: list[str], by_shard: dict[str, list[tuple[str, int]]], numbers: Integers, data: list[bytes]
    ) -> None:
        row = {number: place for place, number in enumerate(numbers.tolist())}
        for shard in shards:
            places: dict[str, bytes | None] = {}
            for word, number in by_shard[shard]:
                places[word] = data[row[number]]
            write_shard(self._folder, self._base, shard, places)

    def _write_block(self, block: int) -> None:
        self._folder.put(f"{self._base}t/{block}.js", block_file(block, self._block))
        self._block.clear()

    def _spill(self) -> None:
        self._waiting.tofile(self._words)
        del self._waiting[:]


def write_shard(folder: SiteFolder, base: str, shard: str, places: dict[str, bytes | None]) -> None:
    """Write one file of words and the files of its large ones; `None` leaves the file of a word as it is."""
    for word, data in places.items():
        path = f"{base}w/{file_letters(word)}.js"
        if data is None:
            folder.expect([path])
        elif is_large(word, data):
            folder.put(path, large_file(word, data))
            places[word] = None
        else:
            folder.take_away([path])
    folder.put(f"{base}i/{shard}.js", shard_file(shard, places))


class MendedIndex:
    """Takes entries out of an index on disk and puts others in."""

    def __init__(self, folder: SiteFolder, base: str) -> None:
        self._folder, self._base = folder, base
        self._gone: dict[int, SearchEntry] = {}
        self._new: dict[int, SearchEntry] = {}

    def replace(self, old: range, first: int, entries: list[SearchEntry]) -> None:
        """Take the entries *old* out and put *entries* in, from the id *first* on."""
        for place in old:
            entry = self._entry(place)
            if entry is not None:
                self._gone[place] = entry
        self._new.update(enumerate(entries, start=first))

    def _entry(self, place: int) -> SearchEntry | None:
        return entries_of_block(self._folder, self._base, place // ENTRIES_PER_BLOCK).get(place)

    def finish(self, count: int) -> None:
        """Write what changed."""
        for place in [place for place, entry in self._gone.items() if self._new.get(place) == entry]:
            del self._gone[place], self._new[place]
        gone: dict[str, list[int]] = {}
        for place, entry in sorted(self._gone.items()):
            for word in set(entry_words(entry)):
                gone.setdefault(word, []).append(place)
        new: dict[str, dict[int, list[int]]] = {}
        for place, entry in sorted(self._new.items()):
            for position, word in enumerate(entry_words(entry)):
                new.setdefault(word, {}).setdefault(place, []).append(position)
        by_shard: dict[str, set[str]] = {}
        for word in {*gone, *new} - {""}:
            by_shard.setdefault(shard_of(word), set()).add(word)
        for shard, words in sorted(by_shard.items()):
            self._mend_shard(shard, words, gone, new)
        for block in sorted({place // ENTRIES_PER_BLOCK for place in (*self._gone, *self._new)}):
            self._mend_block(block)
        words = f"{self._base}i/"
        there = [path.removeprefix(words)[:-3] for path in self._folder.existing if path.startswith(words)]
        self._folder.put(f"{self._base}n.js", facts_file(count, there))

    def close(self) -> None:
        """Do nothing: there is nothing to give back."""

    def _mend_shard(
        self, shard: str, words: set[str], gone: dict[str, list[int]], new: dict[str, dict[int, list[int]]]
    ) -> None:
        script = self._folder.read(f"{self._base}i/{shard}.js")
        places = read_shard(script) if script else {}
        for word in words:
            data = places.get(word)
            if word in places and data is None:
                data = read_large(self._folder.read(f"{self._base}w/{file_letters(word)}.js") or "")
            without = np.array(gone.get(word, []), dtype=np.int64)
            after = merged(unpacked(data) if data else NO_POSTINGS, without=without, new=_postings(new.get(word, {})))
            if len(after.entries):
                places[word] = packed(after)
            else:
                places.pop(word, None)
                self._folder.take_away([f"{self._base}w/{file_letters(word)}.js"])
        if places:
            write_shard(self._folder, self._base, shard, places)
        else:
            self._folder.take_away([f"{self._base}i/{shard}.js"])

    def _mend_block(self, block: int) -> None:
        entries = entries_of_block(self._folder, self._base, block)
        first = block * ENTRIES_PER_BLOCK
        for place in range(first, first + ENTRIES_PER_BLOCK):
            if place in self._gone:
                entries.pop(place, None)
            if place in self._new:
                entries[place] = self._new[place]
        if entries:
            self._folder.put(f"{self._base}t/{block}.js", block_file(block, entries))
        else:
            self._folder.take_away([f"{self._base}t/{block}.js"])


def _postings(places: dict[int, list[int]]) -> Postings:
    if not places:
        return NO_POSTINGS
    entries = sorted(places)
    return Postings(
        np.array(entries, dtype=np.int64),
        np.array([len(places[entry]) for entry in entries], dtype=np.int64),
        np.array([position for entry in entries for position in places[entry]], dtype=np.int64),
    )


def entries_of_block(folder: SiteFolder, base: str, block: int) -> dict[int, SearchEntry]:
    """Return the entries of one block as they lie on disk."""
    script = folder.read(f"{base}t/{block}.js")
    return read_block(script, block) if script else {}


def index_files(folder: SiteFolder, base: str) -> Iterator[str]:
    """Yield every file of the index that is there."""
    return (path for path in folder.existing if path.startswith(base))
