"""In which order the lines of a page are read: rows by baseline, columns where prose stands side by side.

Pieces of one row are joined from left to right, as in a table. Where two or more columns of long lines
stand beside each other with a white gutter between them, each column is read to its end first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vaughn.formats.words import NO_CONFIDENCE, WordColumns

# Two pieces stand in one row if their heights overlap by this share of the smaller.
ROW_OVERLAP = 0.5
# A column of prose has at least this many lines of at least this many characters.
MIN_COLUMN_LINES = 5
MIN_PROSE_CHARACTERS = 20
# A gutter is at least this wide, in heights of a usual line.
MIN_GUTTER_HEIGHTS = 0.6
# A line longer than this share of the page's text crosses columns (a heading).
MAX_DEPTH = 6


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A word and its box in pixels of the page picture.

    Args:
        confidence: How sure the reader is of it, 0 to 100.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    confidence: int = NO_CONFIDENCE


@dataclass(frozen=True, slots=True)
class Piece:
    """A line, or the part of one that was found in one piece.

    Args:
        x0, x1: Along the page's own lines (skew taken out), in pixels; `y` is the middle, `height` the height.
    """

    words: tuple[PlacedWord, ...]
    x0: float
    x1: float
    y: float
    height: float

    @property
    def characters(self) -> int:
        """How long the piece is."""
        return sum(len(word.text) + 1 for word in self.words)


def in_reading_order(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Return *pieces* in rows, in the order a reader takes them."""
    return _blocks(list(pieces), depth=0)


def text_of(rows: Sequence[Sequence[Piece]], *, points_per_px: tuple[float, float]) -> WordColumns:
    """Return the text of *rows*, one a line, and where its words stand in points."""
    lines, starts, ends, boxes, sure = [], [], [], [], []
    at = 0
    for row in rows:
        words = [word for piece in row for word in piece.words]
        for word in words:
            starts.append(at)
            ends.append(at + len(word.text))
            boxes.append((word.x0, word.y0, word.x1, word.y1))
            sure.append(word.confidence)
            at += len(word.text) + 1
        lines.append(" ".join(word.text for word in words))
    scale = np.array((*points_per_px, *points_per_px))
    placed = (np.array(boxes, dtype=np.float64).reshape(-1, 4) * scale).astype(np.float32)
    return WordColumns(
        "\n".join(lines),
        np.array(starts, dtype=np.int32),
        np.array(ends, dtype=np.int32),
        placed,
        are_runs=True,
        confidences=np.array(sure, dtype=np.uint8),
    )


def _blocks(pieces: list[Piece], *, depth: int) -> list[list[Piece]]:
    """Return rows; where a gutter parts columns of prose, what is above, each column, what is below."""
    gutter = _gutter(pieces) if depth < MAX_DEPTH else None
    if gutter is None:
        return _rows(pieces)
    crossing = sorted((piece for piece in pieces if piece.x0 < gutter < piece.x1), key=lambda piece: piece.y)
    if crossing:
        bounds = _longest_free(crossing, pieces)
        above = [piece for piece in pieces if piece.y <= bounds[0]]
        between = [piece for piece in pieces if bounds[0] < piece.y < bounds[1]]
        below = [piece for piece in pieces if piece.y >= bounds[1]]
        return [row for part in (above, between, below) if part for row in _blocks(part, depth=depth + 1)]
    left = [piece for piece in pieces if piece.x1 <= gutter]
    right = [piece for piece in pieces if piece.x0 >= gutter]
    return _blocks(left, depth=depth + 1) + _blocks(right, depth=depth + 1)


def _longest_free(crossing: list[Piece], pieces: list[Piece]) -> tuple[float, float]:
    """Return top and bottom of the tallest stretch of the page that no piece of *crossing* cuts."""
    edges = [min(piece.y for piece in pieces) - 1, *(piece.y for piece in crossing), max(p.y for p in pieces) + 1]
    heights = np.diff(edges)
    tallest = int(np.argmax(heights))
    return edges[tallest], edges[tallest + 1]


def _gutter(pieces: list[Piece]) -> float | None:
    """Return the middle of the gutter between columns of prose nearest the left, or `None`."""
    long = [piece for piece in pieces if piece.characters >= MIN_PROSE_CHARACTERS]
    if len(long) < 2 * MIN_COLUMN_LINES:
        return None
    line_height = float(np.median([piece.height for piece in long]))
    whites = [(start + end) / 2 for start, end in _white(long) if end - start >= MIN_GUTTER_HEIGHTS * line_height]
    for number, middle in enumerate(whites):
        before = whites[number - 1] if number else -np.inf
        after = whites[number + 1] if number + 1 < len(whites) else np.inf
        left = [piece for piece in long if before <= piece.x0 and piece.x1 <= middle]
        right = [piece for piece in long if middle <= piece.x0 and piece.x1 <= after]
        if _is_prose(left) and _is_prose(right) and _side_by_side(left, right):
            return middle
    return None


def _white(pieces: list[Piece]) -> list[tuple[float, float]]:
    """Return the stretches across the page that hardly any of *pieces* covers, left to right."""
    edges = np.unique([side for piece in pieces for side in (piece.x0, piece.x1)])
    middles = (edges[1:] + edges[:-1]) / 2
    x0 = np.array([piece.x0 for piece in pieces])[:, None]
    x1 = np.array([piece.x1 for piece in pieces])[:, None]
    covered = ((x0 < middles) & (middles < x1)).sum(axis=0)
    free: NDArray[np.bool_] = covered <= len(pieces) // 10
    stretches: list[tuple[float, float]] = []
    for is_free, start, end in zip(free, edges[:-1], edges[1:], strict=True):
        if is_free and stretches and stretches[-1][1] == start:
            stretches[-1] = (stretches[-1][0], float(end))
        elif is_free:
            stretches.append((float(start), float(end)))
    return stretches


def _is_prose(column: list[Piece]) -> bool:
    """Tell whether most lines of *column* are long for its width, as prose is and table cells are not."""
    if len(column) < MIN_COLUMN_LINES:
        return False
    width = max(piece.x1 for piece in column) - min(piece.x0 for piece in column)
    return float(np.median([piece.x1 - piece.x0 for piece in column])) >= 0.6 * width


def _side_by_side(left: list[Piece], right: list[Piece]) -> bool:
    top = max(min(piece.y for piece in left), min(piece.y for piece in right))
    bottom = min(max(piece.y for piece in left), max(piece.y for piece in right))
    beside = [sum(top <= piece.y <= bottom for piece in side) for side in (left, right)]
    return min(beside) >= MIN_COLUMN_LINES


def _rows(pieces: list[Piece]) -> list[list[Piece]]:
    """Return pieces in rows from the top, each row from the left."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda one: one.y):
        for row in reversed(rows[-4:]):
            if _in_one_row(row, piece):
                row.append(piece)
                break
        else:
            rows.append([piece])
    return [sorted(row, key=lambda one: one.x0) for row in sorted(rows, key=lambda row: min(one.y for one in row))]


def _in_one_row(row: list[Piece], piece: Piece) -> bool:
    nearest = min(row, key=lambda one: abs(one.x0 - piece.x0))
    overlap = (nearest.height + piece.height) / 2 - abs(nearest.y - piece.y)
    beside = piece.x0 >= nearest.x1 - piece.height or piece.x1 <= nearest.x0 + piece.height
    return beside and overlap >= ROW_OVERLAP * min(nearest.height, piece.height)
