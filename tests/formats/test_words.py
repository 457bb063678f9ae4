from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaughn.formats.pages import FileRefused, pack_words, unpack_columns, unpack_text, unpack_words
from vaughn.formats.words import WordColumns, code_points, pack_columns, runs_of
from vaughn.model import Box, PageText, Span, Word

TENTHS = st.integers(-5_000, 30_000)


def _text():
    return st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@st.composite
def pages(draw):
    text = draw(_text())
    spans = st.tuples(st.integers(0, max(0, len(text) - 1)), st.integers(1, 8))
    words = []
    for start, length in sorted(draw(st.lists(spans, max_size=8))) if text else []:
        x0, y0 = draw(TENTHS), draw(TENTHS)
        box = Box(x0 / 10, y0 / 10, (x0 + draw(st.integers(1, 900))) / 10, (y0 + draw(st.integers(1, 300))) / 10)
        words.append(Word(Span(start, min(len(text), start + length)), box))
    return PageText(text, tuple(words))


def _tenths(page):
    return [[round(10 * side) for side in (w.box.x0, w.box.y0, w.box.x1, w.box.y1)] for w in page.words]


@given(pages())
def test_what_is_packed_comes_back(page):
    """Words are packed once and read for years."""
    back = unpack_words(pack_words(page))
    assert back.text == page.text
    assert [word.span for word in back.words] == [word.span for word in page.words]
    assert _tenths(back) == _tenths(page)


@given(_text())
def test_runs_are_what_split_makes(text):
    """Spans that are not stored must follow from the text alone, whatever blanks it has."""
    starts, ends = runs_of(code_points(text))
    assert [text[start:end] for start, end in zip(starts, ends, strict=True)] == text.split()


def _run_columns(text):
    starts, ends = runs_of(code_points(text))
    boxes = np.array([[10.0 * i, 20.0, 10.0 * i + 8, 31.5] for i in range(len(starts))], dtype=np.float32)
    return WordColumns(text, starts, ends, boxes, are_runs=True)


def test_spans_of_plain_words_take_no_room():
    """A million pages are kept; spans would add a tenth."""
    columns = _run_columns("some words of a page\nand a second line " * 30)
    stored = WordColumns(columns.text, columns.starts + 1, columns.ends, columns.boxes)
    assert len(pack_columns(columns)) < len(pack_columns(stored))


def test_the_text_alone_can_be_read():
    """The full-text index needs no boxes."""
    assert unpack_text(pack_words(PageText("a  b\nc", ()))) == "a  b\nc"


def test_boxes_beyond_sixteen_bits_come_back():
    """Plans and posters are wider than 45 inches."""
    page = PageText("wide", (Word(Span(0, 4), Box(40_000.0, 5.0, 90_000.5, 6.0)),))
    assert unpack_words(pack_words(page)) == page


def test_a_box_thinner_than_a_tenth_is_kept_as_thin_as_can_be():
    """A dot must not vanish."""
    page = PageText(".", (Word(Span(0, 1), Box(1.0, 1.0, 1.01, 1.01)),))
    box = unpack_words(pack_words(page)).words[0].box
    assert (round(box.x1 - box.x0, 3), round(box.y1 - box.y0, 3)) == (0.1, 0.1)


def test_an_empty_page_is_a_few_bytes():
    """Blank pages are many."""
    assert len(pack_words(PageText("", ()))) < 24


@pytest.mark.parametrize(
    "spoil",
    [lambda blob: b"", lambda blob: blob[:9], lambda blob: blob[:-3], lambda blob: b"\x09" + blob[1:],
     lambda blob: blob[:2] + b"\xff" + blob[3:], lambda blob: blob[:6] + b"\xff\xff\xff\x7f" + blob[10:]],
    ids=["empty", "head cut", "tail cut", "later version", "word count", "text length"],
)  # fmt: skip
def test_a_damaged_blob_is_refused(spoil):
    """Damage is told, never shown as words."""
    blob = pack_words(PageText("two words", (Word(Span(0, 3), Box(1, 1, 2, 2)), Word(Span(4, 9), Box(3, 1, 9, 2)))))
    with pytest.raises(FileRefused):
        unpack_columns(spoil(blob))
