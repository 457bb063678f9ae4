"""Pages of the case and rows of page lists, joined into the columns the checks look at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from vaughn.formats.loadfile import PageRowBatch
from vaughn.formats.pages import ImageFacts
from vaughn.model import TextSource
from vaughn.receive.facts import (
    NONE,
    TEXT_SOURCES,
    DocumentFacts,
    Flags,
    Ints,
    NumberBook,
    NumberColumn,
    PageFacts,
    TextColumn,
)
from vaughn.store import PageBatch


@dataclass(slots=True)
class PageColumnsRead:
    """All pages of the case, in order; `label` holds only the numbers that do not follow from the begin number."""

    document: Ints
    number: Ints
    id: Ints
    file: Ints
    page_in_file: Ints
    list_id: Ints
    list_start: Ints
    width_pt: np.ndarray[tuple[int], np.dtype[np.float32]]
    height_pt: np.ndarray[tuple[int], np.dtype[np.float32]]
    text_source: Ints
    stamped: list[str | None]
    labels: dict[int, str]

    def __len__(self) -> int:
        return len(self.id)


def pages_read(batches: Iterable[PageBatch], *, documents: dict[int, int], files: dict[int, int]) -> PageColumnsRead:
    """Return *batches* in one.

    Args:
        documents: Rows of documents by id.
        files: Rows of files by id.
    """
    source = {kind: place for place, kind in enumerate(TEXT_SOURCES)}
    ints: dict[str, list[Ints]] = {name: [] for name in ("document", "id", "file", "at", "list", "start", "source")}
    sizes: list[np.ndarray[tuple[int, int], np.dtype[np.float32]]] = []
    stamped: list[str | None] = []
    labels: dict[int, str] = {}
    for batch in batches:
        before = len(stamped)
        ints["document"].append(_found(batch.document_id, documents))
        ints["id"].append(np.asarray(batch.page_id, np.int64))
        ints["file"].append(_found(batch.file_id, files))
        ints["at"].append(np.asarray(batch.page_in_file, np.int64))
        ints["list"].append(_known(batch.list_id))
        ints["start"].append(_known(batch.list_start))
        ints["source"].append(np.asarray([source[one] for one in batch.text_source], np.int64))
        sizes.append(np.asarray([batch.width_pt, batch.height_pt], np.float32))
        stamped += batch.stamped
        labels |= {before + place: label for place, label in enumerate(batch.label) if label is not None}
    whole = {name: np.concatenate(parts) if parts else np.empty(0, np.int64) for name, parts in ints.items()}
    size = np.concatenate(sizes, axis=1) if sizes else np.empty((2, 0), np.float32)
    return PageColumnsRead(
        document=whole["document"],
        number=_numbers_in_document(whole["document"]),
        id=whole["id"],
        file=whole["file"],
        page_in_file=whole["at"],
        list_id=whole["list"],
        list_start=whole["start"],
        width_pt=size[0],
        height_pt=size[1],
        text_source=whole["source"],
        stamped=stamped,
        labels=labels,
    )


def _known(values: Iterable[int | None]) -> Ints:
    return np.asarray([NONE if value is None else value for value in values], np.int64)


def _found(ids: Iterable[int | None], rows: dict[int, int]) -> Ints:
    return np.asarray([NONE if one is None else rows.get(one, NONE) for one in ids], np.int64)


def _numbers_in_document(document: Ints) -> Ints:
    """Return 1, 2, 3 … for the pages of each document; pages of one document stand together."""
    if not len(document):
        return document
    starts = np.flatnonzero(np.append(True, document[1:] != document[:-1]))
    lengths = np.diff(np.append(starts, len(document)))
    return np.arange(len(document)) - np.repeat(starts, lengths) + 1


@dataclass(slots=True)
class ListedRows:
    """Rows of one page list, as the checks need them."""

    load_file: int
    keys: list[str] = field(default_factory=list)
    breaks: list[Flags] = field(default_factory=list)
    declared: list[Ints] = field(default_factory=list)
    lines: list[Ints] = field(default_factory=list)
    starts: list[Ints] = field(default_factory=list)

    def put(self, batch: PageRowBatch) -> None:
        """Take one batch."""
        self.keys += batch.keys
        self.breaks.append(batch.breaks)
        self.declared.append(batch.declared)
        self.lines.append(batch.lines)
        self.starts.append(batch.starts)


def labels_of(book: NumberBook, pages: PageColumnsRead, documents: DocumentFacts) -> NumberColumn:
    """Return each page's number: its own, or the one that follows from its document's begin number."""
    begin = documents.begin
    owner = np.maximum(pages.document, 0)
    has = (pages.document >= 0) & (begin.known[owner] if len(begin) else False)
    if len(begin):
        # Without load file a document's range says how far its numbers were proved; no page beyond has one.
        end, is_bare = documents.end, documents.load_file[owner] == NONE
        has &= ~(is_bare & end.known[owner] & (begin.number[owner] + pages.number - 1 > end.number[owner]))
    prefix = np.where(has, begin.prefix[owner] if len(begin) else NONE, NONE)
    number = np.where(has, (begin.number[owner] if len(begin) else 0) + pages.number - 1, 0)
    width = np.where(has, begin.width[owner] if len(begin) else 0, 0)
    suffix = np.where(has, begin.suffix[owner] if len(begin) else NONE, NONE)
    own = book.column(pages.labels.values())
    rows = np.fromiter(pages.labels, np.int64, len(pages.labels))
    for column, values in ((prefix, own.prefix), (number, own.number), (width, own.width), (suffix, own.suffix)):
        column[rows] = values
    return NumberColumn(prefix, number, width, suffix)


@dataclass(slots=True)
class _Listing:
    listed: Flags
    is_break: Flags
    declared: Ints
    load_file: Ints
    line: Ints


def page_facts(
    book: NumberBook,
    pages: PageColumnsRead,
    documents: DocumentFacts,
    *,
    lists: dict[int, ListedRows],
    images: dict[int, tuple[ImageFacts, ...]],
) -> PageFacts:
    """Return the columns of the pages, and of page-list rows that belong to none.

    Args:
        lists: Rows of page lists by the id of their load file.
        images: Facts of image files by file row.
    """
    size = len(pages)
    listing = _Listing(
        np.zeros(size, np.bool_),
        np.zeros(size, np.bool_),
        np.full(size, NONE, np.int64),
        np.full(size, NONE, np.int64),
        np.full(size, NONE, np.int64),
    )
    label = labels_of(book, pages, documents)
    strays = [_join(book, pages, label, listing, list_id=list_id, rows=rows) for list_id, rows in lists.items()]
    compression, dpi, bits = _image_columns(pages, images)
    own = PageFacts(
        id=pages.id,
        document=pages.document,
        number=pages.number,
        label=label,
        stamped=book.column(pages.stamped),
        stamp_read=_is_looked_at(pages),
        text_source=pages.text_source,
        listed=listing.listed,
        is_break=listing.is_break,
        file=pages.file,
        page_in_file=pages.page_in_file,
        load_file=listing.load_file,
        line=listing.line,
        declared=listing.declared,
        width_pt=pages.width_pt,
        height_pt=pages.height_pt,
        compression=compression,
        dpi=dpi,
        bits=bits,
    )
    return _with_strays(own, [stray for stray in strays if len(stray.keys)], book)


def _is_looked_at(pages: PageColumnsRead) -> Flags:
    """Return the pages whose margins were looked at: with their words, or apart from a produced text."""
    with_words = np.isin(
        pages.text_source, [TEXT_SOURCES.index(TextSource.EMBEDDED), TEXT_SOURCES.index(TextSource.OCR)]
    )
    apart = np.fromiter((text is not None for text in pages.stamped), np.bool_, len(pages))
    return np.asarray(with_words | apart, np.bool_)


@dataclass(frozen=True, slots=True)
class _Strays:
    load_file: int
    keys: list[str]
    breaks: Flags
    lines: Ints


def _join(
    book: NumberBook,
    pages: PageColumnsRead,
    label: NumberColumn,
    listing: _Listing,
    *,
    list_id: int,
    rows: ListedRows,
) -> _Strays:
    """Mark the pages that *rows* name, by the byte their row begins at or by their number; return the others."""
    starts, lines, declared = _whole(rows.starts), _whole(rows.lines), _whole(rows.declared)
    breaks = np.concatenate(rows.breaks) if rows.breaks else np.empty(0, np.bool_)
    mine = np.flatnonzero((pages.list_id == list_id) & (pages.list_start >= 0))
    if len(mine) and (starts >= 0).all():
        order = np.argsort(pages.list_start[mine], kind="stable")
        place = np.minimum(np.searchsorted(pages.list_start[mine][order], starts), len(mine) - 1)
        hit = pages.list_start[mine][order][place] == starts
        page = np.where(hit, mine[order][place], NONE)
    else:
        by_number = {book.text(label, row): row for row in np.flatnonzero(pages.list_id == list_id).tolist()}
        page = np.asarray([by_number.get(key, NONE) for key in rows.keys], np.int64)
    known = page >= 0
    listing.listed[page[known]] = True
    listing.is_break[page[known]] = breaks[known]
    listing.declared[page[known]] = declared[known]
    listing.load_file[page[known]] = rows.load_file
    listing.line[page[known]] = lines[known]
    stray = np.flatnonzero(~known)
    return _Strays(rows.load_file, [rows.keys[row] for row in stray.tolist()], breaks[stray], lines[stray])


def _whole(parts: list[Ints]) -> Ints:
    return np.concatenate(parts) if parts else np.empty(0, np.int64)


def _with_strays(own: PageFacts, strays: list[_Strays], book: NumberBook) -> PageFacts:
    """Return *own* with the page-list rows that belong to no page at its end."""
    if not strays:
        return own
    count = sum(len(stray.keys) for stray in strays)
    label = book.column(key for stray in strays for key in stray.keys)
    none = np.full(count, NONE, np.int64)
    unknown = np.full(count, np.nan, np.float32)

    def numbers(first: NumberColumn, second: NumberColumn) -> NumberColumn:
        names = ("prefix", "number", "width", "suffix")
        return NumberColumn(*(np.concatenate((getattr(first, name), getattr(second, name))) for name in names))

    return PageFacts(
        id=np.append(own.id, np.zeros(count, np.int64)),
        document=np.append(own.document, none),
        number=np.append(own.number, none),
        label=numbers(own.label, label),
        stamped=numbers(own.stamped, book.column([None] * count)),
        stamp_read=np.append(own.stamp_read, np.zeros(count, np.bool_)),
        text_source=np.append(own.text_source, none),
        listed=np.append(own.listed, np.ones(count, np.bool_)),
        is_break=np.concatenate((own.is_break, *(stray.breaks for stray in strays))),
        file=np.append(own.file, none),
        page_in_file=np.append(own.page_in_file, none),
        load_file=np.concatenate(
            (own.load_file, *(np.full(len(stray.keys), stray.load_file, np.int64) for stray in strays))
        ),
        line=np.concatenate((own.line, *(stray.lines for stray in strays))),
        declared=np.append(own.declared, none),
        width_pt=np.append(own.width_pt, unknown),
        height_pt=np.append(own.height_pt, unknown),
        compression=TextColumn(own.compression.values, np.append(own.compression.codes, none)),
        dpi=np.append(own.dpi, none),
        bits=np.append(own.bits, none),
    )


def _image_columns(pages: PageColumnsRead, images: dict[int, tuple[ImageFacts, ...]]) -> tuple[TextColumn, Ints, Ints]:
    size = len(pages)
    dpi, bits = np.full(size, NONE, np.int64), np.full(size, NONE, np.int64)
    names: list[str | None] = [None] * size
    if not images:
        return TextColumn.of(names), dpi, bits
    by_page = {(file, one.page): one for file, facts in images.items() for one in facts}
    for row, key in enumerate(zip(pages.file.tolist(), pages.page_in_file.tolist(), strict=True)):
        one = by_page.get(key)
        if one is not None:
            names[row] = one.compression
            known = [value for value in (one.dpi_x, one.dpi_y) if value is not None]
            dpi[row] = round(min(known)) if known else NONE
            bits[row] = NONE if one.bits_per_pixel is None else one.bits_per_pixel
    return TextColumn.of(names), dpi, bits
