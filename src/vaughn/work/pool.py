"""Running jobs in child processes: as many at once as there are processors, each held to its limits."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass

from vaughn.work.children import ChildProcess
from vaughn.work.limits import PAGE_LIMITS, Limits
from vaughn.work.outcome import Failure, FailureKind, Outcome
from vaughn.work.protocol import Job

# Tasks handed out ahead of the results taken: enough to keep children busy, few enough to forget on a cancel.
AHEAD_PER_WORKER = 2
_CANCELLED = Outcome(None, Failure(FailureKind.CANCELLED, "The work was cancelled.", None, "Start it again to go on."))


@dataclass(frozen=True, slots=True)
class Task:
    """One job on one file.

    Args:
        key: The caller's name for it, given back with the outcome.
        job: A function at the top of its module; what it returns must be builtins or our own dataclasses.
    """

    key: object
    job: Callable[..., object]
    arguments: tuple[object, ...] = ()
    limits: Limits = PAGE_LIMITS


@dataclass(frozen=True, slots=True)
class Done:
    """A task and how it ended."""

    task: Task
    outcome: Outcome


class WorkerPool:
    """Child processes that live as long as the pool. Close it, or use it in a ``with``.

    All calls may come from any thread.

    Args:
        workers: Children at once; by default one a processor.
    """

    def __init__(self, workers: int | None = None) -> None:
        self.workers = workers or max(1, os.cpu_count() or 1)
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

        A job that takes down a child that had worked before is tried once more in a fresh one.
        """
        call = Job(job.__module__, job.__qualname__, arguments, cpu_seconds, memory_bytes)
        with self._free:
            outcome, was_fresh = self._once(call)
            if not was_fresh and outcome.failure is not None and outcome.failure.kind is FailureKind.CRASHED:
                outcome, _ = self._once(call)
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
                        waiting[threads.submit(self._outcome_of, task)] = task
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

        Runs in a child of its own beside the workers, so that the caller may run other jobs meanwhile. Leaving the
        loop early ends the child.
        """
        call = Job(
            job.__module__,
            job.__qualname__,
            arguments,
            limits.cpu_seconds,
            limits.memory_bytes,
            is_stream=True,
            file_bytes=limits.file_bytes,
        )
        child = ChildProcess()
        with self._lock:
            self._busy.add(child)
            if self._cancelled:
                child.kill()
        try:
            yield from child.stream(call)
        finally:
            with self._lock:
                self._busy.discard(child)
            child.close()

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

    def _outcome_of(self, task: Task) -> Outcome:
        limits = task.limits
        return self.run(task.job, task.arguments, cpu_seconds=limits.cpu_seconds, memory_bytes=limits.memory_bytes)

    def _once(self, call: Job) -> tuple[Outcome, bool]:
        """Return the outcome of *call*, and whether the child was fresh."""
        with self._lock:
            if self._cancelled:
                return _CANCELLED, True
            child = self._idle.pop() if self._idle else None
        child = child or ChildProcess()
        fresh = child.is_fresh
        with self._lock:
            self._busy.add(child)
            if self._cancelled:
                child.kill()
        try:
            return child.run(call), fresh
        finally:
            self._give_back(child)

    def _give_back(self, child: ChildProcess) -> None:
        with self._lock:
            self._busy.discard(child)
            keep = not self._cancelled and not child.is_worn
            if keep:
                self._idle.append(child)
        if not keep:
            child.close()

    def _kill_busy(self) -> None:
        with self._lock:
            for child in self._busy:
                child.kill()
