"""Reading a page by Tesseract, as a package (`tesserocr`) or as the command of the system.

Both answer with the same table, one row a word (TSV: level, page, block, paragraph, line, word, left, top,
width, height, confidence, text), already in Tesseract's reading order.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vaughn.formats.content import PageScan
from vaughn.formats.extras import TESSERACT
from vaughn.formats.faults import unreadable
from vaughn.formats.ocr.engines import EngineFacts
from vaughn.formats.words import NO_WORDS, WordColumns
from vaughn.model import ToolMissing

# A page of newsprint takes 20 s.
TIMEOUT_SECONDS = 120
_WORD_LEVEL = "5"
_COLUMNS = 12
_LANGUAGE = "eng"
_ONE_THREAD = {"OMP_THREAD_LIMIT": "1"}
_DATA_FOLDERS = ("/usr/share/tesseract-ocr/5/tessdata", "/usr/share/tessdata", "/usr/local/share/tessdata")

Grey = NDArray[np.uint8]
# A picture and its resolution in, Tesseract's table out.
Reader = Callable[[Grey, int], str]


@dataclass(frozen=True, slots=True)
class WordRow:
    """One word of Tesseract's table, in pixels."""

    line: tuple[str, ...]
    text: str
    box: tuple[float, float, float, float]
    confidence: int


class _Table:
    """What both ways of calling Tesseract share."""

    def table(self, grey: Grey, dpi: int) -> str:
        """Return Tesseract's table of the words of *grey*."""
        raise NotImplementedError

    def read(self, scan: PageScan) -> WordColumns:
        """Return the words of the page."""
        return placed_words(word_rows(self.table(scan.grey, _dpi(scan))), scan)

    def read_margins(self, scan: PageScan, *, share: float) -> WordColumns:
        """Return the words of the top and the bottom of the page, each *share* of its height."""
        height = scan.grey.shape[0]
        strip = max(1, round(height * share))
        dpi = _dpi(scan)
        above = word_rows(self.table(np.ascontiguousarray(scan.grey[:strip]), dpi))
        below = word_rows(self.table(np.ascontiguousarray(scan.grey[height - strip :]), dpi), down_px=height - strip)
        return placed_words([*above, *below], scan)


class TesseractCommand(_Table):
    """The command `tesseract` of the system."""

    @cached_property
    def facts(self) -> EngineFacts:
        """Name and version."""
        found = re.search(r"tesseract\s+v?(\S+)", _called("--version").decode("utf-8", "replace"))
        return EngineFacts("tesseract", found.group(1) if found else "unknown")

    @cached_property
    def _language(self) -> str:
        there = _called("--list-langs").decode("utf-8", "replace").split("\n")[1:]
        names = [name.strip() for name in there if name.strip() and name.strip() != "osd"]
        return _LANGUAGE if _LANGUAGE in names or not names else names[0]

    def table(self, grey: Grey, dpi: int) -> str:
        """Return Tesseract's table of the words of *grey*."""
        picture = b"P5 %d %d 255\n" % (grey.shape[1], grey.shape[0]) + grey.tobytes()
        answer = _called("stdin", "stdout", "--dpi", str(dpi), "-l", self._language, "--psm", "1", "tsv", given=picture)
        return answer.decode("utf-8", "replace")


class TesserocrEngine(_Table):
    """Tesseract in a Python package; it needs a folder with its language data."""

    def __init__(self) -> None:
        self._package: Any = import_module("tesserocr")
        mode = self._package.PSM.AUTO_OSD
        try:
            self._reader = self._package.PyTessBaseAPI(path=_data_folder(), lang=_LANGUAGE, psm=mode)
        except RuntimeError:
            raise ToolMissing("Tesseract has no data for English.", hint="Set TESSDATA_PREFIX to its folder.") from None

    @cached_property
    def facts(self) -> EngineFacts:
        """Name and version."""
        found = re.search(r"tesseract\s+v?(\S+)", str(self._package.tesseract_version()))
        return EngineFacts("tesserocr", found.group(1) if found else "unknown")

    def table(self, grey: Grey, dpi: int) -> str:
        """Return Tesseract's table of the words of *grey*."""
        height, width = grey.shape
        self._reader.SetImageBytes(grey.tobytes(), width, height, 1, width)
        self._reader.SetSourceResolution(dpi)
        return str(self._reader.GetTSVText(0))


def _data_folder() -> str:
    named = os.environ.get("TESSDATA_PREFIX")
    found = next((folder for folder in _DATA_FOLDERS if Path(folder).is_dir()), "./")
    return named or found


def _called(*arguments: str, given: bytes = b"") -> bytes:
    """Return what Tesseract answers.

    Raises:
        FileRefused: If it fails on this page.
        ToolMissing: If it cannot be started.
    """
    try:
        done = subprocess.run(  # noqa: S603 -- a fixed command; the page goes in as pixels
            [TESSERACT, *arguments],
            input=given,
            capture_output=True,
            check=True,
            timeout=TIMEOUT_SECONDS,
            env=os.environ | _ONE_THREAD,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        raise unreadable("Tesseract could not read the page.") from None
    except OSError:
        raise ToolMissing("Tesseract cannot be started.", hint="Install the package tesseract-ocr.") from None
    return done.stdout


def _dpi(scan: PageScan) -> int:
    return int(np.clip(round(scan.grey.shape[1] * 72 / scan.size.width_pt), 70, 600))


def word_rows(table: str, *, down_px: float = 0.0) -> list[WordRow]:
    """Return the words of *table*, moved down by *down_px*; rows that are no words are left out."""
    rows = []
    for line in table.split("\n"):
        cells = line.rstrip("\r").split("\t")
        if len(cells) != _COLUMNS or cells[0] != _WORD_LEVEL or not cells[11].strip():
            continue
        try:
            left, top, width, height, confidence = map(float, cells[6:11])
        except ValueError:
            continue
        box = (left, top + down_px, left + width, top + height + down_px)
        sure = round(max(0.0, min(100.0, confidence)))
        rows += [WordRow((*cells[1:5], str(down_px)), word, box, sure) for word in cells[11].split()]
    return rows


def placed_words(rows: list[WordRow], scan: PageScan) -> WordColumns:
    """Return *rows* as words in points, one line of text a line of the page."""
    if not rows:
        return NO_WORDS
    text, starts = "", []
    for number, row in enumerate(rows):
        if number:
            text += " " if row.line == rows[number - 1].line else "\n"
        starts.append(len(text))
        text += row.text
    height, width = scan.grey.shape
    across, down = scan.size.width_pt / width, scan.size.height_pt / height
    boxes = np.array([row.box for row in rows], dtype=np.float64) * (across, down, across, down)
    return WordColumns(
        text,
        np.array(starts, dtype=np.int32),
        np.array([start + len(row.text) for start, row in zip(starts, rows, strict=True)], dtype=np.int32),
        boxes.astype(np.float32),
        are_runs=True,
        confidences=np.array([row.confidence for row in rows], dtype=np.uint8),
    )
