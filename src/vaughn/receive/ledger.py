"""Is every number of the input accounted for? One equation for each load file, for the files, for the pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from vaughn.model import Finding, Ledger, LedgerLine, finding
from vaughn.receive.assemble import Assembly, PageTable, range_lengths


@dataclass(frozen=True, slots=True)
class DocumentListCount:
    """Rows of one document list and what became of them; `rows` counts repeated headers too."""

    name: str
    rows: int
    documents: int
    refused: int
    merged: int
    headers: int


@dataclass(frozen=True, slots=True)
class PageListCount:
    """Rows of one page list and what became of them."""

    name: str
    rows: int
    pages: int
    refused: int
    other_list: int


@dataclass(frozen=True, slots=True)
class FileCount:
    """Files handed over, by what they are; members of archives count, the archives themselves too."""

    handed_over: int
    load_files: int
    images: int
    texts: int
    natives: int
    archives: int
    orphans: int
    refused: int
    litter: int


@dataclass(frozen=True, slots=True)
class PageCount:
    """Pages of the case and where they come from.

    Args:
        listed: Pages that page lists name.
        whole: Pages of files that show a document whole.
        by_range: Pages that only a number range speaks of.
        shown: Pages that have a file; `missing`: pages that have none.
    """

    pages: int
    listed: int
    whole: int
    by_range: int
    shown: int
    missing: int


@dataclass(frozen=True, slots=True)
class RangeCount:
    """Numbers and pages of the documents.

    Args:
        numbers: How many numbers the ranges cover; `unpaged`: those of them that have no page.
        inside: Pages inside their document's range; `beyond`: pages past its end.
        unnumbered: Pages of documents without a number.
    """

    numbers: int
    unpaged: int
    inside: int
    beyond: int
    unnumbered: int


def build_ledger(
    lists: Sequence[DocumentListCount],
    page_lists: Sequence[PageListCount],
    *,
    files: FileCount,
    pages: PageCount,
    ranges: RangeCount,
) -> Ledger:
    """Return all equations of one production."""
    return Ledger(tuple(_lines(lists, page_lists, files=files, pages=pages, ranges=ranges)))


def _lines(
    lists: Sequence[DocumentListCount],
    page_lists: Sequence[PageListCount],
    *,
    files: FileCount,
    pages: PageCount,
    ranges: RangeCount,
) -> Iterator[LedgerLine]:
    for one in lists:
        parts = [("documents", one.documents), ("refused", one.refused)]
        parts += [("rows of a document of another list", one.merged)] if one.merged else []
        parts += [("repeated headers", one.headers)] if one.headers else []
        yield LedgerLine(f"rows of {one.name}", one.rows, tuple(parts))
    for page_list in page_lists:
        parts = [("pages", page_list.pages), ("refused", page_list.refused)]
        parts += [("pages of another list", page_list.other_list)] if page_list.other_list else []
        yield LedgerLine(f"page rows of {page_list.name}", page_list.rows, tuple(parts))
    named = (
        ("load files", files.load_files), ("page images", files.images), ("texts", files.texts),
        ("natives", files.natives), ("archives", files.archives), ("without a document", files.orphans),
        ("refused", files.refused), ("litter", files.litter),
    )  # fmt: skip
    yield LedgerLine("files handed over", files.handed_over, tuple((name, count) for name, count in named if count))
    sources = (
        ("in page lists", pages.listed),
        ("in whole files", pages.whole),
        ("in number ranges only", pages.by_range),
    )
    yield LedgerLine("pages", pages.pages, tuple((name, count) for name, count in sources if count))
    yield LedgerLine("pages, by image", pages.pages, (("with a file", pages.shown), ("without a file", pages.missing)))
    numbered = (
        ("inside their range", ranges.inside),
        ("past the end number", ranges.beyond),
        ("without a number", ranges.unnumbered),
    )
    yield LedgerLine("pages, by number", pages.pages, tuple((name, count) for name, count in numbered if count))
    if ranges.numbers:
        yield LedgerLine(
            "numbers in ranges", ranges.numbers, (("pages", ranges.inside), ("without a page", ranges.unpaged))
        )


def balance(ledger: Ledger) -> tuple[Finding, ...]:
    """Return a finding for every equation that does not come out."""
    return tuple(
        finding(
            "LG001", f"{line.subject}: {line.expected} expected, {sum(count for _, count in line.parts)} accounted for."
        )
        for line in ledger.lines
        if not line.balances
    )


def count_pages(pages: PageTable) -> PageCount:
    """Return how many pages there are and where they come from."""
    listed = pages.page_list >= 0
    shown = pages.file >= 0
    return PageCount(
        pages=len(pages),
        listed=int(listed.sum()),
        whole=int((~listed & shown).sum()),
        by_range=int((~listed & ~shown).sum()),
        shown=int(shown.sum()),
        missing=int((~shown).sum()),
    )


def count_ranges(assembly: Assembly, pages: PageTable) -> RangeCount:
    """Return how the pages of all documents compare with the numbers of their ranges."""
    table = assembly.documents
    spans = range_lengths(table)
    counts = np.bincount(pages.document, minlength=len(table)) if len(table) else np.zeros(0, np.int64)
    numbered = table.begin.number >= 0
    inside = np.minimum(counts, spans)
    return RangeCount(
        numbers=int(spans.sum()),
        unpaged=int(np.maximum(spans - counts, 0).sum()),
        inside=int(inside[numbered].sum()),
        beyond=int(np.maximum(counts - spans, 0)[numbered].sum()),
        unnumbered=int(counts[~numbered].sum()),
    )
