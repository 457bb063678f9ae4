"""What the order asked for and what came: field by field, and load files, images, text and natives as a whole."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

import numpy as np

from vaughn.model import DocumentKind, FieldSpec, Finding, ProductionOrder, Requirement, Severity, finding
from vaughn.receive.checks.contents import has_own_text, text_files_owed
from vaughn.receive.checks.telling import counted, document_place, documents_told
from vaughn.receive.facts import KINDS, Flags, ProductionFacts

# A field is as good as supplied by these, where the production has no column of its own for it.
STANDS_FOR: dict[str, tuple[str, ...]] = {
    "doc_id": ("beg_bates",),
    "family_range": ("beg_attach", "end_attach"),
    "beg_attach": ("family_range",),
    "end_attach": ("family_range",),
    "attachment_names": ("child_ids", "attachment_count"),
    "child_ids": ("attachment_names",),
    "custodian": ("all_custodians",),
    "sent_date": ("document_date",),
}
# A time may stand in the same column as its date.
TIME_IN_DATE = {
    "sent_time": "sent_date",
    "received_time": "received_date",
    "created_time": "created_date",
    "modified_time": "modified_date",
    "accessed_time": "accessed_date",
}


_OWN_NUMBERS = ("beg_bates", "end_bates", "doc_id")


class FieldState(Enum):
    """What became of an ordered field."""

    FILLED = "filled"
    PARTLY = "empty in some"
    EMPTY = "column is empty"
    MISSING = "no column"
    NOBODY = "no such documents"


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One ordered field and what came of it.

    Args:
        column: Name of the column that supplies it, as received; `None` if none does.
        owed: How many documents should have it.
        filled, empty: How many of those have it, and have it not.
    """

    spec: FieldSpec
    column: str | None
    owed: int
    filled: int
    empty: int
    state: FieldState


def owed_to(facts: ProductionFacts, applies_to: str) -> Flags:
    """Return which documents an ordered field applies to.

    Args:
        applies_to: ``all``, ``electronic`` (all but paper), ``parent``, ``attachment``, ``family`` (both), or
            a kind of document (``e-mail``, ``paper``, ``spreadsheet`` ...).
    """
    documents = facts.documents
    if applies_to == "all":
        return np.ones(len(documents), np.bool_)
    parents = np.zeros(len(documents), np.bool_)
    parents[documents.parent[documents.parent >= 0]] = True
    attachments = (documents.parent >= 0) | (documents.kind == KINDS.index(DocumentKind.ATTACHMENT))
    if applies_to in ("parent", "attachment", "family"):
        return np.asarray((parents & (applies_to != "attachment")) | (attachments & (applies_to != "parent")), np.bool_)
    if applies_to == "electronic":
        return np.asarray(documents.kind != KINDS.index(DocumentKind.PAPER), np.bool_)
    return np.asarray(documents.kind == KINDS.index(DocumentKind(applies_to)), np.bool_)


def field_lines(facts: ProductionFacts, order: ProductionOrder) -> tuple[FieldLine, ...]:
    """Return one line for each ordered field, in the order's order."""
    return tuple(_line(facts, spec) for spec in order.fields)


def _line(facts: ProductionFacts, spec: FieldSpec) -> FieldLine:
    owed = owed_to(facts, spec.applies_to)
    names, filled = _supplied(facts, spec.field)
    total = int(owed.sum())
    has = int((owed & filled).sum())
    if not total:
        state = FieldState.NOBODY
    elif not names:
        state = FieldState.MISSING
    elif not has:
        state = FieldState.EMPTY
    else:
        state = FieldState.FILLED if has == total else FieldState.PARTLY
    return FieldLine(spec, ", ".join(names) or None, total, has, total - has, state)


def _supplied(facts: ProductionFacts, field: str) -> tuple[tuple[str, ...], Flags]:
    """Return the columns that supply *field*, and the documents they fill."""
    for wanted in ((field,), STANDS_FOR.get(field, ())):
        columns = [column for column in facts.columns if column.field in wanted]
        if columns:
            filled = np.zeros(len(facts.documents), np.bool_)
            for column in columns:
                filled |= column.filled
            return tuple(dict.fromkeys(column.name for column in columns)), filled
    if field in _OWN_NUMBERS:
        return _own_numbers(facts, field)
    return _time_in_date(facts, field)


def _own_numbers(facts: ProductionFacts, field: str) -> tuple[tuple[str, ...], Flags]:
    """Return the documents whose numbers are known without a column: from the pages or the names of files."""
    known = (facts.documents.begin if field != "end_bates" else facts.documents.end).known
    return (("(read from pages or file names)",) if known.any() else ()), known


def _time_in_date(facts: ProductionFacts, field: str) -> tuple[tuple[str, ...], Flags]:
    filled = np.zeros(len(facts.documents), np.bool_)
    names: list[str] = []
    for column in facts.documents.dates:
        if column.field == TIME_IN_DATE.get(field):
            with_time = column.fields.numbers["H"] >= 0
            if with_time.any():
                filled |= with_time
                names.append(column.name)
    return tuple(names), filled


def check_order(facts: ProductionFacts, order: ProductionOrder | None) -> list[Finding]:
    """Return the findings OR001 to OR006; none without an order."""
    if order is None:
        return []
    found: list[Finding] = []
    for line in field_lines(facts, order):
        found += _field_findings(facts, line)
    return [*found, *_load_files(facts, order), *_texts(facts, order), *_natives(facts, order), *_images(facts, order)]


def _field_findings(facts: ProductionFacts, line: FieldLine) -> list[Finding]:
    required = line.spec.requirement is Requirement.REQUIRED
    if line.state in (FieldState.FILLED, FieldState.NOBODY) or line.spec.requirement is Requirement.NOT_OWED:
        return []
    if not required and line.state is not FieldState.MISSING:
        return []  # owed where known: a value that is not there may not exist
    name, owed = line.spec.name, counted(line.owed, "document")
    if line.state is FieldState.MISSING:
        found = finding("OR001", f"{name}: no column has this field; {owed} should have it.")
    elif line.state is FieldState.EMPTY:
        found = finding("OR001", f"{name}: column {line.column} is empty in all of the {owed} that should have it.")
    else:
        rows = np.flatnonzero(owed_to(facts, line.spec.applies_to) & ~_supplied(facts, line.spec.field)[1])
        found = finding(
            "OR002",
            f"{name}: column {line.column} is empty in {line.empty:,} of the {owed} that should have it.",
            place=document_place(facts, int(rows[0]), field=line.column),
            count=line.empty,
        )
    if line.spec.confirmed and required:
        return [found]
    # Owed only where known, or not confirmed in the order's text: said as a warning, not as an error.
    said = found.message if line.spec.confirmed else f"{found.message} This field of the order is not confirmed."
    return [replace(found, severity=Severity.WARNING, message=said)]


def _load_files(facts: ProductionFacts, order: ProductionOrder) -> list[Finding]:
    """OR006: a load file of the ordered sort did not come; the format aside, a list of documents is one."""
    lists = {load_file.lists for load_file in facts.load_files}
    formats = {load_file.format for load_file in facts.load_files}
    found: list[Finding] = []
    for wanted in order.load_files:
        sort = "pages" if wanted in ("pages", "opt", "lfp", "dii") else "documents"
        if wanted not in formats and not lists & {sort, "both"}:
            found.append(finding("OR006", f"No load file lists the {sort} (ordered: {wanted})."))
    return found


def _texts(facts: ProductionFacts, order: ProductionOrder) -> list[Finding]:
    """OR003: there are no text files, or, where the pages carry their text, documents that cannot be searched."""
    documents = facts.documents
    if order.text is not Requirement.REQUIRED or not len(documents):
        return []
    if text_files_owed(order):
        if (documents.text >= 0).any():
            return []
        return [finding("OR003", f"There is no text file for any of {counted(len(documents), 'document')}.")]
    rows = np.flatnonzero((documents.text < 0) & ~has_own_text(facts))
    return documents_told(facts, "OR003", rows, lambda _: "The document cannot be searched: its pages have no text.")


def _natives(facts: ProductionFacts, order: ProductionOrder) -> list[Finding]:
    """OR004: documents of a kind ordered as natives have none."""
    found: list[Finding] = []
    for kind in order.native_kinds:
        rows = np.flatnonzero(owed_to(facts, kind) & (facts.documents.native < 0))
        found += documents_told(
            facts,
            "OR004",
            rows,
            lambda _, kind=kind: f"There is no native file for this {kind}.",  # type: ignore[misc]
        )
    return found


def _images(facts: ProductionFacts, order: ProductionOrder) -> list[Finding]:
    """OR005: documents have no page to look at, natives aside."""
    if order.images.requirement is not Requirement.REQUIRED:
        return []
    pages, documents = facts.pages, facts.documents
    seen = np.zeros(len(documents), np.bool_)
    seen[pages.document[(pages.file >= 0) & (pages.document >= 0)]] = True
    rows = np.flatnonzero(~seen & (documents.native < 0))
    return documents_told(facts, "OR005", rows, lambda _: "The document has no page image.")
