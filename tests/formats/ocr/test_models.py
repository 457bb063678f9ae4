from __future__ import annotations

import numpy as np
import pytest

from vaughn.model import PageSize

pytest.importorskip("cv2")

from vaughn.formats.ocr.models import Models, weights_of
from vaughn.formats.ocr.page import read_picture
from vaughn.formats.ocr.words import Spelling, words_of_line

LETTER = PageSize(612.0, 792.0)


def _finder(batch):
    """Find one line: a core of 600 by 20 pixels."""
    chance = np.zeros((1, 1, *batch.shape[2:]), dtype=np.float32)
    chance[0, 0, 100:120, 100:700] = 0.9
    return chance


def _reader(text, characters):
    """Read *text* in every line, evenly spread."""

    def read(batch):
        chances = np.zeros((len(batch), batch.shape[3] // 8, len(characters)), dtype=np.float32)
        chances[:, :, 0] = 1.0
        for number, letter in enumerate(text):
            chances[:, 2 + 3 * number] = 0.0
            chances[:, 2 + 3 * number, characters.index(letter)] = 0.99
        return chances

    return read


def _models(text, characters, every_script=None):
    return Models(_finder, _reader(text, characters), characters, weights_of(characters), every_script)


@pytest.mark.parametrize(
    ("latin", "read"),
    [("the agency has said so", "the agency has said so"), (".,", "被拘留者要求获得其档案中的文件副本")],
    ids=["Latin", "Chinese"],
)
def test_a_page_in_another_script_is_read_by_the_larger_reader(latin, read):
    """The reader of Latin letters sees commas in Chinese, and is sure of them."""
    characters = ("", *sorted(set("the agency has said so.,")))
    chinese = "被拘留者要求获得其档案中的文件副本"
    everything = ("", *sorted(set(chinese)))
    page = np.full((792, 960), 255, dtype=np.uint8)
    words = read_picture(page, LETTER, _models(latin, characters, lambda: _models(chinese, everything)))
    assert words.text == read


def test_chinese_signs_stay_together():
    """They stand as wide apart as words do."""
    cut = np.full((50, 400), 255, dtype=np.uint8)
    for start in (10, 110, 210, 310):
        cut[10:40, start : start + 60] = 0
    positions = np.array([0.1, 0.35, 0.6, 0.85])
    spell = [Spelling(text, positions, np.full(4, 0.9)) for text in ("案中文件", "abcd")]
    assert [[word.text for word in words_of_line(one, cut)] for one in spell] == [["案中文件"], ["a", "b", "c", "d"]]


def test_a_wavering_reader_prefers_the_plain_letter():
    """Specks of a fax look like accents; a letter the reader is sure of keeps its accent."""
    characters = ("", "e", "é", "文")
    weights = weights_of(characters)
    wavering, sure = np.array([0.0, 0.3, 0.6, 0.1]), np.array([0.0, 0.02, 0.97, 0.01])
    assert [characters[int((chance * weights).argmax())] for chance in (wavering, sure)] == ["e", "é"]
