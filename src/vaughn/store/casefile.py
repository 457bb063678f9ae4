"""The case as other rooms use it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType

from sqlalchemy import Connection, Engine

from vaughn.model import Case, InputError, StateError, UsageError
from vaughn.store import chain, database, pause, upgrade
from vaughn.store.blobs import BlobStore
from vaughn.store.bulk import BulkLoad
from vaughn.store.filesystem import refuse_network
from vaughn.store.given import Actor
from vaughn.store.lock import WriterLock
from vaughn.store.pause import Pause, WorkPaused
from vaughn.store.reading import CaseReading
from vaughn.store.schema import CASE
from vaughn.store.writing import Writing

_DATABASE = "case.db"
_UNFINISHED = "case.db.new"
_FOLDERS = ("blobs", "derived", "fulltext", "incoming")


class CaseFile(CaseReading):
    """One case on disk. Reading works from any thread and is never held up; writing is for one process."""

    def __init__(self, path: Path, *, actor: Actor | None, lock: WriterLock | None) -> None:
        super().__init__(database.reader_engine(path / _DATABASE), BlobStore(path))
        self.path = path
        self._actor = actor
        self._lock = lock
        self._mutex = threading.Lock()
        self._writer: Engine | None = database.writer_engine(path / _DATABASE) if lock else None

    # -- opening and closing --------------------------------------------------------------------------------------

    @classmethod
    def create(cls, path: Path, case: Case, *, actor: Actor) -> CaseFile:
        """Make a new case in the folder *path* and open it for writing.

        Raises:
            InputError: If there already is something, or the folder lies on a network file system.
        """
        if path.exists() and (not path.is_dir() or not _is_unfinished(path)):
            raise InputError(f"{path} already exists.", hint="Name a folder that does not exist yet, or open the case.")
        refuse_network(path.absolute().parent if not path.exists() else path)
        with database.plain_errors():
            for name in _FOLDERS:
                (path / name).mkdir(parents=True, exist_ok=True)
            for leftover in path.glob(f"{_UNFINISHED}*"):
                leftover.unlink()
            lock = WriterLock(path)
            lock.acquire(actor, wait_seconds=0)
            try:
                _make_database(path / _UNFINISHED, case, actor)
                (path / _UNFINISHED).replace(path / _DATABASE)
            except BaseException:
                lock.release()
                raise
        return cls(path, actor=actor, lock=lock)

    @classmethod
    def open(cls, path: Path, *, write: bool = False, wait_seconds: float = 0, actor: Actor | None = None) -> CaseFile:
        """Open the case in the folder *path*.

        Args:
            wait_seconds: How long to wait for another process that writes; only with *write*.
            actor: Who writes; needed with *write*.

        Raises:
            InputError: If there is no case, or it lies on a network file system.
            IntegrityError: If the database is damaged.
            StateError: If it was made by a newer Vaughn, or by an older one and is only to be read.
            CaseInUse: If another process is writing.
        """
        _require_case(path)
        refuse_network(path)
        lock = None
        if write:
            if actor is None:
                raise UsageError("Whoever writes to a case has to be named.")
            lock = WriterLock(path)
            lock.acquire(actor, wait_seconds=wait_seconds)
        try:
            opened = cls(path, actor=actor, lock=lock)
            with database.plain_errors():
                opened._bring_up_to_date()
        except BaseException:
            if lock:
                lock.release()
            raise
        return opened

    def __enter__(self) -> CaseFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the case and let others write."""
        self._reader.dispose()
        if self._writer is not None:
            with self._writer.connect() as connection:
                cursor = connection.connection.cursor()
                cursor.execute("PRAGMA optimize")
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self._writer.dispose()
            self._writer = None
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    @property
    def is_writable(self) -> bool:
        """Whether this opening may write."""
        return self._writer is not None

    @property
    def derived(self) -> Path:
        """Folder for files that can be made again at any time."""
        return self.path / "derived"

    @property
    def fulltext(self) -> Path:
        """Folder of the text engine; can be made again at any time."""
        return self.path / "fulltext"

    @property
    def incoming(self) -> Path:
        """Folder for files that are just arriving."""
        return self.path / "incoming"

    # -- pauses ---------------------------------------------------------------------------------------------------

    def ask_to_pause(self, *, by: str, at: datetime) -> None:
        """Ask whoever works on this case to stop at the next good moment; needs no right to write to it."""
        pause.ask(self.path, by=by, at=at)

    def pause_asked(self) -> Pause | None:
        """Return who asked for a pause, `None` if nobody did. Long work looks between batches."""
        return pause.asked(self.path)

    def go_on(self) -> bool:
        """Take a pause back; return whether one had been asked for. Work has to be started again."""
        return pause.take_back(self.path)

    def require_no_pause(self) -> None:
        """Stop here if a pause was asked for; between batches, when everything is stored and given back.

        Raises:
            WorkPaused: If somebody asked for one.
        """
        asked = self.pause_asked()
        if asked is not None:
            raise WorkPaused(
                f"The work on this case was paused by {asked.by or 'somebody'}.",
                hint="Start it again to go on; what is done is kept.",
            )

    def _bring_up_to_date(self) -> None:
        engine = self._writer or self._reader
        with engine.connect() as connection:
            found = database.found_revision(connection)
        if database.check_revision(found, write=self.is_writable):
            with self._writing() as (connection, actor):
                upgrade.upgrade(connection, actor, found=found)
        if self.is_writable:
            self.blobs.clear_incoming()

    # -- writing --------------------------------------------------------------------------------------------------

    @contextmanager
    def writing(self, verb: str, **objects: str | int | None) -> Iterator[Writing]:
        """Change the case: all that is written inside, and one event, are stored together or not at all.

        Args:
            verb: What is done, as it shall stand in the event log, e.g. ``production.linked``.
            objects: Ids and counts for the event; never what a document says.

        Raises:
            StateError: If the case was opened for reading, or the disk is full.
        """
        with self._writing() as (connection, actor):
            change = Writing(connection, actor)
            yield change
            self.blobs.settle()
            if change.touched:
                change.touched.seal(connection)
                noted = {**objects, **change.noted}
                state = chain.state_now(connection)
                chain.append_event(connection, actor, verb=verb, objects=noted, state=state)

    @contextmanager
    def _writing(self) -> Iterator[tuple[Connection, Actor]]:
        if self._writer is None or self._actor is None:
            raise StateError("The case was opened for reading.", hint="Open it for writing.")
        with self._mutex, database.plain_errors(), self._writer.connect() as connection, connection.begin():
            yield connection, self._actor

    @contextmanager
    def bulk_load(self, production_id: int, verb: str = "production.linked") -> Iterator[BulkLoad]:
        """Load documents and pages in one transaction; `BulkLoad.change` takes what else belongs to it."""
        with self.writing(verb, production=production_id) as change, change.bulk_load(production_id) as load:
            yield load


def _is_unfinished(path: Path) -> bool:
    """Tell whether the folder is empty or only holds what an interrupted `create` left."""
    ours = ("writer.", _UNFINISHED)
    return all(
        entry.name.startswith(ours) or (entry.name in _FOLDERS and entry.is_dir() and not any(entry.iterdir()))
        for entry in path.iterdir()
    )


def _require_case(path: Path) -> None:
    if not path.is_dir():
        raise InputError(f"There is no case at {path}.", hint="Make one with `vaughn new`.")
    if not (path / _DATABASE).is_file():
        if (path / _UNFINISHED).exists():
            raise InputError(
                f"The case in {path} was never finished.", hint="Making it was interrupted; run `vaughn new` again."
            )
        raise InputError(f"{path} is not the folder of a case.", hint="Name a folder made by `vaughn new`.")


def _make_database(partial: Path, case: Case, actor: Actor) -> None:
    engine = database.writer_engine(partial)
    try:
        with engine.connect() as connection, connection.begin():
            connection.exec_driver_sql(f"PRAGMA application_id = {database.APPLICATION_ID}")
            database.migrate(connection)
            change = Writing(connection, actor)
            change.insert(
                CASE, ("id", "caption", "court", "docket_number"), [(1, case.caption, case.court, case.docket_number)]
            )
            change.touched.seal(connection)
            chain.append_event(connection, actor, verb="case.made", objects={}, state=chain.state_now(connection))
        with engine.connect() as connection:
            connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        engine.dispose()
