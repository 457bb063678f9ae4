"""Dates as sources give them: a day, a month or a year."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from vaughn.model.errors import InputError

FIRST_YEAR = 1900
LAST_YEAR = 2199
_ISO = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?)?")
_HINT = "Write 2010-02-03, or 2010-02 or 2010 if no more is known."


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A day, a month (`day` is `None`) or a year; sorts by its first day.

    Raises:
        InputError: If there is no such day.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise InputError(f"The year {self.year} is not between {FIRST_YEAR} and {LAST_YEAR}.", hint=_HINT)
        try:
            date(self.year, self.month or 1, self.day or 1)
        except ValueError:
            raise InputError(f"There is no day {self}.", hint=_HINT) from None

    def __str__(self) -> str:
        parts = [f"{self.year:04d}"]
        if self.month is not None:
            parts.append(f"{self.month:02d}")
            if self.day is not None:
                parts.append(f"{self.day:02d}")
        return "-".join(parts)

    @classmethod
    def read(cls, text: str) -> PartialDate:
        """Return the date *text* gives as year, month and day with hyphens.

        Raises:
            InputError: If it does not, has a two-digit year, or there is no such day.
        """
        match = _ISO.fullmatch(text.strip())
        if match is None:
            raise InputError(f"{text[:40]!r} is no date.", hint=_HINT)
        month, day = match["month"], match["day"]
        return cls(int(match["year"]), None if month is None else int(month), None if day is None else int(day))

    @classmethod
    def of(cls, day: date) -> PartialDate:
        """Return *day* as a date that is fully known."""
        return cls(day.year, day.month, day.day)

    @property
    def exact(self) -> date | None:
        """The day, `None` if only month or year are known."""
        if self.month is None or self.day is None:
            return None
        return date(self.year, self.month, self.day)

    @property
    def first(self) -> date:
        """The first day it can be."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The last day it can be."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    def agrees_with(self, other: PartialDate) -> bool:
        """Tell whether one can be the other, known more exactly."""
        return (self.first >= other.first and self.last <= other.last) or (
            other.first >= self.first and other.last <= self.last
        )
