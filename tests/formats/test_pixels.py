from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaughn.formats.pages import FileRefused
from vaughn.formats.pixels import MAX_PIXELS, MAX_SIDE_PX, fitting
from vaughn.model import PageSize

SIDES = st.floats(0.1, 1e7)


@given(SIDES, SIDES, st.integers(1, 100_000))
def test_no_page_asks_for_more_pixels_than_the_cap(width_pt, height_pt, width_px):
    """A page two billion points high wanted two gigabytes."""
    try:
        width, height = fitting(PageSize(width_pt, height_pt), width_px=width_px)
    except FileRefused:
        return
    assert 1 <= width <= max(1, min(width_px, MAX_SIDE_PX))
    assert 1 <= height <= MAX_SIDE_PX
    assert width * height <= MAX_PIXELS


def test_a_usual_page_keeps_its_shape():
    """US Letter at 1000 pixels."""
    assert fitting(PageSize(612.0, 792.0), width_px=1000) == (1000, 1294)


def test_the_cap_keeps_the_shape():
    """What is made smaller is made smaller both ways."""
    width, height = fitting(PageSize(612.0, 792.0), width_px=10_000)
    assert width * height <= MAX_PIXELS
    assert abs(height / width - 792 / 612) < 0.001


def test_a_page_as_thin_as_a_hair_is_refused():
    """There is nothing to be shown."""
    with pytest.raises(FileRefused):
        fitting(PageSize(1e-9, 1e9), width_px=100)
