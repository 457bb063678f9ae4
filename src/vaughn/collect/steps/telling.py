"""What a taking in has to tell: what did not come in, or not whole."""

from __future__ import annotations

from vaughn.collect.exceptions import ExceptionRow, exception_rows
from vaughn.collect.steps.filing import FILE_TASKS
from vaughn.model import Severity
from vaughn.store import CaseFile, FindingQuery

_TOLD = (Severity.ERROR, Severity.WARNING)


def exceptions(case: CaseFile, production_id: int | None = None) -> tuple[ExceptionRow, ...]:
    """Return what did not come in, or not whole, of one taking in (of all in the case), the worst first."""
    numbers = [production_id] if production_id is not None else [one.production_id for one in case.handovers()]
    rows: list[ExceptionRow] = []
    for number in numbers:
        found = case.findings(FindingQuery(productions=(number,), severities=_TOLD, limit=None))
        files = {file.path: file for file in case.taken_files(number, kinds=FILE_TASKS)}
        rows += exception_rows(found.rows, files)
    return tuple(rows)
