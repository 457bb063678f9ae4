"""Reading all pages of a production as columns: three million rows are no three million objects."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from vaughn.model import TextSource
from vaughn.store.codes import CODE

_BATCH_ROWS = 20_000
_PAGES = """
SELECT document.id, document.page_load_file_id, page.id, page.file_id, page.page_in_file, page.list_start,
       page.width_pt, page.height_pt, page.text_source, page.stamped, page_label.label
FROM document
JOIN page ON page.id BETWEEN document.first_page_id AND document.first_page_id + document.page_count - 1
LEFT JOIN page_label ON page_label.page_id = page.id
WHERE document.production_id = ? AND document.state = 0
ORDER BY document.ordinal, page.id
"""


@dataclass(frozen=True, slots=True)
class PageBatch:
    """Some thousands of pages, column by column.

    Args:
        list_id: Page list that names the page (`None` without one), and the byte its row begins at there.
        stamped: `None` if no number was read, `NONE_PRINTED` if the margins were looked at and there is none.
        label: `None` where it follows from the begin number of the document.
    """

    document_id: tuple[int, ...]
    list_id: tuple[int | None, ...]
    page_id: tuple[int, ...]
    file_id: tuple[int | None, ...]
    page_in_file: tuple[int, ...]
    list_start: tuple[int | None, ...]
    width_pt: tuple[float | None, ...]
    height_pt: tuple[float | None, ...]
    text_source: tuple[TextSource, ...]
    stamped: tuple[str | None, ...]
    label: tuple[str | None, ...]

    def __len__(self) -> int:
        return len(self.page_id)


def page_batches(connection: Connection, production_id: int) -> Iterator[PageBatch]:
    """Return the pages of the current documents of a production in the order of the documents."""
    sources = {CODE[source]: source for source in TextSource}
    rows = connection.exec_driver_sql(_PAGES, (production_id,))
    while batch := rows.fetchmany(_BATCH_ROWS):
        columns = [tuple(column) for column in zip(*batch, strict=True)]
        columns[8] = tuple(sources[code] for code in columns[8])
        yield PageBatch(*columns)
