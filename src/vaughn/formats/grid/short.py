"""One page of plain Western text set on the grid without the machinery for long, wide and foreign texts.

Most messages are this: Latin letters, lines that fit, fewer of them than a page has. Setting such a page takes a
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
# Latin letters, and the marks and signs that Western programs write: each takes one cell.
_NOT_PLAIN = re.compile("[^\n\x20-\x7e\xa1-\xac\xae-\u024f\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u2026\u20ac]")


def short_page(text: str, *, number: int) -> PackedPage | None:
    """Return *text* as page *number*; `None` if it is not plain, has no words, or does not fit one page."""
    if len(text) > MAX_LETTERS or _NOT_PLAIN.search(text):
        return None
    lines = text.rstrip().split("\n")
    if len(lines) > ROWS or max(map(len, lines)) > COLUMNS:
        return None
    gaps: list[int] = []
    steps: list[int] = []  # doubled: see `vaughn.formats.words`
    widths: list[int] = []
    before_x, inked = 0, 0
    step = 2 * _MARGIN  # from the line of the word before
    for line in lines:
        x = _MARGIN
        for run in line.split(" "):
            letters = len(run)
            if letters:
                width = letters * _CELL
                gaps.append(x - before_x)
                steps.append(step)
                widths.append(width)
                x += width
                before_x, step = x, 0
                inked += letters
                x += _CELL
            else:
                x += _CELL
        step += 2 * _LINE
    if not inked:
        return None
    upper = array("h", steps)
    lower = upper[:]
    lower[0] += 2 * _LINE
    packed = pack_runs(text.strip(), (array("h", gaps), upper, array("h", widths), lower))
    return PackedPage(number, PAPER, packed, TextSource.EMBEDDED, 0.0, inked)
