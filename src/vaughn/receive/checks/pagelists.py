"""Check 8 and the page lists of checks 4 to 6: every document begins once in the list, all its pages stand there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vaughn.model import Finding, Place
from vaughn.receive.checks.spans import Spans, keys, minus, names_documents, runs, shown_totals, span_of, together
from vaughn.receive.checks.telling import Teller, counted, documents_told, page_place, pages_told
from vaughn.receive.facts import NONE, Flags, Ints, ProductionFacts


def check_page_lists(facts: ProductionFacts) -> list[Finding]:
    """Return the findings PL003 to PL006 and PL010."""
    return [
        *used_twice(facts),
        *missing_pages(facts),
        *documents_without_break(facts),
        *breaks_without_document(facts),
        *documents_told(
            facts, "PL010", unlisted_documents(facts), lambda _: "No page of the document stands in the page list."
        ),
    ]


def has_page_list(facts: ProductionFacts) -> bool:
    """Tell whether any load file lists pages."""
    return any(load_file.lists in ("pages", "both") for load_file in facts.load_files)


def used_twice(facts: ProductionFacts) -> list[Finding]:
    """PL003: two rows of the page lists have the same number."""
    pages = facts.pages
    rows = np.flatnonzero(pages.listed & pages.label.known)
    label = pages.label.rows(rows)
    rises = (label.prefix[1:] > label.prefix[:-1]) | (
        (label.prefix[1:] == label.prefix[:-1]) & (label.number[1:] > label.number[:-1])
    )
    if rises.all():
        return []  # the usual list, in the order of its numbers
    order = np.lexsort((rows, label.suffix, label.number, label.prefix))
    same = np.ones(max(len(order) - 1, 0), np.bool_)
    for column in (label.prefix, label.number, label.suffix):
        same &= column[order][1:] == column[order][:-1]
    again = np.sort(rows[order[1:][same]])
    return pages_told(
        facts, "PL003", again, lambda row: f"{facts.book.text(pages.label, row)} already stands in a page list."
    )


@dataclass(frozen=True, slots=True, eq=False)
class MissingPages:
    """Numbers that a listed document has and the page list lacks; `owner` is the document of each range."""

    spans: Spans
    owner: Ints


def missing_from_list(facts: ProductionFacts) -> MissingPages:
    """Return the numbers of documents with some listed pages that no page list names."""
    documents, pages = facts.documents, facts.pages
    listed = pages.listed & pages.label.known
    with_pages = np.zeros(len(documents), np.bool_)
    with_pages[pages.document[listed & (pages.document >= 0)]] = True
    begin, end = documents.begin, documents.end
    usable = with_pages & begin.known & (begin.prefix == end.prefix) & (end.number >= begin.number)
    usable &= ~names_documents(facts)[np.maximum(begin.prefix, 0)]
    rows = np.flatnonzero(usable)
    wanted = span_of(begin, end).rows(rows)
    left = minus(together(wanted), runs(pages.label.rows(listed)))
    if not len(left):
        return MissingPages(left, np.empty(0, np.int64))
    mine, theirs = keys((wanted.prefix, wanted.first), (left.prefix, left.first))
    order = np.argsort(mine, kind="stable")
    return MissingPages(left, rows[order[np.searchsorted(mine[order], theirs, side="right") - 1]])


def missing_pages(facts: ProductionFacts) -> list[Finding]:
    """PL004: a page of a listed document is not in the page list."""
    missing = missing_from_list(facts)
    pages = facts.pages
    rows = np.flatnonzero(pages.listed & (pages.document >= 0))
    first_row = np.full(len(facts.documents), NONE, np.int64)
    first_row[pages.document[rows][::-1]] = rows[::-1]
    spans = missing.spans

    def number(hole: int, value: int) -> str:
        width = int(facts.documents.begin.width[missing.owner[hole]])
        return facts.book.spelled(int(spans.prefix[hole]), value, width=width)

    def place(hole: int) -> Place:
        stands = page_place(facts, int(first_row[missing.owner[hole]]))
        return Place(stands.path, stands.line, number(hole, int(spans.first[hole])), None, stands.document_id)

    def message(hole: int) -> str:
        first, last = int(spans.first[hole]), int(spans.last[hole])
        if first == last:
            return f"{number(hole, first)} is not in the page list."
        return (
            f"{counted(last - first + 1, 'page')} not in the page list: {number(hole, first)} to {number(hole, last)}."
        )

    return Teller("PL004", "gap", place, message).findings(np.arange(len(spans)))


def _starts_document(facts: ProductionFacts) -> Flags:
    """Return which page rows are the first page of a document: by number where there is one, else by place."""
    pages, begin = facts.pages, facts.documents.begin
    if not len(begin):
        return np.zeros(len(pages), np.bool_)
    owner = np.maximum(pages.document, 0)
    numbered = pages.label.known & begin.known[owner]
    same = (pages.label.prefix == begin.prefix[owner]) & (pages.label.number == begin.number[owner])
    return np.asarray((pages.document >= 0) & np.where(numbered, same, pages.number == 1), np.bool_)


def documents_without_break(facts: ProductionFacts) -> list[Finding]:
    """PL005: the first page of a document is not marked as one in the page list."""
    pages = facts.pages
    rows = np.flatnonzero(pages.listed & ~pages.is_break & _starts_document(facts))
    told = {(report.place.path, report.place.line) for report in facts.reported if report.code == "PL001"}
    rows = np.asarray(
        [row for row in rows.tolist() if (page_place(facts, row).path, page_place(facts, row).line) not in told]
        if told
        else rows,
        np.int64,
    )
    return pages_told(
        facts,
        "PL005",
        rows,
        lambda row: f"A document begins at {facts.book.text(pages.label, row)}; the page list has no break there.",
    )


def breaks_without_document(facts: ProductionFacts) -> list[Finding]:
    """PL006: the page list begins a document where no document of the load file begins."""
    pages = facts.pages
    rows = np.flatnonzero(pages.listed & pages.is_break & ~_starts_document(facts))
    return pages_told(
        facts,
        "PL006",
        rows,
        lambda row: f"The page list begins a document at {facts.book.text(pages.label, row)}; the load file does not.",
    )


def unlisted_documents(facts: ProductionFacts) -> Ints:
    """Return the documents that have no row in any page list, natives without pages aside."""
    if not has_page_list(facts):
        return np.empty(0, np.int64)
    pages = facts.pages
    listed = np.bincount(pages.document[pages.listed & (pages.document >= 0)], minlength=len(facts.documents))
    native_only = (facts.documents.native >= 0) & (shown_totals(facts) == 0)
    return np.flatnonzero((listed == 0) & ~native_only)
