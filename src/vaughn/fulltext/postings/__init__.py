"""Our own index of words with their places, in files that are mapped into memory.

Comes in: documents with the text of their pages, of their fields, and numbers for columns. Goes out: for any word or
pattern the documents that hold it and every place where it stands (`vaughn.fulltext.segment`).
"""

from vaughn.fulltext.postings.columns import NO_NAME, Columns, DayCounts, Names
from vaughn.fulltext.postings.entries import (
    BATES_COLUMNS,
    BATES_FIRST,
    BATES_LAST,
    BATES_PREFIX,
    UNKNOWN,
    Column,
    ColumnKind,
    Description,
    DocumentEntry,
    IndexedPage,
)
from vaughn.fulltext.postings.index import PostingIndex, Snapshot
from vaughn.fulltext.postings.stems import stem
from vaughn.fulltext.postings.stored import StoredSegment
from vaughn.fulltext.postings.texts import StoredText
from vaughn.fulltext.postings.writing import PostingWriter

__all__ = [
    "BATES_COLUMNS",
    "BATES_FIRST",
    "BATES_LAST",
    "BATES_PREFIX",
    "NO_NAME",
    "UNKNOWN",
    "Column",
    "ColumnKind",
    "Columns",
    "DayCounts",
    "Description",
    "DocumentEntry",
    "IndexedPage",
    "Names",
    "PostingIndex",
    "PostingWriter",
    "Snapshot",
    "StoredSegment",
    "StoredText",
    "stem",
]
