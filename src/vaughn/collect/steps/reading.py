"""Second step of taking in: every file becomes a document; what stands inside it becomes files of their own."""

from __future__ import annotations

import shutil
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from vaughn.collect.lineage import FileTask, Members, PagesTask
from vaughn.collect.names import last_name
from vaughn.collect.steps.filing import FILE_TASKS, PAGES_TASK, TAKE_TASK, Filing, file_arrivals
from vaughn.collect.steps.inside import NewPart, parts_of_reading, parts_of_twin
from vaughn.formats.pages import PackedPage, stored_source
from vaughn.formats.readers import PAGES_AT_ONCE, Reading, ReadingRequest, kind_of, read_record
from vaughn.model import DocumentKind, Finding, PartRole, RecordFacts, finding
from vaughn.store import CaseFile, NewRecord, NewTask, Progress, RecordPage, TakenFile, TakenRecord, Task, Writing
from vaughn.work import Executor, Failure, FailureKind, Limits, reading_limits
from vaughn.work import Task as WorkTask

# Tasks taken at once, and results stored at once: a crash costs reading this much again.
_LEASE = 64
_LEASE_SECONDS = 6 * 3600.0
_SAVE_TASKS, _SAVE_PAGES = 64, 400
# A file that killed its child twice will do so again.
_MOST_ATTEMPTS = 2
_CPU_SECONDS_PER_MB = 4.0
_SPOOL = "parts"
UNREADABLE = "FL006"
_EMPTY = "FL007"


@dataclass(frozen=True, slots=True)
class _Result:
    """What one task brought: a reading, or why there is none; of a twin the pages as they were stored."""

    task: Task
    file: TakenFile
    reading: Reading | None = None
    failure: Failure | None = None
    pages: tuple[RecordPage, ...] = ()
    parts: tuple[NewPart, ...] = ()
    spool: Path | None = None

    @property
    def weight(self) -> int:
        """How many pages it brings."""
        return max(1, len(self.pages))

    @property
    def is_last(self) -> bool:
        """Whether the file is not tried again now."""
        if self.failure is None or self.failure.kind is FailureKind.REFUSED:
            return True
        return self.task.attempts >= _MOST_ATTEMPTS


@dataclass(slots=True)
class DocumentReading:
    """Reads the files of a taking in that hold no others."""

    filing: Filing
    executor: Executor
    spool: Path | None
    custodian: str | None
    passwords: tuple[str, ...]
    progress: Progress
    done: int = 0
    total: int = 0
    _results: deque[_Result] = field(default_factory=deque)

    def run(self) -> None:
        """Read all files that wait, and the ones that come out of them, containers aside."""
        case = self.filing.case
        counts = case.task_counts(self.filing.production_id, TAKE_TASK)
        self.done = counts.done + counts.failed
        self.total = self.done + counts.waiting
        for done in self.executor.map_unordered(self._work_tasks()):
            result, failure = done.task.key, done.outcome.failure
            if isinstance(result, _Result) and not (failure and failure.kind is FailureKind.CANCELLED):
                self._take(_read(result, done.outcome.value, failure))
        self._save()

    def _work_tasks(self) -> Iterator[WorkTask]:
        """Yield what children are to read; files whose bytes were read before are copied on the way."""
        while tasks := self._lease() or (self._save() and self._lease()):
            for task in tasks:
                file = self.filing.case.taken_file(self.filing.production_id, int(task.key), kinds=FILE_TASKS)
                if file is None or file.sha256 is None:
                    continue
                twin = self._of_twin(task, file)
                if twin is not None:
                    self._take(twin)
                    continue
                result = _Result(task, file, spool=self._spool(task))
                stored = self.filing.case.blobs.path(file.sha256).absolute()
                request = ReadingRequest(stored, file.media_type, last_name(file.path), self.passwords, result.spool)
                yield WorkTask(result, read_record, (stored, request), limits_of(file))

    def _lease(self) -> tuple[Task, ...]:
        number = self.filing.production_id
        if self.filing.case.pause_asked() is not None:
            return ()
        with self.filing.case.writing("tasks.taken", production=number) as change:
            return change.lease(_LEASE, seconds=_LEASE_SECONDS, production_id=number, kind=TAKE_TASK)

    def _spool(self, task: Task) -> Path | None:
        if self.spool is None:
            return None
        folder = self.spool / str(task.id)
        folder.mkdir(exist_ok=True)
        return folder

    def _of_twin(self, task: Task, file: TakenFile) -> _Result | None:
        """Return what was read from the same bytes before, if that was all of them."""
        case = self.filing.case
        twin = case.read_twin(file.sha256 or "", media_type=file.media_type, kind=TAKE_TASK)
        record = case.record(twin.document_id) if twin is not None else None
        if twin is None or record is None:
            return None
        pages = case.record_pages(twin.document_id)
        reading = Reading(record.facts, len(pages), (), identity=record.identity)
        return _Result(task, file, reading, pages=pages, parts=parts_of_twin(case, twin.file_id, file))

    # -- storing --------------------------------------------------------------------------------------------------

    def _take(self, result: _Result) -> None:
        self._results.append(result)
        if len(self._results) >= _SAVE_TASKS or sum(one.weight for one in self._results) >= _SAVE_PAGES:
            self._save()

    def _save(self) -> bool:
        """Store the results and close their tasks in one change; tell whether there were any."""
        results = [self._with_parts(result) for result in self._results]
        self._results.clear()
        if not results:
            return False
        self.filing.case.blobs.settle()
        final = [result for result in results if result.is_last]
        with self.filing.case.writing("records.read", production=self.filing.production_id) as change:
            taken = change.take_in(self.filing.production_id, [self._record(result) for result in final])
            for result, one in zip(final, taken, strict=True):
                self._store(change, result, one)
            for result in results:
                _close(change, result)
            change.note(documents=len(final))
        for result in results:
            if result.spool is not None:
                shutil.rmtree(result.spool, ignore_errors=True)
        self.done += len(final)
        self.progress("reading files", self.done, self.total)
        return True

    def _with_parts(self, result: _Result) -> _Result:
        """Return a result with the bytes of what stands inside stored."""
        if result.reading is None or not result.reading.parts:
            return result
        return replace(result, parts=parts_of_reading(self.filing, result.file, result.reading, result.spool))

    def _record(self, result: _Result) -> NewRecord:
        file, own = result.file, FileTask.from_payload(result.task.payload)
        reading = result.reading or Reading(RecordFacts(kind_of(file.media_type)), 0, ())
        name = last_name(file.path)
        return NewRecord(
            file.file_id,
            name,
            replace(reading.facts, kind=_kind(reading.facts.kind, file)),
            file_name=name,
            custodian=self.custodian,
            parent_id=own.lineage.parent,
            page_count=max(reading.page_count, len(result.pages)),
            pages=result.pages,
            identity=reading.identity,
            document_id=file.document_id,
        )

    def _store(self, change: Writing, result: _Result, taken: TakenRecord) -> None:
        """Store what belongs to a document: files inside it, the rest of its pages, what was wrong."""
        number, file = self.filing.production_id, result.file
        if result.parts:
            lineage = FileTask.from_payload(result.task.payload).lineage
            own = lineage.inside(file.file_id, document_id=taken.document_id)
            arrivals = [replace(part.arrival, lineage=own) for part in result.parts]
            file_arrivals(change, number, arrivals, [part.file for part in result.parts])
            # What the reader handed out is kept apart from the rows that were made of it: the ledger compares the two.
            handed = len(result.reading.parts) if result.reading and result.reading.parts else len(result.parts)
            members = FileTask(lineage, Members(None, handed, 0))
            change.set_task_payload(result.task.id, members.payload())
            self.total += len(arrivals)
        pages = rest_of_pages(result.file, result.reading, taken)
        change.add_tasks(number, PAGES_TASK, [NewTask(page.key, page.payload()) for page in pages])
        change.add_findings(self.filing.run_id, [_placed(found, file, taken) for found in _told(result)])


def _read(result: _Result, value: object, failure: Failure | None) -> _Result:
    reading = value if isinstance(value, Reading) else None
    if reading is None:
        return replace(result, failure=failure)
    return replace(result, reading=reading, pages=tuple(record_page(page) for page in reading.pages))


def record_page(page: PackedPage) -> RecordPage:
    """Return a page as it is stored."""
    return RecordPage(page.size, stored_source(page), page.packed if page.characters else None)


def rest_of_pages(file: TakenFile, reading: Reading | None, taken: TakenRecord) -> Iterator[PagesTask]:
    """Yield the tasks for the pages of a long file that its reading did not bring."""
    if reading is None or taken.first_page_id is None:
        return
    brought = len(reading.pages)
    if not brought:
        return
    for first in range(brought + 1, reading.page_count + 1, PAGES_AT_ONCE):
        last = min(reading.page_count, first + PAGES_AT_ONCE - 1)
        yield PagesTask(file.file_id, taken.document_id, first, last, taken.first_page_id + first - 1)


def _kind(kind: DocumentKind, file: TakenFile) -> DocumentKind:
    is_vague = kind in {DocumentKind.UNKNOWN, DocumentKind.OTHER}
    return DocumentKind.ATTACHMENT if is_vague and file.part is PartRole.ATTACHMENT else kind


def limits_of(file: TakenFile) -> Limits:
    """Return what reading a file may take: by its size, for the number of its pages is not known."""
    most = reading_limits(PAGES_AT_ONCE)
    return replace(most, cpu_seconds=most.cpu_seconds + _CPU_SECONDS_PER_MB * (file.size_bytes or 0) / 1e6)


def _told(result: _Result) -> Sequence[Finding]:
    if result.failure is not None:
        return (finding(result.failure.code or UNREADABLE, result.failure.reason),)
    found = result.reading.findings if result.reading is not None else ()
    return (*found, finding(_EMPTY, "The file has no bytes.")) if result.file.size_bytes == 0 else found


def _placed(found: Finding, file: TakenFile, taken: TakenRecord) -> Finding:
    return replace(found, place=replace(found.place, path=file.path, document_id=taken.document_id))


def _close(change: Writing, result: _Result) -> None:
    if result.failure is None:
        change.finish(result.task.id)
        return
    code = result.failure.code or UNREADABLE
    change.fail(result.task.id, result.failure.reason, code=code, final=result.is_last)


def fresh_spool(case: CaseFile) -> Path:
    """Return an empty folder in which readers may put aside what is too large to be sent."""
    folder = (case.incoming / _SPOOL).absolute()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
