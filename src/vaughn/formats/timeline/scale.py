"""Where days lie: on a straight scale of years, and in a list where crowded months take more room."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

_STEPS_MONTHS = (1, 3, 6, 12, 24, 60, 120, 240)
MONTHS_A_YEAR = 12
_LAST_YEAR = 9999


@dataclass(frozen=True, slots=True)
class Tick:
    """A day that is written at the scale."""

    day: date
    label: str


@dataclass(frozen=True, slots=True)
class StraightScale:
    """Days on a line: *first* lies at *left*, *last* at *right*."""

    first: date
    last: date
    left: float
    right: float

    def at(self, day: date) -> float:
        """Return where *day* lies; outside the scale, its nearer end."""
        whole = max((self.last - self.first).days, 1)
        part = min(max((day - self.first).days / whole, 0.0), 1.0)
        return self.left + part * (self.right - self.left)

    def ticks(self, *, apart: float) -> tuple[Tick, ...]:
        """Return the days to be written, at least *apart* from each other: years, or months if there is room."""
        room = self.right - self.left
        months = (self.last.year - self.first.year) * MONTHS_A_YEAR + self.last.month - self.first.month + 1
        step = next((one for one in _STEPS_MONTHS if room / months * one >= apart), _STEPS_MONTHS[-1])
        found = []
        month = self.first.year * MONTHS_A_YEAR + self.first.month - 1
        month += -month % step
        while month // MONTHS_A_YEAR <= min(self.last.year, _LAST_YEAR):
            day = date(month // MONTHS_A_YEAR, month % MONTHS_A_YEAR + 1, 1)
            if day > self.last:
                break
            found.append(Tick(day, str(day.year) if day.month == 1 else f"{day:%Y-%m}"))
            month += step
        return tuple(found)


@dataclass(frozen=True, slots=True)
class ListScale:
    """Days beside the rows of a list: between two rows they are spread evenly.

    Args:
        days: Of the rows, never falling.
        heights: Middle of each row.
        top, bottom: Where days before the first and after the last row lie.
    """

    days: Sequence[date]
    heights: Sequence[float]
    top: float
    bottom: float

    def begins_at(self, day: date) -> float:
        """Return where something that begins on *day* begins: at the first row of that day."""
        place = bisect_left(self.days, day)
        return self._at(day, place)

    def ends_at(self, day: date) -> float:
        """Return where something that ends on *day* ends: at the last row of that day."""
        place = bisect_right(self.days, day) - 1
        if place >= 0 and self.days[place] == day:
            return self.heights[place]
        return self._at(day, place + 1)

    def _at(self, day: date, place: int) -> float:
        """Return where *day* lies, *place* being the first row that is not before it."""
        if place >= len(self.days):
            return self.bottom
        if self.days[place] == day:
            return self.heights[place]
        if place == 0:
            return self.top
        before, after = self.days[place - 1], self.days[place]
        part = (day - before).days / (after - before).days
        return self.heights[place - 1] + part * (self.heights[place] - self.heights[place - 1])
