"""The docket facts of the example, row by row, as the timeline makes them again from the data."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from vaughn.app.timelines import timeline_in
from vaughn.lawsuit import SpanKind
from vaughn.model import Confidence, PartialDate, federal

EARLY, LATE = "page-2014", "page-2019"


@dataclass(frozen=True)
class Row:
    """What is known of one day: docket numbers, kinds of events, and who says so."""

    day: str
    whats: frozenset[str]
    ecf: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    holiday: str | None = None


def row(day, whats, ecf="", sources="", holiday=None):
    """Return a row; words are separated by spaces, kinds of events by commas."""
    return Row(day, frozenset(whats.split(", ")), frozenset(ecf.split()), frozenset(sources.split()), holiday)


ROWS = (
    row("2010-02-03", "sent", sources=f"{EARLY} s7 s8"),
    row("2010-04-27", "filed, event", "1", f"{LATE} s9 s10"),
    row("2010-07-01", "filed", sources=EARLY),
    row("2010-08-02", "released", sources=EARLY),
    row("2010", "list agreed", sources="s11"),
    row("2010-10-28", "filed", "12", f"{EARLY} s11 s12"),
    row("2010-12-09", "hearing, ordered", sources=f"{EARLY} {LATE}"),
    row("2010-12-17", "ordered", sources=LATE),
    row("2011-01-17", "due, released", sources=f"{EARLY} {LATE} s13", holiday="Martin Luther King Jr. Day"),
    row("2011-01-26", "filed", "29-1", f"{EARLY} s14"),
    row("2011-01-28", "filed", sources=EARLY),
    row("2011-02-03", "ordered", "39", "s15"),
    row("2011-02-07", "ordered", "41", "s15 s16"),
    row("2011-02-09", "filed", sources=f"{EARLY} {LATE}"),
    row("2011-02-14", "ordered", "50", "s1"),
    row("2011-02-17", "event", sources=f"{LATE} s13"),
    row("2011-02-21", "filed", "62 63", "s12 s17 s10", holiday="Washington's Birthday"),
    row("2011-02-25", "due, released", sources=f"{EARLY} {LATE}"),
    row("2011-03-30", "filed", "82", "s18"),
    row("2011-04-21", "hearing", sources="s19"),
    row("2011-04-08", "ordered", sources=EARLY),
    row("2011-05-26", "ordered", sources=EARLY),
    row("2011-06-16", "ordered", sources=EARLY),
    row("2011-06-17", "ordered", "97", "s1 s2 s21"),
    row("2011-07-11", "ordered", sources="s22"),
    row("2011-08-08", "ordered", sources="s22 s6"),
    row("2011-07-12", "ordered", sources=EARLY),
    row("2011-07-29", "ordered", sources=EARLY),
    row("2011-08-17", "released", sources=EARLY),
    row("2011-10-24", "ordered", "140", "s23 s24"),
    row("2011-10-28", "ordered", sources=f"{EARLY} {LATE}"),
    row("2011-11-14", "filed", sources=f"{EARLY} s24 s10"),
    row("2011-12-07", "ordered", sources="s24 s10"),
    row("2011-12-28", "closed, released", sources=EARLY),
    row("2012-01-12", "filed", sources=EARLY),
    row("2012-02-02", "ordered", sources=EARLY),
    row("2012-03-02", "filed", "177 178 179", f"{EARLY} s12 s25"),
    row("2012-03-26", "filed", "186", EARLY),
    row("2012-04-09", "filed", "189", "s26"),
    row("2012-04-16", "filed", sources=EARLY),
    row("2012-07-13", "ordered", "197", "s27 s28"),
    row("2013-03", "ordered", sources="s29"),
    row("2013-07-03", "ordered", sources=f"{EARLY} {LATE} s29"),
    row("2014-11", "event", sources=LATE),
)


@pytest.fixture(scope="module")
def whole(case):
    """The example's timeline, with the federal holidays and clocks."""
    return timeline_in(case, federal())


@pytest.mark.parametrize("expected", ROWS, ids=lambda one: one.day)
def test_the_docket_facts_come_out_of_the_data_row_by_row(whole, expected):
    """The table of docket facts was merged by hand from many sources; the data must say the same."""
    day = PartialDate.read(expected.day)
    found = [event for event in whole.events if event.on == day or (day.day is None and event.on.agrees_with(day))]
    found = [event for event in found if event.what in expected.whats]
    assert {event.what for event in found} == expected.whats
    assert expected.ecf <= {number for event in found for number in event.ecf}
    assert expected.sources <= {source.key for event in found for source in event.sources}
    if expected.holiday is not None:
        assert {event.holiday for event in found} == {expected.holiday}


def test_every_court_event_of_the_timeline_is_a_row_of_the_table(whole):
    """What the data add to the table is named here, so that nothing slips in."""
    added = {
        "2011-07-25",  # motion to reconsider: heading of a case page
        "2011-08-23",  # the declaration found deficient
        "2011-09",  # cross-motion on exemption 5: day of the page's heading
        "2011-09-02",  # motion on exemption 5: the same heading
        "2011-10-25",  # a tracker's date closed
        "2011-11-01",  # the memorandum's first due date
    }
    court = {str(event.on) for event in whole.events if event.lane == "court"}
    assert court - {one.day for one in ROWS} == added


def test_the_volume_and_money_of_the_table_are_in_the_data(case):
    """15,000 pages by the plaintiffs' release, 49 documents in camera, 49 pages of opinion, 1.2 million dollars."""
    assert case.entity("release/2011-01-17-opt-out").value("pages") == "15000"
    assert case.entity("in-camera-set/2011-05-26").value("document_count") == "49"
    assert case.entity("entry/ecf-197").value("page_count") == "49"
    assert case.entity("entry/ecf-97").value("page_count") == "6"
    assert case.entity("settlement/fees").value("amount") == "1200000"
    citations = {
        "order/2011-02-07-form": {"2011 WL 381625"},
        "order/2011-07-11-exemptions": {"811 F. Supp. 2d 713"},
        "order/2011-10-24-memo": {"827 F. Supp. 2d 242"},
        "order/2012-07-13-adequacy": {"877 F. Supp. 2d 87", "2012 WL 2878130"},
    }
    assert {one: set(case.entity(one).values("citation")) for one in citations} == citations


def test_the_adequacy_ruling_has_an_outcome_for_each_party(case):
    """OLC and EOIR won; ICE, FBI, DHS and the plaintiffs in part."""
    held = [one for one in case.entities("outcome") if one.value("order") == "order/2012-07-13-adequacy"]
    assert {one.value("party").removeprefix("party/"): one.value("result") for one in held} == {
        "olc": "granted",
        "eoir": "granted",
        "ice": "granted in part",
        "fbi": "granted in part",
        "dhs": "granted in part",
        "ndlon": "granted in part",
        "ccr": "granted in part",
        "cardozo": "granted in part",
    }


def test_stays_and_appeals_are_spans(whole):
    """1 November moved to 14 November and then to 28 December 2011 because of them."""
    held = [(span.kind, str(span.first), str(span.last)) for span in whole.spans]
    assert held == [
        (SpanKind.CLOCK, "2010-02-03", "2010-03-04"),
        (SpanKind.APPEAL, "2011-02-21", "2011-06-17"),
        (SpanKind.STAY, "2011-10-28", "2011-11-14"),
        (SpanKind.APPEAL, "2011-11-14", "2011-12-28"),
        (SpanKind.STAY, "2011-12-07", "2011-12-28"),
    ]


def test_days_that_nobody_states_are_computed(whole):
    """Twenty working days after the request, and the memorandum's day after each stay."""
    held = [(str(one.on), one.title) for one in whole.events if one.confidence is Confidence.COMPUTED]
    assert held == [
        ("2010-03-04", "Due: Determination (FOIA-20): DHS, EOIR, FBI, ICE, OLC"),
        ("2011-12-28", "Due after the stay: Release most of the October 2 memorandum"),
    ]


def test_what_is_missing_on_both_pages_comes_from_other_sources(case):
    """The first version, the amended opinion, the second stay and the settlement of March 2013."""
    by_id = {source.id: source for source in case.sources()}
    held = {"order/2011-02-03-form", "order/2011-08-08-amended", "order/2011-12-07-stay", "order/2013-03-settlement"}
    for reference in held:
        kinds = {by_id[one.source_id].kind for one in case.entity(reference).statements}
        assert "case page" not in kinds
    assert case.entity("order/2011-12-07-stay").statements[0].confidence is Confidence.CONFIRMED
