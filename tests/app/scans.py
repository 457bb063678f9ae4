"""Scanned pages: pictures of words, without the words."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from vaughn.formats.pages import ocr_available

needs_ocr = pytest.mark.skipif(not ocr_available(), reason="OCR is not installed: pip install 'vaughn[ocr]'")


def scanned_pile(folder: Path, *, pages: int) -> Path:
    """Write *pages* pictures of a page that says "Detainer" and its number, and return their folder."""
    folder.mkdir(parents=True)
    for number in range(1, pages + 1):
        page = Image.new("L", (1700, 2200), 255)
        words = ImageFont.load_default(56)
        ImageDraw.Draw(page).text((200, 500), f"Detainer policy, page {number}", fill=0, font=words)
        page.save(folder / f"scan{number:02d}.png", dpi=(200, 200))
    return folder
