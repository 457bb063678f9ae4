"""`vaughn export`: the document list as a file for spreadsheets."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from vaughn.app.cli.console import print_line
from vaughn.app.cli.options import CasePath, Release


def export(
    case: CasePath,
    out: Annotated[Path, typer.Argument(metavar="FILE", help="File to write: .csv or .xlsx.", show_default=False)],
    *,
    release: Release = None,
    columns: Annotated[
        str | None, typer.Option(metavar="A,B,C", help="Columns to write, separated by commas; all if not given.")
    ] = None,
    findings: Annotated[bool, typer.Option("--findings", help="Write the findings instead of the documents.")] = False,
) -> None:
    """Write the document list, or the findings, as CSV or XLSX. Values that begin like a formula are marked as text.

    Example: vaughn export ndlon documents.xlsx --columns control,date,title
    """
    from vaughn.app.document_list import FINDING_COLUMNS, chosen_columns, document_cells, finding_cells
    from vaughn.app.naming import production_ids
    from vaughn.formats.lists import csv_pieces, write_xlsx
    from vaughn.model import InputError, UsageError
    from vaughn.store import CaseFile, DocumentQuery, FindingQuery

    if out.suffix.lower() not in (".csv", ".xlsx"):
        raise UsageError(f"{out.name} is neither .csv nor .xlsx.", hint="End the file's name with one of them.")
    if out.exists():
        raise InputError(f"{out} already exists.", hint="Name a file that does not exist; nothing is overwritten.")
    with CaseFile.open(case.expanduser()) as opened:
        ids = production_ids(opened, release)
        names = FINDING_COLUMNS if findings else chosen_columns(columns)
        if findings:
            rows = finding_cells(opened, FindingQuery(productions=ids, limit=None))
        else:
            rows = document_cells(opened, DocumentQuery(productions=ids), names)
        part = out.with_name(f"{out.name}.part")
        try:
            if out.suffix.lower() == ".xlsx":
                left_out = write_xlsx(part, names, rows)
            else:
                left_out = 0
                with part.open("wb") as file:
                    file.writelines(csv_pieces(names, rows))
            part.replace(out)
        finally:
            part.unlink(missing_ok=True)
    print_line(f"Wrote {out}." + (f" {left_out:,} rows did not fit into one sheet: use .csv." if left_out else ""))
