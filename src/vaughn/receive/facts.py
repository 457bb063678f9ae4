"""What the checks must know about one production: plain columns, filled once, never changed.

A production may have a million documents and three million pages, so every fact is a column (a NumPy
array or a sequence) and not an object a row. Rows of `DocumentFacts`, `PageFacts` and `FileFacts` are
counted from 0; a reference from one table to another is such a row, -1 where there is none or it is
not known. Sequences of text may be lazy: they are asked only for the rows that a finding names.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from vaughn.model import BatesNumber, DocumentKind, FileRole, Finding, Ledger, TextSource, read_bates
from vaughn.receive.dates import DateFields

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

KINDS: tuple[DocumentKind, ...] = tuple(DocumentKind)
ROLES: tuple[FileRole, ...] = tuple(FileRole)
TEXT_SOURCES: tuple[TextSource, ...] = tuple(TextSource)
NONE = -1  # "no such row", "not known": the columns are integers, so `None` cannot stand in them


@dataclass(frozen=True, slots=True, eq=False)
class TextColumn:
    """Texts of which many are equal: `codes[row]` points into `values`, -1 is an empty or absent text."""

    values: tuple[str, ...]
    codes: Ints

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, row: int) -> str | None:
        code = int(self.codes[row])
        return None if code < 0 else self.values[code]

    @classmethod
    def of(cls, texts: Iterable[str | None]) -> TextColumn:
        """Return the column of *texts*; `None` and blank texts become -1."""
        known: dict[str, int] = {}
        codes = [NONE if text is None or not text.strip() else known.setdefault(text, len(known)) for text in texts]
        return cls(tuple(known), np.asarray(codes, np.int64))

    @classmethod
    def empty(cls, rows: int) -> TextColumn:
        """Return a column of *rows* absent texts."""
        return cls((), np.full(rows, NONE, np.int64))


@dataclass(frozen=True, slots=True, eq=False)
class NumberColumn:
    """Bates numbers, one a row; `prefix` and `suffix` point into `NumberBook`, prefix -1 is "none readable"."""

    prefix: Ints
    number: Ints
    width: Ints
    suffix: Ints

    def __len__(self) -> int:
        return len(self.number)

    @property
    def known(self) -> Flags:
        """Which rows hold a number."""
        return self.prefix >= 0

    def rows(self, chosen: NDArray[np.generic]) -> NumberColumn:
        """Return the rows *chosen* (a mask or row numbers)."""
        return NumberColumn(self.prefix[chosen], self.number[chosen], self.width[chosen], self.suffix[chosen])


@dataclass(slots=True)
class NumberBook:
    """Which prefixes and suffixes there are, so that equal ones have equal codes in every column of one check."""

    prefixes: list[str] = field(default_factory=list)
    suffixes: list[str] = field(default_factory=list)
    _prefix_codes: dict[str, int] = field(default_factory=dict)
    _suffix_codes: dict[str, int] = field(default_factory=dict)

    def prefix_code(self, prefix: str) -> int:
        """Return the code of *prefix*, a new one if it was not met before."""
        code = self._prefix_codes.setdefault(prefix, len(self.prefixes))
        if code == len(self.prefixes):
            self.prefixes.append(prefix)
        return code

    def suffix_code(self, suffix: str) -> int:
        """Return the code of *suffix*, a new one if it was not met before."""
        code = self._suffix_codes.setdefault(suffix, len(self.suffixes))
        if code == len(self.suffixes):
            self.suffixes.append(suffix)
        return code

    def column(self, numbers: Iterable[BatesNumber | str | None]) -> NumberColumn:
        """Return the column of *numbers*; texts are read with `read_bates`."""
        rows: list[int] = []
        parts: list[tuple[int, int, int, int]] = []
        size = 0
        for given in numbers:
            number = read_bates(given) if isinstance(given, str) else given
            if number is not None:
                rows.append(size)
                parts.append(
                    (self.prefix_code(number.prefix), number.number, number.width, self.suffix_code(number.suffix))
                )
            size += 1
        known = np.asarray(parts, np.int64).reshape(-1, 4)
        columns = [np.full(size, empty, np.int64) for empty in (NONE, 0, 0, NONE)]
        for place, column in enumerate(columns):
            column[rows] = known[:, place]
        return NumberColumn(*columns)

    def parts(self, prefixes: TextColumn, numbers: Ints, *, widths: Ints, suffixes: TextColumn) -> NumberColumn:
        """Return the column of numbers already taken apart (as the store keeps them); prefix code -1 is no number.

        An absent suffix is the empty one; an absent prefix is "no number" (store an empty prefix as ``""`` in
        `prefixes.values`, built by hand, since `TextColumn.of` takes it for absent).
        """
        prefix_codes = np.asarray([self.prefix_code(text) for text in prefixes.values] or [NONE], np.int64)
        suffix_codes = np.asarray([self.suffix_code(text) for text in suffixes.values] or [NONE], np.int64)
        none = self.suffix_code("")
        prefix = np.where(prefixes.codes >= 0, prefix_codes[prefixes.codes], NONE)
        suffix = np.where(suffixes.codes >= 0, suffix_codes[suffixes.codes], none)
        return NumberColumn(prefix, numbers, widths, suffix)

    def text(self, column: NumberColumn, row: int) -> str | None:
        """Return the number in *row* as printed, `None` if there is none."""
        if column.prefix[row] < 0:
            return None
        return self.spelled(int(column.prefix[row]), int(column.number[row]), width=int(column.width[row])) + (
            self.suffixes[int(column.suffix[row])] if column.suffix[row] >= 0 else ""
        )

    def spelled(self, prefix: int, number: int, *, width: int) -> str:
        """Return the number of a prefix code as printed, without suffix."""
        return f"{self.prefixes[prefix]}{number:0{max(width, 1)}d}"


@dataclass(frozen=True, slots=True, eq=False)
class ReceivedColumn:
    """One column of a load file, for the order's fields.

    Args:
        field: Canonical field id, `None` if the name is not known.
        name: As received.
        load_file: Row in `ProductionFacts.load_files`.
        filled: One flag a document row: the value is there and not blank.
    """

    field: str | None
    name: str
    load_file: int
    filled: Flags


@dataclass(frozen=True, slots=True, eq=False)
class DateColumn:
    """One date or date-time column, as received.

    Args:
        field: Canonical field id (``sent_date``).
        fields: What the value of each document row spells.
    """

    field: str
    name: str
    fields: DateFields


@dataclass(frozen=True, slots=True, eq=False)
class HashColumn:
    """Hashes that a load file states for natives beside what the bytes give.

    Args:
        name: Column name as received.
        document: Rows in `DocumentFacts`.
        stated, actual: Hexadecimal; `actual` is `None` where there are no bytes.
    """

    name: str
    document: Ints
    stated: Sequence[str]
    actual: Sequence[str | None]


@dataclass(frozen=True, slots=True, eq=False)
class DocumentFacts:
    """The documents that count (state CURRENT), in load-file order.

    Args:
        id: Ids in the case; 0 where there is no case (tests).
        begin_text, end_text: As received, `None` where the load file has none (no load file, no column).
        page_count: As the load file states it, -1 unknown.
        volume: Volume the document came on.
        load_file, line: Row in `ProductionFacts.load_files` and line in it, -1 without a load file.
        parent: Row of the parent, -1 none.
        parent_text: What the load file names as parent (a number or control), `None` if nothing.
        family_begin, family_end: Family range as received.
        native, text: Rows in `FileFacts`.
        attachments_named: How many attachments the document says it has (names or count), -1 unknown.
        prior: Number of the earlier production that this document replaces (`PRIOR_BATES`).
    """

    id: Ints
    control: Sequence[str]
    begin: NumberColumn
    end: NumberColumn
    begin_text: Sequence[str | None] | TextColumn
    end_text: Sequence[str | None] | TextColumn
    page_count: Ints
    volume: TextColumn
    load_file: Ints
    line: Ints
    kind: Ints  # place in KINDS
    parent: Ints
    parent_text: TextColumn
    family_begin: NumberColumn
    family_end: NumberColumn
    native: Ints
    text: Ints
    attachments_named: Ints
    custodian: TextColumn
    all_custodians: TextColumn
    prior: NumberColumn
    dates: tuple[DateColumn, ...] = ()
    hashes: tuple[HashColumn, ...] = ()

    def __len__(self) -> int:
        return len(self.id)


@dataclass(frozen=True, slots=True, eq=False)
class PageFacts:
    """All pages of those documents, in order of document and page.

    Args:
        document: Row in `DocumentFacts`; pages of one document stand together. -1: a row of a page list
            whose number belongs to no document.
        label: Number as the page list or the document's range gives it.
        stamped: Number read from the page itself.
        stamp_read: Whether the page was looked at for a stamp at all (it has words).
        listed: Whether a page list names the page (False: taken from the file or the range).
        is_break: Whether the page list begins a document here.
        file: Row in `FileFacts`, -1 missing.
        load_file, line: Where the page list names it, -1 without a page list.
        width_pt, height_pt: NaN unknown.
        declared: Page count that the page list gives on a document's first page, -1 not given.
        compression: Of the page's image, as `ImageFacts` says it.
        dpi, bits: -1 unknown (a PDF page has none).
    """

    id: Ints
    document: Ints
    number: Ints
    label: NumberColumn
    stamped: NumberColumn
    stamp_read: Flags
    text_source: Ints  # place in TEXT_SOURCES
    listed: Flags
    is_break: Flags
    file: Ints
    page_in_file: Ints
    load_file: Ints
    line: Ints
    declared: Ints
    width_pt: NDArray[np.float32]
    height_pt: NDArray[np.float32]
    compression: TextColumn
    dpi: Ints
    bits: Ints

    def __len__(self) -> int:
        return len(self.id)


@dataclass(frozen=True, slots=True, eq=False)
class FileFacts:
    """All files handed over, members of archives included.

    Args:
        role: Place in ROLES.
        size_bytes: -1 if there are no bytes (missing or refused).
        pages: Pages the file has, -1 unknown.
        encoding: Of text files.
        text_chars: Letters and digits in a text file, -1 unknown.
        used: Whether a document, a page or a load file refers to it, or it is a load file or archive itself.
        content: Equal numbers are equal bytes, -1 without bytes.
    """

    id: Ints
    path: Sequence[str]
    role: Ints
    media_type: TextColumn
    size_bytes: Ints
    pages: Ints
    encoding: TextColumn
    text_chars: Ints
    used: Flags
    content: Ints

    def __len__(self) -> int:
        return len(self.id)


@dataclass(frozen=True, slots=True)
class LoadFileFacts:
    """One load file: what it is and how it was read.

    Args:
        format: ``dat``, ``csv``, ``tsv``, ``xlsx``, ``opt``, ``lfp``, ``dii`` or ``edrm``.
        lists: ``documents``, ``pages`` or ``both``.
        dialect: In words, e.g. ``UTF-8, separator 0x14, qualifier þ``.
    """

    id: int
    path: str
    format: str
    lists: str
    columns: tuple[str, ...]
    rows: int
    dialect: str


@dataclass(frozen=True, slots=True, eq=False)
class MissingFiles:
    """Files that a load file names and that were not found.

    Args:
        document: Rows in `DocumentFacts`, -1 none.
        role: Place in ROLES.
        path: As the load file writes it.
        load_file, line: Where it is named.
    """

    document: Ints
    role: Ints
    path: Sequence[str]
    load_file: Ints
    line: Ints

    def __len__(self) -> int:
        return len(self.path)


@dataclass(frozen=True, slots=True, eq=False)
class EarlierProduction:
    """Ranges of one other production of the same agency or case that was received before.

    Args:
        replaced: Whether the production under check says that it produces this one again.
    """

    name: str
    begin: NumberColumn
    end: NumberColumn
    replaced: bool


@dataclass(frozen=True, slots=True, eq=False)
class ProductionFacts:
    """Everything the checks may look at.

    Args:
        columns: Columns of the document load files.
        reported: What loading already found; a code that loading reported is not checked again.
        stamps_looked_for: Whether pages were read for printed numbers at all.
    """

    name: str
    agency: str
    released_on: date
    book: NumberBook
    documents: DocumentFacts
    pages: PageFacts
    files: FileFacts
    missing: MissingFiles
    load_files: tuple[LoadFileFacts, ...]
    columns: tuple[ReceivedColumn, ...]
    reported: tuple[Finding, ...]
    earlier: tuple[EarlierProduction, ...]
    ledger: Ledger
    stamps_looked_for: bool = True
