"""Whether the same records bring the same case, whatever reads them: this process, child processes, a Dask cluster.

    python bench/executors.py [--json FILE]

Data: the generated pile of bench/kills.py and, where ``$VAUGHN_SHARED`` (default ``../shared``) is, its court and
government PDF files. The cluster has two workers in processes of their own; in a further run one of them is killed
with `kill -9` after a third of the files. Compared are documents, pages, files, the ledger, and a hash over all words
and all facts of documents, told by names and not by ids.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from distributed import LocalCluster
from kills import Whole, differences, pile, rows, whole

import vaughn
from vaughn.collect import HandedOver, TakeInOptions, take_in
from vaughn.model import Case
from vaughn.store import Actor, CaseFile
from vaughn.work import DaskExecutor, Executor, InlineExecutor, WorkerPool

SHARED = Path(os.environ.get("VAUGHN_SHARED", Path(__file__).resolve().parents[2] / "shared"))
HANDED = HandedOver("the agency", date(2011, 1, 17), custodian="Palmer")


@dataclass(frozen=True, slots=True)
class Run:
    """What one executor brought."""

    seconds: float
    whole: Whole
    facts: str


def main() -> None:
    """Run each, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="vaughn-executors-") as scratch:
        result = compared(Path(scratch))
    print(json.dumps(result, indent=1))
    if options.json:
        options.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    if any(row["differences"] for row in result["executors"]):
        sys.exit(1)


def compared(scratch: Path) -> dict[str, Any]:
    """Return what differs between the executors."""
    source = pile(scratch / "handed over")
    for kind in ("court", "gov"):
        if (SHARED / "corpus" / "pdf" / kind).is_dir():
            shutil.copytree(SHARED / "corpus" / "pdf" / kind, source / kind)
    makers: dict[str, Callable[[Path], Any]] = {
        "this process": lambda _: InlineExecutor(),
        "child processes": lambda folder: WorkerPool(readable=[folder / "blobs"]),
        "Dask, 2 workers": lambda _: on_cluster(kill=False),
        "Dask, 2 workers, one killed": lambda _: on_cluster(kill=True),
    }
    runs = {name: taken_in(source, scratch / name.replace(", ", "-"), made) for name, made in makers.items()}
    first = runs["this process"]
    return {
        "version": vaughn.__version__,
        "data": f"{len(first.whole.files)} files, {first.whole.documents} documents, {first.whole.pages} pages",
        "balances": first.whole.balances,
        "executors": [
            {
                "executor": name,
                "seconds_by_the_clock": run.seconds,
                "differences": differences(first.whole, run.whole) + ([] if run.facts == first.facts else ["facts"]),
            }
            for name, run in runs.items()
        ],
    }


def taken_in(source: Path, folder: Path, made: Callable[[Path], Any]) -> Run:
    """Take the records in with an executor."""
    actor = Actor("the benchmark", lambda: datetime.now(UTC), "bench/executors.py")
    begun = time.perf_counter()
    with CaseFile.create(folder, Case("Same v. Same"), actor=actor) as case, made(folder) as executor:
        take_in(case, source, handed=HANDED, options=TakeInOptions(near_duplicates=False), executor=executor)
    facts = sorted(
        hashlib.sha256(f"{identity}{text}".encode()).hexdigest()
        for identity, text in rows(folder, "SELECT identity, facts FROM record")
    )
    return Run(time.perf_counter() - begun, whole(folder), hashlib.sha256("".join(facts).encode()).hexdigest())


@contextmanager
def on_cluster(*, kill: bool) -> Iterator[Executor]:
    """Lend an executor on a cluster of two worker processes; *kill* one of them on the way."""
    here = {"host": "127.0.0.1", "protocol": "tcp://", "dashboard_address": "127.0.0.1:0"}
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, processes=True, **here) as cluster,
        DaskExecutor(cluster.scheduler_address) as executor,
    ):
        yield KillingOne(executor, cluster) if kill else executor


class KillingOne:
    """An executor whose cluster loses a worker after a number of tasks."""

    holds_limits = True
    AFTER = 60

    def __init__(self, executor: DaskExecutor, cluster: Any) -> None:
        self._executor, self._cluster = executor, cluster
        self.run, self.cancel, self.close = executor.run, executor.cancel, executor.close
        self._done = 0

    def map_unordered(self, tasks: Any) -> Iterator[Any]:
        """Pass tasks on; kill a worker once."""
        for done in self._executor.map_unordered(tasks):
            self._done += 1
            if self._done == self.AFTER:
                os.kill(next(iter(self._cluster.workers.values())).pid, signal.SIGKILL)
            yield done


if __name__ == "__main__":
    main()
