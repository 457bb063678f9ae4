"""Bookmarks of a PDF file and the pages they lead to.

Run it in a child process: it opens the file with PDFium, which stays out of processes that need none.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

# The outline of a book has some hundred entries; a pile of 8,000 pages has as many as pages.
MAX_BOOKMARKS = 50_000
# Deeper levels are headings inside documents.
MAX_DEPTH = 3
MAX_TITLE = 500


@dataclass(frozen=True, slots=True)
class Outline:
    """One bookmark; `page` is from 1, `level` from 0."""

    page: int
    title: str
    level: int


def read_outline(path: Path) -> tuple[Outline, ...]:
    """Return the bookmarks of the PDF file at *path* that lead to one of its pages, in their order.

    Raises:
        FileRefused: If it cannot be read.
    """
    from vaughn.formats.pdf.pdfium import bookmarks, open_pdf  # noqa: PLC0415

    with open_pdf(path) as file:
        found = bookmarks(file, most=MAX_BOOKMARKS, depth=MAX_DEPTH)
    return tuple(Outline(page, title[:MAX_TITLE], level) for page, title, level in found)
