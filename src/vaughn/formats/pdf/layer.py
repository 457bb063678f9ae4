"""Whether the text of a PDF page lies unseen on a scan, as the text layer of an earlier OCR does.

Such text is drawn with rendering mode 3 (neither filled nor stroked, ISO 32000-1, table 106), or is
drawn first and then painted over by the picture of the page.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from pypdfium2 import raw

from vaughn.formats.pdf.images import area_inside, objects_of
from vaughn.formats.pdf.paper import Paper
from vaughn.formats.pdf.pdfium import Sheet, object_type, text_mode
from vaughn.formats.pdf.render import picture_of
from vaughn.formats.words import WordColumns

# A picture that covers less of the page is a figure, not a scan.
MIN_SCAN_COVERAGE = 0.7
# A stamp drawn over a scan is seen; the layer below it is not.
MIN_HIDDEN_SHARE = 0.6
_INK_DPI = 50
_KINDS = (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_TEXT)
_INVISIBLE = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
# Boxes of words are grown by this much: earlier OCR engines place them roughly.
_MARGIN_PT = 2.0
_DARK_SHARE = 0.6
# At 50 dpi: letters are up to 29 pt high, words up to 170 pt long; rules and leaders are thin and long.
_LETTER_PX = 20
_WORD_PX = 120
_RULE_PX = 30
_RULE_THICKNESS_PX = 2


def is_hidden(page: Sheet, paper: Paper, *, coverage: float) -> bool:
    """Tell whether most pieces of text on *page* cannot be seen, because they are invisible or painted over."""
    if coverage < MIN_SCAN_COVERAGE:
        return False
    whole = (paper.right - paper.left) * (paper.top - paper.bottom)
    seen = unseen = 0
    for thing in objects_of(page, kinds=_KINDS):
        kind = object_type(thing)
        if kind == raw.FPDF_PAGEOBJ_IMAGE and area_inside(thing, paper) >= MIN_SCAN_COVERAGE * whole:
            seen, unseen = 0, seen + unseen
        elif kind == raw.FPDF_PAGEOBJ_TEXT:
            invisible = text_mode(thing) in _INVISIBLE
            seen, unseen = seen + (not invisible), unseen + invisible
    return unseen > 0 and unseen >= MIN_HIDDEN_SHARE * (seen + unseen)


def ink_covered(page: Sheet, paper: Paper, words: WordColumns) -> float | None:
    """Return which share of the dark pixels of *page* lies under *words*; `None` if there are hardly any."""
    scale = _INK_DPI / 72
    width, height = max(1, round(paper.size.width_pt * scale)), max(1, round(paper.size.height_pt * scale))
    if width * height > 4_000_000:
        return None
    grey = np.asarray(picture_of(page, width_px=width, height_px=height).convert("L"))
    dark = _letters(grey < _DARK_SHARE * float(np.percentile(grey, 90)))
    inside = np.zeros((height + 1, width + 1), dtype=np.int32)
    boxes = words.boxes + np.array((-_MARGIN_PT, -_MARGIN_PT, _MARGIN_PT, _MARGIN_PT), dtype=np.float32)
    x0, y0, x1, y1 = np.clip(np.rint(boxes * scale), 0, (width, height, width, height)).astype(int).T
    for rows, columns, step in ((y0, x0, 1), (y0, x1, -1), (y1, x0, -1), (y1, x1, 1)):
        np.add.at(inside, (rows, columns), step)
    under = inside.cumsum(axis=0).cumsum(axis=1)[:height, :width] > 0
    inked = int(dark.sum())
    return None if inked < 50 else float((dark & under).sum()) / inked


def _letters(dark: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return *dark* without rules, leaders, black edges and pictures."""
    across, down = _runs(dark), _runs(dark.T).T
    is_rule = (across >= _RULE_PX) & (down <= _RULE_THICKNESS_PX)
    return dark & ~is_rule & (down <= _LETTER_PX) & (across <= _WORD_PX)


def _runs(dark: NDArray[np.bool_]) -> NDArray[np.int32]:
    """Return for each dark pixel how long the run of dark pixels is that it stands in, from left to right."""
    padded = np.zeros((dark.shape[0], dark.shape[1] + 2), dtype=np.int8)
    padded[:, 1:-1] = dark
    edges = np.diff(padded, axis=1)
    lengths = np.nonzero(edges == -1)[1] - np.nonzero(edges == 1)[1]
    runs = np.zeros(dark.shape, dtype=np.int32)
    runs[dark] = np.repeat(lengths, lengths)
    return runs
