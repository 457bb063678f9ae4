"""Due dates as reports and as days in a calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime

from vaughn.app.clocking import clock_report, due_events, due_in_words
from vaughn.model import ClockQuestion, DueEntry, Toll, due_date, federal

MADE = datetime(2026, 11, 22, tzinfo=UTC)


def test_a_feed_holds_what_is_still_owed():
    """What was met or is suspended must leave the calendar; what moved keeps its name."""
    entries = [
        DueEntry("order/41", "Produce the opt-out records", "ICE", date(2011, 1, 17), confirmed=False),
        DueEntry("order/50", "Met", "ICE", date(2011, 1, 17), met_on=date(2011, 1, 17)),
        DueEntry("order/51", "Stayed", "ICE", date(2011, 1, 17), is_suspended=True),
        DueEntry("order/52", "Nobody says when", "ICE", None),
    ]
    (event,) = due_events(entries, feed="case")
    assert (event.day, event.summary) == (date(2011, 1, 17), "ICE: Produce the opt-out records (not confirmed)")
    (moved,) = due_events([DueEntry("order/41", "Produce", "ICE", date(2011, 2, 25))], feed="case")
    assert moved.uid == event.uid
    assert due_events(entries, feed="another")[0].uid != event.uid


def test_a_report_of_a_pause_that_runs_names_no_day():
    """And says which pauses and which earlier receipt it counted with."""
    question = ClockQuestion(
        "FOIA-20", date(2026, 3, 2), (Toll(date(2026, 2, 20), None),), first_received=date(2026, 2, 2)
    )
    told = due_date(question, federal())
    report = clock_report(told, federal(), made_at=MADE)
    assert report.title == "No due date while the pause runs"
    assert due_in_words(told) == "none while the pause runs"
    facts = {fact.label: fact.value for fact in report.facts}
    assert facts["Pauses"] == "TOLL-1 2026-02-20 to …"
    assert facts["First received"] == "Monday, 2 February 2026"
    assert report.banner is not None
