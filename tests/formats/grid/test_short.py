"""Short plain pages: the same as from the machinery for all texts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaughn.formats.grid import COLUMNS, ROWS, lay_out
from vaughn.formats.grid.short import short_page
from vaughn.formats.words import unpack_words

_LINES = st.one_of(
    st.text(alphabet="ab ,.é“\t", max_size=COLUMNS),
    st.text(alphabet="ab ", max_size=3 * COLUMNS),
    st.lists(st.sampled_from(["a", "bcd" * 9, " ", "\t", "é" * COLUMNS]), max_size=40).map(" ".join),
)
# Ends a text with a blank that is none of plain text: no word, and only the general way knows it.
_FOREIGN_BLANK = "\u3000"


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(_LINES, max_size=ROWS).map("\n".join))
def test_a_short_page_is_the_page_of_the_general_way(text):
    """Stored pages must not depend on which of the two ways made them."""
    short = short_page(text, number=1)
    general = lay_out([text + _FOREIGN_BLANK]).pages
    assert short is None or [short] == list(general)


def test_every_letter_it_takes_is_one_cell_wide():
    """A letter of two cells would move the rest of its line."""
    taken = [letter for letter in map(chr, range(0x21, 0x3000)) if short_page(letter, number=1) is not None]
    assert len(taken) > 500
    for letter in taken:
        assert [short_page(f"{letter} a", number=1)] == list(lay_out([f"{letter} a{_FOREIGN_BLANK}"]).pages), hex(
            ord(letter)
        )


def test_words_stand_where_their_letters_do():
    """Column and row give the box."""
    page = short_page("\n ab  c\nd", number=3)
    assert page is not None
    assert page.number == 3
    boxes = [(word.box.x0, word.box.y0, word.box.x1, word.box.y1) for word in unpack_words(page.packed).words]
    assert [tuple(round(value, 1) for value in box) for box in boxes] == [
        (41.4, 47.0, 52.2, 58.0),
        (63.0, 47.0, 68.4, 58.0),
        (36.0, 58.0, 41.4, 69.0),
    ]


@pytest.mark.parametrize(
    "text", ["", " \n ", "a\xa0b", "日", "e\u0301", "a" * (COLUMNS + 1), "a\n" * (ROWS + 1), "a\rb"]
)
def test_other_texts_are_left_to_the_general_way(text):
    """It answers only for what it is sure of."""
    assert short_page(text, number=1) is None
