"""What is written to the case file besides the types of the model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from vaughn.model import BatesNumber, Blob, Confidence, DocumentKind, FileRole, LayerState, PageSize, TextSource

Clock = Callable[[], datetime]
Progress = Callable[[str, int, int], None]
"""Called with (step, done, total)."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who writes to the case; every event names them.

    Args:
        name: Name of the person or program, as it shall stand in the event log.
        clock: Gives the present moment, aware and in UTC.
        command: What they are running, told to others who want to write meanwhile.
    """

    name: str
    clock: Clock
    command: str = ""


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file as it was handed over, before it has an id. See `SourceFile`."""

    path: str
    role: FileRole
    blob: Blob | None
    media_type: str
    refused: str | None = None


@dataclass(frozen=True, slots=True)
class NewLoadFile:
    """A load file that was recognised.

    Args:
        kind: ``documents``, ``pages`` or ``both``.
        dialect: The dialect as JSON, `None` for formats without one.
        columns: Column names as received.
    """

    source_file_id: int
    format: str
    kind: str
    dialect: str | None
    columns: tuple[str, ...]
    row_count: int | None = None
    page_row_count: int | None = None


@dataclass(frozen=True, slots=True)
class NewLink:
    """How a file was joined to a document.

    Args:
        path: Path as the load file writes it, `None` if no row named the file.
        matched_by: How it was found, e.g. ``path``, ``letter case``, ``volume name``, ``begin number``.
    """

    document_id: int
    role: FileRole
    file_id: int | None
    path: str | None
    matched_by: str


@dataclass(frozen=True, slots=True)
class DocumentColumns:
    """Documents to be loaded, column by column, all of one length; `None` for a column of unknowns.

    Ids are given by position: the first document of a bulk load gets `BulkLoad.first_document_id`,
    the next one more, and pages likewise in the order of their documents.

    Args:
        control: `None` in a row means: same as the begin number.
        parent_id, family_id: Ids as above; no `family_id` means a family of one.
        row_line: Line in the load file, from 1; `row_start` and `row_end` are byte offsets of the row.
    """

    page_count: Sequence[int]
    control: Sequence[str | None] | None = None
    prefix: Sequence[str | None] | None = None
    begin_number: Sequence[int | None] | None = None
    end_number: Sequence[int | None] | None = None
    width: Sequence[int | None] | None = None
    suffix: Sequence[str | None] | None = None
    parent_id: Sequence[int | None] | None = None
    family_id: Sequence[int | None] | None = None
    kind: Sequence[DocumentKind] | None = None
    custodian: Sequence[str | None] | None = None
    title: Sequence[str | None] | None = None
    sender: Sequence[str | None] | None = None
    recipients: Sequence[str | None] | None = None
    date: Sequence[str | None] | None = None
    file_name: Sequence[str | None] | None = None
    native_file_id: Sequence[int | None] | None = None
    text_file_id: Sequence[int | None] | None = None
    load_file_id: int | None = None
    row_line: Sequence[int | None] | None = None
    row_start: Sequence[int | None] | None = None
    row_end: Sequence[int | None] | None = None
    page_load_file_id: int | None = None

    def __post_init__(self) -> None:
        _check_lengths(self, len(self.page_count))

    def __len__(self) -> int:
        return len(self.page_count)


@dataclass(frozen=True, slots=True)
class PageColumns:
    """Pages to be loaded, in the order of their documents.

    Args:
        label: `None` in a row means: follows from the document's begin number.
        file_id: `None` in a row means: the file is missing.
        list_start: Byte offset of the page's row in the page list, so that its path can be read again.
    """

    page_in_file: Sequence[int]
    file_id: Sequence[int | None] | None = None
    label: Sequence[str | None] | None = None
    list_start: Sequence[int | None] | None = None

    def __post_init__(self) -> None:
        _check_lengths(self, len(self.page_in_file))

    def __len__(self) -> int:
        return len(self.page_in_file)


def _check_lengths(columns: DocumentColumns | PageColumns, count: int) -> None:
    for field in fields(columns):
        column = getattr(columns, field.name)
        if column is not None and not isinstance(column, int) and len(column) != count:
            raise ValueError(f"the column {field.name} has {len(column)} values, not {count}")


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row of a load file that has no byte rows (xlsx, dii, edrm), kept as received."""

    load_file_id: int
    line: int
    values: tuple[str, ...]


# Who read the words of a page that are no OCR of ours: nobody, the file brought them.
OWN_LAYER = "the file's own layer"
# What is kept of a page whose margins were looked at and show no number.
NONE_PRINTED = ""


@dataclass(frozen=True, slots=True)
class PageReading:
    """What was read from one page.

    Args:
        words: Packed words and text (see the words codec in `vaughn.formats`), stored as they are.
        stamped: Number printed on the page, `None` if none was read, `NONE_PRINTED` if its margins were
            looked at apart from its words and there is none.
        layer: What is known of the text the page brought; `None` leaves what was known.
        engine: That read the words from the picture, with its version; `None` if they are the file's own.
    """

    page_id: int
    size: PageSize | None
    text_source: TextSource
    stamped: str | None = None
    words: bytes | None = None
    layer: LayerState | None = None
    engine: str | None = None


@dataclass(frozen=True, slots=True)
class NewRange:
    """Numbers of a document that had none when it was loaded: read from its pages."""

    document_id: int
    begin: BatesNumber
    end: BatesNumber


@dataclass(frozen=True, slots=True)
class NewCut:
    """Where one document begins inside a large file, and why.

    Args:
        page: Page of the large document it begins on, from 1.
    """

    page: int
    evidence: str
    control: str
    begin: BatesNumber | None = None
    end: BatesNumber | None = None


@dataclass(frozen=True, slots=True)
class NewTask:
    """A piece of work to be done once.

    Args:
        key: What makes it this task; adding the same key of the same kind again does nothing.
        payload: What the worker needs, as JSON.
        priority: Higher ones are taken first.
    """

    key: str
    payload: str = "{}"
    priority: int = 0


@dataclass(frozen=True, slots=True)
class NewSource:
    """Where facts stand, before it has an id. See `Source`."""

    key: str
    title: str
    citation: str = ""
    kind: str = ""
    url: str | None = None


@dataclass(frozen=True, slots=True)
class NewStatement:
    """One field has one value, according to one source; the value is canonical (see `canonical_value`)."""

    field: str
    value: str
    source_id: int
    confidence: Confidence = Confidence.STATED
    note: str | None = None
