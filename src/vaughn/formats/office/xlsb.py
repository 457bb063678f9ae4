"""XLSB as records: the package of an XLSX with sheets in binary ([MS-XLSB]); read like the others, sheet by sheet.

Formulas are counted and their last results read; their words are not (they are kept as codes).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from vaughn.formats.faults import FileRefused
from vaughn.formats.office.gathered import MAX_LETTERS, Gathered, joined, section
from vaughn.formats.office.inside import add_related, note_macros, note_outside
from vaughn.formats.office.locked import reading_of_ole
from vaughn.formats.office.package import Package
from vaughn.formats.office.properties import package_facts
from vaughn.formats.office.sheet_text import Cell, Row, SheetNotes, sheet_text
from vaughn.formats.office.sheet_values import Shape, column_name, number_text, shape_of
from vaughn.formats.office.xls_records import rk_number
from vaughn.formats.office.xls_sheet import ERRORS
from vaughn.formats.office.xlsx_sheet import MAX_COLUMNS, MAX_ROWS
from vaughn.formats.readers.content import Reading, ReadingRequest
from vaughn.model import DocumentKind

MAX_SWELL, SPARE_LETTERS = 30, 2_000_000
MAX_RECORD_BYTES = 4 << 20
_STATES = {1: "hidden", 2: "very hidden"}
_ROW, _COLUMN, _STRING, _SHEET, _BOOK, _FORMAT, _STYLE = 0, 60, 19, 156, 153, 44, 47
_STYLES_BEGIN, _STYLES_END = 617, 618
_AUTHOR, _COMMENT, _COMMENT_TEXT = 632, 635, 637
_FIRST_CELL, _LAST_CELL, _FIRST_FORMULA = 1, 11, 8


def xlsb_records(stream: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """Yield number and body of the records of *stream* ([MS-XLSB] 2.1.4)."""
    while True:
        kind, length = _packed(stream, 2), _packed(stream, 4)
        if kind is None or length is None or length > MAX_RECORD_BYTES:
            return
        body = stream.read(length)
        if len(body) < length:
            return
        yield kind, body


def _packed(stream: IO[bytes], most: int) -> int | None:
    number = 0
    for place in range(most):
        byte = stream.read(1)
        if not byte:
            return None
        number |= (byte[0] & 0x7F) << (7 * place)
        if not byte[0] & 0x80:
            break
    return number


def wide_string(data: bytes, at: int) -> tuple[str, int]:
    """Return the string at *at*, and where it ends."""
    count = int.from_bytes(data[at : at + 4], "little")
    if count == 0xFFFFFFFF:
        return "", at + 4
    return data[at + 4 : at + 4 + count * 2].decode("utf-16-le", "replace"), at + 4 + count * 2


@dataclass(slots=True)
class _Book:
    package: Package
    strings: list[str] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    since_1904: bool = False


class XlsbSheet:
    """One sheet."""

    def __init__(self, book: _Book, part: str, *, name: str, state: str) -> None:
        self.name, self.state, self.part = name, state, part
        self.notes = SheetNotes()
        self.formula_count = 0
        self._book = book

    def rows(self) -> Iterator[Row]:
        """Yield the rows that have cells.

        Raises:
            FileRefused: If the part is missing or too large.
        """
        row: Row | None = None
        with self._book.package.open(self.part) as stream:
            for kind, data in xlsb_records(stream):
                if kind == _ROW and len(data) >= 12:
                    if row is not None and row.cells:
                        yield row
                    number = int.from_bytes(data[:4], "little")
                    row = Row(min(number, MAX_ROWS - 1) + 1, [], bool(data[11] & 0x10))
                elif _FIRST_CELL <= kind <= _LAST_CELL and row is not None and len(data) >= 8:
                    cell = self._cell(kind, data)
                    row.cells += [cell] if cell is not None else []
                elif kind == _COLUMN and len(data) >= 18 and data[16] & 1:
                    first, last = struct.unpack_from("<II", data)
                    self.notes.hidden_columns.append((first + 1, min(last + 1, MAX_COLUMNS)))
        if row is not None and row.cells:
            yield row

    def _cell(self, kind: int, data: bytes) -> Cell | None:
        column = int.from_bytes(data[:4], "little")
        style = int.from_bytes(data[4:7], "little")
        if column >= MAX_COLUMNS:
            return None
        shape = self._book.shapes[style] if style < len(self._book.shapes) else Shape.NUMBER
        self.formula_count += kind >= _FIRST_FORMULA
        try:
            text = self._text(kind, data, shape)
        except struct.error:
            return None
        return Cell(column + 1, text, unseen=shape is Shape.UNSEEN) if text else None

    def _text(self, kind: int, data: bytes, shape: Shape) -> str:
        if kind in {6, 8}:
            return wide_string(data, 8)[0]
        if kind == 7:
            place = int.from_bytes(data[8:12], "little")
            return self._book.strings[place] if place < len(self._book.strings) else ""
        if kind in {3, 11}:
            return ERRORS.get(data[8], "#ERROR")
        if kind in {4, 10}:
            return "TRUE" if data[8] else "FALSE"
        if kind == 1:
            return ""
        value = rk_number(struct.unpack_from("<I", data, 8)[0]) if kind == 2 else struct.unpack_from("<d", data, 8)[0]
        return number_text(value, shape, since_1904=self._book.since_1904)


def open_xlsb(package: Package) -> tuple[XlsbSheet, ...]:
    """Return the sheets of *package* in their order.

    Raises:
        FileRefused: If it holds no workbook.
    """
    main = package.main_part("xl/workbook.bin")
    arrows = package.relationships(main)
    book = _Book(package)
    named = []
    with package.open(main) as stream:
        for kind, data in xlsb_records(stream):
            if kind == _BOOK and data:
                book.since_1904 = bool(data[0] & 1)
            elif kind == _SHEET and len(data) >= 16:
                identity, at = wide_string(data, 8)
                named.append((identity, wide_string(data, at)[0], _STATES.get(data[0] & 3, "visible")))
    book.strings = list(_strings(package, package.related(main, "sharedStrings")))
    book.shapes = list(_shapes(package, package.related(main, "styles")))
    sheets = []
    for identity, name, state in named:
        arrow = arrows.get(identity)
        if arrow is None or arrow.external or arrow.target not in package:
            package.told.part_left_out("A sheet is named and not there.")
        else:
            sheets.append(XlsbSheet(book, arrow.target, name=name, state=state))
    return tuple(sheets)


@reading_of_ole
def read_xlsb(request: ReadingRequest) -> Reading:
    """Return the workbook of *request*, a logical page for every sheet.

    Raises:
        FileRefused: If it is locked, damaged beyond reading or too large.
    """
    gathered = Gathered(request)
    package = Package(request.path, gathered.told)
    left = MAX_LETTERS
    seen: set[str] = set()
    sheets = open_xlsb(package)
    for sheet in sheets:
        try:
            sheet.notes.comments += _comments(package, package.related(sheet.part, "comments"))
            limit = min(left, SPARE_LETTERS + MAX_SWELL * package.size_bytes(sheet.part))
            text = sheet_text(sheet, gathered.told, limit_letters=limit)
        except FileRefused:
            gathered.told.part_left_out("A sheet could not be read; the others were.")
            text = f"[Sheet: {sheet.name} (not readable)]"
        if sheet.formula_count:
            text = joined(text, f"[Computed cells: {sheet.formula_count}]")
        left = max(0, left - len(text))
        gathered.texts.append(text)
        add_related(package, sheet.part, gathered, skipped=set(), seen=seen)
    note_macros(package, gathered.told)
    outside = section("Refers to", note_outside(package, [sheet.part for sheet in sheets], gathered.told))
    gathered.texts += [outside] if outside else []
    return gathered.reading(package_facts(package, DocumentKind.SPREADSHEET))


def _strings(package: Package, part: str | None) -> Iterator[str]:
    if part is not None:
        with package.open(part) as stream:
            for kind, data in xlsb_records(stream):
                if kind == _STRING:
                    yield wide_string(data, 1)[0]


def _shapes(package: Package, part: str | None) -> Iterator[Shape]:
    codes: dict[int, str] = {}
    in_styles = False
    if part is None:
        return
    with package.open(part) as stream:
        for kind, data in xlsb_records(stream):
            if kind == _FORMAT:
                codes[int.from_bytes(data[:2], "little")] = wide_string(data, 2)[0]
            elif kind in {_STYLES_BEGIN, _STYLES_END}:
                in_styles = kind == _STYLES_BEGIN
            elif kind == _STYLE and in_styles:
                number = int.from_bytes(data[2:4], "little")
                yield shape_of(number, codes.get(number))


def _comments(package: Package, part: str | None) -> Iterator[tuple[str, str, str]]:
    authors: list[str] = []
    place, author = "", ""
    if part is None:
        return
    with package.open(part) as stream:
        for kind, data in xlsb_records(stream):
            if kind == _AUTHOR:
                authors.append(wide_string(data, 0)[0])
            elif kind == _COMMENT and len(data) >= 16:
                number, row, _, column = struct.unpack_from("<IIII", data)
                author = authors[number] if number < len(authors) else ""
                place = f"{column_name(column + 1)}{row + 1}"
            elif kind == _COMMENT_TEXT:
                yield place, author, wide_string(data, 1)[0]
