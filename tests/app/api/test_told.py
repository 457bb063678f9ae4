"""Contradictions, timeline and news over HTTP."""

from __future__ import annotations

import pytest

from tests.app.conftest import signed_in

COURT = {"key": "ecf-41", "title": "Opinion", "citation": "ECF 41", "kind": "court record"}
PAGE = {"key": "case-page", "title": "Case page", "kind": "case page"}


@pytest.fixture
def suit(case_copy, workbench):
    """The workbench on a case with an order that two sources date differently."""
    workbench.open(case_copy)
    with signed_in(workbench) as client:
        _enter(client, "party/ice", {"name": ["ICE"], "agency": ["agency/ice"]}, new="agency/ice")
        _enter(client, "order/form", {"title": ["Form of production"], "entered_on": ["2011-02-07"]}, source=COURT)
        _enter(client, "order/form", {"entered_on": ["2011-02-03"]}, source=PAGE, confidence="not confirmed")
        _enter(
            client, "release/first", {"title": ["Release 1"], "agency": ["party/ice"], "released_on": ["2010-08-02"]}
        )
        _enter(client, "event/rule", {"title": ["A rule is announced"], "on": ["2010-05"], "lane": ["outside events"]})
        yield client


def _enter(client, reference, values, *, new=None, **more):
    if new is not None:
        client.post(f"/api/suit/entities/{new}/statements", json={"values": {"name": [new]}})
    answer = client.post(f"/api/suit/entities/{reference}/statements", json={"values": values, **more})
    assert answer.status_code == 200, answer.text


def _about(client, reference):
    return next(one for one in client.get("/api/suit/contradictions").json() if one["about"]["reference"] == reference)


def test_a_contradiction_names_both_sources_and_can_be_decided(suit) -> None:
    """Choosing one settles it; both are still shown."""
    found = _about(suit, "order/form")
    assert (found["field_title"], found["can_choose"], found["is_settled"]) == ("Entered on", True, False)
    told = {one["value"]: (one["source"]["title"], one["confidence"]) for one in found["says"]}
    assert told == {"2011-02-07": ("Opinion", "stated"), "2011-02-03": ("Case page", "not confirmed")}
    chosen = next(one["statement_id"] for one in found["says"] if one["value"] == "2011-02-03")
    suit.post(f"/api/suit/statements/{chosen}/rank", json={"rank": "preferred"})
    again = _about(suit, "order/form")
    assert again["is_settled"]
    assert [one["value"] for one in again["says"]] == ["2011-02-03", "2011-02-07"]


def test_the_timeline_has_lanes_and_the_other_date_of_an_event(suit) -> None:
    """A month is drawn as the days it can be."""
    told = suit.get("/api/suit/timeline").json()
    events = {one["title"]: one for one in told["events"]}
    assert events["Form of production"]["lane"] == "court"
    assert [one["on"] for one in events["Form of production"]["other_dates"]] == ["2011-02-03"]
    rule = events["A rule is announced"]
    assert (rule["on"], rule["first"], rule["last"]) == ("2010-05", "2010-05-01", "2010-05-31")
    assert told["parties"] == [{"reference": "party/ice", "title": "ICE", "also": ["agency/ice"]}]


@pytest.mark.parametrize(("format", "sign"), [("svg", b"<svg"), ("html", b"<!doctype html"), ("xlsx", b"PK")])
def test_the_timeline_is_downloaded_as_a_file(suit, format, sign) -> None:
    """Never shown by the browser itself: it carries texts of the case."""
    answer = suit.get(f"/api/suit/timeline/file?format={format}&lane=court&first=2011-01-01")
    assert answer.status_code == 200
    assert answer.content.startswith(sign)
    assert answer.headers["content-disposition"].startswith("attachment")
    if format == "svg":
        assert "Form of production" in answer.text
        assert "Release 1" not in answer.text


def test_a_confidence_that_is_none_is_refused(suit) -> None:
    """An empty drawing would look like an answer."""
    assert suit.get("/api/suit/timeline/file?confidence=rumour").status_code == 400


def test_news_tell_what_was_done_to_what(suit) -> None:
    """Newest first, without the steps of larger work."""
    rows = suit.get("/api/suit/news?limit=50").json()
    assert rows[0]["verb"] == "facts.entered"
    assert rows[0]["about"] == {"reference": "event/rule", "title": "A rule is announced"}
    assert rows[0]["counts"] == {"statements": 3}
    assert [row["sequence"] for row in rows] == sorted((row["sequence"] for row in rows), reverse=True)
    verbs = {row["verb"] for row in rows}
    assert "production.loaded" in verbs
    assert not verbs & {"job.begun", "pages.read", "tasks.taken"}
    assert next(row for row in rows if row["verb"] == "production.loaded")["production"] == "First"
