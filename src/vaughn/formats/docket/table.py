"""What a table of docket entries says that somebody kept in a spreadsheet (CSV, TSV, XLSX): one row an entry."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from python_calamine import CalamineWorkbook

from vaughn.formats.docket.columns import ColumnUse, EntryField, column_uses
from vaughn.formats.docket.entrytext import attachments_in
from vaughn.formats.docket.log import DocketLog
from vaughn.formats.docket.names import docket_number, main_document_id, short_case_name
from vaughn.formats.docket.values import DocketEntryRead, DocketFact, DocketFile, DocketKind
from vaughn.model import InputError

# Titles and remarks may stand above the header.
LEAD_ROWS = 20
_DELIMITERS = ",\t;|"
_KNOWN_ENOUGH = 2


@dataclass(frozen=True, slots=True)
class Row:
    """One row with the line (CSV) or row (sheet) it stands in, from 1."""

    line: int
    cells: tuple[str, ...]


def text_rows(text: str, *, log: DocketLog) -> list[Row]:
    """Return the rows of a delimited text; the delimiter is the one that stands most in the first lines."""
    head = text.lstrip("\ufeff")[:8192]
    delimiter = max(_DELIMITERS, key=head.count)
    if text.count('"') % 2:
        log.add("DK003", "A quotation mark is left open: rows behind it may have become one.")
    reader = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=delimiter)
    return list(_text_rows(reader, log=log))


def _text_rows(reader: Iterator[list[str]], *, log: DocketLog) -> Iterator[Row]:
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            log.add("DK001", "The row cannot be read: a cell is longer than 131,072 letters.", line=line)
            continue
        if any(cell.strip() for cell in cells):
            yield Row(line, tuple(cell.strip() for cell in cells))
        line = getattr(reader, "line_num", line) + 1


def sheet_rows(path: Path) -> list[Row] | None:
    """Return the rows of the first sheet of a workbook with a row of known headers; `None` if it cannot be opened."""
    try:
        workbook = CalamineWorkbook.from_path(str(path))
        sheets = [_sheet(workbook, title) for title in workbook.sheet_names]
    except BaseException as error:  # the reader's own panics are no Exception
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            return None
        raise
    filled = [rows for rows in sheets if rows]
    return next((rows for rows in filled if _header_at(rows) is not None), filled[0] if filled else [])


def _sheet(workbook: CalamineWorkbook, title: str) -> list[Row]:
    sheet = workbook.get_sheet_by_name(title)
    top = sheet.start[0] if sheet.start is not None else 0
    rows = (Row(top + place, tuple(_text(value) for value in row)) for place, row in enumerate(sheet.iter_rows(), 1))
    return [row for row in rows if any(row.cells)]


def _text(value: object) -> str:
    """Return a cell as a person would type it."""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time().isoformat() == "00:00:00" else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value).strip() if value is not None else ""


def _header_at(rows: Sequence[Row]) -> int | None:
    """Return which of the first rows is the header: the first with a column of text and one of number or day."""
    for place, row in enumerate(rows[:LEAD_ROWS]):
        body = [later.cells for later in rows[place + 1 :]]
        known = {use.field for use in column_uses(row.cells, body) if use.field is not None}
        if len(known) >= _KNOWN_ENOUGH and known & {EntryField.DESCRIPTION, EntryField.SHORT}:
            return place
    return None


def is_table(rows: Sequence[Row]) -> bool:
    """Tell whether *rows* have a header of docket entries."""
    return _header_at(rows) is not None


def table_columns(
    rows: Sequence[Row], *, given: Mapping[str, EntryField | None] | None = None
) -> tuple[int, tuple[ColumnUse, ...]]:
    """Return which row is the header and what its columns are.

    Raises:
        InputError: If no column can be a description of entries.
    """
    place = _header_at(rows)
    if place is None and given:
        wanted = {header.casefold().strip() for header in given}
        place = next(
            (at for at, row in enumerate(rows[:LEAD_ROWS]) if wanted & {c.casefold() for c in row.cells}), None
        )
    if place is None:
        headers = ", ".join(cell for cell in rows[0].cells if cell)[:300] if rows else "none"
        raise InputError(
            "No column of the table is known to describe docket entries.",
            hint=f"Say which column is which. The first row has: {headers}.",
        )
    return place, column_uses(rows[place].cells, [row.cells for row in rows[place + 1 :]], given=given)


def read_table(
    rows: Sequence[Row], *, given: Mapping[str, EntryField | None] | None = None, log: DocketLog
) -> DocketFile:
    """Return the entries of a table.

    Raises:
        InputError: If no column can be a description of entries.
    """
    place, uses = table_columns(rows, given=given)
    header_line = rows[place].line
    for use in uses:
        if use.is_unclear:
            log.add(
                "DK006",
                "It is not clear what the column holds; it is kept as it is.",
                line=header_line,
                field=use.header,
            )
    found = [_entry(row, uses, log=log) for row in rows[place + 1 :]]
    said = _case_values(rows[place + 1 :], uses, log=log)
    number = docket_number(said.get(EntryField.CASE_NUMBER, ""))
    caption = said.get(EntryField.CASE_NAME)
    return DocketFile(
        DocketKind.TABLE,
        court_id=said.get(EntryField.COURT),
        docket_number=number.core or None,
        judge_initials=number.initials,
        case_name=short_case_name(caption) if caption else None,
        caption=caption,
        entries=tuple(found),
    )


def _case_values(rows: Sequence[Row], uses: Sequence[ColumnUse], *, log: DocketLog) -> dict[EntryField, str]:
    """Return what the columns about the case say; several cases in one table are noted, the first is taken."""
    said: dict[EntryField, str] = {}
    for place, use in enumerate(uses):
        if use.field not in {EntryField.CASE_NUMBER, EntryField.COURT, EntryField.CASE_NAME}:
            continue
        values = dict.fromkeys(row.cells[place] for row in rows if place < len(row.cells) and row.cells[place])
        if values:
            said[use.field] = next(iter(values))
        if len(values) > 1:
            log.add("DK007", f"The table names {len(values)} cases; each row keeps its own.", field=use.header)
    return said


def _entry(row: Row, uses: Sequence[ColumnUse], *, log: DocketLog) -> DocketEntryRead:
    said: dict[EntryField, str] = {}
    facts: list[DocketFact] = []
    for place, cell in enumerate(row.cells):
        use = uses[place] if place < len(uses) else None
        if use is None or use.field is None:
            if cell:
                facts.append(DocketFact(use.header if use else f"Column {place + 1}", cell))
        elif use.field in {EntryField.FILED_BY, EntryField.CASE_NUMBER, EntryField.CASE_NAME, EntryField.COURT}:
            if cell:
                facts.append(DocketFact(use.field.value.capitalize(), cell))
        else:
            said[use.field] = cell
    if len(row.cells) > len(uses) and any(row.cells[len(uses) :]):
        log.add("DK001", f"The row has {len(row.cells)} cells, the header {len(uses)}.", line=row.line)
    description = " ".join(said.get(EntryField.DESCRIPTION, "").split())
    doc_id = said.get(EntryField.DOCUMENT_ID, "")
    return DocketEntryRead(
        said.get(EntryField.NUMBER) or None,
        date_filed=log.date(said.get(EntryField.DATE_FILED, ""), line=row.line, field="date filed"),
        date_entered=log.date(said.get(EntryField.DATE_ENTERED, ""), line=row.line, field="date entered"),
        description=description,
        short_description=" ".join(said.get(EntryField.SHORT, "").split()),
        pacer_doc_id=main_document_id(doc_id) if doc_id.isdigit() else None,
        attachments=attachments_in(description),
        url=said.get(EntryField.URL) or None,
        line=row.line,
        facts=tuple(facts),
    )
