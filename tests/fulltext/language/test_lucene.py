"""The second dialect ends in the same trees, or says what it would mean there."""

from __future__ import annotations

import pytest

from vaughn.fulltext.language import And, Dialect, Fuzzy, Near, Not, Or, QueryError, Word, read_query

A, B, C = Word("a"), Word("b"), Word("c")


def read(text):
    return read_query(text, dialect=Dialect.LUCENE)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a AND b AND NOT c", And((A, B, Not(C)))),
        ("+a +b -c", And((A, B, Not(C)))),
        ("a -b", And((A, Not(B)))),
        ("a NOT b", And((A, Not(B)))),
        ("(a OR b) NOT c", And((Or((A, B)), Not(C)))),
        ("((+a -b) OR c)", Or((And((A, Not(B))), C))),
        ("!a", Not(A)),
        ('"a b"~1', Near(A, B, 2, True)),
        ('"a b"~2', Or((Near(A, B, 3, True), Near(B, A, 1, True)))),
        ('"a a"~3', Near(A, A, 4, True)),
        ("a~0", A),
        ("roam~", Fuzzy("roam", 2, 0)),
        ("roam~1", Fuzzy("roam", 1, 0)),
    ],
)
def test_operators_of_lucene_become_ours(text, tree):
    """Who comes from an open-source search types what is known there."""
    assert read(text).tree == tree


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("a b -c", ("(a or b) and not c", "a and b and not c")),
        ("a OR -b", ("a or (not b)",)),
        ("a - b", ("a and not b",)),
        ('"a b c"~3', ()),
        ("roam~3", ()),
        ("roam~0.5", ()),
        ("/(a+)+b/", ()),
        ("*:*", ()),
        ("http://example.org", ()),
        ("subject:[a TO b]", ()),
        ("date:[2010 TO", ()),
        ("date:201?", ()),
        ("date:>2010", ("date contains (2010~~)",)),
        ("(a OR b)^3", ("a or b",)),
        ("wi=dow", ("wi=dow",)),
        ("subject contains (a)", ("subject contains (a)",)),
        ("++a", ()),
        ("a||b", ("a or b",)),
    ],
)
def test_what_lucene_answers_otherwise_is_refused(text, readings):
    """A query that silently means something else is worse than none."""
    with pytest.raises(QueryError) as caught:
        read(text)
    assert caught.value.readings == readings


@pytest.mark.parametrize(
    "text",
    [
        "+a -b",
        '"a b"~5',
        "a~1",
        "a^2",
        "subject:x",
        "date:[2010 TO 2011]",
        "a && b",
        "a || b",
        "a|b",
        "a&&b",
        "/ab/",
        "/(a)/",
        "[a TO b]",
    ],
)
def test_lucene_in_the_dialect_of_dtsearch_is_noticed(text):
    """There the signs would be punctuation, and another question would be answered."""
    with pytest.raises(QueryError) as caught:
        read_query(text)
    assert caught.value.dialect is Dialect.LUCENE


@pytest.mark.parametrize("text", ["a w/5 b", "a pre/5 b", "ba%nana", "12~~24", "subject contains (a)", "199="])
def test_dtsearch_in_the_dialect_of_lucene_is_noticed(text):
    """The same the other way round."""
    with pytest.raises(QueryError) as caught:
        read(text)
    assert caught.value.dialect is Dialect.DTSEARCH
    assert caught.value.readings == (read_query(text).written,)


def test_an_escaped_sign_is_punctuation_and_an_escaped_letter_a_letter():
    """Programs escape everything they paste."""
    assert read(r"\(1\+1\)\:\a\bc").written == '"1 1 abc"'
    assert read("a\\").tree == A
