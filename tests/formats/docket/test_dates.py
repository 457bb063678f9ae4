"""Which day a court's software means."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaughn.formats.docket.dates import court_date, mail_moment


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("04/27/2010", date(2010, 4, 27)),
        ("8/5/10", date(2010, 8, 5)),
        ("3/10/98", date(1998, 3, 10)),
        ("2010-04-27 00:00:00", date(2010, 4, 27)),
        ("April 27, 2010", date(2010, 4, 27)),
        ("Sept. 3rd, 2010", date(2010, 9, 3)),
        ("02/30/2011", None),
        ("13/01/2011", None),
        ("0000-00-00", None),
        ("1/1/0011", None),
        ("tomorrow", None),
        ("", None),
    ],
)
def test_a_day_or_none(text, day):
    """An impossible day is unknown, never the nearest."""
    assert court_date(text) == day


@given(st.dates(min_value=date(1970, 1, 1), max_value=date(2069, 12, 31)))
def test_every_day_is_read_in_every_form(day):
    """Two digits of the year reach from 1970 to 2069."""
    forms = (f"{day:%m/%d/%Y}", f"{day:%m/%d/%y}", day.isoformat(), f"{day:%B} {day.day}, {day.year}")
    assert {court_date(form) for form in forms} == {day}


def test_a_moment_needs_its_time_zone():
    """Without it nobody knows which day it is."""
    assert mail_moment("Fri, 03 Feb 2023 11:57:38 GMT") == datetime(2023, 2, 3, 11, 57, 38, tzinfo=UTC)
    assert mail_moment("Fri, 03 Feb 2023 11:57:38") is None
    assert mail_moment("nonsense") is None
