"""How the text of one row is cut into values: by the rule first, and by the likeliest reading if the rule fails.

The rule is Concordance's and RFC 4180's: a value may stand in qualifiers, a qualifier inside it is doubled,
a separator follows the closing one. This module looks at one row; it never sees the rest of the file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from vaughn.formats.loadfile.dialect import Dialect


class Form(Enum):
    """How well a row keeps the rule."""

    CLEAN = "clean"
    OPEN = "open"  # the last qualifier is not closed at the end of the text
    STRAY = "stray"  # text stands outside the qualifiers


@dataclass(frozen=True, slots=True)
class Split:
    """Values of one row, unqualified, and the form it was found in.

    Args:
        opened_at: Where in the text the value that is left open begins (form OPEN only).
    """

    values: tuple[str, ...]
    form: Form
    opened_at: int = -1


@dataclass(frozen=True, slots=True)
class Likely:
    """Values of a row that breaks the rule; `lost_qualifier` if one is missing at an end of a value."""

    values: tuple[str, ...]
    lost_qualifier: bool


def split_by_rule(text: str, separator: str, qualifier: str | None) -> Split:
    """Return the values of *text*; stops being exact where the form is not CLEAN."""
    if qualifier is None or qualifier not in text:
        return Split(tuple(text.split(separator)), Form.CLEAN)
    values = _all_qualified(text, separator, qualifier)
    return Split(values, Form.CLEAN) if values is not None else _split_stepwise(text, separator, qualifier)


def _all_qualified(text: str, separator: str, qualifier: str) -> tuple[str, ...] | None:
    """Return the values if every one is qualified and nothing is odd: the usual row, without stepping through it."""
    width = len(qualifier)
    if len(text) < 2 * width or not (text.startswith(qualifier) and text.endswith(qualifier)):
        return None
    pieces = text[width:-width].split(qualifier + separator + qualifier)
    if text.count(qualifier) == 2 * len(pieces):
        return tuple(pieces)
    doubled = qualifier * 2
    for place, piece in enumerate(pieces):
        if qualifier in piece:
            if qualifier in piece.replace(doubled, ""):
                return None
            pieces[place] = piece.replace(doubled, qualifier)
    return tuple(pieces)


def _split_stepwise(text: str, separator: str, qualifier: str) -> Split:
    values: list[str] = []
    stray = False
    position = 0
    while True:
        if not text.startswith(qualifier, position):
            end = text.find(separator, position)
            value = text[position:] if end < 0 else text[position:end]
            stray = stray or qualifier in value
            values.append(value)
            if end < 0:
                return Split(tuple(values), Form.STRAY if stray else Form.CLEAN)
            position = end + 1
            continue
        start = position + len(qualifier)
        close = closing_qualifier(text, start, qualifier)
        if close < 0:
            values.append(text[start:].replace(qualifier * 2, qualifier))
            return Split(tuple(values), Form.STRAY if stray else Form.OPEN, position)
        values.append(text[start:close].replace(qualifier * 2, qualifier))
        position = close + len(qualifier)
        if position == len(text):
            return Split(tuple(values), Form.STRAY if stray else Form.CLEAN)
        if text[position] != separator:
            return Split(tuple(values), Form.STRAY)
        position += 1


def closing_qualifier(text: str, start: int, qualifier: str) -> int:
    """Return where the qualifier that closes the value stands, skipping doubled ones; -1 if none does."""
    width = len(qualifier)
    found = text.find(qualifier, start)
    while found >= 0 and text.startswith(qualifier, found + width):
        found = text.find(qualifier, found + 2 * width)
    return found


@lru_cache(maxsize=64)
def _likely_value(separator: str, qualifier: str) -> re.Pattern[str]:
    """A value up to the qualifier that a separator or the end follows; blanks may stand around it."""
    sep, qual = re.escape(separator), re.escape(qualifier)
    return re.compile(rf" *{qual}(?P<value>.*?){qual} *(?={sep}|\Z)", re.DOTALL)


def split_by_likelihood(text: str, dialect: Dialect, width: int | None) -> Likely:
    """Return the likeliest values of a row that breaks the rule.

    First every closing qualifier is the one before a separator (a qualifier inside a value was not doubled);
    if that does not give *width* values, every separator counts (a qualifier was lost).
    """
    qualifier, separator = dialect.qualifier, dialect.separator
    if qualifier is None:
        return Likely(tuple(text.split(separator)), lost_qualifier=False)
    tolerant = _split_tolerantly(text, separator, qualifier)
    if width is None or len(tolerant.values) == width:
        return tolerant
    pieces = text.split(separator)
    if len(pieces) != width:
        return tolerant
    lost = any(_is_one_sided(piece.strip(" "), qualifier) for piece in pieces)
    return Likely(tuple(_bare(piece, qualifier) for piece in pieces), lost_qualifier=lost)


def _split_tolerantly(text: str, separator: str, qualifier: str) -> Likely:
    pattern = _likely_value(separator, qualifier)
    values: list[str] = []
    position = 0
    lost = False  # once no qualifier closes, none further on will: no second search to the end
    while True:
        qualified = _starts_qualified(text, position, qualifier)
        match = pattern.match(text, position) if qualified and not lost else None
        if match is not None:
            values.append(match["value"].replace(qualifier * 2, qualifier))
            end = match.end() if match.end() < len(text) else -1
        else:
            lost = lost or qualified
            end = text.find(separator, position)
            values.append(_bare(text[position:] if end < 0 else text[position:end], qualifier))
        if end < 0:
            return Likely(tuple(values), lost_qualifier=lost)
        position = end + 1


def _is_one_sided(piece: str, qualifier: str) -> bool:
    """Tell whether *piece* has a qualifier at one end only."""
    return piece == qualifier or piece.startswith(qualifier) != piece.endswith(qualifier)


def _starts_qualified(text: str, position: int, qualifier: str) -> bool:
    while text.startswith(" ", position):
        position += 1
    return text.startswith(qualifier, position)


def _bare(piece: str, qualifier: str) -> str:
    """Return *piece* without the qualifiers at its ends; text outside them is kept, and so are they then."""
    core = piece.strip(" ") if piece.strip(" ").startswith(qualifier) else piece
    if core == qualifier:
        return ""
    if core.startswith(qualifier) and core.endswith(qualifier):
        return core[len(qualifier) : -len(qualifier)].replace(qualifier * 2, qualifier)
    if core.startswith(qualifier) and qualifier not in core[len(qualifier) :]:
        return core[len(qualifier) :]
    if core.endswith(qualifier) and qualifier not in core[: -len(qualifier)]:
        return core[: -len(qualifier)]
    return piece


def finished(values: tuple[str, ...], dialect: Dialect) -> tuple[str, ...]:
    """Return *values* with every newline mark turned into a line feed."""
    mark = dialect.newline_mark
    if mark is None or not any(mark in value for value in values):
        return values
    return tuple([value.replace(mark, "\n") for value in values])
