"""`vaughn check`: hold productions against the checks and an order; write the deficiency report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vaughn.app.cli.console import Column, print_json, print_line, print_table, progress
from vaughn.app.cli.options import AsJson, CasePath, Order, Release, Wait

if TYPE_CHECKING:
    from vaughn.receive import CheckResult
    from vaughn.store import CaseFile, StoredFinding

_ERRORS = 1
_SEVERITIES = ("error", "warning", "note")


def check(
    case: CasePath,
    release: Release = None,
    *,
    order: Order = None,
    report: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write the deficiency report: .pdf, .html, .xlsx or .json."),
    ] = None,
    wait: Wait = 0.0,
    as_json: AsJson = False,
) -> None:
    """Run the checks over a production (over all), print what is wrong, and write the report for the agency.

    Example: vaughn check ndlon --order ndlon-2011-02-07 --report deficiencies.pdf
    """
    from vaughn.app.naming import production_ids
    from vaughn.app.opening import open_to_write
    from vaughn.receive import check_production
    from vaughn.work import give_memory_back

    kind = None if report is None else _report_format(report)
    give_memory_back()  # columns of a million rows come and go
    with open_to_write(case.expanduser(), "vaughn check", wait_seconds=wait) as opened, progress(quiet=as_json) as show:
        ids = production_ids(opened, release) or tuple(known.id for known in opened.productions())
        if report is not None:
            _require_one(ids, report)
        results = {number: check_production(opened, number, order, progress=show) for number in ids}
        findings = _stored(opened, ids)
        if report is not None and kind is not None:
            _write_report(opened, ids[0], report)
    if as_json:
        print_json([_as_json(number, result, findings[number]) for number, result in results.items()])
    else:
        _print_findings([stored for number in ids for stored in findings[number]], results)
        if report is not None:
            print_line(f"Wrote {report}.")
    if any(stored.finding.severity.value == "error" for rows in findings.values() for stored in rows):
        raise typer.Exit(_ERRORS)


def _report_format(report: Path) -> str:
    from vaughn.app.checking import ReportFormat
    from vaughn.model import InputError, UsageError

    kind = report.suffix.lower().lstrip(".")
    if kind not in [known.value for known in ReportFormat]:
        raise UsageError(f"{report.name} is no kind of report.", hint="End it with .pdf, .html, .xlsx or .json.")
    if report.exists():
        raise InputError(f"{report} already exists.", hint="Name a file that does not exist; nothing is overwritten.")
    return kind


def _require_one(ids: tuple[int, ...], report: Path) -> None:
    from vaughn.model import UsageError

    if len(ids) != 1:
        raise UsageError(
            f"{report.name} can tell of one production, and the case has {len(ids)}.",
            hint="Name it with --release NAME.",
        )


def _write_report(case: CaseFile, production_id: int, report: Path) -> None:
    from vaughn.app.checking import ReportFormat, written_report

    content = written_report(case, production_id, ReportFormat(report.suffix.lower().lstrip(".")))
    part = report.with_name(f"{report.name}.part")
    part.write_bytes(content)
    part.replace(report)


def _stored(case: CaseFile, ids: tuple[int, ...]) -> dict[int, tuple[StoredFinding, ...]]:
    from vaughn.store import FindingQuery

    return {number: case.findings(FindingQuery(productions=(number,), limit=None)).rows for number in ids}


def _print_findings(findings: list[StoredFinding], results: dict[int, CheckResult]) -> None:
    columns = (
        Column("severity"),
        Column("code", wraps=False),
        Column("where"),
        Column("count", is_number=True),
        Column("what is wrong"),
    )
    rows = [
        (
            stored.finding.severity.value,
            stored.finding.code,
            _where(stored),
            stored.finding.count,
            stored.finding.message,
        )
        for stored in findings
    ]
    print_table("Findings", columns, rows)
    for result in results.values():
        _print_order(result)
    unrun = {told.number: told for result in results.values() for told in result.not_run}
    for _, told in sorted(unrun.items()):
        print_line(str(told))
    totals = [sum(stored.finding.severity.value == severity for stored in findings) for severity in _SEVERITIES]
    print_line("{:,} errors, {:,} warnings, {:,} notes.".format(*totals))


def _where(stored: StoredFinding) -> str:
    place = stored.finding.place
    path = f"{place.path}, line {place.line:,}" if place.path and place.line else place.path or ""
    return " ".join(part for part in (place.bates, path) if part)


def _print_order(result: CheckResult) -> None:
    if result.order is None:
        return
    print_line(f"Order: {result.order.title}")
    if result.order.banner:
        print_line(result.order.banner)
    columns = (
        Column("ordered field"),
        Column("column"),
        Column("owed", is_number=True),
        Column("filled", is_number=True),
        Column("empty", is_number=True),
        Column("result"),
    )
    rows = [
        (line.spec.name, line.column or "", line.owed, line.filled, line.empty, line.state.value)
        for line in result.fields
    ]
    print_table("Ordered fields", columns, rows)


def _as_json(production_id: int, result: CheckResult, findings: tuple[StoredFinding, ...]) -> dict[str, object]:
    return {
        "production_id": production_id,
        "order": None if result.order is None else result.order.name,
        "banner": None if result.order is None else result.order.banner,
        "findings": [_finding_json(stored) for stored in findings],
        "fields": [
            {
                "name": line.spec.name,
                "field": line.spec.field,
                "column": line.column,
                "owed": line.owed,
                "filled": line.filled,
                "empty": line.empty,
                "state": line.state.value,
            }
            for line in result.fields
        ],
        "not_run": [{"check": told.number, "reason": told.reason} for told in result.not_run],
    }


def _finding_json(stored: StoredFinding) -> dict[str, object]:
    found, place = stored.finding, stored.finding.place
    return {
        "code": found.code,
        "severity": found.severity.value,
        "message": found.message,
        "count": found.count,
        "path": place.path,
        "line": place.line,
        "bates": place.bates,
        "field": place.field,
        "document_id": place.document_id,
        "page_id": place.page_id,
    }
