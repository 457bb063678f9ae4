"""What is written to the case file when records are taken in, besides the types of the model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vaughn.model import DocumentState, FileRole, LayerState, PageSize, PartRole, RecordFacts, TextSource
from vaughn.store.stored import TaskState


@dataclass(frozen=True, slots=True)
class RecordPage:
    """One page of a record as it was read; fields as in `PageReading`, page numbers follow from the order."""

    size: PageSize | None
    text_source: TextSource
    words: bytes | None = None
    stamped: str | None = None
    layer: LayerState | None = None
    engine: str | None = None


@dataclass(frozen=True, slots=True)
class NewRecord:
    """A document made from one file.

    Args:
        control: What it is called.
        parent_id: Document it stands in; must be in the case.
        page_count: All pages; *pages* are the first of them, the rest is read later.
        identity: Equal for copies of one message.
        document_id: Document without pages that was made of this file before and is to be filled now.
    """

    file_id: int
    control: str
    facts: RecordFacts
    file_name: str | None = None
    custodian: str | None = None
    parent_id: int | None = None
    page_count: int = 0
    pages: Sequence[RecordPage] = ()
    identity: str | None = None
    document_id: int | None = None

    def __post_init__(self) -> None:
        if len(self.pages) > self.page_count:
            raise ValueError("more pages than the record has")


@dataclass(frozen=True, slots=True)
class TakenRecord:
    """The document a `NewRecord` became; `first_page_id` is `None` without pages."""

    document_id: int
    first_page_id: int | None


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """What a document says of itself."""

    document_id: int
    facts: RecordFacts
    identity: str | None


@dataclass(frozen=True, slots=True)
class TakenFile:
    """One file of a taking in: where it came from, what became of it, and how its reading went.

    Args:
        container_id: File it came out of, `None` if it was handed over as it is.
        position: Among what came out of the same container, from 1.
        refused: Code that says why its bytes were left out or refused.
        state: Of the document made from it, `None` if there is none.
        task: Of its reading, `None` if there is nothing to read; `payload` and `code` are those of the task.
    """

    file_id: int
    container_id: int | None
    position: int
    part: PartRole | None
    path: str
    role: FileRole
    media_type: str
    sha256: str | None
    size_bytes: int | None
    refused: str | None
    document_id: int | None
    state: DocumentState | None
    task: TaskState | None
    payload: str | None = None
    code: str | None = None
    reason: str | None = None
    attempts: int = 0
