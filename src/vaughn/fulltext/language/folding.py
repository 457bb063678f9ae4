"""Parts and operators between them put together to a tree, in a given order of which operator binds first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from vaughn.fulltext.language.pieces import DISTANCES, Kind, Operator
from vaughn.fulltext.language.tree import And, At, InField, Near, Node, Not, NotNear, Or

Items: TypeAlias = list[Node | Operator]
Level: TypeAlias = frozenset[Kind]
_FIELD, _NOT, _AND, _OR = (frozenset({kind}) for kind in (Kind.FIELD, Kind.NOT, Kind.AND, Kind.OR))
# What binds first stands first, as most programs have it.
ORDER: tuple[Level, ...] = (_FIELD, frozenset(DISTANCES), _NOT, _AND, _OR)


def folded(items: Items, order: Sequence[Level], *, from_right: bool = False) -> Node:
    """Return the one tree of *items*, folding the levels of *order* one after the other until nothing is left.

    Args:
        from_right: Of two distances that follow each other, the right one binds first.
    """
    left = list(items)
    while len(left) > 1:
        for level in order:
            shorter = _folded_once(left, level, from_right=from_right)
            if len(shorter) < len(left):
                left = shorter
                break
        else:
            raise ValueError("an operator lacks a part")
    node = left[0]
    if isinstance(node, Operator):
        raise TypeError("an operator stands alone")
    return node


def folded_from_left(items: Items) -> Node:
    """Return the tree of *items* in which each operator takes all that stands left of it."""
    left = _prefixed(_prefixed(list(items), _FIELD), _NOT)
    while len(left) > 1:
        operator = left[1]
        end = 3
        while end < len(left) and _is_same(left[end], operator):
            end += 2
        left = [*_chains(left[:end], frozenset(Kind)), *left[end:]]
    node = left[0]
    if isinstance(node, Operator):
        raise TypeError("an operator stands alone")
    return node


def _is_same(one: Node | Operator, operator: Node | Operator) -> bool:
    return isinstance(one, Operator) and isinstance(operator, Operator) and one.kind is operator.kind


def _folded_once(items: Items, level: Level, *, from_right: bool) -> Items:
    if level & DISTANCES:
        return _one_distance(items, from_right=from_right)
    if level in (_FIELD, _NOT):
        return _prefixed(items, level)
    return _chains(items, level)


def _prefixed(items: Items, level: Level) -> Items:
    result: Items = []
    for one in reversed(items):
        after = result[-1] if result else None
        if isinstance(one, Operator) and one.kind in level and after is not None and not isinstance(after, Operator):
            at = At(one.at.start, after.at.end)
            result[-1] = Not(after, at) if one.kind is Kind.NOT else InField(one.name, after, at)
        else:
            result.append(one)
    result.reverse()
    return result


def _one_distance(items: Items, *, from_right: bool) -> Items:
    places = range(1, len(items) - 1)
    for place in reversed(places) if from_right else places:
        operator, left, right = items[place], items[place - 1], items[place + 1]
        if not isinstance(operator, Operator) or operator.kind not in DISTANCES:
            continue
        if isinstance(left, Operator) or isinstance(right, Operator):
            continue
        return [*items[: place - 1], _near(operator, left, right), *items[place + 2 :]]
    return items


def _near(operator: Operator, left: Node, right: Node) -> Node:
    at = At(left.at.start, right.at.end)
    if operator.kind is Kind.NOT_NEAR:
        return NotNear(left, right, operator.distance, at)
    return Near(left, right, operator.distance, operator.kind is Kind.BEFORE, at)


def _chains(items: Items, level: Level) -> Items:
    """Return *items* with each run of parts joined by an operator of *level* as one part."""
    result: Items = []
    run: list[Node] = []
    kind: Kind | None = None
    place = 0
    while place < len(items):
        one = items[place]
        after = items[place + 2] if place + 2 < len(items) else None
        operator = items[place + 1] if place + 1 < len(items) else None
        if isinstance(one, Operator):
            result.append(one)
            place += 1
            continue
        run.append(one)
        if isinstance(operator, Operator) and operator.kind in level and after and not isinstance(after, Operator):
            kind = operator.kind
            place += 2
            continue
        result.append(_chain(run, kind))
        run = []
        place += 1
    return result


def _chain(run: list[Node], kind: Kind | None) -> Node:
    if len(run) == 1 or kind is None:
        return run[0]
    at = At(run[0].at.start, run[-1].at.end)
    return And(tuple(run), at) if kind is Kind.AND else Or(tuple(run), at)
