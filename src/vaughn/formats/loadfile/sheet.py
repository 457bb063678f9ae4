"""Lists of documents in workbooks (XLSX, XLS, ODS): every sheet whose first rows hold a header that speaks for one.

The row number of a finding is the row of the sheet. A produced spreadsheet is a record and not a list: only
a header with a begin number whose values look like numbers, or with names of files that look like such, counts.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from python_calamine import CalamineWorkbook

from vaughn.formats.faults import unreadable
from vaughn.formats.loadfile.batches import LoadFile, LoadFileKind, RowBatch, TextRows
from vaughn.formats.loadfile.evidence import is_document_list, is_header
from vaughn.formats.loadfile.log import FindingLog
from vaughn.formats.loadfile.page_rows import ROWS_PER_BATCH

# Titles and remarks stand above the header in real lists; six rows were seen.
LEAD_ROWS = 20
SAMPLE_ROWS = 50
# A sheet of the largest size with short values is about 300 MB unpacked.
MAX_UNPACKED_BYTES = 512 << 20
MIN_KNOWN_COLUMNS = 2
SHEET_COLUMN = "Sheet"


@dataclass(frozen=True, slots=True)
class ListSheet:
    """One sheet that is a list: its name, its header and the row (from 1) the header stands in."""

    name: str
    header_row: int
    columns: tuple[str, ...]


def recognised_workbook(path: Path, name: str) -> LoadFile | None:
    """Return the list that the workbook *path* is, or `None` if it is none or cannot be opened.

    Raises:
        FileRefused: If it unpacks to more than can be read.
    """
    if _is_too_large(path):
        raise unreadable(f"The workbook unpacks to more than {MAX_UNPACKED_BYTES >> 20} MB and was not looked into.")
    try:
        workbook = CalamineWorkbook.from_path(str(path))
        sheets = [sheet for title in workbook.sheet_names if (sheet := _list_sheet(workbook, title)) is not None]
    except MemoryError:
        raise
    except BaseException as error:  # the reader's own panics are no Exception
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            return None
        raise
    return SheetFile(path, name, sheets=sheets) if sheets else None


def _is_too_large(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return sum(member.file_size for member in archive.infolist()) > MAX_UNPACKED_BYTES
    except (zipfile.BadZipFile, OSError, NotImplementedError):
        return path.stat().st_size > MAX_UNPACKED_BYTES


def _list_sheet(workbook: CalamineWorkbook, title: str) -> ListSheet | None:
    rows: list[tuple[str, ...]] = []
    for row in _rows(workbook, title):
        rows.append(row)
        if len(rows) == LEAD_ROWS + SAMPLE_ROWS:
            break
    for place, row in enumerate(rows[:LEAD_ROWS]):
        columns = _trimmed(row)
        body = [later for later in rows[place + 1 :] if any(later)]
        if len(columns) >= MIN_KNOWN_COLUMNS and body and is_header(columns) and is_document_list(columns, body):
            return ListSheet(title, place + 1, columns)
    return None


def _trimmed(row: Sequence[str]) -> tuple[str, ...]:
    """Return *row* without empty cells at its end; an unnamed column in between gets a name."""
    last = max((place for place, value in enumerate(row) if value), default=-1)
    return tuple(value or f"Column {place + 1}" for place, value in enumerate(row[: last + 1]))


def _rows(workbook: CalamineWorkbook, title: str) -> Iterator[tuple[str, ...]]:
    """Yield every row of a sheet from row 1 on, as text."""
    sheet = workbook.get_sheet_by_name(title)
    top = sheet.start[0] if sheet.start is not None else 0
    left = sheet.start[1] if sheet.start is not None else 0
    for _ in range(top):
        yield ()
    for row in sheet.iter_rows():
        yield ("",) * left + tuple(_text(value) for value in row)


def _text(value: object) -> str:
    """Return a cell as a person would type it; whole numbers without a decimal point, days in ISO 8601."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return str(value)


class SheetFile(LoadFile):
    """A workbook with at least one list; the columns are those of all its lists."""

    def __init__(self, path: Path, name: str, *, sheets: list[ListSheet]) -> None:
        super().__init__(name, file_format="xlsx", kind=LoadFileKind.DOCUMENTS)
        self._path = path
        self._sheets = sheets
        columns = [SHEET_COLUMN] if len(sheets) > 1 else []
        for sheet in sheets:
            for column in sheet.columns:
                # A name that one sheet has twice stays twice; a name that two sheets share is one column.
                missing = sheet.columns.count(column) - columns.count(column)
                columns.extend([column] * missing)
        self.columns = tuple(columns)

    def _document_rows(self, log: FindingLog) -> Iterator[RowBatch]:
        workbook = CalamineWorkbook.from_path(str(self._path))
        total = 0
        for sheet in self._sheets:
            places = self._places(sheet)
            lines: list[int] = []
            rows: list[tuple[str, ...]] = []
            for number, row in enumerate(_rows(workbook, sheet.name), start=1):
                if number <= sheet.header_row or not any(row):
                    continue
                if _trimmed(row) == sheet.columns:
                    log.add("LF006", "The header stands here once more; it is no document.", line=number)
                    continue
                lines.append(number)
                rows.append(self._placed(row, places, sheet, log=log, line=number))
                if len(rows) == ROWS_PER_BATCH:
                    total += len(rows)
                    yield TextRows(lines, rows, width=len(self.columns))
                    lines, rows = [], []
            total += len(rows)
            if rows:
                yield TextRows(lines, rows, width=len(self.columns))
        if total == 0:
            log.add("LF022", "The list has a header and no rows.", line=self._sheets[0].header_row)

    def _places(self, sheet: ListSheet) -> list[int]:
        """Return for each column of *sheet* its place among all columns."""
        taken: set[int] = set()
        places: list[int] = []
        for column in sheet.columns:
            place = next(p for p, name in enumerate(self.columns) if name == column and p not in taken)
            taken.add(place)
            places.append(place)
        return places

    def _placed(
        self, row: tuple[str, ...], places: list[int], sheet: ListSheet, *, log: FindingLog, line: int
    ) -> tuple[str, ...]:
        values = [""] * len(self.columns)
        for place, value in zip(places, row, strict=False):
            values[place] = value
        extra = row[len(places) :]
        if any(extra):
            log.add("LF010", f"The row has more cells than the header's {len(places)}.", line=line)
        if self.columns[0] == SHEET_COLUMN and SHEET_COLUMN not in sheet.columns:
            values[0] = sheet.name
        return (*values, *extra) if any(extra) else tuple(values)
