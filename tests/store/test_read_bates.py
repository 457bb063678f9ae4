"""What a typed number means."""

from __future__ import annotations

from datetime import date

import pytest

from vaughn.store import CaseFile, DocumentColumns, PageColumns
from vaughn.store.read_bates import folded_label


@pytest.fixture
def numbered(case: CaseFile) -> CaseFile:
    """Document 1: pages 1-3; 2: pages 4-5 of three numbers; 3: no pages; 4: own labels; 5: another production."""
    with case.writing("made") as change:
        ice = change.add_production("ICE 1", "ICE", released_on=date(2011, 1, 17), source="a").id
        again = change.add_production("ICE 2", "ICE", released_on=date(2011, 6, 17), source="b").id
        with change.bulk_load(ice) as load:
            load.documents(
                DocumentColumns(
                    page_count=[3, 2, 0, 2],
                    prefix=["ICE 2010FOIA2674.", "ICE 2010FOIA2674.", "ICE 2010FOIA2674.", "STIP-"],
                    begin_number=[117629, 117632, 117700, 919],
                    end_number=[117631, 117634, 117702, 920],
                    width=[7, 7, 7, 4],
                )
            )
            load.pages(PageColumns(page_in_file=[1] * 7, label=[None, None, None, None, None, None, "STIP-0919.0002"]))
        with change.bulk_load(again) as load:
            load.documents(
                DocumentColumns(page_count=[1], prefix=["STIP-"], begin_number=[919], suffix=["_R"], width=[4])
            )
            load.pages(PageColumns(page_in_file=[1]))
    return case


@pytest.mark.parametrize(
    ("typed", "places"),
    [
        ("ICE 2010FOIA2674.0117629", [(1, 1)]),
        ("ICE 2010FOIA2674.0117631", [(1, 3)]),
        ("ice2010foia2674 117630", [(1, 2)]),
        ("  Ice 2010 FOIA 2674 . 0117630 ", [(1, 2)]),
        ("ICE2010FOIA26740117632", [(2, 4)]),
        ("ICE 2010FOIA2674.0117634", [(2, None)]),
        ("ICE 2010FOIA2674.0117701", [(3, None)]),
        ("ICE 2010FOIA2674.0117635", []),
        ("ICE 2010FOIA2674.1176290", []),
        ("STIP-0919", [(4, 6), (5, 8)]),
        ("stip 919 r", [(5, 8)]),
        ("stip 919.2", [(4, 7)]),
        ("STIP-0920", [(4, None)]),
        ("117629", []),
        ("ICE", []),
        ("", []),
        ("   ", []),
        ("'; DROP TABLE page; --", []),
        ("9" * 40, []),
    ],
    ids=str,
)
def test_a_typed_number_finds_its_pages(numbered: CaseFile, typed: str, places: list[tuple[int, int | None]]) -> None:
    """People type blanks, capitals and zeros as they like; several productions may have the number."""
    found = numbered.at_bates(typed)
    assert [(match.document_id, match.page_id) for match in found] == places
    for match in found:
        assert (match.page_number is None) == (match.page_id is None)


def test_a_match_says_production_page_and_label(numbered: CaseFile) -> None:
    """The reader chooses among several."""
    first, second = numbered.at_bates("STIP-919")
    assert (first.production, first.page_number, first.label) == ("ICE 1", 1, "STIP-0919")
    assert (second.production, second.page_number, second.label) == ("ICE 2", 1, "STIP-0919_R")


def test_page_labels_follow_from_the_begin_number_or_are_their_own(numbered: CaseFile) -> None:
    """The page list wins where it says something else."""
    assert [page.label for page in numbered.pages(1)] == [f"ICE 2010FOIA2674.011{n}" for n in (7629, 7630, 7631)]
    assert [page.label for page in numbered.pages(4)] == ["STIP-0919", "STIP-0919.0002"]
    assert [page.number for page in numbered.pages(1, 2, 3)] == [2, 3]
    assert numbered.pages(3) == ()
    assert numbered.pages(99) == ()


@pytest.mark.parametrize("page_id", range(1, 9))
def test_every_page_stands_in_one_document(numbered: CaseFile, page_id: int) -> None:
    """Permanent links lead to pages by their id."""
    document = numbered.document_of_page(page_id)
    page = numbered.page(page_id)
    assert document is not None
    assert page in numbered.pages(document.id)


def test_a_page_that_is_not_there_is_nowhere(numbered: CaseFile) -> None:
    """An old link can be wrong."""
    assert numbered.page(9) is None
    assert numbered.page(0) is None
    assert numbered.document_of_page(-1) is None


def test_labels_are_compared_without_how_they_are_written() -> None:
    """Numbers are compared as numbers; punctuation only parts them."""
    assert folded_label("ICE 0004521") == folded_label("ice4521") == "ice|4521"
    assert folded_label("AB1-0002") != folded_label("AB-12")
    assert folded_label("A-000") == "a|0"
    assert folded_label("cover sheet") == "cover|sheet"
