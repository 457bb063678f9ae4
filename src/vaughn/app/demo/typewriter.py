"""Where each word of a plain-text page stands on paper: the text as laid out, scaled to fit the sheet."""

from __future__ import annotations

import re

from vaughn.formats.pdf import COURIER_ADVANCE, TextPage, TextRun
from vaughn.model import PageSize

LETTER = PageSize(612.0, 792.0)
MARGIN_PT = 27.0
MAX_FONT_PT = 9.0
# Lines closer than this run into each other, farther apart they no longer read as a page.
MIN_LEADING, MAX_LEADING = 1.05, 1.5
# One blank parts words; two or more are layout, and what follows is placed by itself.
_STRETCH = re.compile(r"\S+(?: \S+)*")


def typed_page(text: str) -> TextPage:
    """Return *text* as one letter-size page that keeps its columns and lines."""
    lines = [line.expandtabs(8).rstrip() for line in text.split("\n")]
    while lines and not lines[-1]:
        lines.pop()
    columns = max((len(line) for line in lines), default=1) or 1
    wide = (LETTER.width_pt - 2 * MARGIN_PT) / (COURIER_ADVANCE * columns)
    high = (LETTER.height_pt - 2 * MARGIN_PT) / (MIN_LEADING * max(len(lines), 1))
    font = min(MAX_FONT_PT, wide, high)
    leading = min(MAX_LEADING * font, (LETTER.height_pt - 2 * MARGIN_PT) / max(len(lines), 1))
    runs = tuple(
        TextRun(MARGIN_PT + found.start() * COURIER_ADVANCE * font, MARGIN_PT + font + index * leading, found[0])
        for index, line in enumerate(lines)
        for found in _STRETCH.finditer(line)
    )
    return TextPage(LETTER, font, runs)
