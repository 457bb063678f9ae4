"""Everything that can be read from a case, each answer from one snapshot."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from contextlib import closing, contextmanager

from sqlalchemy import Connection, Engine

from vaughn.model import (
    Case,
    Entity,
    Event,
    Grouping,
    GroupKind,
    GroupMember,
    Ledger,
    Page,
    ProducedDocument,
    Production,
    Source,
    SourceFile,
)
from vaughn.store import (
    chain,
    database,
    languages,
    read_bates,
    read_columns,
    read_documents,
    read_entities,
    read_findings,
    read_groups,
    read_list,
    read_words,
    read_work,
)
from vaughn.store.blobs import BlobStore
from vaughn.store.given import Progress
from vaughn.store.read_columns import DocumentBatch, FileBatch, PageBatch
from vaughn.store.read_groups import (
    DocumentGroup,
    HeldAttachment,
    HeldDocument,
    HeldMessage,
    NamedAddress,
    PagesOf,
    SeenAddress,
)
from vaughn.store.read_words import PackedWords, WordedPages
from vaughn.store.reading_taken import TakenReading
from vaughn.store.remembered import Remembered, listed_state, tables_state
from vaughn.store.stored import (
    BatesMatch,
    CheckRun,
    Division,
    DocumentLink,
    DocumentList,
    DocumentQuery,
    EntityFile,
    Facets,
    FailureCount,
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

_REMEMBERED = 128  # questions about lists whose answers are kept


class CaseReading(TakenReading):
    """The reading half of a case file: works from any thread and is never held up by a writer."""

    def __init__(self, reader: Engine, blobs: BlobStore) -> None:
        self.blobs = blobs
        self._reader = reader
        self._totals: Remembered[int] = Remembered(_REMEMBERED)
        self._facets: Remembered[Facets] = Remembered(_REMEMBERED)
        self._counts: Remembered[ProductionCounts] = Remembered(_REMEMBERED)

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

    def last_event(self, verb: str, *, production: int) -> Event | None:
        """Return the newest entry of the event log with *verb* that names a production."""
        with self._reading() as connection:
            return chain.last_event(connection, verb, production=production)

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
            question = (listed_state(connection, "source_file"), production_id)
            return self._counts.answer(question, lambda: read_findings.counts(connection, production_id=production_id))

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

    def document_batches(self, production_id: int) -> Iterator[DocumentBatch]:
        """Return the current documents of a production in the order of their ids, as columns."""
        with self._reading() as connection:
            yield from read_columns.document_batches(connection, production_id)

    def file_batches(self, production_id: int) -> Iterator[FileBatch]:
        """Return the files of a production in the order of their ids, as columns."""
        with self._reading() as connection:
            yield from read_columns.file_batches(connection, production_id)

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

    def raw_rows(self, load_file_id: int, *, limit: int) -> tuple[tuple[str, ...], ...]:
        """Return the first raw rows of a format without byte rows."""
        with self._reading() as connection:
            return read_documents.raw_rows(connection, load_file_id=load_file_id, limit=limit)

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
        """Return the packed words of a page as they were stored, `None` if there are none.

        Asked for every page of a case: it goes past SQLAlchemy, whose bookkeeping costs eight times the query.
        """
        with database.plain_errors(), closing(self._reader.raw_connection()) as connection:
            return read_documents.packed_words(connection.cursor(), page_id)

    def worded_page_count(self, production_id: int | None = None) -> int:
        """Return how many pages of the case (of a production's current documents) have words."""
        with self._reading() as connection:
            return read_words.worded_page_count(connection, production_id)

    def pageless_documents(self, production_id: int) -> tuple[int, ...]:
        """Return the current documents of a production that have a text file and no page."""
        with self._reading() as connection:
            return read_words.pageless_documents(connection, production_id)

    def worded_pages(self, production_id: int) -> WordedPages:
        """Return the pages of a production that have words, and the documents they stand in."""
        with self._reading() as connection:
            return read_words.worded_pages(connection, production_id)

    def untold_pages(self, production_id: int) -> WordedPages:
        """Return the pages of a production whose words nobody has told the language of, with each document of them."""
        with self._reading() as connection:
            return languages.untold_pages(connection, production_id)

    def has_untold_pages(self) -> bool:
        """Tell whether there are pages whose words nobody has told the language of."""
        with self._reading() as connection:
            return languages.has_untold_pages(connection)

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

    def current_grouping(self, kind: GroupKind) -> Grouping | None:
        """Return the run of looking for groups of *kind* that counts, `None` if there is none."""
        with self._reading() as connection:
            return read_groups.current_grouping(connection, kind)

    def groupings(self) -> tuple[Grouping, ...]:
        """Return all runs of looking for groups, also undone ones, newest first."""
        with self._reading() as connection:
            return read_groups.groupings(connection)

    def group_members(self, grouping_id: int) -> Iterator[GroupMember]:
        """Return the members of all groups of a run, group by group; memory stays flat."""
        with self._reading() as connection:
            yield from read_groups.members(connection, grouping_id)

    def groups_of(self, document_id: int, *, limit: int = 200) -> tuple[DocumentGroup, ...]:
        """Return the groups that count and hold a document, each with its first *limit* members and itself."""
        with self._reading() as connection:
            return read_groups.groups_of(connection, document_id, limit=limit)

    def held_documents(self, ids: Sequence[int] | None = None) -> Iterator[HeldDocument]:
        """Return what was taken in (or *ids* of it), copies too, as far as duplicates are concerned."""
        with self._reading() as connection:
            yield from read_groups.held_documents(connection, ids)

    def named_addresses(self) -> Iterator[NamedAddress]:
        """Return whom every record names, copies too; memory stays flat."""
        with self._reading() as connection:
            yield from read_groups.named_addresses(connection)

    def people_state(self) -> Hashable:
        """Return something that changes whenever records, or what is entered about people, change."""
        with self._reading() as connection:
            return tables_state(connection, "record", "entity", "statement")

    def correspondents(self) -> Iterator[SeenAddress]:
        """Return which addresses records name, with which names and how often; the most frequent first."""
        with self._reading() as connection:
            yield from read_groups.correspondents(connection)

    def held_messages(self) -> Iterator[HeldMessage]:
        """Return every message that counts with its facts; memory stays flat."""
        with self._reading() as connection:
            yield from read_groups.held_messages(connection)

    def attachments(self) -> Iterator[HeldAttachment]:
        """Return what came with other documents, copies too; memory stays flat."""
        with self._reading() as connection:
            yield from read_groups.attachments(connection)

    def pages_of_documents(self, *, messages_only: bool = False) -> Iterator[PagesOf]:
        """Return the pages of every document (message) that counts, of all productions; memory stays flat."""
        with self._reading() as connection:
            yield from read_groups.pages_of_documents(connection, messages_only=messages_only)

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

    def sources(self) -> tuple[Source, ...]:
        """Return where facts of the lawsuit stand, in the order they were entered."""
        with self._reading() as connection:
            return read_entities.sources(connection)

    def entities(self, *kinds: str, withdrawn: bool = False) -> tuple[Entity, ...]:
        """Return the entities of some kinds (of all), in the order they were entered.

        Args:
            withdrawn: Also those that were entered in error.
        """
        with self._reading() as connection:
            return read_entities.entities(connection, kinds, withdrawn=withdrawn)

    def entity(self, reference: str) -> Entity | None:
        """Return the entity named ``kind/key``, withdrawn or not, `None` if there is none."""
        with self._reading() as connection:
            return read_entities.entity(connection, reference)

    def entity_files(self, entity_id: int | None = None) -> tuple[EntityFile, ...]:
        """Return the files of one entity (of all)."""
        with self._reading() as connection:
            return read_entities.entity_files(connection, entity_id)

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

    def failed_tasks(self, production_id: int, kind: str | None = None, *, code: str | None = None) -> tuple[Task, ...]:
        """Return tasks that failed for good, with their reasons."""
        with self._reading() as connection:
            return read_work.failed_tasks(connection, production_id=production_id, kind=kind, code=code)

    def failure_counts(self, production_id: int) -> tuple[FailureCount, ...]:
        """Return how many tasks failed for good, by kind and by the code of the finding they became."""
        with self._reading() as connection:
            return read_work.failure_counts(connection, production_id=production_id)

    def verify(self, progress: Progress | None = None) -> VerifyReport:
        """Check that nothing in the case was changed since it was written; see docs/explanation/case-on-disk.md."""
        with self._reading() as connection:
            return verify(connection, self.blobs, progress=progress)
