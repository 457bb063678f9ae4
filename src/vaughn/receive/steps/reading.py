"""Third step of receiving: pages are read for sizes, words and stamped numbers, each file in a child process."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from vaughn.formats.pages import (
    PackedPage,
    TextFile,
    pack_words,
    read_packed,
    read_text,
    unpack_text,
)
from vaughn.model import Finding, PageText, Place, SourceFile, TextSource, finding
from vaughn.receive.stamps import growing_prefixes, stamped_in_text, stamped_number
from vaughn.receive.steps.storing import READ_TASK, TEXT_TASK
from vaughn.receive.tasks import PAGES_PER_TASK, ReadingTask, TextTask, shared_out
from vaughn.store import CaseFile, PageReading, Progress, Task, Writing
from vaughn.work import Failure, WorkerPool, reading_limits
from vaughn.work import Task as WorkTask

# Tasks taken at once, and results stored at once: a crash costs reading this much again.
_LEASE = 64
_LEASE_SECONDS = 6 * 3600.0
_SAVE_EVERY = 8
# A task that was lost with the whole program (not with its child) is given back this often.
_MOST_RETURNS = 5
_RETURN_MARK = "+"
READ_RUN = "read"


def read_production(case: CaseFile, production_id: int, *, pool: WorkerPool, progress: Progress) -> None:
    """Read every page of a production that is not read yet, then put the text files onto pages without words."""
    files = {file.id: file for file in case.source_files(production_id)}
    run_id = _begin(case, production_id)
    work = _Reading(case, production_id, run_id, files, pool, progress)
    work.run(READ_TASK, work.read_files)
    work.run(TEXT_TASK, work.read_texts)


def _begin(case: CaseFile, production_id: int) -> int:
    """Give back what a stopped program had taken, and return the run that findings go to."""
    runs = [run for run in case.check_runs(production_id) if run.kind == READ_RUN]
    with case.writing("production.reading", production=production_id) as change:
        change.return_leases(at_once=True)
        for kind in (READ_TASK, TEXT_TASK):
            _give_back(case, change, production_id, kind)
        return runs[0].id if runs else change.add_check_run(production_id, READ_RUN, findings=())


def _give_back(case: CaseFile, change: Writing, production_id: int, kind: str) -> None:
    from vaughn.store import NewTask  # noqa: PLC0415

    lost = [task for task in case.failed_tasks(production_id, kind) if task.reason == LOST]
    change.add_tasks(
        production_id,
        kind,
        (
            NewTask(task.key + _RETURN_MARK, task.payload)
            for task in lost
            if task.key.count(_RETURN_MARK) < _MOST_RETURNS
        ),
    )


LOST = "The worker was lost twice while it had this task."


@dataclass(slots=True)
class _Result:
    """What one task brought: pages to store, findings, and whether it is to be called failed."""

    task: Task
    pages: list[PageReading]
    findings: list[Finding]
    failure: str | None = None


@dataclass(slots=True)
class _Reading:
    case: CaseFile
    production_id: int
    run_id: int
    files: dict[int, SourceFile]
    pool: WorkerPool
    progress: Progress

    def run(self, kind: str, read: Callable[[Sequence[Task]], Iterator[_Result]]) -> None:
        """Do all waiting tasks of one kind."""
        while True:
            with self.case.writing("tasks.taken", production=self.production_id) as change:
                tasks = change.lease(_LEASE, seconds=_LEASE_SECONDS, production_id=self.production_id, kind=kind)
            if not tasks:
                return
            waiting: list[_Result] = []
            for result in read(tasks):
                waiting.append(result)
                if len(waiting) >= _SAVE_EVERY:
                    self._save(kind, waiting)
                    waiting = []
            self._save(kind, waiting)

    def _save(self, kind: str, results: list[_Result]) -> None:
        """Store results and close their tasks in one change."""
        if results:
            with self.case.writing("pages.read", production=self.production_id) as change:
                change.save_pages(page for result in results for page in result.pages)
                change.add_findings(self.run_id, [found for result in results for found in result.findings])
                for result in results:
                    if result.failure is None:
                        change.finish(result.task.id)
                    else:
                        change.fail(result.task.id, result.failure, final=True)
                change.note(pages=sum(len(result.pages) for result in results))
        counts = self.case.task_counts(self.production_id, kind)
        done = counts.done + counts.failed
        self.progress(
            "reading pages" if kind == READ_TASK else "reading texts", done, done + counts.waiting + counts.leased
        )

    # -- files with pages -----------------------------------------------------------------------------------------

    def read_files(self, tasks: Sequence[Task]) -> Iterator[_Result]:
        """Yield what the page files say."""
        for done in self.pool.map_unordered(self._file_tasks(tasks)):
            task = cast("Task", done.task.key)
            yield self._read_file(task, done.outcome.value, done.outcome.failure)

    def _file_tasks(self, tasks: Sequence[Task]) -> Iterator[WorkTask]:
        for task in tasks:
            read = ReadingTask.from_payload(task.payload)
            file = self.files[read.file_id]
            if file.blob is not None:
                limits = reading_limits(read.last - read.first + 1)
                path = self.case.blobs.path(file.blob.sha256)
                yield WorkTask(task, read_packed, (path, file.media_type, read.first, read.last), limits)

    def _read_file(self, task: Task, value: object, failure: Failure | None) -> _Result:
        read = ReadingTask.from_payload(task.payload)
        file = self.files[read.file_id]
        ids = read.page_ids()
        if failure is not None:
            failed = [PageReading(page_id, None, TextSource.FAILED) for own in ids.values() for page_id in own]
            # One finding a file, and an empty file was told of when it was copied.
            told = read.first > PAGES_PER_TASK or file.blob is None or file.blob.size_bytes == 0
            found = [] if told else [finding(failure.code or "FL006", failure.reason, place=Place(path=file.path))]
            return _Result(task, failed, found, failure.reason)
        packed = cast("tuple[PackedPage, ...]", value)
        growing = growing_prefixes({page.number: [stamp.text for stamp in page.stamps] for page in packed})
        pages = []
        for page in packed:
            for page_id in ids.pop(page.number, []):
                pages.append(self._page(page, page_id, growing))
        found = []
        if ids:
            pages += [PageReading(page_id, None, TextSource.FAILED) for own in ids.values() for page_id in own]
            message = f"Page {min(ids)} of the file is named, and the file has fewer pages; {len(ids)} pages."
            found = [finding("FL013", message, place=Place(path=file.path), count=len(ids))]
        return _Result(task, pages, found)

    def _page(self, page: PackedPage, page_id: int, growing: Counter[str]) -> PageReading:
        stamps = [candidate.text for candidate in page.stamps]
        stored = self.case.page(page_id)
        label = stored.label if stored else None
        stamped = stamped_number(stamps, label, growing)
        if stamped is None and label is not None and page.characters:
            stamped = stamped_in_text(unpack_text(page.packed), label)
        words = page.packed if page.characters else None
        return PageReading(page_id, page.size, page.source, stamped, words)

    # -- text files -----------------------------------------------------------------------------------------------

    def read_texts(self, tasks: Sequence[Task]) -> Iterator[_Result]:
        """Yield the text files' words for pages that have none of their own."""
        for done in self.pool.map_unordered(self._text_tasks(tasks)):
            task = cast("Task", done.task.key)
            yield self._read_text(task, done.outcome.value, done.outcome.failure)

    def _text_tasks(self, tasks: Sequence[Task]) -> Iterator[WorkTask]:
        for task in tasks:
            file = self.files[TextTask.from_payload(task.payload).file_id]
            if file.blob is not None:
                yield WorkTask(task, read_text, (self.case.blobs.path(file.blob.sha256),))

    def _read_text(self, task: Task, value: object, failure: Failure | None) -> _Result:
        read = TextTask.from_payload(task.payload)
        file = self.files[read.file_id]
        if failure is not None:
            found = finding(failure.code or "FL006", failure.reason, place=Place(path=file.path))
            return _Result(task, [], [found] if file.blob and file.blob.size_bytes else [], failure.reason)
        texts = shared_out(cast("TextFile", value).page_texts, read.page_count)
        pages = []
        for offset, text in enumerate(texts):
            page = self.case.page(read.first_page_id + offset)
            if page is None or not text.strip() or page.text_source in {TextSource.EMBEDDED, TextSource.OCR}:
                continue
            pages.append(
                PageReading(page.id, page.size, TextSource.TEXT_FILE, page.stamped, pack_words(PageText(text, ())))
            )
        return _Result(task, pages, [])


def is_read(case: CaseFile, production_id: int) -> bool:
    """Tell whether no page of a production waits to be read."""
    counts = case.task_counts(production_id)
    return counts.waiting == 0 and counts.leased == 0
