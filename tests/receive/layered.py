"""Scanned pages with a text layer hidden on their picture, as an earlier OCR leaves one: whole, or with lines lost."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import pikepdf
from PIL import Image, ImageDraw, ImageFont

LINES = tuple(
    f"The agency shall produce all records of the {day} meeting that are in its custody and control"
    for day in ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
)
_DPI, _SIZE_PT, _LEADING_PT, _LEFT_PT, _TOP_PT = 100, 10.0, 40.0, 60.0, 100.0
_SCALE = _DPI / 72


def layered_pdf(*pages: Sequence[int], spoken: Sequence[str] = LINES) -> bytes:
    """Return a PDF of pictures of `LINES`; of each page the layer says the lines of *spoken* with these numbers."""
    made = pikepdf.new()
    font = ImageFont.load_default(size=_SIZE_PT * _SCALE)
    picture = Image.new("L", (850, 1100), 255)
    draw = ImageDraw.Draw(picture)
    for number, line in enumerate(LINES):
        draw.text((_LEFT_PT * _SCALE, (_TOP_PT + number * _LEADING_PT) * _SCALE), line, fill=0, font=font)
    pixels = BytesIO()
    picture.save(pixels, "JPEG", quality=80)
    keys = {
        "/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image, "/Width": 850, "/Height": 1100,
        "/ColorSpace": pikepdf.Name.DeviceGray, "/BitsPerComponent": 8, "/Filter": pikepdf.Name.DCTDecode,
    }  # fmt: skip
    letters = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Courier,
        Encoding=pikepdf.Name.WinAnsiEncoding,
    )  # fmt: skip
    image = made.make_stream(pixels.getvalue(), keys)
    for numbers in pages:
        page = made.add_blank_page(page_size=(612, 792))
        page.Resources = pikepdf.Dictionary(
            XObject=pikepdf.Dictionary({"/I": image}), Font=pikepdf.Dictionary({"/F": letters})
        )
        words = [word for number in numbers for word in _placed(spoken[number], number, font)]
        page.Contents = made.make_stream(b"\n".join([b"q 612 0 0 792 0 0 cm /I Do Q BT 3 Tr", *words, b"ET"]))
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def _placed(line: str, number: int, font: ImageFont.FreeTypeFont | ImageFont.ImageFont) -> list[bytes]:
    """Return operators that set each word of *line* where the picture shows it."""
    words, before = [], ""
    for word in line.split():
        left = _LEFT_PT + font.getlength(before) / _SCALE
        stretch = 100 * (font.getlength(word) / _SCALE) / (0.6 * _SIZE_PT * len(word))
        bottom = 792 - (_TOP_PT + number * _LEADING_PT + 0.95 * _SIZE_PT)
        place = f"/F {_SIZE_PT} Tf {stretch:.1f} Tz 1 0 0 1 {left:.1f} {bottom:.1f} Tm ({word} ) Tj"
        words.append(place.encode())
        before += f"{word} "
    return words
