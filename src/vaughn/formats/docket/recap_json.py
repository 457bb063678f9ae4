"""What a docket in JSON says: CourtListener's API, the RECAP archive's ``docket.json``, and parsers' output.

The same facts go by several names (``date_filed``, ``dateFiled``); all known ones are looked for. Lists of
entries without a case (the docket-entries endpoint) become a docket without heading.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from vaughn.formats.docket.courts import court_of_name
from vaughn.formats.docket.grouping import grouped
from vaughn.formats.docket.log import DocketLog
from vaughn.formats.docket.names import docket_number, judge_name, main_document_id, short_case_name
from vaughn.formats.docket.values import (
    DocketAttachment,
    DocketAttorney,
    DocketEntryRead,
    DocketFact,
    DocketFile,
    DocketKind,
    DocketParty,
)

_NUMBER = ("docket_number", "docketNumber", "docket_number_core")
_NAME = ("case_name", "caseName", "case_name_full")
_ENTRY_LISTS = ("docket_entries", "entries")
_ENTRY_MARKS = ("entry_number", "document_number", "recap_documents", "description", "short_description")
_SHOWN_FACTS = (
    "demand", "mdl_status", "appeal_from", "fee_status", "case_type_information", "ordered_by", "date_converted",
    "date_discharged", "panel_str", "source", "absolute_url", "id",
)  # fmt: skip
Said = Mapping[str, Any]


def is_json(text: str) -> bool:
    """Tell whether *text* begins like JSON."""
    return text.lstrip("\ufeff \t\r\n")[:1] in {"{", "["}


def json_value(text: str) -> Any:
    """Return the value of *text*; `None` if it is no JSON (cut off, nested beyond measure)."""
    try:
        return json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        return None


def holds_docket(value: Any) -> bool:
    """Tell whether a JSON value is a docket, entries of one, or a list of such."""
    return any(True for _ in _dockets(value)) or any(True for _ in _loose_entries(value))


def read_recap_json(value: Any, *, log: DocketLog) -> DocketFile:
    """Return the dockets of a JSON value."""
    dockets = [_docket(one, log=log) for one in _dockets(value)]
    if dockets:
        return grouped(dockets, DocketKind.RECAP_JSON, log=log)
    entries = tuple(_entry(one, log=log) for one in _loose_entries(value))
    log.add("DK007", "The file holds entries and names no case.")
    return DocketFile(DocketKind.RECAP_JSON, entries=entries)


def _list_of(value: Any) -> list[Any]:
    if isinstance(value, dict):
        for key in ("results", "dockets"):
            if isinstance(value.get(key), list):
                return list(value[key])
        return [value]
    return value if isinstance(value, list) else []


def _dockets(value: Any) -> Iterator[Said]:
    for one in _list_of(value):
        if isinstance(one, dict) and (_text(one, *_NUMBER) or any(isinstance(one.get(k), list) for k in _ENTRY_LISTS)):
            yield one


def _loose_entries(value: Any) -> Iterator[Said]:
    for one in _list_of(value):
        if isinstance(one, dict) and sum(key in one for key in _ENTRY_MARKS) >= 2:
            yield one


def _text(said: Said, *names: str) -> str:
    """Return the first of *names* that holds a text or a number, white space drawn together."""
    for name in names:
        value = said.get(name)
        if isinstance(value, str) and value.strip():
            return value.strip()
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
    return ""


def _flat(said: Said, *names: str) -> str:
    return " ".join(_text(said, *names).split())


def _whole(said: Said, *names: str) -> int | None:
    text = _text(said, *names)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 15 else None


def _court_id(said: Said) -> str | None:
    """Return the court: an id, or the last part of the API's address of it."""
    court = _text(said, "court_id", "court").rstrip("/")
    found = court.rsplit("/", 1)[-1]
    if found and " " not in found:
        return found
    return court_of_name(court) if court else None


def _docket(said: Said, *, log: DocketLog) -> DocketFile:
    number = docket_number(_text(said, *_NUMBER))
    caption = _flat(said, *_NAME)
    entries = next((said[key] for key in _ENTRY_LISTS if isinstance(said.get(key), list)), None)
    if entries is None:
        documents = said.get("recap_documents")
        entries = documents if isinstance(documents, list) else []
        if not entries and sum(key in said for key in _ENTRY_MARKS) >= 2:
            entries = [said]
    good = [one for one in entries if isinstance(one, dict)]
    if len(good) < len(entries):
        log.add(
            "DK001", f"{len(entries) - len(good)} of {len(entries)} entries are no objects.", field="docket_entries"
        )
    parties = said.get("parties")
    facts = ((key, _flat(said, key)) for key in _SHOWN_FACTS)
    return DocketFile(
        DocketKind.RECAP_JSON,
        court_id=_court_id(said),
        docket_number=number.core or None,
        judge_initials=number.initials,
        defendant_number=number.defendant,
        pacer_case_id=_text(said, "pacer_case_id") or None,
        case_name=short_case_name(caption) or None,
        caption=caption or None,
        date_filed=log.date(
            _text(said, "date_filed", "dateFiled") if "docket_entries" in said or entries != [said] else "",
            line=None,
            field="date_filed",
        ),
        date_terminated=log.date(_text(said, "date_terminated", "dateTerminated"), line=None, field="date_terminated"),
        date_last_filing=log.date(_text(said, "date_last_filing"), line=None, field="date_last_filing"),
        assigned_to=judge_name(_flat(said, "assigned_to_str", "assignedTo")) or None,
        referred_to=judge_name(_flat(said, "referred_to_str", "referredTo")) or None,
        cause=_flat(said, "cause") or None,
        nature_of_suit=_flat(said, "nature_of_suit", "suitNature") or None,
        jury_demand=_flat(said, "jury_demand", "juryDemand") or None,
        jurisdiction=_flat(said, "jurisdiction", "jurisdiction_type", "jurisdictionType") or None,
        parties=tuple(_party(one, log=log) for one in parties or () if isinstance(one, dict))
        if isinstance(parties, list)
        else (),
        entries=tuple(_entry(one, log=log) for one in good),
        facts=tuple(DocketFact(key, value) for key, value in facts if value),
    )


def _party(said: Said, *, log: DocketLog) -> DocketParty:
    kinds = said.get("party_types")
    kind = kinds[0] if isinstance(kinds, list) and kinds and isinstance(kinds[0], dict) else {}
    lawyers = said.get("attorneys")
    ended = _text(said, "date_terminated") or _text(kind, "date_terminated")
    extra = _text(said, "extra_info") or _text(kind, "extra_info")
    return DocketParty(
        _flat(said, "name"),
        _flat(said, "type") or _flat(kind, "name") or None,
        tuple(_attorney(one) for one in lawyers if isinstance(one, dict)) if isinstance(lawyers, list) else (),
        log.date(ended, line=None, field="date_terminated"),
        "\n".join(" ".join(line.split()) for line in extra.split("\n")).strip(),
    )


def _attorney(said: Said) -> DocketAttorney:
    roles = said.get("roles")
    named = (
        [one if isinstance(one, str) else _flat(one, "role_raw", "role") for one in roles or () if one]
        if isinstance(roles, list)
        else []
    )
    return DocketAttorney(
        _flat(said, "name"), tuple(role for role in named if role), _text(said, "contact", "contact_raw")
    )


def _entry(said: Said, *, log: DocketLog) -> DocketEntryRead:
    """Return one entry; the main document is the one without an attachment number."""
    listed = said.get("recap_documents")
    documents = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    mains = [one for one in documents if not _text(one, "attachment_number")]
    main: Said = mains[0] if mains else {}
    attached = [one for one in documents if _text(one, "attachment_number")]
    own = said.get("attachments")
    attached += [one for one in own if isinstance(one, dict)] if isinstance(own, list) else []
    doc_id = _text(said, "pacer_doc_id") or _text(main, "pacer_doc_id")
    url = _text(said, "document_url") or _text(main, "filepath_ia", "absolute_url")
    return DocketEntryRead(
        _text(said, "document_number", "entry_number") or _text(main, "document_number") or None,
        date_filed=log.date(_text(said, "date_filed", "entry_date_filed"), line=None, field="date_filed"),
        date_entered=log.date(_text(said, "date_entered"), line=None, field="date_entered"),
        description=_flat(said, "description"),
        short_description=_flat(said, "short_description") or _flat(main, "description"),
        pacer_doc_id=main_document_id(doc_id) if doc_id else None,
        pacer_seq_no=_text(said, "pacer_seq_no", "pacer_sequence_number") or None,
        attachments=tuple(_attachment(one) for one in attached),
        page_count=_whole(said, "page_count") or _whole(main, "page_count"),
        size_bytes=_whole(said, "file_size_bytes") or _whole(main, "file_size"),
        size_text=_text(said, "file_size_str") or None,
        url=url or None,
    )


def _attachment(said: Said) -> DocketAttachment:
    doc_id = _text(said, "pacer_doc_id")
    return DocketAttachment(
        _whole(said, "attachment_number"),
        _flat(said, "description", "short_description"),
        main_document_id(doc_id) if doc_id else None,
        _text(said, "pacer_seq_no") or None,
        _whole(said, "page_count"),
        _whole(said, "file_size_bytes", "file_size"),
        _text(said, "file_size_str") or None,
    )
