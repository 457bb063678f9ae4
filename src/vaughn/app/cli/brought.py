"""What came of bringing records into the case, received or taken in, as two commands print it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import typer

from vaughn.app.cli.console import print_json, print_ledger, print_line

if TYPE_CHECKING:
    from vaughn.collect import TakenIn
    from vaughn.model import LedgerLine
    from vaughn.receive import ReceiveResult

    Brought = ReceiveResult | TakenIn

_ERRORS: Final = 1  # Findings of severity error, or a ledger that does not balance.


def print_brought(brought: Brought, lines: Sequence[LedgerLine], *, already: str) -> None:
    """Print how much there is, the *lines* of the ledger and how much was found.

    Args:
        already: What is said of its name if it was there before.
    """
    if brought.already:
        print_line(f"{brought.name} {already}; nothing was added.")
    print_line(f"{brought.name}: {brought.documents:,} documents, {brought.pages:,} pages, {brought.files:,} files.")
    print_ledger(lines)
    hidden = len(brought.ledger.lines) - len(lines)
    if hidden > 0:
        print_line(f"{hidden:,} more containers add up; `vaughn exceptions --xlsx` lists them all.")
    found = brought.findings
    print_line(f"Findings: {found.error:,} errors, {found.warning:,} warnings, {found.note:,} notes.")


def print_brought_as_json(brought: Brought, **more: object) -> None:
    """Print the same for a script, and *more* behind it."""
    found = brought.findings
    print_json(
        {
            "production_id": brought.production_id,
            "name": brought.name,
            "already": brought.already,
            "documents": brought.documents,
            "pages": brought.pages,
            "files": brought.files,
            "findings": {"error": found.error, "warning": found.warning, "note": found.note},
            "ledger": [
                {
                    "subject": line.subject,
                    "expected": line.expected,
                    "parts": [{"name": part, "count": count} for part, count in line.parts],
                    "balances": line.balances,
                }
                for line in brought.ledger.lines
            ],
        }
        | more
    )


def exit_of(brought: Brought) -> None:
    """End the command with 1 if something is wrong with the records, or not accounted for.

    Raises:
        typer.Exit: Then.
    """
    if brought.findings.error or not brought.ledger.balances:
        raise typer.Exit(_ERRORS)
