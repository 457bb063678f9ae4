"""How days are counted, one after the other: what each day was, and why it counts or not."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from vaughn.model.calendar import ONE_DAY, WEEKDAYS, Calendar
from vaughn.model.clock_rules import Count
from vaughn.model.errors import InputError


@dataclass(frozen=True, slots=True)
class Toll:
    """A pause of a limit: the days from *first* to *last* do not count, both included.

    Args:
        last: `None` while the pause still runs.
        rule: The rule that allows it: ``TOLL-1``; `None` is the first that the limit allows.
    """

    first: date
    last: date | None
    rule: str | None = None

    def __post_init__(self) -> None:
        if self.last is not None and self.last < self.first:
            raise InputError(
                f"The pause from {self.first.isoformat()} ends on {self.last.isoformat()}, before it begins.",
                hint="Write the day the clock stopped first, then the day it went on: 2026-11-02..2026-11-20.",
            )

    def covers(self, day: date) -> bool:
        """Tell whether *day* is paused."""
        return self.first <= day and (self.last is None or day <= self.last)


class DayKind(Enum):
    """What a day was in a count."""

    TRIGGER = "trigger day"
    COUNTED = "counted"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    TOLLED = "tolled"
    ROLLED = "rolled forward"


@dataclass(frozen=True, slots=True)
class DayStep:
    """One day of a count.

    Args:
        name: The weekday, the holiday or the pause by name.
        count: Which of the days (months, years) counted it is; `None` if it does not count.
        by: The rule it counts for, where that is an extension.
    """

    day: date
    what: DayKind
    name: str
    count: int | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Phase:
    """One stretch of counting: the limit itself, then its extension."""

    count: Count
    number: int
    by: str | None = None


def counted_days(
    trigger: date, phases: Sequence[Phase], tolls: Sequence[Toll], calendar: Calendar
) -> Iterator[DayStep]:
    """Yield every day from the trigger to the last one counted, or to the start of a pause that still runs.

    Of months and years only the days on which one is full are told, and pauses do not touch them.

    Raises:
        InputError: If a day lies outside the calendar.
    """
    yield DayStep(calendar.known(trigger), DayKind.TRIGGER, WEEKDAYS[trigger.weekday()])
    day, before = trigger, 0
    for phase in phases:
        if not phase.count.is_days:
            for step in _anniversaries(day, phase, calendar):
                yield step
                day = step.day
            continue
        last = before + phase.number
        while before < last:
            day += ONE_DAY
            toll = next((one for one in tolls if one.covers(day)), None)
            if toll is not None:
                yield DayStep(calendar.known(day), DayKind.TOLLED, _paused(toll))
                if toll.last is None:
                    return
                continue
            left_out = _left_out(day, calendar) if phase.count is Count.WORKING_DAYS else None
            if left_out is not None:
                yield left_out
                continue
            before += 1
            yield DayStep(day, DayKind.COUNTED, _named(day, calendar), before, phase.by)


def rolled_days(end: date, calendar: Calendar) -> Iterator[DayStep]:
    """Yield the days from a last day without work to the first working day after it; none after a working day."""
    if calendar.is_working_day(end):
        return
    day = end + ONE_DAY
    while (left_out := _left_out(day, calendar)) is not None:
        yield left_out
        day += ONE_DAY
    yield DayStep(day, DayKind.ROLLED, WEEKDAYS[day.weekday()])


def _left_out(day: date, calendar: Calendar) -> DayStep | None:
    """Return the step of a day that is no working day."""
    holiday = calendar.holiday(day)
    if calendar.is_weekend(day):
        return DayStep(day, DayKind.WEEKEND, _named(day, calendar))
    return None if holiday is None else DayStep(day, DayKind.HOLIDAY, holiday)


def _named(day: date, calendar: Calendar) -> str:
    holiday = calendar.holiday(day)
    return WEEKDAYS[day.weekday()] + (f" ({holiday})" if holiday else "")


def _paused(toll: Toll) -> str:
    return f"{toll.rule or 'pause'}{', still running' if toll.last is None else ''}"


def _anniversaries(start: date, phase: Phase, calendar: Calendar) -> Iterator[DayStep]:
    """Yield the same day of each later month or year; 31 becomes the last day of a shorter month."""
    months, unit = (12, "year") if phase.count is Count.YEARS else (1, "month")
    for number in range(1, phase.number + 1):
        passed = start.month - 1 + number * months
        year, month = start.year + passed // 12, passed % 12 + 1
        day = calendar.known(date(year, month, min(start.day, monthrange(year, month)[1])))
        yield DayStep(day, DayKind.COUNTED, f"{_named(day, calendar)}, the {unit} is full", number, phase.by)
