"""How many cells a letter takes: none for marks on another letter, two for East Asian wide ones, else one."""

from __future__ import annotations

import unicodedata
from functools import cache

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.uint32]
Cells = NDArray[np.int64]

# Above this block lie only ideographs (wide), private letters and tags; see `_beyond`.
_TABLE_END = 0x20000
_IDEOGRAPHS_END = 0x40000
_TAGS_START, _TAGS_END = 0xE0000, 0xE1000
_FIRST_MARK = 0x300  # below it every letter takes one cell (but the soft hyphen, which is drawn)
_UNSEEN = {"Mn", "Me", "Cf"}


def cells_of(points: Points) -> Cells:
    """Return the cells each of *points* takes; blanks take one, ideographic blanks two."""
    if not len(points) or int(points.max()) < _FIRST_MARK:
        return np.ones(len(points), dtype=np.int64)
    widths = _table()[np.minimum(points, _TABLE_END)].astype(np.int64)
    beyond = points >= _TABLE_END
    if beyond.any():
        widths[beyond] = _beyond(points[beyond])
    return widths


def _beyond(points: Points) -> Cells:
    widths = np.where(points < _IDEOGRAPHS_END, 2, 1)
    return np.where((points >= _TAGS_START) & (points < _TAGS_END), 0, widths)


@cache
def _table() -> NDArray[np.uint8]:
    table = np.ones(_TABLE_END + 1, dtype=np.uint8)
    for code in range(_FIRST_MARK, _TABLE_END):
        letter = chr(code)
        if unicodedata.category(letter) in _UNSEEN:
            table[code] = 0
        elif unicodedata.east_asian_width(letter) in "WF":
            table[code] = 2
    return table
