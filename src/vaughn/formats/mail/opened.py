"""Wrappings of a message that are no attachments: what Outlook and signing programs put around body and files."""

from __future__ import annotations

from dataclasses import replace

from vaughn.formats.faults import FileRefused
from vaughn.formats.mail.cms import CmsKind, cms_content
from vaughn.formats.mail.faults import Faults
from vaughn.formats.mail.message import MailRecord
from vaughn.formats.mail.mime import parsed
from vaughn.formats.mail.tnef import SIGNATURE, tnef_record
from vaughn.formats.mail.walking import AttachedFile, walked
from vaughn.model import RecordFacts

# A signed message in a signed message is common (a triple wrap has three, RFC 2634); beyond, it is made to hurt.
MAX_LEVELS = 5
NO_FACTS = RecordFacts()
_CMS_KINDS = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})


def without_wrappings(record: MailRecord, faults: Faults, *, levels: int = MAX_LEVELS) -> MailRecord:
    """Return *record* with what stands in ``winmail.dat`` and in signed content put in its place."""
    if not any(map(_is_wrapping, record.files)):
        return record
    files: list[AttachedFile] = []
    text, notes, facts, segments = record.text, record.notes, record.facts, list(record.segments)
    for one in record.files:
        inner = _inner(one, faults, levels) if _is_wrapping(one) and levels else None
        if inner is None:
            files.append(one)
            continue
        files += inner.files
        if inner.text not in text:
            text = "\n\n".join(filter(None, (text.rstrip(), inner.text)))
        notes = "\n\n".join(filter(None, (notes, inner.notes)))
        segments = [*segments, *inner.segments]
        facts = replace(
            facts,
            found=facts.found + inner.facts.found,
            title=facts.title or inner.facts.title,
            conversation_index=facts.conversation_index or inner.facts.conversation_index,
        )
    return replace(record, facts=facts, text=text, notes=notes, files=files, segments=segments)


def _is_wrapping(file: AttachedFile) -> bool:
    return file.data.startswith(SIGNATURE) or file.kind in _CMS_KINDS


def _inner(file: AttachedFile, faults: Faults, levels: int) -> MailRecord | None:
    """Return what *file* wraps; `None` if it stays a file, because it is encrypted or broken."""
    try:
        return _packed(file.data, faults) if file.data.startswith(SIGNATURE) else _signed(file.data, faults, levels)
    except FileRefused:
        faults.broken.append("The wrapping of the message is damaged; it is kept as a file.")
        return None


def _packed(data: bytes, faults: Faults) -> MailRecord:
    inner = Faults()
    record = tnef_record(data, inner)
    inner.date = None  # the message around it has one
    faults.add(inner)
    return record


def _signed(data: bytes, faults: Faults, levels: int) -> MailRecord | None:
    found = cms_content(data)
    if found.kind in {CmsKind.ENVELOPED, CmsKind.ENCRYPTED, CmsKind.AUTHENTICATED}:
        faults.encrypted += 1
        return None
    if found.content is None:
        # Certificates alone, or a signature of what stands elsewhere.
        faults.signed += 1
        return None
    if found.kind is CmsKind.SIGNED:
        faults.signed += 1
    body = walked(found.content, parsed(found.content), faults)
    said = body.body()
    record = MailRecord(NO_FACTS, said.text, body.files, notes=said.notes, names=body.names, segments=body.segments)
    return without_wrappings(record, faults, levels=levels - 1)
