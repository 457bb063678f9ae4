"""What is kept of a document beside its row in the table."""

from __future__ import annotations

import pytest

from tests.store.conftest import fill
from vaughn.model import BatesNumber, DocumentKind, FileRole
from vaughn.store import CaseFile, DocumentLink, RowPlace


@pytest.fixture
def filled(case: CaseFile) -> CaseFile:
    fill(case)
    return case


def test_a_document_is_read_as_it_was_loaded(filled: CaseFile) -> None:
    """Every column has its place."""
    document = filled.document(1)
    assert document is not None
    assert (document.control, document.begin, document.end) == (
        "ICE 0001 B",
        BatesNumber("ICE ", 1, "B", 4),
        BatesNumber("ICE ", 3, "B", 4),
    )
    assert (document.kind, document.parent_id, document.family_id) == (DocumentKind.EMAIL, 1, 1)
    assert (document.custodian, document.title, document.sender) == ("Palmer", "a title", "someone")
    assert (document.recipients, document.date, document.file_name) == ("others", "2010-03-01T10:00:00Z", "a.msg")
    assert (document.native_file_id, document.text_file_id, document.row) == (3, 3, (1, 2))


def test_its_row_is_found_again(filled: CaseFile) -> None:
    """Raw columns are kept for ever."""
    assert filled.row_place(1) == RowPlace(1, 2, 10, 20, 1)
    assert filled.row_place(99) is None
    assert filled.raw_row(1, 2) == ("ICE 0001", "a title")
    assert filled.raw_row(1, 3) is None


def test_its_files_are_told_with_how_they_were_found(filled: CaseFile) -> None:
    """A reader can doubt a match."""
    assert filled.links(1) == (DocumentLink(1, FileRole.IMAGE, 2, r"VOL001\A.PDF", "letter case"),)
    assert filled.links(2) == ()


def test_pages_come_as_columns_too(filled: CaseFile) -> None:
    """Checks look at millions of them."""
    (batch,) = filled.page_batches(1)
    assert batch.page_id == (1, 2, 3, 4, 5)
    assert batch.document_id == (1, 1, 1, 4, 5)
    assert batch.label == (None, None, "ICE 0003.001", None, None)
    assert batch.list_start == (0, 10, 20, 30, 40)


def test_pages_with_words_are_known(filled: CaseFile) -> None:
    """The text engine catches up with them."""
    assert filled.worded_page_count() == 5
    assert filled.worded_pages(1).page_ids.tolist() == [1, 2, 3, 4, 5]
    assert [(words.page_id, words.packed) for words in filled.packed_words_of([2, 1, 99])] == [
        (1, b"packed words"),
        (2, b"packed words"),
    ]


def test_documents_and_files_read_as_columns_are_the_same(filled):
    """The checks read a million of them this way."""
    (batch,) = filled.document_batches(1)
    documents = list(filled.all_documents(1))
    assert batch.id == tuple(one.id for one in documents)
    assert batch.kind == tuple(one.kind for one in documents)
    assert batch.parent_id == tuple(one.parent_id for one in documents)
    assert batch.begin_number == tuple(one.begin.number if one.begin else None for one in documents)
    files = list(filled.source_files(1))
    batches = list(filled.file_batches(1))
    assert [path for own in batches for path in own.path] == [one.path for one in files]
    assert [role for own in batches for role in own.role] == [one.role for one in files]


def test_the_newest_event_of_a_production_is_found(filled):
    """A report asks what the last check noted."""
    assert filled.last_event("no such verb", production=1) is None
    with filled.writing("production.checked", production=1) as change:
        change.add_check_run(1, "check", findings=())
        change.note(check_run=7)
    with filled.writing("production.checked", production=2) as change:
        change.add_check_run(1, "other", findings=())
        change.note(check_run=8)
    assert filled.last_event("production.checked", production=1).objects["check_run"] == 7
