"""The event log: each entry names the state of the case after it and the entry before it.

`hash` is the SHA-256 of the JSON array [sequence, at, actor, verb, objects, state, previous] of the stored values
(`objects` is itself JSON text). Nothing in the log can be changed without changing every later hash, and the last
hash vouches for the whole case.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Connection

from vaughn.model import Event
from vaughn.store.database import REVISION
from vaughn.store.given import Actor
from vaughn.store.seals import COLUMNS, SealedColumns, block_of, roots, seal, state_digest
from vaughn.store.stored import Head

FIRST_PREVIOUS = "0" * 64
Objects = Mapping[str, str | int | None]
_EVENTS = "SELECT sequence, at, actor, verb, objects, state, previous, hash FROM event"


def event_hash(fields: Sequence[int | str]) -> str:
    """Return the hash an entry has to carry, from its fields as they are stored, `hash` aside."""
    return hashlib.sha256(orjson.dumps(fields)).hexdigest()


def moment_text(moment: datetime) -> str:
    """Return an aware moment as it stands in the tables: ISO 8601 in UTC, microseconds."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return moment.isoformat(timespec="microseconds")


def head(connection: Connection) -> Head:
    """Return sequence and hash of the last event; (0, 64 zeros) before the first."""
    row = connection.exec_driver_sql("SELECT sequence, hash FROM event ORDER BY sequence DESC LIMIT 1").fetchone()
    return Head(0, FIRST_PREVIOUS) if row is None else Head(row[0], row[1])


def state_now(
    connection: Connection, *, revision: str = REVISION, tables: Mapping[str, SealedColumns] = COLUMNS
) -> str:
    """Return the digest of the whole state; the trees of all tables must be up to date."""
    return state_digest(revision, roots(connection), columns_by_table=tables)


def append_event(connection: Connection, actor: Actor, *, verb: str, objects: Objects, state: str) -> Head:
    """Write down what was just done.

    Args:
        state: See `state_now`.
    """
    last = head(connection)
    fields = (
        last.sequence + 1,
        moment_text(actor.clock()),
        actor.name,
        verb,
        orjson.dumps(dict(objects), option=orjson.OPT_SORT_KEYS).decode(),
        state,
        last.hash,
    )
    made = Head(last.sequence + 1, event_hash(fields))
    connection.exec_driver_sql("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (*fields, made.hash))
    seal(connection, COLUMNS["event"], stale={block_of(made.sequence)})
    return made


def events(connection: Connection, *, after: int = 0, limit: int | None = None) -> Iterator[Event]:
    """Return the entries after sequence *after*, oldest first."""
    rows = connection.exec_driver_sql(
        f"{_EVENTS} WHERE sequence > ? ORDER BY sequence LIMIT ?", (after, -1 if limit is None else limit)
    )
    yield from map(_event, rows)


def last_event(connection: Connection, verb: str, *, production: int) -> Event | None:
    """Return the newest entry with *verb* that names a production."""
    rows = connection.exec_driver_sql(f"{_EVENTS} WHERE verb = ? ORDER BY sequence DESC", (verb,))
    return next((event for event in map(_event, rows) if event.objects.get("production") == production), None)


def _event(row: Sequence[Any]) -> Event:
    sequence, at, actor, verb, objects, state, previous, digest = row
    return Event(sequence, datetime.fromisoformat(at), actor, verb, orjson.loads(objects), state, previous, digest)
