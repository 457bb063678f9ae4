"""Which language pages and documents are in: found where it is not told yet, kept, and taken together by document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import orjson
from sqlalchemy import Connection

from vaughn.model import NO_LANGUAGE
from vaughn.store.read_words import WordedPages
from vaughn.store.schema import DOCUMENT, PAGE
from vaughn.store.transaction import Transaction

# TextSource.EMBEDDED, TEXT_FILE, OCR and DOUBTFUL: see `codes`.
_UNTOLD = (
    "SELECT document.id, page.id FROM document JOIN page"
    " ON page.id BETWEEN document.first_page_id AND document.first_page_id + document.page_count - 1"
    " WHERE document.production_id = ? AND page.language IS NULL AND page.text_source IN (1, 2, 3, 6)"
    " ORDER BY page.id, document.id"
)
# The language of most pages; of as many, that of the first.
_OF_DOCUMENTS = (
    "SELECT d.id, (SELECT p.language FROM page p WHERE p.id BETWEEN d.first_page_id"
    " AND d.first_page_id + d.page_count - 1 AND p.language IS NOT NULL GROUP BY p.language"
    " ORDER BY p.language = ?2, count(*) DESC, min(p.id) LIMIT 1)"
    " FROM document d WHERE d.id IN (SELECT value FROM json_each(?1))"
)


def untold_pages(connection: Connection, production_id: int) -> WordedPages:
    """Return the pages of a production whose words nobody has told the language of, with every document they are in."""
    rows = connection.exec_driver_sql(_UNTOLD, (production_id,))
    table = np.fromiter((number for row in rows for number in row), np.int64).reshape(-1, 2)
    return WordedPages(table[:, 0], table[:, 1])


def has_untold_pages(connection: Connection) -> bool:
    """Tell whether there are pages in the case whose words nobody has told the language of."""
    sql = "SELECT 1 FROM page WHERE language IS NULL AND text_source IN (1, 2, 3, 6) LIMIT 1"
    return connection.exec_driver_sql(sql).scalar() is not None


class LanguageWrites(Transaction):
    """Languages of pages and documents."""

    def set_page_languages(self, languages: Iterable[tuple[int, str]]) -> None:
        """Say which language pages are in, given as (page, code); see `Page.language`."""
        self.update(PAGE, ("language",), languages)

    def renew_document_languages(self, document_ids: Sequence[int]) -> None:
        """Give documents the language that most of their pages are in."""
        rows = self.connection.exec_driver_sql(
            _OF_DOCUMENTS, (orjson.dumps(sorted(set(document_ids))).decode(), NO_LANGUAGE)
        ).fetchall()
        self.update(DOCUMENT, ("language",), [tuple(row) for row in rows])
