"""How do files come into the case? A batch at a time: bytes, rows, where they came from, and the tasks to read them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from vaughn.collect.lineage import FileTask, Lineage
from vaughn.collect.names import name_once
from vaughn.collect.originals import HashingStream
from vaughn.collect.rules import BY_HASH, BY_RULE, FileHashes, HashList, Rules
from vaughn.formats.readers import is_container
from vaughn.model import Blob, FileOrigin, FileRole, Finding, PartRole, Place, finding
from vaughn.store import ByteSource, CaseFile, NewFile, NewTask, Writing
from vaughn.work import WorkerPool, file_type

OPEN_TASK, TAKE_TASK, PAGES_TASK = "open", "take", "take pages"
FILE_TASKS = (OPEN_TASK, TAKE_TASK)
TAKE_RUN = "taking in"
# One transaction stores the rows of this many files, or of this many bytes: what a crash can lose.
_BATCH_FILES = 500
_BATCH_BYTES = 256 << 20


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that came, before it has an id.

    Args:
        path: Unique in the production.
        container_id: File it came out of.
        refused: Code that says why it has no bytes here.
    """

    path: str
    container_id: int | None
    position: int
    part: PartRole | None
    lineage: Lineage
    blob: Blob | None = None
    hashes: FileHashes | None = None
    refused: str | None = None
    modified_at: str | None = None
    created_at: str | None = None


@dataclass(slots=True)
class Filing:
    """What is being taken in, and the files whose rows wait until their batch is stored.

    Args:
        pool: Opens containers and looks into packages.
    """

    case: CaseFile
    production_id: int
    run_id: int
    pool: WorkerPool
    rules: Rules
    known_files: HashList
    findings: list[Finding] = field(default_factory=list)
    waiting: list[Arrival] = field(default_factory=list)
    waiting_bytes: int = 0

    def add(self, arrival: Arrival) -> None:
        """Put one file into the batch, and store the batch when it is full."""
        self.waiting.append(arrival)
        self.waiting_bytes += arrival.blob.size_bytes if arrival.blob else 0
        if len(self.waiting) >= _BATCH_FILES or self.waiting_bytes >= _BATCH_BYTES:
            self.store()

    def copied(self, stream: ByteSource, *, name: str) -> tuple[Blob | None, FileHashes]:
        """Store what *stream* brings unless it is a known file; its hashes are made in one pass."""
        hashing = HashingStream(stream, name=name)

        def is_wanted(blob: Blob) -> bool:
            return not self.known_files.holds(hashing.hashes(blob.sha256))

        blob = self.case.blobs.add_stream(hashing, keep=is_wanted)
        return (blob if is_wanted(blob) else None), hashing.hashes(blob.sha256)

    def copied_whole(self, stream: ByteSource, *, name: str) -> tuple[Blob, FileHashes]:
        """Store what *stream* brings, known or not."""
        hashing = HashingStream(stream, name=name)
        blob = self.case.blobs.add_stream(hashing)
        return blob, hashing.hashes(blob.sha256)

    def told(self, code: str, message: str, path: str) -> None:
        """Keep a finding until the batch is stored."""
        self.findings.append(finding(code, message, place=Place(path=path)))

    def store(self, also: Callable[[Writing], None] | None = None) -> list[int]:
        """Store what is waiting, and what else belongs into the same change; return the ids of the files."""
        if not self.waiting and not self.findings and also is None:
            return []
        self.case.blobs.settle()
        new = [self.new_file(arrival) for arrival in self.waiting]
        self.findings += self._left_out_findings()
        with self.case.writing("files.taken", production=self.production_id) as change:
            ids = file_arrivals(change, self.production_id, self.waiting, new)
            change.add_findings(self.run_id, self.findings)
            if also is not None:
                also(change)
            change.note(files=len(new))
        self.waiting, self.waiting_bytes, self.findings = [], 0, []
        return ids

    def _left_out_findings(self) -> Iterator[Finding]:
        """Yield one finding for each rule that left something out of the batch."""
        for code, by in ((BY_HASH, "its hash is on a list of known files"), (BY_RULE, "a rule excludes it")):
            paths = [arrival.path for arrival in self.waiting if arrival.refused == code]
            if paths:
                more = f" So are {len(paths) - 1:,} more." if len(paths) > 1 else ""
                yield finding(code, f"The file was left out: {by}.{more}", place=Place(path=paths[0]), count=len(paths))

    def new_file(self, arrival: Arrival) -> NewFile:
        """Return the row of a file with its media type, judged by its stored bytes."""
        if arrival.blob is None:
            return NewFile(arrival.path, FileRole.OTHER, None, "", arrival.refused)
        kind = file_type(self.case.blobs.path(arrival.blob.sha256), name=arrival.path, pool=self.pool)
        role = FileRole.ARCHIVE if is_container(kind) else FileRole.NATIVE
        return NewFile(arrival.path, role, arrival.blob, kind, arrival.refused)

    def left_out(self, path: str) -> str | None:
        """Return the code of the rule by which the file at *path* is left out before it is read."""
        return BY_RULE if self.rules.pattern_for(path) is not None else None


def file_arrivals(change: Writing, production_id: int, arrivals: list[Arrival], new: list[NewFile]) -> list[int]:
    """Write the rows, origins and tasks of files; return their ids.

    A path that stands there already (an archive can call a file and a folder alike) gets a number behind it.
    """
    new = _once(change, production_id, new)
    ids = change.add_files(production_id, new)
    change.add_origins(
        FileOrigin(
            file_id,
            arrival.container_id,
            arrival.position,
            arrival.part,
            md5=arrival.hashes.md5 if arrival.hashes else None,
            sha1=arrival.hashes.sha1 if arrival.hashes else None,
            modified_at=arrival.modified_at,
            created_at=arrival.created_at,
        )
        for file_id, arrival in zip(ids, arrivals, strict=True)
    )
    for kind, role in ((OPEN_TASK, FileRole.ARCHIVE), (TAKE_TASK, FileRole.NATIVE)):
        change.add_tasks(
            production_id,
            kind,
            (
                NewTask(str(file_id), FileTask(arrival.lineage).payload())
                for file_id, arrival, file in zip(ids, arrivals, new, strict=True)
                if file.role is role and file.blob is not None
            ),
        )
    return ids


def _once(change: Writing, production_id: int, new: list[NewFile]) -> list[NewFile]:
    known = change.known_paths(production_id, (file.path for file in new))
    if not known:
        return new
    taken = known | {file.path for file in new}
    renamed = []
    for file in new:
        path = name_once(file.path, taken) if file.path in known else file.path
        while change.known_paths(production_id, [path]) - known:
            taken.add(path)
            path = name_once(file.path, taken)
        taken.add(path)
        renamed.append(replace(file, path=path))
    return renamed


def run_of(case: CaseFile, production_id: int) -> int:
    """Return the run that the findings of a taking in go to."""
    return next(run.id for run in case.check_runs(production_id) if run.kind == TAKE_RUN)


LEFT_OUT = frozenset({BY_HASH, BY_RULE})
