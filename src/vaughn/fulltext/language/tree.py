"""What a query asks, as a tree: the one form that is evaluated, shown, stored with a search and compared.

Words in it are folded already, as `vaughn.fulltext.tokens` cuts them. Where something stood in the typed text (`at`)
is kept for messages and takes no part in comparing two trees.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class At:
    """Where a part of a query was typed, in code points, half-open."""

    start: int
    end: int


_NOWHERE = At(0, 0)


@dataclass(frozen=True, slots=True)
class Word:
    """One word, exactly (after folding)."""

    term: str
    at: At = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A word with signs for letters: ``*`` any number of them, ``?`` one, ``=`` one digit.

    Args:
        pattern: The folded letters and the signs; at least one letter or sign other than ``*``.
    """

    pattern: str
    at: At = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Words spelled like `term`: at most `edits` letters put in, left out or exchanged, none of the first `fixed`."""

    term: str
    edits: int
    fixed: int = 0
    at: At = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Stem:
    """Words with the stem of `term`, in English or in Spanish."""

    term: str
    at: At = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class NumberRange:
    """Words that are whole numbers from `low` to `high`, both included."""

    low: int
    high: int
    at: At = field(default=_NOWHERE, compare=False)


class End(Enum):
    """The two ends of a document, which can be near something: before the first word, after the last."""

    FIRST = "xfirstword"
    LAST = "xlastword"


@dataclass(frozen=True, slots=True)
class Edge:
    """One end of a document: a place without a word, one step before the first word or after the last."""

    end: End
    at: At = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Parts that follow each other without a word between."""

    parts: tuple[Node, ...]
    at: At = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Near:
    """`left` and `right` at most `distance` words apart and not overlapping; `left` first if `is_ordered`.

    Neighbouring words are 1 apart. Of longer parts the nearest words count.
    """

    left: Node
    right: Node
    distance: int
    is_ordered: bool = False
    at: At = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class NotNear:
    """`left` where no `right` stands within `distance` words or overlaps it."""

    left: Node
    right: Node
    distance: int
    at: At = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class And:
    """Documents that hold every part."""

    parts: tuple[Node, ...]
    at: At = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Or:
    """Documents, or places, that hold one part at least."""

    parts: tuple[Node, ...]
    at: At = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    """Documents that do not hold `part`."""

    part: Node
    at: At = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class InField:
    """`part` asked of the words of one field, not of the text: ``subject contains (opt w/1 out)``."""

    name: str
    part: Node
    at: At = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class FieldRange:
    """Documents whose field lies between two values, both included; `None` is an open end.

    Args:
        low: As typed; what it means (a day, a month, a number, a Bates number) is known by the field.
    """

    name: str
    low: str | None
    high: str | None
    at: At = field(default=_NOWHERE, compare=False)


Node: TypeAlias = (
    Word | Pattern | Fuzzy | Stem | NumberRange | Edge | Phrase | Near | NotNear | And | Or | Not | InField | FieldRange
)
