r"""How fast load files are parsed, and in how much memory: ours, Python's ``csv``, and polars' CSV reader.

Each contestant runs in a process of its own and reads both tables: 1,000,000 DAT rows x 30 fields and 3,000,000
OPT rows (made by loadfile_tables.py, the same bytes every time). What each one does:

- ``vaughn parse``: finds every row, checks it (fields, qualifiers, text of every byte), gives line and byte range
  of each, and can give any of the 30 columns from there; for the OPT also breaks, declared counts, pages inside
  files, numbers used twice. No field becomes a Python string unless its row is odd. Every separator is found and
  checked, but an array of the places of all fields is made only where a column is asked for (0.4 s for all 30).
- ``vaughn rows``: the same, then every field of every row as a Python string.
- ``csv``: ``csv.reader`` with ``delimiter="\x14", quotechar="þ"``, UTF-8; it always makes every string and checks
  nothing. Rows are counted and dropped.
- ``polars parse``: ``read_csv`` of the same values as an ordinary comma CSV (polars wants one-byte delimiters), no
  type inference; strings stay in polars' own columns. It uses all processors; the others use one.
- ``polars rows``: the same, then every column as a Python list of strings.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
CONTESTANTS = ("vaughn parse", "vaughn rows", "csv", "polars parse", "polars rows")
TARGETS = {"csv": 3.0, "polars parse": 0.3}
MEMORY_LIMIT_MB = 500


def with_vaughn(folder: Path, *, rows: bool) -> tuple[float, float, int]:
    """Return seconds for the DAT and the OPT, and how many rows were found."""
    from vaughn.formats.loadfile import recognise  # noqa: PLC0415  (each process loads its own contestant alone)

    seconds, count = [], 0
    for name in ("table.dat", "pages.opt"):
        start = time.perf_counter()
        load_file = recognise(folder / name, name=name)
        assert load_file is not None
        for batch in load_file.documents():
            count += len(batch)
            if rows:
                batch.rows()
        for pages in load_file.pages():
            count += len(pages)
            if rows:
                _ = (pages.keys, pages.volumes, pages.paths)
        seconds.append(time.perf_counter() - start)
        assert [finding for finding in load_file.findings if finding.severity.value == "error"] == []
    return seconds[0], seconds[1], count


def with_csv(folder: Path) -> tuple[float, float, int]:
    """The same with Python's csv module."""
    seconds, count = [], -1  # the header is no row
    for name, delimiter, quote in (("table.dat", "\x14", "þ"), ("pages.opt", ",", '"')):
        start = time.perf_counter()
        with (folder / name).open(encoding="utf-8", newline="") as stream:
            for _ in csv.reader(stream, delimiter=delimiter, quotechar=quote):
                count += 1
        seconds.append(time.perf_counter() - start)
    return seconds[0], seconds[1], count


def with_polars(folder: Path, *, rows: bool) -> tuple[float, float, int]:
    """The same with polars."""
    import polars  # noqa: PLC0415

    seconds, count = [], 0
    for name, has_header in (("table.csv", True), ("pages.opt", False)):
        start = time.perf_counter()
        frame = polars.read_csv(folder / name, infer_schema=False, has_header=has_header)
        count += frame.height
        if rows:
            for column in frame.columns:
                frame[column].to_list()
        seconds.append(time.perf_counter() - start)
        del frame
    return seconds[0], seconds[1], count


def run(contestant: str, folder: Path) -> None:
    """Run one contestant in this process and print its figures as JSON."""
    rows = contestant.endswith("rows")
    if contestant.startswith("vaughn"):
        dat, opt, count = with_vaughn(folder, rows=rows)
    elif contestant == "csv":
        dat, opt, count = with_csv(folder)
    else:
        dat, opt, count = with_polars(folder, rows=rows)
    print(json.dumps({"dat": dat, "opt": opt, "rows": count, "peak_mb": peak_mb()}))


def peak_mb() -> float:
    """Return the largest resident size of this process, in MB; -1 where the system does not say."""
    try:
        import resource  # noqa: PLC0415
    except ImportError:
        return -1.0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1024 / (1024 if sys.platform == "darwin" else 1)


def best_of(contestant: str, folder: Path, times: int) -> dict[str, float]:
    """Return the fastest of several runs; the memory is the largest."""
    runs = []
    for _ in range(times):
        command = [sys.executable, __file__, "--run", contestant, "--folder", str(folder)]
        out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        runs.append(json.loads(out))
    best = min(runs, key=lambda figures: figures["dat"] + figures["opt"])
    return best | {"peak_mb": max(figures["peak_mb"] for figures in runs)}


def main() -> int:
    """Print the table; exit 1 if a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", type=Path)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--pages", type=int, default=3_000_000)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="keep the tables here and use them again")
    parser.add_argument("--run", choices=CONTESTANTS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.run:
        run(options.run, options.folder)
        return 0
    from loadfile_tables import write_tables  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as scratch:
        folder = options.folder or Path(scratch)
        if not (folder / "pages.opt").exists():
            folder.mkdir(parents=True, exist_ok=True)
            write_tables(folder, rows=options.rows, pages=options.pages)
        sizes = {name: (folder / name).stat().st_size for name in ("table.dat", "table.csv", "pages.opt")}
        figures = {contestant: best_of(contestant, folder, options.times) for contestant in CONTESTANTS}
    print(f"{options.rows:,} DAT rows x 30 fields ({sizes['table.dat'] / 1e6:.0f} MB; as comma CSV "
          f"{sizes['table.csv'] / 1e6:.0f} MB), {options.pages:,} OPT rows ({sizes['pages.opt'] / 1e6:.0f} MB), "
          f"{os.cpu_count()} processors, best of {options.times}\n")  # fmt: skip
    print(f"{'contestant':14} {'DAT s':>7} {'OPT s':>7} {'both s':>7} {'peak MB':>8}   vaughn parse is")
    ours = figures["vaughn parse"]
    total = ours["dat"] + ours["opt"]
    ratios = {}
    for contestant, one in figures.items():
        ratios[contestant] = (one["dat"] + one["opt"]) / total
        parts = f"DAT {one['dat'] / ours['dat']:.2f}x, OPT {one['opt'] / ours['opt']:.2f}x"
        both = one["dat"] + one["opt"]
        print(f"{contestant:14} {one['dat']:7.2f} {one['opt']:7.2f} {both:7.2f} {one['peak_mb']:8.0f}"
              f"   {ratios[contestant]:.2f}x as fast ({parts})")  # fmt: skip
    ok = all(ratios[name] >= target for name, target in TARGETS.items()) and ours["peak_mb"] < MEMORY_LIMIT_MB
    ok = ok and all(one["rows"] == options.rows + options.pages for one in figures.values())
    print(f"\ntargets: at least 3x csv, 0.3x polars, under {MEMORY_LIMIT_MB} MB: {'met' if ok else 'MISSED'}")
    if options.json:
        options.json.write_text(json.dumps({"figures": figures, "ratios": ratios, "sizes": sizes, "met": ok}, indent=1))
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
