"""Values are held in one form, or refused with what to write instead."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaughn.model import (
    Confidence,
    Entity,
    EntityField,
    EntityKind,
    InputError,
    PartialDate,
    Rank,
    Statement,
    ValueKind,
    canonical_value,
    contradicted_fields,
    key_from,
    kinds_by_id,
    require_key,
)

ORDER = EntityKind(
    "order",
    "Order",
    (
        EntityField("title", "Title"),
        EntityField("filed_on", "Filed on", ValueKind.DATE),
        EntityField("entry", "Docket entry", ValueKind.REFERENCE, refers_to=("entry",)),
        EntityField("state", "State", ValueKind.CHOICE, choices=("in force", "stayed")),
        EntityField("pages", "Pages", ValueKind.NUMBER),
        EntityField("fees", "Fees", ValueKind.MONEY),
        EntityField("text", "Text", ValueKind.PROSE),
        EntityField("link", "Link", ValueKind.LINK),
        EntityField("sealed", "Sealed", ValueKind.YES_NO),
        EntityField("docket", "Docket number", ValueKind.DOCKET_NUMBER),
        EntityField("alias", "Also called", is_many=True),
    ),
)


def _order(*said: tuple[str, str], confidence: Confidence = Confidence.STATED) -> Entity:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    return Entity(
        1,
        "order",
        "a",
        tuple(
            Statement(number, field, value, number, confidence, Rank.NORMAL, None, at)
            for number, (field, value) in enumerate(said, 1)
        ),
    )


@pytest.mark.parametrize(
    ("field", "typed", "held"),
    [
        ("title", "  Order   on\nform ", "Order on form"),
        ("filed_on", "2011-2-7", "2011-02-07"),
        ("filed_on", "2010", "2010"),
        ("entry", "entry/ecf-41", "entry/ecf-41"),
        ("state", "In Force", "in force"),
        ("pages", "15,000", "15000"),
        ("fees", "$1,200,000", "1200000"),
        ("text", "one\r\ntwo", "one\ntwo"),
        ("sealed", "TRUE", "yes"),
        ("docket", "10 Civ. 3488 (SAS)", "1:10-cv-03488"),
        ("link", "https://example.org/a?b=c", "https://example.org/a?b=c"),
    ],
)
def test_a_value_has_one_form(field: str, typed: str, held: str) -> None:
    """So that two ways of writing the same do not look like a contradiction."""
    assert canonical_value(ORDER, field, typed) == held


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("title", " ", "empty"),
        ("title", "a\x00b", "NUL"),
        ("filed_on", "2/7/11", "no date"),
        ("filed_on", "11-02-07", "no date"),
        ("filed_on", "2011-02-30", "no day"),
        ("filed_on", "0011-02-03", "not between"),
        ("entry", "party/ice", "names no entry"),
        ("entry", "entry/../x", "cannot be a key"),
        ("state", "done", "none of its choices"),
        ("pages", "1.5", "no whole number"),
        ("fees", "1.234", "no amount"),
        ("link", "javascript:alert(1)", "no web address"),
        ("link", "https://[", "no web address"),
        ("sealed", "maybe", "neither"),
        ("docket", "hello", "not a docket number"),
        ("colour", "red", "no field"),
    ],
)
def test_a_wrong_value_is_refused(field: str, typed: str, said: str) -> None:
    """The message names kind and field."""
    with pytest.raises(InputError, match=said) as raised:
        canonical_value(ORDER, field, typed)
    assert "rder" in raised.value.message


def test_different_values_contradict_each_other() -> None:
    """Two days cannot both be right."""
    order = _order(("filed_on", "2011-02-03"), ("filed_on", "2011-02-07"), ("title", "A"), ("title", "a "))
    assert [field.id for field in contradicted_fields(order, ORDER)] == ["filed_on"]


def test_a_year_does_not_contradict_a_day_in_it() -> None:
    """It is only less exact."""
    assert contradicted_fields(_order(("filed_on", "2011-02-03"), ("filed_on", "2011")), ORDER) == ()


def test_a_field_of_many_values_has_no_contradiction() -> None:
    """A party may have many aliases."""
    assert contradicted_fields(_order(("alias", "A"), ("alias", "B")), ORDER) == ()


def test_a_confirmed_statement_counts_before_a_stated_one() -> None:
    """Whoever read the record knows better than whoever repeats it."""
    stated = _order(("filed_on", "2011-02-03"))
    confirmed = Statement(
        9, "filed_on", "2011-02-07", 9, Confidence.CONFIRMED, Rank.NORMAL, None, datetime(2026, 1, 1, tzinfo=UTC)
    )
    order = Entity(1, "order", "a", (*stated.statements, confirmed))
    assert order.date("filed_on") == PartialDate(2011, 2, 7)
    assert order.values("filed_on") == ("2011-02-07", "2011-02-03")


@given(st.lists(st.text(), max_size=4))
def test_a_made_key_is_a_key(parts: list[str]) -> None:
    """Whatever names are made of."""
    assert require_key(key_from(*parts))


@pytest.mark.parametrize("key", ["", "A", "a/b", "-a", "a-", "a" * 121, "ä"])
def test_other_keys_are_refused(key: str) -> None:
    """Keys stand in addresses and file names."""
    with pytest.raises(InputError, match="cannot be a key"):
        require_key(key)


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_a_day_reads_as_it_is_written(day: date) -> None:
    """Dates survive the case file."""
    assert PartialDate.read(str(PartialDate.of(day))).exact == day


def test_a_month_is_all_its_days() -> None:
    """February 2012 ends on the 29th."""
    month = PartialDate.read("2012-02")
    assert (month.first, month.last, month.exact) == (date(2012, 2, 1), date(2012, 2, 29), None)


def test_two_rooms_cannot_declare_one_kind() -> None:
    """Statements would mean two things."""
    with pytest.raises(ValueError, match="order"):
        kinds_by_id((ORDER,), (ORDER,))
