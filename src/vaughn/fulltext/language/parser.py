"""The pieces of a query put into each other: what stands in which parentheses, and that nothing is missing."""

from __future__ import annotations

from collections.abc import Sequence

from vaughn.fulltext.language.errors import QueryError, Suggestion, shown
from vaughn.fulltext.language.pieces import MAX_DEPTH, Close, Group, Kind, Open, Operator, Part, Piece
from vaughn.fulltext.language.tree import At


def grouped(text: str, pieces: Sequence[Piece]) -> Group:
    """Return *pieces* of *text* as one group that holds the others.

    Does not decide what belongs to which operator: see `readings`.

    Raises:
        QueryError: If a parenthesis is not closed or never opened, if something is missing, or groups are nested
            deeper than `MAX_DEPTH`.
    """
    whole = Group(At(0, len(text)))
    open_groups = [whole]
    for piece in pieces:
        if isinstance(piece, Open):
            group = _opened(piece, open_groups)
            open_groups[-1].elements.append(group)
            open_groups.append(group)
        elif isinstance(piece, Close):
            if len(open_groups) == 1:
                raise _never_opened(piece.at)
            group = open_groups.pop()
            group.at = At(group.at.start, piece.at.end)
            _check_complete(group, text)
        else:
            open_groups[-1].elements.append(piece)
    if len(open_groups) > 1:
        raise _never_closed(open_groups[-1].at, text)
    if not whole.elements:
        raise QueryError(
            "The query has no word to look for.", at=whole.at, hint="Type one or more words; letters and digits count."
        )
    _check_complete(whole, text)
    return whole


def _opened(piece: Open, open_groups: list[Group]) -> Group:
    if len(open_groups) > MAX_DEPTH:
        raise QueryError(
            f"Parentheses are nested more than {MAX_DEPTH} deep.", at=piece.at, hint="Leave out those that do nothing."
        )
    if piece.field_name is not None and any(group.field_name for group in open_groups):
        raise QueryError(
            "A field is asked for inside another field.",
            at=piece.at,
            hint="Close the first parenthesis before, and join both with and.",
        )
    return Group(piece.at, piece.field_name)


def _never_opened(at: At) -> QueryError:
    return QueryError(
        "A parenthesis is closed that was never opened.",
        at=at,
        hint='Take it away, or open it before; to look for it as text, put the words in quotes: "552(b)(6)".',
        suggestions=(Suggestion(" ", at),),
    )


def _never_closed(at: At, text: str) -> QueryError:
    sign = At(at.end - 1, at.end)
    return QueryError(
        "A parenthesis is left open.",
        at=sign,
        hint='Close it with ), or take it away; to look for it as text, put the words in quotes: "552(b)(6)".',
        suggestions=(Suggestion(text + ")"), Suggestion(" ", sign)) if at.end - at.start == 1 else (),
    )


def _check_complete(group: Group, text: str) -> None:
    """Raise if *group* is empty, or an operator lacks what it stands before or between."""
    if not group.elements:
        raise QueryError("There is no word between the parentheses.", at=group.at, hint="Fill them or take them away.")
    before: Operator | Part | Group | None = None
    for element in group.elements:
        if isinstance(element, Operator):
            _check_before(element, before, text)
        before = element
    if isinstance(before, Operator):
        raise _nothing("after", before, text)


def _check_before(operator: Operator, before: Operator | Part | Group | None, text: str) -> None:
    """Raise if *operator* may not stand after *before*."""
    is_after_part = before is not None and not isinstance(before, Operator)
    if not operator.kind.is_prefix:
        if isinstance(before, Operator) and before.kind is Kind.AND and operator.kind is Kind.NOT_NEAR:
            raise QueryError(
                f"“and not w/{operator.distance}” may mean two things.",
                at=At(before.at.start, operator.at.end),
                hint="To leave out single places, write not w/N alone.",
                suggestions=(Suggestion(" ", before.at),),
            )
        if not is_after_part:
            raise _nothing("before", operator, text)
    elif operator.kind is Kind.NOT and is_after_part:
        raise QueryError(
            "Before “not” stands no “and”.",
            at=operator.at,
            hint="Write and not for documents without it, not w/N for places; put the word in quotes to look for it.",
            suggestions=(
                Suggestion("and not", operator.at),
                Suggestion("or not", operator.at),
                Suggestion('"not"', operator.at),
            ),
        )
    elif isinstance(before, Operator) and before.kind in {Kind.MUST, Kind.MUST_NOT, operator.kind}:
        raise QueryError(
            f"{shown(text[before.at.start : operator.at.end])} has one sign too many.",
            at=At(before.at.start, operator.at.end),
            hint="Write it once, or use parentheses.",
            suggestions=(Suggestion(" ", before.at),),
        )


def _nothing(where: str, operator: Operator, text: str) -> QueryError:
    typed = text[operator.at.start : operator.at.end]
    return QueryError(
        f"{where.capitalize()} {shown(typed)} something is missing.",
        at=operator.at,
        hint=f'Add it, or take the operator away; to look for it as a word, put it in quotes: "{operator.kind.value}".',
        suggestions=(Suggestion(" ", operator.at),),
    )
