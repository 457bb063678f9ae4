"""What load files and the case say, turned into the columns the checks look at: batches in, facts out.

A million documents stay small: numbers are read as they come and kept as arrays, and of texts only those are kept
that repeat, or that a finding may have to quote.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

import numpy as np

from vaughn.model import FIELD_BY_ID, FieldKind, read_bates
from vaughn.receive.checks.columns import (
    Controls,
    CountBuilder,
    DateBuilder,
    Growing,
    HashBuilder,
    NumberBuilder,
    OddTexts,
    TextBuilder,
    rows_of,
)
from vaughn.receive.facts import (
    KINDS,
    NONE,
    DateColumn,
    DocumentFacts,
    Flags,
    HashColumn,
    Ints,
    NumberBook,
    NumberColumn,
    ReceivedColumn,
    TextColumn,
)
from vaughn.receive.packed import PackedFacts
from vaughn.receive.survey import volume_root
from vaughn.receive.values import read_count, read_many
from vaughn.store import DocumentBatch

Put = Callable[[Ints, Sequence[str]], None]
HASHES = ("md5", "sha1", "sha256")
_TEXTS = ("volume", "custodian", "all_custodians")
_NUMBERS = ("end_bates", "beg_attach", "end_attach")
_COUNTS: dict[str, Callable[[str], int | None]] = {
    "page_count": read_count,
    "attachment_count": read_count,
    "attachment_names": lambda text: len(read_many(text)),
    "child_ids": lambda text: len(read_many(text)),
}
_DATED = (FieldKind.DATE, FieldKind.MOMENT, FieldKind.TIME)
# "ABC-001 - ABC-003", "ABC-001;ABC-003", "ABC-001 to ABC-003": the two ends of a family range.
_RANGE = re.compile(r"\s*(?:\s[-–—]\s|[;,|]|\bto\b|–|—)\s*")


@dataclass(frozen=True, slots=True, eq=False)
class CaseDocuments:
    """The current documents as the case has them, one a row in the order of their ids.

    Args:
        parent: Row of the parent, -1 none.
        load_file_id: -1 without a row in a load file; `line` is that row's.
        native_file_id, text_file_id: -1 without.
    """

    id: Ints
    control: Controls
    begin: NumberColumn
    end: NumberColumn
    parent: Ints
    kind: Ints
    native_file_id: Ints
    text_file_id: Ints
    load_file_id: Ints
    line: Ints

    def __len__(self) -> int:
        return len(self.id)


def case_documents(batches: Iterable[DocumentBatch], book: NumberBook) -> CaseDocuments:
    """Return *batches* in one."""
    kinds = {kind: place for place, kind in enumerate(KINDS)}
    names = PackedFacts()
    columns: dict[str, Growing] = {}

    def put(name: str, values: Iterable[int | None], kind: type[np.signedinteger]) -> None:
        columns.setdefault(name, Growing(kind)).extend([NONE if value is None else value for value in values])

    for batch in batches:
        names.extend(batch.control)
        known = [number is not None for number in batch.begin_number]
        prefixes = {text: book.prefix_code(text or "") for text in set(batch.prefix)}
        suffixes = {text: book.suffix_code(text or "") for text in set(batch.suffix)}
        put("prefix", (prefixes[t] if k else NONE for t, k in zip(batch.prefix, known, strict=True)), np.int32)
        put("suffix", (suffixes[t] if k else NONE for t, k in zip(batch.suffix, known, strict=True)), np.int32)
        put("width", (width or 1 for width in batch.width), np.int16)
        put("begin", batch.begin_number, np.int64)
        put("end", batch.end_number, np.int64)
        put("kind", (kinds[kind] for kind in batch.kind), np.int8)
        put("line", batch.row_line, np.int32)
        for name in ("id", "parent_id", "native_file_id", "text_file_id", "load_file_id"):
            put(name, getattr(batch, name), np.int64 if name == "id" else np.int32)
    return _as_documents({name: column.data for name, column in columns.items()}, names, book)


def _as_documents(whole: dict[str, Ints], names: PackedFacts, book: NumberBook) -> CaseDocuments:
    none = np.empty(0, np.int64)

    def column(name: str) -> Ints:
        return whole.get(name, none)

    def numbers(end: str) -> NumberColumn:
        has = (column("begin") >= 0) & (column(end) >= 0)
        prefix, suffix = (np.where(has, column(name), NONE).astype(np.int32) for name in ("prefix", "suffix"))
        return NumberColumn(prefix, np.maximum(column(end), 0), column("width"), suffix)  # type: ignore[arg-type]

    begin = numbers("begin")
    has_row = (column("load_file_id") >= 0) & (column("line") >= 0)
    return CaseDocuments(
        id=column("id"),
        control=Controls(names, begin, book),
        begin=begin,
        end=numbers("end"),
        parent=rows_of(column("id"), column("parent_id")).astype(np.int32),
        kind=column("kind"),
        native_file_id=column("native_file_id"),
        text_file_id=column("text_file_id"),
        load_file_id=np.where(has_row, column("load_file_id"), NONE),
        line=np.where(has_row, column("line"), NONE),
    )


class RowFacts:
    """What the rows of all document lists say, joined with the documents by row."""

    def __init__(self, documents: CaseDocuments, book: NumberBook) -> None:
        size = len(documents)
        self.size = size
        self.names: dict[str, str] = {}
        self.filled: dict[tuple[int, str, str | None], Flags] = {}
        self.texts = {name: TextBuilder(size) for name in _TEXTS}
        self.numbers = {name: NumberBuilder(size, book) for name in _NUMBERS}
        self.ranges = (NumberBuilder(size, book), NumberBuilder(size, book))
        self.prior = NumberBuilder(size, book)
        self.counts = {"page_count": CountBuilder(size), "attachments": CountBuilder(size)}
        self.dates: dict[str, DateBuilder] = {}
        self.hashes: dict[str, HashBuilder] = {}
        # Of these only what the case could not use is kept, to be quoted.
        self.odd_begins = TextBuilder(size)
        self.lost_parents = TextBuilder(size)
        self._documents = documents
        self._put_by_field: dict[str, Put] = {
            **{name: builder.put for name, builder in self.texts.items()},
            **{name: builder.put for name, builder in self.numbers.items()},
            **{name: self._put_count(name) for name in _COUNTS},
            "family_range": self._put_range,
            "prior_bates": self._put_prior,
            "beg_bates": self._put_begin,
            "parent_id": self._put_parent,
        }

    def put(self, load_file: int, name: str, canonical: str | None, *, rows: Ints, values: Sequence[str]) -> None:
        """Take one column of one batch; *rows* are the documents of its rows, -1 for a row without one."""
        known = np.flatnonzero(rows >= 0)
        if len(known) != len(rows):
            rows, values = rows[known], [values[place] for place in known.tolist()]
        flags = self.filled.setdefault((load_file, name, canonical), np.zeros(self.size, np.bool_))
        flags[rows] |= np.fromiter((bool(value) and not value.isspace() for value in values), np.bool_, len(values))
        if canonical is not None:
            self._keep(canonical, name, rows=rows, values=values)

    def _keep(self, canonical: str, name: str, *, rows: Ints, values: Sequence[str]) -> None:
        self.names.setdefault(canonical, name)
        put = self._put_by_field.get(canonical)
        if put is not None:
            put(rows, values)
        elif canonical in HASHES:
            owed = self._documents.native_file_id >= 0
            self.hashes.setdefault(canonical, HashBuilder(owed)).put(rows, values)
        elif FIELD_BY_ID[canonical].kind in _DATED:
            is_time = FIELD_BY_ID[canonical].kind is FieldKind.TIME
            self.dates.setdefault(canonical, DateBuilder(self.size, is_time=is_time)).put(rows, values)

    def _put_count(self, canonical: str) -> Put:
        counts = self.counts["page_count" if canonical == "page_count" else "attachments"]
        return lambda rows, values: counts.put(rows, values, _COUNTS[canonical])

    def _put_range(self, rows: Ints, values: Sequence[str]) -> None:
        ends = {value: _range_ends(value) for value in set(values)}
        for place, builder in enumerate(self.ranges):
            builder.put(rows, [ends[value][place] for value in values])

    def _put_prior(self, rows: Ints, values: Sequence[str]) -> None:
        self.prior.put(rows, [_first_number(value) for value in values])

    def _put_begin(self, rows: Ints, values: Sequence[str]) -> None:
        _put_where(self.odd_begins, ~self._documents.begin.known, rows, values)

    def _put_parent(self, rows: Ints, values: Sequence[str]) -> None:
        _put_where(self.lost_parents, self._documents.parent < 0, rows, values)

    def received(self) -> tuple[ReceivedColumn, ...]:
        """Return every column with the documents it fills."""
        return tuple(
            ReceivedColumn(canonical, name, load_file, flags)
            for (load_file, name, canonical), flags in self.filled.items()
        )


def _put_where(builder: TextBuilder, wanted: Flags, rows: Ints, values: Sequence[str]) -> None:
    """Put only the values of *wanted* documents."""
    places = np.flatnonzero(wanted[rows])
    builder.put(rows[places], [values[place] for place in places.tolist()])


@dataclass(frozen=True, slots=True)
class Known:
    """What the case knows beside the rows.

    Args:
        load_files: Rows of load files by their id.
        files: Ids of files, rising.
        volumes: Names of volumes by the id of their load file.
        hashes: Columns of stated and actual hashes.
    """

    documents: CaseDocuments
    load_files: dict[int, int]
    files: Ints
    volumes: dict[int, str]
    hashes: tuple[HashColumn, ...] = field(default=())


def document_facts(known: Known, rows: RowFacts) -> DocumentFacts:
    """Return the columns of the documents: numbers as received where a row has them, else as the case has them."""
    documents = known.documents
    end, family = rows.numbers["end_bates"], _family(rows)
    begin_text = rows.odd_begins.column()
    return DocumentFacts(
        id=documents.id,
        control=documents.control,
        begin=documents.begin,
        # The case keeps no end before the begin or of another prefix.
        end=_chosen(end.filled, end.column(), documents.end),
        begin_text=begin_text,
        end_text=OddTexts(len(documents), end.odd),
        page_count=rows.counts["page_count"].counts,  # type: ignore[arg-type]
        volume=_volumes(known, rows.texts["volume"].column()),
        load_file=_by_load_file(documents.load_file_id, known.load_files),
        line=documents.line,
        kind=documents.kind,
        parent=documents.parent,
        parent_text=rows.lost_parents.column(),
        family_begin=family[0],
        family_end=family[1],
        native=rows_of(known.files, documents.native_file_id).astype(np.int32),
        text=rows_of(known.files, documents.text_file_id).astype(np.int32),
        attachments_named=rows.counts["attachments"].counts,  # type: ignore[arg-type]
        custodian=rows.texts["custodian"].column(),
        all_custodians=rows.texts["all_custodians"].column(),
        prior=rows.prior.column(),
        dates=tuple(
            DateColumn(canonical, rows.names[canonical], builder.fields) for canonical, builder in rows.dates.items()
        ),
        hashes=known.hashes,
    )


def _chosen(first: Flags, one: NumberColumn, other: NumberColumn) -> NumberColumn:
    """Return the numbers of *one* in the rows *first*, of *other* elsewhere."""
    names = ("prefix", "number", "width", "suffix")
    return NumberColumn(*(np.where(first, getattr(one, name), getattr(other, name)) for name in names))


def _by_load_file(ids: Ints, rows: dict[int, int]) -> Ints:
    found = np.full(len(ids), NONE, np.int32)
    for load_file_id, row in rows.items():
        found[ids == load_file_id] = row
    return found  # type: ignore[return-value]


def _volumes(known: Known, stated: TextColumn) -> TextColumn:
    """Return the volume of each document: as its row says, else the one its load file lies in."""
    values = {value: place for place, value in enumerate(stated.values)}
    codes = stated.codes.copy()
    for load_file_id, name in known.volumes.items():
        codes[(codes < 0) & (known.documents.load_file_id == load_file_id)] = values.setdefault(name, len(values))
    used = np.zeros(len(values), np.bool_)
    used[codes[codes >= 0]] = True
    place = np.append(np.cumsum(used) - 1, NONE)
    return TextColumn(tuple(value for value, code in values.items() if used[code]), place[codes].astype(np.int32))


def volume_of(path: str) -> str:
    """Return the volume that a load file belongs to: the folder that its paths count from, or its own name."""
    root = volume_root(path).rpartition("/")[2]
    return root or PurePosixPath(path).stem


def _family(rows: RowFacts) -> tuple[NumberColumn, NumberColumn]:
    """Return the ends of each document's family range, from two columns or from one with both."""
    begin, end = rows.numbers["beg_attach"], rows.numbers["end_attach"]
    if not rows.ranges[0].filled.any():
        return begin.column(), end.column()
    apart = begin.filled | end.filled
    first, last = (builder.column() for builder in rows.ranges)
    return _chosen(apart, begin.column(), first), _chosen(apart, end.column(), last)


def _range_ends(text: str) -> tuple[str | None, str | None]:
    parts = [part for part in _RANGE.split(text.strip()) if part.strip()]
    return (parts[0], parts[-1]) if parts and read_bates(parts[0]) and read_bates(parts[-1]) else (None, None)


def _first_number(text: str) -> str | None:
    parts = [part for part in _RANGE.split(text.strip()) if part.strip()]
    return parts[0] if parts else None
