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
WIDE_BYTES = (32, 16)
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
    mask, commas = _seven_fields(block, dialect)
    starts, ends = (block.starts, block.ends) if mask.all() else (block.starts[mask], block.ends[mask])
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


def _seven_fields(block: LineBlock, dialect: Dialect) -> tuple[Bools, list[Int64s]]:
    """Tell which lines have seven fields, no quote and nothing that is no text; and where their six commas are."""
    places = np.flatnonzero(block.units == COMMA)
    if len(places) == (OPT_FIELDS - 1) * len(block) and _is_plain(block):
        commas = places.reshape(-1, OPT_FIELDS - 1)
        if (commas[:, 0] >= block.starts).all() and (commas[:, -1] < block.ends).all():
            return np.ones(len(block), dtype=np.bool_), _columns(commas)
    mask = np.zeros(len(block), dtype=np.bool_)
    if block.unit_bytes == 1:
        mask = regular_lines(block, dialect, width=OPT_FIELDS, header=np.empty(0, dtype=np.uint8)).mask
    if b'"' in block.data:
        quotes = np.flatnonzero(block.units == QUOTE)
        mask[np.searchsorted(block.after, quotes, side="right")] = False
    if not mask.any():
        return mask, [np.empty(0, dtype=np.int64)] * (OPT_FIELDS - 1)
    return mask, _columns(field_bounds(block, dialect, width=OPT_FIELDS, mask=mask).right[:, :-1])


def _is_plain(block: LineBlock) -> bool:
    """Tell whether every line is whole and has nothing but ASCII, no quote and no null."""
    if block.is_cut or block.unit_bytes > 1 or not block.data.isascii():
        return False
    return b'"' not in block.data and b"\0" not in block.data


def _columns(commas: Int64s) -> list[Int64s]:
    return [np.ascontiguousarray(commas[:, place]) for place in range(OPT_FIELDS - 1)]


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


def pieces_of(data: bytes, starts: Int64s, *, width_bytes: int) -> Words:
    """Return the bytes from each of *starts* on, eight bytes a number: one row a start, *width_bytes* a row."""
    # A wide piece costs no more than a narrow one: what takes time is each jump.
    windows = np.ndarray((max(len(data) - width_bytes + 1, 0),), f"V{width_bytes}", buffer=data, strides=(1,))
    pieces: Words = windows[starts].view("<u8").reshape(len(starts), width_bytes // WORD_BYTES)
    return pieces


def _width_within(length: int) -> int:
    """Return the widest piece that a stretch of *length* bytes holds."""
    return next((width for width in WIDE_BYTES if width <= length), WORD_BYTES)


def hashed(data: bytes, left: Int64s, right: Int64s) -> NDArray[np.uint64]:
    """Return a number for each stretch of at least eight bytes; equal stretches have equal numbers in every block."""
    length = right - left
    total = pieces_of(data, right - WORD_BYTES, width_bytes=WORD_BYTES)[:, 0] + length.astype(np.uint64)
    shortest, longest = (int(length.min()), int(length.max())) if len(length) else (0, 0)
    place = 0
    while place + WORD_BYTES <= longest:
        width = _width_within(shortest - place)
        pieces = pieces_of(data, np.minimum(left + place, right - width), width_bytes=width)
        for word in range(width // WORD_BYTES):
            mixed = (total ^ (total >> np.uint64(29))) * SPREAD + pieces[:, word]
            place += WORD_BYTES
            # What a longer stretch beside it needs must not change the number of a shorter one.
            total = mixed if place <= shortest else np.where(length >= place, mixed, total)
    return total


def repeats_before(data: bytes, left: Int64s, right: Int64s) -> Bools:
    """Tell for each stretch of at least eight bytes whether it equals the one before it."""
    same = np.zeros(len(left), dtype=np.bool_)
    if len(left) < 2:
        return same
    length = right - left
    tail = pieces_of(data, right - WORD_BYTES, width_bytes=WORD_BYTES)[:, 0]
    rows = np.flatnonzero((length[1:] == length[:-1]) & (tail[1:] == tail[:-1])) + 1
    head, head_before, size = left[rows], left[rows - 1], length[rows]
    width = _width_within(int(size.min())) if len(rows) else WORD_BYTES
    for place in range(0, int(size.max(initial=0)) - WORD_BYTES, width):
        step = np.minimum(place, size - width)
        here = pieces_of(data, head + step, width_bytes=width)
        before = pieces_of(data, head_before + step, width_bytes=width)
        equal = here[:, 0] == before[:, 0]
        for word in range(1, width // WORD_BYTES):
            equal &= here[:, word] == before[:, word]
        if not equal.all():
            rows, head, head_before, size = rows[equal], head[equal], head_before[equal], size[equal]
    same[rows] = True
    return same


class OptRows:
    """Page rows of one block, a `PageRowBatch`: texts are sliced when asked for."""

    def __init__(self, block: LineBlock, regular: OptLines, odd: list[PageRow], *, encoding: str) -> None:
        self._block = block
        self._texts = {KEY: regular.key, VOLUME: regular.volume, PATH: regular.path}
        self._encoding = encoding
        lines = np.flatnonzero(regular.mask)
        self.place: Int64s = np.arange(len(lines))  # of the regular rows among all rows
        self.odd: dict[int, PageRow] = {}
        self.lines: Int64s = lines + block.first_line
        self.starts: Int64s = block.starts[lines] * block.unit_bytes + block.base
        self.breaks: Bools = regular.breaks
        self.declared: Int64s = regular.declared
        if odd:
            self._insert(odd)
        self.page_in_file: Int64s = np.ones(len(self.lines), dtype=np.int64)

    def _insert(self, rows: list[PageRow]) -> None:
        """Put *rows* in their places among the regular ones."""
        regular = len(self.lines)
        lines = np.concatenate((self.lines, np.array([row.line for row in rows], dtype=np.int64)))
        order = np.argsort(lines, kind="stable")
        self.lines = lines[order]
        self.starts = np.concatenate((self.starts, np.array([row.start for row in rows], dtype=np.int64)))[order]
        self.breaks = np.concatenate((self.breaks, np.array([row.is_break for row in rows], dtype=np.bool_)))[order]
        self.declared = np.concatenate((self.declared, np.array([row.declared for row in rows], dtype=np.int64)))[order]
        place = np.empty(len(order), dtype=np.int64)
        place[order] = np.arange(len(order))
        self.place = place[:regular]
        self.odd = dict(zip(place[regular:].tolist(), rows, strict=True))

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

    def same_path_as_before(self) -> Bools:
        """Tell for each row whether it names the same path as the row before it (false for the first)."""
        same = np.zeros(len(self), dtype=np.bool_)
        same[self.place] = repeats_before(self._block.data, self._texts[PATH].left, self._texts[PATH].right)
        for spot in self.odd:
            for later in (spot, spot + 1):
                if 0 < later < len(self):
                    same[later] = self.path_at(later) == self.path_at(later - 1)
        return same

    def key_hashes(self) -> Words:
        """Return a number for each row's key; equal keys have equal numbers."""
        numbers = np.empty(len(self), dtype=np.uint64)
        numbers[self.place] = hashed(self._block.data, self._texts[KEY].left, self._texts[KEY].right)
        for spot, row in self.odd.items():
            numbers[spot] = key_hash(row.key.encode(self._encoding, "replace"))
        return numbers


def key_hash(key: bytes) -> int:
    """Return the number of one key: of its bytes if it is short, else as `hashed` gives it."""
    if len(key) < WORD_BYTES:
        return int.from_bytes(key, "little") | (0xFF << 56)
    return int(hashed(key, np.zeros(1, dtype=np.int64), np.array([len(key)], dtype=np.int64))[0])
