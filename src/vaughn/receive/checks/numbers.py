"""Check 5: Bates numbers: readable, the right way round, no gaps, no overlaps, one width, in order."""

from __future__ import annotations

import numpy as np

from vaughn.model import Finding, Place
from vaughn.receive.checks.spans import (
    Spans,
    is_touched,
    joined,
    minus,
    names_documents,
    page_totals,
    reach,
    runs,
    span_of,
)
from vaughn.receive.checks.telling import Teller, counted, document_place, documents_told
from vaughn.receive.facts import NONE, Flags, Ints, NumberColumn, ProductionFacts
from vaughn.receive.name_numbers import LEAST_FILES

# Numbers that name documents are often drawn from a larger series: then steps between them are no gaps.
SPARSE_SHARE = 0.5


def check_numbers(facts: ProductionFacts) -> list[Finding]:
    """Return the findings BN001 to BN007, BN012 and BN013."""
    return [
        *unreadable(facts),
        *reversed_ranges(facts),
        *gaps(facts),
        *overlaps(facts),
        *widths(facts),
        *disorder(facts),
        *used_before(facts),
        *document_numbers(facts),
    ]


def unreadable(facts: ProductionFacts) -> list[Finding]:
    """BN001: a begin or end number is given and is no number, or the two have different prefixes."""
    documents = facts.documents
    found: list[Finding] = []
    for name, texts, column in (
        ("begin", documents.begin_text, documents.begin),
        ("end", documents.end_text, documents.end),
    ):
        rows = [int(row) for row in np.flatnonzero(~column.known) if (texts[int(row)] or "").strip()]
        found += documents_told(
            facts,
            "BN001",
            np.asarray(rows, np.int64),
            lambda _, name=name: f"The {name} number cannot be read as a number.",  # type: ignore[misc]
        )
    begin, end = documents.begin, documents.end
    mixed = begin.known & end.known & (begin.prefix != end.prefix)
    return found + documents_told(
        facts,
        "BN001",
        np.flatnonzero(mixed),
        lambda row: f"{_both(facts, row)} is no range: the two numbers begin differently.",
    )


def _both(facts: ProductionFacts, row: int) -> str:
    documents = facts.documents
    return f"{facts.book.text(documents.begin, row)} to {facts.book.text(documents.end, row)}"


def reversed_ranges(facts: ProductionFacts) -> list[Finding]:
    """BN002: the end number lies before the begin number."""
    return documents_told(
        facts, "BN002", np.flatnonzero(_runs_backwards(facts)), lambda row: f"{_both(facts, row)} runs backwards."
    )


def _runs_backwards(facts: ProductionFacts) -> Flags:
    begin, end = facts.documents.begin, facts.documents.end
    return np.asarray(begin.known & (begin.prefix == end.prefix) & (end.number < begin.number), np.bool_)


def likely_spans(facts: ProductionFacts) -> Spans:
    """Return the numbers each document takes up, as well as can be known.

    Where no end number is given, the page labels or the number of pages tell the end, unless the prefix
    numbers documents. A range that runs backwards takes up the same numbers as one that does not.
    """
    documents, pages = facts.documents, facts.pages
    spans = span_of(documents.begin, documents.end)
    last = spans.last.copy()
    backwards = _runs_backwards(facts)
    spans = Spans(spans.prefix, np.where(backwards, documents.end.number, spans.first), last)
    open_end = documents.begin.known & ~documents.end.known
    by_count = names_documents(facts)[np.maximum(documents.begin.prefix, 0)]
    last = np.where(open_end & ~by_count, spans.first + np.maximum(page_totals(facts), 1) - 1, last)
    owned = pages.document >= 0
    owner = pages.document[owned]
    fits = open_end[owner] & (pages.label.prefix[owned] == documents.begin.prefix[owner])
    np.maximum.at(last, owner[fits], pages.label.number[owned][fits])
    return Spans(spans.prefix, spans.first, last)


def gaps(facts: ProductionFacts) -> list[Finding]:
    """BN003 and BN004: numbers between two documents that no document, stray page or earlier production has."""
    spans = likely_spans(facts)
    reached = reach(spans, spans.prefix)
    order, before = reached.order, reached.before
    jumps = (before >= 0) & (spans.first[order] > spans.last[np.maximum(before, 0)] + 1)
    jumps &= ~_sparse(facts, spans.prefix[order], jumps)[np.maximum(spans.prefix[order], 0)]
    if not facts.load_files:
        jumps &= _plainly_series(facts, spans.prefix[order], jumps)[np.maximum(spans.prefix[order], 0)]
    after, holder = order[jumps], before[jumps]
    holes = Spans(spans.prefix[after], spans.last[holder] + 1, spans.first[after] - 1)
    holes, owner = _open_holes(holes, _known_elsewhere(facts))
    after, holder = after[owner], holder[owner]
    volume = facts.documents.volume.codes
    between = (volume[after] != volume[holder]) & (volume[after] >= 0) & (volume[holder] >= 0)
    return [
        *_holes_told(facts, "BN003", holes.rows(~between), after[~between]),
        *_holes_told(facts, "BN004", holes.rows(between), after[between]),
    ]


def _sparse(facts: ProductionFacts, prefix: Ints, jumps: Flags) -> Flags:
    """Return for each prefix code whether it names documents and skips numbers at most steps."""
    size = max(len(facts.book.prefixes), 1)
    steps = np.bincount(prefix, minlength=size) - 1
    skipped = np.bincount(prefix[jumps], minlength=size)
    return np.asarray(names_documents(facts) & (skipped > SPARSE_SHARE * steps), np.bool_)


def _plainly_series(facts: ProductionFacts, prefix: Ints, jumps: Flags) -> Flags:
    """Return for each prefix code whether its documents are one series: most of them follow the one before."""
    size = max(len(facts.book.prefixes), 1)
    known = prefix >= 0
    documents = np.bincount(prefix[known], minlength=size)
    skipped = np.bincount(prefix[jumps], minlength=size)
    return np.asarray((documents >= LEAST_FILES) & (2 * skipped <= documents - 1), np.bool_)


def _known_elsewhere(facts: ProductionFacts) -> Spans:
    """Return the numbers of stray pages, of earlier productions, and those printed on pages of a pile."""
    pages = facts.pages
    stray = (pages.document < 0) & pages.label.known
    label = pages.label.rows(stray)
    earlier = [span_of(production.begin, production.end) for production in facts.earlier]
    printed = pages.stamped.rows(pages.stamped.known & np.bool_(not facts.load_files))
    known = joined(runs(label), runs(printed), *earlier)
    return known.rows(known.prefix >= 0)


def _open_holes(holes: Spans, known: Spans) -> tuple[Spans, Ints]:
    """Return what stays of *holes* without *known*, and which hole each remainder comes from."""
    if not len(known) or not len(holes):
        return holes, np.arange(len(holes))
    left = minus(holes, known)
    owner = np.empty(len(left), np.int64)
    for prefix in np.unique(left.prefix):
        mine, theirs = np.flatnonzero(left.prefix == prefix), np.flatnonzero(holes.prefix == prefix)
        owner[mine] = theirs[np.searchsorted(holes.first[theirs], left.first[mine], side="right") - 1]
    return left, owner


def _holes_told(facts: ProductionFacts, code: str, holes: Spans, after: Ints) -> list[Finding]:
    width = facts.documents.begin.width

    def text(hole: int, number: int) -> str:
        return facts.book.spelled(int(holes.prefix[hole]), number, width=int(width[after[hole]]))

    def message(hole: int) -> str:
        first, last = int(holes.first[hole]), int(holes.last[hole])
        if first == last:
            return f"The number {text(hole, first)} is missing."
        return f"{counted(last - first + 1, 'number')} are missing: {text(hole, first)} to {text(hole, last)}."

    def place(hole: int) -> Place:
        stands = document_place(facts, int(after[hole]))
        return Place(stands.path, stands.line, text(hole, int(holes.first[hole])))

    return Teller(code, "gap", place, message).findings(np.arange(len(holes)))


def overlaps(facts: ProductionFacts) -> list[Finding]:
    """BN005: a document begins inside the range of another; numbers with different suffixes differ."""
    documents = facts.documents
    spans = span_of(documents.begin, documents.end)
    group = np.where(
        spans.prefix >= 0, spans.prefix.astype(np.int64) * (len(facts.book.suffixes) + 1) + documents.begin.suffix, NONE
    )
    reached = reach(spans, group)
    order, before = reached.order, reached.before
    clash = (before >= 0) & (spans.first[order] <= spans.last[np.maximum(before, 0)])
    # The later row of the load file is the one named; the other one is in the message.
    named = np.maximum(order[clash], before[clash])
    other = np.minimum(order[clash], before[clash])
    partner = dict(zip(named.tolist(), other.tolist(), strict=True))
    shared_first = dict(zip(named.tolist(), spans.first[order[clash]].tolist(), strict=True))
    shared_last = dict(
        zip(named.tolist(), np.minimum(spans.last[order[clash]], spans.last[before[clash]]).tolist(), strict=True)
    )

    def message(row: int) -> str:
        stands = document_place(facts, partner[row])
        line = f" on line {stands.line}" if stands.line is not None else ""
        first, last = shared_first[row], shared_last[row]
        width = int(documents.begin.width[row])
        prefix = int(spans.prefix[row])
        shared = facts.book.spelled(prefix, first, width=width)
        if last > first:
            shared += f" to {facts.book.spelled(prefix, last, width=width)}"
        return f"{shared}: also claimed by {stands.bates}{line} ({counted(last - first + 1, 'number')})."

    return documents_told(facts, "BN005", np.asarray(sorted(partner), np.int64), message)


def widths(facts: ProductionFacts) -> list[Finding]:
    """BN006: the number of digits differs from the one most numbers of the prefix have."""
    documents = facts.documents
    usual = _usual_width(documents.begin, documents.end, len(facts.book.prefixes))
    odd = np.zeros(len(documents), np.bool_)
    for column in (documents.begin, documents.end):
        odd |= column.known & (column.width != usual[np.maximum(column.prefix, 0)])

    def message(row: int) -> str:
        begin, end = documents.begin, documents.end
        column = begin if begin.known[row] and begin.width[row] != usual[begin.prefix[row]] else end
        return (
            f"{facts.book.text(column, row)} has {counted(int(column.width[row]), 'digit')}; "
            f"most numbers that begin like it have {usual[column.prefix[row]]}."
        )

    return documents_told(facts, "BN006", np.flatnonzero(odd), message)


def _usual_width(begin: NumberColumn, end: NumberColumn, prefixes: int) -> Ints:
    """Return the most frequent width of each prefix (the smaller one if two are equally frequent)."""
    prefix = np.concatenate((begin.prefix[begin.known], end.prefix[end.known]))
    width = np.concatenate((begin.width[begin.known], end.width[end.known]))
    pairs, counts = np.unique(np.stack((prefix, width)), axis=1, return_counts=True)
    usual = np.zeros(max(prefixes, 1), np.int64)
    order = np.lexsort((-pairs[1], counts))
    usual[pairs[0][order]] = pairs[1][order]
    return usual


def disorder(facts: ProductionFacts) -> list[Finding]:
    """BN007: a document stands after one with a higher number of the same prefix in its load file."""
    documents = facts.documents
    begin = documents.begin
    by_document = names_documents(facts)[np.maximum(begin.prefix, 0)]  # such numbers have no order to keep
    rows = np.flatnonzero(begin.known & (documents.load_file >= 0) & ~by_document)
    order = rows[np.lexsort((documents.line[rows], begin.prefix[rows], documents.load_file[rows]))]
    same = (begin.prefix[order][1:] == begin.prefix[order][:-1]) & (
        documents.load_file[order][1:] == documents.load_file[order][:-1]
    )
    back = same & (np.diff(begin.number[order]) < 0)
    before = dict(zip(order[1:][back].tolist(), order[:-1][back].tolist(), strict=True))
    return documents_told(
        facts,
        "BN007",
        np.asarray(sorted(before), np.int64),
        lambda row: f"{documents.control[row]} stands after {documents.control[before[row]]}.",
    )


def used_before(facts: ProductionFacts) -> list[Finding]:
    """BN012: a number was already used by an earlier production that this one does not replace."""
    spans = span_of(facts.documents.begin, facts.documents.end)
    found: list[Finding] = []
    for production in facts.earlier:
        if production.replaced:
            continue
        others = span_of(production.begin, production.end)
        touched = is_touched(spans, others.rows(others.prefix >= 0))
        found += documents_told(
            facts,
            "BN012",
            np.flatnonzero(touched),
            lambda row, name=production.name: (  # type: ignore[misc]
                f"{facts.documents.control[row]} shares numbers with the production {name}."
            ),
        )
    return found


def document_numbers(facts: ProductionFacts) -> list[Finding]:
    """BN013: the numbers of a prefix name documents; pages cannot be counted by them."""
    by_document = np.flatnonzero(names_documents(facts))
    begin = facts.documents.begin
    rows = [int(np.flatnonzero(begin.prefix == code)[0]) for code in by_document]
    return documents_told(
        facts,
        "BN013",
        np.asarray(sorted(rows), np.int64),
        lambda row: (
            f"Numbers like {facts.documents.control[row]} name whole documents: "
            f"the pages were not counted by them ({int((begin.prefix == begin.prefix[row]).sum()):,} documents)."
        ),
    )
