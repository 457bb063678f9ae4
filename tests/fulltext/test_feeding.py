"""The index is brought up to what the case holds by comparing the two."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from vaughn.formats.pages import pack_words
from vaughn.fulltext import TextIndex, catch_up, pages_behind, read_query
from vaughn.model import Case, FileRole, PageSize, PageText, TextSource
from vaughn.store import Actor, CaseFile, DocumentColumns, NewCut, NewFile, PageColumns, PageReading

ACTOR = Actor("tester", lambda: datetime(2026, 1, 2, tzinfo=UTC))
TEXTS = ["first memo", "second memo", "third detainer", "fourth"]


@pytest.fixture
def case(tmp_path):
    """One document of four pages, and one native with a text file and no pages."""
    text = tmp_path / "native.txt"
    text.write_text("spreadsheet about detainers", encoding="utf-8")
    with CaseFile.create(tmp_path / "case", Case("A v. B"), actor=ACTOR) as case:
        with case.writing("test") as change:
            production = change.add_production(
                name="P", agency="ICE", released_on=date(2011, 1, 17), source="p", replaces=None, order=None
            )
            blob = case.blobs.add_file(text)
            (file_id,) = change.add_files(production.id, [NewFile("native.txt", FileRole.TEXT, blob, "text/plain")])
            with change.bulk_load(production.id) as load:
                load.documents(DocumentColumns(page_count=[4, 0], control=["A-1", "N"], text_file_id=[None, file_id]))
                load.pages(PageColumns(page_in_file=[1, 2, 3, 4]))
        yield case


def read(case, *numbers):
    with case.writing("test") as change:
        change.save_pages(
            PageReading(
                number, PageSize(612, 792), TextSource.EMBEDDED, words=pack_words(PageText(TEXTS[number - 1], ()))
            )
            for number in numbers
        )


def found(index, typed):
    return {hit.document_id: hit.page_ids for hit in index.search(read_query(typed)).documents()}


def test_pages_are_entered_once_and_as_they_are_read(case):
    """Reading goes on for hours; what is read can be searched."""
    index = TextIndex(case.fulltext)
    read(case, 1, 2)
    assert pages_behind(case, index) == 2
    assert catch_up(case, index) == 3
    assert found(index, "memo") == {1: (1, 2)}
    read(case, 3)
    assert catch_up(case, index) == 1
    assert catch_up(case, index) == 0
    assert catch_up(case, index, thorough=True) == 0
    assert found(index, "detainer") == {1: (3,)}
    assert len(index) == 4


def test_a_document_without_pages_is_found_by_its_text_file(case):
    """A spreadsheet produced as a native has no page and can be searched all the same."""
    index = TextIndex(case.fulltext)
    catch_up(case, index)
    assert found(index, "spreadsheet") == {2: (0,)}


def test_dividing_a_document_moves_its_pages(case):
    """After a large file is divided, and after that is undone, a hit belongs to the document that counts."""
    index = TextIndex(case.fulltext)
    read(case, 1, 2, 3, 4)
    catch_up(case, index, thorough=True)
    with case.writing("test") as change:
        change.divide(1, [NewCut(1, "stamp", "A-1"), NewCut(3, "stamp", "A-3")])
    catch_up(case, index, thorough=True)
    documents = found(index, "detainer")
    assert 1 not in documents
    assert list(documents.values()) == [(3,)]
    assert len(index) == 5
    with case.writing("test") as change:
        change.undo_division(1)
    catch_up(case, index, thorough=True)
    assert found(index, "detainer") == {1: (3,)}
    assert len(index) == 5


def test_progress_counts_pages(case):
    """The bar in the workbench."""
    read(case, 1, 2, 3)
    shown = []
    catch_up(case, TextIndex(case.fulltext), progress=lambda step, done, total: shown.append((done, total)))
    assert shown[0] == (0, 3)
    assert shown[-1] == (3, 3)
