"""Entities become typed values that still know who said what."""

from __future__ import annotations

from dataclasses import fields
from decimal import Decimal
from typing import get_type_hints

import pytest

from tests.lawsuit.facts import AT, Facts, told
from vaughn.lawsuit import SUIT_KINDS, MatchedBy, read_suit
from vaughn.lawsuit import suit as suit_module
from vaughn.lawsuit import values as v
from vaughn.model import Confidence, Entity, PartialDate, Rank, Source, Statement, ValueKind

_SCALAR = {ValueKind.DATE: PartialDate, ValueKind.NUMBER: int, ValueKind.MONEY: Decimal}


@pytest.mark.parametrize("kind_id", SUIT_KINDS)
def test_every_attribute_has_the_type_of_its_field(kind_id):
    """The values are filled by the names of their fields; this holds the one against the other."""
    kind, made = suit_module.OWN_KINDS[kind_id], suit_module._TYPES[kind_id]
    hints = get_type_hints(made)
    for attribute in fields(made):
        if attribute.name in {"entity", "title"}:
            continue
        field = kind.field(attribute.metadata.get("of", attribute.name))
        scalar = _SCALAR.get(field.kind, str)
        assert hints[attribute.name] == (tuple[str, ...] if field.is_many else scalar | None), attribute.name


def test_an_order_is_read_with_its_dates_and_who_says_so():
    """Two sources differ: one counts, both are shown."""
    facts = told("order/form", "ecf-41", title="Form of production", entered_on="2011-02-07")
    facts.told("order/form", "page", entered_on="2011-02-03", judge="person/s")
    facts.told("person/s", "page", name="Shira A. Scheindlin")
    order = facts.suit().find("order/form")
    assert isinstance(order, v.Order)
    assert (order.title, order.entered_on, order.judge) == (
        "Form of production",
        PartialDate(2011, 2, 7),
        "person/s",
    )
    assert [(one.value, one.source.key) for one in facts.suit().said(order, "entered_on")] == [
        ("2011-02-07", "ecf-41"),
        ("2011-02-03", "page"),
    ]


def test_a_thing_without_a_title_is_called_by_its_key():
    """Nothing on a list is without a name."""
    assert told("entry/e-41", number="41").suit().title("entry/e-41") == "e-41"


def test_a_value_that_cannot_be_is_left_out_and_told():
    """One bad date must not hide the suit, and must not vanish."""
    bad = Statement(7, "entered_on", "2011-02-30", 1, Confidence.STATED, Rank.NORMAL, None, AT)
    suit = read_suit([Entity(1, "order", "a", (bad,))], [Source(1, "page", "Page")])
    order = suit.find("order/a")
    assert isinstance(order, v.Order)
    assert order.entered_on is None
    assert [(one.reference, one.said.value) for one in suit.unreadable] == [("order/a", "2011-02-30")]
    assert "There is no day" in suit.unreadable[0].reason


def test_kinds_of_other_rooms_and_withdrawn_things_are_left_out():
    """What was entered in error counts nowhere."""
    entities = [Entity(1, "letter", "a", ()), Entity(2, "order", "b", (), is_withdrawn=True)]
    assert read_suit(entities, []).by_reference == {}


@pytest.fixture
def registry() -> Facts:
    facts = told("person/judge", name="Shira A. Scheindlin", misspelling="Schiendlin")
    facts.told("party/ice", name="Immigration and Customs Enforcement", alias="ICE")
    facts.told("agency/dhs", name="Department of Homeland Security", short="DHS")
    return facts.told("office/ca2", name="United States Court of Appeals for the Second Circuit", alias="2d Cir.")


@pytest.mark.parametrize(
    ("text", "reference", "by"),
    [
        ("shira a. scheindlin", "person/judge", MatchedBy.NAME),
        ("Schiendlin", "person/judge", MatchedBy.MISSPELLING),
        ("Scheindlin", "person/judge", MatchedBy.PART),
        ("Scheindlen", "person/judge", MatchedBy.NEAR),
        ("ICE", "party/ice", MatchedBy.ALIAS),
        ("Immigration and Custom Enforcement", "party/ice", MatchedBy.NEAR),
        ("dhs", "agency/dhs", MatchedBy.ALIAS),
        ("2d Cir", "office/ca2", MatchedBy.ALIAS),
    ],
)
def test_aliases_and_misspellings_resolve(registry, text, reference, by):
    """Published pages misspell the judge's name."""
    (match,) = registry.suit().named(text)
    assert (match.named.reference, match.by) == (reference, by)


@pytest.mark.parametrize("text", ["", "of the", "...", "FBI", "United States", "Circus"])
def test_nobody_is_found_where_nobody_is_meant(registry, text):
    """A wrong match is worse than none."""
    assert registry.suit().named(text) == ()


def test_a_name_of_two_is_not_decided():
    """Two people of one name are both offered."""
    suit = told("person/a", name="John Smith").told("person/b", name="John  Smith").suit()
    assert [match.named.reference for match in suit.named("john smith")] == ["person/a", "person/b"]


def test_supposing_changes_a_copy_only():
    """What-if must not leak into what is."""
    suit = told("order/a", title="A").suit()
    other = told("order/a", title="B").suit().find("order/a")
    assert other is not None
    assert suit.supposing(other).title("order/a") == "B"
    assert suit.title("order/a") == "A"
