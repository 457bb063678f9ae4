"""The picture of a page of the grid, drawn by typst with the letters of its wheel (DejaVu Sans Mono).

Words travel to it as values, never as its code. Scripts the wheel has no letters for are drawn with the fonts of
the machine, if it has them; a letter no font has is an empty box.
"""

from __future__ import annotations

import io
import json
import unicodedata
from functools import cache
from importlib.resources import files
from itertools import groupby

import typst
from PIL import Image

from vaughn.formats.faults import unreadable
from vaughn.formats.grid.sheet import CELL_PT
from vaughn.formats.pixels import MAX_PIXELS, fitting, screen_bytes
from vaughn.formats.words import WordColumns
from vaughn.model import PageSize

# Advance of every letter of DejaVu Sans Mono, in parts of its size.
_ADVANCE_EM = 1233 / 2048
_LETTER_PT = CELL_PT / _ADVANCE_EM
_POINTS_PER_INCH = 72
# Latin, Greek and Cyrillic: in DejaVu Sans Mono every letter is there, and one cell wide.
_PLAIN_ENDS = 0x2FF
_PLAIN_BLOCKS = ((0x391, 0x3C9), (0x400, 0x45F), (0x2010, 0x2027), (0x20AC, 0x20AC))
_EMPTY_BOX = "\N{WHITE SQUARE}"
_NO_LETTERS = {"Cc", "Co", "Cn", "Cs"}
_HARD_SPACE = "\N{NO-BREAK SPACE}"

Row = tuple[float, float, float, str]
Fitted = tuple[float, float, float, float, str]


def grid_jpeg(words: WordColumns, size: PageSize, *, width_px: int, max_pixels: int = MAX_PIXELS) -> bytes:
    """Return a JPEG of a page of the grid, *width_px* wide (less if that would be more than *max_pixels*).

    Raises:
        FileRefused: If no picture of it is possible.
    """
    width, height = fitting(size, width_px=width_px, max_pixels=max_pixels)
    rows, fitted = _drawn(words)
    page = {"width": size.width_pt, "height": size.height_pt, "letter": _LETTER_PT, "rows": rows, "words": fitted}
    try:
        drawn = typst.compile(
            _template(),
            format="png",
            ppi=width / size.width_pt * _POINTS_PER_INCH,
            ignore_system_fonts=not fitted,
            sys_inputs={"page": json.dumps(page)},
        )
    except typst.TypstError:
        raise unreadable("The page could not be drawn.") from None
    assert isinstance(drawn, bytes), "one page is drawn"  # noqa: S101 - narrows the type, says no more
    with Image.open(io.BytesIO(drawn), formats=("PNG",)) as picture:
        grey = picture.convert("L")
    return screen_bytes(grey if grey.size == (width, height) else grey.resize((width, height)))


@cache
def _template() -> bytes:
    return files(__package__).joinpath("page.typ").read_bytes()


def _drawn(words: WordColumns) -> tuple[list[Row], list[Fitted]]:
    """Return what is drawn row by row, and the words that are fitted into their boxes one by one."""
    rows: list[Row] = []
    fitted: list[Fitted] = []
    spans = zip(words.starts.tolist(), words.ends.tolist(), words.boxes.tolist(), strict=True)
    seen = sorted((round(y0, 1), round(x0, 1), x1, y1, words.text[start:end]) for start, end, (x0, y0, x1, y1) in spans)
    for y0, row in groupby(seen, key=lambda one: one[0]):
        plain = []
        for _, x0, x1, y1, word in row:
            if _is_plain(word) and len(word) == round((x1 - x0) / CELL_PT):
                plain.append((x0, y1, word))
            else:
                fitted.append((x0, y0, x1 - x0, y1 - y0, _with_boxes(word)))
        if plain:
            rows.append((plain[0][0], y0, plain[0][1] - y0, _joined([(x0, word) for x0, _, word in plain])))
    return rows, fitted


def _joined(words: list[tuple[float, str]]) -> str:
    left, line = words[0][0], ""
    for x0, word in words:
        column = round((x0 - left) / CELL_PT)
        line += _HARD_SPACE * (column - len(line)) + word
    return line


def _is_plain(word: str) -> bool:
    if word.isascii():
        return word.isprintable()
    return all(_is_plain_letter(ord(letter)) for letter in word)


def _is_plain_letter(code: int) -> bool:
    if code <= _PLAIN_ENDS:
        return 0x21 <= code <= 0x7E or (code >= 0xA1 and code != 0xAD)
    return any(first <= code <= last for first, last in _PLAIN_BLOCKS)


def _with_boxes(word: str) -> str:
    return "".join(_EMPTY_BOX if unicodedata.category(letter) in _NO_LETTERS else letter for letter in word)
