"""What does the load file say about one document? Its row as received, beside what the program made of it."""

from __future__ import annotations

from dataclasses import dataclass

from vaughn.formats.loadfile import Dialect, LoadFile, read_row
from vaughn.model import FIELD_BY_ID, FieldKind, FileRole, InputError, LoadFileError, ProducedDocument, SourceFile
from vaughn.receive.dates import DayOrder, read_dates
from vaughn.receive.rows import map_columns
from vaughn.receive.steps.linking import agreed_days
from vaughn.receive.values import NormalisedField, normalised_fields
from vaughn.store import CaseFile, StoredLoadFile
from vaughn.work import open_text_list

# How many rows of a date column are looked at to learn the order of day and month.
_ORDER_ROWS = 2000


@dataclass(frozen=True, slots=True)
class ReceivedValue:
    """One value as received; columns without a name are called by their place."""

    column: str
    value: str


@dataclass(frozen=True, slots=True)
class ReceivedRow:
    """One row of a load file as received."""

    path: str
    line: int
    values: tuple[ReceivedValue, ...]


@dataclass(frozen=True, slots=True)
class FileLink:
    """A file of a document, and how it was found.

    Args:
        path: Path inside the production; `None` if the file is missing.
    """

    role: FileRole
    path: str | None
    matched_by: str


@dataclass(frozen=True, slots=True)
class DocumentMetadata:
    """Everything load files say about a document: its own row first, then rows of other lists that name it."""

    rows: tuple[ReceivedRow, ...]
    normalised: tuple[NormalisedField, ...]
    links: tuple[FileLink, ...]


def document_metadata(case: CaseFile, document_id: int) -> DocumentMetadata:
    """Return what load files say about a document.

    Raises:
        InputError: If there is no such document.
    """
    document = case.document(document_id)
    if document is None:
        raise InputError(f"There is no document {document_id} in this case.")
    load_files = {load_file.id: load_file for load_file in case.load_files(document.production_id)}
    agreed = agreed_days(case, document.production_id)
    rows: list[ReceivedRow] = []
    fields: list[NormalisedField] = []
    for load_file, line, values in _raw_rows(case, document, load_files):
        names = [*load_file.columns, *(f"column {place + 1}" for place in range(len(load_file.columns), len(values)))]
        rows.append(ReceivedRow(load_file.path, line, tuple(map(ReceivedValue, names, values))))
        seen = {known.field for known in fields}
        own = normalised_fields(load_file.columns, values, order=agreed or _day_order(case, load_file))
        fields += [known for known in own if known.field not in seen]
    return DocumentMetadata(tuple(rows), tuple(fields), tuple(_links(case, document)))


def _raw_rows(
    case: CaseFile, document: ProducedDocument, load_files: dict[int, StoredLoadFile]
) -> list[tuple[StoredLoadFile, int, tuple[str, ...]]]:
    found = []
    place = case.row_place(document.id)
    if place is not None and place.load_file_id is not None and place.line is not None:
        load_file = load_files[place.load_file_id]
        values = case.raw_row(load_file.id, place.line)
        if values is None and place.start is not None and place.end is not None:
            values = _from_bytes(case, load_file, place.start, place.end)
        found.append((load_file, place.line, values or ()))
    by_source = {load_file.source_file_id: load_file for load_file in load_files.values()}
    for link in case.links(document.id):
        other = by_source.get(link.file_id or 0)
        if link.role is FileRole.LOAD_FILE and other is not None and link.path:
            line = int(link.path.removeprefix("line "))
            found.append((other, line, case.raw_row(other.id, line) or _at_line(case, other, line)))
    return found


def _from_bytes(case: CaseFile, load_file: StoredLoadFile, start: int, end: int) -> tuple[str, ...]:
    if load_file.sha256 is None or load_file.dialect is None:
        return ()
    dialect = Dialect.from_json(load_file.dialect)
    return read_row(case.blobs.path(load_file.sha256), dialect, start, end, width=len(load_file.columns))


def _opened(case: CaseFile, load_file: StoredLoadFile) -> LoadFile | None:
    if load_file.sha256 is None:
        return None
    try:
        return open_text_list(case.blobs.path(load_file.sha256), name=load_file.path)
    except LoadFileError:
        return None


def _at_line(case: CaseFile, load_file: StoredLoadFile, line: int) -> tuple[str, ...]:
    opened = _opened(case, load_file)
    for batch in opened.documents() if opened is not None else ():
        if len(batch) and int(batch.lines[0]) <= line <= int(batch.lines[-1]):
            rows = batch.lines.tolist()
            return batch.row(rows.index(line)) if line in rows else ()
    return ()


def _day_order(case: CaseFile, load_file: StoredLoadFile) -> DayOrder:
    """Return the order of day and month that the first rows of a list show."""
    mapped = map_columns(load_file.columns)
    dated = [place for place, name in enumerate(mapped.fields) if name and FIELD_BY_ID[name].kind is FieldKind.MOMENT]
    if not dated:
        return DayOrder.UNKNOWN
    rows = case.raw_rows(load_file.id, limit=_ORDER_ROWS)
    if not rows:
        opened = _opened(case, load_file)
        batch = next(iter(opened.documents()), None) if opened is not None else None
        rows = tuple(batch.row(row) for row in range(min(len(batch), _ORDER_ROWS))) if batch is not None else ()
    for place in dated:
        order = read_dates([row[place] for row in rows]).order
        if order is not DayOrder.UNKNOWN:
            return order
    return DayOrder.UNKNOWN


def _links(case: CaseFile, document: ProducedDocument) -> list[FileLink]:
    links = []
    told = set()
    for link in case.links(document.id):
        file = case.source_file(link.file_id) if link.file_id is not None else None
        told.add(link.file_id)
        links.append(FileLink(link.role, file.path if file else None, link.matched_by))
    first = case.pages(document.id, 1, 1)
    shown = first[0].file_id if first else None
    for role, file_id in (
        (FileRole.IMAGE, shown),
        (FileRole.TEXT, document.text_file_id),
        (FileRole.NATIVE, document.native_file_id),
    ):
        named: SourceFile | None = case.source_file(file_id) if file_id is not None else None
        if named is not None and file_id not in told:
            links.append(FileLink(role, named.path, "path" if document.row is not None else "file name"))
    return links
