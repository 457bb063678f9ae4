"""A person can use the other version of a page's words, and take that back; search and log follow."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from vaughn.app.versions import Reader, Version, Versions, choose_version, versions_of
from vaughn.formats.pages import pack_words
from vaughn.fulltext import TextIndex, catch_up, read_query
from vaughn.model import Case, LayerState, Page, PageText, StateError, TextSource
from vaughn.store import OWN_LAYER, Actor, CaseFile, DocumentColumns, PageColumns, PageReading

ACTOR = Actor("Jo Doe", lambda: datetime(2026, 1, 2, tzinfo=UTC))
OWN = "Thc agcncy sha11 find"
READ = "The agency shall find all of the records that it has, and it is to say which of them are lost or destroyed."


def packed(text: str) -> bytes:
    return pack_words(PageText(text, ()))


@pytest.fixture
def case(tmp_path: Path) -> Iterator[CaseFile]:
    """A page with a poor layer that OCR has read, and one with its own words alone; both can be searched."""
    with CaseFile.create(tmp_path / "case", Case("A v. B"), actor=ACTOR) as made:
        with made.writing("test") as change:
            production = change.add_production("P", "ICE", released_on=date(2011, 1, 17), source="p")
            with change.bulk_load(production.id) as load:
                load.documents(DocumentColumns(page_count=[2], control=["A-1"]))
                load.pages(PageColumns(page_in_file=[1, 2]))
            by_ocr = PageReading(1, None, TextSource.OCR, None, packed(READ), LayerState.POOR, "rapidocr 3.10")
            own = PageReading(2, None, TextSource.EMBEDDED, None, packed("alone"))
            change.save_pages([by_ocr, own])
            change.set_other_words([PageReading(1, None, TextSource.EMBEDDED, words=packed(OWN))], engine=OWN_LAYER)
        catch_up(made, TextIndex(made.fulltext))
        yield made


def page(case: CaseFile, page_id: int = 1) -> Page:
    found = case.page(page_id)
    assert found is not None
    return found


def found(case: CaseFile, typed: str) -> list[tuple[int, ...]]:
    return [hit.page_ids for hit in TextIndex(case.fulltext).search(read_query(typed)).documents()]


def test_it_is_said_which_version_is_in_use_and_why(case: CaseFile) -> None:
    """Who quotes a page wants to know whether an agency wrote it or a program read it."""
    shown, other = Version(Reader.OCR, "rapidocr 3.10", 23, None), Version(Reader.OWN, None, 4, None)
    assert versions_of(case, page(case)) == Versions(shown, other, "poor", None)
    assert versions_of(case, page(case, 2)) == Versions(Version(Reader.OWN, None, 1, None), None, None, None)


def test_a_choice_is_searched_logged_and_can_be_taken_back(case: CaseFile) -> None:
    """OCR may err where the layer was right; nobody loses either."""
    assert found(case, "agcncy") == []
    assert choose_version(case, page(case), Reader.OWN)
    assert page(case).text_source is TextSource.EMBEDDED
    assert (found(case, "agcncy"), found(case, "destroyed"), found(case, "alone")) == ([(1,)], [], [(2,)])
    now = versions_of(case, page(case))
    assert (now.why, now.chosen_by, now.other) == ("chosen", "Jo Doe", Version(Reader.OCR, "rapidocr 3.10", 23, None))
    event = next(event for event in reversed(case.events()) if event.verb == "page.words_chosen")
    assert (event.actor, event.objects["page"], event.objects["version"]) == ("Jo Doe", 1, "own")
    assert choose_version(case, page(case), Reader.OCR)
    assert (found(case, "agcncy"), found(case, "destroyed")) == ([], [(1,)])
    back = versions_of(case, page(case))
    assert (back.shown, back.other) == (
        Version(Reader.OCR, "rapidocr 3.10", 23, None),
        Version(Reader.OWN, None, 4, None),
    )
    assert (page(case).text_source, page(case).language) == (TextSource.OCR, "en")
    assert case.verify().is_clean


def test_choosing_what_is_in_use_changes_nothing(case: CaseFile) -> None:
    """A double click is no second change."""
    assert not choose_version(case, page(case), Reader.OCR)
    assert versions_of(case, page(case)).chosen_by is None
    assert found(case, "destroyed") == [(1,)]


def test_a_page_with_one_version_has_no_choice(case: CaseFile) -> None:
    """And it can still be searched afterwards."""
    with pytest.raises(StateError, match="one version"):
        choose_version(case, page(case, 2), Reader.OCR)
    assert found(case, "alone") == [(2,)]


def test_the_layer_is_shown_where_it_says_more(case: CaseFile) -> None:
    """OCR that reads next to nothing does not replace words."""
    with case.writing("test") as change:
        change.save_pages([PageReading(2, None, TextSource.EMBEDDED, None, packed("alone"))])
        change.set_other_words([PageReading(2, None, TextSource.OCR, words=packed("a"))], engine="tesseract 5")
    told = versions_of(case, page(case, 2))
    assert (told.why, told.other) == ("says more", Version(Reader.OCR, "tesseract 5", 1, None))
