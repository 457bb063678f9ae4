"""What the text of a docket entry says about itself: when it was entered, which attachments it has."""

from __future__ import annotations

import re

from vaughn.formats.docket.names import main_document_id
from vaughn.formats.docket.page import DocumentLink, Element, document_links
from vaughn.formats.docket.values import DocketAttachment

ENTERED = re.compile(r"[(\[]\s*Entered:?\s+(\d{1,2}/\d{1,2}/\d{2,4})", re.I)
_LIST = re.compile(r"\b(?:Additional\s+)?Attachments?(?:\(s\))?(?:\s+added\s+on\s+[\d/]+)?\s*:\s*(?=#|\(\d|\[\d)", re.I)
_MARK = re.compile(r"(?:^|,\s*)#?\s*[(\[]?(\d{1,4})[)\]]?\s+(?=\S)|(?:^|,\s*)#\s*[(\[]?(\d{1,4})[)\]]?(?=\s*(?:,|$))")


def entered_on(text: str) -> str | None:
    """Return the day behind the last "Entered:" of an entry, as printed."""
    found = ENTERED.findall(text)
    return found[-1] if found else None


def attachments_in(text: str) -> tuple[DocketAttachment, ...]:
    """Return the attachments that an entry lists: ``(Attachments: # 1 Exhibit A, # 2 Exhibit B)``."""
    found: list[DocketAttachment] = []
    place = 0
    while (match := _LIST.search(text, place)) is not None:
        place = _closing(text, match.end())
        listed = text[match.end() : place]
        marks = _marks(listed)
        for at, mark in enumerate(marks):
            end = marks[at + 1].start() if at + 1 < len(marks) else len(listed)
            description = listed[mark.end() : end].strip(" ,")
            found.append(DocketAttachment(int(mark[1] or mark[2]), description))
    return tuple(found)


def _marks(listed: str) -> list[re.Match[str]]:
    """Return where the numbers of a list stand. A list that marks its numbers with ``#`` has no others."""
    marks = list(_MARK.finditer(listed))
    return [mark for mark in marks if "#" in mark[0]] or marks


def _closing(text: str, start: int) -> int:
    """Return where the bracket that was open at *start* closes, or the end of *text*."""
    depth = 0
    for place in range(start, len(text)):
        letter = text[place]
        if letter == "(":
            depth += 1
        elif letter == ")":
            depth -= 1
            if depth < 0:
                return place
    return len(text)


def linked_attachments(cell: Element, text: str) -> tuple[DocketAttachment, ...]:
    """Return the attachments that the text of a cell lists, each with the document its number links to."""
    listed = attachments_in(text)
    if not listed:
        return ()
    links = _numbered_links(cell)
    found = []
    for attachment in listed:
        link = links.pop(0) if links and links[0].text == str(attachment.number) else None
        doc_id = main_document_id(link.doc_id) if link else None
        found.append(DocketAttachment(attachment.number, attachment.description, doc_id, link.seq_no if link else None))
    return tuple(found)


def _numbered_links(cell: Element) -> list[DocumentLink]:
    """Return the links with a ``#`` before them."""
    found = []
    for anchor, link in document_links(cell):
        previous = anchor.getprevious()
        before = (previous.tail if previous is not None else anchor.getparent().text) or ""
        if before.rstrip().endswith("#"):
            found.append(link)
    return found
