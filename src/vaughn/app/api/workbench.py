"""What the server keeps between calls: the open case with everything that hangs on it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Annotated, Any, Self

from fastapi import Depends, Request

from vaughn.app.api.incoming import Incoming
from vaughn.app.api.pictures import PictureCache
from vaughn.app.jobs import Job, JobRunner
from vaughn.app.log import log_failure
from vaughn.app.opening import actor, now, open_to_read, open_to_write
from vaughn.app.people import People, people_of
from vaughn.app.receiving import scans_left
from vaughn.app.recent import remember_case
from vaughn.app.renditions import Renditions
from vaughn.fulltext import TextIndex
from vaughn.model import Case, ProductionState, StateError, VaughnError
from vaughn.store import CaseFile, ProductionCounts
from vaughn.work import PageRenderer, WorkerPool

# A change made by hand waits this long for a job that is just storing something.
_WAIT_SECONDS = 5.0
_COMMAND = "workbench"
# The renderer has two children; a little more keeps both at work.
_DRAWING_AT_ONCE = 3
_MOST_KNOWN = 8  # answers kept until the case changes
SCANS = "scans"  # the kind of job that reads scans by OCR


@dataclass(frozen=True, slots=True)
class CaseFigures:
    """Counts of a case as of one entry of its event log."""

    head: int
    counts: ProductionCounts
    worded_pages: int


class OpenCase:
    """One case, open for reading; it is opened for writing only for moments, and by jobs."""

    def __init__(self, path: Path, *, draws_soon: bool = True) -> None:
        """Open the case at *path*.

        Args:
            draws_soon: Whether somebody is about to look at pages: the child that draws is started at leisure.
        """
        self.path = path.resolve()
        self._draws_soon = draws_soon
        self.file = open_to_read(self.path, _COMMAND)
        self.index = TextIndex(self.file.fulltext)
        self.renderer = PageRenderer(readable=(self.file.blobs.folder, self.file.derived))
        # Messages, sheets and page counts that somebody looks at are read in a child of their own.
        self.reading = WorkerPool(1, readable=(self.file.blobs.folder, self.file.derived))
        self.renditions = Renditions(self.file)
        self.pictures = PictureCache()
        # Waiting for a picture holds no thread, so that lists and words come while pages are drawn.
        self.drawing = asyncio.Semaphore(_DRAWING_AT_ONCE)
        self.incoming = Incoming(self.file.incoming / "uploads")
        self.jobs = JobRunner(clock=now, ended=self._job_done)
        self._uses = 0
        self._closing = False
        self._opened = threading.Event()
        self._figures: CaseFigures | None = None
        self._known: dict[str, tuple[int, Any]] = {}
        self._people: tuple[Hashable, People] | None = None
        self._lock = threading.Lock()
        remember_case(self.path, self.file.case().caption, at=now())

    def resume(self) -> None:
        """Go on with what an earlier run left half done."""
        states = {production.id: production.state for production in self.file.productions()}
        taken_in = {handover.production_id for handover in self.file.handovers()}
        for production_id, state in states.items():
            if state is ProductionState.READING and production_id in taken_in:
                self.add_job("carry on", production_id=production_id, taking=production_id)
            elif state in (ProductionState.LINKING, ProductionState.READING):
                self.add_job("resume", production_id=production_id, resumed=production_id)
        if ProductionState.COPYING not in states.values():
            self.incoming.remove_all()
        # A case that an older version made has pages whose language nobody has told.
        if self.jobs.is_idle and (self.pages_behind() or self.file.has_untold_pages()):
            self.add_job("index")
        threading.Thread(target=self._begin_at_leisure, name="opening", daemon=True).start()

    def wait_until_opened(self) -> None:
        """Return when what was begun with opening is known: the jobs are all in the line then."""
        self._opened.wait()

    def _begin_at_leisure(self) -> None:
        """Do what nobody waits for while the case opens: start the child that draws, look for waiting scans."""
        try:
            with self.use():
                if self._draws_soon:
                    self.renderer.warm()
                for production in self.file.productions():
                    if production.state is ProductionState.LOADED and scans_left(self.file, production.id):
                        self._read_scans_of(production.id)
        except VaughnError as error:
            log_failure(error)
        finally:
            self._opened.set()

    def _read_scans_of(self, production_id: int) -> None:
        """Read scans while nothing else is to be done, unless that is planned already."""
        planned = (
            job.kind == SCANS and job.production_id == production_id and not job.is_over for job in self.jobs.all()
        )
        if not any(planned):
            self.jobs.add(
                SCANS,
                {"case": str(self.path), "scanned": production_id},
                production_id=production_id,
                in_background=True,
            )

    def figures(self) -> CaseFigures:
        """Return how much there is in the case; counted again only when it has changed."""
        head = self.file.head().sequence
        with self._lock:
            known = self._figures
        if known is None or known.head != head:
            known = CaseFigures(head, self.file.counts(), self.file.worded_page_count())
            with self._lock:
                self._figures = known
        return known

    def pages_behind(self) -> int:
        """Return how many pages with words cannot be searched yet."""
        return max(0, self.figures().worded_pages - len(self.index))

    def add_job(
        self, kind: str, *, production_id: int | None = None, secret: Mapping[str, Any] | None = None, **order: Any
    ) -> Job:
        """Put work at the end of the line; the child alone is told *secret*."""
        order = {**order, "case": str(self.path)}
        return self.jobs.add(kind, order, production_id=production_id, secret=secret)

    def as_of_now(self, key: str, make: Callable[[], Any]) -> Any:
        """Return what *make* reads from the case; it is called again only when the case has changed."""
        head = self.file.head().sequence
        with self._lock:
            known = self._known.get(key)
        if known is None or known[0] != head:
            known = (head, make())
            with self._lock:
                self._known[key] = known
                while len(self._known) > _MOST_KNOWN:
                    del self._known[next(iter(self._known))]
        return known[1]

    def people(self) -> People:
        """Return whom the records name; looked up again only when records or the alias table have changed."""
        state = self.file.people_state()
        with self._lock:
            held = self._people
        if held is None or held[0] != state:
            held = (state, people_of(self.file))
            with self._lock:
                self._people = held
        return held[1]

    @contextmanager
    def writing(self) -> Iterator[CaseFile]:
        """Open the case for writing for a moment; work in the background makes way.

        Raises:
            CaseInUse: If a job, or another program, is writing for longer.
        """
        with (
            self.jobs.background_held(seconds=_WAIT_SECONDS),
            open_to_write(self.path, _COMMAND, wait_seconds=_WAIT_SECONDS) as case,
        ):
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
        self.reading.close()
        self.renditions.close()
        self.file.close()

    def _job_done(self, job: Job, said: Mapping[str, Any]) -> None:
        upload = job.order.get("upload_id")
        if upload:
            self.incoming.remove(str(upload))
        if said.get("scans_left") and job.production_id is not None:
            # A large pile of scans is read afterwards: people can begin with the rest.
            self._read_scans_of(job.production_id)


class Workbench:
    """The one case that is open at a time, if any.

    Args:
        draws_soon: Whether the first page of a case is likely to be looked at; see `OpenCase`.
    """

    def __init__(self, *, draws_soon: bool = True) -> None:
        self._draws_soon = draws_soon
        self._lock = threading.Lock()
        self._open: OpenCase | None = None
        self.is_ending: Callable[[], bool] = lambda: False  # Whether the server was asked to stop.

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def open(self, path: Path) -> None:
        """Open the case at *path* in the place of the one that was open."""
        opened = OpenCase(path, draws_soon=self._draws_soon)
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
        return opened is not None and opened.jobs is runner and not self.is_ending()


def workbench(request: Request) -> Workbench:
    """Return the workbench of the server."""
    held: Workbench = request.app.state.workbench
    return held


def _open_case(held: Annotated[Workbench, Depends(workbench)]) -> Iterator[OpenCase]:
    with held.using() as case:
        yield case


TheWorkbench = Annotated[Workbench, Depends(workbench)]
TheCase = Annotated[OpenCase, Depends(_open_case)]
