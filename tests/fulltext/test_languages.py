"""Every page with words is told a language once, and a document has the language of most of its pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from vaughn.formats.pages import pack_words
from vaughn.fulltext import tell_languages
from vaughn.model import NO_LANGUAGE, Case, PageText, TextSource
from vaughn.store import Actor, CaseFile, DocumentColumns, NewCut, PageColumns, PageReading

ACTOR = Actor("tester", lambda: datetime(2026, 1, 2, tzinfo=UTC))
ENGLISH = "The agency shall produce all of the records that are in its custody, and it has to search for them."
SPANISH = "La agencia debe entregar todos los documentos que están en su poder y no se puede negar a ello por más."
NUMBERS = "4711 0815"


@pytest.fixture
def case(tmp_path: Path) -> Iterator[CaseFile]:
    """A document of five pages and one of a single page; nothing is read yet."""
    with CaseFile.create(tmp_path / "case", Case("A v. B"), actor=ACTOR) as made:
        with made.writing("test") as change:
            production = change.add_production("P", "ICE", released_on=date(2011, 1, 17), source="p")
            with change.bulk_load(production.id) as load:
                load.documents(DocumentColumns(page_count=[5, 1], control=["A-1", "B-1"]))
                load.pages(PageColumns(page_in_file=[1, 2, 3, 4, 5, 1]))
        yield made


def read(case: CaseFile, *texts: str, first: int = 1) -> None:
    with case.writing("test") as change:
        change.save_pages(
            PageReading(number, None, TextSource.EMBEDDED, words=pack_words(PageText(text, ())))
            for number, text in enumerate(texts, start=first)
        )


def languages(case: CaseFile, document_id: int = 1) -> list[str | None]:
    return [page.language for page in case.pages(document_id)]


def of_document(case: CaseFile, document_id: int = 1) -> str | None:
    document = case.document(document_id)
    assert document is not None
    return document.language


def test_a_document_has_the_language_of_most_pages_that_tell_one(case: CaseFile) -> None:
    """Pages of numbers say nothing and outvote nobody."""
    read(case, SPANISH, NUMBERS, NUMBERS, NUMBERS)
    assert tell_languages(case, 1) == 4
    assert languages(case) == ["es", NO_LANGUAGE, NO_LANGUAGE, NO_LANGUAGE, None]
    assert (of_document(case), of_document(case, 2)) == ("es", None)
    read(case, ENGLISH, first=5)
    tell_languages(case, 1)
    assert of_document(case) == "es"
    read(case, ENGLISH, first=2)
    tell_languages(case, 1)
    assert of_document(case) == "en"
    assert case.verify().is_clean


def test_words_that_tell_nothing_are_not_asked_twice(case: CaseFile) -> None:
    """Else every run would look at all tables of numbers again."""
    read(case, NUMBERS, first=6)
    assert case.has_untold_pages()
    assert (tell_languages(case, 1), tell_languages(case, 1)) == (1, 0)
    assert not case.has_untold_pages()
    assert of_document(case, 2) == NO_LANGUAGE


def test_words_that_are_read_anew_are_told_anew(case: CaseFile) -> None:
    """OCR may read another language than a damaged layer spoke."""
    read(case, ENGLISH, first=6)
    tell_languages(case, 1)
    read(case, SPANISH, first=6)
    assert languages(case, 2) == [None]
    tell_languages(case, 1)
    assert (languages(case, 2), of_document(case, 2)) == (["es"], "es")


def test_parts_of_a_divided_file_have_languages_of_their_own(case: CaseFile) -> None:
    """A file of everything is in no language, the letters in it are."""
    read(case, ENGLISH, ENGLISH, ENGLISH, SPANISH)
    tell_languages(case, 1)
    with case.writing("test") as change:
        division = change.divide(1, [NewCut(1, "letterhead", "A"), NewCut(4, "letterhead", "B")])
    assert [of_document(case, cut.document_id) for cut in division.cuts] == ["en", "es"]
    read(case, ENGLISH, ENGLISH, first=4)
    tell_languages(case, 1)
    assert [of_document(case, cut.document_id) for cut in division.cuts] == ["en", "en"]


def test_damaged_words_are_of_no_language(case: CaseFile) -> None:
    """One page that cannot be unpacked must not keep the others from being told."""
    read(case, ENGLISH, ENGLISH)
    with case.writing("test") as change:
        change.save_pages([PageReading(1, None, TextSource.EMBEDDED, words=b"no words")])
    tell_languages(case, 1)
    assert languages(case)[:2] == [NO_LANGUAGE, "en"]


def test_how_far_it_is_can_be_seen(case: CaseFile) -> None:
    """A million pages take minutes."""
    seen: list[tuple[str, int, int]] = []
    read(case, ENGLISH, ENGLISH)
    tell_languages(case, 1, progress=lambda *step: seen.append(step))
    assert seen == [("telling languages", 0, 2)]
