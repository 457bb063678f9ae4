"""How fast load files go into a case, from bytes to documents that can be sorted, beside reading them alone.

    python bench/receive_rows.py [--rows 1000000] [--json FILE]

Makes a DAT of 30 fields (bench/loadfile_tables.py) and an OPT with the pages of its documents, one PDF a document
that is not there, so that no time goes into files. Peers, in the same run: the pure parse (rows found, checked and
counted, no text made; what bench/loadfile_speed.py calls ``vaughn parse``), and reading every column as text. Seconds
are of the processor: other work on the machine does not count. Whole receiving is measured: copying and hashing the
load files, joining, linking paths, dates, families, ledger, findings, the transaction with its seals and indexes.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from loadfile_tables import document_rows, write_tables

from vaughn.formats.loadfile import recognise
from vaughn.model import Case
from vaughn.receive import Ocr, receive
from vaughn.store import Actor, CaseFile, DocumentQuery, DocumentSort


@dataclass(frozen=True)
class Measured:
    """Processor seconds and the largest resident size so far."""

    what: str
    documents: int
    page_rows: int
    seconds: float
    wall_seconds: float
    peak_mb: float


def made(folder: Path, rows: int) -> int:
    """Write the load files; return how many page rows there are."""
    write_tables(folder, rows=rows, pages=1)
    (folder / "table.csv").unlink()
    count = 0
    with (folder / "pages.opt").open("w", encoding="utf-8", newline="") as opt:
        for line in page_lines(rows):
            opt.write(line)
            count += 1
    return count


def page_lines(rows: int) -> Iterator[str]:
    """Yield the page rows of the documents, each naming its document's PDF."""
    for values in document_rows(rows):
        begin, end = values[0], values[1]
        lead, first, last = begin[:-10], int(begin[-10:]), int(end[-10:])
        for number in range(first, last + 1):
            mark = f"Y,,,{last - first + 1}" if number == first else ",,,"
            yield f"{lead}{number:010d},ICE_VOL001,IMAGES\\{first // 1000:04d}\\{begin}.pdf,{mark}\r\n"


def peak_mb() -> float:
    """Return the largest resident size so far, in MB."""
    unit = 1 if sys.platform == "darwin" else 1024
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6, 1)


def parsed(folder: Path, rows: int, pages: int, *, texts: bool) -> Measured:
    """Read both files to their end and keep nothing."""
    began, wall = time.process_time(), time.perf_counter()
    for path in sorted(folder.iterdir()):
        load_file = recognise(path, name=path.name)
        if load_file is None:
            raise SystemExit(f"{path.name} was not recognised")
        for batch in load_file.documents():
            for column in range(len(load_file.columns) if texts else 0):
                batch.column(column)
        for page_batch in load_file.pages():
            _ = (page_batch.keys, page_batch.paths) if texts else len(page_batch)
    name = "every column as text" if texts else "pure parse"
    return Measured(name, rows, pages, time.process_time() - began, time.perf_counter() - wall, peak_mb())


def received(folder: Path, case_folder: Path, rows: int, pages: int) -> Measured:
    """Receive both files into a new case."""
    actor = Actor("bench", lambda: datetime.now(UTC))
    with CaseFile.create(case_folder, Case("bench"), actor=actor) as case:
        began, wall = time.process_time(), time.perf_counter()
        result = receive(case, folder, agency="ICE", released_on=date(2011, 1, 17), ocr=Ocr.NEVER)
        took, took_wall = time.process_time() - began, time.perf_counter() - wall
        if (result.documents, result.pages) != (rows, pages) or not result.ledger.balances:
            raise SystemExit(f"{result.documents} documents and {result.pages} pages arrived")
        case.documents(DocumentQuery(sort=DocumentSort.DATE, limit=50))
    return Measured("receiving", rows, pages, took, took_wall, peak_mb())


def main() -> None:
    """Run both and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary, "in")
        folder.mkdir()
        pages = made(folder, args.rows)
        alone = parsed(folder, args.rows, pages, texts=False)
        columns = parsed(folder, args.rows, pages, texts=True)
        whole = received(folder, Path(temporary, "case"), args.rows, pages)
    for one in (alone, columns, whole):
        print(f"{one.what:22} {one.seconds:8.1f} s CPU {one.wall_seconds:8.1f} s wall {one.peak_mb:8.0f} MB")
    ratio = round(alone.seconds / whole.seconds, 3)
    print(f"{args.rows} documents of 30 fields, {pages} page rows; receiving is {ratio} of the pure parse's speed")
    if args.json:
        text = json.dumps({"steps": [asdict(one) for one in (alone, columns, whole)], "ratio": ratio}, indent=1)
        args.json.write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
