"""One sheet of an XLS: its cells by rows, hidden ones marked, with comments and links ([MS-XLS] 2.4)."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from vaughn.formats.office.sheet_text import Cell, Row, SheetNotes, margin_words
from vaughn.formats.office.sheet_values import Shape, column_name, number_text
from vaughn.formats.office.xls_records import BIFF8, BiffRecord, Reader, biff_records, rk_number, string_at

MAX_CELLS = 4_000_000
MAX_SWELL, SPARE_LETTERS = 60, 2_000_000
ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_HIDDEN_ROW = 0x20
# Class of a link to an address, and of one to a file ([MS-OSHARED] 2.3.7.6).
_URL, _FILE = bytes.fromhex("e0c9ea79f9bace118c8200aa004ba90b"), bytes.fromhex("0303000000000000c000000000000046")


@dataclass(slots=True)
class XlsBook:
    """What all sheets of a workbook share."""

    stream: bytes
    version: int
    encoding: str = "cp1252"
    since_1904: bool = False
    strings: list[str] = field(default_factory=list)
    formats: dict[int, str] = field(default_factory=dict)
    shapes: list[Shape] = field(default_factory=list)


class XlsSheet:
    """One sheet; it is read as a whole, the format holds 65,536 rows at most."""

    def __init__(self, book: XlsBook, start: int, *, name: str, state: str) -> None:
        self.name, self.state = name, state
        self.notes = SheetNotes()
        self.formula_count = 0
        self.cut_off = False
        self._book, self._start = book, start
        self._rows: dict[int, list[Cell]] = {}
        self._hidden: set[int] = set()
        self._count = 0
        self._waiting: Cell | None = None  # a formula whose text comes in the next record
        self._comments: list[tuple[int, int, int, str]] = []
        self._texts: dict[int, str] = {}
        self._object = 0

    def rows(self) -> Iterator[Row]:
        """Yield the rows that have cells."""
        for record in biff_records(self._book.stream, self._start):
            take = _TAKERS.get(record.kind)
            if take is not None and self._count < MAX_CELLS:
                try:
                    take(self, record)
                except (struct.error, IndexError, EOFError):
                    self.cut_off = True
        self.cut_off = self.cut_off or self._count >= MAX_CELLS
        for row, column, number, author in self._comments:
            self.notes.comments.append((f"{column_name(column + 1)}{row + 1}", author, self._texts.get(number, "")))
        commented = {number for _, _, number, _ in self._comments}
        self.notes.drawn += [text for number, text in self._texts.items() if number not in commented and text.strip()]
        for number in sorted(self._rows):
            cells = sorted(self._rows[number], key=lambda cell: cell.column)
            yield Row(number + 1, cells, number in self._hidden)

    def _add(self, row: int, column: int, text: str, shape: Shape = Shape.NUMBER) -> Cell:
        cell = Cell(column + 1, text, unseen=shape is Shape.UNSEEN)
        self._rows.setdefault(row, []).append(cell)
        self._count += 1
        return cell

    def _shape(self, place: int) -> Shape:
        return self._book.shapes[place] if place < len(self._book.shapes) else Shape.NUMBER

    def _number(self, row: int, column: int, style: int, value: float) -> Cell:
        shape = self._shape(style)
        return self._add(row, column, number_text(value, shape, since_1904=self._book.since_1904), shape)

    # -- records -----------------------------------------------------------------------------------------------

    def take_number(self, record: BiffRecord) -> None:
        """A number."""
        row, column, style, value = struct.unpack_from("<HHHd", record.data)
        self._number(row, column, style, value)

    def take_rk(self, record: BiffRecord) -> None:
        """A packed number."""
        row, column, style, value = struct.unpack_from("<HHHI", record.data)
        self._number(row, column, style, rk_number(value))

    def take_rks(self, record: BiffRecord) -> None:
        """Packed numbers beside each other."""
        row, column = struct.unpack_from("<HH", record.data)
        for place in range((len(record.data) - 6) // 6):
            style, value = struct.unpack_from("<HI", record.data, 4 + place * 6)
            self._number(row, column + place, style, rk_number(value))

    def take_shared(self, record: BiffRecord) -> None:
        """A shared string."""
        row, column, style, place = struct.unpack_from("<HHHI", record.data)
        text = self._book.strings[place] if place < len(self._book.strings) else ""
        self._add(row, column, text, self._shape(style))

    def take_label(self, record: BiffRecord) -> None:
        """A string of the cell's own."""
        row, column, style = struct.unpack_from("<HHH", record.data)
        text = string_at(record.data, 6, version=self._book.version, encoding=self._book.encoding)
        self._add(row, column, text, self._shape(style))

    def take_truth(self, record: BiffRecord) -> None:
        """A truth value or an error."""
        row, column, _, value, is_error = struct.unpack_from("<HHHBB", record.data)
        self._add(row, column, ERRORS.get(value, "#ERROR") if is_error else "TRUE" if value else "FALSE")

    def take_formula(self, record: BiffRecord) -> None:
        """A formula with its last result."""
        row, column, style = struct.unpack_from("<HHH", record.data)
        result = record.data[6:14]
        self.formula_count += 1
        self._waiting = None
        if result[6:8] != b"\xff\xff":
            self._number(row, column, style, struct.unpack("<d", result)[0])
        elif result[0] == 0:
            self._waiting = self._add(row, column, "")
        elif result[0] == 1:
            self._add(row, column, "TRUE" if result[2] else "FALSE")
        elif result[0] == 2:
            self._add(row, column, ERRORS.get(result[2], "#ERROR"))

    def take_string(self, record: BiffRecord) -> None:
        """The text a formula gave."""
        if self._waiting is None:
            return
        if self._book.version < BIFF8:
            self._waiting.text = string_at(record.data, 0, version=self._book.version, encoding=self._book.encoding)
        else:
            reader = Reader(record.pieces)
            self._waiting.text = reader.unicode(reader.number(2))
        self._waiting = None

    def take_row(self, record: BiffRecord) -> None:
        """How a row is shown."""
        (row,) = struct.unpack_from("<H", record.data)
        if record.data[12] & _HIDDEN_ROW:
            self._hidden.add(row)

    def take_columns(self, record: BiffRecord) -> None:
        """How columns are shown."""
        first, last, _, _, flags = struct.unpack_from("<5H", record.data)
        if flags & 1 and first <= last < 256:
            self.notes.hidden_columns.append((first + 1, last + 1))

    def take_note(self, record: BiffRecord) -> None:
        """A comment: where it stands, and whose it is; its words come with an object."""
        row, column, _, number = struct.unpack_from("<4H", record.data)
        if self._book.version >= BIFF8:
            author = string_at(record.data, 8, version=self._book.version, encoding=self._book.encoding)
            self._comments.append((row, column, number, author))
        else:
            text = record.data[6:].decode(self._book.encoding, "replace")
            self.notes.comments.append((f"{column_name(column + 1)}{row + 1}", "", text))

    def take_object(self, record: BiffRecord) -> None:
        """An object on the sheet: its number."""
        if len(record.data) >= 8 and record.data[:2] == b"\x15\x00":
            self._object = int.from_bytes(record.data[6:8], "little")

    def take_text(self, record: BiffRecord) -> None:
        """The words of the last object."""
        count = int.from_bytes(record.data[10:12], "little")
        if count and len(record.pieces) > 1:
            text = Reader([b"", *record.pieces[1:]])
            text.piece, text.at = 1, 0
            wide = bool(text.number(1) & 1)
            self._texts[self._object] = text.letters(count, wide=wide)

    def take_link(self, record: BiffRecord) -> None:
        """A link of a cell."""
        row, _, column, _ = struct.unpack_from("<4H", record.data)
        body = b"".join(record.pieces)
        for identity, wide in ((_URL, True), (_FILE, False)):
            at = body.find(identity)
            if at >= 0:
                start = at + 16 + (0 if wide else 2)
                length = int.from_bytes(body[start : start + 4], "little")
                raw = body[start + 4 : start + 4 + length]
                target = raw.decode("utf-16-le" if wide else self._book.encoding, "replace").split("\0")[0]
                self.notes.links.append((f"{column_name(column + 1)}{row + 1}", target))

    def take_margin(self, record: BiffRecord) -> None:
        """Words printed above or below each page."""
        if len(record.data) > 2:
            data, version = record.data, self._book.version
            text = string_at(data, 0, version=version, encoding=self._book.encoding, wide_count=version >= BIFF8)
            self.notes.margins += [plain] if (plain := margin_words(text)) else []


_TAKERS: dict[int, Callable[[XlsSheet, BiffRecord], None]] = {
    0x0203: XlsSheet.take_number, 0x027E: XlsSheet.take_rk, 0x00BD: XlsSheet.take_rks, 0x00FD: XlsSheet.take_shared,
    0x0204: XlsSheet.take_label, 0x00D6: XlsSheet.take_label, 0x0205: XlsSheet.take_truth,
    0x0006: XlsSheet.take_formula, 0x0207: XlsSheet.take_string, 0x0208: XlsSheet.take_row,
    0x007D: XlsSheet.take_columns, 0x001C: XlsSheet.take_note, 0x005D: XlsSheet.take_object,
    0x01B6: XlsSheet.take_text, 0x01B8: XlsSheet.take_link, 0x0014: XlsSheet.take_margin, 0x0015: XlsSheet.take_margin,
}  # fmt: skip
