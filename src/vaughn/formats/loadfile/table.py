"""Delimited lists of documents (DAT, CSV, TSV and every sane pair of delimiters), read in flat memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from vaughn.formats.loadfile.batches import Bools, Int64s, LoadFile, LoadFileKind, RowBatch, padded
from vaughn.formats.loadfile.dialect import Dialect
from vaughn.formats.loadfile.exact import ExactReader, row_text
from vaughn.formats.loadfile.fields import Form, finished, split_by_likelihood, split_by_rule
from vaughn.formats.loadfile.lines import MAX_ROW_BYTES, LineBlock, LineReader, LongLine
from vaughn.formats.loadfile.log import FindingLog
from vaughn.formats.loadfile.scan import FieldBounds, RegularLines, encoded_units, field_bounds, regular_lines


@dataclass(frozen=True, slots=True)
class OddRow:
    """A row that the exact reader gave: its values and the index of its first line in the block."""

    values: tuple[str, ...]
    first: int


@dataclass(frozen=True, slots=True)
class OddRows:
    """What the exact reader took from one block.

    Args:
        rows: In the order of the file.
        used: Lines that are no rows of their own: they belong to odd rows, are blank, or come again.
        row_ends: Lines on which rows end, regular and odd ones.
    """

    rows: list[OddRow]
    used: Bools
    row_ends: Int64s


class TableRows:
    """Rows of one block, a `RowBatch`: regular ones stay bytes until asked for, odd ones are values already."""

    def __init__(self, block: LineBlock, regular: RegularLines, odd: OddRows, *, dialect: Dialect, width: int) -> None:
        self._block = block
        self._mask = regular.mask & ~odd.used
        self._dialect = dialect
        self._width = width
        self._bounds: FieldBounds | None = None
        mark = dialect.newline_mark
        self._mark = mark if mark is not None and (mark.isascii() or regular.has_foreign) else None
        is_first = self._mask.copy()
        is_first[[row.first for row in odd.rows]] = True
        firsts = np.flatnonzero(is_first)
        self.lines: Int64s = firsts + block.first_line
        self.starts: Int64s = block.starts[firsts] * block.unit_bytes + block.base
        self.ends: Int64s = block.ends[odd.row_ends] * block.unit_bytes + block.base
        is_regular = self._mask[firsts]
        self._place = np.flatnonzero(is_regular)  # of the regular rows among all rows
        self._block_lines = firsts[self._place]
        spots = np.flatnonzero(~is_regular).tolist()
        self._odd = {spot: padded(row.values, width) for spot, row in zip(spots, odd.rows, strict=True)}

    def __len__(self) -> int:
        return len(self.lines)

    def column(self, index: int) -> list[str]:
        """Return one column."""
        regular = self._regular_column(index)
        if not self._odd:
            return regular
        values = [""] * len(self)
        for spot, value in zip(self._place.tolist(), regular, strict=True):
            values[spot] = value
        for spot, row in self._odd.items():
            values[spot] = row[index]
        return values

    def row(self, index: int) -> tuple[str, ...]:
        """Return one row."""
        odd = self._odd.get(index)
        if odd is not None:
            return odd
        return self._values(self._line_text(int(self._block_lines[int(np.searchsorted(self._place, index))])))

    def rows(self) -> list[tuple[str, ...]]:
        """Return all rows."""
        regular = [self._values(text) for text in self._line_texts()]
        if not self._odd:
            return regular
        rows: list[tuple[str, ...]] = [()] * len(self)
        for spot, row in zip(self._place.tolist(), regular, strict=True):
            rows[spot] = row
        for spot, row in self._odd.items():
            rows[spot] = row
        return rows

    def columns(self, indices: Sequence[int]) -> list[list[str]]:
        """Return several columns: all rows are split in one go where every value of the block is qualified alike."""
        flat = self._flat()
        if flat is None:
            rows = self.rows()
            return [[row[index] for row in rows] for index in indices]
        columns = [flat[index :: self._width] for index in indices]
        for spot in sorted(self._odd):
            row = self._odd[spot]
            for values, index in zip(columns, indices, strict=True):
                values.insert(spot, row[index])
        return columns

    def _flat(self) -> list[str] | None:
        """Return the values of all regular rows one after the other, `None` if they must be read row by row."""
        try:
            text = self._block.data[: len(self._block.units) * self._block.unit_bytes].decode(self._dialect.encoding)
        except UnicodeDecodeError:
            return None
        newline, separator, qualifier = self._dialect.newline, self._dialect.separator, self._dialect.qualifier or ""
        if newline == "\n":
            text = text.replace("\r\n", newline)
        lines = text.split(newline)
        joined = separator.join([lines[line] for line in self._block_lines.tolist()])
        if self._mark is not None:
            joined = joined.replace(self._mark, "\n")
        if not (joined.startswith(qualifier) and joined.endswith(qualifier)):
            return None
        values = joined[len(qualifier) : len(joined) - len(qualifier)].split(qualifier + separator + qualifier)
        return values if len(values) == len(self._block_lines) * self._width else None

    def _line_text(self, line: int) -> str:
        text = self._block.bytes_of(line, line).decode(self._dialect.encoding)
        return text if self._mark is None else text.replace(self._mark, "\n")

    def _line_texts(self) -> list[str]:
        """Return the regular lines, decoded at once if the whole block can be."""
        try:
            text = self._block.data[: len(self._block.units) * self._block.unit_bytes].decode(self._dialect.encoding)
        except UnicodeDecodeError:
            return [self._line_text(int(line)) for line in self._block_lines]
        lines = text.split(self._dialect.newline)
        chosen = lines if len(self._block_lines) == len(lines) else [lines[line] for line in self._block_lines.tolist()]
        mark = self._mark
        return [
            line.removesuffix("\r") if mark is None else line.removesuffix("\r").replace(mark, "\n") for line in chosen
        ]

    def _values(self, text: str) -> tuple[str, ...]:
        """Split a row that is known to be regular; its newline marks are line feeds already."""
        qualifier, separator = self._dialect.qualifier, self._dialect.separator
        if qualifier is None:
            return tuple(text.split(separator))
        width = len(qualifier)
        if text.startswith(qualifier) and text.endswith(qualifier):
            values = text[width:-width].split(qualifier + separator + qualifier)
            if len(values) == self._width:
                return tuple(values)
        return tuple(_unqualified(value, qualifier) for value in text.split(separator))

    def _regular_column(self, index: int) -> list[str]:
        if self._bounds is None:
            self._bounds = field_bounds(self._block, self._dialect, width=self._width, mask=self._mask)
        data, encoding, unit_bytes = self._block.data, self._dialect.encoding, self._block.unit_bytes
        starts = (self._bounds.left[:, index] * unit_bytes).tolist()
        ends = (self._bounds.right[:, index] * unit_bytes).tolist()
        mark = (self._dialect.qualifier or "").encode(encoding)
        skip = len(mark)
        values = [
            data[a + skip : b - skip].decode(encoding)
            if skip and data.startswith(mark, a)
            else data[a:b].decode(encoding)
            for a, b in zip(starts, ends, strict=True)
        ]
        newline = self._mark
        return values if newline is None else [value.replace(newline, "\n") for value in values]


def _unqualified(value: str, qualifier: str) -> str:
    return value[len(qualifier) : -len(qualifier)] if value.startswith(qualifier) else value


@dataclass(frozen=True, slots=True)
class Header:
    """What stands before the first row.

    Args:
        columns: Names of the columns as received, or as recognised if there is no header.
        text: The header line as it stands in the file; empty if there is none.
        end_byte: Byte at which the first row begins.
        next_line: Line of the first row.
    """

    columns: tuple[str, ...]
    text: str
    end_byte: int
    next_line: int


class LineEndCount:
    """How many rows end with CR LF and how many with LF alone."""

    def __init__(self) -> None:
        self._with_cr = 0
        self._without_cr = 0
        self._first_change: int | None = None

    def add(self, block: LineBlock, row_ends: Int64s) -> None:
        """Count the line ends of the lines *row_ends* of *block*."""
        if block.is_cut and len(row_ends) and row_ends[-1] == len(block) - 1:
            row_ends = row_ends[:-1]
        has_cr = block.after[row_ends] - block.ends[row_ends] == 2
        with_cr = int(np.count_nonzero(has_cr))
        without = len(row_ends) - with_cr
        if self._first_change is None and with_cr + self._with_cr and without + self._without_cr:
            usual = self._with_cr > 0 if self._with_cr + self._without_cr else bool(has_cr[0])
            self._first_change = block.first_line + int(row_ends[int(np.argmax(has_cr != usual))])
        self._with_cr += with_cr
        self._without_cr += without

    def tell(self, log: FindingLog) -> None:
        """Report a mixture."""
        if self._first_change is not None:
            message = f"{self._with_cr} rows end with CR LF and {self._without_cr} with LF."
            log.add("LF013", message, line=self._first_change)


class TableFile(LoadFile):
    """A delimited list of documents."""

    def __init__(self, path: Path, name: str, *, file_format: str, dialect: Dialect, header: Header) -> None:
        super().__init__(name, file_format=file_format, kind=LoadFileKind.DOCUMENTS, dialect=dialect)
        self._path = path
        self._header = header
        self._table_dialect = dialect
        self.columns = header.columns

    def _document_rows(self, log: FindingLog) -> Iterator[RowBatch]:
        dialect, width = self._table_dialect, len(self.columns)
        reader = LineReader(self._path, dialect, start_byte=self._header.end_byte, first_line=self._header.next_line)
        exact = ExactReader(dialect, columns=self.columns, width=width, log=log)
        header = encoded_units(self._header.text, dialect)
        line_ends = LineEndCount()
        total = 0
        for block in reader.blocks():
            if isinstance(block, LongLine):
                message = f"The line has more than {MAX_ROW_BYTES >> 20} MB; it was left out."
                log.add("LF017", message, line=block.line)
                continue
            regular = regular_lines(block, dialect, width=width, header=header)
            odd = _odd_rows(block, reader, exact, mask=regular.mask)
            rows = TableRows(block, regular, odd, dialect=dialect, width=width)
            line_ends.add(block, odd.row_ends)
            total += len(rows)
            if len(rows):
                yield rows
        if total == 0:
            log.add("LF022", "The load file has a header and no rows.", line=1)
        line_ends.tell(log)


def _odd_rows(block: LineBlock, reader: LineReader, exact: ExactReader, *, mask: Bools) -> OddRows:
    """Read the lines that are not regular one by one."""
    odd: list[OddRow] = []
    used = ~mask
    row_ends = mask.copy()
    index = 0
    for irregular in np.flatnonzero(~mask).tolist():
        if irregular < index:
            continue  # part of a row that began earlier
        taken = exact.row_at(block, irregular)
        if taken.lines == 0:
            reader.keep_from(block, irregular)
            used[irregular:] = True
            row_ends[irregular:] = False
            break
        index = irregular + taken.lines
        used[irregular:index] = True
        row_ends[irregular:index] = False
        if taken.values is not None:
            odd.append(OddRow(taken.values, irregular))
            row_ends[index - 1] = True
    return OddRows(odd, used, np.flatnonzero(row_ends))


def read_row(path: Path, dialect: Dialect, start: int, end: int, *, width: int | None = None) -> tuple[str, ...]:
    """Return the values of the row in the bytes *start* to *end* of *path*, as `RowBatch` gave them.

    Args:
        width: How many columns the file has; needed to read a row that breaks the rule the same way again.
    """
    with path.open("rb") as stream:
        stream.seek(start)
        raw = stream.read(end - start)
    text = row_text(raw, dialect, width=width)
    split = split_by_rule(text, dialect.separator, dialect.qualifier)
    values = split.values
    if split.form is Form.STRAY or (split.form is Form.OPEN and len(values) != width):
        values = split_by_likelihood(text, dialect, width).values
    return finished(values, dialect)
