"""How do rows, page rows and files become documents with pages? Columns in, columns out; nothing is opened here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt

from vaughn.model import DocumentKind, Finding, Place, finding
from vaughn.receive.bates_column import BatesColumn, read_column
from vaughn.receive.dates import DayOrder
from vaughn.receive.documents import OwnFacts, own_facts
from vaughn.receive.families import FamilyColumns, families
from vaughn.receive.joining import Joined, join_lists
from vaughn.receive.packed import PackedTexts, SparseFacts, taken
from vaughn.receive.paging import KnownDocuments, PageRows, Paging, page_documents, spelled
from vaughn.receive.rows import NEEDED, DocumentRows

Int64s = npt.NDArray[np.int64]
NONE = -1
# Pages that only a number range speaks of: a longer range is no document but a slip of the pen (or an attack).
MOST_PAGES_BY_RANGE = 10_000
MOST_PAGES_BY_RANGES = 5_000_000
# Pages looked at together: enough to be quick, few enough to be small.
_PAGES_AT_ONCE = 1 << 16
# Looked at once, for the documents' dates.
_READ_DATES = tuple(name for name in NEEDED if name.endswith(("_date", "_time", "time_zone")))


@dataclass(slots=True)
class DocumentTable:
    """All documents of a production, in order; `load_file` and files are the caller's indices, -1 none.

    Args:
        line, start, end: Where the row stands in its load file.
        named_pages: Files that show the whole document, where no page list names its pages.
    """

    control: Sequence[str]
    begin: BatesColumn
    end: BatesColumn
    load_file: Int64s
    line: Int64s
    start: Int64s
    stop: Int64s
    parent: Int64s
    family: Int64s
    kind: list[DocumentKind]
    custodian: Sequence[str | None]
    title: Sequence[str | None]
    sender: Sequence[str | None]
    recipients: Sequence[str | None]
    date: Sequence[str | None]
    file_name: Sequence[str | None]

    def __len__(self) -> int:
        return len(self.control)


@dataclass(slots=True)
class PageTable:
    """All pages in order of their documents; `label` is `None` where it follows from the begin number."""

    document: Int64s
    label: Sequence[str | None]
    file: Int64s
    page_in_file: Int64s
    list_start: Int64s
    page_list: Int64s

    def __len__(self) -> int:
        return len(self.document)


@dataclass(slots=True)
class Assembly:
    """Documents joined with their page rows, before files have been counted (see `complete_pages`)."""

    documents: DocumentTable
    joined: Joined
    pagings: tuple[Paging, ...]
    facts: tuple[OwnFacts, ...]
    findings: list[Finding] = field(default_factory=list)


def assemble(
    lists: Sequence[DocumentRows], page_lists: Sequence[PageRows], *, agreed: DayOrder | None = None
) -> Assembly:
    """Return the documents of a production: rows joined with page rows by begin number.

    Args:
        agreed: The order of day and month that the production was ordered in.
    """
    joined = join_lists(lists)
    facts = tuple(own_facts(part.rows, agreed) for part in joined.lists)
    for part in joined.lists:
        part.rows.forget(_READ_DATES)
    begin = BatesColumn.joined([part.numbers for part in joined.lists])
    end = BatesColumn.joined([part.rows.numbers_of("end_bates").column.taken(part.kept) for part in joined.lists])
    known = KnownDocuments(joined.begins, begin, end)
    pagings: list[Paging] = []
    seen: list[Int64s] = []
    for rows in sorted(page_lists, key=lambda rows: (rows.format != "opt", rows.name)):
        pagings.append(page_documents(rows, known, made_before=sum(len(p.made) for p in pagings), seen=seen))
        if len(page_lists) > 1:
            seen.append(spelled(rows.keys).hashes())
    table = _with_made(_listed(joined, facts, begin, end), pagings)
    findings = [
        *joined.findings,
        *(f for p in pagings for f in p.findings),
    ]
    return Assembly(table, joined, tuple(pagings), facts, findings)


def _gathered(joined: Joined, field_id: str) -> Sequence[str]:
    """Return one field of all documents, in order."""
    parts = [taken(part.rows.texts(field_id), part.kept) for part in joined.lists]
    return parts[0] if len(parts) == 1 else list(chain.from_iterable(parts))


def _listed(joined: Joined, facts: Sequence[OwnFacts], begin: BatesColumn, end: BatesColumn) -> DocumentTable:
    parts = joined.lists

    def column(name: str) -> Any:
        if len(parts) == 1 and not joined.extras and len(parts[0].kept) == len(parts[0].rows):
            return getattr(facts[0], name)
        values: list[Any] = []
        for part, own in zip(parts, facts, strict=True):
            texts = getattr(own, name)
            whole = texts[:]
            values += whole if len(part.kept) == len(texts) else [whole[i] for i in part.kept.tolist()]
        return values

    def places(name: str) -> Int64s:
        pieces = [_chosen(getattr(part.rows.places, name), part.kept) for part in parts]
        return pieces[0] if len(pieces) == 1 else np.concatenate([np.zeros(0, np.int64), *pieces])

    own = families(
        FamilyColumns(*(_gathered(joined, name) for name in ("parent_id", "child_ids", "beg_attach", "family_range"))),
        joined.find,
        controls=joined.controls,
    )
    load_file = [np.full(len(part.kept), part.rows.load_file, np.int64) for part in parts]
    table = DocumentTable(
        control=joined.controls, begin=begin, end=end,
        load_file=np.concatenate(load_file) if parts else np.zeros(0, np.int64),
        line=places("lines"), start=places("starts"), stop=places("ends"), parent=own.parent, family=own.family,
        kind=column("kind"), custodian=column("custodian"), title=column("title"), sender=column("sender"),
        recipients=column("recipients"), date=column("date"), file_name=column("file_name"),
    )  # fmt: skip
    _fill_from_extras(table, joined, facts)
    return table


def _chosen(column: Int64s, rows: Int64s) -> Int64s:
    return column if len(rows) == len(column) else column[rows]


def _fill_from_extras(table: DocumentTable, joined: Joined, facts: Sequence[OwnFacts]) -> None:
    """Let a second list fill what the first leaves open."""
    for extra in joined.extras:
        own = facts[extra.list]
        for name in ("custodian", "title", "sender", "recipients", "date", "file_name"):
            column: list[str | None] = getattr(table, name)
            if column[extra.ordinal] is None:
                column[extra.ordinal] = getattr(own, name)[extra.row]
        if table.kind[extra.ordinal] in {DocumentKind.UNKNOWN, DocumentKind.PAPER}:
            table.kind[extra.ordinal] = own.kind[extra.row]


def _with_made(table: DocumentTable, pagings: Sequence[Paging]) -> DocumentTable:
    """Return *table* with the documents that only page breaks speak of at its end."""
    made = [paging.rows.keys[row] for paging in pagings for row in paging.made]
    if not made:
        return table
    size, count = len(table), len(made)
    none = np.full(count, NONE, np.int64)
    own = np.arange(size, size + count, dtype=np.int64)
    texts = [*table.control, *made]
    unknown: list[str | None] = [None] * count
    return DocumentTable(
        control=texts,
        begin=BatesColumn.joined([table.begin, read_column(made)]),
        end=BatesColumn.joined([table.end, read_column([""] * count)]),
        load_file=np.concatenate([table.load_file, none]), line=np.concatenate([table.line, none]),
        start=np.concatenate([table.start, none]), stop=np.concatenate([table.stop, none]),
        parent=np.concatenate([table.parent, none]), family=np.concatenate([table.family, own]),
        kind=[*table.kind, *[DocumentKind.UNKNOWN] * count],
        custodian=[*table.custodian, *unknown], title=[*table.title, *unknown],
        sender=[*table.sender, *unknown], recipients=[*table.recipients, *unknown], date=[*table.date, *unknown],
        file_name=[*table.file_name, *unknown],
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class WholeFiles:
    """Documents that no page list names, the files that show them whole, and how many pages these have (-1 unknown)."""

    document: Sequence[int]
    file: Sequence[int]
    pages: Sequence[int]


def unpaged(assembly: Assembly) -> Int64s:
    """Return the documents that no page list names."""
    has = np.zeros(len(assembly.documents), dtype=bool)
    for paging in assembly.pagings:
        has[paging.document[paging.document >= 0]] = True
    return np.flatnonzero(~has)


def complete_pages(assembly: Assembly, whole: WholeFiles) -> PageTable:
    """Return all pages: those of the page lists, those of whole files, and those that only a range speaks of."""
    pieces = [_listed_pages(assembly.documents, paging) for paging in assembly.pagings]
    rest = unpaged(assembly)
    shown: dict[int, list[tuple[int, int]]] = {}
    for document, file, pages in zip(whole.document, whole.file, whole.pages, strict=True):
        shown.setdefault(document, []).append((file, pages))
    pieces.append(_other_pages(assembly, rest, shown))
    return _ordered(pieces)


def _listed_pages(table: DocumentTable, paging: Paging) -> PageTable:
    document, listed = paging.document, paging.rows
    rows: Int64s | slice = slice(None)
    if (document < 0).any():
        rows = np.flatnonzero(document >= 0)
        document = document[rows]
    if (document[1:] < document[:-1]).any():
        order = np.argsort(document, kind="stable")
        rows, document = (order if isinstance(rows, slice) else rows[order]), document[order]
    label = _labels(table, paging, rows, document)
    page_list = np.broadcast_to(np.int64(listed.load_file), len(document))
    page_in_file = np.maximum(listed.page_in_file[rows], 1)
    return PageTable(document, label, listed.file[rows], page_in_file, listed.starts[rows], page_list)


def _labels(table: DocumentTable, paging: Paging, rows: Int64s | slice, document: Int64s) -> SparseFacts:
    """Return each page's number where it does not simply follow from the document's begin number."""
    numbers = paging.numbers if isinstance(rows, slice) else paging.numbers.taken(rows)
    codes = {prefix: code for code, prefix in enumerate(table.begin.prefixes)}
    prefix_codes = np.array([codes.get(prefix, NONE) for prefix in numbers.prefixes] or [NONE], np.int64)
    bare = np.array([not text for text in numbers.suffixes] or [True])
    begins_bare = np.array([not text for text in table.begin.suffixes] or [True])
    counts = np.bincount(document, minlength=len(table)) if len(document) else np.zeros(len(table), np.int64)
    first = np.cumsum(counts) - counts
    others: list[Int64s] = []
    for at in range(0, len(document), _PAGES_AT_ONCE):
        part = slice(at, at + _PAGES_AT_ONCE)
        own = document[part]
        begin = table.begin.number[own]
        plain = (
            (prefix_codes[numbers.prefix[part]] == table.begin.prefix[own])
            & (numbers.number[part] == begin + np.arange(at, at + len(own)) - first[own])
            & (numbers.width[part] == table.begin.width[own])
            & (numbers.number[part] >= 0)
            & (begin >= 0)
            & bare[numbers.suffix[part]]
            & begins_bare[table.begin.suffix[own]]
        )
        others.append(np.flatnonzero(~plain) + at)
    odd = np.concatenate([np.zeros(0, np.int64), *others])
    return SparseFacts(len(document), odd, _written(paging.rows, odd if isinstance(rows, slice) else rows[odd]))


def _written(listed: PageRows, rows: Int64s) -> PackedTexts:
    """Return the numbers of some page rows as they were written."""
    texts = PackedTexts()
    for at in range(0, len(rows), _PAGES_AT_ONCE):
        texts.extend(spelled(listed.keys).taken(rows[at : at + _PAGES_AT_ONCE]))
    return texts


def _place_in_document(document: Int64s) -> Int64s:
    """Return 0, 1, 2 … for the pages of each document; *document* is sorted."""
    size = len(document)
    if not size:
        return document
    first = np.concatenate([[True], document[1:] != document[:-1]])
    starts = np.flatnonzero(first)
    return np.arange(size) - np.repeat(starts, np.diff(np.append(starts, size)))


def _other_pages(assembly: Assembly, rest: Int64s, shown: Mapping[int, list[tuple[int, int]]]) -> PageTable:
    table = assembly.documents
    spans = range_lengths(table)
    documents: list[Int64s] = []
    files: list[Int64s] = []
    places: list[Int64s] = []
    budget = MOST_PAGES_BY_RANGES
    too_long: list[int] = []
    for document in rest.tolist():
        own = shown.get(document)
        span = int(spans[document])
        if own is None and (span > MOST_PAGES_BY_RANGE or budget < span):
            too_long.append(document)
            continue
        if own is None:
            budget -= span
        for file, pages in own or [(NONE, span)]:
            count = pages if pages > 0 else max(1, min(span, MOST_PAGES_BY_RANGE)) if file >= 0 else span
            documents.append(np.full(count, document, np.int64))
            files.append(np.full(count, file, np.int64))
            places.append(np.arange(1, count + 1, dtype=np.int64))
    if too_long:
        message = (
            f"The range is longer than any document and no file shows it; no pages were made; {len(too_long)} rows."
        )
        where = Place(bates=table.control[too_long[0]], line=int(table.line[too_long[0]]))
        assembly.findings.append(finding("BN009", message, place=where, count=len(too_long)))
    if not documents:
        return _ordered([])
    document_column = np.concatenate(documents)
    none = np.full(len(document_column), NONE, np.int64)
    labels = _labels_past_end(table, document_column, spans)
    return PageTable(document_column, labels, np.concatenate(files), np.concatenate(places), none, none)


def _labels_past_end(table: DocumentTable, document: Int64s, spans: Int64s) -> list[str | None]:
    """Return labels for pages past the end number: the number after it belongs to another document."""
    labels: list[str | None] = [None] * len(document)
    place = _place_in_document(document)
    stated = table.end.number[document] >= 0
    for index in np.flatnonzero(stated & (place >= spans[document])).tolist():
        labels[index] = f"{table.control[int(document[index])]}.{int(place[index]) + 1:04d}"
    return labels


def range_lengths(table: DocumentTable) -> Int64s:
    """Return how many numbers each document's range covers: 1 without an end, 0 without a begin."""
    codes = {prefix: code for code, prefix in enumerate(table.begin.prefixes)}
    prefix = np.array([codes.get(text, NONE) for text in table.end.prefixes] or [NONE], np.int64)[table.end.prefix]
    is_range = (table.end.number >= table.begin.number) & (prefix == table.begin.prefix)
    length = np.where(is_range, table.end.number - table.begin.number + 1, 1)
    return np.where(table.begin.number >= 0, length, 0)


def _ordered(pieces: Sequence[PageTable]) -> PageTable:
    """Return the pieces as one table in order of documents."""
    pieces = [piece for piece in pieces if len(piece)]
    if len(pieces) == 1:
        return pieces[0]
    empty = np.zeros(0, np.int64)
    document = np.concatenate([piece.document for piece in pieces] or [empty])
    order = np.argsort(document, kind="stable")
    labels = [label for piece in pieces for label in piece.label]
    if (order[1:] < order[:-1]).any():
        labels = [labels[i] for i in order.tolist()]

    def column(name: str) -> Int64s:
        return np.concatenate([getattr(piece, name) for piece in pieces] or [empty])[order].astype(np.int64)

    return PageTable(
        document[order], labels, column("file"), column("page_in_file"), column("list_start"), column("page_list")
    )
