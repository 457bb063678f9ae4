"""Check 14: page images are as ordered: file type, compression, resolution, colour depth; sizes are usual."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from vaughn.model import Finding, ImageSpec, ProductionOrder, Requirement
from vaughn.receive.checks.telling import pages_told
from vaughn.receive.facts import Flags, ProductionFacts, TextColumn

# A page outside this is no sheet of paper and no slide: the smallest is a 3-inch card, the largest a 17 x 22 inch
# plan with a margin. The limits are ours; the effect of a wrong one is a warning to look at the page.
SMALLEST_SIDE_PT = 216.0
LARGEST_SIDE_PT = 1700.0
POINTS_AN_INCH = 72.0
# A scan at 300 dpi often states 299.9994: rounding is no fault.
DPI_TOLERANCE = 1
# Only these are judged by compression and colour depth; a JPEG is the form ordered for colour pages.
_TYPE_NAMES = {
    "image/tiff": "tiff",
    "image/jpeg": "jpeg",
    "image/png": "png",
    "image/jp2": "jp2",
    "application/pdf": "pdf",
    "image/bmp": "bmp",
    "image/gif": "gif",
}
_GROUP_4 = ("ccittg4", "ccittgroup4", "group4", "groupiv", "g4", "ccittt6", "t6", "ccittfaxg4", "ccittgroupiv")


def check_images(facts: ProductionFacts, order: ProductionOrder | None) -> list[Finding]:
    """Return the findings IM001 to IM005."""
    found: list[Finding] = []
    if order is not None and order.images.requirement is not Requirement.NOT_OWED:
        found += _against(facts, order.images)
    return found + unusual_sizes(facts)


def _file_types(facts: ProductionFacts) -> TextColumn:
    """Return the file type of each page's image, by its bytes."""
    media, pages = facts.files.media_type, facts.pages
    names = tuple(_TYPE_NAMES.get(value, value) for value in media.values)
    codes = np.full(len(pages), -1, np.int64)
    shown = pages.file >= 0
    codes[shown] = media.codes[pages.file[shown]]
    return TextColumn(names, codes)


def _is_one_of(column: TextColumn, accepted: Iterable[str]) -> Flags:
    wanted = set(accepted)
    return np.isin(column.codes, [code for code, value in enumerate(column.values) if value in wanted])


def _against(facts: ProductionFacts, spec: ImageSpec) -> list[Finding]:
    pages, types = facts.pages, _file_types(facts)
    known = types.codes >= 0
    tiff = _is_one_of(types, ["tiff"])
    found: list[Finding] = []
    if spec.file_types:
        ordered = " or ".join(spec.file_types)
        other = known & ~_is_one_of(types, spec.file_types)
        found += pages_told(
            facts, "IM004", np.flatnonzero(other), lambda row: f"The page is {types[row]}, ordered was {ordered}."
        )
    if spec.compression is not None:
        right = [value for value in pages.compression.values if _same_compression(value, spec.compression)]
        other = tiff & (pages.compression.codes >= 0) & ~_is_one_of(pages.compression, right)
        found += pages_told(
            facts,
            "IM001",
            np.flatnonzero(other),
            lambda row: f"The image is compressed as {pages.compression[row]}, ordered was {spec.compression}.",
        )
    if spec.min_dpi is not None:
        low = (pages.dpi >= 0) & (pages.dpi + DPI_TOLERANCE < spec.min_dpi)
        found += pages_told(
            facts,
            "IM002",
            np.flatnonzero(low),
            lambda row: f"The image has {int(pages.dpi[row])} dpi, ordered were {spec.min_dpi}.",
        )
    if spec.bits_per_pixel is not None:
        other = tiff & (pages.bits >= 0) & (pages.bits != spec.bits_per_pixel)
        found += pages_told(
            facts,
            "IM003",
            np.flatnonzero(other),
            lambda row: f"The image has {int(pages.bits[row])} bits a pixel, ordered was {spec.bits_per_pixel}.",
        )
    return found


def _same_compression(name: str, ordered: str) -> bool:
    def folded(text: str) -> str:
        return "".join(letter for letter in text.lower() if letter.isalnum())

    return folded(name) == folded(ordered) or {folded(name), folded(ordered)} <= set(_GROUP_4)


def unusual_sizes(facts: ProductionFacts) -> list[Finding]:
    """IM005: a page is smaller than a card or larger than a plan."""
    pages = facts.pages
    short = np.minimum(pages.width_pt, pages.height_pt)
    long = np.maximum(pages.width_pt, pages.height_pt)
    odd = (short < SMALLEST_SIDE_PT) | (long > LARGEST_SIDE_PT)  # NaN compares as False: unknown sizes are not told
    return pages_told(
        facts,
        "IM005",
        np.flatnonzero(odd),
        lambda row: (
            f"The page measures {pages.width_pt[row] / POINTS_AN_INCH:.1f} x "
            f"{pages.height_pt[row] / POINTS_AN_INCH:.1f} inches."
        ),
    )
