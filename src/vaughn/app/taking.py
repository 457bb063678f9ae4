"""From what somebody handed over to records that are taken in and can be searched; for the commands and the jobs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from vaughn.collect import (
    HandedOver,
    Receipt,
    TakeInOptions,
    TakenIn,
    receipt,
    receipt_pdf,
    receipt_xlsx,
    resume,
    retry,
    take_in,
)
from vaughn.fulltext import TextIndex, catch_up
from vaughn.model import InputError
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
    try:
        text = path.expanduser().read_text("utf-8-sig", "replace")
    except OSError as error:
        raise InputError(f"The passwords in {path.name} cannot be read: {error.strerror}.") from error
    return tuple(line for line in text.splitlines() if line)


def takings(case: CaseFile, name: str | None) -> tuple[int, ...]:
    """Return the taking in called *name* (all of them if `None`), oldest first.

    Raises:
        InputError: If there is none of that name.
    """
    if name is None:
        return tuple(handover.production_id for handover in case.handovers())
    production = case.production(name=name)
    if production is None or case.handover(production.id) is None:
        raise InputError(f"Nothing was taken in under the name {name!r}.", hint="`vaughn productions` lists the names.")
    return (production.id,)


def receipts_xlsx(case: CaseFile, numbers: Sequence[int], path: Path, *, made_at: datetime) -> None:
    """Write ledger and exceptions into a workbook; of several takings in, one a file."""
    for number in numbers:
        _written(_own(path, number, numbers), receipt_xlsx(receipt(case, number, made_at=made_at)))


def write_receipts(receipts: Sequence[Receipt], path: Path) -> None:
    """Write receipts as PDF; several of them one a file."""
    numbers = [one.handover.production_id for one in receipts]
    for one in receipts:
        _written(_own(path, one.handover.production_id, numbers), receipt_pdf(one))


def _own(path: Path, number: int, numbers: Sequence[int]) -> Path:
    return path if len(numbers) == 1 else path.with_stem(f"{path.stem}-{number}")


def _written(path: Path, content: bytes) -> None:
    part = path.with_name(f"{path.name}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        raise InputError(
            f"{path} cannot be written: {error.strerror}.", hint="Name a file in a folder of yours."
        ) from error
