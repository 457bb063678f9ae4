"""`vaughn divide`: large files that were divided into documents."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Annotated

import typer

from vaughn.app.cli.console import Column, print_json, print_line, print_table
from vaughn.app.cli.options import AsJson, CasePath, Wait

if TYPE_CHECKING:
    from vaughn.store import Division


class Change(Enum):
    """What to do with a division."""

    SHOW = "show"
    UNDO = "undo"
    APPLY = "apply"


def divide(
    case: CasePath,
    change: Annotated[Change, typer.Argument(help="show, undo or apply.")] = Change.SHOW,
    *,
    document: Annotated[
        int | None, typer.Option(metavar="ID", help="Id of the large document, as `show` prints it.")
    ] = None,
    wait: Wait = 0.0,
    as_json: AsJson = False,
) -> None:
    """Show where large files were divided, take a division back, or apply it again.

    Example: vaughn divide ndlon undo --document 12
    """
    from vaughn.model import UsageError
    from vaughn.store import CaseFile

    if change is Change.SHOW:
        with CaseFile.open(case.expanduser()) as opened:
            divisions = [
                division
                for production in opened.productions()
                for division in opened.divisions(production.id)
                if document in (None, division.document_id)
            ]
        _show(divisions, as_json=as_json, with_cuts=document is not None)
        return
    if document is None:
        raise UsageError("It is not said which document is meant.", hint="Name it with --document ID.")
    division = _changed(case.expanduser(), change, document, wait=wait)
    _show([division], as_json=as_json, with_cuts=False)


def _changed(case: CasePath, change: Change, document: int, *, wait: float) -> Division:
    from vaughn.app.opening import open_to_write
    from vaughn.fulltext import TextIndex, catch_up
    from vaughn.receive import apply_division, undo_division

    with open_to_write(case, "vaughn divide", wait_seconds=wait) as opened:
        division = (undo_division if change is Change.UNDO else apply_division)(opened, document)
        catch_up(opened, TextIndex(opened.fulltext), thorough=True)
    return division


def _show(divisions: list[Division], *, as_json: bool, with_cuts: bool) -> None:
    if as_json:
        print_json(
            [
                {
                    "document_id": division.document_id,
                    "control": division.control,
                    "pages": division.pages,
                    "state": division.state.value,
                    "cuts": [
                        {"page": cut.page, "control": cut.control, "evidence": cut.evidence} for cut in division.cuts
                    ],
                }
                for division in divisions
            ]
        )
        return
    columns = (
        Column("id", is_number=True),
        Column("document"),
        Column("pages", is_number=True),
        Column("parts", is_number=True),
        Column("state"),
    )
    rows = [
        (division.document_id, division.control, division.pages, len(division.cuts), division.state.value)
        for division in divisions
    ]
    print_table("Divided files", columns, rows)
    for division in divisions if with_cuts else []:
        cuts = [(cut.page, cut.control, cut.evidence) for cut in division.cuts]
        print_table("Parts", (Column("from page", is_number=True), Column("document"), Column("evidence")), cuts)
    if divisions and not with_cuts:
        print_line("A division is taken back with `vaughn divide CASE undo --document ID`.")
