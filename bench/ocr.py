"""How well and how fast scanned pages are read by OCR, beside ocrmypdf (Tesseract).

    python bench/ocr.py [--ocrmypdf COMMAND] [--img2pdf COMMAND] [--only NAME] [--json FILE]

Data: ``$VAUGHN_SHARED/corpus/pdf/ocr-made`` (default ``../shared``): twelve court and government pages, degraded with
a fixed seed to a grey 200 dpi scan and to a 150 dpi fax, with the exact text of the source; and further pages made
here in the same way (`ocr_pages.py`) from other pages: "seen" was looked at while the reader was written; "half 2",
other files, was not, until the words lost on it were looked at once; "new", other folders, never was. Word F1 is free
of order and case-sensitive; quotes and dashes are compared as the usual ones, underscores (rules to write on) are
left out of truth and readings. Pairs F1 counts words with the word that follows: reading order, free of the order of
blocks. Prose error: edit distance of characters on pages of one column, in printed order. Peer in the same run, on
the same pixels: ocrmypdf, one file of all pages, one job, its plain text. CPU seconds, children included.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import shutil
import statistics
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from ocr_pages import Source, find_source, new_sources, printed_prose, sources, write_scan

from vaughn.formats.pages import ocr_engines, ocr_packed, unpack_text

SHARED = Path(os.environ.get("VAUGHN_SHARED", Path(__file__).resolve().parents[2] / "shared"))
CORPUS = SHARED / "corpus" / "pdf"
PAGES = CORPUS / "ocr-made"
# Kinds of the further pages.
MADE_KINDS = {
    "seen": ("grey200", "fax150"),
    "half 2": ("clean200", "grey200", "fax150", "copy300"),
    "new": ("clean200", "grey200", "fax150"),
}
# What the page shows where its text layer says other: here the tails of commas are clipped off, at any resolution.
_PRINTED = {"senate_page_sample": (re.compile(r"(?<=[A-Z]),(?=[A-Z])"), ".")}
# PDFium marks a hyphen it joined over a line end with U+FFFE.
_USUAL = str.maketrans(
    {"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "\ufffe": "-\n"}
    | dict.fromkeys("‑‐−", "-")
    | {"_": " "}
)
Row = dict[str, str | float | None]


@dataclass(frozen=True)
class Scan:
    """One picture of a page whose text is known; `prose` is its text in printed order if it is one column of prose."""

    path: Path
    media_type: str
    dpi: int
    truth: str
    prose: str | None


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ocrmypdf", default="ocrmypdf")
    parser.add_argument("--img2pdf", default="img2pdf")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--only", default="", help="only the groups of pages whose names begin so")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        groups = {name: scans for name, scans in _groups(Path(folder)).items() if name.startswith(options.only)}
        engines: dict[str, Callable[[Sequence[Scan]], tuple[list[str], list[float]]]] = {"ours": _ours}
        if shutil.which(options.ocrmypdf) and shutil.which(options.img2pdf):
            engines["ocrmypdf"] = lambda scans: _peer(scans, options, Path(folder))
        else:
            print("ocrmypdf is not installed: no peer in this run")
        warm = next(iter(groups.values()))[0]
        ocr_packed(warm.path, warm.media_type, 1)  # the networks are loaded once a process, not once a page
        rows, grown, read = [], [], 0
        for name, scans in groups.items():
            for engine, reader in engines.items():
                texts, seconds = reader(scans)
                rows.append(_row(name, engine, scans, texts=texts, seconds=statistics.mean(seconds)))
                _show(rows[-1])
            read += len(scans)
            grown.append(
                {"pages_read": read, "largest_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}
            )
    print(f"  engine: {ocr_engines()[0]}; memory: {grown}")
    if options.json:
        result = {"reading": rows, "memory_of_one_process": grown, "engine": ocr_engines()[0]}
        options.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


def _groups(folder: Path) -> dict[str, list[Scan]]:
    groups: dict[str, list[Scan]] = {}
    truths = {path.stem: path.read_text("utf-8") for path in sorted(PAGES.glob("*.txt"))}
    places = {stem: find_source(text, CORPUS) for stem, text in truths.items()}
    for kind, ending, media_type in (("gray200", "jpg", "image/jpeg"), ("fax150", "tif", "image/tiff")):
        groups[f"ocr-made {kind}"] = [
            Scan(PAGES / f"{stem}_{kind}.{ending}", media_type, int(kind[-3:]), text, place and printed_prose(*place))
            for stem, text in truths.items()
            for place in [places[stem]]
        ]
    found = sources(CORPUS)
    first = [one for number, one in enumerate(found) if number == 0 or found[number - 1].path != one.path]
    parts = {
        "seen": [source for source in first if source.is_seen],
        "half 2": [source for source in first if not source.is_seen],
        "new": new_sources(CORPUS.parent),
    }
    for part, kinds in MADE_KINDS.items():
        for kind in kinds:
            groups[f"{part} {kind}"] = [_scan(source, kind, folder) for source in parts[part]]
    return groups


def _scan(source: Source, kind: str, folder: Path) -> Scan:
    path = write_scan(source, kind, folder)
    text = source.text
    if source.path.stem in _PRINTED:
        layer, shown = _PRINTED[source.path.stem]
        text = layer.sub(shown, text)
    media_type = "image/tiff" if path.suffix == ".tif" else "image/png"
    return Scan(path, media_type, int(kind[-3:]), text, printed_prose(source.path, source.page))


def _ours(scans: Sequence[Scan]) -> tuple[list[str], list[float]]:
    texts, seconds = [], []
    for scan in scans:
        started = _cpu_seconds()
        texts.append(unpack_text(ocr_packed(scan.path, scan.media_type, 1).packed))
        seconds.append(_cpu_seconds() - started)
    return texts, seconds


def _peer(scans: Sequence[Scan], options: argparse.Namespace, folder: Path) -> tuple[list[str], list[float]]:
    """Return what ocrmypdf reads; the pages are put into one PDF, pixel by pixel, before the clock starts."""
    pdf, text = folder / "peer.pdf", folder / "peer.txt"
    subprocess.run(
        [options.img2pdf, *(str(scan.path) for scan in scans), "-o", str(pdf)], check=True, capture_output=True
    )
    quiet = ["--jobs", "1", "--output-type", "pdf", "--optimize", "0", "-q", "--sidecar", str(text)]
    started = _cpu_seconds()
    subprocess.run(
        [options.ocrmypdf, *quiet, str(pdf), str(folder / "out.pdf")],
        check=True,
        capture_output=True,
        env=os.environ | {"OMP_THREAD_LIMIT": "1"},
    )
    seconds = _cpu_seconds() - started
    return text.read_text("utf-8").split("\f")[: len(scans)], [seconds / len(scans)] * len(scans)


def _row(name: str, engine: str, scans: Sequence[Scan], *, texts: Sequence[str], seconds: float) -> Row:
    pairs = [(scan.truth.translate(_USUAL), text.translate(_USUAL)) for scan, text in zip(scans, texts, strict=True)]
    errors = [
        _character_error_rate(scan.prose.translate(_USUAL), text.translate(_USUAL))
        for scan, text in zip(scans, texts, strict=True)
        if scan.prose
    ]
    return {
        "pages": name,
        "engine": engine,
        "count": len(scans),
        "word_f1": statistics.mean(_f1(truth.split(), text.split()) for truth, text in pairs),
        "worst_page_f1": min(_f1(truth.split(), text.split()) for truth, text in pairs),
        "pairs_f1": statistics.mean(_f1(pairwise(truth.split()), pairwise(text.split())) for truth, text in pairs),
        "prose_pages": len(errors),
        "prose_character_error": statistics.mean(errors) if errors else None,
        "cpu_seconds_per_page": seconds,
    }


def _show(row: Row) -> None:
    print(
        f"  {row['pages']:18} {row['engine']:9} {row['count']:3} pages  word F1 {row['word_f1']:.3f} (worst "
        f"{row['worst_page_f1']:.3f})  pairs {row['pairs_f1']:.3f}  prose errors "
        f"{row['prose_character_error'] or 0:.3f} on {row['prose_pages']}  {row['cpu_seconds_per_page']:.2f} CPU s",
        flush=True,
    )


def _f1(truth: object, text: object) -> float:
    owed, read = Counter(truth), Counter(text)  # type: ignore[call-overload]
    return float(2 * (owed & read).total() / max(1, owed.total() + read.total()))


def _character_error_rate(truth: str, text: str) -> float:
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
