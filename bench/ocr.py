"""How well and how fast scanned pages are read by OCR, beside Tesseract.

    python bench/ocr.py [--json FILE]

Data: ``$VAUGHN_SHARED/corpus/pdf/ocr-made`` (default ``../shared``): twelve court and government pages, degraded
with a fixed seed to a grey 200 dpi scan and to a 150 dpi fax, with the exact text of the source. Word F1 is free of
order and case-sensitive; curly quotes, dashes and hyphens at line ends are compared as the usual ones. Peer in the
same run: the `tesseract` command, if installed, told the true resolution. CPU seconds, children included.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from vaughn.formats.pages import ocr_page

SHARED = Path(os.environ.get("VAUGHN_SHARED", Path(__file__).resolve().parents[2] / "shared"))
PAGES = SHARED / "corpus" / "pdf" / "ocr-made"
KINDS = {"gray200": ("*_gray200.jpg", "image/jpeg", 200), "fax150": ("*_fax150.tif", "image/tiff", 150)}
# PDFium marks a hyphen it joined over a line end with U+FFFE.
_USUAL = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "\ufffe": "-\n"})


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    engines: dict[str, Callable[[Path, str, int], str]] = {"ours": lambda path, kind, _: ocr_page(path, kind, 1).text}
    if shutil.which("tesseract"):
        engines["tesseract"] = _tesseract
    else:
        print("tesseract is not installed: no peer in this run")
    rows = [_measured(name, kind, read) for kind in KINDS for name, read in engines.items()]
    for row in rows:
        print(
            f"  {row['pages']:8} {row['engine']:10} word F1 {row['word_f1']:.3f}  character errors in order "
            f"{row['prose_character_error_rate']:.3f}  {row['cpu_seconds_per_page']:.2f} CPU s/page"
        )
    print(f"  largest memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


def _measured(name: str, kind: str, read: Callable[[Path, str, int], str]) -> dict[str, str | float]:
    pattern, media_type, dpi = KINDS[kind]
    scores, errors, seconds = [], [], []
    for path in sorted(PAGES.glob(pattern)):
        truth = (PAGES / f"{path.name.split('_')[0]}.txt").read_text(encoding="utf-8").translate(_USUAL)
        started = _cpu_seconds()
        text = read(path, media_type, dpi).translate(_USUAL)
        seconds.append(_cpu_seconds() - started)
        scores.append(_word_f1(truth, text))
        errors.append(_character_error_rate(truth, text))
    return {
        "pages": kind,
        "engine": name,
        "word_f1": statistics.mean(scores),
        "prose_character_error_rate": statistics.median(errors),
        "cpu_seconds_per_page": statistics.median(seconds),
    }


def _tesseract(path: Path, _: str, dpi: int) -> str:
    command = ["tesseract", str(path), "-", "--dpi", str(dpi), "-l", "eng"]
    environment = os.environ | {"OMP_THREAD_LIMIT": "1"}
    return subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout


def _word_f1(truth: str, text: str) -> float:
    owed, read = Counter(truth.split()), Counter(text.split())
    return 2 * (owed & read).total() / max(1, owed.total() + read.total())


def _character_error_rate(truth: str, text: str) -> float:
    import numpy as np  # noqa: PLC0415

    owed, read = (np.array([*map(ord, " ".join(one.split()))]) for one in (truth, text))
    steps = np.arange(len(read) + 1)
    row = steps.copy()
    for number, letter in enumerate(owed, 1):
        best = np.concatenate(([number], np.minimum(row[1:] + 1, row[:-1] + (read != letter))))
        row = np.minimum.accumulate(best - steps) + steps
    return float(row[-1]) / max(1, len(owed))


def _cpu_seconds() -> float:
    usages = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


if __name__ == "__main__":
    main()
