"""Files without load file become documents by their names."""

from __future__ import annotations

import pytest

from vaughn.receive.piles import Pile, number_of_name, pile_documents
from vaughn.receive.survey import Entry, survey


def pile_of(*paths: str) -> Pile:
    return pile_documents(paths, survey([Entry(path, 9) for path in paths]).parts)


def shown(pile: Pile) -> dict[str, list[int]]:
    """Return the page files of each document."""
    found: dict[str, list[int]] = {control: [] for control in pile.assembly.documents.control}
    for document, file in pile.whole:
        found[pile.assembly.documents.control[document]].append(file)
    return found


def test_pdf_text_and_native_of_one_name_are_one_document() -> None:
    """Three files of one record."""
    pile = pile_of("IMAGES/ABC0001.pdf", "TEXT/ABC0001.txt", "NATIVES/ABC0001.xlsx", "IMAGES/ABC0002.pdf")
    assert shown(pile) == {"ABC0001": [0], "ABC0002": [3]}
    assert (pile.text, pile.native) == ((1, -1), (2, -1))


def test_the_same_name_in_two_folders_is_two_documents() -> None:
    """Every volume has its own letter.pdf."""
    assert list(shown(pile_of("A/letter.pdf", "B/letter.pdf"))) == ["A/letter.pdf", "B/letter.pdf"]


def test_a_run_of_single_pages_is_cut_where_a_text_stands() -> None:
    """The text is named after the first page of its document."""
    pile = pile_of("P0001.tif", "P0002.tif", "P0003.tif", "P0004.tif", "TEXT/P0001.txt", "TEXT/P0003.txt")
    assert shown(pile) == {"P0001": [0, 1], "P0003": [2, 3]}
    assert str(pile.assembly.documents.end.at(0)) == "P0002"


def test_a_run_without_any_sign_is_one_document_and_says_so() -> None:
    """A person has to look."""
    pile = pile_of("P0001.tif", "P0002.tif", "P0003.tif")
    assert shown(pile) == {"P0001": [0, 1, 2]}
    assert [(found.code, found.count) for found in pile.findings] == [("SP002", 3)]


def test_pages_with_a_text_each_are_documents_of_one_page() -> None:
    """Nothing says which belong together; guessing would hide pages."""
    assert len(shown(pile_of("P0001.tif", "P0002.tif", "P0001.txt", "P0002.txt", "P0003.tif", "P0003.txt"))) == 3


def test_a_text_alone_is_a_record() -> None:
    """Some releases are plain text."""
    pile = pile_of("minutes.txt", "a.txt", "b.txt", "c.txt")
    assert len(pile.assembly.documents) == 4
    assert pile.native == tuple(pile.native)
    assert min(pile.native) >= 0


def test_documents_stand_in_the_order_a_person_expects() -> None:
    """Page 10 comes after page 2."""
    assert list(shown(pile_of("letter 10.pdf", "letter 2.pdf"))) == ["letter 2", "letter 10"]


@pytest.mark.parametrize(
    ("path", "number"),
    [
        ("ABC0001.pdf", "ABC0001"),
        ("ICE 2010FOIA2674.0117629.tif", "ICE 2010FOIA2674.0117629"),
        ("EFTA00008529.mp4", "EFTA00008529"),
        ("2015-ICFO-06247.000001.pdf", "2015-ICFO-06247.000001"),
        ("FOIA request 2011-01-17.pdf", None),
        ("letter to the field office 2010.pdf", None),
        ("20100427.pdf", None),
        ("readme.txt", None),
    ],
)
def test_a_name_is_a_number_or_a_title(path: str, number: str | None) -> None:
    """A title with a year in it is no Bates number."""
    read = number_of_name(path)
    assert (str(read) if read else None) == number
