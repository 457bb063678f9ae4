"""How many cells a letter takes: none for marks on another letter, two for East Asian wide ones, else one."""

from __future__ import annotations

import unicodedata

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
# Filled as letters are met: to look up all of them takes as long as reading three hundred messages.
_NOT_YET = 255
_WIDTHS = np.full(_TABLE_END + 1, _NOT_YET, dtype=np.uint8)
_WIDTHS[:_FIRST_MARK] = _WIDTHS[_TABLE_END] = 1


def cells_of(points: Points) -> Cells:
    """Return the cells each of *points* takes; blanks take one, ideographic blanks two."""
    if not len(points) or int(points.max()) < _FIRST_MARK:
        return np.ones(len(points), dtype=np.int64)
    widths = _WIDTHS[np.minimum(points, _TABLE_END)]
    if int(widths.max()) == _NOT_YET:
        _look_up(points[widths == _NOT_YET])
        widths = _WIDTHS[np.minimum(points, _TABLE_END)]
    cells: Cells = widths.astype(np.int64)
    beyond = points >= _TABLE_END
    if beyond.any():
        cells[beyond] = _beyond(points[beyond])
    return cells


def _beyond(points: Points) -> Cells:
    widths = np.where(points < _IDEOGRAPHS_END, 2, 1)
    return np.where((points >= _TAGS_START) & (points < _TAGS_END), 0, widths)


def _look_up(points: Points) -> None:
    for code in set(points.tolist()):
        letter = chr(code)
        if unicodedata.category(letter) in _UNSEEN:
            _WIDTHS[code] = 0
        else:
            _WIDTHS[code] = 2 if unicodedata.east_asian_width(letter) in "WF" else 1
