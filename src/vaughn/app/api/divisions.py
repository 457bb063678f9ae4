"""Large files that were divided into documents: taking a division back, applying it, dividing by hand."""

from __future__ import annotations

from fastapi import APIRouter

from vaughn.app.api import forms, models
from vaughn.app.api.documents import DocumentId, known_document
from vaughn.app.api.errors import NotFound
from vaughn.app.api.shapes import division_row
from vaughn.app.api.workbench import OpenCase, TheCase
from vaughn.receive import apply_division, divide, undo_division
from vaughn.store import Division

router = APIRouter()


def _known_division(case: OpenCase, document_id: int) -> None:
    known_document(case, document_id)
    if case.file.division(document_id) is None:
        raise NotFound("This document was not divided.")


@router.post("/api/divisions/{document_id}/undo")
def undo(case: TheCase, document_id: DocumentId) -> models.DivisionRow:
    """Let the large document count again in the place of its parts."""
    _known_division(case, document_id)
    with case.writing() as writable:
        division = undo_division(writable, document_id)
    return _changed(case, division)


@router.post("/api/divisions/{document_id}/apply")
def apply(case: TheCase, document_id: DocumentId) -> models.DivisionRow:
    """Let the parts count again in the place of the large document."""
    _known_division(case, document_id)
    with case.writing() as writable:
        division = apply_division(writable, document_id)
    return _changed(case, division)


@router.post("/api/divisions/{document_id}")
def divide_at(case: TheCase, document_id: DocumentId, form: forms.Starts) -> models.DivisionRow:
    """Divide a document at the pages named."""
    known_document(case, document_id)
    with case.writing() as writable:
        division = divide(writable, document_id, form.starts)
    return _changed(case, division)


def _changed(case: OpenCase, division: Division) -> models.DivisionRow:
    case.add_job("index", production_id=division.production_id)
    return division_row(division)
