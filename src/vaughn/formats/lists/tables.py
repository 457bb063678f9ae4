"""A list as a file for spreadsheets: CSV in pieces, or an XLSX workbook written in flat memory.

A value of a record is never computed by the program that opens the file: what begins like a formula is
marked as text (OWASP, "CSV Injection": ``= + - @``, tab, carriage return).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import xlsxwriter

Cell = str | int | None

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Limits of the format: rows of a sheet, letters of a cell.
XLSX_MAX_ROWS = 1_048_576
XLSX_MAX_LETTERS = 32_767
_ROWS_AT_ONCE = 500
_BOM = "\ufeff"  # Without it Excel reads UTF-8 as the code page of the country.


def harmless(text: str) -> str:
    """Return *text* as a cell of a CSV file that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def csv_pieces(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """Return a CSV file in pieces: UTF-8 with a byte order mark, commas, CRLF."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    buffer.write(_BOM)
    writer.writerow(columns)
    for count, row in enumerate(rows, start=1):
        writer.writerow(["" if cell is None else harmless(cell) if isinstance(cell, str) else cell for cell in row])
        if count % _ROWS_AT_ONCE == 0:
            yield _taken(buffer)
    yield _taken(buffer)


def _taken(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode("utf-8", "replace")


def write_xlsx(path: Path, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    """Write a workbook with one sheet and return how many rows did not fit on it."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    left_out = 0
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet("List")
        head = book.add_format({"bold": True, "bottom": 1})
        marked = book.add_format({"quote_prefix": True})
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, max(len(columns) - 1, 0), 18)
        for place, name in enumerate(columns):
            sheet.write_string(0, place, name, head)
        for line, row in enumerate(rows, start=1):
            if line >= XLSX_MAX_ROWS:
                left_out += 1
                continue
            for place, cell in enumerate(row):
                if isinstance(cell, int):
                    sheet.write_number(line, place, cell)
                elif cell:
                    kind = marked if cell.startswith(FORMULA_STARTS) else None
                    sheet.write_string(line, place, cell[:XLSX_MAX_LETTERS], kind)
    return left_out
