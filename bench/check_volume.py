"""How much memory and time checking a large production takes, and its report: a million documents, three million pages.

    python bench/check_volume.py [--documents 1000000] [--pages-each 3] [--unread] [--json FILE]

The case is made first, without reading a page: a DAT with 14 columns, an OPT, a PDF a document, sizes and stamped
numbers of all pages. Check and report then run in a process of their own each, so that their peaks are their own.
No peer does this; the figure beside it is the size of the case's database and of its two load files.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from vaughn.formats.loadfile import recognise
from vaughn.model import Blob, Case, DocumentKind, FileRole, PageSize, TextSource
from vaughn.receive import check_production, production_report
from vaughn.store import (
    Actor,
    CaseFile,
    DocumentColumns,
    NewFile,
    NewLoadFile,
    PageColumns,
    PageReading,
)
from vaughn.work import give_memory_back

BATCH = 20_000
Q, T = "\u00fe", "\x14"
COLUMNS = (
    "Begin Bates", "End Bates", "Begin Attach", "End Attach", "Page Count", "Custodian", "From", "To", "Email Subject",
    "Date Sent", "Date Received", "Time Zone", "File Name", "MD5 Hash",
)  # fmt: skip
ACTOR = Actor("bench", lambda: datetime.now(UTC))
LETTER = PageSize(612.0, 792.0)


def name(number: int) -> str:
    """Return a Bates number."""
    return f"ABC {number:08d}"


def dat_lines(documents: int, pages_each: int) -> Iterator[str]:
    """Yield the header and one row a document; every fourth document begins a family of four."""
    yield T.join(f"{Q}{column}{Q}" for column in COLUMNS)
    for row in range(documents):
        begin, head = row * pages_each + 1, row // 4 * 4 * pages_each + 1
        day = f"{1 + row % 12:02}/{1 + row % 28:02}/20{10 + row % 9} {row % 24:02}:{row % 60:02}:{row // 60 % 60:02}"
        values = (
            name(begin), name(begin + pages_each - 1), name(head), name(head + 4 * pages_each - 1), str(pages_each),
            f"Custodian, Name {row % 60}", f"person{row % 1000}@agency.gov", f"person{row % 777}@state.gov",
            f"RE: Subject of the message number {row}", day, day, "EST", f"message{row}.msg", f"{row:032x}",
        )  # fmt: skip
        yield T.join(f"{Q}{value}{Q}" for value in values)


def opt_lines(documents: int, pages_each: int) -> Iterator[str]:
    """Yield one row a page, all of one length."""
    for row in range(documents):
        first = row * pages_each + 1
        for page in range(pages_each):
            head = f"Y,,,{pages_each}" if page == 0 else ",,,  "
            yield f"{name(first + page)},VOL001,IMAGES\\{name(first)}.pdf,{head}"


def make_case(folder: Path, args: argparse.Namespace) -> int:
    """Make the case and return the size of its load files."""
    lists = []
    for file_name, lines in (("VOL001.DAT", dat_lines), ("VOL001.OPT", opt_lines)):
        path = folder / file_name
        with path.open("w", encoding="utf-8", newline="") as stream:
            stream.writelines(f"{line}\r\n" for line in lines(args.documents, args.pages_each))
        lists.append(path)
    with CaseFile.create(folder / "case", Case("bench"), actor=ACTOR) as case:
        with case.writing("production.received") as change:
            production = change.add_production("P", "ICE", released_on=date(2020, 1, 17), source="VOL001").id
            ids = []
            for path in lists:
                blob = case.blobs.add_file(path)
                (file,) = change.add_files(production, [NewFile(path.name, FileRole.LOAD_FILE, blob, "text/plain")])
                found = recognise(path, name=path.name)
                if found is None or found.dialect is None:
                    raise SystemExit(f"{path.name} was not recognised")
                new = NewLoadFile(file, found.format, found.kind.value, found.dialect.to_json(), found.columns)
                ids.append(change.add_load_file(production, new))
            first_file = file + 1
            for start in range(0, args.documents, BATCH):
                change.add_files(production, list(pdfs(start, min(args.documents, start + BATCH), args.pages_each)))
        with case.bulk_load(production) as load:
            first_page = load.first_page_id
            for start in range(0, args.documents, BATCH):
                rows = range(start, min(args.documents, start + BATCH))
                load.documents(documents(rows, args.pages_each, ids, load.first_document_id))
                load.pages(pages(rows, args.pages_each, first_file))
        if not args.unread:
            total = args.documents * args.pages_each
            for start in range(0, total, 10 * BATCH):
                with case.writing("pages.read") as change:
                    change.save_pages(
                        PageReading(first_page + page, LETTER, TextSource.EMBEDDED, name(page + 1))
                        for page in range(start, min(total, start + 10 * BATCH))
                    )
    return sum(path.stat().st_size for path in lists)


def pdfs(start: int, stop: int, pages_each: int) -> Iterator[NewFile]:
    """Yield one PDF a document; its bytes are not there, for no check opens it."""
    for row in range(start, stop):
        blob = Blob(hashlib.sha256(str(row).encode()).hexdigest(), 40_000)
        yield NewFile(f"IMAGES/{name(row * pages_each + 1)}.pdf", FileRole.IMAGE, blob, "application/pdf")


def documents(rows: range, pages_each: int, lists: list[int], first_id: int) -> DocumentColumns:
    """Return the columns of some documents."""
    count = len(rows)
    return DocumentColumns(
        page_count=[pages_each] * count,
        prefix=["ABC "] * count,
        begin_number=[row * pages_each + 1 for row in rows],
        end_number=[(row + 1) * pages_each for row in rows],
        width=[8] * count,
        parent_id=[None if row % 4 == 0 else first_id + row // 4 * 4 for row in rows],
        family_id=[first_id + row // 4 * 4 for row in rows],
        kind=[DocumentKind.EMAIL] * count,
        custodian=[f"Custodian, Name {row % 60}" for row in rows],
        load_file_id=lists[0],
        row_line=[row + 2 for row in rows],
        page_load_file_id=lists[1],
    )


def pages(rows: range, pages_each: int, first_file: int) -> PageColumns:
    """Return the columns of their pages."""
    places = [row * pages_each + page for row in rows for page in range(pages_each)]
    width = len(next(opt_lines(1, pages_each))) + 2
    return PageColumns(
        page_in_file=[place % pages_each + 1 for place in places],
        file_id=[first_file + place // pages_each for place in places],
        list_start=[place * width for place in places],
    )


def measured(step: str, case: Path) -> dict[str, float]:
    """Run one step in a process of its own and return its seconds and peak."""
    command = [sys.executable, __file__, "--step", step, "--case", str(case)]
    return dict(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))


def run_step(step: str, path: Path) -> None:
    """Run one step here and print what it took."""
    give_memory_back()  # as the command does
    before, cpu = time.perf_counter(), time.process_time()
    with CaseFile.open(path, write=True, actor=ACTOR, wait_seconds=5) as case:
        if step == "check":
            found = len(check_production(case, 1).findings)
        else:
            report = production_report(case, 1, made_at=datetime.now(UTC), version="bench")
            found = len(report.source.findings)
    unit = 1 if sys.platform == "darwin" else 1024
    took = {
        "seconds": round(time.perf_counter() - before, 2),
        "cpu seconds": round(time.process_time() - cpu, 2),
        "peak MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6),
        "findings": found,
    }
    print(json.dumps(took))


def main() -> None:
    """Make the case, run check and report, print a table, write JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=1_000_000)
    parser.add_argument("--pages-each", type=int, default=3)
    parser.add_argument("--unread", action="store_true", help="pages without sizes and stamped numbers")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--keep", type=Path, help="folder to make the case in, or to find it in")
    parser.add_argument("--step", choices=("check", "report"), help=argparse.SUPPRESS)
    parser.add_argument("--case", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.step:
        run_step(args.step, args.case)
        return
    folder = args.keep or Path(tempfile.mkdtemp(prefix="vaughn-bench-"))
    folder.mkdir(exist_ok=True, parents=True)
    try:
        lists = sum(path.stat().st_size for path in folder.glob("VOL001.*"))
        if not (folder / "case").exists():
            lists = make_case(folder, args)
        size = (folder / "case" / "case.db").stat().st_size
        took = {step: measured(step, folder / "case") for step in ("check", "report")}
    finally:
        if args.keep is None:
            shutil.rmtree(folder)
    print(f"{args.documents:,} documents, {args.documents * args.pages_each:,} pages")
    print(f"case.db {size / 1e6:,.0f} MB, load files {lists / 1e6:,.0f} MB")
    for step, values in took.items():
        print(f"  {step:<8}" + "".join(f"{value:>12,} {key}" for key, value in values.items()))
    if args.json:
        result = {
            "documents": args.documents,
            "pages": args.documents * args.pages_each,
            "case.db, MB": round(size / 1e6),
            "load files, MB": round(lists / 1e6),
            **took,
        }
        args.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
