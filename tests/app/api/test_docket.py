"""The docket over HTTP: taken in from a file, orders that are stayed, and the dates that move with them."""

from __future__ import annotations

import pytest

from tests.app.conftest import signed_in

DOCKET = (
    "No.,Date filed,Docket text,Case number\n"
    "1,2010-04-27,COMPLAINT against ICE,1:10-cv-03488\n"
    "12,2010-10-28,MOTION for Preliminary Injunction. Document filed by A.,\n"
    "15,2010-11-12,MEMORANDUM OF LAW in Opposition re: 12 MOTION for Preliminary Injunction.,\n"
    '29,2011-01-26,"<img src=x onerror=alert(1)> =HYPERLINK(1) NOTICE of Appearance",\n'
)


@pytest.fixture
def suit(case_copy, workbench):
    workbench.open(case_copy)
    with signed_in(workbench) as client:
        yield client


def _enter(client, reference, **values):
    answer = client.post(f"/api/suit/entities/{reference}/statements", json={"values": values})
    assert answer.status_code == 200, answer.text


@pytest.fixture
def ordered(suit):
    """An order of 17 December 2010 that asks for something by 17 January 2011."""
    _enter(suit, "order/opt-out", title=["Opt-out records"], entered_on=["2010-12-17"])
    _enter(
        suit,
        "obligation/opt-out",
        title=["Produce the opt-out records"],
        order=["order/opt-out"],
        due_on=["2011-01-18"],
    )
    return suit


def _take(client, content, **more):
    upload = client.post("/api/uploads").json()["upload_id"]
    client.put(f"/api/uploads/{upload}/files?path=docket.csv", content=content.encode())
    return client.post("/api/suit/docket", json={"upload_id": upload, **more})


def test_a_dropped_docket_is_taken_in_once(suit, case_copy) -> None:
    """The same file twice adds nothing, and no copy of the upload stays behind."""
    first = _take(suit, DOCKET).json()
    assert (first["new"], first["known"]) == (4, 0)
    again = _take(suit, DOCKET).json()
    assert (again["new"], again["known"], again["statements"]) == (0, 4, 0)
    assert list((case_copy / "incoming/uploads").iterdir()) == []


def test_a_docket_can_be_named_by_its_path(suit, tmp_path) -> None:
    """A file on this computer need not be sent through the browser."""
    (tmp_path / "saved.csv").write_text(DOCKET, encoding="utf-8")
    taken = suit.post("/api/suit/docket", json={"path": str(tmp_path / "saved.csv")}).json()
    assert taken["docket"].startswith("docket/")
    assert taken["new"] == 4


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({}, 400),
        ({"path": "/a", "upload_id": "0" * 32}, 400),
        ({"path": "/nowhere/d.csv"}, 422),
        ({"upload_id": "x"}, 422),
    ],
    ids=["nothing", "both", "no-such-file", "no-such-upload"],
)
def test_what_is_no_docket_file_is_refused(suit, form, status) -> None:
    """One of the two, and one that is there."""
    assert suit.post("/api/suit/docket", json=form).status_code == status


def test_a_page_of_errors_named_as_a_docket_is_refused_and_adds_nothing(suit) -> None:
    """What a court's server says when it fails is no docket."""
    answer = _take(suit, "<html><title>503</title><body>Service unavailable</body></html>")
    assert answer.status_code == 422
    assert answer.json()["error"]["message"]
    assert suit.get("/api/suit/docket").json()["entries"] == []


def test_entries_come_by_date_with_markup_as_text(suit) -> None:
    """Whatever a docket says is shown, and nothing of it runs."""
    _take(suit, DOCKET)
    table = suit.get("/api/suit/docket").json()
    assert [entry["number"] for entry in table["entries"]] == [1, 12, 15, 29]
    assert table["entries"][3]["text"].startswith("<img src=x")
    assert table["dockets"][0]["entries"] == 4


def test_an_opposition_stands_in_the_chain_of_its_motion(suit) -> None:
    """Who answers whom is read from the text where nobody says it."""
    _take(suit, DOCKET)
    table = suit.get("/api/suit/docket").json()
    numbers = {entry["reference"]: entry["number"] for entry in table["entries"]}
    chains = [[numbers[step["entry"]] for step in chain["steps"]] for chain in table["chains"]]
    assert [12, 15] in chains


def test_a_stay_moves_the_day_due_when_it_is_entered_and_not_before(ordered) -> None:
    """Looking at what would move changes nothing."""
    before = ordered.get("/api/suit/orders/opt-out").json()
    assert before["obligations"][0]["due"] == "2011-01-18"
    query = "state=stayed&since=2011-01-10&until=2011-02-01"
    supposed = ordered.get(f"/api/suit/orders/opt-out?{query}").json()
    assert supposed["obligations"][0]["due"] == "2011-02-01"
    assert ordered.get("/api/suit/orders/opt-out").json() == before
    after = ordered.post(
        "/api/suit/orders/opt-out/changes", json={"state": "stayed", "since": "2011-01-10", "until": "2011-02-01"}
    ).json()
    assert after["obligations"][0]["due"] == "2011-02-01"
    assert [span["state"] for span in after["spans"]] == ["in force", "stayed", "in force"]
    assert any("tayed" in why for why in after["obligations"][0]["why"])


def test_what_an_order_asks_for_is_on_the_list_of_what_is_due(ordered) -> None:
    """The list is one for requests and orders."""
    rows = {row["key"]: row for row in ordered.get("/api/suit/due?on=2011-01-10").json()["rows"]}
    assert rows["obligation/opt-out"]["standing"] == "due"
    assert rows["obligation/opt-out"]["why"]
    ordered.post("/api/suit/orders/opt-out/changes", json={"state": "withdrawn", "since": "2011-01-05"})
    assert "obligation/opt-out" not in {row["key"] for row in ordered.get("/api/suit/due?on=2011-01-10").json()["rows"]}


def test_a_withdrawn_order_says_so_today(ordered) -> None:
    """The banner of its page is made from this."""
    after = ordered.post("/api/suit/orders/opt-out/changes", json={"state": "withdrawn", "since": "2011-06-17"}).json()
    assert (after["now"]["state"], after["now"]["first"], after["now"]["is_binding"]) == (
        "withdrawn",
        "2011-06-17",
        False,
    )
    assert after["obligations"][0]["state"] == "lifted"
    (row,) = ordered.get("/api/suit/orders").json()
    assert row["now"]["change"]["title"] == "Opt-out records: withdrawn"


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"state": "stayed", "since": "10/1/11"}, "no date"),
        ({"state": "stayed", "since": "2011-02-01", "until": "2011-01-01"}, "before it begins"),
        ({"state": "stayed", "since": "2011-02-01", "by": "order/none"}, "not in the case"),
        ({"state": "asleep", "since": "2011-02-01"}, "cannot be used"),
    ],
    ids=["date", "backwards", "dangling", "state"],
)
def test_a_change_that_cannot_be_is_refused(ordered, form, said) -> None:
    """A clear sentence, and nothing is stored."""
    before = ordered.get("/api/suit/orders/opt-out").json()
    answer = ordered.post("/api/suit/orders/opt-out/changes", json=form)
    assert answer.status_code in (400, 422)
    assert said in answer.json()["error"]["message"]
    assert ordered.get("/api/suit/orders/opt-out").json() == before


def test_an_order_withdrawn_before_it_was_entered_is_found(ordered) -> None:
    """It stays as it was said, with a finding beside it."""
    ordered.post("/api/suit/orders/opt-out/changes", json={"state": "withdrawn", "since": "2009-01-05"})
    assert [one["code"] for one in ordered.get("/api/suit/orders/opt-out").json()["findings"]] == ["SU002"]
    assert "SU002" in {one["code"] for one in ordered.get("/api/suit/docket").json()["findings"]}


def test_an_unknown_order_is_not_there(suit) -> None:
    """No page is made up for it."""
    assert suit.get("/api/suit/orders/none").status_code == 404
    assert (
        suit.post("/api/suit/orders/none/changes", json={"state": "stayed", "since": "2011-01-01"}).status_code == 404
    )
