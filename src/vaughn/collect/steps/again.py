"""What failed waits again, and what was said of it is taken back; originals nobody could read are tried once more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from vaughn.collect.lineage import FileTask, Lineage, PagesTask
from vaughn.collect.originals import digest_of
from vaughn.collect.steps.copying import copied_original, listed
from vaughn.collect.steps.filing import FILE_TASKS, OPEN_TASK, PAGES_TASK, TAKE_TASK, Arrival, Filing
from vaughn.model import FileRole, InputError, ProductionState
from vaughn.store import CaseFile, NewFile, NewTask, TakenFile, Task, Writing

UNREADABLE = "FL006"


def let_wait_again(case: CaseFile, production_id: int, *, run_id: int, reasons: Sequence[str]) -> None:
    """Let the tasks that failed (for one of *reasons*, if given) wait again, and forget what was found about them."""
    files = {file.file_id: file for file in case.taken_files(production_id, kinds=FILE_TASKS)}
    with case.writing("tasks.again", production=production_id) as change:
        failed = [task for code in reasons or (None,) for task in change.retry(production_id, code=code)]
        again = [files[_file_of(task)] for task in failed if _file_of(task) in files]
        change.forget_findings(run_id, {file.path for file in again})
        # What was told of members that never came out would be told twice.
        change.forget_unheld_findings(run_id, [file.path for file in again if file.role is FileRole.ARCHIVE])
        change.set_production_state(production_id, ProductionState.READING)
        change.note(tasks=len(failed))


def _file_of(task: Task) -> int:
    return PagesTask.from_payload(task.payload).file_id if task.kind == PAGES_TASK else int(task.key)


def copy_refused(filing: Filing) -> None:
    """Copy originals that could not be read, if they are still where they lay and can be read now."""
    case, number = filing.case, filing.production_id
    handover = case.handover(number)
    refused = [
        file
        for file in case.taken_files(number, kinds=FILE_TASKS)
        if file.refused == UNREADABLE and file.container_id is None
    ]
    for file in refused:
        if handover is not None:
            _copy_again(filing, Path(handover.root), file)


def _copy_again(filing: Filing, root: Path, file: TakenFile) -> None:
    source = root if root.is_file() else root / file.path
    arrival = Arrival(file.path, None, file.position, None, Lineage())
    try:
        copied = copied_original(filing, source, arrival)
    except InputError:
        filing.findings.clear()  # it was told before, and nothing has changed
        return
    if copied.blob is None or copied.hashes is None:
        return
    filing.case.blobs.settle()
    row = filing.new_file(copied)
    hashes = copied.hashes

    def store(change: Writing) -> None:
        change.set_file(file.file_id, NewFile(row.path, row.role, row.blob, row.media_type))
        change.set_origin_hashes(file.file_id, md5=hashes.md5, sha1=hashes.sha1, modified_at=copied.modified_at)
        kind = OPEN_TASK if row.role is FileRole.ARCHIVE else TAKE_TASK
        task = NewTask(str(file.file_id), FileTask(Lineage()).payload())
        change.add_tasks(filing.production_id, kind, [task])
        change.forget_findings(filing.run_id, [file.path])

    filing.store(store)
    _renew_digest(filing)


def _renew_digest(filing: Filing) -> None:
    """Make the hash over the list of originals again: one more was read."""
    case, number = filing.case, filing.production_id
    handover = case.handover(number)
    if handover is not None:
        with case.writing("originals.copied", production=number) as change:
            change.set_handover(replace(handover, digest_before=digest_of(listed(case, number))))
