from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from tests.fulltext import brute
from tests.fulltext.brute import Document, text_of
from tests.fulltext.memory_segment import MemorySegment
from tests.fulltext.random_queries import RandomQueries
from vaughn.fulltext.evaluate import MOST_LEVELS, Evaluation
from vaughn.fulltext.language.tree import (
    And,
    Edge,
    End,
    FieldRange,
    Fuzzy,
    InField,
    Near,
    Node,
    Not,
    NotNear,
    NumberRange,
    Or,
    Pattern,
    Phrase,
    Word,
)
from vaughn.fulltext.matching import Bounds
from vaughn.model import UsageError

A, B, C, D = (Word(letter) for letter in "abcd")
FIRST, LAST = Edge(End.FIRST), Edge(End.LAST)
NEAR_NESTED = Near(Near(A, B, 3), C, 5)
LAID_OUT = Bounds(rare=0)
DOCS = Path(__file__).resolve().parents[2] / "docs" / "how-to"

# What is asked, of which text, and which words (from 0) are marked; none: no answer.
CASES = [
    ("a word", A, "x a x a", [(1, 2), (3, 4)]),
    ("no word", A, "x y", []),
    ("nothing at all", A, "", []),
    ("a phrase", Phrase((A, B)), "a x b a b", [(3, 5)]),
    ("a phrase with itself", Phrase((A, A)), "a a a", [(0, 2), (1, 3)]),
    ("a phrase of alternatives", Phrase((Or((A, B)), C)), "a c b c c", [(0, 2), (2, 4)]),
    ("a phrase of phrases", Phrase((Phrase((A, B)), C)), "a b c b c", [(0, 3)]),
    ("neighbours are 1 apart", Near(A, B, 1), "a x b a", [(2, 3), (3, 4)]),
    ("2 apart is not 1", Near(A, B, 1), "a x b", []),
    ("2 apart is 2", Near(A, B, 2), "a x b", [(0, 1), (2, 3)]),
    ("either order", Near(A, B, 1), "b a", [(0, 1), (1, 2)]),
    ("left first", Near(A, B, 1, is_ordered=True), "b a", []),
    ("a word near itself is another", Near(A, A, 3), "a x x", []),
    ("a word near its like", Near(A, A, 3), "a x a", [(0, 1), (2, 3)]),
    ("a phrase is near from its end", Near(Phrase((A, B)), C, 2), "a b x c", [(0, 2), (3, 4)]),
    ("what overlaps is not near", Near(Phrase((A, B)), Phrase((B, C)), 5), "a b c", []),
    ("not the shortest pair but any pair", NEAR_NESTED, "a x b b x x x x x x c", []),
    ("the longer pair reaches", Near(Near(A, B, 6), C, 2), "a x b x x b x c", [(0, 1), (5, 6), (7, 8)]),
    ("each pair by itself", Near(Near(A, B, 2), C, 2), "b a x c", [(0, 1), (1, 2), (3, 4)]),
    ("near in a phrase marks the words", Phrase((Near(A, B, 2), C)), "a x b c", [(0, 1), (2, 3), (3, 4)]),
    ("not near", NotNear(A, B, 2), "a x b x x a", [(5, 6)]),
    ("not near within either order", NotNear(A, B, 2), "b x a", []),
    ("not near itself is never", NotNear(A, A, 2), "a", []),
    ("not near in near", Near(NotNear(A, B, 1), C, 3), "b a x a c", [(3, 4), (4, 5)]),
    ("not near something near", NotNear(A, Near(B, C, 2), 2), "a b x x a b c", [(0, 1)]),
    ("near the beginning", Near(A, FIRST, 2), "x a a", [(1, 2)]),
    ("near the end", Near(A, LAST, 2), "a a x", [(1, 2)]),
    ("the beginning comes first", Near(A, FIRST, 2, is_ordered=True), "a", []),
    ("not near the end", NotNear(A, LAST, 1), "a x a", [(0, 1)]),
    ("and needs both", And((A, B)), "a", []),
    ("and marks both", And((A, B)), "a b", [(0, 1), (1, 2)]),
    ("or marks what there is", Or((A, B)), "b", [(0, 1)]),
    ("what does not take part is not marked", Or((And((A, B)), C)), "a c", [(1, 2)]),
    ("not marks nothing", And((A, Not(B))), "a", [(0, 1)]),
    ("each place once", Or((A, Pattern("a*"))), "a", [(0, 1)]),
    ("a pattern at the front", Pattern("*tion"), "deport deportation", [(1, 2)]),
    ("a pattern of one letter", Pattern("?a"), "ba a", [(0, 1)]),
    ("a pattern of a digit", Pattern("g2=="), "g28 g281 g2x1", [(1, 2)]),
    ("a word spelled otherwise", Fuzzy("shiendlin", 3, 1), "scheindlin", [(0, 1)]),
    ("a range of numbers", NumberRange(10, 12), "9 10 011 13 1o", [(1, 2), (2, 3)]),
    ("a word broken at a line end, joined", Word("deportation"), "depor-\ntation", [(0, 2)]),
    ("and its halves", Word("depor"), "depor-\ntation", [(0, 1)]),
    ("a phrase goes on after a joined word", Phrase((Word("deportation"), A)), "depor-\ntation a", [(0, 3)]),
    ("a phrase leads to a joined word", Phrase((A, Word("deportation"))), "a depor-\ntation", [(0, 3)]),
]


def documents_of(*texts: str) -> list[Document]:
    return [Document(text_of(text)) for text in texts]


def asked(
    query: Node, documents: Sequence[Document], *, dead: Sequence[int] = (), bounds: Bounds | None = None
) -> tuple[list[int], set[tuple[int, str | None, int, int]]]:
    """Return the numbers of the documents found and the places marked in them."""
    evaluation = Evaluation(query, MemorySegment(documents, dead=dead), bounds=bounds or Bounds())
    found = evaluation.documents()
    places = [
        (int(document), hits.field, int(start), int(end))
        for hits in evaluation.hits(found)
        for document, start, end in zip(hits.documents, hits.starts, hits.ends, strict=True)
    ]
    assert len(places) == len(set(places)), "a place is marked twice"
    return found.tolist(), set(places)


def by_definition(
    query: Node, documents: Sequence[Document]
) -> tuple[list[int], set[tuple[int, str | None, int, int]]]:
    found = [number for number, document in enumerate(documents) if brute.holds(query, document)]
    return found, {(number, *place) for number in found for place in brute.hits(query, documents[number])}


def our_own_documents() -> list[Document]:
    """Return the paragraphs of our how-to pages: real words, freely at hand."""
    paragraphs = [
        paragraph for page in sorted(DOCS.glob("*.md")) for paragraph in page.read_text("utf-8").split("\n\n")
    ]
    return [
        Document(text_of(text), {"subject": text_of(text[:40])} if number % 3 else {})
        for number, text in enumerate(paragraphs)
        if len(text) > 150
    ][:40]


REAL = our_own_documents()
REAL_SEGMENT = MemorySegment(REAL)


@pytest.mark.parametrize(("query", "text", "marked"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_query_marks_exactly_what_the_definition_says(query, text, marked):
    """Each rule of the language, once, by hand; brute force must agree before anything is held to it."""
    places = {(0, None, start, end) for start, end in marked}
    documents = documents_of(text)
    assert by_definition(query, documents) == ([0] if marked else [], places)
    assert asked(query, documents) == ([0] if marked else [], places)
    assert asked(query, documents, bounds=LAID_OUT) == ([0] if marked else [], places)


@pytest.mark.parametrize(("query", "text", "marked"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_neighbour_document_lends_no_words(query, text, marked):
    """The last words of one document and the first of the next are never together."""
    documents = documents_of("b", text, "c", "", "b a", "a")
    assert asked(query, documents) == by_definition(query, documents)
    assert asked(query, documents, bounds=LAID_OUT) == by_definition(query, documents)
    assert (1 in asked(query, documents)[0]) == bool(marked)


@settings(max_examples=200, deadline=None)
@given(st.randoms(use_true_random=False))
def test_random_questions_find_what_brute_force_finds(random: Random):
    """Documents and places, nothing more and nothing less."""
    query = RandomQueries(REAL, random).question()
    evaluation = Evaluation(query, REAL_SEGMENT)
    found, places = by_definition(query, REAL)
    assert evaluation.documents().tolist() == found
    assert Evaluation(query, REAL_SEGMENT, bounds=LAID_OUT).documents().tolist() == found
    marked = {
        (int(document), hits.field, int(start), int(end))
        for hits in evaluation.hits(np.array(found, np.int64))
        for document, start, end in zip(hits.documents, hits.starts, hits.ends, strict=True)
    }
    assert marked == places
    counts = evaluation.hit_counts(np.array(found, np.int64))
    assert counts.tolist() == [sum(place[0] == number for place in places) for number in found]


@settings(max_examples=80, deadline=None)
@given(st.randoms(use_true_random=False))
def test_small_pieces_give_the_same_answer(random: Random):
    """Memory is bounded by looking at few documents, or at a part of one: that must not change what is found."""
    some = random.sample(REAL, 8)
    query = RandomQueries(some, random).placed()
    try:
        found = asked(query, some, bounds=Bounds(places=60, pairs=60, window=8, rare=0))
    except UsageError:
        reject()  # too small even for one stretch: refused, and tested as such below
    assert found == by_definition(query, some)


def test_a_long_document_is_looked_at_part_by_part():
    """Thousands of pairs in one document, 100 of them at most at once."""
    text = " ".join(["a b x b a c y", "z " * 20] * 60) + " d"
    query = NotNear(Near(Near(A, B, 9), C, 9), D, 30)
    documents = documents_of(text, "a b c")
    bounds = Bounds(places=100, pairs=100, window=50, rare=0)
    assert asked(query, documents, bounds=bounds) == asked(query, documents)


def test_what_would_not_fit_is_refused_in_words():
    """Half a million pairs and no way to look at them in parts: a clear error, not a machine that stands still."""
    documents = documents_of("a b " * 50)
    query = Near(Near(Near(A, B, 100), A, 100), B, 100)
    with pytest.raises(UsageError, match="more than 500 pairs") as raised:
        asked(query, documents, bounds=Bounds(pairs=500, window=10))
    assert "smaller distances" in raised.value.hint


def test_a_query_nested_without_end_is_refused():
    """A thousand parentheses are an answer or an error, never a crash."""
    query: Node = A
    for _ in range(5_000):
        query = Near(query, B, 2)
    with pytest.raises(UsageError, match=f"{MOST_LEVELS} levels"):
        Evaluation(query, MemorySegment(documents_of("a b")))


def test_deep_nesting_within_the_limit_is_answered():
    """Ninety levels are read like three."""
    query: Node = A
    for _ in range(MOST_LEVELS - 2):
        query = Near(query, B, 1, is_ordered=True)
    assert asked(query, documents_of("a " + "b " * 200, "a b"))[0] == [0]


def test_deleted_documents_are_not_found():
    """A document taken out of the case is gone, also from what `not` finds."""
    documents = documents_of("a", "a", "b", "b")
    assert asked(A, documents, dead=[0])[0] == [1]
    assert asked(Not(A), documents, dead=[2])[0] == [3]


def test_words_of_a_field_do_not_mix_with_the_text():
    """`subject contains a` is not answered by an `a` in the text, nor by a neighbour's subject."""
    documents = [
        Document(text_of("a b"), {"subject": text_of("c")}),
        Document(text_of("c"), {"subject": text_of("a x b")}),
        Document(text_of("a"), {"subject": text_of("b")}),
    ]
    assert asked(InField("subject", Near(A, B, 2)), documents) == ([1], {(1, "subject", 0, 1), (1, "subject", 2, 3)})
    assert asked(And((A, InField("subject", Not(B)))), documents) == ([0], {(0, None, 0, 1)})


def test_a_field_that_no_document_has_is_empty():
    """Then what must not be in it is not in it."""
    documents = documents_of("a", "b")
    assert asked(InField("cc", A), documents)[0] == []
    assert asked(InField("cc", Not(A)), documents)[0] == [0, 1]
    assert asked(FieldRange("date", "2010", None), documents)[0] == []


def test_columns_outside_the_index_are_asked_by_document():
    """Codes and findings change after the text was entered; they are asked for, not copied."""

    class Codes:
        def documents_where(self, query: Node) -> np.ndarray | None:
            return np.array([1001, 5000]) if isinstance(query, InField) and query.name == "code" else None

    evaluation = Evaluation(
        And((A, InField("code", Word("b5")))), MemorySegment(documents_of("a", "a")), columns=Codes()
    )
    assert evaluation.documents().tolist() == [1]
    assert [hits.documents.tolist() for hits in evaluation.hits(np.array([1]))] == [[1]]


def test_hits_are_found_for_the_documents_asked_for_alone():
    """A page of results costs what it shows."""
    evaluation = Evaluation(Near(A, B, 1), MemorySegment(documents_of("a b", "a b", "a", "b a")))
    assert evaluation.documents().tolist() == [0, 1, 3]
    (hits,) = evaluation.hits(np.array([1, 2]))
    assert hits.documents.tolist() == [1, 1]
    assert evaluation.hit_counts(np.array([1, 2, 3])).tolist() == [2, 0, 2]
