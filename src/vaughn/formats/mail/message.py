"""One message as a record: facts, body and files put together, whatever kind of file it came in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from vaughn.formats.mail.faults import Faults
from vaughn.formats.mail.headers import header_block
from vaughn.formats.mail.identity import HeldFile, identity_of, normal_text
from vaughn.formats.mail.pages import mail_pages
from vaughn.formats.mail.walking import AttachedFile, Segment
from vaughn.formats.readers.content import Part, Reading, ReadingRequest
from vaughn.formats.readers.parts import handed_on
from vaughn.model import MailAddress, Moment, RecordFacts

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class MailRecord:
    """A message as read from its file.

    Args:
        text: Of the body.
        notes: Printed behind it; no part of what makes copies equal.
        segments: The body in the forms it comes in.
        names: Files that are named and not there; they are listed with the attachments.
    """

    facts: RecordFacts
    text: str
    files: Sequence[AttachedFile]
    notes: str = ""
    names: Sequence[str] = ()
    segments: Sequence[Segment] = ()


def reading_of(record: MailRecord, faults: Faults, request: ReadingRequest) -> Reading:
    """Return *record* as a reading: pages, parts in order, findings, identity."""
    names = tuple(one.name for one in record.files) + tuple(record.names)
    facts = replace(record.facts, attachment_names=names) if names else record.facts
    held = [HeldFile(_digest(one)) for one in record.files]
    identity = identity_of(facts, record.text, held)
    said = "\n\n".join(one for one in (header_lines(facts), record.text, record.notes) if one)
    pages = mail_pages([said], faults)
    parts = tuple(handed_on(request, _part(one)) for one in record.files)
    return Reading(facts, len(pages), pages, parts, faults.findings(), identity)


def _part(file: AttachedFile) -> Part:
    return Part(file.name, file.role, file.data, media_type=file.kind, modified=file.modified, created=file.created)


def _digest(file: AttachedFile) -> str:
    """Return what a file counts for: an attached message is another file in another mailbox, so its subject."""
    if not file.is_message:
        return file.digest
    subject = file.subject
    if subject is None:
        subject = header_block(file.data, 0, len(file.data)).text("subject") or ""
    return f"message {normal_text(subject)}"


def header_lines(facts: RecordFacts) -> str:
    """Return the head of a message as it is printed: who, to whom, when, what about, with what."""
    lines = [
        _line("From", _shown(facts.author) if facts.author else ""),
        _line("To", _people(facts.to)),
    ]
    if facts.cc:
        lines.append(_line("Cc", _people(facts.cc)))
    if facts.bcc:
        lines.append(_line("Bcc", _people(facts.bcc)))
    lines.append(_line("Date", written(facts.sent) if facts.sent else ""))
    lines.append(_line("Subject", facts.title or ""))
    if facts.attachment_names:
        lines.append(_line("Attachments", "; ".join(facts.attachment_names)))
    return "\n".join(lines)


def _line(name: str, value: str) -> str:
    return f"{name + ':':<13}{value}".rstrip()


def _people(people: tuple[MailAddress, ...]) -> str:
    return "; ".join(map(_shown, people))


def _shown(person: MailAddress) -> str:
    """Return a person as printed; names in a server's own directory (``/o=.../cn=...``) say nothing to a reader."""
    return person.name if person.name and person.address.startswith("/") else str(person)


def written(moment: Moment) -> str:
    """Return *moment* as its writer saw it: ``Mon, 17 Jan 2011 09:03:00 -0500``."""
    at = moment.at
    if moment.offset_minutes is None:
        zone = "UTC"
    else:
        at += timedelta(minutes=moment.offset_minutes)
        hours, minutes = divmod(abs(moment.offset_minutes), 60)
        zone = f"{'-' if moment.offset_minutes < 0 else '+'}{hours:02d}{minutes:02d}"
    clock = f"{at.hour:02d}:{at.minute:02d}:{at.second:02d}"
    return f"{_DAYS[at.weekday()]}, {at.day} {_MONTHS[at.month - 1]} {at.year} {clock} {zone}"
