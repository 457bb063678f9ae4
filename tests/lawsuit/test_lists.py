"""Lists that a legal team keeps by hand, made from what was entered."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.lawsuit.facts import told
from vaughn.lawsuit import fee_worksheet, in_camera_sets, list_statuses, rulings, settlements, stipulations
from vaughn.lawsuit.lists import read_hours


def test_rulings_say_which_release_is_still_owed():
    """A page ordered released and never released is what the next letter is about."""
    facts = told("ruling/2", order="order/a", bates="ICE 2", outcome="release")
    facts.told("ruling/1", order="order/a", bates="ICE 1", outcome="release", complied_by="release/r")
    facts.told("ruling/3", order="order/a", bates="ICE 3", outcome="upheld").told("release/r", title="Reproduction")
    lines = rulings(facts.suit())
    assert [(line.ruling.bates, line.is_owed) for line in lines] == [
        ("ICE 1", False),
        ("ICE 2", True),
        ("ICE 3", False),
    ]


def test_a_set_read_in_camera_counts_its_rulings():
    """Forty-nine documents were read; how many were ruled on is the question."""
    facts = told("in-camera-set/a", title="49 documents", document_count="49", bates=["ICE 1", "ICE 2"])
    facts.told("ruling/1", bates="ICE 1", outcome="upheld")
    (line,) = in_camera_sets(facts.suit())
    assert (line.documents.document_count, line.ruled) == (49, 1)


def test_items_of_a_list_are_produced_by_releases():
    """The state somebody gives counts; a release named is a production."""
    facts = told("production-list/fpl", title="Final Production List").told("release/r", title="R")
    facts.told("list-item/1", list="production-list/fpl", release="release/r")
    facts.told("list-item/2", list="production-list/fpl", state="refused")
    facts.told("list-item/3", list="production-list/fpl").told("list-item/4", title="of no list")
    status, stray = list_statuses(facts.suit())
    assert [line.state for line in status.lines] == ["produced", "refused", None]
    assert (status.produced, stray.of, len(stray.lines)) == (1, None, 1)


def test_settlement_terms_are_obligations_of_its_order():
    """What was agreed on can be missed like what was ordered."""
    facts = told("settlement/a", title="Settlement", order="order/s", amount="1200000", terms=["Data on detainers"])
    facts.told("obligation/1", order="order/s").told("obligation/2", order="order/other")
    (line,) = settlements(facts.suit())
    assert [one.reference for one in line.obligations] == ["obligation/1"]
    assert line.settlement.amount == Decimal(1200000)


def test_stipulations_are_listed_by_themselves():
    """How records are sampled was agreed on, not ordered."""
    facts = told("order/a", type="stipulation", title="Sampling").told("order/b", type="order")
    assert [order.title for order in stipulations(facts.suit())] == ["Sampling"]


def test_fees_are_summed_and_slips_are_shown():
    """The amount given counts; hours times rate shows where it is wrong."""
    facts = told("fee-line/1", who="A", hours="12:30", rate="400")
    facts.told("fee-line/2", who="A", hours="2", rate="400", amount="900").told("fee-line/3", who="B", amount="10.50")
    facts.told("fee-line/4", who="B", hours="many", rate="1")
    sheet = fee_worksheet(facts.suit())
    assert (sheet.total, sheet.without_amount) == (Decimal("5910.50"), 1)
    assert [line.differs for line in sheet.lines] == [False, True, False, False]
    assert [(one.who, one.hours, one.amount) for one in sheet.by_person] == [
        ("A", Decimal("14.5"), Decimal("5900.00")),
        ("B", Decimal(0), Decimal("10.50")),
    ]


@pytest.mark.parametrize("text", [None, "", "1:75", "-1", "1e5", "1,5", "٣"])
def test_hours_that_are_none_are_unknown(text):
    """A wrong figure must not be summed."""
    assert read_hours(text) is None
