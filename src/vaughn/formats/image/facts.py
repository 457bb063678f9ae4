"""What an image file says of itself: compression, resolution, bits, orientation."""

from __future__ import annotations

import math

from PIL import Image

from vaughn.formats.content import ImageFacts

# Fax and scan images without a resolution: 200 dpi is usual in the trade and makes 1700 pixels US Letter wide.
DEFAULT_DPI = 200.0
# Below and above, the stored resolution is a mistake (0, 1 or millions stand in broken files).
MIN_DPI, MAX_DPI = 20.0, 5000.0
# An image without resolution this small is a picture of a screen, not a scan.
SCREEN_MAX_SIDE_PX = 1200
SCREEN_DPI = 96.0

_ORIENTATION, _COMPRESSION, _BITS, _SAMPLES = 0x0112, 259, 258, 277
_X_RESOLUTION, _Y_RESOLUTION, _RESOLUTION_UNIT, _PER_CM = 282, 283, 296, 3
_CM_PER_INCH = 2.54
SIDEWAYS = frozenset({5, 6, 7, 8})  # orientations that swap width and height
_TIFF_NAMES = {
    1: "none",
    2: "G3",
    3: "G3",
    4: "G4",
    5: "LZW",
    6: "JPEG",
    7: "JPEG",
    8: "Deflate",
    32946: "Deflate",
    32773: "PackBits",
    34712: "JPEG 2000",
    34661: "JBIG",
    34925: "LZMA",
    50000: "Zstandard",
    50001: "WebP",
}
_FILE_NAMES = {
    "JPEG": "JPEG",
    "MPO": "JPEG",
    "PNG": "Deflate",
    "JPEG2000": "JPEG 2000",
    "GIF": "LZW",
    "BMP": "none",
    "WEBP": "WebP",
    "HEIF": "HEVC",
}
_FORMAT_NAMES = {"HEIF": "HEIC", "JPEG2000": "JPEG 2000", "MPO": "JPEG", "WEBP": "WebP"}
_MODE_BITS = {"1": 1, "L": 8, "P": 8, "LA": 16, "RGB": 24, "YCbCr": 24, "LAB": 24, "RGBA": 32, "CMYK": 32, "I": 32}


def orientation_of(image: Image.Image) -> int:
    """Return the EXIF orientation still to be applied, 1 to 8; 1 if none or nonsense is stored.

    TIFF and HEIC pages are turned upright by their readers, which tell their size as displayed.
    """
    return 1 if image.format in {"TIFF", "HEIF"} else _stored_orientation(image)


def _stored_orientation(image: Image.Image) -> int:
    value = image.getexif().get(_ORIENTATION, 1)
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def stored_dpi(image: Image.Image) -> tuple[float, float] | None:
    """Return the resolution along the sides of `image.size`, or `None` if the file states no sensible one."""
    tags = getattr(image, "tag_v2", None)
    if tags is not None:
        factor = _CM_PER_INCH if tags.get(_RESOLUTION_UNIT) == _PER_CM else 1.0
        across, down = tags.get(_X_RESOLUTION), tags.get(_Y_RESOLUTION)
        pair = (across, down) if across and down else None
        if pair and tags.get(_ORIENTATION) in SIDEWAYS:
            pair = (down, across)
    else:
        factor, pair = 1.0, image.info.get("dpi")
    if not pair:
        return None
    try:
        dpi_x, dpi_y = float(pair[0]) * factor, float(pair[1]) * factor
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    sensible = all(math.isfinite(dpi) and MIN_DPI <= dpi <= MAX_DPI for dpi in (dpi_x, dpi_y))
    return (dpi_x, dpi_y) if sensible else None


def assumed_dpi(image: Image.Image) -> tuple[float, float]:
    """Return the resolution to show *image* at: the stored one, else the usual one for its size."""
    stored = stored_dpi(image)
    if stored is not None:
        return stored
    usual = SCREEN_DPI if max(image.size) <= SCREEN_MAX_SIDE_PX else DEFAULT_DPI
    return (usual, usual)


def facts_of(image: Image.Image, *, page: int) -> ImageFacts:
    """Return what *image* is made of, as stored."""
    dpi = stored_dpi(image)
    form = image.format or "unknown"
    return ImageFacts(
        page=page,
        format=_FORMAT_NAMES.get(form, form),
        compression=_compression(image),
        dpi_x=None if dpi is None else round(dpi[0], 1),
        dpi_y=None if dpi is None else round(dpi[1], 1),
        bits_per_pixel=_bits(image),
        width_px=image.width,
        height_px=image.height,
    )


def _compression(image: Image.Image) -> str | None:
    tags = getattr(image, "tag_v2", None)
    if tags is not None and image.format == "TIFF":
        return _TIFF_NAMES.get(tags.get(_COMPRESSION, 1))
    return _FILE_NAMES.get(image.format or "")


def _bits(image: Image.Image) -> int | None:
    tags = getattr(image, "tag_v2", None)
    if tags is not None and image.format == "TIFF":
        bits = tags.get(_BITS, (1,))
        bits = bits if isinstance(bits, tuple) else (bits,)
        samples = int(tags.get(_SAMPLES, len(bits)))
        return int(sum(bits) if len(bits) == samples else bits[0] * samples)
    return 16 if image.mode.startswith("I;16") else _MODE_BITS.get(image.mode)
