"""A segment while it is built: documents in, one file of words and one of columns out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vaughn.fulltext.postings.arrays import write_arrays
from vaughn.fulltext.postings.columns import ColumnCollector
from vaughn.fulltext.postings.cutting import TextCutter
from vaughn.fulltext.postings.entries import DocumentEntry
from vaughn.fulltext.segment import Ids

# The printed text among the texts of a segment; the others have the names of fields.
PRINTED = ""


class SegmentBuilder:
    """Documents that will be committed together."""

    def __init__(self, folder: Path, columns: ColumnCollector) -> None:
        """Begin without a document; what does not stay in memory goes to *folder*."""
        self._folder = folder
        self._columns = columns
        self._texts = {PRINTED: TextCutter(folder)}
        self._numbers: dict[int, int] = {}
        self._replaced: list[int] = []
        self._document_ids: list[int] = []
        self._page_firsts = [0]
        self._page_ids: list[int] = []
        self._page_starts: list[int] = []

    def __len__(self) -> int:
        return len(self._document_ids)

    @property
    def places(self) -> int:
        """How many places the printed text has so far, at most."""
        return self._texts[PRINTED].size

    @property
    def word_count(self) -> int:
        """How many different words there are so far."""
        return sum(text.word_count for text in self._texts.values())

    @property
    def document_ids(self) -> Ids:
        """Ids of the documents so far."""
        return np.array(self._document_ids, np.int64)

    def add(self, entry: DocumentEntry) -> None:
        """Take in one document; an earlier one of the same id no longer counts."""
        self.remove(entry.document_id)
        number = self._numbers[entry.document_id] = len(self._document_ids)
        self._document_ids.append(entry.document_id)
        printed = self._texts[PRINTED]
        for page in entry.pages:
            self._page_ids.append(page.page_id)
            self._page_starts.append(printed.here())
            printed.add(page.text)
        self._page_firsts.append(len(self._page_ids))
        for name, values in entry.fields.items():
            if any(values):
                self._add_field(name, values=tuple(values), number=number)
        for text in self._texts.values():
            text.end_document()
        self._columns.add(entry.known)

    def remove(self, document_id: int) -> None:
        """Let a document no longer count, if it is among these."""
        number = self._numbers.pop(document_id, None)
        if number is not None:
            self._replaced.append(number)

    def gone(self) -> NDArray[np.bool_] | None:
        """Return which documents no longer count, `None` if all do."""
        if not self._replaced:
            return None
        gone = np.zeros(len(self), np.bool_)
        gone[self._replaced] = True
        return gone

    def write(self, words_path: Path, columns_path: Path) -> int:
        """Write the two files, whole and on the disk; return how many bytes they have. Nothing can be added then."""
        page_starts = self._texts[PRINTED].places()[self._page_starts].astype(np.uint32)
        texts = {name: text.arrays() for name, text in self._texts.items()}
        pages: dict[str, NDArray[Any]] = {
            "document_ids": self.document_ids,
            "page_firsts": np.array(self._page_firsts, np.uint32),
            "page_ids": np.array(self._page_ids, np.int64),
            "page_starts": page_starts,
        }
        return write_words(words_path, pages, texts) + write_arrays(columns_path, self._columns.arrays(), facts={})

    def close(self) -> None:
        """Give the disk space back."""
        for text in self._texts.values():
            text.close()

    def _add_field(self, name: str, *, values: tuple[str, ...], number: int) -> None:
        text = self._texts.get(name)
        if text is None:
            text = self._texts[name] = TextCutter(self._folder)
            text.skip_documents(number)
        for place, value in enumerate(values):
            if place:
                text.leave_empty()
            text.add(value)


def write_words(path: Path, pages: dict[str, NDArray[Any]], texts: dict[str, dict[str, NDArray[Any]]]) -> int:
    """Write the file of words of one segment: its pages, and its texts by name; return its size in bytes."""
    arrays = dict(pages)
    for name, text in texts.items():
        arrays |= {f"text {name}/{part}": array for part, array in text.items()}
    return write_arrays(path, arrays, facts={"documents": len(pages["document_ids"])})
