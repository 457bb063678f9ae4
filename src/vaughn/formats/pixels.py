"""How large a page image may be, and how it is sent to a screen."""

from __future__ import annotations

import io
import math

from PIL import Image

from vaughn.formats.faults import unreadable
from vaughn.model import PageSize

# A page of 40 megapixels is 11 x 17 inches at 460 dpi; above it one page takes more than 160 MB.
MAX_PIXELS = 40_000_000
MAX_SIDE_PX = 16_000  # JPEG ends at 65,535, WebP at 16,383.
SCREEN_QUALITY = 85
# What OCR sees: 200 dpi reads as well as 300; US Letter at 300 dpi has 8.4 megapixels.
OCR_DPI = 200
OCR_MAX_PIXELS = 9_000_000


def fitting(size: PageSize, *, width_px: int, max_pixels: int = MAX_PIXELS) -> tuple[int, int]:
    """Return width and height in pixels of a page shown *width_px* wide, made smaller if it must be.

    Raises:
        FileRefused: If the page is so narrow or flat that no picture of it is possible.
    """
    ratio = size.height_pt / size.width_pt
    width = float(min(max(1, width_px), MAX_SIDE_PX))
    if width * ratio > MAX_SIDE_PX:
        width = MAX_SIDE_PX / ratio
    if width * width * ratio > max_pixels:
        width = math.sqrt(max_pixels / ratio)
    height = width * ratio
    if not math.isfinite(height) or width < 1 / 1000 or height < 1 / 1000:
        raise unreadable("The page has no size that can be shown.")
    return max(1, math.floor(width)), max(1, math.floor(height))


def screen_bytes(image: Image.Image) -> bytes:
    """Return *image* (mode ``L`` or ``RGB``) as JPEG for a screen."""
    out = io.BytesIO()
    image.save(out, "JPEG", quality=SCREEN_QUALITY)
    return out.getvalue()
