"""What is known of a record that was taken in: its facts, where it came from, what it resembles."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from enum import Enum
from typing import Any

from vaughn.model.documents import DocumentKind


class PartRole(Enum):
    """How one file came out of another."""

    MEMBER = "member"  # of an archive or a mailbox: stands for itself
    ATTACHMENT = "attachment"  # of a message or a PDF
    EMBEDDED = "embedded"  # an object inside a document: a sheet in a letter, a picture in a message


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time, and the offset of the clock that wrote it down.

    Args:
        at: Aware, in UTC.
        offset_minutes: East of Greenwich; `None` if the record does not say.
    """

    at: datetime
    offset_minutes: int | None = None

    def __post_init__(self) -> None:
        if self.at.utcoffset() != timedelta(0):
            raise ValueError("a moment is kept in UTC")

    def local(self) -> datetime:
        """Return the moment as the clock that wrote it showed it (UTC if the offset is unknown)."""
        return self.at.astimezone(timezone(timedelta(minutes=self.offset_minutes or 0)))

    def text(self) -> str:
        """Return ISO 8601 in UTC, e.g. ``2011-01-17T14:03:00Z``."""
        return self.at.replace(microsecond=0, tzinfo=None).isoformat() + "Z"


@dataclass(frozen=True, slots=True)
class MailAddress:
    """One correspondent as a message names it; `address` is in lower case, empty if there is only a name."""

    address: str
    name: str = ""

    def __str__(self) -> str:
        if not self.address:
            return self.name
        return f"{self.name} <{self.address}>" if self.name else self.address


@dataclass(frozen=True, slots=True)
class FoundValue:
    """One field as the record has it: a header, a property; the same name may stand several times."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class RecordFacts:
    """The facts of one record in one form, and all of them as found.

    Args:
        title: Subject of a message, title of a document.
        author: Who sent or wrote it.
        conversation_index: Hexadecimal, as Outlook writes it; `conversation_topic` is its subject.
        mail_folder: Folder inside the mailbox, ``/`` between levels.
        attachment_names: As the record lists them, in order.
        application: Program that wrote it.
        found: In the order of the record.
    """

    kind: DocumentKind = DocumentKind.UNKNOWN
    title: str | None = None
    author: MailAddress | None = None
    to: tuple[MailAddress, ...] = ()
    cc: tuple[MailAddress, ...] = ()
    bcc: tuple[MailAddress, ...] = ()
    sent: Moment | None = None
    received: Moment | None = None
    created: Moment | None = None
    modified: Moment | None = None
    message_id: str | None = None
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()
    conversation_index: str | None = None
    conversation_topic: str | None = None
    mail_folder: str | None = None
    attachment_names: tuple[str, ...] = ()
    language: str | None = None
    application: str | None = None
    found: tuple[FoundValue, ...] = ()

    @property
    def date(self) -> Moment | None:
        """The moment the record is listed under: sent, else received, modified, created."""
        return self.sent or self.received or self.modified or self.created

    def to_json(self) -> str:
        """Return the facts as JSON without what is unknown; `facts_from_json` reads it."""
        return json.dumps(
            {name: _plain(value) for name, value in _fields(self).items() if value not in (None, ())},
            ensure_ascii=False,
            separators=(",", ":"),
        )


_MOMENTS = ("sent", "received", "created", "modified")
_ADDRESSES = ("to", "cc", "bcc")


def facts_from_json(text: str) -> RecordFacts:
    """Return what `RecordFacts.to_json` wrote.

    Raises:
        ValueError: If *text* is something else.
    """
    held: dict[str, Any] = json.loads(text)
    held["kind"] = DocumentKind(held.get("kind", DocumentKind.UNKNOWN.value))
    if "author" in held:
        held["author"] = MailAddress(**held["author"])
    for name in _ADDRESSES:
        held[name] = tuple(MailAddress(**one) for one in held.get(name, ()))
    for name in _MOMENTS:
        if name in held:
            at = datetime.fromisoformat(held[name]["at"]).astimezone(UTC)
            held[name] = Moment(at, held[name]["offset_minutes"])
    for name in ("references", "attachment_names"):
        held[name] = tuple(held.get(name, ()))
    held["found"] = tuple(FoundValue(name, value) for name, value in held.get("found", ()))
    try:
        return RecordFacts(**held)
    except TypeError as error:
        raise ValueError("no facts of a record") from error


def _fields(facts: RecordFacts) -> dict[str, Any]:
    return {name: getattr(facts, name) for name in RecordFacts.__dataclass_fields__}


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Moment):
        return {"at": value.at.isoformat(), "offset_minutes": value.offset_minutes}
    if isinstance(value, FoundValue):
        return [value.name, value.value]
    if isinstance(value, MailAddress):
        return asdict(value)
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value


@dataclass(frozen=True, slots=True)
class Handover:
    """Who handed over what, when: the head of the chain of custody of one taking in.

    Args:
        production_id: The documents taken in stand under this production.
        from_whom: Person or office that handed the records over.
        received_by: Who took them in.
        handed_on: Day they changed hands.
        custodian: Whose records they are, unless a file says otherwise.
        device: Computer, disk or account they were collected from.
        medium: How they came: disk, upload, mail ...
        root: Where they lay when they were taken in.
        files, size_bytes: What lay there, counted before copying.
        digest_before, digest_after: SHA-256 over the sorted list of path, size and SHA-256 of every file, made from
            the originals before copying and from the stored bytes afterwards; `None` until made.
        rules: What was left out and why, as JSON.
    """

    production_id: int
    from_whom: str
    received_by: str
    handed_on: date
    custodian: str | None = None
    device: str | None = None
    medium: str | None = None
    note: str | None = None
    root: str = ""
    files: int | None = None
    size_bytes: int | None = None
    digest_before: str | None = None
    digest_after: str | None = None
    rules: str = "{}"
    finished_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FileOrigin:
    """Where a taken-in file came from, and its other hashes.

    Args:
        container_id: File it came out of; `None` if it was handed over as it is.
        position: Place among what came out of the same container, from 1.
        document_id: Document made from it, if one was.
        modified_at, created_at: ISO 8601 in UTC, as the file system or the container had them.
    """

    file_id: int
    container_id: int | None
    position: int
    part: PartRole | None
    document_id: int | None = None
    md5: str | None = None
    sha1: str | None = None
    modified_at: str | None = None
    created_at: str | None = None


class GroupKind(Enum):
    """Why documents stand together."""

    DUPLICATE = "duplicate"
    NEAR_DUPLICATE = "near-duplicate"
    NEAR_DUPLICATE_PAGE = "near-duplicate page"
    THREAD = "thread"


class GroupScope(Enum):
    """Among which documents groups are looked for."""

    GLOBAL = "global"
    CUSTODIAN = "custodian"


class GroupRole(Enum):
    """What a document is in its group."""

    PRIMARY = "primary"  # the copy that is shown; the pivot of similar ones
    COPY = "copy"  # a duplicate: left out of lists, kept with its custodian and path
    SIMILAR = "similar"
    INCLUSIVE = "inclusive"  # says something that stands in no later message of its thread
    CONTAINED = "contained"  # all it says stands in a later message


class GroupingState(Enum):
    """Whether the groups of a run count."""

    CURRENT = "current"
    UNDONE = "undone"  # taken back, or replaced by a later run; kept as history


@dataclass(frozen=True, slots=True)
class GroupMember:
    """One document (or one page of it) in one group.

    Args:
        group: Number of the group inside its run, from 1.
        position: Order inside the group, from 1.
        similarity: To the member it was compared with, 0 to 1; `None` where nothing is compared.
        parent_id: Document it answers, is a copy of, or is like.
        basis: What put it here, e.g. ``same bytes``, ``same message``, ``references``, ``subject and quotation``.
    """

    group: int
    document_id: int
    position: int
    role: GroupRole
    basis: str
    similarity: float | None = None
    parent_id: int | None = None
    page_id: int | None = None


@dataclass(frozen=True, slots=True)
class Grouping:
    """One run of looking for groups; `parameters` is JSON."""

    id: int
    kind: GroupKind
    scope: GroupScope
    at: datetime
    state: GroupingState
    parameters: str = "{}"
