"""How taking in grows: 1,000, 10,000 and 100,000 documents, the cost of one; and whether Dask brings the same.

    python bench/add_growth.py [--sizes 1000,10000,100000] [--dask] [--json FILE]

The pile is generated: mailboxes of 250 messages, every fifth with an attached note, every tenth message a copy of
another; loose text files and small PDFs. Each size is taken in by a process of its own with `take_in`, its children
counted: processor seconds of the whole, divided by the documents. Looking for similar documents is measured apart
(it is its own step, and has its own bar). With --dask the smallest pile is taken in by two Dask workers as well, and
everything that does not name a moment must be equal, row by row.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from countable import count_children

from vaughn.collect import HandedOver, TakeInOptions, account, take_in
from vaughn.model import Case
from vaughn.store import Actor, CaseFile
from vaughn.work import DaskExecutor, Executor

WORDS = [
    *("request", "records", "office", "policy", "field", "report", "detention", "opt", "out", "community", "secure"),
    *("agency", "letter", "review", "number", "date", "page", "court", "order", "state"),
]
BOX = 250
SHARES = (("mail", 0.7), ("text", 0.2), ("pdf", 0.1))
MOMENT = datetime(2011, 1, 17, 12, tzinfo=UTC)


def sentence(chance: random.Random, words: int) -> str:
    """Return some words."""
    return " ".join(chance.choices(WORDS, k=words))


def message(chance: random.Random, number: int) -> bytes:
    """Return a message, every fifth with a note."""
    head = (
        f"From: a{number % 97}@ice.gov\nTo: b{number % 89}@dhs.gov\nSubject: {sentence(chance, 5)}\n"
        f"Date: Mon, 17 Jan 2011 {number % 24:02}:{number % 60:02}:00 -0500\nMessage-ID: <{number}@ice.gov>\n"
        "MIME-Version: 1.0\n"
    )
    body = sentence(chance, 120)
    if number % 5:
        return f"{head}Content-Type: text/plain\n\n{body}\n".encode()
    return (
        f'{head}Content-Type: multipart/mixed; boundary="b{number}"\n\n'
        f"--b{number}\nContent-Type: text/plain\n\n{body}\n"
        f'--b{number}\nContent-Type: text/plain\nContent-Disposition: attachment; filename="note{number}.txt"\n\n'
        f"{sentence(chance, 60)} {number}\n--b{number}--\n"
    ).encode()


def pdf(chance: random.Random, number: int) -> bytes:
    """Return a PDF of one page."""
    text = f"{number} {sentence(chance, 12)}"
    stream = f"BT /F 11 Tf 60 720 Td ({text}) Tj ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /Font << /F 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n" % len(stream) + stream + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for at, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n" % at + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start
    return bytes(out)


def write_pile(folder: Path, documents: int) -> None:
    """Write a pile that becomes about *documents* documents."""
    chance = random.Random(documents)
    shares = {kind: int(documents * share) for kind, share in SHARES}
    messages = int(shares["mail"] / 1.2)
    for box in range(-(-messages // BOX)):
        numbers = range(box * BOX, min(messages, (box + 1) * BOX))
        content = bytearray()
        for number in numbers:
            # Every tenth is a copy of the one nine before it, as both ends of a correspondence keep one.
            own = number - 9 if number % 10 == 9 else number
            content += b"From a@ice.gov Mon Jan 17 14:03:00 2011\n" + message(random.Random(own), own) + b"\n"
        place = folder / "mail" / f"{box:05}.mbox"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    for number in range(shares["text"]):
        place = folder / "text" / f"{number // 500:04}" / f"{number:06}.txt"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(f"{sentence(chance, 150)} {number}\n")
    for number in range(shares["pdf"]):
        place = folder / "pdf" / f"{number // 500:04}" / f"{number:06}.pdf"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(pdf(chance, number))


def spent() -> float:
    """Return the processor seconds of this process and its children that ended."""
    return sum(
        used.ru_utime + used.ru_stime
        for used in (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    )


def taken(folder: Path, case_path: Path, *, executor: Executor | None = None) -> dict[str, float | int | bool | str]:
    """Take a pile in; return what it cost."""
    before, began = spent(), time.monotonic()
    steps: dict[str, float] = {}
    last = ["", spent()]

    def progress(step: str, _done: int, _total: int) -> None:
        now = resource.getrusage(resource.RUSAGE_SELF)
        own = now.ru_utime + now.ru_stime
        steps[str(last[0])] = steps.get(str(last[0]), 0.0) + own - float(last[1])
        last[:] = [step, own]

    with CaseFile.create(case_path, Case("Growth"), actor=Actor("bench", lambda: MOMENT)) as case:
        options = TakeInOptions(near_duplicates=False)
        result = take_in(
            case, folder, handed=HandedOver(name="pile"), options=options, progress=progress, executor=executor
        )
        whole = account(case, result.production_id)
        documents = sum(1 for _ in case.all_documents(current_only=False))
        return {
            "documents": documents,
            "pages": result.pages,
            "balances": whole.balances and result.ledger.balances,
            "cpu_s": round(spent() - before, 2),
            "wall_s": round(time.monotonic() - began, 1),
            "ms_per_document": round((spent() - before) / documents * 1000, 3),
            "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3, 1),
            "digest": digest(case),
            "steps": json.dumps({name: round(value, 2) for name, value in steps.items() if value > 0.05}),
        }


def rows(case: CaseFile) -> Iterator[str]:
    """Yield everything that must not depend on who read it, in an order that does not either."""
    files = {file.id: file.path for file in case.source_files(1)}
    for one in case.all_documents(current_only=False):
        words = hashlib.sha256()
        for page in range(one.page_count):
            words.update(case.packed_words((one.first_page_id or 0) + page) or b"-")
        parent = case.document(one.parent_id) if one.parent_id else None
        record = case.record(one.id)
        yield "|".join(
            str(value)
            for value in (
                files[one.native_file_id or 0],
                one.ordinal,
                one.kind,
                one.title,
                one.date,
                one.page_count,
                one.custodian,
                files[parent.native_file_id or 0] if parent else "",
                words.hexdigest(),
                record.facts.to_json() if record else "",
                record.identity if record else "",
            )
        )


def digest(case: CaseFile) -> str:
    """Return the SHA-256 over all rows, sorted."""
    return hashlib.sha256("\n".join(sorted(rows(case))).encode("utf-8", "surrogatepass")).hexdigest()


def one_size(size: int, *, dask: bool) -> list[dict[str, object]]:
    """Take in one size, in this process."""
    with tempfile.TemporaryDirectory(prefix="vaughn-growth-") as place:
        folder = Path(place)
        write_pile(folder / "pile", size)
        found: list[dict[str, object]] = [{"executor": "child processes", **taken(folder / "pile", folder / "case")}]
        if dask:
            from distributed import LocalCluster  # noqa: PLC0415 -- an extra

            with (
                LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
                DaskExecutor(cluster.scheduler_address) as executor,
            ):
                cost = taken(folder / "pile", folder / "dask", executor=executor)
            found.append({"executor": "two Dask workers", **cost})
        return found


def main() -> None:
    """Print the table, and write it as JSON if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="1000,10000,100000")
    parser.add_argument("--dask", action="store_true")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    count_children()
    if arguments.one:
        print(json.dumps(one_size(arguments.one, dask=arguments.dask)))
        return
    table: list[dict[str, object]] = []
    for at, size in enumerate(int(text) for text in arguments.sizes.split(",")):
        command = [sys.executable, __file__, "--one", str(size)] + (["--dask"] if arguments.dask and at == 0 else [])
        told = subprocess.run(command, capture_output=True, text=True, check=True)
        table += json.loads(told.stdout.splitlines()[-1])
        print(json.dumps(table[-1]), file=sys.stderr)
    first = table[0]
    for row in table:
        row["cost_beside_the_smallest"] = round(
            float(str(row["ms_per_document"])) / float(str(first["ms_per_document"])), 2
        )
        row["equal_rows"] = row["digest"] == first["digest"] if row["executor"] != first["executor"] else ""
    names = ("executor", "documents", "pages", "cpu_s", "ms_per_document", "cost_beside_the_smallest", "peak_mb")
    print(" | ".join((*names, "balances", "equal_rows")))
    for row in table:
        print(" | ".join(str(row[name]) for name in (*names, "balances", "equal_rows")))
    if arguments.json:
        kept = [{name: row[name] for name in (*names, "balances", "equal_rows")} for row in table]
        arguments.json.write_text(json.dumps(kept, indent=1) + "\n")


if __name__ == "__main__":
    main()
