"""Where PDFium drew stretches of a page's text: one rectangle a stretch, two calls each.

The calls are most of what reading words costs beside PDFium itself. Loops of Python around them would cost as much
again; so would arguments made anew for each call. Hence both calls are mapped over whole columns, and places to write
to are made once.
"""

from __future__ import annotations

import ctypes
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from vaughn.formats.pdf.pdfium import address_of, count_rectangles, get_rectangle, pointer_to

AT_ONCE = 512
_NOWHERE = (float("nan"),) * 4


class _Room:
    """Where PDFium writes the rectangles of up to `AT_ONCE` stretches: left, top, right, bottom."""

    def __init__(self) -> None:
        self.table = np.zeros((AT_ONCE, 4), dtype=np.float64)
        sides = (ctypes.c_double * (4 * AT_ONCE)).from_buffer(self.table.data)
        self.places = [[ctypes.byref(sides, 8 * (4 * row + side)) for row in range(AT_ONCE)] for side in range(4)]


_ROOM = _Room()  # PDFium is used by one thread of a process


def rectangles_of(
    handle: object, first: NDArray[np.signedinteger], last: NDArray[np.signedinteger]
) -> NDArray[np.float64]:
    """Return one rectangle for each stretch of characters: left, bottom, right, top in PDF space.

    Args:
        handle: PDFium's text of a page.
        first, last: PDFium's numbers of the first and the last character of each stretch.

    Where PDFium has no rectangle, all sides are NaN.
    """
    text = pointer_to(address_of(handle))
    begins, lengths = first.tolist(), (last - first + 1).tolist()
    found = np.empty((len(begins), 4), dtype=np.float64)
    for start in range(0, len(begins), AT_ONCE):
        some = slice(start, start + AT_ONCE)
        counts = map(count_rectangles, repeat(text), begins[some], lengths[some])
        told = list(zip(counts, map(get_rectangle, repeat(text), repeat(0), *_ROOM.places), strict=False))
        found[some] = _ROOM.table[: len(told)]
        for row, (parts, is_told) in enumerate(told, start):
            if parts != 1 or not is_told:
                found[row] = _around(text, begins[row], lengths[row])
    return found[:, (0, 3, 2, 1)]


def _around(text: object, begin: int, length: int) -> tuple[float, ...]:
    """Return the rectangle around all parts of a stretch: left, top, right, bottom."""
    left, top, right, bottom = (places[0] for places in _ROOM.places)
    parts = [
        tuple(_ROOM.table[0].tolist())
        for part in range(max(0, count_rectangles(text, begin, length)))
        if get_rectangle(text, part, left, top, right, bottom)
    ]
    if not parts:
        return _NOWHERE
    lefts, tops, rights, bottoms = zip(*parts, strict=True)
    return min(lefts), max(tops), max(rights), min(bottoms)
