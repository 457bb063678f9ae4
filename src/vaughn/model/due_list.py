"""What is due, overdue, met or suspended on a given day, the most urgent first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from vaughn.model.calendar import Calendar


class Standing(Enum):
    """How something that is owed stands on a day; in the order in which a list shows it."""

    OVERDUE = "overdue"
    DUE_TODAY = "due today"
    DUE = "due"
    SUSPENDED = "suspended"
    UNKNOWN = "no due date known"
    MET_LATE = "met late"
    MET = "met"


@dataclass(frozen=True, slots=True)
class DueEntry:
    """Something that is owed.

    Args:
        key: Stays the same when the due date moves: ``obligation/2010-12-17-opt-out``.
        who: Who owes it.
        due: `None` if nobody knows, or it is suspended.
        met_on: The day it was done; `None` if it was not, or nobody knows.
        confirmed: False if a source of the due date is not confirmed.
    """

    key: str
    title: str
    who: str
    due: date | None
    met_on: date | None = None
    is_suspended: bool = False
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class DueLine:
    """One line of the list.

    Args:
        days: Calendar days until it is due; below 0 since it was. `None` without a due date.
        working_days: The same in working days; `None` also where the calendar does not answer for them.
    """

    entry: DueEntry
    standing: Standing
    days: int | None
    working_days: int | None


def due_list(entries: Iterable[DueEntry], *, on: date, calendar: Calendar) -> tuple[DueLine, ...]:
    """Return how everything stands on the day *on*: overdue first, the oldest of them at the top."""
    order = list(Standing)
    lines = [_line(entry, on, calendar) for entry in entries]
    return tuple(
        sorted(lines, key=lambda line: (order.index(line.standing), line.entry.due or date.max, line.entry.key))
    )


def _line(entry: DueEntry, on: date, calendar: Calendar) -> DueLine:
    standing = standing_of(entry, on)
    if entry.due is None:
        return DueLine(entry, standing, None, None)
    until = entry.met_on if entry.met_on is not None and entry.met_on <= on else on
    working = None
    if calendar.covers(until) and calendar.covers(entry.due):
        working = calendar.working_days(until, entry.due) - calendar.working_days(entry.due, until)
    return DueLine(entry, standing, (entry.due - until).days, working)


def standing_of(entry: DueEntry, on: date) -> Standing:
    """Return how *entry* stands on the day *on*; what was done later is not known yet."""
    if entry.met_on is not None and entry.met_on <= on:
        return Standing.MET_LATE if entry.due is not None and entry.met_on > entry.due else Standing.MET
    if entry.is_suspended:
        return Standing.SUSPENDED
    if entry.due is None:
        return Standing.UNKNOWN
    if entry.due == on:
        return Standing.DUE_TODAY
    return Standing.OVERDUE if entry.due < on else Standing.DUE
