"""Moments that a column of dates spells.

A column is judged as a whole: ``03/04/2010`` alone can be read in two ways, beside ``27/04/2010`` in one. Values
are grouped by layout (every digit a 9), each layout is understood once and its digits are read with NumPy. Loading
reads dates here and says nothing about them; check 19 reads them here and tells what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum

import numpy as np
import numpy.typing as npt

_MONTHS = {
    name: i + 1
    for i, name in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"])
}
# United States and universal zones, as mail programs of agencies print them; minutes east of Greenwich.
_ZONES = {
    "UTC": 0, "GMT": 0, "Z": 0, "EST": -300, "EDT": -240, "CST": -360, "CDT": -300, "MST": -420, "MDT": -360,
    "PST": -480, "PDT": -420, "AKST": -540, "AKDT": -480, "HST": -600, "AST": -240, "ADT": -180, "CHST": 600,
}  # fmt: skip
_DIGITS = str.maketrans("0123456789", "9" * 10)
_ZONE_FORM = (
    r"(?P<zone>Z|[A-Z]{2,4}|(?:UTC|GMT)?\s?[+-]9{1,2}:?(?:99)?(?:\s\([A-Z]{2,5}\))?"
    r"|\((?:UTC|GMT)\s?(?:[+-]9{1,2}:99)?\).*|\([^()]{2,40}\))?"
)
_TIME_FORM = (
    r"(?:(?P<H>9{1,2})[:.](?P<M>99)(?:[:.](?P<S>99)(?:[.,]9{1,9})?)?\s*(?P<half>[AaPp]\.?[Mm]\.?)?\s*"
    + _ZONE_FORM
    + r")"
)
_DAY_NAME = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?"
_MONTH_NAME = r"(?P<name>(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)\.?"
_FORMS = tuple(
    re.compile(rf"^{_DAY_NAME}{day}(?:[T,\s]\s*(?:at\s+)?{_TIME_FORM})?$", re.IGNORECASE)
    for day in (
        r"(?P<Y>9999)(?P<sep>[-/. ])(?P<m>9{1,2})(?P=sep)(?P<d>9{1,2})",
        r"(?P<first>9{1,2})(?P<sep>[-/. ])(?P<second>9{1,2})(?P=sep)(?P<Y>9999|99)",
        rf"{_MONTH_NAME}\s+(?P<d>9{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<Y>9999)",
        rf"(?P<d>9{{1,2}})(?:st|nd|rd|th)?[-\s]{_MONTH_NAME}[-,\s]\s*(?P<Y>9999|99)",
        r"(?P<Y>9999)(?P<m>99)(?P<d>99)",
    )
)
_PACKED_FORM = re.compile(r"^(?P<Y>9999)(?P<m>99)(?P<d>99)(?P<H>99)(?P<M>99)(?P<S>99)(?P<zone>Z?)$")
_TIME_ONLY = re.compile(rf"^(?:{_TIME_FORM}|(?P<H4>99)(?P<M4>99)(?P<S4>99)?)$", re.IGNORECASE)
# Two-digit years: 69 and later are 19xx, as POSIX has it.
_PIVOT_YEAR = 69
# Electronic times before this are the zero of some clock (1601, 1899, 1900), not the time of a record.
FIRST_YEAR = 1901
# A scanned letter may be old; a year before this lacks a digit.
FIRST_YEAR_ON_PAPER = 1600
# Above this share of values that contradict the column's order, its ambiguous values can be read either way.
CONTRADICTING_SHARE = 0.1
NO_FORM = -1
# More ways of writing than these in one column count as one.
_MOST_FORMS = 10_000
_NUMBERS = ("Y", "m", "d", "H", "M", "S", "first", "second")


class DayOrder(Enum):
    """Which of the first two numbers is the month."""

    MONTH_FIRST = "MDY"
    DAY_FIRST = "DMY"
    UNKNOWN = "?"  # every value can be read either way


class Fault(Enum):
    """What is wrong with a value; `NONE` also stands for an empty one."""

    NONE = 0
    UNREADABLE = 1
    NO_SUCH_MONTH = 2
    NO_SUCH_DAY = 3
    OTHER_ORDER = 4  # a day if the other number were the month
    NO_SUCH_TIME = 5
    TOO_EARLY = 6


@dataclass(frozen=True, slots=True)
class DateColumn:
    """A column read.

    Args:
        moment: In seconds, `NaT` where unknown.
        has_time: A time of day is written, whether the day exists or not.
        offset: Minutes east of Greenwich, -9999 where not known.
        has_zone: A zone is written, whether its offset is known (``EST``) or not (``ET``).
        fault: Value of a `Fault`.
        form: Values written in the same way have the same number, -1 for what is no date.
        unsure: Day and month could change places.
    """

    moment: npt.NDArray[np.datetime64]
    has_time: npt.NDArray[np.bool_]
    offset: npt.NDArray[np.int16]
    has_zone: npt.NDArray[np.bool_]
    fault: npt.NDArray[np.int8]
    form: npt.NDArray[np.int16]
    order: DayOrder
    unsure: npt.NDArray[np.bool_]


NO_OFFSET = -9999


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where the digits of one layout stand: half-open stretches.

    Args:
        shape: Equal for layouts of one way of writing, however many digits a number has.
    """

    shape: str
    parts: dict[str, tuple[int, int]]
    month: int | None
    afternoon: bool | None
    zone: tuple[int, int] | None


def first_year(field: str) -> int:
    """Return the first year that a date in *field* can have: a document's own date may be that of a letter."""
    return FIRST_YEAR_ON_PAPER if field == "document_date" else FIRST_YEAR


def agreed_order(date_order: str | None) -> DayOrder | None:
    """Return the order of day and month that a production order asks for, `None` if it asks for none of the two."""
    return {"MDY": DayOrder.MONTH_FIRST, "DMY": DayOrder.DAY_FIRST}.get(date_order or "")


@dataclass(frozen=True, slots=True)
class DateFields:
    """The numbers that the values of a column spell, before the column is judged; -1 where a value has no such number.

    Args:
        numbers: By name: ``Y m d H M S``, and ``first second`` where the order decides which is the month.
        written: The value is not blank.
        offset, has_zone, form: As in `DateColumn`.
    """

    numbers: dict[str, npt.NDArray[np.int16]]
    offset: npt.NDArray[np.int16]
    has_zone: npt.NDArray[np.bool_]
    form: npt.NDArray[np.int16]
    written: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.form)

    @classmethod
    def blank(cls, size: int) -> DateFields:
        """Return *size* values that say nothing."""
        return cls(
            {key: np.full(size, -1, np.int16 if key == "Y" else np.int8) for key in _NUMBERS},
            np.full(size, NO_OFFSET, np.int16),
            np.zeros(size, np.bool_),
            np.full(size, NO_FORM, np.int16),
            np.zeros(size, np.bool_),
        )

    def rows(self, chosen: npt.NDArray[np.int64]) -> DateFields:
        """Return the values in rows *chosen*."""
        numbers = {key: column[chosen] for key, column in self.numbers.items()}
        return DateFields(numbers, self.offset[chosen], self.has_zone[chosen], self.form[chosen], self.written[chosen])

    def put(self, rows: npt.NDArray[np.int64], values: DateFields) -> None:
        """Set *rows* to *values*."""
        for key in _NUMBERS:
            self.numbers[key][rows] = values.numbers[key]
        self.offset[rows], self.has_zone[rows] = values.offset, values.has_zone
        self.form[rows], self.written[rows] = values.form, values.written


def date_fields(texts: Sequence[str], shapes: dict[str, int] | None = None) -> DateFields:
    """Return what each of *texts* spells.

    Args:
        shapes: Numbers of the forms met before, filled further, if the column comes in pieces.
    """
    shapes = {} if shapes is None else shapes
    fields = DateFields.blank(len(texts))
    for layout, rows in _layouts(texts).items():
        if not layout:
            continue
        fields.written[rows] = True
        plan = _plan(layout)
        if plan is None:
            continue
        fields.form[rows] = shapes.setdefault(plan.shape, min(len(shapes), _MOST_FORMS))
        fields.has_zone[rows] = plan.zone is not None
        values = [texts[i].strip() for i in rows.tolist()]
        _read_layout(plan, values, rows=rows, fields=fields)
    return fields


def time_fields(texts: Sequence[str]) -> DateFields:
    """Return what times of day in a column of their own spell; that they are times and have a zone, no more."""
    read, fields = read_times(texts), DateFields.blank(len(texts))
    fields.numbers["H"][read.has_time] = 0
    fields.has_zone[:] = read.has_zone
    fields.written[:] = [bool(text and not text.isspace()) for text in texts]
    return fields


def judged(
    fields: DateFields,
    *,
    order: DayOrder = DayOrder.UNKNOWN,
    agreed: DayOrder | None = None,
    counts: npt.NDArray[np.int64] | None = None,
    earliest: int = FIRST_YEAR,
) -> DateColumn:
    """Return the moments that *fields* make; the order of day and month is judged over all of them.

    Args:
        order: What to take where the texts do not tell.
        agreed: What to take whatever the texts tell.
        counts: How often each text stands in the column, once if not given.
        earliest: First year that a date can have.
    """
    numbers = fields.numbers
    shown, is_sure = (agreed, True) if agreed is not None else _judge(numbers, order, counts)
    moment, fault = _moments(_ordered_days(numbers, shown), earliest)
    fault[fields.written & (fields.form == NO_FORM)] = Fault.UNREADABLE.value
    one, two = numbers["first"], numbers["second"]
    unsure = (one >= 1) & (one <= 12) & (two >= 1) & (two <= 12) & (one != two) & (not is_sure)
    return DateColumn(moment, numbers["H"] >= 0, fields.offset, fields.has_zone, fault, fields.form, shown, unsure)


def read_dates(
    texts: Sequence[str],
    *,
    order: DayOrder = DayOrder.UNKNOWN,
    agreed: DayOrder | None = None,
    counts: npt.NDArray[np.int64] | None = None,
    earliest: int = FIRST_YEAR,
) -> DateColumn:
    """Return the moments that *texts* spell; see `judged`."""
    return judged(date_fields(texts), order=order, agreed=agreed, counts=counts, earliest=earliest)


def read_repeated(
    texts: Sequence[str],
    *,
    order: DayOrder = DayOrder.UNKNOWN,
    agreed: DayOrder | None = None,
    earliest: int = FIRST_YEAR,
) -> DateColumn:
    """Return what `read_dates` does, reading each distinct text once: days repeat, moments do not."""
    distinct = {text: place for place, text in enumerate(dict.fromkeys(texts))}
    if len(distinct) * 2 > len(texts):
        return read_dates(texts, order=order, agreed=agreed, earliest=earliest)
    places = np.fromiter(map(distinct.__getitem__, texts), np.int64, len(texts))
    read = read_dates(list(distinct), order=order, agreed=agreed, counts=np.bincount(places), earliest=earliest)
    return taken(read, places)


def shared_order(columns: Iterable[DateColumn]) -> DayOrder:
    """Return the order that the first column which shows one shows: one program wrote all columns of a list."""
    return next((column.order for column in columns if column.order is not DayOrder.UNKNOWN), DayOrder.UNKNOWN)


def taken(column: DateColumn, rows: npt.NDArray[np.int64]) -> DateColumn:
    """Return the values of *column* at *rows*."""
    return DateColumn(
        column.moment[rows],
        column.has_time[rows],
        column.offset[rows],
        column.has_zone[rows],
        column.fault[rows],
        column.form[rows],
        column.order,
        column.unsure[rows],
    )


def _layouts(texts: Sequence[str]) -> dict[str, npt.NDArray[np.int64]]:
    """Return the rows of every layout."""
    seen: dict[str, list[int]] = {}
    for index, text in enumerate(texts):
        seen.setdefault(text.strip().translate(_DIGITS) if text else "", []).append(index)
    return {layout: np.array(rows, np.int64) for layout, rows in seen.items()}


def _plan(layout: str) -> _Plan | None:
    # A layout longer than any date is running text.
    if len(layout) > 64:
        return None
    for number, form in enumerate((*_FORMS, _PACKED_FORM)):
        match = form.match(layout)
        if match is not None:
            groups = match.groupdict()
            parts = {
                key: match.span(key) for key in ("Y", "m", "d", "H", "M", "S", "first", "second") if groups.get(key)
            }
            name, half = groups.get("name"), groups.get("half")
            year, clock = len(groups["Y"]), "time" if "H" in parts else ""
            return _Plan(
                f"{number} {groups.get('sep')} {year} {clock} {'zone' if groups.get('zone') else ''}",
                parts,
                month=_MONTHS[name[:3].lower()] if name else None,
                afternoon=half[0].lower() == "p" if half else None,
                zone=match.span("zone") if groups.get("zone") else None,
            )
    return None


def _read_layout(plan: _Plan, values: list[str], *, rows: npt.NDArray[np.int64], fields: DateFields) -> None:
    numbers = fields.numbers
    for key, (start, end) in plan.parts.items():
        if len(values) > 64 and values[0].isascii():
            numbers[key][rows] = _digits(values, start, end)
        else:
            numbers[key][rows] = [int(value[start:end]) for value in values]
    if plan.month is not None:
        numbers["m"][rows] = plan.month
    if "Y" in plan.parts and plan.parts["Y"][1] - plan.parts["Y"][0] == 2:
        years = numbers["Y"][rows]
        numbers["Y"][rows] = years + np.where(years >= _PIVOT_YEAR, 1900, 2000)
    if plan.afternoon is not None:
        hours = numbers["H"][rows]
        numbers["H"][rows] = np.where(hours == 12, 12 if plan.afternoon else 0, hours + (12 if plan.afternoon else 0))
    if plan.zone is not None:
        start, end = plan.zone
        fields.offset[rows] = [
            NO_OFFSET if (minutes := zone_minutes(value[start:end])) is None else minutes for value in values
        ]


def _digits(values: list[str], start: int, end: int) -> npt.NDArray[np.int64]:
    length = len(values[0])
    table = np.frombuffer("".join(values).encode("ascii", "replace"), np.uint8).reshape(len(values), length)
    powers = 10 ** np.arange(end - start - 1, -1, -1, dtype=np.int64)
    return (table[:, start:end].astype(np.int64) - ord("0")) @ powers


def zone_minutes(text: str) -> int | None:
    """Return the minutes east of Greenwich that a time zone says, or `None` if it says none (``Eastern`` alone)."""
    name = text.strip().upper().strip("()")
    if name in _ZONES:
        return _ZONES[name]
    match = re.match(r"^(?:UTC|GMT)?\s?([+-])(\d{1,2}):?(\d{2})?(?:\)|$|\s)", name)
    if match is None:
        leading = re.match(r"^(UTC|GMT)\b", name)
        return 0 if leading is not None else None
    minutes = int(match[2]) * 60 + int(match[3] or 0)
    return None if minutes > 14 * 60 else (-minutes if match[1] == "-" else minutes)


def _judge(
    fields: dict[str, npt.NDArray[np.int16]], order: DayOrder, counts: npt.NDArray[np.int64] | None
) -> tuple[DayOrder, bool]:
    """Return the order that most telling values have, *order* if none tells, and whether that is sure."""
    first, second = fields["first"], fields["second"]
    weights = np.ones(len(first), np.int64) if counts is None else counts
    day_first = int(weights[(first > 12) & (first <= 31) & (second <= 12)].sum())
    month_first = int(weights[(second > 12) & (second <= 31) & (first <= 12)].sum())
    if day_first == month_first == 0:
        return order, order is not DayOrder.UNKNOWN
    fewer = min(day_first, month_first)
    is_sure = fewer <= 1 or fewer <= CONTRADICTING_SHARE * (day_first + month_first)
    return DayOrder.DAY_FIRST if day_first > month_first else DayOrder.MONTH_FIRST, is_sure


def _ordered_days(numbers: dict[str, npt.NDArray[np.int16]], order: DayOrder) -> dict[str, npt.NDArray[np.int16]]:
    """Return *numbers* with first and second in their places; what only fits the other way stays impossible."""
    rows = numbers["first"] >= 0
    # United States agencies: month first where nothing tells.
    month, day = ("second", "first") if order is DayOrder.DAY_FIRST else ("first", "second")
    placed = {"m": np.where(rows, numbers[month], numbers["m"]), "d": np.where(rows, numbers[day], numbers["d"])}
    return {**numbers, **placed}


def _moments(
    fields: dict[str, npt.NDArray[np.int16]], earliest: int
) -> tuple[npt.NDArray[np.datetime64], npt.NDArray[np.int8]]:
    """Return the moments that the fields make, and why some make none."""
    year, month, day = fields["Y"], fields["m"], fields["d"]
    hour, minute, second = (np.maximum(fields[key], 0).astype(np.int64) for key in ("H", "M", "S"))
    read = year >= 0
    has_month = (month >= 1) & (month <= 12)
    days, has_day = _days(year, month, day)
    swapped = (fields["first"] >= 0) & _days(year, day, month)[1]
    # 60 is a leap second; 24:00:00 is how some programs write the midnight that ends a day.
    has_hour = ((hour <= 23) & (minute <= 59) & (second <= 60)) | ((hour == 24) & (minute == 0) & (second == 0))
    faults = (
        (~has_month & swapped, Fault.OTHER_ORDER),
        (~has_month, Fault.NO_SUCH_MONTH),
        (~has_day, Fault.NO_SUCH_DAY),
        (~has_hour, Fault.NO_SUCH_TIME),
        (year < earliest, Fault.TOO_EARLY),
    )
    fault = np.select([mask & read for mask, _ in faults], [why.value for _, why in faults], Fault.NONE.value)
    moment = days.astype("datetime64[s]") + (hour * 3600 + minute * 60 + second).astype("timedelta64[s]")
    moment[~read | (fault != Fault.NONE.value)] = np.datetime64("NaT")
    return moment, fault.astype(np.int8)


def _days(
    year: npt.NDArray[np.int16], month: npt.NDArray[np.int16], day: npt.NDArray[np.int16]
) -> tuple[npt.NDArray[np.datetime64], npt.NDArray[np.bool_]]:
    """Return days, and which of them exist: 31 April would be 1 May."""
    known = (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31)
    begins = ((np.where(known, year, 2000).astype(np.int64) - 1970) * 12 + np.where(known, month, 1) - 1).astype(
        "datetime64[M]"
    )
    days = begins.astype("datetime64[D]") + (np.where(known, day, 1) - 1).astype("timedelta64[D]")
    return days, known & (days.astype("datetime64[M]") == begins)


def read_times(texts: Sequence[str]) -> DateColumn:
    """Return times of day (in `moment`, on 1970-01-01) from a column of its own."""
    size = len(texts)
    moment = np.full(size, np.datetime64("NaT"), "datetime64[s]")
    offset, fault = np.full(size, NO_OFFSET, np.int16), np.zeros(size, np.int8)
    has_zone = np.zeros(size, np.bool_)
    cache: dict[str, tuple[int, int, int, bool]] = {}
    for index, raw in enumerate(texts):
        text = raw.strip()
        if not text:
            continue
        known = cache.get(text)
        if known is None:
            known = cache[text] = _time(text)
        seconds, offset[index], fault[index], has_zone[index] = known
        if seconds >= 0:
            moment[index] = np.datetime64(seconds, "s")
    has_time = ~np.isnat(moment)
    no_form = np.full(size, NO_FORM, np.int16)
    return DateColumn(moment, has_time, offset, has_zone, fault, no_form, DayOrder.UNKNOWN, np.zeros(size, np.bool_))


def _time(text: str) -> tuple[int, int, int, bool]:
    """Return (seconds of the day or -1, offset in minutes, fault, whether a zone is written)."""
    match = _TIME_ONLY.match(text.translate(_DIGITS))
    if match is None:
        return -1, NO_OFFSET, Fault.UNREADABLE.value, False
    groups = match.groupdict()

    def number(*keys: str) -> int:
        return next((int(text[slice(*match.span(key))]) for key in keys if groups.get(key)), 0)

    hour, minute, second = number("H", "H4"), number("M", "M4"), number("S", "S4")
    half = groups.get("half")
    if half:
        hour = hour % 12 + (12 if half[0].lower() == "p" else 0)
    if hour > 23 or minute > 59 or second > 59:
        return -1, NO_OFFSET, Fault.NO_SUCH_TIME.value, False
    zone = zone_minutes(text[slice(*match.span("zone"))]) if groups.get("zone") else None
    offset = NO_OFFSET if zone is None else zone
    return hour * 3600 + minute * 60 + second, offset, Fault.NONE.value, bool(groups.get("zone"))


def joined(dates: DateColumn, times: DateColumn | None, *, zones: npt.NDArray[np.int16] | None) -> DateColumn:
    """Return dates with the times and zones of their own columns put in where the date has none."""
    moment, offset = dates.moment.copy(), dates.offset.copy()
    has_time = dates.has_time & ~np.isnat(moment)
    if times is not None:
        # A date column that says midnight beside a time column says a day.
        midnight = has_time & (moment == moment.astype("datetime64[D]").astype("datetime64[s]"))
        take = times.has_time & ~np.isnat(moment) & (~has_time | midnight)
        moment[take] = moment[take] + (times.moment[take] - np.datetime64(0, "s"))
        has_time = has_time | take
        offset = np.where(take & (times.offset != NO_OFFSET), times.offset, offset)
    if zones is not None:
        offset = np.where((offset == NO_OFFSET) & has_time, zones, offset)
    return replace(dates, moment=moment, has_time=has_time, offset=offset.astype(np.int16))


def iso_texts(dates: DateColumn) -> list[str | None]:
    """Return ISO 8601: a day, a UTC moment ending in ``Z``, or a local moment without zone; `None` if unknown."""
    known = ~np.isnat(dates.moment)
    zoned = dates.has_time & (dates.offset != NO_OFFSET)
    shift = np.where(zoned, dates.offset, 0).astype("timedelta64[m]")
    moments = dates.moment - shift
    days = np.datetime_as_string(moments.astype("datetime64[D]")).tolist()
    if not dates.has_time.any():
        return [day if is_known else None for day, is_known in zip(days, known.tolist(), strict=True)]
    whole = np.datetime_as_string(moments, unit="s").tolist()
    return [
        None if not is_known else f"{moment}Z" if is_zoned else moment if has_time else day
        for day, moment, is_known, has_time, is_zoned in zip(
            days, whole, known.tolist(), dates.has_time.tolist(), zoned.tolist(), strict=True
        )
    ]
