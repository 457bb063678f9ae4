"""Words spelled alike are those at a distance, counted by definition."""

from __future__ import annotations

from functools import cache
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fulltext.postings.test_patterns import vocabulary_of
from vaughn.fulltext.postings.spelling import spelled_like


@cache
def distance(one: str, other: str) -> int:
    """Return how many letters must be put in, left out or exchanged."""
    if not one or not other:
        return len(one) + len(other)
    exchanged = distance(one[1:], other[1:]) + (one[0] != other[0])
    return min(exchanged, distance(one[1:], other) + 1, distance(one, other[1:]) + 1)


WORDS = {"".join(Random(n).choices("abcdé", k=n % 9 + 1)) for n in range(700)}
MADE = vocabulary_of(WORDS)
PLAIN = vocabulary_of({word for word in WORDS if word.isascii()})


@given(st.text(st.sampled_from("abcdé"), min_size=1, max_size=10), st.integers(0, 6), st.integers(0, 5))
@settings(max_examples=80, deadline=None)
def test_words_spelled_alike_are_those_at_the_distance(term, edits, fixed):
    """A misread name is found by its distance; one too far is another name."""
    for vocabulary in (MADE, PLAIN):
        expected = [
            number
            for number in range(len(vocabulary))
            if (word := vocabulary.word(number).decode())[:fixed] == term[:fixed] and distance(term, word) <= edits
        ]
        assert spelled_like(vocabulary, term, edits=edits, fixed=fixed).tolist() == expected
