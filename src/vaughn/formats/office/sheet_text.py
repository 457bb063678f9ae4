"""A sheet of any spreadsheet as text: a row a line, cells parted by tabs, what is hidden marked, the rest below.

Formulas, comments and what is drawn on the sheet follow under titles in brackets. Only rows that say something are
written, and long gaps between cells are shortened: where a cell stands is told by the sheet view.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from vaughn.formats.office.docx_story import in_one_line
from vaughn.formats.office.gathered import MAX_LETTERS, joined, section
from vaughn.formats.office.sheet_values import column_name
from vaughn.formats.office.told import Told

MAX_GAP = 3  # tabs between two cells of a row
MAX_FORMULAS = 50_000  # of one sheet; their values stand in the rows
HIDDEN_MARK = "[hidden] "
# What stands between the words of a header: fonts, sizes, colours, places, page numbers.
_MARGIN_CODE = re.compile(r'&(?:"[^"]*"|\d+|K[0-9A-Fa-f+-]{5,6}|\[[A-Za-z]+\]|[A-Z])')


@dataclass(slots=True)
class Cell:
    """One cell with something in it.

    Args:
        column: From 1.
        formula: As it is written, with its ``=``; `None` if the cell holds a plain value.
        reach: Cells the formula stands in, if one is written for many.
    """

    column: int
    text: str
    formula: str | None = None
    reach: str | None = None
    unseen: bool = False


@dataclass(slots=True)
class Row:
    """One row with cells; `number` is from 1."""

    number: int
    cells: list[Cell]
    hidden: bool = False


@dataclass(slots=True)
class SheetNotes:
    """What is known of a sheet besides its rows, complete once these are read.

    Args:
        hidden_columns: First and last, from 1, both included.
        comments: Place, who and when, words.
        merged: Areas as written (``A1:B2``).
        margins: Words printed above and below each page.
        drawn: Words of text boxes and charts.
    """

    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    comments: list[tuple[str, str, str]] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    margins: list[str] = field(default_factory=list)
    drawn: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)

    def is_hidden(self, column: int) -> bool:
        """Tell whether *column* is hidden."""
        return any(first <= column <= last for first, last in self.hidden_columns)


class Sheet(Protocol):
    """One sheet of a workbook, read in a stream.

    Attributes:
        state: ``visible``, ``hidden``, ``very hidden``.
    """

    name: str
    state: str
    notes: SheetNotes

    def rows(self) -> Iterator[Row]:
        """Yield the rows that have cells, from the first on."""


def sheet_text(sheet: Sheet, told: Told, *, limit_letters: int = MAX_LETTERS) -> str:
    """Return what *sheet* says, and tell what of it is hidden."""
    title = f"[Sheet: {sheet.name}]" if sheet.state == "visible" else f"[Sheet: {sheet.name} ({sheet.state})]"
    if sheet.state != "visible":
        told.hidden["sheet"] += 1
    writing = _Writing(sheet.notes, limit_letters=limit_letters)
    for row in sheet.rows():
        if not writing.add(row):
            told.part_left_out("A sheet is longer than can be kept; its last rows were left out.")
            break
    writing.tell(told)
    notes = sheet.notes
    return joined(
        title,
        _hidden_columns_line(notes.hidden_columns),
        section("Header and footer", notes.margins),
        "\n".join(writing.lines),
        section("Drawn on the sheet", notes.drawn),
        section("Comments", _comment_lines(notes.comments, told)),
        section("Formulas", writing.formulas),
        section("Links", dict.fromkeys(f"{place}: {target}" for place, target in notes.links)),
    )


class _Writing:
    def __init__(self, notes: SheetNotes, *, limit_letters: int) -> None:
        self.lines: list[str] = []
        self.formulas: list[str] = []
        self._notes, self._left = notes, limit_letters
        self._hidden_rows = self._unseen = self._formulas = 0
        self._columns: set[int] = set()

    def add(self, row: Row) -> bool:
        """Write *row*; return whether there is room for more."""
        self._hidden_rows += row.hidden
        line = row_line(row.cells)
        if line:
            self.lines.append((HIDDEN_MARK if row.hidden else "") + line)
            self._left -= len(line) + 1
        for cell in row.cells:
            if self._notes.hidden_columns:
                self._columns.add(cell.column)
            self._unseen += cell.unseen
            if cell.formula is not None:
                self._add_formula(cell, row.number)
        return self._left > 0

    def _add_formula(self, cell: Cell, row: int) -> None:
        self._formulas += 1
        if self._formulas <= MAX_FORMULAS:
            place = cell.reach or f"{column_name(cell.column)}{row}"
            self.formulas.append(f"{place}: {cell.formula}")
            self._left -= len(self.formulas[-1]) + 1
        elif self._formulas == MAX_FORMULAS + 1:
            self.formulas.append("... and more")

    def tell(self, told: Told) -> None:
        """Tell what of the written rows is hidden."""
        if self._hidden_rows:
            told.hidden["row"] += self._hidden_rows
        columns = sum(self._notes.is_hidden(column) for column in self._columns)
        if columns:
            told.hidden["column"] += columns
        if self._unseen:
            told.hidden["cell"] += self._unseen


def row_line(cells: Sequence[Cell]) -> str:
    """Return *cells* as a line, parted by tabs."""
    pieces: list[str] = []
    last = 0
    for cell in cells:
        if not cell.text:
            continue
        gap = cell.column - last if pieces else min(cell.column - 1, MAX_GAP)
        pieces.append("\t" * (min(gap, MAX_GAP) if pieces else gap))
        pieces.append(cell.text if "\n" not in cell.text and "\r" not in cell.text else " ".join(cell.text.split()))
        last = cell.column
    return "".join(pieces).rstrip()


def margin_words(text: str) -> str:
    """Return the words of a header or footer of a sheet without its codes."""
    plain = _MARGIN_CODE.sub(" ", text.replace("&&", "\0")).replace("\0", "&")
    return " ".join(plain.split())


def _hidden_columns_line(columns: list[tuple[int, int]]) -> str:
    if not columns:
        return ""
    names = [column_name(first) + (f"-{column_name(last)}" if last > first else "") for first, last in columns]
    return f"[Hidden columns: {', '.join(names)}]"


def _comment_lines(comments: list[tuple[str, str, str]], told: Told) -> list[str]:
    if comments:
        told.changes["comment"] += len(comments)
    return [f"{place}{f', {by}' if by else ''}: {in_one_line(words)}" for place, by, words in comments]
