"""Letters that stand alone, which the line finder overlooks: figures in cells of tables, dashes, colons.

Looked for by their ink: blots of a letter's size that no found line covers. Those of one row are put side by
side into one picture and read as a line, so that a table of a thousand figures costs a few lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from vaughn.formats.ocr.fax import Grey
from vaughn.formats.ocr.finding import LinePlace

# Sizes in heights of a usual line (its letters and a margin around them).
_MIN_TALL, _MAX_TALL = 0.3, 1.4
_MAX_WIDE = 3.0
_DASH_WIDE, _DASH_THICK = 0.2, 0.06
_MIN_AREA = 0.015  # of the square of the height; specks of a fax are smaller
_JOIN_GAP, _COLON_GAP = 0.3, 0.45
_DOT = 0.3
_RULE = 3.0
_BAR_TALL, _BAR_WIDE = 0.8, 0.15  # pieces of upright rules
# A letter's row reaches this much of its own height above and below it.
_ROOM = 0.35
_MARGIN_PX = 2
# Between two blots in the picture that is read.
_SPACE = 0.9
_STRIP_WIDE = 20.0
# More blots than this are a photograph, or noise.
MAX_BLOTS = 3000
# Ink is this much darker than the paper around it.
_DARKER = 25
_USUAL_WINDOW_PX = 51

Boxes = NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Strip:
    """Blots side by side in one picture.

    Args:
        places: Where each blot stands on the page.
        starts, ends: Where each stands in the picture, 0 to 1.
    """

    picture: Grey
    places: tuple[LinePlace, ...]
    starts: tuple[float, ...]
    ends: tuple[float, ...]


def stray_strips(picture: Grey, places: Sequence[LinePlace]) -> list[Strip]:
    """Return the letters of *picture* that none of *places* covers, row by row."""
    level = [place for place in places if place.width_px >= place.height_px]
    if not level:
        return []
    height = float(np.median([place.height_px for place in level]))
    boxes = _joined(_blots(_uncovered_ink(picture, places, height), height), height)
    if not 0 < len(boxes) <= MAX_BLOTS:
        return []
    bands = _bands(boxes, level, height)
    return [_strip(picture, boxes[row], bands[row]) for row in _rows(boxes, bands, height)]


def _uncovered_ink(picture: Grey, places: Sequence[LinePlace], height: float) -> NDArray[np.uint8]:
    """Return where ink is that no line covers and no rule is, 1 for ink."""
    window = _USUAL_WINDOW_PX
    ink: Any = cv2.adaptiveThreshold(picture, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, window, _DARKER)
    long = max(3, round(_RULE * height))
    rules = np.zeros_like(ink)
    for across, along in (((3, 1), (1, long)), ((1, 3), (long, 1))):  # a little askew they are still rules
        thicker = cv2.dilate(ink, np.ones(across, np.uint8))
        rules |= cv2.morphologyEx(thicker, cv2.MORPH_OPEN, np.ones(along, np.uint8))
    ink[rules > 0] = 0
    for place in places:
        cv2.fillConvexPoly(ink, np.rint(place.corners).astype(np.int32), 0)
    return np.asarray(ink, dtype=np.uint8)


def _blots(ink: NDArray[np.uint8], height: float) -> Boxes:
    """Return the boxes (x0, y0, x1, y1) of blots that may be letters or parts of them."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    x, y, wide, tall, area = stats[1:].T
    fits = (area >= _MIN_AREA * height**2) & (tall <= _MAX_TALL * height) & (wide <= _MAX_WIDE * height)
    fits &= (tall <= _BAR_TALL * height) | (wide >= _BAR_WIDE * height)
    boxes: Boxes = np.stack((x, y, x + wide, y + tall), axis=1)[fits].astype(np.int32)
    return boxes


def _joined(boxes: Boxes, height: float) -> Boxes:
    """Return *boxes* with those that stand together as one; what is then no letter, dash or colon is left out."""
    if len(boxes) > MAX_BLOTS:
        return boxes[:0]
    groups: list[list[int]] = []
    for x0, y0, x1, y1 in boxes[np.argsort(boxes[:, 0])].tolist():
        for group in reversed(groups[-60:]):
            beside = x0 - group[2] <= _JOIN_GAP * height
            is_dot = min(y1 - y0, group[3] - group[1]) <= _DOT * height
            level = min(y1, group[3]) - max(y0, group[1]) >= (-_COLON_GAP * height if is_dot else 1)
            if beside and level and max(y1, group[3]) - min(y0, group[1]) <= _MAX_TALL * height:
                group[:] = [min(x0, group[0]), min(y0, group[1]), max(x1, group[2]), max(y1, group[3])]
                break
        else:
            groups.append([x0, y0, x1, y1])
    found = np.array(groups, dtype=np.int32).reshape(-1, 4)
    wide, tall = found[:, 2] - found[:, 0], found[:, 3] - found[:, 1]
    is_letter = tall >= _MIN_TALL * height
    is_dash = (wide >= _DASH_WIDE * height) & (tall >= _DASH_THICK * height) & (wide >= 1.5 * tall)
    kept: Boxes = found[(is_letter | is_dash) & (wide <= _MAX_WIDE * height)]
    return kept


def _bands(boxes: Boxes, level: Sequence[LinePlace], height: float) -> NDArray[np.float64]:
    """Return from where to where, from top to bottom, the row of each blot reaches.

    A letter tells by itself; a dash or a colon stands in the row of the line beside it.
    """
    corners = np.stack([place.corners for place in level if place.height_px <= 2 * height])
    left, right = corners[:, 0, 0], corners[:, 1, 0]
    slope = (corners[:, 1, 1] - corners[:, 0, 1]) / np.maximum(1.0, right - left)
    tall = corners[:, 3, 1] - corners[:, 0, 1]
    bands = np.empty((len(boxes), 2))
    for number, (x0, y0, x1, y1) in enumerate(boxes.tolist()):
        room = max(_ROOM * (y1 - y0), 1.0)
        bands[number] = y0 - room, y1 + room
        if y1 - y0 >= _MIN_TALL * height and x1 - x0 < 3 * (y1 - y0):
            continue
        middle_x, middle_y = (x0 + x1) / 2, (y0 + y1) / 2
        upper = corners[:, 0, 1] + slope * (middle_x - left)
        away = np.maximum(np.maximum(left - middle_x, middle_x - right), 0.0)
        away[(middle_y < upper) | (middle_y > upper + tall)] = np.inf
        nearest = int(away.argmin())
        if np.isfinite(away[nearest]):
            bands[number] = min(upper[nearest], y0 - 1), max(upper[nearest] + tall[nearest], y1 + 1)
        else:
            bands[number] = min(middle_y - height / 2, y0 - 1), max(middle_y + height / 2, y1 + 1)
    return bands


def _rows(boxes: Boxes, bands: NDArray[np.float64], height: float) -> list[list[int]]:
    """Return the numbers of the blots in rows, each from the left and short enough for one picture."""
    rows: list[list[int]] = []
    middles = bands.mean(axis=1)
    for number in np.lexsort((boxes[:, 0], middles)).tolist():
        if rows and middles[number] - middles[rows[-1][0]] < height / 3:
            rows[-1].append(number)
        else:
            rows.append([number])
    short: list[list[int]] = []
    for row in rows:
        wide = np.inf
        for number in sorted(row, key=lambda one: int(boxes[one][0])):
            one = (boxes[number][2] - boxes[number][0]) / height + _SPACE
            if wide + one > _STRIP_WIDE:
                short.append([])
                wide = 0.0
            short[-1].append(number)
            wide += one
    return short


def _strip(picture: Grey, boxes: Boxes, bands: NDArray[np.float64]) -> Strip:
    """Return the picture of a row: each blot by itself at its height in the row, paper between them."""
    first, last = float(bands[:, 0].min()), float(bands[:, 1].max())
    tall = max(1, round(last - first))
    space = round(_SPACE * tall)
    wide = boxes[:, 2] - boxes[:, 0] + 2 * _MARGIN_PX
    total = int(wide.sum()) + space * (len(boxes) + 1)
    canvas = np.full((tall, total), _paper(picture, boxes), dtype=np.uint8)
    places, starts, ends, at = [], [], [], space
    for (x0, y0, x1, y1), (upper, lower) in zip(boxes.tolist(), bands.tolist(), strict=True):
        part = picture[max(0, y0 - 1) : y1 + 1, max(0, x0 - _MARGIN_PX) : x1 + _MARGIN_PX]
        top = int(np.clip(round(max(0, y0 - 1) - first), 0, max(0, tall - part.shape[0])))
        part = part[: tall - top]
        canvas[top : top + part.shape[0], at : at + part.shape[1]] = part
        places.append(LinePlace(np.array([[x0, upper], [x1, upper], [x1, lower], [x0, lower]], dtype=np.float32)))
        starts.append(at / total)
        ends.append((at + part.shape[1]) / total)
        at += part.shape[1] + space
    return Strip(canvas, tuple(places), tuple(starts), tuple(ends))


def _paper(picture: Grey, boxes: Boxes) -> np.uint8:
    """Return how bright the paper is around the blots."""
    x0, y0, x1, y1 = boxes[0].tolist()
    around = picture[max(0, y0 - _USUAL_WINDOW_PX) : y1 + _USUAL_WINDOW_PX, max(0, x0 - _USUAL_WINDOW_PX) : x1]
    return np.uint8(np.median(around))
