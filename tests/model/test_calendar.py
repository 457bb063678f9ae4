"""Working days, legal holidays by name, and days as people write them."""

from __future__ import annotations

from datetime import date

import pytest

from vaughn.model import CalendarDay, CalendarSpec, InputError, calendar_of, day_in_words, federal, read_day

CALENDAR = federal().calendar


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2010, 12, 31), "New Year's Day (observed)"),
        (date(2021, 12, 31), "New Year's Day (observed)"),
        (date(2021, 6, 18), "Juneteenth National Independence Day (observed)"),
        (date(2010, 2, 15), "Washington's Birthday"),
        (date(2011, 1, 17), "Martin Luther King Jr. Day"),
        (date(2011, 12, 26), "Christmas Day (observed)"),
        (date(2020, 6, 19), None),  # Juneteenth was no holiday yet.
        (date(2024, 12, 24), None),  # Closed by executive order: no legal holiday.
        (date(2010, 2, 8), None),  # Washington was closed for snow.
    ],
)
def test_legal_holidays_have_their_names(day, name):
    """A reason that says which holiday it was can be checked by anyone."""
    assert CALENDAR.holiday(day) == name


def spec(**changed):
    return CalendarSpec("Test", "US", date(2024, 1, 1), date(2025, 12, 31), **changed)


def test_closures_by_executive_order_count_only_if_asked_for():
    """They are no legal holidays, but an agency's letter may treat them so."""
    assert calendar_of(spec(categories=("public", "government"))).holiday(date(2024, 12, 24)) is not None
    assert calendar_of(spec()).holiday(date(2024, 12, 24)) is None


def test_a_file_adds_and_removes_days():
    """Holidays change by statute faster than packages do."""
    added = CalendarDay(date(2025, 4, 1), "Test Day", "Test Code 1")
    removed = CalendarDay(date(2025, 10, 13), "Columbus Day", "Test Code 2")
    calendar = calendar_of(spec(added=(added,), removed=(removed,)))
    assert calendar.holiday(date(2025, 4, 1)) == "Test Day"
    assert calendar.is_working_day(date(2025, 10, 13))
    assert not calendar_of(spec()).is_working_day(date(2025, 10, 13))


def test_the_calendar_answers_for_its_range_only():
    """Beyond it nobody knows the holidays; a wrong year is the usual cause."""
    for day in (date(1989, 12, 31), date(2051, 1, 1)):
        with pytest.raises(InputError, match="outside the calendar") as told:
            CALENDAR.is_working_day(day)
        assert "Check the year" in told.value.hint


def test_the_next_and_the_previous_working_day_skip_a_long_weekend():
    """Saturday to Washington's Birthday 2010."""
    assert CALENDAR.next_working_day(date(2010, 2, 13)) == date(2010, 2, 16)
    assert CALENDAR.previous_working_day(date(2010, 2, 15)) == date(2010, 2, 12)
    assert CALENDAR.next_working_day(date(2010, 2, 16)) == date(2010, 2, 16)


def test_the_suit_came_on_working_day_58():
    """From the request of 3 February 2010 to the complaint."""
    assert CALENDAR.working_days(date(2010, 2, 3), date(2010, 4, 27)) == 58
    assert CALENDAR.working_days(date(2010, 4, 27), date(2010, 2, 3)) == 0


def test_an_unknown_country_is_an_error_that_names_it():
    """The name comes from a file that a person wrote."""
    with pytest.raises(InputError, match="XX"):
        calendar_of(CalendarSpec("Test", "XX", date(2024, 1, 1), date(2025, 12, 31)))
    with pytest.raises(InputError, match="US, ZZ"):
        calendar_of(spec(subdivision="ZZ"))
    with pytest.raises(InputError, match="everything"):
        calendar_of(spec(categories=("everything",)))


def test_a_day_is_read_and_told():
    """One form in, one form out."""
    assert read_day(" 2010-02-03 ", what="--from") == date(2010, 2, 3)
    assert day_in_words(date(2010, 3, 4)) == "Thursday, 4 March 2010"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2010-02-30", "February 2010 has 28 days"),
        ("2023-02-29", "February 2023 has 28 days"),
        ("2010-13-01", "no month 13"),
        ("0000-01-01", "year 0000"),
        ("2010-04-00", "April 2010 has 30 days"),
        ("10-02-03", "four digits"),
        ("2/3/10", "four digits"),
        ("02/03/2010", "2010-02-03 if the month comes first"),
        ("3 February 2010", "two hyphens"),
        ("2010-2-3", "two hyphens"),
        ("２０１０-02-03", "two hyphens"),
        ("", "two hyphens"),
    ],
)
def test_a_day_that_is_none_says_what_to_write(text, said):
    """Impossible and two-digit dates are refused, never guessed."""
    with pytest.raises(InputError) as told:
        read_day(text, what="--from")
    assert said in f"{told.value.message} {told.value.hint}"
    assert told.value.message.startswith("--from: ")
