"""The shapes of a timeline: marks by certainty, bars by kind, lines and texts."""

from __future__ import annotations

from typing import assert_never

from vaughn.formats.timeline.content import BarKind, Certainty
from vaughn.formats.timeline.lettering import number, written

LANE_COLOURS = 6  # as many as the style sheet has


def lane_class(lane: int) -> str:
    """Return the class that gives a lane its colour."""
    return f"lane{lane % LANE_COLOURS}"


def certainty_class(certainty: Certainty) -> str:
    """Return the class by which a page shows or hides what is that certain."""
    return f"is-{certainty.value.replace(' ', '-')}"


def level_line(y: float, left: float, right: float, style: str) -> str:
    """Return a line from left to right."""
    return f'<path class="{style}" d="M{number(left)} {number(y)}H{number(right)}"/>'


def upright_line(x: float, top: float, bottom: float, style: str) -> str:
    """Return a line from top to bottom."""
    return f'<path class="{style}" d="M{number(x)} {number(top)}V{number(bottom)}"/>'


def lettering(x: float, y: float, text: str, style: str = "", *, anchor: str = "") -> str:
    """Return a line of text that begins at *x*, or ends or is centred there."""
    classes = f' class="{style}"' if style else ""
    anchored = f' text-anchor="{anchor}"' if anchor else ""
    return f'<text{classes}{anchored} x="{number(x)}" y="{number(y)}">{written(text)}</text>'


def mark(x: float, y: float, certainty: Certainty, *, radius: float) -> str:
    """Return the form of a mark: filled is confirmed; a ring with a point is stated; a ring is inferred."""
    if certainty is Certainty.CONFIRMED:
        return _circle(x, y, radius, "mark")
    if certainty is Certainty.STATED:
        return _circle(x, y, radius, "ring") + _circle(x, y, radius * 0.42, "mark")
    if certainty is Certainty.COMPUTED:
        reach = radius * 1.2
        corners = ((x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y))
        return f'<path class="mark" d="M{"L".join(f"{number(a)} {number(b)}" for a, b in corners)}Z"/>'
    if certainty is Certainty.INFERRED:
        return _circle(x, y, radius, "ring")
    if certainty is Certainty.NOT_CONFIRMED:
        return _circle(x, y, radius, "ring dashed")
    assert_never(certainty)


def _circle(x: float, y: float, radius: float, style: str) -> str:
    return f'<circle class="{style}" cx="{number(x)}" cy="{number(y)}" r="{number(radius)}"/>'


def bar(left: float, top: float, *, width: float, height: float, kind: BarKind) -> str:
    """Return the rectangle of something that was running."""
    round_by = min(width, height, 5) / 2
    return (
        f'<rect class="bar {kind.value}" x="{number(left)}" y="{number(top)}" width="{number(max(width, 1))}" '
        f'height="{number(max(height, 1))}" rx="{number(round_by)}"/>'
    )
