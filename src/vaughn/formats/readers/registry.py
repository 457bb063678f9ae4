"""Which reader reads which type of file; the one seam where a type is added."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from typing import cast

from vaughn.formats.archive_pieces import ArchiveEnd, MemberPiece
from vaughn.formats.archives import KINDS
from vaughn.formats.content import PackedPage
from vaughn.formats.faults import unreadable
from vaughn.formats.media import IMAGE_TYPES
from vaughn.formats.readers.content import Reader, ReadingRequest

# Media type -> module and function. Modules are loaded when the first file of their type comes.
_OFFICE = "vaughn.formats.office"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_ODF = "application/vnd.oasis.opendocument"
_SLIDES = "application/vnd.openxmlformats-officedocument.presentationml"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OFFICE_READERS = {
    "text/plain": f"{_OFFICE}.plain:read_plain",
    "text/csv": f"{_OFFICE}.csv_sheet:read_csv",
    "text/tab-separated-values": f"{_OFFICE}.csv_sheet:read_csv",
    "text/html": f"{_OFFICE}.plain:read_html",
    "application/xhtml+xml": f"{_OFFICE}.plain:read_html",
    "application/xml": f"{_OFFICE}.plain:read_xml",
    "text/xml": f"{_OFFICE}.plain:read_xml",
    "application/rss+xml": f"{_OFFICE}.plain:read_xml",
    "application/atom+xml": f"{_OFFICE}.plain:read_xml",
    "application/gpx+xml": f"{_OFFICE}.plain:read_xml",
    "application/vnd.google-earth.kml+xml": f"{_OFFICE}.plain:read_xml",
    "application/vnd.adobe.xfdf": f"{_OFFICE}.plain:read_xml",
    "application/vnd.ms-word.xml": f"{_OFFICE}.plain:read_xml",
    "application/vnd.ms-excel.xml": f"{_OFFICE}.plain:read_xml",
    "application/vnd.oasis.opendocument.flat": f"{_OFFICE}.plain:read_xml",
    "image/svg+xml": f"{_OFFICE}.plain:read_xml",
    "application/json": f"{_OFFICE}.plain:read_plain",
    "text/markdown": f"{_OFFICE}.plain:read_plain",
    f"{_WORD}.document": f"{_OFFICE}.docx:read_docx",
    f"{_WORD}.template": f"{_OFFICE}.docx:read_docx",
    "application/vnd.ms-word.document.macroenabled.12": f"{_OFFICE}.docx:read_docx",
    "application/vnd.ms-word.template.macroenabled.12": f"{_OFFICE}.docx:read_docx",
    "application/msword": f"{_OFFICE}.other_ole:read_ole",
    "application/vnd.ms-excel": f"{_OFFICE}.other_ole:read_ole",
    "application/vnd.ms-powerpoint": f"{_OFFICE}.other_ole:read_ole",
    "application/vnd.visio": f"{_OFFICE}.other_ole:read_ole",
    "application/vnd.ms-project": f"{_OFFICE}.other_ole:read_ole",
    "application/vnd.ms-publisher": f"{_OFFICE}.other_ole:read_ole",
    "application/vnd.ms-office.encrypted": f"{_OFFICE}.other_ole:read_ole",
    "application/vnd.ms-visio.drawing": f"{_OFFICE}.vsdx:read_vsdx",
    "application/vnd.ms-visio.drawing.macroenabled.12": f"{_OFFICE}.vsdx:read_vsdx",
    "application/vnd.ms-visio.template": f"{_OFFICE}.vsdx:read_vsdx",
    "application/vnd.ms-visio.stencil": f"{_OFFICE}.vsdx:read_vsdx",
    "application/x-ole-storage": f"{_OFFICE}.other_ole:read_ole",
    "application/rtf": f"{_OFFICE}.rtf:read_rtf",
    "text/rtf": f"{_OFFICE}.rtf:read_rtf",
    f"{_ODF}.text": f"{_OFFICE}.odf:read_odf",
    f"{_ODF}.text-template": f"{_OFFICE}.odf:read_odf",
    f"{_ODF}.text-master": f"{_OFFICE}.odf:read_odf",
    f"{_ODF}.spreadsheet": f"{_OFFICE}.odf:read_odf",
    f"{_ODF}.spreadsheet-template": f"{_OFFICE}.odf:read_odf",
    f"{_ODF}.presentation": f"{_OFFICE}.odf:read_odf",
    f"{_ODF}.presentation-template": f"{_OFFICE}.odf:read_odf",
    f"{_ODF}.graphics": f"{_OFFICE}.odf:read_odf",
    f"{_ODF}.chart": f"{_OFFICE}.odf:read_odf",
    f"{_ODF}.formula": f"{_OFFICE}.odf:read_odf",
    f"{_SLIDES}.presentation": f"{_OFFICE}.pptx:read_pptx",
    f"{_SLIDES}.slideshow": f"{_OFFICE}.pptx:read_pptx",
    f"{_SLIDES}.template": f"{_OFFICE}.pptx:read_pptx",
    "application/vnd.ms-powerpoint.presentation.macroenabled.12": f"{_OFFICE}.pptx:read_pptx",
    "application/vnd.ms-powerpoint.slideshow.macroenabled.12": f"{_OFFICE}.pptx:read_pptx",
    "application/vnd.ms-powerpoint.template.macroenabled.12": f"{_OFFICE}.pptx:read_pptx",
    "application/vnd.ms-powerpoint.addin.macroenabled.12": f"{_OFFICE}.pptx:read_pptx",
    f"{_SHEET}.sheet": f"{_OFFICE}.xlsx:read_xlsx",
    "application/vnd.ms-excel.sheet.binary.macroenabled.12": f"{_OFFICE}.xlsb:read_xlsb",
    f"{_SHEET}.template": f"{_OFFICE}.xlsx:read_xlsx",
    "application/vnd.ms-excel.sheet.macroenabled.12": f"{_OFFICE}.xlsx:read_xlsx",
    "application/vnd.ms-excel.template.macroenabled.12": f"{_OFFICE}.xlsx:read_xlsx",
    "application/vnd.ms-excel.addin.macroenabled.12": f"{_OFFICE}.xlsx:read_xlsx",
}
_MAIL_READERS = {
    "message/rfc822": "vaughn.formats.mail.eml:read_message",
    "message/x-emlx": "vaughn.formats.mail.eml:read_message",
    "application/vnd.ms-outlook": "vaughn.formats.mail.msg:read_msg",
    "application/vnd.ms-tnef": "vaughn.formats.mail.tnef:read_tnef",
    "text/calendar": "vaughn.formats.mail.calendars:read_calendar",
    "text/vcard": "vaughn.formats.mail.calendars:read_card",
}
_PAPER_READERS = {
    "application/pdf": "vaughn.formats.pdf.record:read_pdf",
    **dict.fromkeys(sorted(IMAGE_TYPES), "vaughn.formats.image.record:read_image"),
}
# Whole types come before a family (``audio/``); what no line names is told of by `UNREAD`.
READERS: dict[str, str] = {**_OFFICE_READERS, **_MAIL_READERS, **_PAPER_READERS}
FAMILIES: dict[str, str] = {
    "text/": f"{_OFFICE}.plain:read_plain",
    "audio/": "vaughn.formats.recordings:read_recording",
    "video/": "vaughn.formats.recordings:read_recording",
}

UNREAD = "vaughn.formats.unread:read_nothing"

# Files that only hold others.
CONTAINERS: dict[str, str] = {
    **dict.fromkeys(sorted(KINDS), "vaughn.formats.readers.archives:open_members"),
    "application/mbox": "vaughn.formats.mail.mbox:mbox_pieces",
    "application/vnd.ms-outlook-pst": "vaughn.formats.mail.pst:pst_pieces",
}
Opener = Callable[[ReadingRequest, frozenset[str]], Iterator[MemberPiece | ArchiveEnd]]


def reader_of(media_type: str) -> Reader | None:
    """Return what reads files of *media_type* as records; `None` if nothing does."""
    place = READERS.get(media_type) or FAMILIES.get(media_type.split("/", maxsplit=1)[0] + "/")
    if place is None:
        return None
    return cast("Reader", _function(place))


def record_reader(media_type: str) -> Reader:
    """Return what reads files of *media_type*, else what makes records without pages of them, with a finding."""
    return reader_of(media_type) or cast("Reader", _function(UNREAD))


def read_range(request: ReadingRequest, first: int, last: int) -> tuple[PackedPage, ...]:
    """Return pages *first* to *last* of a file on paper (PDF, images), as its `Reading` has the first ones.

    Raises:
        FileRefused: If the file cannot be read, or its type has no pages.
    """
    from vaughn.formats.reading import read_packed  # noqa: PLC0415 -- which asks this module for readers

    return read_packed(request.path, request.media_type, first, last, passwords=request.passwords)


def is_container(media_type: str) -> bool:
    """Tell whether files of *media_type* only hold others and are no document themselves."""
    return media_type in CONTAINERS


def container_pieces(
    request: ReadingRequest, known: frozenset[str] = frozenset()
) -> Iterator[MemberPiece | ArchiveEnd]:
    """Yield what a container holds in pieces, then one `ArchiveEnd`; members whose path is in *known* are passed over.

    Raises:
        FileRefused: If the container itself cannot be read.
    """
    if request.media_type not in CONTAINERS:
        raise unreadable(f"Files of the type {request.media_type} hold no others.")
    yield from cast("Opener", _function(CONTAINERS[request.media_type]))(request, known)


def _function(place: str) -> object:
    module, function = place.split(":")
    return getattr(importlib.import_module(module), function)
