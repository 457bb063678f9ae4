"""A tree as it is evaluated: chains flat, ``and`` taken out of distances; what has no meaning is refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from vaughn.fulltext.language.errors import QueryError, Suggestion
from vaughn.fulltext.language.tree import (
    And,
    Edge,
    FieldRange,
    InField,
    Near,
    Node,
    Not,
    NotNear,
    Or,
    Phrase,
)
from vaughn.fulltext.language.written import written

# Words times words of a distance with a list joined by and on one side: it is written out for each of the list.
MAX_DISTRIBUTED = 200_000
_MAX_PAIRS_SUGGESTED = 12


def normal(tree: Node) -> Node:
    """Return *tree* with the same answer, in the form that is evaluated.

    ``(a and b) w/5 c`` becomes ``(a w/5 c) and (b w/5 c)``; ``(a and b) and c`` becomes ``a and b and c``.

    Raises:
        QueryError: If a part has no meaning where it stands: ``and`` on both sides of a distance, ``not`` or a field
            on one, the end of a document without a distance.
    """
    _check_places(tree)
    return _normal(tree)


def is_answered(tree: Node) -> bool:
    """Tell whether `normal` accepts *tree* as a part of a query."""
    try:
        _normal(tree)
    except QueryError:
        return False
    return True


def _normal(node: Node) -> Node:
    if isinstance(node, And | Or):
        return _flat(node)
    if isinstance(node, Not):
        return replace(node, part=_normal(node.part))
    if isinstance(node, InField):
        if any(isinstance(one, InField | FieldRange) for one in parts_within(node.part)):
            raise QueryError(
                "A field is asked for inside another field.", at=node.at, hint="Join both with and, side by side."
            )
        return replace(node, part=_normal(node.part))
    if isinstance(node, Near | NotNear):
        return _distance(node)
    if isinstance(node, Phrase) and len(node.parts) == 1:
        return _normal(node.parts[0])
    return node


def parts_within(node: Node) -> Iterator[Node]:
    """Yield *node* and all parts of it."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        yield one
        if isinstance(one, And | Or | Phrase):
            waiting += one.parts
        elif isinstance(one, Near | NotNear):
            waiting += (one.left, one.right)
        elif isinstance(one, Not | InField):
            waiting.append(one.part)


def _flat(node: And | Or) -> Node:
    kind = type(node)
    parts = [_normal(part) for part in node.parts]
    flat = tuple(chain.from_iterable(part.parts if isinstance(part, kind) else (part,) for part in parts))
    return flat[0] if len(flat) == 1 else replace(node, parts=flat)


def _distance(node: Near | NotNear) -> Node:
    _check_sides(node)
    left, right = _normal(node.left), _normal(node.right)
    ands = _has_and(left), _has_and(right)
    if all(ands):
        raise _both_sides(node, left, right)
    if ands[1] and isinstance(node, NotNear):
        raise _and_left_out(node, right)
    if not any(ands):
        return replace(node, left=left, right=right)
    side, other = (left, right) if ands[0] else (right, left)
    if sum(1 for _ in parts_within(side)) * sum(1 for _ in parts_within(other)) > MAX_DISTRIBUTED:
        raise QueryError(
            "Too many words stand on both sides of a distance with “and”.", at=node.at, hint="Ask in several queries."
        )
    return _normal(_distributed(side, node, is_left=ands[0], other=other))


def _distributed(side: Node, node: Near | NotNear, *, is_left: bool, other: Node) -> Node:
    """Return *node* for every part of *side*, which holds an ``and``."""
    if isinstance(side, And | Or) and _has_and(side):
        parts = (_distributed(part, node, is_left=is_left, other=other) for part in side.parts)
        return replace(side, parts=tuple(parts), at=node.at)
    return replace(node, left=side, right=other) if is_left else replace(node, left=other, right=side)


def _has_and(node: Node) -> bool:
    """Tell whether *node*, which is normal, holds an ``and``; distances hold none any more."""
    return isinstance(node, And) or (isinstance(node, Or) and any(_has_and(part) for part in node.parts))


def _check_sides(node: Near | NotNear) -> None:
    for side in (node.left, node.right):
        for part in parts_within(side):
            if isinstance(part, Not):
                raise _not_inside(node)
            if isinstance(part, InField | FieldRange):
                raise _field_inside(node)
    if _is_place(node):
        raise QueryError(
            "The distance can hold without any word.",
            at=node.at,
            hint="Say which word stands near xfirstword or xlastword.",
        )


def _is_place(node: Node) -> bool:
    """Tell whether *node* can hold by the ends of a document alone."""
    if isinstance(node, And | Or):
        return any(_is_place(part) for part in node.parts)
    if isinstance(node, Near):
        return _is_place(node.left) and _is_place(node.right)
    return _is_place(node.left) if isinstance(node, NotNear) else isinstance(node, Edge)


def _check_places(tree: Node) -> None:
    """Raise if the end of a document stands where no word is near it."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Edge):
            raise QueryError(
                f"“{node.end.value}” is a place, no word.",
                at=node.at,
                hint=f"Say how near a word must be: apple w/10 {node.end.value}; for the word itself use quotes.",
            )
        if isinstance(node, And | Or):
            waiting += node.parts
        elif isinstance(node, Not | InField):
            waiting.append(node.part)


def _field_inside(node: Near | NotNear) -> QueryError:
    suggestions: tuple[Suggestion, ...] = ()
    left, right = node.left, node.right
    if isinstance(left, InField) and isinstance(right, InField) and left.name == right.name:
        together = InField(left.name, replace(node, left=left.part, right=right.part))
        suggestions = (Suggestion(f"({written(together)})", node.at),)
    return QueryError(
        "A field has no place among the words of another or of the text.",
        at=node.at,
        hint="Ask for distances inside one field: subject contains (opt w/3 out); join fields with and.",
        suggestions=suggestions,
    )


def _not_inside(node: Near | NotNear) -> QueryError:
    right = node.right
    texts: list[Node] = []
    if isinstance(node, Near) and isinstance(right, Not):
        texts = [NotNear(node.left, right.part, node.distance)]
    elif (
        isinstance(node, Near) and isinstance(right, And) and len(right.parts) == 2 and isinstance(right.parts[1], Not)
    ):
        wanted, unwanted = right.parts[0], right.parts[1].part
        near = replace(node, right=wanted)
        texts = [And((near, Not(unwanted))), NotNear(near, unwanted, node.distance)]
    return QueryError(
        "“not” cannot stand beside w/N.",
        at=node.at,
        hint="Use not w/N to leave out places, or put and not outside the parentheses.",
        suggestions=tuple(Suggestion(f"({written(text)})", node.at) for text in texts),
    )


def _both_sides(node: Near | NotNear, left: Node, right: Node) -> QueryError:
    """Return the error for ``(a and b) w/5 (c and d)``, with each to each and any to any as readings."""
    texts: list[Node] = []
    if isinstance(left, And) and isinstance(right, And) and len(left.parts) * len(right.parts) <= _MAX_PAIRS_SUGGESTED:
        texts.append(And(tuple(replace(node, left=one, right=other) for one in left.parts for other in right.parts)))
        any_near = replace(node, left=Or(left.parts), right=Or(right.parts))
        texts.append(And((*left.parts, *right.parts, any_near)))
    return QueryError(
        "“and” stands on both sides of a distance.",
        at=node.at,
        hint="Say which words must be near which: (a w/5 c) and (b w/5 d).",
        suggestions=tuple(Suggestion(f"({written(text)})", node.at) for text in texts),
    )


def _and_left_out(node: NotNear, right: Node) -> QueryError:
    texts: list[Node] = []
    if isinstance(right, And) and len(right.parts) <= _MAX_PAIRS_SUGGESTED:
        texts = [replace(node, right=Or(right.parts)), Or(tuple(replace(node, right=part) for part in right.parts))]
    return QueryError(
        "“and” after not w/N may mean that none may be near, or not all.",
        at=node.at,
        hint="Write or for none of them, or join several not w/N.",
        suggestions=tuple(Suggestion(f"({written(text)})", node.at) for text in texts),
    )
