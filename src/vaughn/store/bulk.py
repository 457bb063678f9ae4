"""Loading the documents and pages of a production at once.

Rows go to the driver as tuples, seals of whole leaves are made from the same columns, and the indexes of the document
table make way when the load is larger than what was there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate, chain, repeat
from types import TracebackType
from typing import TYPE_CHECKING, Any

from sqlalchemy import Table

from vaughn.model import DocumentKind, DocumentState, InputError
from vaughn.store.bulk_indexes import BulkIndexes
from vaughn.store.codes import CODE
from vaughn.store.database import unstorable_values
from vaughn.store.given import DocumentColumns, PageColumns
from vaughn.store.schema import DOCUMENT, PAGE, PAGE_LABEL
from vaughn.store.seals import BLOCK_ROWS, COLUMNS, column_digest, save_leaves

if TYPE_CHECKING:
    from vaughn.store.writing import Writing

# Below this many documents, keeping all indexes up to date row by row is quicker than building any.
_REBUILD_FROM = 5_000
# Rows in one INSERT: at 128 a row costs three quarters of what it costs alone, more gains nothing.
_STATEMENT_ROWS = 128
Column = Sequence[Any]


class BulkLoad:
    """Loads documents, then (or meanwhile) their pages in the same order. Use as a context manager.

    Attributes:
        change: The transaction it belongs to; other writes can go into it.
        first_document_id, first_page_id: Ids of the first document and page that will be loaded.
    """

    def __init__(self, change: Writing, production_id: int) -> None:
        self.change = change
        # A load file may name a parent that stands in a later row: references are checked when all rows are in.
        change.connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        self._production_id = production_id
        self.first_document_id = change.next_id(DOCUMENT)
        self.first_page_id = change.next_id(PAGE)
        self._ordinal = change.ids(
            "SELECT coalesce(max(ordinal), 0) FROM document WHERE production_id = ?", production_id
        )[0]
        self._expected_pages = 0
        self._loaded_pages = 0
        self._prefixes: set[str] = set()
        self._indexes = BulkIndexes(change.connection)

    def __enter__(self) -> BulkLoad:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()

    def documents(self, columns: DocumentColumns) -> None:
        """Load one batch of documents; their pages are counted on from the last batch."""
        count = len(columns)
        if not count:
            return
        first = self.change.next_id(DOCUMENT)
        page_count = _plain(columns.page_count)
        before = self.first_page_id + self._expected_pages
        starts = list(accumulate(page_count, initial=before))[:-1]
        self._expected_pages += sum(page_count)
        if columns.prefix is not None:
            self._prefixes.update(prefix for prefix in set(columns.prefix) if prefix is not None)
        values: dict[str, Column] = {
            "id": range(first, first + count),
            "production_id": [self._production_id] * count,
            "ordinal": range(self._ordinal + 1, self._ordinal + count + 1),
            "state": [CODE[DocumentState.CURRENT]] * count,
            "first_page_id": [start if pages else None for start, pages in zip(starts, page_count, strict=True)],
            "page_count": page_count,
            "kind": _kind_codes(columns.kind or [DocumentKind.UNKNOWN] * count),
            "load_file_id": [columns.load_file_id] * count,
            "page_load_file_id": [columns.page_load_file_id] * count,
            "language": [None] * count,  # nobody has read a page yet
        }
        for name in COLUMNS["document"].names:
            if name not in values:
                values[name] = _filled(getattr(columns, name), count)
        if self._is_large(count):
            self._indexes.make_way(values)
        self._ordinal += count
        self._insert(DOCUMENT, [values[name] for name in COLUMNS["document"].names], first)

    def pages(self, columns: PageColumns) -> None:
        """Load one batch of pages, in the order of their documents."""
        count = len(columns)
        if not count:
            return
        first = self.change.next_id(PAGE)
        none: Column = [None] * count
        self._insert(
            PAGE,
            [
                range(first, first + count),
                _filled(columns.file_id, count),
                _plain(columns.page_in_file),
                _filled(columns.list_start, count),
                none,
                none,
                [0] * count,
                none,
                none,
                none,
            ],
            first,
        )
        if columns.label is not None:
            self._labels((first + at, label) for at, label in enumerate(columns.label) if label is not None)
        self._loaded_pages += count

    def close(self) -> None:
        """Build the indexes that made way.

        Raises:
            InputError: If not as many pages were loaded as the documents have.
        """
        if self._loaded_pages != self._expected_pages:
            raise InputError(f"The documents have {self._expected_pages} pages, {self._loaded_pages} were loaded.")
        self._indexes.build()
        self.change.add_prefixes(self._production_id, self._prefixes)
        self.change.note(documents=self.change.next_id(DOCUMENT) - self.first_document_id, pages=self._loaded_pages)

    def _labels(self, labels: Iterable[tuple[int, str]]) -> None:
        from vaughn.store.read_bates import folded_label  # noqa: PLC0415

        self.change.insert(
            PAGE_LABEL,
            ("page_id", "label", "folded"),
            [(page_id, label, folded_label(label)) for page_id, label in labels],
        )

    def _is_large(self, count: int) -> bool:
        loaded = self.change.next_id(DOCUMENT) - self.first_document_id + count
        return loaded >= _REBUILD_FROM and loaded >= self.first_document_id - 1

    def _insert(self, table: Table, columns: list[Column], first: int) -> None:
        driver: Any = self.change.connection.connection.driver_connection
        count = len(columns[0])
        # The first column is the id; left NULL, SQLite counts on from the last row, which is what `first` is.
        names = COLUMNS[table.name].names[1:]
        values = {name: column for name, column in zip(names, columns[1:], strict=True) if not _is_null(column)}
        sql, width = _insertion(table.name, values)
        rows = _STATEMENT_ROWS
        varying = [column for column in values.values() if _literal(column) is None]
        whole = count - count % rows if width else 0
        flat = chain.from_iterable(zip(*(column[:whole] for column in varying), strict=True))
        rest = zip(*(column[whole:] for column in varying), strict=True) if width else repeat((), count)
        with unstorable_values(table.name):
            if whole:
                driver.executemany(sql(rows), zip(*[flat] * (width * rows), strict=True))
            driver.executemany(sql(1), rest)
        self.change.skip_ids(table, count)
        self._seal(table, columns, first, count)

    def _seal(self, table: Table, columns: list[Column], first: int, count: int) -> None:
        """Seal the leaves that lie wholly in this batch; leave the ragged ends to the end of the transaction."""
        whole = -(-first // BLOCK_ROWS) * BLOCK_ROWS
        end = (first + count) // BLOCK_ROWS * BLOCK_ROWS
        if whole >= end:
            self.change.touched.rows(table.name, range(first, first + count))
            return
        self.change.touched.rows(table.name, range(first, whole))
        self.change.touched.rows(table.name, range(end, first + count))
        leaves = range(whole // BLOCK_ROWS, end // BLOCK_ROWS)
        digests = [_digests(column, whole - first, len(leaves)) for column in columns]
        save_leaves(
            self.change.connection,
            COLUMNS[table.name],
            zip(leaves, (b"".join(leaf) for leaf in zip(*digests, strict=True)), strict=True),
        )
        for leaf in leaves:
            self.change.touched.leaf(table.name, leaf)


def _kind_codes(kinds: Sequence[DocumentKind]) -> Column:
    first = kinds[0]
    return [CODE[first]] * len(kinds) if kinds.count(first) == len(kinds) else [CODE[kind] for kind in kinds]


def _insertion(table: str, values: dict[str, Column]) -> tuple[Callable[[int], str], int]:
    """Return what makes the SQL to insert a number of rows, and how many values a row takes."""
    literals = [_literal(column) for column in values.values()]
    row = f"({', '.join('?' if literal is None else literal for literal in literals)})"
    # Names come from the schema, never from outside.
    start = f'INSERT INTO "{table}" ({", ".join(values)}) VALUES '  # noqa: S608
    return (lambda rows: start + ", ".join([row] * rows)), literals.count(None)


def _is_same(column: Column) -> bool:
    return column[0] == column[-1] and isinstance(column, list) and column.count(column[0]) == len(column)


def _is_null(column: Column) -> bool:
    return column[0] is None and _is_same(column)


def _literal(column: Column) -> str | None:
    """Return the number that stands in every row, as SQL, `None` if there is none such."""
    return str(column[0]) if isinstance(column[0], int) and _is_same(column) else None


def _digests(column: Column, start: int, leaves: int) -> Iterable[bytes]:
    if isinstance(column, range):
        column = list(column)
    elif _is_same(column):
        return repeat(column_digest(column[:BLOCK_ROWS]), leaves)
    return [column_digest(column[at : at + BLOCK_ROWS]) for at in range(start, start + leaves * BLOCK_ROWS, BLOCK_ROWS)]


def _filled(column: Column | None, count: int) -> Column:
    return [None] * count if column is None else _plain(column)


def _plain(column: Column) -> list[Any]:
    """Return a list of plain Python values, also from an array."""
    if isinstance(column, list):
        return column
    as_list = getattr(column, "tolist", None)
    return as_list() if as_list is not None else list(column)
