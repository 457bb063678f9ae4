"""The document list and single documents."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Path, Query
from fastapi.responses import Response, StreamingResponse

from vaughn.app.api import models
from vaughn.app.api.errors import NotFound
from vaughn.app.api.exports import ListFormat, attachment, file_pieces, list_download
from vaughn.app.api.filters import MAX_NUMBER, MAX_ROWS, DocumentFilters, DocumentOrder, Limit, Number
from vaughn.app.api.shapes import document_row, metadata_table, page_row
from vaughn.app.api.workbench import OpenCase, TheCase
from vaughn.app.document_list import chosen_columns, document_cells
from vaughn.app.document_text import document_text
from vaughn.model import CATALOGUE, InputError, ProducedDocument
from vaughn.receive import document_metadata
from vaughn.store import DocumentQuery, FacetValue

router = APIRouter()
DocumentId = Annotated[int, Path(ge=0, le=MAX_NUMBER)]


def known_document(case: OpenCase, document_id: int) -> ProducedDocument:
    """Return a document of the open case.

    Raises:
        NotFound: If there is none.
    """
    document = case.file.document(document_id)
    if document is None:
        raise NotFound("There is no such document in this case.")
    return document


@router.get("/api/documents")
def documents(
    case: TheCase, query: DocumentFilters, order: DocumentOrder, *, offset: Number = 0, limit: Limit = 100
) -> models.DocumentTable:
    """Return a window of the document list."""
    sort, descending = order
    found = case.file.documents(replace(query, sort=sort, descending=descending, offset=offset, limit=limit))
    return models.DocumentTable(total=found.total, rows=[document_row(listed, case.people()) for listed in found.rows])


@router.get("/api/documents/facets")
def facets(case: TheCase, query: DocumentFilters) -> models.FacetTable:
    """Return which values each filter could take and how often."""
    found = case.file.facets(query)
    return models.FacetTable(
        production=_facet(found.production),
        agency=_facet(found.agency),
        kind=_facet(found.kind),
        custodian=_facet(found.custodian),
        language=_facet(found.language),
        person=_people(case, query),
        finding=[
            models.FacetRow(value=value.value, label=_title(value.value), count=value.count) for value in found.finding
        ],
    )


# More people than this nobody looks through; a filter by one of them still works.
_MOST_PEOPLE = 500


def _people(case: OpenCase, query: DocumentQuery) -> list[models.FacetRow]:
    """Return who is named in how many documents; the people asked for do not narrow this list."""
    people = case.people()
    if not people.by_key:
        return []
    among = case.file.document_ids(replace(query, ids=None))
    return [
        models.FacetRow(value=one.person.key, label=one.label, count=count)
        for one, count in people.counts(among, most=_MOST_PEOPLE)
    ]


def _title(code: str) -> str:
    return CATALOGUE[code].title if code in CATALOGUE else code


def _facet(values: tuple[FacetValue, ...]) -> list[models.FacetRow]:
    return [models.FacetRow(value=value.value, label=value.label, count=value.count) for value in values]


@router.get("/api/documents/export", response_class=Response)
def documents_export(
    case: TheCase,
    query: DocumentFilters,
    order: DocumentOrder,
    *,
    columns: Annotated[str | None, Query(max_length=1000)] = None,
    format: ListFormat = ListFormat.CSV,
) -> Response:
    """Download the documents that the filters leave."""
    names = chosen_columns(columns)
    sort, descending = order
    rows = document_cells(case.file, replace(query, sort=sort, descending=descending), names)
    return list_download("documents", format, columns=names, rows=rows)


@router.get("/api/documents/{document_id}")
def document(
    case: TheCase, document_id: DocumentId, query: DocumentFilters, order: DocumentOrder
) -> models.DocumentDetail:
    """Return one document; the filters say in which list its neighbours are meant."""
    known = known_document(case, document_id)
    (listed,) = case.file.listed([document_id])
    sort, descending = order
    near = case.file.neighbours(document_id, replace(query, sort=sort, descending=descending))
    return models.DocumentDetail(
        **document_row(listed, case.people()).model_dump(),
        family=[
            models.FamilyRow(
                id=member.id,
                control=member.control,
                kind=member.kind.value,
                title=member.title,
                page_count=member.page_count,
                parent_id=member.parent_id,
                file_name=member.file_name,
            )
            for member in case.file.family(document_id)[:MAX_ROWS]
        ],
        native=_native(case, known),
        text_file=known.text_file_id is not None,
        state=known.state.value,
        neighbours=models.NeighbourIds(previous=near.previous, next=near.next),
    )


def _native(case: OpenCase, document: ProducedDocument) -> models.NativeFile | None:
    file = None if document.native_file_id is None else case.file.source_file(document.native_file_id)
    if file is None or file.blob is None:
        return None
    return models.NativeFile(
        name=file.path.rsplit("/", 1)[-1], size_bytes=file.blob.size_bytes, media_type=file.media_type
    )


@router.get("/api/documents/{document_id}/pages")
def document_pages(
    case: TheCase, document_id: DocumentId, first: Number = 1, last: Number | None = None
) -> list[models.PageRow]:
    """Return pages of a document, both ends included; at most 1,000 at a time."""
    known_document(case, document_id)
    end = first + MAX_ROWS - 1
    return [page_row(page) for page in case.file.pages(document_id, first, end if last is None else min(last, end))]


@router.get("/api/documents/{document_id}/metadata")
def metadata(case: TheCase, document_id: DocumentId) -> models.MetadataTable:
    """Return what was received beside what was understood, and the files behind the document."""
    known = known_document(case, document_id)
    return metadata_table(case.file, known, document_metadata(case.file, document_id))


@router.get("/api/documents/{document_id}/native", response_class=Response)
def native(case: TheCase, document_id: DocumentId) -> Response:
    """Download the native file; it is never shown in the browser."""
    known = known_document(case, document_id)
    file = None if known.native_file_id is None else case.file.source_file(known.native_file_id)
    if file is None or file.blob is None:
        raise NotFound("The document has no native file.")
    headers = attachment(file.path.rsplit("/", 1)[-1]) | {"Content-Length": str(file.blob.size_bytes)}
    path = case.file.blobs.path(file.blob.sha256)
    return StreamingResponse(file_pieces(path), media_type="application/octet-stream", headers=headers)


@router.get("/api/documents/{document_id}/text")
def text(case: TheCase, document_id: DocumentId) -> models.WholeText:
    """Return the whole text of a document."""
    known = known_document(case, document_id)
    if known.page_count > 20_000:
        raise InputError("The document is too long for one text.", hint="Read it page by page.")
    return models.WholeText(text=document_text(case.file, known))
