"""What reading a page or an image brings: the values that cross from `formats` to the other rooms."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vaughn.formats.words import WordColumns, pack_columns
from vaughn.model import Box, PageSize, TextSource, Word


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
    """

    number: int
    size: PageSize | None
    words: WordColumns
    source: TextSource
    image_coverage: float


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
    """

    number: int
    size: PageSize | None
    packed: bytes
    source: TextSource
    image_coverage: float
    characters: int
    stamps: tuple[StampCandidate, ...] = ()


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
    inked = int((page.words.ends - page.words.starts).sum()) if len(page.words) else 0
    characters = inked or sum(len(run) for run in page.words.text.split())
    return PackedPage(
        page.number, page.size, pack_columns(page.words), page.source, page.image_coverage, characters, stamps
    )
