"""Second step of receiving: load files are read and joined; documents, pages, ledger are stored in one change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import cast

import numpy as np

from vaughn.formats.loadfile import LoadFile, LoadFileKind
from vaughn.formats.pages import FileRefused, has_pages, page_count
from vaughn.model import FileRole, Finding, InputError, Ledger, LoadFileError, Place, SourceFile, finding
from vaughn.receive import ledger as accounts
from vaughn.receive.assemble import Assembly, PageTable, assemble, complete_pages
from vaughn.receive.attach import Attached, FoundBy, attach_files, orphans, same_bytes, whole_files
from vaughn.receive.checks.telling import joined_notes
from vaughn.receive.dates import DayOrder, agreed_order
from vaughn.receive.gather import gather_documents, gather_pages
from vaughn.receive.links import FileTable
from vaughn.receive.orders import find_order
from vaughn.receive.paging import PageRows
from vaughn.receive.piles import numbered_pile, pile_documents, pile_files
from vaughn.receive.rows import DocumentRows
from vaughn.receive.steps.copying import surveyed_files
from vaughn.receive.steps.spool import Spool
from vaughn.receive.steps.storing import Linked, store
from vaughn.receive.survey import Part
from vaughn.store import CaseFile, Progress
from vaughn.work import Failure, FailureKind, Task, WorkerPool, open_load_file

_MEANT_AS_LOAD_FILE = (".dat", ".opt", ".lfp", ".dii")


@dataclass(slots=True)
class _Handed:
    """Files of the production that can be used, and what they seem to be."""

    files: list[SourceFile]
    parts: list[Part]
    refused: int
    litter: int
    load_files: list[tuple[int, LoadFile]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def link_files(case: CaseFile, production_id: int, *, pool: WorkerPool, progress: Progress) -> None:
    """Join what was copied into documents and pages, and store it all at once."""
    with Spool(case.incoming) as spool:
        _link(case, production_id, pool=pool, progress=progress, spool=spool)


def _link(case: CaseFile, production_id: int, *, pool: WorkerPool, progress: Progress, spool: Spool) -> None:
    progress("linking", 0, 4)
    handed = _handed(case, production_id, pool)
    paths = [file.path for file in handed.files]
    table = FileTable(paths)
    lists, page_lists = _gathered(handed, table, spool)
    progress("linking", 1, 4)
    if lists or page_lists:
        assembly = assemble(lists, page_lists, agreed=agreed_days(case, production_id))
        attached = attach_files(assembly, table, handed.parts)
        counts = _page_counts(case, handed, [file for _, file in attached.whole], pool=pool)
        pages = complete_pages(assembly, whole_files(attached, counts))
        for paging in assembly.pagings:
            paging.forget_numbers()
    else:
        assembly, attached, pages = _piled(case, handed, paths, pool=pool)
    progress("linking", 2, 4)
    linked = _accounted(handed, paths, assembly=assembly, attached=attached, pages=pages)
    progress("linking", 3, 4)
    store(case, production_id, linked)
    progress("linking", 4, 4)


def agreed_days(case: CaseFile, production_id: int) -> DayOrder | None:
    """Return the order of day and month that the production was ordered in, if it came with an order that says it."""
    production = case.production(production_id)
    if production is None or production.order is None:
        return None
    try:
        return agreed_order(find_order(production.order).date_order)
    except InputError:
        return None  # the profile is gone: nothing is lost by loading, and the check says so


def _handed(case: CaseFile, production_id: int, pool: WorkerPool) -> _Handed:
    files = list(case.source_files(production_id))
    parts = surveyed_files(files)
    usable = [place for place, part in enumerate(parts) if part not in {Part.REFUSED, Part.LITTER}]
    handed = _Handed(
        [files[place] for place in usable],
        [parts[place] for place in usable],
        refused=sum(1 for part in parts if part is Part.REFUSED),
        litter=sum(1 for part in parts if part is Part.LITTER),
    )
    for place, (file, part) in enumerate(zip(handed.files, handed.parts, strict=True)):
        if part is Part.CANDIDATE and file.blob is not None:
            _look_into(case, handed, place, file=file, pool=pool)
    return handed


def _look_into(case: CaseFile, handed: _Handed, place: int, *, file: SourceFile, pool: WorkerPool) -> None:
    """Decide whether one file is a load file."""
    if file.blob is None:
        return
    try:
        load_file = open_load_file(case.blobs.path(file.blob.sha256), name=file.path, pool=pool)
    except (LoadFileError, FileRefused) as error:
        code = error.code if isinstance(error, FileRefused) else "LF016"
        handed.findings.append(finding(code, error.message, place=Place(path=file.path)))
        load_file = None
    if load_file is not None:
        handed.load_files.append((place, load_file))
        return
    if file.blob.size_bytes == 0:
        handed.findings.append(finding("FL007", "The file has no bytes.", place=Place(path=file.path)))
    elif file.path.lower().endswith(_MEANT_AS_LOAD_FILE):
        handed.findings.append(
            finding("LF023", "The file has the name of a load file and is none.", place=Place(path=file.path))
        )
    handed.parts[place] = Part.TEXT if file.path.lower().endswith(".txt") else Part.NATIVE


def _gathered(handed: _Handed, table: FileTable, spool: Spool) -> tuple[list[DocumentRows], list[PageRows]]:
    """Read all load files to their end."""
    lists: list[DocumentRows] = []
    page_lists: list[PageRows] = []
    for number, (place, load_file) in enumerate(handed.load_files):
        path = handed.files[place].path
        if load_file.kind is not LoadFileKind.PAGES:
            rows = gather_documents(load_file, number=number, path=path, shelf=spool)
            lists += [rows] if len(rows) else []
        if load_file.kind is not LoadFileKind.DOCUMENTS:
            pages, tally = gather_pages(load_file, number=number, path=path, table=table)
            page_lists += [pages] if len(pages) else []
            handed.findings += tally.findings()
        handed.findings += load_file.findings
    return lists, page_lists


def _page_counts(case: CaseFile, handed: _Handed, files: Sequence[int], *, pool: WorkerPool) -> dict[int, int]:
    """Return how many pages the files have that show whole documents; each is opened in a child process.

    What keeps a file that can be read from being counted, twice, is told: its pages after the first are not listed.
    """
    wanted = sorted({file for file in files if has_pages(handed.files[file].media_type)})
    counts, uncounted = _counted(case, handed, wanted, pool=pool)
    again, uncounted = _counted(case, handed, sorted(uncounted), pool=pool)
    for file, failure in sorted(uncounted.items()):
        message = f"How many pages the file has could not be found out; only its first is listed. {failure.reason}"
        handed.findings.append(finding(failure.code or "FL006", message, place=Place(path=handed.files[file].path)))
    return counts | again


def _counted(
    case: CaseFile, handed: _Handed, files: Sequence[int], *, pool: WorkerPool
) -> tuple[dict[int, int], dict[int, Failure]]:
    """Return the page counts of *files*, and what happened to others; a file that cannot be read is in neither."""

    def tasks() -> Iterator[Task]:
        for file in files:
            source = handed.files[file]
            if source.blob is not None and source.blob.size_bytes:
                yield Task(file, page_count, (case.blobs.path(source.blob.sha256), source.media_type))

    counts: dict[int, int] = {}
    failures: dict[int, Failure] = {}
    for done in pool.map_unordered(tasks()):
        file, failure = cast("int", done.task.key), done.outcome.failure
        if failure is None:
            counts[file] = cast("int", done.outcome.value)
        elif failure.kind is not FailureKind.REFUSED:  # what is refused here is refused, and told, when it is read
            failures[file] = failure
    return counts, failures


def _piled(
    case: CaseFile, handed: _Handed, paths: Sequence[str], *, pool: WorkerPool
) -> tuple[Assembly, Attached, PageTable]:
    """Make documents of files without load file."""
    pile = pile_documents(paths, handed.parts)
    attached = Attached(np.array(pile.native, np.int64), np.array(pile.text, np.int64), whole=list(pile.whole))
    attached.findings += pile.findings
    for files, role in ((pile.text, FileRole.TEXT), (pile.native, FileRole.NATIVE)):
        attached.roles |= {file: role for file in files if file >= 0}
    attached.roles |= {file: FileRole.IMAGE for _, file in pile.whole if attached.roles.get(file) is None}
    for column, role in ((attached.native, FileRole.NATIVE), (attached.text, FileRole.TEXT)):
        for document in np.flatnonzero(column >= 0).tolist():
            attached.found_by.append(FoundBy(document, role, int(column[document]), "file name"))
    counts = _page_counts(case, handed, [file for _, file in pile.whole], pool=pool)
    pile = numbered_pile(pile, counts)
    return pile.assembly, attached, complete_pages(pile.assembly, pile_files(pile, counts))


def _accounted(
    handed: _Handed, paths: Sequence[str], *, assembly: Assembly, attached: Attached, pages: PageTable
) -> Linked:
    """Return everything that is to be stored, with its ledger."""
    load_places = {place for place, _ in handed.load_files}
    used = load_places | set(attached.roles)
    left, lost = orphans(handed.parts, used, paths)
    archives = [place for place, part in enumerate(handed.parts) if part is Part.ARCHIVE and place not in used]
    roles = {
        **attached.roles,
        **dict.fromkeys(load_places, FileRole.LOAD_FILE),
        **dict.fromkeys(archives, FileRole.ARCHIVE),
    }
    counted = {role: sum(1 for own in roles.values() if own is role) for role in FileRole}
    files = accounts.FileCount(
        handed_over=len(paths) + handed.refused + handed.litter,
        load_files=counted[FileRole.LOAD_FILE],
        images=counted[FileRole.IMAGE],
        texts=counted[FileRole.TEXT],
        natives=counted[FileRole.NATIVE],
        archives=counted[FileRole.ARCHIVE],
        orphans=len(left),
        refused=handed.refused,
        litter=handed.litter,
    )
    ledger = _ledger(handed, assembly, pages, files)
    same = same_bytes(
        paths, [f.blob.sha256 if f.blob and f.blob.size_bytes else None for f in handed.files], handed.parts
    )
    findings = [*handed.findings, *same, *assembly.findings, *attached.findings, *lost, *accounts.balance(ledger)]
    return Linked(handed.files, handed.load_files, assembly, attached, pages, roles, ledger, joined_notes(findings))


def _ledger(handed: _Handed, assembly: Assembly, pages: PageTable, files: accounts.FileCount) -> Ledger:
    headers = {
        load_file.name: sum(found.count for found in load_file.findings if found.code == "LF006")
        for _, load_file in handed.load_files
    }
    lists = [
        accounts.DocumentListCount(
            part.rows.name,
            rows=len(part.rows) + headers.get(part.rows.name, 0),
            documents=len(part.kept),
            refused=part.refused,
            merged=part.merged,
            headers=headers.get(part.rows.name, 0),
        )
        for part in assembly.joined.lists
    ]
    page_lists = [
        accounts.PageListCount(
            paging.rows.name, len(paging.rows), int((paging.document >= 0).sum()), paging.refused, paging.other
        )
        for paging in assembly.pagings
    ]
    return accounts.build_ledger(
        lists, page_lists, files=files, pages=accounts.count_pages(pages), ranges=accounts.count_ranges(assembly, pages)
    )
