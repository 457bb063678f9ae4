"""An Outlook item as a message file: headers as stored, body, attachments; the rest in fields ``X-Vaughn-...``."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from vaughn.formats.mail.faults import Faults
from vaughn.formats.mail.mapi import MapiItem, Properties, body_forms, item_lines, mapi_facts
from vaughn.formats.mail.message import written
from vaughn.formats.mail.names import clean_name, made_name
from vaughn.formats.mail.pst.items import PstAttachment, PstItem
from vaughn.formats.mail.walking import Segment
from vaughn.model import DocumentKind, MailAddress, Moment, RecordFacts

# A line of 57 bytes becomes one of 76 letters (RFC 2045, 6.8).
_LINE_BYTES = 57
_CHUNK_LINES = 4096
_WORD_BYTES = 42
MAX_PROPERTY_CHARACTERS = 400
_OWN_FIELDS = ("content-type", "content-transfer-encoding", "mime-version", "content-disposition", "content-length")
# Properties that stand in other fields, or are bodies.
_SAID_ELSEWHERE = frozenset({"TransportMessageHeaders", "Body", "Html", "RtfCompressed", "Subject", "MessageClass"})
_FIELD = re.compile(r"[!-9;-~]+[ \t]*:")
_ONLY_BYTES = re.compile(r"(?:\(\d+ bytes\)(?:; )?)+")
_SIGNED = ("ipm.note.smime.multipartsigned", "ipm.note.secure.sign")


def message_file(item: PstItem, *, folder: str, notes: Iterable[str] = ()) -> Iterator[bytes]:
    """Yield *item* as a message file, a piece at a time.

    Args:
        folder: Where it lay, ``/`` between levels.
        notes: Further fields, ready to be written.
    """
    faults = Faults()
    facts = mapi_facts(MapiItem(item.properties, item.recipients), faults)
    content = None
    if item.properties.text(0x001A).lower().startswith(_SIGNED) and len(item.attachments) == 1:
        content = item.attachments[0].content()
    body = body_forms(item.properties, faults)
    fields = [*_fields(item, facts, folder), *notes]
    if faults.guessed or item.properties.guesses or item.is_damaged:
        fields.append(f"X-Vaughn-Doubtful: {'damaged' if item.is_damaged else 'characters'}")
    yield "".join(f"{field}\r\n" for field in fields).encode("utf-8", "replace")
    if content is not None:
        # The one attachment of a signed message is the whole message, fields of its content first.
        yield from content
        return
    yield b"MIME-Version: 1.0\r\n"
    yield from _parts(item, body)


def _fields(item: PstItem, facts: RecordFacts, folder: str) -> list[str]:
    properties = item.properties
    kind = properties.text(0x001A)
    fields = [f"X-Vaughn-Folder: {_words(folder)}", f"X-Vaughn-Class: {_words(kind)}", f"X-Vaughn-Item: {item.id:#x}"]
    times = (("Received", facts.received), ("Created", facts.created), ("Modified", facts.modified))
    fields += [f"X-Vaughn-{name}: {_date(moment)}" for name, moment in times if moment is not None]
    stored = list(_stored_fields(properties.text(0x007D)))
    named = {field.partition(":")[0].strip().lower() for field in stored}
    fields += stored
    fields += [f"{name}: {value}" for name, value in _own_fields(facts) if name.lower() not in named and value]
    fields += [
        f"X-Vaughn-Property: {_words(f'{one.name}={_one_line(one.value)}')}"
        for one in properties.found()
        if one.name not in _SAID_ELSEWHERE and not _ONLY_BYTES.fullmatch(one.value)
    ]
    return fields


def _own_fields(facts: RecordFacts) -> list[tuple[str, str]]:
    is_mail = facts.kind is DocumentKind.EMAIL
    return [
        ("From", _person(facts.author) if facts.author else ""),
        ("To", _people(facts.to)),
        ("Cc", _people(facts.cc)),
        ("Bcc", _people(facts.bcc)),
        ("Subject", _words(_one_line(facts.title or ""))),
        ("Date", _date(facts.sent or (None if is_mail else facts.modified))),
        ("Message-ID", f"<{_one_line(facts.message_id)}>" if facts.message_id else ""),
        ("In-Reply-To", f"<{_one_line(facts.in_reply_to)}>" if facts.in_reply_to else ""),
        ("References", " ".join(f"<{_one_line(one)}>" for one in facts.references)),
        ("Thread-Index", _index(facts.conversation_index)),
        ("Thread-Topic", _words(_one_line(facts.conversation_topic or ""))),
    ]


def _stored_fields(headers: str) -> Iterator[str]:
    """Yield the fields of transport as they are stored; those about the body are renamed: it is made anew."""
    field = ""
    for line in [*headers.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").split("\n"), ""]:
        if line[:1] in {" ", "\t"} and field and line.strip():
            field += f"\r\n{line}"
            continue
        if field:
            own = field.lower().startswith(_OWN_FIELDS)
            yield f"X-Vaughn-Original-{field}" if own else field
        field = line if _FIELD.match(line) and not line.lower().startswith("microsoft mail internet") else ""


def _parts(item: PstItem, body: Segment | None) -> Iterator[bytes]:
    lines = item_lines(item.properties)
    plain = "\n\n".join(one for one in (lines, (body.plain or "") if body else "") if one)
    html = body.html if body else None
    if not item.attachments:
        yield from _body(item, plain, html)
        return
    boundary = f"=_vaughn_{item.id:x}_mixed"
    yield f'Content-Type: multipart/mixed; boundary="{boundary}"\r\n\r\n'.encode()
    yield f"--{boundary}\r\n".encode()
    yield from _body(item, plain, html)
    for place, one in enumerate(item.attachments, start=1):
        yield f"\r\n--{boundary}\r\n".encode()
        yield from _attachment(one, place)
    yield f"\r\n--{boundary}--\r\n".encode()


def _body(item: PstItem, plain: str, html: str | None) -> Iterator[bytes]:
    if html is None:
        yield from _text("plain", plain)
    elif not plain.strip():
        yield from _text("html", html)
    else:
        boundary = f"=_vaughn_{item.id:x}_alternative"
        yield f'Content-Type: multipart/alternative; boundary="{boundary}"\r\n\r\n--{boundary}\r\n'.encode()
        yield from _text("plain", plain)
        yield f"\r\n--{boundary}\r\n".encode()
        yield from _text("html", html)
        yield f"\r\n--{boundary}--\r\n".encode()


def _text(kind: str, text: str) -> Iterator[bytes]:
    yield f"Content-Type: text/{kind}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n".encode()
    yield from _encoded(iter((text.encode("utf-8", "replace"),)))


def _attachment(one: PstAttachment, place: int) -> Iterator[bytes]:
    told = one.properties
    if one.item is not None:
        name = clean_name(told.text(0x3001)) or made_name(place, "message/rfc822")
        yield f"Content-Type: message/rfc822\r\n{_disposition(name, told, shown=False)}\r\n\r\n".encode(
            "utf-8", "replace"
        )
        yield from message_file(one.item, folder="")
        return
    name = clean_name(told.text(0x3707, 0x3704, 0x3001, 0x370D)).replace("\\", "/").rpartition("/")[2]
    content = one.content()
    kind = _token(told.text(0x370E)) or "application/octet-stream"
    if content is None:
        name = name or made_name(place, kind)
        yield f"Content-Type: message/external-body; access-type=local-file; {_named('name', name)}\r\n\r\n".encode()
        yield b"Content-Type: application/octet-stream\r\n\r\n"
        return
    content_id = told.text(0x3712).strip("<> ")
    yield f"Content-Type: {kind}\r\n".encode()
    yield f"{_disposition(name or made_name(place, kind), told, shown=told.flag(0x7FFE))}\r\n".encode(
        "utf-8", "replace"
    )
    if content_id:
        yield f"Content-ID: <{_one_line(content_id)}>\r\n".encode("utf-8", "replace")
    yield b"Content-Transfer-Encoding: base64\r\n\r\n"
    yield from _encoded(content)


def _disposition(name: str, told: Properties, *, shown: bool) -> str:
    dates = (("creation-date", told.moment(0x3007)), ("modification-date", told.moment(0x3008)))
    said = [f'{field}="{_date(moment)}"' for field, moment in dates if moment is not None]
    return "; ".join((f"Content-Disposition: {'inline' if shown else 'attachment'}", _named("filename", name), *said))


def _named(field: str, name: str) -> str:
    """Return a parameter, in percent signs where it is not plain (RFC 2231)."""
    if name.isascii() and name.isprintable() and '"' not in name and "\\" not in name:
        return f'{field}="{name}"'
    return f"{field}*=utf-8''{quote(name, safe='', errors='replace')}"


def _encoded(content: Iterator[bytes]) -> Iterator[bytes]:
    """Yield *content* in base64, in lines, without holding all of it."""
    rest = b""
    whole = _LINE_BYTES * _CHUNK_LINES
    for piece in content:
        rest += piece
        while len(rest) >= whole:
            yield base64.encodebytes(rest[:whole]).replace(b"\n", b"\r\n")
            rest = rest[whole:]
    yield base64.encodebytes(rest).replace(b"\n", b"\r\n")


def _one_line(text: str) -> str:
    return " ".join(text.replace("\0", "").split())[:MAX_PROPERTY_CHARACTERS]


def _words(text: str) -> str:
    """Return *text* for a field, in encoded words where it is not plain (RFC 2047)."""
    if text.isascii() and "=?" not in text:
        return text
    words, held = [], b""
    for letter in text:
        data = letter.encode("utf-8", "replace")
        if len(held) + len(data) > _WORD_BYTES:
            words.append(held)
            held = b""
        held += data
    words.append(held)
    return "\r\n ".join(f"=?utf-8?B?{base64.b64encode(word).decode()}?=" for word in words)


def _person(person: MailAddress) -> str:
    name = _one_line(person.name)
    if not name.isascii():
        name = _words(name)
    elif name:
        name = '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
    address = _one_line(person.address)
    return f"{name} <{address}>".strip() if address else name


def _people(people: Iterable[MailAddress]) -> str:
    return ",\r\n ".join(map(_person, people))


def _date(moment: Moment | None) -> str:
    return written(moment).replace("UTC", "+0000") if moment is not None else ""


def _index(index: str | None) -> str:
    return base64.b64encode(bytes.fromhex(index)).decode() if index else ""


def _token(kind: str) -> str:
    is_plain = re.fullmatch(r"(?!multipart/)[A-Za-z0-9.+-]{1,80}/[A-Za-z0-9.+-]{1,80}", kind.lower())
    return kind.lower() if is_plain else ""
