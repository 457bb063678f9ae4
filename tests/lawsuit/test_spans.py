"""What was running: stays, appeals, pauses and clocks."""

from __future__ import annotations

from tests.lawsuit.test_timeline import COURT, PAGE, entity
from vaughn.lawsuit import SpanKind, timeline


def spans(*entities):
    """Return kind, first and last day of what was running."""
    held = timeline(entities, (PAGE, COURT)).spans
    return [(span.kind, str(span.first), None if span.last is None else str(span.last)) for span in held]


def stay(key="a", **values):
    """Return a stay of the order."""
    return entity(f"order-change/{key}", order="order/form", state="stayed", **values)


def test_a_stay_runs_from_day_to_day():
    """Due dates move by it."""
    assert spans(stay(from_="2011-10-28", until="2011-11-14")) == [(SpanKind.STAY, "2011-10-28", "2011-11-14")]


def test_a_stay_without_an_end_ends_when_the_order_is_withdrawn():
    """There is nothing left to stay."""
    gone = entity("order-change/w", order="order/form", state="withdrawn", from_="2011-06-17")
    assert spans(stay(from_="2011-02-21"), gone) == [(SpanKind.STAY, "2011-02-21", "2011-06-17")]
    assert spans(stay(from_="2011-02-21")) == [(SpanKind.STAY, "2011-02-21", None)]


def test_a_stay_that_ends_before_it_begins_is_not_drawn():
    """It is a contradiction, and listed as one."""
    assert spans(stay(from_="2011-11-14", until="2011-10-28")) == []


def test_one_appeal_from_two_orders_is_one_span():
    """They were appealed by one notice."""
    changes = [
        entity(f"order-change/{one}", order=f"order/{one}", state="appealed", from_="2011-02-21", by="entry/63")
        for one in ("a", "b")
    ]
    orders = [entity(f"order/{one}", title=f"Order {one}") for one in ("a", "b")]
    (span,) = timeline((*orders, *changes), (COURT,)).spans
    assert span.title == "Appeal: Order a; Order b"
    assert span.references == ("order-change/a", "order-change/b")


def test_pauses_and_clocks_of_a_request_lie_in_its_lane():
    """The clock of the law runs where the request is."""
    pause = entity("toll/a", title="Fees", from_="2010-02-10", until="2010-02-20")
    clock = entity("obligation/a", title="Answer", rule="FOIA-20", runs_from="2010-02-03", due_on="2010-03-04")
    held = timeline((pause, clock), (COURT,)).spans
    assert [(span.kind, span.lane) for span in held] == [(SpanKind.CLOCK, "request"), (SpanKind.PAUSE, "request")]
