"""Tasks on the machines of a Dask cluster: there too, each file is opened in a fenced child process of ours.

Dask (extra ``vaughn[dask]``) carries tasks to its workers and gives those of a lost worker to others. A worker runs a
task in a `WorkerPool` of its own, so limits and fence hold as on one machine. What tasks name as a path must lie there
on every machine under the same name: keep the case on a disk they share.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from vaughn.model import StateError, ToolMissing
from vaughn.work.children import Reach
from vaughn.work.executor import Done, Task
from vaughn.work.limits import PAGE_LIMITS, Limits
from vaughn.work.outcome import BROKE, CANCELLED, NOT_STARTED, Outcome
from vaughn.work.pool import WorkerPool
from vaughn.work.protocol import Job, job_of

AHEAD_PER_THREAD = 2
_CONNECT_SECONDS = 30
_OVER = "cancelled"


class DaskExecutor:
    """Runs tasks on a Dask cluster. Close it, or use it in a ``with``; call it from any thread.

    Whoever can reach a scheduler can run programs on its workers: keep it in a network of your own, with TLS, which
    Dask's configuration sets up for both sides.

    Args:
        address: Of the scheduler, as ``tls://scheduler.example:8786``.
        readable: See `WorkerPool`; under the same names on every machine, as the spool.
        spool: See `WorkerPool`.

    Raises:
        ToolMissing: If Dask is not installed.
        StateError: If no scheduler answers at *address*.
    """

    holds_limits = True

    def __init__(self, address: str, *, readable: Iterable[Path] = (), spool: Path | None = None) -> None:
        try:
            self._client: Any = _distributed().Client(address, timeout=_CONNECT_SECONDS, set_as_default=False)
        except (OSError, TimeoutError) as error:
            raise StateError(
                f"No Dask scheduler answers at {address}.",
                hint="Start one with `dask scheduler`, or check the address.",
            ) from error
        # Children of one executor are not another's; a worker may serve several.
        self._name = f"vaughn-{id(self)}-{next(_NUMBERS)}"
        self._reach = Reach(frozenset(str(path.absolute()) for path in readable), spool)
        self._numbers = itertools.count()
        self._running: set[Any] = set()
        self._lock = threading.Lock()
        self._cancelled = False

    def __enter__(self) -> DaskExecutor:
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
        """Return what *job* brought, from whichever machine had a child free."""
        task = Task(None, job, arguments, Limits(cpu_seconds, memory_bytes))
        return next(iter(self.map_unordered([task]))).outcome

    def map_unordered(self, tasks: Iterable[Task]) -> Iterator[Done]:
        """Yield each task with its outcome as it ends, in any order. Leaving the loop early ends what still runs."""
        source = iter(tasks)
        ended: SimpleQueue[Any] = SimpleQueue()
        waiting: dict[str, tuple[Any, Task]] = {}
        try:
            while True:
                while len(waiting) < self._ahead():
                    task = next(source, None)
                    if task is None:
                        break
                    future = self._sent(task)
                    waiting[future.key] = (future, task)
                    future.add_done_callback(ended.put)
                if not waiting:
                    return
                future, task = waiting.pop(ended.get().key)
                yield Done(task, self._outcome(future))
        finally:
            if waiting:
                self._stop([future for future, _ in waiting.values()])

    def cancel(self) -> None:
        """End what is running on every machine; everything still asked for ends as cancelled."""
        self._cancelled = True
        with self._lock:
            running = list(self._running)
        self._stop(running, for_good=True)

    def close(self) -> None:
        """Cancel, end the children, and leave the cluster."""
        self.cancel()
        self._client.close()

    def _ahead(self) -> int:
        threads: dict[str, int] = self._client.nthreads()
        return max(1, sum(threads.values())) * AHEAD_PER_THREAD

    def _sent(self, task: Task) -> Any:
        call = job_of(task.job, task.arguments, task.limits)
        future = self._client.submit(
            _run_in_child,
            call,
            self._name,
            self._reach,
            key=f"{self._name}-{next(self._numbers)}",
            pure=False,
            retries=0,
        )
        with self._lock:
            self._running.add(future)
            late = self._cancelled
        if late:
            future.cancel()
        return future

    def _outcome(self, future: Any) -> Outcome:
        with self._lock:
            self._running.discard(future)
        if self._cancelled or future.status == _OVER:
            return Outcome(None, CANCELLED)
        error = future.exception()
        if error is None:
            outcome = future.result()
            return outcome if isinstance(outcome, Outcome) else Outcome(None, NOT_STARTED)
        killed = _distributed().KilledWorker
        return Outcome(None, BROKE if isinstance(error, killed) else NOT_STARTED)

    def _stop(self, futures: list[Any], *, for_good: bool = False) -> None:
        """Take back what did not begin, and end the children of what did."""
        if self._client.status != "running":
            return
        self._client.cancel(futures, force=True)
        with self._lock:
            self._running.difference_update(futures)
        self._client.run(_end_children, self._name, for_good=for_good, on_error="ignore")


def _distributed() -> Any:
    try:
        import distributed  # noqa: PLC0415 -- an extra
    except ImportError as error:
        raise ToolMissing(
            "Dask is not installed; work on several machines needs it.", hint="Run: pip install 'vaughn[dask]'"
        ) from error
    return distributed


# -- what runs in a Dask worker ---------------------------------------------------------------------------------------

_NUMBERS = itertools.count()
_POOLS: dict[str, WorkerPool] = {}
_ENDED: set[str] = set()
_POOLS_LOCK = threading.Lock()


def _run_in_child(call: Job, name: str, reach: Reach) -> Outcome:
    """Return what *call* brought, in a child of this worker's pool for the executor *name*."""
    with _POOLS_LOCK:
        if name in _ENDED:
            return Outcome(None, CANCELLED)
        pool = _POOLS.get(name)
        if pool is None:
            pool = _POOLS[name] = WorkerPool(readable=map(Path, reach.readable), spool=reach.spool)
    return pool.run_call(call)


def _end_children(name: str, *, for_good: bool) -> None:
    """End the children of the executor *name* here; a task that comes later gets new ones, unless it is *for_good*."""
    with _POOLS_LOCK:
        pool = _POOLS.pop(name, None)
        if for_good:
            _ENDED.add(name)
    if pool is not None:
        pool.close()
