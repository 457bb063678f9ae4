"""What are the facts of a list's documents? Those that a row tells by itself, and its date, judged by whole columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from vaughn.model import DocumentKind
from vaughn.receive.coded import CodedFacts, CodedTexts, Codes, codes_of
from vaughn.receive.dates import (
    NO_OFFSET,
    DateColumn,
    DayOrder,
    first_year,
    iso_texts,
    joined,
    read_dates,
    read_times,
    shared_order,
    taken,
    zone_minutes,
)
from vaughn.receive.packed import PackedFacts
from vaughn.receive.rows import DocumentRows

Int64s = npt.NDArray[np.int64]
# The document's date is the first of these that is known: sent, its own, received, last modified, created.
_DATE_RULE = (
    ("sent_date", "sent_time"),
    ("document_date", None),
    ("received_date", "received_time"),
    ("modified_date", "modified_time"),
    ("created_date", "created_time"),
)
# Up to so many possible combinations of date, time and zone a table tells which there are; beyond, they are sorted.
_TABLE_SIZE = 1 << 22


@dataclass(frozen=True, slots=True)
class OwnFacts:
    """Facts of the documents of one list, one a row, `None` where unknown."""

    custodian: Sequence[str | None]
    title: Sequence[str | None]
    sender: Sequence[str | None]
    recipients: Sequence[str | None]
    date: Sequence[str | None]
    file_name: Sequence[str | None]
    kind: list[DocumentKind]


def own_facts(rows: DocumentRows, agreed: DayOrder | None = None) -> OwnFacts:
    """Return what one document list says about its documents.

    Args:
        agreed: The order of day and month that the production was ordered in.
    """

    def fact(name: str) -> Sequence[str | None]:
        texts = rows.facts[name]
        return CodedFacts.of(texts) if isinstance(texts, CodedTexts) else PackedFacts(texts)

    return OwnFacts(
        custodian=fact("custodian"),
        title=fact("title"),
        sender=fact("sender"),
        recipients=fact("recipients"),
        date=_dates(rows, agreed),
        file_name=fact("file_name"),
        kind=rows.kinds,
    )


@dataclass(frozen=True, slots=True)
class _Moments:
    """A date column with its time and zone, each different moment once; `place` says which stands in each row."""

    moments: DateColumn
    place: Codes


def _dates(rows: DocumentRows, agreed: DayOrder | None) -> CodedFacts:
    """Return each row's date by the rule. What is wrong with dates, check 19 tells: an order may decide more."""
    values: list[str] = []
    codes = np.full(len(rows), -1, np.int32)
    stated = [(name, time) for name, time in _DATE_RULE if rows.get(name) is not None]
    columns = {name: _read(rows, name, agreed=agreed) for name, _ in stated}
    known = shared_order(column for column, _ in columns.values())
    for name, time in stated:
        column, place = columns.pop(name)
        if column.order is DayOrder.UNKNOWN and known is not DayOrder.UNKNOWN:
            column, place = _read(rows, name, order=known)
        whole = _with_times(rows, column, place=place, time=time)
        texts = iso_texts(whole.moments)
        readable = np.array([text is not None for text in texts], bool)
        new = (codes < 0) & readable[whole.place] if len(texts) else np.zeros(len(rows), bool)
        codes[new] = whole.place[new] + len(values)
        values += [text or "" for text in texts]
    return CodedFacts(values, codes)


def _read(
    rows: DocumentRows, name: str, *, order: DayOrder = DayOrder.UNKNOWN, agreed: DayOrder | None = None
) -> tuple[DateColumn, Codes]:
    """Return a column's different dates, judged by how often each stands, and which of them stands in each row."""
    texts, place = codes_of(rows.texts(name))
    counts = np.bincount(place, minlength=len(texts))
    return read_dates(texts, order=order, agreed=agreed, counts=counts, earliest=first_year(name)), place


def _with_times(rows: DocumentRows, column: DateColumn, *, place: Codes, time: str | None) -> _Moments:
    """Return the dates of a column with the times and the zones of their own columns."""
    times, zones = rows.get(time) if time else None, rows.get("time_zone")
    if times is None and zones is None:
        return _Moments(column, place)
    nothing: tuple[list[str], Codes] = ([""], np.zeros(len(rows), np.int64))
    time_texts, time_place = nothing if times is None else codes_of(times)
    zone_texts, zone_place = nothing if zones is None else codes_of(zones)
    key = (place.astype(np.int64) * len(time_texts) + time_place) * len(zone_texts) + zone_place
    which, place = _numbered(key, len(column.moment) * len(time_texts) * len(zone_texts))
    which, zone = np.divmod(which, len(zone_texts))
    which, hour = np.divmod(which, len(time_texts))
    minutes = [zone_minutes(text) for text in zone_texts]
    offsets = np.array([NO_OFFSET if one is None else one for one in minutes], np.int16)
    hours = None if times is None else taken(read_times(time_texts), hour)
    return _Moments(joined(taken(column, which), hours, zones=None if zones is None else offsets[zone]), place)


def _numbered(keys: Int64s, size: int) -> tuple[Int64s, Codes]:
    """Return the different *keys*, all below *size*, in order, and for each row which of them it is."""
    if size > _TABLE_SIZE:
        different, place = np.unique(keys, return_inverse=True)
        return different, place.astype(np.int32)
    present = np.zeros(size, bool)
    present[keys] = True
    return np.flatnonzero(present), (np.cumsum(present, dtype=np.int32) - 1)[keys]
