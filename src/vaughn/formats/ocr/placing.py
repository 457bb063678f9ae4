"""Where the words of read lines stand on the page: skew taken out for the order, boxes on the page as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from vaughn.formats.ocr.layout import Piece, PlacedWord
from vaughn.formats.ocr.lines import LineReading
from vaughn.formats.ocr.words import LineWord


def slope_of(readings: Sequence[LineReading]) -> float:
    """Return how much the lines of the page fall per pixel to the right."""
    level = [reading.place.corners for reading in readings if not reading.is_upright and len(reading.words) > 1]
    slopes = [(corners[1][1] - corners[0][1]) / max(1.0, corners[1][0] - corners[0][0]) for corners in level]
    return float(np.median(slopes)) if slopes else 0.0


def piece_of(reading: LineReading, slope: float) -> Piece:
    """Return *reading* as a piece of a row, on a page whose lines fall by *slope*."""
    corners = reading.place.corners
    middle_x, middle_y = corners.mean(axis=0)
    height = reading.place.width_px if reading.is_upright else reading.place.height_px
    words = tuple(_placed(word, reading) for word in reading.words)
    return Piece(
        words=words,
        x0=min(word.x0 for word in words) + slope * float(middle_y),
        x1=max(word.x1 for word in words) + slope * float(middle_y),
        y=float(middle_y - slope * middle_x),
        height=float(height),
    )


def _placed(word: LineWord, reading: LineReading) -> PlacedWord:
    """Return *word* with the box around its part of the line."""
    upper_left, upper_right, lower_right, lower_left = reading.place.corners
    if reading.is_upright:  # read from the bottom up
        upper_left, upper_right, lower_right, lower_left = lower_left, upper_left, upper_right, lower_right
    points = np.stack(
        [
            upper_left + (upper_right - upper_left) * word.start,
            upper_left + (upper_right - upper_left) * word.end,
            lower_left + (lower_right - lower_left) * word.start,
            lower_left + (lower_right - lower_left) * word.end,
        ]
    )
    (x0, y0), (x1, y1) = points.min(axis=0), points.max(axis=0)
    return PlacedWord(word.text, float(x0), float(y0), float(x1), float(y1), round(100 * word.confidence))


def turned_back(piece: Piece, turns: int, width: int, height: int) -> Piece:
    """Return *piece* of the page turned clockwise by *turns* where it stands on the page as it was."""
    words = tuple(_word_turned_back(word, turns, width, height) for word in piece.words)
    return Piece(words, piece.x0, piece.x1, piece.y, piece.height)


def _word_turned_back(word: PlacedWord, turns: int, width: int, height: int) -> PlacedWord:
    match turns:
        case 1:  # (x, y) of the turned page was (y, height - x)
            return replace(word, x0=word.y0, y0=height - word.x1, x1=word.y1, y1=height - word.x0)
        case 2:
            return replace(word, x0=width - word.x1, y0=height - word.y1, x1=width - word.x0, y1=height - word.y0)
        case _:
            return replace(word, x0=width - word.y1, y0=word.x0, x1=width - word.y0, y1=word.x1)
