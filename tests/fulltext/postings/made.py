"""Small indexes made for tests."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from vaughn.fulltext.postings import DocumentEntry, IndexedPage, PostingIndex, StoredSegment


def entry(document_id: int, *texts: str, **fields: str) -> DocumentEntry:
    """Return a document with a page for each of *texts*."""
    pages = tuple(IndexedPage(document_id * 100 + number, text) for number, text in enumerate(texts, start=1))
    return DocumentEntry(document_id, pages, fields={name: (text,) for name, text in fields.items()})


def segment_of(folder: Path, texts: Sequence[str]) -> StoredSegment:
    """Return one segment that holds *texts*, a document with one page each."""
    index = PostingIndex(folder)
    with index.writer() as writer:
        writer.clear()
        for number, text in enumerate(texts):
            writer.add(entry(number, text))
    return index.snapshot().segments[0]
