"""Long work beside the workbench: one child process at a time, watched line by line.

The child opens the case for writing and does what the command line would do; the server only reads. A child that
is stopped, or dies, leaves a case that can be resumed, because every step of receiving can. What the child says
comes as JSON lines on its standard output (`Report`); nothing a record says is in them.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Any, Final

from vaughn.app.log import log_failure
from vaughn.app.main import EXIT_STOPPED

_STOP_SECONDS = 10.0
JOB_COMMAND: Final = (sys.executable, "-m", "vaughn.app.jobchild")


class JobState(Enum):
    """How far a job has come."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of long work as people see it; `total` is 0 while unknown.

    Args:
        order: What the child is told on its standard input.
        version: Counts up with every change, over all jobs.
    """

    id: int
    kind: str
    production_id: int | None
    state: JobState
    order: Mapping[str, Any]
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
    """The jobs of one open case, in the order they were given.

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
        self._child: subprocess.Popen[str] | None = None
        self._running = 0
        self._version = 0
        self._closing = False
        self._thread: threading.Thread | None = None

    def add(self, kind: str, order: Mapping[str, Any], *, production_id: int | None = None) -> Job:
        """Put a job at the end of the line."""
        with self._changed:
            job = Job(len(self._jobs) + 1, kind, production_id, JobState.WAITING, {**order, "kind": kind})
            job = self._put(job)
            self._waiting.append(job.id)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="jobs", daemon=True)
                self._thread.start()
        return job

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
                self._waiting.remove(job_id)
                self._put(replace(job, state=JobState.FAILED, message="Stopped.", ended_at=self._clock()))
                return
            child = self._child if self._running == job_id else None
        if child is not None:
            child.terminate()

    def close(self) -> None:
        """Stop the running child, forget the waiting jobs and return when the child has ended."""
        with self._changed:
            self._closing = True
            self._waiting.clear()
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
                if self._closing or not self._waiting:
                    self._thread = None
                    return
                job_id = self._waiting.popleft()
            self._run(job_id)

    def _run(self, job_id: int) -> None:
        job = self._change(job_id, state=JobState.RUNNING, started_at=self._clock())
        said: dict[str, Any] = {}
        try:
            code = self._watch(job, said)
        except OSError as error:
            log_failure(error)
            code = -1
        moment = self._clock()
        if code == 0 and "error" not in said:
            self._ended(self._jobs[job_id], said)
            self._change(job_id, state=JobState.DONE, ended_at=moment, message=said.get("message"), step="")
        else:
            stopped = code == EXIT_STOPPED or "error" not in said
            message = "The work was stopped; it can be resumed." if stopped else said["error"]
            self._change(job_id, state=JobState.FAILED, ended_at=moment, message=message)

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
                self._child, self._running = child, job.id
                stopping = self._closing
            if stopping:
                child.terminate()
            if child.stdin is None or child.stdout is None:
                raise OSError("no pipes")
            try:
                child.stdin.write(json.dumps(job.order))
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
