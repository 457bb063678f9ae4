"""Checking productions and telling the agency: the checks, and the production deficiency report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum

from vaughn.model import Production
from vaughn.store import CaseFile

Progress = Callable[[str, int, int], None]


class ReportFormat(Enum):
    """What the deficiency report can be written as."""

    PDF = "pdf"
    HTML = "html"
    XLSX = "xlsx"
    JSON = "json"


def check_productions(case: CaseFile, production_ids: Sequence[int], *, order: str | None, progress: Progress) -> None:
    raise NotImplementedError


def production_report(case: CaseFile, production: Production, kind: ReportFormat) -> bytes:
    raise NotImplementedError
