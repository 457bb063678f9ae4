"""What Bates numbers does a whole column spell? Read with NumPy where most of them have one form, singly elsewhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import overload

import numpy as np
import numpy.typing as npt

from vaughn.model import BatesNumber, read_bates
from vaughn.receive.packed import slim

# More digits than this do not fit a signed 64-bit number.
_MOST_DIGITS = 18
# Odd number that spreads numbers over 64 bits (the golden ratio's fraction).
_SPREAD = np.int64(-0x61C8864680B583EB)
_SPELLED_AT_ONCE = 4096
# So many texts show what form most of a column has.
_SAMPLE = 128
# Texts that wait to be read together: a column is judged by its sample.
_WAITING = 1 << 14
# Texts read together: enough to be quick, few enough to be small.
_AT_ONCE = 100_000


Codes = npt.NDArray[np.int8] | npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class BatesColumn:
    """Many numbers at once. `number` is -1 where the text spells none; the codes point into the name lists."""

    prefixes: tuple[str, ...]
    suffixes: tuple[str, ...]
    prefix: Codes
    number: npt.NDArray[np.int64]
    width: npt.NDArray[np.int8]
    suffix: Codes

    def __len__(self) -> int:
        return len(self.number)

    def taken(self, rows: npt.NDArray[np.int64]) -> BatesColumn:
        """Return the numbers of rising *rows*; the same object if these are all."""
        if len(rows) == len(self):
            return self
        columns = (self.prefix[rows], self.number[rows], self.width[rows], self.suffix[rows])
        return BatesColumn(self.prefixes, self.suffixes, *columns)

    def stretch(self, start: int, end: int) -> BatesColumn:
        """Return the numbers from *start* to before *end*."""
        part = slice(start, end)
        columns = (self.prefix[part], self.number[part], self.width[part], self.suffix[part])
        return BatesColumn(self.prefixes, self.suffixes, *columns)

    @classmethod
    def joined(cls, columns: Sequence[BatesColumn]) -> BatesColumn:
        """Return columns one after the other as one."""
        if len(columns) == 1:
            return columns[0]
        prefixes: dict[str, int] = {}
        suffixes: dict[str, int] = {}
        parts: list[tuple[Codes, npt.NDArray[np.int64], npt.NDArray[np.int8], Codes]] = []
        for one in columns:
            prefix = _moved(one.prefix, [prefixes.setdefault(text, len(prefixes)) for text in one.prefixes])
            suffix = _moved(one.suffix, [suffixes.setdefault(text, len(suffixes)) for text in one.suffixes])
            parts.append((prefix, one.number, one.width, suffix))
        if not parts:
            return read_column(())
        return cls(tuple(prefixes), tuple(suffixes), *(np.concatenate(part) for part in zip(*parts, strict=True)))

    def at(self, index: int) -> BatesNumber | None:
        """Return one number as a value."""
        if self.number[index] < 0:
            return None
        return BatesNumber(
            self.prefixes[self.prefix[index]],
            int(self.number[index]),
            self.suffixes[self.suffix[index]],
            int(self.width[index]),
        )


def _moved(codes: Codes, places: list[int]) -> Codes:
    """Return *codes* as they count in a longer list of texts."""
    return codes if places == list(range(len(places))) else _small(np.array(places, np.int32)[codes], max(places))


def _small(codes: npt.NDArray[np.int32], most: int) -> Codes:
    return codes.astype(np.int8) if most <= np.iinfo(np.int8).max else codes


def folded_prefix(prefix: str) -> str:
    """Return a prefix as it is compared: without blanks and dashes, in one case (``ABC 0001``, ``ABC-0001``)."""
    return re.sub(r"[\s_\-]+", "", prefix).casefold()


def read_column(texts: Sequence[str]) -> BatesColumn:
    """Return the numbers that *texts* spell, one for each."""
    size = len(texts)
    prefixes: dict[str, int] = {}
    suffixes: dict[str, int] = {"": 0}
    prefix, suffix = np.zeros(size, np.int32), np.zeros(size, np.int32)
    number, width = np.full(size, -1, np.int64), np.zeros(size, np.int8)
    single = np.ones(size, dtype=bool)
    shape = _commonest_shape(texts)
    if shape is not None:
        length, start = shape
        lead = None
        for at in range(0, size, _AT_ONCE):
            rows, values, lead = _read_fixed(texts[at : at + _AT_ONCE], length, start, lead=lead)
            rows += at
            prefix[rows] = prefixes.setdefault(lead.decode("latin-1"), len(prefixes))
            number[rows], width[rows], single[rows] = values, length - start, False
    for index in np.flatnonzero(single).tolist():
        read = read_bates(texts[index])
        if read is not None:
            prefix[index] = prefixes.setdefault(read.prefix, len(prefixes))
            suffix[index] = suffixes.setdefault(read.suffix, len(suffixes))
            number[index], width[index] = read.number, read.width
    prefix_codes, suffix_codes = _small(prefix, len(prefixes)), _small(suffix, len(suffixes))
    return BatesColumn(tuple(prefixes) or ("",), tuple(suffixes), prefix_codes, number, width, suffix_codes)


def _commonest_shape(texts: Sequence[str]) -> tuple[int, int] | None:
    """Return (length, where the digits begin) of the commonest form, judged by a sample."""
    step = max(1, len(texts) // _SAMPLE)
    shapes: Counter[tuple[int, int, str]] = Counter()
    for text in texts[::step]:
        read = read_bates(text) if text.isascii() and text == text.strip() else None
        if read is not None and not read.suffix and read.width <= _MOST_DIGITS:
            shapes[len(text), len(read.prefix), read.prefix] += 1
    if not shapes:
        return None
    length, start, _ = shapes.most_common(1)[0][0]
    return length, start


def _read_fixed(
    texts: Sequence[str], length: int, start: int, *, lead: bytes | None
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], bytes]:
    """Return rows that have the commonest form, their numbers, and the prefix they share."""
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    rows = np.flatnonzero(lengths == length)
    joined = "".join(texts) if len(rows) == len(texts) else "".join(texts[i] for i in rows.tolist())
    # Latin-1 keeps one byte a character; anything beyond it is no digit and is read singly.
    table = np.frombuffer(joined.encode("latin-1", "replace"), np.uint8).reshape(len(rows), length)
    # Bytes below "0" become large ones.
    digits = table[:, start:] - np.uint8(ord("0"))
    fits = digits.max(axis=1) <= 9
    if lead is None:
        lead = _commonest_lead(table[fits, :start]) if start else b""
    if start:
        fits &= (table[:, :start] == np.frombuffer(lead, np.uint8)).all(axis=1)
        # The digit before the number would belong to it.
        fits &= not chr(lead[-1]).isdigit()
    numbers = np.zeros(len(rows), np.int64)
    for place in range(length - start):
        numbers *= 10
        numbers += digits[:, place]
    return rows[fits], numbers[fits], lead


def _commonest_lead(leads: npt.NDArray[np.uint8]) -> bytes:
    sample = leads[:: max(1, len(leads) // 512)]
    return Counter(bytes(row) for row in sample).most_common(1)[0][0] if len(sample) else b"\0"


class SpelledNumbers(Sequence[str]):
    """Numbers as written, without blanks around them: kept as numbers and spelled when asked for."""

    def __init__(self, texts: Sequence[str] = ()) -> None:
        self._columns: list[BatesColumn] = []
        self._waiting: list[str] = []
        self._odd: dict[int, str] = {}
        self._size = 0
        self.extend(texts)

    def extend(self, texts: Sequence[str]) -> None:
        """Add numbers at the end."""
        self._waiting += texts
        self._size += len(texts)
        if len(self._waiting) >= _WAITING:
            self._read()

    def _read(self) -> None:
        texts, self._waiting = self._waiting, []
        first = self._size - len(texts)
        column = read_column(texts)
        self._odd.update({first + row: texts[row].strip() for row in np.flatnonzero(column.number < 0).tolist()})
        self._columns.append(replace(column, number=slim(column.number)))

    @property
    def column(self) -> BatesColumn:
        """Return all of them, read."""
        if self._waiting or not self._columns:
            self._read()
        if len(self._columns) > 1:
            self._columns = [BatesColumn.joined(self._columns)]
        return self._columns[0]

    def chosen(self, rows: npt.NDArray[np.int64]) -> SpelledNumbers:
        """Return the numbers of rising *rows*, without spelling any."""
        chosen = SpelledNumbers()
        chosen._columns = [self.column.taken(rows)]
        chosen._odd = (
            {place: self._odd[row] for place, row in enumerate(rows.tolist()) if row in self._odd} if self._odd else {}
        )
        chosen._size = len(rows)
        return chosen

    def hashes(self) -> npt.NDArray[np.int64]:
        """Return a 64-bit hash of each; equal ones have equal hashes within one run."""
        column = self.column
        forms = (column.prefix.astype(np.int64) * len(column.suffixes) + column.suffix) * 128 + column.width
        kinds, place = np.unique(forms, return_inverse=True)
        parts = [
            (kind // 128 // len(column.suffixes), kind // 128 % len(column.suffixes), kind % 128) for kind in kinds
        ]
        spread = [hash((column.prefixes[one], column.suffixes[other], int(width))) for one, other, width in parts]
        hashes = column.number * _SPREAD ^ np.array(spread, np.int64)[place]
        for row, text in self._odd.items():
            hashes[row] = hash(text)
        return hashes

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[str]:
        for at in range(0, self._size, _SPELLED_AT_ONCE):
            yield from self[at : at + _SPELLED_AT_ONCE]

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        if isinstance(index, slice):
            return self.taken(np.arange(*index.indices(self._size)))
        return self.taken(np.array([index + self._size if index < 0 else index]))[0]

    def taken(self, rows: npt.NDArray[np.int64]) -> list[str]:
        """Return the numbers of *rows*."""
        column = self.column
        prefixes, suffixes, odd = column.prefixes, column.suffixes, self._odd
        parts = (part[rows].tolist() for part in (column.prefix, column.number, column.width, column.suffix))
        texts = [
            f"{prefixes[prefix]}{number:0{width}d}{suffixes[suffix]}" if number >= 0 else ""
            for prefix, number, width, suffix in zip(*parts, strict=True)
        ]
        for place in np.flatnonzero(column.number[rows] < 0).tolist():
            texts[place] = odd[int(rows[place])]
        return texts
