"""What it costs to read a page's words with their boxes and to store them, beside bare text extraction.

    python bench/page_text.py [--rounds 5] [--json FILE]

Data: the court and government PDF files of ``$VAUGHN_SHARED/corpus/pdf`` (default ``../shared``). Peers in the
same run: plain pypdfium2 text (no boxes, nothing stored) and `pdftotext` (poppler), one process a file.
CPU seconds, children included; each engine takes its turn in every round, the median round counts.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pypdfium2

from vaughn.formats.pages import FileRefused, read_packed, unpack_columns

SHARED = Path(os.environ.get("VAUGHN_SHARED", Path(__file__).resolve().parents[2] / "shared"))
PDF = "application/pdf"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    files = sorted(path for folder in ("court", "gov") for path in (SHARED / "corpus" / "pdf" / folder).glob("*.pdf"))
    engines: dict[str, Callable[[Path], None]] = {"ours: words, boxes, packed": _ours, "pypdfium2: text only": _plain}
    if shutil.which("pdftotext"):
        engines["pdftotext: text only"] = _pdftotext
    blobs = [page.packed for path in files for page in _pages(path)]
    rounds: dict[str, list[float]] = {name: [] for name in engines}
    for _ in range(options.rounds):
        for name, read in engines.items():
            started = _cpu_seconds()
            for path in files:
                read(path)
            rounds[name].append(_cpu_seconds() - started)
    speed = {name: len(blobs) / statistics.median(seconds) for name, seconds in rounds.items()}
    plain = speed["pypdfium2: text only"]
    rows = [
        {"engine": name, "pages_per_cpu_second": pages, "ratio_to_plain_text": pages / plain}
        for name, pages in speed.items()
    ]
    result = {"engines": rows, "storage": _storage(blobs), "data": f"{len(files)} files, {len(blobs)} pages"}
    _show(result)
    if options.json:
        options.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


def _ours(path: Path) -> None:
    _pages(path)


def _pages(path: Path) -> tuple:  # type: ignore[type-arg]
    try:
        return read_packed(path, PDF)
    except FileRefused:
        return ()


def _plain(path: Path) -> None:
    with pypdfium2.PdfDocument(path) as document:
        for page in document:
            text = page.get_textpage()
            text.get_text_range()
            text.close()
            page.close()


def _pdftotext(path: Path) -> None:
    subprocess.run(["pdftotext", str(path), "-"], check=False, capture_output=True)


def _storage(blobs: list[bytes]) -> dict[str, float]:
    sizes = [len(blob) for blob in blobs]
    micros = []
    for blob in blobs * 3:
        started = time.perf_counter_ns()
        unpack_columns(blob)
        micros.append((time.perf_counter_ns() - started) / 1000)
    return {
        "words_per_page": sum(len(unpack_columns(blob)) for blob in blobs) / len(blobs),
        "bytes_per_page": sum(sizes) / len(sizes),
        "unpack_p50_us": statistics.median(micros),
        "unpack_p95_us": statistics.quantiles(micros, n=20)[-1],
    }


def _show(result: dict) -> None:  # type: ignore[type-arg]
    print(result["data"])
    for row in result["engines"]:
        print(f"  {row['engine']:28} {row['pages_per_cpu_second']:8.0f} pages/CPU s  {row['ratio_to_plain_text']:.2f}")
    for name, value in result["storage"].items():
        print(f"  {name:28} {value:8.0f}")


def _cpu_seconds() -> float:
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


if __name__ == "__main__":
    main()
