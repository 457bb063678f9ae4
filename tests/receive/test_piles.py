"""Files without load file become documents by their names."""

from __future__ import annotations

import pytest

from vaughn.receive.piles import Pile, numbered_pile, pile_documents
from vaughn.receive.survey import survey
from vaughn.store import Entry


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
    pile = pile_of("ABC0001.tif", "ABC0002.tif", "ABC0003.tif", "ABC0004.tif", "TEXT/ABC0001.txt", "TEXT/ABC0003.txt")
    assert shown(pile) == {"ABC0001": [0, 1], "ABC0003": [2, 3]}
    assert str(pile.assembly.documents.end.at(0)) == "ABC0002"


def test_a_run_without_any_sign_is_one_document_and_says_so() -> None:
    """A person has to look."""
    pile = pile_of("ABC0001.tif", "ABC0002.tif", "ABC0003.tif")
    assert shown(pile) == {"ABC0001": [0, 1, 2]}
    assert [(found.code, found.count) for found in pile.findings] == [("SP002", 3)]


def test_pages_with_a_text_each_are_documents_of_one_page() -> None:
    """Nothing says which belong together; guessing would hide pages."""
    assert (
        len(shown(pile_of("ABC0001.tif", "ABC0002.tif", "ABC0001.txt", "ABC0002.txt", "ABC0003.tif", "ABC0003.txt")))
        == 3
    )


def test_a_text_alone_is_a_record() -> None:
    """Some releases are plain text."""
    pile = pile_of("minutes.txt", "a.txt", "b.txt", "c.txt")
    assert len(pile.assembly.documents) == 4
    assert pile.native == tuple(pile.native)
    assert min(pile.native) >= 0


def test_a_pdf_among_the_natives_shows_its_own_pages() -> None:
    """Nothing else shows them."""
    assert shown(pile_of("NATIVES/report.pdf")) == {"report": [0]}


def test_documents_stand_in_the_order_a_person_expects() -> None:
    """Page 10 comes after page 2."""
    assert list(shown(pile_of("letter 10.pdf", "letter 2.pdf"))) == ["letter 2", "letter 10"]


def numbers(pages: dict[str, int]) -> dict[str, str | None]:
    """Return the number of each document of a pile whose files have so many pages."""
    pile = pile_of(*pages)
    counts = dict(enumerate(pages.values()))
    table = numbered_pile(pile, counts).assembly.documents
    return {name: str(begin) if (begin := table.begin.at(row)) else None for row, name in enumerate(table.control)}


@pytest.mark.parametrize(
    ("path", "number"),
    [
        ("ABC00001.pdf", "ABC00001"),
        ("ICE 2010FOIA2674.0117629.pdf", "ICE 2010FOIA2674.0117629"),
        ("EFTA00008529.mp4", "EFTA00008529"),
        ("2015-ICFO-06247.000001.pdf", "2015-ICFO-06247.000001"),
        ("HOUSE_OVERSIGHT_012345.pdf", "HOUSE_OVERSIGHT_012345"),
        ("federal-register-2020-17221.pdf", None),
        ("bug1782186.pdf", None),
        ("issue12810.pdf", None),
        ("giant-7934-7934.pdf", None),
        ("FOIA request 2011-01-17.pdf", None),
        ("letter to the field office 2010.pdf", None),
        ("LETTER 042710.pdf", None),
        ("EOIR_01172011.pdf", None),
        ("PAGE_00012.pdf", None),
        ("IMG_00012.pdf", None),
        ("DSC00012.JPG", None),
        ("MEMO-2010-0427.pdf", None),
        ("20100427.pdf", None),
        ("0000123.pdf", None),
    ],
)
def test_a_name_alone_is_a_number_only_if_it_plainly_has_the_form(path: str, number: str | None) -> None:
    """A wrong number is misquoted in a brief; a missing one is only looked up."""
    assert list(numbers({path: 14}).values()) == [number]


def test_files_that_follow_one_another_are_one_series() -> None:
    """Each begins where the one before ends: no accident does that."""
    told = numbers({"scb-4501.pdf": 3, "scb-4504.pdf": 1, "scb-4505.pdf": 2, "bug4507.pdf": 1})
    assert list(told.values()) == [None, "scb-4501", "scb-4504", "scb-4505"]


def test_files_with_more_pages_than_numbers_between_them_are_no_series() -> None:
    """Articles of a gazette are numbered one by one and have many pages each."""
    told = numbers({f"federal-register-2020-1722{n}.pdf": 14 for n in range(5)})
    assert set(told.values()) == {None}


def test_files_with_far_numbers_are_no_series() -> None:
    """Trouble tickets leave room for everything."""
    assert set(numbers({"bug1782186.pdf": 1, "bug1802506.pdf": 1, "bug1650302.pdf": 2}).values()) == {None}


def test_a_number_of_plain_form_vouches_for_the_others_of_its_prefix() -> None:
    """The ten-thousandth page has no leading zero any more."""
    assert list(numbers({"ABC09999.pdf": 1, "ABC10400.pdf": 1}).values()) == ["ABC09999", "ABC10400"]


def test_numbers_that_leave_no_room_for_the_pages_name_documents() -> None:
    """Pages after the first then have no number; one must not be made up."""
    pile = pile_of("FOIA-00001.pdf", "FOIA-00002.pdf", "FOIA-00003.pdf")
    table = numbered_pile(pile, {0: 9, 1: 4, 2: 2}).assembly.documents
    assert [str(table.end.at(row)) for row in range(3)] == ["FOIA-00001", "FOIA-00002", "FOIA-00003"]


def test_single_pages_called_page_have_no_bates_number() -> None:
    """Scanners number the pages of whatever lies in them."""
    assert numbers({"page 0001.jpg": 1, "page 0002.jpg": 1, "page 0003.jpg": 1}) == {"page 0001": None}
