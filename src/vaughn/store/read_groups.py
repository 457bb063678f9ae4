"""Reading which documents stand together, and what groups are made from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from vaughn.model import (
    Grouping,
    GroupingState,
    GroupKind,
    GroupMember,
    GroupRole,
    GroupScope,
    RecordFacts,
    facts_from_json,
)
from vaughn.store.codes import CODE, decoded

_GROUPING = "SELECT id, kind, scope, at, state, parameters FROM grouping"
_MEMBER = (
    "SELECT grouping_id, group_number, document_id, position, role, basis, similarity, parent_id, page_id"
    " FROM group_member"
)
# One step from the document to its groups, one from there to their members; both by an index.
_GROUPS_OF = """
WITH own AS (
    SELECT DISTINCT grouping_id, group_number FROM group_member
    JOIN grouping ON grouping.id = grouping_id AND grouping.state = 0 WHERE document_id = ?1
)
SELECT g.id, g.kind, g.scope, g.at, g.state, g.parameters,
    (SELECT count(*) FROM group_member WHERE grouping_id = m.grouping_id AND group_number = m.group_number),
    m.group_number, m.document_id, m.position, m.role, m.basis, m.similarity, m.parent_id, m.page_id
FROM own
JOIN group_member AS m ON m.grouping_id = own.grouping_id AND m.group_number = own.group_number
JOIN grouping AS g ON g.id = m.grouping_id
WHERE m.position <= ?2 OR m.document_id = ?1
ORDER BY g.kind, g.id, m.group_number, m.position
"""
# Only what was taken in: a document produced twice is evidence twice.
_HELD = """
SELECT d.id, d.parent_id, d.production_id, p.name, h.handed_on, d.ordinal, d.custodian, f.path, f.sha256, r.identity,
    r.facts ->> '$.mail_folder', d.state
FROM document AS d
JOIN handover AS h ON h.production_id = d.production_id
JOIN production AS p ON p.id = d.production_id
LEFT JOIN source_file AS f ON f.id = d.native_file_id
LEFT JOIN record AS r ON r.document_id = d.id
WHERE d.state IN (0, 3){narrowed} ORDER BY d.id
"""
_MESSAGES = """
SELECT d.id, r.facts, d.title, d.sender, d.recipients, d.date, d.parent_id
FROM document AS d NOT INDEXED LEFT JOIN record AS r ON r.document_id = d.id
WHERE d.kind = 0 AND d.state = 0 ORDER BY d.id
"""
_CORRESPONDENTS = """
WITH named AS (
    SELECT r.facts -> '$.author' AS person FROM record AS r JOIN document AS d ON d.id = r.document_id
    WHERE d.state = 0 AND r.facts -> '$.author' IS NOT NULL
    UNION ALL
    SELECT each.value FROM record AS r JOIN document AS d ON d.id = r.document_id,
        json_each('["to","cc","bcc"]') AS field, json_each(r.facts, '$.' || field.value) AS each
    WHERE d.state = 0
)
SELECT person ->> '$.address', person ->> '$.name', count(*) FROM named
GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2
"""
_NAMED = """
SELECT document_id, facts ->> '$.author.address', facts ->> '$.author.name' FROM record
WHERE facts -> '$.author' IS NOT NULL
UNION ALL
SELECT r.document_id, each.value ->> '$.address', each.value ->> '$.name' FROM record AS r,
    json_each('["to","cc","bcc"]') AS field, json_each(r.facts, '$.' || field.value) AS each
"""
_ATTACHMENTS = """
SELECT d.parent_id, d.id, f.sha256 FROM document AS d LEFT JOIN source_file AS f ON f.id = d.native_file_id
WHERE d.parent_id IS NOT NULL AND d.parent_id <> d.id AND d.state IN (0, 3) ORDER BY d.parent_id, d.ordinal, d.id
"""
_GROUPED_PAGES = """
SELECT id, first_page_id, page_count FROM document NOT INDEXED
WHERE state = 0 AND first_page_id IS NOT NULL AND page_count > 0 AND (kind = 0 OR NOT ?) ORDER BY id
"""


@dataclass(frozen=True, slots=True)
class HeldDocument:
    """One document that was taken in, as far as copies of it are concerned.

    Args:
        ordinal: Order in its production: attachments stand after their message, in its order.
        path: Of its file, containers included; empty if no file is known.
        sha256: Of its file.
        identity: Of its message; `None` for all else.
        is_copy: Does not count at present.
    """

    id: int
    parent_id: int | None
    production_id: int
    production: str
    handed_on: date
    ordinal: int
    custodian: str | None
    path: str
    sha256: str | None
    identity: str | None
    mail_folder: str | None = None
    is_copy: bool = False


@dataclass(frozen=True, slots=True)
class HeldMessage:
    """One message that counts, with its facts; a produced one has those of the list it came with.

    Args:
        facts: `None` if nothing was read from the message itself.
        title, sender, recipients, date: As the document table has them.
    """

    id: int
    facts: RecordFacts | None
    title: str | None
    sender: str | None
    recipients: str | None
    date: str | None
    parent_id: int | None = None


@dataclass(frozen=True, slots=True)
class HeldAttachment:
    """One document that came with another; `sha256` is `None` if its file is not known."""

    parent_id: int
    document_id: int
    sha256: str | None


@dataclass(frozen=True, slots=True)
class SeenAddress:
    """An address (or an empty one) with a name (or an empty one), and how often records name it so."""

    address: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class PagesOf:
    """The pages of one document that counts."""

    document_id: int
    first_page_id: int
    page_count: int


@dataclass(frozen=True, slots=True)
class DocumentGroup:
    """One group that counts: its first members, and how many there are."""

    grouping: Grouping
    number: int
    size: int
    members: tuple[GroupMember, ...]


def current_grouping(connection: Connection, kind: GroupKind) -> Grouping | None:
    """Return the run of *kind* that counts, `None` if there is none."""
    row = connection.exec_driver_sql(f"{_GROUPING} WHERE kind = ? AND state = 0", (CODE[kind],)).fetchone()
    return None if row is None else _grouping(row)


def groupings(connection: Connection) -> tuple[Grouping, ...]:
    """Return all runs, also undone ones, newest first."""
    return tuple(_grouping(row) for row in connection.exec_driver_sql(f"{_GROUPING} ORDER BY id DESC"))


def members(connection: Connection, grouping_id: int) -> Iterator[GroupMember]:
    """Return the members of all groups of a run, group by group."""
    rows = connection.exec_driver_sql(
        f"{_MEMBER} WHERE grouping_id = ? ORDER BY group_number, position", (grouping_id,)
    )
    for row in rows:
        yield _member(row[1:])


def groups_of(connection: Connection, document_id: int, *, limit: int) -> tuple[DocumentGroup, ...]:
    """Return the groups that count and hold a document, each with its first *limit* members."""
    found: dict[tuple[int, int], tuple[Grouping, int, list[GroupMember]]] = {}
    for row in connection.exec_driver_sql(_GROUPS_OF, (document_id, limit)):
        key = (row[0], row[7])
        if key not in found:
            found[key] = (_grouping(row[:6]), row[6], [])
        found[key][2].append(_member(row[7:]))
    return tuple(DocumentGroup(run, key[1], size, tuple(held)) for key, (run, size, held) in found.items())


def held_documents(connection: Connection, ids: Sequence[int] | None) -> Iterator[HeldDocument]:
    """Return documents (all) that were taken in and count, or would if they were no copies, by their ids."""
    narrowed = "" if ids is None else " AND d.id IN (SELECT value FROM json_each(?))"
    values = () if ids is None else (f"[{','.join(map(str, ids))}]",)
    for row in connection.exec_driver_sql(_HELD.format(narrowed=narrowed), values):
        document_id, parent_id, production_id, name, handed_on, ordinal, custodian, path, sha256, identity, folder = (
            row[:11]
        )
        yield HeldDocument(
            document_id,
            parent_id,
            production_id,
            name,
            date.fromisoformat(handed_on),
            ordinal,
            custodian,
            path or "",
            sha256,
            identity,
            folder,
            is_copy=row[11] != 0,
        )


def held_messages(connection: Connection) -> Iterator[HeldMessage]:
    """Return every message that counts, in the order of their ids."""
    for document_id, facts, title, sender, recipients, day, parent_id in connection.exec_driver_sql(_MESSAGES):
        read = None if facts is None else facts_from_json(facts)
        yield HeldMessage(document_id, read, title, sender, recipients, day, parent_id)


def correspondents(connection: Connection) -> Iterator[SeenAddress]:
    """Return with which name each address was seen in how many records that count, copies aside."""
    for address, name, count in connection.exec_driver_sql(_CORRESPONDENTS):
        yield SeenAddress(address or "", name or "", count)


@dataclass(frozen=True, slots=True)
class NamedAddress:
    """Somebody whom a record names as its author or recipient; either text may be empty."""

    document_id: int
    address: str
    name: str


def named_addresses(connection: Connection) -> Iterator[NamedAddress]:
    """Return whom every record names, copies too."""
    for document_id, address, name in connection.exec_driver_sql(_NAMED):
        yield NamedAddress(document_id, address or "", name or "")


def attachments(connection: Connection) -> Iterator[HeldAttachment]:
    """Return what came with other documents, copies too."""
    for row in connection.exec_driver_sql(_ATTACHMENTS):
        yield HeldAttachment(*row)


def pages_of_documents(connection: Connection, *, messages_only: bool) -> Iterator[PagesOf]:
    """Return the pages of every document that counts, in the order of their ids."""
    for row in connection.exec_driver_sql(_GROUPED_PAGES, (messages_only,)):
        yield PagesOf(*row)


def _grouping(row: Any) -> Grouping:
    run_id, kind, scope, at, state, parameters = row
    return Grouping(
        run_id,
        decoded(GroupKind, kind),
        decoded(GroupScope, scope),
        datetime.fromisoformat(at),
        decoded(GroupingState, state),
        parameters,
    )


def _member(row: Any) -> GroupMember:
    group, document_id, position, role, basis, similarity, parent_id, page_id = row
    return GroupMember(group, document_id, position, decoded(GroupRole, role), basis, similarity, parent_id, page_id)
