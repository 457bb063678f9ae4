"""An Outlook item as a record: what its properties say, in the one form of all messages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from vaughn.formats.faults import FileRefused
from vaughn.formats.mail.codepages import charset_of_code_page
from vaughn.formats.mail.facts import facts_of
from vaughn.formats.mail.faults import Faults
from vaughn.formats.mail.headers import header_block
from vaughn.formats.mail.lzfu import decompressed_rtf
from vaughn.formats.mail.mapi.items import item_lines
from vaughn.formats.mail.mapi.properties import INTERNET_CODE_PAGE, Properties
from vaughn.formats.mail.message import MailRecord
from vaughn.formats.mail.mime import parsed
from vaughn.formats.mail.names import clean_name, made_name
from vaughn.formats.mail.rtf import RtfBody, rtf_body
from vaughn.formats.mail.walking import AttachedFile, Segment, body_text, walked
from vaughn.formats.markup import decoded_markup
from vaughn.model import DocumentKind, MailAddress, Moment, PartRole, RecordFacts

BY_VALUE, BY_REFERENCE, EMBEDDED_MESSAGE, OLE_OBJECT, BY_WEB_REFERENCE = 1, frozenset({2, 3, 4}), 5, 6, 7
_TO, _CC, _BCC = 1, 2, 3
# A header's date and the time an item was sent are the same moment, a clock apart.
SAME_MOMENT_SECONDS = 120
_NOT_A_FIELD = "microsoft mail internet headers"
_HIDDEN_KINDS = ("ipm.note.smime.multipartsigned", "ipm.note.secure.sign")
_MAIL_KINDS = ("ipm.note", "ipm.post", "ipm.schedule", "report", "ipm.outlook.recall")


@dataclass(frozen=True, slots=True)
class MapiAttachment:
    """One attachment: its properties, and its content as a file.

    Args:
        content: `None` if it lies elsewhere; of an embedded message or object a file made of it.
        kind: Media type of a file that was made.
    """

    properties: Properties
    content: bytes | None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class MapiItem:
    """One item: its properties, its recipients, its attachments, in the order of the file."""

    properties: Properties
    recipients: Sequence[Properties] = ()
    attachments: Sequence[MapiAttachment] = ()


def mapi_record(item: MapiItem, faults: Faults) -> MailRecord:
    """Return *item* as a record."""
    properties = item.properties
    facts = mapi_facts(item, faults)
    kind = properties.text(0x001A).lower()
    if kind.startswith(_HIDDEN_KINDS) and len(item.attachments) == 1 and item.attachments[0].content:
        return _signed(item.attachments[0].content, facts, faults)
    segments = [segment for segment in (body_forms(properties, faults),) if segment is not None]
    said = body_text(segments, faults)
    files, names = _files(item.attachments, segments, faults)
    text = "\n\n".join(one for one in (item_lines(properties), said.text) if one)
    faults.guessed += properties.guesses + sum(one.guesses for one in item.recipients)
    return MailRecord(facts, text, files, notes=said.notes, names=names, segments=segments)


def _signed(content: bytes, facts: RecordFacts, faults: Faults) -> MailRecord:
    """Return the message whose whole body is kept signed, as MIME, in its one attachment ([MS-OXOSMIME] 2.1.2)."""
    inner = walked(content, parsed(content), faults)
    said = inner.body()
    return MailRecord(facts, said.text, inner.files, notes=said.notes, names=inner.names, segments=inner.segments)


def mapi_facts(item: MapiItem, faults: Faults) -> RecordFacts:
    """Return the facts of *item*: its properties, and what its headers of transport say besides."""
    return _with_headers(_facts(item), item.properties, faults)


def _facts(item: MapiItem) -> RecordFacts:
    properties = item.properties
    kind = properties.text(0x001A).lower()
    people = {which: tuple(_people(item.recipients, which)) for which in (_TO, _CC, _BCC)}
    if not item.recipients:
        people = {_TO: _named(properties, 0x0E04), _CC: _named(properties, 0x0E03), _BCC: _named(properties, 0x0E02)}
    index = properties.binary(0x0071)
    return RecordFacts(
        kind=DocumentKind.EMAIL if kind.startswith(_MAIL_KINDS) or not kind else DocumentKind.OTHER,
        title=properties.text(0x0037) or _subject(properties) or None,
        author=_author(properties),
        to=people[_TO],
        cc=people[_CC],
        bcc=people[_BCC],
        sent=properties.moment(0x0039),
        received=properties.moment(0x0E06),
        created=properties.moment(0x3007),
        modified=properties.moment(0x3008),
        message_id=_bare_id(properties.text(0x1035)) or _correlated_id(properties.binary(0x007F)),
        in_reply_to=_bare_id(properties.text(0x1042)),
        references=tuple(re.findall(r"<([^<>\s]+)>", properties.text(0x1039))),
        conversation_index=index.hex().upper() or None,
        conversation_topic=properties.text(0x0070) or None,
        found=properties.found(),
    )


def _subject(properties: Properties) -> str:
    return f"{properties.text(0x003D)}{properties.text(0x0E1D)}" or properties.text(0x3001)


def _bare_id(text: str) -> str | None:
    return text.strip().strip("<>").strip() or None


def _correlated_id(key: bytes) -> str | None:
    """Return the id of the message around a packed one, which its key repeats ([MS-OXTNEF] 2.1.3.3.1)."""
    text = key.rstrip(b"\0").decode("ascii", "replace")
    return _bare_id(text) if text.startswith("<") and text.endswith(">") else None


def _author(properties: Properties) -> MailAddress | None:
    for name, smtp, address in ((0x0042, 0x5D02, 0x0065), (0x0C1A, 0x5D01, 0x0C1F)):
        found = _person(properties.text(name), properties.text(smtp) or properties.text(address))
        if found is not None:
            return found
    return None


def _person(name: str, address: str) -> MailAddress | None:
    name, address = " ".join(name.split()), address.strip().lower()
    if not name and not address:
        return None
    bare = name.strip("'\"")
    if "@" not in address and not address.startswith("/"):
        return MailAddress("", bare or address)
    return MailAddress(address, "" if bare.lower() == address else bare)


def _people(recipients: Sequence[Properties], which: int) -> list[MailAddress]:
    found = []
    for one in recipients:
        kind = (one.number(0x0C15) or _TO) & 0xF
        person = _person(one.text(0x3001, 0x5FF6), one.text(0x39FE) or one.text(0x3003))
        if kind == which and person is not None:
            found.append(person)
    return found


def _named(properties: Properties, number: int) -> tuple[MailAddress, ...]:
    names = (name.strip(" '\0") for name in properties.text(number).split(";"))
    return tuple(MailAddress(name.lower(), "") if "@" in name else MailAddress("", name) for name in names if name)


def _with_headers(facts: RecordFacts, properties: Properties, faults: Faults) -> RecordFacts:
    """Return *facts* with what the headers of transport say besides: addresses, ids, the offset of the clock."""
    headers = properties.text(0x007D)
    if headers:
        data = headers.replace("\r\n", "\n").lstrip("\n").encode("utf-8", "replace") + b"\n\n"
        block = header_block(data, 0, len(data))
        told = facts_of(block.without(_NOT_A_FIELD), Faults())
        facts = replace(
            facts,
            title=facts.title or told.title,
            author=_better(facts.author, told.author),
            to=_better_list(facts.to, told.to),
            cc=_better_list(facts.cc, told.cc),
            sent=_with_offset(facts.sent, told.sent),
            received=facts.received or told.received,
            message_id=facts.message_id or told.message_id,
            in_reply_to=facts.in_reply_to or told.in_reply_to,
            references=facts.references or told.references,
            conversation_index=facts.conversation_index or told.conversation_index,
            application=told.application,
            found=facts.found + told.found,
        )
    if facts.sent is None and facts.kind is DocumentKind.EMAIL:
        faults.date = "The message has no date of sending."
    return facts


def _better(mine: MailAddress | None, told: MailAddress | None) -> MailAddress | None:
    """Return the one with an Internet address; programs keep a name of their own directory instead."""
    if mine is None or told is None:
        return mine or told
    return (
        MailAddress(told.address, mine.name or told.name) if "@" not in mine.address and "@" in told.address else mine
    )


def _better_list(mine: tuple[MailAddress, ...], told: tuple[MailAddress, ...]) -> tuple[MailAddress, ...]:
    if len(mine) == len(told):
        return tuple(found for one, other in zip(mine, told, strict=True) if (found := _better(one, other)))
    return mine or told


def _with_offset(mine: Moment | None, told: Moment | None) -> Moment | None:
    if mine is None or told is None:
        return mine or told
    if abs((mine.at - told.at).total_seconds()) <= SAME_MOMENT_SECONDS:
        return Moment(mine.at, told.offset_minutes)
    return mine


def body_forms(properties: Properties, faults: Faults) -> Segment | None:
    """Return the body in the forms it comes in; `None` if there is none."""
    plain = properties.text(0x1000).replace("\r\n", "\n").replace("\r", "\n")
    html = _html(properties, faults)
    if html is None or not plain.strip():
        rich = _rich(properties, faults)
        if rich is not None:
            html = html or rich.html
            plain = plain if plain.strip() else rich.text
    return Segment(plain or None, html) if plain.strip() or html else None


def _html(properties: Properties, faults: Faults) -> str | None:
    value = properties.first(0x1013)
    if isinstance(value, str):
        return value
    if not isinstance(value, bytes) or not value:
        return None
    found = decoded_markup(value, declared=charset_of_code_page(properties.number(INTERNET_CODE_PAGE)))
    faults.guessed += found.guessed
    return found.text


def _rich(properties: Properties, faults: Faults) -> RtfBody | None:
    packed = properties.binary(0x1009)
    if not packed:
        return None
    try:
        return rtf_body(decompressed_rtf(packed))
    except FileRefused:
        faults.broken.append("The formatted body of the message is damaged.")
        return None


def _files(
    attachments: Sequence[MapiAttachment], segments: Sequence[Segment], faults: Faults
) -> tuple[list[AttachedFile], list[str]]:
    html = "".join(one.html or "" for one in segments)
    files: list[AttachedFile] = []
    missing: list[str] = []
    for one in attachments:
        told = one.properties
        name = clean_name(told.text(0x3707, 0x3704, 0x3001, 0x370D, 0x3708)).replace("\\", "/").rpartition("/")[2]
        method = told.number(0x3705) or BY_VALUE
        if one.content is None:
            faults.missing += 1
            missing.append(name or made_name(len(files) + len(missing) + 1, "application/octet-stream"))
            continue
        kind = one.kind or told.text(0x370E).lower() or "application/octet-stream"
        content_id = told.text(0x3712).strip("<> ")
        is_message = method == EMBEDDED_MESSAGE
        shown = told.flag(0x7FFE) or bool(content_id and f"cid:{content_id}" in html)
        inline = method == OLE_OBJECT or (shown and not is_message)
        files.append(
            AttachedFile(
                name or made_name(len(files) + 1, kind),
                PartRole.EMBEDDED if inline else PartRole.ATTACHMENT,
                one.content,
                kind,
                content_id or None,
                is_message=is_message,
                modified=told.moment(0x3008),
                created=told.moment(0x3007),
                subject=told.text(0x3001) if is_message else None,
            )
        )
    return files, missing
