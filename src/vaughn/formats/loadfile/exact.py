"""One row after the other, exactly: for the rows that the quick scan does not vouch for.

A row whose qualifier is open at the end of its line is read on (a real line break inside a value) only if
that gives a whole and clean row; otherwise a qualifier was lost and the row ends with its line. So one lost
qualifier costs one row and never the rest of the file.
"""

from __future__ import annotations

from dataclasses import dataclass

from vaughn.formats.loadfile.dialect import CONCORDANCE_QUALIFIER, Dialect
from vaughn.formats.loadfile.encoding import decoded_line
from vaughn.formats.loadfile.fields import Form, Split, closing_qualifier, finished, split_by_likelihood, split_by_rule
from vaughn.formats.loadfile.lines import MAX_ROW_BYTES, LineBlock
from vaughn.formats.loadfile.log import FindingLog

# What stands on a line that holds no row: blanks, and the end mark of old DOS files.
BLANKS = " \t\r\n\x1a\ufeff"


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken at one place of a block.

    Args:
        values: The row, or `None` if there is none (a blank line, a repeated header).
        lines: How many lines were used; 0 if the row may go on in the next block.
    """

    values: tuple[str, ...] | None
    lines: int


class ExactReader:
    """Reads rows of one dialect and width; what is odd goes to the log.

    Args:
        columns: Names in the header, `()` while the header itself is read.
        width: How many values a row has.
    """

    def __init__(self, dialect: Dialect, *, columns: tuple[str, ...], width: int, log: FindingLog) -> None:
        self._dialect = dialect
        self._width = width
        self._header = tuple(name.strip().casefold() for name in columns) if dialect.has_header else ()
        self._blanks = BLANKS.replace(dialect.separator, "")
        self._log = log

    def row_at(self, block: LineBlock, index: int) -> Taken:
        """Return the row that begins on line *index* of *block*."""
        raw = block.bytes_of(index, index)
        line = block.first_line + index
        text, is_foreign_row = self._text(raw, line)
        if not text.strip(self._blanks):
            return Taken(None, 1)
        dialect = self._dialect
        split = split_by_rule(text, dialect.separator, dialect.qualifier)
        if split.form is Form.OPEN and len(split.values) <= self._width and not is_foreign_row:
            joined = self._joined(block, index)
            if joined is not None:
                return joined
        values = self._values(text, split, dialect, line=line, is_cut=block.is_cut and index == len(block) - 1)
        if self._repeats_header(values):
            self._log.add("LF006", "The header line stands here once more; it is not counted as a document.", line=line)
            return Taken(None, 1)
        return Taken(finished(values, dialect), 1)

    def _repeats_header(self, values: tuple[str, ...]) -> bool:
        if len(values) != len(self._header) or values[0].strip().casefold() != self._header[0]:
            return False
        return tuple(value.strip().casefold() for value in values) == self._header

    def _text(self, raw: bytes, line: int) -> tuple[str, bool]:
        """Return the text of a line, and whether the whole line is in another encoding than the file."""
        foreign = _foreign_row(raw, self._dialect, self._width)
        if foreign is not None:
            self._log.add("LF004", f"The encoding of the line is not the file's {self._dialect.encoding}.", line=line)
            return foreign, True
        decoded = decoded_line(raw, self._dialect.encoding)
        if decoded.foreign:
            self._log.add("LF004", "Letters of the line are in Windows-1252; they were read so.", line=line)
        if decoded.lost:
            self._log.add(
                "LF002",
                f"Bytes of the line are no text in {self._dialect.encoding}; a replacement character stands for them.",
                line=line,
            )
        return decoded.text, False

    def _joined(self, block: LineBlock, index: int) -> Taken | None:
        """Return the row if reading on over line ends gives a clean one; `None` if it does not."""
        qualifier = self._dialect.qualifier or ""
        mark = qualifier.encode(self._dialect.encoding)
        start = int(block.starts[index])
        for last in range(index + 1, len(block)):
            if (int(block.ends[last]) - start) * block.unit_bytes > MAX_ROW_BYTES:
                return None
            if mark not in (raw := block.bytes_of(last, last)) or not _closes(raw, self._dialect):
                continue
            text = decoded_line(block.bytes_of(index, last), self._dialect.encoding).text
            split = split_by_rule(text, self._dialect.separator, qualifier)
            if split.form is Form.OPEN and len(split.values) <= self._width:
                continue
            if split.form is not Form.CLEAN or len(split.values) != self._width:
                return None
            self._tell_line_break(block.first_line + index)
            return Taken(finished(split.values, self._dialect), last - index + 1)
        if block.is_last or (len(block.units) - start) * block.unit_bytes > MAX_ROW_BYTES:
            return None
        return Taken(None, 0)

    def _tell_line_break(self, line: int) -> None:
        # Between double quotes a line break keeps the rule of CSV (RFC 4180, 2.6); elsewhere it breaks the format's.
        if self._dialect.qualifier != '"':
            self._log.add("LF012", "A real line break stands inside a value; the lines were joined.", line=line)

    def _values(self, text: str, split: Split, dialect: Dialect, *, line: int, is_cut: bool) -> tuple[str, ...]:
        """Return the row's values and tell what is wrong with it."""
        values, lost_qualifier = split.values, split.form is Form.OPEN
        if split.form is Form.STRAY or (split.form is Form.OPEN and len(values) != self._width):
            likely = split_by_likelihood(text, dialect, self._width)
            values, lost_qualifier = likely.values, likely.lost_qualifier or split.form is Form.OPEN
        if is_cut and (lost_qualifier or len(values) < self._width):
            self._log.add(
                "LF018", f"The last row is cut off: {len(values)} fields of {self._width}, no line end.", line=line
            )
            return values
        if lost_qualifier:
            self._log.add("LF011", "A text qualifier is left open; the row was read to the end of its line.", line=line)
        elif split.form is Form.STRAY:
            self._log.add("LF019", "Text stands outside the qualifiers; it is kept.", line=line)
        if len(values) != self._width:
            code = "LF009" if len(values) < self._width else "LF010"
            self._log.add(code, f"The row has {len(values)} fields, the header has {self._width}.", line=line)
        return values


def _closes(raw: bytes, dialect: Dialect) -> bool:
    """Tell whether a value that is open at the head of the line *raw* closes in it."""
    text = raw.decode(dialect.encoding, "replace")
    return closing_qualifier(text, 0, dialect.qualifier or "") >= 0


def row_text(raw: bytes, dialect: Dialect, *, width: int | None) -> str:
    """Return the text of a row, whatever encoding it is in."""
    foreign = _foreign_row(raw, dialect, width)
    return decoded_line(raw, dialect.encoding).text if foreign is None else foreign


def _foreign_row(raw: bytes, dialect: Dialect, width: int | None) -> str | None:
    """Return the row if it is a clean one in the other of UTF-8 and Windows-1252, else `None`."""
    other = _other_encoding(raw, dialect)
    if other is None:
        return None
    try:
        text = raw.decode(other)
    except UnicodeDecodeError:
        return None
    split = split_by_rule(text, dialect.separator, CONCORDANCE_QUALIFIER)
    return text if split.form is Form.CLEAN and width in {None, len(split.values)} else None


def _other_encoding(raw: bytes, dialect: Dialect) -> str | None:
    """Return the encoding that the line's thorns are written in, if it is not the file's."""
    if dialect.qualifier != CONCORDANCE_QUALIFIER or dialect.unit_bytes != 1:
        return None
    wide = b"\xc3\xbe" in raw
    if dialect.encoding == "cp1252":
        return "utf-8" if wide else None
    return "cp1252" if not wide and b"\xfe" in raw else None
