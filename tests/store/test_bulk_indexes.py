"""An index that costs little to keep stays; one that does not makes way and comes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import create_engine

from vaughn.store.bulk_indexes import BulkIndexes
from vaughn.store.schema import BULK_INDEXES, DOCUMENT, METADATA

ROWS = 1000


def rows(**own: Sequence[Any]) -> Mapping[str, Sequence[Any]]:
    same = {column.name: [None] * ROWS for column in DOCUMENT.columns}
    return {**same, "state": [0] * ROWS, "ordinal": range(ROWS), **own}


def standing(columns: Sequence[Mapping[str, Sequence[Any]]]) -> tuple[set[str], set[str]]:
    """Return the indexes that stand after looking at *columns*, and after the load."""
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        METADATA.create_all(connection)
        for index in BULK_INDEXES:
            index.create(connection, checkfirst=True)
        sql = "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = 'document'"
        indexes = BulkIndexes(connection)
        for some in columns:
            indexes.make_way(some)
        during = {str(row[0]) for row in connection.exec_driver_sql(sql)}
        indexes.build()
        return during, {str(row[0]) for row in connection.exec_driver_sql(sql)}


ALL = {str(index.name) for index in BULK_INDEXES}


def test_rows_in_order_drop_no_index() -> None:
    """Entries go to the end; unknown values come first, as in the database."""
    dates = [None] * 500 + ["2010-01-01"] * 500
    assert standing([rows(begin_number=range(ROWS), date=dates)]) == (ALL, ALL)


def test_an_index_whose_order_the_rows_do_not_keep_is_built_afterwards() -> None:
    """Entries all over an index cost more than building it."""
    during, after = standing([rows(begin_number=range(ROWS, 0, -1))])
    assert (ALL - during, after) == ({"document_bates"}, ALL)


def test_a_later_batch_that_falls_back_makes_the_index_go() -> None:
    """Each batch may be in order by itself and the batches not."""
    during, after = standing([rows(date=["2011"] * ROWS), rows(ordinal=range(ROWS, 2 * ROWS), date=["2010"] * ROWS)])
    assert (ALL - during, after) == ({"document_date"}, ALL)
