"""Where the lines of text stand on a page picture.

Differentiable binarisation (Liao et al. 2020): the network shrinks each line to a core; cores are cut
out, boxed by the smallest rectangle of any angle, and grown again by area over perimeter.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from vaughn.formats.ocr.fax import Grey, softened
from vaughn.formats.ocr.models import Network

# Longest side of the picture the finder sees; lines are read from the full picture.
FINDER_SIDE_PX = 1280
_CELL_PX = 32  # the network halves its input five times
_CORE_PROBABILITY = 0.3
_LINE_PROBABILITY = 0.5
_GROWTH = 1.6
_MIN_CORE_PX = 3.0
# A crowded table page has 300 lines; more than this is noise.
MAX_LINES = 2000


@dataclass(frozen=True, slots=True, eq=False)
class LinePlace:
    """Where one line stands: its corners in pixels, clockwise from the upper left as one reads it."""

    corners: NDArray[np.float32]

    @property
    def width_px(self) -> float:
        """Length of the line."""
        return float(np.linalg.norm(self.corners[1] - self.corners[0]))

    @property
    def height_px(self) -> float:
        """Height of the line."""
        return float(np.linalg.norm(self.corners[3] - self.corners[0]))


def find_lines(picture: Grey, finder: Network) -> list[LinePlace]:
    """Return where lines of text stand on *picture* (grey), in no order."""
    height, width = picture.shape
    scale = min(1.0, FINDER_SIDE_PX / max(height, width))
    inner = (_cells(width * scale), _cells(height * scale))
    small = cv2.resize(softened(picture), inner, interpolation=cv2.INTER_AREA)
    values = (small.astype(np.float32) / 127.5) - 1.0
    chance = finder(np.ascontiguousarray(np.broadcast_to(values, (1, 3, *values.shape))))[0, 0]
    cores = cv2.dilate((chance > _CORE_PROBABILITY).astype(np.uint8), np.ones((2, 2), np.uint8))
    contours, _ = cv2.findContours(cores, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    factor = np.array([width / inner[0], height / inner[1]], dtype=np.float32)
    places = []
    for contour in contours[:MAX_LINES]:
        corners = _grown(contour, chance)
        if corners is not None:
            places.append(LinePlace(_as_read(corners * factor)))
    return places


def _cells(side: float) -> int:
    return max(_CELL_PX, round(side / _CELL_PX) * _CELL_PX)


def _grown(contour: Any, chance: NDArray[np.float32]) -> NDArray[np.float32] | None:
    """Return the corners of the line around the core *contour*, or `None` if it is no line."""
    (x, y), (width, height), angle = cv2.minAreaRect(contour)
    if min(width, height) < _MIN_CORE_PX:
        return None
    if _mean_inside(np.float32(cv2.boxPoints(((x, y), (width, height), angle))), chance) < _LINE_PROBABILITY:
        return None
    margin = width * height * _GROWTH / (2 * (width + height))
    return cv2.boxPoints(((x, y), (width + 2 * margin, height + 2 * margin), angle)).astype(np.float32)


def _mean_inside(corners: Any, chance: NDArray[np.float32]) -> float:
    height, width = chance.shape
    x0, y0 = np.clip(np.floor(corners.min(axis=0)).astype(int), 0, (width - 1, height - 1))
    x1, y1 = np.clip(np.ceil(corners.max(axis=0)).astype(int), 0, (width - 1, height - 1))
    mask = np.zeros((y1 - y0 + 1, x1 - x0 + 1), dtype=np.uint8)
    cv2.fillPoly(mask, [(corners - (x0, y0)).astype(np.int32)], 1)
    return float(cv2.mean(chance[y0 : y1 + 1, x0 : x1 + 1], mask)[0])


def _as_read(corners: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the corners from the upper left clockwise, the long side first for lines that run up or down."""
    order = corners[np.argsort(corners[:, 0], kind="stable")]
    left, right = order[:2], order[2:]
    upper_left, lower_left = left[np.argsort(left[:, 1])]
    upper_right, lower_right = right[np.argsort(right[:, 1])]
    return np.stack((upper_left, upper_right, lower_right, lower_left)).astype(np.float32)
