"""Long work beside the workbench: one child process at a time, watched line by line.

The child opens the case for writing and does what the command line would do; the server only reads. A child that
is stopped, or dies, leaves a case that can be resumed, because every step of receiving can. Work in the background
(reading scans) makes way for everything else in just this manner: its child is stopped, and goes on afterwards.
What the child says comes as JSON lines on its standard output (`Report`); nothing a record says is in them.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from vaughn.app.log import log_failure
from vaughn.app.main import EXIT_STOPPED
from vaughn.store import JobState

_STOP_SECONDS = 10.0
JOB_COMMAND: Final = (sys.executable, "-m", "vaughn.app.jobchild")


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of long work as people see it; `total` is 0 while unknown.

    Args:
        order: What the child is told on its standard input.
        in_background: Whether it makes way for every other job and for changes made by hand.
        version: Counts up with every change, over all jobs.
    """

    id: int
    kind: str
    production_id: int | None
    state: JobState
    order: Mapping[str, Any]
    in_background: bool = False
    step: str = ""
    done: int = 0
    total: int = 0
    message: str | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    version: int = 0

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in (JobState.DONE, JobState.FAILED)


class JobRunner:
    """The jobs of one open case, in the order they were given, those in the background last.

    Args:
        clock: Gives the present moment, aware and in UTC.
        ended: Called with each job that was done and what its child said, before anybody else hears of it.
        command: Starts a child; the job stands on its standard input.
    """

    def __init__(
        self,
        *,
        clock: Callable[[], datetime],
        ended: Callable[[Job, Mapping[str, Any]], None],
        command: Sequence[str] = JOB_COMMAND,
    ) -> None:
        self._command = tuple(command)
        self._clock = clock
        self._ended = ended
        self._changed = threading.Condition()
        self._jobs: dict[int, Job] = {}
        self._waiting: deque[int] = deque()
        self._later: deque[int] = deque()
        self._child: subprocess.Popen[str] | None = None
        self._running = 0
        self._stopping = False  # the running child was asked to end
        self._making_way = False  # ... and its job is to go on afterwards
        self._held_back = 0
        self._version = 0
        self._secrets: dict[int, Mapping[str, Any]] = {}
        self._closing = False
        self._thread: threading.Thread | None = None

    def add(
        self,
        kind: str,
        order: Mapping[str, Any],
        *,
        production_id: int | None = None,
        in_background: bool = False,
        secret: Mapping[str, Any] | None = None,
    ) -> Job:
        """Put a job at the end of the line; the child is told *secret* as well, and nobody after it has begun."""
        with self._changed:
            number = len(self._jobs) + 1
            self._secrets[number] = secret or {}
            job = Job(number, kind, production_id, JobState.WAITING, {**order, "kind": kind}, in_background)
            job = self._put(job)
            if in_background:
                self._later.append(job.id)
            else:
                self._waiting.append(job.id)
                self._make_way()
            self._start()
        return job

    @contextmanager
    def background_held(self, *, seconds: float = _STOP_SECONDS) -> Iterator[None]:
        """Keep work in the background from running, waiting up to *seconds* for its end: somebody wants to write."""
        with self._changed:
            self._held_back += 1
            self._make_way()
            self._changed.wait_for(lambda: not self._runs_in_background(), timeout=seconds)
        try:
            yield
        finally:
            with self._changed:
                self._held_back -= 1
                self._start()

    def _start(self) -> None:
        if self._thread is None and (self._waiting or self._later):
            self._thread = threading.Thread(target=self._work, name="jobs", daemon=True)
            self._thread.start()
        self._changed.notify_all()

    def _runs_in_background(self) -> bool:
        return bool(self._running) and self._jobs[self._running].in_background

    def _make_way(self) -> None:
        if self._runs_in_background() and not self._stopping:
            self._making_way = True
            self._stop_running()

    def _stop_running(self) -> None:
        self._stopping = True
        if self._child is not None:
            self._child.terminate()

    def all(self, *, newer_than: int = 0) -> list[Job]:
        """Return the jobs that changed after version *newer_than*, oldest first."""
        with self._changed:
            return [job for job in self._jobs.values() if job.version > newer_than]

    def one(self, job_id: int) -> Job | None:
        """Return one job."""
        with self._changed:
            return self._jobs.get(job_id)

    @property
    def is_idle(self) -> bool:
        """Whether nothing runs or waits."""
        with self._changed:
            return all(job.is_over for job in self._jobs.values())

    def wait_for(self, job_id: int, until: Callable[[Job], bool], *, seconds: float) -> Job:
        """Return the job once *until* holds, it is over, or *seconds* have passed."""
        with self._changed:
            self._changed.wait_for(lambda: self._jobs[job_id].is_over or until(self._jobs[job_id]), timeout=seconds)
            return self._jobs[job_id]

    def cancel(self, job_id: int) -> None:
        """Take a waiting job out of the line, or ask the running one to stop; it can be resumed later."""
        with self._changed:
            job = self._jobs.get(job_id)
            if job is None or job.is_over:
                return
            if job.state is JobState.WAITING:
                (self._later if job.in_background else self._waiting).remove(job_id)
                self._secrets.pop(job_id, None)
                self._put(replace(job, state=JobState.FAILED, message="Stopped.", ended_at=self._clock()))
                return
            self._making_way = False
            self._stop_running()

    def close(self) -> None:
        """Stop the running child, forget the waiting jobs and return when the child has ended."""
        with self._changed:
            self._closing = True
            self._waiting.clear()
            self._later.clear()
            self._making_way = False
            child, thread = self._child, self._thread
            self._changed.notify_all()
        if child is not None:
            _end(child)
        if thread is not None and thread is not threading.current_thread():
            thread.join(_STOP_SECONDS)

    def _put(self, job: Job) -> Job:
        self._version += 1
        job = replace(job, version=self._version)
        self._jobs[job.id] = job
        self._changed.notify_all()
        return job

    def _change(self, job_id: int, **changes: Any) -> Job:
        with self._changed:
            return self._put(replace(self._jobs[job_id], **changes))

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._closing or self._waiting or not self._later or not self._held_back)
                if self._closing or not (self._waiting or self._later):
                    self._thread = None
                    return
                job_id = (self._waiting or self._later).popleft()
                self._running, self._stopping, self._making_way = job_id, False, False
            self._run(job_id)

    def _run(self, job_id: int) -> None:
        job = self._change(job_id, state=JobState.RUNNING, started_at=self._jobs[job_id].started_at or self._clock())
        said: dict[str, Any] = {}
        try:
            code = self._watch(job, said)
        except OSError as error:
            log_failure(error)
            code = -1
        moment = self._clock()
        if code == 0 and "error" not in said:
            self._ended(self._jobs[job_id], said)
            self._end_of(job_id, state=JobState.DONE, ended_at=moment, message=said.get("message"), step="")
        else:
            stopped = code == EXIT_STOPPED or "error" not in said
            if stopped and self._making_way:
                self._end_of(job_id, state=JobState.WAITING)
                return
            message = "The work was stopped; it can be resumed." if stopped else said["error"]
            self._end_of(job_id, state=JobState.FAILED, ended_at=moment, message=message)

    def _end_of(self, job_id: int, **changes: Any) -> None:
        """Write down how the running job ended; one that made way goes back to the line and counts on."""
        with self._changed:
            self._running = 0
            job = replace(self._jobs[job_id], **changes)
            if job.state is JobState.WAITING:
                self._later.appendleft(job_id)
                job = replace(job, order={**job.order, "done_before": job.done})
            self._put(job)

    def _watch(self, job: Job, said: dict[str, Any]) -> int:
        """Run the child of *job*, pass on its progress, collect the rest in *said*; return its exit code."""
        child = subprocess.Popen(  # noqa: S603 - our own module, arguments on standard input
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=_environment(),
        )
        with child:
            with self._changed:
                self._child = child
                if self._closing or self._stopping:
                    child.terminate()
            if child.stdin is None or child.stdout is None:
                raise OSError("no pipes")
            try:
                child.stdin.write(json.dumps({**job.order, **self._secrets.pop(job.id, {})}))
                child.stdin.close()
            except BrokenPipeError:
                pass  # It ended before it began; its exit code says so.
            for line in child.stdout:
                self._hear(job.id, line, said)
        with self._changed:
            self._child = None
        return child.returncode

    def _hear(self, job_id: int, line: str, said: dict[str, Any]) -> None:
        try:
            report = json.loads(line)
        except ValueError:
            return  # A library printed something; it is not ours and is not shown.
        if not isinstance(report, dict):
            return
        if "step" in report:
            self._change(job_id, step=str(report["step"]), done=int(report["done"]), total=int(report["total"]))
        elif "production_id" in report:
            self._change(job_id, production_id=int(report["production_id"]))
        else:
            said.update(report)


def _environment() -> dict[str, str]:
    """Return the environment of a child: it must find the same code as this process, however that was started."""
    root = str(Path(__file__).parents[2])
    paths = [root, *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(dict.fromkeys(paths)), "PYTHONIOENCODING": "utf-8"}


def _end(child: subprocess.Popen[str]) -> None:
    child.terminate()
    try:
        child.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
