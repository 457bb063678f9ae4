"""Requests over HTTP: due dates with their reasons, letters, coverage."""

from __future__ import annotations

import pytest

from tests.app.conftest import signed_in


@pytest.fixture
def suit(case_copy, workbench):
    """The workbench on a case with one request to ICE."""
    workbench.open(case_copy)
    with signed_in(workbench) as client:
        client.post(
            "/api/suit/agencies",
            json={"name": "a.csv", "content": "name,short,parent\nImmigration and Customs Enforcement,ICE,DHS\n"},
        )
        for reference, values in (
            ("party/ndlon", {"name": ["NDLON"]}),
            ("request-item/1", {"title": ["Policies"], "number": ["1"], "covered_by": ["ABC0000005", "ZZZ 1"]}),
            (
                "request/ice",
                {
                    "title": ["Secure Communities"],
                    "agency": ["agency/ice"],
                    "requester": ["party/ndlon"],
                    "sent_on": ["2010-02-03"],
                    "state": ["sent"],
                },
            ),
        ):
            answer = client.post(f"/api/suit/entities/{reference}/statements", json={"values": values})
            assert answer.status_code == 200, answer.text
        yield client


def test_a_due_date_says_why(suit) -> None:
    """Each day of the count, and what was assumed."""
    (request,) = suit.get("/api/requests").json()
    clock = {one["rule"]: one for one in request["clocks"]}["FOIA-20"]
    assert clock["due"] == "2010-03-04"
    assert "not known" in clock["note"]
    assert any(day["name"] == "Washington's Birthday" for day in clock["computed"]["days"])
    assert "acknowledged" in request["moves"]


def test_the_list_of_what_is_owed_depends_on_the_day(suit) -> None:
    """Due before, overdue after."""
    standing = {
        day: {row["key"]: row["standing"] for row in suit.get(f"/api/suit/due?on={day}").json()["rows"]}
        for day in ("2010-02-10", "2010-04-27")
    }
    assert standing["2010-02-10"]["request/ice/foia-20"] == "due"
    assert standing["2010-04-27"]["request/ice/foia-20"] == "overdue"
    assert suit.get("/api/suit/due.ics").text.count("BEGIN:VEVENT") == 2


def test_nothing_is_owed_on_a_closed_request(suit) -> None:
    """Its clocks stay on its page; the list of what is due is not filled with the past."""
    for state in ("answered", "closed"):
        suit.post("/api/requests/ice/state", json={"state": state})
    assert suit.get("/api/suit/due?on=2010-04-27").json()["rows"] == []
    assert suit.get("/api/requests").json()[0]["clocks"]


def test_a_state_moves_and_a_wrong_one_is_refused(suit) -> None:
    """The table of states is the law."""
    assert suit.post("/api/requests/ice/state", json={"state": "acknowledged"}).json()[0]["state"] == "acknowledged"
    assert suit.post("/api/requests/ice/state", json={"state": "sent"}).status_code == 409


@pytest.mark.parametrize(("kind", "start"), [("docx", b"PK"), ("pdf", b"%PDF"), ("txt", b"20")])
def test_a_letter_is_a_download_and_stays_in_the_case(suit, kind, start) -> None:
    """The same bytes again, from the case."""
    answer = suit.post("/api/requests/ice/letters", json={"kind": "status", "format": kind, "on": "2010-04-27"})
    assert answer.status_code == 200, answer.text
    assert answer.content.startswith(start) or kind == "txt"
    (letter,) = suit.get("/api/suit/entities?kind=letter").json()
    (file,) = suit.get(f"/api/suit/entities/{letter['reference']}").json()["files"]
    kept = suit.get(f"/api/suit/files/{file['id']}")
    assert kept.content == answer.content
    assert kept.headers["content-disposition"].startswith("attachment")


def test_coverage_finds_documents_by_their_numbers(suit) -> None:
    """And says which number no document has."""
    table = suit.get("/api/suit/coverage").json()
    assert table["agencies"] == ["ICE"]
    assert table["rows"][0]["cells"][0]["documents"] == ["ABC0000005"]
    assert table["unmatched"] == ["ZZZ 1"]


def test_there_is_no_such_file(suit) -> None:
    """A wrong number is said."""
    assert suit.get("/api/suit/files/99").status_code == 404
