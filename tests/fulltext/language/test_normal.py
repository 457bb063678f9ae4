"""The form that is evaluated has the same answer as the one that was typed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from tests.fulltext.language.strategies import TYPED
from vaughn.fulltext.language import (
    And,
    Edge,
    InField,
    Near,
    Not,
    NotNear,
    Or,
    QueryError,
    normal,
    parts_within,
    read_query,
    written,
)


@pytest.mark.parametrize(
    ("text", "evaluated"),
    [
        ("(a and b) and c", "a and b and c"),
        ("(a or b) or (c or (d or e))", "a or b or c or d or e"),
        ("(a and b) w/5 c", "(a w/5 c) and (b w/5 c)"),
        ("c pre/5 (a and b)", "(c pre/5 a) and (c pre/5 b)"),
        ("(a and b) not w/5 c", "(a not w/5 c) and (b not w/5 c)"),
        ("(x or (a and b)) w/5 c", "(x w/5 c) or ((a w/5 c) and (b w/5 c))"),
        ("((a and b) w/3 c) w/5 d", "((a w/3 c) w/5 d) and ((b w/3 c) w/5 d)"),
        ("d w/5 (c w/3 (a and b))", "(d w/5 (c w/3 a)) and (d w/5 (c w/3 b))"),
        ("subject contains ((a and b) w/5 c)", "subject contains ((a w/5 c) and (b w/5 c))"),
        ("not (a and (b and c))", "not (a and b and c)"),
    ],
)
def test_and_is_taken_out_of_distances_and_chains_are_flat(text, evaluated):
    """Whoever evaluates has fewer cases, and the user sees what is run."""
    query = read_query(text)
    assert query.normal_written == evaluated
    assert query.written == text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("(a and b) w/5 (c and d)", "both sides"),
        ("(a and b) w/5 (c w/3 (d and e))", "both sides"),
        ("a w/5 (b or not c)", "beside w/N"),
        ("a w/5 (b w/3 (not c))", "beside w/N"),
        ("a not w/5 (b and c)", "after not w/N"),
        ("a w/5 (subject contains (b))", "no place"),
        ("a w/5 (date contains (2010))", "no place"),
        ("subject contains (a and (date contains (2010)))", "inside another"),
        ("a and xfirstword", "is a place"),
        ("not xlastword", "is a place"),
        ("xfirstword w/5 xlastword", "without any word"),
        ("a w/9 (xfirstword w/5 xlastword)", "without any word"),
        ("xfirstword w/5 (a or xlastword)", "without any word"),
        ("xfirstword w/5 (a and xlastword)", "without any word"),
        ("xfirstword not w/5 a", "without any word"),
    ],
)
def test_what_has_no_meaning_is_refused(text, message):
    """Better no answer than one to another question."""
    with pytest.raises(QueryError, match=message) as caught:
        read_query(text)
    assert 0 <= caught.value.at.start < caught.value.at.end <= len(text)


def test_two_parts_of_one_field_are_offered_in_one():
    """The likely meaning, a keystroke away."""
    with pytest.raises(QueryError) as caught:
        read_query("(subject contains (opt)) w/3 (subject contains (out))")
    assert caught.value.readings == ("subject contains (opt w/3 out)",)


def test_a_list_on_each_side_is_refused_before_it_fills_the_memory():
    """5,000 words with and, near 5,000 others, are 25 million distances."""
    words = [f"t{number}" for number in range(5_000)]
    with pytest.raises(QueryError, match="Too many"):
        read_query(f"({' and '.join(words)}) w/5 ({' or '.join(words)})")


@given(TYPED)
@settings(max_examples=150, deadline=None)
def test_a_normal_tree_has_nothing_left_to_change(tree):
    """Evaluation trusts it without looking."""
    try:
        result = normal(tree)
    except QueryError:
        return
    assert normal(result) == result
    for node in parts_within(result):
        if isinstance(node, And | Or):
            assert len(node.parts) > 1
            assert not any(isinstance(part, type(node)) for part in node.parts)
        if isinstance(node, Near | NotNear):
            inside = [*parts_within(node.left), *parts_within(node.right)]
            assert not any(isinstance(part, And | Not | InField) for part in inside)
    assert {str(part) for part in parts_within(tree) if isinstance(part, Edge)} <= {
        str(part) for part in parts_within(result)
    }
    assert read_query(written(result)).normal == result
