"""What is read from the case file besides the types of the model."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from vaughn.model import DocumentKind, FileRole, Finding, ProducedDocument, Severity


@dataclass(frozen=True, slots=True)
class StoredLoadFile:
    """A load file of a production. Fields as in `NewLoadFile`."""

    id: int
    production_id: int
    source_file_id: int
    path: str
    sha256: str | None
    format: str
    kind: str
    dialect: str | None
    columns: tuple[str, ...]
    row_count: int | None
    page_row_count: int | None


@dataclass(frozen=True, slots=True)
class SeverityCounts:
    """How many findings of each severity."""

    error: int = 0
    warning: int = 0
    note: int = 0


@dataclass(frozen=True, slots=True)
class ListedDocument:
    """One row of the document table."""

    document: ProducedDocument
    production: str
    agency: str
    family_size: int
    findings: SeverityCounts


class DocumentSort(Enum):
    """Columns the document table can be sorted by."""

    BATES = "bates"
    CONTROL = "control"
    ORDINAL = "ordinal"
    DATE = "date"
    KIND = "kind"
    CUSTODIAN = "custodian"
    LANGUAGE = "language"
    TITLE = "title"
    SENDER = "sender"
    RECIPIENTS = "recipients"
    FILE_NAME = "file_name"
    PAGE_COUNT = "page_count"
    FAMILY = "family"
    PRODUCTION = "production"
    AGENCY = "agency"


@dataclass(frozen=True, slots=True)
class DocumentQuery:
    """Which documents, in which order. Empty tuples do not filter; values of one tuple are alternatives.

    Args:
        languages: As in `ProducedDocument.language`.
        date_from, date_to: ISO days, both included.
        text: Must stand in control number, title or file name, whatever the case of its letters.
        ids: Only these documents, e.g. hits of a search; `None` does not filter.
    """

    productions: tuple[int, ...] = ()
    agencies: tuple[str, ...] = ()
    kinds: tuple[DocumentKind, ...] = ()
    custodians: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    date_from: str | None = None
    date_to: str | None = None
    finding_codes: tuple[str, ...] = ()
    severities: tuple[Severity, ...] = ()
    text: str | None = None
    ids: tuple[int, ...] | None = None
    sort: DocumentSort = DocumentSort.BATES
    descending: bool = False
    offset: int = 0
    limit: int = 100


@dataclass(frozen=True, slots=True)
class DocumentList:
    """One window of a document list and how long the whole list is."""

    total: int
    rows: tuple[ListedDocument, ...]


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Ids of the documents before and after one in a list."""

    previous: int | None
    next: int | None


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value to filter by.

    Args:
        value: What the query takes: production id, agency, kind, custodian, language or finding code, as text.
    """

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Facets:
    """For each filter which values occur how often, most frequent first."""

    production: tuple[FacetValue, ...]
    agency: tuple[FacetValue, ...]
    kind: tuple[FacetValue, ...]
    custodian: tuple[FacetValue, ...]
    language: tuple[FacetValue, ...]
    finding: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class BatesMatch:
    """A document, and if there is one a page, that a typed number means.

    Args:
        page_id: `None` if the number is in the document's range and no page of it was received.
    """

    production_id: int
    production: str
    document_id: int
    page_id: int | None
    page_number: int | None
    label: str


@dataclass(frozen=True, slots=True)
class DocumentLink:
    """How a file came to a document."""

    document_id: int
    role: FileRole
    file_id: int | None
    path: str | None
    matched_by: str


@dataclass(frozen=True, slots=True)
class RowPlace:
    """Where the row of a document stands in its load file.

    Args:
        start, end: Byte offsets; `None` for formats without byte rows (the row is then in `raw_row`).
        page_load_file_id: Page list that named the document's pages.
    """

    load_file_id: int | None
    line: int | None
    start: int | None
    end: int | None
    page_load_file_id: int | None


class DivisionState(Enum):
    """Whether the documents cut from a large file count."""

    APPLIED = "applied"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class Cut:
    """One document cut from a large one; `page` is where it begins, from 1."""

    page: int
    evidence: str
    document_id: int
    control: str


@dataclass(frozen=True, slots=True)
class Division:
    """How one large document was divided."""

    document_id: int
    production_id: int
    control: str
    pages: int
    state: DivisionState
    cuts: tuple[Cut, ...]


@dataclass(frozen=True, slots=True)
class CheckRun:
    """When a production was checked against what, and how many findings of each severity there were.

    Args:
        kind: What ran, e.g. ``load``, ``read`` or ``check``; a new run of a kind replaces the findings of the last.
    """

    id: int
    production_id: int
    kind: str
    at: datetime
    order: str | None
    counts: SeverityCounts


class FindingSort(Enum):
    """Columns the list of findings can be sorted by."""

    SEVERITY = "severity"
    CODE = "code"
    PLACE = "path"
    BATES = "bates"
    MESSAGE = "message"
    COUNT = "count"
    PRODUCTION = "production"


@dataclass(frozen=True, slots=True)
class FindingQuery:
    """Which findings, in which order. Empty tuples do not filter.

    Args:
        text: Must stand in message, path or number, whatever the case of its letters.
        limit: `None` gives all of them.
    """

    productions: tuple[int, ...] = ()
    codes: tuple[str, ...] = ()
    severities: tuple[Severity, ...] = ()
    document_id: int | None = None
    text: str | None = None
    sort: FindingSort = FindingSort.SEVERITY
    descending: bool = False
    offset: int = 0
    limit: int | None = 100


@dataclass(frozen=True, slots=True)
class StoredFinding:
    """A finding and the production it was made in."""

    id: int
    production_id: int
    check_run_id: int
    finding: Finding


@dataclass(frozen=True, slots=True)
class CodeCount:
    """How often a code was found: places, and faults at these places."""

    code: str
    severity: Severity
    findings: int
    count: int


@dataclass(frozen=True, slots=True)
class FindingList:
    """One window of a list of findings, its whole length, and the codes in the whole list."""

    total: int
    rows: tuple[StoredFinding, ...]
    codes: tuple[CodeCount, ...]


@dataclass(frozen=True, slots=True)
class ProductionCounts:
    """How much there is of one production (or of the case)."""

    documents: int
    pages: int
    files: int
    findings: SeverityCounts


class JobState(Enum):
    """How far a piece of long work has come."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Job:
    """Long work whose progress is shown.

    Args:
        step: What is being done, in words.
        total: 0 while unknown.
        cancel: Whether somebody asked it to stop.
    """

    id: int
    kind: str
    production_id: int | None
    state: JobState
    step: str
    done: int
    total: int
    message: str | None
    started_at: datetime | None
    ended_at: datetime | None
    cancel: bool = False


class TaskState(Enum):
    """Where a task of the work ledger stands."""

    WAITING = "waiting"
    LEASED = "leased"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Task:
    """A piece of work that somebody has taken.

    Args:
        attempts: How often it was taken, this time included.
        reason: Why it failed, if it did.
        priority: Higher ones are taken first.
        code: Of the finding that its failing became.
    """

    id: int
    production_id: int
    kind: str
    key: str
    payload: str
    state: TaskState
    attempts: int
    reason: str | None
    priority: int = 0
    code: str | None = None


@dataclass(frozen=True, slots=True)
class FailureCount:
    """How many tasks of a kind failed for one reason; a code of `None` is a fault of the program."""

    kind: str
    code: str | None
    count: int


@dataclass(frozen=True, slots=True)
class TaskCounts:
    """How many tasks stand where."""

    waiting: int = 0
    leased: int = 0
    done: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class Head:
    """The last event: whoever knows it can tell whether the case was rewritten."""

    sequence: int
    hash: str

    def __str__(self) -> str:
        return f"{self.sequence}:{self.hash}"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the case that is not as it was written.

    Args:
        where: What it is about: a table, ``blob``, ``event``, ``database``.
        column: Column, `None` if it is about whole rows or files.
        first_id, last_id: Rows among which it is, both included.
    """

    where: str
    message: str
    column: str | None = None
    first_id: int | None = None
    last_id: int | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """How much was looked at."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """What `CaseFile.verify` found. `head` is to be compared with the one on printed reports."""

    head: Head
    checked: tuple[Checked, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...] = ()

    @property
    def is_clean(self) -> bool:
        """Whether nothing was changed."""
        return not self.problems


@dataclass(frozen=True, slots=True)
class EntityFile:
    """A file that belongs to an entity, e.g. the PDF of an order; its bytes are the blob `sha256`."""

    id: int
    entity_id: int
    name: str
    sha256: str
    size_bytes: int
    media_type: str
