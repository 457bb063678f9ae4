"""Check 19: dates exist, can be read in one way only, and times say their zone.

A column is judged as a whole: where one value can only be month first (``04/27/2010``), the others of its
column are read month first too.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date

import numpy as np

from vaughn.model import FIELD_BY_ID, FieldKind, Finding, ProductionOrder
from vaughn.receive.checks.telling import documents_told
from vaughn.receive.facts import DateColumn, Ints, ProductionFacts

# Electronic times before this are the zero of some clock (1601, 1899, 1900), not the time of a record.
FIRST_YEAR = 1901
# Above this share of values that contradict the column's order, its ambiguous values can be read either way.
CONTRADICTING_SHARE = 0.1

_MONTHS = {
    name: place
    for place, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
_TIME = re.compile(
    r"(?:^|[T\s])(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?\s*(?P<half>[AaPp]\.?[Mm]\.?)?"
    r"\s*(?P<zone>Z|UTC|GMT|[ECMP][SD]?T|[+-]\d{2}:?\d{2}|\([^)]{2,40}\)|UTC[+-]\d{1,2}(?::?\d{2})?)?$"
)
_WEEKDAY = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[,.]?\s+", re.IGNORECASE)
_NUMBERS = re.compile(r"^(\d{1,4})([-/. ])(\d{1,2})\2(\d{1,4})$")
_PACKED = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_DAY_MONTH = re.compile(r"^(\d{1,2})[-\s]([A-Za-z]{3,9})\.?[-\s,]+(\d{4}|\d{2})$")
_MONTH_DAY = re.compile(r"^([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$")


@dataclass(frozen=True, slots=True)
class DateForm:
    """One distinct value, taken apart but not yet read.

    Args:
        shape: How it is written (``N/N/Y``); equal for values of one form.
        parts: Year and the two numbers whose order is not known, or `None` if it is no date.
        fixed: Month and day are known from the form (``2010-04-27``, ``27 Apr 2010``).
        has_time, has_zone: What stands behind the day.
        time_exists: Whether the time of day is possible.
    """

    shape: str
    parts: tuple[int, int, int] | None
    fixed: bool
    has_time: bool
    has_zone: bool
    time_exists: bool = True


def date_form(text: str) -> DateForm:
    """Return how *text* is written."""
    value = " ".join(text.split())
    time = _TIME.search(value)
    day = value[: time.start()].rstrip(" ,") if time else value
    has_zone = bool(time and time["zone"])
    exists = time is None or _time_exists(time)
    clock = ("" if time is None else " time") + (" zone" if has_zone else "")
    shape, parts, fixed = _day_form(_WEEKDAY.sub("", day))
    return DateForm(shape + clock, parts, fixed, time is not None, has_zone, exists)


def _time_exists(time: re.Match[str]) -> bool:
    hour, minute, second = int(time["hour"]), int(time["minute"]), int(time["second"] or 0)
    # 23:59:60 is a leap second; 24:00:00 is how some programs write midnight.
    return (hour < 24 or (hour, minute, second) == (24, 0, 0)) and minute < 60 and second <= 60


def _day_form(day: str) -> tuple[str, tuple[int, int, int] | None, bool]:
    if match := _PACKED.match(day):
        return "YMD", (int(match[1]), int(match[2]), int(match[3])), True
    if match := _NUMBERS.match(day):
        first, mark, middle, last = match[1], match[2], match[3], match[4]
        if len(first) == 4:
            return f"Y{mark}M{mark}D", (int(first), int(middle), int(last)), True
        if len(last) in (2, 4) and len(first) <= 2:
            return f"N{mark}N{mark}{'Y' * len(last)}", (_century(last), int(first), int(middle)), False
    for pattern, month_at, day_at in ((_DAY_MONTH, 2, 1), (_MONTH_DAY, 1, 2)):
        if (match := pattern.match(day)) and (month := _MONTHS.get(match[month_at][:3].lower())):
            return "D Mon Y" if day_at == 1 else "Mon D Y", (_century(match[3]), month, int(match[day_at])), True
    return "", None, False


def _century(year: str) -> int:
    """Return the four-digit year; two digits are 1970 to 2069, as Windows and Python read them."""
    return int(year) if len(year) == 4 else int(year) + (2000 if int(year) < 70 else 1900)


def check_dates(facts: ProductionFacts, order: ProductionOrder | None) -> list[Finding]:
    """Return the findings DT001 to DT005."""
    found: list[Finding] = []
    zones = _zone_given(facts)
    for column in facts.documents.dates:
        kind = FIELD_BY_ID[column.field].kind if column.field in FIELD_BY_ID else FieldKind.MOMENT
        if kind is not FieldKind.TIME:
            found += _of_column(facts, column, order.date_order if order is not None else None)
        found += _without_zone(facts, column, zones, is_time=kind is FieldKind.TIME)
    return found


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is wrong with one distinct value; `None` if nothing is."""

    code: str
    why: str


def _of_column(facts: ProductionFacts, column: DateColumn, date_order: str | None) -> list[Finding]:
    verdicts = judged_dates(
        column.texts.values,
        weights=np.bincount(column.texts.codes[column.texts.codes >= 0], minlength=len(column.texts.values)),
        date_order=date_order,
        released_on=facts.released_on,
        electronic=column.field not in ("document_date",),
    )
    found: list[Finding] = []
    for code in ("DT001", "DT002", "DT004", "DT005"):
        values = [value for value, verdict in enumerate(verdicts) if verdict is not None and verdict.code == code]
        rows = np.flatnonzero(np.isin(column.texts.codes, values)) if values else np.empty(0, np.int64)
        found += documents_told(
            facts,
            code,
            rows,
            lambda row: f"{column.name}: {_why(verdicts, int(column.texts.codes[row]))}",
            field=column.name,
        )
    return found


def _why(verdicts: list[Verdict | None], value: int) -> str:
    verdict = verdicts[value]
    return verdict.why if verdict is not None else ""


def judged_dates(
    values: tuple[str, ...], *, weights: Ints, date_order: str | None, released_on: date, electronic: bool = True
) -> list[Verdict | None]:
    """Return what is wrong with each of the distinct *values* of one column.

    Args:
        weights: How many documents have each value.
        date_order: ``MDY`` or ``DMY`` where the order of the production says so.
        electronic: Early years are impossible (a scanned letter may well be of 1890).
    """
    forms = [date_form(value) for value in values]
    month_first, unsure = _column_order(forms, weights, date_order)
    usual = _usual_shape(forms, weights)
    return [
        _verdict(form, month_first, unsure=unsure, usual=usual, last_day=released_on, electronic=electronic)
        for form in forms
    ]


def _column_order(forms: list[DateForm], weights: Ints, date_order: str | None) -> tuple[bool, bool]:
    """Return whether month comes first, and whether that is unsure."""
    if date_order in ("MDY", "DMY"):
        return date_order == "MDY", False
    month_first = day_first = 0
    for form, weight in zip(forms, weights.tolist(), strict=True):
        if form.parts is None or form.fixed:
            continue
        _, one, two = form.parts
        month_first += weight if one <= 12 < two <= 31 else 0
        day_first += weight if two <= 12 < one <= 31 else 0
    evidence = month_first + day_first
    fewer = min(month_first, day_first)
    return month_first >= day_first, not evidence or (fewer > 1 and fewer > CONTRADICTING_SHARE * evidence)


def _usual_shape(forms: list[DateForm], weights: Ints) -> str:
    shapes: Counter[str] = Counter()
    for form, weight in zip(forms, weights.tolist(), strict=True):
        if form.parts is not None:
            shapes[form.shape] += weight
    return shapes.most_common(1)[0][0] if shapes else ""


def _verdict(
    form: DateForm, month_first: bool, *, unsure: bool, usual: str, last_day: date, electronic: bool
) -> Verdict | None:
    if form.parts is None:
        return Verdict("DT004", "the value is in no form of a date.")
    year, one, two = form.parts
    month, day = (one, two) if form.fixed or month_first else (two, one)
    if why := _impossible(year, month, day, last_day=last_day, electronic=electronic):
        if (
            not form.fixed
            and month > 12
            and not _impossible(year, day, month, last_day=last_day, electronic=electronic)
        ):
            first = "month" if month_first else "day"
            why = f"there is no month {month}; the column writes the {first} first."
        return Verdict("DT001", why)
    if not form.time_exists:
        return Verdict("DT001", "there is no such time of day.")
    if not form.fixed and unsure and one != two and max(one, two) <= 12:
        return Verdict("DT002", "day and month can be read either way; nothing in the column decides it.")
    if form.shape != usual:
        return Verdict("DT005", "the value is written in another form than most of the column.")
    return None


def _impossible(year: int, month: int, day: int, *, last_day: date, electronic: bool) -> str | None:
    """Return why there is no such day, `None` if there is."""
    if not 1 <= month <= 12:
        return f"there is no month {month}."
    try:
        value = date(year, month, day)
    except ValueError:
        return f"there is no day {day} in that month."
    if value > last_day:
        return "the day lies after the day of the production."
    if electronic and year < FIRST_YEAR:
        return f"the year {year} is before electronic records."
    return None


def _zone_given(facts: ProductionFacts) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    given = np.zeros(len(facts.documents), np.bool_)
    for column in facts.columns:
        if column.field == "time_zone":
            given |= column.filled
    return given


def _without_zone(
    facts: ProductionFacts, column: DateColumn, zones: np.ndarray[tuple[int], np.dtype[np.bool_]], *, is_time: bool
) -> list[Finding]:
    """DT003: times of day are given and neither they nor a column says the zone; told once a column."""
    forms = [date_form(value) for value in column.texts.values]
    bare = [place for place, form in enumerate(forms) if (form.has_time or is_time) and not form.has_zone]
    rows = np.flatnonzero(np.isin(column.texts.codes, bare) & ~zones) if bare else np.empty(0, np.int64)
    told = documents_told(
        facts, "DT003", rows[:1], lambda _: f"{column.name}: {len(rows):,} times have no zone.", field=column.name
    )
    return [type(one)(one.code, one.severity, one.place, one.message, len(rows)) for one in told]
