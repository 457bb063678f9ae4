"""Signs that mean something in another program and would be taken for punctuation here: refused by name."""

from __future__ import annotations

import re

from vaughn.fulltext.language.errors import Dialect, QueryError, Suggestion, shown
from vaughn.fulltext.language.fields import query_field
from vaughn.fulltext.language.tree import At

_QUOTE_IT = "To look for it as text, put it in quotes."
_DISTANCE = re.compile(r"(?:w|pre|pr|near|nr|onear|adj|within|before|after|win|p)/.*|/(?:[0-9]+|s|p)", re.IGNORECASE)
_OTHER_NEAR = re.compile(r"(?:near|adj|onear|nr|w|within)/?([0-9]{1,6})|/([0-9]{1,6})", re.IGNORECASE)
_JOINED_NEAR = re.compile(r"(?:near|adj|onear)[0-9]+", re.IGNORECASE)
_WEIGHT = re.compile(r"-?[0-9]+")
_NAMED = re.compile(r"([^\W\d]\w*):")
_SIMILAR = re.compile(r"[^\W_]~[0-9.]")
_BOUNDS = re.compile(r"[\[{]\S+\s+TO\s+\S+[\]}]")
_BOOST = re.compile(r"\^[0-9]")
# Operators elsewhere when they stand in capitals and the rest does not.
CAPITALS = frozenset({"NEAR", "ADJ", "ONEAR", "XOR", "SAME", "BUTNOT"})
_MAX_SINGLE_QUOTED = 300
_SINGLE_END = re.compile(r"['’](?![^\s),;])")
_HAS_OPERATOR = re.compile(r"(?<!\S)(?:and|or|not|(?:w|pre)/[0-9]+)(?!\S)", re.IGNORECASE)
_RECOGNISED = frozenset({"date", "mail", "creditcard", "xfilter"})


def refuse_foreign(chunk: str, text: str, at: At) -> None:
    """Raise if *chunk*, at *at* of *text*, is an operator of Lucene or one of dtSearch that is not answered here.

    Raises:
        QueryError: Naming what it would mean elsewhere.
    """
    following = text[at.end : at.end + 1]
    _refuse_single_quotes(chunk, text, at)
    _refuse_distance(chunk, text, at)
    _refuse_dtsearch(chunk, at, following=following)
    _refuse_lucene(chunk, text, at)


def _refuse_single_quotes(chunk: str, text: str, at: At) -> None:
    """Raise if single quotes hold an operator: elsewhere they make a phrase."""
    if chunk[0] not in "'‘":
        return
    inside = text[at.start + 1 : at.start + _MAX_SINGLE_QUOTED]
    end = _SINGLE_END.search(inside)
    if end and _HAS_OPERATOR.search(inside, 0, end.start()):
        whole = At(at.start, at.start + 1 + end.end())
        words = inside[: end.start()]
        raise QueryError(
            "Single quotation marks do not make a phrase.",
            at=whole,
            hint='Use double ones: "cease and desist".',
            suggestions=(Suggestion(f'"{words}"', whole), Suggestion(f"({words})", whole)),
        )


def _refuse_distance(chunk: str, text: str, at: At) -> None:
    is_word = chunk in CAPITALS and not text[:_MAX_SINGLE_QUOTED].isupper()
    if not (is_word or _DISTANCE.fullmatch(chunk) or _JOINED_NEAR.fullmatch(chunk)):
        return
    number = _OTHER_NEAR.fullmatch(chunk)
    suggestions = [Suggestion(f"w/{number[1] or number[2]}", at)] if number else []
    apart = re.compile(r"\s+([0-9]{1,6})(?!\S)").match(text, at.end)
    if chunk.endswith("/") and apart:
        suggestions.append(Suggestion(f"{chunk}{apart[1]}", At(at.start, apart.end())))
    raise QueryError(
        f"{shown(chunk)} is no distance that can be read.",
        at=at,
        hint=f"Write w/5 or pre/5, with a number of words; there are no sentences and paragraphs. {_QUOTE_IT}",
        suggestions=tuple(suggestions),
    )


def _refuse_dtsearch(chunk: str, at: At, *, following: str) -> None:
    lower = chunk.lower()
    if chunk.startswith("##"):
        raise QueryError("## asks for a regular expression.", at=at, hint="Use the signs * ? = instead.")
    if chunk.startswith("#") or chunk.endswith("#"):
        raise QueryError(
            f"{shown(chunk)} asks for words that sound alike.",
            at=at,
            hint=f"Use % for words spelled alike: sm%ith. {_QUOTE_IT}",
        )
    if chunk == "&":
        raise QueryError(
            "& is no operator.", at=at, hint=f"Write and. {_QUOTE_IT}", suggestions=(Suggestion("and", at),)
        )
    if chunk != "&&" and (chunk.startswith("&") or chunk.endswith("&")):
        raise QueryError(
            f"{shown(chunk)} asks for words that mean the same.",
            at=at,
            hint=f"Write them out: (fast or quick or rapid). {_QUOTE_IT}",
        )
    if lower == "andany":
        raise QueryError(
            "“andany” marks words that need not be there; here every word counts.", at=at, hint="Use and or or."
        )
    if lower == "and/or":
        raise QueryError(
            "“and/or” is two operators.",
            at=at,
            hint="Write or, which includes both.",
            suggestions=(Suggestion("or", at), Suggestion("and", at)),
        )
    word, colon, number = chunk.partition(":")
    if colon and _WEIGHT.fullmatch(number) and any(letter.isalpha() for letter in word):
        raise QueryError(
            f"{shown(chunk)} gives a word a weight; results are not ranked by weights here.",
            at=at,
            hint=f"Leave the number out. {_QUOTE_IT}",
            suggestions=(Suggestion(word, at),),
        )
    if following == "(" and lower in _RECOGNISED:
        raise QueryError(
            f"{shown(chunk + '()')} asks for things recognised in the text.",
            at=at,
            hint="Write date contains (2010-01-01) for the day of a document; words of the text as they stand there.",
        )


def _refuse_lucene(chunk: str, text: str, at: At) -> None:
    name = _NAMED.match(chunk)
    following = text[at.end : at.end + 1]
    sign = None
    if "&&" in chunk or "|" in chunk:
        sign = "&&" if "&&" in chunk else "|"
    elif chunk[0] in "+-!" and (chunk[1:2].isalnum() or _begins(chunk, following)):
        sign = chunk[0]
    elif _SIMILAR.search(chunk) or (chunk.startswith("~") and text[at.start - 1 : at.start] == '"'):
        sign = "~" + chunk.rpartition("~")[2]
    elif _BOOST.search(chunk):
        sign = "^"
    elif (len(chunk) > 2 and chunk[0] == chunk[-1] == "/") or (chunk == "/" and following in {'"', "("}):
        sign = "/ /"
    elif _BOUNDS.match(text, at.start):
        sign = chunk[0]
    elif name and (following in {'"', "("} if chunk == name[0] else query_field(name[1])):
        sign = name[0]
    if sign is None:
        return
    raise QueryError(
        f"{shown(sign)} is written as in Lucene; it means nothing here.",
        at=at,
        hint=f"Choose the dialect of Lucene, or write it with and, or, not, w/N and contains. {_QUOTE_IT}",
        dialect=Dialect.LUCENE,
        suggestions=(Suggestion(text, dialect=Dialect.LUCENE),),
    )


def _begins(chunk: str, following: str) -> bool:
    return len(chunk) == 1 and following in {'"', "("}
