"""What an attachment page says: the main document of one entry and its attachments, with pages and sizes."""

from __future__ import annotations

import re

from vaughn.formats.docket.courts import court_of_address
from vaughn.formats.docket.log import DocketLog
from vaughn.formats.docket.names import main_document_id
from vaughn.formats.docket.page import DocumentLink, Element, document_link, line_of, text_of
from vaughn.formats.docket.values import DocketAttachment, DocketEntryRead, DocketFile, DocketKind

_IS = re.compile(r"(?:Document\s+Number|Document\s+Selection\s+Menu)", re.I)
_MENU = re.compile(r">\s*(?:Attachment|Part)\s*<|multiple\s+documents|document_\d+_\d+", re.I)
_PAGES = re.compile(r"^(\d+)\s+pages?$", re.I)
_SIZE_TEXT = re.compile(r"^[\d.,]+\s*[KMG]?B$", re.I)
_VALUE = re.compile(r"^\d+-(\d+)-(\d+)$")


def is_attachment_page(text: str) -> bool:
    """Tell whether *text* is an attachment page."""
    return _IS.search(text) is not None and _MENU.search(text) is not None and "/doc1/" in text


def read_attachment_page(page: Element, text: str, *, log: DocketLog) -> DocketFile:
    """Return the entry whose documents *page* lists; *text* is its source.

    Some courts count the main document as 1 and the attachments from 2; here attachments count from 1.
    """
    main: tuple[DocumentLink, DocketAttachment] | None = None
    listed: list[DocketAttachment] = []
    for row in page.iter("tr"):
        link = document_link(row)
        if link is None or row.xpath(".//table"):
            continue
        read = _row(row, link, log=log)
        if main is None and (not listed and (_IS.search(text_of(row)) or "Main Document" in text_of(row))):
            main = (link, read)
        else:
            listed.append(read)
    if listed and listed[0].number == 2 and all(one.number != 1 for one in listed):
        log.add("DK005", "The page counts attachments from 2; they are counted from 1 here.")
        listed = [_renumbered(one) for one in listed]
    court_id = court_of_address(text)
    if main is None:
        log.add("DK001", "The page names no main document.")
        return DocketFile(DocketKind.ATTACHMENTS, court_id=court_id)
    link, document = main
    entry = DocketEntryRead(
        link.text or None,
        pacer_doc_id=main_document_id(link.doc_id),
        pacer_seq_no=link.seq_no,
        attachments=tuple(listed),
        page_count=document.page_count,
        size_bytes=document.size_bytes,
        size_text=document.size_text,
        url=link.url,
        line=1,
    )
    return DocketFile(DocketKind.ATTACHMENTS, court_id=court_id, pacer_case_id=link.case_id, entries=(entry,))


def _renumbered(one: DocketAttachment) -> DocketAttachment:
    number = one.number - 1 if one.number is not None else None
    return DocketAttachment(
        number, one.description, one.pacer_doc_id, one.pacer_seq_no, one.page_count, one.size_bytes, one.size_text
    )


def _row(row: Element, link: DocumentLink, *, log: DocketLog) -> DocketAttachment:
    """Return the document of one row: its number is the text of the link, its description the cell behind it."""
    cells = row.xpath("./td")
    texts = [text_of(cell) for cell in cells]
    place = next((at for at, cell in enumerate(cells) if document_link(cell)), 0)
    pages = next((match for text in texts if (match := _PAGES.match(text))), None)
    size_text = next((text for text in texts if _SIZE_TEXT.match(text)), None)
    values = [_VALUE.match(str(field.get("value") or "")) for field in row.iter("input")]
    exact = next((match for match in values if match), None)
    behind = [text for text in texts[place + 1 :] if not _PAGES.match(text) and not _SIZE_TEXT.match(text)]
    if not link.text.isdigit():
        log.add("DK001", "An attachment has no number.", line=line_of(row))
    return DocketAttachment(
        int(link.text) if link.text.isdigit() else None,
        behind[0] if behind else "",
        main_document_id(link.doc_id),
        link.seq_no,
        int(pages[1]) if pages else int(exact[2]) if exact else None,
        int(exact[1]) if exact else None,
        size_text,
    )
