"""What is told in two ways is listed with both sources; what is told in one way is not."""

from __future__ import annotations

import time
from datetime import date

import pytest

from tests.lawsuit.facts import Facts, told
from vaughn.lawsuit import Rule, Weight, contradictions, read_suit
from vaughn.model import EntityField, EntityKind, Rank, federal


def found(facts: Facts, rule: Rule):
    listed = contradictions(facts.suit(), law=federal(), on=date(2015, 1, 1))
    return [one for one in listed if one.rule is rule]


def sources(contradiction):
    return [one.source.key for one in contradiction.says]


def test_two_dates_for_one_release_are_listed_with_both_sources():
    """The timeline says 17 August, the list 18 August."""
    facts = told("release/a", "timeline", title="Reproduction", released_on="2011-08-17")
    facts.told("release/a", "list", released_on="2011-08-18").told("release/a", "docket", released_on="2011-08")
    (one,) = found(facts, Rule.VALUES)
    assert sources(one) == ["timeline", "list", "docket"]
    assert one.text == (
        "Reproduction: Released on is told in 2 ways: “2011-08-17” (The timeline and The docket); "
        "“2011-08-18” (The list)."
    )
    assert (one.weight, one.is_settled) == (Weight.CONTRADICTION, False)


def test_one_source_can_contradict_itself():
    """A page whose heading and whose timeline differ."""
    facts = told("release/a", "page", title="R", released_on=["2011-01-17", "2010-01-17"])
    assert [sources(one) for one in found(facts, Rule.VALUES)] == [["page", "page"]]


def test_what_a_person_chose_is_still_shown_as_contradicted():
    """A decision settles which value counts, not that sources differ."""
    facts = told("release/a", "a", released_on="2011-08-17").told("release/a", "b", released_on="2011-08-18")
    entity = facts.entities()[0]
    object.__setattr__(entity.statements[1], "rank", Rank.PREFERRED)
    (one,) = found(facts, Rule.VALUES)
    assert (one.is_settled, one.says[0].value) == (True, "2011-08-18")


def test_other_words_are_a_note():
    """Titles and texts are told in everybody's own words."""
    facts = told("order/a", "a", title="Opinion and order").told("order/a", "b", title="Order on form")
    assert [one.weight for one in found(facts, Rule.VALUES)] == [Weight.NOTE]
    same = told("order/a", "a", title="Opinion  and Order").told("order/a", "b", title="Opinion and order")
    assert found(same, Rule.VALUES) == []


def test_a_source_that_names_fewer_is_held_against_one_that_names_more():
    """A cross-motion against one motion, or against two."""
    facts = told("entry/1", title="Cut-off").told("entry/2", title="Exemptions")
    facts.told("entry/3", "a", title="Cross-motion", responds_to="entry/1")
    facts.told("entry/3", "b", responds_to=["entry/1", "entry/2"])
    (one,) = found(facts, Rule.SETS)
    assert one.text == "Cross-motion: Responds to: The a names Cut-off; The b names Cut-off and Exemptions."
    assert found(told("entry/3", "a", link=["https://a.org/1"]).told("entry/3", "b", note="x"), Rule.SETS) == []


def test_orders_that_fell_together_are_compared_by_source():
    """One page tells of one withdrawn order, the opinion of two."""
    facts = (
        told("order/w", "page", title="Withdrawal").told("order/7", title="Form").told("order/14", title="Supplement")
    )
    for key, who in (("7", ["opinion"]), ("14", ["page", "opinion"])):
        for source in who:
            facts.told(f"order-change/{key}", source, order=f"order/{key}", state="withdrawn", by="order/w")
    (one,) = found(facts, Rule.SETS)
    assert one.reference == "order/w"
    assert "The opinion names Form and Supplement" in one.text
    assert "The page names Supplement" in one.text


def test_lists_of_defendants_are_compared_by_source():
    """Two pages, five or two defendants; one entered by hand claims to be no list."""
    facts = told("docket/d", caption="A v. B")
    for party, who in (("a", ["p1", "p2"]), ("b", ["p1", "p2"]), ("c", ["p2"])):
        for source in who:
            facts.told(f"party/{party}", source, name=party.upper(), role="defendant", docket="docket/d")
    assert [one.reference for one in found(facts, Rule.SETS)] == ["docket/d"]
    single = told("party/a", "p1", name="A", role="defendant", docket="docket/d")
    single.told("party/b", "p2", name="B", role="defendant", docket="docket/d")
    assert found(single, Rule.SETS) == []


def test_the_same_title_twice_in_one_list_is_told():
    """Two items called the same are one item twice, or one of them is misnamed."""
    facts = told("released-document/18", title="Briefing, New York", release="release/a", number="18")
    facts.told("released-document/20", title="Briefing – New York", release="release/a", number="20")
    facts.told("released-document/21", title="Briefing, New York", release="release/b", number="1")
    (one,) = found(facts, Rule.TWICE)
    assert one.text.endswith("is listed 2 times: 18 and 20.")
    parts = told("released-document/1", title="Report", release="release/a", part="1 of 2")
    parts.told("released-document/2", title="Report", release="release/a", part="2 of 2")
    assert found(parts, Rule.TWICE) == []


def test_a_docket_number_given_twice_is_told():
    """Numbers of a docket are one each."""
    facts = told("entry/a", docket="docket/d", number="41").told("entry/b", docket="docket/d", number="41")
    assert "number 41 stands for 2 entries" in found(facts, Rule.TWICE)[0].text


def case_page() -> Facts:
    facts = Facts()
    facts.source("page", "case page")
    facts.told("order/first", "page", title="First", signed_on="2010-12-09")
    return facts.told("order/last", "page", title="Last", signed_on="2013-07-03")


@pytest.mark.parametrize(
    ("day", "who", "lacks"),
    [
        ("2011-12-07", ["court"], True),
        ("2011-12-07", ["court", "page"], False),
        ("2014-01-01", ["court"], False),
        ("2010-01-01", ["court"], False),
    ],
)
def test_what_the_case_page_does_not_tell_is_listed(day, who, lacks):
    """The page tells of days before and after, and not of the stay."""
    facts = case_page()
    for source in who:
        facts.told("order/stay", source, title="Stay", signed_on=day)
    listed = found(facts, Rule.LACKING)
    assert [one.reference for one in listed] == (["order/stay"] if lacks else [])
    if lacks:
        assert listed[0].text == "Stay (2011-12-07) is told by The court and not by The page."


def test_an_event_about_a_lacking_order_is_not_told_again():
    """One omission, one line; events outside the case are none."""
    facts = case_page().told("order/stay", "court", title="Stay", signed_on="2011-12-07")
    facts.told("event/stay", "court", title="Stay granted", on="2011-12-07", entity="order/stay", lane="court")
    facts.told("event/other", "court", title="Milner", on="2011-03-07", lane="outside events")
    assert [one.reference for one in found(facts, Rule.LACKING)] == ["order/stay"]


@pytest.mark.parametrize(
    ("title", "first", "last", "wrong"),
    [
        ("1st Quarterly status report", "2008-04", "2008-06", True),
        ("Third quarter report", "2008-04-01", "2008-06-30", False),
        ("Report, 4th quarter of FY2008", "2008-07", "2008-09", False),
        ("Report, FY 09 Q1", "2008-10", "2008-12", False),
        ("Report, FY2008 Q1", "2008-10", "2008-12", True),
        ("Report on the first quarter", "2008-04", "2008-07", False),
        ("Report", "2008-04", "2008-06", False),
    ],
)
def test_a_quarter_in_a_title_is_held_against_the_months(title, first, last, wrong):
    """The federal fiscal year begins in October: April to June is the third quarter."""
    facts = told("released-document/a", "page", title=title, covers_from=first, covers_until=last)
    assert bool(found(facts, Rule.ORDINAL)) is wrong


def test_the_months_may_stand_in_the_title_itself():
    """Many lists give no other dates."""
    facts = told("released-document/a", "page", title="1st Quarterly report, april-june 2008")
    assert "FY2008 Q3" in found(facts, Rule.ORDINAL)[0].text


@pytest.mark.parametrize(
    ("about", "wrong"),
    [
        ("It ended after six years.", True),
        ("It ended after 7 years.", False),
        ("It ended after 80 months.", False),
        ("It ended after three months.", True),
        ("In six years it had grown.", False),
    ],
)
def test_a_stated_length_of_time_is_held_against_the_dates(about, wrong):
    """March 2008 to November 2014 is 6.7 years."""
    facts = told("term/sc", "page", name="S", from_="2008-03", until="2014-11-21", about=about)
    listed = found(facts, Rule.DURATION)
    assert bool(listed) is wrong
    if "six" in about and wrong:
        assert "6.7 years from 2008-03 to 2014-11-21" in listed[0].text


def test_known_misspellings_are_listed_with_who_wrote_them():
    """Each wrong spelling once, beside the right one."""
    facts = told("person/s", "court", name="Shira Scheindlin").told("person/s", "page", misspelling="Schiendlin")
    (one,) = found(facts, Rule.SPELLING)
    assert one.text == "The page: “Schiendlin” stands for “Shira Scheindlin”."
    assert sources(one) == ["page", "court"]


def test_a_surname_with_a_slip_is_found_in_texts():
    """Nobody noted it yet; a plural is no slip."""
    facts = told("person/s", name="Shira Scheindlin")
    facts.told("event/a", "press", title="Judge Schiendlin rules", about="As the Scheindlins know.")
    (one,) = found(facts, Rule.SPELLING)
    assert (one.reference, one.weight) == ("event/a", Weight.NOTE)


def test_two_names_that_differ_by_a_slip_are_told():
    """A docket and a page that spell one agency in two ways made two of it."""
    facts = told("party/a", name="Federal Bureau of Investigation").told(
        "party/b", name="Federal Bureau of Investigations"
    )
    facts.told("office/c", name="Federal Bureau of Investigation")
    assert [one.reference for one in found(facts, Rule.SPELLING)] == ["party/a"]
    numbered = Facts()
    for number in range(300):
        numbered.told(f"party/{number}", name=f"John Doe {number}")
    assert len(found(numbered, Rule.SPELLING)) < 6000


@pytest.mark.parametrize(
    ("one", "other", "differs"),
    [
        ("https://a.org/x", "https://a.org/x", False),
        ("http://a.org/x", "https://www.a.org/x/", True),
        ("https://a.org/x", "https://a.org/y", False),
        ("https://a.org/x", "https://www.a.org/y", True),
        ("https://a.org/x", "https://b.org/x", False),
        ("https://A.org/x", "https://a.org/x", True),
    ],
)
def test_addresses_of_one_place_written_in_two_ways(one, other, differs):
    """With and without www, with and without s: readers ask which."""
    facts = told("entry/1", "a", link=one).told("entry/2", "b", link=other)
    assert bool(found(facts, Rule.ADDRESS)) is differs


def test_a_day_on_a_legal_holiday_is_a_note():
    """Filed on Washington's Birthday; the program's own holidays are not of the court's making."""
    facts = told("entry/62", title="Motion to stay", filed_on="2011-02-21")
    facts.told("event/vigil", on="2011-02-21", lane="outside events").told("entry/63", filed_on="2011-02-22")
    (one,) = found(facts, Rule.HOLIDAY)
    assert "Monday, 21 February 2011 (The court) is a legal holiday: Washington's Birthday." in one.text
    assert one.weight is Weight.NOTE


def test_an_answer_names_the_day_of_service_it_needs():
    """The answer of 1 July 2010 was in time if served on 1 June or later."""
    facts = told("entry/1", type="complaint", filed_on="2010-04-27")
    facts.told("entry/2", title="Answer", type="answer", filed_on="2010-07-01", responds_to="entry/1")
    assert "served on Tuesday, 1 June 2010 or later" in found(facts, Rule.SERVICE)[0].text
    early = told("entry/1", type="complaint", filed_on="2010-04-27")
    early.told("entry/2", type="answer", filed_on="2010-05-20", responds_to="entry/1")
    assert found(early, Rule.SERVICE) == []


def test_a_stated_state_is_held_against_the_dates():
    """Called met, done a day late."""
    facts = told("obligation/a", "page", title="Release", due_on="2011-03-01", met_on="2011-03-02", state="met")
    assert found(facts, Rule.STATE)[0].text.startswith("Release: met (The page), but late: ")
    assert found(told("obligation/a", due_on="2011-03-01", met_on="2011-03-01", state="met"), Rule.STATE) == []


def test_who_owed_is_held_against_who_produced_and_who_answered():
    """Five are sued, three answer, four produce."""
    facts = told("docket/d", caption="A v. B").told("entry/a", type="answer", docket="docket/d", filed_by="party/a")
    for key in "ab":
        facts.told(f"party/{key}", name=key.upper(), role="defendant", docket="docket/d")
    facts.told("obligation/o", title="Produce", who=["party/a", "party/b"], met_by="release/r")
    facts.told("release/r", agency="party/a", released_on="2011-01-17")
    texts = [one.text for one in found(facts, Rule.PARTLY)]
    assert texts == [
        "Produce: owed by A and B; what met it came from A.",
        "A v. B: of 2 defendants 1 answer: A; nobody tells of an answer of B.",
    ]


def test_entries_after_the_end_of_the_case_are_a_note():
    """A tracker closed the case in 2011; the docket ran to 2013."""
    facts = told("docket/d", "tracker", caption="A v. B", terminated_on="2011-10-25")
    facts.told("entry/1", docket="docket/d", filed_on="2013-07-03").told("entry/2", docket="docket/d", filed_on="2011")
    assert found(facts, Rule.AFTER_END)[0].text == (
        "A v. B: ended on 2011-10-25 (The tracker), but 1 entries are later, up to 2013-07-03."
    )


def test_entities_of_other_rooms_are_looked_at_too():
    """A request's dates are contradicted as an order's are."""
    kind = EntityKind("request", "Request", (EntityField("title", "Title"), EntityField("tracking", "Tracking number")))
    facts = Facts()
    first = facts.told("order/x", "a", title="1").told("order/x", "b", title="2").entities()[0]
    for one, value in zip(first.statements, ("10-1", "10-2"), strict=True):
        object.__setattr__(one, "field", "tracking")
        object.__setattr__(one, "value", value)
    object.__setattr__(first, "kind", "request")
    suit = read_suit([first], facts.suit().sources.values(), kinds=[kind])
    assert [one.field for one in contradictions(suit, law=federal(), on=date(2015, 1, 1))] == ["tracking"]


def test_a_docket_of_five_thousand_entries_is_looked_through_quickly():
    """A person waits for this list; it must not grow with the square of the docket."""
    facts = told("docket/d", caption="A v. B")
    for number in range(5000):
        facts.told(f"entry/{number}", title=f"MOTION number {number} of many words by somebody", docket="docket/d")
        facts.told(f"entry/{number}", number=str(number), filed_on="2011-02-22", type="motion")
    for number in range(1000):
        facts.told(f"person/{number}", name=f"Attorney Surname{number * 7919}")
    suit = facts.suit()
    start = time.process_time()
    contradictions(suit, law=federal(), on=date(2015, 1, 1))
    assert time.process_time() - start < 10


def test_a_value_that_cannot_be_is_listed():
    """It is not counted, so somebody has to see it."""
    facts = told("order/a", "page", entered_on="2011-02-07")
    entities = facts.entities()
    object.__setattr__(entities[0].statements[0], "value", "2011-02-30")
    suit = read_suit(entities, [facts.source("page")])
    (one,) = contradictions(suit, law=federal(), on=date(2015, 1, 1))
    assert (one.rule, one.reference, sources(one)) == (Rule.UNREADABLE, "order/a", ["page"])
    assert "“2011-02-30” is not counted." in one.text


def test_days_before_the_calendar_have_no_holidays():
    """Nothing is known of them, and nothing is said."""
    facts = told("entry/1", type="answer", filed_on="1901-07-04").told("event/a", on="1901-12-25")
    assert found(facts, Rule.HOLIDAY) == []
    assert found(facts, Rule.SERVICE) == []


def test_a_long_text_is_cut_where_it_is_quoted():
    """The list is read line by line; the whole text stands at its statement."""
    facts = told("order/a", "a", title="Word " * 60).told("order/a", "b", title="Other")
    (one,) = found(facts, Rule.VALUES)
    assert " …” (The a)" in one.text
    assert len(one.text) < 400
