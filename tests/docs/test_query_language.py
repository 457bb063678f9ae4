"""The page of the query language must say what the program reads."""

from __future__ import annotations

import re

import pytest

from tests.house.source import ROOT
from vaughn.fulltext.language import QUERY_FIELDS, Dialect, QueryError, read_query, said
from vaughn.fulltext.language.pieces import MAX_DEPTH, MAX_PIECES, MAX_QUERY_LENGTH

PAGE = (ROOT / "docs/reference/query-language.md").read_text("utf-8")
OURS, LUCENES = PAGE.split("## The dialect of Lucene")
PARTS = [(Dialect.DTSEARCH, OURS), (Dialect.LUCENE, LUCENES)]


def rows(head):
    """Return (dialect, cells) of each row of the tables that begin with *head*."""
    return [
        (dialect, [cell.strip() for cell in re.split(r"(?<!\\)\|", row)[1:-1]])
        for dialect, part in PARTS
        for table in re.findall(rf"^{re.escape(head)}.*\n\|[-|]+\n((?:\|.*\n)+)", part, re.M)
        for row in table.splitlines()
    ]


def typed(cell):
    return re.findall(r"`([^`]+)`", cell.replace("\\|", "|"))


READ = rows("| you type | is read as |")
REFUSED = rows("| you type | why |")


def test_the_page_has_its_tables():
    """A test over no rows would be green."""
    assert len(READ) > 50
    assert len(REFUSED) > 20


@pytest.mark.parametrize(("dialect", "cells"), READ, ids=[cells[0] for _, cells in READ])
def test_an_example_is_read_as_the_page_says(dialect, cells):
    """Readers copy examples."""
    query = read_query(typed(cells[0])[0], dialect=dialect)
    assert [query.written] == typed(cells[1])
    assert read_query(query.written).tree == query.tree
    if dialect is Dialect.DTSEARCH:
        assert said(query.tree) == cells[2]


@pytest.mark.parametrize(("dialect", "cells"), REFUSED, ids=[cells[0] for _, cells in REFUSED])
def test_an_example_is_refused_as_the_page_says(dialect, cells):
    """The reading one picks must be the one that is shown."""
    with pytest.raises(QueryError) as caught:
        read_query(typed(cells[0])[0], dialect=dialect)
    assert caught.value.message == cells[1]
    assert list(caught.value.readings) == typed(cells[2])


def test_every_field_is_on_the_page():
    """Nobody guesses the name of a field."""
    table = dict(re.findall(r"^\| `(\w+)` \| (.*?) \| (?:words|a day|a Bates number) \|$", PAGE, re.M))
    assert {name: tuple(typed(others)) for name, others in table.items()} == {
        field.name: field.other_names for field in QUERY_FIELDS
    }


def test_the_limits_are_on_the_page():
    """Who pastes a list must know."""
    assert f"more than {MAX_DEPTH} deep" in PAGE
    assert f"more than {MAX_QUERY_LENGTH:,} characters or {MAX_PIECES:,} words and operators" in PAGE
