"""What a typed query asks, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from tests.fulltext.language.strategies import TEXTS
from vaughn.fulltext.language import Dialect, Near, NumberRange, Or, Pattern, QueryError, Word, read_query, written
from vaughn.model import UsageError


def refused(text, dialect=Dialect.DTSEARCH):
    with pytest.raises(QueryError) as caught:
        read_query(text, dialect=dialect)
    return caught.value


def outcome(text, dialect):
    try:
        return read_query(text, dialect=dialect)
    except QueryError as error:
        return error


def test_the_query_of_the_lawyers_is_one_tree():
    """It is the reason for the language."""
    query = read_query('(joh* or jon) w/5 (doe or "d.h.s.")')
    assert isinstance(query.tree, Near)
    assert query.tree.left == Or((Pattern("joh*"), Word("jon")))
    assert query.written == '(joh* or jon) w/5 (doe or "d h s")'


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("a and b or c", ("(a and b) or c", "a and (b or c)")),
        ("a w/5 b w/3 c", ("(a w/5 b) w/3 c", "a w/5 (b w/3 c)")),
        ("a and b w/5 c", ("a and (b w/5 c)", "(a and b) w/5 c")),
        ("a w/5 b or c", ("(a w/5 b) or c", "a w/5 (b or c)")),
        ("not a or b", ("(not a) or b", "not (a or b)")),
        ("x and (a or b and c)", ("x and (a or (b and c))", "x and ((a or b) and c)")),
        ('"a b" c', ('"a b c"', '"a b" and c', '"a b" or c')),
        ("a\nb", ('"a b"', "a and b", "a or b")),
        ("subject contains a and b", ("subject contains (a) and b", "subject contains (a and b)")),
        ("a not b", ("a and not b", "a or (not b)", '"a not b"')),
        ("(a and b) w/5 (c and d)",
         ("(a w/5 c) and (a w/5 d) and (b w/5 c) and (b w/5 d)", "a and b and c and d and ((a or b) w/5 (c or d))")),
        ("a w/5 (not b)", ("a not w/5 b",)),
        ("24~~12 or x", ("12~~24 or x",)),
        ("date contains (5/6/2010)", ("date contains (2010-05-06)", "date contains (2010-06-05)")),
        ("+a -b", ("a and not b",)),
        ("'cease and desist' or x", ('"cease and desist" or x', "(cease and desist) or x")),
        ("draft xfirstword", ("draft w/1 xfirstword",)),
        ('x or "a b', ("x or \"a b\"",)),
    ],
)  # fmt: skip
def test_what_can_mean_several_things_is_refused_with_all_of_them(text, readings):
    """A reviewer picks one instead of guessing what the program guessed."""
    error = refused(text)
    assert error.readings == readings
    assert [written(read_query(reading).tree) for reading in readings] == list(readings)
    assert isinstance(error, UsageError)
    assert error.exit_code == 2


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", ""),
        ("a and", "and"),
        ("a and (b", "("),
        ("a) and b", ")"),
        ("a and ()", "()"),
        ('say "a', '"'),
        ('""', '""'),
        ("x or *", "*"),
        ("x or **", "**"),
        ("x w/0 y", "w/0"),
        ("a #smith", "#smith"),
        ("a fast&", "fast&"),
        ('"##[0-9]+" x', '"##[0-9]+"'),
        ("apple:5 pie", "apple:5"),
        ("a /s b", "/s"),
        ("bottle contains water", "bottle"),
        ("xfirstword", "xfirstword"),
        ("a not pre/3 b", "not pre/3"),
        ("1.5~~2.5", "1.5~~2.5"),
        ("a%*", "a%*"),
        ("~a", "~a"),
        ("50%", "50%"),
    ],
)
def test_an_error_points_at_the_place(text, part):
    """In a query of 300 characters nobody finds the one parenthesis."""
    error = refused(text)
    assert text[error.at.start : error.at.end] == part
    assert error.message.endswith(".")
    assert error.hint


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("rock 'n' roll and 'tis", '"rock n roll" and tis'),
        ("from contains a and to contains b", "from contains (a) and to contains (b)"),
        ("not subject contains a", "not subject contains (a)"),
        ("apple, pear and (plum)", '"apple pear" and plum'),
        ("a\u200f and\u200f b", "a and b"),
        ("a ａｎｄ （b or c）", "a and (b or c)"),
        ("a w/5, b", "a w/5 b"),
        ("AT&T or john.doe@example.org", '"at t" or "john doe example org"'),
        ("10:30 or 3:16", '"10 30" or "3 16"'),
        ("not-for-profit", '"not for profit"'),
        ("cease \"and\" desist", '"cease and desist"'),
        ("«opt out» or ‹b›", '"opt out" or b'),
        ("a\x00b", '"a b"'),
        ("co\u00adop*", "coop*"),
        ("Résu*", "resu*"),
        ("שלום or *עולם", "שלום or *עולם"),
        ("東京 or ｱｲ", '"東 京" or "ア イ"'),
        ("a**b", "a*b"),
        ("007~~010", "7~~10"),
        ("date contains 2010~~2011 and x", "date contains (2010~~2011) and x"),
        ('bates contains ("A or B"~~ "C  D")', 'bates contains ("A or B"~~C D)'),
        ("TITLE CONTAINS (a)", "subject contains (a)"),
    ],
)  # fmt: skip
def test_what_is_clear_is_read(text, read):
    """What people paste has invisible letters, wide signs and commas in it."""
    assert read_query(text).written == read


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_or_refused_with_a_place(text):
    """Never another error, never another question: what stands for a query is read as the same query."""
    for dialect in Dialect:
        query = outcome(text, dialect)
        if isinstance(query, QueryError):
            assert 0 <= query.at.start <= query.at.end <= len(text)
            assert query.message.isprintable()
            for reading in query.readings:
                assert read_query(reading).written == reading
        else:
            assert read_query(query.written).tree == query.tree
            assert read_query(query.normal_written).normal == query.normal


def test_numbers_are_numbers_in_any_writing():
    """An Arabic typist has other digits on the keys."""
    assert read_query("١٢~~٢٤").tree == NumberRange(12, 24)


@pytest.mark.parametrize("dialect", Dialect, ids=lambda dialect: dialect.value)
def test_a_thousand_parentheses_get_an_answer(dialect):
    """A stack that runs over would take the server with it."""
    assert "nested" in refused("(" * 1000 + "a" + ")" * 1000, dialect).message
    assert read_query("(" * 60 + "a" + ")" * 60, dialect=dialect).tree == Word("a")


def test_a_list_of_many_terms_is_read():
    """Negotiated lists are pasted."""
    tree = read_query(" or ".join(f"term{number}" for number in range(5_000))).tree
    assert isinstance(tree, Or)
    assert len(tree.parts) == 5_000
