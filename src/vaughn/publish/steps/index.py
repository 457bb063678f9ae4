"""The search index of one case on disk: made whole, or mended where a few documents changed.

Mending reads the old text of a changed document from the index itself, finds the words it held, and writes their
files again; all other files stay as they are. With many changes, or many gaps, the whole is made anew.
"""

from __future__ import annotations

import os
import tempfile
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from zlib import crc32

import numpy as np

from vaughn.model import InputError
from vaughn.publish.postings import NO_POSTINGS, Postings, merged, packed, packed_terms, unpacked
from vaughn.publish.searching import (
    ENTRIES_PER_BLOCK,
    SearchEntry,
    block_file,
    entry_words,
    facts_file,
    file_letters,
    is_large,
    large_file,
    places_data,
    places_text,
    read_block,
    read_large,
    read_shard,
    shard_file,
    shard_of,
)
from vaughn.publish.steps.folder import SiteFolder

# Above this part of changed entries (and below this part of used ids) the index is made anew.
MOST_MENDED_PART, LEAST_USED_PART = 0.05, 0.75
# Places of words that wait in memory: half a million take about 30 MB while they are sorted.
PLACES_AT_A_TIME = 500_000
# Words are sorted in this many parts, each the words of some files; a word's number says which.
PARTS = 64
# A place is one number of 64 bits: word in its part, entry, position. A later position counts as the last.
_WORD_BITS, _ENTRY_BITS, _POSITION_BITS = 22, 24, 18
_LAST_POSITION = (1 << _POSITION_BITS) - 1
MOST_ENTRIES = 1 << _ENTRY_BITS


class _Numbers(dict[str, int]):
    """A number for each word, given as words turn up: its part, and its place among the words of that part."""

    def __init__(self) -> None:
        self.words: list[list[str]] = [[] for _ in range(PARTS)]
        # The empty word parts what is no phrase; it takes a position and is not written.
        self[""] = PARTS << _WORD_BITS

    def __missing__(self, word: str) -> int:
        part = crc32(shard_of(word).encode()) % PARTS
        words = self.words[part]
        number = self[word] = part << _WORD_BITS | len(words)
        words.append(word)
        if len(words) > 1 << _WORD_BITS:
            raise InputError("The documents have more different words than the search can hold.")
        return number


class WholeIndex:
    """Makes an index from all entries, in the order of their ids; texts go out at once, words at the end.

    Args:
        scratch: Where places of words wait, about 3 kB a page.
    """

    def __init__(self, folder: SiteFolder, base: str, *, scratch: Path) -> None:
        self._folder, self._base = folder, base
        self._numbers = _Numbers()
        self._waiting, self._lengths = array("I"), array("q")
        self._first_waiting = self.count = 0
        self._block: dict[int, SearchEntry] = {}
        self._shards: list[str] = []
        self._large: list[str] = []
        scratch.mkdir(parents=True, exist_ok=True)
        self._places: BinaryIO = tempfile.TemporaryFile(dir=scratch)  # noqa: SIM115 - lives as long as the index
        # For each part where its places lie: offset and length in bytes, chunk by chunk.
        self._runs: list[list[tuple[int, int]]] = [[] for _ in range(PARTS)]

    def add(self, entry: SearchEntry) -> None:
        """Add the next entry.

        Raises:
            InputError: If there are more than the search can hold.
        """
        if self.count >= MOST_ENTRIES:
            raise InputError(f"A case can have {MOST_ENTRIES:,} documents and pages in its search, not more.")
        words = list(map(self._numbers.__getitem__, entry_words(entry)))
        self._waiting.extend(words)
        self._lengths.append(len(words))
        self._block[self.count] = entry
        self.count += 1
        if len(self._waiting) > PLACES_AT_A_TIME:
            self._spill()
        if self.count % ENTRIES_PER_BLOCK == 0:
            self._write_block()

    def finish(self) -> None:
        """Write the words."""
        if self._block:
            self._write_block()
        self._spill()
        for part, words in enumerate(self._numbers.words):
            self._write_part(part, words)
        self._folder.put(f"{self._base}n.js", facts_file(self.count, self._shards, self._large))

    def close(self) -> None:
        """Give the places that were kept on disk back."""
        self._places.close()

    def _spill(self) -> None:
        """Sort what waits into its parts and put it on disk."""
        numbers = np.array(self._waiting, dtype=np.uint32)
        lengths = np.array(self._lengths, dtype=np.int64)
        entries = np.repeat(np.arange(self._first_waiting, self._first_waiting + len(lengths)), lengths)
        starts = np.repeat(np.cumsum(lengths) - lengths, lengths)
        positions = np.minimum(np.arange(len(numbers)) - starts, _LAST_POSITION)
        parts = (numbers >> _WORD_BITS).astype(np.uint8)
        words = (numbers & ((1 << _WORD_BITS) - 1)).astype(np.uint64)
        keys = words << np.uint64(_ENTRY_BITS + _POSITION_BITS)
        keys |= (entries << _POSITION_BITS | positions).astype(np.uint64)
        order = np.argsort(parts, kind="stable")
        at = self._places.seek(0, os.SEEK_END)
        keys[order].tofile(self._places)
        for part, count in enumerate(np.bincount(parts, minlength=PARTS)[:PARTS].tolist()):
            if count:
                self._runs[part].append((at, count))
            at += 8 * count
        self._first_waiting = self.count
        del self._waiting[:], self._lengths[:]

    def _write_part(self, part: int, words: list[str]) -> None:
        """Write the files of the words of one part."""
        runs = []
        for at, count in self._runs[part]:
            self._places.seek(at)
            runs.append(np.fromfile(self._places, dtype=np.uint64, count=count))
        if not runs:
            return
        keys = np.concatenate(runs)
        keys.sort()
        entries = (keys >> np.uint64(_POSITION_BITS)) & np.uint64(MOST_ENTRIES - 1)
        numbers, data = packed_terms(
            (keys >> np.uint64(_ENTRY_BITS + _POSITION_BITS)).astype(np.int64),
            entries.astype(np.int64),
            (keys & np.uint64(_LAST_POSITION)).astype(np.int64),
        )
        by_shard: dict[str, dict[str, str | None]] = {}
        for number, places in zip(numbers.tolist(), data, strict=True):
            word = words[number]
            by_shard.setdefault(shard_of(word), {})[word] = places_text(places)
        for shard, found in by_shard.items():
            write_shard(self._folder, self._base, shard, found)
            self._shards.append(shard)
            self._large += [file_letters(word) for word, text in found.items() if text is None]

    def _write_block(self) -> None:
        block = min(self._block) // ENTRIES_PER_BLOCK
        self._folder.put(f"{self._base}t/{block}.js", block_file(block, self._block))
        self._block.clear()


def write_shard(folder: SiteFolder, base: str, shard: str, places: dict[str, str | None]) -> None:
    """Write one file of words and the files of its large ones; `None` leaves the file of a word as it is."""
    for word, text in places.items():
        path = f"{base}w/{file_letters(word)}.js"
        if text is None:
            folder.expect([path])
        elif is_large(word, text):
            folder.put(path, large_file(word, text))
            places[word] = None
        else:
            folder.take_away([path])
    folder.put(f"{base}i/{shard}.js", shard_file(shard, places))


@dataclass(frozen=True, slots=True)
class _Change:
    """Entries a word goes out of, and its positions in those it goes into."""

    gone: list[int]
    new: dict[int, list[int]]


def _positions(entry: SearchEntry | None) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for position, word in enumerate(entry_words(entry) if entry is not None else ()):
        if word:
            found.setdefault(word, []).append(min(position, _LAST_POSITION))
    return found


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
        changed = self._changed_places()
        by_shard: dict[str, list[str]] = {}
        for word in sorted(changed):
            by_shard.setdefault(shard_of(word), []).append(word)
        for shard, words in by_shard.items():
            self._mend_shard(shard, {word: changed[word] for word in words})
        for block in sorted({place // ENTRIES_PER_BLOCK for place in (*self._gone, *self._new)}):
            self._mend_block(block)
        self._folder.put(f"{self._base}n.js", facts_file(count, self._names_in("i/"), self._names_in("w/")))

    def close(self) -> None:
        """Do nothing: there is nothing to give back."""

    def _changed_places(self) -> dict[str, _Change]:
        """Return for every word the entries in which it stands elsewhere than before, with its places now."""
        changed: dict[str, _Change] = {}
        for place in sorted({*self._gone, *self._new}):
            before, after = _positions(self._gone.get(place)), _positions(self._new.get(place))
            for word in {*before, *after}:
                if before.get(word) != after.get(word):
                    change = changed.setdefault(word, _Change([], {}))
                    change.gone.append(place)
                    if word in after:
                        change.new[place] = after[word]
        return changed

    def _mend_shard(self, shard: str, changed: dict[str, _Change]) -> None:
        script = self._folder.read(f"{self._base}i/{shard}.js")
        places = read_shard(script) if script else {}
        for word, change in changed.items():
            text = places.get(word)
            if word in places and text is None:
                text = read_large(self._folder.read(f"{self._base}w/{file_letters(word)}.js") or "")
            old = unpacked(places_data(text)) if text else NO_POSTINGS
            after = merged(old, without=np.array(change.gone, dtype=np.int64), new=_postings(change.new))
            if len(after.entries):
                places[word] = places_text(packed(after))
            else:
                places.pop(word, None)
                self._folder.take_away([f"{self._base}w/{file_letters(word)}.js"])
        if places:
            write_shard(self._folder, self._base, shard, places)
        else:
            self._folder.take_away([f"{self._base}i/{shard}.js"])

    def _names_in(self, part: str) -> list[str]:
        under = self._base + part
        return [path.removeprefix(under)[:-3] for path in self._folder.existing if path.startswith(under)]

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
