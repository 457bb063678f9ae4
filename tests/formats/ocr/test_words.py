from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("cv2")

from vaughn.formats.ocr.words import Spelling, words_of_line


def _line(text, inks, *, height, strokes=()):
    """Return the words of a line whose characters' ink stands at *inks* (from, to); *strokes* are (y, from, to)."""
    width = max(end for _, end in inks) + 10
    cut = np.full((height, width), 255, np.uint8)
    for start, end in inks:
        cut[4 : height - 4, start:end] = 0
    for y, start, end in strokes:
        cut[y, start:end] = 0
    middles = np.array([(start + end) / 2 / width for start, end in inks])
    return [word.text for word in words_of_line(Spelling(text, middles, np.full(len(text), 0.9)), cut)]


def test_a_thin_stroke_between_two_stems_is_no_blank():
    """The foot of an L in small type is one pixel high: towns became WINNFIE L D."""
    inks = [(10, 12), (22, 24), (34, 36)]
    assert _line("ELD", inks, height=20, strokes=[(15, 10, 22)]) == ["EL", "D"]


def test_a_speck_does_not_close_a_blank():
    """A fax has specks between words."""
    inks = [(10, 14), (24, 28)]
    assert _line("ab", inks, height=30, strokes=[(15, 18, 20)]) == ["a", "b"]


def test_a_wide_gap_after_a_full_stop_ends_a_word():
    """The reader puts `IV. Conclusion` together."""
    inks = [(10, 16), (19, 25), (27, 29), (41, 47), (50, 56)]
    assert _line("IV.Co", inks, height=30) == ["IV.", "Co"]


def test_a_figure_after_its_comma_stays():
    """Figures stand apart from their comma by a fifth of the line."""
    inks = [(10, 16), (19, 21), (28, 34), (37, 43)]
    assert _line("1,21", inks, height=30) == ["1,21"]
