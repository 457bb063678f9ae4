"""Checks 9 and 18: families are whole, and e-mails come with the attachments they name."""

from __future__ import annotations

import numpy as np

from vaughn.model import DocumentKind, Finding
from vaughn.receive.checks.spans import Spans, is_touched, keys, minus, reach, span_of, together
from vaughn.receive.checks.telling import counted, documents_told
from vaughn.receive.facts import KINDS, NONE, Flags, Ints, ProductionFacts


def check_families(facts: ProductionFacts) -> list[Finding]:
    """Return the findings FM001 to FM005."""
    return [*parents(facts), *broken_ranges(facts), *outsiders(facts), *attachments(facts)]


def parents(facts: ProductionFacts) -> list[Finding]:
    """FM001: a document names a parent that the production does not hold."""
    documents = facts.documents
    lost = (documents.parent_text.codes >= 0) & (documents.parent < 0)
    # A document that names itself is the first of its family.
    rows = [row for row in np.flatnonzero(lost).tolist() if not _is_self(facts, row)]
    return documents_told(
        facts, "FM001", np.asarray(rows, np.int64), lambda row: f"The parent {documents.parent_text[row]} is not there."
    )


def _is_self(facts: ProductionFacts, row: int) -> bool:
    documents = facts.documents
    return documents.parent_text[row] in (documents.control[row], documents.begin_text[row])


def broken_ranges(facts: ProductionFacts) -> list[Finding]:
    """FM002: the documents of a family leave out numbers of the family's range."""
    documents = facts.documents
    family = _family_spans(facts)
    heads = _first_of_family(family)
    ranges = family.rows(heads)
    members = span_of(documents.begin, documents.end)
    holes = minus(ranges, together(members.rows(members.prefix >= 0)))
    if not len(holes):
        return []
    rows = heads[is_touched(ranges, holes)]

    def message(row: int) -> str:
        begin, end = documents.family_begin, documents.family_end
        mine = (holes.prefix == family.prefix[row]) & (holes.last >= family.first[row])
        lost = holes.rows(mine & (holes.first <= family.last[row]))
        first = max(int(lost.first[0]), int(family.first[row]))
        last = min(int(lost.last[0]), int(family.last[row]))
        spelled = [
            facts.book.spelled(int(lost.prefix[0]), number, width=int(begin.width[row])) for number in (first, last)
        ]
        where = spelled[0] if first == last else " to ".join(spelled)
        more = f" and {counted(len(lost) - 1, 'more stretch', 'more stretches')}" if len(lost) > 1 else ""
        text = f"{facts.book.text(begin, row)} to {facts.book.text(end, row)}"
        return f"No document has {where}{more} of the family range {text}."

    return documents_told(facts, "FM002", np.sort(rows), message)


def _family_spans(facts: ProductionFacts) -> Spans:
    """Return each document's family range; prefix -1 where it has none."""
    begin, end = facts.documents.family_begin, facts.documents.family_end
    usable = begin.known & (begin.prefix == end.prefix) & (end.number >= begin.number)
    return Spans(np.where(usable, begin.prefix, NONE), begin.number, np.where(usable, end.number, 0))


def _first_of_family(family: Spans) -> Ints:
    """Return one document row for each different family range."""
    rows = np.flatnonzero(family.prefix >= 0)
    if not len(rows):
        return rows
    again = np.zeros(len(rows), np.bool_)  # members stand together: most say what the one before them said
    again[1:] = True
    for column in (family.prefix, family.first, family.last):
        own = column[rows]
        again[1:] &= own[1:] == own[:-1]
    rows = rows[~again]
    table = np.stack((family.prefix[rows], family.first[rows], family.last[rows]))
    _, first = np.unique(table, axis=1, return_index=True)
    return rows[np.sort(first)]


def outsiders(facts: ProductionFacts) -> list[Finding]:
    """FM003: a document's own numbers lie outside the family range it gives; a backwards range holds nothing."""
    documents = facts.documents
    begin, end = documents.family_begin, documents.family_end
    own = span_of(documents.begin, documents.end)
    given = begin.known & end.known & documents.begin.known
    outside = given & (
        (begin.prefix != own.prefix) | (end.prefix != own.prefix) | (own.first < begin.number) | (own.last > end.number)
    )
    return documents_told(
        facts,
        "FM003",
        np.flatnonzero(outside),
        lambda row: (
            f"{documents.control[row]} is not inside its family range "
            f"{facts.book.text(begin, row)} to {facts.book.text(end, row)}."
        ),
    )


def attachments(facts: ProductionFacts) -> list[Finding]:
    """FM004 and FM005: an e-mail names attachments, and none or fewer are produced."""
    documents = facts.documents
    produced = produced_attachments(facts)
    mail = np.isin(documents.kind, [KINDS.index(DocumentKind.EMAIL), KINDS.index(DocumentKind.UNKNOWN)])
    names = mail & (documents.attachments_named > 0) & (documents.parent < 0)

    def message(row: int) -> str:
        named = counted(int(documents.attachments_named[row]), "attachment")
        return f"The e-mail names {named}; {int(produced[row]):,} produced."

    return [
        *documents_told(facts, "FM004", np.flatnonzero(names & (produced == 0)), message),
        *documents_told(
            facts,
            "FM005",
            np.flatnonzero(names & (produced > 0) & (produced < documents.attachments_named)),
            message,
        ),
    ]


def produced_attachments(facts: ProductionFacts) -> Ints:
    """Return how many documents follow each one in its family: by parent, or inside its family range."""
    documents = facts.documents
    children = np.bincount(documents.parent[documents.parent >= 0], minlength=len(documents))
    family = _family_spans(facts)
    heads = np.flatnonzero(_heads_family(facts, family))
    order = reach(span_of(documents.begin, documents.end), documents.begin.prefix).order
    inside = np.zeros(len(documents), np.int64)
    if len(heads):
        from_place, to_place = _places(facts, order, family.rows(heads))
        inside[heads] = np.maximum(to_place - from_place - 1, 0)
    return np.maximum(children, inside)


def _heads_family(facts: ProductionFacts, family: Spans) -> Flags:
    begin = facts.documents.begin
    return np.asarray((family.prefix >= 0) & (begin.prefix == family.prefix) & (begin.number == family.first), np.bool_)


def _places(facts: ProductionFacts, order: Ints, ranges: Spans) -> tuple[Ints, Ints]:
    """Return where each of *ranges* begins and ends in the documents sorted by number."""
    begin = facts.documents.begin
    numbers, first, last = keys(
        (begin.prefix[order], begin.number[order]), (ranges.prefix, ranges.first), (ranges.prefix, ranges.last)
    )
    return np.searchsorted(numbers, first, side="left"), np.searchsorted(numbers, last, side="right")
