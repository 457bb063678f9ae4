"""How is a production received? Step by step, each resumable; what is stored once is never stored twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from vaughn.fulltext import tell_languages
from vaughn.model import InputError, Ledger, Production, ProductionState, StateError
from vaughn.receive.steps.copying import copy_files, same_files
from vaughn.receive.steps.dividing import divide_large, number_documents
from vaughn.receive.steps.layers import look_at_layers
from vaughn.receive.steps.linking import link_files
from vaughn.receive.steps.reading import read_production
from vaughn.receive.steps.scans import AT_ONCE, LOOKS_AT_ONCE, Ocr, read_scans
from vaughn.store import CaseFile, Progress, SeverityCounts, require_something
from vaughn.work import WorkerPool


@dataclass(frozen=True, slots=True)
class ReceiveResult:
    """What came of receiving a production.

    Args:
        already: Whether the same production was there before and nothing was added.
    """

    production_id: int
    name: str
    documents: int
    pages: int
    files: int
    findings: SeverityCounts
    ledger: Ledger
    already: bool = False


def receive(
    case: CaseFile,
    path: Path,
    *,
    agency: str,
    released_on: date,
    name: str | None = None,
    replaces: str | None = None,
    order: str | None = None,
    ocr: Ocr = Ocr.AUTO,
    progress: Progress | None = None,
) -> ReceiveResult:
    """Load the production at *path* (a folder, a zip or a single file), or go on with it where it was stopped.

    Args:
        name: What the production is called, unique in the case; ``AGENCY DATE`` if not given.
        replaces: Name of the earlier production that this one produces again.
        order: Name of the production-order profile it is held against.
        ocr: Whether up to `AT_ONCE` pages without words are read by OCR now; `read_scans` reads the rest.

    Raises:
        InputError: If there is nothing at *path*, or no file in it.
        StateError: If the case has a production of that name made from other files.
    """
    name = name or f"{agency} {released_on.isoformat()}"
    if replaces is not None and case.production(name=replaces) is None:
        raise InputError(f"The case has no production {replaces!r} to be replaced.", hint="Name one that was received.")
    known = case.production(name=name)
    if known is None:
        require_something(path)
        with case.writing("production.begun") as change:
            known = change.add_production(
                name, agency, released_on=released_on, source=path.name or str(path), replaces=replaces, order=order
            )
            change.note(production=known.id)
    elif known.state is not ProductionState.COPYING and not same_files(case, path, known.id):
        raise StateError(
            f"The case has a production {name!r} made from other files.",
            hint="Give this one another name with --release NAME.",
        )
    elif known.state is ProductionState.LOADED:
        return _result(case, known, already=True)
    return _carry_on(case, known, path, ocr=ocr, progress=progress or _silent)


def resume(
    case: CaseFile,
    production_id: int,
    *,
    path: Path | None = None,
    ocr: Ocr = Ocr.AUTO,
    progress: Progress | None = None,
) -> ReceiveResult:
    """Go on with a production that was stopped.

    Args:
        path: What was handed over; needed only while files are still being copied.

    Raises:
        InputError: If there is no such production.
        StateError: If files are still missing from the case and *path* is not given.
    """
    known = case.production(production_id)
    if known is None:
        raise InputError(f"There is no production {production_id} in this case.")
    if known.state is ProductionState.COPYING and path is None:
        raise StateError(
            f"Copying the files of {known.name!r} was interrupted.",
            hint="Receive it again from the same place; what was copied is not copied twice.",
        )
    if known.state is ProductionState.LOADED:
        return _result(case, known, already=True)
    return _carry_on(case, known, path, ocr=ocr, progress=progress or _silent)


def _silent(step: str, done: int, total: int) -> None:
    del step, done, total


def _carry_on(
    case: CaseFile, production: Production, path: Path | None, *, ocr: Ocr, progress: Progress
) -> ReceiveResult:
    state, number = production.state, production.id
    with WorkerPool() as pool:
        if state is ProductionState.COPYING and path is not None:
            copy_files(case, path, production_id=number, pool=pool, progress=progress)
            state = ProductionState.LINKING
        if state is ProductionState.LINKING:
            link_files(case, number, pool=pool, progress=progress)
            state = ProductionState.READING
        if state is ProductionState.READING:
            read_production(case, number, pool=pool, progress=progress)
            number_documents(case, number)
            divide_large(case, number, pool=pool, progress=progress)
            look_at_layers(case, number, pool=pool, most=LOOKS_AT_ONCE, progress=progress)
            tell_languages(case, number, progress=progress)
            with case.writing("production.loaded", production=number) as change:
                change.set_production_state(number, ProductionState.LOADED)
    if ocr is Ocr.AUTO:
        read_scans(case, number, progress=progress, most=AT_ONCE)
    return _result(case, production, already=False)


def _result(case: CaseFile, production: Production, *, already: bool) -> ReceiveResult:
    counts = case.counts(production.id)
    ledger = case.ledger(production.id) or Ledger(())
    return ReceiveResult(
        production.id, production.name, counts.documents, counts.pages, counts.files, counts.findings, ledger, already
    )
