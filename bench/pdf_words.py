"""From PDF files to words and boxes stored and committed: pages per CPU second, beside other programs' bare text.

    python bench/pdf_words.py --peers PYTHON [--tika JAR] [--rounds 3] [--copies 4] [--json FILE]

Data: the court and government PDF files and the released ones of ``$VAUGHN_SHARED/corpus`` (default ``../shared``),
*copies* times over. Ours: each file through its reader as in a taking in (facts, words with boxes, forms, notes,
attached files), documents and pages committed to a case file in changes of 64 files. Peers, in the same run:
``PYTHON`` is an interpreter with pypdfium2, extractous, kreuzberg and pdfplumber; they bring text alone, nothing is
stored. Ours and the peers run in processes of their own, libraries loaded and some files read before, all in the
environment of the children that read (``vaughn.work``: one thread, large memory pages). Tika app runs as one Java
process over a folder of all files, its start counted in. Slow peers read the files once. CPU seconds with children;
engines take turns, the median round counts.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from vaughn.formats.pages import FileRefused
from vaughn.formats.readers import PAGES_AT_ONCE, ReadingRequest, read_range, read_record
from vaughn.model import Blob, Case, FileRole
from vaughn.store import Actor, CaseFile, NewFile, NewRecord, RecordPage
from vaughn.work.children import child_environment

SHARED = Path(os.environ.get("VAUGHN_SHARED", Path(__file__).resolve().parents[2] / "shared"))
FOLDERS = ("pdf/court", "pdf/gov", "release")
PDF = "application/pdf"
ASKED = {"Tika app": 6.0, "extractous": 3.0, "kreuzberg": 1.3, "pdfplumber": 25.0, "pypdfium2": 0.6}
ONCE = frozenset({"extractous", "pdfplumber", "Tika app"})
FILES_A_CHANGE = 64
WARMING_FILES = 8


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--peers", type=Path)
    parser.add_argument("--tika", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--copies", type=int, default=4)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--ours-of", type=Path, nargs="+", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.ours_of:
        _tell_ours(options.ours_of)
        return
    files = [path for folder in FOLDERS for path in sorted((SHARED / "corpus" / folder).rglob("*.pdf"))]
    many = files * options.copies
    pages = sum(_stored(files).values())
    engines: dict[str, Callable[[], float]] = {"ours": lambda: _ours(many) / options.copies}
    if options.peers:
        for name in ("pypdfium2", "kreuzberg", "extractous", "pdfplumber"):
            copies = 1 if name in ONCE else options.copies
            engines[name] = lambda name=name, copies=copies: _peer(options.peers, name, files * copies) / copies
    if options.tika:
        engines["Tika app"] = lambda: _tika(options.tika, files)
    rounds: dict[str, list[float]] = {name: [] for name in engines}
    for number in range(options.rounds):
        for name, run in engines.items():
            if number == 0 or name not in ONCE:
                rounds[name].append(run())
    result = _result(rounds, pages, f"{len(files)} files, {pages} pages, {options.copies} copies")
    _show(result)
    if options.json:
        options.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


def _result(rounds: dict[str, list[float]], pages: int, data: str) -> dict:  # type: ignore[type-arg]
    speed = {name: pages / statistics.median(seconds) for name, seconds in rounds.items()}
    rows = [
        {
            "engine": name,
            "pages_per_cpu_second": speed[name],
            "ours_is_times": speed["ours"] / speed[name],
            "asked": ASKED.get(name),
        }
        for name in speed
    ]
    return {"rows": rows, "data": data}


def _show(result: dict) -> None:  # type: ignore[type-arg]
    print(result["data"])
    for row in result["rows"]:
        asked = f"asked {row['asked']}" if row["asked"] else ""
        speed, times = row["pages_per_cpu_second"], row["ours_is_times"]
        print(f"  {row['engine']:12} {speed:8.1f} pages/CPU s  {times:6.2f}x  {asked}")


def _ours(files: Sequence[Path]) -> float:
    command = [sys.executable, __file__, "--ours-of", *map(str, files)]
    done = subprocess.run(command, capture_output=True, check=True, text=True, env=child_environment())
    return float(done.stdout.splitlines()[-1])


def _tell_ours(files: Sequence[Path]) -> None:
    """Print the CPU seconds of reading and storing *files*, some of them read and stored before."""
    _stored(files[:WARMING_FILES])
    started = _seconds()
    _stored(files)
    print(_seconds() - started)


def _stored(files: Sequence[Path]) -> dict[int, int]:
    """Read all files into a case of its own; return the pages of each that could be read."""
    pages = {}
    with tempfile.TemporaryDirectory() as folder:
        actor = Actor("bench", lambda: datetime(2026, 1, 1, tzinfo=UTC))
        with CaseFile.create(Path(folder) / "case", Case("bench"), actor=actor) as case:
            with case.writing("made") as change:
                number = change.add_production("P", "A", released_on=date(2026, 1, 1), source="bench").id
                new = [
                    NewFile(f"{place}.pdf", FileRole.NATIVE, Blob(f"{place:064x}", 1), PDF)
                    for place in range(len(files))
                ]
                ids = change.add_files(number, new)
            waiting = []
            for place, (file_id, path) in enumerate(zip(ids, files, strict=True)):
                try:
                    request = ReadingRequest(path, PDF, path.name)
                    reading = read_record(path, request)
                    rest = [
                        page
                        for first in range(len(reading.pages) + 1, reading.page_count + 1, PAGES_AT_ONCE)
                        for page in read_range(request, first, first + PAGES_AT_ONCE - 1)
                    ]
                except FileRefused:
                    continue
                pages[place] = reading.page_count
                kept = [RecordPage(page.size, page.source, page.packed) for page in (*reading.pages, *rest)]
                waiting.append(NewRecord(file_id, path.name, reading.facts, page_count=reading.page_count, pages=kept))
                if len(waiting) == FILES_A_CHANGE:
                    with case.writing("records.read", production=number) as change:
                        change.take_in(number, waiting)
                    waiting = []
            with case.writing("records.read", production=number) as change:
                change.take_in(number, waiting)
    return pages


def _peer(python: Path, engine: str, files: Sequence[Path]) -> float:
    script = Path(__file__).with_name("pdf_peers.py")
    command = [python, script, engine, *map(str, files)]
    done = subprocess.run(command, capture_output=True, check=True, text=True, env=child_environment())
    return float(json.loads(done.stdout.splitlines()[-1])["seconds"])


def _tika(jar: Path, files: Sequence[Path]) -> float:
    """Return the CPU seconds of Tika's batch mode over *files*: one process for all of them."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "in", Path(folder) / "out"
        source.mkdir()
        for place, path in enumerate(files):
            (source / f"{place}.pdf").write_bytes(path.read_bytes())
        started = _seconds()
        command = ["java", "-jar", str(jar), "-t", "-i", str(source), "-o", str(target), "-numConsumers", "1"]
        environment = {**os.environ, "PATH": str(Path(shutil.which("java") or "java").resolve().parent)}
        subprocess.run(command, capture_output=True, check=False, env=environment, cwd=folder, timeout=1800)
        written = sum(1 for path in target.rglob("*") if path.is_file()) if target.exists() else 0
        if written < len(files) * 0.9:
            raise SystemExit(f"Tika wrote {written} texts of {len(files)} files.")
        return _seconds() - started


def _seconds() -> float:
    used = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


if __name__ == "__main__":
    main()
