"""Run as a program: takes a pile into a case, so that a test can kill it."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.collect.piles import clock, taken
from vaughn.store import Actor, CaseFile

if __name__ == "__main__":
    with CaseFile.open(Path(sys.argv[1]), write=True, actor=Actor("a", clock), wait_seconds=10) as case:
        taken(case, Path(sys.argv[2]))
