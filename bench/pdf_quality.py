"""Do we get the words of a PDF, and does every hostile file end: agreement with other engines, refusals, limits.

    python bench/pdf_quality.py [--peers PYTHON] [--json FILE]

Words: on the court, government and released PDF files of ``$VAUGHN_SHARED/corpus`` (default ``../shared``) the tokens
of each file are compared with the median count of each token over four engines (pypdfium2, pdftotext, PyMuPDF,
kreuzberg): F1, free of order. Files with fewer than 20 tokens are left out. What stands over the pages (forms, notes)
is left out of ours: the others do not read it.
Hostile: every file of the hostile PDFs, images, archives and broken office files goes through the worker pool with
its limits; it must end as read, as a container, or as a refusal with the code of a finding.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import re
import shutil
import statistics
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from vaughn.formats.pages import FileRefused, media_type, read_pages
from vaughn.formats.readers import ReadingRequest, container_pieces, is_container, read_record
from vaughn.model import CATALOGUE
from vaughn.work import Task, WorkerPool, reading_limits

SHARED = Path(os.environ.get("VAUGHN_SHARED", Path(__file__).resolve().parents[2] / "shared"))
CORPUS = SHARED / "corpus"
PDF = "application/pdf"
PEERS = ("pypdfium2", "pymupdf", "kreuzberg")
MIN_TOKENS = 20
HOSTILE = ("pdf/hostile", "images", "office/archives-made", "office/archives-cpython", "office/poi")
_TOKEN = re.compile(r"\w+")
# A line that says what stands over the page begins so.
_NOTE = re.compile(
    r"^\[(?:hidden )?(?:comment|free text|stamp|form field|struck out|redaction mark)[^\]]*\].*", re.MULTILINE
)
_JOINED = re.compile(r"(\w)-\n(\w)")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--peers", type=Path)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    result: dict[str, object] = {"hostile": _hostile()}
    if options.peers:
        result["words"] = _agreement(options.peers)
    _show(result)
    if options.json:
        options.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


# -- words ----------------------------------------------------------------------------------------------------------


def _agreement(python: Path) -> dict[str, object]:
    files = [
        path for folder in ("pdf/court", "pdf/gov", "release") for path in sorted((CORPUS / folder).rglob("*.pdf"))
    ]
    texts = {name: _peer_texts(python, name, files) for name in PEERS}
    if shutil.which("pdftotext"):
        texts["pdftotext"] = [_pdftotext(path) for path in files]
    texts["ours"] = [_our_text(path) for path in files]
    scores: dict[str, list[float]] = {name: [] for name in texts}
    compared = 0
    for place in range(len(files)):
        counts = {name: _tokens(own[place]) for name, own in texts.items()}
        median = _median([counts[name] for name in counts if name != "ours"])
        if sum(median.values()) < MIN_TOKENS:
            continue
        compared += 1
        for name, own in counts.items():
            scores[name].append(_f1(own, median))
    return {
        "files": compared,
        "engines": [
            {"engine": name, "mean_f1": statistics.mean(own), "below_0.8": sum(one < 0.8 for one in own)}
            for name, own in scores.items()
        ],
    }


def _our_text(path: Path) -> str:
    try:
        return "\n".join(_NOTE.sub("", page.text) for page in read_pages(path, PDF))
    except FileRefused:
        return ""


def _peer_texts(python: Path, engine: str, files: Sequence[Path]) -> list[str]:
    script = Path(__file__).with_name("pdf_peers.py")
    with tempfile.TemporaryDirectory() as folder:
        command = [python, script, engine, "--texts", folder, *map(str, files)]
        subprocess.run(command, capture_output=True, check=True)
        return [(Path(folder) / f"{place}.txt").read_text("utf-8") for place in range(len(files))]


def _pdftotext(path: Path) -> str:
    done = subprocess.run(["pdftotext", str(path), "-"], check=False, capture_output=True)
    return done.stdout.decode("utf-8", "replace")


def _tokens(text: str) -> Counter[str]:
    usual = text.replace("\ufffe", "-\n").replace("\r", "").replace("\u00ad", "")
    return Counter(_TOKEN.findall(_JOINED.sub(r"\1\2", usual).lower()))


def _median(counts: Sequence[Counter[str]]) -> Counter[str]:
    words = set().union(*counts)
    return Counter({word: round(statistics.median(own[word] for own in counts)) for word in words})


def _f1(own: Counter[str], other: Counter[str]) -> float:
    both = sum((own & other).values())
    return 2 * both / (sum(own.values()) + sum(other.values()))


# -- hostile files --------------------------------------------------------------------------------------------------


def _hostile() -> dict[str, object]:
    files = [path for folder in HOSTILE for path in sorted((CORPUS / folder).rglob("*")) if path.is_file()]
    files = [path for path in files if path.suffix not in {".md", ".json"}]
    started = time.perf_counter()
    read = containers = 0
    refused: Counter[str] = Counter()
    told: Counter[str] = Counter()
    lost: list[str] = []
    slowest = (0.0, "")
    with WorkerPool(workers=1) as pool:
        # A child looks for its job in a module, and this one is called __main__ here.
        job = importlib.import_module("pdf_quality").open_one
        tasks = (Task(path, job, (path, media_type(path, name=path.name)), reading_limits(50)) for path in files)
        last = time.perf_counter()
        for done in pool.map_unordered(tasks):
            now = time.perf_counter()
            slowest = max(slowest, (now - last, Path(str(done.task.key)).name))
            last = now
            failure, value = done.outcome.failure, done.outcome.value
            if failure is not None:
                refused[failure.code or failure.kind.value] += 1
                if failure.code not in CATALOGUE:
                    lost.append(f"{Path(str(done.task.key)).name}: {failure.kind.value}, {failure.reason}")
            elif isinstance(value, tuple):
                containers += value[0]
                read += not value[0]
                told.update(value[1])
    return {
        "files": len(files),
        "read": read,
        "containers": containers,
        "refused": dict(refused),
        "findings": dict(told),
        "without_a_code": lost,
        "slowest_seconds": slowest[0],
        "slowest": slowest[1],
        "seconds": time.perf_counter() - started,
    }


def open_one(path: Path, kind: str) -> tuple[bool, tuple[str, ...]]:
    """Return whether the file is a container, and the codes of what was told of it."""
    request = ReadingRequest(path, kind, path.name)
    if is_container(kind):
        return True, tuple(_codes(request))
    return False, tuple(one.code for one in read_record(path, request).findings)


def _codes(request: ReadingRequest) -> Iterator[str]:
    for piece in container_pieces(request):
        if hasattr(piece, "findings"):
            yield from (one.code for one in piece.findings)
        elif piece.code:
            yield piece.code


def _show(result: dict) -> None:  # type: ignore[type-arg]
    hostile = result["hostile"]
    print(f"hostile: {hostile['files']} files in {hostile['seconds']:.0f} s")
    print(f"  read {hostile['read']}, containers {hostile['containers']}, refused {hostile['refused']}")
    print(f"  told {hostile['findings']}")
    print(f"  slowest {hostile['slowest']} {hostile['slowest_seconds']:.1f} s")
    print(f"  without a code: {hostile['without_a_code']}")
    if "words" in result:
        print(f"token F1 against the median of the others, {result['words']['files']} files")
        for row in result["words"]["engines"]:
            print(f"  {row['engine']:10} {row['mean_f1']:.4f}  below .8: {row['below_0.8']}")


if __name__ == "__main__":
    main()
