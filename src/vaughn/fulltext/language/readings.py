"""Which trees a typed query can mean: one where it is clear, and all sensible ones where it is not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, permutations, product
from typing import TypeAlias

from vaughn.fulltext.language.errors import Dialect
from vaughn.fulltext.language.folding import ORDER, Items, folded, folded_from_left
from vaughn.fulltext.language.normal import is_answered
from vaughn.fulltext.language.pieces import (
    DISTANCES,
    Element,
    Group,
    Kind,
    Operator,
)
from vaughn.fulltext.language.tree import (
    And,
    At,
    Edge,
    Fuzzy,
    InField,
    Node,
    Not,
    NumberRange,
    Or,
    Pattern,
    Phrase,
    Stem,
    Word,
)

MAX_READINGS = 6
_WORDS = (Word, Pattern, Fuzzy, Stem, NumberRange, Phrase)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a query is not clear, and where."""

    message: str
    hint: str
    at: At


@dataclass(frozen=True, slots=True)
class Readings:
    """The trees a query can mean, the usual one first; `doubt` is `None` where there is one only."""

    trees: tuple[Node, ...]
    doubt: Doubt | None = None
    is_plain: bool = False


@dataclass(frozen=True, slots=True)
class _Operand:
    node: Node
    is_plain: bool
    at: At


_Solved: TypeAlias = list[_Operand | Operator]


def readings(group: Group, text: str, *, dialect: Dialect, limit: int) -> Readings:
    """Return the trees that *group*, typed in *text*, can mean, up to *limit*.

    With a limit of 1 the tree of a query that is not clear is none of those it can mean.
    """
    children: list[Readings | None] = []
    doubt: Doubt | None = None
    for element in group.elements:
        child = _of_element(element, text, dialect=dialect, limit=limit)
        children.append(child)
        doubt = doubt or (child.doubt if child else None)
    trees: list[Node] = []
    is_plain = False
    for chosen in islice(product(*(child.trees if child else (None,) for child in children)), limit):
        solved = _solved(group.elements, children, chosen)
        own = _own_readings(solved, text, dialect=dialect, limit=limit)
        doubt, is_plain = doubt or own.doubt, own.is_plain
        _add_new(trees, own.trees)
    trees = trees[:limit]
    if group.field_name is not None:
        trees = [InField(group.field_name, tree, group.at) for tree in trees]
        is_plain = False
    return Readings(tuple(trees), doubt, is_plain)


def _of_element(element: Element, text: str, *, dialect: Dialect, limit: int) -> Readings | None:
    if isinstance(element, Operator):
        return None
    if isinstance(element, Group):
        return readings(element, text, dialect=dialect, limit=limit)
    return Readings((element.node,), is_plain=element.is_plain)


def _solved(elements: Sequence[Element], children: Sequence[Readings | None], chosen: Sequence[Node | None]) -> _Solved:
    solved: _Solved = []
    for element, child, node in zip(elements, children, chosen, strict=True):
        if isinstance(element, Operator):
            solved.append(element)
        elif child is not None and node is not None:
            whole = replace(node, at=element.at) if isinstance(element, Group) else node
            solved.append(_Operand(whole, child.is_plain, element.at))
    return solved


def _own_readings(solved: _Solved, text: str, *, dialect: Dialect, limit: int) -> Readings:
    """Return what a group can mean whose parts are clear."""
    kinds = {one.kind for one in solved if isinstance(one, Operator)}
    if kinds and kinds <= {Kind.MUST, Kind.MUST_NOT}:
        return _marked(solved)
    if Kind.MUST in kinds or Kind.MUST_NOT in kinds:
        return _marks_and_words(solved, text, dialect=dialect, limit=limit)
    if dialect is Dialect.DTSEARCH:
        solved = _phrases_joined(solved, text)
    if len(solved) == 1 and isinstance(solved[0], _Operand):
        return Readings((solved[0].node,), is_plain=solved[0].is_plain)
    gap = next((place for place in range(1, len(solved)) if _is_gap(solved, place)), None)
    if gap is None:
        return _bracketed(_items(solved), limit=limit)
    if limit == 1:
        return Readings((_some(solved),), _gap_doubt(solved, gap, text, dialect=dialect))
    trees: list[Node] = []
    for filled in islice(_filled(solved, dialect), limit):
        _add_new(trees, _bracketed(filled, limit=limit).trees)
    answered = [tree for tree in trees if is_answered(tree)]
    return Readings(tuple(answered or trees)[:limit], _gap_doubt(solved, gap, text, dialect=dialect))


def _marks_and_words(solved: _Solved, text: str, *, dialect: Dialect, limit: int) -> Readings:
    """Return what parts can mean that are joined by + and - as well as by AND, OR, NOT."""
    unmarked: _Solved = []
    for one in solved:
        if not isinstance(one, Operator) or one.kind not in {Kind.MUST, Kind.MUST_NOT}:
            unmarked.append(one)
        elif one.kind is Kind.MUST_NOT:
            if unmarked and isinstance(unmarked[-1], _Operand):
                unmarked.append(Operator(Kind.AND, At(one.at.start, one.at.start)))
            unmarked.append(replace(one, kind=Kind.NOT))
    found = _own_readings(unmarked, text, dialect=dialect, limit=limit)
    at = At(solved[0].at.start, solved[-1].at.end)
    return Readings(found.trees, Doubt("+ and - are mixed with AND, OR, NOT.", "Use AND, OR and NOT alone.", at))


def _add_new(trees: list[Node], others: Sequence[Node]) -> None:
    trees += [tree for tree in others if not trees or tree not in trees]


def _phrases_joined(solved: _Solved, text: str) -> _Solved:
    """Return *solved* with plain words that follow each other in one line as phrases."""
    joined: _Solved = []
    run: list[_Operand] = []
    for one in [*solved, None]:
        if isinstance(one, _Operand) and one.is_plain and (not run or "\n" not in text[run[-1].at.end : one.at.start]):
            run.append(one)
            continue
        if run:
            joined.append(run[0] if len(run) == 1 else _joined(run))
            run = []
        if isinstance(one, _Operand) and one.is_plain:
            run.append(one)
        elif one is not None:
            joined.append(one)
    return joined


def _joined(run: Sequence[_Operand]) -> _Operand:
    at = At(run[0].at.start, run[-1].at.end)
    parts = tuple(part for one in run for part in _parts(one.node))
    return _Operand(Phrase(parts, at), True, at)


def _parts(node: Node) -> tuple[Node, ...]:
    return node.parts if isinstance(node, Phrase) else (node,)


def _some(solved: _Solved) -> Node:
    return next(one.node for one in solved if isinstance(one, _Operand))


def _is_gap(solved: _Solved, place: int) -> bool:
    before, one = solved[place - 1], solved[place]
    is_begin = isinstance(one, _Operand) or one.kind is Kind.FIELD
    return is_begin and isinstance(before, _Operand)


def _filled(solved: _Solved, dialect: Dialect) -> Iterator[Items]:
    """Yield *solved* with each operator that can stand where nothing stands."""
    gaps = [place for place in range(1, len(solved)) if _is_gap(solved, place)]
    kinds = [Kind.BEFORE, Kind.AND, Kind.OR] if dialect is Dialect.DTSEARCH else [Kind.OR, Kind.AND, Kind.BEFORE]
    for kind in kinds:
        filled: Items = []
        for place, one in enumerate(solved):
            node = one.node if isinstance(one, _Operand) else one
            before = filled[-1] if filled else None
            if place not in gaps:
                filled.append(node)
            elif kind is Kind.BEFORE and isinstance(before, _WORDS) and isinstance(node, _WORDS):
                filled[-1] = Phrase((*_parts(before), *_parts(node)), At(before.at.start, node.at.end))
            else:
                # The end of a document stands on one side only: beside it, not before or after it.
                is_place = kind is Kind.BEFORE and (isinstance(before, Edge) or isinstance(node, Edge))
                filled += [Operator(Kind.NEAR if is_place else kind, At(one.at.start, one.at.start), 1), node]
        yield filled


def _gap_doubt(solved: _Solved, gap: int, text: str, *, dialect: Dialect) -> Doubt:
    at = At(solved[gap - 1].at.start, solved[gap].at.end)
    if dialect is Dialect.LUCENE:
        return Doubt(
            "Words stand side by side without an operator; some programs then look for any of them, others for all.",
            "Write AND or OR between them, or quotes around a phrase.",
            at,
        )
    if "\n" in text[solved[gap - 1].at.end : solved[gap].at.start]:
        return Doubt("Between two lines no operator stands.", "End each line with or, or with and.", at)
    return Doubt(
        "Between two parts no operator stands.",
        "Write and, or, or w/N between them; only plain words side by side are a phrase.",
        at,
    )


def _items(solved: _Solved) -> Items:
    return [one.node if isinstance(one, _Operand) else one for one in solved]


def _bracketed(items: Items, *, limit: int) -> Readings:
    """Return each tree that parentheses can make of *items*, the usual one first."""
    doubt = _doubt(items)
    if doubt is not None and limit == 1:
        return Readings((next(one for one in items if not isinstance(one, Operator)),), doubt)
    kinds = {one.kind for one in items if isinstance(one, Operator)}
    present = [level for level in ORDER if kinds & level]
    usual = folded(items, present)
    if doubt is None:
        return Readings((usual,))
    makers: list[Callable[[], Node]] = []
    for order in permutations(present):
        makers += [lambda order=order: folded(items, order), lambda order=order: folded(items, order, from_right=True)]  # type: ignore[misc]
    if kinds <= {Kind.AND, Kind.OR, Kind.NOT}:
        makers.append(lambda: folded_from_left(items))
    trees: list[Node] = []
    for make in makers:
        _add_new(trees, [make()])
    if len(trees) == 1:
        return Readings((usual,))
    answered = [tree for tree in trees if is_answered(tree)]
    return Readings(tuple(answered or trees)[:limit], doubt)


def _doubt(items: Items) -> Doubt | None:
    """Return why parentheses are needed, `None` if they are not."""
    operators = [one for one in items if isinstance(one, Operator)]
    kinds = {one.kind for one in operators}
    logic, distances = kinds & {Kind.AND, Kind.OR}, [one for one in operators if one.kind in DISTANCES]
    second = At(operators[0].at.start, operators[-1].at.end) if operators else At(0, 0)
    together = "Put parentheses around what belongs together."
    if Kind.FIELD in kinds and len(operators) > 1:
        return Doubt("It is not clear how far the field reaches.", together, second)
    if len(logic) == 2:
        return Doubt("“and” and “or” are mixed without parentheses.", together, second)
    if distances and logic:
        word = "and" if Kind.AND in logic else "or"
        return Doubt(f"w/N and “{word}” are mixed without parentheses.", together, second)
    if len(distances) > 1:
        return Doubt("Two distances follow each other without parentheses.", together, second)
    if Kind.NOT in kinds and (distances or _is_open_not(items)):
        return Doubt("It is not clear how far “not” reaches.", together, second)
    return None


def _is_open_not(items: Items) -> bool:
    """Tell whether a ``not`` is followed by its part and then by ``or``."""
    kinds = [one.kind for one in items if isinstance(one, Operator) and one.kind in {Kind.NOT, Kind.OR}]
    return Kind.NOT in kinds and Kind.OR in kinds[kinds.index(Kind.NOT) :]


def _marked(solved: _Solved) -> Readings:
    """Return what parts with + and - before them can mean; *solved* has no other operators."""
    must: list[Node] = []
    may: list[Node] = []
    without: list[Node] = []
    for place, one in enumerate(solved):
        if isinstance(one, Operator):
            continue
        before = solved[place - 1] if place else None
        kind = before.kind if isinstance(before, Operator) else None
        target = must if kind is Kind.MUST else without if kind is Kind.MUST_NOT else may
        target.append(Not(one.node, one.at) if kind is Kind.MUST_NOT else one.node)
    at = At(solved[0].at.start, solved[-1].at.end)
    if must and not may:
        return Readings((_all(must + without, at),))
    if len(may) == 1 and not must:
        return Readings((_all(may + without, at),))
    if not may:
        doubt = Doubt(
            "Only - stands here; Lucene then finds nothing at all.",
            "Write NOT, or say with + what must be there.",
            at,
        )
        return Readings((_all(without, at),), doubt)
    if must:
        doubt = Doubt(
            "A part without + beside parts with + only counts for the ranking in Lucene.",
            "Put + before it, or leave it out.",
            at,
        )
        return Readings((_all(must + may + without, at), _all(must + without, at)), doubt)
    doubt = Doubt(
        "Several parts without + stand beside one with -; one of them or all may be meant.",
        "Write AND or OR between them.",
        at,
    )
    return Readings((_all([Or(tuple(may), at), *without], at), _all(may + without, at)), doubt)


def _all(parts: list[Node], at: At) -> Node:
    return parts[0] if len(parts) == 1 else And(tuple(parts), at)
