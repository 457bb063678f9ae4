"""The picture of a page for the public: WebP without metadata, with boxes painted over it and looked at again."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

from vaughn.formats.faults import FileRefused, Refusal
from vaughn.formats.image.facts import SIDEWAYS, orientation_of
from vaughn.formats.image.frames import FORMATS
from vaughn.formats.image.guard import broken_images_refused
from vaughn.formats.image.picture import shown
from vaughn.formats.pixels import fitting
from vaughn.model import Box, PageSize, UnprovenRedaction

WEBP_QUALITY = 70  # Twelve-point type stays crisp at 1,200 pixels; half the bytes of JPEG 85.
# Effort 0 to 6: from 2 on files shrink by a tenth, and take twice the time.
WEBP_METHOD = 2
# A box is grown by this part of its height: letters reach out of the boxes that text layers give them.
MARGIN_PART = 0.15
MIN_MARGIN_PX = 3
# Lossy compression leaves black a little grey near an edge.
BLACKEST = 40
_HEAD = b"RIFF", b"WEBP"
# Chunks of a WebP file that hold picture and nothing else; EXIF, XMP and colour profiles may name people.
_PICTURE_CHUNKS = frozenset({b"VP8 ", b"VP8L"})


@dataclass(frozen=True, slots=True)
class PublicPicture:
    """A picture fit for the public."""

    webp: bytes
    width_px: int
    height_px: int


def public_picture(
    data: bytes, *, width_px: int, size: PageSize | None = None, cover: Sequence[Box] = ()
) -> PublicPicture:
    """Return the picture *data* as WebP, at most *width_px* wide, with every box of *cover* painted black.

    A WebP file that is small enough, has no metadata and nothing to cover is passed on as it is.

    Args:
        size: Of the page that the boxes are measured on.

    Raises:
        FileRefused: If the picture cannot be read.
        UnprovenRedaction: If a box cannot be placed, or what was painted is not black when it is read again.
    """
    if not data:
        raise FileRefused("The picture is empty.", refusal=Refusal.EMPTY)
    if cover and size is None:
        raise UnprovenRedaction("The size of the page is not known, so nothing can be covered on it.")
    with (
        broken_images_refused("The picture of a page cannot be read."),
        Image.open(io.BytesIO(data), formats=FORMATS) as image,
    ):
        if not cover and image.width <= width_px and _is_bare_webp(data):
            image.load()  # a picture that ends early is refused here, not in a reader's browser
            return PublicPicture(data, image.width, image.height)
        orientation = orientation_of(image)
        across, down = (image.height, image.width) if orientation in SIDEWAYS else (image.width, image.height)
        target = fitting(PageSize(across, down), width_px=min(width_px, across))
        picture = shown(image, size_px=target, orientation=orientation)
    if size is None or not cover:
        return PublicPicture(_webp(picture), picture.width, picture.height)
    return _covered(picture, size, cover)


def _covered(picture: Image.Image, size: PageSize, cover: Sequence[Box]) -> PublicPicture:
    areas = [_pixels(box, size, picture.size) for box in cover]
    draw = ImageDraw.Draw(picture)
    for left, top, right, bottom in areas:
        draw.rectangle((left, top, right - 1, bottom - 1), fill=0)
    webp = _webp(picture)
    with Image.open(io.BytesIO(webp), formats=("WEBP",)) as again:
        seen = np.asarray(again.convert("RGB"))
    for left, top, right, bottom in areas:
        if seen[top:bottom, left:right].max(initial=0) > BLACKEST:
            raise UnprovenRedaction("What was painted over a picture is not black when it is read again.")
    return PublicPicture(webp, picture.width, picture.height)


def _pixels(box: Box, size: PageSize, picture: tuple[int, int]) -> tuple[int, int, int, int]:
    """Return *box* in pixels, rounded outwards and grown by a margin.

    Raises:
        UnprovenRedaction: If nothing of it lies on the page.
    """
    across, down = picture[0] / size.width_pt, picture[1] / size.height_pt
    margin = max(MIN_MARGIN_PX, math.ceil((box.y1 - box.y0) * down * MARGIN_PART))
    left, right = math.floor(box.x0 * across) - margin, math.ceil(box.x1 * across) + margin
    top, bottom = math.floor(box.y0 * down) - margin, math.ceil(box.y1 * down) + margin
    area = max(0, left), max(0, top), min(picture[0], right), min(picture[1], bottom)
    is_on_page = box.x0 >= -1 and box.y0 >= -1 and box.x1 <= size.width_pt + 1 and box.y1 <= size.height_pt + 1
    if area[0] >= area[2] or area[1] >= area[3] or not is_on_page:
        raise UnprovenRedaction("A name does not lie on its page, so it cannot be covered in the picture.")
    return area


def _webp(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=WEBP_QUALITY, method=WEBP_METHOD)
    return out.getvalue()


def _is_bare_webp(data: bytes) -> bool:
    """Tell whether *data* is a WebP file of one picture chunk and nothing after it."""
    if data[:4] != _HEAD[0] or data[8:12] != _HEAD[1] or data[12:16] not in _PICTURE_CHUNKS:
        return False
    length = int.from_bytes(data[16:20], "little")
    return len(data) == 20 + length + length % 2
