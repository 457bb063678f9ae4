"""How do pages without words get words, and pictures of pages their printed numbers? By OCR, where it is installed.

It is slow, so it comes in small doses and is resumable: the first and last page of each document first, then the rest.
A page whose text was produced apart is read in its top and bottom margins alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import cast

from vaughn.formats.pages import (
    PAGED_TYPES,
    PackedPage,
    StampCandidate,
    ocr_available,
    ocr_packed,
    ocr_strips,
    unpack_text,
)
from vaughn.model import Finding, Page, Place, SourceFile, TextSource, finding
from vaughn.receive.stamps import stamped_in_text, stamped_number
from vaughn.store import NONE_PRINTED, CaseFile, PageBatch, PageReading, Progress
from vaughn.work import OCR_LIMITS, Failure, FailureKind, Task, WorkerPool

# Loading waits for this many pages at most (about a minute); a larger pile of scans is read afterwards.
AT_ONCE = 40
# OpenVINO grows to 2.9 GB a process; the same machine serves the screens meanwhile.
_WORKERS = 1
SCAN_RUN = "scans"


class Ocr(Enum):
    """Whether pages without words are read by OCR while loading."""

    AUTO = "auto"  # where it is installed
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class ScansRead:
    """How many pages OCR has looked at now, and how many still wait for it."""

    pages: int
    left: int


def read_scans(
    case: CaseFile, production_id: int, *, progress: Progress | None = None, most: int | None = None
) -> ScansRead:
    """Read pages without words, and margins without a number, by OCR, *most* pages at once; nothing without OCR.

    A page that OCR has looked at is not looked at again, whether words were found or not.
    """
    if not ocr_available():
        return ScansRead(0, 0)
    files = {file.id: file for file in case.source_files(production_id)}
    waiting = _queue(case, production_id, files)
    chosen = waiting if most is None else waiting[:most]
    with WorkerPool(_WORKERS) as pool:
        for done, finished in enumerate(pool.map_unordered(_tasks(case, files, chosen)), start=1):
            one = cast("_Waiting", finished.task.key)
            failure = finished.outcome.failure
            page = case.page(one.page_id)
            if page is None or (failure is not None and failure.kind is FailureKind.CANCELLED):
                continue  # Nobody looked at it: it waits on
            value = finished.outcome.value
            reading = _margins(page, value, case.packed_words(page.id)) if one.margins else _reading(page, value)
            with case.writing("pages.read", production=production_id) as change:
                change.save_pages([reading])
                if failure is not None:
                    told = _told(case, page, files[one.file_id], failure)
                    change.add_check_run(production_id, SCAN_RUN, findings=[told])
                change.note(pages=1)
            if progress is not None:
                progress("reading scans by OCR", done, len(chosen))
    return ScansRead(len(chosen), len(waiting) - len(chosen))


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A page that waits for OCR: for all of it, or for its margins alone."""

    page_id: int
    file_id: int
    page_in_file: int
    margins: bool
    is_end: bool


def _queue(case: CaseFile, production_id: int, files: dict[int, SourceFile]) -> list[_Waiting]:
    """Return the pages that wait, in the order they are read in."""
    numbered = {document.id for document in case.all_documents(production_id) if document.begin is not None}
    found: list[_Waiting] = []
    document_before: int | None = None
    for batch in case.page_batches(production_id):
        for row, document in enumerate(batch.document_id):
            if document != document_before and found and not found[-1].is_end:
                found[-1] = replace(found[-1], is_end=True)
            one = _waiting(batch, row, files, numbered=document in numbered, is_first=document != document_before)
            document_before = document
            if one is not None:
                found.append(one)
    if found:
        found[-1] = replace(found[-1], is_end=True)
    return sorted(found, key=lambda one: (not one.is_end, one.margins))


def _waiting(
    batch: PageBatch, row: int, files: dict[int, SourceFile], *, numbered: bool, is_first: bool
) -> _Waiting | None:
    """Return one page of *batch* if it waits for OCR: it has no words, or a text apart and its number was not read."""
    file = files.get(batch.file_id[row] or 0)
    if file is None or file.blob is None:
        return None
    source = batch.text_source[row]
    margins = (
        source is TextSource.TEXT_FILE
        and batch.stamped[row] is None
        and file.media_type in PAGED_TYPES
        and (numbered or batch.label[row] is not None)
    )
    if source is not TextSource.EMPTY and not margins:
        return None
    return _Waiting(batch.page_id[row], file.id, batch.page_in_file[row], margins, is_first)


def _tasks(case: CaseFile, files: dict[int, SourceFile], chosen: Sequence[_Waiting]) -> Iterator[Task]:
    for one in chosen:
        file = files[one.file_id]
        if file.blob is not None:
            read = ocr_strips if one.margins else ocr_packed
            yield Task(one, read, (case.blobs.path(file.blob.sha256), file.media_type, one.page_in_file), OCR_LIMITS)


def _told(case: CaseFile, page: Page, file: SourceFile, failure: Failure) -> Finding:
    """Return why OCR could not read a page."""
    document = case.document_of_page(page.id)
    place = Place(file.path, bates=page.label, document_id=document.id if document else None, page_id=page.id)
    return finding(
        failure.code or "FL006", f"OCR could not read page {page.page_in_file}. {failure.reason}", place=place
    )


def _margins(page: Page, value: object, words: bytes | None) -> PageReading:
    """Return the page with the number in its margins; it is not looked at again if there is none."""
    candidates = value if isinstance(value, tuple) else ()
    texts = [candidate.text for candidate in candidates if isinstance(candidate, StampCandidate)]
    return PageReading(
        page.id, page.size, page.text_source, stamped_number(texts, page.label, {}) or NONE_PRINTED, words
    )


def _reading(page: Page, value: object) -> PageReading:
    if not isinstance(value, PackedPage):
        return PageReading(page.id, page.size, TextSource.FAILED, page.stamped)
    stamped = stamped_number([stamp.text for stamp in value.stamps], page.label, {}) or page.stamped
    if stamped is None and page.label is not None and value.characters:
        stamped = stamped_in_text(unpack_text(value.packed), page.label)
    words = value.packed if value.characters else None
    # OCR also stands for a page on which OCR found nothing: it is not looked at again.
    return PageReading(page.id, value.size or page.size, TextSource.OCR, stamped, words)
