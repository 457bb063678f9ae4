"""`vaughn receive`: load a production and say exactly what is wrong with it."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from vaughn.app.cli.brought import exit_of, print_brought, print_brought_as_json
from vaughn.app.cli.console import print_line, progress
from vaughn.app.cli.options import AsJson, CasePath, Order, Wait


class _Ocr(Enum):
    """How much is read by OCR at once; `vaughn.app.receiving.Scans`, known before that is imported."""

    AUTO = "auto"
    ALL = "all"
    NEVER = "never"


def receive(
    case: CasePath,
    path: Annotated[Path, typer.Argument(metavar="PATH", help="Folder, zip or file that was handed over.")],
    agency: Annotated[str, typer.Option(help="Agency that handed it over, e.g. ICE.")],
    *,
    released: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="Day of the release.")],
    name: Annotated[
        str | None,
        typer.Option(
            "--release", "--name", metavar="NAME", help="Name of the production; agency and day if not given."
        ),
    ] = None,
    replaces: Annotated[
        str | None, typer.Option(metavar="NAME", help="Earlier production that this one produces again.")
    ] = None,
    order: Order = None,
    ocr: Annotated[
        _Ocr, typer.Option(help="Read pages without words by OCR: the first 40 where it is installed, all, or none.")
    ] = _Ocr.AUTO,
    wait: Wait = 0.0,
    as_json: AsJson = False,
) -> None:
    """Load a production: copy it, read its load files and pages, check it. Run again, it goes on where it stopped.

    Example: vaughn receive ndlon ./VOL001 --agency ICE --released 2011-01-17
    """
    from vaughn.app.opening import open_to_write
    from vaughn.app.receiving import Handover, Scans, receive_handover, require_ocr, scans_left

    if ocr is _Ocr.ALL:
        require_ocr()
    handover = Handover(
        path.expanduser(),
        agency,
        released.date(),
        name=name,
        replaces=replaces,
        order=order,
        scans=Scans(ocr.value),
    )
    with (
        open_to_write(case.expanduser(), "vaughn receive", wait_seconds=wait) as opened,
        progress(quiet=as_json) as show,
    ):
        result = receive_handover(opened, handover, show)
        left = scans_left(opened, result.production_id)
    if as_json:
        print_brought_as_json(result, scans_waiting=left)
    else:
        print_brought(result, result.ledger.lines, already="was already loaded from these files")
        if left:
            print_line(f"{left:,} scanned pages have no words yet. Read them with: vaughn scans {case}")
    exit_of(result)
