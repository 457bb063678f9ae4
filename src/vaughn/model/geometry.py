"""Where something stands on a page or in its text.

A `Box` is in points (1/72 inch), origin at the top left of the page *as displayed* (crop and
rotation applied), y downwards. A `Span` counts code points of one page's text, half-open.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a displayed page, in points; `x1` and `y1` lie outside it."""

    x0: float
    y0: float
    x1: float
    y1: float

    def __post_init__(self) -> None:
        if not (self.x0 < self.x1 and self.y0 < self.y1):
            raise ValueError(f"empty box: {self.x0}, {self.y0}, {self.x1}, {self.y1}")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one page's text, in code points, half-open and not empty."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"empty or negative span: {self.start}, {self.end}")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a page's text: where it stands in the text and on the page."""

    span: Span
    box: Box


@dataclass(frozen=True, slots=True)
class PageSize:
    """How large a displayed page is, in points."""

    width_pt: float
    height_pt: float

    def __post_init__(self) -> None:
        if self.width_pt <= 0 or self.height_pt <= 0:
            raise ValueError(f"a page needs a size: {self.width_pt} x {self.height_pt}")
