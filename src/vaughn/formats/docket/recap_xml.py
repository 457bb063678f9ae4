"""What a RECAP docket of the Internet Archive says (``docket.xml``, DTD of 2009): case, parties, documents."""

from __future__ import annotations

import html
from collections.abc import Iterable

from lxml import etree

from vaughn.formats.docket.log import DocketLog
from vaughn.formats.docket.names import docket_number, judge_name, main_document_id, short_case_name
from vaughn.formats.docket.parties import SEE_ABOVE, TERMINATED
from vaughn.formats.docket.values import (
    DocketAttachment,
    DocketAttorney,
    DocketEntryRead,
    DocketFact,
    DocketFile,
    DocketKind,
    DocketParty,
)
from vaughn.formats.docket.xmltree import child_text

_TYPED = {
    "court", "docket_num", "case_name", "pacer_case_num", "date_case_filed", "date_case_terminated", "assigned_to",
    "referred_to", "case_cause", "nature_of_suit", "jury_demand", "jurisdiction", "date_last_filing",
}  # fmt: skip


def read_recap_xml(root: etree._Element, *, log: DocketLog) -> DocketFile:
    """Return the docket *root*. Texts were escaped twice when it was made; both are undone."""
    details = root.find("case_details")
    if details is None:
        log.add("DK007", "The file names no case.")
        details = etree.Element("case_details")
    said = {str(child.tag): _said(details, str(child.tag)) for child in details}
    number = docket_number(said.get("docket_num", ""))
    caption = said.get("case_name", "")
    line = details.sourceline
    return DocketFile(
        DocketKind.RECAP_XML,
        court_id=said.get("court") or None,
        docket_number=number.core or None,
        judge_initials=number.initials,
        defendant_number=number.defendant,
        pacer_case_id=said.get("pacer_case_num") or None,
        case_name=short_case_name(caption) or None,
        caption=caption or None,
        date_filed=log.date(said.get("date_case_filed", ""), line=line, field="date_case_filed"),
        date_terminated=log.date(said.get("date_case_terminated", ""), line=line, field="date_case_terminated"),
        date_last_filing=log.date(said.get("date_last_filing", ""), line=line, field="date_last_filing"),
        assigned_to=judge_name(said.get("assigned_to", "")) or None,
        referred_to=judge_name(said.get("referred_to", "")) or None,
        cause=said.get("case_cause") or None,
        nature_of_suit=said.get("nature_of_suit") or None,
        jury_demand=said.get("jury_demand") or None,
        jurisdiction=said.get("jurisdiction") or None,
        parties=_parties(root.iterfind("party_list/party"), log=log),
        entries=_entries(root.iterfind("document_list/document"), log=log),
        facts=tuple(DocketFact(tag, value) for tag, value in said.items() if tag not in _TYPED and value),
    )


def _said(element: etree._Element, name: str) -> str:
    text = html.unescape(child_text(element, name))
    return "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()


def _parties(elements: Iterable[etree._Element], *, log: DocketLog) -> tuple[DocketParty, ...]:
    contacts: dict[str, str] = {}
    return tuple(_party(one, contacts, log=log) for one in elements)


def _party(one: etree._Element, contacts: dict[str, str], *, log: DocketLog) -> DocketParty:
    extra = _said(one, "extra_info")
    ended = next((match[1] for line in extra.split("\n") if (match := TERMINATED.match(line))), "")
    ended = _said(one, "date_terminated") or ended
    attorneys = tuple(_attorney(lawyer, contacts) for lawyer in one.iterfind("attorney_list/attorney"))
    day = log.date(ended, line=one.sourceline, field="date_terminated")
    return DocketParty(_said(one, "name"), _said(one, "type") or None, attorneys, day, extra)


def _attorney(one: etree._Element, contacts: dict[str, str]) -> DocketAttorney:
    """Return a lawyer; "see above" is the last address given for the name."""
    name, contact = _said(one, "attorney_name"), _said(one, "contact")
    if SEE_ABOVE.match(contact):
        contact = contacts.get(name, "")
    else:
        contacts[name] = contact
    return DocketAttorney(name, tuple(role for role in _said(one, "attorney_role").split("\n") if role), contact)


def _entries(documents: Iterable[etree._Element], *, log: DocketLog) -> tuple[DocketEntryRead, ...]:
    """Return one entry a document number; documents with an attachment number above 0 go to it."""
    mains: dict[str, DocketEntryRead] = {}
    attached: dict[str, list[DocketAttachment]] = {}
    for one in documents:
        number, part = str(one.get("doc_num") or "").strip(), str(one.get("attachment_num") or "0").strip()
        if not number:
            log.add("DK001", "A document has no number.", line=one.sourceline)
            continue
        if part in {"", "0"}:
            if number in mains:
                log.add("DK008", "Two main documents have the same number; the first is kept.", line=one.sourceline)
            mains.setdefault(number, _main(one, number, log=log))
        else:
            mains.setdefault(number, DocketEntryRead(number, line=one.sourceline))
            attached.setdefault(number, []).append(_attachment(one, part, log=log))
    return tuple(_with(entry, attached.get(number, [])) for number, entry in mains.items())


def _with(entry: DocketEntryRead, attachments: list[DocketAttachment]) -> DocketEntryRead:
    if not attachments:
        return entry
    return DocketEntryRead(
        entry.number, entry.date_filed, entry.date_entered, entry.description, entry.short_description,
        entry.pacer_doc_id, attachments=tuple(attachments), line=entry.line,
    )  # fmt: skip


def _main(one: etree._Element, number: str, *, log: DocketLog) -> DocketEntryRead:
    line = one.sourceline
    doc_id = child_text(one, "pacer_doc_id")
    return DocketEntryRead(
        number,
        date_filed=log.date(child_text(one, "date_filed"), line=line, field="date_filed"),
        date_entered=log.date(child_text(one, "date_entered"), line=line, field="date_entered"),
        description=" ".join(_said(one, "long_desc").split()),
        short_description=" ".join(_said(one, "short_desc").split()),
        pacer_doc_id=main_document_id(doc_id) if doc_id else None,
        line=line,
    )


def _attachment(one: etree._Element, part: str, *, log: DocketLog) -> DocketAttachment:
    doc_id = child_text(one, "pacer_doc_id")
    text = _said(one, "short_desc") or _said(one, "long_desc")
    return DocketAttachment(
        int(part) if part.isdigit() else None,
        " ".join(text.split()),
        main_document_id(doc_id) if doc_id else None,
        date_filed=log.date(child_text(one, "date_filed"), line=one.sourceline, field="date_filed"),
    )
