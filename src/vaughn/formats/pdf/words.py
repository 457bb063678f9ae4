r"""Which words a PDF page shows and where: PDFium's text in one call, then one rectangle a word.

The text is PDFium's, in its reading order, with four changes: line ends are ``\n``; a hyphen that
PDFium joins over a line end is a hyphen and a line end again, so that each half has its own box;
control characters and lone halves of surrogate pairs are U+FFFD. Words are the runs of non-blanks.
"""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from pypdfium2 import raw

from vaughn.formats.pdf.paper import Paper
from vaughn.formats.pdf.pdfium import Sheet, address_of, count_rectangles, get_rectangle, get_text, text_page
from vaughn.formats.words import NO_WORDS, UNITS_PER_PT, IntColumn, WordColumns, code_points, runs_of

# PDFium's mark for a hyphen at a line end it has joined.
_JOINED_HYPHEN = 0xFFFE
_REPLACEMENT = 0xFFFD
# A glyph without ink (or thinner than the codec can tell) still gets a box that can be shown.
MIN_BOX_PT = 1 / UNITS_PER_PT


def words_of(page: Sheet, paper: Paper) -> WordColumns:
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
    boxes, seen = visible(paper, rectangles)
    if seen.all():
        return WordColumns(text, starts, ends, boxes, are_runs=True)
    return WordColumns(text, starts[seen], ends[seen], boxes[seen])


def _received(handle: object) -> tuple[NDArray[np.uint32], IntColumn]:
    """Return PDFium's text as code points, and for each the index of its character in PDFium's list."""
    count = int(raw.FPDFText_CountChars(handle))
    if count <= 0:
        return np.zeros(0, np.uint32), np.zeros(0, np.int32)
    room = np.zeros(count + 1, dtype="<u2")
    written = get_text(address_of(handle), 0, count, room.ctypes.data)
    units = room[: max(0, written - 1)]
    if ((units & 0xF800) == 0xD800).any():
        points = code_points(units.tobytes().decode("utf-16-le", "surrogatepass"))
    else:
        points = units.astype(np.uint32)
    if len(points) == count:
        return points, np.arange(count, dtype=np.int32)
    index = raw.FPDFText_GetCharIndexFromTextIndex
    chars = np.array([index(handle, position) for position in range(len(points))], dtype=np.int32)
    return points, np.maximum.accumulate(np.clip(chars, 0, count - 1)) if len(chars) else chars


def _cleaned(received: NDArray[np.uint32]) -> tuple[NDArray[np.uint32], NDArray[np.intp]]:
    """Return the text with our changes, and for each code point the place in *received* it came from."""
    hyphens = received == _JOINED_HYPHEN
    kept = received != 0x0D
    kept[:-1] |= received[1:] != 0x0A
    if received[-1] == 0x0D:
        kept[-1] = True
    origin = (
        np.repeat(np.arange(len(received)), kept.astype(np.int8) + hyphens) if hyphens.any() else np.flatnonzero(kept)
    )
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
    page = ctypes.c_void_p(address_of(handle))
    sides = (ctypes.c_double * 4)()  # left, top, right, bottom
    start = ctypes.addressof(sides)
    left, top, right, bottom = (ctypes.c_void_p(start + 8 * number) for number in range(4))
    found = bytearray()
    for begin, length in zip(first.tolist(), (last - first + 1).tolist(), strict=True):
        parts = count_rectangles(page, begin, length)
        if parts == 1 and get_rectangle(page, 0, left, top, right, bottom):
            found += sides
        else:
            pieces = [
                tuple(sides) for part in range(max(0, parts)) if get_rectangle(page, part, left, top, right, bottom)
            ]
            found += _around(pieces)
    return np.frombuffer(found, dtype=np.float64).reshape(-1, 4)[:, (0, 3, 2, 1)]


def _around(pieces: Sequence[tuple[float, ...]]) -> bytes:
    """Return the rectangle around all *pieces* of a word, NaN if there are none."""
    if not pieces:
        return struct.pack("4d", *[float("nan")] * 4)
    left, top, right, bottom = zip(*pieces, strict=True)
    return struct.pack("4d", min(left), max(top), max(right), min(bottom))


def visible(paper: Paper, rectangles: NDArray[np.float64]) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Return the boxes cut to the displayed page, and which of them lie on it at all."""
    size = paper.size
    boxes = paper.displayed(rectangles)
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
