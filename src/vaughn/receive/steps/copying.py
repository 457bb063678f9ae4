"""First step of receiving: every file that was handed over goes into the case, whole, once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from vaughn.formats.pages import FileRefused
from vaughn.model import Blob, FileRole, Finding, InputError, Place, ProductionState, SourceFile, StateError, finding
from vaughn.receive.survey import Part, survey
from vaughn.store import REFUSAL_CODE, CaseFile, Entry, EntryKind, NewFile, Progress, walk
from vaughn.work import ArchiveReader, WorkerPool, file_type

# One transaction stores the rows of this many files, or of this many bytes: what a crash can lose.
_BATCH_FILES = 500
_BATCH_BYTES = 256 << 20
_ZIP = "application/zip"


@dataclass(slots=True)
class _Copying:
    """What is being copied; rows wait until their batch is stored."""

    case: CaseFile
    production_id: int
    pool: WorkerPool
    known: dict[str, SourceFile]
    findings: list[Finding] = field(default_factory=list)
    waiting: list[NewFile] = field(default_factory=list)
    waiting_bytes: int = 0

    def add(self, file: NewFile) -> None:
        """Put one file into the batch, and store the batch when it is full."""
        self.waiting.append(file)
        self.waiting_bytes += file.blob.size_bytes if file.blob else 0
        if len(self.waiting) >= _BATCH_FILES or self.waiting_bytes >= _BATCH_BYTES:
            self.store()

    def store(self) -> None:
        """Store what is waiting."""
        if not self.waiting:
            return
        self.case.blobs.settle()
        typed = [self._typed(file) for file in self.waiting]
        with self.case.writing("production.copied", production=self.production_id) as change:
            change.add_files(self.production_id, typed)
            change.note(files=len(typed))
        self.waiting, self.waiting_bytes = [], 0

    def _typed(self, file: NewFile) -> NewFile:
        """Return the file with its media type, judged by its stored bytes."""
        if file.blob is None:
            return file
        kind = file_type(self.case.blobs.path(file.blob.sha256), name=file.path, pool=self.pool)
        return NewFile(file.path, file.role, file.blob, kind, file.refused)


def copy_files(case: CaseFile, path: Path, *, production_id: int, pool: WorkerPool, progress: Progress) -> None:
    """Store every file under *path* that is not stored yet, open archives, and go on to the next step.

    Raises:
        InputError: If there is nothing at *path*.
        StateError: If other files than these were copied before.
    """
    surveyed = survey(list(walk(path)))
    known = {file.path: file for file in case.source_files(production_id)}
    work = _Copying(case, production_id, pool, known)
    _require_same_start(work.known, surveyed.entries)
    work.findings += surveyed.findings
    total = len(surveyed.entries)
    for done, (entry, part) in enumerate(zip(surveyed.entries, surveyed.parts, strict=True)):
        if done % 50 == 0:
            progress("copying", done, total)
        stored = _copy_one(work, path, entry, part)
        if part is Part.ARCHIVE and stored is not None:
            work.store()
            _copy_members(work, entry.path, stored)
    work.store()
    progress("copying", total, total)
    with case.writing("production.copied", production=production_id) as change:
        change.add_check_run(production_id, "copy", findings=work.findings)
        change.set_production_state(production_id, ProductionState.LINKING)


def _require_same_start(known: dict[str, SourceFile], entries: Sequence[Entry]) -> None:
    """Refuse to mix the files of two places when a copying that was stopped is taken up again.

    Raises:
        StateError: If a file that is stored is not there, or has another size.
    """
    here = {entry.path: entry.size_bytes for entry in entries}
    archives = {name for name, file in known.items() if file.role is FileRole.ARCHIVE}
    for name, file in known.items():
        if _is_inside(name, archives):
            continue
        size_bytes = file.blob.size_bytes if file.blob is not None else None
        if name not in here or (size_bytes is not None and here[name] != size_bytes):
            raise StateError(
                f"{name} was copied before and is not the same here.",
                hint="Receive the production from where it was begun, or give this one another name.",
            )


def _copy_one(work: _Copying, path: Path, entry: Entry, part: Part) -> Blob | None:
    """Store one file unless it is there already; return its bytes' blob."""
    known = work.known.get(entry.path)
    if part is Part.REFUSED:
        if known is None:
            work.add(NewFile(entry.path, FileRole.OTHER, None, "", refused=REFUSAL_CODE[entry.kind]))
        return None
    if known is not None:
        blob = known.blob
        if known.refused is not None:
            work.findings.append(_unreadable(entry.path, "The file cannot be read."))
    else:
        try:
            blob = work.case.blobs.add_file(entry.below(path))
        except InputError as error:
            work.findings.append(_unreadable(entry.path, error.message))
            work.add(NewFile(entry.path, FileRole.OTHER, None, "", refused="FL006"))
            return None
        role = FileRole.ARCHIVE if part is Part.ARCHIVE else FileRole.OTHER
        work.add(NewFile(entry.path, role, blob, ""))
    if blob is not None and blob.size_bytes == 0 and part not in {Part.LITTER, Part.CANDIDATE}:
        work.findings.append(finding("FL007", "The file has no bytes.", place=Place(path=entry.path)))
    return blob


def _unreadable(path: str, message: str) -> Finding:
    return finding("FL006", message, place=Place(path=path))


def _copy_members(work: _Copying, name: str, blob: Blob) -> None:
    """Store the members of an archive as files of their own."""
    if file_type(work.case.blobs.path(blob.sha256), name=name, pool=work.pool) != _ZIP:
        work.findings.append(
            finding("LF023", "The file is no zip archive; it was kept as it is.", place=Place(path=name))
        )
        return
    archive = ArchiveReader(work.case.blobs.path(blob.sha256), name=name, pool=work.pool)
    prefix = f"{name}/"
    known = frozenset(path.removeprefix(prefix) for path in work.known if path.startswith(prefix))
    for member in archive.members(known):
        _copy_member(work, prefix + member.path, member.stream)
    work.findings += archive.findings


def _copy_member(work: _Copying, path: str, stream: BinaryIO) -> None:
    role = FileRole.ARCHIVE if path.lower().endswith(".zip") else FileRole.OTHER
    try:
        work.add(NewFile(path, role, work.case.blobs.add_stream(stream), ""))
    except FileRefused as error:
        work.findings.append(finding(error.code, error.message, place=Place(path=path)))
        work.add(NewFile(path, FileRole.OTHER, None, "", refused=error.code))


def same_files(case: CaseFile, path: Path, production_id: int) -> bool:
    """Tell whether what lies at *path* is what the production was made from, by names, sizes and hashes."""
    stored = {file.path: file for file in case.source_files(production_id)}
    archives = {name for name, file in stored.items() if file.role is FileRole.ARCHIVE}
    outer = {name: file for name, file in stored.items() if not _is_inside(name, archives)}
    entries = list(walk(path))
    if {entry.path for entry in entries} != set(outer):
        return False
    regular = [entry for entry in entries if entry.kind is EntryKind.FILE]
    if any((blob := outer[entry.path].blob) is not None and blob.size_bytes != entry.size_bytes for entry in regular):
        return False
    return all(_same_bytes(path, entry, outer[entry.path]) for entry in regular)


def _is_inside(name: str, archives: set[str]) -> bool:
    parts = name.split("/")
    return any("/".join(parts[:count]) in archives for count in range(1, len(parts)))


def _same_bytes(path: Path, entry: Entry, stored: SourceFile) -> bool:
    import hashlib  # noqa: PLC0415 -- only a second handing over needs it

    if stored.blob is None:
        return True
    try:
        with entry.below(path).open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest() == stored.blob.sha256
    except OSError:
        return False


def surveyed_files(files: Sequence[SourceFile]) -> tuple[Part, ...]:
    """Return the part of each stored file."""
    entries = [
        Entry(file.path, file.blob.size_bytes if file.blob else 0, EntryKind.FILE if file.blob else EntryKind.LINK)
        for file in files
    ]
    return survey(entries).parts
