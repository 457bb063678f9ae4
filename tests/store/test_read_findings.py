"""Findings, ledgers, check runs, load files and counts as screens and reports need them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.store.conftest import fill
from vaughn.model import Finding, Ledger, LedgerLine, Place, Severity
from vaughn.store import CaseFile, FindingQuery, FindingSort, NewLoadFile, ProductionCounts, SeverityCounts

E, W, N = Severity.ERROR, Severity.WARNING, Severity.NOTE
FOUND = [
    Finding("LF014", E, Place("VOL1.DAT", 98, "ICE 0002"), "Used on line 7.", 3),
    Finding("LF014", E, Place("VOL1.DAT", 9, "ICE 0001"), "Used on line 8."),
    Finding("BN007", W, Place(bates="ICE 0009"), "Not in order: 100% of them."),
    Finding("LF003", N, Place("VOL1.OPT"), "Recognised."),
]
ALL = FindingQuery()


@pytest.fixture
def found(case: CaseFile, production: int) -> CaseFile:
    with case.writing("checked") as change:
        change.add_check_run(production, "check", findings=FOUND, order="pdf-foia")
    return case


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        (ALL, [2, 1, 3, 4]),
        (replace(ALL, descending=True), [4, 3, 1, 2]),
        (replace(ALL, codes=("LF014", "LF003")), [2, 1, 4]),
        (replace(ALL, severities=(W, N)), [3, 4]),
        (replace(ALL, productions=(99,)), []),
        (replace(ALL, text="0009"), [3]),
        (replace(ALL, text="vol1.opt"), [4]),
        (replace(ALL, text="100%"), [3]),
        (replace(ALL, text="%"), [3]),
        (replace(ALL, document_id=5), []),
        (replace(ALL, sort=FindingSort.BATES), [4, 2, 1, 3]),
        (replace(ALL, sort=FindingSort.COUNT, descending=True), [1, 4, 3, 2]),
        (replace(ALL, sort=FindingSort.PLACE), [3, 2, 1, 4]),
        (replace(ALL, offset=1, limit=2), [1, 3]),
        (replace(ALL, limit=None), [2, 1, 3, 4]),
    ],
    ids=str,
)
def test_a_query_gives_the_findings_it_means(found: CaseFile, query: FindingQuery, ids: list[int]) -> None:
    """Lines are ordered as numbers, % is only a letter."""
    assert [row.id for row in found.findings(query).rows] == ids


def test_a_window_says_how_long_the_list_is_and_what_is_in_it(found: CaseFile) -> None:
    """The filter shows the codes of the whole list, errors first."""
    window = found.findings(replace(ALL, limit=1))
    assert window.total == 4
    assert [(code.code, code.severity, code.findings, code.count) for code in window.codes] == [
        ("LF014", E, 2, 4),
        ("BN007", W, 1, 1),
        ("LF003", N, 1, 1),
    ]
    assert window.rows[0].finding == FOUND[1]


def test_a_new_run_of_a_kind_replaces_the_findings_of_the_last(found: CaseFile, production: int) -> None:
    """What was found while loading stays when checks run again."""
    with found.writing("loaded") as change:
        run = change.add_check_run(production, "load", findings=FOUND[:1])
        change.add_findings(run, FOUND[3:])
    with found.writing("checked") as change:
        change.add_check_run(production, "check", findings=[])
    assert found.findings(ALL).total == 2
    newest, loading, first = found.check_runs(production)
    assert (newest.kind, newest.counts) == ("check", SeverityCounts())
    assert (loading.kind, loading.counts) == ("load", SeverityCounts(error=1, note=1))
    assert (first.order, first.counts) == ("pdf-foia", SeverityCounts(2, 1, 1))
    assert found.verify().problems == ()


def test_a_ledger_is_kept_line_by_line_and_replaced_whole(case: CaseFile, production: int) -> None:
    """Every number of the input is accounted for."""
    assert case.ledger(production) is None
    for ledger in (
        Ledger((LedgerLine("rows", 3, (("documents", 2), ("refused", 1))), LedgerLine("pages", 5, ()))),
        Ledger((LedgerLine("rows", 3, (("documents", 3),)),)),
    ):
        with case.writing("checked") as change:
            change.set_ledger(production, ledger)
        assert case.ledger(production) == ledger
    assert case.verify().problems == ()


def test_counts_are_those_of_the_production(case: CaseFile) -> None:
    """Parts of divided documents count once."""
    fill(case)
    expected = ProductionCounts(documents=4, pages=5, files=3, findings=SeverityCounts(error=1, note=1))
    assert case.counts(1) == case.counts() == expected
    assert case.counts(2) == ProductionCounts(0, 0, 0, SeverityCounts())


def test_a_load_file_is_told_with_its_columns_and_rows(case: CaseFile) -> None:
    """The metadata tab reads rows again from its bytes."""
    fill(case)
    with case.writing("linked") as change:
        change.add_load_file(1, NewLoadFile(1, "opt", "pages", None, ()))
        change.set_load_file_counts(2, row_count=None, page_row_count=7)
    first, second = case.load_files(1)
    assert (first.path, first.format, first.kind, first.columns) == (
        "VOL001/a.dat",
        "dat",
        "documents",
        ("BEGBATES", "TITLE"),
    )
    assert (first.dialect, first.row_count, first.page_row_count) == ('{"bom":true}', 3, 5)
    assert first.sha256 is not None
    assert case.blobs.path(first.sha256).read_bytes() == b"load file"
    assert (second.dialect, second.columns, second.page_row_count) == (None, (), 7)
