"""From a typed text to what is evaluated: one question, or an error with the questions it may be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vaughn.fulltext.language import lexer, lucene
from vaughn.fulltext.language.errors import Dialect, QueryError, Suggestion
from vaughn.fulltext.language.normal import normal
from vaughn.fulltext.language.parser import grouped
from vaughn.fulltext.language.pieces import (
    MAX_LENGTH_WITH_READINGS,
    MAX_OPERATORS_WITH_READINGS,
    MAX_QUERY_LENGTH,
    Operator,
    Piece,
)
from vaughn.fulltext.language.readings import MAX_READINGS, readings
from vaughn.fulltext.language.tree import At, Node
from vaughn.fulltext.language.written import written


@dataclass(frozen=True, slots=True)
class Query:
    """A text, read.

    Args:
        text: As typed.
        tree: What it asks.
        normal: The same, in the form that is evaluated.
    """

    text: str
    dialect: Dialect
    tree: Node
    normal: Node

    @property
    def written(self) -> str:
        """The one text that stands for this question, in the dialect of dtSearch."""
        return written(self.tree)

    @property
    def normal_written(self) -> str:
        """The same for the form that is evaluated."""
        return written(self.normal)


def read_query(text: str, *, dialect: Dialect = Dialect.DTSEARCH) -> Query:
    """Return what *text* asks.

    Raises:
        QueryError: If it asks nothing, several things, or something that is not answered here; with the place, what
            to do, and each question that may be meant as a text in the dialect of dtSearch.
    """
    try:
        return _read(text, dialect)
    except QueryError as error:
        if not error.readings and len(text) <= MAX_LENGTH_WITH_READINGS:
            error.readings = _readable(error.suggestions, text, dialect)
        raise


def _read(text: str, dialect: Dialect) -> Query:
    if len(text) > MAX_QUERY_LENGTH:
        raise QueryError(
            f"The query is longer than {MAX_QUERY_LENGTH:,} characters.",
            at=At(MAX_QUERY_LENGTH, len(text)),
            hint="Ask in several queries.",
        )
    cut = lucene.pieces(text) if dialect is Dialect.LUCENE else lexer.pieces(text)
    is_short = len(text) <= MAX_LENGTH_WITH_READINGS and _operators(cut) <= MAX_OPERATORS_WITH_READINGS
    found = readings(grouped(text, cut), text, dialect=dialect, limit=MAX_READINGS if is_short else 1)
    if found.doubt is None:
        tree = found.trees[0]
        return Query(text, dialect, tree, normal(tree))
    texts = tuple(written(tree) for tree in found.trees if _has_normal(tree)) if is_short else ()
    raise QueryError(found.doubt.message, at=found.doubt.at, hint=found.doubt.hint, readings=texts)


def _operators(cut: Sequence[Piece]) -> int:
    return sum(1 for piece in cut if isinstance(piece, Operator))


def _has_normal(tree: Node) -> bool:
    try:
        normal(tree)
    except QueryError:
        return False
    return True


def _readable(suggestions: Iterable[Suggestion], text: str, dialect: Dialect) -> tuple[str, ...]:
    """Return those of *suggestions* that can be read, written as the question they are read as."""
    found: list[str] = []
    for suggestion in suggestions:
        whole = suggestion.text
        if suggestion.at is not None:
            whole = text[: suggestion.at.start] + suggestion.text + text[suggestion.at.end :]
        try:
            reading = _read(whole, suggestion.dialect or dialect).written
        except QueryError:
            continue
        if reading not in found:
            found.append(reading)
    return tuple(found[:MAX_READINGS])
