"""`vaughn verify`: whether anything in the case was changed since it was written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from vaughn.app.cli.console import Column, print_json, print_line, print_table, progress
from vaughn.app.cli.options import AsJson, CasePath

if TYPE_CHECKING:
    from vaughn.store import VerifyReport

_CHANGED = 5  # The exit code of IntegrityError.


def verify(case: CasePath, as_json: AsJson = False) -> None:
    """Check every table, every stored file and the event log; name what was changed.

    Example: vaughn verify ndlon
    """
    from vaughn.store import CaseFile

    with CaseFile.open(case.expanduser()) as opened, progress(quiet=as_json) as show:
        report = opened.verify(show)
    if as_json:
        print_json(_as_json(report))
    else:
        _print_report(report)
    if not report.is_clean:
        raise typer.Exit(_CHANGED)


def _print_report(report: VerifyReport) -> None:
    print_table(
        "Checked",
        (Column("what"), Column("count", is_number=True)),
        [(part.name, part.count) for part in report.checked],
    )
    if report.problems:
        rows = [
            (problem.where, problem.column or "", _ids(problem.first_id, problem.last_id), problem.message)
            for problem in report.problems
        ]
        columns = (Column("where"), Column("column"), Column("rows"), Column("what was found"))
        print_table("Changed since it was written", columns, rows)
    for note in report.notes:
        print_line(note)
    print_line(f"Head of the event log: {report.head}")
    print_line("Nothing was changed." if report.is_clean else f"{len(report.problems):,} places were changed.")


def _ids(first: int | None, last: int | None) -> str:
    if first is None:
        return ""
    return str(first) if last in (None, first) else f"{first} to {last}"


def _as_json(report: VerifyReport) -> dict[str, object]:
    return {
        "clean": report.is_clean,
        "head": str(report.head),
        "checked": {part.name: part.count for part in report.checked},
        "problems": [
            {
                "where": problem.where,
                "column": problem.column,
                "first_id": problem.first_id,
                "last_id": problem.last_id,
                "message": problem.message,
            }
            for problem in report.problems
        ],
        "notes": list(report.notes),
    }
