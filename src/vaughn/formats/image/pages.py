"""The pages of an image file as the rest of the program asks for them."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from vaughn.formats.content import ImageFacts, PageColumns, PageScan
from vaughn.formats.image.frames import ImageFile, open_image
from vaughn.formats.pixels import MAX_PIXELS, OCR_MAX_PIXELS, screen_bytes
from vaughn.formats.words import NO_WORDS, WordColumns
from vaughn.model import TextSource


class ImagePages:
    """The pages of one open image file; see `vaughn.formats.reading.PagedFile`."""

    def __init__(self, path: Path) -> None:
        self._file: ImageFile = open_image(path)

    @property
    def file(self) -> ImageFile:
        """The open file itself; not to be closed."""
        return self._file

    @property
    def page_count(self) -> int:
        """How many pages the file has."""
        return self._file.page_count

    def close(self) -> None:
        """Give the file back."""
        self._file.close()

    def columns(self, page: int) -> PageColumns:
        """Return the size of *page*; an image has no words before OCR."""
        return PageColumns(page, self._file.size(page), NO_WORDS, TextSource.EMPTY, 1.0)

    def noted(self, page: int, words: WordColumns) -> WordColumns:
        """Return *words*: nothing is written over *page*."""
        return words

    def jpeg(self, page: int, *, width_px: int, max_pixels: int = MAX_PIXELS) -> bytes:
        """Return a picture of *page*."""
        return screen_bytes(self._file.picture(page, width_px=width_px, max_pixels=max_pixels))

    def scan(self, page: int) -> PageScan:
        """Return *page* as a grey picture fit for OCR."""
        picture = self._file.picture(page, max_pixels=OCR_MAX_PIXELS)
        return PageScan(np.asarray(picture.convert("L")), self._file.size(page))

    def facts(self, page: int) -> ImageFacts | None:
        """Return what *page* is made of."""
        return self._file.facts(page)
