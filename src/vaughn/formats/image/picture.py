"""What an image looks like on a screen: grey or colour, turned upright, square pixels, shrunk to size."""

from __future__ import annotations

from PIL import Image

from vaughn.formats.faults import FileRefused, Refusal
from vaughn.formats.image.facts import SIDEWAYS

# Decoded pixels of one page in memory: A0 at 400 dpi in one bit (Pillow takes a byte for it),
# or 11 x 17 inches at 600 dpi in colour.
MAX_DECODED_BYTES = 260_000_000
_CHANNELS = {"1": 1, "L": 1, "P": 1, "LA": 2, "PA": 2, "I;16": 2, "I;16B": 2, "I;16L": 2}

_TURNS: dict[int, tuple[Image.Transpose, ...]] = {
    1: (),
    2: (Image.Transpose.FLIP_LEFT_RIGHT,),
    3: (Image.Transpose.ROTATE_180,),
    4: (Image.Transpose.FLIP_TOP_BOTTOM,),
    5: (Image.Transpose.TRANSPOSE,),
    6: (Image.Transpose.ROTATE_270,),
    7: (Image.Transpose.TRANSVERSE,),
    8: (Image.Transpose.ROTATE_90,),
}


def refuse_too_large(image: Image.Image) -> None:
    """Refuse *image* if its pixels would take more memory than a page may.

    Raises:
        FileRefused: If they would.
    """
    needed = image.width * image.height * _CHANNELS.get(image.mode, 4)
    if needed > MAX_DECODED_BYTES:
        raise FileRefused(
            f"The image would take {needed // 1_000_000} MB of memory.",
            refusal=Refusal.TOO_LARGE,
            hint="Ask for the page at the ordered resolution.",
        )


def shown(image: Image.Image, *, size_px: tuple[int, int], orientation: int) -> Image.Image:
    """Return *image* in grey or colour, upright, *size_px* large (width, height as displayed)."""
    stored = size_px[::-1] if orientation in SIDEWAYS else size_px
    image.draft("RGB", stored)  # JPEG alone can skip detail while decoding
    refuse_too_large(image)
    image.load()
    picture = _resized(_plain(image), stored)
    for turn in _TURNS[orientation]:
        picture = picture.transpose(turn)
    return picture


def _plain(image: Image.Image) -> Image.Image:
    """Return *image* as ``L`` or ``RGB``, what is transparent as white."""
    mode = image.mode
    if mode in {"LA", "PA", "RGBA", "La", "RGBa"} or "transparency" in image.info:
        return _on_white(image)
    if mode in {"L", "RGB"}:
        return image
    if mode == "1":
        return image.convert("L")
    if mode == "LAB":
        return image.getchannel(0)
    if mode in {"I", "F"} or mode.startswith("I;16"):
        return _grey(image)
    return image.convert("RGB")


def _on_white(image: Image.Image) -> Image.Image:
    layer = image.convert("RGBA")
    paper = Image.new("RGB", layer.size, "white")
    paper.paste(layer, mask=layer.getchannel("A"))
    return paper


def _grey(image: Image.Image) -> Image.Image:
    """Return wide grey values as eight bits: 16 bits scaled down, wider ones spread over black to white."""
    low, high = 0.0, 65535.0
    if not image.mode.startswith("I;16"):
        extrema = image.getextrema()
        low, high = float(extrema[0]), float(extrema[1])  # type: ignore[arg-type]
    scale = 255 / (high - low) if high > low else 0.0
    values = image.convert("I") if image.mode.startswith("I;16") else image
    return values.convert("F").point(lambda value: value * scale - low * scale).convert("L")


def _resized(image: Image.Image, size_px: tuple[int, int]) -> Image.Image:
    if image.size == size_px:
        return image
    smaller = size_px[0] < image.width or size_px[1] < image.height
    # Averaging keeps thin strokes grey instead of losing them.
    return image.resize(size_px, Image.Resampling.BOX if smaller else Image.Resampling.BICUBIC, reducing_gap=2.0)
