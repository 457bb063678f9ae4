"""The event log: each entry names the state of the case after it and the entry before it.

`hash` is the SHA-256 of the JSON array [sequence, at, actor, verb, objects, state, previous], so nothing in the log
can be changed without changing every later hash, and the last hash vouches for the whole case.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime

import orjson
from sqlalchemy import Connection

from vaughn.model import Event
from vaughn.store.given import Actor
from vaughn.store.seals import COLUMNS, roots, seal, state_digest
from vaughn.store.stored import Head

FIRST_PREVIOUS = "0" * 64
Objects = Mapping[str, str | int | None]


def event_hash(event: Event) -> str:
    """Return the hash that *event* has to carry."""
    fields = [
        event.sequence,
        moment_text(event.at),
        event.actor,
        event.verb,
        dict(event.objects),
        event.state,
        event.previous,
    ]
    return hashlib.sha256(orjson.dumps(fields, option=orjson.OPT_SORT_KEYS)).hexdigest()


def moment_text(moment: datetime) -> str:
    """Return an aware moment as it stands in the tables: ISO 8601 in UTC, microseconds."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return moment.isoformat(timespec="microseconds")


def head(connection: Connection) -> Head:
    """Return sequence and hash of the last event; (0, 64 zeros) before the first."""
    row = connection.exec_driver_sql("SELECT sequence, hash FROM event ORDER BY sequence DESC LIMIT 1").fetchone()
    return Head(0, FIRST_PREVIOUS) if row is None else Head(row[0], row[1])


def append_event(connection: Connection, actor: Actor, *, verb: str, objects: Objects, revision: str) -> Head:
    """Write down what was just done; the trees of all tables must be up to date."""
    last = head(connection)
    event = Event(
        sequence=last.sequence + 1,
        at=actor.clock(),
        actor=actor.name,
        verb=verb,
        objects=objects,
        state=state_digest(revision, roots(connection)),
        previous=last.hash,
        hash="",
    )
    digest = event_hash(event)
    connection.exec_driver_sql(
        "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            event.sequence,
            moment_text(event.at),
            event.actor,
            event.verb,
            orjson.dumps(dict(objects), option=orjson.OPT_SORT_KEYS).decode(),
            event.state,
            event.previous,
            digest,
        ),
    )
    seal(connection, COLUMNS["event"], stale={event.sequence >> 8})
    return Head(event.sequence, digest)


def events(connection: Connection, *, after: int = 0, limit: int | None = None) -> Iterator[Event]:
    """Return the entries after sequence *after*, oldest first."""
    rows = connection.exec_driver_sql(
        "SELECT sequence, at, actor, verb, objects, state, previous, hash FROM event"
        " WHERE sequence > ? ORDER BY sequence LIMIT ?",
        (after, -1 if limit is None else limit),
    )
    for sequence, at, actor, verb, objects, state, previous, digest in rows:
        moment = datetime.fromisoformat(at)
        yield Event(sequence, moment, actor, verb, orjson.loads(objects), state, previous, digest)
