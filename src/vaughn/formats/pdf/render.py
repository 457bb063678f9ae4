"""What a PDF page looks like: PDFium's picture of it."""

from __future__ import annotations

import ctypes

import numpy as np
from PIL import Image
from pypdfium2 import raw

from vaughn.formats.faults import unreadable
from vaughn.formats.pdf.pdfium import Sheet


def picture_of(page: Sheet, *, width_px: int, height_px: int) -> Image.Image:
    """Return *page* with its annotations, *width_px* by *height_px*, in colour.

    Raises:
        FileRefused: If PDFium has no room for the picture.
    """
    pixels = np.full((height_px, width_px, 4), 255, dtype=np.uint8)
    place = ctypes.c_void_p(pixels.ctypes.data)
    bitmap = raw.FPDFBitmap_CreateEx(width_px, height_px, raw.FPDFBitmap_BGRx, place, width_px * 4)
    if not bitmap:
        raise unreadable("The page is too large to be shown.")
    try:
        flags = raw.FPDF_ANNOT | raw.FPDF_RENDER_LIMITEDIMAGECACHE
        raw.FPDF_RenderPageBitmap(bitmap, page.raw, 0, 0, width_px, height_px, 0, flags)
    finally:
        raw.FPDFBitmap_Destroy(bitmap)
    return Image.frombuffer("RGB", (width_px, height_px), pixels, "raw", "BGRX", 0, 1)
