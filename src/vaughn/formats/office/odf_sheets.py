"""The sheets of an ODS in a stream (OpenDocument 1.3 part 3, 9): rows, hidden ones marked, formulas, comments.

A row or cell that is repeated is written as often as it stands, within limits; a sheet of a million equal rows is a
few bytes in the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from vaughn.formats.office.package import Package, attribute, children, local
from vaughn.formats.office.sheet_text import Cell, Row, SheetNotes
from vaughn.formats.office.sheet_values import Shape, column_name, number_text
from vaughn.formats.office.xlsx_sheet import KEPT_ROWS, MAX_COLUMNS, MAX_ROWS

MAX_SWELL, SPARE_LETTERS = 10, 2_000_000
# A value that is repeated along a row further than this is a fill, not a value.
MAX_REPEATED_CELLS = 1024
_TAGS = ("{*}table", "{*}table-row", "{*}table-column", "{*}style")
_SHAPES = {"float": Shape.NUMBER, "currency": Shape.NUMBER, "percentage": Shape.PERCENT}


@dataclass(slots=True)
class OdfSheet:
    """One sheet; its rows must be read before those of the next one."""

    name: str
    state: str
    events: Iterator[tuple[str, etree._Element]]
    notes: SheetNotes = field(default_factory=SheetNotes)
    is_read: bool = False

    def rows(self) -> Iterator[Row]:
        """Yield the rows that have cells."""
        number = column = 0
        if self.is_read:
            return
        for event, element in self.events:
            name = local(element)
            if event == "end" and name == "table":
                self.is_read = True
                return
            if event == "end" and name == "table-column":
                column = self._note_column(element, column)
            elif event == "end" and name == "table-row":
                repeated = _count(element, "number-rows-repeated")
                cells = list(self._cells(element, number + 1))
                hidden = attribute(element, "visibility") in {"collapse", "filter"}
                for extra in range(min(repeated, MAX_ROWS - number) if cells else 0):
                    yield Row(number + extra + 1, cells, hidden)
                number += repeated
                _emptied(element)

    def _note_column(self, element: etree._Element, column: int) -> int:
        count = _count(element, "number-columns-repeated")
        if attribute(element, "visibility") in {"collapse", "filter"} and column < MAX_COLUMNS:
            self.notes.hidden_columns.append((column + 1, min(column + count, MAX_COLUMNS)))
        return column + count

    def _cells(self, row: etree._Element, number: int) -> Iterator[Cell]:
        column = 0
        for element in row:
            if local(element) not in {"table-cell", "covered-table-cell"}:
                continue
            repeated = _count(element, "number-columns-repeated")
            text, formula = self._text(element, number, column + 1), attribute(element, "formula")
            if formula:
                formula = "=" + formula.partition("=")[2] if "=" in formula else formula
            if text or formula:
                for extra in range(min(repeated, MAX_REPEATED_CELLS)):
                    if column + extra < MAX_COLUMNS:
                        yield Cell(column + extra + 1, text, formula or None)
            column += repeated

    def _text(self, element: etree._Element, row: int, column: int) -> str:
        for comment in children(element, "annotation"):
            by = ", ".join(filter(None, (said(comment, "creator"), said(comment, "date"))))
            self.notes.comments.append((f"{column_name(column)}{row}", by, "\n".join(_paragraphs(comment))))
        kind, value = attribute(element, "value-type"), attribute(element, "value")
        if kind in _SHAPES and value:
            try:
                return number_text(float(value), _SHAPES[kind])
            except ValueError:
                return value
        date = attribute(element, "date-value")
        if kind == "date" and date:
            return date.replace("T", " ")
        return " ".join(_paragraphs(element))


def odf_sheets(package: Package, part: str) -> Iterator[OdfSheet]:
    """Yield the sheets of *part*, the content of a spreadsheet, in their order.

    Raises:
        FileRefused: If it is missing or too large.
    """
    hidden_styles: set[str] = set()
    with package.open(part) as stream:
        parsing = etree.iterparse(
            stream, events=("start", "end"), tag=_TAGS, huge_tree=True, recover=True, resolve_entities=False,
            load_dtd=False, no_network=True, remove_comments=True, remove_pis=True,
        )  # fmt: skip
        events = _until_fault(parsing)
        for event, element in events:
            name = local(element)
            if event == "end" and name == "style":
                if any(attribute(one, "display") == "false" for one in children(element, "table-properties")):
                    hidden_styles.add(attribute(element, "name") or "")
            elif event == "start" and name == "table":
                is_hidden = attribute(element, "style-name") in hidden_styles
                sheet = OdfSheet(attribute(element, "name") or "", "hidden" if is_hidden else "visible", events)
                yield sheet
                for _ in sheet.rows():  # what was not asked for
                    pass


def _until_fault(parsing: Iterator[tuple[str, etree._Element]]) -> Iterator[tuple[str, etree._Element]]:
    try:
        yield from parsing
    except etree.XMLSyntaxError:
        return


def _emptied(element: etree._Element) -> None:
    element.clear()
    parent = element.getparent()
    if parent is not None and len(parent) > KEPT_ROWS:
        del parent[:-1]


def said(element: etree._Element, name: str) -> str:
    """Return the text of the first child called *name*, or nothing."""
    return next((one.text or "" for one in children(element, name)), "")


def _paragraphs(element: etree._Element) -> list[str]:
    lines = []
    for one in children(element, "p"):
        text = "".join(str(piece) for piece in one.itertext())
        if text.strip():
            lines.append(text)
    return lines


def _count(element: etree._Element, name: str) -> int:
    text = attribute(element, name) or ""
    return max(1, int(text)) if text.isdecimal() and len(text) < 10 else 1
