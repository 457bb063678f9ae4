"""The number of each word, for all words of a buffer at once.

A word of up to 16 bytes is one or two 64-bit numbers: it is looked up in a table of such numbers, exactly, with NumPy.
The few longer ones go through a dictionary. That is several times as fast as a dictionary for all of them.
"""

from __future__ import annotations

import secrets
from bisect import bisect_left

import numpy as np
from numpy.typing import NDArray

from vaughn.fulltext.segment import Ids
from vaughn.fulltext.tokens import cut_length

# A "word" of the buffer that stands for an empty place, and its number.
EMPTY_PLACE = b"\x03"
NO_WORD = 0
_BLANK = ord(" ")
_HALF = 8
_LONG = 2 * _HALF
# The lower bytes of a 64-bit number that belong to a word of so many bytes.
_MASKS = np.array([(1 << 8 * size) - 1 for size in range(_HALF + 1)], np.uint64)
_FIRST_BITS = 14
_MISSING = 0xFFFFFFFF

Keys = NDArray[np.uint64]
Numbers = NDArray[np.uint32]


class WordTable:
    """Numbers of words, given in no particular order when they are first seen; from 1."""

    def __init__(self) -> None:
        self._count = 1
        self._short = _KeyTable(has_tails=False)
        self._middle = _KeyTable(has_tails=True)
        self._long: dict[bytes, int] = {}
        self._short.insert(_keys([EMPTY_PLACE[0]]), _keys([]), np.zeros(1, np.uint32))

    def __len__(self) -> int:
        return self._count - 1

    def numbers(self, buffer: bytes) -> tuple[Numbers, Ids]:
        """Return the number of each word of *buffer*, and the byte at which it begins.

        Args:
            buffer: Words with blanks between, in UTF-8.
        """
        letters = np.frombuffer(b" " + buffer + b" " * (_LONG + 1), np.uint8)
        is_blank = letters == _BLANK
        edges = np.flatnonzero(is_blank[1:] != is_blank[:-1]) + 1
        begins, ends = edges[0::2], edges[1::2]
        sizes = ends - begins
        # Eight bytes from each byte on, as one number.
        eights: Keys = np.ndarray((len(letters) - _HALF + 1,), "<u8", buffer=letters.data, strides=(1,))
        heads = eights[begins] & _MASKS[np.minimum(sizes, _HALF)]
        numbers = np.empty(len(begins), np.uint32)
        is_short = sizes <= _HALF
        numbers[is_short] = self._of(self._short, heads[is_short], _keys([]))
        middle = np.flatnonzero(~is_short & (sizes <= _LONG))
        tails = eights[begins[middle] + _HALF] & _MASKS[sizes[middle] - _HALF]
        numbers[middle] = self._of(self._middle, heads[middle], tails)
        for place in np.flatnonzero(sizes > _LONG).tolist():
            numbers[place] = self.long_number(cut_length(letters[begins[place] : ends[place]].tobytes()))
        return numbers, begins - 1

    def long_number(self, entry: bytes) -> int:
        """Return the number of an entry that is more than a word of 16 bytes: a longer word, or a joined one."""
        number = self._long.get(entry)
        if number is None:
            number = self._long[entry] = self._count
            self._count += 1
        return number

    def entries(self) -> tuple[list[bytes], Ids]:
        """Return all entries in the order of their bytes, and the number of each."""
        short, middle = self._short.all(), self._middle.all()
        heads, tails = np.concatenate([short[0], middle[0]]), np.concatenate([short[1], middle[1]])
        numbers = np.concatenate([short[2], middle[2]])
        order = np.lexsort((tails.byteswap(), heads.byteswap()))
        order = order[numbers[order] != NO_WORD]
        words: list[bytes] = np.stack([heads[order], tails[order]], axis=1).view(f"S{_LONG}")[:, 0].tolist()
        longer = sorted(self._long)
        places = [bisect_left(words, word) for word in longer]
        by_entry = np.insert(numbers[order].astype(np.int64), places, [self._long[word] for word in longer])
        return sorted([*words, *longer]), by_entry  # two sorted runs are only merged

    def _of(self, table: _KeyTable, heads: Keys, tails: Keys) -> Numbers:
        numbers = table.find(heads, tails)
        missing = np.flatnonzero(numbers == _MISSING)
        if len(missing):
            new, inverse = _distinct(heads[missing], tails[missing] if len(tails) else tails)
            given = np.arange(self._count, self._count + len(new), dtype=np.uint32)
            self._count += len(new)
            new = missing[new]
            table.insert(heads[new], tails[new] if len(tails) else tails, given)
            numbers[missing] = given[inverse]
        return numbers


class _KeyTable:
    """Numbers by keys of one or two 64-bit numbers, none with an empty head; slots in a row are tried in turn."""

    def __init__(self, *, has_tails: bool) -> None:
        self._has_tails = has_tails
        # Drawn anew for each table, so that nobody can write a text whose words all meet in one slot.
        self._factors = tuple(np.uint64(secrets.randbits(64) | 1) for _ in range(2))
        self._count = 0
        self._make_room(_FIRST_BITS)

    def find(self, heads: Keys, tails: Keys) -> Numbers:
        """Return the number of each key, `_MISSING` for those that have none."""
        slots = self._first_slots(heads, tails)
        held = self._heads[slots]
        is_it = held == heads
        if self._has_tails:
            is_it &= self._tails[slots] == tails
        numbers = np.where(is_it, self._numbers[slots], np.uint32(_MISSING))
        open_ = np.flatnonzero(~is_it & (held != 0))
        slots = slots[open_]
        while len(open_):
            slots = (slots + 1) & self._mask
            held = self._heads[slots]
            is_it = held == heads[open_]
            if self._has_tails:
                is_it &= self._tails[slots] == tails[open_]
            numbers[open_[is_it]] = self._numbers[slots[is_it]]
            goes_on = ~is_it & (held != 0)
            open_, slots = open_[goes_on], slots[goes_on]
        return numbers

    def insert(self, heads: Keys, tails: Keys, numbers: Numbers) -> None:
        """Put in keys that are not there yet, each once."""
        self._count += len(heads)
        if self._count * 2 > len(self._heads):
            old = self.all()
            self._make_room((self._count * 4).bit_length())
            self._put(*old)
        self._put(heads, tails, numbers)

    def all(self) -> tuple[Keys, Keys, Numbers]:
        """Return all keys with their numbers, in no order; tails are 0 where there are none."""
        used = np.flatnonzero(self._heads)
        tails = self._tails[used] if self._has_tails else np.zeros(len(used), np.uint64)
        return self._heads[used], tails, self._numbers[used]

    def _make_room(self, bits: int) -> None:
        self._shift = np.uint64(64 - bits)
        self._mask = (1 << bits) - 1
        self._heads = np.zeros(1 << bits, np.uint64)
        self._tails = np.zeros(1 << bits if self._has_tails else 0, np.uint64)
        self._numbers = np.zeros(1 << bits, np.uint32)

    def _first_slots(self, heads: Keys, tails: Keys) -> Ids:
        mixed = heads * self._factors[0]
        if self._has_tails:
            mixed = (mixed ^ (mixed >> np.uint64(32)) ^ tails) * self._factors[1]
        return (mixed >> self._shift).astype(np.int64)

    def _put(self, heads: Keys, tails: Keys, numbers: Numbers) -> None:
        waiting = np.arange(len(heads))
        slots = self._first_slots(heads, tails)
        owners = np.zeros(len(self._heads), np.uint32)
        while len(waiting):
            is_free = self._heads[slots] == 0
            # Of several that want a free slot one gets it.
            owners[slots[is_free]] = waiting[is_free]
            gets_it = is_free & (owners[slots] == waiting)
            taken, getting = slots[gets_it], waiting[gets_it]
            self._heads[taken] = heads[getting]
            self._numbers[taken] = numbers[getting]
            if self._has_tails:
                self._tails[taken] = tails[getting]
            waiting, slots = waiting[~gets_it], (slots[~gets_it] + 1) & self._mask


def _keys(values: list[int]) -> Keys:
    return np.array(values, np.uint64)


def _distinct(heads: Keys, tails: Keys) -> tuple[Ids, Ids]:
    """Return where each different key stands once, and for each key which of those it is."""
    order = np.lexsort((tails, heads)) if len(tails) else np.argsort(heads)
    is_new = np.ones(len(heads), np.bool_)
    is_new[1:] = heads[order[1:]] != heads[order[:-1]]
    if len(tails):
        is_new[1:] |= tails[order[1:]] != tails[order[:-1]]
    inverse = np.empty(len(heads), np.int64)
    inverse[order] = np.cumsum(is_new) - 1
    return order[is_new], inverse
