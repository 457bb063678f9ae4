"""What a text without parentheses can mean: each reading is that text with parentheses put in."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaughn.fulltext.language import QueryError, read_query

JOINS = st.sampled_from(["and", "or", "and not", "or not", "w/5", "pre/3", "not w/2"])
FLAT = st.builds(
    lambda first, joins: first + "".join(f" {join} {'bcdefgh'[place]}" for place, join in enumerate(joins)),
    st.sampled_from(["a", "not a"]),
    st.lists(JOINS, max_size=7),
)


def without_parentheses(text):
    return re.sub(r"[()]", "", text)


@given(FLAT)
@settings(deadline=None)
def test_a_reading_adds_parentheses_and_nothing_else(text):
    """Whoever picks one must find the own words in the own order."""
    try:
        readings = (read_query(text).written,)
    except QueryError as error:
        readings = error.readings
        assert len(set(readings)) == len(readings) <= 6
    assert {without_parentheses(reading) for reading in readings} <= {text}


@pytest.mark.parametrize("join", ["and", "or"])
@pytest.mark.parametrize("other", ["w/5", "pre/3", "not w/2"])
def test_both_readings_of_two_operators_are_there(join, other):
    """Three words have two ways."""
    for first, second in ((join, other), (other, join)):
        with pytest.raises(QueryError) as caught:
            read_query(f"a {first} b {second} c")
        both = {f"(a {first} b) {second} c", f"a {first} (b {second} c)"}
        # Of a place where neither is near, nobody says whether one suffices.
        assert set(caught.value.readings) == both - {"a not w/2 (b and c)"}


@pytest.mark.parametrize(
    "text",
    [
        "a and b and not c and d",
        "a or b or not c",
        "not a and b",
        "not a",
        "a and not b",
        "a w/5 b",
        "((a)) or (((b)))",
    ],
)
def test_what_has_one_reading_is_not_refused(text):
    """Parentheses that change nothing are not asked for."""
    assert read_query(text).tree == read_query(read_query(text).written).tree


def test_a_long_text_is_refused_without_readings():
    """Six copies of a pasted list help nobody."""
    text = " or ".join(f"term{number}" for number in range(400)) + " and last"
    with pytest.raises(QueryError, match="mixed") as caught:
        read_query(text)
    assert caught.value.readings == ()


@pytest.mark.parametrize("join", [" w/5 ", " and b or ", " not w/3 ", "\n", ' "x" '])
@pytest.mark.parametrize("length", [55, 5_000])
def test_a_long_row_of_anything_gets_an_answer(join, length):
    """Trees are walked by recursion: a row of 5,000 distances must not become a tree of that depth."""
    with pytest.raises(QueryError):
        read_query(join.join(["a"] * length))
