"""Days due that nobody states."""

from __future__ import annotations

from tests.lawsuit.test_timeline import COURT, PAGE, entity
from vaughn.lawsuit import obligation_lines, read_suit, timeline, with_due_days
from vaughn.model import Confidence, federal


def reckoned(*entities):
    """Return the events and spans that the clock adds."""
    suit = read_suit(entities, (PAGE, COURT))
    lines = obligation_lines(suit, on=federal().calendar.last, law=federal())
    whole = with_due_days(timeline(entities, (PAGE, COURT)), lines, suit)
    events = [(str(one.on), one.title) for one in whole.events if one.confidence is Confidence.COMPUTED]
    return events, [(str(one.first), str(one.last)) for one in whole.spans if one.confidence is Confidence.COMPUTED]


def test_a_rule_of_the_clock_gives_a_day_and_a_span():
    """An answer is due thirty days after service; nobody has to type the day."""
    owed = entity("obligation/a", title="Answer", order="order/a", rule="ANSWER-30", runs_from="2010-06-01")
    assert reckoned(entity("order/a", title="O"), owed) == (
        [("2010-07-01", "Due: Answer")],
        [("2010-06-01", "2010-07-01")],
    )


def test_a_stay_moves_the_day_and_both_are_told():
    """The first day was ordered; the second is reckoned, and says so."""
    order = entity("order/a", title="O", signed_on="2011-10-24")
    stay = entity("order-change/s", order="order/a", state="stayed", from_="2011-10-28", until="2011-11-14")
    owed = entity("obligation/a", title="Memo", order="order/a", due_on="2011-11-01")
    events, spans = reckoned(order, stay, owed)
    assert events == [("2011-11-14", "Due after the stay: Memo")]
    assert spans == []


def test_a_stated_day_that_stands_is_not_told_twice():
    """What a source says needs no reckoning."""
    owed = entity("obligation/a", title="Memo", order="order/a", due_on="2011-11-01")
    assert reckoned(entity("order/a", title="O"), owed) == ([], [])
