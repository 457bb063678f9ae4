"""Last steps of taking in: documents in order, the ledger, the hashes of what is stored, the end of the handover."""

from __future__ import annotations

from dataclasses import replace

from vaughn.collect.account import Account, account_of, balance, ledger_of
from vaughn.collect.order import in_tree_order
from vaughn.collect.originals import ListedFile, digest_of
from vaughn.collect.steps.copying import handed_over
from vaughn.collect.steps.filing import FILE_TASKS
from vaughn.model import Ledger, Place, ProductionState, StateError, finding
from vaughn.store import CaseFile, Progress

LEDGER_RUN = "ledger"
CUSTODY_RUN = "custody"


def account(case: CaseFile, production_id: int) -> Account:
    """Return the account of a taking in: what was handed over and what became of it, container by container.

    Raises:
        StateError: If the production was received and not taken in.
    """
    handover = case.handover(production_id)
    production = case.production(production_id)
    if handover is None or production is None:
        raise StateError("The production was received and not taken in.", hint="Its ledger is the one of receiving.")
    files = list(case.taken_files(production_id, kinds=FILE_TASKS))
    return account_of(files, handed_over=handover.files or 0, name=production.name)


def put_in_order(case: CaseFile, production_id: int) -> None:
    """Number documents as they stand in the tree; until then they stand as they happened to be read."""
    files = case.taken_files(production_id, kinds=FILE_TASKS)
    ordered = [file.document_id for file in in_tree_order(list(files)) if file.document_id is not None]
    with case.writing("documents.ordered", production=production_id) as change:
        change.set_ordinals((document, place) for place, document in enumerate(ordered, start=1))


def finish(case: CaseFile, production_id: int, *, progress: Progress) -> Ledger:
    """Make the ledger, hash what is stored, and say that all is loaded."""
    files = list(case.taken_files(production_id, kinds=FILE_TASKS))
    made = account(case, production_id)
    ledger = ledger_of(made, files)
    digest = _digest_after(case, production_id, progress)
    handover = case.handover(production_id)
    with case.writing("records.taken", production=production_id) as change:
        change.set_ledger(production_id, ledger)
        change.add_check_run(production_id, LEDGER_RUN, findings=balance(ledger))
        if handover is not None:
            now = change.actor.clock()
            change.set_handover(replace(handover, digest_after=digest, finished_at=handover.finished_at or now))
            is_same = handover.digest_before in (None, digest)
            told = finding("IN032", "The stored files differ from the originals by their hashes.", place=Place())
            change.add_check_run(production_id, CUSTODY_RUN, findings=() if is_same else (told,))
        change.set_production_state(production_id, ProductionState.LOADED)
        change.note(documents=sum(file.document_id is not None for file in files))
    return ledger


def _digest_after(case: CaseFile, production_id: int, progress: Progress) -> str:
    """Hash what is stored of the originals again, from its bytes."""
    stored = [file for file in handed_over(case, production_id) if file.blob is not None]
    found = []
    for done, file in enumerate(stored):
        if done % 200 == 0:
            progress("hashing stored files", done, len(stored))
        blob = case.blobs.measured(file.blob.sha256 if file.blob else "", read=_ignore)
        if blob is not None:
            found.append(ListedFile(file.path, blob.size_bytes, blob.sha256))
    return digest_of(found)


def _ignore(_read: int) -> None:
    return None
