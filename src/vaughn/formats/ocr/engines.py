"""The engines that read a page by OCR, behind one seam: a scan in, words with boxes and confidences out.

Rapidocr's two networks, run by OpenVINO or onnxruntime, with our own layout; Tesseract, with its own, as a
package or as the command of the system. The best that is installed is taken, or the one that is asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from vaughn.formats.content import PageScan
from vaughn.formats.extras import OCR_ENGINES, ocr_engines
from vaughn.formats.words import WordColumns
from vaughn.model import ToolMissing, UsageError

_INSTALL = "Install it with: pip install 'vaughn[ocr]'"


@dataclass(frozen=True, slots=True)
class EngineFacts:
    """Which engine it is; told with everything it has read."""

    name: str
    version: str

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


class Engine(Protocol):
    """What reads a page by OCR."""

    @property
    def facts(self) -> EngineFacts:
        """Name and version."""

    def read(self, scan: PageScan) -> WordColumns:
        """Return the words of the page in reading order, with how sure the engine is of each."""

    def read_margins(self, scan: PageScan, *, share: float) -> WordColumns:
        """Return the words of the top and the bottom of the page, each *share* of its height."""


def installed_engine(name: str | None) -> Engine:
    """Return the engine called *name*, or the best that is installed if `None`; loaded once a process.

    Raises:
        ToolMissing: If it, or every engine, is not installed.
        UsageError: If there is no engine of that name.
    """
    there = ocr_engines()
    if name is None:
        if not there:
            raise ToolMissing("OCR is not installed.", hint=_INSTALL)
        return _loaded(there[0])
    if name not in OCR_ENGINES:
        raise UsageError(f"There is no OCR engine {name!r}.", hint=f"Choose one of: {', '.join(OCR_ENGINES)}.")
    if name not in there:
        raise ToolMissing(f"The OCR engine {name} is not installed.", hint=_INSTALL)
    return _loaded(name)


@cache
def _loaded(name: str) -> Engine:
    return _MAKERS[name]()


def _openvino() -> Engine:
    from vaughn.formats.ocr.page import NetworkEngine  # noqa: PLC0415 -- loads what its packages load

    return NetworkEngine("openvino")


def _onnxruntime() -> Engine:
    from vaughn.formats.ocr.page import NetworkEngine  # noqa: PLC0415

    return NetworkEngine("onnxruntime")


def _tesserocr() -> Engine:
    from vaughn.formats.ocr.tesseract import TesserocrEngine  # noqa: PLC0415

    return TesserocrEngine()


def _tesseract() -> Engine:
    from vaughn.formats.ocr.tesseract import TesseractCommand  # noqa: PLC0415

    return TesseractCommand()


_MAKERS: dict[str, Callable[[], Engine]] = {
    "rapidocr+openvino": _openvino,
    "rapidocr+onnxruntime": _onnxruntime,
    "tesserocr": _tesserocr,
    "tesseract": _tesseract,
}
