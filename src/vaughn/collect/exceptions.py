"""What did not come in, or not whole, and what can be tried: a row a file, in words a paralegal knows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from vaughn.collect.account import Fate, fate_of
from vaughn.model import CATALOGUE, Severity
from vaughn.store import StoredFinding, TakenFile


@dataclass(frozen=True, slots=True)
class ExceptionRow:
    """One thing that went wrong with one file.

    Args:
        path: As it was handed over; inside a container ``box.zip/letter.doc``.
        fate: What became of the file; `None` for something that came out of no file of its own.
        code: Of the catalogue; `title` and `cure` are what it says there.
        message: What was seen on this file.
        attempts: How often it was tried.
        can_retry: Whether trying again (with a password, on another day) can change anything.
    """

    path: str
    file_id: int | None
    document_id: int | None
    media_type: str
    size_bytes: int | None
    fate: Fate | None
    severity: Severity
    code: str
    title: str
    message: str
    cure: str
    attempts: int
    can_retry: bool
    count: int = 1


def exception_rows(findings: Iterable[StoredFinding], files: Mapping[str, TakenFile]) -> tuple[ExceptionRow, ...]:
    """Return errors and warnings of a taking in as rows; notes are no exceptions.

    Args:
        files: By path.
    """
    rows = []
    for stored in findings:
        found = stored.finding
        if found.severity is Severity.NOTE:
            continue
        file = files.get(found.place.path or "")
        kind = CATALOGUE[found.code]
        fate = fate_of(file) if file is not None else None
        rows.append(
            ExceptionRow(
                found.place.path or "",
                file.file_id if file else None,
                file.document_id if file else found.place.document_id,
                file.media_type if file else "",
                file.size_bytes if file else None,
                fate,
                found.severity,
                found.code,
                kind.title,
                found.message,
                kind.cure,
                file.attempts if file else 0,
                fate in {Fate.FAILED, Fate.WAITING},
                found.count,
            )
        )
    return tuple(rows)
