"""The picture of a page of the grid: ink lies in the boxes of words, and nowhere else."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from vaughn.formats.faults import FileRefused
from vaughn.formats.grid import PAPER, grid_jpeg, grid_pages
from vaughn.formats.words import unpack_columns
from vaughn.model import PageSize

_WIDTH_PX = 612 * 2


def _drawn(text: str) -> tuple[np.ndarray, np.ndarray]:
    (page,) = grid_pages([text])
    words = unpack_columns(page.packed)
    with Image.open(io.BytesIO(grid_jpeg(words, PAPER, width_px=_WIDTH_PX))) as picture:
        return np.asarray(picture.convert("L")) < 128, words.boxes


@pytest.mark.parametrize(
    "text",
    [
        "From: Jane Doe\n\tan  indented   line\n" + "x" * 300,
        "Grüße, ναι, да – “so”",
        "\u6f22\u5b57 mixed \u05e9\u05dc\u05d5\u05dd \u0633\u0644\u0627\u0645",
        "\x01\ue000 \U0001f600",
    ],
    ids=["plain", "european", "scripts", "no font"],
)
def test_ink_lies_in_the_boxes_of_words_and_nowhere_else(text: str):
    """What is marked on the picture must be what was searched; a letter no font has is still seen, as an empty box."""
    ink, boxes = _drawn(text)
    outside = ink.copy()
    for x0, y0, x1, y1 in boxes * 2:
        inside = np.s_[int(y0) - 1 : int(y1) + 2, int(x0) - 1 : int(x1) + 2]
        assert ink[inside].any()
        outside[inside] = False
    assert not outside.any()


def test_letters_stand_in_the_middle_of_their_cells():
    """A box drawn around the fifth letter of a row holds that letter and no part of its neighbours."""
    ink, _ = _drawn("i " * 50)
    columns = np.flatnonzero(ink.any(axis=0)) / 2 - 36
    cells = columns / 5.4
    assert set(np.floor(cells).astype(int) % 2) == {0}


def test_words_without_any_ink_are_drawn_as_nothing():
    """A lone joiner is a word to a program and nothing to the eye."""
    ink, _ = _drawn("\u200b \u0301 \u200d\u200d")
    assert ink.sum() < 50


def test_a_picture_is_as_wide_as_asked_and_never_larger_than_allowed():
    """A thumbnail is small, and nobody can ask for a picture that fills the memory."""
    (page,) = grid_pages(["a b"])
    words = unpack_columns(page.packed)
    for width, limit, expected in ((120, 10**7, (120, 155)), (3000, 10_000, (87, 113))):
        with Image.open(io.BytesIO(grid_jpeg(words, PAPER, width_px=width, max_pixels=limit))) as picture:
            assert picture.size == expected


def test_paper_without_a_shape_is_refused():
    """A size that no picture can have is the file's fault, not ours."""
    (page,) = grid_pages(["a"])
    with pytest.raises(FileRefused):
        grid_jpeg(unpack_columns(page.packed), PageSize(1e-6, 1e9), width_px=100)
