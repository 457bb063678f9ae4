"""A load that is killed at any moment leaves a case that opens, verifies and goes on without doubles."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.end_to_end.killed_load import load
from vaughn.model import InputError
from vaughn.store import CaseFile
from vaughn.store.schema import METADATA

KILLS = 50
# The log and its seals tell how often it was begun; attempts how often a task was taken.
UNEQUAL = {("event", None), ("seal", None), ("task", "attempts")}


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files to be stored, two of them the same."""
    folder = tmp_path_factory.mktemp("source")
    chance = random.Random(1)
    for number in range(40):
        content = chance.randbytes(chance.randint(0, 60_000)) if number != 7 else (folder / "006.tif").read_bytes()
        (folder / f"{number:03}.tif").write_bytes(content)
    return folder


def rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table that has to be the same however often the load was killed."""
    connection = sqlite3.connect(path / "case.db")
    found = {}
    for table in METADATA.sorted_tables:
        if (table.name, None) not in UNEQUAL:
            names = [column.name for column in table.columns if (table.name, column.name) not in UNEQUAL]
            found[table.name] = connection.execute(f"SELECT {', '.join(names)} FROM {table.name} ORDER BY 1").fetchall()
    connection.close()
    return found


def killed_after(seconds: float, path: Path, source: Path) -> bool:
    """Run the load in a process of its own and kill it; tell whether it was still running."""
    child = os.fork()
    if child == 0:
        code = 1
        sys.settrace(None)  # who is killed writes down nothing of what was measured
        try:
            load(path, source)
            code = 0
        finally:
            os._exit(code)

    def kill(number: int, frame: object) -> None:
        with suppress(ProcessLookupError):  # it ended at the same moment
            os.kill(child, signal.SIGKILL)

    signal.signal(signal.SIGALRM, kill)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    _, status = os.waitpid(child, 0)
    signal.setitimer(signal.ITIMER_REAL, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in (0, -signal.SIGKILL)
    return code != 0


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")
@pytest.mark.slow
def test_a_load_killed_at_fifty_moments_goes_on_without_doubles(tmp_path: Path, source: Path) -> None:
    """Power cuts, full memory and impatient users are normal."""
    started = time.monotonic()
    load(tmp_path / "whole", source)
    took = time.monotonic() - started
    whole = rows(tmp_path / "whole")
    chance = random.Random(20110117)
    states = []
    for number in range(KILLS):
        path = tmp_path / f"case{number}"
        # One kill in every fiftieth of the load, so that no long stretch of it goes untried.
        was_running = killed_after(max(0.02, took * (number + chance.random()) / KILLS), path, source)
        try:
            with CaseFile.open(path) as case:
                assert case.verify().problems == ()
                production = case.production(name="P")
                states.append("not begun" if production is None else production.state.value)
        except InputError:
            states.append("not made")
        load(path, source)
        with CaseFile.open(path) as case:
            assert case.verify().problems == ()
            assert case.task_counts().failed == 0
        again = rows(path)
        assert [table for table in whole if whole[table] != again[table]] == []
        assert list((path / "incoming").iterdir()) == []
        assert was_running or states[-1] == "loaded"
        shutil.rmtree(path)
    # How long each state lasts depends on the machine; the kills must have met work of several kinds.
    assert len(set(states) - {"loaded"}) >= 2, states
