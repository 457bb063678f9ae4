"""One large document is cut into those inside it; nothing about that is final."""

from __future__ import annotations

import pytest

from vaughn.model import BatesNumber, DocumentState, InputError, StateError
from vaughn.store import CaseFile, DivisionState, DocumentColumns, DocumentQuery, NewCut, PageColumns


@pytest.fixture
def large(case: CaseFile, production: int) -> CaseFile:
    """Document 1 has 400 pages, document 2 one."""
    with case.bulk_load(production) as load:
        load.documents(DocumentColumns(page_count=[400, 1], control=["giant.pdf", "small.pdf"]))
        load.pages(PageColumns(page_in_file=[*range(1, 401), 1]))
    return case


def cut(page: int) -> NewCut:
    return NewCut(page, "Bates number", f"P-{page:03}", BatesNumber("P-", page, width=3))


def divided(case: CaseFile, *pages: int) -> dict[int, int]:
    """Divide and return first page by document."""
    with case.writing("document.divided") as change:
        division = change.divide(1, [cut(page) for page in pages])
    return {made.document_id: made.page for made in division.cuts}


def holding(case: CaseFile, page_id: int) -> int | None:
    document = case.document_of_page(page_id)
    return None if document is None else document.id


def test_the_parts_count_instead_of_the_whole(large: CaseFile) -> None:
    """Pages keep their ids and get numbers in their new documents."""
    parts = divided(large, 1, 3, 399)
    assert large.document_ids(DocumentQuery()) == [2, *parts]
    assert [len(large.pages(part)) for part in parts] == [2, 396, 2]
    assert [holding(large, page_id) for page_id in (1, 2, 3, 398, 399, 400, 401)] == [3, 3, 4, 4, 5, 5, 2]
    page = large.page(400)
    assert page is not None
    assert (page.number, page.label, page.page_in_file) == (2, "P-400", 400)
    whole = large.document(1)
    assert whole is not None
    assert whole.state is DocumentState.DIVIDED
    assert large.counts().pages == 401
    assert large.verify().is_clean


def test_typed_numbers_find_the_parts(large: CaseFile) -> None:
    """The parts have numbers although the load had none."""
    divided(large, 1, 3)
    assert [(match.document_id, match.page_id) for match in large.at_bates("p 4")] == [(4, 4)]


def test_undone_and_applied_again_everything_is_as_before(large: CaseFile) -> None:
    """Ids of documents and pages are permanent."""
    parts = divided(large, 1, 3, 399)
    with large.writing("division.undone") as change:
        assert change.undo_division(1).state is DivisionState.UNDONE
    assert large.document_ids(DocumentQuery()) == [1, 2]
    assert holding(large, 400) == 1
    assert holding(large, 1) == 1
    assert large.at_bates("P-3") == ()
    with large.writing("division.applied") as change:
        assert change.apply_division(1).state is DivisionState.APPLIED
    assert large.document_ids(DocumentQuery()) == [2, *parts]
    assert holding(large, 400) == 5
    assert large.verify().is_clean


def test_cutting_elsewhere_keeps_the_parts_that_stay(large: CaseFile) -> None:
    """A reader corrects one cut; the other documents keep their ids, notes and links."""
    before = divided(large, 1, 3, 399)
    after = divided(large, 1, 3, 100, 399)
    kept = before.keys() & after.keys()
    assert {before[part] for part in kept} == {1, 399}
    again = divided(large, 1, 3, 399)
    assert again == before
    assert large.document_ids(DocumentQuery()) == [2, *before]
    assert sum(document.page_count for document in large.all_documents()) == 401
    assert large.verify().is_clean


def test_the_division_is_told_with_its_evidence(large: CaseFile) -> None:
    """Every cut says why it was made."""
    divided(large, 1, 3)
    (division,) = large.divisions(1)
    assert division == large.division(1)
    assert (division.control, division.pages, division.state) == ("giant.pdf", 400, DivisionState.APPLIED)
    assert [(made.page, made.evidence, made.control) for made in division.cuts] == [
        (1, "Bates number", "P-001"),
        (3, "Bates number", "P-003"),
    ]
    assert large.division(2) is None


@pytest.mark.parametrize("pages", [(), (2,), (1, 1), (1, 5, 3), (1, 401), (0, 5)], ids=str)
def test_cuts_that_do_not_divide_are_refused(large: CaseFile, pages: tuple[int, ...]) -> None:
    """Every page has to be in one part."""
    with pytest.raises(InputError, match="do not divide"), large.writing("document.divided") as change:
        change.divide(1, [cut(page) for page in pages])
    assert large.document_ids(DocumentQuery()) == [1, 2]


def test_what_was_never_divided_cannot_be_switched(large: CaseFile) -> None:
    """There is nothing to take back."""
    with pytest.raises(StateError, match="never divided"), large.writing("division.undone") as change:
        change.undo_division(2)
    with pytest.raises(InputError, match="no document 99"), large.writing("document.divided") as change:
        change.divide(99, [cut(1)])


def test_a_part_is_not_divided_again(large: CaseFile) -> None:
    """Cuts are moved in the large document instead; otherwise taking back would leave orphans."""
    parts = divided(large, 1, 3)
    with pytest.raises(InputError, match="part of"), large.writing("document.divided") as change:
        change.divide(next(iter(parts)), [cut(1)])
