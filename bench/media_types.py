"""Is the type of a file told right, and how fast, beside puremagic.

    python bench/media_types.py [--json FILE]

Data: every file of ``$VAUGHN_SHARED/corpus`` (default ``../shared``) whose name ends in a suffix of the table below,
its suffix cut off before anyone looks (texts whose kind only the name tells keep it). The answer is the suffix's,
but where a file is known to be something else: those are listed with what they are. puremagic, if installed, is asked
for its first guess; it counts as right if it names the type or one that means the same.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import time
from collections import Counter
from pathlib import Path

from vaughn.formats.extras import is_installed
from vaughn.formats.pages import media_type

SHARED = Path(os.environ.get("VAUGHN_SHARED", Path(__file__).resolve().parents[2] / "shared"))
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
ANSWERS = {
    ".pdf": "application/pdf", ".tif": "image/tiff", ".tiff": "image/tiff", ".jpg": "image/jpeg", ".jp2": "image/jp2",
    ".j2k": "image/jp2", ".png": "image/png", ".docx": _WORD, ".xlsx": _SHEET, ".pptx": _SLIDES,
    ".xlsm": "application/vnd.ms-excel.sheet.macroenabled.12",
    ".pptm": "application/vnd.ms-powerpoint.presentation.macroenabled.12",
    ".xlsb": "application/vnd.ms-excel.sheet.binary.macroenabled.12",
    ".vsdx": "application/vnd.ms-visio.drawing", ".doc": "application/msword", ".xls": "application/vnd.ms-excel",
    ".ppt": "application/vnd.ms-powerpoint", ".vsd": "application/vnd.visio", ".pub": "application/vnd.ms-publisher",
    ".mpp": "application/vnd.ms-project", ".msg": "application/vnd.ms-outlook", ".rtf": "application/rtf",
    ".odt": "application/vnd.oasis.opendocument.text", ".zip": "application/zip", ".tar": "application/x-tar",
    ".gz": "application/gzip", ".eml": "message/rfc822", ".mbox": "application/mbox",
    ".pst": "application/vnd.ms-outlook-pst",
    ".tnef": "application/vnd.ms-tnef", ".ics": "text/calendar", ".vcf": "text/vcard", ".html": "text/html",
    ".mp3": "audio/mpeg", ".p7m": "application/pkcs7-mime",
}  # fmt: skip
# What only a name tells: these keep it.
BY_NAME = frozenset({".docx", ".xlsx", ".xlsb", ".pptx", ".eml", ".mbox", ".html"})
# Known to be something else than their suffix says.
_LOCKED = "application/vnd.ms-office.encrypted"
EXCEPT = {
    "empty.pdf": "application/x-empty",
    "invalid.xlsx": "application/zip",  # an end record of a zip and nothing else
    **dict.fromkeys(
        (
            "bug53475-password-is-pass.docx", "bug53475-password-is-solrcell.docx", "60320-protected.xlsx",
            "protect.xlsx", "protected_agile.docx", "protected_sha512.xlsx", "protected_passtika.xlsb",
            "protected_passtika.xlsx",
        ),
        _LOCKED,
    ),
}  # fmt: skip
_SAME = {
    "application/vnd.ms-excel.sheet.macroenabled.12": "xlsm",
    "text/vcard": "text/x-vcard",
    "image/jp2": "image/jpx",
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    files = [
        path for path in sorted((SHARED / "corpus").rglob("*")) if path.is_file() and path.suffix.lower() in ANSWERS
    ]
    wrong: list[str] = []
    right, by_suffix = 0, Counter(path.suffix.lower() for path in files)
    started = time.process_time()
    told = [_ours(path) for path in files]
    seconds = time.process_time() - started
    for path, kind in zip(files, told, strict=True):
        expected = EXCEPT.get(path.name, ANSWERS[path.suffix.lower()])
        right += kind == expected
        if kind != expected:
            wrong.append(f"{path.relative_to(SHARED / 'corpus')}: {kind}")
    result = {"files": len(files), "right": right, "ms_a_file": seconds * 1000 / len(files), "wrong": wrong}
    if is_installed("puremagic"):
        result["puremagic"] = _puremagic(files)
    print(f"{len(files)} files of {len(by_suffix)} kinds: {right} right, {result['ms_a_file']:.2f} ms a file")
    print("\n".join(f"  {line}" for line in wrong))
    print(f"puremagic: {result.get('puremagic')}")
    if options.json:
        options.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


def _ours(path: Path) -> str:
    suffix = path.suffix.lower()
    return media_type(path, name=f"x{suffix}" if suffix in BY_NAME else "x")


def _puremagic(files: list[Path]) -> dict[str, float]:
    puremagic = importlib.import_module("puremagic")
    right = 0
    started = time.process_time()
    for path in files:
        expected = EXCEPT.get(path.name, ANSWERS[path.suffix.lower()])
        try:
            kind = puremagic.from_string(path.read_bytes()[:1_000_000], mime=True).lower()
        except (puremagic.PureError, ValueError):
            kind = ""
        right += kind in {expected, _SAME.get(expected)}
    return {"right": right, "ms_a_file": (time.process_time() - started) * 1000 / len(files)}


if __name__ == "__main__":
    main()
