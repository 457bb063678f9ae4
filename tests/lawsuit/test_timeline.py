"""A timeline from entities: what becomes an event, what is told once, and what is asked for."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from vaughn.lawsuit import TimelineFilter, filtered, timeline
from vaughn.model import Confidence, Entity, PartialDate, Rank, Source, Statement, federal

PAGE, COURT = Source(1, "page", "Case page"), Source(2, "ecf", "Court paper")
AT = datetime(2026, 1, 2, tzinfo=UTC)


def entity(reference, *, source=COURT, confidence=Confidence.CONFIRMED, withdrawn=False, **values):
    """Return an entity of which one source says everything; a list is several values."""
    kind, _, key = reference.partition("/")
    said = [(field, one) for field, held in values.items() for one in ([held] if isinstance(held, str) else held)]
    entity.count = getattr(entity, "count", 0) + 100
    statements = [
        Statement(entity.count + place, field.rstrip("_"), value, source.id, confidence, Rank.NORMAL, None, AT)
        for place, (field, value) in enumerate(said)
    ]
    return Entity(entity.count, kind, key, tuple(statements), withdrawn)


def both(first, second):
    """Return one entity with what two say."""
    return Entity(first.id, first.kind, first.key, first.statements + second.statements)


def told(*entities, **more):
    """Return what the events of a timeline say, in short."""
    whole = timeline(entities, (PAGE, COURT), **more)
    return [(str(event.on), event.what, event.title) for event in whole.events]


ORDER = entity("order/form", title="Form of production", signed_on="2011-02-07", entry=["entry/41"])
ENTRY = entity("entry/41", source=PAGE, title="OPINION", filed_on="2011-02-07", number="41", type="opinion")


def test_an_order_and_its_docket_entry_are_one_event_with_both_sources():
    """Nobody was ordered twice."""
    (event,) = timeline((ORDER, ENTRY), (PAGE, COURT)).events
    assert (event.title, event.ecf, event.references) == ("Form of production", ("41",), ("order/form", "entry/41"))
    assert [source.key for source in event.sources] == ["ecf", "page"]


def test_an_entry_of_another_day_than_its_order_stays_an_event():
    """Signing and filing on two days are two things."""
    later = entity("entry/41", title="OPINION", filed_on="2011-02-09")
    assert [on for on, _, _ in told(ORDER, later)] == ["2011-02-07", "2011-02-09"]


def test_an_obligation_is_due_and_what_met_it_is_told_once():
    """The release of that day says that it was done."""
    owed = entity("obligation/a", title="Records", due_on="2011-01-17", met_on="2011-01-18", met_by=["release/a"])
    met = entity("release/a", title="First release", released_on="2011-01-18")
    assert told(owed, met) == [
        ("2011-01-17", "due", "Due: Records"),
        ("2011-01-18", "released", "First release"),
    ]


def test_one_letter_to_many_agencies_is_one_event():
    """Five lines of the same day would hide what else happened."""
    agencies = [entity(f"agency/{one}", name=one.upper(), short=one.upper()) for one in ("ice", "fbi")]
    requests = [
        entity(f"request/{one}", title="R", agency=f"agency/{one}", sent_on="2010-02-03") for one in ("ice", "fbi")
    ]
    (event,) = timeline((*agencies, *requests), (COURT,)).events
    assert event.title == "Request sent: FBI, ICE"
    assert set(event.references) == {"request/ice", "request/fbi"}


def test_where_sources_differ_the_event_names_the_other_day():
    """A conflict is shown, never resolved in silence."""
    stated = entity("release/a", source=PAGE, confidence=Confidence.STATED, released_on="2011-08-18")
    (event,) = timeline((both(entity("release/a", title="R", released_on="2011-08-17"), stated),), (PAGE, COURT)).events
    assert str(event.on) == "2011-08-17"
    assert [(str(one.on), one.source.key) for one in event.other_dates] == [("2011-08-18", "page")]


def test_a_less_exact_day_supports_the_exact_one():
    """A month does not contradict a day that lies in it."""
    vague = entity("order/form", source=PAGE, confidence=Confidence.STATED, signed_on="2011-02")
    (event,) = timeline((both(ORDER, vague),), (PAGE, COURT)).events
    assert event.other_dates == ()
    assert [source.key for source in event.sources] == ["ecf", "page"]


def test_legal_holidays_are_named():
    """A due date on a holiday deserves a second look."""
    owed = entity("obligation/a", title="Records", due_on="2011-01-17")
    (event,) = timeline((owed,), (COURT,), calendar=federal().calendar).events
    assert event.holiday == "Martin Luther King Jr. Day"
    far = entity("obligation/a", title="Records", due_on="1901-01-01")
    assert timeline((far,), (COURT,), calendar=federal().calendar).events[0].holiday is None


def test_a_date_that_cannot_be_read_costs_itself_alone():
    """It is told among the contradictions; the other statements stand."""
    wrong = both(
        entity("release/a", title="R", released_on="2011-02-30"),
        entity("release/a", source=PAGE, released_on="2011-02-28"),
    )
    lane = entity("event/a", title="E", on="2011", lane="street")
    assert told(wrong, lane) == [("2011", "event", "E"), ("2011-02-28", "released", "R")]
    assert told(entity("entry/a", title="E", filed_on="yesterday")) == []


def test_what_was_entered_in_error_is_left_out():
    """Withdrawn entities are kept in the case and shown nowhere."""
    assert told(entity("event/a", title="Never", on="2011", withdrawn=True)) == []


def test_events_without_a_day_are_told_apart():
    """They happened; nobody says when."""
    whole = timeline((entity("event/a", title="Governors ask to leave", lane="outside events"),), (COURT,))
    assert whole.events == ()
    assert [(event.title, event.on) for event in whole.undated] == [("Governors ask to leave", None)]


def test_a_chain_of_orders_that_name_each_other_ends():
    """Circular references are the records' fault, not a reason to hang."""
    one = entity("order/a", title="A", signed_on="2011-01-01", entry=["entry/a"])
    two = entity("entry/a", title="E", filed_on="2011-01-01", decides=["entry/a"])
    change = entity("order-change/a", title="C", order="order/a", state="withdrawn", from_="2011-01-01", by="entry/a")
    assert told(one, two, change) == [("2011-01-01", "ordered", "A")]


def test_a_docket_is_opened_by_its_first_entry_and_an_appeal_by_its_notice():
    """The complaint says it already."""
    first = entity("docket/a", caption="A v. B", filed_on="2010-04-27")
    complaint = entity("entry/1", title="Complaint", docket="docket/a", filed_on="2010-04-27")
    notice = entity(
        "entry/63", title="Notice of appeal", docket="docket/a", filed_on="2011-02-21", type="notice of appeal"
    )
    appeal = entity("docket/b", caption="Appeal", filed_on="2011-02-21", appeal_of="docket/a")
    assert [title for _, _, title in told(first, complaint, notice, appeal)] == ["Complaint", "Notice of appeal"]


EVENTS = (
    entity("event/a", title="Year", on="2010", lane="outside events"),
    entity("order/form", title="Order", signed_on="2011-02-07"),
    entity("release/a", title="Release", released_on="2011-08-17", agency=["party/ice"], source=PAGE),
    entity("outcome/a", title="Denied", order="order/form", party="party/fbi", decided_on="2011-02-07"),
)


@pytest.mark.parametrize(
    ("wanted", "titles"),
    [
        (TimelineFilter(), ["Year", "Order", "Release"]),
        (TimelineFilter(lanes=frozenset({"court"})), ["Order"]),
        (TimelineFilter(first=date(2010, 6, 1)), ["Year", "Order", "Release"]),
        (TimelineFilter(first=date(2011, 1, 1), last=date(2011, 2, 7)), ["Order"]),
        (TimelineFilter(parties=frozenset({"party/ice"})), ["Release"]),
        (TimelineFilter(parties=frozenset({"party/fbi"})), ["Order"]),
        (TimelineFilter(confidences=frozenset({Confidence.STATED})), []),
    ],
    ids=["everything", "lane", "a year may lie in it", "both ends", "agency", "party of an outcome", "confidence"],
)
def test_a_part_can_be_asked_for(wanted, titles):
    """Sixty events are too many for one question."""
    whole = timeline(EVENTS, (PAGE, COURT))
    assert [event.title for event in filtered(whole, wanted).events] == titles


def test_undated_events_fall_away_when_days_are_asked_for():
    """Nobody can say that they lie between them."""
    whole = timeline((entity("event/a", title="Sometime"),), (COURT,))
    assert filtered(whole, TimelineFilter()).undated != ()
    assert filtered(whole, TimelineFilter(first=date(2011, 1, 1))).undated == ()


def test_events_are_in_order_of_days_then_lanes_then_numbers():
    """2011 is before what is known of it more exactly only if it can be."""
    whole = timeline(
        (
            entity("entry/b", title="63", filed_on="2011-02-21", number="63"),
            entity("entry/a", title="62", filed_on="2011-02-21", number="62"),
            entity("event/a", title="year", on="2011", lane="outside events"),
            entity("request/a", title="r", sent_on="2011-02-21"),
        ),
        (COURT,),
    )
    assert [event.title for event in whole.events] == ["year", "Request sent: r", "62", "63"]
    assert whole.events[0].on == PartialDate(2011)
