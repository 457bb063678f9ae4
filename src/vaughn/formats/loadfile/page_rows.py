"""Page rows in batches, checked, for the formats that are read line by line (LFP, DII, EDRM XML)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vaughn.formats.loadfile.batches import PageRow, PageRowBatch, TextPages
from vaughn.formats.loadfile.log import FindingLog

ROWS_PER_BATCH = 10_000


def checked_pages(rows: Iterable[PageRow], log: FindingLog) -> Iterator[PageRowBatch]:
    """Yield *rows* in batches; a missing first break, wrong counts and doubled numbers go to *log*."""
    seen: set[str] = set()
    batch: list[PageRow] = []
    first: PageRow | None = None  # of the document
    count = 0
    for row in rows:
        if not seen and not row.is_break:
            log.add("PL001", "The first page row is no document break.", line=row.line)
        if row.key in seen:
            log.add("PL003", f"The page number {row.key} was used by an earlier row.", line=row.line)
        seen.add(row.key)
        if row.is_break:
            _compare(first, count, log)
            first, count = row, 0
        count += 1
        batch.append(row)
        if len(batch) == ROWS_PER_BATCH:
            yield TextPages(batch)
            batch = []
    _compare(first, count, log)
    if batch:
        yield TextPages(batch)


def _compare(first: PageRow | None, count: int, log: FindingLog) -> None:
    if first is not None and first.declared >= 0 and first.declared != count:
        log.add("PL002", f"{first.declared} pages are declared, {count} rows follow.", line=first.line)
