"""How is a large file divided into documents? Proposed from what its pages show, applied, undone, divided by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from vaughn.formats.pages import Outline, read_outline, unpack_text
from vaughn.model import BatesNumber, Finding, InputError, Place, ProducedDocument, TextSource, finding
from vaughn.receive.division import LEAST_PAGES, Proposal, ProposedCut, propose
from vaughn.receive.name_numbers import spelled_number, stem_of
from vaughn.receive.signs import PageSigns, SeenPage, page_signs
from vaughn.receive.stamps import range_of_stamps, stamped_range
from vaughn.store import CaseFile, Division, NewCut, NewRange, Progress
from vaughn.work import WorkerPool

# A file of this many pages without a sign of documents in it is worth a look by a person.
WORTH_A_LOOK = 200
_PAGES_AT_ONCE = 500
# Where this share of the pages has words, one without is blank, not a scan.
MOSTLY_WORDED = 0.8


def divide_large(case: CaseFile, production_id: int, *, pool: WorkerPool, progress: Progress) -> None:
    """Divide the documents of a production that are whole files of many pages and stand in no load file."""
    if case.load_files(production_id):
        return
    large = [
        document
        for document in case.all_documents(production_id)
        if document.row is None and document.page_count >= LEAST_PAGES and _is_one_file(case, document)
    ]
    if not large:
        return
    found: list[Finding] = []
    for done, document in enumerate(large):
        progress("dividing large files", done, len(large))
        if case.division(document.id) is None:
            found += _divide_one(case, document, pool)
        else:
            found.append(_told(document, len(case.division(document.id).cuts)))  # type: ignore[union-attr]
    with case.writing("production.divided", production=production_id) as change:
        change.add_check_run(production_id, "divide", findings=found)
    progress("dividing large files", len(large), len(large))


def number_documents(case: CaseFile, production_id: int) -> None:
    """Give documents of a pile whose names are no numbers by themselves the range that is stamped on their pages."""
    if case.load_files(production_id):
        return
    found = []
    for document in case.all_documents(production_id):
        if document.begin is None and document.page_count:
            stamps = [page.stamped for page in case.pages(document.id)]
            stamped = range_of_stamps(stamps, named=spelled_number(stem_of(document.file_name or "")))
            if stamped is not None:
                found.append(NewRange(document.id, *stamped))
    if found:
        with case.writing("documents.numbered", production=production_id) as change:
            change.set_ranges(production_id, found)
            change.note(documents=len(found))


def _is_one_file(case: CaseFile, document: ProducedDocument) -> bool:
    """Tell whether all pages come from one file and were cut out of nothing else."""
    first, last = case.pages(document.id, 1, 1), case.pages(document.id, document.page_count)
    return bool(first and last) and first[0].file_id is not None and first[0].file_id == last[0].file_id


def _divide_one(case: CaseFile, document: ProducedDocument, pool: WorkerPool) -> list[Finding]:
    signs = list(_signs(case, document))
    proposal = propose(signs, bookmarks=_bookmarks(case, document, pool))
    if proposal.good:
        with case.writing("document.divided", document=document.id) as change:
            change.divide(document.id, _new_cuts(document, proposal, signs))
        return [_told(document, len(proposal.cuts))]
    if document.page_count >= WORTH_A_LOOK:
        place = Place(path=document.file_name, document_id=document.id)
        return [
            finding("SP002", f"{document.page_count} pages, and no good sign of where documents begin.", place=place)
        ]
    return []


def _told(document: ProducedDocument, cuts: int) -> Finding:
    place = Place(path=document.file_name, document_id=document.id)
    return finding("SP001", f"{document.page_count} pages were divided into {cuts} documents.", place=place)


def _signs(case: CaseFile, document: ProducedDocument) -> Iterator[PageSigns]:
    """Yield what each page shows. A page without words is blank only where nearly all others have words."""
    for first in range(1, document.page_count + 1, _PAGES_AT_ONCE):
        pages = case.pages(document.id, first, first + _PAGES_AT_ONCE - 1)
        worded = sum(1 for page in pages if page.text_source in {TextSource.EMBEDDED, TextSource.DOUBTFUL})
        coverage = 0.0 if worded >= MOSTLY_WORDED * len(pages) else 1.0
        for page in pages:
            packed = case.packed_words(page.id)
            text = unpack_text(packed) if packed is not None else ""
            width, height = (page.size.width_pt, page.size.height_pt) if page.size else (0.0, 0.0)
            yield page_signs(SeenPage(page.number, text, page.stamped, coverage, width, height))


def _bookmarks(case: CaseFile, document: ProducedDocument, pool: WorkerPool) -> Mapping[int, str]:
    """Return the first bookmark of each page that has one."""
    page = case.pages(document.id, 1, 1)[0]
    file = case.source_file(page.file_id) if page.file_id is not None else None
    if file is None or file.blob is None or file.media_type != "application/pdf":
        return {}
    outcome = pool.run(read_outline, (case.blobs.path(file.blob.sha256),))
    marks: dict[int, str] = {}
    if isinstance(outcome.value, tuple):
        for mark in outcome.value:
            if isinstance(mark, Outline):
                marks.setdefault(mark.page, mark.title)
    return marks


def _new_cuts(document: ProducedDocument, proposal: Proposal, signs: Sequence[PageSigns]) -> list[NewCut]:
    """Return the cuts with the numbers that stand on their first and last pages."""
    names = _names(document, proposal.cuts, signs)
    ends = [cut.page - 1 for cut in proposal.cuts[1:]] + [len(signs)]
    cuts = []
    for cut, name, end in zip(proposal.cuts, names, ends, strict=True):
        begin, last = _numbers(signs[cut.page - 1], signs[end - 1])
        evidence = f"{', '.join(cut.evidence)} (score {cut.score:.1f})" if cut.page > 1 else cut.evidence[0]
        cuts.append(NewCut(cut.page, evidence, name, begin, last))
    return cuts


def _numbers(first: PageSigns, last: PageSigns) -> tuple[BatesNumber | None, BatesNumber | None]:
    """Return the stamped range of a part, if its ends agree with each other."""
    return stamped_range(first.stamp, last.stamp, pages=last.number - first.number + 1) or (None, None)


def _names(document: ProducedDocument, cuts: Sequence[ProposedCut], signs: Sequence[PageSigns]) -> list[str]:
    """Return what the parts are called: their printed number, else the stamped one, else the file and page."""
    printed = [signs[cut.page - 1].identity or signs[cut.page - 1].stamp for cut in cuts]
    return [
        name if name is not None and printed.count(name) == 1 else f"{document.control} p. {cut.page}"
        for name, cut in zip(printed, cuts, strict=True)
    ]


def divide(case: CaseFile, document_id: int, starts: Sequence[int]) -> Division:
    """Divide a document by hand at the pages named; page 1 always begins one. Pages keep their ids.

    Raises:
        InputError: If there is no such document, or it has no such pages.
    """
    document = case.document(document_id)
    if document is None:
        raise InputError(f"There is no document {document_id} in this case.")
    wanted = sorted({1, *starts})
    if wanted[0] < 1 or wanted[-1] > document.page_count:
        raise InputError(f"{document.control} has pages 1 to {document.page_count}.", hint="Name pages inside it.")
    known = case.division(document_id)
    evidence = {cut.page: cut.evidence for cut in known.cuts} if known else {}
    signs = list(_signs(case, document))
    cuts = tuple(ProposedCut(page, (evidence.get(page, "by hand"),), 0.0) for page in wanted)
    names = _names(document, cuts, signs)
    ends = [*(page - 1 for page in wanted[1:]), document.page_count]
    new = [
        NewCut(page, cut.evidence[0], name, *_numbers(signs[page - 1], signs[end - 1]))
        for page, cut, name, end in zip(wanted, cuts, names, ends, strict=True)
    ]
    with case.writing("document.divided", document=document_id) as change:
        return change.divide(document_id, new)


def undo_division(case: CaseFile, document_id: int) -> Division:
    """Let the large document count again instead of its parts.

    Raises:
        StateError: If it was never divided.
    """
    with case.writing("division.undone", document=document_id) as change:
        return change.undo_division(document_id)


def apply_division(case: CaseFile, document_id: int) -> Division:
    """Let the parts count again instead of the large document.

    Raises:
        StateError: If it was never divided.
    """
    with case.writing("division.applied", document=document_id) as change:
        return change.apply_division(document_id)
