"""Checking productions and telling the agency: the checks, and the production deficiency report."""

from __future__ import annotations

import json
from collections.abc import Callable
from enum import Enum
from typing import assert_never

from vaughn import __version__
from vaughn.app.opening import now
from vaughn.receive import production_report, report_html, report_json, report_pdf, report_xlsx
from vaughn.store import CaseFile

Progress = Callable[[str, int, int], None]


class ReportFormat(Enum):
    """What the deficiency report can be written as."""

    PDF = "pdf"
    HTML = "html"
    XLSX = "xlsx"
    JSON = "json"


def written_report(case: CaseFile, production_id: int, kind: ReportFormat) -> bytes:
    """Return the deficiency report of a production, as it was last checked, as the bytes of a file."""
    report = production_report(case, production_id, made_at=now(), version=__version__)
    match kind:
        case ReportFormat.PDF:
            return report_pdf(report)
        case ReportFormat.HTML:
            return report_html(report).encode("utf-8")
        case ReportFormat.XLSX:
            return report_xlsx(report)
        case ReportFormat.JSON:
            return json.dumps(report_json(report), ensure_ascii=False, indent=1).encode("utf-8")
        case _:
            assert_never(kind)
