"""A query in plain words, for whoever must swear to it and does not read w/5."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from vaughn.fulltext.language.phrases import BY_LANGUAGE, ENGLISH, Phrases
from vaughn.fulltext.language.tree import (
    And,
    Edge,
    End,
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
from vaughn.fulltext.language.written import leaf_text

_NESTED = (And, Or, Not, Near, NotNear, Phrase)


def said(tree: Node, *, language: str = "en") -> str:
    """Return *tree* as one sentence, in English where *language* is not known.

    What belongs together stands in square brackets, as parentheses do in a query.
    """
    phrases = BY_LANGUAGE.get(language, ENGLISH)
    frame = phrases.documents_without if isinstance(tree, Not) else phrases.documents
    return frame.format(_said(tree, phrases))


def _said(node: Node, phrases: Phrases) -> str:
    if isinstance(node, And | Or | Not):
        return _logic(node, phrases)
    if isinstance(node, Near | NotNear):
        return _distance(node, phrases)
    if isinstance(node, Phrase):
        return _phrase(node, phrases)
    if isinstance(node, InField):
        return phrases.in_field.format(_inner(node.part, phrases), phrases.fields.get(node.name, node.name))
    return _range(node, phrases) if isinstance(node, FieldRange) else _leaf(node, phrases)


def _inner(node: Node, phrases: Phrases) -> str:
    """Return *node* as a part of something else."""
    is_simple = not isinstance(node, _NESTED) or (isinstance(node, Phrase) and _is_words(node.parts))
    return _said(node, phrases) if is_simple else f"[{_said(node, phrases)}]"


def _logic(node: And | Or | Not, phrases: Phrases) -> str:
    if isinstance(node, Not):
        return phrases.without.format(_inner(node.part, phrases))
    parts = [_said(part, phrases) if isinstance(part, Not) else _inner(part, phrases) for part in node.parts]
    frame = phrases.both if isinstance(node, And) else phrases.either
    if isinstance(node, Or) or not any(isinstance(part, Not) for part in node.parts):
        return frame.format(", ".join(parts[:-1]), parts[-1])
    return frame.format("", "").join(parts)


def _distance(node: Near | NotNear, phrases: Phrases) -> str:
    is_next = node.distance == 1
    if isinstance(node, NotNear):
        frame = phrases.not_beside if is_next else phrases.not_near
    elif node.is_ordered:
        frame = phrases.just_before if is_next else phrases.before
    else:
        frame = phrases.beside if is_next else phrases.near
    return frame.format(_inner(node.left, phrases), _inner(node.right, phrases), n=node.distance)


def _is_words(parts: Sequence[Node]) -> bool:
    return all(isinstance(part, Word) for part in parts)


def _phrase(node: Phrase, phrases: Phrases) -> str:
    if _is_words(node.parts):
        return phrases.phrase.format(" ".join(leaf_text(part) for part in node.parts))
    told = _inner(node.parts[0], phrases)
    for part in node.parts[1:]:
        told = phrases.followed.format(told, _inner(part, phrases))
    return told


def _range(node: FieldRange, phrases: Phrases) -> str:
    name = phrases.fields.get(node.name, node.name)
    if node.low is None or node.high is None:
        return (phrases.up_to if node.low is None else phrases.from_on).format(name, node.low or node.high)
    frame = phrases.is_value if node.low == node.high else phrases.from_to
    return frame.format(name, node.low, node.high)


def _leaf(node: Word | Pattern | Fuzzy | Stem | NumberRange | Edge, phrases: Phrases) -> str:
    match node:
        case Word():
            return phrases.word.format(node.term)
        case Pattern():
            return _pattern(node.pattern, phrases)
        case Fuzzy():
            frame = phrases.one_edit if node.edits == 1 else phrases.edits
            told = frame.format(node.term, n=node.edits)
            return phrases.beginning.format(told, node.term[: node.fixed]) if node.fixed else told
        case Stem():
            return phrases.stem.format(node.term)
        case NumberRange():
            return phrases.numbers.format(node.low, node.high)
        case Edge():
            return phrases.first if node.end is End.FIRST else phrases.last
    assert_never(node)


def _pattern(pattern: str, phrases: Phrases) -> str:
    letters = pattern.strip("*")
    if any(sign in letters for sign in "*?="):
        return phrases.pattern.format(pattern)
    if pattern.startswith("*"):
        return (phrases.holds if pattern.endswith("*") else phrases.ends).format(letters)
    return phrases.begins.format(letters)
