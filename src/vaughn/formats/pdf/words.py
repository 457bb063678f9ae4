r"""Which words a PDF page shows and where: PDFium's text in one call, then one rectangle a word.

The text is PDFium's, in its reading order, with four changes: line ends are ``\n``; a hyphen that
PDFium joins over a line end is a hyphen and a line end again, so that each half has its own box;
control characters and lone halves of surrogate pairs are U+FFFD. Words are the runs of non-blanks.
"""

from __future__ import annotations

import ctypes
from typing import Any

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from pypdfium2 import raw

from vaughn.formats.pdf.library import char_buffer, text_page
from vaughn.formats.pdf.paper import Paper
from vaughn.formats.words import NO_WORDS, UNITS_PER_PT, IntColumn, WordColumns, code_points, runs_of

# PDFium's mark for a hyphen at a line end it has joined.
_JOINED_HYPHEN = 0xFFFE
_REPLACEMENT = 0xFFFD
# A glyph without ink (or thinner than the codec can tell) still gets a box that can be shown.
MIN_BOX_PT = 1 / UNITS_PER_PT


def words_of(page: pypdfium2.PdfPage, paper: Paper) -> WordColumns:
    """Return the text of *page* and its words with boxes on the displayed page.

    Words that lie wholly outside the visible page stay in the text and have no box.
    """
    with text_page(page) as handle:
        if handle is None:
            return NO_WORDS
        received, char_at = _received(handle)
        if not len(received):
            return NO_WORDS
        points, origin = _cleaned(received)
        starts, ends = runs_of(points)
        text = points.tobytes().decode("utf-32-le")
        if not len(starts):
            return WordColumns(text, starts, ends, NO_WORDS.boxes, are_runs=True)
        first, last = char_at[origin[starts]], char_at[origin[ends - 1]]
        rectangles = _rectangles(handle, first, last)
    boxes, seen = _visible(paper, rectangles)
    if seen.all():
        return WordColumns(text, starts, ends, boxes, are_runs=True)
    return WordColumns(text, starts[seen], ends[seen], boxes[seen])


def _received(handle: object) -> tuple[NDArray[np.uint32], IntColumn]:
    """Return PDFium's text as code points, and for each the index of its character in PDFium's list."""
    count = int(raw.FPDFText_CountChars(handle))
    if count <= 0:
        return np.zeros(0, np.uint32), np.zeros(0, np.int32)
    buffer = char_buffer(count + 1)
    written = int(raw.FPDFText_GetText(handle, 0, count, buffer))
    units = bytes(memoryview(buffer).cast("B")[: 2 * max(0, written - 1)])
    points = code_points(units.decode("utf-16-le", "surrogatepass"))
    if len(points) == count:
        return points, np.arange(count, dtype=np.int32)
    index = raw.FPDFText_GetCharIndexFromTextIndex
    chars = np.array([index(handle, position) for position in range(len(points))], dtype=np.int32)
    return points, np.maximum.accumulate(np.clip(chars, 0, count - 1)) if len(chars) else chars


def _cleaned(received: NDArray[np.uint32]) -> tuple[NDArray[np.uint32], NDArray[np.intp]]:
    """Return the text with our changes, and for each code point the place in *received* it came from."""
    copies = np.ones(len(received), dtype=np.int8)
    returns = received == 0x0D
    before_newline = np.zeros(len(received), dtype=bool)
    before_newline[:-1] = received[1:] == 0x0A
    copies[returns & before_newline] = 0
    hyphens = received == _JOINED_HYPHEN
    copies[hyphens] = 2
    origin = np.repeat(np.arange(len(received)), copies)
    points = received[origin]
    points[points == 0x0D] = 0x0A
    points[((points < 0x20) & (points != 0x0A) & (points != 0x09)) | ((points >= 0xD800) & (points < 0xE000))] = (
        _REPLACEMENT
    )
    if hyphens.any():
        places = np.flatnonzero(points == _JOINED_HYPHEN)
        points[places[0::2]] = ord("-")
        points[places[1::2]] = 0x0A
    return points, origin


def _rectangles(handle: object, first: IntColumn, last: IntColumn) -> NDArray[np.float64]:
    """Return one rectangle a word: left, bottom, right, top in PDF space; NaN where PDFium has none."""
    count_rects, get_rect = raw.FPDFText_CountRects, raw.FPDFText_GetRect
    left, top, right, bottom = (ctypes.c_double() for _ in range(4))
    refs: tuple[Any, ...] = tuple(ctypes.byref(side) for side in (left, top, right, bottom))
    rows = []
    for begin, end in zip(first.tolist(), last.tolist(), strict=True):
        parts = count_rects(handle, begin, end - begin + 1)
        if parts == 1 and get_rect(handle, 0, *refs):
            rows.append((left.value, bottom.value, right.value, top.value))
            continue
        pieces = []
        for part in range(max(0, parts)):
            if get_rect(handle, part, *refs):
                pieces.append((left.value, bottom.value, right.value, top.value))
        rows.append(_around(pieces))
    return np.array(rows, dtype=np.float64)


def _around(pieces: list[tuple[float, float, float, float]]) -> tuple[float, float, float, float]:
    if not pieces:
        return (np.nan,) * 4
    left, bottom, right, top = zip(*pieces, strict=True)
    return min(left), min(bottom), max(right), max(top)


def _visible(paper: Paper, rectangles: NDArray[np.float64]) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Return the boxes cut to the displayed page, and which of them lie on it at all."""
    size = paper.size
    boxes = paper.displayed(rectangles)
    known = np.isfinite(boxes).all(axis=1)
    boxes[~known] = -1.0
    x0, y0, x1, y1 = boxes.T
    seen = known & (x1 >= 0) & (y1 >= 0) & (x0 <= size.width_pt) & (y0 <= size.height_pt)
    x0, x1 = np.clip(x0, 0, size.width_pt - MIN_BOX_PT), np.clip(x1, 0, size.width_pt)
    y0, y1 = np.clip(y0, 0, size.height_pt - MIN_BOX_PT), np.clip(y1, 0, size.height_pt)
    cut = (x0, y0, np.maximum(x1, x0 + MIN_BOX_PT), np.maximum(y1, y0 + MIN_BOX_PT))
    return np.stack(cut, axis=1).astype(np.float32), seen
