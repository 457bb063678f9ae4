"""How do pages without words get words, and pictures of pages their printed numbers? By OCR, where it is installed.

It is slow, so it comes in small doses and is resumable: the first and last page of each document first, then the rest.
A page whose text was produced apart is read in its top and bottom margins alone. What the file's own layer said of a
page, however badly, is kept beside what OCR read; and a picture that was read before is not read again.
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
    ocr_engines,
    ocr_packed,
    ocr_strips,
    page_scan_digest,
    unpack_text,
)
from vaughn.fulltext import forget_pages, tell_languages
from vaughn.model import Finding, Page, Place, SourceFile, TextSource, finding
from vaughn.receive.stamps import stamped_in_text, stamped_number
from vaughn.receive.steps.layers import look_at_layers
from vaughn.store import NONE_PRINTED, OWN_LAYER, CaseFile, PageBatch, PageReading, Progress, Writing
from vaughn.work import OCR_LIMITS, Failure, FailureKind, Outcome, Task, WorkerPool

# Loading waits for this many pages at most (about a minute); a larger pile of scans is read afterwards.
AT_ONCE = 40
# OpenVINO grows to 2.9 GB a process; the same machine serves the screens meanwhile.
_WORKERS = 1
# Holding a layer against its picture costs a fiftieth of reading a page.
LOOKS_AT_ONCE = 50 * AT_ONCE
SCAN_RUN = "scans"
# Pages whose pictures are looked up before the first of them is read: drawing one costs a hundredth of reading it.
_LOOKED_UP_AT_ONCE = 50
# A caption of a court says ten words and the page below it hundreds; a poor layer says about as much as there is.
_LEAST_SHARE = 0.5


class Ocr(Enum):
    """Whether pages without words are read by OCR while loading."""

    AUTO = "auto"  # where it is installed
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class ScansRead:
    """How many pages OCR has looked at now, and how many still wait for it.

    Args:
        layers: Text layers that were held against their pictures now; those that wait count as left.
    """

    pages: int
    left: int
    layers: int = 0


def read_scans(
    case: CaseFile, production_id: int, *, progress: Progress | None = None, most: int | None = None
) -> ScansRead:
    """Read pages without words, and margins without a number, by OCR, *most* pages at once; nothing without OCR.

    A page that OCR has looked at is not looked at again, whether words were found or not.
    """
    if not ocr_available():
        return ScansRead(0, 0)
    files = {file.id: file for file in case.source_files(production_id)}
    looks = None if most is None else LOOKS_AT_ONCE // AT_ONCE * most
    work = _Scans(case, production_id, files, ocr_engines()[0])
    done = 0
    with WorkerPool(_WORKERS) as pool:
        looked = look_at_layers(case, production_id, pool=pool, most=looks, progress=progress)
        waiting = _queue(case, production_id, files)
        chosen = waiting if most is None else waiting[:most]
        for first in range(0, len(chosen), _LOOKED_UP_AT_ONCE):
            some = chosen[first : first + _LOOKED_UP_AT_ONCE]
            for one in work.read_before(pool, some):
                some.remove(one)
                done += 1
            for finished in pool.map_unordered(_tasks(case, files, some)):
                work.take(cast("_Waiting", finished.task.key), finished.outcome)
                done += 1
                if progress is not None:
                    progress("reading scans by OCR", done, len(chosen))
    if chosen:
        tell_languages(case, production_id)
    left = len(waiting) - len(chosen) + case.layered_page_count(production_id)
    return ScansRead(len(chosen), left, looked)


@dataclass(frozen=True, slots=True)
class _Scans:
    """Stores what OCR read; `engine` is the name under which it is kept for other files with the same picture."""

    case: CaseFile
    production_id: int
    files: dict[int, SourceFile]
    engine: str

    def read_before(self, pool: WorkerPool, waiting: Sequence[_Waiting]) -> list[_Waiting]:
        """Give pages whose picture was read before what was read then; return them."""
        found = []
        for finished in pool.map_unordered(_lookups(self.case, self.files, waiting)):
            one, digest = cast("_Waiting", finished.task.key), finished.outcome.value
            packed = self.case.kept_ocr(digest, self.engine) if isinstance(digest, str) else None
            page = self.case.page(one.page_id)
            if packed is None or page is None:
                continue
            reading = PageReading(page.id, page.size, TextSource.OCR, page.stamped, packed, engine=self.engine)
            self._forget(page)
            with self.case.writing("pages.read", production=self.production_id) as change:
                self._save(change, page, reading)
            found.append(one)
        return found

    def take(self, one: _Waiting, outcome: Outcome) -> None:
        """Store what came of reading one page; a page nobody looked at waits on."""
        failure, value = outcome.failure, outcome.value
        page = self.case.page(one.page_id)
        if page is None or (failure is not None and failure.kind is FailureKind.CANCELLED):
            return
        reading = _margins(page, value, self.case.packed_words(page.id)) if one.margins else _reading(page, value)
        run_id = None if failure is None else self._run()
        self._forget(page)
        with self.case.writing("pages.read", production=self.production_id) as change:
            self._save(change, page, reading)
            if isinstance(value, PackedPage) and value.reading is not None and value.characters:
                change.keep_ocr(value.reading.scan, self.engine, value.packed)
            if failure is not None and run_id is not None:
                change.add_findings(run_id, [_told(self.case, page, self.files[one.file_id], failure)])

    def _forget(self, page: Page) -> None:
        """Take the words of a page out of the index if others may take their place."""
        if page.text_source is TextSource.DOUBTFUL:
            forget_pages(self.case, [page.id])

    def _run(self) -> int:
        """Return the run that findings about scans go to."""
        for run in self.case.check_runs(self.production_id):
            if run.kind == SCAN_RUN:
                return run.id
        with self.case.writing("scans.begun", production=self.production_id) as change:
            return change.add_check_run(self.production_id, SCAN_RUN, findings=())

    def _save(self, change: Writing, page: Page, reading: PageReading) -> None:
        """Store the better of two versions as the page's words and keep the other."""
        own = self.case.packed_words(page.id) if page.text_source is TextSource.DOUBTFUL else None
        if own is not None and _says_less(reading.words, own):
            if reading.words is not None:
                change.set_other_words([reading], engine=reading.engine or self.engine)
            reading = PageReading(page.id, page.size, TextSource.EMBEDDED, page.stamped, own)
        elif own is not None:
            change.set_other_words([replace(reading, words=own)], engine=OWN_LAYER)
        change.save_pages([reading])
        change.note(pages=1)


def _says_less(packed: bytes | None, own: bytes) -> bool:
    """Tell whether OCR found so much less than the page's own layer says that the layer is kept after all."""
    if packed is None:
        return True
    return len(unpack_text(packed).split()) < _LEAST_SHARE * len(unpack_text(own).split())


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
    if source not in {TextSource.EMPTY, TextSource.DOUBTFUL} and not margins:
        return None
    return _Waiting(batch.page_id[row], file.id, batch.page_in_file[row], margins, is_first)


def _tasks(case: CaseFile, files: dict[int, SourceFile], chosen: Sequence[_Waiting]) -> Iterator[Task]:
    for one in chosen:
        file = files[one.file_id]
        if file.blob is not None:
            read = ocr_strips if one.margins else ocr_packed
            yield Task(one, read, (case.blobs.path(file.blob.sha256), file.media_type, one.page_in_file), OCR_LIMITS)


def _lookups(case: CaseFile, files: dict[int, SourceFile], waiting: Sequence[_Waiting]) -> Iterator[Task]:
    for one in waiting:
        file = files[one.file_id]
        if file.blob is not None and not one.margins:
            place = (case.blobs.path(file.blob.sha256), file.media_type, one.page_in_file)
            yield Task(one, page_scan_digest, place, OCR_LIMITS)


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
    engine = None if value.reading is None else value.reading.engine
    return PageReading(page.id, value.size or page.size, TextSource.OCR, stamped, words, engine=engine)
