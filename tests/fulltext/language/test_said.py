"""A query in plain words, in two languages."""

from __future__ import annotations

import dataclasses
from string import Formatter

import pytest
from hypothesis import given, settings

from tests.fulltext.language.strategies import TYPED
from vaughn.fulltext.language import QUERY_FIELDS, read_query, said
from vaughn.fulltext.language.phrases import ENGLISH, SPANISH


@pytest.mark.parametrize(
    ("text", "spanish"),
    [
        ("detainer", "Documentos con «detainer»."),
        ("not detainer", "Documentos sin «detainer»."),
        (
            "(joh* or jon) w/5 doe",
            "Documentos con [palabras que empiezan por «joh» o «jon»] a 5 palabras o menos de «doe».",
        ),
        ("a and not b and c", "Documentos con «a» y sin «b» y «c»."),
        ("a or b or c", "Documentos con «a», «b» o «c»."),
        ("date contains (2010~~2011)", "Documentos con fecha de 2010 a 2011."),
        ("subject contains (a)", "Documentos con «a» en el campo «asunto»."),
        (
            "run~ pre/1 12~~24",
            "Documentos con formas de la palabra «run» inmediatamente antes de números enteros de 12 a 24.",
        ),
        (
            "ba%nana",
            "Documentos con palabras parecidas a «banana», con una letra distinta como máximo, que empiezan por «ba».",
        ),
    ],
)
def test_a_query_is_told_in_spanish(text, spanish):
    """Half of the readers of the published cases read Spanish."""
    assert said(read_query(text).tree, language="es") == spanish


def test_an_unknown_language_is_told_in_english():
    """A sentence is better than none."""
    assert said(read_query("a").tree, language="xx") == "Documents with “a”."


def test_both_languages_say_the_same_things():
    """A blank forgotten in one language drops a word of the query there."""
    blanks = [
        {
            field.name: sorted({name for _, name, _, _ in Formatter().parse(getattr(one, field.name)) if name})
            for field in dataclasses.fields(one)
            if field.name not in {"language", "fields"}
        }
        for one in (ENGLISH, SPANISH)
    ]
    assert blanks[0] == blanks[1]
    assert set(ENGLISH.fields) == set(SPANISH.fields) == {field.name for field in QUERY_FIELDS}


@given(TYPED)
@settings(deadline=None)
def test_any_tree_can_be_told(tree):
    """The summary of a search has a sentence for each query that was run."""
    for language in ("en", "es"):
        told = said(tree, language=language)
        assert told.endswith(".")
        assert told.count("[") == told.count("]")
