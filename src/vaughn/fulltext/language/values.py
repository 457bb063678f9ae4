"""The values of a field that holds one value each: days, Bates numbers, and ranges of them."""

from __future__ import annotations

import re
from datetime import date

from vaughn.fulltext.language.errors import QueryError, Suggestion, shown
from vaughn.fulltext.language.fields import QueryField, QueryFieldKind
from vaughn.fulltext.language.tree import At, FieldRange, Node, Or

_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_SLASHES = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_TOKEN = re.compile(r'\s+|"|~~|[^\s"~]+|~')
_RESERVED = frozenset({"and", "or", "not"})
_SIMPLE = re.compile(r'[^\s"()\[\]{}~]+(?: [^\s"()\[\]{}~]+)*')


def value_end(text: str, start: int) -> int | None:
    """Return where the parenthesis closes that opened before *start*, quotes apart; `None` if it never does."""
    is_quoted = False
    for place in range(start, len(text)):
        if text[place] == '"':
            is_quoted = not is_quoted
        elif text[place] == ")" and not is_quoted:
            return place
    return None


def values(text: str, field: QueryField, *, start: int, end: int) -> Node:
    """Return what is asked of *field* between *start* and *end* of *text*: values or ranges, joined by ``or``.

    Raises:
        QueryError: If a value is missing or cannot be one.
    """
    ranges: list[Node] = []
    limits: list[list[str]] = [[]]
    first, place = start, start
    while place <= end:
        found = _TOKEN.match(text, place, end) if place < end else None
        piece = found.group() if found else ""
        if found is None or piece.lower() in _RESERVED:
            if found and piece.lower() != "or":
                raise _no_operator(piece, field, At(place, found.end()))
            ranges.append(_range(limits, field, At(first, place)))
            limits, first = [[]], found.end() if found else place
        elif piece == "~~":
            limits.append([])
        elif piece == '"':
            close = text.find('"', place + 1, end)
            if close < 0:
                raise QueryError("A quote is left open.", at=At(place, end), hint="Close it with a second one.")
            limits[-1].append(text[place + 1 : close])
            place = close + 1
            continue
        elif "(" in piece:
            raise QueryError(
                f"A value of the field {field.name} has a parenthesis in it.",
                at=At(place, found.end()),
                hint=f"Values stand in one pair: {_example(field)}; a value with a parenthesis in it stands in quotes.",
            )
        else:
            limits[-1].append(piece)
        if found is None:
            break
        place = found.end()
    return ranges[0] if len(ranges) == 1 else Or(tuple(ranges), At(start, end))


def single_value(field: QueryField, low: str | None, high: str | None, *, at: At) -> FieldRange:
    """Return the range of *field* between two values, both included.

    Raises:
        QueryError: If a value cannot be one of the field, or the range begins after its end.
    """
    for value in (low, high):
        if value is not None:
            _check(value, field, at)
    if low is None and high is None:
        raise QueryError("The range has neither beginning nor end.", at=at, hint=_example(field))
    is_day = field.kind is QueryFieldKind.DAY
    if is_day and low and high and low[: len(high)] > high[: len(low)]:
        raise QueryError(
            f"The range {low}~~{high} begins after its end.",
            at=at,
            hint="Write the earlier day first.",
            suggestions=(Suggestion(f"{high}~~{low}", at),),
        )
    return FieldRange(field.name, low, high, at)


def is_simple(value: str) -> bool:
    """Tell whether *value* can be written without quotes."""
    words = value.lower().split(" ")
    return bool(_SIMPLE.fullmatch(value)) and not _RESERVED.intersection(words)


def _range(limits: list[list[str]], field: QueryField, at: At) -> FieldRange:
    if len(limits) > 2:
        raise QueryError("A range has two ends.", at=at, hint=_example(field))
    low, *rest = (_value(parts) for parts in limits)
    if low is None and not rest:
        raise QueryError(f"A value of the field {field.name} is missing.", at=at, hint=_example(field))
    return single_value(field, low, rest[0] if rest else low, at=at)


def _value(parts: list[str]) -> str | None:
    return " ".join("".join(parts).split()) or None


def _no_operator(word: str, field: QueryField, at: At) -> QueryError:
    return QueryError(
        f"{shown(word)} cannot stand between values of the field {field.name}.",
        at=at,
        hint=f"Join values with or; write each condition by itself: {_example(field)}; a value with such a word in it "
        "stands in quotes.",
    )


def _check(value: str, field: QueryField, at: At) -> None:
    if not value.isprintable() or '"' in value:
        raise QueryError(
            f"A value of the field {field.name} has a character in it that cannot be typed.",
            at=at,
            hint="Use letters, digits and signs.",
        )
    if field.kind is QueryFieldKind.DAY and not _is_day(value):
        turned = _SLASHES.fullmatch(value)
        days = [] if turned is None else [(turned[3], turned[1], turned[2]), (turned[3], turned[2], turned[1])]
        written = [f"{year}-{month:0>2}-{day:0>2}" for year, month, day in days]
        raise QueryError(
            f"{shown(value)} is no day that can be read in one way only.",
            at=at,
            hint="Write a day as 2010-05-31, a month as 2010-05, a year as 2010.",
            suggestions=tuple(Suggestion(day, at) for day in written if _is_day(day)),
        )


def _is_day(value: str) -> bool:
    found = _DAY.fullmatch(value)
    if not found:
        return False
    try:
        date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        return False
    return True


def _example(field: QueryField) -> str:
    if field.kind is QueryFieldKind.DAY:
        return "date contains (2010-01-01~~2010-12-31)"
    return "bates contains (ICE 0004521~~ICE 0004600)"
