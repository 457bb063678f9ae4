"""Where a point of PDF space stands on the page as displayed (crop and rotation applied)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pypdfium2 import raw

from vaughn.formats.pdf.pdfium import Sheet
from vaughn.formats.words import BoxColumns
from vaughn.model import PageSize

# PDFium shows a page without a usable size as US Letter.
LETTER = PageSize(612.0, 792.0)


@dataclass(frozen=True, slots=True, eq=False)
class _Turn:
    """How x0, y0, x1, y1 of a displayed box come from the sides of a rectangle: left 0, bottom 1, right 2, top 3.

    Args:
        measured_from: Side of the paper from which each is measured.
        signs: -1 where it is measured against the axis of PDF space.
    """

    sides: tuple[int, int, int, int]
    measured_from: tuple[int, int, int, int]
    signs: NDArray[np.float64]


_TURNS = (
    _Turn((0, 3, 2, 1), (0, 3, 0, 3), np.array([1.0, -1.0, 1.0, -1.0])),
    _Turn((1, 0, 3, 2), (1, 0, 1, 0), np.array([1.0, 1.0, 1.0, 1.0])),
    _Turn((2, 1, 0, 3), (2, 1, 2, 1), np.array([-1.0, 1.0, -1.0, 1.0])),
    _Turn((3, 2, 1, 0), (3, 2, 3, 2), np.array([-1.0, -1.0, -1.0, -1.0])),
)


@dataclass(frozen=True, slots=True)
class Paper:
    """The visible rectangle of a page in PDF space and how many quarter turns it is shown clockwise."""

    left: float
    bottom: float
    right: float
    top: float
    quarter_turns: int

    @property
    def size(self) -> PageSize:
        """Size of the page as displayed."""
        width, height = self.right - self.left, self.top - self.bottom
        if not (width > 0 and height > 0):
            return LETTER
        return PageSize(height, width) if self.quarter_turns % 2 else PageSize(width, height)

    def displayed(self, rectangles: NDArray[np.float64]) -> BoxColumns:
        """Return *rectangles* (left, bottom, right, top in PDF space) as boxes of the displayed page."""
        turn = _TURNS[self.quarter_turns % 4]
        borders = (self.left, self.bottom, self.right, self.top)
        origin = np.array([borders[side] for side in turn.measured_from]) * -turn.signs
        return (rectangles[:, turn.sides] * turn.signs + origin).astype(np.float32)


def paper_of(page: Sheet) -> Paper:
    """Return the paper of *page*."""
    rectangle: Any = raw.FS_RECTF()
    turns = max(0, int(raw.FPDFPage_GetRotation(page.raw)))
    if not raw.FPDF_GetPageBoundingBox(page.raw, rectangle) or rectangle.right <= rectangle.left:
        return Paper(0.0, 0.0, LETTER.width_pt, LETTER.height_pt, turns)
    return Paper(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top, turns)
