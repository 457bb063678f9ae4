"""First step of taking in: every file that was handed over goes into the case, whole, once, and its hashes are made."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from vaughn.collect.lineage import Lineage
from vaughn.collect.names import last_name
from vaughn.collect.originals import ListedFile, digest_of
from vaughn.collect.rules import BY_HASH, BY_RULE
from vaughn.collect.steps.filing import Arrival, Filing
from vaughn.model import InputError, ProductionState, SourceFile, StateError
from vaughn.store import REFUSAL_CODE, REFUSAL_WORDS, CaseFile, Entry, EntryKind, Progress, open_regular, walk

_UNREADABLE, _CHANGED = "FL006", "IN032"


def copy_originals(filing: Filing, path: Path, *, progress: Progress) -> None:
    """Store every file under *path* that is not stored yet, and go on to the next step.

    Raises:
        InputError: If there is nothing at *path*.
        StateError: If other files than these were copied before, or the disk is full.
    """
    case, production_id = filing.case, filing.production_id
    entries = list(walk(path))
    known = {file.path: file for file in handed_over(case, production_id)}
    _require_same_start(known, entries)
    _count_originals(case, production_id, entries, known)
    for done, entry in enumerate(entries):
        if done % 50 == 0:
            progress("copying", done, len(entries))
        stored = known.get(entry.path)
        if stored is None:
            filing.add(_arrival(filing, path, entry, position=done + 1))
        elif stored.blob is not None and stored.blob.size_bytes != entry.size_bytes:
            filing.told(_CHANGED, "The file was changed after it was copied. The copy was kept.", entry.path)
    filing.store()
    progress("copying", len(entries), len(entries))
    handover = case.handover(production_id)
    if handover is None:
        raise StateError("The production was received and not taken in.", hint="Use `vaughn receive`.")
    with case.writing("originals.copied", production=production_id) as change:
        change.set_handover(replace(handover, digest_before=digest_of(listed(case, production_id))))
        change.set_production_state(production_id, ProductionState.READING)


def handed_over(case: CaseFile, production_id: int) -> Iterator[SourceFile]:
    """Yield the files that were handed over as they are: out of no container."""
    inner = {origin.file_id for origin in case.origins(production_id) if origin.container_id is not None}
    yield from (file for file in case.source_files(production_id) if file.id not in inner)


def listed(case: CaseFile, production_id: int) -> Iterator[ListedFile]:
    """Yield the hash list of the originals, made while they were copied."""
    for file in handed_over(case, production_id):
        if file.blob is not None:
            yield ListedFile(file.path, file.blob.size_bytes, file.blob.sha256)


def _require_same_start(known: dict[str, SourceFile], entries: list[Entry]) -> None:
    """Refuse to mix the files of two places when a taking in that was stopped is taken up again."""
    here = {entry.path for entry in entries}
    if known and not here & known.keys():
        raise StateError(
            "None of the files that were copied before is here.",
            hint="Take the records in from where it was begun, or give this taking in another name with --name.",
        )


def _count_originals(case: CaseFile, production_id: int, entries: list[Entry], known: dict[str, SourceFile]) -> None:
    """Write down how much was handed over, before anything of it is copied."""
    handover = case.handover(production_id)
    gone = known.keys() - {entry.path for entry in entries}
    size_bytes = sum(entry.size_bytes for entry in entries)
    if handover is not None:
        with case.writing("originals.counted", production=production_id) as change:
            change.set_handover(replace(handover, files=len(entries) + len(gone), size_bytes=size_bytes))
            change.note(files=len(entries))


def _arrival(filing: Filing, path: Path, entry: Entry, *, position: int) -> Arrival:
    """Return one file of the disk as it comes into the case."""
    arrival = Arrival(entry.path, None, position, None, Lineage())
    if entry.kind is not EntryKind.FILE:
        filing.told(REFUSAL_CODE[entry.kind], REFUSAL_WORDS[entry.kind], entry.path)
        return replace(arrival, refused=REFUSAL_CODE[entry.kind])
    if filing.left_out(entry.path):
        return replace(arrival, refused=BY_RULE)
    try:
        return copied_original(filing, entry.below(path), arrival)
    except InputError as error:
        filing.told(_UNREADABLE, error.message, entry.path)
        return replace(arrival, refused=_UNREADABLE)


def copied_original(filing: Filing, source: Path, arrival: Arrival) -> Arrival:
    """Copy a file; one that changes meanwhile is copied once more, and told of if it changes again.

    Raises:
        InputError: If it cannot be read.
    """
    for attempt in (1, 2):
        with open_regular(source) as stream:
            before = os.fstat(stream.fileno())
            blob, hashes = filing.copied(stream, name=last_name(arrival.path))
            after = os.fstat(stream.fileno())
        is_still = (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)
        if is_still or attempt > 1:
            break
    if not is_still:
        filing.told(
            _CHANGED, "The file was changed while it was copied. The copy is of its second reading.", arrival.path
        )
    modified = datetime.fromtimestamp(before.st_mtime, UTC).replace(microsecond=0)
    found = replace(arrival, blob=blob, hashes=hashes, modified_at=f"{modified:%Y-%m-%dT%H:%M:%SZ}")
    return found if blob is not None else replace(found, refused=BY_HASH)
