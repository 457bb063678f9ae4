"""An order has one state on every day from its entry on, and what cannot be is told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.lawsuit.facts import Facts, told
from vaughn.lawsuit.kinds import ORDER_STATES
from vaughn.lawsuit.orders import (
    FALLEN,
    STAYED,
    circular_changes,
    order_findings,
    order_histories,
    order_history,
    what_stands,
)

DAY = timedelta(days=1)


def form_order() -> Facts:
    """The order of 7 February: stay asked for, then withdrawn on 17 June."""
    return told("order/form", title="Form of production", signed_on="2011-02-03", entered_on="2011-02-07")


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("2011-02-06", None),
        ("2011-02-07", "in force"),
        ("2011-02-21", "appealed"),
        ("2011-03-30", "stayed"),
        ("2011-04-21", "stayed"),
        ("2011-04-22", "appealed"),
        ("2011-06-17", "withdrawn"),
        ("2020-01-01", "withdrawn"),
    ],
)
def test_the_state_on_a_day(day, state):
    """Whether something was due is asked of the state on that day, not of today's."""
    facts = form_order().told("order-change/appeal", order="order/form", state="appealed", from_="2011-02-21")
    facts.told("order-change/stay", order="order/form", state="stayed", from_="2011-03-30", until="2011-04-21")
    facts.told("order-change/end", order="order/form", state="withdrawn", from_="2011-06-17")
    history = order_history(facts.suit(), "order/form")
    assert history is not None
    span = history.on(date.fromisoformat(day))
    assert (span and span.state) == state


def test_only_orders_that_bind_stand():
    """An order that was withdrawn or is stayed obliges nobody; one under appeal does."""
    facts = form_order().told("order/two", entered_on="2011-02-14").told("order/three", entered_on="2011-02-14")
    facts.told("order-change/a", order="order/form", state="withdrawn", from_="2011-06-17")
    facts.told("order-change/b", order="order/two", state="appealed", from_="2011-02-21")
    facts.told("order-change/c", order="order/three", state="stayed", from_="2011-02-20")
    assert [one.order.reference for one in what_stands(facts.suit(), date(2011, 2, 16))] == [
        "order/form",
        "order/two",
        "order/three",
    ]
    assert [one.order.reference for one in what_stands(facts.suit(), date(2011, 7, 1))] == ["order/two"]


def test_a_stay_without_end_lasts_until_somebody_says_otherwise():
    """A stay pending appeal has no date; the order's later fate ends it."""
    facts = form_order().told("order-change/a", order="order/form", state="stayed", from_="2011-03-01")
    facts.told("order-change/b", order="order/form", state="in force", from_="2011-05-01")
    (history,) = order_histories(facts.suit())
    assert [(span.state, str(span.first), str(span.last)) for span in history.spans] == [
        ("in force", "2011-02-07", "2011-02-28"),
        ("stayed", "2011-03-01", "2011-04-30"),
        ("in force", "2011-05-01", "None"),
    ]
    assert [span.first for span in history.stays()] == [date(2011, 3, 1)]


def test_what_was_not_known_yet_is_left_out():
    """A motion argues with what stood then, as far as anybody knew."""
    facts = form_order().told("order-change/a", order="order/form", state="withdrawn", from_="2011-06-17")
    before = order_history(facts.suit(), "order/form", known_on=date(2011, 6, 16))
    assert before is not None
    assert [span.state for span in before.spans] == ["in force"]


def test_the_day_of_entry_is_taken_from_the_docket_or_the_signature():
    """Many sources give only one of the three."""
    facts = told("order/a", entry="entry/41").told("entry/41", filed_on="2011-02-07")
    facts.told("order/b", signed_on="2011-02-03").told("order/c", title="C")
    assert [history.entered and str(history.entered) for history in order_histories(facts.suit())] == [
        "2011-02-07",
        "2011-02-03",
        None,
    ]
    assert order_histories(facts.suit())[2].spans == ()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"state": "withdrawn", "from_": "2011-02-01"}, "SU002"),
        ({"state": "stayed", "from_": "2011-02-01"}, "SU003"),
        ({"state": "withdrawn"}, "SU004"),
        ({"state": "stayed", "from_": "2011-03-01", "until": "2011-02-20"}, "SU005"),
        ({"state": "withdrawn", "from_": "2011-02"}, None),
        ({"state": "withdrawn", "from_": "2011-02-07"}, None),
    ],
)
def test_what_cannot_be_is_told(change, code):
    """An order that was withdrawn before it was entered is a slip of somebody's pen."""
    facts = form_order().told("order-change/x", order="order/form", **change)
    assert [one.code for one in order_findings(facts.suit())] == ([code] if code else [])


def test_orders_that_end_each_other_are_told():
    """A circle of orders has no end to reckon from."""
    facts = told("order/a", entered_on="2011-01-01").told("order/b", entered_on="2011-01-02")
    facts.told("order-change/1", order="order/a", state="superseded", from_="2011-01-02", by="order/b")
    facts.told("order-change/2", order="order/b", state="superseded", from_="2011-01-03", by="order/a")
    assert circular_changes(facts.suit()) == (("order/a", "order/b"),)
    assert "SU006" in [one.code for one in order_findings(facts.suit())]


days = st.integers(0, 60).map(lambda number: date(2011, 1, 1) + number * DAY)
change_lists = st.lists(st.tuples(st.sampled_from(ORDER_STATES), days, st.none() | days), max_size=8)


@given(change_lists, days)
def test_states_follow_each_other_without_gap_or_overlap(changes, entered):
    """Every day from the entry on has exactly one state, whatever was typed in."""
    facts = told("order/a", entered_on=str(entered))
    for number, (state, since, until) in enumerate(changes):
        more = {} if until is None else {"until": str(until)}
        facts.told(f"order-change/c{number}", order="order/a", state=state, from_=str(since), **more)
    (history,) = order_histories(facts.suit())
    assert history.spans[0].first == entered
    assert history.spans[-1].last is None
    for earlier, later in zip(history.spans, history.spans[1:], strict=False):
        assert earlier.last is not None
        assert later.first == earlier.last + DAY
    assert history.on(entered - DAY) is None
    for day in (entered + number * DAY for number in range(70)):
        span = history.on(day)
        assert span is not None
        active = {
            state for state, since, until in changes if since <= day and (until is None or day <= max(since, until))
        }
        assert span.state == "in force" or span.state in active
        if active & set(FALLEN) and not active & {"in force", "amended", "affirmed"}:
            assert span.state in FALLEN
        if active == {STAYED}:
            assert not span.is_binding
