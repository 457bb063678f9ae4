"""Which images a PDF page shows: how much of it they cover, and what the largest is made of."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from itertools import repeat
from typing import Any

from pypdfium2 import raw

from vaughn.formats.content import ImageFacts
from vaughn.formats.pdf.paper import Paper
from vaughn.formats.pdf.pdfium import Sheet, address_of, object_of_form, object_of_page, object_type, pointer_to

# Looking at objects costs time; a page image stands among the first or the last, a drawing has thousands.
MAX_OBJECTS_SEEN = 120
MAX_FORM_DEPTH = 3
FAX = "CCITT"  # Group 3 or 4: see `fax`
COMPRESSION_NAMES = {
    "CCITTFaxDecode": FAX,
    "DCTDecode": "JPEG",
    "JPXDecode": "JPEG 2000",
    "JBIG2Decode": "JBIG2",
    "FlateDecode": "Deflate",
    "LZWDecode": "LZW",
    "RunLengthDecode": "RunLength",
}


def image_coverage(page: Sheet, paper: Paper) -> float:
    """Return the share of *page* that lies under images, 0 to 1; overlaps count twice, up to 1."""
    whole = (paper.right - paper.left) * (paper.top - paper.bottom)
    if whole <= 0:
        return 0.0
    covered = sum(area_inside(image, paper) for image in _images(page))
    return min(1.0, covered / whole)


def main_image(page: Sheet, paper: Paper, *, number: int) -> ImageFacts | None:
    """Return the facts of the image that covers most of *page*, or `None` if it shows none."""
    best, best_area = None, 0.0
    for image in _images(page):
        area = area_inside(image, paper)
        if area > best_area:
            best, best_area = image, area
    return None if best is None else _facts(ctypes.cast(best, raw.FPDF_PAGEOBJECT), page, number)


def _images(page: Sheet) -> Iterator[int]:
    return objects_of(page, kinds=(raw.FPDF_PAGEOBJ_IMAGE,))


def objects_of(page: Sheet, *, kinds: tuple[int, ...]) -> Iterator[int]:
    """Yield the addresses of the objects of *page* that are of *kinds*, as they are painted: the first and last."""
    count = int(raw.FPDFPage_CountObjects(page.raw))
    return _among(object_of_page, address_of(page.raw), count, kinds=kinds, depth=0)


def _among(
    get: Callable[[object, int], int | None], owner: int, count: int, *, kinds: tuple[int, ...], depth: int
) -> Iterator[int]:
    half = MAX_OBJECTS_SEEN // 2
    places = range(count) if count <= MAX_OBJECTS_SEEN else (*range(half), *range(count - half, count))
    found = list(map(get, repeat(pointer_to(owner)), places))
    found_kinds = list(map(object_type, found))
    if not any(kind in found_kinds for kind in (*kinds, raw.FPDF_PAGEOBJ_FORM)):
        return  # as most pages: nothing but text and lines
    for thing, kind in zip(found, found_kinds, strict=True):
        if kind in kinds:
            yield thing or 0
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < MAX_FORM_DEPTH:
            form = ctypes.cast(thing or 0, raw.FPDF_PAGEOBJECT)
            inside = int(raw.FPDFFormObj_CountObjects(form))
            yield from _among(object_of_form, thing or 0, inside, kinds=kinds, depth=depth + 1)


def area_inside(thing: int, paper: Paper) -> float:
    """Return how much of the visible page the object at the address *thing* covers, in square points."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not raw.FPDFPageObj_GetBounds(ctypes.cast(thing, raw.FPDF_PAGEOBJECT), left, bottom, right, top):
        return 0.0
    width = min(right.value, paper.right) - max(left.value, paper.left)
    height = min(top.value, paper.top) - max(bottom.value, paper.bottom)
    return max(0.0, width) * max(0.0, height)


def _facts(image: object, page: Sheet, number: int) -> ImageFacts | None:
    data: Any = raw.FPDF_IMAGEOBJ_METADATA()
    if not raw.FPDFImageObj_GetImageMetadata(image, page.raw, data) or not (data.width and data.height):
        return None
    return ImageFacts(
        page=number,
        format="PDF",
        compression=_compression(image),
        dpi_x=round(data.horizontal_dpi, 1) or None,
        dpi_y=round(data.vertical_dpi, 1) or None,
        bits_per_pixel=int(data.bits_per_pixel) or None,
        width_px=int(data.width),
        height_px=int(data.height),
    )


def _compression(image: object) -> str | None:
    """Return the last filter's name: the one that packs pixels; ``none`` if there is no filter."""
    count = int(raw.FPDFImageObj_GetImageFilterCount(image))
    if count <= 0:
        return "none"
    buffer = ctypes.create_string_buffer(64)
    raw.FPDFImageObj_GetImageFilter(image, count - 1, buffer, 64)
    name = buffer.value.decode("ascii", "replace")
    return COMPRESSION_NAMES.get(name, name or None)
