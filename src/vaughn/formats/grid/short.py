"""One page of plain text set on the grid without the machinery for long and foreign texts.

Most messages are this: letters of one cell, fewer lines than a page has, paragraphs broken between words. Setting
such a page takes a third of the time, and gives the same bytes (`tests/formats/grid/test_short.py`).
"""

from __future__ import annotations

import re
from array import array

import numpy as np

from vaughn.formats.content import PackedPage
from vaughn.formats.grid.sheet import CELL_PT, COLUMNS, LINE_PT, MARGIN_PT, PAPER, ROWS, TAB_COLUMNS
from vaughn.formats.words import UNITS_PER_PT, pack_runs
from vaughn.model import TextSource

MAX_LETTERS = ROWS * (COLUMNS + 1)
_MARGIN, _CELL = round(MARGIN_PT * UNITS_PER_PT), round(CELL_PT * UNITS_PER_PT)
_LINE = round(LINE_PT * UNITS_PER_PT)
_PLAIN_ASCII = b"\n\t" + bytes(range(0x20, 0x7F))
# Letters that fill one cell each and run to the right, and the marks and signs that programs write among them.
_NOT_PLAIN = re.compile(
    "[^\n\t\x20-\x7e\xa1-\xac\xae-\u02ff\u0370-\u0377\u037a-\u037f\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u0482\u048a-\u052f"
    "\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2190-\u2319\u2500-\u25fc\ufffd]"
)


def short_page(text: str, *, number: int) -> PackedPage | None:
    """Return *text* as page *number*; `None` if it is not plain, has no words, or does not fit one page."""
    if len(text) > MAX_LETTERS or not _is_plain(text):
        return None
    lengths = list(map(len, text.split()))
    lines = text.rstrip().split("\n")
    if len(lines) > ROWS or max(lengths, default=COLUMNS + 1) > COLUMNS:
        return None
    steps = array("h", bytes(2 * len(lengths)))
    gaps = array("h", [_CELL]) * len(lengths)
    if not _set_lines(lines, gaps, steps):
        return None
    widths = array("h", (np.frombuffer(bytes(lengths), dtype=np.uint8) * np.int16(_CELL)).tobytes())
    upper = array("h", (np.frombuffer(steps, dtype=np.int16) * np.int16(2)).tobytes())
    lower = upper[:]
    lower[0] += 2 * _LINE
    packed = pack_runs(text.strip(), (gaps, upper, widths, lower))
    return PackedPage(number, PAPER, packed, TextSource.EMBEDDED, 0.0, sum(lengths))


def _is_plain(text: str) -> bool:
    if text.isascii():
        return not text.encode("ascii").translate(None, _PLAIN_ASCII)
    return not _NOT_PLAIN.search(text)


def _set_lines(lines: list[str], gaps: array[int], steps: array[int]) -> bool:
    """Set where each word stands, seen from the one before; tell whether all stand on one page."""
    word, before_x, step, is_broken = 0, 0, _MARGIN, False
    for line in lines:
        if not line:
            step += _LINE
            continue
        if "\t" in line:
            line = line.expandtabs(TAB_COLUMNS)  # noqa: PLW2901 -- the same line
        if line[0] == " " or line[-1] == " " or "  " in line or len(line) > COLUMNS:
            is_broken = is_broken or len(line) > COLUMNS
            word, before_x, step = _after_line(line, (gaps, steps), (word, before_x, step))
        else:
            # One blank between any two words: that is how the gaps are set already.
            gaps[word], steps[word] = _MARGIN - before_x, step
            word += line.count(" ") + 1
            before_x, step = _MARGIN + _CELL * len(line), 0
        step += _LINE
    return not is_broken or sum(steps) < _MARGIN + ROWS * _LINE


def _after_line(line: str, columns: tuple[array[int], array[int]], at: tuple[int, int, int]) -> tuple[int, int, int]:
    """Set the words of *line* run by run, in as many rows as it needs.

    Args:
        columns: Gaps and steps.
        at: Number of the next word, where the word before it ends, how far down the next row is from that one's.

    Returns:
        The same behind the line.
    """
    gaps, steps = columns
    word, before_x, step = at
    begin, row_begin = 0, 0
    for run in line.split(" "):
        if not run:
            begin += 1
            continue
        end = begin + len(run)
        if end - row_begin > COLUMNS:
            row_begin = begin
            step += _LINE
        gaps[word], steps[word] = _MARGIN + (begin - row_begin) * _CELL - before_x, step
        before_x, step = _MARGIN + (end - row_begin) * _CELL, 0
        word, begin = word + 1, end + 1
    return word, before_x, step
