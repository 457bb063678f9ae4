"""What a typed query is cut into before it becomes a tree: the same pieces for every dialect."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TypeAlias

from vaughn.fulltext.language.tree import At, Node

# A pasted list of 100,000 terms has 1 to 2 million characters.
MAX_QUERY_LENGTH = 4_000_000
MAX_PIECES = 500_000
# Nobody reads deeper; every part of the program that walks a tree may then do so by recursion.
MAX_DEPTH = 64
# Where it is not clear what was meant, the possible texts are written out in full: not for a book.
MAX_LENGTH_WITH_READINGS = 2_000
# A tree nests as deep as operators can follow each other.
MAX_OPERATORS_WITH_READINGS = 60
MAX_DISTANCE = 1_000_000


class Kind(Enum):
    """What an operator does."""

    AND = "and"
    OR = "or"
    NOT = "not"
    NEAR = "w/N"
    BEFORE = "pre/N"
    NOT_NEAR = "not w/N"
    FIELD = "contains"
    MUST = "+"
    MUST_NOT = "-"
    GAP = "nothing"  # two parts side by side

    @property
    def is_prefix(self) -> bool:
        """Whether it stands before one part, not between two."""
        return self in _PREFIXES


_PREFIXES = frozenset({Kind.NOT, Kind.FIELD, Kind.MUST, Kind.MUST_NOT})
DISTANCES = frozenset({Kind.NEAR, Kind.BEFORE, Kind.NOT_NEAR})


@dataclass(frozen=True, slots=True)
class Operator:
    """An operator as typed; *distance* in words, *name* of a field."""

    kind: Kind
    at: At
    distance: int = 0
    name: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Something that is looked for.

    Args:
        is_plain: Words without quotation marks, which go on with the words that follow.
    """

    node: Node
    at: At
    is_plain: bool = False


@dataclass(frozen=True, slots=True)
class Open:
    """An opening parenthesis; *field_name* is that of the field that is asked for what stands in it."""

    at: At
    field_name: str | None = None


@dataclass(frozen=True, slots=True)
class Close:
    """A closing parenthesis."""

    at: At


Piece: TypeAlias = Part | Operator | Open | Close


@dataclass(slots=True)
class Group:
    """What stands between two parentheses, or the whole query."""

    at: At
    field_name: str | None = None
    elements: list[Element] = field(default_factory=list)


Element: TypeAlias = Part | Operator | Group
