"""The codes that taking records in reports."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.catalogue_cases import Case
from tests.collect.piles import findings, new_case, taken, write_pile, zipped
from vaughn.collect import TakeInOptions
from vaughn.collect.steps.copying import copy_originals
from vaughn.collect.steps.filing import Filing
from vaughn.model import Finding

Told = Callable[[Path], Sequence[Finding]]


def _nested(levels: int) -> Told:
    def told(folder: Path) -> Sequence[Finding]:
        packed = zipped({"a.txt": b"Tuesday"})
        for _ in range(levels - 1):
            packed = zipped({"inner.zip": packed})
        with new_case(folder) as case:
            taken(case, write_pile(folder / "pile", {"a.zip": packed}))
            return findings(case)

    return told


def _ruled(name: str) -> Told:
    def told(folder: Path) -> Sequence[Finding]:
        with new_case(folder) as case:
            taken(case, write_pile(folder / "pile", {name: b"x"}), options=TakeInOptions(exclude=("*.tmp",)))
            return findings(case)

    return told


def _listed(content: bytes) -> Told:
    def told(folder: Path) -> Sequence[Finding]:
        known = folder / "known.txt"
        known.write_text(hashlib.sha256(b"known").hexdigest())
        with new_case(folder) as case:
            taken(case, write_pile(folder / "pile", {"a.exe": content}), options=TakeInOptions(hash_lists=(known,)))
            return findings(case)

    return told


def _written_to(times: int) -> Told:
    """Return the findings of copying a file that is written to so often while it is read."""

    def told(folder: Path) -> Sequence[Finding]:
        pile = write_pile(folder / "pile", {"a.txt": b"Tuesday"})
        with new_case(folder) as case:
            taken(case, pile)
            for _ in range(times):
                (pile / "a.txt").write_bytes(b"Tuesday and Wednesday")
                os.utime(pile / "a.txt", ns=(0, 0))
            run = case.check_runs(1)[-1].id
            copy_originals(_filing(case, run), pile, progress=lambda *_: None)
            return findings(case)

    return told


def _filing(case, run: int) -> Filing:
    from vaughn.collect.rules import HashList, Rules
    from vaughn.work import WorkerPool

    return Filing(case, 1, run, WorkerPool(1), Rules(), HashList())


CASES = [
    Case("IN023", _nested(14), _nested(3)),
    Case("IN030", _listed(b"known"), _listed(b"unknown")),
    Case("IN031", _ruled("a.tmp"), _ruled("a.txt")),
    Case("IN032", _written_to(1), _written_to(0)),
]
