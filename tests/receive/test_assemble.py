"""Rows, page rows and files become documents with pages, each number once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.catalogue_cases.receive import rows_of
from vaughn.receive import ledger as accounts
from vaughn.receive.assemble import Assembly, PageTable, WholeFiles, assemble, complete_pages, unpaged
from vaughn.receive.links import Origin
from vaughn.receive.paging import PageRows

NO_FILES = WholeFiles((), (), ())


def pages_of(rows: Sequence[tuple[str, bool]], *, name: str = "V.opt") -> PageRows:
    """Return a page list of (number, document break) rows, from line 1 on; each page is a file of its own."""
    count = len(rows)
    return PageRows(
        1, name, "opt", Origin("", ""), [key for key, _ in rows],
        file=np.arange(count), breaks=np.array([first for _, first in rows], bool),
        page_in_file=np.ones(count, np.int64),
        lines=np.arange(1, count + 1), starts=np.arange(count) * 30,
    )  # fmt: skip


def labels(assembly: Assembly, pages: PageTable) -> list[tuple[str, str | None]]:
    """Return (document, page number) of every page."""
    table = assembly.documents
    return [
        (table.control[document], label) for document, label in zip(pages.document.tolist(), pages.label, strict=True)
    ]


def codes(assembly: Assembly) -> list[tuple[str, int | None]]:
    return [(found.code, found.place.line) for found in assembly.findings]


def test_page_rows_join_documents_by_begin_number() -> None:
    """DAT and OPT of one volume."""
    rows = rows_of(["A1", "A3"], end_bates=["A2", "A3"])
    assembly = assemble([rows], [pages_of([("A1", True), ("A2", False), ("A3", True)])])
    pages = complete_pages(assembly, NO_FILES)
    assert pages.document.tolist() == [0, 0, 1]
    assert list(pages.label) == [None, None, None], "they follow from the begin numbers"
    assert codes(assembly) == []


def test_a_missing_break_does_not_merge_two_documents() -> None:
    """The document list knows where the second one begins."""
    assembly = assemble([rows_of(["A1", "A2"])], [pages_of([("A1", True), ("A2", False)])])
    assert complete_pages(assembly, NO_FILES).document.tolist() == [0, 1]
    assert codes(assembly) == [("PL005", 2)]


def test_a_break_inside_a_known_range_does_not_split_the_document() -> None:
    """The range of the row says that the page belongs to it."""
    rows = rows_of(["A1"], end_bates=["A3"])
    assembly = assemble([rows], [pages_of([("A1", True), ("A2", True), ("A3", False)])])
    assert complete_pages(assembly, NO_FILES).document.tolist() == [0, 0, 0]
    assert codes(assembly) == [("PL006", 2)]


def test_pages_without_a_row_become_a_document_of_their_own() -> None:
    """Nothing that was handed over is dropped."""
    assembly = assemble([rows_of(["A1"], end_bates=["A1"])], [pages_of([("A1", True), ("A2", True), ("A3", False)])])
    pages = complete_pages(assembly, NO_FILES)
    assert list(assembly.documents.control) == ["A1", "A2"]
    assert pages.document.tolist() == [0, 1, 1]
    assert codes(assembly) == [("PL006", 2)]


def test_numbers_written_in_another_way_still_join() -> None:
    """One program writes ABC 0001, the other ABC-0001 or abc1."""
    rows = rows_of(["ABC 0001", "ABC 0003"], end_bates=["ABC 0002", "ABC 0003"])
    assembly = assemble([rows], [pages_of([("ABC-0001", True), ("ABC-0002", False), ("abc3", True)])])
    assert complete_pages(assembly, NO_FILES).document.tolist() == [0, 0, 1]
    assert [code for code, _ in codes(assembly)] == ["PL011"]


def test_a_page_number_that_stands_twice_is_refused_the_second_time() -> None:
    """Two pages cannot have one number."""
    assembly = assemble([], [pages_of([("A1", True), ("A2", False), ("A2", False)])])
    assert assembly.pagings[0].refused == 1
    assert len(complete_pages(assembly, NO_FILES)) == 2


def test_a_second_page_list_of_the_same_volume_doubles_nothing() -> None:
    """OPT and LFP come side by side."""
    rows = [("A1", True), ("A2", False)]
    assembly = assemble([], [pages_of(rows), pages_of(rows, name="W.opt")])
    assert [paging.other for paging in assembly.pagings] == [0, 2]
    assert len(complete_pages(assembly, NO_FILES)) == 2
    assert codes(assembly) == []


def test_a_repeated_begin_number_is_refused_and_named() -> None:
    """The first row stands; nobody knows which is right."""
    assembly = assemble([rows_of(["A1", "A2", "A1"])], [])
    assert list(assembly.documents.control) == ["A1", "A2"]
    assert codes(assembly) == [("LF014", 4)]


def test_a_row_without_a_number_is_kept_under_its_line() -> None:
    """It may still have a native file."""
    assembly = assemble([rows_of(["A1", ""])], [])
    assert list(assembly.documents.control) == ["A1", "V.DAT line 3"]


def test_a_whole_file_gives_the_pages_where_no_list_does() -> None:
    """One PDF a document and no OPT."""
    assembly = assemble([rows_of(["A1", "A4"], end_bates=["A3", "A4"])], [])
    assert unpaged(assembly).tolist() == [0, 1]
    pages = complete_pages(assembly, WholeFiles([0], [7], [3]))
    assert pages.file.tolist() == [7, 7, 7, -1]
    assert pages.page_in_file.tolist() == [1, 2, 3, 1]


def test_pages_past_the_end_number_do_not_take_the_next_documents_number() -> None:
    """A3 is another document; the second page of A2 must not be called so."""
    assembly = assemble([rows_of(["A2", "A3"], end_bates=["A2", "A3"])], [])
    pages = complete_pages(assembly, WholeFiles([0, 1], [0, 1], [2, 1]))
    assert labels(assembly, pages) == [("A2", None), ("A2", "A2.0002"), ("A3", None)]


def test_numbers_that_do_not_follow_are_kept_as_written() -> None:
    """Inserted pages have suffixes."""
    assembly = assemble([rows_of(["A1"], end_bates=["A2"])], [pages_of([("A1", True), ("A1a", False), ("A2", False)])])
    pages = complete_pages(assembly, NO_FILES)
    assert labels(assembly, pages) == [("A1", None), ("A1", "A1a"), ("A1", "A2")]


def test_families_come_from_ranges_parents_and_children() -> None:
    """Each program says it in its own way."""
    by_range = assemble([rows_of(["A1", "A2", "A3"], beg_attach=["A1", "A1", ""])], [])
    assert by_range.documents.parent.tolist() == [-1, 0, -1]
    by_parent = assemble([rows_of(["A1", "A2", "A3"], parent_id=["", "A1", "A2"])], [])
    assert by_parent.documents.family.tolist() == [0, 0, 0]
    by_child = assemble([rows_of(["A1", "A2", "A3"], child_ids=["A2; A3", "", ""])], [])
    assert by_child.documents.parent.tolist() == [-1, 0, 0]
    written = assemble([rows_of(["A-1", "A-2"], family_range=["A-1 - A-2", "A-1 - A-2"])], [])
    assert written.documents.parent.tolist() == [-1, 0]


def test_a_circle_of_parents_is_no_family() -> None:
    """A document cannot be attached to its own attachment."""
    assembly = assemble([rows_of(["A1", "A2", "A3"], parent_id=["A2", "A1", "A2"])], [])
    assert assembly.documents.family.tolist() == [0, 1, 2]


KEYS = st.lists(st.tuples(st.integers(1, 30), st.booleans()), max_size=40)


@settings(max_examples=200)
@given(st.lists(st.integers(1, 30), max_size=15), KEYS)
def test_every_row_and_page_row_is_accounted_for(begins: list[int], keys: list[tuple[int, bool]]) -> None:
    """Whatever the two lists say, the ledger balances."""
    lists = [rows_of([f"A{n:03d}" for n in begins])] if begins else []
    page_lists = [pages_of([(f"A{n:03d}", first) for n, first in keys])] if keys else []
    assembly = assemble(lists, page_lists)
    pages = complete_pages(assembly, NO_FILES)
    parts = assembly.joined.lists
    ledger = accounts.build_ledger(
        [accounts.DocumentListCount(p.rows.name, len(p.rows), len(p.kept), p.refused, p.merged, 0) for p in parts],
        [
            accounts.PageListCount(p.rows.name, len(p.rows), int((p.document >= 0).sum()), p.refused, p.other)
            for p in assembly.pagings
        ],
        files=accounts.FileCount(0, 0, 0, 0, 0, 0, 0, 0, 0),
        pages=accounts.count_pages(pages),
        ranges=accounts.count_ranges(assembly, pages),
    )
    assert accounts.balance(ledger) == ()
    assert sorted(pages.document.tolist()) == pages.document.tolist()
    assert len(set(assembly.documents.control)) == len(assembly.documents)
