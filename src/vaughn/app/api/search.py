"""Searching the text of all pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query

from vaughn.app.api import models
from vaughn.app.api.documents import DocumentId, known_document
from vaughn.app.api.filters import MAX_ROWS, Limit, Number, Numbers, known_ids
from vaughn.app.api.shapes import document_row
from vaughn.app.api.workbench import OpenCase, TheCase
from vaughn.app.searching import PageHitsFound, count_hits, hits_on_pages, snippet
from vaughn.fulltext import DocumentFound, TextQuery, read_query

router = APIRouter()
QueryText = Annotated[str, Query(max_length=2000)]
# Pages shown under one document in the list of hits.
_PAGES_SHOWN = 5
# Counting hits means reading pages again, 10,000 a second; more than this would be felt.
_PAGES_COUNTED = 4000


@router.get("/api/search")
def search(
    case: TheCase,
    q: QueryText,
    *,
    production: Numbers = [],  # noqa: B006 - FastAPI copies it
    offset: Number = 0,
    limit: Limit = 50,
) -> models.SearchTable:
    """Return the documents that hold every word and phrase of *q*, best first."""
    query = read_query(q)
    found = case.index.search(query, production_ids=known_ids(production))
    total_hits = None
    if found.total_pages <= _PAGES_COUNTED:
        total_hits = count_hits(case.file, found.documents(), query)
    rows = found.documents(min(offset, found.total_documents), min(limit, MAX_ROWS))
    return models.SearchTable(
        total_documents=found.total_documents,
        total_pages=found.total_pages,
        total_hits=total_hits,
        behind=case.pages_behind(),
        words=list(query.words),
        rows=_found_rows(case, rows, query),
    )


def _found_rows(case: OpenCase, rows: Sequence[DocumentFound], query: TextQuery) -> list[models.DocumentFoundRow]:
    listed = {row.document.id: row for row in case.file.listed([row.document_id for row in rows])}
    shown = []
    counted = 0
    for row in rows:
        if row.document_id not in listed:
            continue  # It was divided a moment ago; the index follows.
        counted += len(row.page_ids)
        pages = hits_on_pages(case.file, row, query, first=_PAGES_SHOWN)
        shown.append(
            models.DocumentFoundRow(
                document=document_row(listed[row.document_id], case.people()),
                hits=count_hits(case.file, [row], query) if counted <= _PAGES_COUNTED else None,
                pages=[_page(page) for page in pages],
                total_pages=len(row.page_ids),
            )
        )
    return shown


def _page(page: PageHitsFound) -> models.PageFound:
    return models.PageFound(
        page_id=page.page_id,
        number=page.number,
        label=page.label,
        hits=len(page.spans),
        snippet=[models.SnippetPart(text=part.text, hit=part.is_hit) for part in snippet(page.text, page.spans)],
    )


@router.get("/api/documents/{document_id}/hits")
def document_hits(case: TheCase, document_id: DocumentId, q: QueryText) -> models.DocumentHits:
    """Return every page of a document that holds a word or phrase of *q*, if the document holds them all."""
    query = read_query(q)
    known_document(case, document_id)
    found = case.index.search_document(query, document_id)
    pages = [] if found is None else hits_on_pages(case.file, found, query)
    counts = [models.PageHitCount(page_id=page.page_id, number=page.number, hits=len(page.spans)) for page in pages]
    return models.DocumentHits(total=sum(count.hits for count in counts), pages=counts)
