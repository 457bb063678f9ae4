"""Pages of the case and rows of page lists, joined into the columns the checks look at."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vaughn.formats.loadfile import PageRowBatch
from vaughn.formats.pages import ImageFacts
from vaughn.model import TextSource
from vaughn.receive.checks.columns import Growing, GrowingNumbers, NumberBuilder, TextBuilder, no_numbers, rows_of
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

# A file with more pages than this does not exist; the place of a page among all pages of all files is one number.
_MOST_PAGES = 1 << 24
_NUMBER_PARTS = ("prefix", "number", "width", "suffix")


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
    width_pt: NDArray[np.float32]
    height_pt: NDArray[np.float32]
    text_source: Ints
    stamped: NumberColumn
    stamp_read: Flags
    label: NumberColumn
    has_label: Flags

    def __len__(self) -> int:
        return len(self.id)


_KINDS = {
    "document": np.int32, "id": np.int64, "file": np.int32, "at": np.int32, "list": np.int32, "start": np.int64,
    "source": np.int8, "read": np.bool_, "own": np.bool_, "width": np.float32, "height": np.float32,
}  # fmt: skip


def pages_read(batches: Iterable[PageBatch], book: NumberBook, *, documents: Ints, files: Ints) -> PageColumnsRead:
    """Return *batches* in one.

    Args:
        documents: Ids of documents, rising.
        files: Ids of files, rising.
    """
    source = {kind: place for place, kind in enumerate(TEXT_SOURCES)}
    whole = {name: Growing(kind) for name, kind in _KINDS.items()}
    stamped, label = GrowingNumbers(book), GrowingNumbers(book)
    for batch in batches:
        columns: dict[str, Any] = {
            "document": rows_of(documents, batch.document_id),
            "id": batch.page_id,
            "file": rows_of(files, batch.file_id),
            "at": batch.page_in_file,
            "list": [NONE if one is None else one for one in batch.list_id],
            "start": [NONE if one is None else one for one in batch.list_start],
            "source": [source[one] for one in batch.text_source],
            "read": _is_looked_at(batch),
            "own": [label is not None for label in batch.label],
            "width": batch.width_pt,
            "height": batch.height_pt,
        }
        for name, values in columns.items():
            whole[name].extend(values)
        stamped.extend(batch.stamped)
        label.extend(batch.label)
    has_label = whole["own"].data
    return PageColumnsRead(
        document=whole["document"].data,
        number=_numbers_in_document(whole["document"].data),
        id=whole["id"].data,
        file=whole["file"].data,
        page_in_file=whole["at"].data,
        list_id=whole["list"].data,
        list_start=whole["start"].data,
        width_pt=whole["width"].data,
        height_pt=whole["height"].data,
        text_source=whole["source"].data,
        stamped=stamped.column(),
        stamp_read=whole["read"].data,
        label=label.column() if has_label.any() else no_numbers(len(has_label)),
        has_label=has_label,
    )


def _numbers(book: NumberBook, texts: tuple[str | None, ...]) -> NumberColumn:
    builder = NumberBuilder(len(texts), book)
    builder.put(np.arange(len(texts)), texts)
    return builder.column()


def _joined(columns: list[NumberColumn]) -> NumberColumn:
    """Return *columns* one after the other and let go of them."""
    if not columns:
        return NumberColumn(*(np.empty(0, np.int64) for _ in _NUMBER_PARTS))
    whole = [np.concatenate([getattr(column, name) for column in columns]) for name in _NUMBER_PARTS]
    columns.clear()
    return NumberColumn(*whole)


def _is_looked_at(batch: PageBatch) -> list[bool]:
    """Return the pages whose margins were looked at: with their words, or apart from a produced text."""
    with_words = {TextSource.EMBEDDED, TextSource.OCR, TextSource.DOUBTFUL}
    return [
        source in with_words or stamped is not None
        for source, stamped in zip(batch.text_source, batch.stamped, strict=True)
    ]


def _numbers_in_document(document: Ints) -> Ints:
    """Return 1, 2, 3 … for the pages of each document; pages of one document stand together."""
    if not len(document):
        return document
    starts = np.flatnonzero(np.append(True, document[1:] != document[:-1]))
    lengths = np.diff(np.append(starts, len(document)))
    first = np.repeat(starts.astype(np.int32), lengths)
    return np.arange(1, len(document) + 1, dtype=np.int32) - first


def labels_of(pages: PageColumnsRead, documents: DocumentFacts) -> NumberColumn:
    """Return each page's number: its own, or the one that follows from its document's begin number."""
    begin = documents.begin
    if not len(begin):
        return pages.label
    owner = np.maximum(pages.document, 0)
    number = begin.number[owner] + pages.number - 1
    has = (pages.document >= 0) & begin.known[owner]
    # Without load file a document's range says how far its numbers were proved; no page beyond has one.
    end, is_bare = documents.end, documents.load_file[owner] == NONE
    has &= ~(is_bare & end.known[owner] & (number > end.number[owner]))
    own = pages.has_label
    if not own.any():
        prefix, suffix = (np.where(has, column[owner], np.int32(NONE)) for column in (begin.prefix, begin.suffix))
        return NumberColumn(prefix, np.where(has, number, 0), np.where(has, begin.width[owner], np.int16(0)), suffix)
    return NumberColumn(
        np.where(own, pages.label.prefix, np.where(has, begin.prefix[owner], np.int32(NONE))),
        np.where(own, pages.label.number, np.where(has, number, 0)),
        np.where(own, pages.label.width, np.where(has, begin.width[owner], np.int16(0))),
        np.where(own, pages.label.suffix, np.where(has, begin.suffix[owner], np.int32(NONE))),
    )


@dataclass(slots=True)
class _Strays:
    """Rows of one page list that name no page of the case."""

    load_file: int
    keys: list[str] = field(default_factory=list)
    breaks: list[bool] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)


class Listing:
    """What page lists say of the pages of the case, filled list by list."""

    def __init__(self, book: NumberBook, pages: PageColumnsRead, label: NumberColumn) -> None:
        size = len(pages)
        self.listed, self.is_break = np.zeros(size, np.bool_), np.zeros(size, np.bool_)
        self.declared, self.line, self.load_file = (
            np.full(size, NONE, kind) for kind in (np.int32, np.int32, np.int16)
        )
        self.strays: list[_Strays] = []
        self._book, self._pages, self._label = book, pages, label

    def put(self, batches: Iterator[PageRowBatch], *, list_id: int, load_file: int) -> None:
        """Take the rows of one page list: each names the page whose row begins at the same byte, or has its number."""
        mine, starts = self._starts_of(list_id)
        strays, by_number = _Strays(load_file), None
        for batch in batches:
            if len(mine) and (batch.starts >= 0).all():
                place = np.minimum(np.searchsorted(starts, batch.starts), len(mine) - 1)
                page = np.where(starts[place] == batch.starts, mine[place], NONE)
            else:
                by_number = self._by_number(list_id) if by_number is None else by_number
                page = np.asarray([by_number.get(key, NONE) for key in batch.keys], np.int64)
            self._mark(batch, page, strays)
        if strays.keys:
            self.strays.append(strays)

    def _starts_of(self, list_id: int) -> tuple[Ints, Ints]:
        """Return the pages of one list in the order of their rows, and the bytes those begin at."""
        is_mine = (self._pages.list_id == list_id) & (self._pages.list_start >= 0)
        mine = np.flatnonzero(is_mine).astype(np.int32)
        starts = self._pages.list_start if is_mine.all() else self._pages.list_start[mine]
        if (starts[1:] < starts[:-1]).any():
            order = np.argsort(starts, kind="stable")
            mine, starts = mine[order], starts[order]
        return mine, starts  # type: ignore[return-value]

    def _by_number(self, list_id: int) -> dict[str | None, int]:
        rows = np.flatnonzero(self._pages.list_id == list_id).tolist()
        return {self._book.text(self._label, row): row for row in rows}

    def _mark(self, batch: PageRowBatch, page: Ints, strays: _Strays) -> None:
        known = page >= 0
        rows = page[known]
        self.listed[rows] = True
        self.is_break[rows] = batch.breaks[known]
        self.declared[rows] = np.minimum(batch.declared[known], np.iinfo(np.int32).max)
        self.load_file[rows] = strays.load_file
        self.line[rows] = batch.lines[known]
        stray = np.flatnonzero(~known)
        if len(stray):
            keys = batch.keys
            strays.keys += [keys[row] for row in stray.tolist()]
            strays.breaks += batch.breaks[stray].tolist()
            strays.lines += batch.lines[stray].tolist()


def page_facts(
    book: NumberBook, pages: PageColumnsRead, label: NumberColumn, *, listing: Listing, images: ImageColumns
) -> PageFacts:
    """Return the columns of the pages, and of page-list rows that belong to none."""
    compression, dpi, bits = images.of_pages(pages)
    own = PageFacts(
        id=pages.id,
        document=pages.document,
        number=pages.number,
        label=label,
        stamped=pages.stamped,
        stamp_read=pages.stamp_read,
        text_source=pages.text_source,
        listed=listing.listed,
        is_break=listing.is_break,
        file=pages.file,
        page_in_file=pages.page_in_file,
        load_file=listing.load_file,  # type: ignore[arg-type]
        line=listing.line,  # type: ignore[arg-type]
        declared=listing.declared,  # type: ignore[arg-type]
        width_pt=pages.width_pt,
        height_pt=pages.height_pt,
        compression=compression,
        dpi=dpi,
        bits=bits,
    )
    return _with_strays(own, listing.strays, book)


def _with_strays(own: PageFacts, strays: list[_Strays], book: NumberBook) -> PageFacts:
    """Return *own* with the page-list rows that belong to no page at its end."""
    if not strays:
        return own
    count = sum(len(stray.keys) for stray in strays)
    label = _numbers(book, tuple(key for stray in strays for key in stray.keys))
    none = np.full(count, NONE, np.int32)
    unknown = np.full(count, np.nan, np.float32)
    no_number = _numbers(book, (None,) * count)
    return PageFacts(
        id=np.append(own.id, np.zeros(count, np.int64)),
        document=np.append(own.document, none),
        number=np.append(own.number, none),
        label=_joined([own.label, label]),
        stamped=_joined([own.stamped, no_number]),
        stamp_read=np.append(own.stamp_read, np.zeros(count, np.bool_)),
        text_source=np.append(own.text_source, np.full(count, NONE, np.int8)),
        listed=np.append(own.listed, np.ones(count, np.bool_)),
        is_break=np.concatenate((own.is_break, *(np.asarray(stray.breaks, np.bool_) for stray in strays))),
        file=np.append(own.file, none),
        page_in_file=np.append(own.page_in_file, none),
        load_file=np.concatenate(
            (own.load_file, *(np.full(len(stray.keys), stray.load_file, np.int32) for stray in strays))
        ),
        line=np.concatenate((own.line, *(np.asarray(stray.lines, np.int32) for stray in strays))),
        declared=np.append(own.declared, none),
        width_pt=np.append(own.width_pt, unknown),
        height_pt=np.append(own.height_pt, unknown),
        compression=TextColumn(own.compression.values, np.append(own.compression.codes, none)),
        dpi=np.append(own.dpi, none),
        bits=np.append(own.bits, none),
    )


class ImageColumns:
    """What the images behind pages are made of, by file and page; filled file by file."""

    def __init__(self) -> None:
        self._keys, self._dpi, self._bits, self._compression = array("q"), array("i"), array("i"), array("i")
        self._names = TextBuilder(0)

    def put(self, file: int, facts: Iterable[ImageFacts]) -> None:
        """Take the images of the file in row *file*."""
        for one in facts:
            known = [value for value in (one.dpi_x, one.dpi_y) if value is not None]
            self._keys.append(file * _MOST_PAGES + min(one.page, _MOST_PAGES - 1))
            self._dpi.append(round(min(known)) if known else NONE)
            self._bits.append(NONE if one.bits_per_pixel is None else one.bits_per_pixel)
            self._compression.append(int(self._names.codes_of((one.compression,))[0]))

    def of_pages(self, pages: PageColumnsRead) -> tuple[TextColumn, Ints, Ints]:
        """Return compression, dpi and bits of every page, -1 unknown."""
        if not self._keys:
            unknown = np.broadcast_to(np.int64(NONE), len(pages))
            return TextColumn((), unknown), unknown, unknown
        keys = np.asarray(self._keys, np.int64)
        order = np.argsort(keys, kind="stable")
        wanted = np.where(pages.file >= 0, pages.file.astype(np.int64) * _MOST_PAGES + pages.page_in_file, NONE)
        place = np.minimum(np.searchsorted(keys[order], wanted), len(keys) - 1)
        found = keys[order][place] == wanted
        dpi, bits, codes = (
            np.where(found, np.asarray(column, np.int32)[order][place], NONE).astype(np.int32)
            for column in (self._dpi, self._bits, self._compression)
        )
        return TextColumn(self._names.values, codes), dpi, bits  # type: ignore[arg-type,return-value]
