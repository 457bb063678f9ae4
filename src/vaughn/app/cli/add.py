"""`vaughn add`: take records in, whatever they are, and account for every file."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vaughn.app.cli.brought import exit_of, print_brought, print_brought_as_json
from vaughn.app.cli.console import print_line, progress
from vaughn.app.cli.options import AsJson, CasePath, Passwords, Wait

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vaughn.model import LedgerLine

_MOST_LINES, _LAST_LINES = 40, 2


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
        print_brought_as_json(taken)
    else:
        print_brought(taken, _shown(taken.ledger.lines), already="was already taken in")
        if taken.findings.error or taken.findings.warning:
            print_line(f"See what did not come in, and what to try: vaughn exceptions {case}")
    exit_of(taken)


def _shown(lines: Sequence[LedgerLine]) -> Sequence[LedgerLine]:
    """Return the ledger; of very many containers the first, the last and those that do not add up."""
    if len(lines) <= _MOST_LINES + _LAST_LINES:
        return lines
    unbalanced = (line for line in lines[_MOST_LINES:-_LAST_LINES] if not line.balances)
    return (*lines[:_MOST_LINES], *unbalanced, *lines[-_LAST_LINES:])
