"""Which page rows make up which document? Page lists are cut at their breaks and at known begin numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from vaughn.model import Finding, Place, finding
from vaughn.receive.bates_column import BatesColumn, SpelledNumbers, folded_prefix, read_column
from vaughn.receive.begins import Begins
from vaughn.receive.links import Origin
from vaughn.receive.packed import slim

Int64s = npt.NDArray[np.int64]
# A second page list of the same volume names mostly pages that are known already.
_SAME_LIST = 0.5
# Rows looked at together: enough to be quick, few enough to be small.
_AT_ONCE = 1 << 16


def _no_numbers() -> Int64s:
    return np.zeros(0, np.int64)


@dataclass(slots=True)
class PageRows:
    """One page list, column by column; `file` is the index of the linked file or a negative result."""

    load_file: int
    name: str
    format: str
    origin: Origin
    keys: Sequence[str] = field(default_factory=SpelledNumbers)
    file: Int64s = field(default_factory=_no_numbers)
    breaks: npt.NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, dtype=bool))
    page_in_file: Int64s = field(default_factory=_no_numbers)
    lines: Int64s = field(default_factory=_no_numbers)
    starts: Int64s = field(default_factory=_no_numbers)

    def __len__(self) -> int:
        return len(self.file)


@dataclass(frozen=True, slots=True)
class KnownDocuments:
    """What the document lists say, for joining: documents by begin number, and the ranges."""

    begins: Begins
    begin: BatesColumn
    end: BatesColumn

    def covers(self, ordinal: int, prefix: str, number: int) -> bool:
        """Tell whether the range of a document covers a number."""
        last = int(self.end.number[ordinal])
        return (
            number >= 0
            and last >= 0
            and self.begin.prefixes[self.begin.prefix[ordinal]] == prefix
            and int(self.begin.number[ordinal]) <= number <= last
        )


@dataclass(slots=True)
class Paging:
    """Rows of one page list with their documents.

    Args:
        document: Ordinal of each row; -1 for refused rows. Documents made from breaks alone are numbered after
            the known ones, in order.
        made: First row of each document made from a page break alone.
        refused: Rows whose number stands twice in the list; `other`: rows another page list has already given.
    """

    rows: PageRows
    numbers: BatesColumn
    document: Int64s
    made: tuple[int, ...]
    refused: int
    other: int
    findings: tuple[Finding, ...]

    def forget_numbers(self) -> None:
        """Drop the numbers of the rows: once the pages know theirs, nobody asks for them."""
        self.rows.keys = ()
        self.numbers = read_column(())


def page_documents(rows: PageRows, known: KnownDocuments, *, made_before: int, seen: Sequence[Int64s] = ()) -> Paging:
    """Return which document every row of a page list belongs to.

    Args:
        made_before: How many documents earlier page lists have made from breaks alone.
        seen: Hashes of the page numbers of earlier page lists.
    """
    size = len(rows)
    rows.keys = keys = spelled(rows.keys)
    numbers = keys.column
    hashes = keys.hashes() if seen or not _is_rising(numbers) else _no_numbers()
    twice = _twice(rows.keys, hashes) if len(hashes) else np.zeros(size, dtype=bool)
    other = np.isin(hashes, np.concatenate(seen)) if seen and size else np.zeros(size, dtype=bool)
    found: list[Finding] = []
    if other.any() and other.mean() < _SAME_LIST:
        found.append(
            _told(
                "PL003",
                rows,
                np.flatnonzero(other),
                "The page number stands in another page list too; this row is refused.",
            )
        )
    live = ~(twice | other)
    document, made, faults = _documents(rows, numbers, known, live=live, made_before=made_before)
    document[~live] = -1
    return Paging(
        rows, numbers, document, tuple(made), int((twice & ~other).sum()), int(other.sum()), tuple(found + faults)
    )


def _is_rising(numbers: BatesColumn) -> bool:
    """Tell whether all keys spell numbers of one prefix, each higher than the one before: none stands twice."""
    if not len(numbers):
        return True
    alike = len(numbers.prefixes) == 1 and not numbers.suffix.any() and bool((numbers.number[:1] >= 0).all())
    return alike and bool((numbers.number[1:] > numbers.number[:-1]).all())


def spelled(keys: Sequence[str]) -> SpelledNumbers:
    """Return page numbers as numbers."""
    return keys if isinstance(keys, SpelledNumbers) else SpelledNumbers(keys)


def _twice(keys: Sequence[str], hashes: Int64s) -> npt.NDArray[np.bool_]:
    """Mark every row whose key stands on an earlier row."""
    twice = np.zeros(len(keys), dtype=bool)
    order = np.argsort(hashes, kind="stable")
    ordered = hashes[order]
    suspects = np.flatnonzero(ordered[1:] == ordered[:-1]) + 1
    for place in suspects.tolist():
        row, before = int(order[place]), int(order[place - 1])
        twice[row] = keys[row] == keys[before]
    return twice


def _documents(
    rows: PageRows, numbers: BatesColumn, known: KnownDocuments, *, live: npt.NDArray[np.bool_], made_before: int
) -> tuple[Int64s, list[int], list[Finding]]:
    named, respelled = _named(rows, numbers, known)
    starts = live & (rows.breaks | (named >= 0))
    if live.any():
        starts[int(live.argmax())] = True
    places = np.flatnonzero(starts)
    owners, made, stray = _owners(rows, places, named=named, numbers=numbers, known=known, made_before=made_before)
    unbroken = places[(named[places] >= 0) & ~rows.breaks[places]]
    found: list[Finding] = []
    if respelled:
        message = "Numbers are written in another way than in the document list; they were joined by what they mean."
        found.append(_told("PL011", rows, np.flatnonzero(named >= 0), message))
    if len(unbroken):
        found.append(
            _told(
                "PL005", rows, unbroken, "A document begins here by its begin number, and the page list has no break."
            )
        )
    if stray:
        found.append(
            _told("PL006", rows, np.array(stray), "The page list breaks here and no document begins with this number.")
        )
    # Rows before the first group count to the last place, where nothing stands.
    owners = slim(np.append(owners, -1))
    document: npt.NDArray[Any] = np.cumsum(starts, dtype=np.int32)
    for at in range(0, len(document), _AT_ONCE):
        document[at : at + _AT_ONCE] = owners[document[at : at + _AT_ONCE] - 1]
    return document, made, found


def _named(rows: PageRows, numbers: BatesColumn, known: KnownDocuments) -> tuple[Int64s, bool]:
    """Return the document that begins on each row (-1: none), and whether numbers are written in another way."""
    named = known.begins.find(numbers, rows.keys)
    if not len(known.begin) or (named >= 0).any():
        return named, False
    prefixes = [folded_prefix(prefix) for prefix in known.begin.prefixes]
    begins = {
        (prefixes[code], number): ordinal
        for ordinal, (code, number) in enumerate(
            zip(known.begin.prefix.tolist(), known.begin.number.tolist(), strict=True)
        )
        if number >= 0
    }
    own = [folded_prefix(prefix) for prefix in numbers.prefixes]
    pairs = zip(numbers.prefix.tolist(), numbers.number.tolist(), strict=True)
    meant = np.fromiter((begins.get((own[code], number), -1) for code, number in pairs), np.int64, len(rows))
    return meant, bool((meant >= 0).any())


def _owners(
    rows: PageRows, places: Int64s, *, named: Int64s, numbers: BatesColumn, known: KnownDocuments, made_before: int
) -> tuple[Int64s, list[int], list[int]]:
    """Return the document of each group, the rows that make a document of their own, and the rows to be told."""
    if (named[places] >= 0).all():
        return named[places], [], []
    owners: list[int] = []
    made: list[int] = []
    stray: list[int] = []
    count = len(known.begin)
    current = -1
    for place, owner in zip(places.tolist(), named[places].tolist(), strict=True):
        if owner < 0:
            prefix, number = (
                numbers.prefixes[numbers.prefix[place]] if numbers.prefixes else "",
                int(numbers.number[place]),
            )
            if 0 <= current < count and known.covers(current, prefix, number):
                owner = current  # noqa: PLW2901
            else:
                owner = count + made_before + len(made)  # noqa: PLW2901
                made.append(place)
            if count:
                stray.append(place)
        current = owner
        owners.append(owner)
    return np.array(owners, np.int64), made, stray


def _told(code: str, rows: PageRows, places: Int64s, message: str) -> Finding:
    first = int(places[0])
    place = Place(path=rows.name, line=int(rows.lines[first]), bates=rows.keys[first])
    more = f" {len(places)} rows in all." if len(places) > 1 else ""
    return finding(code, message + more, place=place, count=len(places))
