"""Small values of the model keep their promises."""

from __future__ import annotations

import re

import pytest

from vaughn.model import (
    CATALOGUE,
    FIELD_BY_ID,
    FIELDS,
    Box,
    Finding,
    Ledger,
    LedgerLine,
    PageSize,
    Place,
    Severity,
    Span,
    canonical_docket_number,
    field_named,
    finding,
)
from vaughn.model.errors import InputError, VaughnError


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("10 Civ. 3488 (SAS)", "1:10-cv-03488"),
        ("1:10-cv-03488-SAS", "1:10-cv-03488"),
        ("10-cv-3488", "1:10-cv-03488"),
        ("3:2019-cv-00077", "3:19-cv-00077"),
    ],
)
def test_a_docket_number_has_one_form(text, canonical):
    """Courts, parties and newspapers write the same case in different ways."""
    assert canonical_docket_number(text) == canonical


@pytest.mark.parametrize("text", ["", "3488", "10 Civ.", "case of the day"])
def test_what_is_no_docket_number_is_refused_with_a_hint(text):
    """A case under a wrong number is hard to find again."""
    with pytest.raises(InputError) as caught:
        canonical_docket_number(text)
    assert caught.value.hint


def test_every_code_stands_once_with_a_title_and_a_cure():
    """A code in a letter must mean one thing for ever."""
    for code, kind in CATALOGUE.items():
        assert re.fullmatch(r"[A-Z]{2}\d{3}", code)
        assert kind.code == code
        assert kind.title
        assert kind.cure.endswith(".")


def test_a_finding_takes_its_severity_from_the_catalogue():
    """The same fault is never an error here and a note there."""
    assert finding("BN003", "Two numbers are missing.").severity is Severity.ERROR
    with pytest.raises(KeyError):
        finding("XX999", "No such code.")


def test_a_finding_counts_at_least_one_fault():
    """A finding of nothing would make the totals wrong."""
    with pytest.raises(ValueError, match="at least one"):
        Finding("BN003", Severity.ERROR, Place(), "Nothing.", count=0)


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("Begin Bates", "beg_bates"),
        ("BEGDOC#", "beg_bates"),
        ("bates_end", "end_bates"),
        ("Custodian/Source", "custodian"),
        ("Email Subject/Title", "subject"),
        ("Native Link", "native_path"),
    ],
)
def test_renamed_columns_meet_their_field(name, field):
    """Every agency and vendor names the same column differently."""
    found = field_named(name)
    assert found is not None
    assert found.id == field


def test_an_unknown_column_has_no_field():
    """A guess would shift a value into a place it does not belong."""
    assert field_named("Reviewer mood") is None


def test_no_name_means_two_fields():
    """Otherwise the field of a column would depend on the order of the table."""
    names = [name for field in FIELDS for name in field.names]
    assert len(names) == len(set(names))
    assert len(FIELD_BY_ID) == len(FIELDS)


def test_a_ledger_balances_only_if_every_line_does():
    """One lost row is a lost row, however many others are there."""
    fine = LedgerLine("rows of A.DAT", 3, (("documents", 2), ("refused", 1)))
    off = LedgerLine("rows of B.DAT", 3, (("documents", 2),))
    assert Ledger((fine,)).balances
    assert not Ledger((fine, off)).balances


@pytest.mark.parametrize(
    "make", [lambda: Box(1, 1, 1, 2), lambda: Span(2, 2), lambda: Span(-1, 2), lambda: PageSize(0, 1)]
)
def test_nothing_empty_stands_on_a_page(make):
    """An empty box covers nothing and an empty page shows nothing."""
    with pytest.raises(ValueError, match=r"empty|size"):
        make()


def test_every_error_has_its_own_exit_code_and_can_say_what_to_do():
    """Scripts and people both need to know what went wrong."""
    errors = {
        sub.__name__: sub.exit_code for sub in VaughnError.__subclasses__() if sub.__module__.startswith("vaughn.model")
    }
    assert errors == {
        "UsageError": 2,
        "InputError": 3,
        "StateError": 4,
        "IntegrityError": 5,
        "ToolMissing": 6,
        "UnprovenRedaction": 7,
    }
    assert InputError("A.DAT is empty.", hint="Ask again.").hint == "Ask again."
