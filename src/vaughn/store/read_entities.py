"""Reading what people say about the lawsuit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from vaughn.model import Confidence, Entity, Rank, Source, Statement
from vaughn.store.codes import decoded
from vaughn.store.stored import EntityFile

_STATEMENT = "SELECT entity_id, id, field, value, source_id, confidence, rank, note, at FROM statement"
_FILE = "SELECT id, entity_id, name, sha256, size_bytes, media_type FROM entity_file"


def sources(connection: Connection) -> tuple[Source, ...]:
    """Return all sources."""
    rows = connection.exec_driver_sql("SELECT id, key, title, citation, kind, url FROM fact_source ORDER BY id")
    return tuple(Source(*row) for row in rows)


def entities(connection: Connection, kinds: Sequence[str], *, withdrawn: bool) -> tuple[Entity, ...]:
    """Return the entities of *kinds* (of all), in the order they were entered."""
    marks = ", ".join("?" * len(kinds))
    narrowed = f" AND kind IN ({marks})" if kinds else ""
    where = f"withdrawn <= ?{narrowed}"
    values = (int(withdrawn), *kinds)
    rows = connection.exec_driver_sql(
        f"SELECT id, kind, key, withdrawn FROM entity WHERE {where} ORDER BY id",  # noqa: S608 - only marks
        values,
    ).fetchall()
    said: defaultdict[int, list[Statement]] = defaultdict(list)
    for entity_id, *row in connection.exec_driver_sql(
        f"{_STATEMENT} WHERE entity_id IN (SELECT id FROM entity WHERE {where}) ORDER BY id",  # noqa: S608 - only marks
        values,
    ):
        said[entity_id].append(_statement(row))
    return tuple(Entity(row[0], row[1], row[2], tuple(said[row[0]]), bool(row[3])) for row in rows)


def entity(connection: Connection, reference: str) -> Entity | None:
    """Return the entity named ``kind/key``."""
    kind, _, key = reference.partition("/")
    row = connection.exec_driver_sql(
        "SELECT id, kind, key, withdrawn FROM entity WHERE kind = ? AND key = ?", (kind, key)
    ).fetchone()
    if row is None:
        return None
    said = connection.exec_driver_sql(f"{_STATEMENT} WHERE entity_id = ? ORDER BY id", (row[0],))
    return Entity(row[0], row[1], row[2], tuple(_statement(found[1:]) for found in said), bool(row[3]))


def entity_files(connection: Connection, entity_id: int | None) -> tuple[EntityFile, ...]:
    """Return the files of one entity (of all)."""
    rows = connection.exec_driver_sql(f"{_FILE} WHERE ?1 IS NULL OR entity_id = ?1 ORDER BY id", (entity_id,))
    return tuple(EntityFile(*row) for row in rows)


def _statement(row: Sequence[Any]) -> Statement:
    statement_id, field, value, source_id, confidence, rank, note, at = row
    return Statement(
        statement_id,
        field,
        value,
        source_id,
        decoded(Confidence, confidence),
        decoded(Rank, rank),
        note,
        datetime.fromisoformat(at),
    )
