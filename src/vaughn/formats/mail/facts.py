"""The facts of a message: its header fields as they stand, and in the one form of `RecordFacts`."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass, replace

from vaughn.formats.mail.addresses import addresses_of
from vaughn.formats.mail.dates import moment_of
from vaughn.formats.mail.faults import Faults
from vaughn.formats.mail.headers import HeaderBlock, header_text
from vaughn.model import DocumentKind, FoundValue, MailAddress, Moment, RecordFacts, finding

# Beyond this the fields of one message are no metadata any more.
MAX_FOUND_CHARACTERS = 1_000_000
_NO_ZONE = re.compile(r"-0000\b")
_ID = re.compile(r"<([^<>\s]+)>")
_NO_ADDRESS = "The author of the message has no address."
_NO_MAIL = ("ipm.contact", "ipm.appointment", "ipm.task", "ipm.distlist", "ipm.stickynote", "ipm.activity")
_FOLDERS = ("x-vaughn-folder", "x-folder", "x-gmail-labels")
# fmt: off
_NAMED_ONCE = frozenset({
    "from", "sender", "reply-to", "to", "cc", "bcc", "subject", "date", "message-id", "in-reply-to", "references",
    "mime-version", "content-type", "content-transfer-encoding", "content-disposition",
})
# fmt: on
# Fields whose value the standard does not let be empty (RFC 5322, 3.6).
_NEVER_EMPTY = frozenset({"from", "sender", "to", "cc", "date", "message-id", "in-reply-to", "references", "reply-to"})
_LISTS = frozenset({"to", "cc", "bcc"})
_ADDRESSED = frozenset({"from", "sender", "to", "cc", "bcc", "reply-to"})


@dataclass(slots=True)
class _Values:
    """The fields as they are read.

    Args:
        first: First value by field name.
        raw: Values of fields with addresses, which may stand several times, encoded words kept.
    """

    found: list[FoundValue]
    first: dict[str, str]
    raw: dict[str, list[str]]


def facts_of(block: HeaderBlock, faults: Faults) -> RecordFacts:
    """Return the facts that the header fields of a message tell."""
    values = _values(block, faults)
    first = values.first
    if block.dropped:
        faults.broken.append("There are more header fields than any message needs; the last were left out.")
    if not block.names:
        faults.broken.append("The message has no header fields.")
    if first.get("x-vaughn-deleted"):
        faults.others.append(finding("IN006", "The item stands in no folder of its mailbox: it was deleted."))
    facts = _facts(values, faults)
    return _of_mailbox(facts, first, faults) if "x-vaughn-class" in first else facts


def _values(block: HeaderBlock, faults: Faults) -> _Values:
    values = _Values([], {}, {})
    first, left = values.first, MAX_FOUND_CHARACTERS
    for name, key, value, text in zip(block.names, block.keys, block.values, block.texts(), strict=True):
        said = _decoded_text(value, faults) if text is None else text
        left -= len(said) + len(name)
        if left < 0:
            faults.broken.append("The header fields are longer than any message needs; the last were left out.")
            break
        values.found.append(FoundValue(name, said))
        if key not in first:
            first[key] = said
            if not said and key in _NEVER_EMPTY:
                faults.broken.append("A header field that must say something is empty.")
        elif key in _NAMED_ONCE and said != first[key]:
            faults.broken.append("A header field that may stand once stands several times.")
        if key in _ADDRESSED:
            several = values.raw.setdefault(key, [])
            if not several or key in _LISTS:
                several.append(_addressed(value, said))
    return values


def _of_mailbox(facts: RecordFacts, first: dict[str, str], faults: Faults) -> RecordFacts:
    """Return *facts* of an item out of an Outlook mailbox with what only the mailbox knew (see `pst.written`)."""
    if first.get("x-vaughn-doubtful") == "damaged":
        faults.broken.append("The item is damaged in its mailbox.")
    # Outlook knows its own people by other names than addresses.
    faults.broken = [one for one in faults.broken if one != _NO_ADDRESS]
    is_mail = not first["x-vaughn-class"].lower().startswith(_NO_MAIL)
    if not is_mail:
        faults.date = None
    return replace(
        facts,
        kind=facts.kind if is_mail else DocumentKind.OTHER,
        received=moment_of(first.get("x-vaughn-received", "")) or facts.received,
        created=moment_of(first.get("x-vaughn-created", "")),
        modified=moment_of(first.get("x-vaughn-modified", "")),
        found=tuple(map(_as_property, facts.found)),
    )


def _as_property(one: FoundValue) -> FoundValue:
    name, equals, value = one.value.partition("=")
    return FoundValue(name, value) if equals and one.name == "X-Vaughn-Property" else one


def _decoded_text(value: str, faults: Faults) -> str:
    said = header_text(value.encode("latin-1"))
    if said.guessed:
        faults.guessed += 1
    if said.is_broken:
        faults.broken.append("An encoded word in the header cannot be read.")
    return said.text


def _addressed(value: str, text: str) -> str:
    """Return the field with its encoded words as they stand: a comma inside one is no comma of the list."""
    if "=?" not in value:
        return text
    return " ".join(value.encode("latin-1").decode("utf-8", "replace").split())


def _facts(values: _Values, faults: Faults) -> RecordFacts:
    first = values.first
    date = first.get("date")
    sent = moment_of(date) if date else None
    if sent is None:
        faults.date = "The message has no date." if not date else "The date of the message cannot be."
    elif sent.offset_minutes is None and date and not _NO_ZONE.search(date):
        faults.date = "The date of the message has no time zone that can be read; the time is taken as UTC."
    folder = next((first[name] for name in _FOLDERS if first.get(name)), None)
    ids = _ID.findall(first.get("references", ""))
    answered = _ID.findall(first.get("in-reply-to", ""))
    for name, said in (("references", ids), ("in-reply-to", answered)):
        if first.get(name) and not said:
            faults.broken.append("A header field that should name messages names none.")
    if any(not one.address for text in values.raw.get("reply-to", ()) for one in addresses_of(text)):
        faults.broken.append("A header field that should name an address names none.")
    return RecordFacts(
        kind=DocumentKind.EMAIL,
        title=first.get("subject") or None,
        author=_author(values, faults),
        to=_list(values, "to", faults),
        cc=_list(values, "cc", faults),
        bcc=_list(values, "bcc", faults),
        sent=sent,
        received=_received(first.get("received")),
        message_id=_message_id(first.get("message-id")),
        in_reply_to=answered[0] if answered else None,
        references=tuple(ids),
        conversation_index=_conversation_index(first.get("thread-index")),
        conversation_topic=first.get("thread-topic") or None,
        mail_folder=folder.replace("\\", "/").strip("/") if folder else None,
        application=first.get("x-mailer") or first.get("user-agent") or None,
        found=tuple(values.found),
    )


def _author(values: _Values, faults: Faults) -> MailAddress | None:
    for name in ("from", "sender"):
        for text in values.raw.get(name, ()):
            found = addresses_of(text)
            if found:
                if not found[0].address and name == "from":
                    faults.broken.append(_NO_ADDRESS)
                return found[0]
            if text:
                faults.broken.append("The author of the message cannot be read.")
    return None


def _list(values: _Values, name: str, faults: Faults) -> tuple[MailAddress, ...]:
    found: list[MailAddress] = []
    for text in values.raw.get(name, ()):
        read = addresses_of(text)
        if text and (not read or text[0] in ",;"):
            faults.broken.append("Addresses of the message cannot be read.")
        found += read
    return tuple(found)


def _received(text: str | None) -> Moment | None:
    """Return when the last server took the message: its stamp ends with the date (RFC 5321, 4.4)."""
    return moment_of(text.rpartition(";")[2]) if text else None


def _message_id(text: str | None) -> str | None:
    if not text:
        return None
    found = _ID.search(text)
    return found[1] if found else "".join(text.strip("<>").split()) or None


def _conversation_index(text: str | None) -> str | None:
    if not text:
        return None
    try:
        return base64.b64decode("".join(text.split()), validate=True).hex().upper() or None
    except (binascii.Error, ValueError):
        return None
