"""What does a document list say, column by column? Columns by canonical field, and where each row stands."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from vaughn.model import Place, field_named
from vaughn.receive.links import Origin

# Only these are kept in memory while documents are assembled; the others stay in the load file.
NEEDED = (
    "beg_bates", "end_bates", "parent_id", "child_ids", "family_range", "beg_attach",
    "record_type", "custodian", "author", "from", "to", "cc", "bcc", "subject", "title",
    "document_date", "sent_date", "sent_time", "received_date", "received_time", "created_date", "created_time",
    "modified_date", "modified_time", "time_zone", "file_name", "file_extension",
    "text_path", "native_path", "production_path",
)  # fmt: skip


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
    fields: list[str | None] = []
    for name in columns:
        known = field_named(name)
        if known is None or known.id in seen:
            fields.append(None)
        else:
            seen.add(known.id)
            fields.append(known.id)
    if "beg_bates" not in seen and "doc_id" in seen:
        # Some lists know a document by one number only, called its identifier.
        fields[fields.index("doc_id")] = "beg_bates"
    return ColumnMap(tuple(columns), tuple(fields))


@dataclass(slots=True)
class DocumentRows:
    """One document list: needed columns by canonical field, and the place of every row.

    Args:
        load_file: Which load file, as the caller counts them.
        raws: Whole rows as JSON, only for formats whose rows have no place in bytes.
    """

    load_file: int
    name: str
    format: str
    origin: Origin
    map: ColumnMap
    values: dict[str, Sequence[str]] = field(default_factory=dict)
    lines: npt.NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    starts: npt.NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    ends: npt.NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    raws: list[str] | None = None

    def __len__(self) -> int:
        return len(self.lines)

    def get(self, field_id: str) -> Sequence[str] | None:
        """Return the values of one field, `None` if the list has no such column."""
        return self.values.get(field_id)

    def texts(self, field_id: str) -> Sequence[str]:
        """Return the values of one field, empty ones if the list has no such column."""
        return self.values.get(field_id) or [""] * len(self)

    def forget(self, keep: Collection[str]) -> None:
        """Drop the values of all fields but *keep*: a million rows of read addresses and dates fill the memory."""
        self.values = {name: values for name, values in self.values.items() if name in keep}

    def place(self, row: int, field_id: str | None = None) -> Place:
        """Return where one row stands."""
        column = self.map.column_of(field_id) if field_id else None
        return Place(
            path=self.name,
            line=int(self.lines[row]),
            bates=self.texts("beg_bates")[row].strip() or None if "beg_bates" in self.values else None,
            field=None if column is None else self.map.columns[column],
        )
