"""What the index on disk answers is what plain dictionaries of places answer."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fulltext.brute import text_of
from tests.fulltext.memory_segment import MemoryWords
from tests.fulltext.postings.made import segment_of
from vaughn.fulltext.language.tree import Fuzzy, NumberRange, Pattern, Word
from vaughn.fulltext.postings import StoredText

WORDS = ["a", "ab", "abba", "ba", "de-\nporta-\ntion", "de", "porta", "tion", "deportation", "de-\nporta", "año", "x1"]
WORDS += ["7", "007", "10", "99999999999999999999", "Résumé", "東京", "Ωμέγα", "the", "the", "the"]
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join), min_size=1, max_size=12)
LEAVES = st.one_of(
    st.sampled_from([Word("a"), Word("deportation"), Word("none"), Word("omega"), Word("ωμεγα")]),
    st.text(st.sampled_from("abdeioprt017*?=ωμ京"), min_size=1, max_size=6)
    .filter(lambda pattern: pattern.strip("*"))
    .map(Pattern),
    st.builds(
        Fuzzy,
        st.sampled_from(["a", "abba", "deportation", "portation", "ωμεγα", "resumee"]),
        st.integers(0, 4),
        st.integers(0, 3),
    ),
    st.builds(NumberRange, st.integers(-5, 12), st.one_of(st.integers(-5, 12), st.just(10**30))),
)
quiet = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)


def assert_same(text: StoredText, other: MemoryWords, *, terms: np.ndarray, documents: np.ndarray) -> None:
    """Both answer the same for *terms*, in *documents* and everywhere."""
    assert text.place_counts(terms).tolist() == other.place_counts(terms).tolist()
    assert text.document_counts(terms).tolist() == other.document_counts(terms).tolist()
    assert text.holders_of(terms).sorted_numbers().tolist() == other.holders_of(terms).sorted_numbers().tolist()
    for chosen in (None, documents):
        ours, theirs = text.places_of(terms, documents=chosen), other.places_of(terms, documents=chosen)
        assert ours.starts.tolist() == theirs.starts.tolist()
        size = len(theirs.starts)
        assert np.broadcast_to(ours.widths, size).tolist() == np.broadcast_to(theirs.widths, size).tolist()


@given(TEXTS, st.lists(LEAVES, min_size=1, max_size=5), st.data())
@quiet
def test_words_documents_and_places_are_those_of_plain_dictionaries(tmp_path, texts, leaves, data):
    """One place too few is an answer withheld, one too many a wrong page in court."""
    text = segment_of(tmp_path, texts).text
    other = MemoryWords([text_of(printed) for printed in texts])
    assert text.starts.tolist() == other.starts.tolist()
    chosen = data.draw(st.sets(st.integers(0, len(texts) - 1)))
    documents = np.array(sorted(chosen), np.int64)
    for leaf in leaves:
        terms = text.expand(leaf)
        assert terms.tolist() == other.expand(leaf).tolist(), leaf
        assert_same(text, other, terms=terms, documents=documents)
    for term in range(len(text.vocabulary)):
        assert_same(text, other, terms=np.array([term]), documents=documents)


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """1,500 documents of 40 words, some words in most of them, some in few; and the same in plain dictionaries."""
    random = Random(5)
    words = [f"w{int(random.paretovariate(0.6)) % 1000}" for _ in range(1500 * 40)]
    texts = [" ".join(words[first : first + 40]) for first in range(0, len(words), 40)]
    texts[7] = "hyphen-\nated " * 300
    return segment_of(tmp_path_factory.mktemp("many"), texts).text, MemoryWords([text_of(text) for text in texts])


@pytest.mark.parametrize("count", [0, 1, 5, 24, 25, 300, 1500])
def test_frequent_words_are_read_in_few_and_in_many_documents(many, count):
    """Each way of reading (by bits, by halving, document by document, all) gives the same places."""
    text, other = many
    documents = np.array(sorted(Random(count).sample(range(1500), count)), np.int64)
    frequent = np.argsort(-text.place_counts(np.arange(len(text.vocabulary))), kind="stable")
    for terms in (frequent[:1], frequent[1:2], frequent[:3], frequent[300:301], frequent[[0, 300, 700]]):
        assert_same(text, other, terms=np.sort(terms), documents=documents)


def test_all_words_that_begin_alike_are_asked_at_once(many):
    """A pattern of thousands of words costs no thousands of calls, and none of its places is lost or doubled."""
    text, other = many
    for pattern in ("w1*", "*7", "*2*", "w?", "hyphen*"):
        terms = text.expand(Pattern(pattern))
        assert terms.tolist() == other.expand(Pattern(pattern)).tolist()
        assert len(terms)
        assert_same(text, other, terms=terms, documents=np.arange(0, 1500, 3))


def test_an_expansion_is_remembered_and_cannot_be_changed(many):
    """The same words are asked for again for the hits and for the next page of results."""
    text, _ = many
    found = text.expand(Pattern("w1*"))
    assert text.expand(Pattern("w1*")) is found
    with pytest.raises(ValueError, match="read-only"):
        found[0] = 3
