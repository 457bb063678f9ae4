"""One sheet of an XLSX in a stream: rows, hidden ones marked, formulas, and what stands beside the cells.

ECMA-376 part 1, 18.3. Rows are read one at a time, so a sheet of a million rows takes no more memory than one of
ten, and a cell in the last corner no more than a cell in the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from vaughn.formats.faults import unreadable
from vaughn.formats.office.package import ENTITIES_LEFT, Package, attribute, children, local
from vaughn.formats.office.sheet_text import Cell, Row, SheetNotes, margin_words
from vaughn.formats.office.sheet_values import Shape, column_number, column_of, number_text, shape_of
from vaughn.formats.office.told import Told

MAX_COLUMNS, MAX_ROWS = 16_384, 1_048_576
MAX_MERGED = 10_000
# Strings that many cells share; more are no list of anybody's.
MAX_SHARED_BYTES = 512 << 20
# A cell of a few bytes may show a string of many; so many letters a byte of the sheet is text, more is an attack.
MAX_SWELL, SPARE_LETTERS = 10, 2_000_000
KEPT_ROWS = 200  # emptied ones, before they are taken out of the tree
_ROW_TAGS = ("{*}row", "{*}col", "{*}mergeCell", "{*}hyperlink", "{*}sheetFormatPr", "{*}headerFooter")
_PLACE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")


@dataclass(slots=True)
class Workbook:
    """What all sheets of a workbook share."""

    package: Package
    strings: list[str] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    since_1904: bool = False


class XlsxSheet:
    """One worksheet."""

    def __init__(self, workbook: Workbook, part: str, *, name: str, state: str) -> None:
        self.name, self.state, self.part = name, state, part
        self.notes = SheetNotes()
        self._book = workbook
        self._hides_rows = False
        self._by_style: dict[str | None, Shape] = {}

    def most_letters(self) -> int:
        """Return how long the text may be: words that are shared swell it, but not without end."""
        return SPARE_LETTERS + MAX_SWELL * self._book.package.size_bytes(self.part)

    def rows(self) -> Iterator[Row]:
        """Yield the rows that have cells.

        Raises:
            FileRefused: If the part is missing or too large.
        """
        targets = self._book.package.relationships(self.part)
        number = 0
        with self._book.package.open(self.part) as stream:
            for element in elements(stream, _ROW_TAGS, self._book.package.told):
                name = local(element)
                if name == "row":
                    row = self._row(element, number + 1)
                    number = row.number
                    if row.cells:
                        yield row
                elif name == "sheetFormatPr":
                    self._hides_rows = element.get("zeroHeight") in {"1", "true"}
                elif name == "col":
                    self._note_column(element)
                elif name == "mergeCell" and len(self.notes.merged) < MAX_MERGED:
                    self.notes.merged.append(element.get("ref", ""))
                elif name == "hyperlink":
                    arrow = targets.get(attribute(element, "id") or "")
                    if arrow is not None:
                        self.notes.links.append((element.get("ref", ""), arrow.target))
                elif name == "headerFooter":
                    self._note_margins(element)

    def _note_column(self, element: etree._Element) -> None:
        if element.get("hidden") in {"1", "true"}:
            first, last = _number(element.get("min")), _number(element.get("max"))
            if 0 < first <= last:
                self.notes.hidden_columns.append((first, min(last, MAX_COLUMNS)))

    def _note_margins(self, element: etree._Element) -> None:
        for one in element:
            text = margin_words(one.text or "")
            if text and text not in self.notes.margins:
                self.notes.margins.append(text)

    def _row(self, element: etree._Element, next_number: int) -> Row:
        number = _number(element.get("r")) or next_number
        hidden = element.get("hidden")
        row = Row(min(number, MAX_ROWS), [], hidden in {"1", "true"} if hidden is not None else self._hides_rows)
        column = 0
        for one in element:
            place = one.get("r")
            column = (column_of(place.rstrip("0123456789")) if place else 0) or column + 1
            cell = self._cell(one, min(column, MAX_COLUMNS))
            if cell is not None:
                row.cells.append(cell)
        return row

    def _cell(self, element: etree._Element, column: int) -> Cell | None:
        kind = element.get("t")
        value: str | None = None
        formula = reach = None
        for one in element:
            tag = one.tag
            if tag.endswith("}v"):
                value = one.text
            elif tag.endswith("}f"):
                # Of a formula shared by many cells, one cell bears the words, the others only its number.
                if one.text:
                    formula, reach = f"={one.text}", one.get("ref")
            elif tag.endswith("}is"):
                value, kind = rich_text(one), "inlineStr"
        if value is None:
            return Cell(column, "", formula, reach) if formula else None
        shape = self._shape(element.get("s"))
        return Cell(column, self._text(value, kind, shape), formula, reach, unseen=shape is Shape.UNSEEN)

    def _shape(self, style: str | None) -> Shape:
        shape = self._by_style.get(style)
        if shape is None:
            place = _number(style)
            shape = self._book.shapes[place] if place < len(self._book.shapes) else Shape.NUMBER
            self._by_style[style] = shape
        return shape

    def _text(self, value: str, kind: str | None, shape: Shape) -> str:
        if kind == "s":
            place = int(value) if value.isdecimal() and len(value) < 10 else -1
            return self._book.strings[place] if 0 <= place < len(self._book.strings) else ""
        if kind is None or kind == "n":
            try:
                return number_text(float(value), shape, since_1904=self._book.since_1904)
            except ValueError:
                return value
        if kind == "b":
            return "TRUE" if value == "1" else "FALSE"
        return value


def elements(stream: object, tags: tuple[str, ...], told: Told) -> Iterator[etree._Element]:
    """Yield the elements of *stream* called one of *tags*, each emptied when the next is asked for.

    Entities stay unexpanded, and are told.

    Raises:
        FileRefused: If there is no XML at all.
    """
    parsing = etree.iterparse(
        stream, events=("end",), tag=tags, huge_tree=True, recover=True, resolve_entities=False, load_dtd=False,
        no_network=True, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        for _, element in parsing:
            yield element
            element.clear()
            parent = element.getparent()
            if parent is not None and len(parent) > KEPT_ROWS:
                del parent[:-1]
    except etree.XMLSyntaxError:
        raise unreadable("A part of the file is broken XML.") from None
    root = parsing.root
    if root is not None and root.getroottree().docinfo.internalDTD is not None:
        told.part_left_out(ENTITIES_LEFT)


def rich_text(element: etree._Element) -> str:
    """Return the words of a string item, without the reading aids of East Asian text."""
    pieces = []
    for one in element:
        name = local(one)
        if name == "t":
            pieces.append(one.text or "")
        elif name == "r":
            pieces += [text.text or "" for text in children(one, "t")]
    return "".join(pieces)


def shared_strings(package: Package, part: str | None) -> list[str]:
    """Return the strings that cells share, in their order; what is too long is told, and left out."""
    if part is None or part not in package:
        return []
    if package.size_bytes(part) > MAX_SHARED_BYTES:
        package.told.part_left_out("The words of the workbook unpack to more than can be read; numbers were read.")
        return []
    with package.open(part) as stream:
        return [rich_text(element) for element in elements(stream, ("{*}si",), package.told)]


def shapes_of(package: Package, part: str | None) -> list[Shape]:
    """Return how numbers are meant, by the style of their cells."""
    root = package.tree_if_any(part)
    if root is None:
        return []
    codes = {_number(one.get("numFmtId")): one.get("formatCode", "") for one in root.iter("{*}numFmt")}
    formats = next(iter(root.iter("{*}cellXfs")), None)
    shapes = []
    for one in formats if formats is not None else ():
        number = _number(one.get("numFmtId"))
        shapes.append(shape_of(number, codes.get(number)))
    return shapes


def place_of(text: str) -> tuple[int, int]:
    """Return row and column, from 1, of a place like ``$B$7``; zeros if it is none."""
    matched = _PLACE.match(text)
    return (int(matched[2]), column_number(matched[1])) if matched else (0, 0)


def _number(text: str | None) -> int:
    return int(text) if text is not None and text.isdecimal() and len(text) < 10 else 0
