"""Our values of a docket in the shape of juriscraper's expected JSON, so that both can be compared field by field.

Only names and forms are changed here (days to ISO texts, unknown to null or nothing as that project writes it);
nothing is looked up anew in the file.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

from vaughn.formats.docket import DocketAttachment, DocketAttorney, DocketEntryRead, DocketFile, DocketKind, DocketParty


def day(value: date | None) -> str | None:
    """Return a day as JSON writes it."""
    return value.isoformat() if value else None


def shaped(read: DocketFile) -> Any:
    """Return the file as the expected JSON of its kind has it."""
    if read.kind is DocketKind.ATTACHMENTS:
        return attachment_page(read)
    if read.kind is DocketKind.OPINIONS:
        return [opinion(case, entry) for case, entry in in_order(read)]
    if read.kind is DocketKind.FEED:
        return [docket(case, [feed_entry(entry)]) for case, entry in in_order(read)]
    if read.kind is DocketKind.NOTICE:
        return notice(read)
    if read.kind is DocketKind.RECAP_XML:
        return docket(read, [with_text_numbers(entry_of(entry)) for entry in read.entries])
    return docket(read, [entry_of(entry) for entry in read.entries])


def with_text_numbers(entry: dict[str, Any]) -> dict[str, Any]:
    """Return an entry whose attachments are numbered with texts, as the expected JSON of RECAP XML has it."""
    attachments = [one | {"attachment_number": str(one["attachment_number"])} for one in entry["attachments"]]
    return entry | {"attachments": attachments}


def in_order(read: DocketFile) -> Iterable[tuple[DocketFile, DocketEntryRead]]:
    """Return every entry with its case, in the order of the file: cases are kept together in our values."""
    pairs = [(case, entry) for case in read.cases() for entry in case.entries]
    return sorted(pairs, key=lambda pair: pair[1].line or 0)


def docket(case: DocketFile, entries: list[dict[str, Any]]) -> dict[str, Any]:
    """Return one case."""
    initials = [*case.judge_initials, None, None]
    number = (case.docket_number or "").split("-")
    has_kind = len(number) == 3
    office = number[0].split(":")[0] if has_kind and ":" in number[0] else None
    below = case.lower_court
    return {
        "appeal_from": case.fact("Appeal From") or "",
        "assigned_to_str": case.assigned_to or "",
        "case_name": case.case_name,
        "case_type_information": case.fact("Case Type Information") or "",
        "cause": case.cause or "",
        "chapter": case.fact("Chapter") or "",
        "court_id": case.court_id,
        "date_converted": case.fact("Date Converted"),
        "date_discharged": case.fact("Date Discharged"),
        "date_filed": day(case.date_filed),
        "date_last_filing": day(case.date_last_filing),
        "date_terminated": day(case.date_terminated),
        "demand": case.fact("Demand") or "",
        "docket_entries": entries,
        "docket_number": case.docket_number,
        "federal_defendant_number": case.defendant_number,
        "federal_dn_case_type": number[1] if has_kind else None,
        "federal_dn_judge_initials_assigned": initials[0],
        "federal_dn_judge_initials_referred": initials[1],
        "federal_dn_office_code": office,
        "fee_status": case.fact("Fee Status") or "",
        "jurisdiction": case.jurisdiction or "",
        "jury_demand": case.jury_demand or "",
        "mdl_status": case.fact("MDL Status") or "",
        "nature_of_suit": case.nature_of_suit or "",
        "office": case.fact("Office") or "",
        "ordered_by": "date_entered" if "Entered" in (case.fact("Ordered by") or "") else "date_filed",
        "originating_court_information": {
            "assigned_to": below.assigned_to or "",
            "court_id": below.court_id,
            "court_reporter": below.court_reporter or "",
            "date_disposed": day(below.date_disposed),
            "date_filed": day(below.date_filed),
            "date_filed_noa": day(below.date_filed_noa),
            "date_judgment": day(below.date_judgment),
            "date_judgment_eod": day(below.date_judgment_eod),
            "date_received_coa": day(below.date_received_coa),
            "disposition": below.disposition or "",
            "docket_number": below.docket_number,
            "ordering_judge": below.ordering_judge or "",
        }
        if below
        else {},
        "pacer_case_id": case.pacer_case_id,
        "panel": [case.fact("Panel Assignment")] if case.fact("Panel Assignment") else [],
        "parties": [party(one) for one in case.parties] if case.kind is not DocketKind.FEED else None,
        "referred_to_str": case.referred_to or "",
        "trustee_str": case.fact("Trustee") or "",
        "type": "",
    }


def party(one: DocketParty) -> dict[str, Any]:
    """Return one party."""
    return {
        "attorneys": [attorney(lawyer) for lawyer in one.attorneys],
        "date_terminated": day(one.date_terminated),
        "extra_info": one.extra,
        "name": one.name,
        "type": one.role or "Unknown",
    }


def attorney(one: DocketAttorney) -> dict[str, Any]:
    """Return one lawyer."""
    return {"contact": one.contact, "name": one.name, "roles": list(one.roles)}


def attachment(one: DocketAttachment) -> dict[str, Any]:
    """Return one attachment."""
    return {
        "attachment_number": one.number,
        "date_filed": day(one.date_filed),
        "description": one.description,
        "file_size_bytes": one.size_bytes,
        "file_size_str": one.size_text,
        "pacer_doc_id": one.pacer_doc_id,
        "pacer_seq_no": one.pacer_seq_no,
        "page_count": one.page_count,
    }


def entry_of(entry: DocketEntryRead) -> dict[str, Any]:
    """Return one entry."""
    query = parse_qs(urlsplit(entry.url or "").query)
    magic = query.get("magic_num", [None])[0]
    return {
        "attachments": [attachment(one) for one in entry.attachments],
        "date_entered": day(entry.date_entered),
        "date_filed": day(entry.date_filed),
        "description": entry.description,
        "document_number": entry.number,
        "document_url": entry.url,
        "file_size_bytes": entry.size_bytes,
        "file_size_str": entry.size_text,
        "pacer_doc_id": entry.pacer_doc_id,
        "pacer_magic_num": None if magic == "MAGIC" else magic,
        "pacer_seq_no": entry.pacer_seq_no,
        "page_count": entry.page_count,
        "short_description": entry.short_description,
    }


def feed_entry(entry: DocketEntryRead) -> dict[str, Any]:
    """Return an entry of a feed: its moment as the day, the document's id where the court prints no number."""
    moment = entry.moment.isoformat() if entry.moment else None
    return entry_of(entry) | {"date_filed": moment, "document_number": entry.number or entry.pacer_doc_id}


def opinion(case: DocketFile, entry: DocketEntryRead) -> dict[str, Any]:
    """Return one row of a report of opinions."""
    return docket(case, []) | entry_of(entry)


def attachment_page(read: DocketFile) -> dict[str, Any]:
    """Return an attachment page."""
    entry = read.entries[0]
    number = int(entry.number) if entry.number and entry.number.isdigit() else None
    return entry_of(entry) | {"pacer_case_id": read.pacer_case_id, "document_number": number}


def notice(read: DocketFile) -> dict[str, Any]:
    """Return a notice of electronic filing."""
    cases = list(read.cases())
    urls = [entry.url or "" for case in cases for entry in case.entries]
    return {
        "acms": any("acms" in url for url in urls),
        "appellate": (read.court_id or "").startswith("ca") and not (read.court_id or "").endswith("d"),
        "contains_attachments": any(entry.attachments for case in cases for entry in case.entries),
        "court_id": read.court_id,
        "dockets": [
            docket(case, [entry_of(entry) | {"pacer_case_id": case.pacer_case_id} for entry in case.entries])
            for case in cases
        ],
        "email_recipients": [
            {"name": one.name, "email_addresses": list(one.addresses)} for case in cases for one in case.recipients
        ],
    }
