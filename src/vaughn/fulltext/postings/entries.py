"""What is handed to the index for one document, and what its columns mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

# Stands in a column of numbers where nothing is known.
UNKNOWN = -(1 << 63)


class ColumnKind(Enum):
    """What the numbers of a column are."""

    NUMBER = "number"
    DAY = "day"  # days since the first of January of the year 1 (`date.toordinal`)
    NAME = "name"  # numbers of names, see `PostingIndex.names`
    NAMES = "names"  # several names for one document


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the documents."""

    name: str
    kind: ColumnKind


@dataclass(frozen=True, slots=True)
class IndexedPage:
    """The text of one page, or of a whole document without pages, where `page_id` is 0."""

    page_id: int
    text: str


@dataclass(frozen=True, slots=True)
class Description:
    """What is known of a document beside its words.

    Args:
        numbers: For columns of numbers and days, by the column's name; left out where unknown.
        names: For columns of names; one name at most where the column is not of several.
    """

    numbers: Mapping[str, int] = field(default_factory=dict)
    names: Mapping[str, Sequence[str]] = field(default_factory=dict)


_NOTHING_KNOWN = Description()


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """One document with everything that is asked of it.

    Args:
        pages: In the order of reading.
        fields: The texts of a field, by its name (``subject``, ``from``); between two of them one place stays empty.
    """

    document_id: int
    pages: tuple[IndexedPage, ...]
    fields: Mapping[str, Sequence[str]] = field(default_factory=dict)
    known: Description = _NOTHING_KNOWN


# The Bates numbers of a document are three columns: what stands before the number, and the two numbers.
BATES_PREFIX, BATES_FIRST, BATES_LAST = "bates_prefix", "bates_first", "bates_last"
BATES_COLUMNS = (
    Column(BATES_PREFIX, ColumnKind.NAME),
    Column(BATES_FIRST, ColumnKind.NUMBER),
    Column(BATES_LAST, ColumnKind.NUMBER),
)
