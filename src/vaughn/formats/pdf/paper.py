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
        left, bottom, right, top = rectangles.T
        match self.quarter_turns % 4:
            case 0:
                sides = (left - self.left, self.top - top, right - self.left, self.top - bottom)
            case 1:
                sides = (bottom - self.bottom, left - self.left, top - self.bottom, right - self.left)
            case 2:
                sides = (self.right - right, bottom - self.bottom, self.right - left, top - self.bottom)
            case _:
                sides = (self.top - top, self.right - right, self.top - bottom, self.right - left)
        return np.stack(sides, axis=1).astype(np.float32)


def paper_of(page: Sheet) -> Paper:
    """Return the paper of *page*."""
    rectangle: Any = raw.FS_RECTF()
    turns = max(0, int(raw.FPDFPage_GetRotation(page.raw)))
    if not raw.FPDF_GetPageBoundingBox(page.raw, rectangle) or rectangle.right <= rectangle.left:
        return Paper(0.0, 0.0, LETTER.width_pt, LETTER.height_pt, turns)
    return Paper(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top, turns)
