"""What a taking in has to tell: what did not come in, or not whole."""

from __future__ import annotations

from datetime import datetime

from vaughn.collect.custody import Receipt
from vaughn.collect.exceptions import ExceptionRow, exception_rows
from vaughn.collect.steps.filing import FILE_TASKS
from vaughn.collect.steps.finishing import account
from vaughn.model import Ledger, Severity, StateError
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


def receipt(case: CaseFile, production_id: int, *, made_at: datetime) -> Receipt:
    """Return the receipt of a taking in.

    Raises:
        StateError: If the production was received and not taken in.
    """
    handover, production = case.handover(production_id), case.production(production_id)
    if handover is None or production is None:
        raise StateError("The production was received and not taken in.", hint="A receipt is given for records added.")
    return Receipt(
        case.case().caption,
        production.name,
        handover,
        account(case, production_id),
        case.ledger(production_id) or Ledger(()),
        exceptions(case, production_id),
        str(case.head()),
        made_at,
    )
