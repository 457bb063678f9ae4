"""Second step of taking in, last part: long files are read in ranges of pages, each a task of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from vaughn.collect.lineage import PagesTask
from vaughn.collect.names import last_name
from vaughn.collect.steps.filing import FILE_TASKS, PAGES_TASK, Filing
from vaughn.formats.pages import PackedPage, stored_layer, stored_source
from vaughn.formats.readers import ReadingRequest, read_record_pages
from vaughn.model import Finding, Place, TextSource, finding
from vaughn.store import PageReading, Progress, Task
from vaughn.work import Executor, Failure, FailureKind, reading_limits
from vaughn.work import Task as WorkTask

_LEASE = 32
_LEASE_SECONDS = 6 * 3600.0
_SAVE_PAGES = 400
_MOST_ATTEMPTS = 2


@dataclass(frozen=True, slots=True)
class _Range:
    task: Task
    pages: PagesTask
    path: str


@dataclass(frozen=True, slots=True)
class _Result:
    range: _Range
    readings: tuple[PageReading, ...]
    finding: Finding | None
    failure: Failure | None

    @property
    def is_last(self) -> bool:
        """Whether the range is not tried again now."""
        if self.failure is None or self.failure.kind is FailureKind.REFUSED:
            return True
        return self.range.task.attempts >= _MOST_ATTEMPTS


def read_long_files(filing: Filing, *, executor: Executor, passwords: tuple[str, ...], progress: Progress) -> None:
    """Read the ranges of pages that wait."""
    case, number = filing.case, filing.production_id
    counts = case.task_counts(number, PAGES_TASK)
    done, total = counts.done + counts.failed, counts.done + counts.failed + counts.waiting
    waiting: list[_Result] = []
    for finished in executor.map_unordered(_tasks(filing, passwords)):
        own, failure = cast("_Range", finished.task.key), finished.outcome.failure
        if failure is not None and failure.kind is FailureKind.CANCELLED:
            continue
        waiting.append(_result(own, finished.outcome.value, failure))
        if sum(len(one.readings) for one in waiting) >= _SAVE_PAGES:
            _save(filing, waiting)
            done += len(waiting)
            waiting = []
            progress("reading long files", done, total)
    _save(filing, waiting)


def _tasks(filing: Filing, passwords: tuple[str, ...]) -> Iterator[WorkTask]:
    case, number = filing.case, filing.production_id
    while case.pause_asked() is None:
        with case.writing("tasks.taken", production=number) as change:
            tasks = change.lease(_LEASE, seconds=_LEASE_SECONDS, production_id=number, kind=PAGES_TASK)
        if not tasks:
            return
        for task in tasks:
            own = PagesTask.from_payload(task.payload)
            file = case.taken_file(number, own.file_id, kinds=FILE_TASKS)
            if file is not None and file.sha256 is not None:
                stored = case.blobs.path(file.sha256).absolute()
                request = ReadingRequest(stored, file.media_type, last_name(file.path), passwords)
                limits = reading_limits(own.last - own.first + 1)
                arguments = (stored, request, own.first, own.last)
                yield WorkTask(_Range(task, own, file.path), read_record_pages, arguments, limits)


def _result(own: _Range, value: object, failure: Failure | None) -> _Result:
    pages, first = own.pages, own.pages.page_id - own.pages.first
    place = Place(own.path, document_id=pages.document_id, page_id=pages.page_id)
    if failure is not None:
        ids = range(pages.page_id, pages.page_id + pages.last - pages.first + 1)
        message = f"Pages {pages.first} to {pages.last} could not be read. {failure.reason}"
        lost = tuple(PageReading(page_id, None, TextSource.FAILED) for page_id in ids)
        return _Result(own, lost, finding(failure.code or "FL006", message, place=place), failure)
    read = cast("tuple[PackedPage, ...]", value)
    readings = tuple(
        PageReading(
            first + page.number,
            page.size,
            stored_source(page),
            words=page.packed if page.characters else None,
            layer=stored_layer(page),
        )
        for page in read
    )
    return _Result(own, readings, None, None)


def _save(filing: Filing, results: list[_Result]) -> None:
    """Store results and close their tasks in one change."""
    if not results:
        return
    with filing.case.writing("pages.read", production=filing.production_id) as change:
        final = [result for result in results if result.is_last]
        change.save_pages(reading for result in final for reading in result.readings)
        change.add_findings(filing.run_id, [result.finding for result in final if result.finding is not None])
        for result in results:
            if result.failure is None:
                change.finish(result.range.task.id)
            else:
                code = result.failure.code or "FL006"
                change.fail(result.range.task.id, result.failure.reason, code=code, final=result.is_last)
        change.note(pages=sum(len(result.readings) for result in final))
