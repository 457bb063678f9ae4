"""Who answers whom, what was asked, and what came of it for each party."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.lawsuit.facts import Facts, told
from vaughn.lawsuit import chains, decided_by


def adequacy() -> Facts:
    """Motion on the adequacy of search, cross-motion, replies, an opinion that decides both."""
    facts = told("entry/177", title="Motion", type="motion", filed_on="2012-01-12", number="177")
    facts.told("entry/186", title="Opposition", type="cross-motion", filed_on="2012-03-26", responds_to="entry/177")
    facts.told("entry/189", title="Reply", type="reply", filed_on="2012-04-09", responds_to="entry/186")
    facts.told("entry/197", title="Opinion", type="opinion", filed_on="2012-07-13", decides=["entry/177", "entry/186"])
    return facts


def shape(chain):
    return [(step.entry.reference, step.depth) for step in chain.steps]


def test_a_chain_runs_from_the_motion_to_the_opinion():
    """The cross-motion belongs to the motion it answers."""
    found = chains(adequacy().suit())
    assert [shape(chain) for chain in found.chains] == [
        [("entry/177", 0), ("entry/186", 1), ("entry/189", 2), ("entry/197", 1)]
    ]
    assert found.chains[0].is_decided
    assert found.findings == ()


def test_outcomes_are_told_party_by_party():
    """The 2012 opinion gave each agency another answer."""
    facts = adequacy().told("party/olc", name="OLC").told("party/ice", name="ICE").told("order/197", entry="entry/197")
    facts.told("outcome/olc", of="entry/186", party="party/olc", result="granted", order="order/197")
    facts.told("outcome/ice", of="entry/186", party="party/ice", result="granted in part", order="order/197")
    suit = facts.suit()
    (chain,) = chains(suit).chains
    assert [(one.party, one.result) for one in chain.outcomes] == [
        ("party/olc", "granted"),
        ("party/ice", "granted in part"),
    ]
    assert [order.reference for order in decided_by(suit, chain)] == ["order/197"]


def test_an_order_that_decides_two_motions_ends_both_chains():
    """Neither may look undecided."""
    facts = told("entry/1", type="motion", filed_on="2011-01-26").told("entry/2", type="motion", filed_on="2011-01-28")
    facts.told("entry/3", type="order", filed_on="2011-07-11", decides=["entry/1", "entry/2"])
    assert [shape(chain)[-1] for chain in chains(facts.suit()).chains] == [("entry/3", 1), ("entry/3", 1)]


def test_a_motion_about_an_order_begins_a_chain_that_the_first_names():
    """To reconsider is to ask anew."""
    facts = told("entry/1", type="motion", filed_on="2011-01-28").told(
        "entry/2", type="opinion", filed_on="2011-07-11", decides="entry/1"
    )
    facts.told("entry/3", type="motion", filed_on="2011-07-25", responds_to="entry/2")
    facts.told("entry/4", type="order", filed_on="2011-08-08", decides="entry/3")
    first, second = chains(facts.suit()).chains
    assert (shape(first), first.leads_to) == ([("entry/1", 0), ("entry/2", 1)], ("entry/3",))
    assert shape(second) == [("entry/3", 0), ("entry/4", 1)]


def test_days_asked_for_are_held_against_the_day_granted():
    """Asked for in five days, granted eighty-one days after the motion."""
    facts = told("entry/12", type="motion", filed_on="2010-10-28")
    facts.told("relief/a", motion="entry/12", asked_days="5", granted_date="2011-01-17")
    facts.told("relief/b", motion="entry/12", asked_days="10")
    facts.told("relief/c", motion="entry/12", asked_date="2010-11-10", granted_date="2010-11-09")
    (chain,) = chains(facts.suit()).chains
    assert [(line.asked_until, line.granted_days, line.days_more) for line in chain.relief] == [
        (date(2010, 11, 2), 81, 76),
        (date(2010, 11, 7), None, None),
        (date(2010, 11, 10), 12, -1),
    ]


def test_a_circle_is_told_and_still_shown():
    """Two replies to each other must not hang the docket, nor vanish."""
    facts = told("entry/a", type="motion", filed_on="2011-01-02", responds_to="entry/b")
    facts.told("entry/b", type="motion", filed_on="2011-01-01", responds_to="entry/a")
    facts.told("entry/c", type="reply", filed_on="2011-01-03", responds_to="entry/b")
    found = chains(facts.suit())
    assert [one.code for one in found.findings if one.code == "SU001"] == ["SU001"]
    assert [shape(chain) for chain in found.chains] == [[("entry/b", 0), ("entry/a", 1), ("entry/c", 1)]]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"type": "reply", "responds_to": "entry/gone"}, "SU007"),
        ({"type": "reply", "responds_to": "entry/1", "filed_on": "2010-12-31"}, "SU008"),
        ({"type": "opposition"}, "SU009"),
        ({"type": "reply", "responds_to": "entry/1", "filed_on": "2011"}, None),
        ({"type": "order"}, None),
        ({"type": "cross-motion"}, None),
    ],
)
def test_links_that_lead_nowhere_are_told(said, code):
    """An answer to nothing is a number typed wrongly, more often than not."""
    facts = told("entry/1", type="motion", filed_on="2011-01-01").told("entry/2", **said)
    assert [one.code for one in chains(facts.suit()).findings] == ([code] if code else [])


references = st.integers(0, 15).map(lambda number: f"entry/e{number}")


@given(st.lists(st.tuples(references, st.sampled_from(["motion", "reply", "order"]), st.sets(references, max_size=3))))
def test_every_linked_entry_stands_in_a_chain_and_no_walk_runs_forever(rows):
    """Whatever was typed, each entry that answers or is answered can be seen."""
    facts = Facts()
    for reference, entry_type, answered in rows:
        facts.told(reference, type=entry_type, responds_to=sorted(answered))
    suit = facts.suit()
    found = chains(suit)
    shown = {step.entry.reference for chain in found.chains for step in chain.steps}
    known = set(suit.by_reference)
    linked = {
        one
        for entry in suit.by_reference.values()
        for one in (entry.reference, *(entry.responds_to))
        if set(entry.responds_to) & known and one in known
    }
    assert linked <= shown
    for chain in found.chains:
        references = [step.entry.reference for step in chain.steps]
        assert len(references) == len(set(references))
        assert found.of(chain.root.reference)


def test_a_docket_of_five_thousand_entries_is_quick():
    """Motions with two answers each and an order on all of them."""
    facts = Facts()
    for number in range(1, 5001):
        if number % 4 == 1:
            facts.told(f"entry/{number}", type="motion", number=str(number))
        else:
            facts.told(f"entry/{number}", type="reply", number=str(number), responds_to=f"entry/{number - 1}")
    facts.told("entry/5001", type="order", decides=[f"entry/{number}" for number in range(1, 5001, 4)])
    found = chains(facts.suit())
    assert len(found.chains) == 1250
    assert all(len(chain.steps) == 5 for chain in found.chains)
