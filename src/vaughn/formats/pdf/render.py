"""What a PDF page looks like: PDFium's picture of it."""

from __future__ import annotations

import ctypes

import pypdfium2
from PIL import Image
from pypdfium2 import raw

from vaughn.formats.faults import unreadable

_WHITE = 0xFFFFFFFF


def picture_of(page: pypdfium2.PdfPage, *, width_px: int, height_px: int) -> Image.Image:
    """Return *page* with its annotations, *width_px* by *height_px*, in colour.

    Raises:
        FileRefused: If PDFium has no room for the picture.
    """
    buffer = (ctypes.c_ubyte * (width_px * height_px * 4))()
    bitmap = raw.FPDFBitmap_CreateEx(width_px, height_px, raw.FPDFBitmap_BGRx, buffer, width_px * 4)
    if not bitmap:
        raise unreadable("The page is too large to be shown.")
    try:
        raw.FPDFBitmap_FillRect(bitmap, 0, 0, width_px, height_px, _WHITE)
        flags = raw.FPDF_ANNOT | raw.FPDF_RENDER_LIMITEDIMAGECACHE
        raw.FPDF_RenderPageBitmap(bitmap, page.raw, 0, 0, width_px, height_px, 0, flags)
    finally:
        raw.FPDFBitmap_Destroy(bitmap)
    return Image.frombuffer("RGB", (width_px, height_px), memoryview(buffer), "raw", "BGRX", 0, 1)  # type: ignore[arg-type]
