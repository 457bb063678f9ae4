"""What two sources, or a source and the calendar, say differently: the type, and the words all rules use."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from vaughn.lawsuit.suit import Said
from vaughn.model import Confidence, Rank

# A value longer than this is named, not quoted.
_QUOTED_LETTERS = 120
STRONG = (Confidence.CONFIRMED, Confidence.STATED, Confidence.NOT_CONFIRMED)
"""What a source itself says; the others are conclusions."""


class Rule(Enum):
    """What kind of difference it is."""

    UNREADABLE = "value cannot be read"
    VALUES = "different values"
    SETS = "different things named"
    TWICE = "same title twice"
    LACKING = "not on the case page"
    ORDINAL = "quarter of the title"
    DURATION = "stated duration"
    SPELLING = "name spelled otherwise"
    ADDRESS = "address written otherwise"
    HOLIDAY = "on a legal holiday"
    SERVICE = "on time only if served later"
    STATE = "stated state"
    PARTLY = "some of those concerned"
    AFTER_END = "entries after the end"


class Weight(Enum):
    """Whether both cannot be true, or it is only worth a look."""

    CONTRADICTION = "contradiction"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Something told in two ways.

    Args:
        reference: The entity it is about, the first of several.
        field: The field it is about, `None` if it is about none of its own.
        text: The difference in a sentence or two, with the sources by name.
        says: The statements that differ, those that count first; empty where the calendar alone speaks.
        is_settled: A person has chosen one of the values; both are shown all the same.
    """

    rule: Rule
    weight: Weight
    reference: str
    field: str | None
    text: str
    says: tuple[Said, ...]
    is_settled: bool = False

    @property
    def key(self) -> str:
        """What stays the same from one listing to the next."""
        return f"{self.rule.name.lower()}:{self.reference}:{self.field or ''}"


def quoted(value: str) -> str:
    """Return *value* in quotes, cut if it is long."""
    return f"“{cut(value)}”"


def cut(text: str) -> str:
    """Return *text* as one line, cut if it is long."""
    line = " ".join(text.split())
    return line if len(line) <= _QUOTED_LETTERS else f"{line[:_QUOTED_LETTERS].rstrip()} …"


def by_whom(says: Iterable[Said]) -> str:
    """Return the titles of the sources, each once, in the order given."""
    return in_a_row(dict.fromkeys(one.source.title for one in says))


def in_a_row(words: Iterable[str]) -> str:
    """Return ``a, b and c``."""
    listed = list(words)
    return listed[0] if len(listed) == 1 else f"{', '.join(listed[:-1])} and {listed[-1]}" if listed else "nobody"


def is_settled(says: Iterable[Said]) -> bool:
    """Tell whether a person preferred one of the statements."""
    return any(one.statement.rank is Rank.PREFERRED for one in says)
