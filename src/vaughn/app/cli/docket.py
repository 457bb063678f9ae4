"""`vaughn docket`: the docket of a case, imported from files or entered by hand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vaughn.app.cli.console import Column, print_json, print_line, print_table, progress
from vaughn.app.cli.options import AsJson, CasePath, Wait

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vaughn.lawsuit import ImportResult
    from vaughn.model import Finding

FINDINGS = 1
group = typer.Typer(
    no_args_is_help=True, help="Docket, motions, orders, what they oblige to, and what sources contradict."
)


@group.command("import")
def import_file(
    case: CasePath,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Saved docket, notice, feed or table.")],
    *,
    docket: Annotated[str | None, typer.Option(metavar="NUMBER", help="Case, if the file names none or many.")] = None,
    court: Annotated[str | None, typer.Option(metavar="ID", help="Court, if the file names none: nysd, ca2.")] = None,
    columns: Annotated[
        Path | None, typer.Option("--map", metavar="FILE", help="TOML file that says which column of a table is what.")
    ] = None,
    wait: Wait = 0.0,
    as_json: AsJson = False,
) -> None:
    """Take a docket file into the case; a later version of it adds what is new.

    Example: vaughn docket import ndlon docket.html
    """
    from vaughn.app.opening import open_to_write
    from vaughn.app.suit import read_column_map
    from vaughn.lawsuit import DocketChoice, import_docket

    choice = DocketChoice(docket, court, None if columns is None else read_column_map(columns))
    with (
        open_to_write(case.expanduser(), "vaughn docket import", wait_seconds=wait) as opened,
        progress(quiet=as_json) as show,
    ):
        show("Reading the docket", 0, 0)
        result = import_docket(opened, file.expanduser(), choice=choice)
    if as_json:
        print_json(_as_json(result))
    else:
        _print_result(result)
    end_with(result.findings)


@group.command("add")
def add(
    case: CasePath,
    reference: Annotated[str, typer.Argument(metavar="KIND/KEY", help="What is told of, e.g. order/2011-02-07-form.")],
    values: Annotated[list[str], typer.Argument(metavar="FIELD=VALUE...", help="e.g. type=order filed_on=2011-02-07")],
    *,
    source: Annotated[str, typer.Option(help="Where it stands, in words, e.g. 'ECF 41, p. 2'.")] = "",
    confidence: Annotated[
        str, typer.Option(help="confirmed, stated, computed, inferred or 'not confirmed'.")
    ] = "stated",
    note: Annotated[str, typer.Option(help="A remark that stays with what is said.")] = "",
    wait: Wait = 0.0,
) -> None:
    """Enter by hand what a source says of an entry, a party, an order or anything else of the suit.

    Example: vaughn docket add ndlon order-change/stay order=order/form state=stayed from=2011-03-30 --source "ECF 82"
    """
    from vaughn.app.facts import EnteredFacts, enter_facts, read_values, source_named
    from vaughn.app.opening import open_to_write
    from vaughn.model import Confidence, UsageError

    known = [one.value for one in Confidence]
    if confidence not in known:
        raise UsageError(f"{confidence[:40]!r} is no confidence.", hint=f"Choose: {', '.join(known)}.")
    facts = EnteredFacts(
        reference,
        read_values(values),
        source=source_named(source),
        confidence=Confidence(confidence),
        note=note or None,
    )
    with open_to_write(case.expanduser(), "vaughn docket add", wait_seconds=wait) as opened:
        added = enter_facts(opened, facts)
    print_line(f"{reference}: {added:,} new statements.")


def print_findings(findings: Sequence[Finding]) -> None:
    """Print what is wrong, if anything is."""
    if findings:
        columns = (Column("severity"), Column("code", wraps=False), Column("where"), Column("what is wrong"))
        rows = [(one.severity.value, one.code, _where(one), one.message) for one in findings]
        print_table("Findings", columns, rows)


def findings_json(findings: Sequence[Finding]) -> list[dict[str, object]]:
    """Return findings as JSON."""
    return [
        {
            "code": one.code,
            "severity": one.severity.value,
            "message": one.message,
            "count": one.count,
            "path": one.place.path,
            "line": one.place.line,
            "field": one.place.field,
        }
        for one in findings
    ]


def end_with(findings: Sequence[Finding]) -> None:
    """End the command with 1 if a finding is an error."""
    if any(one.severity.value == "error" for one in findings):
        raise typer.Exit(FINDINGS)


def _where(one: Finding) -> str:
    line = "" if one.place.line is None else f"line {one.place.line:,}"
    return ", ".join(part for part in (one.place.path or "", line) if part)


def _print_result(result: ImportResult) -> None:
    print_line(f"{result.title} ({result.docket})")
    print_line(
        f"Entries: {result.new:,} new, {result.known:,} known, {result.changed:,} changed, "
        f"{result.unreadable:,} not readable. Parties: {result.parties:,}. New statements: {result.statements:,}."
    )
    if result.others:
        print_line(f"{result.others:,} other cases of the file were left out.")
    print_findings(result.findings)


def _as_json(result: ImportResult) -> dict[str, object]:
    return {
        "docket": result.docket,
        "title": result.title,
        "entries": {
            "new": result.new,
            "known": result.known,
            "changed": result.changed,
            "unreadable": result.unreadable,
        },
        "parties": result.parties,
        "statements": result.statements,
        "others": result.others,
        "findings": findings_json(result.findings),
    }
