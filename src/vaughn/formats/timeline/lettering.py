"""How wide a text is, where it breaks, and how it is written into a drawing."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

# Widths of Helvetica, Arial and their metric equals, as parts of the type size; others are at most a little narrower.
_NARROW = frozenset("iIjl.,:;'|!()[]/ ft-")
_WIDE = frozenset("mwMW@%—…")
_NARROW_WIDTH, _WIDE_WIDTH, _CAPITAL_WIDTH, _USUAL_WIDTH = 0.31, 0.88, 0.70, 0.555
_FULL_WIDTH = 1.0  # letters outside Latin, Greek and Cyrillic
_LAST_USUAL = "\u052f"
# What XML 1.0 cannot hold at all, escaped or not.
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def text_width(text: str, size: float) -> float:
    """Return about how wide *text* is; a few percent too much rather than too little."""
    return size * sum(_letter_width(letter) for letter in text)


def _letter_width(letter: str) -> float:
    if letter in _NARROW:
        return _NARROW_WIDTH
    if letter in _WIDE:
        return _WIDE_WIDTH
    if letter > _LAST_USUAL:
        return _FULL_WIDTH
    return _CAPITAL_WIDTH if letter.isupper() else _USUAL_WIDTH


def wrapped(text: str, size: float, *, width: float) -> tuple[str, ...]:
    """Return *text* in lines no wider than *width*; a single word that is wider is cut into pieces."""
    lines: list[str] = []
    line = ""
    for word in (piece for whole in text.split() for piece in _pieces(whole, size, width)):
        longer = f"{line} {word}" if line else word
        if line and text_width(longer, size) > width:
            lines.append(line)
            line = word
        else:
            line = longer
    return (*lines, line) if line else tuple(lines)


def _pieces(word: str, size: float, width: float) -> list[str]:
    if text_width(word, size) <= width:
        return [word]
    pieces, piece = [], ""
    for letter in word:
        if piece and text_width(piece + letter, size) > width:
            pieces.append(piece)
            piece = ""
        piece += letter
    return [*pieces, piece]


def written(text: str) -> str:
    """Return *text* as XML and HTML hold it: nothing in it is markup, and what XML forbids is shown as a question."""
    return escape(_UNPRINTABLE.sub("\ufffd", text), {'"': "&quot;"})


def number(value: float) -> str:
    """Return a coordinate, the same on every machine."""
    return f"{value:.1f}".removesuffix(".0")
