"""Messages as files: Internet mail (RFC 5322 with MIME), the kind every mail program can write."""

from __future__ import annotations

from dataclasses import replace

from vaughn.formats.faults import FileRefused, Refusal
from vaughn.formats.mail.facts import facts_of
from vaughn.formats.mail.faults import Faults
from vaughn.formats.mail.mbox import message_bounds
from vaughn.formats.mail.message import MailRecord, reading_of
from vaughn.formats.mail.mime import Entity, parsed
from vaughn.formats.mail.opened import without_wrappings
from vaughn.formats.mail.walking import AttachedFile, walked
from vaughn.formats.readers.content import Reading, ReadingRequest
from vaughn.model import PartRole

EMLX = "message/x-emlx"
# Servers refuse more than 150 MB; a message is held in memory, its files decoded beside it.
MAX_MESSAGE_BYTES = 512 * 1024 * 1024


def read_message(request: ReadingRequest) -> Reading:
    """Return the message of *request* as a record. Broken ones too: what could be read, and a finding.

    Raises:
        FileRefused: If it is empty, or larger than any message.
    """
    faults = Faults()
    return reading_of(eml_record(request, faults), faults, request)


def eml_record(request: ReadingRequest, faults: Faults) -> MailRecord:
    """Return what the message of *request* is made of.

    Raises:
        FileRefused: If it is empty, or larger than any message.
    """
    data = message_bytes(request)
    further: list[AttachedFile] = []
    if data.startswith((b"From ", b"\xef\xbb\xbfFrom ")):
        bounds = list(message_bounds(data))
        further = [_further(data[one.start : one.end], place) for place, one in enumerate(bounds[1:], start=2)]
        if further:
            faults.broken.append("The file holds several messages; the others follow as attachments.")
            data = data[: bounds[0].end]
    record = mail_record(data, parsed(data), faults)
    return replace(record, files=[*record.files, *further])


def _further(data: bytes, place: int) -> AttachedFile:
    return AttachedFile(f"message-{place}.eml", PartRole.ATTACHMENT, data, "message/rfc822", is_message=True)


def message_bytes(request: ReadingRequest) -> bytes:
    r"""Return the bytes of the file, line ends of the oldest kind (CR alone) as ``\n``.

    Raises:
        FileRefused: If it is empty, or larger than any message.
    """
    size = request.path.stat().st_size
    if size > MAX_MESSAGE_BYTES:
        raise FileRefused(
            f"The message is larger than {MAX_MESSAGE_BYTES // 1024**2} MB.",
            refusal=Refusal.TOO_LARGE,
            hint="Open it in a mail program and save its attachments.",
        )
    data = request.path.read_bytes()
    if not data.strip(b"\0 \t\r\n"):
        raise FileRefused("The message is empty.", refusal=Refusal.EMPTY, hint="Ask for the file again.")
    if request.media_type == EMLX:
        data = _without_count(data)
    if b"\n" not in data[:65536] and b"\r" in data[:65536]:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return data


def _without_count(data: bytes) -> bytes:
    """Return the message in a file of Apple Mail: a line with its length, the message, then the program's notes."""
    count, _, rest = data.partition(b"\n")
    length = int(count) if count.strip().isdigit() else len(rest)
    return rest[:length]


def mail_record(data: bytes, message: Entity, faults: Faults) -> MailRecord:
    """Return what the message *data* is made of."""
    facts = facts_of(message.block, faults)
    body = walked(data, message, faults)
    said = body.body()
    record = MailRecord(facts, said.text, body.files, notes=said.notes, names=body.names, segments=body.segments)
    return without_wrappings(record, faults)
