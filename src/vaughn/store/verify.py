"""Checking that nothing in a case was changed since it was written.

The trees are computed again from the rows. If their state is the one the last event names, every row of every table is
as it was written, and what differs in the seals was changed there. If not, the seals tell which column of which rows
differs. The log is checked link by link, the stored files by their hashes, the database by SQLite's own checks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from vaughn.store import chain
from vaughn.store.blobs import BlobStore
from vaughn.store.database import REVISION
from vaughn.store.given import Progress
from vaughn.store.seals import COLUMNS, SealedColumns, columns_found, state_digest
from vaughn.store.stored import Checked, Head, Problem, VerifyReport
from vaughn.store.verify_schema import schema_problems
from vaughn.store.verify_tree import TreeCheck

_MAX_DATABASE_MESSAGES = 100
_NAMED_BLOBS = (
    "SELECT sha256, size_bytes, id, 'source file' AS owner FROM source_file WHERE sha256 IS NOT NULL"
    " UNION ALL SELECT sha256, size_bytes, id, 'entity file' FROM entity_file"
)


def verify(connection: Connection, blobs: BlobStore, *, progress: Progress | None) -> VerifyReport:
    """Return what was changed, named by table, column and rows, or by file.

    Args:
        progress: Called with what is being checked and how far it is.
    """
    report = _Report(progress)
    report.problems.extend(_guarded("database", lambda: _database(connection)))
    report.problems.extend(_guarded("database", lambda: schema_problems(connection)))
    report.problems.extend(_guarded("event", lambda: _log(connection, report)))
    report.problems.extend(_guarded("seal", lambda: _trees(connection, report)))
    report.problems.extend(_guarded("page", lambda: _counts(connection)))
    report.problems.extend(_guarded("blob", lambda: _blobs(connection, blobs, report)))
    return VerifyReport(report.head, tuple(report.checked), tuple(report.problems), tuple(report.notes))


def verify_rows(connection: Connection, revision: str) -> tuple[Problem, ...]:
    """Return what was changed in the rows of a case whose tables may be older than this version."""
    report = _Report(None)
    tables = columns_found(connection)
    return (*_log(connection, report), *_trees(connection, report, revision=revision, tables=tables))


class _Report:
    def __init__(self, progress: Progress | None) -> None:
        self.problems: list[Problem] = []
        self.checked: list[Checked] = []
        self.notes: list[str] = []
        self.head = Head(0, chain.FIRST_PREVIOUS)
        self.last_state: str | None = None
        self.progress: Progress = progress or (lambda step, done, total: None)


def _guarded(where: str, check: Callable[[], Iterator[Problem]]) -> Iterator[Problem]:
    """Return the problems a check finds; a database too damaged for it is one more."""
    try:
        yield from check()
    except DatabaseError as error:
        yield Problem(where, f"Could not be read to the end: the database is damaged ({error.orig}).")


def _database(connection: Connection) -> Iterator[Problem]:
    rows = connection.exec_driver_sql(f"PRAGMA integrity_check({_MAX_DATABASE_MESSAGES})")
    for (message,) in rows.fetchall():
        if message != "ok":
            yield Problem("database", f"SQLite finds damage: {message}.")
    for table, row_id, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
        yield Problem(table, f"Names a row of {parent} that is not there.", first_id=row_id, last_id=row_id)


def _log(connection: Connection, report: _Report) -> Iterator[Problem]:
    expected, previous = 1, chain.FIRST_PREVIOUS
    rows = connection.exec_driver_sql(
        "SELECT sequence, at, actor, verb, objects, state, previous, hash FROM event ORDER BY sequence"
    )
    for *fields, stored in rows:
        sequence = fields[0]
        if sequence != expected:
            yield Problem("event", "Entries are missing from the log.", first_id=expected, last_id=sequence - 1)
        elif fields[-1] != previous:
            yield _changed_event("previous", sequence)
        if chain.event_hash(fields) != stored:
            yield _changed_event(None, sequence)
        expected, previous = sequence + 1, stored
        report.head, report.last_state = Head(sequence, stored), fields[5]
    report.checked.append(Checked("event", report.head.sequence))
    if report.last_state is None:
        yield Problem("event", "The log is empty.")


def _changed_event(column: str | None, sequence: int) -> Problem:
    return Problem("event", "The entry was changed: its hash does not fit.", column, sequence, sequence)


def _trees(
    connection: Connection,
    report: _Report,
    *,
    revision: str = REVISION,
    tables: Mapping[str, SealedColumns] = COLUMNS,
) -> Iterator[Problem]:
    roots: dict[str, bytes] = {}
    found: list[TreeCheck] = []
    for columns in tables.values():
        check = TreeCheck(connection, columns)
        check.run(report.progress)
        roots[columns.table] = check.root
        if columns.table != "event":
            report.checked.append(Checked(columns.table, check.rows))
        found.append(check)
    is_intact = state_digest(revision, roots, columns_by_table=tables) == report.last_state
    reported = 0
    for check in found:
        # The state does not vouch for the log itself.
        for problem in check.problems(rows_intact=is_intact and check.columns.table != "event"):
            reported += 1
            yield problem
    (extra,) = connection.exec_driver_sql("SELECT count(*) FROM seal").one()
    if extra > sum(check.nodes for check in found):
        yield Problem("seal", "There are seals of rows that do not exist.")
        reported += 1
    if not is_intact and not reported:
        yield Problem(
            "event",
            "Rows and their seals do not fit the last entry of the log: they were rewritten together,"
            " or the last entries of the log were removed.",
            column="state",
            first_id=report.head.sequence,
            last_id=report.head.sequence,
        )


def _counts(connection: Connection) -> Iterator[Problem]:
    rows, last = connection.exec_driver_sql("SELECT count(*), coalesce(max(id), 0) FROM page").one()
    if rows != last:
        yield Problem("page", f"{last - rows} pages are missing between the others.")
    outside = connection.exec_driver_sql(
        "SELECT id FROM document WHERE page_count < 0 OR (page_count > 0 AND first_page_id IS NULL)"
        " OR first_page_id < 1 OR first_page_id + page_count - 1 > ? LIMIT 100",
        (last,),
    ).fetchall()
    for (document_id,) in outside:
        yield Problem("document", "Names pages that are not there.", first_id=document_id, last_id=document_id)


def _blobs(connection: Connection, blobs: BlobStore, report: _Report) -> Iterator[Problem]:
    stored = blobs.names()
    (count, size) = connection.exec_driver_sql(
        "SELECT count(*), coalesce(sum(size_bytes), 0) FROM"  # noqa: S608 - ours
        f" (SELECT max(size_bytes) AS size_bytes FROM ({_NAMED_BLOBS}) GROUP BY sha256)"
    ).one()
    done = 0
    rows = connection.exec_driver_sql(
        "SELECT sha256, min(size_bytes), max(size_bytes), min(id), min(owner), count(*)"  # noqa: S608 - ours
        f" FROM ({_NAMED_BLOBS}) GROUP BY sha256 ORDER BY sha256"
    )
    for sha256, size_bytes, largest, file_id, owner, places in rows:
        base = done

        def read(so_far: int, base: int = base) -> None:
            report.progress("stored files", base + so_far, size)

        found = blobs.measured(sha256, read=read)
        done += size_bytes
        stored.discard(sha256)
        fault = None
        if found is None:
            fault = "is missing"
        elif found.sha256 != sha256:
            fault = "was changed"
        elif found.size_bytes != size_bytes or size_bytes != largest:
            fault = "has another size than the table says"
        if fault:
            others = f" and {places - 1} more" if places > 1 else ""
            message = f"The stored file {sha256} {fault}; it is {owner} {file_id}{others}."
            yield Problem("blob", message, first_id=file_id, last_id=file_id)
    report.checked.append(Checked("blob", count))
    if stored:
        report.notes.append(f"{len(stored)} stored files belong to no source file; an interrupted load leaves such.")
