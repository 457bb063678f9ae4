"""How fast a million documents and three million pages go into a case, beside bare SQLite.

    python bench/case_load.py [--documents 1000000] [--pages-each 3] [--json FILE]

The rows are generated (no disk is read). Peer: `executemany` of the same rows into the same tables of a bare SQLite
database, without indexes, seals and event. Time to generate the columns is not counted.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np

from vaughn.model import Case, DocumentKind
from vaughn.store import Actor, CaseFile, DocumentColumns, DocumentQuery, DocumentSort, PageColumns

BATCH = 50_000
KINDS = tuple(DocumentKind)


def batches(documents: int, pages_each: int) -> Iterator[tuple[DocumentColumns, PageColumns]]:
    """Return columns as linking makes them: 22 known values a document, 3 a page."""
    random = np.random.default_rng(7)
    for start in range(0, documents, BATCH):
        count = min(BATCH, documents - start)
        numbers = range(start, start + count)
        chance = random.integers(0, 1000, count).tolist()
        begin = np.arange(start, start + count) * pages_each + 1
        yield (
            DocumentColumns(
                page_count=[pages_each] * count,
                prefix=["ABC "] * count,
                begin_number=begin.tolist(),
                end_number=(begin + pages_each - 1).tolist(),
                width=[8] * count,
                kind=[KINDS[value % 8] for value in chance],
                custodian=[f"Custodian, Name {value % 60}" for value in chance],
                title=[f"RE: Subject of the message number {number}" for number in numbers],
                sender=[f"person{value}@agency.gov" for value in chance],
                recipients=[f"person{value}@agency.gov; person{value // 7}@state.gov" for value in chance],
                date=[
                    f"20{10 + v % 9}-{1 + v % 12:02}-{1 + v % 28:02}T{v % 24:02}:{n % 60:02}:00Z"
                    for v, n in zip(chance, numbers, strict=True)
                ],
                file_name=[f"message{number}.msg" for number in numbers],
                row_line=list(range(start + 2, start + count + 2)),
                row_start=list(range(start * 400, (start + count) * 400, 400)),
                row_end=list(range(start * 400 + 398, (start + count) * 400 + 398, 400)),
            ),
            PageColumns(
                page_in_file=[1] * (count * pages_each),
                list_start=list(range(start * pages_each * 60, (start + count) * pages_each * 60, 60)),
            ),
        )


def rss_mb() -> float:
    """Return the largest resident size so far, in MB."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def case_seconds(
    folder: Path, made: list[tuple[DocumentColumns, PageColumns]] | None, args: argparse.Namespace
) -> dict[str, float]:
    """Load into a case; return seconds by step."""
    actor = Actor("bench", lambda: datetime.now(UTC))
    took: dict[str, float] = {"generate": 0.0}
    case = CaseFile.create(folder, Case("bench"), actor=actor)
    with case.writing("production.received") as change:
        production = change.add_production("P", "ICE", released_on=date(2011, 1, 17), source="VOL001")
    started, cpu = time.perf_counter(), time.process_time()
    with case.bulk_load(production.id) as load:
        source = iter(made if made is not None else batches(args.documents, args.pages_each))
        while True:
            before = time.perf_counter()
            batch = next(source, None)
            took["generate"] += time.perf_counter() - before
            if batch is None:
                break
            before = time.perf_counter()
            load.documents(batch[0])
            middle = time.perf_counter()
            load.pages(batch[1])
            took["documents"] = took.get("documents", 0.0) + middle - before
            took["pages"] = took.get("pages", 0.0) + time.perf_counter() - middle
        before = time.perf_counter()
        load.close()
        took["indexes"] = time.perf_counter() - before
        before = time.perf_counter()
    took["seal and commit"] = time.perf_counter() - before
    took["cpu, generate included"] = time.process_time() - cpu
    took["all"] = time.perf_counter() - started - took["generate"]
    before = time.perf_counter()
    case.close()
    took["close"] = time.perf_counter() - before
    return took


def bare_seconds(path: Path, args: argparse.Namespace) -> float:
    """Load the same rows into a bare database."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    names = [name for name in DocumentColumns.__dataclass_fields__ if name not in ("load_file_id", "page_load_file_id")]
    connection.execute(f"CREATE TABLE document (id INTEGER PRIMARY KEY, {', '.join(names)})")
    connection.execute("CREATE TABLE page (id INTEGER PRIMARY KEY, page_in_file, list_start)")
    connection.execute("BEGIN")
    took = 0.0
    for documents, pages in batches(args.documents, args.pages_each):
        columns = [getattr(documents, name) or [None] * len(documents) for name in names]
        columns[names.index("kind")] = [KINDS.index(kind) for kind in documents.kind or ()]
        before = time.perf_counter()
        connection.executemany(f"INSERT INTO document VALUES (NULL{', ?' * len(names)})", zip(*columns, strict=True))
        connection.executemany(
            "INSERT INTO page VALUES (NULL, ?, ?)", zip(pages.page_in_file, pages.list_start or (), strict=True)
        )
        took += time.perf_counter() - before
    before = time.perf_counter()
    connection.execute("COMMIT")
    took += time.perf_counter() - before
    connection.close()
    return took


def query_seconds(folder: Path) -> dict[str, float]:
    """Return how long the screens would wait, cold and again."""
    took: dict[str, float] = {}
    with CaseFile.open(folder) as case:
        total = case.documents(DocumentQuery(limit=1)).total
        queries = {
            "first window, Bates order": DocumentQuery(),
            "middle window, Bates order": DocumentQuery(offset=total // 2),
            "middle window, by date": DocumentQuery(sort=DocumentSort.DATE, descending=True, offset=total // 2),
            "middle window, by custodian": DocumentQuery(sort=DocumentSort.CUSTODIAN, offset=total // 2),
            "first window, by title": DocumentQuery(sort=DocumentSort.TITLE),
            "one custodian by date": DocumentQuery(custodians=("Custodian, Name 7",), sort=DocumentSort.DATE),
            "text in title": DocumentQuery(text="number 99999"),
        }
        for name, query in queries.items():
            before = time.perf_counter()
            case.documents(query)
            took[name] = time.perf_counter() - before
            before = time.perf_counter()
            case.documents(query)
            took[f"{name}, again"] = time.perf_counter() - before
        for name in ("facets", "facets, again"):
            before = time.perf_counter()
            case.facets(DocumentQuery())
            took[name] = time.perf_counter() - before
        before = time.perf_counter()
        case.facets(DocumentQuery(custodians=("Custodian, Name 7",)))
        took["facets of one custodian"] = time.perf_counter() - before
        before = time.perf_counter()
        match = case.at_bates(f"abc {total}")[0]
        took["Bates number"] = time.perf_counter() - before
        before = time.perf_counter()
        case.neighbours(match.document_id, DocumentQuery(sort=DocumentSort.DATE))
        took["neighbours by date"] = time.perf_counter() - before
        before = time.perf_counter()
        report = case.verify()
        took["verify"] = time.perf_counter() - before
        if not report.is_clean:
            raise SystemExit(f"The case does not verify: {report.problems[:3]}")
    return took


def main() -> None:
    """Run, print a table, write JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=1_000_000)
    parser.add_argument("--pages-each", type=int, default=3)
    parser.add_argument("--parse-seconds", type=float, help="pure parse of the same rows, for the ratio")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--no-queries", action="store_true")
    args = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="vaughn-bench-"))
    try:
        took = case_seconds(folder / "case", None, args)
        rss = rss_mb()
        size = (folder / "case" / "case.db").stat().st_size / 1e6
        bare = bare_seconds(folder / "bare.db", args)
        queries = {} if args.no_queries else query_seconds(folder / "case")
    finally:
        shutil.rmtree(folder)
    print(f"{args.documents:,} documents, {args.documents * args.pages_each:,} pages")
    for name, seconds in took.items():
        print(f"  {name:<28}{seconds:8.2f} s")
    print(f"  bare SQLite executemany     {bare:8.2f} s   ratio {took['all'] / bare:.2f}")
    if args.parse_seconds:
        print(
            f"  pure parse                  {args.parse_seconds:8.2f} s   ratio {took['all'] / args.parse_seconds:.2f}"
        )
    print(f"  largest resident size       {rss:8.0f} MB; case.db {size:.0f} MB")
    for name, seconds in queries.items():
        print(f"  {name:<36}{seconds * 1000:10.1f} ms")
    if args.json:
        result = {
            "documents": args.documents,
            "pages": args.documents * args.pages_each,
            "ratio to bare SQLite (executemany, no index, no seal)": round(took["all"] / bare, 2),
            "largest resident size, MB": round(rss),
            "case.db, MB": round(size),
            "seconds": {**{name: round(seconds, 2) for name, seconds in took.items()}, "bare SQLite": round(bare, 2)},
            "milliseconds to answer": {name: round(seconds * 1000, 1) for name, seconds in queries.items()},
        }
        if args.parse_seconds:
            result["ratio to the pure parse"] = round(took["all"] / args.parse_seconds, 2)
        args.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
