"""What a paper cites leads to where it stands in the case."""

from __future__ import annotations

from tests.request.said import said
from vaughn.lawsuit import cites, cites_of, read_suit

DOCKET = said("docket/main", caption="NDLON v. ICE", number="1:10-cv-03488")
APPEAL = said("docket/appeal", caption="Appeal", number="11-711", appeal_of="docket/main")
FORM = said("entry/ecf-41", docket="docket/main", number="41", title="Opinion and Order")
OTHER = said("entry/appeal-41", docket="docket/appeal", number="41", title="Brief")


def suit(*entities):
    return read_suit([DOCKET, APPEAL, FORM, OTHER, *entities], [])


def test_an_entry_leads_to_the_entry_of_its_own_docket() -> None:
    """Number 41 of the appeal is another paper."""
    motion = said("entry/ecf-62", docket="docket/main", number="62", text="Motion to stay the order, ECF No. 41.")
    (cite,) = cites_of(suit(motion), "entry/ecf-62")
    assert (cite.field, cite.leads_to) == ("text", "entry/ecf-41")


def test_an_order_means_the_docket_that_is_no_appeal() -> None:
    """Orders have no docket of their own."""
    order = said("order/withdrawal", title="Withdrawal", holds="Dkt. No. 41 and Dkt. No. 50 are withdrawn.")
    found = {cite.citation.normalised: cite.leads_to for cite in cites_of(suit(order), "order/withdrawal")}
    assert sorted(found.values(), key=str) == [None, "entry/ecf-41"]


def test_statutes_lawsuits_and_pages_are_found_without_the_section_sign() -> None:
    """As papers write them."""
    text = "Under 5 U.S.C. 552(b)(6), see 10 Civ. 3488 (SAS), at ICE 2010FOIA2674.0117629."
    entry = said("entry/ecf-82", docket="docket/main", number="82", text=text)
    found = {cite.citation.kind.value: cite for cite in cites_of(suit(entry), "entry/ecf-82")}
    assert found["statute"].citation.normalised == "5 U.S.C. § 552(b)(6)"
    assert found["docket number"].leads_to == "docket/main"
    assert found["Bates number"].bates == "ICE 2010FOIA2674.0117629"


def test_a_paper_does_not_lead_to_itself_and_each_thing_is_listed_once() -> None:
    """A list that repeats is not read."""
    entry = said("entry/ecf-50", docket="docket/main", number="50", text="ECF 50. ECF 41 and again ECF 41.")
    assert [cite.leads_to for cite in cites_of(suit(entry), "entry/ecf-50")] == [None, "entry/ecf-41"]


def test_all_papers_are_looked_through_and_nothing_else() -> None:
    """Notes of the team cite nothing."""
    entry = said("entry/ecf-82", docket="docket/main", number="82", text="ECF 41")
    event = said("event/a", title="ECF 41")
    assert [cite.citing for cite in cites(suit(entry, event))] == ["entry/ecf-82"]
    assert cites_of(suit(), "entry/none") == ()
