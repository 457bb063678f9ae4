"""Second step of taking in, first half: containers are opened, and what they hold becomes files of their own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace

from vaughn.collect.lineage import MOST_LEVELS, FileTask, Lineage, Members
from vaughn.collect.names import name_once
from vaughn.collect.rules import BY_HASH, BY_RULE
from vaughn.collect.steps.filing import FILE_TASKS, OPEN_TASK, Arrival, Filing
from vaughn.formats.pages import FileRefused
from vaughn.formats.readers import ReadingRequest, container_pieces
from vaughn.model import Finding, InputError, PartRole, Place, SourceFile
from vaughn.store import Progress, TakenFile, Task, Writing, storable
from vaughn.work import ArchiveReader, FailureKind, MemberBytes

_TOO_DEEP, _TOO_LARGE, _NOT_ALL = "IN023", "FL011", "IN022"
_LEASE_SECONDS = 24 * 3600.0
# All that comes out of one file handed over, at all levels: beyond this many times its size it is built to break
# programs. Text packs to a twentieth, sheets of zeros to a two hundredth, and what is small may shrink as it likes.
_MOST_TIMES = 300
_FREE_BYTES = 64_000_000


@dataclass(slots=True)
class _Opening:
    filing: Filing
    passwords: tuple[str, ...]
    unpacked: dict[int, int]


def open_containers(filing: Filing, *, passwords: tuple[str, ...], progress: Progress) -> None:
    """Open every container that waits, and those that come out of them.

    Raises:
        WorkPaused: If somebody asked for a pause.
    """
    work = _Opening(filing, passwords, {})
    done = 0
    while True:
        filing.case.require_no_pause()
        with filing.case.writing("tasks.taken", production=filing.production_id) as change:
            tasks = change.lease(1, seconds=_LEASE_SECONDS, production_id=filing.production_id, kind=OPEN_TASK)
        if not tasks:
            return
        progress("opening containers", done, 0)
        _open(work, tasks[0])
        done += 1


@dataclass(frozen=True, slots=True)
class _Container:
    """One container that is being opened."""

    task: Task
    file: TakenFile
    own: FileTask


def _open(work: _Opening, task: Task) -> None:
    filing = work.filing
    file = filing.case.taken_file(filing.production_id, int(task.key), kinds=FILE_TASKS)
    if file is None or file.sha256 is None:
        return
    container = _Container(task, file, FileTask.from_payload(task.payload))
    refusal = _why_not(work, file, container.own.lineage)
    if refusal is not None:
        filing.told(*refusal, file.path)
        filing.store(lambda change: _failed(change, task, *refusal))
    else:
        _open_members(work, container)


def _why_not(work: _Opening, file: TakenFile, lineage: Lineage) -> tuple[str, str] | None:
    """Return code and reason if a container is not to be opened."""
    if lineage.depth >= MOST_LEVELS:
        return _TOO_DEEP, f"Containers stand more than {MOST_LEVELS} deep in each other. It was not opened."
    if any(one.sha256 == file.sha256 for one in _around(work, file)):
        return _TOO_DEEP, "The container holds itself. It was not opened again."
    return None


def _around(work: _Opening, file: TakenFile) -> Iterator[TakenFile]:
    """Yield the files around *file*, the nearest first."""
    case, at = work.filing.case, file.container_id
    while at is not None:
        outer = case.taken_file(work.filing.production_id, at, kinds=FILE_TASKS)
        if outer is None:
            return
        yield outer
        at = outer.container_id


def _failed(change: Writing, task: Task, code: str, reason: str) -> None:
    change.fail(task.id, reason, code=code, final=True)


def _open_members(work: _Opening, container: _Container) -> None:
    """Store the members of a container as files of their own; what was stored before is passed over."""
    filing, file = work.filing, container.file
    stored = filing.case.blobs.path(file.sha256 or "").absolute()
    prefix = f"{file.path}/"
    members_before = _known_members(work, file)
    known = {member.path for member in members_before}
    request = ReadingRequest(stored, file.media_type, file.path, work.passwords)
    reader = ArchiveReader(stored, name=file.path, pool=work.filing.pool, read=container_pieces, arguments=(request,))
    lineage = container.own.lineage.inside(file.file_id, document_id=file.document_id)
    limit = _Budget(work, file, container.own.lineage.root or file.file_id)
    limit.count(sum(member.blob.size_bytes for member in members_before if member.blob))
    handed = len(known)
    members = reader.members(frozenset(path.removeprefix(prefix) for path in known))
    with closing(members):  # type: ignore[type-var]
        for member in members:
            path = prefix + storable(member.path)
            if path in known:
                continue
            handed += 1
            path = name_once(path, known)
            known.add(path)
            arrival = Arrival(path, file.file_id, handed, PartRole.MEMBER, lineage, modified_at=member.modified_at)
            arrival = _member(filing, arrival, member)
            filing.add(arrival)
            limit.count(arrival.blob.size_bytes if arrival.blob else 0)
            if limit.is_over:
                filing.told(_TOO_LARGE, limit.words, file.path)
                break
    filing.findings += [_placed(found, file.path) for found in reader.findings]
    counted = replace(container, own=container.own.counted(_counted(reader, handed)))
    _finish(work, counted, reader, is_cut=limit.is_over)


def _counted(reader: ArchiveReader, handed: int) -> Members:
    end = reader.end
    return Members(end.expected, handed, end.refused) if end is not None else Members(None, handed, 0)


def _known_members(work: _Opening, file: TakenFile) -> list[SourceFile]:
    case = work.filing.case
    return [one for part in case.parts_of(file.file_id) if (one := case.source_file(part)) is not None]


def _member(filing: Filing, arrival: Arrival, member: MemberBytes) -> Arrival:
    if filing.left_out(arrival.path):
        return replace(arrival, refused=BY_RULE)
    try:
        blob, hashes = filing.copied(member.stream, name=arrival.path)
    except FileRefused as error:
        filing.told(error.code, error.message, arrival.path)
        return replace(arrival, refused=error.code)
    except InputError as error:
        filing.told("FL006", error.message, arrival.path)
        return replace(arrival, refused="FL006")
    found = replace(arrival, blob=blob, hashes=hashes)
    return found if blob is not None else replace(found, refused=BY_HASH)


def _finish(work: _Opening, container: _Container, reader: ArchiveReader, *, is_cut: bool) -> None:
    """Store what is left of a container, and close its task."""
    failure, task, own = reader.failure, container.task, container.own
    nothing_came = own.members is not None and own.members.handed == 0

    def close(change: Writing) -> None:
        change.set_task_payloads([(task.id, own.payload())])
        if failure is not None and (nothing_came or failure.kind is not FailureKind.REFUSED):
            final = failure.kind is FailureKind.REFUSED
            change.fail(task.id, failure.reason, code=failure.code or "FL006", final=final)
        elif is_cut:
            _failed(change, task, _TOO_LARGE, "It unpacks to more than the limits allow.")
        else:
            change.finish(task.id)

    if failure is not None and not nothing_came:
        work.filing.told(_NOT_ALL, "The container is damaged: not all members came out.", container.file.path)
    work.filing.store(close)


def _placed(found: Finding, path: str) -> Finding:
    place = found.place.path
    if place is None:
        return replace(found, place=Place(path))
    return found if place.startswith(path) else replace(found, place=replace(found.place, path=f"{path}/{place}"))


class _Budget:
    """How much may still come out of one file that was handed over, at all levels."""

    def __init__(self, work: _Opening, file: TakenFile, root: int) -> None:
        case, production_id = work.filing.case, work.filing.production_id
        outer = file if root == file.file_id else case.taken_file(production_id, root, kinds=FILE_TASKS)
        self.most_bytes = _MOST_TIMES * ((outer.size_bytes if outer else None) or 0) + _FREE_BYTES
        self.words = f"All that comes out of it takes more than {self.most_bytes} bytes. The rest was not unpacked."
        self._root, self._unpacked = root, work.unpacked

    def count(self, size_bytes: int) -> None:
        """Count what came out."""
        self._unpacked[self._root] = self._unpacked.get(self._root, 0) + size_bytes

    @property
    def is_over(self) -> bool:
        """Whether no more may come."""
        return self._unpacked.get(self._root, 0) > self.most_bytes
