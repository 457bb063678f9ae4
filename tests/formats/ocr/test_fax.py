from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("cv2")

from vaughn.formats.ocr.fax import cleaned, is_two_tone, softened


def _fax(*blots):
    page = np.full((60, 200), 255, np.uint8)
    page[20:40, 50:54] = 0
    for y, x, size in blots:
        page[y : y + size, x : x + size] = 0
    return page


def test_a_fax_is_told_from_a_clean_page_that_is_nearly_all_white():
    """A page printed to a picture has few greys too, but as many as it has black."""
    clean = _fax()
    clean[20:40, 49:55:5] = 128
    assert is_two_tone(_fax())
    assert not is_two_tone(np.repeat(np.repeat(clean, 4, axis=0), 4, axis=1))


def test_a_page_with_greys_is_not_touched():
    """What a scanner saw is better than what a filter makes of it."""
    page = np.tile(np.arange(200, dtype=np.uint8), (60, 1))
    assert softened(page) is page


def test_specks_go_and_the_dot_of_an_i_stays():
    """Specks read as full stops and ones were most of what was wrong on faxes."""
    part = cleaned(_fax((10, 100, 1), (12, 50, 3)), line_height_px=30.0)
    assert part[10, 100] == 255
    assert part[13, 51] < 128
    assert part[30, 51] < 64


def test_small_type_keeps_its_pixels():
    """In a line 15 pixels high a full stop is one pixel."""
    assert cleaned(_fax((10, 100, 1)), line_height_px=15.0)[10, 100] < 255
