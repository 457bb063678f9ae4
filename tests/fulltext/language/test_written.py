"""A tree as text is read as the same tree."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from tests.fulltext.language.strategies import TYPED
from vaughn.fulltext.language import QueryError, normal, read_query, written


@given(TYPED)
@settings(max_examples=150, deadline=None)
def test_what_is_written_is_read_as_the_same_tree(tree):
    """The record of a search keeps the text; it must be the question that was asked."""
    text = written(tree)
    try:
        expected = normal(tree)
    except QueryError:
        with pytest.raises(QueryError):
            read_query(text)
        return
    query = read_query(text)
    assert query.tree == tree
    assert query.normal == expected
