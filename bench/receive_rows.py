"""How fast load files go into a case, from bytes to documents that can be sorted, beside reading them alone.

    python bench/receive_rows.py [--rows 1000000] [--pages 3000000] [--json FILE]

The tables are those of bench/loadfile_speed.py (bench/loadfile_tables.py): a DAT of 30 fields and an OPT with the
pages of its documents; the files that they name are not there, so that no time goes into files. What each one does,
in a process of its own and in the same run:

- pure parse: rows found, checked and counted, no text made (``vaughn parse`` of bench/loadfile_speed.py);
- every column as text: every value of the DAT, every key and path of the OPT made and dropped;
- csv + sqlite3: Python's ``csv`` module and ``executemany`` of the same values, all of them text as received, into a
  bare database; nothing normalised, joined or linked, no seals, no indexes;
- receiving: copying and hashing the load files, joining, linking paths, dates, families, ledger, findings, and the
  transaction with its seals and indexes. Every missing file is looked for and counted.

Seconds of the processor and of the clock; the ratio of processor seconds is the one to trust on a busy machine.
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from loadfile_tables import COLUMNS, write_tables

import vaughn.receive.assemble as assembling
from vaughn.formats.loadfile import recognise
from vaughn.model import Case
from vaughn.receive import Ocr, receive
from vaughn.receive.steps import linking, receiving, storing
from vaughn.store import Actor, BulkLoad, CaseFile, DocumentQuery, DocumentSort

CONTESTANTS = ("pure parse", "every column as text", "csv + sqlite3", "receiving")
# Stage -> the functions whose time it is.
STAGES: dict[str, tuple[tuple[Any, str], ...]] = {
    "copying": ((receiving, "copy_files"),),
    "document rows, people, titles": ((linking, "gather_documents"),),
    "reading page rows, linking": ((linking, "gather_pages"),),
    "joining rows": ((assembling, "join_lists"),),
    "dates": ((assembling, "own_facts"),),
    "joining pages": ((assembling, "page_documents"),),
    "linking documents' files": ((linking, "attach_files"),),
    "all pages in order": ((linking, "complete_pages"),),
    "storing documents": ((storing, "_store_documents"),),
    "storing pages": ((storing, "_store_pages"),),
    "indexes that made way": ((BulkLoad, "close"),),
}


def peak_mb() -> float:
    """Return the largest resident size so far, in MB."""
    unit = 1 if sys.platform == "darwin" else 1024
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6, 1)


@contextmanager
def staged(seconds: dict[str, float]) -> Iterator[None]:
    """Add up the processor seconds of each stage."""

    def timed(stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: object, **options: object) -> object:
            began = time.process_time()
            try:
                return function(*args, **options)
            finally:
                seconds[stage] = seconds.get(stage, 0.0) + time.process_time() - began

        return run

    before = [(owner, name, getattr(owner, name)) for places in STAGES.values() for owner, name in places]
    for stage, places in STAGES.items():
        for owner, name in places:
            setattr(owner, name, timed(stage, getattr(owner, name)))
    yield
    for owner, name, function in before:
        setattr(owner, name, function)


def parse(folder: Path, *, texts: bool) -> tuple[int, int]:
    """Read both files to their end and keep nothing; return how many document and page rows there are."""
    counts = [0, 0]
    for path in (folder / "table.dat", folder / "pages.opt"):
        load_file = recognise(path, name=path.name)
        if load_file is None:
            raise SystemExit(f"{path.name} was not recognised")
        for batch in load_file.documents():
            counts[0] += len(batch)
            if texts:
                batch.columns(range(len(load_file.columns)))
        for page_batch in load_file.pages():
            counts[1] += len(page_batch)
            _ = (page_batch.keys, page_batch.paths) if texts else ()
    return counts[0], counts[1]


def into_sqlite(folder: Path, scratch: Path) -> tuple[int, int]:
    """Put the values as received into a bare database."""
    connection = sqlite3.connect(scratch / "bare.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    counts = []
    tables = (("table.dat", len(COLUMNS), {"delimiter": "\x14", "quotechar": "þ"}), ("pages.opt", 7, {}))
    for name, width, options in tables:
        table = f"rows_of_{Path(name).stem}"
        names = ", ".join(f"c{place}" for place in range(width))
        connection.execute(f"CREATE TABLE {table} (id INTEGER PRIMARY KEY, {names})")
        with (folder / name).open(encoding="utf-8", newline="") as stream:
            rows = csv.reader(stream, **options)  # type: ignore[arg-type]
            if options:
                next(rows)
            connection.execute("BEGIN")
            connection.executemany(f"INSERT INTO {table} VALUES (NULL{', ?' * width})", rows)
            connection.execute("COMMIT")
        counts.append(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
    connection.close()
    return counts[0], counts[1]


def into_case(folder: Path, scratch: Path) -> tuple[int, int]:
    """Receive both files into a new case."""
    source = scratch / "in"
    source.mkdir()
    for name in ("table.dat", "pages.opt"):
        (source / name).hardlink_to(folder / name)
    actor = Actor("bench", lambda: datetime.now(UTC))
    with CaseFile.create(scratch / "case", Case("bench"), actor=actor) as case:
        result = receive(case, source, agency="ICE", released_on=date(2011, 1, 17), ocr=Ocr.NEVER)
        if not result.ledger.balances:
            raise SystemExit("The ledger does not balance")
        case.documents(DocumentQuery(sort=DocumentSort.DATE, limit=50))
    return result.documents, result.pages


def run(contestant: str, folder: Path) -> None:
    """Run one contestant in this process and print its figures as JSON."""
    stages: dict[str, float] = {}
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        began, wall = time.process_time(), time.perf_counter()
        if contestant == "csv + sqlite3":
            counts = into_sqlite(folder, Path(scratch))
        elif contestant == "receiving":
            with staged(stages):
                counts = into_case(folder, Path(scratch))
        else:
            counts = parse(folder, texts=contestant != "pure parse")
        took, took_wall = time.process_time() - began, time.perf_counter() - wall
    if stages:
        stages["findings, ledger, seals, commit, rest"] = took - sum(stages.values())
    figures = {"documents": counts[0], "pages": counts[1], "seconds": took, "wall_seconds": took_wall}
    print(json.dumps({**figures, "peak_mb": peak_mb(), "stages": stages}))


def measured(contestant: str, folder: Path) -> dict[str, Any]:
    """Return the figures of one contestant, run in a process of its own."""
    command = [sys.executable, __file__, "--run", contestant, "--folder", str(folder)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def main() -> None:
    """Run all and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--pages", type=int, default=3_000_000)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--folder", type=Path, help="keep the tables here and use them again")
    parser.add_argument("--run", choices=CONTESTANTS, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.run:
        run(args.run, args.folder)
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = args.folder or Path(temporary)
        if not (folder / "pages.opt").exists():
            folder.mkdir(parents=True, exist_ok=True)
            write_tables(folder, rows=args.rows, pages=args.pages)
        figures = {contestant: measured(contestant, folder) for contestant in CONTESTANTS}
    ours = figures["receiving"]
    for contestant, one in figures.items():
        if (one["documents"], one["pages"]) != (args.rows, args.pages):
            raise SystemExit(f"{contestant}: {one['documents']} documents and {one['pages']} pages arrived")
        times = f"{one['seconds']:8.1f} s CPU {one['wall_seconds']:8.1f} s wall {one['peak_mb']:8.0f} MB peak"
        print(f"{contestant:24}{times}   receiving has {one['seconds'] / ours['seconds']:.3f} of its speed")
    print(f"{args.rows:,} documents of 30 fields, {args.pages:,} page rows; target: 0.2 of the pure parse's speed\n")
    for stage, seconds in ours["stages"].items():
        print(f"  {stage:40}{seconds:7.1f} s CPU {100 * seconds / ours['seconds']:5.0f} %")
    if args.json:
        ratios = {
            name: round(figures["pure parse"][key] / ours[key], 3)
            for name, key in (("ratio", "seconds"), ("wall_ratio", "wall_seconds"))
        }
        peer = round(figures["csv + sqlite3"]["seconds"] / ours["seconds"], 3)
        result = {"figures": figures, **ratios, "ratio_to_csv_and_sqlite3": peer}
        args.json.write_text(json.dumps(result, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
