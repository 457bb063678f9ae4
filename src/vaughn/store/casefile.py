"""The case as other rooms use it."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from sqlalchemy import Connection, Engine

from vaughn.model import (
    Case,
    CaseInUse,
    Event,
    InputError,
    Ledger,
    Page,
    ProducedDocument,
    Production,
    SourceFile,
    StateError,
    UsageError,
)
from vaughn.store import (
    chain,
    database,
    read_bates,
    read_columns,
    read_documents,
    read_findings,
    read_list,
    read_words,
    read_work,
    upgrade,
)
from vaughn.store.blobs import BlobStore
from vaughn.store.bulk import BulkLoad
from vaughn.store.filesystem import refuse_network
from vaughn.store.given import Actor, Progress
from vaughn.store.lock import WriterLock
from vaughn.store.read_columns import PageBatch
from vaughn.store.read_words import PackedWords, WordedPages
from vaughn.store.remembered import Remembered, listed_state
from vaughn.store.schema import CASE
from vaughn.store.stored import (
    BatesMatch,
    CheckRun,
    Division,
    DocumentLink,
    DocumentList,
    DocumentQuery,
    Facets,
    FindingList,
    FindingQuery,
    Head,
    Job,
    ListedDocument,
    Neighbours,
    ProductionCounts,
    RowPlace,
    StoredLoadFile,
    Task,
    TaskCounts,
    VerifyReport,
)
from vaughn.store.verify import verify
from vaughn.store.writing import Writing

_DATABASE = "case.db"
_UNFINISHED = "case.db.new"
_REMEMBERED = 128  # questions about lists whose answers are kept
_FOLDERS = ("blobs", "derived", "fulltext", "incoming")


class CaseFile:
    """One case on disk. Reading works from any thread and is never held up; writing is for one process."""

    def __init__(self, path: Path, *, actor: Actor | None, lock: WriterLock | None) -> None:
        self.path = path
        self.blobs = BlobStore(path)
        self._actor = actor
        self._lock = lock
        self._mutex = threading.Lock()
        self._totals: Remembered[int] = Remembered(_REMEMBERED)
        self._facets: Remembered[Facets] = Remembered(_REMEMBERED)
        self._writer: Engine | None = database.writer_engine(path / _DATABASE) if lock else None
        self._reader = database.reader_engine(path / _DATABASE)

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
                chain.append_event(connection, actor, verb=verb, objects=noted, revision=database.REVISION)

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

    # -- reading --------------------------------------------------------------------------------------------------

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with database.plain_errors(), self._reader.connect() as connection:
            yield connection  # one snapshot: the transaction begins with the first query and is never committed

    def case(self) -> Case:
        """Return what the case is called."""
        with self._reading() as connection:
            return read_findings.case(connection)

    def head(self) -> Head:
        """Return sequence and hash of the last event: what is printed on reports."""
        with self._reading() as connection:
            return chain.head(connection)

    def events(self, *, after: int = 0, limit: int | None = None) -> tuple[Event, ...]:
        """Return the entries of the event log after sequence *after*, oldest first."""
        with self._reading() as connection:
            return tuple(chain.events(connection, after=after, limit=limit))

    def productions(self) -> tuple[Production, ...]:
        """Return the productions, oldest release first."""
        with self._reading() as connection:
            return read_findings.productions(connection)

    def production(self, production_id: int | None = None, *, name: str | None = None) -> Production | None:
        """Return one production by its id or its name, `None` if there is none."""
        with self._reading() as connection:
            return read_findings.production(connection, production_id=production_id, name=name)

    def counts(self, production_id: int | None = None) -> ProductionCounts:
        """Return how much there is of a production (of the whole case)."""
        with self._reading() as connection:
            return read_findings.counts(connection, production_id=production_id)

    def source_file(self, file_id: int) -> SourceFile | None:
        """Return one file as it was handed over."""
        with self._reading() as connection:
            return read_documents.source_file(connection, file_id)

    def source_files(self, production_id: int) -> Iterator[SourceFile]:
        """Return the files of a production in the order of their ids."""
        with self._reading() as connection:
            yield from read_documents.source_files(connection, production_id=production_id)

    def load_files(self, production_id: int) -> tuple[StoredLoadFile, ...]:
        """Return the load files of a production."""
        with self._reading() as connection:
            return read_findings.load_files(connection, production_id)

    def documents(self, query: DocumentQuery) -> DocumentList:
        """Return a window of the document table."""
        with self._reading() as connection:
            question = (listed_state(connection), read_list.unordered(query))
            total = self._totals.answer(question, lambda: read_list.total(connection, query))
            return DocumentList(total, read_list.window(connection, query))

    def document_ids(self, query: DocumentQuery) -> list[int]:
        """Return the ids of all documents *query* means, in its order, its window aside."""
        with self._reading() as connection:
            return read_list.all_ids(connection, query)

    def listed(self, ids: Sequence[int]) -> tuple[ListedDocument, ...]:
        """Return rows of the document table for *ids*, in that order; unknown ids are left out."""
        with self._reading() as connection:
            return read_list.listed(connection, read_documents.documents_by_id(connection, ids))

    def facets(self, query: DocumentQuery) -> Facets:
        """Return which values each filter could take and how often."""
        with self._reading() as connection:
            question = (listed_state(connection), read_list.unordered(query))
            return self._facets.answer(question, lambda: read_list.facets(connection, query))

    def neighbours(self, document_id: int, query: DocumentQuery) -> Neighbours:
        """Return the documents before and after one in the list *query* means."""
        with self._reading() as connection:
            return read_list.neighbours(connection, query, document_id)

    def document(self, document_id: int) -> ProducedDocument | None:
        """Return one document, `None` if there is none."""
        with self._reading() as connection:
            return next(iter(read_documents.documents_by_id(connection, [document_id])), None)

    def all_documents(
        self, production_id: int | None = None, *, current_only: bool = True
    ) -> Iterator[ProducedDocument]:
        """Return the documents of a production (of all) in the order of their ids; memory stays flat."""
        with self._reading() as connection:
            yield from read_documents.all_documents(connection, production_id=production_id, current_only=current_only)

    def page_batches(self, production_id: int) -> Iterator[PageBatch]:
        """Return all pages of a production's current documents, in order, as columns of some thousands."""
        with self._reading() as connection:
            yield from read_columns.page_batches(connection, production_id)

    def family(self, document_id: int) -> tuple[ProducedDocument, ...]:
        """Return the members of a document's family in production order, itself included."""
        with self._reading() as connection:
            found = read_documents.documents_by_id(connection, [document_id])
            return tuple(read_documents.family(connection, found[0])) if found else ()

    def row_place(self, document_id: int) -> RowPlace | None:
        """Return where the row of a document stands in its load file."""
        with self._reading() as connection:
            return read_documents.row_place(connection, document_id)

    def raw_row(self, load_file_id: int, line: int) -> tuple[str, ...] | None:
        """Return a raw row of a format without byte rows, `None` if none was kept."""
        with self._reading() as connection:
            return read_documents.raw_row(connection, load_file_id=load_file_id, line=line)

    def links(self, document_id: int) -> tuple[DocumentLink, ...]:
        """Return how files came to a document."""
        with self._reading() as connection:
            return read_documents.links(connection, document_id)

    def pages(self, document_id: int, first: int = 1, last: int | None = None) -> tuple[Page, ...]:
        """Return pages *first* to *last* of a document, both included, from 1."""
        with self._reading() as connection:
            found = read_documents.documents_by_id(connection, [document_id])
            return tuple(read_documents.pages(connection, found[0], first=first, last=last)) if found else ()

    def page(self, page_id: int) -> Page | None:
        """Return one page, numbered as in the document it stands in."""
        with self._reading() as connection:
            document_id = read_documents.document_id_of_page(connection, page_id)
            found = read_documents.documents_by_id(connection, [] if document_id is None else [document_id])
            return read_documents.page(connection, page_id, found[0]) if found else None

    def document_of_page(self, page_id: int) -> ProducedDocument | None:
        """Return the document that counts and holds the page."""
        with self._reading() as connection:
            document_id = read_documents.document_id_of_page(connection, page_id)
            found = read_documents.documents_by_id(connection, [] if document_id is None else [document_id])
            return found[0] if found else None

    def packed_words(self, page_id: int) -> bytes | None:
        """Return the packed words of a page as they were stored, `None` if there are none."""
        with self._reading() as connection:
            return read_documents.packed_words(connection, page_id)

    def worded_page_count(self) -> int:
        """Return how many pages of the case have words."""
        with self._reading() as connection:
            return read_words.worded_page_count(connection)

    def worded_pages(self, production_id: int) -> WordedPages:
        """Return the pages of a production that have words, and the documents they stand in."""
        with self._reading() as connection:
            return read_words.worded_pages(connection, production_id)

    def packed_words_of(self, page_ids: Sequence[int]) -> Iterator[PackedWords]:
        """Return the packed words of many pages; pages without words are left out."""
        with self._reading() as connection:
            yield from read_words.packed_words_of(connection, page_ids)

    def at_bates(self, typed: str) -> tuple[BatesMatch, ...]:
        """Return every page that *typed* can mean, tolerant of blanks, letter case and leading zeros."""
        with self._reading() as connection:
            return read_bates.at_bates(connection, typed)

    def division(self, document_id: int) -> Division | None:
        """Return how a document was divided, `None` if it never was."""
        with self._reading() as connection:
            return read_documents.division(connection, document_id)

    def divisions(self, production_id: int) -> tuple[Division, ...]:
        """Return the divisions of a production."""
        with self._reading() as connection:
            return read_documents.divisions(connection, production_id)

    def check_runs(self, production_id: int) -> tuple[CheckRun, ...]:
        """Return the runs of checks over a production, newest first."""
        with self._reading() as connection:
            return read_findings.check_runs(connection, production_id)

    def findings(self, query: FindingQuery) -> FindingList:
        """Return a window of the findings, and the codes in the whole list."""
        with self._reading() as connection:
            return read_findings.findings(connection, query)

    def ledger(self, production_id: int) -> Ledger | None:
        """Return the ledger of a production, `None` before there is one."""
        with self._reading() as connection:
            return read_findings.ledger(connection, production_id)

    def jobs(self, *, limit: int = 100) -> tuple[Job, ...]:
        """Return the newest jobs, newest first."""
        with self._reading() as connection:
            return read_work.jobs(connection, limit=limit)

    def job(self, job_id: int) -> Job | None:
        """Return one job, `None` if there is none."""
        with self._reading() as connection:
            return read_work.job(connection, job_id)

    def task_counts(self, production_id: int | None = None, kind: str | None = None) -> TaskCounts:
        """Return how many tasks of the work ledger stand where."""
        with self._reading() as connection:
            return read_work.task_counts(connection, production_id=production_id, kind=kind)

    def failed_tasks(self, production_id: int, kind: str | None = None) -> tuple[Task, ...]:
        """Return tasks that failed for good, with their reasons."""
        with self._reading() as connection:
            return read_work.failed_tasks(connection, production_id=production_id, kind=kind)

    def verify(self, progress: Progress | None = None) -> VerifyReport:
        """Check that nothing in the case was changed since it was written; see docs/explanation/case-on-disk.md."""
        with self._reading() as connection:
            return verify(connection, self.blobs, progress=progress)


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
            chain.append_event(connection, actor, verb="case.made", objects={}, revision=database.REVISION)
        with engine.connect() as connection:
            connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        engine.dispose()


__all__ = ["CaseFile", "CaseInUse"]
