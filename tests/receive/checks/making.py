"""Small productions for tests: a few rows in, the columns of `ProductionFacts` out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from vaughn.model import FIELD_BY_ID, DocumentKind, FieldKind, FileRole, Finding, Ledger, TextSource
from vaughn.receive.dates import DateFields, date_fields, time_fields
from vaughn.receive.facts import (
    KINDS,
    NONE,
    ROLES,
    TEXT_SOURCES,
    DateColumn,
    DocumentFacts,
    EarlierProduction,
    FileFacts,
    HashColumn,
    LoadFileFacts,
    MissingFiles,
    NumberBook,
    PageFacts,
    ProductionFacts,
    ReceivedColumn,
    TextColumn,
)


@dataclass(frozen=True)
class Doc:
    """One document; `parent`, `native` and `text` are places in the other lists."""

    begin: str | None
    end: str | None = None
    count: int = NONE
    volume: str | None = "VOL001"
    kind: DocumentKind = DocumentKind.OTHER
    parent: int = NONE
    parent_text: str | None = None
    family: tuple[str | None, str | None] = (None, None)
    native: int = NONE
    text: int = NONE
    attachments: int = NONE
    custodian: str | None = None
    all_custodians: str | None = None
    prior: str | None = None
    load_file: int = 0
    line: int | None = None


@dataclass(frozen=True)
class Pg:
    """One page; `document` and `file` are places in the other lists, -1 none."""

    document: int
    label: str | None = None
    file: int = NONE
    at: int = 1
    number: int = 1
    stamped: str | None = None
    source: TextSource = TextSource.EMBEDDED
    listed: bool = True
    is_break: bool = False
    line: int = NONE
    declared: int = NONE
    size: tuple[float, float] = (612.0, 792.0)
    compression: str | None = None
    dpi: int = NONE
    bits: int = NONE


@dataclass(frozen=True)
class File:
    """One file of the production."""

    path: str
    role: FileRole = FileRole.IMAGE
    media: str = "application/pdf"
    size: int = 1000
    pages: int = NONE
    encoding: str | None = None
    chars: int = NONE
    used: bool = True
    same_as: int = NONE


DAT = LoadFileFacts(1, "VOL001.DAT", "dat", "documents", ("BEGBATES", "ENDBATES"), 0, "UTF-8")
OPT = LoadFileFacts(2, "VOL001.OPT", "opt", "pages", (), 0, "UTF-8")


def _ints(values: Sequence[int]) -> np.ndarray:
    return np.asarray(values, np.int64)


def facts(
    docs: Sequence[Doc] = (),
    pages: Sequence[Pg] = (),
    files: Sequence[File] = (),
    *,
    missing: Sequence[tuple[int, FileRole, str, int, int]] = (),
    load_files: Sequence[LoadFileFacts] = (DAT, OPT),
    columns: dict[str, tuple[str, Sequence[bool]]] | None = None,
    dates: dict[str, tuple[str, Sequence[str | None]]] | None = None,
    hashes: Sequence[HashColumn] = (),
    earlier: Sequence[tuple[str, Sequence[tuple[str, str]], bool]] = (),
    reported: Sequence[Finding] = (),
    ledger: Ledger | None = None,
    released_on: date = date(2011, 1, 17),
    stamps: bool = True,
) -> ProductionFacts:
    """Return the facts of a production made of these rows."""
    book = NumberBook()
    return ProductionFacts(
        name="ICE 2011-01-17",
        agency="ICE",
        released_on=released_on,
        book=book,
        documents=_documents(book, docs, dates or {}, tuple(hashes)),
        pages=_pages(book, pages),
        files=_files(files),
        missing=MissingFiles(
            _ints([row[0] for row in missing]),
            _ints([ROLES.index(row[1]) for row in missing]),
            [row[2] for row in missing],
            _ints([row[3] for row in missing]),
            _ints([row[4] for row in missing]),
        ),
        load_files=tuple(load_files),
        columns=tuple(
            ReceivedColumn(field, name, 0, np.asarray(filled, np.bool_))
            for field, (name, filled) in (columns or {}).items()
        ),
        reported=tuple(reported),
        earlier=tuple(
            EarlierProduction(
                name, book.column([begin for begin, _ in ranges]), book.column([end for _, end in ranges]), replaced
            )
            for name, ranges, replaced in earlier
        ),
        ledger=ledger or Ledger(()),
        stamps_looked_for=stamps,
    )


def _documents(
    book: NumberBook,
    docs: Sequence[Doc],
    dates: dict[str, tuple[str, Sequence[str | None]]],
    hashes: tuple[HashColumn, ...],
) -> DocumentFacts:
    return DocumentFacts(
        id=_ints(range(1, len(docs) + 1)),
        control=[doc.begin or f"row {place}" for place, doc in enumerate(docs)],
        begin=book.column([doc.begin for doc in docs]),
        end=book.column([doc.end for doc in docs]),
        begin_text=[doc.begin for doc in docs],
        end_text=[doc.end for doc in docs],
        page_count=_ints([doc.count for doc in docs]),
        volume=TextColumn.of([doc.volume for doc in docs]),
        load_file=_ints([doc.load_file for doc in docs]),
        line=_ints([place + 2 if doc.line is None else doc.line for place, doc in enumerate(docs)]),
        kind=_ints([KINDS.index(doc.kind) for doc in docs]),
        parent=_ints([doc.parent for doc in docs]),
        parent_text=TextColumn.of([doc.parent_text for doc in docs]),
        family_begin=book.column([doc.family[0] for doc in docs]),
        family_end=book.column([doc.family[1] for doc in docs]),
        native=_ints([doc.native for doc in docs]),
        text=_ints([doc.text for doc in docs]),
        attachments_named=_ints([doc.attachments for doc in docs]),
        custodian=TextColumn.of([doc.custodian for doc in docs]),
        all_custodians=TextColumn.of([doc.all_custodians for doc in docs]),
        prior=book.column([doc.prior for doc in docs]),
        dates=tuple(
            DateColumn(field, name, _fields(field, [text or "" for text in texts]))
            for field, (name, texts) in dates.items()
        ),
        hashes=hashes,
    )


def _fields(field: str, texts: list[str]) -> DateFields:
    return time_fields(texts) if FIELD_BY_ID[field].kind is FieldKind.TIME else date_fields(texts)


def _pages(book: NumberBook, pages: Sequence[Pg]) -> PageFacts:
    return PageFacts(
        id=_ints(range(101, len(pages) + 101)),
        document=_ints([page.document for page in pages]),
        number=_ints([page.number for page in pages]),
        label=book.column([page.label for page in pages]),
        stamped=book.column([page.stamped for page in pages]),
        stamp_read=np.ones(len(pages), np.bool_),
        text_source=_ints([TEXT_SOURCES.index(page.source) for page in pages]),
        listed=np.asarray([page.listed for page in pages], np.bool_),
        is_break=np.asarray([page.is_break for page in pages], np.bool_),
        file=_ints([page.file for page in pages]),
        page_in_file=_ints([page.at for page in pages]),
        load_file=_ints([1 if page.listed else NONE for page in pages]),
        line=_ints(
            [
                (place + 1 if page.line == NONE else page.line) if page.listed else NONE
                for place, page in enumerate(pages)
            ]
        ),
        declared=_ints([page.declared for page in pages]),
        width_pt=np.asarray([page.size[0] for page in pages], np.float32),
        height_pt=np.asarray([page.size[1] for page in pages], np.float32),
        compression=TextColumn.of([page.compression for page in pages]),
        dpi=_ints([page.dpi for page in pages]),
        bits=_ints([page.bits for page in pages]),
    )


def _files(files: Sequence[File]) -> FileFacts:
    return FileFacts(
        id=_ints(range(1, len(files) + 1)),
        path=[file.path for file in files],
        role=_ints([ROLES.index(file.role) for file in files]),
        media_type=TextColumn.of([file.media for file in files]),
        size_bytes=_ints([file.size for file in files]),
        pages=_ints([file.pages for file in files]),
        encoding=TextColumn.of([file.encoding for file in files]),
        text_chars=_ints([file.chars for file in files]),
        used=np.asarray([file.used for file in files], np.bool_),
        content=_ints([place if file.same_as == NONE else file.same_as for place, file in enumerate(files)]),
    )


def run(prefix: str, *ranges: tuple[int, int], width: int = 4) -> list[Doc]:
    """Return one document for each range of numbers."""
    return [Doc(f"{prefix}{first:0{width}d}", f"{prefix}{last:0{width}d}") for first, last in ranges]


def whole(docs: Sequence[Doc], prefix: str = "A-", width: int = 4) -> tuple[list[Pg], list[File]]:
    """Return a page row for each number of *docs* and one PDF for each document."""
    pages: list[Pg] = []
    files: list[File] = []
    for place, doc in enumerate(docs):
        assert doc.begin is not None
        assert doc.end is not None
        first, last = int(doc.begin[len(prefix) :]), int(doc.end[len(prefix) :])
        files.append(File(f"IMAGES/{doc.begin}.pdf", pages=last - first + 1))
        pages += [
            Pg(
                place,
                f"{prefix}{number:0{width}d}",
                place,
                at=number - first + 1,
                number=number - first + 1,
                stamped=f"{prefix}{number:0{width}d}",
                is_break=number == first,
                declared=last - first + 1 if number == first else NONE,
            )
            for number in range(first, last + 1)
        ]
    return pages, files
