"""What is owed moves with the order it stands in, and every day can say why."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.lawsuit.facts import Facts, told
from vaughn.lawsuit import Suit, due_entries, obligation_lines, supposed_change, supposed_met
from vaughn.lawsuit.values import Obligation, Order
from vaughn.model import DueEntry, federal


def line(suit: Suit, on: str, reference: str = "obligation/memo"):
    lines = obligation_lines(suit, on=date.fromisoformat(on), law=federal())
    return next(one for one in lines if one.obligation.reference == reference)


def memo() -> Facts:
    """Release by 1 November; stayed to 14 November; stayed again from 7 to 28 December, and released that day."""
    facts = told("order/oct24", title="Opinion of 24 October", entered_on="2011-10-24")
    facts.told("obligation/memo", title="Release the memo", order="order/oct24", due_on="2011-11-01", who="party/ice")
    facts.told("party/ice", name="ICE")
    facts.told("order-change/1", title="Interim stay", order="order/oct24", state="stayed", from_="2011-10-28")
    facts.told("order-change/1", until="2011-11-14")
    facts.told("order-change/2", title="Stay pending appeal", order="order/oct24", state="stayed", from_="2011-12-07")
    return facts


@pytest.mark.parametrize(
    ("on", "state", "due"),
    [
        ("2011-10-25", "open", "2011-11-01"),
        ("2011-10-28", "stayed", "2011-11-14"),
        ("2011-11-14", "stayed", "2011-11-14"),
        ("2011-11-15", "missed", "2011-11-14"),
        ("2011-12-07", "stayed", "2011-12-28"),
        ("2011-12-28", "met", "2011-12-28"),
    ],
)
def test_stays_move_what_is_due(on, state, due):
    """The effective deadline of the memo went from 1 to 14 November and to 28 December."""
    facts = memo().told("order-change/2", until="2011-12-28").told("obligation/memo", met_on="2011-12-28")
    found = line(facts.suit(), on)
    assert (found.state.value, str(found.due), str(found.named)) == (state, due, "2011-11-01")
    assert found.why


def test_the_reason_tells_each_step():
    """Nobody believes a date without it."""
    facts = memo().told("order-change/2", until="2011-12-28").told("obligation/memo", met_on="2011-12-28")
    assert line(facts.suit(), "2012-01-01").why == (
        "Due Tuesday, 1 November 2011, as The court has it.",
        "Stayed from Friday, 28 October 2011 to Monday, 14 November 2011 (Interim stay): due the last day of the stay.",
        "Not met by then; stayed from Wednesday, 7 December 2011 to Wednesday, 28 December 2011 (Stay pending appeal): "
        "due the last day of the stay.",
        "Met on Wednesday, 28 December 2011, in time.",
    )
    assert not line(facts.suit(), "2012-01-01").confirmed


def test_what_a_later_order_demands_is_not_owed_yet():
    """Looked at from before the order, there is nothing to obey."""
    assert obligation_lines(memo().suit(), on=date(2011, 10, 23), law=federal()) == ()
    assert len(obligation_lines(memo().suit(), on=date(2011, 10, 24), law=federal())) == 1


def test_a_stay_without_end_leaves_no_day():
    """Until it ends nobody can say when."""
    found = line(memo().suit(), "2012-06-01")
    assert (found.state.value, found.due) == ("stayed", None)


@pytest.mark.parametrize("state", ["withdrawn", "vacated", "superseded"])
def test_what_a_fallen_order_demanded_is_lifted(state):
    """The metadata order bound nobody after 17 June 2011."""
    facts = memo().told("order-change/3", order="order/oct24", state=state, from_="2011-12-20")
    assert line(facts.suit(), "2011-12-19").state.value == "stayed"
    found = line(facts.suit(), "2011-12-20")
    assert found.state.value == "lifted"
    assert found.why[-1] == f"Lifted: Opinion of 24 October was {state} on Tuesday, 20 December 2011."


def test_an_obligation_is_suspended_with_other_orders_too():
    """What is due in the form of one order waits when that order is stayed."""
    facts = told("order/a", title="A", entered_on="2011-01-01").told(
        "order/form", title="Form", entered_on="2011-02-07"
    )
    facts.told("obligation/memo", order="order/a", due_on="2011-03-01", depends_on="order/form")
    facts.told("order-change/1", order="order/form", state="stayed", from_="2011-02-20", until="2011-03-10")
    found = line(facts.suit(), "2011-02-25")
    assert (found.state.value, str(found.due)) == ("stayed", "2011-03-10")


def test_a_stay_that_ends_before_the_named_day_moves_nothing():
    """The court named a day; it comes all the same."""
    facts = told("order/a", entered_on="2011-01-01").told("obligation/memo", order="order/a", due_on="2011-03-01")
    facts.told("order-change/1", order="order/a", state="stayed", from_="2011-02-01", until="2011-02-28")
    found = line(facts.suit(), "2011-03-01")
    assert (found.state.value, str(found.due), found.confirmed) == ("open", "2011-03-01", True)


def test_days_by_a_rule_of_the_clock_do_not_run_during_a_stay():
    """30 days from 1 June, 7 of them stayed; the last one rolls over the weekend."""
    facts = told("order/a", entered_on="2010-05-01")
    facts.told("obligation/memo", order="order/a", rule="ANSWER-30", runs_from="2010-06-01")
    before = line(facts.suit(), "2010-06-02")
    assert (str(before.due), before.counted and before.counted.rule.id) == ("2010-07-01", "ANSWER-30")
    facts.told("order-change/1", order="order/a", state="stayed", from_="2010-06-10", until="2010-06-18")
    assert str(line(facts.suit(), "2010-06-20").due) == "2010-07-12"  # 10 July is a Saturday


def test_an_order_names_the_days_and_the_rule_counts_them():
    """Fourteen days by Rule 6."""
    facts = told("order/a", entered_on="2011-02-07")
    facts.told("obligation/memo", order="order/a", rule="FRCP-6 14", runs_from="2011-02-07")
    assert str(line(facts.suit(), "2011-02-08").due) == "2011-02-22"  # the 21st is Washington's Birthday


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({}, "Nobody says when it is due."),
        ({"rule": "ANSWER-30"}, "ANSWER-30 runs from a day that nobody says."),
        ({"rule": "ANSWER-30", "runs_from": "2010"}, "ANSWER-30 runs from a day that nobody says."),
        ({"rule": "NO-SUCH", "runs_from": "2010-01-01"}, "has no rule 'NO-SUCH'."),
        ({"rule": "some day soon", "runs_from": "2010-01-01"}, "is no rule of the clock"),
    ],
)
def test_what_cannot_be_reckoned_says_so(said, why):
    """A wrong rule is told where it stands, and hides nothing else."""
    found = line(told("obligation/memo", title="x", **said).suit(), "2010-06-01")
    assert (found.due, found.state.value) == (None, "open")
    assert why in found.why[0]


@pytest.mark.parametrize(
    ("met", "state"),
    [("2011-11-01", "met"), ("2011-11-02", "late"), ("2011-11", "met"), ("2011-12", "late"), ("2011-10", "met")],
)
def test_met_or_late(met, state):
    """A month that holds the day due cannot be called late."""
    facts = told("obligation/memo", due_on="2011-11-01", met_on=met)
    assert line(facts.suit(), "2012-01-01").state.value == state


def test_what_took_two_releases_is_met_with_the_second():
    """The first one alone was not all."""
    facts = told("obligation/memo", due_on="2011-03-01", met_by=["release/1", "release/2"])
    facts.told("release/1", released_on="2011-02-25").told("release/2", released_on="2011-03-02")
    assert line(facts.suit(), "2011-03-01").state.value == "open"
    assert line(facts.suit(), "2011-03-02").state.value == "late"


def test_what_is_only_said_to_be_met_counts_as_said():
    """No day is known, and a page says that it was done."""
    facts = told("obligation/memo", "page", due_on="2011-03-01", state="met")
    found = line(facts.suit(), "2012-01-01")
    assert (found.state.value, found.why[-1]) == ("met", "The page says that it is met; the day is not known.")
    assert due_entries([found], facts.suit()) == ()


def test_what_is_said_to_be_met_on_a_later_day_is_not_met_yet():
    """Somebody wrote "met"; looked at from before the day it is open."""
    facts = told("obligation/memo", due_on="2011-03-01", met_on="2011-02-25", state="met")
    assert line(facts.suit(), "2011-02-24").state.value == "open"


def test_an_amending_order_that_asks_the_same_anew_lifts_the_old_day():
    """The amended schedule counts; both days are shown."""
    facts = told("order/a", title="A", entered_on="2011-01-01").told("order/b", title="B", entered_on="2011-02-01")
    facts.told("obligation/memo", title="Search", order="order/a", due_on="2011-03-01")
    facts.told("obligation/new", title="search", order="order/b", due_on="2011-05-01")
    facts.told("order-change/1", order="order/a", state="amended", from_="2011-02-01", by="order/b")
    assert line(facts.suit(), "2011-01-15").state.value == "open"
    assert line(facts.suit(), "2011-03-02").why[-1] == "Lifted: B asks for the same anew (obligation/new)."
    assert line(facts.suit(), "2011-03-02", "obligation/new").state.value == "open"


def test_the_list_of_what_is_due_takes_what_is_owed():
    """Who, what, until when, done when; whether suspended; whether sure."""
    suit = memo().suit()
    assert due_entries([line(suit, "2011-10-25")], suit) == (
        DueEntry("obligation/memo", "Release the memo", "ICE", date(2011, 11, 1)),
    )
    (entry,) = due_entries([line(suit, "2011-12-08")], suit)
    assert (entry.due, entry.is_suspended, entry.confirmed) == (None, True, False)


def test_what_if_leaves_what_is_alone():
    """Supposing a stay, or an answer on a day, changes a copy."""
    facts = told("order/a", title="A", entered_on="2011-01-01")
    suit = facts.told("obligation/memo", order="order/a", due_on="2011-03-01").suit()
    order, memo_owed = suit.one(Order, "order/a"), suit.one(Obligation, "obligation/memo")
    assert order is not None
    assert memo_owed is not None
    stayed = suit.supposing(supposed_change(order, "stayed", since=date(2011, 2, 20), until=date(2011, 4, 1)))
    assert str(line(stayed, "2011-03-02").due) == "2011-04-01"
    answered = suit.supposing(supposed_met(memo_owed, date(2011, 3, 5)))
    assert line(answered, "2011-03-06").state.value == "late"
    assert line(suit, "2011-03-06").state.value == "missed"


days = st.integers(0, 80).map(lambda number: date(2011, 1, 3) + timedelta(days=number))


@given(days, st.lists(st.tuples(days, st.integers(0, 30)), max_size=4), st.none() | days, days)
def test_a_stay_never_brings_a_day_forward(due, stays, met, on):
    """A stay can only help the one who owes."""
    facts = told("order/a", entered_on="2011-01-01").told("obligation/memo", order="order/a", due_on=str(due))
    for number, (first, length) in enumerate(stays):
        last = first + timedelta(days=length)
        facts.told(f"order-change/{number}", order="order/a", state="stayed", from_=str(first), until=str(last))
    if met is not None:
        facts.told("obligation/memo", met_on=str(met))
    found = line(facts.suit(), str(on))
    assert found.due is not None
    assert found.due >= due
    if found.met_on is not None:
        assert found.state.value == ("late" if found.met_on.first > found.due else "met")
    elif any(first <= on <= first + timedelta(days=length) for first, length in stays):
        assert found.state.value == "stayed"
    else:
        assert found.state.value == ("missed" if on > found.due else "open")
