"""Which optional parts are installed, found out without loading them."""

from __future__ import annotations

import importlib.util

OCR_ENGINES = ("openvino", "onnxruntime")
_OCR_PARTS = ("rapidocr", "cv2")


def is_installed(name: str) -> bool:
    """Tell whether the package *name* can be imported."""
    return importlib.util.find_spec(name) is not None


def ocr_available() -> bool:
    """Tell whether pages can be read by OCR on this machine (``pip install 'vaughn[ocr]'``)."""
    return all(map(is_installed, _OCR_PARTS)) and any(map(is_installed, OCR_ENGINES))
