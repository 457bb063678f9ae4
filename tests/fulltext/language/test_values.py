"""Days and Bates numbers, and ranges of them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaughn.fulltext.language import Dialect, FieldRange, Or, QueryError, read_query, written


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("date contains (2010-02-28)", FieldRange("date", "2010-02-28", "2010-02-28")),
        ("date contains 2010-02", FieldRange("date", "2010-02", "2010-02")),
        ("date contains (~~2010)", FieldRange("date", None, "2010")),
        ("date contains ( 2010 ~~ 2011 )", FieldRange("date", "2010", "2011")),
        ("date contains (2010-05~~2010)", FieldRange("date", "2010-05", "2010")),
        ("date contains (2009 OR 2011)", Or((FieldRange("date", "2009", "2009"), FieldRange("date", "2011", "2011")))),
        ("bates contains (ICE  0004521)", FieldRange("bates", "ICE 0004521", "ICE 0004521")),
        ('bates contains "ICE 1"', FieldRange("bates", "ICE 1", "ICE 1")),
        ('bates contains ("ICE (1)"~~"ICE (9)")', FieldRange("bates", "ICE (1)", "ICE (9)")),
        ("bates contains (ice-1)", FieldRange("bates", "ice-1", "ice-1")),
    ],
)
def test_a_value_is_kept_as_typed(text, tree):
    """What it means is known where the field is: a month has another last day each year."""
    assert read_query(text).tree == tree


@pytest.mark.parametrize(
    "text",
    [
        "date contains (2010-02-30)",
        "date contains (2010-13)",
        "date contains (0000)",
        "date contains (yesterday)",
        "date contains (2011~~2010)",
        "date contains (2010~~2011~~2012)",
        "date contains (~~)",
        "date contains ()",
        "date contains (2010 or)",
        "date contains (2010 and 2011)",
        "date contains (not 2010)",
        "date contains 2010 2011",
        "bates contains ICE 0004521",
        "bates contains ((A~~B) or (C~~D))",
        "bates contains (A\x00B)",
        "bates contains (A\ud800)",
        'bates contains ("A',
        "bates contains (A",
        "bates contains",
        "date contains and x",
    ],
)
def test_what_is_no_value_is_refused(text):
    """A day that is not there would find nothing, and nobody would know why."""
    with pytest.raises(QueryError) as caught:
        read_query(text)
    assert 0 <= caught.value.at.start <= caught.value.at.end <= len(text)


@given(st.text(max_size=12))
@settings(deadline=None)
def test_any_value_comes_back_or_is_refused(value):
    """Bates numbers of strangers hold blanks, signs and words."""
    for text, dialect in ((f'bates contains ("{value}")', Dialect.DTSEARCH), (f'bates:"{value}"', Dialect.LUCENE)):
        try:
            tree = read_query(text, dialect=dialect).tree
        except QueryError:
            continue
        assert read_query(written(tree)).tree == tree
