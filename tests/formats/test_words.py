from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaughn.formats.pages import FileRefused, pack_words, unpack_columns, unpack_text, unpack_words
from vaughn.formats.words import (
    NO_CONFIDENCE,
    WordColumns,
    code_points,
    columns_of,
    mean_confidence,
    pack_columns,
    runs_of,
)
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


@given(pages(), st.randoms(use_true_random=False))
def test_how_sure_ocr_was_comes_back(page, chance):
    """A word that may be wrong is marked where it is shown."""
    columns = columns_of(page)
    sure = np.array([chance.choice([0, 60, 100, NO_CONFIDENCE]) for _ in page.words], dtype=np.uint8)
    back = unpack_columns(pack_columns(replace(columns, confidences=sure)))
    assert back.text == columns.text
    assert len(back) == 0 or back.confidences.tolist() == sure.tolist()
    assert back.page_text() == unpack_words(pack_words(page))


_LETTER = PageText(
    "To: Jos\u00e9\nof  ICE",
    (
        Word(Span(0, 3), Box(72.0, 60.5, 90.1, 72.3)),
        Word(Span(4, 8), Box(94.0, 60.1, 118.4, 72.3)),
        Word(Span(9, 11), Box(72.0, 80.0, 81.5, 88.2)),
        Word(Span(13, 16), Box(300.5, 80.1, 322.0, 88.2)),
    ),
)
_PLAIN = (
    "0100040000001100000028b52ffd2031890100546f3a204a6f73c3a90a6f662020494345d027308e0200fe085dfcc70102ff0000b5f45fd7"
    "000000007604d8ff0000ffff"
)
_WIDE = "0103010000000400000028b52ffd201ce1000077696465801a06003200000025a107000a0000000100000003000000"
_SCORED = (
    "0204040000001100000028b52ffd2035a90100546f3a204a6f73c3a90a6f662020494345d027308e0200fe085dfcc70102ff0000b5f45fd7"
    "000000007604d8ff0000ffff6437ff5a"
)


@pytest.mark.parametrize(
    ("blob", "page", "sure"),
    [
        (_PLAIN, _LETTER, None),
        (_WIDE, PageText("wide", (Word(Span(1, 4), Box(40_000.0, 5.0, 90_000.5, 6.0)),)), None),
        (_SCORED, _LETTER, [100, 55, NO_CONFIDENCE, 90]),
    ],
    ids=["version 1", "version 1, wide, with spans", "version 2"],
)
def test_what_earlier_versions_packed_is_read(blob, page, sure):
    """A case is opened for years, by later programs."""
    columns = unpack_columns(bytes.fromhex(blob))
    back = columns.page_text()
    assert (back.text, [word.span for word in back.words]) == (page.text, [word.span for word in page.words])
    assert _tenths(back) == _tenths(page)
    assert (None if columns.confidences is None else columns.confidences.tolist()) == sure
    assert unpack_text(bytes.fromhex(blob)) == page.text


def test_words_that_no_ocr_read_have_no_confidences():
    """What was typed is not marked as doubtful."""
    assert unpack_columns(pack_columns(_run_columns("some words of a page"))).confidences is None


@given(st.integers(60, 70), st.booleans())
def test_pages_of_few_and_of_many_words_come_back(number, is_accented):
    """Long texts are compressed apart from their boxes, short ones together with them."""
    columns = _run_columns(("\u00e9t\u00e9 " if is_accented else "word ") * number)
    back = unpack_columns(pack_columns(columns))
    assert (back.text, back.starts.tolist(), back.ends.tolist()) == (
        columns.text,
        columns.starts.tolist(),
        columns.ends.tolist(),
    )
    assert np.array_equal(back.boxes, columns.boxes)


def test_confidences_cost_a_byte_a_word_at_most():
    """Scans are many."""
    columns = _run_columns("some words of a page " * 60)
    sure = np.arange(len(columns), dtype=np.uint8)
    assert len(pack_columns(replace(columns, confidences=sure))) <= len(pack_columns(columns)) + len(columns)


def test_the_mean_confidence_counts_letters():
    """One sure long word outweighs a doubtful dot."""
    columns = replace(_run_columns("a bcdefghij"), confidences=np.array([0, 100], dtype=np.uint8))
    unsaid = replace(columns, confidences=np.array([NO_CONFIDENCE] * 2, dtype=np.uint8))
    assert (mean_confidence(columns), mean_confidence(unsaid)) == (90, None)
