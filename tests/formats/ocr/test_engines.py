from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from vaughn.formats.content import PageScan
from vaughn.formats.ocr import installed_engine
from vaughn.formats.ocr.tesseract import placed_words, word_rows
from vaughn.formats.pages import ocr_engines
from vaughn.formats.words import pack_columns, unpack_columns
from vaughn.model import PageSize, ToolMissing, UsageError

LINES = ["This page was printed and scanned again,", "and nothing but a picture is left of it.", "Custodian: Smith"]
LETTER = PageSize(612.0, 792.0)
every_engine = pytest.mark.parametrize("name", ocr_engines())


def _scan():
    page = Image.new("L", (1700, 2200), 255)
    draw = ImageDraw.Draw(page)
    for row, line in enumerate(LINES):
        draw.text((200, 500 + 90 * row), line, fill=0, font=ImageFont.load_default(48))
    draw.text((1150, 2090), "EFTA00008529", fill=0, font=ImageFont.load_default(40))
    return PageScan(np.asarray(page), LETTER)


@every_engine
def test_every_engine_reads_a_page_in_order(name):
    """Whichever is installed, the same comes out of it."""
    words = installed_engine(name).read(_scan())
    assert words.text.split("\n") == [*LINES, "EFTA00008529"]


@every_engine
def test_every_engine_tells_where_words_stand(name):
    """A hit is shown on the picture."""
    words = installed_engine(name).read(_scan())
    assert words.text[words.starts[-1] : words.ends[-1]] == "EFTA00008529"
    assert np.allclose(words.boxes[-1], [1150 * 0.36, 2095 * 0.36, 1440 * 0.36, 2135 * 0.36], atol=8)


@every_engine
def test_every_engine_says_how_sure_it_is(name):
    """A reader is warned of words that may be wrong."""
    words = unpack_columns(pack_columns(installed_engine(name).read(_scan())))
    assert len(words.confidences) == len(words)
    assert words.confidences.min() > 60
    assert words.confidences.max() <= 100


@every_engine
def test_every_engine_reads_margins_alone(name):
    """Comparing printed numbers must not cost a whole page of OCR."""
    assert installed_engine(name).read_margins(_scan(), share=0.12).text == "EFTA00008529"


@every_engine
def test_every_engine_finds_nothing_on_a_blank_page(name):
    """It was looked at, and there is nothing."""
    assert len(installed_engine(name).read(PageScan(np.full((2200, 1700), 255, np.uint8), LETTER))) == 0


@every_engine
def test_every_engine_tells_its_version(name):
    """Words are told with who read them."""
    facts = installed_engine(name).facts
    assert facts.name == name
    assert facts.version[0].isdigit()


def test_an_engine_that_nobody_knows_is_refused():
    """A setting may be misspelled."""
    with pytest.raises(UsageError, match="no OCR engine 'abbyy'"):
        installed_engine("abbyy")


def test_an_engine_that_is_not_installed_is_told():
    """A case may come from another machine."""
    missing = {"rapidocr+openvino", "rapidocr+onnxruntime", "tesserocr", "tesseract"} - set(ocr_engines())
    for name in missing:
        with pytest.raises(ToolMissing, match="not installed"):
            installed_engine(name)


def test_rows_of_tesseract_that_are_no_words_are_left_out():
    """Its table also lists blocks and lines; a line cut short must not stop the page."""
    table = "level\tpage_num\n5\t1\t1\t1\t1\t1\t10\t20\t30\t9\t96.5\tTwo\n5\t1\t1\t1\t1\t2\tx\t20\t30\t9\t96\tbad\n5\t1"
    columns = placed_words(word_rows(table), PageScan(np.zeros((792, 612), np.uint8), LETTER))
    assert (columns.text, columns.boxes.tolist(), columns.confidences.tolist()) == ("Two", [[10, 20, 40, 29]], [96])
