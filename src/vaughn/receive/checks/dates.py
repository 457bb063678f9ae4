"""Check 19: dates exist, can be read in one way only, and times say their zone.

A column is judged as a whole, by the reader that loading uses (`vaughn.receive.dates`): where one value can only be
month first (``04/27/2010``), the others of its column are read month first too, and so are neighbours that show
nothing. What the parties agreed on decides before anything a column shows; that is why loading says nothing of dates.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from vaughn.model import FIELD_BY_ID, FieldKind, Finding, ProductionOrder
from vaughn.receive import dates
from vaughn.receive.checks.telling import documents_told
from vaughn.receive.dates import DayOrder, Fault
from vaughn.receive.facts import DateColumn, Flags, ProductionFacts


@dataclass(frozen=True, slots=True)
class Verdict:
    """What can be wrong with a value: the code, and why, as the rest of a sentence."""

    code: str
    why: str


_FINE = Verdict("", "")
_TOO_LATE = Verdict("DT001", "the day lies after the day of the production.")
_EITHER = Verdict(
    "DT002", "day and month can be read either way and nothing in the column decides it; the month was read first."
)
_OTHER_FORM = Verdict("DT005", "the value is written in another form than most of the column.")
_OF_FAULT = {
    Fault.UNREADABLE: Verdict("DT004", "the value is in no form of a date."),
    Fault.NO_SUCH_MONTH: Verdict("DT001", "there is no such month."),
    Fault.NO_SUCH_DAY: Verdict("DT001", "there is no such day in that month."),
    Fault.OTHER_ORDER: Verdict(
        "DT001", "there is no such month; day and month stand in the other order in this column."
    ),
    Fault.NO_SUCH_TIME: Verdict("DT001", "there is no such time of day."),
    Fault.TOO_EARLY: Verdict("DT001", "the year is before any that such a date can have."),
}
VERDICTS = (_FINE, *_OF_FAULT.values(), _TOO_LATE, _EITHER, _OTHER_FORM)


def check_dates(facts: ProductionFacts, order: ProductionOrder | None) -> list[Finding]:
    """Return the findings DT001 to DT005."""
    found: list[Finding] = []
    zones = _zone_given(facts)
    agreed = dates.agreed_order(order.date_order if order is not None else None)
    read = [_read(column, DayOrder.UNKNOWN, agreed) for column in facts.documents.dates]
    known = dates.shared_order(read)
    for column, first in zip(facts.documents.dates, read, strict=True):
        is_time = _is_time(column)
        own = _read(column, known, agreed) if first.order is DayOrder.UNKNOWN and not is_time else first
        if not is_time:
            found += _of_column(facts, column, own)
        found += _without_zone(facts, column, own, zones=zones)
    return found


def _is_time(column: DateColumn) -> bool:
    return column.field in FIELD_BY_ID and FIELD_BY_ID[column.field].kind is FieldKind.TIME


def _read(column: DateColumn, order: DayOrder, agreed: DayOrder | None) -> dates.DateColumn:
    """Return the values of one column, read."""
    return dates.judged(column.fields, order=order, agreed=agreed, earliest=dates.first_year(column.field))


def _of_column(facts: ProductionFacts, column: DateColumn, read: dates.DateColumn) -> list[Finding]:
    verdicts = judged_dates(read, released_on=facts.released_on)
    found: list[Finding] = []
    for code in ("DT001", "DT002", "DT004", "DT005"):
        wanted = np.isin(verdicts, [place for place, verdict in enumerate(VERDICTS) if verdict.code == code])
        found += documents_told(
            facts,
            code,
            np.flatnonzero(wanted),
            lambda row: f"{column.name}: {VERDICTS[int(verdicts[row])].why}",
            field=column.name,
        )
    return found


def judged_dates(read: dates.DateColumn, *, released_on: date) -> NDArray[np.int8]:
    """Return the place in `VERDICTS` of what is wrong with each value of one column."""
    verdicts = np.zeros(len(read.fault), np.int8)
    forms = np.bincount(read.form[read.form >= 0])
    if len(forms):
        verdicts[(read.form >= 0) & (read.form != forms.argmax())] = VERDICTS.index(_OTHER_FORM)
    verdicts[read.unsure] = VERDICTS.index(_EITHER)
    # The day as written: a zone may put its moment on the next one.
    verdicts[read.moment.astype("datetime64[D]") > np.datetime64(released_on, "D")] = VERDICTS.index(_TOO_LATE)
    for fault, verdict in _OF_FAULT.items():
        verdicts[read.fault == fault.value] = VERDICTS.index(verdict)
    return verdicts


def _zone_given(facts: ProductionFacts) -> Flags:
    given = np.zeros(len(facts.documents), np.bool_)
    for column in facts.columns:
        if column.field == "time_zone":
            given |= column.filled
    return given


def _without_zone(facts: ProductionFacts, column: DateColumn, read: dates.DateColumn, *, zones: Flags) -> list[Finding]:
    """DT003: times of day are given and neither they nor a column says the zone; told once a column."""
    rows = np.flatnonzero(read.has_time & ~read.has_zone & ~zones)
    message = f"{column.name}: {len(rows):,} times have no zone; they are kept as local time."
    told = documents_told(facts, "DT003", rows[:1], lambda _: message, field=column.name)
    return [replace(one, count=len(rows)) for one in told]
