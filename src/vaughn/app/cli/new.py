"""`vaughn new`: an empty case."""

from __future__ import annotations

from typing import Annotated

import typer

from vaughn.app.cli.console import print_json, print_line
from vaughn.app.cli.options import AsJson, CasePath


def new(
    case: CasePath,
    caption: Annotated[
        str | None, typer.Option(help="What the case is called, e.g. 'A v. B'; the folder's name if not given.")
    ] = None,
    *,
    court: Annotated[str | None, typer.Option(help="Court, e.g. 'S.D.N.Y.'.")] = None,
    docket_number: Annotated[str | None, typer.Option("--docket", help="Docket number, e.g. 1:10-cv-03488.")] = None,
    as_json: AsJson = False,
) -> None:
    """Make an empty case in a new folder.

    Example: vaughn new ndlon --caption "NDLON v. ICE" --docket "10 Civ. 3488"
    """
    from vaughn.app.opening import actor
    from vaughn.model import Case, canonical_docket_number
    from vaughn.store import CaseFile

    number = None if docket_number is None else canonical_docket_number(docket_number)
    path = case.expanduser()
    named = Case(caption or path.resolve().name, court, number)
    with CaseFile.create(path, named, actor=actor("vaughn new")):
        pass
    if as_json:
        print_json({"path": str(path.resolve()), "caption": named.caption, "docket_number": number})
        return
    print_line(f"Made the case {named.caption} in {path}.")
    print_line(f"Next: vaughn receive {path} FOLDER --agency ICE --released 2011-01-17")
