"""How the database of a case is opened: connections, settings, versions of its tables."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError, SQLAlchemyError
from sqlalchemy.pool import QueuePool

from vaughn.model import InputError, IntegrityError, StateError, VaughnError

# The newest step in `migrations/versions`; a test holds the two together.
REVISION = "0005"
APPLICATION_ID = 0x5641_5547  # "VAUG": tells tools such as file(1) what this is
_PAGE_BYTES = 8192
_CACHE_KIB = 65_536
_READER_CACHE_KIB = 4_096  # each thread that reads has its own; the system keeps the file in memory anyway
_WAL_LIMIT_BYTES = 64 << 20  # the log is cut back to this after each checkpoint
_BUSY_MS = 10_000
MIGRATIONS = Path(__file__).parent / "migrations"


def sqlite_version() -> tuple[int, ...]:
    """Return the version of SQLite that this Python was built with."""
    return sqlite3.sqlite_version_info


def reader_engine(database: Path) -> Engine:
    """Return an engine whose connections can only read, one a thread at a time."""
    mode = "mode=ro"
    log = database.with_name(f"{database.name}-wal")
    if not os.access(database.parent, os.W_OK) and not log.exists():
        mode += "&immutable=1"  # A write-ahead log cannot be joined on a read-only disk; nobody can write there either.
    return _engine(f"{database.resolve().as_uri()}?{mode}", write=False)


def writer_engine(database: Path) -> Engine:
    """Return an engine for the one process that writes."""
    return _engine(f"{database.resolve().as_uri()}?mode=rwc", write=True)


def _engine(uri: str, *, write: bool) -> Engine:
    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            uri, uri=True, isolation_level=None, check_same_thread=False, timeout=_BUSY_MS / 1000
        )
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB if write else _READER_CACHE_KIB}")
        connection.execute("PRAGMA temp_store = MEMORY")
        if write:
            connection.execute(f"PRAGMA page_size = {_PAGE_BYTES}")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute(f"PRAGMA journal_size_limit = {_WAL_LIMIT_BYTES}")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA threads = 2")
        else:
            connection.execute("PRAGMA query_only = ON")
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool, pool_size=16, max_overflow=32)
    begin = "BEGIN IMMEDIATE" if write else "BEGIN"

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def found_revision(connection: Connection) -> str:
    """Return the version of the tables in a case file.

    Raises:
        InputError: If this is no case file.
    """
    try:
        marked = connection.exec_driver_sql("PRAGMA application_id").scalar()
        row = connection.exec_driver_sql("SELECT version_num FROM alembic_version").fetchone()
    except DatabaseError as error:
        raise _not_a_case(str(error.orig)) from error
    if marked != APPLICATION_ID or row is None:
        raise _not_a_case("it was made by another program")
    return str(row[0])


def _not_a_case(reason: str) -> VaughnError:
    if "not a database" in reason or "malformed" in reason:
        return IntegrityError(
            "case.db is damaged: it is no SQLite database.", hint="Restore the case folder from your last copy."
        )
    return InputError(f"case.db is not the database of a case ({reason}).", hint="Name a folder made by `vaughn new`.")


def check_revision(found: str, *, write: bool) -> bool:
    """Tell whether the tables have to be brought up to date first.

    Raises:
        StateError: If the case was made by a newer Vaughn, or is older and only to be read.
    """
    if found == REVISION:
        return False
    if not found.isdigit() or int(found) > int(REVISION):
        raise StateError(
            f"The case was made by a newer Vaughn (tables {found}, this one knows {REVISION}).",
            hint="Install the newer version; an older one would damage the case.",
        )
    if not write:
        raise StateError(
            f"The case was made by an older Vaughn (tables {found}, this one needs {REVISION}).",
            hint="Open it once for writing (`vaughn open CASE`); it is brought up to date and nothing is lost.",
        )
    return True


def migrate(connection: Connection, *, to: str = REVISION) -> None:
    """Bring the tables to version *to*, inside the transaction that is open on *connection*."""
    from alembic import command  # noqa: PLC0415 - slow to import and rarely needed
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, to)


@contextmanager
def plain_errors() -> Iterator[None]:
    """Turn errors of the database into ours, in words.

    Raises:
        StateError: If the disk is full or the file cannot be written to.
        IntegrityError: If the file is damaged.
    """
    try:
        yield
    except SQLAlchemyError as error:
        told = _told(error)
        if told is None:
            raise
        raise told from error
    except sqlite3.Error as error:
        told = _told(error)
        if told is None:
            raise
        raise told from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise _full() from error
        raise


@contextmanager
def unstorable_values(table: str) -> Iterator[None]:
    """Tell which table a value was meant for that no database can hold.

    Raises:
        InputError: For half of a surrogate pair, or a number beyond 64 bits.
    """
    try:
        yield
    except (UnicodeEncodeError, OverflowError) as error:
        reason = "a number is too large" if isinstance(error, OverflowError) else "a text is no valid Unicode"
        raise InputError(f"A value for the table {table} cannot be stored: {reason}.") from error


def _told(error: Exception) -> VaughnError | None:
    origin = error.orig if isinstance(error, DatabaseError) else error
    code = getattr(origin, "sqlite_errorcode", None)
    primary = None if code is None else code & 0xFF
    if primary in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
        return _full()
    if code in (sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY):
        return InputError(f"The case already has that ({origin}).", hint="Nothing was changed.")
    if primary in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return IntegrityError("case.db is damaged.", hint="Run `vaughn verify`, or restore your last copy.")
    if primary in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return StateError("case.db cannot be opened or written to.", hint="Look at the permissions of the case folder.")
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StateError("case.db is held by another program.", hint="Close other programs that have it open.")
    return None


def _full() -> StateError:
    return StateError(
        "The case cannot be written to: the disk is full or gives errors.",
        hint="Make room on the disk and run the same command again; nothing that was stored is lost.",
    )
