"""Facts are entered with their source; a conflict is shown and can be decided, nothing is deleted."""

from __future__ import annotations

import pytest

from tests.app.conftest import signed_in

COURT = {"key": "ecf-41", "title": "Opinion", "citation": "ECF 41", "kind": "court record"}


@pytest.fixture
def suit(case_copy, workbench):
    workbench.open(case_copy)
    with signed_in(workbench) as client:
        yield client


def _enter(client, reference, values, **more):
    return client.post(f"/api/suit/entities/{reference}/statements", json={"values": values, **more})


def test_kinds_say_what_can_be_entered(client) -> None:
    """The screens make their forms from this."""
    kinds = {kind["id"]: kind for kind in client.get("/api/suit/kinds").json()}
    assert {"request", "agency", "order", "entry", "obligation", "party"} <= kinds.keys()
    fields = {field["id"]: field for field in kinds["order-change"]["fields"]}
    assert "withdrawn" in fields["state"]["choices"]
    assert fields["order"]["refers_to"] == ["order"]


def test_two_sources_contradict_until_one_is_preferred_and_still_after(suit) -> None:
    """Choosing says which one counts; it does not hide the other."""
    _enter(suit, "order/form", {"title": ["Form of production"], "signed_on": ["2011-02-03"]}, source=COURT)
    entered = _enter(suit, "order/form", {"signed_on": ["2011-2-7"]}).json()
    assert entered["contradicted"] == ["signed_on"]
    dates = [one for one in entered["statements"] if one["field"] == "signed_on"]
    assert [one["value"] for one in dates] == ["2011-02-03", "2011-02-07"]
    ranked = suit.post(f"/api/suit/statements/{dates[1]['id']}/rank", json={"rank": "preferred"}).json()
    assert ranked["rank"] == "preferred"
    again = suit.get("/api/suit/entities/order/form").json()
    assert [one["value"] for one in again["statements"] if one["field"] == "signed_on"] == ["2011-02-07", "2011-02-03"]
    assert again["contradicted"] == ["signed_on"]


def test_preferring_another_takes_the_first_preference_back(suit) -> None:
    """Only one value can count."""
    _enter(suit, "order/form", {"signed_on": ["2011-02-03", "2011-02-07"]})
    ids = [one["id"] for one in suit.get("/api/suit/entities/order/form").json()["statements"]]
    for statement_id in ids:
        suit.post(f"/api/suit/statements/{statement_id}/rank", json={"rank": "preferred"})
    ranks = {one["id"]: one["rank"] for one in suit.get("/api/suit/entities/order/form").json()["statements"]}
    assert ranks == {ids[0]: "normal", ids[1]: "preferred"}


def test_what_names_an_entity_is_listed_with_it(suit) -> None:
    """So an order shows its changes and obligations."""
    _enter(suit, "order/form", {"title": ["Form of production"]})
    _enter(suit, "order-change/form-1", {"order": ["order/form"], "state": ["withdrawn"], "from": ["2011-06-17"]})
    assert suit.get("/api/suit/entities/order/form").json()["named_by"] == ["order-change/form-1"]


def test_a_withdrawn_entity_leaves_the_list_and_can_come_back(suit) -> None:
    """Nothing is deleted."""
    _enter(suit, "party/acme", {"name": ["Acme"]})
    suit.post("/api/suit/entities/party/acme/withdraw", json={"is_withdrawn": True})
    assert suit.get("/api/suit/entities?kind=party").json() == []
    suit.post("/api/suit/entities/party/acme/withdraw", json={"is_withdrawn": False})
    assert [row["title"] for row in suit.get("/api/suit/entities?kind=party").json()] == ["Acme"]


@pytest.mark.parametrize(
    ("reference", "values", "said"),
    [
        ("order/form", {"signed_on": ["2/7/11"]}, "no date"),
        ("order/form", {"colour": ["red"]}, "no field"),
        ("planet/mars", {"title": ["x"]}, "no kind of entity"),
        ("order/A B", {"title": ["x"]}, "cannot be a key"),
        ("order-change/x", {"order": ["order/none"]}, "not in the case"),
    ],
)
def test_what_cannot_be_is_refused_with_a_reason(suit, reference, values, said) -> None:
    """And nothing of it is kept."""
    answer = _enter(suit, reference, values)
    assert answer.status_code == 422
    assert said in answer.json()["error"]["message"]
    assert suit.get("/api/suit/entities").json() == []


def test_an_unknown_entity_or_statement_is_said(suit) -> None:
    """Not an empty answer."""
    assert suit.get("/api/suit/entities/order/none").status_code == 404
    assert suit.post("/api/suit/statements/9/rank", json={"rank": "normal"}).status_code == 422


def test_citations_lead_to_what_is_in_the_case(suit) -> None:
    """A section of the law has no address here; an entry of the docket has."""
    _enter(suit, "docket/main", {"caption": ["A v. B"], "number": ["1:10-cv-03488"]})
    _enter(suit, "entry/ecf-41", {"docket": ["docket/main"], "number": ["41"], "title": ["Opinion"]})
    text = "Stay of ECF 41 under 5 U.S.C. 552(b)(6)."
    _enter(suit, "entry/ecf-62", {"docket": ["docket/main"], "number": ["62"], "text": [text]})
    found = {row["cited"]: row["address"] for row in suit.get("/api/suit/entities/entry/ecf-62/citations").json()}
    assert found["5 U.S.C. § 552(b)(6)"] is None
    assert "/e/entry/ecf-41" in found.values()
    assert suit.get("/api/suit/entities/entry/none/citations").status_code == 404
