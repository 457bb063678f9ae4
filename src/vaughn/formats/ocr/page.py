"""What a page picture says, read by two networks: the whole page, or only its margins for stamped numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version

import numpy as np

from vaughn.formats.content import PageScan
from vaughn.formats.ocr.engines import EngineFacts
from vaughn.formats.ocr.fax import Grey, softened
from vaughn.formats.ocr.finding import find_lines
from vaughn.formats.ocr.layout import in_reading_order, text_of
from vaughn.formats.ocr.lines import LineReading, read_lines, read_strays
from vaughn.formats.ocr.models import Models, loaded_models
from vaughn.formats.ocr.placing import piece_of, slope_of, turned_back
from vaughn.formats.ocr.strays import stray_strips
from vaughn.formats.words import NO_WORDS, WordColumns
from vaughn.model import PageSize

# Lines the reader is less sure of are noise: rules, stains, seals.
MIN_CONFIDENCE = 0.5
# Below this mean the page may lie on its side or head; a sound page stays above .9.
SUSPECT_CONFIDENCE = 0.75
# Latin lines have two to three letters where they are as long as high, Chinese ones more than one.
MIN_LETTERS_A_HEIGHT = 0.5
_SAMPLE_LINES = 8


class NetworkEngine:
    """PP-OCRv6 out of the `rapidocr` wheel, run by *runtime* (``openvino`` or ``onnxruntime``)."""

    def __init__(self, runtime: str) -> None:
        self._runtime = runtime
        self._models: Models = loaded_models(runtime)

    @cached_property
    def facts(self) -> EngineFacts:
        """Name and version."""
        return EngineFacts(f"rapidocr+{self._runtime}", version("rapidocr"))

    def read(self, scan: PageScan) -> WordColumns:
        """Return the words of the page; pages lying on side or head are read too."""
        return read_picture(scan.grey, scan.size, self._models)

    def read_margins(self, scan: PageScan, *, share: float) -> WordColumns:
        """Return the words of the top and the bottom of the page, each *share* of its height."""
        return read_strips(scan.grey, scan.size, self._models, share=share)


@dataclass(frozen=True, slots=True)
class _PageReading:
    """The lines of a page as read.

    Args:
        turns: Quarter turns clockwise that brought the page upright.
        legible: Mean confidence over all lines that were found, those that could not be read counting as 0.
    """

    readings: list[LineReading]
    turns: int
    legible: float


def read_picture(picture: Grey, size: PageSize, models: Models) -> WordColumns:
    """Return the words of *picture*, which shows a page of *size*.

    Reads pages lying on side or head too, and pages in other than Latin letters, which take longer.
    """
    page = _read_upright(picture, models)
    if page.legible < SUSPECT_CONFIDENCE and models.every_script is not None:
        page = max(page, _read_upright(picture, models.every_script()), key=lambda one: one.legible)
    return _columns(page.readings, picture, size, turns=page.turns) if page.readings else NO_WORDS


def _read_upright(picture: Grey, models: Models) -> _PageReading:
    upright, places = picture, find_lines(picture, models.finder)
    readings = read_lines(picture, places, models)
    turns = _turns_needed(picture, readings, models) if readings else 0
    if turns:
        upright = np.ascontiguousarray(np.rot90(picture, -turns))
        places = find_lines(upright, models.finder)
        readings = read_lines(upright, places, models)
    legible = sum(map(_legible, readings)) / len(places) if places else 1.0
    return _PageReading([*readings, *read_strays(stray_strips(softened(upright), places), models)], turns, legible)


def _legible(reading: LineReading) -> float:
    """Return the confidence of a line, 0 if far too few letters were read for its length: another script."""
    length, height = reading.place.width_px, reading.place.height_px
    if reading.is_upright:
        length, height = height, length
    letters = sum(len(word.text) for word in reading.words)
    return reading.confidence if letters >= MIN_LETTERS_A_HEIGHT * (length / max(1.0, height) - 1) else 0.0


def read_strips(picture: Grey, size: PageSize, models: Models, *, share: float) -> WordColumns:
    """Return the words of the top and the bottom of *picture*, each *share* of its height."""
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
    slope = slope_of(sure)
    height, width = picture.shape
    pieces = [piece_of(reading, slope) for reading in sure]
    scale = (size.width_pt / width, size.height_pt / height)
    rows = in_reading_order(pieces)
    if turns:
        back = [[turned_back(piece, turns, width, height) for piece in row] for row in rows]
        return text_of(back, points_per_px=scale)
    return text_of(rows, points_per_px=scale)
