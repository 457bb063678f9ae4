"""What the interface sends: one class a JSON object. The web application's types say the same."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel


class Counts(BaseModel):
    """How many findings of each severity."""

    error: int = 0
    warning: int = 0
    note: int = 0


class IndexState(BaseModel):
    """How many pages can be searched, and how many with words cannot yet."""

    pages: int
    behind: int


class CaseInfo(BaseModel):
    """The open case."""

    path: str
    caption: str
    court: str | None
    docket_number: str | None
    productions: int
    documents: int
    pages: int
    findings: Counts
    index: IndexState


class RecentCaseRow(BaseModel):
    """A case that was opened before."""

    path: str
    caption: str
    opened_at: str


class SessionInfo(BaseModel):
    """What the start screen needs."""

    version: str
    case: CaseInfo | None
    recent_cases: list[RecentCaseRow]
    home: str
    ocr: bool


class OrderRow(BaseModel):
    """A production-order profile."""

    name: str
    title: str
    banner: str | None


class UploadBegun(BaseModel):
    """Where to send the files that were dropped."""

    upload_id: str


class FileSaved(BaseModel):
    """A file that has arrived."""

    path: str
    size_bytes: int


class JobBegun(BaseModel):
    """Work that waits or runs; `production_id` is null until the production is in the case."""

    job_id: int
    production_id: int | None = None


class ProductionRow(BaseModel):
    """One row of the list of productions."""

    id: int
    name: str
    agency: str
    released_on: str
    received_at: str
    state: str
    replaces: str | None
    order: str | None
    documents: int
    pages: int
    findings: Counts
    ledger_balances: bool | None


class LedgerPart(BaseModel):
    """What became of some of what came in."""

    name: str
    count: int


class LedgerRow(BaseModel):
    """One equation of the ledger."""

    subject: str
    expected: int
    parts: list[LedgerPart]
    balances: bool


class ColumnRow(BaseModel):
    """A column of a load file and the field it was taken for."""

    name: str
    field: str | None


class LoadFileRow(BaseModel):
    """A load file as it was recognised."""

    id: int
    path: str
    format: str
    columns: list[ColumnRow]
    rows: int | None
    dialect: dict[str, Any] | None


class CutRow(BaseModel):
    """One document cut from a large file."""

    page: int
    evidence: str
    document_id: int
    control: str


class DivisionRow(BaseModel):
    """How a large file was divided."""

    document_id: int
    control: str
    pages: int
    state: Literal["applied", "undone"]
    cuts: list[CutRow]


class ProductionDetail(ProductionRow):
    """One production with all that is known about its loading."""

    ledger: list[LedgerRow]
    load_files: list[LoadFileRow]
    divisions: list[DivisionRow]
    volumes: list[str]


class JobRow(BaseModel):
    """A piece of long work."""

    id: int
    kind: str
    production_id: int | None
    state: str
    step: str
    done: int
    total: int
    started_at: str | None
    ended_at: str | None
    message: str | None


class FindingRow(BaseModel):
    """One finding with what the catalogue says about its code."""

    id: int
    production_id: int
    code: str
    severity: str
    title: str
    cure: str
    message: str
    count: int
    path: str | None
    line: int | None
    bates: str | None
    field: str | None
    document_id: int | None
    page_id: int | None


class CodeRow(BaseModel):
    """A code in the list, and how often it was found."""

    code: str
    title: str
    severity: str
    count: int


class FindingTable(BaseModel):
    """A window of the findings."""

    total: int
    rows: list[FindingRow]
    codes: list[CodeRow]


class DocumentRow(BaseModel):
    """One row of the document table; `…_people`: with the names of people whom the alias table knows, else null."""

    id: int
    production_id: int
    production: str
    agency: str
    control: str
    begin: str | None
    end: str | None
    page_count: int
    first_page_id: int | None
    kind: str
    custodian: str | None
    language: str | None
    title: str | None
    sender: str | None
    recipients: str | None
    sender_people: str | None
    recipients_people: str | None
    date: str | None
    file_name: str | None
    parent_id: int | None
    family_id: int
    family_size: int
    findings: Counts
    has_native: bool
    has_text: bool


class DocumentTable(BaseModel):
    """A window of the documents."""

    total: int
    rows: list[DocumentRow]


class FacetRow(BaseModel):
    """One value to filter by."""

    value: str
    label: str
    count: int


class FacetTable(BaseModel):
    """All values to filter by."""

    production: list[FacetRow]
    agency: list[FacetRow]
    kind: list[FacetRow]
    custodian: list[FacetRow]
    language: list[FacetRow]
    person: list[FacetRow]
    finding: list[FacetRow]


class FamilyRow(BaseModel):
    """A member of a family; `parent_id` is the document it stands in."""

    id: int
    control: str
    kind: str
    title: str | None
    page_count: int
    parent_id: int | None
    file_name: str | None


class NativeFile(BaseModel):
    """The native file of a document."""

    name: str
    size_bytes: int
    media_type: str


class NeighbourIds(BaseModel):
    """The documents before and after one in the list it was opened from."""

    previous: int | None
    next: int | None


class DocumentDetail(DocumentRow):
    """One document."""

    family: list[FamilyRow]
    native: NativeFile | None
    text_file: bool
    state: str
    neighbours: NeighbourIds


class PageRow(BaseModel):
    """One page of a document; `missing` if no file shows it."""

    id: int
    number: int
    label: str | None
    width_pt: float | None
    height_pt: float | None
    text_source: str
    stamped: str | None
    language: str | None
    missing: bool


class PageDetail(PageRow):
    """One page and where it stands now."""

    document_id: int


class PageWords(BaseModel):
    """The text of a page and where its words stand: start, end, x0, y0, x1, y1."""

    text: str
    words: list[tuple[int, int, float, float, float, float]]
    width_pt: float | None
    height_pt: float | None


class WordVersion(BaseModel):
    """One version of a page's words: `own` (the file brought them) or `ocr`; who read them, and how sure it was."""

    version: Literal["own", "ocr"]
    engine: str | None
    words: int
    confidence: int | None


class PageVersions(BaseModel):
    """The version that is shown and searched, the other one if there is one, and why it is that way round.

    `why` is `chosen` (by the person `chosen_by`), what is wrong with the file's own words (`poor`, `unreadable`,
    `scanty`, `lost lines`), `doubtful` where that was not kept, or `says more` where they are shown.
    """

    shown: WordVersion | None
    other: WordVersion | None
    why: str | None
    chosen_by: str | None


class PageHits(BaseModel):
    """Where a query stands on a page."""

    spans: list[tuple[int, int]]
    boxes: list[tuple[float, float, float, float]]


class WholeText(BaseModel):
    """The text of a document; pages end with a form feed."""

    text: str


class ReceivedValue(BaseModel):
    """A value as the load file has it."""

    column: str
    value: str


class NormalisedValue(BaseModel):
    """A value as the program understood it, and the column it came from."""

    field: str
    value: str
    column: str | None


class SourcePlace(BaseModel):
    """Where the row stands."""

    path: str
    line: int


class LinkRow(BaseModel):
    """How a file came to the document."""

    role: str
    path: str
    matched_by: str


class FileRow(BaseModel):
    """A file behind the document."""

    role: str
    path: str
    size_bytes: int | None
    media_type: str | None
    sha256: str | None


class MetadataTable(BaseModel):
    """What was received beside what was understood."""

    received: list[ReceivedValue]
    normalised: list[NormalisedValue]
    source: SourcePlace | None
    links: list[LinkRow]
    files: list[FileRow]


class BatesRow(BaseModel):
    """A page, or a document without that page, that a number means."""

    production_id: int
    production: str
    document_id: int
    page_id: int | None
    page_number: int | None
    label: str


class BatesMatches(BaseModel):
    """All that a typed number can mean."""

    matches: list[BatesRow]


class SnippetPart(BaseModel):
    """A stretch of text around a hit."""

    text: str
    hit: bool


class PageFound(BaseModel):
    """A page with hits."""

    page_id: int
    number: int
    label: str | None
    hits: int
    snippet: list[SnippetPart]


class DocumentFoundRow(BaseModel):
    """A document with hits; `hits` is null where there are too many pages to count at once."""

    document: DocumentRow
    hits: int | None
    pages: list[PageFound]
    total_pages: int


class SearchTable(BaseModel):
    """A window of what a query found; `total_hits` is null where there are too many pages to count at once."""

    total_documents: int
    total_pages: int
    total_hits: int | None
    behind: int
    words: list[str]
    rows: list[DocumentFoundRow]


class PageHitCount(BaseModel):
    """How many hits stand on a page."""

    page_id: int
    number: int
    hits: int


class DocumentHits(BaseModel):
    """All pages of a document with hits."""

    total: int
    pages: list[PageHitCount]
