"""How a fault in the records is told: what, how bad, where.

Every `Finding` carries a code from the catalogue (`vaughn.model.catalogue`). Codes are never reused.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Severity(Enum):
    """How bad a finding is; only errors make a command end with exit code 1."""

    ERROR = "error"  # something owed is missing or contradicts itself
    WARNING = "warning"  # a person should look
    NOTE = "note"  # what the program decided, said openly


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding stands. `None` is "does not apply"; ids are those of the case file.

    Args:
        path: Path as the production writes it, `/` between folders.
        line: Line in `path`, counted from 1.
        bates: The number as printed, e.g. ``ICE 0004521``.
        field: Column name as received.
    """

    path: str | None = None
    line: int | None = None
    bates: str | None = None
    field: str | None = None
    document_id: int | None = None
    page_id: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault, or one run of the same fault.

    Args:
        count: How many times the fault stands; above 1 the place is the first of them.
        message: What is wrong, in one or two sentences, ending with a full stop.
            Ids, numbers, field names and places only; never what a document says.
    """

    code: str
    severity: Severity
    place: Place
    message: str
    count: int = 1

    def __post_init__(self) -> None:
        if self.count < 1:
            raise ValueError("a finding counts at least one fault")
