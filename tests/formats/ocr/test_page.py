from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from vaughn.formats.pages import ocr_available, ocr_page, ocr_strips
from vaughn.model import TextSource, ToolMissing

LINES = ["This page was printed and scanned again,", "and nothing but a picture is left of it.", "Custodian: Smith"]


def _scan(path, *, turned=0, skew=0.0):
    """Save a picture of LINES and a stamp, *turned* by quarter turns, 200 dpi."""
    page = Image.new("L", (1700, 2200), 255)
    draw = ImageDraw.Draw(page)
    for row, line in enumerate(LINES):
        draw.text((200, 500 + 90 * row), line, fill=0, font=ImageFont.load_default(48))
    draw.text((1150, 2090), "EFTA00008529", fill=0, font=ImageFont.load_default(40))
    page = page.rotate(skew, fillcolor=255, resample=Image.Resampling.BICUBIC)
    Image.fromarray(np.ascontiguousarray(np.rot90(np.asarray(page), turned))).save(path, dpi=(200, 200))
    return path


needs_ocr = pytest.mark.skipif(not ocr_available(), reason="OCR is not installed: pip install 'vaughn[ocr]'")


@needs_ocr
@pytest.mark.parametrize("skew", [0.0, 1.2, -1.2])
def test_a_scanned_page_is_read_in_order(tmp_path, skew):
    """Scanners draw pages in askew."""
    page = ocr_page(_scan(tmp_path / "a.png", skew=skew), "image/png", 1)
    assert page.text.split("\n") == [*LINES, "EFTA00008529"]
    assert page.source is TextSource.OCR


@needs_ocr
def test_words_stand_where_they_are_printed(tmp_path):
    """A hit is shown on the picture."""
    page = ocr_page(_scan(tmp_path / "a.png"), "image/png", 1)
    stamp = page.words[-1]
    assert page.text[stamp.span.start : stamp.span.end] == "EFTA00008529"
    box = [stamp.box.x0, stamp.box.y0, stamp.box.x1, stamp.box.y1]
    assert np.allclose(box, [1150 * 0.36, 2095 * 0.36, 1440 * 0.36, 2135 * 0.36], atol=8)


@needs_ocr
@pytest.mark.parametrize("turned", [1, 2, 3])
def test_pages_on_their_side_or_head_are_read(tmp_path, turned):
    """One sheet in a stack is always the other way round."""
    page = ocr_page(_scan(tmp_path / "a.png", turned=turned), "image/png", 1)
    assert page.text.split("\n")[:2] == LINES[:2]
    first = page.words[0].box
    assert {
        1: first.x0 < 200 and first.y0 > 480,
        2: first.x0 > 450 and first.y0 > 550,
        3: first.y0 < 100 and first.x0 > 550,
    }[turned]


@needs_ocr
def test_the_margins_alone_give_the_stamped_number(tmp_path):
    """Comparing printed numbers must not cost a whole page of OCR."""
    assert [stamp.text for stamp in ocr_strips(_scan(tmp_path / "a.png"), "image/png", 1)] == ["EFTA00008529"]


@needs_ocr
def test_a_blank_page_is_empty(tmp_path):
    """It was looked at, and there is nothing."""
    Image.new("L", (1700, 2200), 255).save(tmp_path / "a.png", dpi=(200, 200))
    page = ocr_page(tmp_path / "a.png", "image/png", 1)
    assert (page.text, page.words, page.source) == ("", (), TextSource.EMPTY)


@pytest.mark.skipif(ocr_available(), reason="OCR is installed")
def test_without_ocr_it_is_said_what_to_install(tmp_path):
    """The extra is optional."""
    with pytest.raises(ToolMissing, match="not installed"):
        ocr_page(_scan(tmp_path / "a.png"), "image/png", 1)
