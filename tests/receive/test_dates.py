"""Dates are read by column: one form or another, zone or none."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaughn.receive.dates import (
    DayOrder,
    Fault,
    first_year,
    iso_texts,
    joined,
    read_dates,
    read_repeated,
    read_times,
    zone_minutes,
)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("04/27/2010", "2010-04-27"),
        ("4/27/10", "2010-04-27"),
        ("2010-04-27", "2010-04-27"),
        ("20100427", "2010-04-27"),
        ("2010/04/27", "2010-04-27"),
        ("27 April 2010", "2010-04-27"),
        ("27-Apr-10", "2010-04-27"),
        ("April 27, 2010", "2010-04-27"),
        ("Apr 27, 2010 3:04 PM EST", "2010-04-27T20:04:00Z"),
        ("Tue, 27 Apr 2010 15:04:00 -0500", "2010-04-27T20:04:00Z"),
        ("2010-04-27T15:04:05Z", "2010-04-27T15:04:05Z"),
        ("2010-04-27 15:04:05.123+02:00", "2010-04-27T13:04:05Z"),
        ("04/27/2010 03:04:05 PM", "2010-04-27T15:04:05"),
        ("04/27/2010 12:00 AM", "2010-04-27T00:00:00"),
        ("20100427150405", "2010-04-27T15:04:05"),
        ("12/31/69", "1969-12-31"),
        ("12/31/2010 24:00:00", "2011-01-01T00:00:00"),
        ("04/27/2010 3:04 PM ET", "2010-04-27T15:04:00"),
        ("Tue, 27 Apr 2010 15:04:00 -0500 (EST)", "2010-04-27T20:04:00Z"),
    ],
)
def test_a_moment_is_read_in_its_form(text: str, iso: str) -> None:
    """Every agency's program writes its own."""
    assert iso_texts(read_dates([text])) == [iso]


@pytest.mark.parametrize(
    "text", ["00/00/0000", "31/04/2010", "02/30/2010", "13/13/2010", "04/27/1066", "04/27/2010 25:00"]
)
def test_an_impossible_date_is_unknown_and_told(text: str) -> None:
    """Guessing the nearest day would invent a fact."""
    column = read_dates([text])
    assert iso_texts(column) == [None]
    assert Fault(column.fault[0]) not in {Fault.NONE, Fault.UNREADABLE}


@pytest.mark.parametrize("text", ["last Tuesday", "2010", "04-2010", "x" * 200])
def test_what_is_no_date_is_unreadable(text: str) -> None:
    """The text stays as received."""
    assert read_dates([text]).fault.tolist() == [Fault.UNREADABLE.value]


def test_one_telling_value_decides_for_the_column() -> None:
    """03/04 beside 27/04 is the third of April."""
    column = read_dates(["03/04/2010", "27/04/2010"])
    assert column.order is DayOrder.DAY_FIRST
    assert iso_texts(column) == ["2010-04-03", "2010-04-27"]
    assert not column.unsure.any()


def test_a_column_that_tells_nothing_is_unsure() -> None:
    """A person must know that the month was guessed to come first."""
    column = read_dates(["03/04/2010", "05/05/2010"])
    assert iso_texts(column) == ["2010-03-04", "2010-05-05"]
    assert column.unsure.tolist() == [True, False]


def test_what_the_parties_agreed_on_decides_before_the_column() -> None:
    """An order that fixes day and month makes every value sure, and those against it wrong."""
    column = read_dates(["03/04/2010", "04/27/2010"], agreed=DayOrder.DAY_FIRST)
    assert iso_texts(column) == ["2010-04-03", None]
    assert [Fault(fault) for fault in column.fault] == [Fault.NONE, Fault.OTHER_ORDER]
    assert not column.unsure.any()


def test_a_column_of_two_minds_is_unsure_of_what_could_be_either() -> None:
    """Two programs wrote it: the values that one of them must have written stay sure."""
    column = read_dates(["04/27/2010", "04/28/2010", "27/04/2010", "28/04/2010", "03/04/2010"])
    assert column.unsure.tolist() == [False, False, False, False, True]


@pytest.mark.parametrize(("field", "iso"), [("document_date", "1890-04-27"), ("sent_date", None)])
def test_a_letter_may_be_older_than_any_mail(field: str, iso: str | None) -> None:
    """The day on a scanned letter is a fact, a mail of 1890 is a clock that was not set."""
    assert iso_texts(read_dates(["04/27/1890"], earliest=first_year(field))) == [iso]


def test_time_and_zone_come_from_their_own_columns() -> None:
    """DATESENT, TIMESENT and TIMEZONE are three columns in most load files."""
    import numpy as np

    zones = np.array([zone_minutes("EDT"), zone_minutes("UTC")], np.int16)
    whole = joined(read_dates(["04/27/2010", "04/27/2010"]), read_times(["3:04 PM", ""]), zones=zones)
    assert iso_texts(whole) == ["2010-04-27T19:04:00Z", "2010-04-27"]


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("EST", -300),
        ("-05:00", -300),
        ("UTC", 0),
        ("(UTC-05:00) Eastern Time (US & Canada)", -300),
        ("GMT+1", 60),
        ("Eastern", None),
    ],
)
def test_a_zone_is_an_offset_or_unknown(text: str, minutes: int | None) -> None:
    """Eastern alone does not say whether summer time was on."""
    assert zone_minutes(text) == minutes


@given(st.lists(st.dates(date(1990, 1, 1), date(2030, 12, 31)), min_size=1, max_size=90))
def test_any_column_of_days_reads_back(days: list[date]) -> None:
    """Long columns are read by NumPy, short ones singly: both must say the same."""
    texts = [day.strftime("%Y-%m-%d") for day in days]
    assert iso_texts(read_dates(texts)) == texts


@given(st.lists(st.text(max_size=30), max_size=20))
def test_no_text_stops_a_date_column(texts: list[str]) -> None:
    """Columns are often shifted in broken rows."""
    assert len(iso_texts(read_dates(texts))) == len(texts)
    read_times(texts)


@given(st.lists(st.sampled_from(["04/27/2010", "27/04/2010", "", "2010-04-27 15:04Z", "x"]), max_size=60))
def test_reading_each_distinct_text_once_changes_nothing(texts: list[str]) -> None:
    """A million rows share some thousand days."""
    once, each = read_repeated(texts), read_dates(texts)
    assert iso_texts(once) == iso_texts(each)
    assert (once.order, once.fault.tolist()) == (each.order, each.fault.tolist())
