"""What is numbered in piles without load file: three unlike ones, made for this test."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest

from tests.receive.volumes import new_case, pdf_bytes, write_tree
from vaughn.receive import Ocr, check_production, receive
from vaughn.store import CaseFile


@pytest.fixture
def case(tmp_path: Path) -> Iterator[CaseFile]:
    with new_case(tmp_path / "case") as case:
        yield case


def told(case: CaseFile, root: Path, files: Mapping[str, bytes | str]) -> dict[str, str | None]:
    """Receive *files* and return the range of each document."""
    receive(case, write_tree(root / "in", files), agency="X", released_on=date(2011, 1, 1), ocr=Ocr.NEVER)
    return {one.control: f"{one.begin} {one.end}" if one.begin else None for one in case.all_documents(1)}


def labels(case: CaseFile) -> list[str | None]:
    return [page.label for one in case.all_documents(1) for page in case.pages(one.id)]


def pages(count: int, foot: str, *, first: int = 1, width: int = 6) -> bytes:
    """Return a PDF whose pages carry *foot* with a number that counts on."""
    return pdf_bytes([["Body of the page", f"{foot}{first + n:0{width}d}"] for n in range(count)])


def test_agency_pdfs_get_the_numbers_stamped_lower_right(case: CaseFile, tmp_path: Path) -> None:
    """Names of agency files are titles; their pages are numbered through."""
    files = {
        "Response Letter.pdf": pdf_bytes([["Dear requester", "Page 1 of 2"], ["Sincerely", "Page 2 of 2"]]),
        "Tab 1 - emails (redacted).pdf": pages(3, "DHS-001-", first=12),
        "Tab 2 - memo 2010.pdf": pages(4, "DHS-001-", first=15),
        "DHS-001-000019.pdf": pages(1, "DHS-001-", first=19),
        "dhs-001-20.pdf": pages(2, "DHS-001-", first=25),
    }
    assert told(case, tmp_path, files) == {
        "Response Letter": None,
        "Tab 1 - emails (redacted)": "DHS-001-000012 DHS-001-000014",
        "Tab 2 - memo 2010": "DHS-001-000015 DHS-001-000018",
        "DHS-001-000019": "DHS-001-000019 DHS-001-000019",
        "dhs-001-20": "DHS-001-000025 DHS-001-000026",
    }
    gaps = [(one.code, one.count, one.message) for one in check_production(case, 1).findings if one.code == "BN003"]
    assert gaps == [("BN003", 1, "5 numbers are missing: DHS-001-000020 to DHS-001-000024.")]


def test_court_filings_have_no_bates_numbers(case: CaseFile, tmp_path: Path) -> None:
    """Their captions, docket numbers and page counters grow and are no Bates numbers."""

    def filing(docket: int, count: int) -> bytes:
        head = f"Case 1:10-cv-03488-SAS Document {docket} Filed 05/0{docket % 9 + 1}/11 Page"
        return pdf_bytes([[f"{head} {n} of {count}", "Text", f"PAGE {n:04d}"] for n in range(1, count + 1)])

    files = {
        "gov.uscourts.nysd.362931.141.0.pdf": filing(141, 6),
        "gov.uscourts.nysd.362931.142.0.pdf": filing(142, 3),
        "gov.uscourts.nysd.362931.143.0.pdf": filing(143, 9),
        "10-3488_documents_0041.pdf": filing(41, 2),
        "motion with exhibits.pdf": pdf_bytes(
            [*[["Motion", "1"]] * 6, ["Exhibit", "AR 000101"], ["Exhibit", "AR 000102"]]
        ),
    }
    assert set(told(case, tmp_path, files).values()) == {None}
    assert set(labels(case)) == {None}
    assert [one.code for one in check_production(case, 1).findings if one.code.startswith("BN")] == []


def test_office_pdfs_without_numbers_stay_without(case: CaseFile, tmp_path: Path) -> None:
    """Tickets, gazettes, scans, dates and forms: many figures, no Bates number."""
    gazette = [["Federal Register / Vol. 85, No. 152", f"Frm {n:05d}"] for n in range(1, 15)]
    files = {
        "federal-register-2020-17221.pdf": pdf_bytes(gazette),
        "federal-register-2020-17260.pdf": pdf_bytes(gazette),
        "federal-register-2020-17310.pdf": pdf_bytes(gazette),
        "bug1782186.pdf": pdf_bytes([["x"]]),
        "bug1802506.pdf": pdf_bytes([["x"]]),
        "issue12810.pdf": pdf_bytes([["x"]]),
        "giant-7934-7934.pdf": pdf_bytes([["x"], ["y"]]),
        "SCAN00012.pdf": pdf_bytes([["5 U.S.C. 552", "(202) 555-0100"]] * 3),
        "Minutes 20100427.pdf": pdf_bytes([["04/27/2010 14:03", f"FAX 20255501{n:02d}  P.{n:03d}"] for n in range(4)]),
        "f1040.pdf": pdf_bytes([["Form 1040", "Cat. No. 11320B"], ["Form 1040", "Washington, DC 20530-0001"]]),
    }
    assert set(told(case, tmp_path, files).values()) == {None}
    assert set(labels(case)) == {None}
    assert [one.code for one in check_production(case, 1).findings if one.code.startswith("BN")] == []


def test_a_name_that_the_first_page_repeats_is_its_number(case: CaseFile, tmp_path: Path) -> None:
    """Pages after it have no number unless they show one: nothing is counted on blindly."""
    files = {
        "scb-4501.pdf": pdf_bytes([["one", "SCB-4501"], ["two"], ["three"]]),
        "scb-9001.pdf": pdf_bytes([["one", "SCB-9001"], ["two", "SCB-9002"]]),
        "scb-7777.pdf": pdf_bytes([["one"]]),
    }
    assert told(case, tmp_path, files) == {
        "scb-4501": "SCB-4501 SCB-4501",
        "scb-7777": None,
        "scb-9001": "SCB-9001 SCB-9002",
    }
    assert labels(case) == ["SCB-4501", None, None, None, "SCB-9001", "SCB-9002"]
    assert case.at_bates("SCB-4502") == ()
