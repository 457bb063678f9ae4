"""How do several document lists make one? A second list adds to the first; repeated numbers are refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt

from vaughn.model import Finding, finding
from vaughn.receive.bates_column import BatesColumn, read_column
from vaughn.receive.begins import Begins
from vaughn.receive.packed import PackedTexts, taken
from vaughn.receive.rows import DocumentRows

Int64s = npt.NDArray[np.int64]
# Which list is the document list where several name the same documents.
_RANK = {"dat": 0, "edrm": 1, "dii": 2, "lfp": 3}
# A second list of the same documents repeats most of the numbers of the first.
_SAME_DOCUMENTS = 0.5
MOST_SINGLE = 50


@dataclass(frozen=True, slots=True)
class Extra:
    """Row of a second list that names a document of the first."""

    ordinal: int
    list: int
    row: int


@dataclass(frozen=True, slots=True)
class JoinedList:
    """One document list: which rows became documents, in order, with their numbers, and what became of the others."""

    rows: DocumentRows
    kept: Int64s
    numbers: BatesColumn
    refused: int
    merged: int


@dataclass(frozen=True, slots=True)
class Joined:
    """All document lists as one: lists in order, documents numbered through them; `begins` finds a document."""

    lists: tuple[JoinedList, ...]
    begins: Begins
    controls: Sequence[str]
    extras: tuple[Extra, ...]
    findings: tuple[Finding, ...]

    def find(self, texts: Sequence[str]) -> Int64s:
        """Return the document that begins with each number, -1 where there is none."""
        return self.begins.find(read_column(texts), texts)


def join_lists(lists: Sequence[DocumentRows]) -> Joined:
    """Return the documents of all lists, each begin number once."""
    begins = Begins()
    controls: list[Sequence[str]] = []
    extras: list[Extra] = []
    joined: list[JoinedList] = []
    found: list[Finding] = []
    count = 0
    for place, rows in enumerate(sorted(lists, key=lambda rows: (_RANK.get(rows.format, 9), rows.name))):
        keys = rows.numbers_of("beg_bates")
        numbers = keys.column
        own = Begins.of(numbers, keys)
        earlier, first = begins.find(numbers, keys), own.find(numbers, keys)
        known, named = earlier >= 0, first >= 0
        merged = known if known.sum() > _SAME_DOCUMENTS * named.sum() else np.zeros(len(rows), dtype=bool)
        refused = (known & ~merged) | (~known & named & (first != np.arange(len(rows))))
        kept = np.flatnonzero(~(merged | refused))
        ordinals = np.full(len(rows), -1, np.int64)
        ordinals[kept] = np.arange(count, count + len(kept))
        begins, count = begins.joined(own.numbered(ordinals)), count + len(kept)
        extras += [Extra(int(earlier[row]), place, row) for row in np.flatnonzero(merged).tolist()]
        controls.append(_controls(rows, kept, named))
        joined.append(JoinedList(rows, kept, numbers.taken(kept), int(refused.sum()), int(merged.sum())))
        message = "The begin number stands on an earlier row too; this row is refused"
        found += _told(rows, np.flatnonzero(refused), "LF014", message)
        if "beg_bates" in rows.map.fields:
            message = "The row has no begin number; it is kept under its line"
            found += _told(rows, np.flatnonzero(~named), "LF015", message)
    called = controls[0] if len(controls) == 1 else PackedTexts(chain.from_iterable(controls))
    return Joined(tuple(joined), begins, called, tuple(extras), tuple(found))


def _controls(rows: DocumentRows, kept: Int64s, named: npt.NDArray[np.bool_]) -> Sequence[str]:
    """Return what the documents are called: their begin number as written, else their line."""
    keys = taken(rows.numbers_of("beg_bates"), kept)
    if named[kept].all():
        return keys
    lines, name = rows.places.lines[kept].tolist(), rows.name.rpartition("/")[2]
    return PackedTexts(key or f"{name} line {line}" for key, line in zip(keys, lines, strict=True))


def _told(rows: DocumentRows, which: Int64s, code: str, message: str) -> list[Finding]:
    if len(which) <= MOST_SINGLE:
        return [finding(code, f"{message}.", place=rows.place(row)) for row in which.tolist()]
    return [finding(code, f"{message}; {len(which)} rows.", place=rows.place(int(which[0])), count=len(which))]
