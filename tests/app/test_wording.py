"""Two texts compared: what both say, and what only one says, in its order."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from vaughn.app.wording import MAX_LINES, PieceKind, compared_words

_TEXTS = st.lists(st.text("ab \n", max_size=30), max_size=8).map(" ".join)


def test_a_changed_word_is_found_between_what_stayed():
    """A reviewer looks for just that in two versions of a memo."""
    found = compared_words("We may detain him.\nSigned", "We shall detain him.\nSigned")
    assert [(piece.kind, piece.first.strip(), piece.second.strip()) for piece in found.pieces] == [
        (PieceKind.SAME, "We", "We"),
        (PieceKind.CHANGED, "may", "shall"),
        (PieceKind.SAME, "detain him.\nSigned", "detain him.\nSigned"),
    ]
    assert (found.same_words, found.first_words, found.second_words) == (4, 5, 5)


def test_what_only_one_has_is_told_of_that_one():
    """A passage that was left out is the point of comparing."""
    assert compared_words("a\nb", "a\nnew line\nb").pieces[1].kind is PieceKind.ONLY_SECOND
    assert compared_words("a\nold line\nb", "a\nb").pieces[1].kind is PieceKind.ONLY_FIRST


def test_line_ends_and_page_ends_are_no_difference():
    """The same letter printed twice breaks its lines elsewhere."""
    assert compared_words("one  two\fthree", "one two\n\nthree").same_words == 3


@settings(max_examples=80, deadline=None)
@given(_TEXTS, _TEXTS)
def test_no_word_of_either_is_lost_and_none_is_made_up(first: str, second: str):
    """Whoever reads only the comparison has read both."""
    found = compared_words(first, second)
    assert " ".join(piece.first for piece in found.pieces).split() == first.split()
    assert " ".join(piece.second for piece in found.pieces).split() == second.split()


def test_a_book_is_compared_to_a_point_and_says_so():
    """Comparing is quadratic; nobody waits for a minute."""
    found = compared_words("a\n" * (MAX_LINES + 1), "a\n")
    assert found.is_cut
    assert found.first_words == MAX_LINES
