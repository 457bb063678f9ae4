"""Facts are gathered from a case, and what the checks find is stored in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from vaughn.formats.loadfile import recognise
from vaughn.model import Case, DocumentKind, FileRole, InputError, Ledger, LedgerLine, TextSource
from vaughn.receive.checks.steps import check_production, gathered, production_report
from vaughn.receive.checks.summary import summary_path
from vaughn.receive.report import report_json
from vaughn.receive.report_layout import report_html, report_pdf, report_xlsx
from vaughn.store import (
    Actor,
    CaseFile,
    DocumentColumns,
    FindingQuery,
    NewFile,
    NewLoadFile,
    PageColumns,
    PageReading,
)

NOW = datetime(2011, 1, 20, tzinfo=UTC)
ACTOR = Actor("test", lambda: NOW)
DAT = (
    "þBegin Batesþ\x14þEnd Batesþ\x14þPgCountþ\x14þDate Sentþ\x14þCustodianþ\x14þMD5 Hashþ\x14þFamily Rangeþ\n"
    "þA-0001þ\x14þA-0002þ\x14þ2þ\x14þ04/27/2010þ\x14þUnit 1þ\x14þþ\x14þA-0001 - A-0004þ\n"
    "þA-0003þ\x14þA-0003þ\x14þ5þ\x14þ31/04/2010þ\x14þþ\x14þ00000000000000000000000000000000þ\x14þþ\n"
    "þA-0007þ\x14þA-0007þ\x14þ1þ\x14þþ\x14þþ\x14þþ\x14þþ\n"
)
OPT = (
    "A-0001,VOL1,IMAGES\\1.tif,Y,,,2\nA-0002,VOL1,IMAGES\\2.tif,,,,\n"
    "A-0003,VOL1,IMAGES\\3.tif,,,,\nA-0008,VOL1,IMAGES\\8.tif,Y,,,1\n"
)


@pytest.fixture
def case(tmp_path: Path) -> Iterator[CaseFile]:
    """A case with three documents: a gap, a wrong page count, a bad date, a lost break, a stray page row."""
    with CaseFile.create(tmp_path / "case", Case("Doe v. Agency"), actor=ACTOR) as opened:
        _load(opened, tmp_path)
        yield opened


def _load(case: CaseFile, folder: Path) -> None:
    texts = {"VOL1.DAT": DAT, "VOL1.OPT": OPT, "NATIVES/A-0003.xlsx": "cells", "TEXT/A-0001.txt": "\f\n", "X.tif": "i"}
    names = [*texts, "IMAGES/1.tif", "IMAGES/2.tif", "IMAGES/3.tif"]
    blobs = []
    for place, name in enumerate(names):
        path = folder / f"{place}.bin"
        path.write_text(texts.get(name, f"image {place}"), "utf-8")
        blobs.append(case.blobs.add_file(path))
    roles = [FileRole.LOAD_FILE] * 2 + [FileRole.NATIVE, FileRole.TEXT, FileRole.OTHER] + [FileRole.IMAGE] * 3
    with case.writing("production.copied") as change:
        production = change.add_production("ICE 1", "ICE", released_on=date(2011, 1, 17), source="VOL1").id
        files = change.add_files(
            production,
            [NewFile(name, role, blob, "image/tiff") for name, role, blob in zip(names, roles, blobs, strict=True)],
        )
        load_files = []
        for file, name, text in ((files[0], "VOL1.DAT", DAT), (files[1], "VOL1.OPT", OPT)):
            (folder / name).write_text(text, "utf-8")
            found = recognise(folder / name, name=name)
            assert found is not None
            load_files.append(
                change.add_load_file(production, NewLoadFile(file, found.format, found.kind.value, None, found.columns))
            )
    starts = [0, *(place + 1 for place, letter in enumerate(OPT) if letter == "\n")]
    with case.bulk_load(production) as load:
        load.documents(
            DocumentColumns(
                page_count=[2, 1, 0],
                prefix=["A-"] * 3,
                begin_number=[1, 3, 7],
                end_number=[2, 3, 7],
                width=[4] * 3,
                kind=[DocumentKind.EMAIL, DocumentKind.SPREADSHEET, DocumentKind.PAPER],
                native_file_id=[None, files[2], None],
                text_file_id=[files[3], None, None],
                load_file_id=load_files[0],
                row_line=[2, 3, 4],
                page_load_file_id=load_files[1],
            )
        )
        load.pages(PageColumns(page_in_file=[1, 1, 1], file_id=files[5:8], list_start=starts[:3]))
        first = load.first_page_id
        load.change.set_ledger(production, Ledger((LedgerLine("rows", 3, (("documents", 3),)),)))
    with case.writing("pages.read") as change:
        change.save_pages(
            [
                PageReading(first, None, TextSource.EMBEDDED, "A-0001"),
                PageReading(first + 1, None, TextSource.EMBEDDED, "A-0005"),
                PageReading(first + 2, None, TextSource.EMBEDDED, None),
            ]
        )


def test_every_fault_of_the_case_is_found_and_stored(case: CaseFile):
    """The checks are only worth what the gathered facts are."""
    result = check_production(case, 1)
    found = {(one.code, one.place.line or one.place.bates or one.place.path) for one in result.findings}
    assert found == {
        ("BN003", 4),  # A-0004 to A-0006
        ("BN008", 3),
        ("BN010", 2),
        ("BN011", 3),
        ("DT001", 3),
        ("FL003", "X.tif"),
        ("FM002", 2),
        ("NT001", 3),
        ("PL005", 3),
        ("PL006", 4),
        ("PL010", 4),
        ("TX001", 3),
        ("TX001", 4),
        ("TX002", "TEXT/A-0001.txt"),
    }
    assert {one.finding for one in case.findings(FindingQuery(limit=None)).rows} == set(result.findings)


def test_a_second_run_replaces_the_first(case: CaseFile):
    """Checking twice must not double the findings."""
    first = check_production(case, 1)
    second = check_production(case, 1)
    assert second.findings == first.findings
    assert case.findings(FindingQuery(limit=None)).total == len(first.findings)


def test_the_report_says_what_the_case_says(case: CaseFile):
    """What is attached to a letter has to be what was stored."""
    result = check_production(case, 1, "ndlon-2011-02-07")
    report = production_report(case, 1, made_at=NOW, version="0.1.0")
    values = json.loads(json.dumps(report_json(report)))
    assert sum(values["codes"].values()) == sum(one.count for one in result.findings)
    assert values["order"]["name"] == "ndlon-2011-02-07"
    assert values["event_log_head"] == case.head().hash
    assert [one["rows"] for one in values["load_files"]] == [0, 0]
    assert report_pdf(report).startswith(b"%PDF-")
    assert "withdrawn" in report_html(report)
    assert report_xlsx(report).startswith(b"PK")


def test_a_report_takes_what_the_check_knew_and_no_other(case: CaseFile):
    """Gathering a million facts twice takes a minute; a summary that somebody changed must not be printed."""
    check_production(case, 1, "ndlon-2011-02-07")
    path = summary_path(case.derived, 1)

    def report() -> dict[str, object]:
        return report_json(production_report(case, 1, made_at=NOW, version="0.1.0"))

    kept = report()
    changed = path.read_bytes().replace(b"VOL1", b"VOL9")
    assert changed != path.read_bytes()
    path.write_bytes(changed)
    assert report() == kept
    path.unlink()
    assert report() == kept


def test_image_facts_reach_the_checks(case: CaseFile):
    """With an order for images the files are opened; what is no image stays unknown and is no fault."""
    production = case.production(1)
    assert production is not None
    facts = gathered(case, production, None)
    assert facts.pages.dpi.tolist() == [-1] * 4
    assert facts.load_files[0].columns[0] == "Begin Bates"


def test_a_production_that_is_not_there_is_said(case: CaseFile):
    """A wrong number is the user's mistake and not a crash."""
    with pytest.raises(InputError):
        check_production(case, 9)
