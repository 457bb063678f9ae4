"""Which words a PDF page shows and where: PDFium's text, and one rectangle a word."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vaughn.formats.pdf.paper import Paper
from vaughn.formats.pdf.pdfium import Sheet, text_page
from vaughn.formats.pdf.rectangles import rectangles_of
from vaughn.formats.pdf.spelling import spelling_of
from vaughn.formats.words import NO_WORDS, UNITS_PER_PT, IntColumn, WordColumns

# A glyph without ink (or thinner than the codec can tell) still gets a box that can be shown.
MIN_BOX_PT = 1 / UNITS_PER_PT


@dataclass(frozen=True, slots=True, eq=False)
class FoundWords:
    """The text of a page and the spans of its words, with their rectangles in PDF space; `None` if there are none."""

    text: str
    starts: IntColumn
    ends: IntColumn
    rectangles: NDArray[np.float64] | None


_NOTHING = FoundWords("", NO_WORDS.starts, NO_WORDS.ends, None)


def words_of(page: Sheet, paper: Paper) -> WordColumns:
    """Return the text of *page* and its words with boxes on the displayed page.

    Words that lie wholly outside the visible page stay in the text and have no box.
    """
    return placed_words(found_words(page), paper)


def found_words(page: Sheet) -> FoundWords:
    """Return what PDFium has to say of the words of *page*; `placed_words` does the rest without it."""
    with text_page(page) as handle:
        if handle is None:
            return _NOTHING
        spelled = spelling_of(handle)
        if spelled is None:
            return _NOTHING
        if not len(spelled.starts):
            return FoundWords(spelled.text, spelled.starts, spelled.ends, None)
        rectangles = rectangles_of(handle, spelled.first, spelled.last)
        return FoundWords(spelled.text, spelled.starts, spelled.ends, rectangles)


def placed_words(found: FoundWords, paper: Paper) -> WordColumns:
    """Return *found* with boxes on the displayed page; see `words_of`."""
    if found.rectangles is None:
        return WordColumns(found.text, found.starts, found.ends, NO_WORDS.boxes, are_runs=True)
    boxes, seen = visible(paper, found.rectangles)
    if seen.all():
        return WordColumns(found.text, found.starts, found.ends, boxes, are_runs=True)
    return WordColumns(found.text, found.starts[seen], found.ends[seen], boxes[seen])


def visible(paper: Paper, rectangles: NDArray[np.float64]) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Return the boxes cut to the displayed page, and which of them lie on it at all."""
    boxes = paper.displayed(rectangles)
    if _are_inside(boxes, paper):
        return boxes, np.ones(len(boxes), dtype=np.bool_)
    size = paper.size
    x0, y0, x1, y1 = boxes.T
    # Not a number, as PDFium has no rectangle for a word, compares as false.
    seen = (x1 >= 0) & (y1 >= 0) & (x0 <= size.width_pt) & (y0 <= size.height_pt)
    if not seen.all():
        boxes[~seen] = 0.0
    np.clip(x0, 0, size.width_pt - MIN_BOX_PT, out=x0)
    np.clip(y0, 0, size.height_pt - MIN_BOX_PT, out=y0)
    np.clip(x1, x0 + MIN_BOX_PT, size.width_pt, out=x1)
    np.clip(y1, y0 + MIN_BOX_PT, size.height_pt, out=y1)
    return boxes, seen


def _are_inside(boxes: NDArray[np.float32], paper: Paper) -> bool:
    """Tell whether no box has to be cut or grown; so are those of nearly all pages."""
    if not len(boxes):
        return True
    size, upper, lower = paper.size, boxes[:, :2], boxes[:, 2:]
    right, bottom = lower.max(axis=0)
    # Not a number is neither more nor less than anything: it ends up here too.
    return bool(
        upper.min() >= 0 and right <= size.width_pt and bottom <= size.height_pt and (lower >= upper + MIN_BOX_PT).all()
    )
