"""What the interface sends of records that were taken in: one class a JSON object."""

from __future__ import annotations

from pydantic import BaseModel


class MomentRow(BaseModel):
    """A point in time in UTC, and as the clock that wrote it showed it; `offset_minutes` is null if unknown."""

    at: str
    local: str
    offset_minutes: int | None


class AddressRow(BaseModel):
    """One correspondent; either may be empty. `person` is who that is by the alias table, null if it does not say."""

    name: str
    address: str
    person: str | None


class FoundRow(BaseModel):
    """One field as the record has it."""

    name: str
    value: str


class FactsRow(BaseModel):
    """What a record says of itself, in one form; null or empty is unknown."""

    title: str | None
    author: AddressRow | None
    to: list[AddressRow]
    cc: list[AddressRow]
    bcc: list[AddressRow]
    sent: MomentRow | None
    received: MomentRow | None
    created: MomentRow | None
    modified: MomentRow | None
    message_id: str | None
    in_reply_to: str | None
    references: list[str]
    conversation_index: str | None
    conversation_topic: str | None
    mail_folder: str | None
    attachment_names: list[str]
    language: str | None
    application: str | None


class HandoverRow(BaseModel):
    """Who handed the records over, and when."""

    production_id: int
    production: str
    from_whom: str
    received_by: str
    handed_on: str
    custodian: str | None
    device: str | None
    medium: str | None
    note: str | None
    root: str
    finished_at: str | None
    digest_before: str | None
    digest_after: str | None


class PlaceRow(BaseModel):
    """One step from what was handed over to the record: a file, or what came out of the one before."""

    name: str
    path: str
    media_type: str
    part: str | None
    position: int
    document_id: int | None


class FileFacts(BaseModel):
    """The file of a record: hashes are null where they were not made."""

    name: str
    path: str
    size_bytes: int
    media_type: str
    sha256: str
    sha1: str | None
    md5: str | None
    modified_at: str | None
    created_at: str | None


class RecordDetail(BaseModel):
    """Where a record came from and what it says of itself; all but `views` is null or empty for produced documents.

    `views` are the ways to look at it besides its pages: `html`, `sheets`, `office`.
    """

    facts: FactsRow | None
    found: list[FoundRow]
    handover: HandoverRow | None
    places: list[PlaceRow]
    file: FileFacts | None
    custodian: str | None
    language: str | None
    views: list[str]


class CopyRow(BaseModel):
    """One copy of a record; each keeps its custodian and its path."""

    document_id: int
    control: str
    production_id: int
    production: str
    custodian: str | None
    path: str | None
    is_shown: bool
    basis: str


class NearRow(BaseModel):
    """A document like this one; `similarity` from 0 to 1; `page_id` where it is one page of it."""

    document_id: int
    control: str
    title: str | None
    date: str | None
    similarity: float | None
    is_pivot: bool
    basis: str
    page_id: int | None


class ThreadRow(BaseModel):
    """One message of a thread; `depth` is how many messages it answers in turn."""

    document_id: int
    control: str
    title: str | None
    sender: str | None
    date: str | None
    depth: int
    is_inclusive: bool
    basis: str
    parent_id: int | None


class GroupsOfDocument(BaseModel):
    """What a document stands together with; `…_size` counts members that are not listed as well."""

    copies: list[CopyRow]
    copies_size: int
    near: list[NearRow]
    near_size: int
    thread: list[ThreadRow]
    thread_size: int


class ComparedPiece(BaseModel):
    """Words two documents share (`same`), or that only one has; `first` and `second` are empty accordingly."""

    kind: str
    first: str
    second: str


class Comparison(BaseModel):
    """The words of two documents side by side; `cut` if one is too long to compare to its end."""

    first: str
    second: str
    same_words: int
    first_words: int
    second_words: int
    cut: bool
    pieces: list[ComparedPiece]


class RenditionRow(BaseModel):
    """How far the picture of a file as its program shows it is."""

    state: str
    pages: int | None
    message: str | None
    hint: str | None


class SheetRow(BaseModel):
    """One sheet of a spreadsheet; `number` from 1."""

    number: int
    name: str
    is_hidden: bool


class GridRow(BaseModel):
    """One row of a sheet: what its cells show from the first column on, and the formula of each."""

    number: int
    is_hidden: bool
    cells: list[str]
    formulas: list[str | None]


class SheetRows(BaseModel):
    """Some rows of one sheet; hidden ones are among them and marked."""

    sheets: list[SheetRow]
    sheet: int
    first_row: int
    rows: list[GridRow]
    hidden_columns: list[int]
    has_more: bool
