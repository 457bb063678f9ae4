"""What one page list alone shows: the first row, declared page counts, numbers used twice, pages inside files."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vaughn.formats.loadfile.batches import Bools, Int64s
from vaughn.formats.loadfile.log import FindingLog
from vaughn.formats.loadfile.opt_scan import OptRows


@dataclass(frozen=True, slots=True)
class OpenDocument:
    """The document that the rows so far end with."""

    declared: int
    line: int
    rows: int


class PageChecks:
    """Follows the rows of an OPT block by block; fills in the pages inside their files."""

    def __init__(self, log: FindingLog) -> None:
        self._log = log
        self._last_path: str | None = None
        self._last_page = 0
        self._document: OpenDocument | None = None
        self._hashes: list[NDArray[np.uint64]] = []

    def add(self, rows: OptRows, *, same_path: Bools, key_hashes: NDArray[np.uint64]) -> None:
        """Check the rows of one block and number their pages inside the files."""
        if self._document is None:
            if not rows.breaks[0]:
                self._log.add("PL001", "The first page row is no document break.", line=int(rows.lines[0]))
            self._document = OpenDocument(-1, int(rows.lines[0]), 0)
        self._hashes.append(key_hashes)
        self._number_pages(rows, same_path)
        self._count_documents(rows)

    def _number_pages(self, rows: OptRows, same_path: Bools) -> None:
        """Count up inside each run of rows of one document that name the same file."""
        runs = rows.breaks | ~same_path
        continues = not rows.breaks[0] and self._last_path is not None and rows.path_at(0) == self._last_path
        runs[0] = True
        places = np.arange(len(rows), dtype=np.int64)
        first = np.maximum.accumulate(np.where(runs, places, 0))
        rows.page_in_file[:] = places - first + 1
        if continues:
            rows.page_in_file[first == 0] += self._last_page
        self._last_page = int(rows.page_in_file[-1])
        self._last_path = rows.path_at(len(rows) - 1)

    def _count_documents(self, rows: OptRows) -> None:
        document = self._document
        begins = np.flatnonzero(rows.breaks)
        if document is None or not len(begins):
            if document is not None:
                self._document = OpenDocument(document.declared, document.line, document.rows + len(rows))
            return
        self._compare(OpenDocument(document.declared, document.line, document.rows + int(begins[0])))
        counts: Int64s = np.diff(begins, append=len(rows))
        declared = rows.declared[begins]
        for place in np.flatnonzero((declared[:-1] >= 0) & (declared[:-1] != counts[:-1])).tolist():
            self._compare(OpenDocument(int(declared[place]), int(rows.lines[begins[place]]), int(counts[place])))
        self._document = OpenDocument(int(declared[-1]), int(rows.lines[begins[-1]]), int(counts[-1]))

    def _compare(self, document: OpenDocument) -> None:
        if document.declared >= 0 and document.declared != document.rows:
            self._log.add(
                "PL002", f"{document.declared} pages are declared, {document.rows} rows follow.", line=document.line
            )

    def finish(self) -> set[int]:
        """Compare the last document; return the hashes of keys that are probably used twice."""
        if self._document is not None:
            self._compare(self._document)
        if not self._hashes:
            return set()
        hashes = np.concatenate(self._hashes)
        hashes.sort()
        return {int(number) for number in hashes[1:][hashes[1:] == hashes[:-1]]}
