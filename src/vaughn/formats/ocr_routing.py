"""Which pages OCR should read, and which pictures it has read already.

Told per page from its words and its pictures together: a scan that carries only a court's caption and a
Bates number has text, and still nobody can search it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import Enum
from typing import assert_never

from vaughn.formats.content import PackedPage, PageScan, TextLayer
from vaughn.model import LayerState, TextSource

# A picture that covers less of the page is a figure or a seal in a page of text.
MIN_SCAN_COVERAGE = 0.4
# A court's caption has 60 to 90 characters; a sentence of the body more than this.
MAX_STAMP_CHARACTERS = 100
# Changed when the same pixels are to be read anew by a better reader of ours.
_DIGEST_VERSION = b"scan 1"


class OcrReason(Enum):
    """Why a page should be read by OCR."""

    NO_TEXT = "The page has no text."
    STAMP_ONLY = "The page is a picture with no more than a caption or a number in text."
    POOR_LAYER = "The text hidden on the scan reads badly."
    UNREADABLE = "The page's fonts do not say which letters they draw."


@dataclass(frozen=True, slots=True)
class OcrNeed:
    """Whether and why a page should be read by OCR; no reasons, no need."""

    reasons: tuple[OcrReason, ...] = ()

    @property
    def is_needed(self) -> bool:
        """Whether there is any reason."""
        return bool(self.reasons)


def needs_ocr(page: PackedPage) -> OcrNeed:
    """Return whether *page*, as read from its file, should be read by OCR, and why."""
    match page.source:
        case TextSource.EMPTY:
            return OcrNeed((OcrReason.NO_TEXT,))
        case TextSource.EMBEDDED:
            return OcrNeed(_reasons(page))
        case TextSource.DOUBTFUL | TextSource.UNREAD | TextSource.TEXT_FILE | TextSource.OCR | TextSource.FAILED:
            return OcrNeed()
        case _:
            assert_never(page.source)


def stored_source(page: PackedPage) -> TextSource:
    """Return where the words of *page* come from, as it is stored: what OCR should read again is doubtful."""
    if page.source is TextSource.EMBEDDED and needs_ocr(page).is_needed:
        return TextSource.DOUBTFUL
    return page.source


def stored_layer(page: PackedPage) -> LayerState | None:
    """Return what is known of the text layer of *page*, as it is stored; `None` where its text is seen."""
    if page.source is not TextSource.EMBEDDED:
        return None
    match next(iter(needs_ocr(page).reasons), None):
        case OcrReason.POOR_LAYER:
            return LayerState.POOR
        case OcrReason.UNREADABLE:
            return LayerState.UNREADABLE
        case OcrReason.STAMP_ONLY:
            return LayerState.SCANTY
        case OcrReason.NO_TEXT | None:
            return LayerState.HIDDEN if page.layer is TextLayer.OCR_LAYER_GOOD else None


def _reasons(page: PackedPage) -> tuple[OcrReason, ...]:
    match page.layer:
        case TextLayer.OCR_LAYER_POOR:
            return (OcrReason.POOR_LAYER,)
        case TextLayer.UNREADABLE:
            return (OcrReason.UNREADABLE,)
        case TextLayer.NONE | TextLayer.BORN_DIGITAL | TextLayer.OCR_LAYER_GOOD:
            is_scan = page.image_coverage >= MIN_SCAN_COVERAGE and page.body_characters < MAX_STAMP_CHARACTERS
            is_bare = page.image_coverage > 0 and page.body_characters == 0
            return (OcrReason.STAMP_ONLY,) if is_scan or is_bare else ()
        case _:
            assert_never(page.layer)


def scan_digest(scan: PageScan) -> str:
    """Return the SHA-256 of what OCR sees of a page: its pixels and its size in tenths of a point.

    The same page in another file has the same digest if both files show the same pixels.
    """
    height, width = scan.grey.shape
    size = (round(scan.size.width_pt * 10), round(scan.size.height_pt * 10))
    digest = hashlib.sha256(b"%s %d %d %d %d " % (_DIGEST_VERSION, width, height, *size))
    digest.update(scan.grey.tobytes())
    return digest.hexdigest()
