"""A tree as text: the one text that stands for it, and that is read back as the same tree."""

from __future__ import annotations

from typing import assert_never

from vaughn.fulltext.language.fields import QueryFieldKind, query_field
from vaughn.fulltext.language.lexer import RESERVED
from vaughn.fulltext.language.tree import (
    And,
    Edge,
    FieldRange,
    Fuzzy,
    InField,
    Near,
    Node,
    Not,
    NotNear,
    NumberRange,
    Or,
    Pattern,
    Phrase,
    Stem,
    Word,
)
from vaughn.fulltext.language.values import is_simple

_ALONE = (Word, Pattern, Fuzzy, Stem, NumberRange, Edge, Phrase, InField, FieldRange)


def written(tree: Node) -> str:
    """Return *tree* in the dialect of dtSearch, with all parentheses it needs.

    What is read from it is equal to *tree*, if *tree* was read from a text. A tree made otherwise may hold what
    nobody can type, such as a word with a blank in it.
    """
    if isinstance(tree, And | Or | Not):
        return _logic(tree)
    if isinstance(tree, Near):
        return f"{_part(tree.left)} {'pre' if tree.is_ordered else 'w'}/{tree.distance} {_part(tree.right)}"
    if isinstance(tree, NotNear):
        return f"{_part(tree.left)} not w/{tree.distance} {_part(tree.right)}"
    return _alone(tree)


def _logic(tree: And | Or | Not) -> str:
    if isinstance(tree, And):
        return " and ".join([_and_part(part, place) for place, part in enumerate(tree.parts)])
    if isinstance(tree, Or):
        return " or ".join([f"({written(part)})" if isinstance(part, Not) else _part(part) for part in tree.parts])
    return f"not {_part(tree.part)}"


def _alone(tree: Word | Pattern | Fuzzy | Stem | NumberRange | Edge | Phrase | InField | FieldRange) -> str:
    if isinstance(tree, InField):
        return f"{tree.name} contains ({written(tree.part)})"
    if isinstance(tree, FieldRange):
        return _range(tree)
    if isinstance(tree, Phrase):
        return '"' + " ".join([leaf_text(part) for part in tree.parts]) + '"'
    return f'"{tree.term}"' if isinstance(tree, Word) and tree.term in RESERVED else leaf_text(tree)


def leaf_text(leaf: Node) -> str:
    """Return one word of a query with its signs."""
    if isinstance(leaf, Word | Pattern):
        return leaf.term if isinstance(leaf, Word) else leaf.pattern
    if isinstance(leaf, Fuzzy):
        return leaf.term[: leaf.fixed] + "%" * leaf.edits + leaf.term[leaf.fixed :]
    if isinstance(leaf, Stem):
        return f"{leaf.term}~"
    if isinstance(leaf, NumberRange):
        return f"{leaf.low}~~{leaf.high}"
    if isinstance(leaf, Edge):
        return leaf.end.value
    if isinstance(leaf, Phrase | Near | NotNear | And | Or | Not | InField | FieldRange):
        raise TypeError(f"a {type(leaf).__name__} is no single word")
    assert_never(leaf)


def _and_part(part: Node, place: int) -> str:
    return written(part) if isinstance(part, Not) and place else _part(part)


def _part(node: Node) -> str:
    return written(node) if isinstance(node, _ALONE) else f"({written(node)})"


def _range(node: FieldRange) -> str:
    field = query_field(node.name)
    if field is None or field.kind is QueryFieldKind.WORDS:
        raise ValueError(f"the field {node.name} has no ranges")
    low, high = ("" if value is None else _value(value) for value in (node.low, node.high))
    return f"{node.name} contains ({low})" if node.low == node.high else f"{node.name} contains ({low}~~{high})"


def _value(value: str) -> str:
    return value if is_simple(value) else f'"{value}"'
