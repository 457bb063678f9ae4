"""What child processes, the work ledger and the store add to the reading of pages, and what a stored page costs.

    python bench/pool_overhead.py [--copies 8] [--rounds 3] [--json FILE]

Data: the court and government PDF files of ``$VAUGHN_SHARED/corpus/pdf`` (default ``../shared``), each as many times
as `--copies` says. The same pages are read in the same run

- by a pool of child processes, nothing kept;
- as ``vaughn receive`` does it: tasks leased from the ledger, read by the pool, words and stamps stored and committed.

Children tell what the reading itself took; all other processor seconds, of this program and of the children, are what
pool, ledger and store add. So both are of one run, and a busy machine slows both alike. The start of the children is
told apart: it is paid once. Bare text extraction by pypdfium2, without words and boxes, is measured beside it.

Children stand behind the strongest fence but bubblewrap, which tells nobody what they spend (bench/countable.py). How
long a child takes to start behind each fence is measured by the clock.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pypdfium2
from countable import count_children

import vaughn
from vaughn.formats.pages import read_packed, unpack_columns
from vaughn.model import Case
from vaughn.receive.steps.copying import copy_files
from vaughn.receive.steps.linking import link_files
from vaughn.receive.steps.reading import read_production
from vaughn.receive.tasks import PAGES_PER_TASK
from vaughn.store import Actor, CaseFile
from vaughn.work import Level, Task, WorkerPool, levels_here, reading_limits

SHARED = Path(os.environ.get("VAUGHN_SHARED", Path(__file__).resolve().parents[2] / "shared"))
FENCE = count_children()
LIMITS = {"overhead_percent": 5.0, "stored_bytes_per_page": 2400.0, "read_p95_us": 200.0}
STARTS = 5


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--copies", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="vaughn-bench-") as scratch:
        result = measured(Path(scratch), options.copies, options.rounds)
    show(result)
    if options.json:
        options.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


class CountingPool(WorkerPool):
    """Adds up what the jobs themselves took."""

    job_seconds = 0.0

    def run_call(self, call: Any) -> Any:
        """Run it, and count."""
        outcome = super().run_call(call)
        self.job_seconds += outcome.cpu_seconds or 0.0
        return outcome


def measured(scratch: Path, copies: int, rounds: int) -> dict[str, Any]:
    """Return the figures."""
    template, production = prepared(scratch, copies)
    with CaseFile.open(template) as case:
        calls = list(stretches(case, production))
        pages = case.counts(production).pages
    runs: dict[str, Callable[[Path, WorkerPool], None]] = {
        "read by children": lambda _, pool: pooled(calls, pool),
        "leased, read by children, stored": lambda copy, pool: stored(copy, production, pool),
    }
    found: dict[str, list[Cost]] = {name: [] for name in runs}
    plain = []
    last = scratch / "last"
    start = start_cpu_seconds()
    for _ in range(rounds):
        plain.append(bare(calls))
        for name, run in runs.items():
            shutil.rmtree(last, ignore_errors=True)
            shutil.copytree(template, last)
            found[name].append(cost(lambda pool, run=run: run(last, pool), start))
    return {
        "version": vaughn.__version__,
        "data": f"{copies} times 34 PDF files, {pages:,} pages; fence: {FENCE.value}",
        "bare_text_ms_per_page": 1000 * statistics.median(plain) / pages,
        "contestants": [row(name, each, pages) for name, each in found.items()],
        "storage": storage(last, production),
        "starts": [{"fence": level.value, "milliseconds_by_the_clock": start_ms(level)} for level in levels_here()],
        "start_cpu_ms": 1000 * start,
        "limits": LIMITS,
    }


@dataclass(frozen=True, slots=True)
class Cost:
    """Processor seconds of one run."""

    reading: float
    added: float

    @property
    def percent(self) -> float:
        """What was added, in percent of the reading."""
        return 100 * self.added / self.reading


def cost(run: Callable[[WorkerPool], None], start_seconds: float) -> Cost:
    """Return what *run* took with a pool of its own, the start of the children left out."""
    begun = cpu_seconds()
    with CountingPool(level=FENCE) as pool:
        run(pool)
        workers = pool.workers
    return Cost(pool.job_seconds, cpu_seconds() - begun - pool.job_seconds - workers * start_seconds)


def row(name: str, costs: list[Cost], pages: int) -> dict[str, Any]:
    """Return the median run as a row of the table."""
    one = sorted(costs, key=lambda each: each.percent)[len(costs) // 2]
    return {
        "what": name,
        "reading_ms_per_page": 1000 * one.reading / pages,
        "added_ms_per_page": 1000 * one.added / pages,
        "overhead_percent": one.percent,
    }


def prepared(scratch: Path, copies: int) -> tuple[Path, int]:
    """Return a case whose pages are listed and not read yet, and its production."""
    incoming, folder = scratch / "incoming", scratch / "template"
    for number in range(copies):
        for kind in ("court", "gov"):
            shutil.copytree(SHARED / "corpus" / "pdf" / kind, incoming / f"{number:02}" / kind)
    actor = Actor("the benchmark", lambda: datetime.now(UTC), "bench/pool_overhead.py")
    with CaseFile.create(folder, Case("Measured v. Plain"), actor=actor) as case, WorkerPool() as pool:
        with case.writing("production.begun") as change:
            made = change.add_production("P", "Agency", released_on=date(2024, 1, 2), source="incoming")
        copy_files(case, incoming, production_id=made.id, pool=pool, progress=silent)
        link_files(case, made.id, pool=pool, progress=silent)
    return folder, made.id


def stretches(case: CaseFile, production: int) -> Iterator[tuple[Path, str, int, int]]:
    """Yield what each task reads: a file, or fifty pages of it."""
    for document in case.all_documents(production):
        pages = case.pages(document.id, 1, 1_000_000)
        by_file: dict[int, int] = {}
        for page in pages:
            if page.file_id is not None:
                by_file[page.file_id] = max(by_file.get(page.file_id, 0), page.page_in_file)
        files = {file.id: file for file in case.source_files(production)}
        for file_id, count in by_file.items():
            file = files[file_id]
            if file.blob is None:
                continue
            path = case.blobs.path(file.blob.sha256)
            for first in range(1, count + 1, PAGES_PER_TASK):
                yield path, file.media_type, first, min(first + PAGES_PER_TASK - 1, count)


def bare(calls: list[tuple[Path, str, int, int]]) -> float:
    """Return the processor seconds that plain text of the same pages takes, without words and boxes, here."""
    begun = time.process_time()
    for path in dict.fromkeys(call[0] for call in calls):
        try:
            document = pypdfium2.PdfDocument(path)
        except pypdfium2.PdfiumError:
            continue
        for page in document:
            text = page.get_textpage()
            text.get_text_bounded()
            text.close()
            page.close()
        document.close()
    seconds = time.process_time() - begun
    return seconds * len(calls) / len(dict.fromkeys(calls))


def pooled(calls: list[tuple[Path, str, int, int]], pool: WorkerPool) -> None:
    """Have everything read by children."""
    tasks = (Task(n, read_packed, call, reading_limits(call[3] - call[2] + 1)) for n, call in enumerate(calls))
    assert sum(1 for _ in pool.map_unordered(tasks)) == len(calls)


def stored(folder: Path, production: int, pool: WorkerPool) -> None:
    """Do what ``vaughn receive`` does."""
    actor = Actor("the benchmark", lambda: datetime.now(UTC), "bench/pool_overhead.py")
    with CaseFile.open(folder, write=True, actor=actor) as case:
        read_production(case, production, pool=pool, progress=silent)


def storage(folder: Path, production: int) -> dict[str, float]:
    """Return what a stored page takes, and how long it takes to have it back as columns."""
    with CaseFile.open(folder) as case:
        ids = [
            page.id
            for document in case.all_documents(production)
            for page in case.pages(document.id, 1, 1_000_000)
            if case.packed_words(page.id) is not None
        ]
        micros = []
        for page_id in ids:
            begun = time.process_time_ns()  # the clock on the wall would measure who else is at work
            packed = case.packed_words(page_id)
            if packed is not None:
                unpack_columns(packed)
            micros.append((time.process_time_ns() - begun) / 1000)
        sizes = [len(case.packed_words(page_id) or b"") for page_id in ids]
    return {
        "pages_with_words": len(ids),
        "bytes_per_page": statistics.mean(sizes),
        "stored_bytes_per_page": table_bytes(folder / "case.db", "page_words") / len(ids),
        "read_p50_us": statistics.median(micros),
        "read_p95_us": statistics.quantiles(micros, n=20)[-1],
    }


def table_bytes(database: Path, table: str) -> float:
    """Return what *table* takes in the file: its own copy, alone in a new database."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "one.db"
        connection = sqlite3.connect(copy)
        with sqlite3.connect(database) as whole:
            (page_bytes,) = whole.execute("PRAGMA page_size").fetchone()
        connection.execute(f"PRAGMA page_size = {page_bytes}")
        connection.execute("ATTACH ? AS whole", (str(database),))
        (statement,) = connection.execute(
            "SELECT sql FROM whole.sqlite_master WHERE type = 'table' AND name = ?", (table,)
        ).fetchone()
        empty = copy.stat().st_size if copy.exists() else 0
        connection.execute(statement)
        connection.execute(f"INSERT INTO {table} SELECT * FROM whole.{table}")
        connection.commit()
        connection.close()
        return copy.stat().st_size - empty


def start_ms(level: Level) -> float:
    """Return how long a first job takes in a new child behind *level*."""
    found = []
    for _ in range(STARTS):
        begun = time.perf_counter()
        with WorkerPool(1, level=level) as pool:
            assert pool.run(len, ((),)).value == 0
            found.append(1000 * (time.perf_counter() - begun))
    return statistics.median(found)


def start_cpu_seconds() -> float:
    """Return the processor time of starting one child, until it is ready to read."""
    found = []
    for _ in range(STARTS):
        begun = cpu_seconds()
        with WorkerPool(1, level=FENCE) as pool:
            assert not pool.run(read_packed, (Path(__file__), "text/plain", 1, 0)).value
        found.append(cpu_seconds() - begun)
    return statistics.median(found)


def show(result: dict[str, Any]) -> None:
    """Print the figures."""
    print(result["data"])
    print(f"  bare text by pypdfium2               {result['bare_text_ms_per_page']:7.2f} ms a page")
    for each in result["contestants"]:
        print(
            f"  {each['what']:36} {each['reading_ms_per_page']:7.2f} ms reading"
            f" {each['added_ms_per_page']:7.3f} ms added {each['overhead_percent']:+7.1f} %"
        )
    for name, value in result["storage"].items():
        print(f"  {name:36} {value:8.1f}")
    for each in result["starts"]:
        print(f"  a child starts behind {each['fence']:14} {each['milliseconds_by_the_clock']:8.0f} ms")
    print(f"  a child starts for                   {result['start_cpu_ms']:8.0f} ms of processor time")


def silent(_step: str, _done: int, _total: int) -> None:
    """Show nothing."""


def cpu_seconds() -> float:
    """Return the processor time of this program and its ended children."""
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


if __name__ == "__main__":
    main()
