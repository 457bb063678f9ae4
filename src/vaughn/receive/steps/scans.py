"""How do pages without words get words? By OCR, where it is installed: slow, so in small doses and resumable."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import cast

from vaughn.formats.pages import PackedPage, ocr_available, ocr_packed, unpack_text
from vaughn.model import Page, SourceFile, TextSource
from vaughn.receive.stamps import stamped_in_text, stamped_number
from vaughn.store import CaseFile, PageReading, Progress
from vaughn.work import OCR_LIMITS, Task, WorkerPool

# Loading waits for this many pages at most (about a minute); a larger pile of scans is read afterwards.
AT_ONCE = 40
# OpenVINO grows to 2.9 GB a process; the same machine serves the screens meanwhile.
_WORKERS = 1


class Ocr(Enum):
    """Whether pages without words are read by OCR while loading."""

    AUTO = "auto"  # where it is installed
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class ScansRead:
    """How many pages OCR has read now, and how many still have no words and were not looked at."""

    pages: int
    left: int


def read_scans(
    case: CaseFile, production_id: int, *, progress: Progress | None = None, most: int | None = None
) -> ScansRead:
    """Read pages without words by OCR, *most* of them at once; does nothing where OCR is not installed.

    A page that OCR has looked at is not looked at again, whether words were found or not.
    """
    if not ocr_available():
        return ScansRead(0, 0)
    files = {file.id: file for file in case.source_files(production_id)}
    # A page whose file was refused can never be read; it does not wait.
    stored = {file.id for file in files.values() if file.blob is not None}
    waiting = list(_wordless(case, production_id, stored))
    chosen = [page for page in map(case.page, waiting[:most]) if page is not None]
    with WorkerPool(_WORKERS) as pool:
        for done, finished in enumerate(pool.map_unordered(_tasks(case, files, chosen)), start=1):
            page = cast("Page", finished.task.key)
            reading = _reading(page, finished.outcome.value)
            with case.writing("pages.read", production=production_id) as change:
                change.save_pages([reading])
                change.note(pages=1)
            if progress is not None:
                progress("reading scans by OCR", done, len(chosen))
    return ScansRead(len(chosen), len(waiting) - len(chosen))


def _wordless(case: CaseFile, production_id: int, files: Collection[int]) -> Iterator[int]:
    """Yield the ids of pages without words that one of *files* shows."""
    for batch in case.page_batches(production_id):
        for page_id, file_id, source in zip(batch.page_id, batch.file_id, batch.text_source, strict=True):
            if source is TextSource.EMPTY and file_id in files:
                yield page_id


def _tasks(case: CaseFile, files: dict[int, SourceFile], pages: Sequence[Page]) -> Iterator[Task]:
    for page in pages:
        file = files[page.file_id or 0]
        if file.blob is not None:
            path = case.blobs.path(file.blob.sha256)
            yield Task(page, ocr_packed, (path, file.media_type, page.page_in_file), OCR_LIMITS)


def _reading(page: Page, value: object) -> PageReading:
    if not isinstance(value, PackedPage):
        return PageReading(page.id, page.size, TextSource.FAILED, page.stamped)
    stamped = stamped_number([stamp.text for stamp in value.stamps], page.label, {}) or page.stamped
    if stamped is None and page.label is not None and value.characters:
        stamped = stamped_in_text(unpack_text(value.packed), page.label)
    words = value.packed if value.characters else None
    # OCR also stands for a page on which OCR found nothing: it is not looked at again.
    return PageReading(page.id, value.size or page.size, TextSource.OCR, stamped, words)
