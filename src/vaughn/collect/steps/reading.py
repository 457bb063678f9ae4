"""Second step of taking in: every file becomes a document; what stands inside it becomes files of their own."""

from __future__ import annotations

import shutil
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from vaughn.collect.lineage import FileTask, Members, PagesTask
from vaughn.collect.names import last_name
from vaughn.collect.steps.filing import FILE_TASKS, PAGES_TASK, TAKE_TASK, Filing, file_arrivals, run_of
from vaughn.collect.steps.inside import NewPart, parts_of_reading, parts_of_twin
from vaughn.formats.pages import PackedPage, stored_layer, stored_source
from vaughn.formats.readers import PAGES_AT_ONCE, Reading, ReadingRequest, kind_of, read_record
from vaughn.model import DocumentKind, Finding, PartRole, RecordFacts, finding
from vaughn.store import (
    CaseFile,
    FindingQuery,
    NewRecord,
    NewTask,
    Progress,
    ReadTwin,
    RecordPage,
    TakenFile,
    TakenRecord,
    Task,
    Writing,
)
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
    _using: dict[Path | None, int] = field(default_factory=dict)
    _runs: dict[int, int] = field(default_factory=dict)

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
            files = self._files(tasks)
            twins = self._twins(files.values())
            folder = self._fresh_folder(tasks[0])
            for task in tasks:
                file = files.get(int(task.key))
                if file is None or file.sha256 is None:
                    continue
                twin = self._of_twin(task, file, twins.get((file.sha256, file.media_type)))
                if twin is not None:
                    self._take(twin)
                    continue
                result = _Result(task, file, spool=folder)
                self._using[folder] = self._using.get(folder, 0) + 1
                stored = self.filing.case.blobs.path(file.sha256).absolute()
                request = ReadingRequest(stored, file.media_type, last_name(file.path), self.passwords, result.spool)
                yield WorkTask(result, read_record, (stored, request), limits_of(file))

    def _fresh_folder(self, first: Task) -> Path | None:
        """Return a folder in which the readers of some tasks may put parts aside; it goes when all are stored."""
        if self.spool is None:
            return None
        folder = self.spool / str(first.id)
        folder.mkdir(exist_ok=True)
        return folder

    def _files(self, tasks: Sequence[Task]) -> dict[int, TakenFile]:
        ids = [int(task.key) for task in tasks]
        found = self.filing.case.taken_files_of(self.filing.production_id, ids, kinds=FILE_TASKS)
        return {file.file_id: file for file in found}

    def _twins(self, files: Iterable[TakenFile]) -> dict[tuple[str, str], ReadTwin]:
        """Return what was read before from the bytes of *files*, by hash and type."""
        hashes = [file.sha256 for file in files if file.sha256 is not None]
        return {(one.sha256, one.media_type): one for one in self.filing.case.read_twins(hashes, kind=TAKE_TASK)}

    def _lease(self) -> tuple[Task, ...]:
        number = self.filing.production_id
        if self.filing.case.pause_asked() is not None:
            return ()
        with self.filing.case.writing("tasks.taken", production=number) as change:
            return change.lease(_LEASE, seconds=_LEASE_SECONDS, production_id=number, kind=TAKE_TASK)

    def _of_twin(self, task: Task, file: TakenFile, twin: ReadTwin | None) -> _Result | None:
        """Return what was read from the same bytes before, if that was all of them."""
        case = self.filing.case
        record = case.record(twin.document_id) if twin is not None else None
        if twin is None or record is None:
            return None
        pages = case.record_pages(twin.document_id)
        found = tuple(
            row.finding
            for row in case.findings(FindingQuery(document_id=twin.document_id, limit=None)).rows
            if row.check_run_id == self._run_of(twin) and row.finding.place.page_id is None
        )
        reading = Reading(record.facts, len(pages), (), findings=found, identity=record.identity)
        return _Result(task, file, reading, pages=pages, parts=parts_of_twin(case, twin.file_id, file))

    def _run_of(self, twin: ReadTwin) -> int:
        """Return the run of the taking in a twin stands in: what was found when it was read is said there."""
        file = self.filing.case.source_file(twin.file_id)
        number = file.production_id if file is not None else self.filing.production_id
        if number not in self._runs:
            self._runs[number] = run_of(self.filing.case, number)
        return self._runs[number]

    # -- storing --------------------------------------------------------------------------------------------------

    def _take(self, result: _Result) -> None:
        self._results.append(result)
        if len(self._results) >= _SAVE_TASKS or sum(one.weight for one in self._results) >= _SAVE_PAGES:
            self._save()

    def _save(self) -> bool:
        """Store the results and close their tasks in one change; tell whether there were any."""
        results = self._with_parts(self._results)
        self._results.clear()
        if not results:
            return False
        final = [result for result in results if result.is_last]
        with self.filing.case.writing("records.read", production=self.filing.production_id) as change:
            taken = change.take_in(self.filing.production_id, [self._record(result) for result in final])
            pairs = list(zip(final, taken, strict=True))
            self._store_parts(change, pairs)
            self._store_rest(change, pairs)
            _close(change, results)
            change.note(documents=len(final))
        for result in results:
            if result.spool is not None:
                self._using[result.spool] -= 1
        for folder in [folder for folder, count in self._using.items() if folder is not None and not count]:
            del self._using[folder]
            shutil.rmtree(folder, ignore_errors=True)
        self.done += len(final)
        self.progress("reading files", self.done, self.total)
        return True

    def _with_parts(self, results: Iterable[_Result]) -> list[_Result]:
        """Return results with the bytes of what stands inside stored: the disk is waited for once."""
        copied = [
            (one, parts_of_reading(self.filing, one.file, one.reading, one.spool) if one.reading else ())
            for one in results
        ]
        self.filing.case.blobs.settle()
        return [
            replace(one, parts=tuple(NewPart(part, self.filing.new_file(part)) for part in parts)) if parts else one
            for one, parts in copied
        ]

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

    def _store_parts(self, change: Writing, pairs: Sequence[tuple[_Result, TakenRecord]]) -> None:
        """Store the files inside documents, and how many each reader handed out.

        The number is kept apart from the rows that are made of them: the ledger compares the two.
        """
        arrivals, files, payloads = [], [], []
        for result, taken in pairs:
            if not result.parts:
                continue
            lineage = FileTask.from_payload(result.task.payload).lineage
            own = lineage.inside(result.file.file_id, document_id=taken.document_id)
            arrivals += [replace(part.arrival, lineage=own) for part in result.parts]
            files += [part.file for part in result.parts]
            handed = len(result.reading.parts) if result.reading and result.reading.parts else len(result.parts)
            payloads.append((result.task.id, FileTask(lineage, Members(None, handed, 0)).payload()))
        if arrivals:
            file_arrivals(change, self.filing.production_id, arrivals, files)
            change.set_task_payloads(payloads)
            self.total += len(arrivals)

    def _store_rest(self, change: Writing, pairs: Sequence[tuple[_Result, TakenRecord]]) -> None:
        """Store the tasks for the rest of long files, and what was wrong."""
        rest = [page for result, taken in pairs for page in rest_of_pages(result.file, result.reading, taken)]
        if rest:
            tasks = [NewTask(page.key, page.payload()) for page in rest]
            change.add_tasks(self.filing.production_id, PAGES_TASK, tasks)
        found = [_placed(one, result.file, taken) for result, taken in pairs for one in _told(result)]
        if found:
            change.add_findings(self.filing.run_id, found)


def _read(result: _Result, value: object, failure: Failure | None) -> _Result:
    reading = value if isinstance(value, Reading) else None
    if reading is None:
        return replace(result, failure=failure)
    return replace(result, reading=reading, pages=tuple(record_page(page) for page in reading.pages))


def record_page(page: PackedPage) -> RecordPage:
    """Return a page as it is stored."""
    words = page.packed if page.characters else None
    return RecordPage(page.size, stored_source(page), words, layer=stored_layer(page))


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
    is_told = any(one.code == _EMPTY for one in found)
    return (*found, finding(_EMPTY, "The file has no bytes.")) if result.file.size_bytes == 0 and not is_told else found


def _placed(found: Finding, file: TakenFile, taken: TakenRecord) -> Finding:
    return replace(found, place=replace(found.place, path=file.path, document_id=taken.document_id))


def _close(change: Writing, results: Sequence[_Result]) -> None:
    change.finish(*(result.task.id for result in results if result.failure is None))
    for result in results:
        if result.failure is not None:
            code = result.failure.code or UNREADABLE
            change.fail(result.task.id, result.failure.reason, code=code, final=result.is_last)


def fresh_spool(case: CaseFile) -> Path:
    """Return an empty folder in which readers may put aside what is too large to be sent."""
    folder = (case.incoming / _SPOOL).absolute()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
