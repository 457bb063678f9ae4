"""Ways to look at a record besides its pages: the picture that its own program makes of it."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Path, Query
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response

from vaughn.app.api import record_models as rows
from vaughn.app.api.documents import DocumentId, known_document
from vaughn.app.api.errors import NotFound
from vaughn.app.api.pages import MAX_WIDTH_PX, MIN_WIDTH_PX
from vaughn.app.api.workbench import OpenCase, TheCase
from vaughn.app.lineage import lineage_of
from vaughn.app.renditions import RenditionFacts, RenditionState
from vaughn.formats.pages import page_count
from vaughn.model import SourceFile

router = APIRouter()
_PDF = "application/pdf"
_MAX_PAGES = 100_000


def own_file(case: OpenCase, document_id: int) -> SourceFile:
    """Return the file of a document, its bytes stored.

    Raises:
        NotFound: If there is no such document or it has no file of its own.
    """
    own = lineage_of(case.file, known_document(case, document_id)).own
    if own is None or own.file.blob is None:
        raise NotFound("The document has no file of its own.")
    return own.file


@router.get("/api/documents/{document_id}/rendition")
def rendition(case: TheCase, document_id: DocumentId) -> rows.RenditionRow:
    """Return how far the picture of a document as its program shows it is."""
    return _row(case, _facts(case, document_id))


@router.post("/api/documents/{document_id}/rendition")
def ask_for_rendition(case: TheCase, document_id: DocumentId) -> rows.RenditionRow:
    """Have the picture made, unless it is there."""
    file = own_file(case, document_id)
    if file.blob is None:
        raise NotFound("The document has no file of its own.")
    return _row(case, case.renditions.ask(file.blob, file.media_type))


@router.get("/api/documents/{document_id}/rendition/pages/{number}/image", response_class=Response)
async def rendition_image(
    case: TheCase,
    document_id: DocumentId,
    number: Annotated[int, Path(ge=1, le=_MAX_PAGES)],
    *,
    width: Annotated[int, Query(ge=MIN_WIDTH_PX, le=MAX_WIDTH_PX)] = 1000,
) -> Response:
    """Return a page of the picture, *width* pixels wide."""
    found = await run_in_threadpool(_facts, case, document_id)
    if found.pdf is None:
        raise NotFound("The picture of this document was not made.")
    async with case.drawing:
        picture = await run_in_threadpool(partial(case.renderer.render, found.pdf, _PDF, number, width_px=width))
    return Response(picture, media_type="image/jpeg", headers={"Cache-Control": "private, max-age=3600"})


def _facts(case: OpenCase, document_id: int) -> RenditionFacts:
    file = own_file(case, document_id)
    if file.blob is None:
        return RenditionFacts(RenditionState.IMPOSSIBLE)
    return case.renditions.facts(file.blob, file.media_type)


def _row(case: OpenCase, found: RenditionFacts) -> rows.RenditionRow:
    pages = None
    if found.pdf is not None:
        counted = case.reading.run(page_count, (found.pdf, _PDF)).value
        pages = counted if isinstance(counted, int) else None
    return rows.RenditionRow(state=found.state.value, pages=pages, message=found.message, hint=found.hint)
