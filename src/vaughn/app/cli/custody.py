"""`vaughn custody`: the receipt for records that were taken in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from vaughn.app.cli.console import print_json, print_ledger, print_line
from vaughn.app.cli.options import AsJson, CasePath

_ERRORS = 1


def custody(
    case: CasePath,
    *,
    name: Annotated[
        str | None, typer.Option("--name", metavar="NAME", help="Name of the taking in; all of them if not given.")
    ] = None,
    pdf: Annotated[
        Path | None, typer.Option(metavar="OUT", help="Write the receipt as a PDF to print and sign.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say who handed over what, when, and whether what is stored is what was handed over.

    Example: vaughn custody ndlon --pdf receipt.pdf
    """
    from vaughn.app.opening import now, open_to_read
    from vaughn.app.taking import takings, write_receipts
    from vaughn.collect import receipt, receipt_lines

    with open_to_read(case.expanduser(), "vaughn custody") as opened:
        found = [receipt(opened, number, made_at=now()) for number in takings(opened, name)]
    if pdf is not None:
        write_receipts(found, pdf.expanduser())
    if as_json:
        print_json(
            {
                "receipts": [
                    {"name": one.name, "proved": one.is_proved, "facts": dict(receipt_lines(one))} for one in found
                ]
            }
        )
    else:
        for one in found:
            print_line(one.name)
            for label, value in receipt_lines(one):
                print_line(f"  {label}: {value}")
            print_ledger([one.account.line()])
            print_line("The stored files are the originals, by their hashes." if one.is_proved else "NOT PROVED.")
    if not all(one.is_proved and one.account.balances for one in found):
        raise typer.Exit(_ERRORS)
