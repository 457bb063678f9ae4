"""A column of dates is judged as a whole, and each value by what it says."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaughn.receive.checks.dates import VERDICTS, judged_dates
from vaughn.receive.dates import agreed_order, first_year, read_dates

LAST = date(2011, 1, 17)


def _codes(*values: str, order: str | None = None, field: str = "sent_date") -> list[str | None]:
    read = read_dates(values, agreed=agreed_order(order), earliest=first_year(field))
    verdicts = judged_dates(read, released_on=LAST)
    return [VERDICTS[verdict].code or None for verdict in verdicts.tolist()]


@pytest.mark.parametrize(
    "value",
    [
        "04/27/2010", "4/27/2010", "04-27-2010", "2010-04-27", "20100427", "27 Apr 2010", "27-APR-2010",
        "April 27, 2010", "Apr 27 2010", "Tuesday, April 27, 2010", "04/27/2010 3:04 PM", "04/27/2010 15:04:05",
        "2010-04-27T10:00:00Z", "2010-04-27 10:00:00.123 -05:00", "04/27/2010 10:00 EST", "04/27/10",
        "Tue, 27 Apr 2010 10:00:00 +0000", "12/31/2010 23:59:60", "12/31/2010 24:00:00", "04/27/2010 10:00 ET",
        "Tue, 27 Apr 2010 10:00:00 -0500 (EST)", "04/27/2010  3:04 PM (Eastern Time)", "27 04 2010",
    ],
)  # fmt: skip
def test_usual_forms_are_no_fault(value):
    """Every mail program writes dates its own way."""
    assert _codes(value) == [None]


@pytest.mark.parametrize(
    "value", ["00/00/0000", "13/45/2010", "02/30/2010", "2010-13-01", "01/18/2011", "01/01/1601", "04/27/2010 25:00"]
)
def test_days_and_times_that_cannot_be_are_told(value):
    """A date after the production, or the zero of a clock, says the field is wrong."""
    assert _codes(value) == ["DT001"]


@pytest.mark.parametrize("value", ["last Tuesday", "2010", "n/a", "04/27", "٠٤/٢٧/٢٠١٠ x", "Foo 27, 2010", "1" * 500])
def test_what_is_no_date_is_told(value):
    """The text stays as received; a person has to read it."""
    assert _codes(value) == ["DT004"]


def test_one_sure_value_decides_for_its_column():
    """The 27th month does not exist, so the column writes the month first."""
    assert _codes("03/04/2010", "04/27/2010") == [None, None]
    assert _codes("03/04/2010", "27/04/2010") == [None, None]
    assert _codes("03/04/2010", "05/06/2010") == ["DT002", "DT002"]
    assert _codes("03/03/2010") == [None]


def test_the_order_may_say_which_comes_first():
    """What the parties agreed on needs no guessing."""
    assert _codes("03/04/2010", order="DMY") == [None]
    assert _codes("04/27/2010", order="DMY") == ["DT001"]


def test_a_column_that_contradicts_itself_decides_nothing():
    """Two programs wrote it, and nobody knows which wrote the other values."""
    assert _codes("04/27/2010", "04/28/2010", "27/04/2010", "28/04/2010", "03/04/2010")[-1] == "DT002"


def test_another_form_is_only_noted():
    """It can be read, and still shows that the column was put together."""
    assert _codes("04/27/2010", "04/28/2010", "2010-04-28") == [None, None, "DT005"]


def test_a_scanned_letter_may_be_old():
    """Only electronic times have a first year."""
    assert _codes("04/27/1890", field="document_date") == [None]
    assert _codes("04/27/1890") == ["DT001"]


@settings(deadline=None)
@given(st.text(max_size=40))
def test_no_text_stops_the_check(text):
    """Load files hold anything."""
    assert len(_codes(text)) == 1


@settings(deadline=None)
@given(st.dates(date(1902, 1, 1), LAST))
def test_a_real_day_is_never_impossible(day):
    """Right dates must not be held against the agency."""
    for text in (day.isoformat(), day.strftime("%m/%d/%Y"), day.strftime("%d %b %Y"), day.strftime("%B %d, %Y")):
        assert _codes(text) != ["DT001"]
        assert _codes(text) != ["DT004"]
