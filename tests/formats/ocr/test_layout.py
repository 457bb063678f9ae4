from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vaughn.formats.ocr.layout import Piece, PlacedWord, in_reading_order, text_of


def _piece(text, x, y, *, letter=10.0):
    words, at = [], x
    for spelled in text.split():
        words.append(PlacedWord(spelled, at, y, at + letter * len(spelled), y + 20))
        at += letter * (len(spelled) + 1)
    return Piece(tuple(words), x, at - letter, y + 10, 24.0)


def _text(pieces):
    return text_of(in_reading_order(pieces), points_per_px=(0.36, 0.36)).text


def test_cells_of_a_row_are_read_from_left_to_right():
    """A table is read row by row, however its cells were found."""
    cells = [_piece("1,112.00", 900, 101), _piece("ARMER", 100, 99), _piece("BAIN", 100, 140), _piece("7.00", 900, 140)]
    assert _text(cells) == "ARMER 1,112.00\nBAIN 7.00"


def test_pieces_of_a_line_that_overlap_by_a_letter_stay_in_one_row():
    """The finder cuts a line at a wide gap, and each cut holds a bit of the letter beside it."""
    pieces = [_piece("the form stated: Pending I", 100, 102), _piece("The form also", 345, 100)]
    assert _text(pieces) == "the form stated: Pending I The form also"


def test_columns_of_prose_are_read_to_their_end():
    """The Federal Register has three; read across, no sentence makes sense."""
    lines = [f"column {n} line {row} of prose that fills it" for n in range(3) for row in range(9)]
    places = [(100 + 500 * n, 100 + 40 * row) for n in range(3) for row in range(9)]
    pieces = [_piece(line, *place) for line, place in zip(lines, places, strict=True)]
    head = _piece(
        "A heading that runs across all of the columns of the page and is longer than any of them is wide", 110, 40
    )
    foot = _piece(
        "A foot that runs across all of the columns of the page as well and is longer than any is wide", 110, 600
    )
    shuffled = [*pieces[::2], foot, *pieces[1::2], head]
    expected = [" ".join(word.text for word in piece.words) for piece in (head, *pieces, foot)]
    assert _text(shuffled).split("\n") == expected


def test_a_list_of_short_cells_is_no_column_of_prose():
    """Names beside amounts belong together."""
    cells = [_piece(f"NAME{row}", 100, 40 * row) for row in range(20)]
    cells += [_piece(f"{row}.00", 600, 40 * row) for row in range(20)]
    assert _text(cells).split("\n")[3] == "NAME3 3.00"


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["a", "bc def", "long words stand here now"]), st.integers(0, 2000), st.integers(0, 2000)
        )
    )
)
def test_no_word_is_lost_or_doubled(cells):
    """Whatever the order, every word is there once, and spans fit the text."""
    pieces = [_piece(text, x, y) for text, x, y in cells]
    columns = text_of(in_reading_order(pieces), points_per_px=(1.0, 1.0))
    assert sorted(columns.text.split()) == sorted(word for text, _, _ in cells for word in text.split())
    spelled = [columns.text[start:end] for start, end in zip(columns.starts, columns.ends, strict=True)]
    assert spelled == columns.text.split()
