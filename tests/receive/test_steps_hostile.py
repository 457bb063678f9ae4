"""Load files and archives made to break their reader: each is a finding, and the rest of the batch loads."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
import xlsxwriter

from tests.receive.volumes import RELEASED_ON, new_case, small_volume, write_tree
from vaughn.model import Finding
from vaughn.receive import Ocr, ReceiveResult, check_production, document_metadata, receive
from vaughn.store import CaseFile, FindingQuery

POSIX = pytest.mark.skipif(os.name != "posix", reason="Windows has no limits on memory and processor time")


@pytest.fixture
def case(tmp_path: Path) -> Iterator[CaseFile]:
    with new_case(tmp_path / "case") as opened:
        yield opened


def load(case: CaseFile, source: Path) -> ReceiveResult:
    return receive(case, source, agency="ICE", released_on=RELEASED_ON, ocr=Ocr.NEVER)


def findings_at(case: CaseFile, path: str) -> list[Finding]:
    rows = case.findings(FindingQuery(limit=None)).rows
    return [row.finding for row in rows if (row.finding.place.path or "").startswith(path)]


def workbook(rows: list[tuple[str, ...]]) -> bytes:
    data = io.BytesIO()
    with xlsxwriter.Workbook(data) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
    return data.getvalue()


def with_member(package: bytes, name: str, content: Iterable[bytes]) -> bytes:
    """Return a package with one member replaced."""
    data = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            with new.open(member, "w") as stream:
                for piece in content if member == name else (old.read(member),):
                    stream.write(piece)
    return data.getvalue()


LIST = [("Begin Bates", "End Bates"), ("Z0001", "Z0001"), ("Z0002", "Z0002")]
SHEET = "xl/worksheets/sheet1.xml"
HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'


def corners() -> bytes:
    """Return a workbook of one kilobyte whose two cells span 17 thousand million."""
    far = HEAD + (
        b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        b"</sheetData></worksheet>"
    )
    return with_member(workbook(LIST), SHEET, (far,))


def bomb() -> bytes:
    """Return a workbook whose sheet unpacks to 600 MB."""
    return with_member(workbook(LIST), SHEET, (HEAD, *(b" " * 1_000_000,) * 600))


@POSIX
@pytest.mark.parametrize(
    ("make", "said"), [(corners, ""), (bomb, "unpacks to more than 512 MB")], ids=["cells", "bytes"]
)
def test_a_workbook_that_swallows_memory_is_refused_and_the_volume_loads(
    case: CaseFile, tmp_path: Path, make, said
) -> None:
    """It would have taken the program with it."""
    source = write_tree(small_volume(tmp_path / "in"), {"VOL001/DATA/list.xlsx": make()})
    result = load(case, source)
    assert (result.documents, result.pages) == (3, 6)
    (told,) = [one for one in findings_at(case, "VOL001/DATA/list.xlsx") if one.code == "FL006"]
    assert said in told.message
    assert result.ledger.balances


def test_a_workbook_list_is_loaded_checked_and_shown_through_a_child(case: CaseFile, tmp_path: Path) -> None:
    """The sound ones must come in as before."""
    rows = [
        ("Begin Bates", "End Bates", "Date Sent"),
        ("Z0001", "Z0001", "13/04/2010"),
        ("Z0002", "Z0002", "03/04/2010"),
    ]
    result = load(case, write_tree(tmp_path / "in", {"list.xlsx": workbook(rows)}))
    first, second = case.all_documents()
    assert [str(one.begin) for one in (first, second)] == ["Z0001", "Z0002"]
    assert second.date == "2010-04-03"
    check_production(case, result.production_id)
    shown = {known.field: known.value for known in document_metadata(case, second.id).normalised}
    assert shown["sent_date"] == "2010-04-03"


def test_an_entity_bomb_in_xml_leaves_the_rest_loaded(case: CaseFile, tmp_path: Path) -> None:
    """Ten levels of ten are ten thousand million letters."""
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 11))
    xml = (
        f'<?xml version="1.0"?><!DOCTYPE Root [<!ENTITY l0 "ha">{levels}]><Root><Batch><Documents>'
        '<Document DocID="Z0001"><Tags><Tag TagName="#Subject" TagValue="x"/></Tags>&l10;</Document>'
        "</Documents></Batch></Root>"
    )
    load(case, write_tree(small_volume(tmp_path / "in"), {"VOL001/DATA/list.xml": xml}))
    numbers = [str(one.begin) for one in case.all_documents()]
    assert {"ABC0000001", "ABC0000003", "ABC0000006"} <= set(numbers)
    assert {found.code for found in findings_at(case, "VOL001/DATA/list.xml")} & {"LF024", "LF018", "FL006"}


def test_a_bomb_inside_an_archive_inside_an_archive_is_told_by_its_path(case: CaseFile, tmp_path: Path) -> None:
    """Only what bursts is refused."""
    inner, outer = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.txt", b"\0" * 400_000_000)
    with zipfile.ZipFile(outer, "w") as archive:
        archive.writestr("inner.zip", inner.getvalue())
    result = load(case, write_tree(small_volume(tmp_path / "in"), {"more.zip": outer.getvalue()}))
    assert result.documents >= 3
    assert [found.code for found in findings_at(case, "more.zip/inner.zip/bomb.txt")] == ["FL011"]
    assert result.ledger.balances


def test_a_cut_archive_is_a_finding_and_the_volume_loads(case: CaseFile, tmp_path: Path) -> None:
    """A download that broke off."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("a.pdf", b"x" * 10_000)
    result = load(case, write_tree(small_volume(tmp_path / "in"), {"more.zip": data.getvalue()[:5000]}))
    assert result.documents >= 3
    assert sorted(found.code for found in findings_at(case, "more.zip")) == ["FL006", "IN022"]
