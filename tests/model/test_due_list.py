"""What is due and what is overdue, the most urgent first."""

from __future__ import annotations

from datetime import date

from vaughn.model import DueEntry, Standing, due_list, federal, standing_of

ON = date(2010, 3, 5)


def entry(key, due, **more):
    return DueEntry(key, key.title(), "ICE", due, **more)


def test_the_list_begins_with_what_is_overdue_longest():
    """Who opens it in the morning reads the top line."""
    entries = [
        entry("later", date(2010, 3, 15)),
        entry("met", date(2010, 2, 1), met_on=date(2010, 2, 1)),
        entry("stayed", None, is_suspended=True),
        entry("unknown", None),
        entry("today", ON),
        entry("late", date(2010, 2, 12)),
        entry("met late", date(2010, 2, 1), met_on=date(2010, 2, 2)),
        entry("latest", date(2010, 1, 4)),
    ]
    lines = due_list(entries, on=ON, calendar=federal().calendar)
    assert [(line.entry.key, line.standing.value) for line in lines] == [
        ("latest", "overdue"), ("late", "overdue"), ("today", "due today"), ("later", "due"), ("stayed", "suspended"),
        ("unknown", "no due date known"), ("met late", "met late"), ("met", "met"),
    ]  # fmt: skip
    days = {line.entry.key: (line.days, line.working_days) for line in lines}
    assert days["late"] == (-21, -14)  # Washington's Birthday lies between.
    assert days["later"] == (10, 6)
    assert days["today"] == (0, 0)
    assert days["met late"] == (-1, -1)
    assert days["stayed"] == (None, None)


def test_what_is_done_later_is_still_owed_today():
    """The list can be asked for any day of the past."""
    owed = entry("order", date(2010, 3, 1), met_on=date(2010, 3, 20))
    assert standing_of(owed, ON) is Standing.OVERDUE
    assert standing_of(owed, date(2010, 3, 20)) is Standing.MET_LATE
    assert standing_of(owed, date(2010, 2, 20)) is Standing.DUE
    assert standing_of(entry("done", None, met_on=ON), ON) is Standing.MET


def test_a_day_beyond_the_calendar_does_not_spoil_the_list():
    """A wrong year in one obligation must not hide all others."""
    (line,) = due_list([entry("far", date(2110, 3, 5))], on=ON, calendar=federal().calendar)
    assert (line.days, line.working_days) == ((date(2110, 3, 5) - ON).days, None)
