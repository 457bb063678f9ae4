"""Opticon page lists: seven comma fields a page, no header.

``key, volume, path, document break, folder break, box break, page count``; ``Y`` marks a break. Some writers
put the box before the folder. The page count stands on the first row of a document only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from vaughn.formats.loadfile.batches import Bools, LoadFile, LoadFileKind, PageRow, PageRowBatch, padded
from vaughn.formats.loadfile.dialect import BOMS, Dialect
from vaughn.formats.loadfile.encoding import decoded_line
from vaughn.formats.loadfile.evidence import looks_like_path
from vaughn.formats.loadfile.exact import BLANKS
from vaughn.formats.loadfile.fields import Split, split_by_rule
from vaughn.formats.loadfile.lines import MAX_ROW_BYTES, LineBlock, LineReader, LongLine
from vaughn.formats.loadfile.log import FindingLog
from vaughn.formats.loadfile.opt_scan import (
    BOX,
    BREAK,
    COUNT,
    FOLDER,
    KEY,
    MAX_COUNT_DIGITS,
    OPT_FIELDS,
    PATH,
    VOLUME,
    OptRows,
    regular_opt_lines,
)
from vaughn.formats.loadfile.page_checks import PageChecks

MOST = 0.8
MARKS = {"", "Y", "N"}


def is_opt(lines: Sequence[str]) -> bool:
    """Tell whether *lines* are rows of an OPT: most have the form, and a document begins somewhere."""
    rows = [_split(line).values for line in lines]
    fitting = [row for row in rows if _fits(row)]
    return len(fitting) >= MOST * len(rows) and any(row[BREAK].strip() for row in fitting)


def _split(line: str) -> Split:
    return split_by_rule(line, ",", '"')


def _fits(row: Sequence[str]) -> bool:
    return (
        OPT_FIELDS - 3 <= len(row) <= OPT_FIELDS + 2
        and bool(row[KEY].strip())
        and looks_like_path(row[PATH])
        and all(mark.strip().upper() in MARKS for mark in row[BREAK : BOX + 1])
        and (len(row) <= COUNT or not row[COUNT].strip() or row[COUNT].strip().isdecimal())
    )


class OptFile(LoadFile):
    """An Opticon page list."""

    def __init__(self, path: Path, name: str, *, dialect: Dialect) -> None:
        super().__init__(name, file_format="opt", kind=LoadFileKind.PAGES, dialect=dialect)
        self._path = path
        self._rows_dialect = dialect

    def _page_rows(self, log: FindingLog) -> Iterator[PageRowBatch]:
        checks = PageChecks(log)
        order = ColumnOrder()
        for block in self._blocks(log):
            rows = self._rows(block, order, log)
            if len(rows):
                checks.add(rows, same_path=rows.same_path_as_before(), key_hashes=rows.key_hashes())
                yield rows
        doubled = checks.finish()
        if doubled:
            self._tell_doubled(doubled, log)
        order.tell(log)

    def _blocks(self, log: FindingLog) -> Iterator[LineBlock]:
        dialect = self._rows_dialect
        start = len(BOMS[dialect.encoding]) if dialect.bom else 0
        reader = LineReader(self._path, dialect, start_byte=start, first_line=1)
        for block in reader.blocks():
            if isinstance(block, LongLine):
                message = f"The line has more than {MAX_ROW_BYTES >> 20} MB; it was left out."
                log.add("LF017", message, line=block.line)
            else:
                yield block

    def _rows(self, block: LineBlock, order: ColumnOrder, log: FindingLog) -> OptRows:
        """Return the rows of one block, the regular lines and the odd ones."""
        regular = regular_opt_lines(block, self._rows_dialect)
        order.add(regular.folders, regular.boxes)
        odd: list[PageRow] = []
        for line in np.flatnonzero(~regular.mask).tolist():
            values = self._values(block, line, log)
            if values is not None:
                order.add(np.array([_is_yes(values[FOLDER])]), np.array([_is_yes(values[BOX])]))
                odd.append(_page_row(values, block, line))
        return OptRows(block, regular, odd, encoding=self._rows_dialect.encoding)

    def _values(self, block: LineBlock, index: int, log: FindingLog) -> tuple[str, ...] | None:
        """Return the fields of one line that is not plainly regular; `None` for a blank one."""
        line = block.first_line + index
        decoded = decoded_line(block.bytes_of(index, index), self._rows_dialect.encoding)
        if not decoded.text.strip(BLANKS):
            return None
        if decoded.lost:
            log.add("LF002", "Bytes of the line are no text; a replacement character stands for them.", line=line)
        elif decoded.foreign:
            log.add("LF004", "Letters of the line are in Windows-1252; they were read so.", line=line)
        values = _split(decoded.text).values
        if len(values) != OPT_FIELDS:
            log.add("PL007", f"The row has {len(values)} columns, an OPT has {OPT_FIELDS}.", line=line)
        return padded(values, OPT_FIELDS)

    def _tell_doubled(self, doubled: set[int], log: FindingLog) -> None:
        """Read the file once more and name every row whose page number was used before."""
        seen: set[str] = set()
        quiet = FindingLog(self.name)
        for block in self._blocks(quiet):
            rows = self._rows(block, ColumnOrder(), quiet)
            hashes = rows.key_hashes()
            spots = np.flatnonzero(np.isin(hashes, np.array(sorted(doubled), dtype=np.uint64)))
            keys = rows.keys if len(spots) else []
            for spot in spots.tolist():
                if keys[spot] in seen:
                    message = f"The page number {keys[spot]} was used by an earlier row."
                    log.add("PL003", message, line=int(rows.lines[spot]))
                seen.add(keys[spot])


def _is_yes(mark: str) -> bool:
    return mark.strip().upper() == "Y"


def _page_row(values: tuple[str, ...], block: LineBlock, index: int) -> PageRow:
    count = values[COUNT].strip()
    return PageRow(
        key=values[KEY].strip(),
        volume=values[VOLUME].strip(),
        path=values[PATH].strip(),
        is_break=_is_yes(values[BREAK]),
        page_in_file=1,
        declared=int(count) if count.isdecimal() and len(count) <= MAX_COUNT_DIGITS else -1,
        line=block.first_line + index,
        start=block.start_byte(index),
    )


class ColumnOrder:
    """Whether the box stands before the folder: a new box always begins a new folder too, not the other way."""

    def __init__(self) -> None:
        self._fifth = 0
        self._sixth = 0
        self._fifth_alone = 0

    def add(self, fifth: Bools, sixth: Bools) -> None:
        """Count the marks in the fifth and the sixth column."""
        if fifth.any() or sixth.any():
            self._fifth += int(np.count_nonzero(fifth))
            self._sixth += int(np.count_nonzero(sixth))
            self._fifth_alone += int(np.count_nonzero(fifth & ~sixth))

    def tell(self, log: FindingLog) -> None:
        """Report that the columns stand the other way round."""
        if 0 < self._fifth < self._sixth and self._fifth_alone == 0:
            log.add("PL008", "Column 5 marks boxes and column 6 folders.", line=1)
