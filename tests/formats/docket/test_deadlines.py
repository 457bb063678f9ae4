"""Which days a text sets."""

from __future__ import annotations

from datetime import date

import pytest

from vaughn.formats.docket.deadlines import days_in


@pytest.mark.parametrize(
    ("text", "what", "day", "is_due"),
    [
        ("ORDER. Cross Motions due by 3/4/2011.", "Cross Motions", date(2011, 3, 4), True),
        ("Redaction Request due 4/4/2022.", "Redaction Request", date(2022, 4, 4), True),
        ("Responses due on or before: May 3, 2010", "Responses", date(2010, 5, 3), True),
        ("Status Conference set for 4/21/2011 at 04:30 PM", "Status Conference", date(2011, 4, 21), False),
        ("Redacted Transcript Deadline set for 4/14/2022.", "Redacted Transcript", date(2022, 4, 14), False),
        ("ICE will produce all records by February 25, 2011.", "ICE will produce all records", date(2011, 2, 25), True),
        ("Conference re-set for Wednesday, 11/13/2007", "Conference", date(2007, 11, 13), False),
        ("from January 25, 2008 to Wednesday, February 27, 2008", "", date(2008, 2, 27), False),
    ],
)
def test_a_day_and_what_it_is_for(text, what, day, is_due):
    """Deadlines come from here into the calendar, after somebody looked."""
    assert [(one.what, one.day, one.is_due) for one in days_in(text)] == [(what, day, is_due)]


@pytest.mark.parametrize(
    "text", ["filed on 4/27/2010", "(Entered: 04/27/2010)", "due by 2/30/2011", "on 3/4/2011 the court"]
)
def test_days_of_the_past_and_impossible_ones_are_none(text):
    """An entry tells of many days; few of them are owed."""
    assert days_in(text) == ()
