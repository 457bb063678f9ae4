"""What the server keeps between calls: the open case with everything that hangs on it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Annotated, Self

from fastapi import Depends, Request

from vaughn.app.api.incoming import Incoming
from vaughn.app.api.pictures import PictureCache
from vaughn.app.jobs import Job, JobRunner
from vaughn.app.opening import actor, now, open_to_read, open_to_write
from vaughn.app.recent import remember_case
from vaughn.fulltext import TextIndex, pages_behind
from vaughn.model import Case, ProductionState, StateError
from vaughn.store import CaseFile
from vaughn.work import PageRenderer

# A change made by hand waits this long for a job that is just storing something.
_WAIT_SECONDS = 5.0
_COMMAND = "workbench"


class OpenCase:
    """One case, open for reading; it is opened for writing only for moments, and by jobs."""

    def __init__(self, path: Path) -> None:
        """Open the case at *path*."""
        self.path = path.resolve()
        self.file = open_to_read(self.path, _COMMAND)
        self.index = TextIndex(self.file.fulltext)
        self.renderer = PageRenderer()
        self.pictures = PictureCache()
        self.incoming = Incoming(self.file.incoming / "uploads")
        self.jobs = JobRunner(clock=now, ended=self._job_done)
        self._uses = 0
        self._closing = False
        self._lock = threading.Lock()
        remember_case(self.path, self.file.case().caption, at=now())

    def resume(self) -> None:
        """Go on with what an earlier run left half done."""
        states = {production.id: production.state for production in self.file.productions()}
        for production_id, state in states.items():
            if state in (ProductionState.LINKING, ProductionState.READING):
                self.add_job("resume", production_id=production_id, resumed=production_id)
        if ProductionState.COPYING not in states.values():
            self.incoming.remove_all()
        if self.jobs.is_idle and pages_behind(self.file, self.index):
            self.add_job("index")

    def add_job(self, kind: str, *, production_id: int | None = None, **order: str | int | bool | None) -> Job:
        """Put work at the end of the line."""
        return self.jobs.add(kind, {**order, "case": str(self.path)}, production_id=production_id)

    @contextmanager
    def writing(self) -> Iterator[CaseFile]:
        """Open the case for writing for a moment.

        Raises:
            CaseInUse: If a job, or another program, is writing for longer.
        """
        with open_to_write(self.path, _COMMAND, wait_seconds=_WAIT_SECONDS) as case:
            yield case

    @contextmanager
    def use(self) -> Iterator[Self]:
        """Keep the case open while a call is answered."""
        with self._lock:
            self._uses += 1
        try:
            yield self
        finally:
            with self._lock:
                self._uses -= 1
                last = self._closing and not self._uses
            if last:
                self._close_now()

    def close(self) -> None:
        """Stop the jobs, and close the case when the last call is answered."""
        self.jobs.close()
        with self._lock:
            self._closing = True
            last = not self._uses
        if last:
            self._close_now()

    def _close_now(self) -> None:
        self.renderer.close()
        self.file.close()

    def _job_done(self, job: Job) -> None:
        upload = job.order.get("upload_id")
        if upload:
            self.incoming.remove(str(upload))


class Workbench:
    """The one case that is open at a time, if any."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: OpenCase | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def open(self, path: Path) -> None:
        """Open the case at *path* in the place of the one that was open."""
        opened = OpenCase(path)
        with self._lock:
            before, self._open = self._open, opened
        if before is not None:
            before.close()
        opened.resume()

    def create(self, path: Path, case: Case) -> None:
        """Make a case at *path* and open it."""
        CaseFile.create(path, case, actor=actor(_COMMAND)).close()
        self.open(path)

    def close(self) -> None:
        """Close the open case."""
        with self._lock:
            before, self._open = self._open, None
        if before is not None:
            before.close()

    @contextmanager
    def using(self) -> Iterator[OpenCase]:
        """Hand out the open case for one call.

        Raises:
            StateError: If none is open.
        """
        with self._lock:
            opened = self._open
            if opened is None:
                raise StateError("No case is open.", hint="Make or open a case first.")
            use = opened.use()
            use.__enter__()
        try:
            yield opened
        finally:
            use.__exit__(None, None, None)

    @property
    def is_open(self) -> bool:
        """Whether a case is open."""
        return self._open is not None

    def has_jobs(self, runner: JobRunner) -> bool:
        """Tell whether *runner* still is that of the open case."""
        opened = self._open
        return opened is not None and opened.jobs is runner


def workbench(request: Request) -> Workbench:
    """Return the workbench of the server."""
    held: Workbench = request.app.state.workbench
    return held


def _open_case(held: Annotated[Workbench, Depends(workbench)]) -> Iterator[OpenCase]:
    with held.using() as case:
        yield case


TheWorkbench = Annotated[Workbench, Depends(workbench)]
TheCase = Annotated[OpenCase, Depends(_open_case)]
