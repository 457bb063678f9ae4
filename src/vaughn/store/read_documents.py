"""Reading documents, their pages, files, links and divisions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import orjson
from sqlalchemy import Connection
from sqlalchemy.engine.interfaces import DBAPICursor

from vaughn.model import (
    BatesNumber,
    Blob,
    DocumentKind,
    DocumentState,
    FileRole,
    LayerState,
    Page,
    PageSize,
    ProducedDocument,
    SourceFile,
    TextSource,
)
from vaughn.store.codes import decoded
from vaughn.store.stored import Cut, Division, DivisionState, DocumentLink, RowPlace

_DOCUMENT_COLUMNS = (
    "id, production_id, ordinal, state, control, prefix, begin_number, end_number, width, suffix, first_page_id,"
    " page_count, parent_id, family_id, kind, custodian, title, sender, recipients, date, file_name, native_file_id,"
    " text_file_id, load_file_id, row_line, language"
)
_FILE = "SELECT id, production_id, path, role, sha256, size_bytes, media_type, refused FROM source_file"
_PAGE = (
    "SELECT page.id, file_id, page_in_file, width_pt, height_pt, text_source, stamped, page.language, layer, label"
    " FROM page LEFT JOIN page_label ON page_label.page_id = page.id"
)
_ID_BATCH = 500


def document_of(row: Sequence[Any]) -> ProducedDocument:
    """Return the document a row stands for."""
    (
        document_id,
        production_id,
        ordinal,
        state,
        control,
        prefix,
        begin_number,
        end_number,
        width,
        suffix,
        first_page_id,
        page_count,
        parent_id,
        family_id,
        kind,
        custodian,
        title,
        sender,
        recipients,
        date,
        file_name,
        native_file_id,
        text_file_id,
        load_file_id,
        row_line,
        language,
    ) = row
    begin = end = None
    if begin_number is not None:
        begin = BatesNumber(prefix or "", begin_number, suffix or "", width or 1)
    if end_number is not None:
        end = BatesNumber(prefix or "", end_number, suffix or "", width or 1)
    return ProducedDocument(
        id=document_id,
        production_id=production_id,
        ordinal=ordinal,
        state=decoded(DocumentState, state),
        control=control if control is not None else str(begin or ""),
        begin=begin,
        end=end,
        first_page_id=first_page_id,
        page_count=page_count,
        parent_id=parent_id,
        family_id=document_id if family_id is None else family_id,
        kind=decoded(DocumentKind, kind),
        custodian=custodian,
        title=title,
        sender=sender,
        recipients=recipients,
        date=date,
        file_name=file_name,
        native_file_id=native_file_id,
        text_file_id=text_file_id,
        row=None if load_file_id is None or row_line is None else (load_file_id, row_line),
        language=language,
    )


def documents_by_id(connection: Connection, ids: Sequence[int]) -> list[ProducedDocument]:
    """Return documents in the order of *ids*; unknown ids are left out."""
    found: dict[int, ProducedDocument] = {}
    for at in range(0, len(ids), _ID_BATCH):
        some = tuple(ids[at : at + _ID_BATCH])
        marks = ", ".join("?" * len(some))
        rows = connection.exec_driver_sql(f"SELECT {_DOCUMENT_COLUMNS} FROM document WHERE id IN ({marks})", some)  # noqa: S608
        found.update((row[0], document_of(row)) for row in rows)
    return [found[document_id] for document_id in ids if document_id in found]


def all_documents(
    connection: Connection, *, production_id: int | None, current_only: bool
) -> Iterator[ProducedDocument]:
    """Return the documents of a production (of all) in the order of their ids, a batch in memory at a time."""
    last = 0
    while True:
        rows = connection.exec_driver_sql(
            f"SELECT {_DOCUMENT_COLUMNS} FROM document WHERE id > ?1 AND (?2 IS NULL OR production_id = ?2)"  # noqa: S608
            " AND (NOT ?3 OR state = 0) ORDER BY id LIMIT 10000",
            (last, production_id, current_only),
        ).fetchall()
        if not rows:
            return
        for row in rows:
            yield document_of(row)
        last = rows[-1][0]


def family(connection: Connection, document: ProducedDocument) -> list[ProducedDocument]:
    """Return the current members of a document's family in production order, itself included."""
    rows = connection.exec_driver_sql(
        f"SELECT {_DOCUMENT_COLUMNS} FROM document WHERE (family_id = ?1 OR id = ?1) AND (state = 0 OR id = ?2)"  # noqa: S608
        " ORDER BY ordinal, id",
        (document.family_id, document.id),
    )
    return [document_of(row) for row in rows]


def row_place(connection: Connection, document_id: int) -> RowPlace | None:
    """Return where the row of a document stands in its load file."""
    row = connection.exec_driver_sql(
        "SELECT load_file_id, row_line, row_start, row_end, page_load_file_id FROM document WHERE id = ?",
        (document_id,),
    ).fetchone()
    return None if row is None else RowPlace(*row)


def raw_row(connection: Connection, *, load_file_id: int, line: int) -> tuple[str, ...] | None:
    """Return a kept raw row."""
    row = connection.exec_driver_sql(
        "SELECT row_values FROM raw_row WHERE load_file_id = ? AND line = ?", (load_file_id, line)
    ).fetchone()
    return None if row is None else tuple(orjson.loads(row[0]))


def raw_rows(connection: Connection, *, load_file_id: int, limit: int) -> tuple[tuple[str, ...], ...]:
    """Return the first kept raw rows of a load file."""
    rows = connection.exec_driver_sql(
        "SELECT row_values FROM raw_row WHERE load_file_id = ? ORDER BY line LIMIT ?", (load_file_id, limit)
    )
    return tuple(tuple(orjson.loads(row[0])) for row in rows)


def file_of(row: Sequence[Any]) -> SourceFile:
    """Return the source file a row stands for."""
    file_id, production_id, path, role, sha256, size_bytes, media_type, refused = row
    blob = None if sha256 is None else Blob(sha256, size_bytes)
    return SourceFile(file_id, production_id, path, decoded(FileRole, role), blob, media_type, refused)


def source_file(connection: Connection, file_id: int) -> SourceFile | None:
    """Return one file."""
    row = connection.exec_driver_sql(f"{_FILE} WHERE id = ?", (file_id,)).fetchone()
    return None if row is None else file_of(row)


def source_files(connection: Connection, *, production_id: int) -> Iterator[SourceFile]:
    """Return the files of a production in the order of their ids."""
    last = 0
    while True:
        rows = connection.exec_driver_sql(
            f"{_FILE} WHERE id > ? AND production_id = ? ORDER BY id LIMIT 10000", (last, production_id)
        ).fetchall()
        if not rows:
            return
        for row in rows:
            yield file_of(row)
        last = rows[-1][0]


def _is_beyond(document: ProducedDocument, number: int) -> bool:
    """Tell whether a page without load file lies past the range that was proved: it has no number."""
    begin, end = document.begin, document.end
    return document.row is None and begin is not None and end is not None and begin.number + number - 1 > end.number


def _page_of(row: Sequence[Any], document: ProducedDocument) -> Page:
    page_id, file_id, page_in_file, width_pt, height_pt, text_source, stamped, language, layer_code, label = row
    number = page_id - (document.first_page_id or page_id) + 1
    if label is None and document.begin is not None and not _is_beyond(document, number):
        label = str(document.begin.shifted(number - 1))
    size = PageSize(width_pt, height_pt) if width_pt is not None and height_pt is not None else None
    source = decoded(TextSource, text_source)
    layer = None if layer_code is None else decoded(LayerState, layer_code)
    return Page(page_id, number, label, file_id, page_in_file, size, source, stamped or None, language, layer)


def pages(connection: Connection, document: ProducedDocument, *, first: int, last: int | None) -> list[Page]:
    """Return the pages *first* to *last* of a document, both included, from 1."""
    if document.first_page_id is None:
        return []
    end = document.page_count if last is None else min(last, document.page_count)
    rows = connection.exec_driver_sql(
        f"{_PAGE} WHERE page.id BETWEEN ? AND ? ORDER BY page.id",
        (document.first_page_id + max(first, 1) - 1, document.first_page_id + end - 1),
    )
    return [_page_of(row, document) for row in rows]


def document_id_of_page(connection: Connection, page_id: int) -> int | None:
    """Return the current document that a page stands in (the one that would count, if none does)."""
    rows = connection.exec_driver_sql(
        "SELECT id, state, first_page_id + page_count FROM document WHERE first_page_id <= ? AND first_page_id >= ?"
        " ORDER BY first_page_id DESC, id DESC LIMIT 200",
        (page_id, 0),
    ).fetchall()
    holding = [(state != 0, -document_id, document_id) for document_id, state, end in rows if page_id < end]
    if not holding or min(holding)[0]:
        # A large undivided document may begin further back than its undone parts.
        wider = connection.exec_driver_sql(
            "SELECT document.id, document.state FROM division JOIN document ON document.id = document_id"
            " WHERE first_page_id <= ?1 AND first_page_id + page_count > ?1",
            (page_id,),
        )
        holding.extend((state != 0, -document_id, document_id) for document_id, state in wider)
    return min(holding)[2] if holding else None


def page(connection: Connection, page_id: int, document: ProducedDocument) -> Page | None:
    """Return one page of *document*."""
    row = connection.exec_driver_sql(f"{_PAGE} WHERE page.id = ?", (page_id,)).fetchone()
    return None if row is None else _page_of(row, document)


def packed_words(cursor: DBAPICursor, page_id: int) -> bytes | None:
    """Return the packed words of a page as they were stored."""
    cursor.execute("SELECT packed FROM page_words WHERE page_id = ?", (page_id,))
    row = cursor.fetchone()
    return None if row is None else row[0]


def links(connection: Connection, document_id: int) -> tuple[DocumentLink, ...]:
    """Return how files came to a document."""
    rows = connection.exec_driver_sql(
        "SELECT document_id, role, file_id, path, matched_by FROM link WHERE document_id = ? ORDER BY id",
        (document_id,),
    )
    return tuple(DocumentLink(at, decoded(FileRole, role), file_id, path, by) for at, role, file_id, path, by in rows)


_DIVISION = (
    "SELECT document_id, division.production_id, coalesce(control, ''), page_count, division.state, cuts,"
    " prefix, begin_number, width, suffix FROM division JOIN document ON document.id = document_id"
)


def _division_of(row: Sequence[Any]) -> Division:
    document_id, production_id, control, page_count, state, cuts, prefix, number, width, suffix = row
    if not control and number is not None:
        control = str(BatesNumber(prefix or "", number, suffix or "", width or 1))
    made = tuple(Cut(*cut) for cut in orjson.loads(cuts))
    return Division(document_id, production_id, control, page_count, decoded(DivisionState, state), made)


def division(connection: Connection, document_id: int) -> Division | None:
    """Return how a document was divided."""
    row = connection.exec_driver_sql(f"{_DIVISION} WHERE document_id = ?", (document_id,)).fetchone()
    return None if row is None else _division_of(row)


def divisions(connection: Connection, production_id: int) -> tuple[Division, ...]:
    """Return the divisions of a production."""
    rows = connection.exec_driver_sql(
        f"{_DIVISION} WHERE division.production_id = ? ORDER BY division.id", (production_id,)
    )
    return tuple(_division_of(row) for row in rows)
