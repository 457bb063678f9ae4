"""Reasons folded, and answers to what-if."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaughn.model import (
    ClockQuestion,
    DayKind,
    InputError,
    Toll,
    due_date,
    each_day,
    federal,
    folded_days,
    if_answered,
    if_asked,
    if_extended,
    if_paused,
)

LAW = federal()
REQUEST = ClockQuestion("FOIA-20", date(2010, 2, 3))


def told(runs):
    return [(run.first.isoformat()[5:], run.last.isoformat()[5:], run.what.value, run.count_last) for run in runs]


def test_long_runs_are_folded_and_what_matters_stands_alone():
    """Trigger, holidays and the due date are what people look for."""
    assert told(folded_days(due_date(REQUEST, LAW).days)) == [
        ("02-03", "02-03", "trigger day", None),
        ("02-04", "02-14", "counted", 7),
        ("02-15", "02-15", "holiday", None),
        ("02-16", "03-03", "counted", 19),
        ("03-04", "03-04", "counted", 20),
    ]


def test_the_extension_and_each_pause_are_runs_of_their_own():
    """One sees where the notice begins to count."""
    tolls = (Toll(date(2010, 2, 8), date(2010, 2, 16)), Toll(date(2010, 2, 17), date(2010, 2, 23), "TOLL-FEE"))
    runs = folded_days(due_date(ClockQuestion("FOIA-20", date(2010, 2, 3), tolls, 10), LAW).days)
    assert [(run.name, run.days) for run in runs if run.what is DayKind.TOLLED] == [("TOLL-1", 9), ("TOLL-FEE", 7)]
    assert [run.count_first for run in runs if run.by == "EXT-10"] == [21, 30]
    assert sum(run.left_out for run in runs) == sum(
        step.what is DayKind.WEEKEND
        for step in due_date(ClockQuestion("FOIA-20", date(2010, 2, 3), tolls, 10), LAW).days
    )


@given(
    st.dates(date(2017, 1, 1), date(2040, 12, 31)),
    st.sampled_from(["FOIA-20", "APPEAL-90", "ANSWER-30", "SOL-6y", "EXPED-10"]),
    st.sampled_from([None, "DHS"]),
)
def test_folding_loses_no_day(day, rule, agency):
    """Days, counts and their order are those of the full list."""
    days = due_date(ClockQuestion(rule, day, agency=agency), LAW).days
    runs = folded_days(days)
    assert sum(run.days for run in runs) == len(days)
    assert (runs[0].first, runs[-1].last) == (days[0].day, days[-1].day)
    assert all(earlier.last < later.first for earlier, later in pairwise(runs))
    assert [run.count_last for run in each_day(days)] == [step.count for step in days]


def test_an_answer_moves_the_due_date_in_one_sentence():
    """What people ask before they answer a letter."""
    asked = ClockQuestion("FOIA-20", date(2026, 11, 2), (Toll(date(2026, 11, 10), date(2026, 11, 13)),))
    answer = if_answered(asked, date(2026, 12, 1), LAW)
    assert answer.sentence == (
        "If the answer is received on 2026-12-01 (TOLL-1 ends), the due date moves from Monday, 7 December 2026 "
        "to Tuesday, 22 December 2026."
    )
    running = if_answered(ClockQuestion("FOIA-20", date(2026, 11, 2), (Toll(date(2026, 11, 10), None),)),
                          date(2026, 12, 1), LAW)  # fmt: skip
    assert running.before.due is None
    assert "the due date is Tuesday, 22 December 2026; now there is none" in running.sentence
    assert "stays Monday, 7 December 2026" in if_answered(asked, date(2026, 11, 13), LAW).sentence


def test_an_extension_and_a_pause_can_be_tried():
    """Before the letter comes."""
    assert if_extended(REQUEST, 10, LAW).after.due == date(2010, 3, 18)
    assert if_paused(REQUEST, Toll(date(2010, 2, 8), None), LAW).sentence == (
        "If the clock stands still from 2010-02-08 on, there is no due date while the pause runs."
    )
    later = ClockQuestion("FOIA-20", date(2010, 2, 4))
    assert "moves from" in if_asked(REQUEST, later, LAW, condition="it came a day later").sentence
    paused = if_paused(REQUEST, Toll(date(2010, 2, 8), date(2010, 2, 9)), LAW)
    assert "to 2010-02-09" in paused.condition


def test_an_answer_without_a_question_is_refused():
    """There is no pause to end."""
    with pytest.raises(InputError, match="not paused"):
        if_answered(REQUEST, date(2010, 3, 1), LAW)
    paused = ClockQuestion("FOIA-20", date(2010, 2, 3), (Toll(date(2010, 2, 8), None),))
    with pytest.raises(InputError, match="before it begins"):
        if_answered(paused, date(2010, 2, 5), LAW)
