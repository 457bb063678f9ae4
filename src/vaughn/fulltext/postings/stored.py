"""A segment as it is read: its texts, pages and columns, from the maps of its files."""

from __future__ import annotations

from copy import copy
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vaughn.fulltext.language.tree import FieldRange
from vaughn.fulltext.postings.arrays import ArrayFile
from vaughn.fulltext.postings.building import PRINTED
from vaughn.fulltext.postings.columns import Columns, Names
from vaughn.fulltext.postings.entries import Column
from vaughn.fulltext.postings.ranges import documents_in_range
from vaughn.fulltext.postings.texts import StoredText
from vaughn.fulltext.segment import Holders, Ids, Mask

_GONE = "gone"


class StoredSegment:
    """Documents that were committed together (`vaughn.fulltext.segment.Segment`)."""

    def __init__(self, words: ArrayFile, columns: ArrayFile, *, gone: ArrayFile | None) -> None:
        self._words, self._column_file = words, columns
        self._document_ids: Ids = words["document_ids"]
        self._columns = Columns({name: columns[name] for name in columns.names()})
        self._alive: Mask | None = None
        self._page_firsts: Ids | None = None
        self._page_starts: Ids | None = None
        self._schema: tuple[Column, ...] = ()
        self._names = Names({})
        if gone is not None:
            self._alive = ~np.unpackbits(gone[_GONE], count=len(self._document_ids)).view(np.bool_)
        marks = {name.split("/")[0] for name in words.names() if "/" in name}
        self._texts = {mark.removeprefix("text "): self._text(mark) for mark in sorted(marks)}

    def _text(self, mark: str) -> StoredText:
        return StoredText(lambda part: self._words[f"{mark}/{part}"])

    def without(self, gone: Mask) -> StoredSegment:
        """Return this segment with other documents gone."""
        other = copy(self)
        other._alive = ~gone
        return other

    def explained(self, schema: tuple[Column, ...], names: Names) -> StoredSegment:
        """Return this segment with what its columns and the names in them mean."""
        other = copy(self)
        other._schema = schema
        other._names = names
        return other

    def __len__(self) -> int:
        return len(self._document_ids)

    @property
    def document_ids(self) -> Ids:
        """Ids in the case, by document number."""
        return self._document_ids

    @property
    def alive(self) -> Mask | None:
        """Which documents still count, by document number; `None`: all."""
        return self._alive

    @property
    def text(self) -> StoredText:
        """The printed text."""
        return self._texts[PRINTED]

    @property
    def columns(self) -> Columns:
        """What is known of the documents beside their words."""
        return self._columns

    @property
    def field_names(self) -> tuple[str, ...]:
        """The fields of which some document has a text."""
        return tuple(name for name in self._texts if name != PRINTED)

    def field(self, name: str) -> StoredText | None:
        """Return the text of the field *name*, or `None` if no document has one."""
        return self._texts.get(name) if name != PRINTED else None

    def in_range(self, asked: FieldRange) -> Holders | None:
        """Return the documents whose field lies in the range, or `None` if there is no such column."""
        found = documents_in_range(self._columns, asked, schema=self._schema, names=self._names)
        return None if found is None else Holders(len(self), mask=found)

    @property
    def page_firsts(self) -> Ids:
        """Pages of document `i` are those from `page_firsts[i]` up to `page_firsts[i + 1]`."""
        if self._page_firsts is None:
            self._page_firsts = self._words["page_firsts"].astype(np.int64)
        return self._page_firsts

    @property
    def page_ids(self) -> Ids:
        """Ids in the case of all pages, document after document; 0 for the text of a document without pages."""
        pages: Ids = self._words["page_ids"]
        return pages

    @property
    def page_starts(self) -> Ids:
        """First place of each page in the printed text; a page without words has the place of the page after it."""
        if self._page_starts is None:
            self._page_starts = self._words["page_starts"].astype(np.int64)
        return self._page_starts

    def check(self) -> None:
        """Read everything once.

        Raises:
            IntegrityError: If something is not what was written.
        """
        self._words.check()
        self._column_file.check()


def gone_arrays(gone: NDArray[np.bool_]) -> dict[str, NDArray[Any]]:
    """Return what is kept of the documents that no longer count."""
    return {_GONE: np.packbits(gone)}


def open_segment(words: Path, columns: Path, gone: Path | None) -> StoredSegment:
    """Open a segment by its files.

    Raises:
        FileNotFoundError: If one is not there.
        IntegrityError: If one is damaged.
    """
    return StoredSegment(ArrayFile(words), ArrayFile(columns), gone=None if gone is None else ArrayFile(gone))
