"""`vaughn productions`: what was received, with findings and ledgers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from vaughn.app.cli.console import Column, print_json, print_ledger, print_line, print_table
from vaughn.app.cli.options import AsJson, CasePath, Release

if TYPE_CHECKING:
    from vaughn.model import Production
    from vaughn.store import CaseFile


def productions(
    case: CasePath,
    release: Release = None,
    ledger: Annotated[bool, typer.Option("--ledger", help="Print the ledger of each production.")] = False,
    as_json: AsJson = False,
) -> None:
    """List the productions of a case.

    Example: vaughn productions ndlon --ledger
    """
    from vaughn.store import CaseFile

    with CaseFile.open(case.expanduser()) as opened:
        chosen = [known for known in opened.productions() if release in (None, known.name)]
        if as_json:
            print_json([_as_json(opened, production) for production in chosen])
            return
        print_table("Productions", _COLUMNS, [_row(opened, production) for production in chosen])
        for production in chosen if ledger else []:
            print_line()
            print_line(production.name)
            found = opened.ledger(production.id)
            print_ledger(() if found is None else found.lines)


_COLUMNS = (
    Column("name"),
    Column("agency"),
    Column("released"),
    Column("state"),
    Column("documents", is_number=True),
    Column("pages", is_number=True),
    Column("errors", is_number=True),
    Column("warnings", is_number=True),
    Column("notes", is_number=True),
    Column("ledger"),
)


def _row(case: CaseFile, production: Production) -> tuple[str | int, ...]:
    counts, ledger = case.counts(production.id), case.ledger(production.id)
    found = counts.findings
    return (
        production.name,
        production.agency,
        production.released_on.isoformat(),
        production.state.value,
        counts.documents,
        counts.pages,
        found.error,
        found.warning,
        found.note,
        "not yet" if ledger is None else "adds up" if ledger.balances else "DOES NOT ADD UP",
    )


def _as_json(case: CaseFile, production: Production) -> dict[str, object]:
    counts, ledger = case.counts(production.id), case.ledger(production.id)
    return {
        "id": production.id,
        "name": production.name,
        "agency": production.agency,
        "released_on": production.released_on.isoformat(),
        "received_at": production.received_at.isoformat(timespec="seconds"),
        "state": production.state.value,
        "replaces": production.replaces,
        "order": production.order,
        "documents": counts.documents,
        "pages": counts.pages,
        "files": counts.files,
        "findings": {"error": counts.findings.error, "warning": counts.findings.warning, "note": counts.findings.note},
        "ledger": [
            {"subject": line.subject, "expected": line.expected, "parts": dict(line.parts), "balances": line.balances}
            for line in (() if ledger is None else ledger.lines)
        ],
    }
