"""How a query is refused: where, why, what to do, and which questions may have been meant."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from vaughn.fulltext.language.tree import At
from vaughn.model import UsageError

_SHOWN_LENGTH = 40


class Dialect(Enum):
    """Whose way of writing a query follows."""

    DTSEARCH = "dtsearch"
    LUCENE = "lucene"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What may have been meant; whether it can be read at all is not known yet.

    Args:
        text: The whole query, or what should stand at *at* instead.
        dialect: Whose; `None` is that of the query.
    """

    text: str
    at: At | None = None
    dialect: Dialect | None = None


class QueryError(UsageError):
    """A query that is not answered, because it could mean several things or nothing.

    Args:
        message: What is wrong.
        hint: What to do next.
        at: The part of the typed text that is meant.
        readings: The questions it may ask, each as a text that is read without an error.
        dialect: The dialect the query seems to be written in, if that is another one.
        suggestions: Texts that may become readings; whoever reads the whole query tries them.
    """

    def __init__(
        self,
        message: str,
        *,
        at: At,
        hint: str,
        readings: tuple[str, ...] = (),
        dialect: Dialect | None = None,
        suggestions: tuple[Suggestion, ...] = (),
    ) -> None:
        super().__init__(message, hint=hint)
        self.at = at
        self.readings = readings
        self.dialect = dialect
        self.suggestions = suggestions


def shown(piece: str) -> str:
    """Return *piece* of a query as it can be printed anywhere: short, in one line, without control characters."""
    short = piece if len(piece) <= _SHOWN_LENGTH else piece[: _SHOWN_LENGTH - 1] + "…"
    return "“" + "".join(letter if letter.isprintable() else "\ufffd" for letter in short) + "”"
