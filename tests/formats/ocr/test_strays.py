from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from tests.formats.made_pdf import write_pdf
from vaughn.formats.content import PageScan
from vaughn.formats.extras import ocr_engines
from vaughn.formats.pages import ocr_page
from vaughn.model import PageSize

pytest.importorskip("cv2")

from vaughn.formats.ocr.engines import installed_engine
from vaughn.formats.ocr.finding import LinePlace
from vaughn.formats.ocr.strays import stray_strips

LETTER = PageSize(612.0, 792.0)
needs_networks = pytest.mark.skipif("rapidocr+openvino" not in ocr_engines(), reason="pip install 'vaughn[ocr]'")


def _place(x0, y0, x1, y1):
    return LinePlace(np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], dtype=np.float32))


def _table(*figures, rules=False):
    """Return a table of three rows: a name, then figures of one digit far apart."""
    page = Image.new("L", (1700, 2200), 255)
    draw = ImageDraw.Draw(page)
    font = ImageFont.load_default(30)
    for row, line in enumerate(figures):
        draw.text((150, 300 + 60 * row), f"Precinct number {row + 1}", fill=0, font=font)
        for column, figure in enumerate(line):
            left = 700 + 220 * column
            if figure == "-":
                draw.line((left, 317 + 60 * row, left + 12, 317 + 60 * row), fill=0, width=4)
            else:
                draw.text((left, 300 + 60 * row), figure, fill=0, font=font)
    if rules:
        for row in range(4):
            draw.line((140, 290 + 60 * row, 1600, 292 + 60 * row), fill=0, width=3)
        for column in range(5):
            draw.line((640 + 220 * column, 290, 640 + 220 * column, 470), fill=0, width=3)
    return np.asarray(page)


@pytest.mark.parametrize("rules", [False, True], ids=["bare", "ruled"])
def test_letters_that_no_line_covers_are_found_in_rows(rules):
    """The figures of a table are what it is about."""
    lines = [_place(145, 295 + 60 * row, 420, 340 + 60 * row) for row in range(3)]
    strips = stray_strips(_table("0120", "0003", "4-05", rules=rules), lines)
    assert sum(len(strip.places) for strip in strips) == 12
    lefts = sorted(round(float(place.corners[0][0]) / 220) for strip in strips for place in strip.places)
    assert lefts == [3] * 3 + [4] * 3 + [5] * 3 + [6] * 3


def test_specks_and_rules_are_no_letters():
    """A fax is full of them."""
    noise = np.random.default_rng(1)
    page = np.where(noise.random((2200, 1700)) < 0.002, 0, 255).astype(np.uint8)
    page[500:503, 100:1600] = 0
    page[400:1200, 900:904] = 0
    assert stray_strips(page, [_place(100, 100, 900, 140)]) == []


def test_a_page_without_lines_has_no_strays():
    """How large a letter is can be told from lines alone."""
    assert stray_strips(np.full((200, 200), 255, np.uint8), []) == []


@needs_networks
def test_a_table_of_single_figures_is_read_row_by_row():
    """Columns of zeros were lost."""
    words = installed_engine("rapidocr+openvino").read(PageScan(_table("0120", "0003", "4705", rules=True), LETTER))
    assert words.text.split("\n") == [
        "Precinct number 1 0 1 2 0",
        "Precinct number 2 0 0 0 3",
        "Precinct number 3 4 7 0 5",
    ]


@needs_networks
def test_accents_are_read_where_they_are_written(tmp_path):
    """Letters with accents count less than plain ones, and must not vanish."""
    line = "El señor Núñez pidió más información según la petición"
    path = write_pdf(tmp_path / "a.pdf", f"BT /F 12 Tf 60 600 Td ({line}) Tj ET")
    assert ocr_page(path, "application/pdf", 1, engine="rapidocr+openvino").text == line
