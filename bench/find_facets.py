"""How soon facets and a table of terms by custodians are counted over 1,000,000 documents.

    python bench/find_facets.py [--documents 1000000] [--rounds 7] [--json FILE]

Data: made documents of a few words with seven columns of names (5 agencies, 60 custodians, 6 kinds, 3 languages, 12
productions, up to three of 9 exemptions, up to two of 40 findings) and a day of twenty years, in segments of about
120,000 documents as a build of ordinary documents leaves them. Best round, by the clock and of the processor: the
clock counts what else the machine did.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

from vaughn.fulltext.language.tree import Word
from vaughn.fulltext.postings import (
    Column,
    ColumnKind,
    Description,
    DocumentEntry,
    IndexedPage,
    PostingIndex,
    PostingWriter,
    Snapshot,
)

NAMES = {"agency": 5, "custodian": 60, "kind": 6, "language": 3, "production": 12}
LISTS = {"exemption": (9, 3), "finding": (40, 2)}
COLUMNS = (
    *(Column(name, ColumnKind.NAME) for name in NAMES),
    *(Column(name, ColumnKind.NAMES) for name in LISTS),
    Column("date", ColumnKind.DAY),
)
_FIRST_DAY, _DAYS = 730_120, 7300
_TERMS = 60
_DOCUMENTS_A_SEGMENT = 120_000


def build(folder: Path, count: int) -> Snapshot:
    """Return an index of *count* made documents."""
    random = Random(11)
    with PostingWriter(folder, COLUMNS, max_places=7 * _DOCUMENTS_A_SEGMENT) as writer:
        for number in range(count):
            names = {name: (f"{name} {int(size * random.random() ** 2)}",) for name, size in NAMES.items()}
            for name, (size, most) in LISTS.items():
                names[name] = tuple(f"{name} {random.randrange(size)}" for _ in range(random.randint(0, most)))
            words = " ".join(f"t{min(int(random.paretovariate(0.4)), 999)}" for _ in range(6))
            known = Description({"date": _FIRST_DAY + random.randrange(_DAYS)}, names)
            writer.add(DocumentEntry(number, (IndexedPage(number, words),), known=known))
    return PostingIndex(folder, COLUMNS).snapshot()


def table(snapshot: Snapshot) -> int:
    """Count the documents of each of 60 words with each custodian; return the sum."""
    total = 0
    for number in range(1, _TERMS + 1):
        held = [segment.text.holders_of(segment.text.expand(Word(f"t{number}"))) for segment in snapshot.segments]
        chosen = [holders.mask if holders.numbers is None else holders.numbers for holders in held]
        total += int(snapshot.facet("custodian", chosen).sum())
    return total


def facets(snapshot: Snapshot, chosen: list[np.ndarray | None]) -> int:
    """Count what stands beside a list of results; return how many documents have an agency."""
    for name in [*NAMES, *LISTS]:
        snapshot.facet(name, chosen)
    snapshot.days("date", chosen)
    return int(snapshot.facet("agency", chosen).sum())


def measured(snapshot: Snapshot, rounds: int) -> tuple[list[dict[str, object]], int]:
    """Return the rows of the table, and how many segments there are."""
    rows: list[dict[str, object]] = []
    for what, word in (("all documents", None), ("documents of a usual word", "t1"), ("of a rare word", "t300")):
        chosen: list[np.ndarray | None] = [None] * len(snapshot.segments)
        if word is not None:
            held = [segment.text.holders_of(segment.text.expand(Word(word))) for segment in snapshot.segments]
            chosen = [holders.mask if holders.numbers is None else holders.numbers for holders in held]
        taken = best(rounds, partial(facets, snapshot, chosen))
        rows.append({"what": f"8 facets and days, {what}", "documents": facets(snapshot, chosen)} | taken)
    taken = best(rounds, partial(table, snapshot))
    rows.append({"what": f"{_TERMS} words x 60 custodians", "documents": len(snapshot)} | taken)
    return rows, len(snapshot.segments)


def best(rounds: int, run: Callable[[], object]) -> dict[str, float]:
    """Return the milliseconds of the best round, by the clock and of the processor."""
    by_clock, of_processor = [], []
    for _ in range(rounds):
        began, used = time.perf_counter(), time.process_time()
        run()
        by_clock.append((time.perf_counter() - began) * 1000)
        of_processor.append((time.process_time() - used) * 1000)
    return {"ms": min(by_clock), "processor_ms": min(of_processor)}


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        rows, segments = measured(build(Path(name), arguments.documents), arguments.rounds)
    for row in rows:
        taken = f"{row['ms']:8.1f} ms, {row['processor_ms']:6.1f} of the processor"
        print(f"{row['what']:45} {row['documents']:9,} documents {taken}")
    print(f"{segments} segments, load {os.getloadavg()[0]:.1f}")
    if arguments.json:
        report = {"rows": rows, "segments": segments, "load": os.getloadavg()[0]}
        arguments.json.write_text(json.dumps(report, indent=1) + "\n")


if __name__ == "__main__":
    main()
