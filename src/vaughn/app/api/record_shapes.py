"""Values of records in the shape the interface sends them."""

from __future__ import annotations

from vaughn.app.api import record_models as rows
from vaughn.app.lineage import Step
from vaughn.app.people import People
from vaughn.model import Handover, MailAddress, Moment, RecordFacts


def facts_row(facts: RecordFacts, people: People) -> rows.FactsRow:
    """Return what a record says of itself."""
    return rows.FactsRow(
        title=facts.title,
        author=None if facts.author is None else _address(facts.author, people),
        to=[_address(one, people) for one in facts.to],
        cc=[_address(one, people) for one in facts.cc],
        bcc=[_address(one, people) for one in facts.bcc],
        sent=_moment(facts.sent),
        received=_moment(facts.received),
        created=_moment(facts.created),
        modified=_moment(facts.modified),
        message_id=facts.message_id,
        in_reply_to=facts.in_reply_to,
        references=list(facts.references),
        conversation_index=facts.conversation_index,
        conversation_topic=facts.conversation_topic,
        mail_folder=facts.mail_folder,
        attachment_names=list(facts.attachment_names),
        language=facts.language,
        application=facts.application,
    )


def _address(one: MailAddress, people: People) -> rows.AddressRow:
    return rows.AddressRow(name=one.name, address=one.address, person=people.known(one))


def _moment(moment: Moment | None) -> rows.MomentRow | None:
    if moment is None:
        return None
    local = moment.local().replace(microsecond=0).isoformat()
    return rows.MomentRow(at=moment.text(), local=local, offset_minutes=moment.offset_minutes)


def handover_row(handover: Handover, production: str) -> rows.HandoverRow:
    """Return who handed over the production of this name."""
    return rows.HandoverRow(
        production_id=handover.production_id,
        production=production,
        from_whom=handover.from_whom,
        received_by=handover.received_by,
        handed_on=handover.handed_on.isoformat(),
        custodian=handover.custodian,
        device=handover.device,
        medium=handover.medium,
        note=handover.note,
        root=handover.root,
        finished_at=None if handover.finished_at is None else handover.finished_at.isoformat(timespec="seconds"),
        digest_before=handover.digest_before,
        digest_after=handover.digest_after,
    )


def place_row(step: Step) -> rows.PlaceRow:
    """Return one step on the way to a document."""
    origin = step.origin
    return rows.PlaceRow(
        name=_name(step.file.path),
        path=step.file.path,
        media_type=step.file.media_type,
        part=None if origin is None or origin.part is None else origin.part.value,
        position=0 if origin is None else origin.position,
        document_id=None if origin is None else origin.document_id,
    )


def file_facts(step: Step) -> rows.FileFacts | None:
    """Return the facts of a document's own file; none if its bytes were not stored."""
    file, origin = step.file, step.origin
    if file.blob is None:
        return None
    return rows.FileFacts(
        name=_name(file.path),
        path=file.path,
        size_bytes=file.blob.size_bytes,
        media_type=file.media_type,
        sha256=file.blob.sha256,
        sha1=None if origin is None else origin.sha1,
        md5=None if origin is None else origin.md5,
        modified_at=None if origin is None else origin.modified_at,
        created_at=None if origin is None else origin.created_at,
    )


def _name(path: str) -> str:
    return path.rsplit("/", 1)[-1]
