"""The words of one text of a segment, in order, so that a word, a beginning, an ending or an inside is found at once.

All words stand in UTF-8 in the order of their bytes, each followed by a line end, in one array; a second array says
where each begins, a third gives them in the order of their last letters. A joined word (see `vaughn.fulltext.tokens`)
is an entry of its own: the word and one `JOINED` for each width above one, so it follows the printed word.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vaughn.fulltext.segment import Ids, Mask

VOCABULARY_ARRAYS = ("blob", "begins", "backwards", "joined", "joined_widths")
JOINED = b"\x02"
_LINE_END = b"\n"
# One entry in so many is kept as an object: what lies between two of them is found in few steps.
_BETWEEN_LANDMARKS = 64
# Endings are ordered by so many bytes: more are looked at one by one.
_ORDERED_ENDING_BYTES = 16
# An inside of so few letters stands in many words: the bytes are compared all at once.
_SHORT_INSIDE = 3


def vocabulary_arrays(entries: Sequence[bytes]) -> dict[str, NDArray[Any]]:
    """Return what is kept of *entries* (sorted, each once), by name."""
    blob = np.frombuffer(_LINE_END.join([*entries, b""]), np.uint8)
    lengths = np.fromiter(map(len, entries), np.int64, len(entries))
    begins = np.concatenate([[0], np.cumsum(lengths + 1)])
    ends, widths = _bare_ends(blob, begins)
    joined = np.flatnonzero(widths > 1)
    return {
        "blob": blob,
        "begins": begins.astype(np.uint32),
        "backwards": _by_ending(blob, begins[:-1], ends).astype(np.uint32),
        "joined": joined.astype(np.uint32),
        "joined_widths": widths[joined].astype(np.uint8),
    }


def _bare_ends(blob: NDArray[np.uint8], begins: Ids) -> tuple[Ids, Ids]:
    ends = begins[1:] - 1
    widths = np.ones(len(ends), np.int64)
    while True:
        marked = blob[ends - 1] == JOINED[0] if len(ends) else np.zeros(0, np.bool_)
        if not marked.any():
            return ends, widths
        ends = ends - marked
        widths += marked


def _by_ending(blob: NDArray[np.uint8], begins: Ids, ends: Ids) -> Ids:
    keys = []
    for first in (8, 0):
        places = ends[:, None] - 1 - np.arange(first, first + 8)
        letters = np.where(places >= begins[:, None], blob[np.maximum(places, 0)], 0).astype(np.uint8)
        keys.append(np.ascontiguousarray(letters).view(">u8")[:, 0].astype(np.uint64))
    return np.lexsort(keys)


class Vocabulary:
    """The entries of one text, by number."""

    def __init__(self, arrays: dict[str, NDArray[Any]]) -> None:
        self._blob = arrays["blob"].data
        self._begins = arrays["begins"].data
        self._begins_array = arrays["begins"]
        self._backwards = arrays["backwards"].data
        self._backwards_array = arrays["backwards"]
        self._beyond_ascii: Ids | None = None
        self._landmarks: list[bytes] | None = None
        self.joined: NDArray[np.uint32] = arrays["joined"]
        self.joined_widths: NDArray[np.uint8] = arrays["joined_widths"]

    def __len__(self) -> int:
        return len(self._backwards)

    def __getitem__(self, number: int) -> bytes:
        return bytes(self._blob[self._begins[number] : self._begins[number + 1] - 1])

    def word(self, number: int) -> bytes:
        """Return the word of an entry, without the marks of a joined word."""
        return self[number].rstrip(JOINED)

    def entries(self) -> list[bytes]:
        """Return all entries, in order."""
        return bytes(self._blob).split(_LINE_END)[:-1]

    def all_of(self, word: bytes) -> range:
        """Return the entries of exactly *word*, as printed and joined."""
        low = self._first_not_before(word)
        high = low
        while high < len(self) and self.word(high) == word:
            high += 1
        return range(low, high)

    def _first_not_before(self, word: bytes) -> int:
        if self._landmarks is None:
            self._landmarks = [self[number] for number in range(0, len(self), _BETWEEN_LANDMARKS)]
        last = bisect_left(self._landmarks, word) * _BETWEEN_LANDMARKS
        within = range(max(last - _BETWEEN_LANDMARKS, 0), min(last, len(self)))
        return within.start + bisect_left(within, word, key=self.__getitem__)

    def beginning_with(self, prefix: bytes) -> range:
        """Return the entries that begin with *prefix*."""
        size = len(prefix)
        low = self._first_not_before(prefix)
        return range(low, bisect_right(range(len(self)), prefix, lo=low, key=lambda number: self[number][:size]))

    def ending_with(self, suffix: bytes) -> Ids:
        """Return the entries whose word ends with *suffix*, in no order."""
        ending = suffix[::-1][:_ORDERED_ENDING_BYTES]
        low = bisect_left(self._backwards, ending, key=lambda number: self.word(number)[::-1][: len(ending)])
        high = bisect_right(self._backwards, ending, lo=low, key=lambda number: self.word(number)[::-1][: len(ending)])
        found = self._backwards_array[low:high].astype(np.int64)
        if len(suffix) <= _ORDERED_ENDING_BYTES:
            return found
        return np.array([number for number in found.tolist() if self.word(number).endswith(suffix)], np.int64)

    def holding(self, inside: bytes, within: range) -> Ids:
        """Return the entries in *within* that hold *inside* anywhere, sorted."""
        if not within:
            return np.zeros(0, np.int64)
        first, last = self._begins[within.start], self._begins[within.stop]
        if len(inside) <= _SHORT_INSIDE:
            letters = np.asarray(self._blob[first:last])
            fits = letters[: len(letters) - len(inside) + 1] == inside[0]
            for offset, letter in enumerate(inside[1:], start=1):
                fits &= letters[offset : offset + len(fits)] == letter
            places = np.flatnonzero(fits) + first
        else:
            found = re.compile(re.escape(inside)).finditer(self._blob[first:last])
            places = np.array([match.start() for match in found], np.int64) + first
        entries = np.searchsorted(self._begins_array, places, "right") - 1
        return entries[np.flatnonzero(np.diff(entries, prepend=-1))]

    def matches(self, expression: re.Pattern[bytes], *, first: bytes, last: bytes) -> list[tuple[int, bytes]]:
        """Return the entries that a line by line *expression* matches, from those that begin with *first* to *last*."""
        within = range(self.beginning_with(first).start, self.beginning_with(last).stop)
        low, high = self._begins[within.start], self._begins[within.stop]
        found = [(match.start() + low, match.group()) for match in expression.finditer(self._blob[low:high])]
        numbers = np.searchsorted(self._begins_array, np.array([place for place, _ in found], np.int64))
        return list(zip(numbers.tolist(), (text for _, text in found), strict=True))

    def beyond_ascii(self) -> Ids:
        """Return the entries with a letter of more than one byte, sorted."""
        if self._beyond_ascii is None:
            places = np.flatnonzero(np.asarray(self._blob) >= 0x80)
            self._beyond_ascii = np.unique(np.searchsorted(self._begins_array, places, "right") - 1)
        return self._beyond_ascii

    def spelled(self, within: range) -> tuple[NDArray[np.uint8], Ids, Ids]:
        """Return the bytes of the words in *within*, one after the other, and where each begins and ends."""
        low, high = self._begins[within.start], self._begins[within.stop]
        begins = self._begins_array[within.start : within.stop + 1].astype(np.int64) - low
        ends = begins[1:] - 1
        rows = slice(*np.searchsorted(self.joined, [within.start, within.stop]))
        ends[self.joined[rows].astype(np.int64) - within.start] -= self.joined_widths[rows].astype(np.int64) - 1
        return np.asarray(self._blob[low:high]), begins[:-1], ends

    def code_points(self, numbers: Ids) -> tuple[NDArray[Any], Ids, Ids]:
        """Return the letters of the words *numbers* as code points, and where each of the words begins and ends."""
        if not len(numbers):
            return np.zeros(0, np.uint8), numbers, numbers
        first, last = int(numbers[0]), int(numbers[-1]) + 1
        if not len(self.beyond_ascii()):
            begins = self._begins_array[numbers].astype(np.int64)
            ends = self._begins_array[numbers + 1].astype(np.int64) - self.widths(numbers)
            return np.asarray(self._blob), begins, ends
        text = bytes(self._blob[self._begins[first] : self._begins[last]]).decode()
        letters = np.frombuffer(text.encode("utf-32-le"), np.uint32)
        stops = np.flatnonzero(letters == _LINE_END[0])
        begins = np.concatenate([[0], stops[:-1] + 1])[numbers - first]
        return letters, begins, stops[numbers - first] - (self.widths(numbers) - 1)

    def is_joined(self, numbers: Ids) -> Mask:
        """Tell which of *numbers* are joined words."""
        return self.widths(numbers) > 1

    def widths(self, numbers: Ids) -> Ids:
        """Return how many places wide the words *numbers* are: 1, but for joined ones."""
        widths = np.ones(len(numbers), np.int64)
        if len(self.joined):
            rows = np.minimum(np.searchsorted(self.joined, numbers), len(self.joined) - 1)
            is_joined = self.joined[rows] == numbers
            widths[is_joined] = self.joined_widths[rows[is_joined]]
        return widths
