"""What goes into the index and what a query brings back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Ids: TypeAlias = NDArray[np.int64]

# Stands for the text of a document that has no page of its own (a native with a text file).
WHOLE_DOCUMENT = 0


@dataclass(frozen=True, slots=True)
class PageEntry:
    """The words of one page, or of a whole document where `page_id` is `WHOLE_DOCUMENT`."""

    production_id: int
    document_id: int
    page_id: int
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class PagesIndexed:
    """Which pages are in the index: `page_ids[i]` belongs to `document_ids[i]`; sorted by document and page."""

    document_ids: Ids
    page_ids: Ids

    def __len__(self) -> int:
        return len(self.page_ids)


@dataclass(frozen=True, slots=True)
class DocumentFound:
    """One document that holds every clause; `page_ids` are the pages with a hit, in order."""

    document_id: int
    production_id: int
    page_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """All documents that a query found, best first. Totals are exact.

    Args:
        starts: Pages of document `i` are `page_ids[starts[i]:starts[i + 1]]`.
    """

    document_ids: Ids
    production_ids: Ids
    starts: Ids
    page_ids: Ids

    @property
    def total_documents(self) -> int:
        """How many documents hold every clause."""
        return len(self.document_ids)

    @property
    def total_pages(self) -> int:
        """How many pages of those documents hold a clause (a document without pages counts as one)."""
        return len(self.page_ids)

    def documents(self, offset: int = 0, limit: int | None = None) -> list[DocumentFound]:
        """Return a stretch of the documents, best first."""
        last = self.total_documents if limit is None else min(offset + limit, self.total_documents)
        return [
            DocumentFound(
                int(self.document_ids[place]),
                int(self.production_ids[place]),
                tuple(int(page) for page in self.page_ids[self.starts[place] : self.starts[place + 1]]),
            )
            for place in range(offset, last)
        ]
