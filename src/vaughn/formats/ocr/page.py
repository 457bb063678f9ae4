"""What a page picture says: the whole page, or only its top and bottom margins for stamped numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from vaughn.formats.ocr.finding import Grey, find_lines
from vaughn.formats.ocr.layout import Piece, PlacedWord, in_reading_order, text_of
from vaughn.formats.ocr.lines import LineReading, read_lines
from vaughn.formats.ocr.models import Models, loaded_models
from vaughn.formats.words import NO_WORDS, WordColumns
from vaughn.model import PageSize

# Lines the reader is less sure of are noise: rules, stains, seals.
MIN_CONFIDENCE = 0.5
# Below this mean the page may lie on its side or head; a sound page stays above .9.
SUSPECT_CONFIDENCE = 0.75
_SAMPLE_LINES = 8


def read_picture(picture: Grey, size: PageSize) -> WordColumns:
    """Return the words of *picture*, which shows a page of *size*; reads pages lying on side or head too.

    Raises:
        ToolMissing: If OCR is not installed.
    """
    models = loaded_models()
    readings = read_lines(picture, find_lines(picture, models.finder), models)
    if not readings:
        return NO_WORDS
    turns = _turns_needed(picture, readings, models)
    if turns:
        turned = np.ascontiguousarray(np.rot90(picture, -turns))
        readings = read_lines(turned, find_lines(turned, models.finder), models)
    return _columns(readings, picture, size, turns=turns)


def read_strips(picture: Grey, size: PageSize, *, share: float) -> WordColumns:
    """Return the words of the top and the bottom of *picture*, each *share* of its height.

    Raises:
        ToolMissing: If OCR is not installed.
    """
    models = loaded_models()
    height = picture.shape[0]
    strip = max(1, round(height * share))
    readings: list[LineReading] = []
    for top in (0, height - strip):
        part = np.ascontiguousarray(picture[top : top + strip])
        for place in find_lines(part, models.finder):
            place.corners[:, 1] += top
            readings += read_lines(picture, [place], models)
    return _columns(readings, picture, size, turns=0) if readings else NO_WORDS


def _turns_needed(picture: Grey, readings: Sequence[LineReading], models: Models) -> int:
    """Return how many quarter turns clockwise bring the page upright; 0 for pages that read well."""
    weights = [len(reading.words) for reading in readings]
    upright_words = sum(weight for weight, reading in zip(weights, readings, strict=True) if reading.is_upright)
    sideways = upright_words > sum(weights) / 2
    if not sideways and _confidence(readings) >= SUSPECT_CONFIDENCE:
        return 0
    longest = sorted(readings, key=lambda reading: -max(reading.place.width_px, reading.place.height_px))
    places = [reading.place for reading in longest[:_SAMPLE_LINES]]
    trials = {turns: _trial(picture, turns, models, len(places)) for turns in ((1, 3) if sideways else (0, 2))}
    return max(trials, key=lambda turns: trials[turns])


def _trial(picture: Grey, turns: int, models: Models, lines: int) -> float:
    turned = np.ascontiguousarray(np.rot90(picture, -turns))
    places = sorted(find_lines(turned, models.finder), key=lambda place: -place.width_px)[:lines]
    return _confidence(read_lines(turned, places, models))


def _confidence(readings: Sequence[LineReading]) -> float:
    return float(np.mean([reading.confidence for reading in readings])) if readings else 0.0


def _columns(readings: Sequence[LineReading], picture: Grey, size: PageSize, *, turns: int) -> WordColumns:
    sure = [reading for reading in readings if reading.confidence >= MIN_CONFIDENCE and reading.words]
    if not sure:
        return NO_WORDS
    slope = _slope(sure)
    height, width = picture.shape
    pieces = [_piece(reading, slope) for reading in sure]
    scale = (size.width_pt / width, size.height_pt / height)
    rows = in_reading_order(pieces)
    if turns:
        back = [[_turned_back(piece, turns, width, height) for piece in row] for row in rows]
        return text_of(back, points_per_px=scale)
    return text_of(rows, points_per_px=scale)


def _slope(readings: Sequence[LineReading]) -> float:
    """Return how much the lines of the page fall per pixel to the right."""
    level = [reading.place.corners for reading in readings if not reading.is_upright and len(reading.words) > 1]
    slopes = [(corners[1][1] - corners[0][1]) / max(1.0, corners[1][0] - corners[0][0]) for corners in level]
    return float(np.median(slopes)) if slopes else 0.0


def _piece(reading: LineReading, slope: float) -> Piece:
    corners = reading.place.corners
    middle_x, middle_y = corners.mean(axis=0)
    height = reading.place.width_px if reading.is_upright else reading.place.height_px
    words = tuple(_placed(word.text, word.start, word.end, reading) for word in reading.words)
    return Piece(
        words=words,
        x0=min(word.x0 for word in words) + slope * float(middle_y),
        x1=max(word.x1 for word in words) + slope * float(middle_y),
        y=float(middle_y - slope * middle_x),
        height=float(height),
    )


def _placed(text: str, start: float, end: float, reading: LineReading) -> PlacedWord:
    """Return the box around the part of the line from *start* to *end*."""
    upper_left, upper_right, lower_right, lower_left = reading.place.corners
    if reading.is_upright:  # read from the bottom up
        upper_left, upper_right, lower_right, lower_left = lower_left, upper_left, upper_right, lower_right
    points = np.stack(
        [
            upper_left + (upper_right - upper_left) * start,
            upper_left + (upper_right - upper_left) * end,
            lower_left + (lower_right - lower_left) * start,
            lower_left + (lower_right - lower_left) * end,
        ]
    )
    (x0, y0), (x1, y1) = points.min(axis=0), points.max(axis=0)
    return PlacedWord(text, float(x0), float(y0), float(x1), float(y1))


def _turned_back(piece: Piece, turns: int, width: int, height: int) -> Piece:
    """Return *piece* of the page turned clockwise by *turns* where it stands on the page as it was."""
    words = tuple(_word_turned_back(word, turns, width, height) for word in piece.words)
    return Piece(words, piece.x0, piece.x1, piece.y, piece.height)


def _word_turned_back(word: PlacedWord, turns: int, width: int, height: int) -> PlacedWord:
    match turns:
        case 1:  # (x, y) of the turned page was (y, height - x)
            return PlacedWord(word.text, word.y0, height - word.x1, word.y1, height - word.x0)
        case 2:
            return PlacedWord(word.text, width - word.x1, height - word.y1, width - word.x0, height - word.y0)
        case _:
            return PlacedWord(word.text, width - word.y1, word.x0, width - word.y0, word.x1)
