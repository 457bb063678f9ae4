"""Which optional parts are installed, found out without loading them."""

from __future__ import annotations

import importlib.util
import shutil

# The engines that can read a page by OCR, the preferred first, with the packages each needs. Rapidocr's models read
# tables and forms with a fifth of Tesseract's errors; OpenVINO runs them in a third of onnxruntime's time.
OCR_ENGINES: dict[str, tuple[str, ...]] = {
    "rapidocr+openvino": ("rapidocr", "cv2", "openvino"),
    "rapidocr+onnxruntime": ("rapidocr", "cv2", "onnxruntime"),
    "tesserocr": ("tesserocr",),
    "tesseract": (),
}
TESSERACT = "tesseract"  # a command of the system, no package


def is_installed(name: str) -> bool:
    """Tell whether the package *name* can be imported."""
    return importlib.util.find_spec(name) is not None


def ocr_engines() -> tuple[str, ...]:
    """Return the names of the OCR engines that are installed, the preferred first."""
    return tuple(name for name, parts in OCR_ENGINES.items() if _is_there(name, parts))


def _is_there(name: str, parts: tuple[str, ...]) -> bool:
    if name == TESSERACT:
        return shutil.which(TESSERACT) is not None
    return all(map(is_installed, parts))


def ocr_available() -> bool:
    """Tell whether pages can be read by OCR on this machine (``pip install 'vaughn[ocr]'``)."""
    return bool(ocr_engines())
