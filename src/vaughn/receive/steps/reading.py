"""Third step of receiving: pages are read for sizes, words and stamped numbers, each file in a child process."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from vaughn.formats.loadfile import Dialect, read_row
from vaughn.formats.pages import (
    PackedPage,
    TextFile,
    pack_words,
    read_packed,
    read_text,
    stored_layer,
    stored_source,
    unpack_text,
)
from vaughn.model import BatesNumber, Finding, PageText, Place, SourceFile, TextSource, finding
from vaughn.receive.name_numbers import spelled_number, stem_of
from vaughn.receive.stamps import growing_prefixes, stamped_in_text, stamped_number
from vaughn.receive.steps.storing import READ_TASK, ROW_TEXT_TASK, TEXT_TASK
from vaughn.receive.tasks import PAGES_PER_TASK, ReadingTask, RowTextTask, TextTask, cut_at_labels, shared_out
from vaughn.store import CaseFile, PageReading, Progress, Task
from vaughn.work import Failure, WorkerPool, reading_limits
from vaughn.work import Task as WorkTask

# Tasks taken at once, and results stored at once: a crash costs reading this much again.
_LEASE = 64
_LEASE_SECONDS = 6 * 3600.0
_SAVE_TASKS, _SAVE_PAGES = 32, 200
READ_RUN = "read"


def read_production(case: CaseFile, production_id: int, *, pool: WorkerPool, progress: Progress) -> None:
    """Read every page of a production that is not read yet, then put the text files onto pages without words."""
    files = {file.id: file for file in case.source_files(production_id)}
    run_id = _begin(case, production_id)
    work = _Reading(case, production_id, run_id, files, pool, progress)
    work.run(READ_TASK, work.read_files)
    work.run(TEXT_TASK, work.read_texts)
    work.run(ROW_TEXT_TASK, work.read_row_texts)


def _begin(case: CaseFile, production_id: int) -> int:
    """Give back what a stopped program had taken, and return the run that findings go to."""
    runs = [run for run in case.check_runs(production_id) if run.kind == READ_RUN]
    with case.writing("production.reading", production=production_id) as change:
        # Only one process writes to a case: whoever had these tasks was stopped as a whole.
        change.return_leases(at_once=True, forgive=True)
        return runs[0].id if runs else change.add_check_run(production_id, READ_RUN, findings=())


@dataclass(slots=True)
class _Result:
    """What one task brought: pages to store, findings, and whether it is to be called failed."""

    task: Task
    pages: list[PageReading]
    findings: list[Finding]
    failure: Failure | None = None


@dataclass(slots=True)
class _Reading:
    case: CaseFile
    production_id: int
    run_id: int
    files: dict[int, SourceFile]
    pool: WorkerPool
    progress: Progress

    def run(self, kind: str, read: Callable[[Sequence[Task]], Iterator[_Result]]) -> None:
        """Do all waiting tasks of one kind.

        Raises:
            WorkPaused: If somebody asked for a pause; everything that was read is stored.
        """
        while True:
            self.case.require_no_pause()
            with self.case.writing("tasks.taken", production=self.production_id) as change:
                tasks = change.lease(_LEASE, seconds=_LEASE_SECONDS, production_id=self.production_id, kind=kind)
            if not tasks:
                return
            waiting: list[_Result] = []
            for result in read(tasks):
                waiting.append(result)
                if len(waiting) >= _SAVE_TASKS or sum(len(one.pages) for one in waiting) >= _SAVE_PAGES:
                    self._save(kind, waiting)
                    waiting = []
            self._save(kind, waiting)

    def _save(self, kind: str, results: list[_Result]) -> None:
        """Store results and close their tasks in one change."""
        if results:
            with self.case.writing("pages.read", production=self.production_id) as change:
                change.save_pages(page for result in results for page in result.pages)
                change.add_findings(self.run_id, [found for result in results for found in result.findings])
                change.finish(*[result.task.id for result in results if result.failure is None])
                for result in results:
                    if result.failure is not None:
                        change.fail(result.task.id, result.failure.reason, code=result.failure.code, final=True)
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
            found = [] if told else [finding(failure.code or "FL006", failure.reason, place=self._place(file, read))]
            return _Result(task, failed, found, failure)
        packed = cast("tuple[PackedPage, ...]", value)
        growing = growing_prefixes({page.number: [stamp.text for stamp in page.stamps] for page in packed})
        named = spelled_number(stem_of(file.path))
        labels = self._labels(page_id for own in ids.values() for page_id in own)
        pages = []
        for page in packed:
            for page_id in ids.pop(page.number, []):
                pages.append(_page(page, page_id, labels.get(page_id), growing=growing, named=named))
        found = []
        if ids:
            pages += [PageReading(page_id, None, TextSource.FAILED) for own in ids.values() for page_id in own]
            message = f"Page {min(ids)} of the file is named, and the file has fewer pages; {len(ids)} pages."
            found = [finding("FL013", message, place=self._place(file, read), count=len(ids))]
        return _Result(task, pages, found)

    def _place(self, file: SourceFile, read: ReadingTask) -> Place:
        """Return where a fault of a file shows: on the first page it was to give."""
        page_id = read.runs[0].page_id
        document, page = self.case.document_of_page(page_id), self.case.page(page_id)
        label = page.label if page else None
        return Place(file.path, bates=label, document_id=document.id if document else None, page_id=page_id)

    def _labels(self, page_ids: Iterable[int]) -> dict[int, str | None]:
        """Return the number of each page of the case, asked for by documents and not one by one."""
        labels: dict[int, str | None] = {}
        for page_id in page_ids:
            document = None if page_id in labels else self.case.document_of_page(page_id)
            if document is not None and document.first_page_id is not None:
                first = page_id - document.first_page_id + 1
                for page in self.case.pages(document.id, first, first + PAGES_PER_TASK - 1):
                    labels[page.id] = page.label
        return labels

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
            return _Result(task, [], [found] if file.blob and file.blob.size_bytes else [], failure)
        page_texts = cast("TextFile", value).page_texts
        return _Result(task, self._text_pages(page_texts, read.first_page_id, read.page_count), [])

    def _text_pages(self, page_texts: Sequence[str], first_page_id: int, page_count: int) -> list[PageReading]:
        """Return the pages that get words from a text: those that have none of their own."""
        pages = []
        stored = [self.case.page(first_page_id + offset) for offset in range(page_count)]
        if len(page_texts) == 1 < page_count:
            page_texts = cut_at_labels(page_texts[0], [page.label if page else None for page in stored]) or page_texts
        for page, text in zip(stored, shared_out(page_texts, page_count), strict=True):
            if page is None or not text.strip() or page.text_source in {TextSource.EMBEDDED, TextSource.OCR}:
                continue
            words = pack_words(PageText(text, ()))
            pages.append(PageReading(page.id, page.size, TextSource.TEXT_FILE, page.stamped, words))
        return pages

    def read_row_texts(self, tasks: Sequence[Task]) -> Iterator[_Result]:
        """Yield the words of documents whose text stands in their own rows."""
        load_files = {load_file.id: load_file for load_file in self.case.load_files(self.production_id)}
        for task in tasks:
            read = RowTextTask.from_payload(task.payload)
            load_file = load_files[read.load_file_id]
            text = ""
            if load_file.sha256 is not None and load_file.dialect is not None:
                path, dialect = self.case.blobs.path(load_file.sha256), Dialect.from_json(load_file.dialect)
                text = read_row(path, dialect, read.start, read.end, width=len(load_file.columns))[read.column]
            pages = self._text_pages(text.split("\f"), read.first_page_id, read.page_count)
            yield _Result(task, pages, [])


def _page(
    page: PackedPage, page_id: int, label: str | None, *, growing: Counter[str], named: BatesNumber | None
) -> PageReading:
    """Return what is stored of a page that is numbered *label* in the case."""
    stamps = [candidate.text for candidate in page.stamps]
    own = named.shifted(page.number - 1) if named is not None else None
    stamped = stamped_number(stamps, label, growing, named=own)
    if stamped is None and label is not None and page.characters:
        stamped = stamped_in_text(unpack_text(page.packed), label)
    words = page.packed if page.characters else None
    return PageReading(page_id, page.size, stored_source(page), stamped, words, stored_layer(page))
