"""A load as `vaughn receive` does it, in steps that can be resumed; killed at any moment by test_kill_store."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from vaughn.model import (
    Case,
    DocumentKind,
    FileRole,
    Finding,
    InputError,
    Ledger,
    LedgerLine,
    PageSize,
    Place,
    Production,
    ProductionState,
    Severity,
    TextSource,
)
from vaughn.store import (
    Actor,
    CaseFile,
    DocumentColumns,
    JobState,
    NewFile,
    NewLink,
    NewTask,
    PageColumns,
    PageReading,
)

FILES = 40
DOCUMENTS = 6_000  # enough for the indexes to be dropped and built again
READ_PAGES = 240
PAGES_A_TASK = 12
MOMENT = datetime(2011, 1, 17, tzinfo=UTC)
ACTOR = Actor("a paralegal", lambda: MOMENT, "vaughn receive")


def load(path: Path, source: Path) -> None:
    """Load everything, or what is left of it."""
    with _opened(path) as case:
        production = case.production(name="P") or _new_production(case)
        if production.state is ProductionState.COPYING:
            _copy(case, production, source)
        if production.state in (ProductionState.COPYING, ProductionState.LINKING):
            _link(case, production)
        _read(case, production)


def _opened(path: Path) -> CaseFile:
    try:
        return CaseFile.open(path, write=True, actor=ACTOR, wait_seconds=5)
    except InputError:
        return CaseFile.create(path, Case("A v. B"), actor=ACTOR)


def _new_production(case: CaseFile) -> Production:
    with case.writing("production.received") as change:
        change.add_job("receive", step="copying")
        return change.add_production("P", "ICE", released_on=date(2011, 1, 17), source="VOL001")


def _copy(case: CaseFile, production: Production, source: Path) -> None:
    there = {file.path for file in case.source_files(production.id)}
    left = [path for path in sorted(source.iterdir()) if path.name not in there]
    for at in range(0, len(left), 10):
        some = left[at : at + 10]
        new = [NewFile(path.name, FileRole.IMAGE, case.blobs.add_file(path), "image/tiff") for path in some]
        with case.writing("files.stored", production=production.id) as change:
            change.add_files(production.id, new)
    with case.writing("production.copied", production=production.id) as change:
        change.set_production_state(production.id, ProductionState.LINKING)


def _link(case: CaseFile, production: Production) -> None:
    files = [file.id for file in case.source_files(production.id)]
    with case.bulk_load(production.id) as load:
        for start in range(0, DOCUMENTS, 2000):
            count = min(2000, DOCUMENTS - start)
            load.documents(
                DocumentColumns(
                    page_count=[1] * count,
                    prefix=["ICE "] * count,
                    begin_number=list(range(start + 1, start + count + 1)),
                    width=[7] * count,
                    kind=[DocumentKind.PAPER] * count,
                    title=[f"title {number}" for number in range(start, start + count)],
                )
            )
            load.pages(
                PageColumns(
                    page_in_file=[1] * count,
                    file_id=[files[number % FILES] for number in range(start, start + count)],
                )
            )
        change = load.change
        change.add_links([NewLink(load.first_document_id, FileRole.IMAGE, files[0], "A.TIF", "path")])
        found = [Finding("LF003", Severity.NOTE, Place(line=line), "Recognised.") for line in range(1, 300)]
        change.add_check_run(production.id, "load", findings=found)
        change.set_ledger(production.id, Ledger((LedgerLine("rows", DOCUMENTS, (("documents", DOCUMENTS),)),)))
        tasks = [NewTask(str(first)) for first in range(1, READ_PAGES + 1, PAGES_A_TASK)]
        change.add_tasks(production.id, "read", tasks)
        change.set_production_state(production.id, ProductionState.READING)


def _read(case: CaseFile, production: Production) -> None:
    job = case.jobs()[0]
    with case.writing("reading.resumed", production=production.id) as change:
        change.return_leases(at_once=True)
        change.save_job(replace(job, state=JobState.RUNNING, step="reading"))
    while True:
        with case.writing("tasks.leased", production=production.id) as change:
            tasks = change.lease(4, seconds=60, production_id=production.id)
        if not tasks:
            break
        for task in tasks:
            first = int(task.key)
            readings = [_reading(page_id) for page_id in range(first, first + PAGES_A_TASK)]
            with case.writing("pages.read", production=production.id) as change:
                change.save_pages(readings)
                change.finish(task.id)
    with case.writing("production.loaded", production=production.id) as change:
        change.set_production_state(production.id, ProductionState.LOADED)
        change.save_job(replace(case.jobs()[0], state=JobState.DONE, started_at=MOMENT))


def _reading(page_id: int) -> PageReading:
    words = hashlib.sha256(str(page_id).encode()).digest() * 60
    return PageReading(page_id, PageSize(612, 792), TextSource.EMBEDDED, f"ICE {page_id:07}", words)
