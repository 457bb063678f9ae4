"""Which pages an image file has, how large they are on paper, and what they look like.

Only TIFF files have pages; the further pictures of animations and phone photographs are not pages.
Chains of TIFF pages that loop end where Pillow comes back to a page seen before; the chain is bounded too.
"""

from __future__ import annotations

import importlib
from pathlib import Path

from PIL import Image

from vaughn.formats.content import ImageFacts
from vaughn.formats.extras import is_installed
from vaughn.formats.faults import FileRefused, Refusal, unreadable
from vaughn.formats.image.facts import SIDEWAYS, assumed_dpi, facts_of, orientation_of
from vaughn.formats.image.guard import broken_images_refused
from vaughn.formats.image.metadata import facts_of_making
from vaughn.formats.image.picture import shown
from vaughn.formats.pixels import MAX_PIXELS, fitting
from vaughn.model import PageSize, RecordFacts

FORMATS: tuple[str, ...] = ("TIFF", "JPEG", "PNG", "JPEG2000", "GIF", "BMP", "WEBP")
if is_installed("pi_heif"):  # an extra
    importlib.import_module("pi_heif").register_heif_opener(thumbnails=False)
    FORMATS += ("HEIF",)
# Volumes of one TIFF a document reach some thousand pages; longer chains are made to hang readers.
MAX_FRAMES = 20_000
# Paper of a page may be 10,000 inches at most: a stored resolution that makes it larger is a mistake.
MAX_SIDE_PT = 720_000.0

# Pillow's own limit counts pixels, whatever they weigh; ours counts bytes (see `picture`).
Image.MAX_IMAGE_PIXELS = None


class ImageFile:
    """One open image file. Close it, or use it in a ``with``. Pages count from 1."""

    def __init__(self, image: Image.Image) -> None:
        self._image = image
        self._count: int | None = None

    def __enter__(self) -> ImageFile:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the file back."""
        self._image.close()

    @property
    def page_count(self) -> int:
        """How many pages can be reached; walks the chain once."""
        if self._count is None:
            self._count = self._walked() if self._image.format == "TIFF" else 1
        return self._count

    def size(self, page: int) -> PageSize:
        """Return the size of *page* as displayed, in points.

        Raises:
            FileRefused: If the file has no such page or it cannot be read.
        """
        with broken_images_refused(f"Page {page} of the image file is broken."):
            return self._size(page)

    def facts(self, page: int) -> ImageFacts:
        """Return what *page* is made of, as stored.

        Raises:
            FileRefused: If the file has no such page or it cannot be read.
        """
        with broken_images_refused(f"Page {page} of the image file is broken."):
            self._go_to(page)
            return facts_of(self._image, page=page)

    def making(self) -> RecordFacts:
        """Return what the file says of its making.

        Raises:
            FileRefused: If its first page cannot be read.
        """
        with broken_images_refused("The first page of the image file is broken."):
            self._go_to(1)
            return facts_of_making(self._image)

    def picture(self, page: int, *, width_px: int | None = None, max_pixels: int = MAX_PIXELS) -> Image.Image:
        """Return *page* upright in grey or colour; *width_px* wide, or in about its own pixels.

        Raises:
            FileRefused: If the page cannot be decoded or would take too much memory.
        """
        with broken_images_refused(f"Page {page} of the image file is broken."):
            size = self._size(page)
            orientation = orientation_of(self._image)
            own_width = self._image.height if orientation in SIDEWAYS else self._image.width
            target = fitting(size, width_px=width_px or own_width, max_pixels=max_pixels)
            return shown(self._image, size_px=target, orientation=orientation)

    def _size(self, page: int) -> PageSize:
        self._go_to(page)
        dpi_x, dpi_y = assumed_dpi(self._image)
        width, height = self._image.width * 72 / dpi_x, self._image.height * 72 / dpi_y
        if not (0 < width <= MAX_SIDE_PT and 0 < height <= MAX_SIDE_PT):
            raise unreadable(f"Page {page} of the image file has no size that can be shown.")
        return PageSize(height, width) if orientation_of(self._image) in SIDEWAYS else PageSize(width, height)

    def _go_to(self, page: int) -> None:
        if not 1 <= page <= MAX_FRAMES:
            raise unreadable(f"The image file has no page {page}.")
        if self._image.tell() != page - 1:
            self._image.seek(page - 1)

    def _walked(self) -> int:
        pages = 1
        with broken_images_refused("The chain of pages in the image file is broken."):
            while pages < MAX_FRAMES:
                try:
                    self._image.seek(pages)
                except (EOFError, OSError, ValueError, SyntaxError, LookupError, TypeError, RuntimeError):
                    break
                pages += 1
        return pages


def open_image(path: Path) -> ImageFile:
    """Open the image file at *path*.

    Raises:
        FileRefused: If it is empty or no image file that can be read.
    """
    if path.stat().st_size == 0:
        raise FileRefused("The file is empty.", refusal=Refusal.EMPTY, hint="Ask for the file again.")
    with broken_images_refused("The file is not an image that can be read."):
        return ImageFile(Image.open(path, formats=FORMATS))
