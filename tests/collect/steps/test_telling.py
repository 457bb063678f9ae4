"""The receipt says who handed over what, and the exceptions what to try."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from tests.collect.piles import clock, new_case, taken, write_pile
from vaughn.collect import exceptions, receipt, receipt_lines, receipt_pdf, receipt_xlsx
from vaughn.model import StateError
from vaughn.store import CaseFile


@pytest.fixture
def case(tmp_path: Path):
    with new_case(tmp_path) as made:
        yield made


def test_the_receipt_names_people_days_and_hashes(case: CaseFile, tmp_path: Path):
    """It is signed by two people and shown to a court."""
    taken(case, write_pile(tmp_path / "pile", {"a.txt": b"Tuesday", "b.pdf": b"%PDF-1.4 broken"}))
    made = receipt(case, 1, made_at=clock())
    lines = dict(receipt_lines(made))
    assert (lines["Handed over by"], lines["Received by"]) == ("ICE, Office of the CIO", "a paralegal")
    assert (lines["Day"], lines["Files"], lines["Device"]) == ("2011-01-17", "2", "laptop")
    assert lines["Hash list before copying (SHA-256)"] == lines["Hash list of what is stored (SHA-256)"]
    assert made.is_proved
    assert lines["Head of the event log"] == str(case.head())


def test_the_receipt_is_a_pdf_and_a_workbook(case: CaseFile, tmp_path: Path):
    """One to sign, one to sort."""
    taken(case, write_pile(tmp_path / "pile", {"a.txt": b"Tuesday", "b.pdf": b"%PDF-1.4 broken"}))
    made = receipt(case, 1, made_at=clock())
    assert receipt_pdf(made).startswith(b"%PDF-")
    with zipfile.ZipFile(io.BytesIO(receipt_xlsx(made))) as book:
        assert b"b.pdf" in book.read("xl/sharedStrings.xml")


def test_an_exception_says_what_is_wrong_and_what_to_try(case: CaseFile, tmp_path: Path):
    """Read by somebody who has never seen a damaged PDF."""
    taken(case, write_pile(tmp_path / "pile", {"b.pdf": b"%PDF-1.4 broken"}))
    (row,) = exceptions(case)
    assert (row.path, row.code, row.cure) == ("b.pdf", "FL006", "Ask for the file again.")
    assert row.message.endswith(".")


def test_a_production_that_was_received_has_no_receipt(case: CaseFile):
    """Its ledger is another one."""
    with case.writing("production.begun") as change:
        change.add_production("ICE", "ICE", released_on=clock().date(), source="x")
    with pytest.raises(StateError, match="received and not taken in"):
        receipt(case, 1, made_at=clock())
