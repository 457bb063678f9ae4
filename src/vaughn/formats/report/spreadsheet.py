"""A report as an XLSX workbook: one sheet a table, every cell a text or a number, never a formula."""

from __future__ import annotations

import io

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from vaughn.formats.report.content import Block, Fact, Paragraph, Report, Sheet, Table, Tone

# Limits of the format: rows of a sheet, letters of a cell.
MOST_ROWS = 1_048_576
MOST_LETTERS = 32_767
_WIDEST = 70
_FILL = {Tone.ERROR: "#FBE3E0", Tone.WARNING: "#FDF1D6", Tone.NOTE: "#EEF1F5", Tone.GOOD: "#E3F1E6"}


def written_as_xlsx(report: Report) -> bytes:
    """Return *report* as the bytes of a workbook; the first sheet is the summary.

    A text that begins like a formula is stored as text, so that opening the file computes nothing.
    """
    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(buffer, options) as book:
        made = report.made_at.replace(tzinfo=None, microsecond=0)
        book.set_properties({"title": report.title, "author": report.author, "created": made})
        styles = _styles(book)
        _summary(book.add_worksheet("Summary"), report, styles)
        for sheet in report.sheets:
            _table_sheet(book.add_worksheet(sheet.name), sheet, styles)
    return buffer.getvalue()


def _styles(book: xlsxwriter.Workbook) -> dict[str, Format]:
    base = {"valign": "top", "text_wrap": True, "font_size": 10}
    styles = {
        "title": book.add_format({"bold": True, "font_size": 18}),
        "subtitle": book.add_format({"font_size": 11, "font_color": "#555555"}),
        "label": book.add_format({**base, "bold": True, "font_color": "#444444"}),
        "head": book.add_format({**base, "bold": True, "bottom": 1, "bg_color": "#1F3A4D", "font_color": "#FFFFFF"}),
        "text": book.add_format(base),
        "banner": book.add_format({**base, "bold": True, "border": 1, "bg_color": _FILL[Tone.WARNING]}),
    }
    for tone in Tone:
        colour = {"bg_color": _FILL[tone]} if tone in _FILL else {}
        styles[f"cell {tone.value}"] = book.add_format({**base, **colour})
        styles[f"number {tone.value}"] = book.add_format({**base, **colour, "num_format": "#,##0"})
    return styles


def _summary(sheet: Worksheet, report: Report, styles: dict[str, Format]) -> None:
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 5, 24)
    sheet.write_string(0, 0, report.title, styles["title"])
    sheet.write_string(1, 0, report.subtitle, styles["subtitle"])
    line = 3
    if report.banner:
        sheet.merge_range(line, 0, line, 5, "", styles["banner"])
        sheet.write_string(line, 0, report.banner, styles["banner"])
        sheet.set_row(line, 15 * (1 + len(report.banner) // 110))
        line += 2
    for fact in (*report.facts, *(Fact(figure.label, figure.value) for figure in report.figures)):
        sheet.write_string(line, 0, fact.label, styles["label"])
        sheet.merge_range(line, 1, line, 5, "", styles["text"])
        sheet.write_string(line, 1, _cut(fact.value), styles["text"])
        line += 1
    for block in report.summary:
        line = _block(sheet, block, line + 1, styles)


def _block(sheet: Worksheet, block: Block, line: int, styles: dict[str, Format]) -> int:
    """Write one block of the summary from *line* on and return the line after it."""
    if isinstance(block, Paragraph):
        sheet.merge_range(line, 0, line, 5, "", styles["text"])
        sheet.write_string(line, 0, _cut(block.text), styles["text"])
        sheet.set_row(line, 15 * (1 + len(block.text) // 110))
        return line + 1
    return _rows(sheet, block, line, styles) + 1


def _table_sheet(sheet: Worksheet, part: Sheet, styles: dict[str, Format]) -> None:
    table = part.table
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(table.columns):
        letters = max((len(str(row.cells[place])) for row in table.rows[:500]), default=0)
        sheet.set_column(place, place, min(max(len(column.name), letters) + 3, _WIDEST))
    last = _rows(sheet, table, 0, styles)
    if table.rows:
        sheet.autofilter(0, 0, last - 1, len(table.columns) - 1)
    sheet.set_landscape()
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)


def _rows(sheet: Worksheet, table: Table, line: int, styles: dict[str, Format]) -> int:
    """Write head and rows from *line* on and return the line after the last."""
    for place, column in enumerate(table.columns):
        sheet.write_string(line, place, column.name, styles["head"])
    line += 1
    for row in table.rows[: MOST_ROWS - line - 1]:
        for place, cell in enumerate(row.cells):
            if isinstance(cell, int):
                sheet.write_number(line, place, cell, styles[f"number {row.tone.value}"])
            else:
                sheet.write_string(line, place, _cut(cell), styles[f"cell {row.tone.value}"])
        line += 1
    return line


def _cut(text: str) -> str:
    return text if len(text) <= MOST_LETTERS else text[: MOST_LETTERS - 1] + "…"
