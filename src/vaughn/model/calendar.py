"""Which days a jurisdiction works: weekends, legal holidays with their names, and the range of days it knows.

Holidays come from the package `holidays`, category ``public`` unless the jurisdiction's file says otherwise; the file
adds and removes single days. Closures by executive order (24 December, days of mourning, snow) are no legal holidays;
the package keeps them in its category ``government``, which is off unless asked for.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType

from vaughn.model.errors import InputError

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
SATURDAY_AND_SUNDAY = (5, 6)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day that a jurisdiction adds to its holidays or takes out of them, and on whose word."""

    day: date
    name: str
    citation: str


@dataclass(frozen=True, slots=True)
class CalendarSpec:
    """What a calendar is made from.

    Args:
        country, subdivision: As the package `holidays` calls them: ``US``, ``CA``.
        categories: Of the package: ``public``; ``government`` adds closures that are no legal holidays.
        first, last: The days the calendar answers for, both included.
        weekend: Days of the week without work; Monday is 0.
        added, removed: What the package lacks or has too much.
    """

    name: str
    country: str
    first: date
    last: date
    subdivision: str | None = None
    categories: tuple[str, ...] = ("public",)
    weekend: tuple[int, ...] = SATURDAY_AND_SUNDAY
    added: tuple[CalendarDay, ...] = ()
    removed: tuple[CalendarDay, ...] = ()


@dataclass(frozen=True, slots=True)
class Calendar:
    """The working days of a jurisdiction between two days, both included."""

    name: str
    first: date
    last: date
    holidays: Mapping[date, str] = field(hash=False)
    weekend: tuple[int, ...] = SATURDAY_AND_SUNDAY

    def holiday(self, day: date) -> str | None:
        """Return the name of the legal holiday that falls on *day* or is observed on it."""
        return self.holidays.get(self.known(day))

    def is_weekend(self, day: date) -> bool:
        """Tell whether *day* is a day of the week on which nobody works."""
        return day.weekday() in self.weekend

    def is_working_day(self, day: date) -> bool:
        """Tell whether *day* is neither weekend nor legal holiday."""
        return self.holiday(day) is None and not self.is_weekend(day)

    def next_working_day(self, day: date) -> date:
        """Return *day* if it is a working day, else the first one after it."""
        while not self.is_working_day(day):
            day += ONE_DAY
        return day

    def previous_working_day(self, day: date) -> date:
        """Return *day* if it is a working day, else the last one before it."""
        while not self.is_working_day(day):
            day -= ONE_DAY
        return day

    def working_days(self, after: date, until: date) -> int:
        """Return how many working days lie after *after*, up to and with *until*: 0 if *until* is not later."""
        return sum(self.is_working_day(day) for day in days_between(after + ONE_DAY, until))

    def covers(self, day: date) -> bool:
        """Tell whether the calendar answers for *day*."""
        return self.first <= day <= self.last

    def known(self, day: date) -> date:
        """Return *day* if the calendar answers for it.

        Raises:
            InputError: If it lies outside the calendar's range.
        """
        if not self.covers(day):
            raise InputError(
                f"{day.isoformat()} lies outside the calendar of {self.name}, which is known from "
                f"{self.first.isoformat()} to {self.last.isoformat()}.",
                hint="Check the year. The range stands in the jurisdiction's file under [calendar].",
            )
        return day


def days_between(first: date, last: date) -> Iterator[date]:
    """Yield every day from *first* to *last*, both included; none if *last* is earlier."""
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


@lru_cache(maxsize=16)
def calendar_of(spec: CalendarSpec) -> Calendar:
    """Return the calendar that *spec* describes.

    Raises:
        InputError: If the package `holidays` does not know the country, its part or the category.
    """
    found = _package_holidays(spec)
    for left_out in spec.removed:
        found.pop(left_out.day, None)
    for extra in spec.added:
        found[extra.day] = extra.name
    kept = {day: name for day, name in sorted(found.items()) if spec.first <= day <= spec.last}
    return Calendar(spec.name, spec.first, spec.last, MappingProxyType(kept), spec.weekend)


def _package_holidays(spec: CalendarSpec) -> dict[date, str]:
    # The package takes a twentieth of a second to import; most commands need no calendar.
    from holidays import country_holidays  # noqa: PLC0415

    try:
        table = country_holidays(
            spec.country,
            subdiv=spec.subdivision,
            # New Year's Day of the year after may be observed on 31 December.
            years=range(spec.first.year, spec.last.year + 2),
            categories=spec.categories,
            language="en_US" if spec.country == "US" else None,
        )
    except (NotImplementedError, ValueError) as error:
        where = spec.country if spec.subdivision is None else f"{spec.country}, {spec.subdivision}"
        raise InputError(
            f"{spec.name}: the package holidays has no days of {where} in {', '.join(spec.categories)}.",
            hint="Look the names up in the documentation of the package holidays.",
        ) from error
    return {day: name for day, name in table.items() if isinstance(name, str)}


def read_day(text: str, *, what: str) -> date:
    """Return the day that *text* spells as ``2010-02-03``.

    Args:
        what: What the day is, for the error: ``--from``.

    Raises:
        InputError: If it is written otherwise or there is no such day; the hint says what to write.
    """
    match = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", text.strip())
    if match is None:
        raise InputError(f"{what}: {text.strip()[:40]!r} is not a day.", hint=_how_to_write(text.strip()))
    year, month, number = map(int, match.groups())
    if not 1 <= month <= 12 or year == 0:
        raise InputError(f"{what}: {text.strip()} is no day: there is no month {month:02} in a year {year:04}.",
                         hint="Write year, month, day: 2010-02-03 is the third of February 2010.")  # fmt: skip
    longest = monthrange(year, month)[1]
    if not 1 <= number <= longest:
        raise InputError(
            f"{what}: {text.strip()} is no day: {MONTHS[month - 1]} {year} has {longest} days.",
            hint="Look the day up in the letter or the order again.",
        )
    return date(year, month, number)


def _how_to_write(text: str) -> str:
    """Return what to write instead of *text*."""
    match = re.fullmatch(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", text)
    if match:
        first, second, year = match.groups()
        return f"Write year, month, day: {year}-{int(first):02}-{int(second):02} if the month comes first in it."
    if re.fullmatch(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{1,2}", text):
        return "Write the year with four digits, then month and day: 2010-02-03."
    return "Write year, month, day with two hyphens: 2010-02-03 is the third of February 2010."


def day_in_words(day: date) -> str:
    """Return ``Thursday, 4 March 2010``: no reader takes the month for the day."""
    return f"{WEEKDAYS[day.weekday()]}, {day.day} {MONTHS[day.month - 1]} {day.year}"
