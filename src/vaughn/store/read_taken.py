"""Reading what was taken in: handovers, files with their origin, facts, words that are not shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import orjson
from sqlalchemy import Connection

from vaughn.model import (
    DocumentState,
    FileOrigin,
    FileRole,
    Handover,
    LayerState,
    PageSize,
    PartRole,
    TextSource,
    facts_from_json,
)
from vaughn.store.codes import CODE, decoded
from vaughn.store.given_taken import RecordPage, StoredRecord, TakenFile
from vaughn.store.stored import TaskState

_HANDOVER = (
    "SELECT production_id, from_whom, received_by, handed_on, custodian, device, medium, note, root, files, size_bytes,"
    " digest_before, digest_after, rules, finished_at FROM handover"
)
_ORIGIN = (
    "SELECT file_id, container_id, position, part, document_id, md5, sha1, modified_at, created_at FROM file_origin"
)
_TAKEN = (
    "SELECT f.id, o.container_id, o.position, o.part, f.path, f.role, f.media_type, f.sha256, f.size_bytes, f.refused,"
    " o.document_id, d.state, t.state, t.payload, t.code, t.reason, t.attempts"
    " FROM source_file f JOIN file_origin o ON o.file_id = f.id LEFT JOIN document d ON d.id = o.document_id"
    " LEFT JOIN task t ON t.production_id = f.production_id AND t.key = CAST(f.id AS TEXT)"
    " AND t.kind IN (SELECT value FROM json_each(?2)) WHERE f.production_id = ?1"
)


def handover(connection: Connection, production_id: int) -> Handover | None:
    """Return who handed a production over."""
    row = connection.exec_driver_sql(f"{_HANDOVER} WHERE production_id = ?", (production_id,)).fetchone()
    return None if row is None else _handover(row)


def handovers(connection: Connection) -> tuple[Handover, ...]:
    """Return all handovers, oldest production first."""
    return tuple(_handover(row) for row in connection.exec_driver_sql(f"{_HANDOVER} ORDER BY production_id"))


def _handover(row: Sequence[Any]) -> Handover:
    finished = None if row[14] is None else datetime.fromisoformat(row[14])
    held = Handover(row[0], row[1], row[2], date.fromisoformat(row[3]), *row[4:14])
    return replace(held, finished_at=finished)


def origin(connection: Connection, file_id: int) -> FileOrigin | None:
    """Return where a file came from."""
    row = connection.exec_driver_sql(f"{_ORIGIN} WHERE file_id = ?", (file_id,)).fetchone()
    return None if row is None else _origin(row)


def origin_of_document(connection: Connection, document_id: int) -> FileOrigin | None:
    """Return where the file a document was made from came from."""
    file_id = connection.exec_driver_sql("SELECT native_file_id FROM document WHERE id = ?", (document_id,)).scalar()
    return None if file_id is None else origin(connection, file_id)


def origins(connection: Connection, production_id: int) -> Iterator[FileOrigin]:
    """Return where the files of a production came from, in the order of their ids."""
    rows = connection.exec_driver_sql(
        f"{_ORIGIN} WHERE file_id IN"  # noqa: S608 - ours
        " (SELECT id FROM source_file WHERE production_id = ?) ORDER BY file_id",
        (production_id,),
    )
    yield from map(_origin, rows)


def _origin(row: Sequence[Any]) -> FileOrigin:
    part = None if row[3] is None else decoded(PartRole, row[3])
    return FileOrigin(row[0], row[1], row[2], part, *row[4:])


def record(connection: Connection, document_id: int) -> StoredRecord | None:
    """Return what a document says of itself, `None` if it was not taken in."""
    row = connection.exec_driver_sql(
        "SELECT document_id, facts, identity FROM record WHERE document_id = ?", (document_id,)
    ).fetchone()
    return None if row is None else _record(row)


def records(connection: Connection, production_id: int | None) -> Iterator[StoredRecord]:
    """Return the facts of a production's documents (of all), copies and all, in the order of their ids."""
    rows = connection.exec_driver_sql(
        "SELECT r.document_id, r.facts, r.identity FROM record r JOIN document d ON d.id = r.document_id"
        " WHERE ?1 IS NULL OR d.production_id = ?1 ORDER BY r.document_id",
        (production_id,),
    )
    yield from map(_record, rows)


def _record(row: Sequence[Any]) -> StoredRecord:
    return StoredRecord(row[0], facts_from_json(row[1]), row[2])


def taken_files(connection: Connection, production_id: int, *, kinds: Sequence[str]) -> Iterator[TakenFile]:
    """Return the files of a taking in with what became of them, in the order of their ids.

    Args:
        kinds: Of the tasks that read files, by whose key the file is named; a file has one of them.
    """
    for row in connection.exec_driver_sql(f"{_TAKEN} ORDER BY f.id", (production_id, _listed(kinds))):
        yield _taken(row)


def taken_files_of(
    connection: Connection, production_id: int, file_ids: Sequence[int], *, kinds: Sequence[str]
) -> Iterator[TakenFile]:
    """Return some files of a taking in, in the order of their ids."""
    sql = f"{_TAKEN} AND f.id IN (SELECT value FROM json_each(?3)) ORDER BY f.id"  # noqa: S608 - ours
    ids = orjson.dumps(list(file_ids)).decode()
    yield from map(_taken, connection.exec_driver_sql(sql, (production_id, _listed(kinds), ids)))


def _listed(kinds: Sequence[str]) -> str:
    return orjson.dumps(list(kinds)).decode()


def _taken(row: Sequence[Any]) -> TakenFile:
    file_id, container_id, position, part, path, role, media_type, sha256, size_bytes, refused, *rest = row
    document_id, state, task, payload, code, reason, attempts = rest
    return TakenFile(
        file_id,
        container_id,
        position,
        None if part is None else decoded(PartRole, part),
        path,
        decoded(FileRole, role),
        media_type,
        sha256,
        size_bytes,
        refused,
        document_id,
        None if state is None else decoded(DocumentState, state),
        None if task is None else decoded(TaskState, task),
        payload,
        code,
        reason,
        attempts or 0,
    )


@dataclass(frozen=True, slots=True)
class ReadTwin:
    """A document whose reading came to its end, and the file it was made from."""

    sha256: str
    media_type: str
    document_id: int
    file_id: int


def read_twins(connection: Connection, hashes: Sequence[str], *, kind: str) -> Iterator[ReadTwin]:
    """Return documents made from bytes with these *hashes* that were read to their end, the first of each type.

    Args:
        kind: Of the tasks that read files, by whose key the file is named.
    """
    rows = connection.exec_driver_sql(
        # CROSS JOIN keeps the order: from a few hashes to their files, not from all finished tasks.
        "SELECT f.sha256, f.media_type, o.document_id, min(f.id) FROM json_each(?1) h"
        " CROSS JOIN source_file f ON f.sha256 = h.value CROSS JOIN file_origin o ON o.file_id = f.id"
        " CROSS JOIN document d ON d.id = o.document_id"
        " CROSS JOIN task t ON t.production_id = f.production_id AND t.kind = ?2 AND t.key = CAST(f.id AS TEXT)"
        " WHERE t.state = ?3"
        " AND NOT EXISTS (SELECT 1 FROM page p WHERE p.text_source = ?4"
        " AND p.id BETWEEN d.first_page_id AND d.first_page_id + d.page_count - 1) GROUP BY f.sha256, f.media_type",
        (_listed(hashes), kind, CODE[TaskState.DONE], CODE[TextSource.UNREAD]),
    )
    yield from (ReadTwin(*row) for row in rows)


def record_pages(connection: Connection, document_id: int) -> tuple[RecordPage, ...]:
    """Return the pages of a document with their words."""
    rows = connection.exec_driver_sql(
        "SELECT p.width_pt, p.height_pt, p.text_source, w.packed, p.stamped, p.layer, w.engine FROM document d"
        " JOIN page p ON p.id BETWEEN d.first_page_id AND d.first_page_id + d.page_count - 1"
        " LEFT JOIN page_words w ON w.page_id = p.id WHERE d.id = ? ORDER BY p.id",
        (document_id,),
    )
    return tuple(
        RecordPage(
            None if width is None else PageSize(width, height),
            decoded(TextSource, source),
            packed,
            stamped,
            None if layer is None else decoded(LayerState, layer),
            engine,
        )
        for width, height, source, packed, stamped, layer, engine in rows
    )


def parts_of(connection: Connection, file_id: int) -> tuple[int, ...]:
    """Return the files that came out of a file, in their order."""
    rows = connection.exec_driver_sql(
        "SELECT file_id FROM file_origin WHERE container_id = ? ORDER BY position, file_id", (file_id,)
    )
    return tuple(row[0] for row in rows)


@dataclass(frozen=True, slots=True)
class OtherWords:
    """The version of a page's words that is not shown, and who read it.

    Args:
        chosen_by: Who chose the version that is shown instead; `None`: the program.
    """

    engine: str
    packed: bytes
    chosen_by: str | None = None


def other_words(connection: Connection, page_id: int) -> OtherWords | None:
    """Return the version of a page's words that is not shown."""
    row = connection.exec_driver_sql(
        "SELECT engine, packed, chosen_by FROM other_words WHERE page_id = ?", (page_id,)
    ).fetchone()
    return None if row is None else OtherWords(*row)


def kept_ocr(connection: Connection, digest: str, engine: str) -> bytes | None:
    """Return what OCR read from a picture with this hash, `None` if it has not."""
    found = connection.exec_driver_sql(
        "SELECT packed FROM ocr_cache WHERE digest = ? AND engine = ?", (digest, engine)
    ).scalar()
    return found if isinstance(found, bytes) else None
