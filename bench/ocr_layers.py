"""How often the verdict on an existing OCR layer is wrong: good and damaged layers made from pages whose text is known.

    python bench/ocr_layers.py [--json FILE]

Court and government pages of ``$VAUGHN_SHARED/corpus/pdf`` (default ``../shared``) are rendered at 150 dpi and put into
a PDF as a picture, with their own words hidden on it as an OCR layer: as they are; with every hundredth letter wrong
(what a sound OCR does); with every twelfth or fifth letter wrong; with signs instead of letters; and with half of the
lines lost. Errors are those OCR makes: look-alikes and split words. Verdicts are given
by the words alone, as on reading, and by the words and the ink they cover, as `page_layer` does. The halves are those
of `ocr_pages.py`.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import random
import tempfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdfium2
from ocr_pages import Source, sources

from vaughn.formats.pages import TextLayer, page_layer, read_packed, read_pages
from vaughn.model import Box

SHARED = Path(os.environ.get("VAUGHN_SHARED", Path(__file__).resolve().parents[2] / "shared"))
PDF = "application/pdf"
DPI = 150
_ALIKE = {
    "l": "1I|", "i": "1l;", "e": "c", "o": "0", "a": "4s", "s": "5", "t": "f+", "n": "rn", "m": "rn", "h": "li",
    "r": "f", "u": "ii", "d": "cl", "g": "9", "b": "6", "c": "e(", "S": "5", "B": "8", "O": "0", "I": "l", "0": "O",
    "1": "l", "5": "S",
}  # fmt: skip
Words = list[tuple[str, Box]]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    pages = sources(SHARED / "corpus" / "pdf")
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for name, (is_good, spoil) in _LAYERS.items():
            for half in (True, False):
                chosen = [page for page in pages if page.is_seen == half]
                verdicts = [_verdict(page, spoil, Path(folder)) for page in chosen]
                expected = TextLayer.OCR_LAYER_GOOD if is_good else TextLayer.OCR_LAYER_POOR
                wrong, looked_wrong = (
                    sum(one is not expected for one in column) for column in zip(*verdicts, strict=True)
                )
                rows.append(
                    {
                        "layer": name,
                        "half": "seen" if half else "unseen",
                        "expected": expected.value,
                        "pages": len(chosen),
                        "wrong_by_words": wrong,
                        "wrong_by_words_and_ink": looked_wrong,
                    }
                )
                print(
                    f"  {name:26} {rows[-1]['half']:7} {expected.value:16} wrong by words {wrong:2}, by ink too "
                    f"{looked_wrong:2} of {len(chosen)}"
                )
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


def _verdict(source: Source, spoil: Callable[[Words, random.Random], Words], folder: Path) -> tuple[TextLayer, ...]:
    """Return the verdict by words alone, and beside the picture."""
    (content,) = read_pages(source.path, PDF, first=source.page, last=source.page)
    words = [(content.text[word.span.start : word.span.end], word.box) for word in content.words]
    path = folder / "layer.pdf"
    _write(source, spoil(words, random.Random(source.name)), path)
    (page,) = read_packed(path, PDF)
    return page.layer, page_layer(path, PDF, 1)


def _write(source: Source, words: Words, path: Path) -> None:
    """Save *source* as a picture with *words* hidden on it."""
    with pypdfium2.PdfDocument(source.path) as pdf:
        picture = pdf[source.page - 1].render(scale=DPI / 72, grayscale=True).to_pil().convert("L")
    pixels = io.BytesIO()
    picture.save(pixels, "JPEG", quality=70)
    width, height = picture.width * 72 / DPI, picture.height * 72 / DPI
    made = pikepdf.new()
    page = made.add_blank_page(page_size=(width, height))
    keys = {
        "/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image, "/Width": picture.width,
        "/Height": picture.height, "/ColorSpace": pikepdf.Name.DeviceGray, "/BitsPerComponent": 8,
        "/Filter": pikepdf.Name.DCTDecode,
    }  # fmt: skip
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica,
        Encoding=pikepdf.Name.WinAnsiEncoding,
    )  # fmt: skip
    page.Resources = pikepdf.Dictionary(
        XObject=pikepdf.Dictionary({"/I": made.make_stream(pixels.getvalue(), keys)}),
        Font=pikepdf.Dictionary({"/F": font}),
    )
    page.Contents = made.make_stream(f"q {width} 0 0 {height} 0 0 cm /I Do Q\n".encode() + _hidden(words, height))
    made.save(path)


def _hidden(words: Words, height: float) -> bytes:
    """Return operators that set *words* in rendering mode 3, each as wide as its box."""
    lines = [b"BT 3 Tr"]
    for text, box in words:
        size = max(1.0, box.y1 - box.y0)
        stretch = 100 * (box.x1 - box.x0) / (0.5 * size * max(1, len(text)))
        shown = text.encode("cp1252", "replace").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        place = f"/F {size:.1f} Tf {stretch:.0f} Tz 1 0 0 1 {box.x0:.1f} {height - box.y1 + 0.2 * size:.1f} Tm"
        lines.append(place.encode() + b" (" + shown + b" ) Tj")
    return b"\n".join([*lines, b"ET"])


def _misread(share: float) -> Callable[[Words, random.Random], Words]:
    def spoil(words: Words, chance: random.Random) -> Words:
        found = []
        for text, box in words:
            letters = [
                chance.choice([*_ALIKE.get(letter, "~.-'"), *(" " if chance.random() < 0.1 else "")])
                if chance.random() < share
                else letter
                for letter in text
            ]
            found.append(("".join(letters), box))
        return found

    return spoil


def _signs(words: Words, chance: random.Random) -> Words:
    return [("".join(chance.choice("!#%&*+/<=>?@\\^_{|}~;:0123456789aXq") for _ in text), box) for text, box in words]


def _half_lost(words: Words, chance: random.Random) -> Words:
    """Leave out the lines of the upper or lower half, or every second line."""
    middle = sorted(box.y0 for _, box in words)[len(words) // 2]
    if chance.random() < 0.5:
        return [(text, box) for text, box in words if box.y0 < middle]
    return [(text, box) for text, box in words if round(box.y1 / 14) % 2]


_LAYERS: dict[str, tuple[bool, Callable[[Words, random.Random], Words]]] = {
    "as printed": (True, lambda words, _: words),
    "1 letter in 100 misread": (True, _misread(0.01)),
    "1 letter in 12 misread": (False, _misread(1 / 12)),
    "1 letter in 5 misread": (False, _misread(1 / 5)),
    "signs instead of letters": (False, _signs),
    "half of the lines lost": (False, _half_lost),
}

if __name__ == "__main__":
    main()
