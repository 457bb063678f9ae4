"""Calendars (iCalendar, RFC 5545) and cards (vCard, RFC 6350) as records: their fields as facts and text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime

from vaughn.formats.faults import FileRefused, Refusal, unreadable
from vaughn.formats.mail.contentlines import ContentLine, content_lines, parted, plain
from vaughn.formats.mail.faults import Faults
from vaughn.formats.mail.names import made_name
from vaughn.formats.mail.pages import mail_pages
from vaughn.formats.readers.content import Part, Reading, ReadingRequest
from vaughn.formats.readers.parts import handed_on
from vaughn.model import DocumentKind, FoundValue, MailAddress, Moment, PartRole, RecordFacts, finding

MAX_BYTES = 64 * 1024 * 1024
MAX_FOUND = 5_000
MAX_FOUND_CHARACTERS = 2_000
_TIMES = frozenset(
    {"DTSTART", "DTEND", "DUE", "COMPLETED", "CREATED", "LAST-MODIFIED", "DTSTAMP", "EXDATE", "RDATE", "REV"}
)
_IN_PARTS = frozenset({"N", "ADR", "ORG"})
_MOMENT = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:T(\d\d):?(\d\d):?(\d\d)?(Z)?)?")
_SAID = {
    "SUMMARY": "What", "DTSTART": "Starts", "DTEND": "Ends", "DUE": "Due", "LOCATION": "Where",
    "ORGANIZER": "Organizer", "ATTENDEE": "Attendee", "DESCRIPTION": "Description", "STATUS": "Status",
    "RRULE": "Repeats", "URL": "Address", "CATEGORIES": "Categories", "COMMENT": "Comment", "FN": "Name",
    "N": "Name in parts", "ORG": "Organization", "TITLE": "Title", "ROLE": "Role", "TEL": "Telephone",
    "EMAIL": "E-mail", "ADR": "Address", "BDAY": "Birthday", "NOTE": "Note", "NICKNAME": "Nickname",
    "DTSTAMP": "Written", "CREATED": "Created", "LAST-MODIFIED": "Changed", "COMPLETED": "Completed",
    "EXDATE": "Except", "CLASS": "Class", "UID": "Identifier", "METHOD": "Method",
}  # fmt: skip
_SILENT = frozenset({"BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "TRANSP", "SEQUENCE"})
_UNSHOWN_COMPONENTS = frozenset({"VTIMEZONE", "STANDARD", "DAYLIGHT"})
_ITEMS = frozenset({"VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VCARD"})


def read_calendar(request: ReadingRequest) -> Reading:
    """Return the calendar of *request* as a record.

    Raises:
        FileRefused: If it is too large, or holds no line of a calendar.
    """
    return _reading(request)


def read_card(request: ReadingRequest) -> Reading:
    """Return the card or cards of *request* as a record.

    Raises:
        FileRefused: If it is too large, or holds no line of a card.
    """
    return _reading(request)


def _reading(request: ReadingRequest) -> Reading:
    if request.path.stat().st_size > MAX_BYTES:
        raise FileRefused("The file is larger than any calendar.", refusal=Refusal.TOO_LARGE)
    lines = list(content_lines(request.path.read_bytes()))
    if not any(line.name == "BEGIN" for line in lines):
        raise unreadable("The file holds no calendar and no card.")
    faults = Faults(guessed=sum(line.guessed for line in lines))
    if sum(line.name == "BEGIN" for line in lines) != sum(line.name == "END" for line in lines):
        faults.broken.append("The file is cut off, or an entry in it does not end.")
    parts = _parts(lines)
    pages = mail_pages([_text(lines)], faults)
    elsewhere = sum(line.name in {"ATTACH", "PHOTO"} and line.data is None and "://" in line.value for line in lines)
    if elsewhere:
        faults.others.append(finding("IN013", "Files that it refers to lie elsewhere.", count=elsewhere))
    handed = tuple(handed_on(request, part) for part in parts)
    return Reading(_facts(lines, parts), len(pages), pages, handed, faults.findings())


def _text(lines: Iterable[ContentLine]) -> str:
    """Return what the entries say, a line a field and an empty line between entries."""
    out: list[str] = []
    component: list[str] = []
    for line in lines:
        if line.name == "BEGIN":
            component.append(line.value.strip().upper())
            if component[-1] in _ITEMS and out:
                out.append("")
        elif line.name == "END":
            component = component[:-1]
        elif component and component[-1] not in _UNSHOWN_COMPONENTS and line.name not in _SILENT:
            said = spoken(line)
            if said:
                out.append(f"{_label(line)}: {said}")
    return "\n".join(out)


def _label(line: ContentLine) -> str:
    name = _SAID.get(line.name, line.name.capitalize())
    kind = line.get("type").lower().replace(",", ", ")
    return f"{name} ({kind})" if kind and line.name in {"TEL", "EMAIL", "ADR"} else name


def spoken(line: ContentLine) -> str:
    """Return the value of *line* as one reads it out."""
    if line.data is not None:
        return f"({len(line.data)} bytes)"
    if line.name in _TIMES:
        return ", ".join(_spoken_time(one, line.get("tzid")) for one in line.value.split(","))
    if line.name in _IN_PARTS:
        return ", ".join(parted(line.value))
    if line.name in {"ORGANIZER", "ATTENDEE"}:
        return str(_person(line))
    return plain(line.value).strip()


def _spoken_time(value: str, zone: str) -> str:
    found = _MOMENT.fullmatch(value.strip())
    if found is None:
        return value
    day = f"{found[1]}-{found[2]}-{found[3]}"
    if found[4] is None:
        return day
    return f"{day} {found[4]}:{found[5]} {'UTC' if found[7] else f'({zone})' if zone else ''}".strip()


def _person(line: ContentLine) -> MailAddress:
    address = line.value.strip()
    is_mail = address.lower().startswith("mailto:")
    return MailAddress(address[7:].lower() if is_mail else "", line.get("cn") or ("" if is_mail else address))


def _facts(lines: list[ContentLine], parts: list[Part]) -> RecordFacts:
    first: dict[str, ContentLine] = {}
    for line in lines:
        first.setdefault(line.name, line)
    title = first.get("SUMMARY") or first.get("FN") or first.get("N")
    program = first.get("PRODID")
    said = [line for line in lines[:MAX_FOUND] if line.value or line.data]
    return RecordFacts(
        kind=DocumentKind.OTHER,
        title=spoken(title) or None if title else None,
        author=_person(first["ORGANIZER"]) if "ORGANIZER" in first else None,
        to=tuple(_person(line) for line in lines if line.name == "ATTENDEE"),
        created=_moment(first.get("CREATED")),
        modified=_moment(first.get("LAST-MODIFIED") or first.get("REV") or first.get("DTSTAMP")),
        attachment_names=tuple(part.name for part in parts),
        application=plain(program.value).strip() or None if program else None,
        found=tuple(FoundValue(line.name, spoken(line)[:MAX_FOUND_CHARACTERS]) for line in said),
    )


def _moment(line: ContentLine | None) -> Moment | None:
    """Return a time in UTC; others are of a zone that only a table of the file explains."""
    found = _MOMENT.fullmatch(line.value.strip()) if line else None
    if found is None or not found[7]:
        return None
    try:
        year, month, day, hour, minute, second = (int(found[place] or 0) for place in range(1, 7))
        return Moment(datetime(year, month, day, hour, minute, second, tzinfo=UTC), 0)
    except ValueError:
        return None


def _parts(lines: list[ContentLine]) -> list[Part]:
    parts: list[Part] = []
    for line in lines:
        if line.data:
            is_picture = line.name in {"PHOTO", "LOGO"}
            kind = line.get("fmttype").lower() or ("image/jpeg" if is_picture else "application/octet-stream")
            name = line.get("x-filename") or line.get("filename") or made_name(len(parts) + 1, kind)
            role = PartRole.ATTACHMENT if line.name == "ATTACH" else PartRole.EMBEDDED
            parts.append(Part(name, role, line.data, media_type=kind))
    return parts
