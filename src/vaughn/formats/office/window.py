"""A window on one sheet of a spreadsheet, for the screen: some rows as they stand in the grid, with their formulas.

Rows before the window are passed over in a stream; nothing of a sheet is held but the window.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from vaughn.formats.faults import unreadable
from vaughn.formats.office.csv_sheet import open_csv
from vaughn.formats.office.locked import opened_ole, unlocked_package
from vaughn.formats.office.odf_sheets import odf_sheets
from vaughn.formats.office.ole import OleFile, is_ole
from vaughn.formats.office.package import Package
from vaughn.formats.office.sheet_text import Cell, Row, Sheet
from vaughn.formats.office.told import Told
from vaughn.formats.office.xls import open_xls, xls_is_locked, xls_stream
from vaughn.formats.office.xlsb import open_xlsb
from vaughn.formats.office.xlsx import open_xlsx
from vaughn.formats.readers.content import ReadingRequest

MAX_WINDOW_ROWS = 2000
MAX_WINDOW_COLUMNS = 1000
# A cell holds 32,767 letters; the window shows its beginning, the page text all of it.
MAX_CELL_LETTERS = 4000


@dataclass(frozen=True, slots=True)
class SheetName:
    """One sheet of a workbook; `number` from 1."""

    number: int
    name: str
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class WindowRow:
    """One row: its cells from the first column on, and the formula of each, or `None`."""

    number: int
    is_hidden: bool
    cells: tuple[str, ...]
    formulas: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class SheetWindow:
    """Some rows of a sheet.

    Args:
        sheets: All sheets of the workbook.
        sheet: Number of the one shown.
        rows: From `first_row` on, empty ones between others too.
        hidden_columns: Numbers of hidden columns, from 1, among those shown.
        has_more: Whether rows with cells follow.
        merged: Areas that are one cell, as far as they are known before the window ends.
    """

    sheets: tuple[SheetName, ...]
    sheet: int
    first_row: int
    rows: tuple[WindowRow, ...]
    hidden_columns: tuple[int, ...]
    has_more: bool
    merged: tuple[str, ...] = ()


def sheet_window(request: ReadingRequest, sheet: int = 1, *, first_row: int = 1, rows: int = 200) -> SheetWindow:
    """Return *rows* rows of the sheet with the number *sheet* of the spreadsheet of *request*.

    Raises:
        FileRefused: If the file cannot be read, is locked, is no spreadsheet, or has no such sheet.
    """
    first_row, rows = max(1, first_row), max(1, min(rows, MAX_WINDOW_ROWS))
    with _opened(request, sheet) as (names, chosen):
        if chosen is None:
            raise unreadable(f"The workbook has no sheet {sheet}.")
        found, has_more = _taken(chosen, first_row, first_row + rows)
        width = min(max((cell.column for row in found for cell in row.cells), default=0), MAX_WINDOW_COLUMNS)
        by_number = {row.number: row for row in found}
        last = max(by_number, default=0) if not has_more else first_row + rows - 1
        shown = tuple(_shown(by_number.get(number), number, width) for number in range(first_row, last + 1))
        hidden = tuple(column for column in range(1, width + 1) if chosen.notes.is_hidden(column))
        merged = tuple(chosen.notes.merged)
    return SheetWindow(tuple(names), sheet, first_row, shown, hidden, has_more, merged)


def _taken(sheet: Sheet, first: int, end: int) -> tuple[list[Row], bool]:
    found: list[Row] = []
    for row in sheet.rows():
        if row.number >= end:
            return found, True
        if row.number >= first:
            found.append(row)
    return found, False


def _shown(row: Row | None, number: int, width: int) -> WindowRow:
    cells: list[str] = [""] * width
    formulas: list[str | None] = [None] * width
    for cell in row.cells if row is not None else ():
        if cell.column <= width:
            cells[cell.column - 1] = cell.text[:MAX_CELL_LETTERS]
            formulas[cell.column - 1] = _formula(cell)
    return WindowRow(number, row is not None and row.hidden, tuple(cells), tuple(formulas))


def _formula(cell: Cell) -> str | None:
    return cell.formula[:MAX_CELL_LETTERS] if cell.formula is not None else None


@contextmanager
def _opened(request: ReadingRequest, number: int) -> Iterator[tuple[list[SheetName], Sheet | None]]:
    """Lend the names of all sheets and the one with *number*."""
    if request.media_type in {"text/csv", "text/tab-separated-values", "text/plain"}:
        yield [SheetName(1, request.name, is_hidden=False)], open_csv(request.path, name=request.name)
        return
    with unlocked_package(request) as path:
        if path == request.path and is_ole(path):
            file = opened_ole(request, xls_is_locked)
            assert isinstance(file, OleFile), "packages were unlocked before"  # noqa: S101 - narrows the type
            yield _chosen(open_xls(xls_stream(file)).sheets, number)
            return
        package = Package(path, Told())
        if "content.xml" in package:
            yield _chosen_of_odf(package, number)
        elif package.main_part("xl/workbook.xml").endswith(".bin"):
            yield _chosen(open_xlsb(package), number)
        else:
            yield _chosen(open_xlsx(package).sheets, number)


def _chosen(sheets: Sequence[Sheet], number: int) -> tuple[list[SheetName], Sheet | None]:
    names = [SheetName(place, sheet.name, sheet.state != "visible") for place, sheet in enumerate(sheets, start=1)]
    return names, sheets[number - 1] if 1 <= number <= len(sheets) else None


def _chosen_of_odf(package: Package, number: int) -> tuple[list[SheetName], Sheet | None]:
    """Return names and sheet of an ODS, whose sheets follow each other in one stream: it is read twice."""
    names = [
        SheetName(place, sheet.name, sheet.state != "visible")
        for place, sheet in enumerate(odf_sheets(package, "content.xml"), start=1)
    ]
    found = (sheet for place, sheet in enumerate(odf_sheets(package, "content.xml"), start=1) if place == number)
    return names, next(found, None)
