"""Killing `receive` at any moment leaves a case that opens, verifies and goes on without doubles."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.receive.volumes import ACTOR, RELEASED_ON, new_case, opt, pdf_bytes, small_volume, write_tree
from vaughn.model import ProductionState
from vaughn.receive import receive
from vaughn.store import CaseFile

KILLS = 50
# What a child runs: open the case and receive, as `vaughn receive` does.
RUN = """
import sys
from pathlib import Path
from tests.receive.volumes import ACTOR, RELEASED_ON
from vaughn.receive import receive
from vaughn.store import CaseFile
with CaseFile.open(Path(sys.argv[1]), write=True, actor=ACTOR, wait_seconds=5) as case:
    receive(case, Path(sys.argv[2]), agency="ICE", released_on=RELEASED_ON)
"""


def _start(case: Path, source: Path) -> subprocess.Popen[bytes]:
    root = Path(__file__).parents[2]
    paths = os.pathsep.join([str(root / "src"), str(root)])
    return subprocess.Popen(
        [sys.executable, "-c", RUN, str(case), str(source)],
        env={**os.environ, "PYTHONPATH": paths},
        stderr=subprocess.DEVNULL,
    )


def _volume(root: Path) -> Path:
    small_volume(root)
    files = {f"VOL002/X{n:04d}.pdf": pdf_bytes([[f"page {p}", f"X{n:04d}"] for p in range(3)]) for n in range(40)}
    rows = [(f"X{n:04d}.{p}", f"X{n:04d}.pdf", p == 0, None) for n in range(40) for p in range(3)]
    return write_tree(root, {**files, "VOL002/VOL002.OPT": opt(rows)})


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is a POSIX matter")
def test_fifty_kills_leave_a_case_that_verifies_and_resumes_without_doubles(tmp_path: Path) -> None:
    """Power cuts and impatient people come at any moment."""
    source = _volume(tmp_path / "handed over")
    with new_case(tmp_path / "whole") as whole:
        expected = receive(whole, source, agency="ICE", released_on=RELEASED_ON)
    began = time.monotonic()
    new_case(tmp_path / "timed").close()
    assert _start(tmp_path / "timed", source).wait() == 0
    needed = time.monotonic() - began
    chance = random.Random(20110117)
    path = tmp_path / "case"
    serial = 0
    new_case(path).close()
    for _ in range(KILLS):
        child = _start(path, source)
        try:
            child.wait(timeout=chance.uniform(0.15, 0.95) * needed)
            assert child.returncode == 0
        except subprocess.TimeoutExpired:
            child.send_signal(signal.SIGKILL)
            child.wait()
        with CaseFile.open(path) as case:
            assert case.verify().problems == ()
            loaded = [production.state for production in case.productions()] == [ProductionState.LOADED]
        if loaded:  # Begin anew, so that every kill meets unfinished work.
            serial += 1
            path = tmp_path / f"case {serial}"
            new_case(path).close()
    with CaseFile.open(path, write=True, actor=ACTOR, wait_seconds=5) as case:
        result = receive(case, source, agency="ICE", released_on=RELEASED_ON)
        assert (result.documents, result.pages, result.files) == (expected.documents, expected.pages, expected.files)
        assert result.ledger == expected.ledger
        assert result.findings == expected.findings
        assert case.verify().problems == ()
        assert case.task_counts().failed == 0
