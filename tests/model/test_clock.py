"""Due dates: the worked dates, pauses, extensions, versions, and properties against an independent counter."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaughn.model import ClockQuestion, DayKind, InputError, Toll, due_date, federal

LAW = federal()
HOLIDAYS = np.array(list(LAW.calendar.holidays), dtype="datetime64[D]")
DAYS = st.dates(date(2017, 1, 1), date(2040, 12, 31))


def asked(rule, trigger, **more):
    return due_date(ClockQuestion(rule, trigger, **more), LAW)


@pytest.mark.parametrize(
    ("rule", "trigger", "more", "due"),
    [
        ("FOIA-20", date(2010, 2, 3), {}, date(2010, 3, 4)),
        ("FOIA-20", date(2010, 2, 3), {"extend_days": 10}, date(2010, 3, 18)),
        ("APPEAL-90", date(2024, 1, 2), {"agency": "DHS"}, date(2024, 5, 9)),
        ("APPEAL-90", date(2024, 1, 2), {"agency": "NTSB"}, date(2024, 4, 1)),
        ("APPEAL-90", date(2024, 1, 2), {}, date(2024, 4, 1)),
        ("APPEAL-CA-60", date(2011, 10, 24), {}, date(2011, 12, 23)),
        ("ANSWER-30", date(2010, 6, 1), {}, date(2010, 7, 1)),
        ("ANSWER-30", date(2010, 5, 31), {}, date(2010, 6, 30)),
        ("EXPED-10", date(2010, 2, 3), {}, date(2010, 2, 16)),  # Saturday, then a holiday on Monday.
        ("TRACK-10", date(2026, 11, 2), {}, date(2026, 11, 12)),
        ("APPEAL-20", date(2010, 12, 10), {}, date(2011, 1, 11)),  # Observed Christmas, New Year on 31 December.
        ("SOL-6y", date(2012, 2, 29), {}, date(2018, 2, 28)),
        ("SOL-6y", date(2010, 3, 4), {}, date(2016, 3, 4)),
        ("SOL-6y", date(2011, 1, 16), {}, date(2017, 1, 17)),  # Martin Luther King Jr. Day.
        # Ten days before the change of December 2009 leave out weekends and Thanksgiving; after it they do not.
        ("FRCP-6", date(2009, 11, 20), {"number": 10}, date(2009, 12, 7)),
        ("FRCP-6", date(2009, 11, 20), {"number": 11}, date(2009, 12, 1)),
        ("FRCP-6", date(2010, 11, 19), {"number": 10}, date(2010, 11, 29)),
    ],
)
def test_worked_dates(rule, trigger, more, due):
    """Counted by hand, with a calendar on the wall."""
    assert asked(rule, trigger, **more).due == due


def test_each_day_says_what_it_was():
    """The first fortnight of the request of 3 February 2010."""
    told = asked("FOIA-20", date(2010, 2, 3))
    assert [(step.day.day, step.what.value, step.count) for step in told.days[:14]] == [
        (3, "trigger day", None), (4, "counted", 1), (5, "counted", 2), (6, "weekend", None), (7, "weekend", None),
        (8, "counted", 3), (9, "counted", 4), (10, "counted", 5), (11, "counted", 6), (12, "counted", 7),
        (13, "weekend", None), (14, "weekend", None), (15, "holiday", None), (16, "counted", 8),
    ]  # fmt: skip
    assert told.days[12].name == "Washington's Birthday"
    assert (told.days[-1].day, told.days[-1].count) == (date(2010, 3, 4), 20)


def test_a_missed_limit_opens_the_way_to_court_the_day_after():
    """Remedies count as exhausted then; it need not be a working day."""
    assert asked("FOIA-20", date(2010, 2, 3)).opens_on == date(2010, 3, 5)
    assert asked("FOIA-20", date(2010, 2, 4)).opens_on == date(2010, 3, 6)  # A Saturday.
    assert asked("ANSWER-30", date(2010, 6, 1)).opens_on is None


def test_a_request_on_its_way_inside_the_agency_starts_the_clock_in_time():
    """At the latest ten days after any designated component has it; that these are calendar days nobody confirmed."""
    late = asked("FOIA-20", date(2026, 3, 2), first_received=date(2026, 2, 2))
    assert (late.start, late.due) == (date(2026, 2, 12), asked("FOIA-20", date(2026, 2, 12)).due)
    assert [citation.rule for citation in late.citations if not citation.confirmed] == ["FOIA-20, latest start"]
    soon = asked("FOIA-20", date(2026, 2, 5), first_received=date(2026, 2, 2))
    assert (soon.start, soon.confirmed) == (date(2026, 2, 5), True)
    for rule, first in (("ANSWER-30", date(2026, 2, 2)), ("FOIA-20", date(2026, 3, 1))):
        with pytest.raises(InputError):
            asked(rule, date(2026, 2, 5), first_received=first)


def test_days_of_the_extension_carry_its_name():
    """Whoever reads the table sees which ten days the notice added."""
    told = asked("FOIA-20", date(2010, 2, 3), extend_days=10)
    assert {step.by for step in told.days if step.count and step.count > 20} == {"EXT-10"}
    assert {step.by for step in told.days if step.count and step.count <= 20} == {None}
    assert [citation.rule for citation in told.citations] == ["FOIA-20", "EXT-10"]


def test_a_pause_leaves_out_both_its_ends():
    """The clock stops on the day of the question and goes on the day after the answer."""
    toll = Toll(date(2010, 2, 8), date(2010, 2, 12))
    told = asked("FOIA-20", date(2010, 2, 3), tolls=(toll,))
    assert told.due == date(2010, 3, 11)  # Five working days later.
    assert [step.day.day for step in told.days if step.what is DayKind.TOLLED] == [8, 9, 10, 11, 12]
    assert {step.name for step in told.days if step.what is DayKind.TOLLED} == {"TOLL-1"}
    assert told.question.tolls[0].rule == "TOLL-1"


def test_pauses_that_overlap_are_not_counted_twice():
    """A question about fees while the other question is still open."""
    one = Toll(date(2010, 2, 8), date(2010, 2, 12), "TOLL-1")
    two = Toll(date(2010, 2, 10), date(2010, 2, 16), "TOLL-FEE")
    both = asked("FOIA-20", date(2010, 2, 3), tolls=(two, one))
    assert both.due == asked("FOIA-20", date(2010, 2, 3), tolls=(Toll(one.first, two.last),)).due


def test_a_pause_that_runs_leaves_no_due_date():
    """Nobody knows when the answer comes."""
    told = asked("FOIA-20", date(2010, 2, 3), tolls=(Toll(date(2010, 2, 8), None),))
    assert (told.due, told.counted_end, told.opens_on) == (None, None, None)
    assert told.days[-1].name == "TOLL-1, still running"
    assert "There is no due date while the pause runs." in told.notes


def test_a_pause_after_the_end_changes_nothing_and_says_so():
    """An agency cannot stop a clock that has run out."""
    told = asked("FOIA-20", date(2010, 2, 3), tolls=(Toll(date(2010, 3, 8), None),))
    assert told.due == date(2010, 3, 4)
    assert "changes nothing" in " ".join(told.notes)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (("FOIA-20", {"tolls": (Toll(date(2010, 2, 8), date(2010, 2, 9)),) * 2}), "TOLL-1 may pause FOIA-20 once"),
        (("FOIA-20", {"tolls": (Toll(date(2010, 2, 2), None),)}), "begins before the count"),
        (("FOIA-20", {"tolls": (Toll(date(2010, 2, 8), None, "EXT-10"),)}), "EXT-10 does not pause"),
        (("FOIA-20", {"extend_days": 11}), "1 to 10 working days, not by 11"),
        (("FOIA-20", {"extend_days": -1}), "not by -1"),
        (("ANSWER-30", {"extend_days": 5}), "No rule of United States, federal extends ANSWER-30"),
        (("ANSWER-30", {"tolls": (Toll(date(2010, 2, 8), None),)}), "pauses ANSWER-30"),
        (("TOLL-1", {}), "no limit of its own but a pause of FOIA-20"),
        (("EXT-10", {}), "but an extension of FOIA-20, APPEAL-20"),
        (("FRCP-6", {}), "how to count, not how long"),
        (("FRCP-6", {"number": 0}), "cannot be counted"),
        (("FRCP-6", {"number": 1_000_000}), "cannot be counted"),
        (("FOIA-20", {"number": 30}), "another number"),
        (("FOIA-21", {}), "no rule 'FOIA-21'"),
    ],
)
def test_what_cannot_be_counted_is_refused(question, said):
    """With what to write instead."""
    rule, more = question
    with pytest.raises(InputError) as told:
        asked(rule, date(2010, 2, 3), **more)
    assert said in told.value.message
    assert told.value.hint


def test_a_pause_that_ends_before_it_begins_is_refused():
    """Two dates in the wrong order would count as no pause."""
    with pytest.raises(InputError, match="before it begins"):
        Toll(date(2010, 2, 9), date(2010, 2, 8))


def test_days_outside_the_calendar_or_the_law_are_refused():
    """Triggers far away, and limits that run out of the calendar."""
    for rule, day in (("FOIA-20", date(1066, 10, 14)), ("ANSWER-30", date(2050, 12, 20)), ("SOL-6y", date(2049, 1, 1))):
        with pytest.raises(InputError, match="outside the calendar"):
            asked(rule, day)
    with pytest.raises(InputError, match="no version for a count that starts on 2001-05-04; known: from 2008-12-31"):
        asked("FOIA-20", date(2001, 5, 4))


def test_an_agency_without_a_term_of_its_own_gets_the_general_one_and_a_note():
    """What is not known must not look known."""
    told = asked("APPEAL-90", date(2024, 1, 2), agency="USDA")
    assert (told.due, told.term.citation) == (date(2024, 4, 1), "5 U.S.C. 552(a)(6)(A)(i)")
    assert "no term of USDA's own" in told.notes[0]
    assert asked("APPEAL-90", date(2024, 1, 2), agency="dhs").term.citation == "6 CFR 5.8"


@pytest.mark.parametrize(
    ("rule", "day", "agency", "confirmed"),
    [
        ("FOIA-20", date(2024, 1, 2), None, True),
        ("APPEAL-90", date(2024, 1, 2), "DHS", True),
        ("APPEAL-90", date(2024, 1, 2), "DOJ", False),
        ("APPEAL-90", date(2012, 1, 3), None, False),
        ("APPEAL-CA-60", date(2024, 1, 2), None, False),
        ("SOL-6y", date(2024, 1, 2), None, False),
        ("EXPED-10", date(2024, 1, 2), None, True),
        ("EXPED-10", date(2024, 1, 3), None, False),  # Ends on a Saturday; the statute does not roll it forward.
    ],
)
def test_what_nobody_checked_is_not_confirmed(rule, day, agency, confirmed):
    """The product says so wherever the date is shown."""
    assert asked(rule, day, agency=agency).confirmed is confirmed


def test_a_day_rolled_forward_on_no_authority_tells_the_earlier_day():
    """A requester who trusts Monday may be late."""
    told = asked("APPEAL-90", date(2024, 1, 1))
    assert (told.due, told.counted_end) == (date(2024, 4, 1), date(2024, 3, 31))
    assert "ends on Sunday, 31 March 2024" in " ".join(told.notes)


@given(DAYS, st.sampled_from([rule.id for rule in LAW.rules if rule.kind.value == "limit"]), st.integers(1, 60))
def test_no_due_date_falls_on_a_weekend_or_a_holiday(day, rule, number):
    """The one thing every reader checks first."""
    told = asked(rule, day, number=number if rule == "FRCP-6" else None)
    assert told.due.weekday() < 5
    assert told.due not in LAW.calendar.holidays
    assert told.due > day


@given(DAYS, st.integers(0, 10))
def test_working_days_agree_with_an_independent_counter(day, more):
    """Numpy counts business days by itself."""
    told = asked("FOIA-20", day, extend_days=more)
    assert np.busday_offset(day, 20 + more, roll="backward", holidays=HOLIDAYS) == np.datetime64(told.due)


@given(DAYS, st.integers(0, 40), st.integers(0, 40))
def test_a_pause_adds_the_working_days_it_leaves_out(day, after, length):
    """If it begins before the limit has run out."""
    first = day + timedelta(days=after)
    last = first + timedelta(days=length)
    plain = asked("FOIA-20", day)
    told = asked("FOIA-20", day, tolls=(Toll(first, last),))
    lost = np.busday_count(max(first, day + timedelta(days=1)), last + timedelta(days=1), holidays=HOLIDAYS)
    if first > plain.due:
        assert told.due == plain.due
    else:
        assert np.datetime64(told.due) == np.busday_offset(day, 20 + lost, roll="backward", holidays=HOLIDAYS)


@given(DAYS, st.sampled_from(["FOIA-20", "ANSWER-30", "EXPED-10", "APPEAL-90"]))
def test_the_days_are_a_calendar_without_gaps(day, rule):
    """Every day from the trigger on stands in the table once, and the last one is the due date."""
    told = asked(rule, day)
    days = [step.day for step in told.days]
    assert days == [day + timedelta(days=number) for number in range(len(days))]
    assert days[-1] == told.due
    counts = [step.count for step in told.days if step.what is DayKind.COUNTED]
    assert counts == list(range(1, told.term.number + 1))
