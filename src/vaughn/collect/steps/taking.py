"""How are records taken in? Step by step, each resumable; what is stored once is never stored twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from vaughn.collect.rules import CountedHashes, HashList, Rules, require_hashes
from vaughn.collect.steps.again import copy_refused, let_wait_again
from vaughn.collect.steps.copying import copy_originals
from vaughn.collect.steps.filing import OPEN_TASK, PAGES_TASK, TAKE_RUN, TAKE_TASK, Filing, run_of
from vaughn.collect.steps.finishing import finish, put_in_order
from vaughn.collect.steps.grouping import group_documents
from vaughn.collect.steps.opening import open_containers
from vaughn.collect.steps.paging import read_long_files
from vaughn.collect.steps.reading import DocumentReading, fresh_spool
from vaughn.fulltext import tell_languages
from vaughn.model import GroupScope, Handover, InputError, Ledger, Production, ProductionState, StateError
from vaughn.store import CaseFile, Progress, SeverityCounts, require_something
from vaughn.work import Executor, WorkerPool


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What the person who takes records in says of them.

    Args:
        from_whom: Person or office that handed them over; the custodian if not given.
        on: Day they changed hands; today if not given.
        custodian: Whose records they are.
        device: Computer, disk or account they were collected from.
        medium: How they came.
        name: What the taking in is called, unique in the case; the name of the folder if not given.
    """

    from_whom: str | None = None
    on: date | None = None
    custodian: str | None = None
    device: str | None = None
    medium: str | None = None
    note: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class TakeInOptions:
    """How a taking in is done.

    Args:
        exclude: Patterns of files that are left out.
        hash_lists: Files with hashes of known files, which are left out.
        passwords: Tried in order on locked files; never stored.
        near_duplicates: Whether similar pages and documents are looked for.
        scope: Among which documents copies are looked for.
        workers: Child processes at once; one a processor if not given.
    """

    exclude: tuple[str, ...] = ()
    hash_lists: tuple[Path, ...] = ()
    passwords: tuple[str, ...] = field(default=(), repr=False)
    near_duplicates: bool = True
    scope: GroupScope = GroupScope.GLOBAL
    workers: int | None = None


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What came of taking records in.

    Args:
        already: Whether they were there before and nothing was added.
    """

    production_id: int
    name: str
    documents: int
    pages: int
    files: int
    findings: SeverityCounts
    ledger: Ledger
    already: bool = False


_PLAIN = TakeInOptions()
_UNSAID = HandedOver()


def take_in(
    case: CaseFile,
    path: Path,
    *,
    handed: HandedOver = _UNSAID,
    options: TakeInOptions = _PLAIN,
    progress: Progress | None = None,
    executor: Executor | None = None,
) -> TakenIn:
    """Take in the records at *path* (a folder or a file), or go on where that was stopped.

    Args:
        executor: Reads the files; child processes of this machine if not given.

    Raises:
        InputError: If there is nothing at *path*.
        StateError: If the case has something else of that name, or the disk is full.
        WorkPaused: If somebody asked for a pause; all that was read is stored.
    """
    name = handed.name or path.resolve().name or "records"
    known = case.production(name=name)
    known_files, lists = _hash_lists(options.hash_lists)
    rules = Rules(options.exclude, lists)
    if known is None:
        require_something(path)
        known = _begin(case, path, name=name, handed=handed, rules=rules)
    else:
        _require_same(case, known, path, rules)
        if known.state is ProductionState.LOADED:
            return _result(case, known, already=True)
    return _carry_on(case, known, path, _Run(options, known_files, progress or _silent, executor))


def retry(
    case: CaseFile,
    production_id: int,
    *,
    reasons: Sequence[str] = (),
    passwords: tuple[str, ...] = (),
    progress: Progress | None = None,
    executor: Executor | None = None,
) -> TakenIn:
    """Read what failed once more: all of it, or what failed for one of *reasons* (codes).

    Originals that could not be read are copied now, if they are still where they lay and can be.

    Raises:
        InputError: If there is no such taking in.
        StateError: If copying the originals was stopped before its end.
        WorkPaused: If somebody asked for a pause; all that was read is stored.
    """
    known = case.production(production_id)
    if known is None or case.handover(production_id) is None:
        raise InputError(f"There is no taking in {production_id} in this case.")
    if known.state is ProductionState.COPYING:
        raise StateError(
            f"{known.name!r} was stopped while its files were copied.", hint="Go on with `vaughn add` first."
        )
    let_wait_again(case, production_id, run_id=run_of(case, production_id), reasons=reasons)
    known = replace(known, state=ProductionState.READING)
    run = _Run(TakeInOptions(passwords=passwords), HashList(), progress or _silent, executor, copies_refused=True)
    return _carry_on(case, known, None, run)


def resume(
    case: CaseFile, production_id: int, *, passwords: tuple[str, ...] = (), progress: Progress | None = None
) -> TakenIn:
    """Go on with a taking in that was stopped, by the rules it was begun with.

    Raises:
        InputError: If there is no such taking in, or what was handed over is no longer where it lay.
        StateError: If copying was stopped and a list of known hashes is needed again.
    """
    known, handover = case.production(production_id), case.handover(production_id)
    if known is None or handover is None:
        raise InputError(f"There is no taking in {production_id} in this case.")
    if known.state is ProductionState.LOADED:
        return _result(case, known, already=True)
    path = Path(handover.root) if known.state is ProductionState.COPYING else None
    if path is not None:
        require_something(path)
        if Rules.from_json(handover.rules).hash_lists:
            raise StateError(
                f"Copying {known.name!r} was stopped, and it needs its hash lists again.",
                hint="Take the records in again from the same place, under the same name and with the same lists.",
            )
    run = _Run(TakeInOptions(passwords=passwords), HashList(), progress or _silent, None)
    return _carry_on(case, known, path, run)


def _hash_lists(paths: Sequence[Path]) -> tuple[HashList, tuple[tuple[str, int], ...]]:
    """Return all hashes together, and what each list is called and holds."""
    named: list[tuple[str, int]] = []

    def hashes() -> Iterator[str]:
        for path in paths:
            try:
                with path.expanduser().open(encoding="utf-8", errors="replace") as lines:
                    counted = CountedHashes(lines)
                    yield from counted
            except OSError as error:
                raise InputError(f"The hash list {path.name} cannot be read: {error.strerror}.") from error
            require_hashes(counted.count, name=path.name)
            named.append((path.name, counted.count))

    return HashList(hashes()), tuple(named)


def _begin(case: CaseFile, path: Path, *, name: str, handed: HandedOver, rules: Rules) -> Production:
    """Write down who handed what over, before anything is copied."""
    with case.writing("taking.begun") as change:
        today = change.actor.clock().date()
        whom = handed.from_whom or handed.custodian or "not said"
        on = handed.on or today
        production = change.add_production(name, whom, released_on=on, source=path.name or str(path))
        change.set_handover(
            Handover(
                production.id,
                whom,
                change.actor.name,
                on,
                custodian=handed.custodian,
                device=handed.device,
                medium=handed.medium,
                note=handed.note,
                root=str(path.absolute()),
                rules=rules.to_json(),
            )
        )
        change.add_check_run(production.id, TAKE_RUN, findings=())
        change.note(production=production.id)
    return production


def _require_same(case: CaseFile, known: Production, path: Path, rules: Rules) -> None:
    """Refuse to mix two takings in.

    Raises:
        StateError: If the name belongs to something else, or the rules are others.
    """
    handover = case.handover(known.id)
    hint = "Give this taking in another name with --name NAME."
    if handover is None:
        raise StateError(f"The case has a production {known.name!r} that was received.", hint=hint)
    if handover.root != str(path.absolute()):
        raise StateError(f"{known.name!r} was taken in from another place.", hint=hint)
    if Rules.from_json(handover.rules) != rules and known.state is not ProductionState.LOADED:
        raise StateError(
            f"{known.name!r} was begun with other rules of what is left out.",
            hint="Use the same ones, or another name.",
        )


@dataclass(frozen=True, slots=True)
class _Run:
    """What a run needs besides the case.

    Args:
        executor: Reads the files; child processes of this machine if not given.
        copies_refused: Whether originals that could not be read before are copied now.
    """

    options: TakeInOptions
    known_files: HashList
    progress: Progress
    executor: Executor | None
    copies_refused: bool = False


def _carry_on(case: CaseFile, production: Production, path: Path | None, run: _Run) -> TakenIn:
    number = production.id
    handover = case.handover(number)
    if handover is None:
        raise StateError(f"{production.name!r} was received and not taken in.", hint="Use `vaughn receive`.")
    case.go_on()  # whoever starts the work takes a pause back
    blobs = (case.path / "blobs").absolute()
    # Containers are opened, and packages looked into, by children of their own: long reading never holds them up.
    with WorkerPool(1, readable=(blobs,)) as pool:
        rules = Rules.from_json(handover.rules)
        filing = Filing(case, number, run_of(case, number), pool, rules, run.known_files)
        with case.writing("taking.resumed", production=number) as change:
            # Only one process writes to a case: whoever had these tasks was stopped as a whole.
            change.return_leases(at_once=True, forgive=True)
        if production.state is ProductionState.COPYING and path is not None:
            copy_originals(filing, path, progress=run.progress)
        if run.copies_refused:
            copy_refused(filing)
        if run.executor is not None:
            _read_all(filing, run, run.executor, spool=None, custodian=handover.custodian)
        else:
            spool = fresh_spool(case)
            with WorkerPool(run.options.workers, spool=spool) as workers:
                _read_all(filing, run, workers, spool=spool, custodian=handover.custodian)
    tell_languages(case, number, progress=run.progress)
    # Families are compared as they stand in order; copies are part of the account, so they are found before it is made.
    put_in_order(case, number)
    group_documents(case, scope=run.options.scope, near=run.options.near_duplicates, progress=run.progress)
    finish(case, number, progress=run.progress)
    return _result(case, production, already=False)


def _read_all(filing: Filing, run: _Run, executor: Executor, *, spool: Path | None, custodian: str | None) -> None:
    """Open and read until nothing waits: containers hold documents, and documents containers."""
    passwords, progress = run.options.passwords, run.progress
    reading = DocumentReading(filing, executor, spool, custodian, passwords, progress=progress)
    while _is_waiting(filing.case, filing.production_id):
        open_containers(filing, passwords=passwords, progress=progress)
        reading.run()
        read_long_files(filing, executor=executor, passwords=passwords, progress=progress)
        filing.case.require_no_pause()


def _is_waiting(case: CaseFile, production_id: int) -> bool:
    kinds = (OPEN_TASK, TAKE_TASK, PAGES_TASK)
    return any(case.task_counts(production_id, kind).waiting for kind in kinds)


def _silent(step: str, done: int, total: int) -> None:
    del step, done, total


def _result(case: CaseFile, production: Production, *, already: bool) -> TakenIn:
    counts = case.counts(production.id)
    ledger = case.ledger(production.id) or Ledger(())
    return TakenIn(
        production.id, production.name, counts.documents, counts.pages, counts.files, counts.findings, ledger, already
    )
