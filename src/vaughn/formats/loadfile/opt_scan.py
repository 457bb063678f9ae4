"""The rows of one block of an OPT, read with whole-array operations; odd rows are put in their places."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vaughn.formats.loadfile.batches import Bools, Int64s, PageRow
from vaughn.formats.loadfile.dialect import Dialect
from vaughn.formats.loadfile.lines import LineBlock, Units
from vaughn.formats.loadfile.scan import field_bounds, regular_lines

OPT_FIELDS = 7
KEY, VOLUME, PATH, BREAK, FOLDER, BOX, COUNT = range(OPT_FIELDS)
WORD_BYTES = 8
MAX_COUNT_DIGITS = 9
BLANK, UPPER_Y, QUOTE, COMMA = 0x20, ord("Y"), ord('"'), ord(",")
NO_LOWER_CASE = np.uint8(0xDF)
# Odd 64-bit constant that spreads keys (the golden ratio's fraction).
SPREAD = np.uint64(0x9E3779B97F4A7C15)
Words = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where one field lies in each line: first unit, and unit after the last."""

    left: Int64s
    right: Int64s

    def chosen(self, rows: Bools) -> Stretch:
        """Return the stretches of *rows* alone."""
        return Stretch(self.left[rows], self.right[rows])


@dataclass(frozen=True, slots=True)
class OptLines:
    """The regular lines of a block: which they are, where their texts lie, what their marks and counts say."""

    mask: Bools
    key: Stretch
    volume: Stretch
    path: Stretch
    breaks: Bools
    folders: Bools
    boxes: Bools
    declared: Int64s

    def chosen(self, rows: Bools) -> OptLines:
        """Return *rows* of the regular lines alone."""
        mask = self.mask.copy()
        mask[np.flatnonzero(mask)[~rows]] = False
        return OptLines(
            mask, self.key.chosen(rows), self.volume.chosen(rows), self.path.chosen(rows), self.breaks[rows],
            self.folders[rows], self.boxes[rows], self.declared[rows],
        )  # fmt: skip


def regular_opt_lines(block: LineBlock, dialect: Dialect) -> OptLines:
    """Return the lines that have seven plain fields, single letters as marks and digits as a count."""
    mask = _seven_fields(block, dialect)
    commas = _commas(block, mask, dialect)
    starts, ends = block.starts[mask], block.ends[mask]
    key, volume = Stretch(starts, commas[0]), Stretch(commas[0] + 1, commas[1])
    path = Stretch(commas[1] + 1, commas[2])
    good: Bools = (path.right - path.left >= WORD_BYTES) & (key.right - key.left >= WORD_BYTES)
    for field in (key, volume, path):
        is_bare = (block.units[field.left] > BLANK) & (block.units[field.right - 1] > BLANK)
        good &= is_bare | (field.left == field.right)
    marks = np.zeros((3, len(starts)), dtype=np.bool_)
    filled = np.flatnonzero(commas[5] - commas[2] != 3)
    for place, mark in enumerate(marks):
        left, right = commas[2 + place][filled] + 1, commas[3 + place][filled]
        good[filled] &= right - left <= 1
        mark[filled] = (right - left == 1) & (block.units[left] & NO_LOWER_CASE == UPPER_Y)
    declared, are_digits = _counts(block.units, commas[5] + 1, ends - commas[5] - 1)
    good &= are_digits
    lines = OptLines(mask, key, volume, path, marks[0], marks[1], marks[2], declared)
    return lines if good.all() else lines.chosen(good)


def _seven_fields(block: LineBlock, dialect: Dialect) -> Bools:
    """Tell which lines have seven fields, no quote and nothing that is no text."""
    if block.unit_bytes > 1:
        return np.zeros(len(block), dtype=np.bool_)
    mask = regular_lines(block, dialect, width=OPT_FIELDS, header=np.empty(0, dtype=np.uint8)).mask
    if b'"' in block.data:
        quotes = np.flatnonzero(block.units == QUOTE)
        mask[np.searchsorted(block.after, quotes, side="right")] = False
    return mask


def _commas(block: LineBlock, mask: Bools, dialect: Dialect) -> list[Int64s]:
    """Return the places of the six commas in the lines of *mask*."""
    if not mask.any():
        return [np.empty(0, dtype=np.int64)] * (OPT_FIELDS - 1)
    if mask.all():
        places = np.flatnonzero(block.units == COMMA).reshape(-1, OPT_FIELDS - 1)
    else:
        places = field_bounds(block, dialect, width=OPT_FIELDS, mask=mask).right
    return [np.ascontiguousarray(places[:, place]) for place in range(OPT_FIELDS - 1)]


def _counts(units: Units, left: Int64s, length: Int64s) -> tuple[Int64s, Bools]:
    """Return the declared counts, -1 where there is none, and whether each is made of digits only."""
    declared = np.full(len(left), -1, dtype=np.int64)
    sound = np.ones(len(left), dtype=np.bool_)
    filled = np.flatnonzero(length > 0)
    if not len(filled):
        return declared, sound
    value = np.zeros(len(filled), dtype=np.int64)
    sound[filled[length[filled] > MAX_COUNT_DIGITS]] = False
    for place in range(min(int(length.max(initial=0)), MAX_COUNT_DIGITS)):
        reached = length[filled] > place
        digit = units[np.minimum(left[filled] + place, len(units) - 1)].astype(np.int64) - ord("0")
        sound[filled[reached & ((digit < 0) | (digit > 9))]] = False
        value = np.where(reached, value * 10 + digit, value)
    declared[filled] = value
    return declared, sound


def words_of(block: LineBlock) -> Words:
    """Return the eight bytes that begin at each byte of the block, as one number each."""
    return np.ndarray((max(len(block.data) - WORD_BYTES + 1, 0),), dtype="<u8", buffer=block.data, strides=(1,))


def hashed(words: Words, left: Int64s, right: Int64s) -> Words:
    """Return a number for each stretch of at least eight bytes; equal stretches have equal numbers."""
    length = right - left
    total = words[right - WORD_BYTES] + length.astype(np.uint64)
    for place in range(0, int(length.max(initial=WORD_BYTES)) - WORD_BYTES, WORD_BYTES):
        total = (total ^ (total >> np.uint64(29))) * SPREAD + words[np.minimum(left + place, right - WORD_BYTES)]
    return total


def repeats_before(words: Words, left: Int64s, right: Int64s) -> Bools:
    """Tell for each stretch of at least eight bytes whether it equals the one before it."""
    same = np.zeros(len(left), dtype=np.bool_)
    if len(left) < 2:
        return same
    length = right - left
    tail = words[right - WORD_BYTES]
    same[1:] = (length[1:] == length[:-1]) & (tail[1:] == tail[:-1])
    for place in range(0, int(length.max(initial=WORD_BYTES)) - WORD_BYTES, WORD_BYTES):
        if not same.any():
            break
        here = words[np.minimum(left + place, right - WORD_BYTES)]
        same[1:] &= here[1:] == here[:-1]
    return same


class OptRows:
    """Page rows of one block, a `PageRowBatch`: texts are sliced when asked for."""

    def __init__(self, block: LineBlock, regular: OptLines, odd: list[PageRow], *, encoding: str) -> None:
        self._block = block
        self._texts = {KEY: regular.key, VOLUME: regular.volume, PATH: regular.path}
        self._encoding = encoding
        lines = np.flatnonzero(regular.mask)
        all_lines = np.concatenate((lines + block.first_line, np.array([row.line for row in odd], dtype=np.int64)))
        order = np.argsort(all_lines, kind="stable") if odd else np.arange(len(lines))
        place = np.empty(len(order), dtype=np.int64)
        place[order] = np.arange(len(order))
        self.place = place[: len(lines)]
        self.odd: dict[int, PageRow] = dict(zip(place[len(lines) :].tolist(), odd, strict=True))
        self.lines: Int64s = all_lines[order]
        starts = np.array([row.start for row in odd], dtype=np.int64)
        self.starts: Int64s = np.concatenate((block.starts[lines] * block.unit_bytes + block.base, starts))[order]
        breaks = np.array([row.is_break for row in odd], dtype=np.bool_)
        self.breaks: Bools = np.concatenate((regular.breaks, breaks))[order]
        counts = np.array([row.declared for row in odd], dtype=np.int64)
        self.declared: Int64s = np.concatenate((regular.declared, counts))[order]
        self.page_in_file: Int64s = np.ones(len(order), dtype=np.int64)

    def __len__(self) -> int:
        return len(self.lines)

    @property
    def keys(self) -> list[str]:
        """Number of each page."""
        return self._column(KEY, {spot: row.key for spot, row in self.odd.items()})

    @property
    def volumes(self) -> list[str]:
        """Volume each page names."""
        return self._column(VOLUME, {spot: row.volume for spot, row in self.odd.items()})

    @property
    def paths(self) -> list[str]:
        """Path each page names."""
        return self._column(PATH, {spot: row.path for spot, row in self.odd.items()})

    def _column(self, field: int, odd: dict[int, str]) -> list[str]:
        data, encoding = self._block.data, self._encoding
        left, right = self._texts[field].left.tolist(), self._texts[field].right.tolist()
        regular = [data[a:b].decode(encoding) for a, b in zip(left, right, strict=True)]
        if not odd:
            return regular
        values = [""] * len(self)
        for spot, value in zip(self.place.tolist(), regular, strict=True):
            values[spot] = value
        for spot, value in odd.items():
            values[spot] = value
        return values

    def path_at(self, spot: int) -> str:
        """Return one path."""
        if spot in self.odd:
            return self.odd[spot].path
        row = int(np.searchsorted(self.place, spot))
        left, right = int(self._texts[PATH].left[row]), int(self._texts[PATH].right[row])
        raw: bytes = self._block.data[left:right]
        return raw.decode(self._encoding)

    def same_path_as_before(self, words: Words) -> Bools:
        """Tell for each row whether it names the same path as the row before it (false for the first)."""
        same = np.zeros(len(self), dtype=np.bool_)
        same[self.place] = repeats_before(words, self._texts[PATH].left, self._texts[PATH].right)
        for spot in self.odd:
            for later in (spot, spot + 1):
                if 0 < later < len(self):
                    same[later] = self.path_at(later) == self.path_at(later - 1)
        return same

    def key_hashes(self, words: Words) -> Words:
        """Return a number for each row's key; equal keys have equal numbers."""
        numbers = np.empty(len(self), dtype=np.uint64)
        numbers[self.place] = hashed(words, self._texts[KEY].left, self._texts[KEY].right)
        for spot, row in self.odd.items():
            numbers[spot] = key_hash(row.key.encode(self._encoding, "replace"))
        return numbers


def key_hash(key: bytes) -> int:
    """Return the number of one key: of its bytes if it is short, else as `hashed` gives it."""
    if len(key) < WORD_BYTES:
        return int.from_bytes(key, "little") | (0xFF << 56)
    words = np.ndarray((len(key) - WORD_BYTES + 1,), dtype="<u8", buffer=key, strides=(1,))
    return int(hashed(words, np.zeros(1, dtype=np.int64), np.array([len(key)], dtype=np.int64))[0])
