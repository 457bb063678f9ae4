"""What load files and the case say, turned into the columns the checks look at: rows in, facts out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

import numpy as np

from vaughn.model import FIELD_BY_ID, BatesNumber, DocumentKind, FieldKind, ProducedDocument, read_bates
from vaughn.receive.facts import (
    KINDS,
    NONE,
    DateColumn,
    DocumentFacts,
    Flags,
    HashColumn,
    Ints,
    NumberBook,
    ReceivedColumn,
    TextColumn,
)
from vaughn.receive.survey import volume_root
from vaughn.receive.values import read_count, read_many

KEPT = (
    "beg_bates",
    "end_bates",
    "page_count",
    "volume",
    "parent_id",
    "family_range",
    "beg_attach",
    "end_attach",
    "attachment_names",
    "attachment_count",
    "child_ids",
    "custodian",
    "all_custodians",
    "prior_bates",
)
HASHES = ("md5", "sha1", "sha256")
# "ABC-001 - ABC-003", "ABC-001;ABC-003", "ABC-001 to ABC-003": the two ends of a family range.
_RANGE = re.compile(r"\s*(?:\s[-–—]\s|[;,|]|\bto\b|–|—)\s*")


class TextBuilder:
    """A `TextColumn` that is filled bit by bit; a row that is filled stays as it is."""

    def __init__(self, rows: int) -> None:
        self.codes: Ints = np.full(rows, NONE, np.int64)
        self._known: dict[str, int] = {}

    def put(self, rows: Ints, texts: Sequence[str]) -> None:
        """Set *texts* in *rows*; blank texts are left out."""
        known = self._known
        codes = np.asarray(
            [known.setdefault(text, len(known)) if text and not text.isspace() else NONE for text in texts], np.int64
        )
        free = (codes >= 0) & (self.codes[rows] < 0)
        self.codes[rows[free]] = codes[free]

    def column(self) -> TextColumn:
        """Return what was put in."""
        return TextColumn(tuple(self._known), self.codes)


@dataclass(slots=True)
class RowFacts:
    """What the rows of all document lists say, joined with the documents by row.

    Args:
        size: How many documents there are.
        filled: For each (load file, column): which documents it fills.
    """

    size: int
    texts: dict[str, TextBuilder] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    filled: dict[tuple[int, str, str | None], Flags] = field(default_factory=dict)

    def put(self, load_file: int, name: str, canonical: str | None, *, rows: Ints, values: Sequence[str]) -> None:
        """Take one column of one batch; *rows* are the documents of its rows, -1 for a row without one."""
        known = np.flatnonzero(rows >= 0)
        if len(known) != len(rows):
            rows, values = rows[known], [values[place] for place in known.tolist()]
        flags = self.filled.setdefault((load_file, name, canonical), np.zeros(self.size, np.bool_))
        flags[rows] |= np.fromiter((bool(value) and not value.isspace() for value in values), np.bool_, len(values))
        if canonical is not None and is_kept(canonical):
            self.names.setdefault(canonical, name)
            self.texts.setdefault(canonical, TextBuilder(self.size)).put(rows, values)

    def column(self, canonical: str) -> TextColumn:
        """Return the texts of one field, an empty column if no list has it."""
        builder = self.texts.get(canonical)
        return TextColumn.empty(self.size) if builder is None else builder.column()

    def received(self) -> tuple[ReceivedColumn, ...]:
        """Return every column with the documents it fills."""
        return tuple(
            ReceivedColumn(canonical, name, load_file, flags)
            for (load_file, name, canonical), flags in self.filled.items()
        )


def is_kept(canonical: str) -> bool:
    """Tell whether the checks look at the values of a field, and not only whether it is filled."""
    kind = FIELD_BY_ID[canonical].kind
    return canonical in KEPT or canonical in HASHES or kind in (FieldKind.DATE, FieldKind.MOMENT, FieldKind.TIME)


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """What the checks need of a `ProducedDocument`: a million of them are held at once."""

    id: int
    control: str
    begin: BatesNumber | None
    end: BatesNumber | None
    parent_id: int | None
    kind: DocumentKind
    native_file_id: int | None
    text_file_id: int | None
    row: tuple[int, int] | None

    @classmethod
    def of(cls, one: ProducedDocument) -> KnownDocument:
        """Return *one* without its texts."""
        return cls(
            one.id,
            one.control,
            one.begin,
            one.end,
            one.parent_id,
            one.kind,
            one.native_file_id,
            one.text_file_id,
            one.row,
        )


@dataclass(frozen=True, slots=True)
class Known:
    """What the case knows beside the rows.

    Args:
        load_files: Rows of load files by their id.
        files: Rows of files by their id.
        volumes: Names of volumes by the id of their load file.
        hashes: Columns of stated and actual hashes.
    """

    documents: Sequence[KnownDocument]
    load_files: dict[int, int]
    files: dict[int, int]
    volumes: dict[int, str]
    hashes: tuple[HashColumn, ...] = ()


def document_facts(book: NumberBook, known: Known, rows: RowFacts) -> DocumentFacts:
    """Return the columns of the documents: numbers as received where a row has them, else as the case has them."""
    documents = known.documents
    place = {document.id: row for row, document in enumerate(documents)}
    begin, end = rows.column("beg_bates"), rows.column("end_bates")
    family_begin, family_end = _family_texts(rows)
    return DocumentFacts(
        id=_ints(document.id for document in documents),
        control=[document.control for document in documents],
        begin=book.column(document.begin for document in documents),
        end=book.column(_end(document, end[row]) for row, document in enumerate(documents)),
        begin_text=begin,
        end_text=end,
        page_count=_counts(rows.column("page_count")),
        volume=_volumes(known, rows.column("volume")),
        load_file=_ints(NONE if one.row is None else known.load_files.get(one.row[0], NONE) for one in documents),
        line=_ints(NONE if one.row is None else one.row[1] for one in documents),
        kind=_ints(KINDS.index(document.kind) for document in documents),
        parent=_ints(NONE if one.parent_id is None else place.get(one.parent_id, NONE) for one in documents),
        parent_text=rows.column("parent_id"),
        family_begin=book.column(family_begin),
        family_end=book.column(family_end),
        native=_ints(_file(known, document.native_file_id) for document in documents),
        text=_ints(_file(known, document.text_file_id) for document in documents),
        attachments_named=_attachments(rows),
        custodian=rows.column("custodian"),
        all_custodians=rows.column("all_custodians"),
        prior=book.column(_first_number(text) for text in _texts(rows.column("prior_bates"))),
        dates=tuple(
            DateColumn(canonical, rows.names[canonical], builder.column())
            for canonical, builder in rows.texts.items()
            if FIELD_BY_ID[canonical].kind in (FieldKind.DATE, FieldKind.MOMENT, FieldKind.TIME)
        ),
        hashes=known.hashes,
    )


def _volumes(known: Known, stated: TextColumn) -> TextColumn:
    """Return the volume of each document: as its row says, else the one its load file lies in."""
    return TextColumn.of(
        text if text is not None or one.row is None else known.volumes.get(one.row[0])
        for one, text in zip(known.documents, _texts(stated), strict=True)
    )


def volume_of(path: str) -> str:
    """Return the volume that a load file belongs to: the folder that its paths count from, or its own name."""
    root = volume_root(path).rpartition("/")[2]
    return root or PurePosixPath(path).stem


def _ints(values: Iterable[int]) -> Ints:
    return np.fromiter(values, np.int64)


def _texts(column: TextColumn) -> Iterable[str | None]:
    return (None if code < 0 else column.values[code] for code in column.codes.tolist())


def _end(document: KnownDocument, text: str | None) -> BatesNumber | None:
    """Return the end number as the row has it: the case keeps no end before the begin or of another prefix."""
    return read_bates(text) if text is not None else document.end


def _file(known: Known, file_id: int | None) -> int:
    return NONE if file_id is None else known.files.get(file_id, NONE)


def _counts(column: TextColumn) -> Ints:
    counts = [NONE if (count := read_count(value)) is None else count for value in column.values]
    return np.asarray([*counts, NONE], np.int64)[column.codes]


def _family_texts(rows: RowFacts) -> tuple[list[str | None], list[str | None]]:
    """Return the ends of each document's family range, from two columns or from one with both."""
    begin, end = list(_texts(rows.column("beg_attach"))), list(_texts(rows.column("end_attach")))
    both = rows.column("family_range")
    ends = {value: _range_ends(value) for value in both.values}
    for row, text in enumerate(_texts(both)):
        if text is not None and begin[row] is None and end[row] is None:
            begin[row], end[row] = ends[text]
    return begin, end


def _range_ends(text: str) -> tuple[str | None, str | None]:
    parts = [part for part in _RANGE.split(text.strip()) if part.strip()]
    return (parts[0], parts[-1]) if parts and read_bates(parts[0]) and read_bates(parts[-1]) else (None, None)


def _first_number(text: str | None) -> str | None:
    if text is None:
        return None
    parts = [part for part in _RANGE.split(text.strip()) if part.strip()]
    return parts[0] if parts else None


def _attachments(rows: RowFacts) -> Ints:
    """Return how many attachments each document says it has; the larger of its statements."""
    named = _counts(rows.column("attachment_count"))
    for canonical in ("attachment_names", "child_ids"):
        column = rows.column(canonical)
        lengths = np.asarray([*(len(read_many(value)) for value in column.values), NONE], np.int64)
        named = np.maximum(named, lengths[column.codes])
    return named
