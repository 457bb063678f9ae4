"""A production from the other side: loaded, checked and told about.

Comes in: what an agency handed over. Goes out: documents and pages in the case, findings, a ledger, the
production deficiency report. Serves the requester's side of 5 U.S.C. 552(a)(3).
"""

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
    "DocumentMetadata",
    "FileLink",
    "NormalisedField",
    "Ocr",
    "ReceiveResult",
    "ReceivedRow",
    "ReceivedValue",
    "ScansRead",
    "apply_division",
    "divide",
    "document_metadata",
    "normalised_fields",
    "read_scans",
    "receive",
    "resume",
    "undo_division",
]
