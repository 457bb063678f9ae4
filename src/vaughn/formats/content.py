"""What reading a page or an image brings: the values that cross from `formats` to the other rooms."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from vaughn.formats.words import WordColumns, pack_columns
from vaughn.model import Box, PageSize, TextSource, Word

# Court captions and Bates numbers stand within an inch and a third of the edge on US Letter.
MARGIN_SHARE = 0.12


class TextLayer(Enum):
    """What kind of text a page of a file brought with it; see `vaughn.formats.layer`."""

    NONE = "none"
    BORN_DIGITAL = "born digital"
    UNREADABLE = "unreadable"  # its fonts do not say which letters they draw
    OCR_LAYER_GOOD = "OCR layer, good"  # hidden under or over a scan, by an earlier OCR
    OCR_LAYER_POOR = "OCR layer, poor"


@dataclass(frozen=True, slots=True)
class OcrReading:
    """Who read a page by OCR, and what was looked at.

    Args:
        engine: Name and version, e.g. ``rapidocr+openvino 3.10.0``.
        scan: Digest of the picture that was read (`vaughn.formats.ocr_routing.scan_digest`).
        confidence: Mean over the words, longer ones counting for more, 0 to 100; `None` where no word was found.
    """

    engine: str
    scan: str
    confidence: int | None


@dataclass(frozen=True, slots=True)
class PageContent:
    """One page as read.

    Args:
        number: From 1.
        words: In reading order of the file; empty where no boxes are known.
        image_coverage: Share of the page that lies under images, 0 to 1.
    """

    number: int
    size: PageSize
    text: str
    words: tuple[Word, ...]
    source: TextSource
    image_coverage: float


@dataclass(frozen=True, slots=True, eq=False)
class PageColumns:
    """One page as read, its words as columns: what bulk reading uses.

    Args:
        size: `None` for pages of text files, which have no paper.
        reading: `None` for pages that OCR did not read.
    """

    number: int
    size: PageSize | None
    words: WordColumns
    source: TextSource
    image_coverage: float
    layer: TextLayer = TextLayer.NONE
    reading: OcrReading | None = None


@dataclass(frozen=True, slots=True, eq=False)
class PageScan:
    """A page as a grey picture, one byte a pixel, upright as displayed."""

    grey: NDArray[np.uint8]
    size: PageSize


@dataclass(frozen=True, slots=True)
class StampCandidate:
    """Words in a margin of a page that read like a stamped number."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class PackedPage:
    """One page as read, ready to be stored; small enough to send between processes.

    Args:
        packed: What `unpack_words` reads; holds the text as well.
        characters: Non-blank characters of the text.
        stamps: What may be the page's stamped number, most likely first.
        body_characters: Those of `characters` that stand between the page's top and bottom margins.
        reading: `None` for pages that OCR did not read.
    """

    number: int
    size: PageSize | None
    packed: bytes
    source: TextSource
    image_coverage: float
    characters: int
    stamps: tuple[StampCandidate, ...] = ()
    layer: TextLayer = TextLayer.NONE
    body_characters: int = 0
    reading: OcrReading | None = None


@dataclass(frozen=True, slots=True)
class ImageFacts:
    """What an image file, or the main image of a PDF page, is made of; `None` is unknown.

    Args:
        page: Page of the file, from 1.
        format: ``TIFF``, ``JPEG``, ``PNG``, ``JPEG 2000``, ``PDF``.
        compression: ``G4``, ``G3``, ``LZW``, ``JPEG``, ``Deflate``, ``JBIG2``, ``JPEG 2000``, ``none`` ...
        bits_per_pixel: All channels together.
    """

    page: int
    format: str
    compression: str | None
    dpi_x: float | None
    dpi_y: float | None
    bits_per_pixel: int | None
    width_px: int
    height_px: int


def packed(page: PageColumns, stamps: tuple[StampCandidate, ...] = ()) -> PackedPage:
    """Return *page* ready to be stored."""
    lengths = page.words.ends - page.words.starts
    inked = int(lengths.sum()) if len(lengths) else 0
    characters = inked or sum(len(run) for run in page.words.text.split())
    return PackedPage(
        page.number,
        page.size,
        pack_columns(page.words),
        page.source,
        page.image_coverage,
        characters,
        stamps,
        page.layer,
        _body_characters(page, lengths) if inked and page.size else characters,
        page.reading,
    )


def _body_characters(page: PageColumns, lengths: NDArray[np.int32]) -> int:
    """Return how many characters stand between the margins that stamps of courts and agencies are put in."""
    height = page.size.height_pt if page.size else 0.0
    middles = (page.words.boxes[:, 1] + page.words.boxes[:, 3]) / 2
    return int(lengths[(middles > MARGIN_SHARE * height) & (middles < (1 - MARGIN_SHARE) * height)].sum())
