"""`vaughn add`: take records in, whatever they are, and account for every file."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vaughn.app.cli.console import print_json, print_ledger, print_line, progress
from vaughn.app.cli.options import AsJson, CasePath, Passwords, Wait

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vaughn.collect import TakenIn
    from vaughn.model import LedgerLine

_MOST_LINES = 40
_ERRORS = 1  # Findings of severity error, or a ledger that does not balance.


def add(
    case: CasePath,
    path: Annotated[Path, typer.Argument(metavar="PATH", help="Folder or file that was handed over.")],
    *,
    custodian: Annotated[str | None, typer.Option(help="Whose records they are.")] = None,
    from_whom: Annotated[
        str | None, typer.Option("--from", metavar="WHO", help="Who handed them over; the custodian if not given.")
    ] = None,
    on: Annotated[
        datetime | None,
        typer.Option("--on", formats=["%Y-%m-%d"], metavar="DATE", help="Day they changed hands; today if not given."),
    ] = None,
    device: Annotated[str | None, typer.Option(help="Computer, disk or account they were collected from.")] = None,
    name: Annotated[
        str | None, typer.Option(metavar="NAME", help="Name of this taking in; the folder's name if not given.")
    ] = None,
    passwords: Passwords = None,
    exclude: Annotated[
        list[str] | None,
        typer.Option(metavar="PATTERN", help="Leave out files of this name or path, e.g. '*.tmp'; may be repeated."),
    ] = None,
    hash_list: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="Leave out files whose hash is listed, e.g. by the NSRL; may be repeated."),
    ] = None,
    by_custodian: Annotated[
        bool, typer.Option("--by-custodian", help="A document is a copy of documents of the same custodian only.")
    ] = False,
    near_duplicates: Annotated[
        bool, typer.Option("--near-duplicates/--no-near-duplicates", help="Whether similar documents are looked for.")
    ] = True,
    wait: Wait = 0.0,
    as_json: AsJson = False,
) -> None:
    """Take in any pile of records: copy, open, read, account. Run again, it goes on where it stopped.

    Example: vaughn add ndlon ./laptop --custodian "Palmer, Jon" --from "ICE, Office of the CIO"
    """
    from vaughn.app.opening import open_to_write
    from vaughn.app.taking import passwords_of, take_records
    from vaughn.collect import HandedOver, TakeInOptions
    from vaughn.model import GroupScope

    handed = HandedOver(from_whom, on.date() if on else None, custodian=custodian, device=device, name=name)
    options = TakeInOptions(
        tuple(exclude or ()),
        tuple(hash_list or ()),
        passwords_of(passwords),
        near_duplicates=near_duplicates,
        scope=GroupScope.CUSTODIAN if by_custodian else GroupScope.GLOBAL,
    )
    with (
        open_to_write(case.expanduser(), "vaughn add", wait_seconds=wait) as opened,
        progress(quiet=as_json) as show,
    ):
        taken = take_records(opened, path.expanduser(), handed, options=options, progress=show)
    if as_json:
        print_json(taken_as_json(taken))
    else:
        _print_taken(taken, case)
    if taken.findings.error or not taken.ledger.balances:
        raise typer.Exit(_ERRORS)


def _print_taken(taken: TakenIn, case: Path) -> None:
    if taken.already:
        print_line(f"{taken.name} was already taken in; nothing was added.")
    print_line(f"{taken.name}: {taken.documents:,} documents, {taken.pages:,} pages, {taken.files:,} files.")
    _print_lines(taken.ledger.lines)
    found = taken.findings
    print_line(f"Findings: {found.error:,} errors, {found.warning:,} warnings, {found.note:,} notes.")
    if found.error or found.warning:
        print_line(f"See what did not come in, and what to try: vaughn exceptions {case}")


def _print_lines(lines: Sequence[LedgerLine]) -> None:
    """Print the ledger; of very many containers the first, the last and those that do not add up."""
    shown = lines
    if len(lines) > _MOST_LINES:
        ends = (*lines[:_MOST_LINES], *lines[-2:])
        shown = [*ends[:-2], *(line for line in lines[_MOST_LINES:-2] if not line.balances), *ends[-2:]]
    print_ledger(shown)
    if len(shown) < len(lines):
        print_line(f"{len(lines) - len(shown):,} more containers add up; `vaughn exceptions --xlsx` lists them all.")


def taken_as_json(taken: TakenIn) -> dict[str, object]:
    """Return what came of taking in, for `--json`."""
    found = taken.findings
    return {
        "production_id": taken.production_id,
        "name": taken.name,
        "already": taken.already,
        "documents": taken.documents,
        "pages": taken.pages,
        "files": taken.files,
        "findings": {"error": found.error, "warning": found.warning, "note": found.note},
        "ledger": [
            {
                "subject": line.subject,
                "expected": line.expected,
                "parts": [{"name": part, "count": count} for part, count in line.parts],
                "balances": line.balances,
            }
            for line in taken.ledger.lines
        ],
    }
