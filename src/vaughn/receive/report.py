"""What a production deficiency report says: findings by check, the worst of them, the ordered fields, the ledger.

Pure: the same case and findings give the same report. How it looks is `receive/report_layout.py`; the
JSON form here is stable and described in docs/reference/findings.md.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from vaughn.model import CATALOGUE, Case, Finding, Ledger, Production, ProductionOrder, Severity
from vaughn.receive.checks import CHECKS, FieldLine, NotRun
from vaughn.receive.facts import LoadFileFacts

JSON_VERSION = 1
# The first page has room for this many kinds of finding.
WORST = 6
# What is missing comes before what is merely wrong.
_LOSSES = (
    "BN003", "BN004", "FL001", "BN009", "PL004", "PL010", "RP001", "FM001", "FM004", "FL006", "FL007", "LF018",
    "OR001", "OR003", "OR004", "OR005", "OR006", "LG001",
)  # fmt: skip
LOADING = "While loading"


@dataclass(frozen=True, slots=True)
class ReportSource:
    """What a report is made of; everything comes from the case.

    Args:
        head: Hash of the last entry of the event log when the report was made.
        version: Of the program.
    """

    case: Case
    production: Production
    order: ProductionOrder | None
    findings: tuple[Finding, ...]
    fields: tuple[FieldLine, ...]
    not_run: tuple[NotRun, ...]
    ledger: Ledger
    load_files: tuple[LoadFileFacts, ...]
    volumes: tuple[str, ...]
    documents: int
    pages: int
    files: int
    made_at: datetime
    version: str
    head: str | None


@dataclass(frozen=True, slots=True)
class CodeGroup:
    """All findings of one code."""

    code: str
    severity: Severity
    title: str
    cure: str
    findings: tuple[Finding, ...]

    @property
    def total(self) -> int:
        """How many times the fault stands."""
        return sum(one.count for one in self.findings)


@dataclass(frozen=True, slots=True)
class CheckGroup:
    """One numbered check and what it found; `reason` says why it was not run."""

    number: int
    title: str
    groups: tuple[CodeGroup, ...]
    reason: str | None = None
    is_partly_run: bool = False

    def total(self, severity: Severity) -> int:
        """How many faults of *severity* the check found."""
        return sum(group.total for group in self.groups if group.severity is severity)


@dataclass(frozen=True, slots=True)
class DeficiencyReport:
    """The whole report; `worst` are the kinds of finding for the first page."""

    source: ReportSource
    checks: tuple[CheckGroup, ...]
    worst: tuple[CodeGroup, ...]

    def total(self, severity: Severity) -> int:
        """How many faults of *severity* there are."""
        return sum(check.total(severity) for check in self.checks)

    @property
    def requests(self) -> tuple[CodeGroup, ...]:
        """What to ask the agency for: every error and warning that a question can mend."""
        return tuple(
            group
            for check in self.checks
            for group in check.groups
            if group.severity is not Severity.NOTE and not group.cure.startswith("Nothing")
        )


def deficiency_report(source: ReportSource) -> DeficiencyReport:
    """Return the report of one production."""
    groups = _by_code(source.findings)
    unrun = {one.number: one for one in source.not_run}
    titles = {0: LOADING} | {check.number: check.title for check in CHECKS}
    checks = tuple(
        CheckGroup(
            number,
            title,
            tuple(group for group in groups if CATALOGUE[group.code].check == number),
            unrun[number].reason if number in unrun else None,
            is_partly_run=number in unrun and unrun[number].partly,
        )
        for number, title in titles.items()
    )
    shown = tuple(check for check in checks if check.number or check.groups)
    grave = [group for group in groups if group.severity is not Severity.NOTE]
    return DeficiencyReport(source, shown, tuple(sorted(grave, key=_weight)[:WORST]))


def _by_code(findings: tuple[Finding, ...]) -> list[CodeGroup]:
    """Return findings grouped by code and severity, in the order of the catalogue."""
    found: dict[tuple[str, Severity], list[Finding]] = {}
    for one in findings:
        found.setdefault((one.code, one.severity), []).append(one)
    place = {code: number for number, code in enumerate(CATALOGUE)}
    return [
        CodeGroup(code, severity, CATALOGUE[code].title, CATALOGUE[code].cure, tuple(found[code, severity]))
        for code, severity in sorted(found, key=lambda key: (place[key[0]], list(Severity).index(key[1])))
    ]


def _weight(group: CodeGroup) -> tuple[int, bool, int]:
    return list(Severity).index(group.severity), group.code not in _LOSSES, -group.total


def place_in_words(one: Finding) -> str:
    """Return where a finding stands: number, file, line, column."""
    place = one.place
    parts = [place.bates or ""]
    if place.path is not None:
        parts.append(place.path if place.line is None else f"{place.path}, line {place.line:,}")
    elif place.line is not None:
        parts.append(f"line {place.line:,}")
    if place.field is not None:
        parts.append(f"column {place.field}")
    return " · ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One finding as a terminal or a list shows it."""

    severity: str
    code: str
    title: str
    place: str
    message: str
    count: int
    cure: str


def report_rows(report: DeficiencyReport) -> tuple[ReportRow, ...]:
    """Return every finding as one row, errors first, then in the order of the checks."""
    rows = [
        ReportRow(one.severity.value, one.code, group.title, place_in_words(one), one.message, one.count, group.cure)
        for check in report.checks
        for group in check.groups
        for one in group.findings
    ]
    order = [severity.value for severity in Severity]
    return tuple(sorted(rows, key=lambda row: order.index(row.severity)))


def report_json(report: DeficiencyReport) -> dict[str, object]:
    """Return the report as JSON values; keys are only ever added, and `format` counts up if one changes its meaning."""
    source = report.source
    production = source.production
    return {
        "format": JSON_VERSION,
        "kind": "production deficiency report",
        "made_at": source.made_at.isoformat(),
        "program": {"name": "vaughn", "version": source.version},
        "event_log_head": source.head,
        "case": {
            "caption": source.case.caption,
            "court": source.case.court,
            "docket_number": source.case.docket_number,
        },
        "production": {
            "name": production.name,
            "agency": production.agency,
            "released_on": production.released_on.isoformat(),
            "received_at": production.received_at.isoformat(),
            "source": production.source,
            "replaces": production.replaces,
            "volumes": list(source.volumes),
            "documents": source.documents,
            "pages": source.pages,
            "files": source.files,
        },
        "order": _order_json(source.order),
        "totals": {severity.value: report.total(severity) for severity in Severity},
        "codes": _totals_by_code(report),
        "checks": [_check_json(check) for check in report.checks],
        "fields": [_field_json(line) for line in source.fields],
        "ledger": [
            {
                "subject": line.subject,
                "expected": line.expected,
                "parts": [{"name": name, "count": count} for name, count in line.parts],
                "balances": line.balances,
            }
            for line in source.ledger.lines
        ],
        "load_files": [
            {
                "path": one.path,
                "format": one.format,
                "lists": one.lists,
                "columns": list(one.columns),
                "rows": one.rows,
                "dialect": one.dialect,
            }
            for one in source.load_files
        ],
    }


def _totals_by_code(report: DeficiencyReport) -> dict[str, int]:
    totals: Counter[str] = Counter()
    for check in report.checks:
        for group in check.groups:
            totals[group.code] += group.total
    return dict(totals)


def _order_json(order: ProductionOrder | None) -> dict[str, object] | None:
    if order is None:
        return None
    return {"name": order.name, "title": order.title, "source": order.source, "banner": order.banner}


def _check_json(check: CheckGroup) -> dict[str, object]:
    return {
        "number": check.number,
        "title": check.title,
        "not_run": check.reason,
        "findings": [
            {
                "code": one.code,
                "severity": one.severity.value,
                "title": group.title,
                "ask": group.cure,
                "message": one.message,
                "count": one.count,
                "path": one.place.path,
                "line": one.place.line,
                "bates": one.place.bates,
                "field": one.place.field,
                "document_id": one.place.document_id,
                "page_id": one.place.page_id,
            }
            for group in check.groups
            for one in group.findings
        ],
    }


def _field_json(line: FieldLine) -> dict[str, object]:
    spec = line.spec
    return {
        "name": spec.name,
        "field": spec.field,
        "requirement": spec.requirement.value,
        "applies_to": spec.applies_to,
        "cites": spec.cites,
        "confirmed": spec.confirmed,
        "column": line.column,
        "owed": line.owed,
        "filled": line.filled,
        "empty": line.empty,
        "state": line.state.value,
    }
