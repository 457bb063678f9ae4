"""What reading a load file yields: rows of documents and rows of pages, some thousands at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from vaughn.formats.loadfile.dialect import Dialect
from vaughn.formats.loadfile.log import FindingLog
from vaughn.model import Finding

Int64s = NDArray[np.int64]
Bools = NDArray[np.bool_]


class LoadFileKind(Enum):
    """What the rows of a load file stand for."""

    DOCUMENTS = "documents"
    PAGES = "pages"
    BOTH = "both"


class RowBatch(Protocol):
    """Rows of documents, in the order of the file.

    `lines` counts from 1 (the row's first line; the sheet row in a workbook); `starts` and `ends` are byte
    offsets in the file (-1 where a format has no byte rows). Values are decoded and unqualified, a newline
    mark is a line feed.
    """

    @property
    def lines(self) -> Int64s:
        """Line each row begins on, from 1."""

    @property
    def starts(self) -> Int64s:
        """Byte each row begins at, -1 if the format has no byte rows."""

    @property
    def ends(self) -> Int64s:
        """Byte after each row, its line end not counted; -1 if the format has no byte rows."""

    def __len__(self) -> int: ...

    def column(self, index: int) -> list[str]:
        """Return one column; a field that a short row lacks is empty."""

    def columns(self, indices: Sequence[int]) -> list[list[str]]:
        """Return several columns, faster than one after the other."""

    def row(self, index: int) -> tuple[str, ...]:
        """Return one row, at least as long as the columns; a long row keeps its extra values."""

    def rows(self) -> list[tuple[str, ...]]:
        """Return all rows, faster than one after the other."""


class TextRows:
    """Rows that are already text (workbooks, DII, EDRM XML): a `RowBatch`."""

    def __init__(self, lines: Sequence[int], rows: Sequence[tuple[str, ...]], *, width: int) -> None:
        self.lines: Int64s = np.asarray(lines, dtype=np.int64)
        self.starts: Int64s = np.full(len(rows), -1, dtype=np.int64)
        self.ends: Int64s = np.full(len(rows), -1, dtype=np.int64)
        self._rows = [padded(row, width) for row in rows]

    def __len__(self) -> int:
        return len(self._rows)

    def column(self, index: int) -> list[str]:
        """Return one column."""
        return [row[index] for row in self._rows]

    def columns(self, indices: Sequence[int]) -> list[list[str]]:
        """Return several columns."""
        return [self.column(index) for index in indices]

    def row(self, index: int) -> tuple[str, ...]:
        """Return one row."""
        return self._rows[index]

    def rows(self) -> list[tuple[str, ...]]:
        """Return all rows."""
        return list(self._rows)


def padded(row: tuple[str, ...], width: int) -> tuple[str, ...]:
    """Return *row* with empty values up to *width*."""
    return row if len(row) >= width else row + ("",) * (width - len(row))


class PageRowBatch(Protocol):
    """Rows of pages, in the order of the file; one row a page.

    `paths` are as written. `page_in_file` counts from 1. `declared` is the page count a document's first row
    declares, -1 if it declares none. `breaks` marks the first page of a document.
    """

    @property
    def keys(self) -> list[str]:
        """Number of each page."""

    @property
    def volumes(self) -> list[str]:
        """Volume each page names."""

    @property
    def paths(self) -> list[str]:
        """Path of the file that shows the page, as written."""

    @property
    def breaks(self) -> Bools:
        """Whether a document begins on the page."""

    @property
    def page_in_file(self) -> Int64s:
        """Page inside the file, from 1."""

    @property
    def declared(self) -> Int64s:
        """Declared page count, -1 if none."""

    @property
    def lines(self) -> Int64s:
        """Line of each row, from 1."""

    @property
    def starts(self) -> Int64s:
        """Byte each row begins at, -1 if unknown."""

    def __len__(self) -> int: ...


@dataclass(frozen=True, slots=True)
class PageRow:
    """One row of a page list.

    Args:
        page_in_file: From 1.
        declared: Page count that the document's first row declares, -1 if none.
        start: Byte of the file the row begins at, -1 if unknown.
    """

    key: str
    volume: str
    path: str
    is_break: bool
    page_in_file: int
    declared: int
    line: int
    start: int = -1


class TextPages:
    """Page rows that are already values: a `PageRowBatch`."""

    def __init__(self, rows: Sequence[PageRow]) -> None:
        self.keys = [row.key for row in rows]
        self.volumes = [row.volume for row in rows]
        self.paths = [row.path for row in rows]
        self.breaks: Bools = np.array([row.is_break for row in rows], dtype=np.bool_)
        self.page_in_file: Int64s = np.array([row.page_in_file for row in rows], dtype=np.int64)
        self.declared: Int64s = np.array([row.declared for row in rows], dtype=np.int64)
        self.lines: Int64s = np.array([row.line for row in rows], dtype=np.int64)
        self.starts: Int64s = np.array([row.start for row in rows], dtype=np.int64)

    def __len__(self) -> int:
        return len(self.keys)


class LoadFile:
    """One recognised load file. Reading it twice is allowed; the findings are those of the last reading."""

    def __init__(self, name: str, *, file_format: str, kind: LoadFileKind, dialect: Dialect | None = None) -> None:
        self.name = name
        self.format = file_format
        self.kind = kind
        self.dialect = dialect
        self.columns: tuple[str, ...] = ()
        self.first_log = FindingLog(name)
        self._documents_log = FindingLog(name)
        self._pages_log = FindingLog(name)

    @property
    def findings(self) -> list[Finding]:
        """What is wrong with the file: complete once `documents` and `pages` were exhausted."""
        return self.first_log.findings() + self._documents_log.findings() + self._pages_log.findings()

    def documents(self) -> Iterator[RowBatch]:
        """Yield the rows of documents; none if the file has none."""
        self._documents_log.clear()
        yield from self._document_rows(self._documents_log)

    def pages(self) -> Iterator[PageRowBatch]:
        """Yield the rows of pages; none if the file has none."""
        self._pages_log.clear()
        yield from self._page_rows(self._pages_log)

    def _document_rows(self, log: FindingLog) -> Iterator[RowBatch]:
        return iter(())

    def _page_rows(self, log: FindingLog) -> Iterator[PageRowBatch]:
        return iter(())
