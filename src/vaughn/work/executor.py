"""What runs tasks on files: one protocol, whatever stands behind it, and the plainest implementation.

`InlineExecutor` runs them in this process, `WorkerPool` in child processes of this machine, `DaskExecutor` on the
machines of a Dask cluster, there too in our own child processes. The same tasks bring the same outcomes from each.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from vaughn.formats.pages import attempt
from vaughn.work.limits import PAGE_LIMITS, Limits
from vaughn.work.outcome import CANCELLED, TOO_SLOW, Outcome, outcome_of


@dataclass(frozen=True, slots=True)
class Task:
    """One job on one file. It may be run twice (a worker was lost), so it must bring the same each time.

    Args:
        key: The caller's name for it, given back with the outcome; it never leaves this process.
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


class Executor(Protocol):
    """Runs tasks; never raises for what a file does. Close it when nothing more is asked of it."""

    @property
    def holds_limits(self) -> bool:
        """Whether a task that crashes, or takes more than its limits, is ended without harm to anything else."""

    def run(
        self,
        job: Callable[..., object],
        arguments: tuple[object, ...] = (),
        *,
        cpu_seconds: float = PAGE_LIMITS.cpu_seconds,
        memory_bytes: int = PAGE_LIMITS.memory_bytes,
    ) -> Outcome:
        """Return what *job* brought."""

    def map_unordered(self, tasks: Iterable[Task]) -> Iterator[Done]:
        """Yield each task with its outcome as it ends; *tasks* is read in the caller's thread, a few ahead."""

    def cancel(self) -> None:
        """End what is running; everything still asked for ends as cancelled. May be called from any thread."""

    def close(self) -> None:
        """Cancel, and give processes back."""


class InlineExecutor:
    """Runs each task in this very process: for tests, and where no process can be started.

    The guard for each file is kept. A file that crashes its reader takes the program down, and memory is not limited;
    processor time is, on POSIX and in the main thread, as far as the reader lets Python speak.
    """

    holds_limits = False

    def __init__(self) -> None:
        self._cancelled = False

    def __enter__(self) -> InlineExecutor:
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
        """Return what *job* brought, once it is through."""
        if self._cancelled:
            return Outcome(None, CANCELLED)
        begun = time.process_time()
        try:
            with _processor_time(cpu_seconds):
                result = attempt(job, arguments, {})
            return outcome_of(result, time.process_time() - begun)
        except _TimeIsUp:
            return Outcome(None, TOO_SLOW)

    def map_unordered(self, tasks: Iterable[Task]) -> Iterator[Done]:
        """Yield each task with its outcome, one after the other."""
        for task in tasks:
            limits = task.limits
            yield Done(
                task,
                self.run(task.job, task.arguments, cpu_seconds=limits.cpu_seconds, memory_bytes=limits.memory_bytes),
            )

    def cancel(self) -> None:
        """Let what is running come to its end, and nothing after it begin."""
        self._cancelled = True

    def close(self) -> None:
        """Cancel."""
        self.cancel()


class _TimeIsUp(BaseException):  # not an Exception: the guard of a file must not take it for the file's fault
    """The task has used its processor time."""


@contextmanager
def _processor_time(seconds: float) -> Iterator[None]:
    """Raise `_TimeIsUp` in the block when this process has worked for *seconds*, where that can be had."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def up(*_: object) -> None:
        raise _TimeIsUp

    before = signal.signal(signal.SIGPROF, up)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
