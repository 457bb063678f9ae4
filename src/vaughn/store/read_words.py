"""Reading which pages have words, and the words of many pages: what the text engine is fed from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

# TextSource.EMBEDDED, TEXT_FILE, OCR and DOUBTFUL: see `codes`.
_COUNT = "SELECT count(*) FROM page WHERE text_source IN (1, 2, 3, 6)"
_PAGES = (
    "SELECT document.id, page.id FROM document JOIN page"
    " ON page.id BETWEEN document.first_page_id AND document.first_page_id + document.page_count - 1"
    " WHERE document.production_id = ? AND document.state = 0 AND page.text_source IN (1, 2, 3, 6)"
    " ORDER BY document.id, page.id"
)
_COUNT_IN_PRODUCTION = f"SELECT count(*) {_PAGES[_PAGES.index('FROM') : _PAGES.index(' ORDER')]}"
_PAGELESS = (
    "SELECT id FROM document WHERE production_id = ? AND state = 0 AND page_count = 0 AND text_file_id IS NOT NULL"
    " ORDER BY id"
)
_AT_ONCE = 500


@dataclass(frozen=True, slots=True, eq=False)
class WordedPages:
    """Pages with words and the current documents they stand in, in the order of both ids."""

    document_ids: NDArray[np.int64]
    page_ids: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.page_ids)


@dataclass(frozen=True, slots=True)
class PackedWords:
    """The words of one page as they were stored."""

    page_id: int
    packed: bytes


def worded_page_count(connection: Connection, production_id: int | None) -> int:
    """Return how many pages of the case have words; those of a production's current documents if one is named."""
    if production_id is None:
        return int(connection.exec_driver_sql(_COUNT).scalar() or 0)
    return int(connection.exec_driver_sql(_COUNT_IN_PRODUCTION, (production_id,)).scalar() or 0)


def pageless_documents(connection: Connection, production_id: int) -> tuple[int, ...]:
    """Return the current documents of a production that have a text file and no page."""
    return tuple(row[0] for row in connection.exec_driver_sql(_PAGELESS, (production_id,)))


def worded_pages(connection: Connection, production_id: int) -> WordedPages:
    """Return the pages of a production that have words."""
    rows = connection.exec_driver_sql(_PAGES, (production_id,))
    table = np.fromiter((number for row in rows for number in row), np.int64).reshape(-1, 2)
    return WordedPages(table[:, 0], table[:, 1])


def packed_words_of(connection: Connection, page_ids: Sequence[int]) -> Iterator[PackedWords]:
    """Return the packed words of the pages *page_ids* that have any, in the order of their ids."""
    for first in range(0, len(page_ids), _AT_ONCE):
        some = sorted(int(page_id) for page_id in page_ids[first : first + _AT_ONCE])
        marks = ",".join("?" * len(some))
        rows = connection.exec_driver_sql(
            f"SELECT page_id, packed FROM page_words WHERE page_id IN ({marks}) ORDER BY page_id",  # noqa: S608 - marks
            tuple(some),
        )
        for page_id, packed in rows:
            yield PackedWords(page_id, packed)
