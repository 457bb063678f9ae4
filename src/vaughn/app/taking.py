"""From what somebody handed over to records that are taken in and can be searched; for the commands and the jobs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from vaughn.collect import HandedOver, TakeInOptions, TakenIn, resume, retry, take_in
from vaughn.fulltext import TextIndex, catch_up
from vaughn.store import CaseFile

Progress = Callable[[str, int, int], None]


def take_records(
    case: CaseFile, path: Path, handed: HandedOver, *, options: TakeInOptions, progress: Progress
) -> TakenIn:
    """Take records in and enter their words into the text index; what was done before is not done again."""
    taken = take_in(case, path, handed=handed, options=options, progress=progress)
    return _indexed(case, taken, progress)


def carry_on(case: CaseFile, production_id: int, *, passwords: tuple[str, ...], progress: Progress) -> TakenIn:
    """Go on with a taking in that was stopped, and enter its words into the text index."""
    return _indexed(case, resume(case, production_id, passwords=passwords, progress=progress), progress)


def read_again(
    case: CaseFile, production_id: int, *, reasons: Sequence[str], passwords: tuple[str, ...], progress: Progress
) -> TakenIn:
    """Read once more what failed, and enter the words that came."""
    return _indexed(case, retry(case, production_id, reasons=reasons, passwords=passwords, progress=progress), progress)


def _indexed(case: CaseFile, taken: TakenIn, progress: Progress) -> TakenIn:
    catch_up(case, TextIndex(case.fulltext), progress=progress)
    return replace(taken, findings=case.counts(taken.production_id).findings)


def passwords_of(path: Path | None) -> tuple[str, ...]:
    """Return the passwords in a file, one a line; they are used and never stored."""
    if path is None:
        return ()
    return tuple(line for line in path.read_text("utf-8-sig", "replace").splitlines() if line)
