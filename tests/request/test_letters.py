"""Letters say what the case says, and refuse to be sent with a hole in them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.request.said import said
from vaughn.formats.letters import LetterFormat, written_letter
from vaughn.model import InputError
from vaughn.request import item_tree, shipped_letters, shipped_template
from vaughn.request.letters import filled, letter_values

ENTITIES = [
    said("agency/ice", name="U.S. Immigration and Customs Enforcement", short="ICE", address="1 Main Street\nTown"),
    said("party/ndlon", name="NDLON"),
    said("party/ccr", name="CCR"),
    said("request-item/1", number="1", title="Policies"),
    said("request-item/2", number="2", title="Fiscal impact"),
]
REQUEST = said(
    "request/ice",
    title="Secure Communities",
    agency="agency/ice",
    requester=["party/ndlon", "party/ccr"],
    sent_on="2010-02-03",
    waiver_reason="The public does not know.",
    expedition_reason="Jurisdictions decide this spring.",
)
VALUES = letter_values(
    REQUEST, [REQUEST, *ENTITIES], tree=item_tree(ENTITIES), today=date(2010, 2, 3), due={"FOIA-20": "March 4, 2010"}
)


@pytest.mark.parametrize("kind", shipped_letters())
@pytest.mark.parametrize("form", list(LetterFormat))
def test_every_shipped_letter_can_be_written(kind: str, form: LetterFormat) -> None:
    """With nothing but what a request has."""
    letter = filled(shipped_template(kind), VALUES)
    assert "{" not in str(letter)
    assert "Secure Communities" in letter.subject
    assert len(written_letter(letter, form, made_at=datetime(2010, 2, 3, tzinfo=UTC))) > 100


def test_the_request_letter_holds_items_names_and_address() -> None:
    """In the form of a letter."""
    letter = filled(shipped_template("request"), VALUES)
    assert letter.address == ("U.S. Immigration and Customs Enforcement", "1 Main Street", "Town")
    assert letter.on == "February 3, 2010"
    assert ("1 Policies", "2 Fiscal impact") in letter.paragraphs
    assert any("NDLON and CCR" in str(part) for part in letter.paragraphs)


def test_the_status_letter_names_the_computed_due_date() -> None:
    """So that nobody counts by hand."""
    assert any("March 4, 2010" in str(part) for part in filled(shipped_template("status"), VALUES).paragraphs)


def test_a_missing_value_is_named() -> None:
    """A letter with a hole is not sent."""
    with pytest.raises(InputError, match=r"agency\.name, requester\.names"):
        filled("Subject: {agency.name}\n\n{requester.names}", {})


def test_an_optional_line_without_its_value_is_left_out() -> None:
    """A fax number is not everywhere."""
    letter = filled("Subject: S\n\nFax: {?agency.fax}\nMail", {})
    assert letter.paragraphs == ("Mail",)


def test_a_value_with_braces_is_not_read_again() -> None:
    """What a record says is never a template."""
    letter = filled("Subject: S\n\n{a}", {"a": "{b}", "b": "secret"})
    assert letter.paragraphs == ("{b}",)


@given(st.text(max_size=200))
def test_any_template_is_filled_or_refused(text: str) -> None:
    """Hostile templates end in a clear error."""
    try:
        letter = filled(text, {})
    except InputError:
        return
    assert letter.subject
