"""A million documents are loaded at once, and small loads the same way."""

from __future__ import annotations

import sqlite3
from datetime import date

import numpy as np
import pytest

from vaughn.model import InputError
from vaughn.store import CaseFile, DocumentColumns, DocumentQuery, DocumentSort, PageColumns
from vaughn.store.schema import BULK_INDEXES


def load(case: CaseFile, production: int, *, count: int, batch: int) -> None:
    with case.bulk_load(production) as load:
        for start in range(0, count, batch):
            some = min(batch, count - start)
            numbers = np.arange(start, start + some)
            load.documents(
                DocumentColumns(
                    page_count=np.full(some, 2),
                    prefix=["ICE "] * some,
                    begin_number=numbers * 2 + 1,
                    width=[7] * some,
                    title=[None if number % 5 else f"title {number}" for number in range(start, start + some)],
                )
            )
            load.pages(PageColumns(page_in_file=np.tile([1, 2], some), list_start=numbers.repeat(2)))


def content(case: CaseFile) -> list[object]:
    connection = sqlite3.connect(case.path / "case.db")
    try:
        return [
            connection.execute(sql).fetchall()
            for sql in (
                "SELECT ordinal, prefix, begin_number, first_page_id, page_count, title FROM document ORDER BY id",
                "SELECT * FROM page ORDER BY id",
                "SELECT name FROM sqlite_master WHERE type = 'index' ORDER BY name",
            )
        ]
    finally:
        connection.close()


@pytest.mark.parametrize("batch", [17, 256, 1000, 6000], ids=str)
def test_the_size_of_the_batches_makes_no_difference(case: CaseFile, production: int, batch: int) -> None:
    """Also where indexes are dropped and built again in the middle."""
    load(case, production, count=6000, batch=batch)
    documents, pages, indexes = content(case)
    assert documents == [(n + 1, "ICE ", n * 2 + 1, n * 2 + 1, 2, None if n % 5 else f"title {n}") for n in range(6000)]
    assert pages == [(n + 1, None, n % 2 + 1, n // 2, None, None, 0, None, None, None) for n in range(12_000)]
    assert {(index.name,) for index in BULK_INDEXES} <= set(indexes)  # type: ignore[arg-type, call-overload]
    assert case.verify().problems == ()


def test_a_second_production_goes_on_with_the_ids(case: CaseFile, production: int) -> None:
    """Ids are of the case, ordinals of the production."""
    load(case, production, count=10, batch=10)
    with case.writing("production.received") as change:
        second = change.add_production("P2", "ICE", released_on=date(2011, 2, 17), source="x").id
    load(case, second, count=6000, batch=3000)
    load(case, second, count=3, batch=3)
    query = DocumentQuery(productions=(second,), sort=DocumentSort.ORDINAL, limit=1)
    (row,) = case.documents(query).rows
    assert (row.document.id, row.document.ordinal, row.document.first_page_id) == (11, 1, 21)
    (last,) = case.listed([6013])
    assert last.document.ordinal == 6003
    assert case.verify().problems == ()


def test_documents_and_pages_that_do_not_fit_are_refused(case: CaseFile, production: int) -> None:
    """A page that belongs to no document would never be seen."""
    with pytest.raises(InputError, match="have 3 pages, 2 were loaded"), case.bulk_load(production) as load:  # noqa: PT012
        load.documents(DocumentColumns(page_count=[3]))
        load.pages(PageColumns(page_in_file=[1, 2]))
    assert case.documents(DocumentQuery()).total == 0


def test_a_load_that_fails_keeps_the_indexes(case: CaseFile, production: int) -> None:
    """They were dropped in the same transaction."""
    with pytest.raises(InputError), case.bulk_load(production) as load:  # noqa: PT012
        load.documents(DocumentColumns(page_count=[1] * 6000))
        load.documents(DocumentColumns(page_count=[0], title=["half \ud800 a pair"]))
    indexes = content(case)[2]
    assert {(index.name,) for index in BULK_INDEXES} <= set(indexes)  # type: ignore[arg-type, call-overload]
    assert case.verify().problems == ()


def test_nothing_at_all_can_be_loaded(case: CaseFile, production: int) -> None:
    """An agency can hand over an empty volume."""
    with case.bulk_load(production) as load:
        load.documents(DocumentColumns(page_count=[]))
        load.pages(PageColumns(page_in_file=[]))
    assert case.documents(DocumentQuery()).total == 0


def test_a_column_of_another_length_is_refused() -> None:
    """Shifted columns are the fault of other importers."""
    with pytest.raises(ValueError, match="title has 2 values, not 3"):
        DocumentColumns(page_count=[0, 0, 0], title=["a", "b"])
    with pytest.raises(ValueError, match="file_id has 1 values, not 2"):
        PageColumns(page_in_file=[1, 2], file_id=[1])


def test_a_parent_may_stand_in_a_later_row(case: CaseFile, production: int) -> None:
    """Load files list attachments before their e-mail; this was an error of the database."""
    with case.bulk_load(production) as load:
        first = load.first_document_id
        load.documents(DocumentColumns(page_count=[1, 1], control=["att 1", "att 2"], parent_id=[first + 1, first + 2]))
        load.documents(DocumentColumns(page_count=[1], control=["mail"], parent_id=[None]))
        load.pages(PageColumns(page_in_file=[1, 1, 1]))
    assert [document.parent_id for document in case.all_documents(production)] == [first + 1, first + 2, None]
    assert case.verify().problems == ()
