"""The steps of receiving: the only part of this room that opens the case.

COPYING (files are stored) > LINKING (load files are joined) > READING (pages are read) > LOADED. Each step can be
stopped at any moment and is taken up again where it was.
"""

from vaughn.receive.steps.dividing import apply_division, divide, undo_division
from vaughn.receive.steps.metadata import DocumentMetadata, FileLink, ReceivedRow, ReceivedValue, document_metadata
from vaughn.receive.steps.receiving import ReceiveResult, receive, resume
from vaughn.receive.steps.scans import Ocr, ScansRead, read_scans

__all__ = [
    "DocumentMetadata",
    "FileLink",
    "Ocr",
    "ReceiveResult",
    "ReceivedRow",
    "ReceivedValue",
    "ScansRead",
    "apply_division",
    "divide",
    "document_metadata",
    "read_scans",
    "receive",
    "resume",
    "undo_division",
]
