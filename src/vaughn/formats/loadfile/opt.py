"""Opticon page lists: seven comma fields a page, no header.

``key, volume, path, document break, folder break, box break, page count``; ``Y`` marks a break. Some writers
put the box before the folder.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from vaughn.formats.loadfile.batches import LoadFile, LoadFileKind, PageRow, PageRowBatch, TextPages, padded
from vaughn.formats.loadfile.dialect import Dialect
from vaughn.formats.loadfile.encoding import decoded_line
from vaughn.formats.loadfile.evidence import looks_like_path
from vaughn.formats.loadfile.exact import BLANKS
from vaughn.formats.loadfile.fields import Split, split_by_rule
from vaughn.formats.loadfile.lines import MAX_ROW_BYTES, LineBlock, LineReader, LongLine
from vaughn.formats.loadfile.log import FindingLog

OPT_FIELDS = 7
MOST = 0.8
MARKS = {"", "Y", "N"}


def is_opt(lines: Sequence[str]) -> bool:
    """Tell whether *lines* are rows of an OPT: most have the form, and a document begins somewhere."""
    rows = [_split(line).values for line in lines]
    fitting = [row for row in rows if _fits(row)]
    return len(fitting) >= MOST * len(rows) and any(row[3].strip() for row in fitting)


def _split(line: str) -> Split:
    return split_by_rule(line, ",", '"')


def _fits(row: Sequence[str]) -> bool:
    return (
        OPT_FIELDS - 3 <= len(row) <= OPT_FIELDS + 2
        and bool(row[0].strip())
        and looks_like_path(row[2])
        and all(mark.strip().upper() in MARKS for mark in row[3:6])
        and (len(row) < OPT_FIELDS or not row[6].strip() or row[6].strip().isdigit())
    )


class OptFile(LoadFile):
    """An Opticon page list."""

    def __init__(self, path: Path, name: str, *, dialect: Dialect) -> None:
        super().__init__(name, file_format="opt", kind=LoadFileKind.PAGES, dialect=dialect)
        self._path = path
        self._dialect = dialect

    def _page_rows(self, log: FindingLog) -> Iterator[PageRowBatch]:
        start = 3 if self._dialect.bom and self._dialect.unit_bytes == 1 else 2 if self._dialect.bom else 0
        reader = LineReader(self._path, self._dialect, start_byte=start, first_line=1)
        pages = PageCount(log)
        for block in reader.blocks():
            if isinstance(block, LongLine):
                log.add("LF017", f"The line has more than {MAX_ROW_BYTES >> 20} MB; it was left out.", line=block.line)
                continue
            rows = [row for index in range(len(block)) if (row := self._row(block, index, log)) is not None]
            numbered = [pages.counted(row) for row in rows]
            if numbered:
                yield TextPages(numbered)
        pages.finish()

    def _row(self, block: LineBlock, index: int, log: FindingLog) -> PageRow | None:
        line = block.first_line + index
        decoded = decoded_line(block.bytes_of(index, index), self._dialect.encoding)
        if not decoded.text.strip(BLANKS):
            return None
        if decoded.lost:
            log.add("LF002", "Bytes of the line are no text; a replacement character stands for them.", line=line)
        values = _split(decoded.text).values
        if len(values) != OPT_FIELDS:
            log.add("PL007", f"The row has {len(values)} columns, an OPT has {OPT_FIELDS}.", line=line)
        values = padded(values, OPT_FIELDS)
        count = values[6].strip()
        return PageRow(
            key=values[0].strip(),
            volume=values[1].strip(),
            path=values[2].strip(),
            is_break=values[3].strip().upper() == "Y",
            page_in_file=1,
            declared=int(count) if count.isdecimal() else -1,
            line=line,
            start=block.start_byte(index),
        )


class PageCount:
    """Numbers pages inside their files and compares declared page counts with the rows."""

    def __init__(self, log: FindingLog) -> None:
        self._log = log
        self._last_path: str | None = None
        self._page = 0
        self._rows = 0
        self._declared = -1
        self._declared_line = 0
        self._seen: set[str] = set()
        self._any = False

    def counted(self, row: PageRow) -> PageRow:
        """Return *row* with its page in the file."""
        if not self._any and not row.is_break:
            self._log.add("PL001", "The first page row is no document break.", line=row.line)
        self._any = True
        if row.key in self._seen:
            self._log.add("PL003", f"The page number {row.key} is used twice.", line=row.line)
        self._seen.add(row.key)
        if row.is_break:
            self.finish()
            self._rows, self._declared, self._declared_line = 0, row.declared, row.line
        self._page = self._page + 1 if not row.is_break and row.path == self._last_path else 1
        self._last_path = row.path
        self._rows += 1
        return PageRow(
            key=row.key, volume=row.volume, path=row.path, is_break=row.is_break, page_in_file=self._page,
            declared=row.declared, line=row.line, start=row.start,
        )  # fmt: skip

    def finish(self) -> None:
        """Compare the declared page count of the document that ends here."""
        if self._declared >= 0 and self._declared != self._rows:
            self._log.add(
                "PL002", f"{self._declared} pages are declared, {self._rows} rows follow.", line=self._declared_line
            )
