"""Check 6: the stated page count, the page list, the pages received and the number range agree; the ledger balances."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from vaughn.model import Finding, finding
from vaughn.receive.checks.pagelists import missing_from_list, unlisted_documents
from vaughn.receive.checks.spans import names_documents, shown_totals
from vaughn.receive.checks.telling import counted, documents_told, pages_told
from vaughn.receive.facts import NONE, Flags, Ints, ProductionFacts


def check_counts(facts: ProductionFacts) -> list[Finding]:
    """Return the findings BN008, BN009, PL002, FL013 and LG001."""
    return [*stated_counts(facts), *received_pages(facts), *declared_counts(facts), *beyond_file(facts), *ledger(facts)]


def range_lengths(facts: ProductionFacts) -> Ints:
    """Return how many numbers each document's range has, -1 where the range cannot be told or names no pages."""
    begin, end = facts.documents.begin, facts.documents.end
    usable = begin.known & (begin.prefix == end.prefix) & (end.number >= begin.number)
    usable &= ~names_documents(facts)[np.maximum(begin.prefix, 0)]
    return np.where(usable, end.number - begin.number + 1, NONE)


def stated_counts(facts: ProductionFacts) -> list[Finding]:
    """BN008: the page count in the load file is not the length of the number range."""
    stated, length = facts.documents.page_count, range_lengths(facts)
    return documents_told(
        facts,
        "BN008",
        np.flatnonzero((stated >= 0) & (length >= 0) & (stated != length)),
        lambda row: f"The load file states {counted(int(stated[row]), 'page')}; the numbers make {int(length[row]):,}.",
    )


def received_pages(facts: ProductionFacts) -> list[Finding]:
    """BN009: the pages received are not as many as the range has numbers.

    Not said where another finding already names the pages: a page list that lacks them, a file that is missing
    or too short, a native without pages.
    """
    pages, documents = facts.pages, facts.documents
    size = len(documents)
    owned = pages.document >= 0
    received = np.bincount(pages.document[owned & ~_is_absent(facts)], minlength=size)
    listed = np.bincount(pages.document[owned & pages.listed], minlength=size)
    length = range_lengths(facts)
    wrong = (length >= 0) & (received != length) & ~((listed == length) & (received < length))
    wrong &= ~((documents.native >= 0) & (shown_totals(facts) == 0))
    extra = _unnumbered_pages(facts)
    wrong |= (extra > 0) & (length >= 0)
    for explained in (missing_from_list(facts).owner, unlisted_documents(facts)):
        wrong[explained] = False

    def message(row: int) -> str:
        if extra[row] > 0 and received[row] == length[row]:
            return f"The file has {counted(int(extra[row]), 'page')} that no number names."
        return f"{counted(int(received[row]), 'page')} received; the numbers make {int(length[row]):,}."

    rows = np.flatnonzero(wrong)
    found = documents_told(facts, "BN009", rows, message)
    if len(rows) > 1 and not received.any():
        # Nothing but load files came: one fault, not one a document.
        said = (
            f"No page of any of {counted(len(rows), 'document')} was received; the numbers make {length[rows].sum():,}."
        )
        return [replace(found[0], message=said, count=len(rows))]
    return found


def _is_absent(facts: ProductionFacts) -> Flags:
    """Return which page rows have no page: no file, or a file that ends before."""
    pages, files = facts.pages, facts.files
    absent = pages.file < 0
    if (files.pages >= 0).any():
        length = files.pages[np.maximum(pages.file, 0)]
        absent |= (pages.file >= 0) & (length >= 0) & (pages.page_in_file > length)
    return absent


def _unnumbered_pages(facts: ProductionFacts) -> Ints:
    """Return for each document how many pages of its own files no page row names."""
    pages, files = facts.pages, facts.files
    extra = np.zeros(len(facts.documents), np.int64)
    if not (files.pages >= 0).any():
        return extra
    rows = np.flatnonzero((pages.file >= 0) & (pages.document >= 0))
    named = np.bincount(pages.file[rows], minlength=len(files))
    over = np.where((files.pages >= 0) & (named > 0), files.pages - named, 0)
    holders = np.flatnonzero(over > 0)
    owner = np.full(len(files), NONE, np.int64)
    owner[pages.file[rows]] = pages.document[rows]
    np.add.at(extra, owner[holders], over[holders])
    return extra


def declared_counts(facts: ProductionFacts) -> list[Finding]:
    """PL002: the page list declares another number of pages than it has rows for the document."""
    pages = facts.pages
    listed = pages.listed & (pages.document >= 0)
    rows = np.bincount(pages.document[listed], minlength=len(facts.documents))
    declared = listed & (pages.declared >= 0)
    wrong = np.flatnonzero(declared & (pages.declared != rows[np.maximum(pages.document, 0)]))
    return pages_told(
        facts,
        "PL002",
        wrong,
        lambda row: (
            f"The page list declares {counted(int(pages.declared[row]), 'page')} and has "
            f"{int(rows[pages.document[row]]):,} rows for the document."
        ),
    )


def beyond_file(facts: ProductionFacts) -> list[Finding]:
    """FL013: a page list names page 9 of a file that has 8."""
    pages, files = facts.pages, facts.files
    rows = np.flatnonzero(_is_absent(facts) & (pages.file >= 0))
    return pages_told(
        facts,
        "FL013",
        rows,
        lambda row: (
            f"Page {int(pages.page_in_file[row]):,} of a file is named that has "
            f"{counted(int(files.pages[pages.file[row]]), 'page')}: {files.path[int(pages.file[row])]}."
        ),
    )


def ledger(facts: ProductionFacts) -> list[Finding]:
    """LG001: what the input names and what became of it do not add up."""
    return [
        finding(
            "LG001",
            f"{line.subject}: {line.expected:,} expected, {sum(count for _, count in line.parts):,} accounted for.",
        )
        for line in facts.ledger.lines
        if not line.balances
    ]
