"""Where every word of a text stands when it is set on the grid.

The text of a page is a piece of the text itself, unchanged; only blanks where two pages meet are dropped. A run of
letters longer than a line is broken, and is then several words of the page that follow each other without a blank.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from vaughn.formats.content import PackedPage
from vaughn.formats.grid.direction import has_right_to_left, placed
from vaughn.formats.grid.sheet import CELL_PT, COLUMNS, LINE_PT, MARGIN_PT, PAPER, ROWS, TAB_COLUMNS
from vaughn.formats.grid.short import short_page
from vaughn.formats.grid.widths import Points, cells_of
from vaughn.formats.words import WordColumns, code_points, pack_columns, runs_of
from vaughn.model import TextSource

# 65 million letters: the longest text of one document seen fills 6,200 pages.
MAX_PAGES = 10_000
# A run of letters (a paragraph in Chinese, a line of code) up to so many rows is not cut where a page ends.
_KEPT_TOGETHER_ROWS = 20
# Longer stretches of text are laid out one after the other, each from the top of a page: 40 MB at a time.
_PIECE_LETTERS = 500_000
_OTHER_LINE_ENDS = "\x0b\x1c\x1d\x1e\x85\u2028\u2029"

Numbers = NDArray[np.int64]
_FIRST_ROW: Numbers = np.zeros(1, dtype=np.int64)
_NEW_LINE, _TAB = np.uint32(ord("\n")), np.uint32(ord("\t"))


@dataclass(frozen=True, slots=True)
class GridLayout:
    """A text on pages.

    Args:
        left_out: Letters that no page shows, because there would be more than `MAX_PAGES`; a reader makes a finding
            of them.
    """

    pages: tuple[PackedPage, ...]
    left_out: int = 0


def grid_pages(texts: Sequence[str]) -> tuple[PackedPage, ...]:
    """Return *texts* on letter pages; each text begins a page, as does what follows a form feed.

    A text without words is one empty page. More than `MAX_PAGES` are not made: `lay_out` tells what was left out.
    """
    return lay_out(texts).pages


def lay_out(texts: Sequence[str], *, max_pages: int = MAX_PAGES) -> GridLayout:
    """Return *texts* on at most *max_pages* letter pages, and how many letters found no room."""
    pages: list[PackedPage] = []
    left_out = 0
    for text in texts:
        for piece in _pieces(text):
            if len(pages) >= max_pages:
                left_out += _inked(piece)
                continue
            short = short_page(piece, number=len(pages) + 1)
            if short is not None:
                pages.append(short)
                continue
            for words in _pages_of(_with_plain_line_ends(piece)):
                if len(pages) < max_pages:
                    pages.append(_packed(words, number=len(pages) + 1))
                else:
                    left_out += _inked(words.text)
    return GridLayout(tuple(pages), left_out)


def _pieces(text: str) -> Iterator[str]:
    """Yield what stands between form feeds, long stretches in several pieces so that memory stays flat.

    Of a long stretch, pieces without words are passed over.
    """
    start = 0
    while True:
        feed = text.find("\f", start)
        end = len(text) if feed < 0 else feed
        is_long = False
        while end - start > _PIECE_LETTERS:
            at = _last_gap(text, start, start + _PIECE_LETTERS)
            if not text[start:at].isspace():
                yield text[start:at]
            start, is_long = at, True
        if not is_long or not text[start:end].isspace():
            yield text[start:end]
        start = end + 1
        if feed < 0 or (not text[start : start + _PIECE_LETTERS].strip() and start + _PIECE_LETTERS >= len(text)):
            return


def _last_gap(text: str, start: int, end: int) -> int:
    for gap in ("\n", " "):
        at = text.rfind(gap, start, end)
        if at > start:
            return at + 1
    return end


def _inked(text: str) -> int:
    return sum(map(len, text.split()))


def _packed(words: WordColumns, *, number: int) -> PackedPage:
    inked = int((words.ends - words.starts).sum())
    source = TextSource.EMBEDDED if inked else TextSource.EMPTY
    return PackedPage(number, PAPER, pack_columns(words), source, 0.0, inked)


def _with_plain_line_ends(text: str) -> str:
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    for end in _OTHER_LINE_ENDS:  # seven searches take a tenth of the time of one `str.translate`
        if end in text:
            text = text.replace(end, "\n")
    return text


def _pages_of(text: str) -> Iterator[WordColumns]:
    """Yield the pages of *text*, of which one is empty only if it has no words at all."""
    points = code_points(text)
    starts, ends = (edges.astype(np.int64) for edges in runs_of(points))
    if not len(starts):
        yield _piece(text, _Words(starts, ends, starts, starts, starts))
        return
    before = _cells_before(text, points)
    row_starts = np.concatenate((_FIRST_ROW, np.flatnonzero(points == _NEW_LINE) + 1))
    words, cuts = _in_rows(starts, ends, before=before, row_starts=row_starts), starts[:0]
    if int(words.last.max()) > COLUMNS:
        breaks, cuts = _breaks(starts, ends, before=before, row_starts=row_starts)
        starts, ends = np.sort(np.concatenate((starts, cuts))), np.sort(np.concatenate((ends, cuts)))
        row_starts = np.sort(np.concatenate((row_starts, breaks)))
        words = _in_rows(starts, ends, before=before, row_starts=row_starts)
    if not text.isascii() and has_right_to_left(text):
        words = _turned(text, words)
    yield from _cut_into_pages(text, words, cuts=cuts)


@dataclass(frozen=True, slots=True, eq=False)
class _Words:
    """Words: where they stand in the text, in which row, from which column to which."""

    starts: Numbers
    ends: Numbers
    rows: Numbers
    first: Numbers
    last: Numbers

    def part(self, start: int, end: int) -> _Words:
        piece = slice(start, end)
        return _Words(self.starts[piece], self.ends[piece], self.rows[piece], self.first[piece], self.last[piece])


def _in_rows(starts: Numbers, ends: Numbers, *, before: Numbers, row_starts: Numbers) -> _Words:
    rows = np.searchsorted(row_starts, starts, side="right") - 1
    margin = before[row_starts[rows]]
    first = before[starts] - margin
    return _Words(starts, ends, rows, first, np.maximum(before[ends] - margin, first + 1))


def _cells_before(text: str, points: Points) -> Numbers:
    """Return how many cells stand before each letter, and after the last; tabs go on to the next stop."""
    if text.isascii() and "\t" not in text:
        return np.arange(len(points) + 1)
    before = np.zeros(len(points) + 1, dtype=np.int64)
    np.cumsum(cells_of(points), out=before[1:])
    tabs = np.flatnonzero(points == _TAB)
    if len(tabs):
        added = np.zeros(len(points) + 1, dtype=np.int64)
        added[tabs + 1] = _added_by_tabs(points, tabs, before=before)
        before += np.cumsum(added)
    return before


def _added_by_tabs(points: Points, tabs: Numbers, *, before: Numbers) -> Numbers:
    """Return the cells each of *tabs* takes beyond one."""
    line_starts = np.concatenate((_FIRST_ROW, np.flatnonzero(points == _NEW_LINE) + 1))
    lines = np.searchsorted(line_starts, tabs, side="right") - 1
    columns = (before[tabs] - before[line_starts[lines]]).tolist()
    added: list[int] = []
    line, shift = -1, 0
    for tab_line, column in zip(lines.tolist(), columns, strict=True):
        if tab_line != line:
            line, shift = tab_line, 0
        more = TAB_COLUMNS - 1 - (column + shift) % TAB_COLUMNS
        added.append(more)
        shift += more
    return np.array(added, dtype=np.int64)


def _breaks(starts: Numbers, ends: Numbers, *, before: Numbers, row_starts: Numbers) -> tuple[Numbers, Numbers]:
    """Return where lines that are too long are broken, and which of those places lie inside a run of letters."""
    last_words = np.searchsorted(starts, np.append(row_starts[1:], starts[-1] + 1)) - 1
    has_words = np.append(-1, last_words[:-1]) < last_words
    lengths = before[ends[last_words]] - before[row_starts]
    long = np.flatnonzero(has_words & (lengths > COLUMNS))
    if not len(long):
        return starts[:0], starts[:0]
    wrapping = _Wrapping(starts.tolist(), before[starts].tolist(), before[ends].tolist(), before)
    for line in long.tolist():
        first_word = 0 if line == 0 else int(last_words[line - 1]) + 1
        wrapping.wrap(first_word, int(last_words[line]) + 1, base=int(before[row_starts[line]]))
    return np.array(wrapping.breaks, dtype=np.int64), np.array(wrapping.cuts, dtype=np.int64)


class _Wrapping:
    """Breaks lines one after the other, as many words in a row as fit."""

    def __init__(self, starts: list[int], first: list[int], last: list[int], before: Numbers) -> None:
        self.breaks: list[int] = []
        self.cuts: list[int] = []
        self._starts, self._first, self._last, self._before = starts, first, last, before

    def wrap(self, word: int, end: int, *, base: int) -> None:
        """Break the line of the words from *word* up to *end* that begins *base* cells into the text."""
        first, last = self._first, self._last
        while True:
            following = bisect_right(last, base + COLUMNS, word, end)
            if following >= end:
                return
            word, base = following, first[following]
            self.breaks.append(self._starts[word])
            if last[word] - base > COLUMNS:
                base = self._cut(word, base)

    def _cut(self, word: int, base: int) -> int:
        """Break a run of letters that is longer than a row; return where its last row begins."""
        while self._last[word] - base > COLUMNS:
            at = int(np.searchsorted(self._before, base + COLUMNS, side="right")) - 1
            self.breaks.append(at)
            self.cuts.append(at)
            base = int(self._before[at])
        return base


def _turned(text: str, words: _Words) -> _Words:
    """Return *words* with those of rows that hold letters running leftwards where they are seen."""
    first, last = words.first.copy(), words.last.copy()
    edges = np.flatnonzero(np.diff(words.rows, prepend=-1, append=-1))
    for begin, end in pairwise(edges.tolist()):
        if not has_right_to_left(text[words.starts[begin] : words.ends[end - 1]]):
            continue
        spans = zip(words.starts[begin:end].tolist(), words.ends[begin:end].tolist(), strict=True)
        row = [text[start:stop] for start, stop in spans]
        first[begin:end], last[begin:end] = placed(row, first[begin:end].tolist(), last[begin:end].tolist())
    return _Words(words.starts, words.ends, words.rows, first, last)


def _cut_into_pages(text: str, words: _Words, *, cuts: Numbers) -> Iterator[WordColumns]:
    rows, begin, top = words.rows, 0, 0
    begins_run = None
    if len(cuts):
        begins_run = np.ones(len(rows), dtype=np.bool_)
        begins_run[np.searchsorted(words.starts, cuts)] = False
    while begin < len(rows):
        top += (int(rows[begin]) - top) // ROWS * ROWS  # pages without words are passed over
        end = int(np.searchsorted(rows, top + ROWS))
        if begins_run is not None and end < len(rows):
            end = _end_of_page(begins_run, rows, begin=begin, end=end, top=top)
            if end == begin:
                top = int(rows[begin])
                continue
        yield _piece(text, words.part(begin, end), top=top, are_runs=begins_run is None)
        top = min(top + ROWS, int(rows[end])) if end < len(rows) else top
        begin = end


def _end_of_page(begins_run: NDArray[np.bool_], rows: Numbers, *, begin: int, end: int, top: int) -> int:
    """Return where to end a page so that a run of letters stays in one piece, unless it is a tall one."""
    if begins_run[end]:
        return end
    start = end - 1 - int(np.argmax(begins_run[begin:end][::-1]))
    following = np.flatnonzero(begins_run[end : end + ROWS])
    last = end + int(following[0]) - 1 if len(following) else min(end + ROWS, len(rows)) - 1
    is_tall = int(rows[last]) - int(rows[start]) >= _KEPT_TOGETHER_ROWS
    return end if is_tall or int(rows[start]) == top or not begins_run[start] else start


def _piece(text: str, words: _Words, *, top: int = 0, are_runs: bool = True) -> WordColumns:
    if not len(words.starts):
        return WordColumns(
            "", words.starts.astype(np.int32), words.ends.astype(np.int32), np.zeros((0, 4), np.float32), are_runs=True
        )
    begin, end = int(words.starts[0]), int(words.ends[-1])
    boxes = np.empty((len(words.starts), 4), dtype=np.float32)
    y0 = MARGIN_PT + (words.rows - top) * LINE_PT
    boxes[:, 0] = MARGIN_PT + words.first * CELL_PT
    boxes[:, 1] = y0
    boxes[:, 2] = MARGIN_PT + words.last * CELL_PT
    boxes[:, 3] = y0 + LINE_PT
    starts, ends = (words.starts - begin).astype(np.int32), (words.ends - begin).astype(np.int32)
    return WordColumns(text[begin:end], starts, ends, boxes, are_runs)
