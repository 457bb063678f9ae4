"""Reading all documents, files and pages of a production as columns: a million rows are no million objects."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from vaughn.model import DocumentKind, FileRole, TextSource
from vaughn.store.codes import CODE

_BATCH_ROWS = 20_000
_PAGES = """
SELECT document.id, document.page_load_file_id, page.id, page.file_id, page.page_in_file, page.list_start,
       page.width_pt, page.height_pt, page.text_source, page.stamped, page_label.label
FROM document
JOIN page ON page.id BETWEEN document.first_page_id AND document.first_page_id + document.page_count - 1
LEFT JOIN page_label ON page_label.page_id = page.id
WHERE document.production_id = ? AND document.state = 0
ORDER BY document.ordinal, page.id
"""
# By any index but the id, SQLite would sort a million rows in memory first.
_DOCUMENTS = """
SELECT id, control, prefix, begin_number, end_number, width, suffix, parent_id, kind, native_file_id, text_file_id,
       load_file_id, row_line
FROM document NOT INDEXED WHERE production_id = ? AND state = 0 ORDER BY id
"""
_FILES = """
SELECT id, path, role, sha256, size_bytes, media_type, refused IS NOT NULL
FROM source_file NOT INDEXED WHERE production_id = ? ORDER BY id
"""


@dataclass(frozen=True, slots=True)
class DocumentBatch:
    """Some thousands of current documents, column by column.

    Args:
        control: `None` where it is the begin number as printed.
        begin_number: `None` without a number; prefix, width and suffix are those of begin and end.
    """

    id: tuple[int, ...]
    control: tuple[str | None, ...]
    prefix: tuple[str | None, ...]
    begin_number: tuple[int | None, ...]
    end_number: tuple[int | None, ...]
    width: tuple[int | None, ...]
    suffix: tuple[str | None, ...]
    parent_id: tuple[int | None, ...]
    kind: tuple[DocumentKind, ...]
    native_file_id: tuple[int | None, ...]
    text_file_id: tuple[int | None, ...]
    load_file_id: tuple[int | None, ...]
    row_line: tuple[int | None, ...]

    def __len__(self) -> int:
        return len(self.id)


@dataclass(frozen=True, slots=True)
class FileBatch:
    """Some thousands of files as handed over; `sha256` and `size_bytes` are `None` without bytes."""

    id: tuple[int, ...]
    path: tuple[str, ...]
    role: tuple[FileRole, ...]
    sha256: tuple[str | None, ...]
    size_bytes: tuple[int | None, ...]
    media_type: tuple[str, ...]
    is_refused: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.id)


@dataclass(frozen=True, slots=True)
class PageBatch:
    """Some thousands of pages, column by column.

    Args:
        list_id: Page list that names the page (`None` without one), and the byte its row begins at there.
        stamped: `None` if no number was read, `NONE_PRINTED` if the margins were looked at and there is none.
        label: `None` where it follows from the begin number of the document.
    """

    document_id: tuple[int, ...]
    list_id: tuple[int | None, ...]
    page_id: tuple[int, ...]
    file_id: tuple[int | None, ...]
    page_in_file: tuple[int, ...]
    list_start: tuple[int | None, ...]
    width_pt: tuple[float | None, ...]
    height_pt: tuple[float | None, ...]
    text_source: tuple[TextSource, ...]
    stamped: tuple[str | None, ...]
    label: tuple[str | None, ...]

    def __len__(self) -> int:
        return len(self.page_id)


def page_batches(connection: Connection, production_id: int) -> Iterator[PageBatch]:
    """Return the pages of the current documents of a production in the order of the documents."""
    sources = {CODE[source]: source for source in TextSource}
    rows = connection.exec_driver_sql(_PAGES, (production_id,))
    while batch := rows.fetchmany(_BATCH_ROWS):
        columns = [tuple(column) for column in zip(*batch, strict=True)]
        columns[8] = tuple(sources[code] for code in columns[8])
        yield PageBatch(*columns)


def document_batches(connection: Connection, production_id: int) -> Iterator[DocumentBatch]:
    """Return the current documents of a production in the order of their ids."""
    kinds = {CODE[kind]: kind for kind in DocumentKind}
    rows = connection.exec_driver_sql(_DOCUMENTS, (production_id,))
    while batch := rows.fetchmany(_BATCH_ROWS):
        columns = [tuple(column) for column in zip(*batch, strict=True)]
        columns[8] = tuple(kinds[code] for code in columns[8])
        yield DocumentBatch(*columns)


def file_batches(connection: Connection, production_id: int) -> Iterator[FileBatch]:
    """Return the files of a production in the order of their ids."""
    roles = {CODE[role]: role for role in FileRole}
    rows = connection.exec_driver_sql(_FILES, (production_id,))
    while batch := rows.fetchmany(_BATCH_ROWS):
        columns = [tuple(column) for column in zip(*batch, strict=True)]
        columns[2] = tuple(roles[code] for code in columns[2])
        yield FileBatch(*columns)
