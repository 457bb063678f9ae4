from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.formats.made_pdf import write_pdf
from vaughn.formats.pages import read_pages, render_page
from vaughn.formats.pdf.paper import Paper
from vaughn.formats.pdf.words import MIN_BOX_PT, visible
from vaughn.model import TextSource

PDF = "application/pdf"


def _page(path):
    return next(iter(read_pages(path, PDF)))


def _words(page):
    return [page.text[word.span.start : word.span.end] for word in page.words]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rotate=st.sampled_from([0, 90, 180, 270]),
    corner=st.tuples(st.integers(-200, 200), st.integers(-200, 200)),
    crop=st.tuples(st.integers(0, 60), st.integers(0, 60)),
    at=st.tuples(st.integers(100, 300), st.integers(100, 300)),
)
def test_a_word_stands_where_its_ink_is_shown(tmp_path: Path, rotate, corner, crop, at):
    """Whatever crop and rotation a page has, its boxes belong to the page as displayed."""
    x, y = corner
    media_box = (x, y, x + 500, y + 400)
    crop_box = (x + crop[0], y + crop[1], x + 500, y + 390)
    content = f"BT /F 24 Tf {x + at[0]} {y + at[1]} Td (WORD) Tj ET"
    path = write_pdf(tmp_path / "a.pdf", content, media_box=media_box, crop_box=crop_box, rotate=rotate)
    page = _page(path)
    width_px = round(page.size.width_pt)
    shown = np.asarray(Image.open(io.BytesIO(render_page(path, PDF, 1, width_px=width_px))).convert("L")) < 128
    (word,) = page.words
    rows, columns = np.nonzero(shown)
    ink = (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
    assert np.allclose((word.box.x0, word.box.y0, word.box.x1, word.box.y1), ink, atol=2.0)


@pytest.mark.parametrize(("rotate", "size"), [(0, (612, 700)), (90, (700, 612))])
def test_the_size_is_that_of_the_page_as_displayed(tmp_path, rotate, size):
    """Sideways pages are common in spreadsheets."""
    path = write_pdf(tmp_path / "a.pdf", "", crop_box=(0, 0, 612, 700), rotate=rotate)
    assert (_page(path).size.width_pt, _page(path).size.height_pt) == size


def test_lines_end_with_a_newline_and_words_fit_the_text(tmp_path):
    """Text and words are one thing: a hit in the text is shown by the box of its word."""
    page = _page(write_pdf(tmp_path / "a.pdf", "BT /F 12 Tf 14 TL 72 700 Td (First line) Tj T* (second) Tj ET"))
    assert page.text == "First line\nsecond"
    assert _words(page) == ["First", "line", "second"]
    assert page.words[2].box.y0 > page.words[0].box.y1


def test_a_hyphen_at_a_line_end_stays_with_its_own_box(tmp_path):
    """One box around both halves would cover two lines."""
    page = _page(write_pdf(tmp_path / "a.pdf", "BT /F 12 Tf 14 TL 400 700 Td (immigra-) Tj T* (tion court) Tj ET"))
    assert page.text == "immigra-\ntion court"
    assert _words(page) == ["immigra-", "tion", "court"]
    assert page.words[1].box.y0 > page.words[0].box.y0 + 10


def test_words_set_apart_without_a_blank_are_two_words(tmp_path):
    """Many programs place each word and write no blanks."""
    page = _page(write_pdf(tmp_path / "a.pdf", "BT /F 12 Tf 72 700 Td (Bates) Tj 60 0 Td (number) Tj ET"))
    assert _words(page) == ["Bates", "number"]


def test_a_word_outside_the_visible_page_keeps_its_text_and_has_no_box(tmp_path):
    """What cannot be shown must not be pointed at; what is there must not be dropped."""
    content = "BT /F 12 Tf 72 700 Td (seen) Tj ET BT /F 12 Tf 72 20 Td (unseen) Tj ET"
    page = _page(write_pdf(tmp_path / "a.pdf", content, crop_box=(0, 100, 612, 792)))
    assert page.text.split() == ["seen", "unseen"]
    assert _words(page) == ["seen"]


def test_a_blank_page_is_empty_not_failed(tmp_path):
    """It was looked at, and there is nothing."""
    page = _page(write_pdf(tmp_path / "a.pdf", ""))
    assert (page.source, page.text, page.words) == (TextSource.EMPTY, "", ())


def test_control_characters_become_replacement_characters(tmp_path):
    """Fonts without a key to their letters give raw codes."""
    page = _page(write_pdf(tmp_path / "a.pdf", "BT /F 12 Tf 72 700 Td (a\\001b) Tj ET"))
    assert "\x01" not in page.text
    assert all(0 <= word.span.start < word.span.end <= len(page.text) for word in page.words)


_RECTANGLES = st.lists(
    st.tuples(*[st.floats(-50, 700, width=32) | st.just(float("nan")) for _ in range(4)]), min_size=1, max_size=6
)


@given(_RECTANGLES, st.integers(0, 3))
def test_boxes_stay_on_the_page_and_are_never_too_thin(rectangles, quarter_turns):
    """Whoever draws a box, or burns one, trusts that it is there."""
    paper = Paper(0.0, 0.0, 600.0, 400.0, quarter_turns)
    boxes, seen = visible(paper, np.array(rectangles, dtype=np.float64))
    x0, y0, x1, y1 = boxes[seen].T
    width, height = paper.size.width_pt, paper.size.height_pt
    assert np.all((x0 >= 0) & (y0 >= 0) & (x1 <= width) & (y1 <= height))
    assert np.all((x1 - x0 > MIN_BOX_PT * 0.99) & (y1 - y0 > MIN_BOX_PT * 0.99))
    assert not seen[np.isnan(np.array(rectangles)).any(axis=1)].any()
