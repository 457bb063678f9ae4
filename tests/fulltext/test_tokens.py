"""Words are cut and folded the same way wherever they are looked at."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaughn.fulltext.tokens import (
    MAX_TERM_LENGTH,
    BrokenWord,
    cut_length,
    folded,
    joined_terms,
    terms,
    tokens,
    word_bytes,
    words_and_joined,
)

# Letters that have made trouble in such code: ligatures, marks, digits of other scripts, joiners, line ends, halves.
TRICKY = st.text(
    st.one_of(
        st.sampled_from("aZ9 -\n\r\t.'éÉßİıøŁﬁ½①㎏が\u3099か東京ก้\u0301\u0327\u00ad\u200d\u200b\x02\ufffe²٣१क्षि\x00_"),
        st.characters(exclude_categories=()),
    ),
    max_size=60,
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Secure Communities", ["secure", "communities"]),
        ("RÉSUMÉ re\u0301sume\u0301 resume", ["resume", "resume", "resume"]),
        ("ﬁle Straße ＦＯＩＡ", ["file", "strasse", "foia"]),
        ("Łódź, Ærø; İstanbul", ["lodz", "aero", "istanbul"]),
        ("552(b)(6) don’t U.S.C.", ["552", "b", "6", "don", "t", "u", "s", "c"]),
        ("½ ① ٣ ICE_2010", ["1", "2", "1", "3", "ice", "2010"]),
        ("東京 ひが", ["東", "京", "ひ", "が"]),
        ("co\u00adoperate zero\u200dwidth", ["cooperate", "zerowidth"]),
        ("", []),
        ("— … •", []),
    ],
    ids=["plain", "accents", "compatibility", "strokes", "punctuation", "digits", "unspaced", "soft", "empty", "marks"],
)
def test_words_are_runs_of_letters_and_digits_without_case_and_accents(text, words):
    """People type `resume` and mean `RÉSUMÉ`; a ligature is no other word."""
    assert terms(text) == words


def test_a_word_broken_at_a_line_end_is_read_both_ways():
    """A hyphen there may belong to the word (well-known) or not (depor-tation); nobody can tell for sure."""
    text = "of depor-\r\ntation, 2010-\n11"
    assert terms(text) == ["of", "depor", "tation", "2010", "11"]
    assert joined_terms(text) == ["of", "deportation", "2010", "11"]
    assert joined_terms("well-known\n") is None


@given(TRICKY)
def test_places_and_words_agree(text):
    """The index takes words without places, the page shows places: both must cut alike."""
    found = tokens(text)
    assert [token.term for token in found] == terms(text)
    both = joined_terms(text)
    if both is not None:
        assert [token.term for token in tokens(text, joined=True)] == both


@given(TRICKY)
def test_places_are_in_order_and_inside_the_text(text):
    """A place outside the text would paint a box nowhere."""
    last = 0
    for token in tokens(text):
        assert last <= token.start < token.end <= len(text) or token.end - token.start == 1
        assert token.term
        assert not any(letter.isspace() for letter in token.term)
        assert len(token.term) <= MAX_TERM_LENGTH
        last = token.start


@given(st.text(st.sampled_from("abcéñüÅß ôçø.-"), max_size=40))
def test_composed_and_decomposed_letters_are_the_same_words(text):
    """PDF text layers write accents either way."""
    assert terms(unicodedata.normalize("NFD", text)) == terms(unicodedata.normalize("NFC", text))


@given(TRICKY)
def test_a_word_is_a_word_of_itself(text):
    """The text that stands for a query is cut again when it is read; half-width kana once became other words."""
    assert all(terms(term) == [term] for term in terms(text))
    assert [term[:MAX_TERM_LENGTH] for term in folded(text).split(" ") if term] == terms(text)


def test_kana_is_one_word_a_letter_in_any_width():
    """`ｱｲ` and `アイ` are the same letters."""
    assert terms("ｱｲ ㌔") == terms("アイ キロ")


@given(TRICKY)
def test_words_as_bytes_are_the_same_words(text):
    """The index is fed the quick way, queries and highlights the other."""
    assert [cut_length(word).decode() for word in word_bytes(text)] == terms(text)
    assert [cut_length(word).decode() for word in words_and_joined(text)[0]] == terms(text)


@given(TRICKY)
def test_joined_words_in_the_place_of_their_pieces_are_the_other_reading(text):
    """A joined word begins where its first piece stands and is as wide as its pieces are many."""
    printed, (words, joined) = terms(text), words_and_joined(text)
    reading, place = [], 0
    for broken in joined:
        assert broken.first >= place
        assert broken.width >= 2
        reading += [*printed[place : broken.first], broken.term]
        place = broken.first + broken.width
    assert len(words) == len(printed)
    assert reading + printed[place:] == (joined_terms(text) or printed)


def test_a_word_broken_twice_is_joined_once():
    """A narrow column breaks long words more than once."""
    words, joined = words_and_joined("an in-\nter-\nnational de-\nportation, well-\n1")
    assert words == b"an in ter national de portation well 1".split()
    assert joined == [BrokenWord(1, 3, "international"), BrokenWord(4, 2, "deportation")]
