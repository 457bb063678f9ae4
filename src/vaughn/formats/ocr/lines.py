"""What each line says, character by character, with the place of every character along the line."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from vaughn.formats.ocr.fax import Grey, cleaned, is_two_tone
from vaughn.formats.ocr.finding import LinePlace
from vaughn.formats.ocr.models import Models
from vaughn.formats.ocr.strays import Strip
from vaughn.formats.ocr.words import LineWord, Spelling, words_of_line

LINE_HEIGHT_PX = 48  # what the reader was trained on
# Widths are rounded up to steps, so that the reader meets few shapes.
WIDTH_STEP_PX = 160
MIN_WIDTH_PX = 320
MAX_WIDTH_PX = 4000
# Pixels of one batch: six usual lines, one very long one.
BATCH_PX = 6 * 960
# A single letter the reader is less sure of is a speck.
MIN_STRAY_CONFIDENCE = 0.6
_DASHES = frozenset("—–一ー―")  # a short stroke by itself is a hyphen more often than any of these
# Around a line of a fax, so that what is cut through is not taken for a speck.
_FAX_MARGIN_PX = 8
# A line this much taller than wide runs up or down the page.
UPRIGHT_RATIO = 1.5


@dataclass(frozen=True, slots=True, eq=False)
class LineReading:
    """One line as read.

    Args:
        words: In reading order, with their places along the line.
        confidence: Mean probability of the characters, 0 to 1.
        is_upright: Whether the line runs up or down the page.
    """

    place: LinePlace
    words: tuple[LineWord, ...]
    confidence: float
    is_upright: bool


def read_lines(picture: Grey, places: Sequence[LinePlace], models: Models) -> list[LineReading]:
    """Return what the lines at *places* say, in the order of *places*; empty lines are left out."""
    cut = _fax_cut if is_two_tone(picture) else _cut
    cuts = [cut(picture, place) for place in places]
    widths = [_reader_width(cut) for cut in cuts]
    readings: dict[int, LineReading] = {}
    for batch in _batches(widths):
        width = widths[batch[-1]]
        chances = models.reader(np.stack([_prepared(cuts[number], width) for number in batch]))
        for number, chance in zip(batch, chances, strict=True):
            line = _decoded(chance, models, used=_used(cuts[number], width))
            if line.text.strip():
                words = tuple(words_of_line(line, cuts[number]))
                sure = float(line.chances.mean())
                readings[number] = LineReading(places[number], words, sure, _is_upright(places[number]))
    return [readings[number] for number in sorted(readings)]


def read_strays(strips: Sequence[Strip], models: Models) -> list[LineReading]:
    """Return what the blots of *strips* say, each a line of its own; those the reader is not sure of are left out."""
    widths = [_reader_width(strip.picture) for strip in strips]
    readings: list[LineReading] = []
    for batch in _batches(widths):
        width = widths[batch[-1]]
        chances = models.reader(np.stack([_prepared(strips[number].picture, width) for number in batch]))
        for number, chance in zip(batch, chances, strict=True):
            readings += _stray_readings(
                strips[number], _decoded(chance, models, used=_used(strips[number].picture, width))
            )
    return readings


def _stray_readings(strip: Strip, line: Spelling) -> list[LineReading]:
    found = []
    for place, start, end in zip(strip.places, strip.starts, strip.ends, strict=True):
        slack = (end - start) / 3
        here = [
            number
            for number, at in enumerate(line.positions.tolist())
            if start - slack <= at < end + slack and not line.text[number].isspace()
        ]
        text = "".join("-" if line.text[number] in _DASHES else line.text[number] for number in here)
        sure = float(line.chances[here].mean()) if here else 0.0
        if sure >= MIN_STRAY_CONFIDENCE:
            found.append(LineReading(place, (LineWord(text, 0.0, 1.0, sure),), sure, is_upright=False))
    return found


def _is_upright(place: LinePlace) -> bool:
    return place.height_px >= UPRIGHT_RATIO * place.width_px


def _cut(picture: Grey, place: LinePlace) -> Grey:
    """Return the line at *place*, straightened."""
    width, height = max(1, round(place.width_px)), max(1, round(place.height_px))
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    turn = cv2.getPerspectiveTransform(place.corners, target)
    line: Any = cv2.warpPerspective(
        picture, turn, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    cut: Grey = np.rot90(line) if _is_upright(place) else line
    return cut


def _fax_cut(picture: Grey, place: LinePlace) -> Grey:
    """Return the line at *place* of a page in black and white, cleaned and straightened."""
    left, top = np.maximum(0, np.floor(place.corners.min(axis=0)).astype(int) - _FAX_MARGIN_PX).tolist()
    right, bottom = (np.ceil(place.corners.max(axis=0)).astype(int) + _FAX_MARGIN_PX).tolist()
    height = min(place.width_px, place.height_px)
    part = cleaned(picture[top : max(top + 1, bottom), left : max(left + 1, right)], line_height_px=height)
    return _cut(part, LinePlace(place.corners - np.array((left, top), dtype=np.float32)))


def _reader_width(cut: Grey) -> int:
    width = cut.shape[1] * LINE_HEIGHT_PX / max(1, cut.shape[0])
    steps = int(np.ceil(width / WIDTH_STEP_PX))
    return min(MAX_WIDTH_PX, max(MIN_WIDTH_PX, steps * WIDTH_STEP_PX))


def _used(cut: Grey, width: int) -> float:
    """Return which share of the reader's *width* the line takes."""
    share = cut.shape[1] * LINE_HEIGHT_PX / max(1, cut.shape[0]) / width
    return float(min(1.0, share))


def _batches(widths: Sequence[int]) -> list[list[int]]:
    """Return the numbers of the lines in groups of like width, each group's last being the widest."""
    batches: list[list[int]] = []
    for number in sorted(range(len(widths)), key=lambda one: widths[one]):
        if batches and widths[batches[-1][0]] == widths[number] and (len(batches[-1]) + 1) * widths[number] <= BATCH_PX:
            batches[-1].append(number)
        else:
            batches.append([number])
    return batches


def _prepared(cut: Grey, width: int) -> NDArray[np.float32]:
    scaled = min(width, max(1, int(np.ceil(cut.shape[1] * LINE_HEIGHT_PX / max(1, cut.shape[0])))))
    way = cv2.INTER_CUBIC if cut.shape[0] < LINE_HEIGHT_PX else cv2.INTER_LINEAR  # measured: .01 on faxes of small type
    line = cv2.resize(np.ascontiguousarray(cut), (scaled, LINE_HEIGHT_PX), interpolation=way)
    values = np.zeros((3, LINE_HEIGHT_PX, width), dtype=np.float32)
    values[:, :, :scaled] = line.astype(np.float32) / 127.5 - 1.0
    return values


def _decoded(chance: NDArray[np.float32], models: Models, *, used: float) -> Spelling:
    """Return the likeliest class of each column, repeats and blanks dropped (CTC).

    Where a character stands is decided by the reader alone, which one it is by the weights of the classes too.
    """
    best = chance.argmax(axis=1)
    told = best != 0
    told[1:] &= best[1:] != best[:-1]
    columns = np.flatnonzero(told)
    chosen = (chance[columns] * models.weights).argmax(axis=1)
    pieces = [_plain(models.characters[code]) for code in chosen]
    lengths = [len(piece) for piece in pieces]
    places = np.repeat((columns + 0.5) / (len(best) * used), lengths)
    chances = np.repeat(chance[columns, chosen].astype(np.float64), lengths)
    return Spelling("".join(pieces), np.clip(places, 0.0, 1.0), chances)


def _plain(character: str) -> str:
    """Return full-width forms (a habit of the model) as the usual ones, accents untouched."""
    return unicodedata.normalize("NFKC", character) if "！" <= character <= "～" or character == "　" else character
