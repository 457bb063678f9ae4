"""The list of what is owed, as two commands print it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from vaughn.app.cli.console import Column, print_table

if TYPE_CHECKING:
    from vaughn.model import DueLine

_COLUMNS = (
    Column("standing"),
    Column("due", wraps=False),
    Column("days", is_number=True),
    Column("who"),
    Column("what"),
    Column("confirmed"),
)


def print_owed(lines: Sequence[DueLine], *, on: date) -> None:
    """Print what is owed on a day, in the order given."""
    print_table(f"Owed on {on.isoformat()}", _COLUMNS, [_row(line) for line in lines])


def _row(line: DueLine) -> tuple[str | int, ...]:
    entry = line.entry
    return (
        line.standing.value,
        "" if entry.due is None else entry.due.isoformat(),
        "" if line.days is None else line.days,
        entry.who,
        entry.title,
        "" if entry.confirmed else "not confirmed",
    )


def owed_json(line: DueLine) -> dict[str, object]:
    """Return a line as JSON."""
    entry = line.entry
    return {
        "key": entry.key,
        "title": entry.title,
        "who": entry.who,
        "standing": line.standing.value,
        "due": None if entry.due is None else entry.due.isoformat(),
        "met_on": None if entry.met_on is None else entry.met_on.isoformat(),
        "days": line.days,
        "working_days": line.working_days,
        "confirmed": entry.confirmed,
    }
