"""The findings: a list with filters, and its export."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter
from fastapi.responses import Response

from vaughn.app.api import models
from vaughn.app.api.exports import ListFormat, list_download
from vaughn.app.api.filters import FindingFilters, Limit, Number
from vaughn.app.api.shapes import finding_row
from vaughn.app.api.workbench import TheCase
from vaughn.app.document_list import FINDING_COLUMNS, finding_cells
from vaughn.model import CATALOGUE

router = APIRouter()


@router.get("/api/findings")
def findings(case: TheCase, query: FindingFilters, offset: Number = 0, limit: Limit = 100) -> models.FindingTable:
    """Return a window of the findings, and which codes the whole list has."""
    found = case.file.findings(replace(query, offset=offset, limit=limit))
    return models.FindingTable(
        total=found.total,
        rows=[finding_row(stored) for stored in found.rows],
        codes=[
            models.CodeRow(code=row.code, title=CATALOGUE[row.code].title, severity=row.severity.value, count=row.count)
            for row in found.codes
        ],
    )


@router.get("/api/findings/export", response_class=Response)
def findings_export(case: TheCase, query: FindingFilters, format: ListFormat = ListFormat.CSV) -> Response:
    """Download the findings that the filters leave."""
    rows = finding_cells(case.file, replace(query, limit=None))
    return list_download("findings", format, columns=FINDING_COLUMNS, rows=rows)
