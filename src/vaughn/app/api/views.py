"""Ways to look at a record besides its pages: HTML made harmless, rows of sheets, pictures by LibreOffice."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, TypeVar

from fastapi import APIRouter, Path, Query
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response

from vaughn.app.api import record_models as models
from vaughn.app.api.documents import DocumentId, known_document
from vaughn.app.api.errors import NotFound
from vaughn.app.api.filters import MAX_NUMBER
from vaughn.app.api.pages import MAX_WIDTH_PX, MIN_WIDTH_PX
from vaughn.app.api.security import FRAME_HEADERS
from vaughn.app.api.workbench import OpenCase, TheCase
from vaughn.app.lineage import lineage_of
from vaughn.app.renditions import RenditionFacts, RenditionState
from vaughn.formats.pages import page_count
from vaughn.formats.readers import ReadingRequest
from vaughn.model import InputError, SourceFile
from vaughn.work import Outcome

if TYPE_CHECKING:
    from vaughn.formats.views import SheetWindow

router = APIRouter()
Value = TypeVar("Value")
_PDF = "application/pdf"
_MAX_PAGES = 100_000
# Rows before the window are passed over one by one: a million of them take this long.
_SHEET_SECONDS = 60.0
_MAX_SHEETS = 10_000
_MAX_ROWS = 500


def own_file(case: OpenCase, document_id: int) -> SourceFile:
    """Return the file of a document, its bytes stored.

    Raises:
        NotFound: If there is no such document or it has no file of its own.
    """
    own = lineage_of(case.file, known_document(case, document_id)).own
    if own is None or own.file.blob is None:
        raise NotFound("The document has no file of its own.")
    return own.file


@router.get("/api/documents/{document_id}/sheet")
def sheet(
    case: TheCase,
    document_id: DocumentId,
    *,
    sheet: Annotated[int, Query(ge=1, le=_MAX_SHEETS)] = 1,
    first_row: Annotated[int, Query(ge=1, le=MAX_NUMBER)] = 1,
    rows: Annotated[int, Query(ge=1, le=_MAX_ROWS)] = 100,
) -> models.SheetRows:
    """Return some rows of one sheet of a spreadsheet, as they stand in its grid."""
    file = own_file(case, document_id)
    request = reading_request(case, file)
    from vaughn.formats.views import SheetWindow, sheet_rows  # noqa: PLC0415 -- loaded when somebody looks

    outcome = case.reading.run(sheet_rows, (request, sheet, first_row, rows), cpu_seconds=_SHEET_SECONDS)
    return _sheet(_value_of(outcome, SheetWindow))


def _value_of(outcome: Outcome, kind: type[Value]) -> Value:
    if isinstance(outcome.value, kind):
        return outcome.value
    failure = outcome.failure
    raise InputError(
        "The file cannot be shown in this way." if failure is None else failure.reason,
        hint="Look at its pages, or download the file." if failure is None else failure.hint,
    )


@router.get("/api/documents/{document_id}/html", response_class=Response)
def html(case: TheCase, document_id: DocumentId) -> Response:
    """Return a message or web page as it was laid out, made harmless, for a frame that can run and fetch nothing."""
    from vaughn.formats.views import SafeHtml, harmless_page  # noqa: PLC0415 -- loaded when somebody looks

    outcome = case.reading.run(harmless_page, (reading_request(case, own_file(case, document_id)),))
    page = _value_of(outcome, SafeHtml).html.encode("utf-8", "replace")
    return Response(page, media_type="text/html; charset=utf-8", headers=FRAME_HEADERS)


def reading_request(case: OpenCase, file: SourceFile) -> ReadingRequest:
    """Return what a child is told of a file that it is to open.

    Raises:
        NotFound: If its bytes are not in the case.
    """
    if file.blob is None:
        raise NotFound("The document has no file of its own.")
    return ReadingRequest(case.file.blobs.path(file.blob.sha256), file.media_type, file.path.rsplit("/", 1)[-1])


def _sheet(window: SheetWindow) -> models.SheetRows:
    return models.SheetRows(
        sheets=[models.SheetRow(number=one.number, name=one.name, is_hidden=one.is_hidden) for one in window.sheets],
        sheet=window.sheet,
        first_row=window.first_row,
        rows=[
            models.GridRow(
                number=row.number, is_hidden=row.is_hidden, cells=list(row.cells), formulas=list(row.formulas)
            )
            for row in window.rows
        ],
        hidden_columns=list(window.hidden_columns),
        has_more=window.has_more,
    )


@router.get("/api/documents/{document_id}/rendition")
def rendition(case: TheCase, document_id: DocumentId) -> models.RenditionRow:
    """Return how far the picture of a document as its program shows it is."""
    return _row(case, _facts(case, document_id))


@router.post("/api/documents/{document_id}/rendition")
def ask_for_rendition(case: TheCase, document_id: DocumentId) -> models.RenditionRow:
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


def _row(case: OpenCase, found: RenditionFacts) -> models.RenditionRow:
    pages = None
    if found.pdf is not None:
        counted = case.reading.run(page_count, (found.pdf, _PDF)).value
        pages = counted if isinstance(counted, int) else None
    return models.RenditionRow(state=found.state.value, pages=pages, message=found.message, hint=found.hint)
