"""A production from the other side: loaded, checked and told about.

Comes in: what an agency handed over. Goes out: documents and pages in the case, findings, a ledger, the
production deficiency report. Serves the requester's side of 5 U.S.C. 552(a)(3).
"""

from vaughn.receive.checks.steps import CheckResult, check_production, production_report
from vaughn.receive.orders import find_order, shipped_orders
from vaughn.receive.report import DeficiencyReport, report_json
from vaughn.receive.report_layout import report_html, report_pdf, report_xlsx
from vaughn.receive.rows import ColumnMap, map_columns
from vaughn.receive.steps import (
    DocumentMetadata,
    FileLink,
    Ocr,
    ReceivedRow,
    ReceivedValue,
    ReceiveResult,
    ScansRead,
    apply_division,
    divide,
    document_metadata,
    read_scans,
    receive,
    resume,
    undo_division,
)
from vaughn.receive.values import NormalisedField, normalised_fields

__all__ = [
    "CheckResult",
    "ColumnMap",
    "DeficiencyReport",
    "DocumentMetadata",
    "FileLink",
    "NormalisedField",
    "Ocr",
    "ReceiveResult",
    "ReceivedRow",
    "ReceivedValue",
    "ScansRead",
    "apply_division",
    "check_production",
    "divide",
    "document_metadata",
    "find_order",
    "map_columns",
    "normalised_fields",
    "production_report",
    "read_scans",
    "receive",
    "report_html",
    "report_json",
    "report_pdf",
    "report_xlsx",
    "resume",
    "shipped_orders",
    "undo_division",
]
