"""What does a document list say? Its needed columns by canonical field, its documents' facts, where each row stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields

import numpy as np
import numpy.typing as npt

from vaughn.model import DocumentKind, Place, field_named
from vaughn.receive.bates_column import SpelledNumbers
from vaughn.receive.coded import Texts, begun, grown
from vaughn.receive.links import Origin
from vaughn.receive.packed import Shelf, slim
from vaughn.receive.row_facts import RowFacts, row_facts

Int64s = npt.NDArray[np.int64]
# Kept as they stand until the documents are joined; the facts are made of the others at once.
_KEPT = (
    "beg_bates", "end_bates", "parent_id", "child_ids", "family_range", "beg_attach",
    "document_date", "sent_date", "sent_time", "received_date", "received_time", "created_date", "created_time",
    "modified_date", "modified_time", "time_zone", "text_path", "native_path", "production_path",
)  # fmt: skip
# Only these are read; the others stay in the load file.
NEEDED = (
    *_KEPT,
    *("record_type", "custodian", "author", "from", "to", "cc", "bcc", "subject", "title"),
    *("file_name", "file_extension"),
)
_NUMBERS = ("beg_bates", "end_bates")
_TEXT_FACTS = tuple(fact.name for fact in fields(RowFacts) if fact.name != "kind")


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """Which canonical field each column of a load file is; `None` if its name is not known or stands twice."""

    columns: tuple[str, ...]
    fields: tuple[str | None, ...]

    def column_of(self, field_id: str) -> int | None:
        """Return the place of the column that is *field_id*."""
        return self.fields.index(field_id) if field_id in self.fields else None


def map_columns(columns: Sequence[str]) -> ColumnMap:
    """Return the fields of a header line: the first column of a field is it, a second one is kept as received only."""
    seen: set[str] = set()
    found: list[str | None] = []
    for name in columns:
        known = field_named(name)
        if known is None or known.id in seen:
            found.append(None)
        else:
            seen.add(known.id)
            found.append(known.id)
    if "beg_bates" not in seen and "doc_id" in seen:
        # Some lists know a document by one number only, called its identifier.
        found[found.index("doc_id")] = "beg_bates"
    return ColumnMap(tuple(columns), tuple(found))


@dataclass(frozen=True, slots=True)
class RowPlaces:
    """Where some rows stand in their load file: line, first byte, byte after the last."""

    lines: Int64s
    starts: Int64s
    ends: Int64s


@dataclass(slots=True)
class DocumentRows:
    """One document list: needed columns by canonical field, facts of its documents, and the place of every row.

    Args:
        load_file: Which load file, as the caller counts them.
        shelf: Where texts are put aside that do not repeat themselves.
        numbers: Begin and end numbers.
        values: As received; a family that a row begins itself is empty.
        facts: An empty text where nothing is known.
        raws: Whole rows as JSON, only for formats whose rows have no place in bytes.
        has_inline_text: The text column holds the text itself, not a path to it, and is not kept; judged by its first
            rows that are not empty.
    """

    load_file: int
    name: str
    format: str
    origin: Origin
    map: ColumnMap
    shelf: Shelf | None = None
    numbers: dict[str, SpelledNumbers] = field(default_factory=dict)
    values: dict[str, Texts] = field(default_factory=dict)
    facts: dict[str, Texts] = field(default_factory=dict)
    kinds: list[DocumentKind] = field(default_factory=list)
    raws: list[str] | None = None
    has_inline_text: bool | None = None
    _places: list[RowPlaces] = field(default_factory=list)

    def __len__(self) -> int:
        return sum(len(places.lines) for places in self._places)

    def add(self, columns: Mapping[str, list[str]], places: RowPlaces) -> None:
        """Add rows at the end; every call has the same columns."""
        kept = {name: columns[name] for name in _KEPT if name in columns}
        self._shorten(kept)
        for name, texts in kept.items():
            if name in _NUMBERS:
                self.numbers.setdefault(name, SpelledNumbers()).extend(texts)
            else:
                self._extend(self.values, name, texts)
        own = row_facts(columns, len(places.lines))
        for name in _TEXT_FACTS:
            self._extend(self.facts, name, getattr(own, name))
        self.kinds += own.kind
        self._places.append(RowPlaces(slim(places.lines), slim(places.starts), slim(places.ends)))

    def _extend(self, columns: dict[str, Texts], name: str, texts: list[str]) -> None:
        column = columns.get(name)
        columns[name] = begun(texts, self.shelf) if column is None else grown(column, texts, self.shelf)

    def _shorten(self, columns: dict[str, list[str]]) -> None:
        """Leave out what is not needed of some rows: families of one, inline text."""
        begins = columns.get("beg_bates")
        for name in ("parent_id", "beg_attach"):
            if begins is not None and name in columns:
                pairs = zip(columns[name], begins, strict=True)
                columns[name] = ["" if text == begin else text for text, begin in pairs]
        texts = columns.get("text_path")
        if texts is not None and self.has_inline_text is None and any(map(str.strip, texts)):
            self.has_inline_text = is_inline_text(texts)
        if texts is not None and self.has_inline_text:
            columns["text_path"] = [""] * len(texts)

    @property
    def places(self) -> RowPlaces:
        """Where all rows stand."""
        if len(self._places) != 1:
            none = np.zeros(0, np.int64)
            names = [place.name for place in fields(RowPlaces)]
            columns = [np.concatenate([none, *(getattr(piece, name) for piece in self._places)]) for name in names]
            self._places = [RowPlaces(*columns)]
        return self._places[0]

    def numbers_of(self, field_id: str) -> SpelledNumbers:
        """Return the begin or end numbers, empty ones if the list has no such column."""
        return self.numbers.get(field_id) or SpelledNumbers([""] * len(self))

    def get(self, field_id: str) -> Texts | None:
        """Return the values of one field, `None` if the list has no such column."""
        return self.values.get(field_id)

    def texts(self, field_id: str) -> Sequence[str]:
        """Return the values of one field, empty ones if the list has no such column."""
        return self.values[field_id] if field_id in self.values else [""] * len(self)

    def forget(self, names: Sequence[str]) -> None:
        """Drop the values of fields that are needed no more."""
        for name in names:
            self.values.pop(name, None)

    def place(self, row: int, field_id: str | None = None) -> Place:
        """Return where one row stands."""
        column = self.map.column_of(field_id) if field_id else None
        return Place(
            path=self.name,
            line=int(self.places.lines[row]),
            bates=self.numbers["beg_bates"][row] or None if "beg_bates" in self.numbers else None,
            field=None if column is None else self.map.columns[column],
        )


_TEXT_FILE = (".txt", ".text", ".ocr")


def is_inline_text(values: Sequence[str]) -> bool:
    """Tell whether a text column holds the text itself, not a path to it."""
    sample = [value.strip() for value in values[:2000] if value.strip()][:200]
    if not sample:
        return False
    texts = sum(1 for value in sample if "\n" in value or len(value) > 300 or not value.lower().endswith(_TEXT_FILE))
    named = sum(1 for value in sample if "\n" not in value and value.lower().endswith((*_TEXT_FILE, ".htm", ".html")))
    return texts > len(sample) / 2 and named < len(sample) / 4
