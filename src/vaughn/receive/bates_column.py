"""What Bates numbers does a whole column spell? Read with NumPy where most of them have one form, singly elsewhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from vaughn.model import BatesNumber, read_bates

# More digits than this do not fit a signed 64-bit number.
_MOST_DIGITS = 18
# Texts read together: enough to be quick, few enough to be small.
_AT_ONCE = 100_000


@dataclass(frozen=True, slots=True)
class BatesColumn:
    """Many numbers at once. `number` is -1 where the text spells none; the codes point into the name lists."""

    prefixes: tuple[str, ...]
    suffixes: tuple[str, ...]
    prefix: npt.NDArray[np.int32]
    number: npt.NDArray[np.int64]
    width: npt.NDArray[np.int16]
    suffix: npt.NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.number)

    def taken(self, rows: npt.NDArray[np.int64]) -> BatesColumn:
        """Return the numbers of rising *rows*; the same object if these are all."""
        if len(rows) == len(self):
            return self
        columns = (self.prefix[rows], self.number[rows], self.width[rows], self.suffix[rows])
        return BatesColumn(self.prefixes, self.suffixes, *columns)

    def joined(self, other: BatesColumn) -> BatesColumn:
        """Return both columns as one; the codes of the *other* are shifted."""
        return BatesColumn(
            self.prefixes + other.prefixes,
            self.suffixes + other.suffixes,
            np.concatenate([self.prefix, other.prefix + np.int32(len(self.prefixes))]),
            np.concatenate([self.number, other.number]),
            np.concatenate([self.width, other.width]),
            np.concatenate([self.suffix, other.suffix + np.int32(len(self.suffixes))]),
        )

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


def folded_prefix(prefix: str) -> str:
    """Return a prefix as it is compared: without blanks and dashes, in one case (``ABC 0001``, ``ABC-0001``)."""
    return re.sub(r"[\s_\-]+", "", prefix).casefold()


def read_column(texts: Sequence[str]) -> BatesColumn:
    """Return the numbers that *texts* spell, one for each."""
    size = len(texts)
    prefixes: dict[str, int] = {}
    suffixes: dict[str, int] = {"": 0}
    prefix, suffix = np.zeros(size, np.int32), np.zeros(size, np.int32)
    number, width = np.full(size, -1, np.int64), np.zeros(size, np.int16)
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
    return BatesColumn(tuple(prefixes) or ("",), tuple(suffixes), prefix, number, width, suffix)


def _commonest_shape(texts: Sequence[str]) -> tuple[int, int] | None:
    """Return (length, where the digits begin) of the commonest form, judged by a sample."""
    step = max(1, len(texts) // 512)
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
