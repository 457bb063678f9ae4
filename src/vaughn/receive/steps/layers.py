"""Has a scan's text layer lost lines? It is held against its picture, which reading the words alone cannot do.

Asked only of pages whose text lies unseen on a picture that covers them (at least seven tenths), where it reads well:
what reads badly is read by OCR anyway. A look takes some 30 ms, fifty times as long as reading the words and a fiftieth
of what OCR takes, so it is done in doses, page by page, each page once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from vaughn.formats.pages import TextLayer, page_layer
from vaughn.model import Finding, LayerState, Place, SourceFile, finding
from vaughn.store import CaseFile, LayeredPage, Progress
from vaughn.work import Outcome, Task, WorkerPool, reading_limits

LAYERS_RUN = "layers"
LOST_LINES = "TX005"
# Pages whose state is stored together: a crash costs looking at this many again.
_SAVE_PAGES = 200


def look_at_layers(
    case: CaseFile, production_id: int, *, pool: WorkerPool, most: int | None, progress: Progress | None = None
) -> int:
    """Hold up to *most* text layers (or all) against their pictures; return how many were.

    A layer that has lost lines is a finding, and its page waits for OCR; the layer is kept and can be shown again.
    """
    pages = case.layered_pages(production_id, most=most)
    if not pages:
        return 0
    files = {file.id: file for file in case.source_files(production_id)}
    run_id = _run_of(case, production_id)
    seen: list[tuple[LayeredPage, LayerState]] = []
    for done, finished in enumerate(pool.map_unordered(_tasks(case, files, pages)), start=1):
        seen.append((cast("LayeredPage", finished.task.key), _state(finished.outcome)))
        if len(seen) >= _SAVE_PAGES:
            _save(case, run_id, seen, files)
            seen = []
        if progress is not None:
            progress("looking for lost lines", done, len(pages))
    _save(case, run_id, seen, files)
    return len(pages)


def _run_of(case: CaseFile, production_id: int) -> int:
    """Return the run that findings about layers go to."""
    for run in case.check_runs(production_id):
        if run.kind == LAYERS_RUN:
            return run.id
    with case.writing("layers.begun", production=production_id) as change:
        return change.add_check_run(production_id, LAYERS_RUN, findings=())


def _tasks(case: CaseFile, files: Mapping[int, SourceFile], pages: Sequence[LayeredPage]) -> Iterator[Task]:
    limits = reading_limits(1)
    for page in pages:
        file = files[page.file_id]
        if file.blob is not None:
            path = case.blobs.path(file.blob.sha256)
            yield Task(page, page_layer, (path, file.media_type, page.page_in_file), limits)


def _state(outcome: Outcome) -> LayerState:
    match outcome.value:
        case TextLayer.OCR_LAYER_GOOD:
            return LayerState.WHOLE
        case TextLayer.OCR_LAYER_POOR:
            return LayerState.LOST_LINES
        case _:
            return LayerState.UNTESTED


def _save(
    case: CaseFile, run_id: int, seen: Sequence[tuple[LayeredPage, LayerState]], files: Mapping[int, SourceFile]
) -> None:
    if not seen:
        return
    lost = [_told(case, page, files[page.file_id]) for page, state in seen if state is LayerState.LOST_LINES]
    with case.writing("layers.seen") as change:
        for page, state in seen:
            change.set_layer(page.page_id, state)
        change.add_findings(run_id, lost)
        change.note(pages=len(seen), lost_lines=len(lost))


def _told(case: CaseFile, page: LayeredPage, file: SourceFile) -> Finding:
    document, known = case.document_of_page(page.page_id), case.page(page.page_id)
    place = Place(
        file.path,
        bates=known.label if known else None,
        document_id=document.id if document else None,
        page_id=page.page_id,
    )
    message = f"The text layer of page {page.page_in_file} covers less than three quarters of what the picture shows."
    return finding(LOST_LINES, message, place=place)
