"""Single pages: image, words, hits, and the way to a page by its Bates number."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path as FilePath
from typing import Annotated, Literal

from fastapi import APIRouter, Header, Path, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response

from vaughn.app.api import forms, models
from vaughn.app.api.errors import NotFound
from vaughn.app.api.filters import MAX_NUMBER
from vaughn.app.api.shapes import page_row, version_rows
from vaughn.app.api.workbench import OpenCase, TheCase
from vaughn.app.document_text import page_words, page_words_packed
from vaughn.app.versions import Reader, choose_version, versions_of
from vaughn.formats.pages import PAGED_TYPES, WordColumns, unpack_columns
from vaughn.fulltext import hit_spans, read_query
from vaughn.model import Page, PageSize, TextSource

router = APIRouter()
PageId = Annotated[int, Path(ge=0, le=MAX_NUMBER)]
MIN_WIDTH_PX, MAX_WIDTH_PX = 16, 3000
# Sources of words of a record that is no paper (message, letter, sheet): its pages are its words on a grid.
_ON_THE_GRID = frozenset({TextSource.EMBEDDED, TextSource.EMPTY})
_GONE = 499  # Nobody is left to read it.
# Blobs never change, so neither does the picture of a page of one.
_FOR_A_YEAR = "private, max-age=31536000, immutable"


def known_page(case: OpenCase, page_id: int) -> Page:
    """Return a page of the open case.

    Raises:
        NotFound: If there is none.
    """
    page = case.file.page(page_id)
    if page is None:
        raise NotFound("There is no such page in this case.")
    return page


@router.get("/api/pages/{page_id}")
def page(case: TheCase, page_id: PageId) -> models.PageDetail:
    """Return a page and the document it stands in now."""
    known = known_page(case, page_id)
    document = case.file.document_of_page(page_id)
    if document is None:
        raise NotFound("The page stands in no document.")
    return models.PageDetail(**page_row(known).model_dump(), document_id=document.id)


@router.get("/api/pages/{page_id}/image", response_class=Response)
async def image(
    request: Request,
    case: TheCase,
    page_id: PageId,
    *,
    width: Annotated[int, Query(ge=MIN_WIDTH_PX, le=MAX_WIDTH_PX)] = 1000,
    if_none_match: Annotated[str | None, Header()] = None,
) -> Response:
    """Return a picture of the page, *width* pixels wide."""
    shown = await run_in_threadpool(_shown_by, case, page_id)
    key = f"{shown.sha256[:32]}-{shown.page}-{width}"
    headers = {"ETag": f'"{key}"', "Cache-Control": _FOR_A_YEAR}
    if if_none_match is not None and f'"{key}"' in if_none_match:
        return Response(status_code=304, headers=headers)
    picture = case.pictures.get(key)
    if picture is None:
        async with case.drawing:
            # Who scrolled on has hung up meanwhile; what he left behind is not drawn.
            if await request.is_disconnected():
                return Response(status_code=_GONE)
            picture = await run_in_threadpool(partial(_drawn, case, shown, width))
        case.pictures.put(key, picture)
    return Response(picture, media_type=_media_type(picture), headers=headers)


@dataclass(frozen=True, slots=True)
class _Shown:
    """What a page is drawn from: page *page* of a file, or its own stored words if it is no paper."""

    sha256: str
    page: int
    path: FilePath
    media_type: str
    words: bytes | None = None
    size: PageSize | None = None


def _drawn(case: OpenCase, shown: _Shown, width: int) -> bytes:
    if shown.words is not None and shown.size is not None:
        return case.renderer.render_words(shown.words, shown.size, width_px=width)
    return case.renderer.render(shown.path, shown.media_type, shown.page, width_px=width)


def _shown_by(case: OpenCase, page_id: int) -> _Shown:
    known = known_page(case, page_id)
    file = None if known.file_id is None else case.file.source_file(known.file_id)
    if file is None or file.blob is None:
        raise NotFound("The file that shows this page is missing.")
    path = case.file.blobs.path(file.blob.sha256)
    if known.size is None or file.media_type in PAGED_TYPES or known.text_source not in _ON_THE_GRID:
        return _Shown(file.blob.sha256, known.page_in_file, path, file.media_type)
    words = page_words_packed(case.file, page_id)
    digest = sha256(words).hexdigest()
    return _Shown(digest, known.page_in_file, path, file.media_type, words, known.size)


def _media_type(picture: bytes) -> str:
    return "image/webp" if picture[8:12] == b"WEBP" else "image/jpeg"


@router.get("/api/pages/{page_id}/words")
def words(
    case: TheCase, page_id: PageId, version: Annotated[Literal["shown", "other"], Query()] = "shown"
) -> models.PageWords:
    """Return the text of a page and where its words stand; the *version* that is shown and searched, or the other."""
    known = known_page(case, page_id)
    columns = page_words(case.file, page_id) if version == "shown" else _other_words(case, page_id)
    rows = zip(columns.starts.tolist(), columns.ends.tolist(), columns.boxes.tolist(), strict=True)
    return models.PageWords(
        text=columns.text,
        words=[(start, end, *(round(edge, 1) for edge in box)) for start, end, box in rows],
        width_pt=None if known.size is None else known.size.width_pt,
        height_pt=None if known.size is None else known.size.height_pt,
    )


def _other_words(case: OpenCase, page_id: int) -> WordColumns:
    other = case.file.other_words(page_id)
    if other is None:
        raise NotFound("There is one version of this page's words.")
    return unpack_columns(other.packed)


@router.get("/api/pages/{page_id}/versions")
def versions(case: TheCase, page_id: PageId) -> models.PageVersions:
    """Return which version of a page's words is shown and searched, why, and whether there is another."""
    return version_rows(versions_of(case.file, known_page(case, page_id)))


@router.post("/api/pages/{page_id}/versions")
def choose(case: TheCase, page_id: PageId, form: forms.VersionChoice) -> models.PageVersions:
    """Show and search a page's own words, or those OCR read, from now on."""
    known_page(case, page_id)
    with case.writing() as writable:
        choose_version(writable, known_page(case, page_id), Reader(form.version))
    return version_rows(versions_of(case.file, known_page(case, page_id)))


@router.get("/api/pages/{page_id}/hits")
def hits(case: TheCase, page_id: PageId, q: Annotated[str, Query(max_length=2000)]) -> models.PageHits:
    """Return where a query stands on a page, in its text and as boxes."""
    query = read_query(q)
    known_page(case, page_id)
    columns = page_words(case.file, page_id)
    spans = hit_spans(columns.text, query)
    boxes = []
    for span in spans:
        touched = (columns.starts < span.end) & (columns.ends > span.start)
        boxes += [tuple(round(edge, 1) for edge in box) for box in columns.boxes[touched].tolist()]
    return models.PageHits(spans=[(span.start, span.end) for span in spans], boxes=boxes)


@router.get("/api/bates")
def bates(case: TheCase, number: Annotated[str, Query(max_length=500)]) -> models.BatesMatches:
    """Return every page that a typed number can mean."""
    return models.BatesMatches(
        matches=[
            models.BatesRow(
                production_id=match.production_id,
                production=match.production,
                document_id=match.document_id,
                page_id=match.page_id,
                page_number=match.page_number,
                label=match.label,
            )
            for match in case.file.at_bates(number)
        ]
    )
