"""A pattern stands for the words that fit it, all of them and no others, however it is written."""

from __future__ import annotations

import re
import time
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaughn.fulltext.postings.patterns import matching
from vaughn.fulltext.postings.vocabulary import Vocabulary, vocabulary_arrays


def vocabulary_of(words: set[str]) -> Vocabulary:
    """Return a vocabulary of *words*, each tenth of them joined as well."""
    joined = [
        word.encode() + b"\x02" * (1 + number % 3) for number, word in enumerate(sorted(words)) if not number % 10
    ]
    return Vocabulary(vocabulary_arrays(sorted([word.encode() for word in words] + joined)))


def fitting(vocabulary: Vocabulary, pattern: str) -> list[int]:
    """Return the same by a regular expression on each word."""
    signs = {"*": ".*", "?": ".", "=": "[0-9]"}
    fits = re.compile("".join(signs.get(letter, re.escape(letter)) for letter in pattern), re.DOTALL).fullmatch
    return [number for number in range(len(vocabulary)) if fits(vocabulary.word(number).decode())]


def made_words(letters: str, count: int) -> set[str]:
    random = Random(3)
    return {"".join(random.choices(letters, k=random.randint(1, 9))) for _ in range(count)}


PLAIN = vocabulary_of(made_words("aabcde01", 6000))
MIXED = vocabulary_of(made_words("abé京0", 5000))
FEW = vocabulary_of(made_words("abc0", 60))
PATTERNS = st.text(st.sampled_from("***??=abcde0é京"), min_size=1, max_size=7).filter(lambda text: text.strip("*"))


@pytest.mark.parametrize("vocabulary", [PLAIN, MIXED, FEW], ids=["plain", "mixed", "few"])
@given(PATTERNS)
@settings(max_examples=60, deadline=None)
def test_the_words_of_a_pattern_are_those_that_fit_it(vocabulary, pattern):
    """Looked up, held against each other at once or one by one: no word may be lost on either way."""
    assert matching(vocabulary, pattern).tolist() == fitting(vocabulary, pattern)


def test_an_ending_longer_than_is_ordered_is_read_whole():
    """The order of the endings knows sixteen letters."""
    words = {"x" * count + "internationalization" for count in range(3)} | {"denationalization"}
    vocabulary = vocabulary_of(words)
    found = matching(vocabulary, "*internationalization")
    assert [vocabulary.word(number) for number in found] == sorted(word.encode() for word in words if "inter" in word)


@pytest.mark.parametrize(
    "pattern",
    ["*a" * 99 + "*", "*a" * 90 + "b", "?" * 150 + "*", "*a?" * 60, "a*" * 5000, "*" * 9999 + "a", "*aaa" * 40],
    ids=["any", "end", "signs", "mixed", "long", "stars", "parts"],
)
def test_no_pattern_takes_long(pattern):
    """A pattern that tries every way to divide a word would hang the server for everybody."""
    vocabulary = vocabulary_of({"a" * length + tail for length in range(1, 190) for tail in ("", "b", "c", "ab", "é")})
    began = time.process_time()
    found = matching(vocabulary, pattern)
    assert time.process_time() - began < 2
    assert np.all(np.diff(found) > 0)
