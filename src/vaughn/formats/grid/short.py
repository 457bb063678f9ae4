"""One page of plain English set on the grid without the machinery for long, wide and foreign texts.

Most messages are this: letters of ASCII, lines that fit, fewer of them than a page has. Setting such a page takes a
third of the time, and gives the same bytes (`tests/formats/grid/test_short.py`).
"""

from __future__ import annotations

import re
from array import array

from vaughn.formats.content import PackedPage
from vaughn.formats.grid.sheet import CELL_PT, COLUMNS, LINE_PT, MARGIN_PT, PAPER, ROWS
from vaughn.formats.words import UNITS_PER_PT, pack_runs
from vaughn.model import TextSource

MAX_LETTERS = ROWS * (COLUMNS + 1)
_MARGIN, _CELL = round(MARGIN_PT * UNITS_PER_PT), round(CELL_PT * UNITS_PER_PT)
_LINE = round(LINE_PT * UNITS_PER_PT)
_NOT_PLAIN = re.compile(r"[^\n\x20-\x7e]")
_RUN = re.compile(r"[^ ]+")


def short_page(text: str, *, number: int) -> PackedPage | None:
    """Return *text* as page *number*; `None` if it is not plain, has no words, or does not fit one page."""
    if len(text) > MAX_LETTERS or _NOT_PLAIN.search(text):
        return None
    lines = text.rstrip().split("\n")
    if len(lines) > ROWS or max(map(len, lines)) > COLUMNS:
        return None
    gaps, steps, widths = array("h"), array("h"), array("h")
    before_x, before_y, inked = 0, 0, 0
    for row, line in enumerate(lines):
        y = _MARGIN + row * _LINE
        for run in _RUN.finditer(line):
            start, end = run.span()
            gaps.append(_MARGIN + start * _CELL - before_x)
            steps.append(y - before_y)
            widths.append((end - start) * _CELL)
            before_x, before_y = _MARGIN + end * _CELL, y
            inked += end - start
    if not inked:
        return None
    changes = array("h", bytes(2 * len(gaps)))
    changes[0] = _LINE
    packed = pack_runs(text.strip(), (gaps, steps, widths, changes))
    return PackedPage(number, PAPER, packed, TextSource.EMBEDDED, 0.0, inked)
