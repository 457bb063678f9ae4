"""XLS (Excel 5 to 2003, [MS-XLS]) as records: a page for every sheet, hidden ones marked.

Formulas are counted and their last results read; their words are not (they are kept as codes).
"""

from __future__ import annotations

from dataclasses import dataclass

from vaughn.formats.faults import unreadable
from vaughn.formats.office.blips import pictures_in
from vaughn.formats.office.doc import note_ole_macros
from vaughn.formats.office.gathered import MAX_LETTERS, Gathered, joined, section
from vaughn.formats.office.locked import opened_ole
from vaughn.formats.office.objects import add_objects
from vaughn.formats.office.ole import OleFile
from vaughn.formats.office.propertysets import ole_facts
from vaughn.formats.office.sheet_text import sheet_text
from vaughn.formats.office.sheet_values import shape_of
from vaughn.formats.office.xls_records import (
    BIFF8,
    BiffRecord,
    biff_encoding,
    biff_records,
    shared_strings,
    string_at,
    version_of,
)
from vaughn.formats.office.xls_sheet import MAX_SWELL, SPARE_LETTERS, XlsBook, XlsSheet
from vaughn.formats.readers.content import Reading, ReadingRequest
from vaughn.model import DocumentKind

MAX_SHEETS = 5000
_FILEPASS, _CODE_PAGE, _DATE_MODE, _FORMAT, _XF, _SHEET, _SST = 0x2F, 0x42, 0x22, 0x041E, 0xE0, 0x85, 0xFC
_NAME, _BOOK, _DRAWINGS = 0x18, 0x01AE, 0xEB
_STATES = {1: "hidden", 2: "very hidden"}
_MACRO_SHEET = 1


def read_xls(request: ReadingRequest) -> Reading:
    """Return the workbook of *request*, a logical page for every sheet.

    Raises:
        FileRefused: If it is locked, or damaged beyond reading.
    """
    gathered = Gathered(request)
    file = opened_ole(request, xls_is_locked)
    if isinstance(file, Reading):
        return file
    opened = open_xls(xls_stream(file))
    left = min(MAX_LETTERS, SPARE_LETTERS + MAX_SWELL * len(opened.book.stream))
    for sheet in opened.sheets:
        text = sheet_text(sheet, gathered.told, limit_letters=left)
        if sheet.formula_count:
            text = joined(text, f"[Computed cells: {sheet.formula_count}]")
        if sheet.cut_off:
            gathered.told.part_left_out("Some cells of a sheet could not be read; the others were.")
        left = max(0, left - len(text))
        gathered.texts.append(text)
        gathered.told.external.update({"link": len(sheet.notes.links)} if sheet.notes.links else {})
    below = joined(section("Names", opened.names), section("Refers to", opened.outside))
    gathered.told.external.update({"file": len(opened.outside)} if opened.outside else {})
    gathered.texts += [below] if below else []
    gathered.told.macros += opened.macro_sheets
    add_objects(file, (), gathered)
    for name, data in pictures_in(opened.drawings):
        gathered.add_part(name, data)
    note_ole_macros(file, gathered)
    return gathered.reading(ole_facts(file, DocumentKind.SPREADSHEET))


def xls_stream(file: OleFile) -> bytes:
    """Return the stream with the sheets.

    Raises:
        FileRefused: If there is none.
    """
    for name in ("Workbook", "Book"):
        if (name,) in file:
            return file.read(name)
    raise unreadable("The file holds no workbook.")


def xls_is_locked(file: OleFile) -> bool:
    """Tell whether the sheets are encrypted."""
    stream = xls_stream(file)
    for number, record in enumerate(biff_records(stream, 0)):
        if record.kind == _FILEPASS:
            return True
        if number > 30:
            break
    return False


@dataclass(frozen=True, slots=True)
class OpenedXls:
    """An XLS whose sheets can be read."""

    book: XlsBook
    sheets: tuple[XlsSheet, ...]
    names: tuple[str, ...]
    outside: tuple[str, ...]
    drawings: bytes
    macro_sheets: int


def open_xls(stream: bytes) -> OpenedXls:
    """Return the sheets of the workbook *stream* in their order.

    Raises:
        FileRefused: If it is no workbook.
    """
    book = XlsBook(stream, version_of(stream))
    found = _Globals(book)
    for record in biff_records(stream, 0):
        found.take(record)
    book.shapes = [shape_of(number, book.formats.get(number)) for number in found.styles]
    sheets, names, outside = tuple(found.sheets), tuple(found.names), tuple(found.outside)
    return OpenedXls(book, sheets, names, outside, b"".join(found.drawings), found.macro_sheets)


class _Globals:
    """Takes the records that stand before the sheets."""

    def __init__(self, book: XlsBook) -> None:
        self._book = book
        self.sheets: list[XlsSheet] = []
        self.styles: list[int] = []
        self.names: list[str] = []
        self.outside: list[str] = []
        self.drawings: list[bytes] = []
        self.macro_sheets = 0

    def take(self, record: BiffRecord) -> None:
        """Take one record."""
        data, kind, book = record.data, record.kind, self._book
        if kind == _SST:
            book.strings = shared_strings(record)
        elif kind == _SHEET and len(data) > 6 and len(self.sheets) < MAX_SHEETS:
            self.macro_sheets += data[5] == _MACRO_SHEET
            self.sheets.append(_sheet(book, data))
        elif kind == _NAME and len(data) > 15:
            self.names += _name(data, book)
        elif kind == _BOOK and len(data) > 5:
            self.outside += _other_book(data)
        elif kind == _DRAWINGS:
            self.drawings += record.pieces
        else:
            self._take_looks(kind, data)

    def _take_looks(self, kind: int, data: bytes) -> None:
        book = self._book
        if kind == _CODE_PAGE and len(data) >= 2:
            book.encoding = biff_encoding(int.from_bytes(data[:2], "little"))
        elif kind == _DATE_MODE:
            book.since_1904 = data[:1] == b"\1"
        elif kind == _FORMAT and len(data) > 3:
            wide = book.version >= BIFF8
            code = string_at(data, 2, version=book.version, encoding=book.encoding, wide_count=wide)
            book.formats[int.from_bytes(data[:2], "little")] = code
        elif kind == _XF and len(data) >= 4:
            self.styles.append(int.from_bytes(data[2:4], "little"))


def _sheet(book: XlsBook, data: bytes) -> XlsSheet:
    name = string_at(data, 6, version=book.version, encoding=book.encoding, wide_count=False)
    state = _STATES.get(data[4] & 3, "visible")
    return XlsSheet(book, int.from_bytes(data[:4], "little"), name=name, state=state)


def _name(data: bytes, book: XlsBook) -> list[str]:
    flags, count = int.from_bytes(data[:2], "little"), data[3]
    if flags & 0x20:  # one of Excel's own: a print area, a filter
        return []
    if book.version < BIFF8:
        text = data[14 : 14 + count].decode(book.encoding, "replace")
    else:
        wide = bool(data[14] & 1)
        text = data[15 : 15 + count * (2 if wide else 1)].decode("utf-16-le" if wide else "latin-1", "replace")
    return [text + (" (hidden)" if flags & 1 else "")]


def _other_book(data: bytes) -> list[str]:
    """Return the workbook that formulas refer to; nothing if it is this one, or a program."""
    count = int.from_bytes(data[2:4], "little")
    if data[2:4] in {b"\x01\x04", b"\x01\x3a"} or not 1 < count < 1000:
        return []
    path = string_at(data, 2, version=BIFF8, encoding="cp1252")
    return ["file: " + "".join(letter for letter in path if letter >= " ")]
