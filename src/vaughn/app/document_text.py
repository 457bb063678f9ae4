"""What a document says, and what its load file says about it, put together from the case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vaughn.formats.loadfile import Dialect, read_row
from vaughn.formats.pages import FileRefused, WordColumns, pack_words, read_text, unpack_columns, unpack_text
from vaughn.model import BatesNumber, PageText, ProducedDocument
from vaughn.receive import normalised_fields
from vaughn.store import CaseFile, StoredLoadFile

# What the case file keeps of a document, and the fields it may have been taken from, first choice first.
_STORED_FIELDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("begin", ("begin_bates", "control_number")),
    ("end", ("end_bates",)),
    ("custodian", ("custodian",)),
    ("title", ("subject", "title", "file_name")),
    ("sender", ("from", "author")),
    ("recipients", ("to",)),
    ("date", ("sent_date", "document_date", "received_date", "modified_date", "created_date")),
    ("file_name", ("file_name",)),
)
_NO_WORDS = pack_words(PageText("", ()))


@dataclass(frozen=True, slots=True)
class FieldValue:
    """A value as the program understood it, and the column it came from, if one did."""

    field: str
    value: str
    column: str | None


@dataclass(frozen=True, slots=True)
class ReceivedRow:
    """The row of a document in its load file, as received."""

    path: str
    line: int
    columns: tuple[str, ...]
    values: tuple[str, ...]


def page_words(case: CaseFile, page_id: int) -> WordColumns:
    """Return the words of a page; none if it was not read or has none."""
    packed = case.packed_words(page_id)
    return unpack_columns(_NO_WORDS if packed is None else packed)


def document_text(case: CaseFile, document: ProducedDocument) -> str:
    """Return the text of a document: pages end with a form feed; its text file where it has no pages."""
    if document.page_count and document.first_page_id is not None:
        ids = range(document.first_page_id, document.first_page_id + document.page_count)
        packed = {words.page_id: words.packed for words in case.packed_words_of(ids)}
        return "".join(f"{unpack_text(packed[page_id]) if page_id in packed else ''}\f" for page_id in ids)
    file = None if document.text_file_id is None else case.source_file(document.text_file_id)
    if file is None or file.blob is None:
        return ""
    try:
        return read_text(case.blobs.path(file.blob.sha256)).text
    except FileRefused:
        return ""  # Receiving has reported it.


def received_row(case: CaseFile, document: ProducedDocument) -> ReceivedRow | None:
    """Return the row of a document as its load file has it, `None` if it stands in none."""
    place = case.row_place(document.id)
    if place is None or place.load_file_id is None or place.line is None:
        return None
    load_file = next(
        (known for known in case.load_files(document.production_id) if known.id == place.load_file_id), None
    )
    if load_file is None:
        return None
    values = case.raw_row(load_file.id, place.line)
    if values is None and place.start is not None and place.end is not None:
        values = _row_from_bytes(case, load_file, start=place.start, end=place.end)
    return ReceivedRow(load_file.path, place.line, load_file.columns, values or ())


def _row_from_bytes(case: CaseFile, load_file: StoredLoadFile, *, start: int, end: int) -> tuple[str, ...]:
    if load_file.sha256 is None or load_file.dialect is None:
        return ()
    path = case.blobs.path(load_file.sha256)
    return read_row(path, Dialect.from_json(load_file.dialect), start, end, width=len(load_file.columns))


def understood_values(document: ProducedDocument, row: ReceivedRow | None) -> list[FieldValue]:
    """Return what the program made of the row: first what lists and filters use, then every other known field."""
    fields = () if row is None else normalised_fields(row.columns, row.values)
    column_of = {field.field: field.column for field in reversed(fields)}
    shown: list[FieldValue] = [FieldValue("kind", document.kind.value, column_of.get("record_type"))]
    used: set[str] = set()
    for name, sources in _STORED_FIELDS:
        value: str | BatesNumber | None = getattr(document, name)
        if value is not None:
            source = next((source for source in sources if source in column_of), None)
            used.add(source or "")
            shown.append(FieldValue(name, str(value), column_of.get(source or "")))
    others = [FieldValue(field.field, field.value, field.column) for field in fields if field.field not in used]
    return shown + others


def value_pairs(row: ReceivedRow | None) -> Iterator[tuple[str, str]]:
    """Return column and value of a row, surplus values under the name of their place."""
    if row is None:
        return
    width = max(len(row.columns), len(row.values))
    yield from zip(_filled(row.columns, width, "column"), _filled(row.values, width, None), strict=True)


def _filled(texts: Sequence[str], width: int, name: str | None) -> list[str]:
    return [*texts, *(f"{name} {place + 1}" if name else "" for place in range(len(texts), width))]
