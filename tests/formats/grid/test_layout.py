"""Text on the grid: every word is there once, with a box of its own."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaughn.formats.content import PackedPage
from vaughn.formats.grid import CELL_PT, COLUMNS, LINE_PT, MARGIN_PT, MAX_PAGES, PAPER, ROWS, grid_pages, lay_out
from vaughn.formats.words import unpack_words
from vaughn.model import Box, TextSource

# Letters of every width and direction, marks, tabs, line ends, and what has no letters at all.
_LETTERS = st.sampled_from("ab1.,\u00e9\u00df\u0301\u200d\u4e2d\uff21\U0001f600\u05e9\u0633\x01\ud800 \n\t\r\x0b\f")
_TEXTS = st.lists(st.one_of(st.text(_LETTERS, max_size=60), st.text("ab ", max_size=400)), max_size=8).map("".join)


def _words(pages: tuple[PackedPage, ...]) -> list[str]:
    return [word for page in pages for word in unpack_words(page.packed).text.split()]


def _box(text: str, word: str) -> Box:
    page = unpack_words(grid_pages([text])[0].packed)
    return next(one.box for one in page.words if page.text[one.span.start : one.span.end] == word)


def _cells(box: Box) -> tuple[int, int, int]:
    return (
        round((box.y0 - MARGIN_PT) / LINE_PT),
        round((box.x0 - MARGIN_PT) / CELL_PT),
        round((box.x1 - MARGIN_PT) / CELL_PT),
    )


@settings(max_examples=150, deadline=None)
@given(_TEXTS)
def test_every_word_stands_on_some_page_in_order(text: str):
    """Nothing of a record may be lost on its way to paper."""
    assert _words(grid_pages([text])) == text.encode("utf-8", "replace").decode().split()


@settings(max_examples=150, deadline=None)
@given(_TEXTS)
def test_every_word_has_a_box_inside_the_margins_and_none_overlap(text: str):
    """Hits are shown by boxes, so a box must be the place of its word alone."""
    for page in grid_pages([text]):
        words = unpack_words(page.packed).words
        cells = [_cells(word.box) for word in words]
        assert all(0 <= row < ROWS and 0 <= first < last <= COLUMNS + 1 for row, first, last in cells)
        assert len({(row, first) for row, first, _ in cells}) == len(cells) or "\u200d" in text or "\u0301" in text


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 9000), st.integers(0, 70))
def test_the_words_of_a_page_are_its_text_even_where_a_run_is_broken(letters: int, lines: int):
    """A line of code or of Chinese longer than a page is shown in pieces, and not a letter is lost."""
    pages = grid_pages(["\n" * lines + "x" * letters])
    assert sum(page.characters for page in pages) == letters
    for page in pages:
        read = unpack_words(page.packed)
        assert "".join(read.text[word.span.start : word.span.end] for word in read.words) == "".join(read.text.split())


def test_words_stand_where_a_typewriter_would_set_them():
    """A box is arithmetic: column and row."""
    assert _cells(_box("one two\n  three", "two")) == (0, 4, 7)
    assert _cells(_box("one two\n  three", "three")) == (1, 2, 7)


def test_a_tab_goes_on_to_the_next_stop():
    """Columns of a listing stay columns."""
    assert _cells(_box("a\tb\tc", "c")) == (0, 16, 17)
    assert _cells(_box("12345678\tb", "b")) == (0, 16, 17)


def test_wide_letters_take_two_cells_and_marks_none():
    """Chinese is twice as wide as Latin; an accent stands on the letter before it."""
    assert _cells(_box("\u4e2d\u6587 e\u0301a", "\u4e2d\u6587")) == (0, 0, 4)
    assert _cells(_box("\u4e2d\u6587 e\u0301a", "e\u0301a")) == (0, 5, 7)


def test_a_long_line_is_broken_between_words():
    """A paragraph that a mail program sends as one line reads as a paragraph."""
    text = " ".join(f"word{number:03}" for number in range(40))
    assert _cells(_box(text, "word012")) == (1, 0, 7)


def test_a_paragraph_without_blanks_is_several_words_without_a_break_in_the_text():
    """Search must find what goes over the end of a line."""
    (page,) = grid_pages(["\u6f22\u5b57" * 60])
    read = unpack_words(page.packed)
    assert read.text == "\u6f22\u5b57" * 60
    assert [word.span.end - word.span.start for word in read.words] == [50, 50, 20]


def test_a_run_of_letters_is_not_cut_where_a_page_ends_if_the_next_page_holds_it():
    """An address of three lines stays in one piece."""
    first, second = grid_pages(["a\n" * 64 + "x" * 250])
    assert unpack_words(second.packed).text == "x" * 250
    assert first.characters == 64


def test_right_to_left_words_keep_their_order_and_stand_where_they_are_seen():
    """Text is stored as it is read; the picture shows it as it is written."""
    text = "\u05e9\u05dc\u05d5\u05dd 12 abc def \u05e9"
    boxes = [_cells(_box(text, word))[1] for word in text.split()]
    assert boxes == [96, 93, 85, 89, 83]
    assert unpack_words(grid_pages([text])[0].packed).text == text


def test_right_to_left_words_in_a_latin_row_turn_among_themselves():
    """A name in Hebrew inside an English sentence reads from its right end."""
    text = "to \u05d0\u05d1 \u05d2 now"
    assert [_cells(_box(text, word))[1] for word in text.split()] == [0, 5, 3, 8]


def test_a_form_feed_and_a_new_text_begin_a_page():
    """A sheet, a slide, a page of OCR text is a page of its own, also an empty one."""
    pages = grid_pages(["one\fthree words here\f", "", "four"])
    assert [page.characters for page in pages] == [3, 14, 0, 4]
    assert [page.number for page in pages] == [1, 2, 3, 4]
    assert pages[2].source is TextSource.EMPTY
    assert pages[0].size == PAPER


def test_a_desert_of_empty_lines_takes_no_paper():
    """A million line ends between two words must not make fifteen thousand pages."""
    assert len(grid_pages(["a" + "\n" * 1_000_000 + "b"])) == 2


@pytest.mark.parametrize(
    "text", ["x" * 3_000_000, "x " * 1_500_000, "\f".join("x" * 700)], ids=["run", "words", "feeds"]
)
def test_a_text_without_end_is_bounded_and_says_what_found_no_room(text: str):
    """A gigabyte in one line may not become a hundred thousand pages, nor vanish without a word."""
    layout = lay_out([text], max_pages=20)
    assert len(layout.pages) == 20
    assert sum(page.characters for page in layout.pages) + layout.left_out == len(
        text.replace(" ", "").replace("\f", "")
    )


def test_an_ordinary_text_leaves_nothing_out():
    """The limit is far away from any record."""
    assert lay_out(["a b c"]).left_out == 0
    assert MAX_PAGES * ROWS * COLUMNS > 60_000_000
