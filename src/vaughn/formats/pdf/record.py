"""A PDF file read as a record: facts, pages with what is written over them, attached files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from pathlib import PurePath

from vaughn.formats.content import PackedPage
from vaughn.formats.moments import iso_moment, pdf_moment
from vaughn.formats.pdf.pages import PdfPages
from vaughn.formats.pdf.structure import Attached, Structure, structure_of
from vaughn.formats.readers.content import PAGES_AT_ONCE, Part, Reading, ReadingRequest
from vaughn.formats.readers.parts import handed_on
from vaughn.formats.reading import packed_pages
from vaughn.model import (
    DocumentKind,
    Finding,
    FoundValue,
    MailAddress,
    Moment,
    PartRole,
    RecordFacts,
    TextSource,
    finding,
)

# A page with so much of it under an image is a scan, whatever text lies behind it.
SCAN_COVERAGE = 0.8
_FIELD, _REDACTION = "form field", "redaction mark"


def read_pdf(request: ReadingRequest) -> Reading:
    """Return the PDF file of *request* as a record.

    Raises:
        FileRefused: If it is empty, locked, or broken beyond repair.
    """
    with closing(PdfPages(request.path, request.passwords)) as file:
        pages = packed_pages(file, first=1, last=PAGES_AT_ONCE, with_stamps=False)
        count, opened, notes = file.page_count, file.file, file.note_counts
        rebuilt, password = opened.rebuilt, opened.password
    found = structure_of(
        request.path, password=password, walk_pages=count > PAGES_AT_ONCE or bool(notes["attached file"])
    )
    return Reading(
        facts=_facts(found, pages, rebuilt=rebuilt, unlocked=password is not None),
        page_count=count,
        pages=pages,
        parts=tuple(handed_on(request, _part(one)) for one in found.attached if one.data is not None),
        findings=_findings(found, notes, more_pages=count > len(pages)),
    )


def _facts(found: Structure, pages: Sequence[PackedPage], *, rebuilt: bool, unlocked: bool) -> RecordFacts:
    information = {one.name.lower(): one.value for one in found.information}
    xmp: dict[str, str] = {}
    for one in found.xmp:
        xmp.setdefault(one.name, one.value)
    author = information.get("author") or xmp.get("dc:creator")
    state = [
        FoundValue("PDF version", found.version or "unknown"),
        *([FoundValue("Encrypted", "opened with a password" if unlocked else "yes")] if found.is_encrypted else ()),
        *([FoundValue("Rebuilt", "the file is broken and was mended for reading")] if rebuilt else ()),
        *([FoundValue("Portfolio", "yes")] if found.is_portfolio else ()),
        *([FoundValue("JavaScript", "yes, not run")] if found.has_scripts else ()),
        *([FoundValue("XFA form", "yes")] if found.has_xfa else ()),
        *(FoundValue("Hidden layer" if name in found.hidden_layers else "Layer", name) for name in found.layers),
    ]
    return RecordFacts(
        kind=_kind(pages),
        title=information.get("title") or xmp.get("dc:title") or None,
        author=MailAddress("", author) if author else None,
        created=_moment(information.get("creationdate"), xmp.get("xmp:CreateDate")),
        modified=_moment(information.get("moddate"), xmp.get("xmp:ModifyDate")),
        attachment_names=tuple(one.name for one in found.attached),
        application=information.get("creator") or xmp.get("xmp:CreatorTool") or information.get("producer") or None,
        found=(*found.information, *found.xmp, *state),
    )


def _moment(information: str | None, xmp: str | None) -> Moment | None:
    """Return the date of the document information, else that of the XMP packet."""
    return (pdf_moment(information) if information else None) or (iso_moment(xmp) if xmp else None)


def _kind(pages: Sequence[PackedPage]) -> DocumentKind:
    read = [page for page in pages if page.source is not TextSource.FAILED]
    if read and all(page.image_coverage >= SCAN_COVERAGE for page in read):
        return DocumentKind.PAPER
    return DocumentKind.TEXT_DOCUMENT if read else DocumentKind.UNKNOWN


def _part(one: Attached) -> Part:
    name = PurePath(one.name.replace("\\", "/")).name or "attachment"
    kind = one.media_type if one.media_type and "/" in one.media_type else None
    return Part(name, PartRole.ATTACHMENT, one.data, media_type=kind, created=one.created, modified=one.modified)


def _findings(found: Structure, notes: Counter[str], *, more_pages: bool) -> tuple[Finding, ...]:
    told = []
    over = [(notes[_FIELD], "form field"), (sum(notes.values()) - notes[_FIELD], "annotation")]
    where = f" on the first {PAGES_AT_ONCE} pages" if more_pages else ""
    said = [f"{_counted(number, what)}{where}" for number, what in over if number]
    if found.layers:
        said.append(f"{_counted(len(found.layers), 'layer')} ({len(found.hidden_layers)} not shown)")
    if found.attached:
        said.append(_counted(len(found.attached), "attached file"))
    if found.has_xfa:
        said.append("an XFA form whose values may not all be on the pages")
    if said:
        marked = notes[_REDACTION]
        marks = f" {marked} of the annotations mark redactions that were not applied." if marked else ""
        told.append(finding("IN024", f"The PDF has {', '.join(said)}.{marks}"))
    lost = found.left_out + sum(one.data is None for one in found.attached)
    if found.is_broken:
        told.append(finding("IN024", "The PDF is broken: whether it has attachments or layers could not all be told."))
    if found.is_locked:
        told.append(finding("FL012", "What is attached to the PDF needs a password; its pages were read."))
    if lost:
        told.append(finding("IN022", f"{_counted(lost, 'attached file')} could not be unpacked.", count=lost))
    return tuple(told)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
