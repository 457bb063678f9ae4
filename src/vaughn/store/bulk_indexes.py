"""Which indexes of the document table are kept up to date while many documents are loaded, and which built afterwards.

An entry that goes to the end of an index costs less than half of what building the index costs a row, one that goes
somewhere into it twice as much and more (measured with a million rows). So an index stays as long as the rows come in
its order; at the first rows that do not, it is dropped and built again when all rows are in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Index

from vaughn.store.schema import BULK_INDEXES

# Rows compared: neighbours in a little disorder go to the same few pages of an index.
_EVERY = 64


class BulkIndexes:
    """The indexes of the document table during one load."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._kept: list[Index] = list(BULK_INDEXES)
        self._dropped: list[Index] = []
        self._last: dict[str | None, tuple[object, ...]] = {}

    def make_way(self, columns: Mapping[str, Sequence[Any]]) -> None:
        """Drop the indexes in whose order the rows of *columns* do not come."""
        for index in list(self._kept):
            names = [column.name for column in index.columns]
            keys = list(zip(*(_comparable(columns[name][::_EVERY]) for name in names), strict=True))
            before = [self._last[index.name]] if index.name in self._last else []
            if all(first <= second for first, second in zip([*before, *keys], [*before, *keys][1:], strict=False)):
                self._last[index.name] = keys[-1]
            else:
                index.drop(self._connection)
                self._kept.remove(index)
                self._dropped.append(index)

    def build(self) -> None:
        """Build the dropped indexes."""
        for index in self._dropped:
            index.create(self._connection)
        self._dropped.clear()


def _comparable(values: Sequence[Any]) -> list[tuple[bool, Any]]:
    """Return values as the database orders them: unknown ones first."""
    return [(value is not None, 0 if value is None else value) for value in values]
