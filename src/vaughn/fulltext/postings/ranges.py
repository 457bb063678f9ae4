"""What a range of a field means: days, whole numbers, Bates numbers, names from one to another."""

from __future__ import annotations

import numpy as np

from vaughn.fulltext.language.tree import FieldRange
from vaughn.fulltext.postings.columns import Columns, Names
from vaughn.fulltext.postings.entries import BATES_FIRST, BATES_LAST, BATES_PREFIX, UNKNOWN, Column, ColumnKind
from vaughn.fulltext.segment import Mask
from vaughn.fulltext.tokens import terms
from vaughn.model import BatesNumber, PartialDate, UsageError, read_bates

_BATES = "bates"


def documents_in_range(columns: Columns, asked: FieldRange, *, schema: tuple[Column, ...], names: Names) -> Mask | None:
    """Return the documents whose column lies in the range *asked*, or `None` if there is no such column.

    Raises:
        UsageError: If an end of the range is no day, number or Bates number and the column needs one.
        InputError: If it is no day.
    """
    if asked.name == _BATES and BATES_FIRST in columns:
        return _on_bates(columns, asked, names=names)
    column = next((column for column in schema if column.name == asked.name), None)
    if column is None or column.name not in columns:
        return None
    if column.kind is ColumnKind.DAY:
        low = None if asked.low is None else PartialDate.read(asked.low).first.toordinal()
        high = None if asked.high is None else PartialDate.read(asked.high).last.toordinal()
        return columns.between(column.name, low, high)
    if column.kind is ColumnKind.NUMBER:
        return columns.between(column.name, _whole(asked.low, asked), _whole(asked.high, asked))
    first = None if asked.low is None else terms(asked.low)
    last = None if asked.high is None else terms(asked.high)
    folded = enumerate(map(terms, names.of(column.name)))
    # "to Smith" takes "Smith, John" in: a name that goes on as the end of the range does is inside.
    inside = [
        number
        for number, words in folded
        if (first is None or words >= first) and (last is None or words[: len(last)] <= last)
    ]
    return columns.with_any(column.name, inside)


def _whole(text: str | None, asked: FieldRange) -> int | None:
    if text is None:
        return None
    digits = text.strip().replace(",", "")
    if not (digits.isascii() and digits.removeprefix("-").isdigit()) or len(digits) > 18:
        raise UsageError(
            f"{asked.name} holds whole numbers; {text[:40]!r} is none.", hint="Write the number in digits."
        )
    return int(digits)


def _on_bates(columns: Columns, asked: FieldRange, *, names: Names) -> Mask:
    """Return the documents that have a page from the first to the last number asked for."""
    low, high = _bates(asked.low), _bates(asked.high)
    if low is not None and high is not None and _folded(low) != _folded(high):
        raise UsageError(
            f"{low} and {high} are not of one series.", hint="Give both ends of the range with the same prefix."
        )
    end = low or high
    if end is None:
        return np.asarray(columns.values(BATES_FIRST) != UNKNOWN)
    prefixes = [number for number, name in enumerate(names.of(BATES_PREFIX)) if name.casefold().strip() == _folded(end)]
    found = columns.with_any(BATES_PREFIX, prefixes)
    if low is not None:
        found &= columns.between(BATES_LAST, low.number, None)
    if high is not None:
        found &= columns.between(BATES_FIRST, None, high.number)
    return found


def _bates(text: str | None) -> BatesNumber | None:
    if text is None:
        return None
    number = read_bates(text)
    if number is None:
        raise UsageError(f"{text[:40]!r} is no Bates number.", hint="Give prefix and number, such as ABC-000123.")
    return number


def _folded(number: BatesNumber) -> str:
    return number.prefix.casefold().strip()
