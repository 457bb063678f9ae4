"""The document table: filters, order, windows, neighbours, facets."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from vaughn.model import DocumentKind, Finding, Place, Severity
from vaughn.store import CaseFile, DocumentColumns, DocumentQuery, DocumentSort, FacetValue, PageColumns, SeverityCounts

EMAIL, PAPER, OTHER = DocumentKind.EMAIL, DocumentKind.PAPER, DocumentKind.OTHER


@pytest.fixture
def listed(case: CaseFile) -> CaseFile:
    """Six documents of two productions; ids 1-4 ICE, 5-6 FBI."""
    with case.writing("made") as change:
        ice = change.add_production("ICE 1", "ICE", released_on=date(2011, 1, 17), source="a").id
        fbi = change.add_production("FBI 1", "FBI", released_on=date(2011, 2, 17), source="b").id
        with change.bulk_load(ice) as load:
            load.documents(
                DocumentColumns(
                    page_count=[2, 1, 1, 1],
                    prefix=["ICE ", "ICE ", "ICE ", None],
                    begin_number=[10, 9, 100, None],
                    width=[4, 4, 4, None],
                    control=[None, None, None, "loose.pdf"],
                    kind=[EMAIL, PAPER, EMAIL, OTHER],
                    family_id=[1, 1, None, None],
                    parent_id=[None, 1, None, None],
                    custodian=["Palmer", "Palmer", "Venturella", None],
                    title=["b", "a 100%", None, "c"],
                    date=["2010-03-01T23:59:59Z", "2010-03-02", "2009-01-01", None],
                )
            )
            load.pages(PageColumns(page_in_file=[1] * 5))
        with change.bulk_load(fbi) as load:
            load.documents(
                DocumentColumns(
                    page_count=[1, 1],
                    prefix=["FBI-", "FBI-"],
                    begin_number=[1, 2],
                    width=[3, 3],
                    kind=[PAPER, PAPER],
                    custodian=["Palmer", "Mueller"],
                    file_name=["x.pdf", "A.PDF"],
                )
            )
            load.pages(PageColumns(page_in_file=[1] * 2))
        found = [
            Finding("BN002", Severity.ERROR, Place(document_id=1), "Before."),
            Finding("BN002", Severity.ERROR, Place(document_id=3), "Before."),
            Finding("BN007", Severity.WARNING, Place(document_id=1), "Order."),
        ]
        change.add_check_run(ice, "check", findings=found)
        change.set_page_languages([(1, "es"), (2, "es"), (3, "en"), (6, "en"), (7, "und")])
        change.renew_document_languages([1, 2, 3, 4, 5, 6])
    return case


ALL = DocumentQuery()


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        (ALL, [4, 5, 6, 2, 1, 3]),
        (replace(ALL, descending=True), [3, 1, 2, 6, 5, 4]),
        (replace(ALL, productions=(1,)), [4, 2, 1, 3]),
        (replace(ALL, agencies=("FBI",)), [5, 6]),
        (replace(ALL, agencies=("FBI",), productions=(1,)), []),
        (replace(ALL, kinds=(EMAIL, OTHER)), [4, 1, 3]),
        (replace(ALL, custodians=("Palmer",)), [5, 2, 1]),
        (replace(ALL, languages=("en", "es")), [5, 2, 1]),
        (replace(ALL, languages=("und",)), [6]),
        (replace(ALL, date_from="2010-03-01"), [2, 1]),
        (replace(ALL, date_to="2010-03-01"), [1, 3]),
        (replace(ALL, date_from="2010-03-01", date_to="2010-03-01"), [1]),
        (replace(ALL, finding_codes=("BN002",)), [1, 3]),
        (replace(ALL, severities=(Severity.WARNING,)), [1]),
        (replace(ALL, finding_codes=("BN002",), severities=(Severity.WARNING,)), []),
        (replace(ALL, text="0100"), [3]),
        (replace(ALL, text="LOOSE"), [4]),
        (replace(ALL, text="a.pdf"), [6]),
        (replace(ALL, text="100%"), [2]),
        (replace(ALL, text="_"), []),
        (replace(ALL, ids=(6, 1, 99)), [6, 1]),
        (replace(ALL, ids=()), []),
        (replace(ALL, sort=DocumentSort.DATE), [4, 5, 6, 3, 1, 2]),
        (replace(ALL, sort=DocumentSort.ORDINAL), [1, 2, 3, 4, 5, 6]),
        (replace(ALL, sort=DocumentSort.TITLE, productions=(1,)), [3, 2, 1, 4]),
        (replace(ALL, sort=DocumentSort.FILE_NAME, agencies=("FBI",)), [6, 5]),
        (replace(ALL, offset=2, limit=2), [6, 2]),
        (replace(ALL, offset=10), []),
    ],
    ids=str,
)
def test_a_query_gives_the_documents_it_means(listed: CaseFile, query: DocumentQuery, ids: list[int]) -> None:
    """Numbers are ordered as numbers, days include their last second, % and _ are only letters."""
    found = listed.documents(query)
    assert [row.document.id for row in found.rows] == ids
    whole = listed.document_ids(query)
    assert found.total == len(whole)
    assert whole[query.offset : query.offset + query.limit] == ids


def test_a_row_shows_its_production_family_and_findings(listed: CaseFile) -> None:
    """What the table needs comes in one answer."""
    (row,) = listed.listed([1])
    assert (row.production, row.agency, row.family_size) == ("ICE 1", "ICE", 2)
    assert row.findings == SeverityCounts(error=1, warning=1)
    assert row.document.control == "ICE 0010"
    assert [member.id for member in listed.family(2)] == [1, 2]
    assert [member.id for member in listed.family(3)] == [3]
    assert listed.listed([3])[0].family_size == 1


@pytest.mark.parametrize(("sort", "descending"), list(product(DocumentSort, (False, True))), ids=str)
def test_neighbours_are_those_of_the_list(listed: CaseFile, sort: DocumentSort, descending: bool) -> None:
    """The viewer's keys walk the list the reader came from, whatever its order, unknown values included."""
    for query in (ALL, replace(ALL, custodians=("Palmer",))):
        sorted_query = replace(query, sort=sort, descending=descending)
        ids = listed.document_ids(sorted_query)
        assert len(ids) > 2
        found = [listed.neighbours(document_id, sorted_query) for document_id in ids]
        assert [neighbours.next for neighbours in found] == [*ids[1:], None]
        assert [neighbours.previous for neighbours in found] == [None, *ids[:-1]]
    assert listed.neighbours(99, ALL).next is None


def test_facets_count_what_each_choice_would_give(listed: CaseFile) -> None:
    """A filter does not narrow its own values, so that a second one can be chosen."""
    found = listed.facets(replace(ALL, custodians=("Palmer",)))
    assert found.custodian == (
        FacetValue("Palmer", "Palmer", 3),
        FacetValue("Mueller", "Mueller", 1),
        FacetValue("Venturella", "Venturella", 1),
    )
    assert found.production == (FacetValue("1", "ICE 1", 2), FacetValue("2", "FBI 1", 1))
    assert found.agency == (FacetValue("ICE", "ICE", 2), FacetValue("FBI", "FBI", 1))
    assert found.kind == (FacetValue("paper", "paper", 2), FacetValue("e-mail", "e-mail", 1))
    assert found.language == (FacetValue("en", "en", 2), FacetValue("es", "es", 1))
    assert found.finding == (FacetValue("BN002", "BN002", 1), FacetValue("BN007", "BN007", 1))


def test_counts_and_facets_follow_a_change(listed: CaseFile) -> None:
    """Answers are remembered only as long as they are right."""
    errors = replace(ALL, severities=(Severity.ERROR,))
    assert listed.documents(errors).total == 2
    assert len(listed.facets(ALL).finding) == 2
    with listed.writing("checked") as change:
        change.add_check_run(1, "check", findings=[Finding("BN002", Severity.ERROR, Place(document_id=2), "Before.")])
    assert listed.documents(errors).total == 1
    assert [value.value for value in listed.facets(ALL).finding] == ["BN002"]


def test_documents_of_a_production_come_one_after_the_other(listed: CaseFile) -> None:
    """Checks walk over all of them."""
    assert [document.id for document in listed.all_documents()] == [1, 2, 3, 4, 5, 6]
    assert [document.id for document in listed.all_documents(2)] == [5, 6]
    assert listed.document(4) is not None
    assert listed.document(40) is None
