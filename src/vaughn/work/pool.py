"""Running jobs in child processes: as many at once as there are processors, each held to its limits."""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import closing
from pathlib import Path

from vaughn.work.children import ChildProcess, Reach, places_of
from vaughn.work.executor import Done, Task
from vaughn.work.limits import PAGE_LIMITS, Limits
from vaughn.work.outcome import CANCELLED, KILLED, NOT_STARTED, FailureKind, Outcome
from vaughn.work.protocol import Job, job_of
from vaughn.work.sandbox import FenceReport, Level, Trial, best_level, try_the_fence

# Tasks handed out ahead of the results taken: enough to keep children busy, few enough to forget on a cancel.
AHEAD_PER_WORKER = 2


class WorkerPool:
    """Child processes that live as long as the pool. Close it, or use it in a ``with``.

    All calls may come from any thread. A child can read the blobs of the cases, and the files, that were named as
    `Path` in the arguments of its first job, and what is *readable*; a job that needs more gets another child.

    Args:
        workers: Children at once; by default one a processor.
        readable: Files and folders that jobs read and do not name as a `Path` of their own.
        spool: Folder in which jobs may write; their temporary files go there too. By default they have only a
            folder for temporary files, each child its own, gone with it.
        level: How the children are fenced; by default as strongly as this machine can.
    """

    holds_limits = True

    def __init__(
        self,
        workers: int | None = None,
        *,
        readable: Iterable[Path] = (),
        spool: Path | None = None,
        level: Level | None = None,
    ) -> None:
        self.workers = workers or max(1, os.cpu_count() or 1)
        self._reach = Reach(frozenset(str(path.absolute()) for path in readable), spool, level)
        self._free = threading.BoundedSemaphore(self.workers)
        self._lock = threading.Lock()
        self._idle: list[ChildProcess] = []
        self._busy: set[ChildProcess] = set()
        self._cancelled = False

    def __enter__(self) -> WorkerPool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def run(
        self,
        job: Callable[..., object],
        arguments: tuple[object, ...] = (),
        *,
        cpu_seconds: float = PAGE_LIMITS.cpu_seconds,
        memory_bytes: int = PAGE_LIMITS.memory_bytes,
    ) -> Outcome:
        """Return what *job* brought, waiting for a free child. Never raises for what a file does.

        A job that takes down a child that had worked before, or whose child the system ended, is tried once more in a
        fresh one.
        """
        return self.run_call(job_of(job, arguments, Limits(cpu_seconds, memory_bytes)))

    def run_call(self, call: Job) -> Outcome:
        """Return what *call* brought; see `run`."""
        with self._free:
            outcome, was_fresh = self._once(call)
            if _is_worth_another_try(outcome, was_fresh=was_fresh):
                outcome, _ = self._once(call, fresh=True)
        return outcome

    def map_unordered(self, tasks: Iterable[Task]) -> Iterator[Done]:
        """Yield each task with its outcome as it ends, in any order.

        *tasks* is read in the caller's thread, a few ahead of the results. Leaving the loop early ends
        what is still running.
        """
        waiting: dict[Future[Outcome], Task] = {}
        source = iter(tasks)
        with ThreadPoolExecutor(self.workers, thread_name_prefix="vaughn-work") as threads:
            finished = False
            try:
                while True:
                    while not finished and len(waiting) < self.workers * AHEAD_PER_WORKER:
                        task = next(source, None)
                        if task is None:
                            finished = True
                            break
                        call = job_of(task.job, task.arguments, task.limits)
                        waiting[threads.submit(self.run_call, call)] = task
                    if not waiting:
                        return
                    for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                        yield Done(waiting.pop(future), future.result())
            finally:
                for future in waiting:
                    future.cancel()
                if waiting:
                    self._kill_busy()

    def stream(
        self, job: Callable[..., Iterable[object]], arguments: tuple[object, ...] = (), *, limits: Limits
    ) -> Iterator[Outcome]:
        """Yield each value that *job* yields as it comes; what a file does becomes a failure, the last outcome.

        Runs in an idle child if there is one, else in one beside the workers, so that the caller may run other jobs
        meanwhile. Leaving the loop early ends the child.
        """
        call = job_of(job, arguments, limits, is_stream=True)
        pieces = 0
        with closing(self._pieces(call)) as outcomes:
            for outcome, was_fresh in outcomes:
                if not pieces and _is_worth_another_try(outcome, was_fresh=was_fresh):
                    break
                pieces += 1
                yield outcome
            else:
                return
        # The files read before may have broken the child: this one gets a child of its own.
        with closing(self._pieces(call, fresh=True)) as outcomes:
            for outcome, _ in outcomes:
                yield outcome

    def cancel(self) -> None:
        """End what is running; everything still asked of the pool ends as cancelled."""
        self._cancelled = True
        self._kill_busy()

    def close(self) -> None:
        """End all children."""
        self.cancel()
        with self._lock:
            idle, self._idle = self._idle, []
        for child in idle:
            child.close()

    def _once(self, call: Job, *, fresh: bool = False) -> tuple[Outcome, bool]:
        """Return the outcome of *call*, and whether the child was fresh."""
        if self._cancelled:
            return Outcome(None, CANCELLED), True
        child = self._child(call, fresh=fresh)
        was_fresh = child.is_fresh
        try:
            return child.run(call), was_fresh
        finally:
            self._give_back(child)

    def _pieces(self, call: Job, *, fresh: bool = False) -> Generator[tuple[Outcome, bool]]:
        """Yield the outcomes of a stream, and whether the child was fresh."""
        if self._cancelled:
            yield Outcome(None, CANCELLED), True
            return
        child = self._child(call, fresh=fresh)
        was_fresh, ended = child.is_fresh, False
        try:
            for outcome in child.stream(call):
                yield outcome, was_fresh
            ended = True
        finally:
            if not ended:
                child.kill()
            self._give_back(child)

    def _child(self, call: Job, *, fresh: bool) -> ChildProcess:
        """Return an idle child that may read what *call* names, or a new one; it counts as busy."""
        places = places_of(call)
        child, ended = None, None
        with self._lock:
            if not fresh:
                # The one that worked last has its libraries loaded.
                child = next((one for one in reversed(self._idle) if one.reach.covers(places)), None)
            if child is not None:
                self._idle.remove(child)
            elif len(self._idle) >= self.workers:
                ended = self._idle.pop(0)
        if ended is not None:
            ended.close()
        child = child or ChildProcess(self._reach, call)
        with self._lock:
            self._busy.add(child)
            if self._cancelled:
                child.kill()
        return child

    def _give_back(self, child: ChildProcess) -> None:
        with self._lock:
            self._busy.discard(child)
            keep = not self._cancelled and not child.is_worn and len(self._idle) < self.workers
            if keep:
                self._idle.append(child)
        if not keep:
            child.close()

    def _kill_busy(self) -> None:
        with self._lock:
            for child in self._busy:
                child.kill()


def _is_worth_another_try(outcome: Outcome, *, was_fresh: bool) -> bool:
    """Tell whether something else than the file may be to blame: the files before it, or the whole machine."""
    failure = outcome.failure
    return failure in {KILLED, NOT_STARTED} or (
        failure is not None and failure.kind is FailureKind.CRASHED and not was_fresh
    )


def fence_report() -> FenceReport:
    """Return which fence children get on this machine, and whether one behind it could get out.

    Raises:
        UsageError: If the setting asks for a fence that this machine does not offer.
    """
    level = best_level()
    with tempfile.NamedTemporaryFile(prefix="vaughn-") as outside, WorkerPool(1, level=level) as pool:
        trial = pool.run(try_the_fence, (outside.name,)).value
    return FenceReport(level, trial if isinstance(trial, Trial) else None)
