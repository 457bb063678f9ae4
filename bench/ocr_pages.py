"""Scans made from pages whose text is known: court and government PDF files, rendered, degraded, with a fixed seed.

The twelve pages of ``ocr-made`` are left out. Files, not pages, are dealt to the two halves: what was looked at
while the reader was written ("seen"), and what was only ever counted ("unseen"). Where words of the unseen half were
lost was then looked at once; `new_sources` are pages of other folders that nobody looked at.
"""

from __future__ import annotations

import io
import random
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from vaughn.formats.pages import PageContent, read_pages

SEED = 20261122
MIN_WORDS = 60
PAGES_A_FILE = 3
MAX_RULE_PT = 4.0
# A text layer with these tells numbers of glyphs, not letters: it is no truth.
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")
KINDS = ("clean200", "grey200", "fax150", "copy300")

Grey = NDArray[np.uint8]


@dataclass(frozen=True)
class Source:
    """One page of a PDF file with its own text."""

    path: Path
    page: int
    text: str
    is_seen: bool

    @property
    def name(self) -> str:
        """Name of the page."""
        return f"{self.path.stem}-{self.page}"


def sources(corpus: Path) -> list[Source]:
    """Return pages with text layers of the folders ``court`` and ``gov`` of *corpus*, none of them in ``ocr-made``."""
    known = {_letters(path.read_text("utf-8")) for path in (corpus / "ocr-made").glob("*.txt")}
    files = sorted(path for folder in ("court", "gov") for path in (corpus / folder).glob("*.pdf"))
    found: list[Source] = []
    is_seen = True
    for path in files:
        pages = list(_of_file(path, known, is_seen=is_seen))
        found += pages
        is_seen ^= bool(pages)
    return found


def new_sources(corpus: Path) -> list[Source]:
    """Return one page a file of court filings and productions in other folders than `sources` takes.

    Some of these files hide text under boxes: pages with filled or framed shapes are left out, and the file that is
    named for its hidden text, and pages whose text layer is made of control characters.
    """
    found: list[Source] = []
    for folder in ("redaction/court-bad", "redaction/court-good", "redaction/xray-assets", "release"):
        for path in sorted((corpus / folder).rglob("*.pdf")):
            if not path.name.startswith("hidden_text"):
                found += list(_of_file(path, set(), is_seen=False, is_plain=True))[:1]
    return found


def _letters(text: str) -> str:
    """Return what tells pages apart: two files may hold one page in another order."""
    return "".join(sorted(filter(str.isalnum, text)))


def _of_file(path: Path, known: set[str], *, is_seen: bool, is_plain: bool = False) -> Iterator[Source]:
    """Yield up to `PAGES_A_FILE` pages with text, taken at random, that show no picture (plain: no shape) of a page."""
    chance = random.Random(f"{SEED} {path.name}")
    with pypdfium2.PdfDocument(path) as pdf:
        order = list(range(len(pdf)))
        chance.shuffle(order)
        found = 0
        for number in order:
            page = pdf[number]
            textpage = page.get_textpage()
            text = textpage.get_text_range()
            pictures = list(page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))
            usable = len(text.split()) >= MIN_WORDS and not pictures and _letters(text) not in known
            usable = usable and not (is_plain and (_has_shapes(page) or _CONTROLS.search(text)))
            textpage.close()
            page.close()
            if usable:
                found += 1
                known.add(_letters(text))
                yield Source(path, number + 1, text.replace("\r\n", "\n"), is_seen)
            if found == PAGES_A_FILE:
                return


def _has_shapes(page: pypdfium2.PdfPage) -> bool:
    """Tell whether *page* has a drawn shape that is more than a rule, or an annotation."""
    for shape in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_PATH], max_depth=3):
        left, bottom, right, top = shape.get_bounds()
        if min(right - left, top - bottom) > MAX_RULE_PT:
            return True
    return bool(pypdfium2.raw.FPDFPage_GetAnnotCount(page) > 0)


def write_scan(source: Source, kind: str, folder: Path, *, turns: int = 0) -> Path:
    """Return the path of a scan of *source*, made new in *folder*, turned left by quarter *turns*."""
    noise = np.random.default_rng([SEED, zlib.crc32(f"{source.name} {kind}".encode())])
    dpi = int(kind[-3:])
    with pypdfium2.PdfDocument(source.path) as pdf:
        page = np.asarray(pdf[source.page - 1].render(scale=dpi / 72, grayscale=True).to_pil().convert("L"))
    picture = {"clean": lambda one, _: one, "grey": _grey, "fax": _fax, "copy": _copy}[kind[:-3]](page, noise)
    turned = Image.fromarray(np.ascontiguousarray(np.rot90(picture, turns)))
    if kind in {"fax150", "copy300"}:
        path = folder / f"{source.name}.{kind}.tif"
        turned.point(lambda value: 255 * (value > 127)).convert("1").save(path, dpi=(dpi, dpi), compression="group4")
        return path
    path = folder / f"{source.name}.{kind}.png"
    turned.save(path, dpi=(dpi, dpi))
    return path


def _skewed(page: Grey, noise: np.random.Generator) -> Image.Image:
    angle = float(noise.uniform(-1.2, 1.2))
    return Image.fromarray(page).rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=255)


def _grey(page: Grey, noise: np.random.Generator) -> Grey:
    """Blur, uneven light, grain, JPEG."""
    blurred = _skewed(page, noise).filter(ImageFilter.GaussianBlur(float(noise.uniform(0.4, 0.9))))
    values = np.asarray(blurred).astype(np.float32)
    height, width = values.shape
    slope = noise.uniform(-30, 30, size=2)
    light = np.linspace(0, slope[0], height)[:, None] + np.linspace(0, slope[1], width)
    ink, paper = noise.uniform(10, 70), noise.uniform(215, 250)
    values = ink + values / 255 * (paper - ink) + light - light.max() + noise.normal(0, 7, values.shape)
    packed = io.BytesIO()
    Image.fromarray(values.clip(0, 255).astype(np.uint8)).save(packed, "JPEG", quality=int(noise.integers(50, 76)))
    return np.asarray(Image.open(packed).convert("L"))


def _fax(page: Grey, noise: np.random.Generator) -> Grey:
    """Two tones at low resolution, salt and pepper."""
    values = np.asarray(_skewed(page, noise)).astype(np.float32) + noise.normal(0, 25, page.shape)
    picture = np.where(values < noise.uniform(120, 165), 0, 255)
    specks = noise.random(page.shape)
    rate = noise.uniform(0.001, 0.005)
    picture[specks < rate] = 0
    picture[specks > 1 - rate] = 255
    return picture.astype(np.uint8)


def _copy(page: Grey, noise: np.random.Generator) -> Grey:
    """Two tones at 300 dpi after a photocopier: fat or thin strokes, specks of a few pixels, a dark edge."""
    blurred = np.asarray(_skewed(page, noise).filter(ImageFilter.GaussianBlur(float(noise.uniform(1.0, 1.8)))))
    picture = np.where(blurred + noise.normal(0, 20, blurred.shape) < noise.uniform(110, 200), 0, 255).astype(np.uint8)
    height, width = picture.shape
    for _ in range(int(noise.integers(50, 600))):
        y, x, size = int(noise.integers(height)), int(noise.integers(width)), int(noise.integers(1, 4))
        picture[y : y + size, x : x + size] = 0
    picture[:, : int(noise.integers(0, 40))] = 0
    return picture


def find_source(text: str, corpus: Path) -> tuple[Path, int] | None:
    """Return file and page of *corpus* whose text layer is *text*."""
    wanted = _letters(text)
    for folder in ("court", "gov"):
        for path in sorted((corpus / folder).glob("*.pdf")):
            for page in read_pages(path, "application/pdf"):
                if _letters(page.text) == wanted:
                    return path, page.number
    return None


def printed_prose(path: Path, page: int) -> str | None:
    """Return the text of a page of one column of prose from top to bottom, as printed; `None` for other pages.

    Text layers often end with the court's caption that stands on top: their own order is not the printed one.
    """
    (content,) = read_pages(path, "application/pdf", first=page, last=page)
    lines = _printed_lines(content)
    long = [line for line in lines if len(line) >= MIN_LINE_WORDS]
    if len(long) < MIN_LINES:
        return None
    whole = sum(_is_whole(content, line) for line in long)
    if whole < 0.85 * len(long) or sum(map(len, long)) < 0.8 * len(content.words):
        return None
    return " ".join(
        content.text[content.words[number].span.start : content.words[number].span.end]
        for line in lines
        for number in line
    )


MIN_LINE_WORDS = 4
MIN_LINES = 8
MAX_GAP_HEIGHTS = 3.0


def _printed_lines(content: PageContent) -> list[list[int]]:
    """Return the numbers of the words in lines from the top, each from the left."""
    boxes = [word.box for word in content.words]
    lines: list[list[int]] = []
    for number in sorted(range(len(boxes)), key=lambda one: boxes[one].y1):
        box = boxes[number]
        if lines and box.y1 - boxes[lines[-1][0]].y1 < 0.6 * (box.y1 - box.y0):
            lines[-1].append(number)
        else:
            lines.append([number])
    return [sorted(line, key=lambda one: boxes[one].x0) for line in lines]


def _is_whole(content: PageContent, line: list[int]) -> bool:
    boxes = [content.words[number].box for number in line]
    gaps = [after.x0 - before.x1 for before, after in pairwise(boxes)]
    return max(gaps) <= MAX_GAP_HEIGHTS * max(box.y1 - box.y0 for box in boxes)
