"""A query means what it says, or is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaughn.fulltext import Clause, hit_count, hit_spans, read_query
from vaughn.model import UsageError


@pytest.mark.parametrize(
    ("typed", "clauses"),
    [
        ("detainer policy", [("detainer",), ("policy",)]),
        ('"Secure Communities" opt', [("secure", "communities"), ("opt",)]),
        ("“curly quotes”", [("curly", "quotes")]),
        ("552(b)(6)", [("552", "b", "6")]),
        ("salt and pepper", [("salt",), ("and",), ("pepper",)]),
        ("twice Twice", [("twice",)]),
        ("Re: budget, 12:30 (draft)", [("re",), ("budget",), ("12", "30"), ("draft",)]),
        ("100% sure", [("100",), ("sure",)]),
        ("well-known - dash", [("well", "known"), ("dash",)]),
        ('"AND" "w/5"', [("and",), ("w", "5")]),
    ],
)
def test_words_and_phrases_are_what_was_typed(typed, clauses):
    """All words must occur; what stands in quotes, or without a blank, must stand together."""
    assert read_query(typed).clauses == tuple(Clause(terms) for terms in clauses)


@pytest.mark.parametrize(
    "typed",
    [
        "cat AND dog",
        "dog OR",
        "NOT dog",
        "(a OR b)",
        "cat w/5 dog",
        "cat PRE/3 dog",
        "deport*",
        "wom?n",
        "ba%nana",
        "apply~",
        "-draft order",
        "from:smith",
    ],
)
def test_an_operator_of_a_later_version_is_refused_with_a_way_out(typed):
    """Other results without a word would be taken for the answer."""
    with pytest.raises(UsageError) as caught:
        read_query(typed)
    assert caught.value.hint


@pytest.mark.parametrize("typed", ["", "   ", "—", '"open phrase', '""', "x" * 1001], ids=str)
def test_a_query_without_a_word_is_refused(typed):
    """Nothing to look for is a mistake of the caller, not a search without results."""
    with pytest.raises(UsageError):
        read_query(typed)


@pytest.mark.parametrize(
    ("text", "typed", "shown"),
    [
        ("The Résumé, the resume", "resume", ["Résumé", "resume"]),
        ("Mass depor-\ntation order", '"mass deportation"', ["Mass depor-\ntation"]),
        ("a well-\nknown fact", '"well known"', ["well-\nknown"]),
        ("under 552(b)(6) and (b)(6)", "(b)(6)", ["b)(6", "b)(6"]),
        ("aaa aaa aaa", '"aaa aaa"', ["aaa aaa", "aaa aaa"]),
        ("nothing here", "else", []),
    ],
)
def test_hits_stand_where_the_words_stand(text, typed, shown):
    """The boxes on the page are painted from these places."""
    assert [text[span.start : span.end] for span in hit_spans(text, read_query(typed))] == shown


@given(
    st.lists(st.sampled_from(["a", "A", "b", "ä", "a-\nb", "a.b", "c"]), max_size=12).map(" ".join),
    st.sampled_from(["a", "b", '"a b"', '"a a"', 'a "a b"', '"ab" c', "c b a"]),
)
def test_hits_are_counted_as_they_are_shown(text, typed):
    """The number in the list and the boxes on the page must agree."""
    assert hit_count(text, read_query(typed)) == len(hit_spans(text, read_query(typed)))
