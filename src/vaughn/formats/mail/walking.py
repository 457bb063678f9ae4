"""What a message says and which files stand in it: its entities, walked in order."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from vaughn.formats.mail.charsets import decoded
from vaughn.formats.mail.dates import moment_of
from vaughn.formats.mail.faults import Faults
from vaughn.formats.mail.mime import Entity
from vaughn.formats.mail.names import clean_name, declared_name, made_name
from vaughn.formats.mail.transfer import uu_files, without_transfer
from vaughn.formats.markup import html_text
from vaughn.model import Moment, PartRole

# Reports and fragments whose content is lines of text, to be read with the message.
_READ_AS_TEXT = frozenset(
    {
        "text/plain",
        "text/enriched",
        "text/richtext",
        "text/rfc822-headers",
        "message/delivery-status",
        "message/disposition-notification",
        "message/feedback-report",
        "message/global-delivery-status",
        "message/global-headers",
        "message/partial",
    }
)
_MESSAGES = frozenset({"message/rfc822", "message/global", "message/news"})
_SIGNATURES = frozenset({"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"})
# Plain text that says less than this share of its HTML twin only says that one should read that.
PLAIN_MIN_SHARE = 0.1
HIDDEN = "Text that mail programs do not show"
LINKS = "Links"
PGP_MESSAGE = "-----BEGIN PGP MESSAGE-----"
PGP_SIGNED = "-----BEGIN PGP SIGNED MESSAGE-----"
MAX_TEXT_CHARACTERS = 8_000_000


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file inside a message.

    Args:
        kind: As declared.
        content_id: By which the HTML body refers to it.
        is_message: Whether it is a message of its own.
        subject: Of such a message, if it is known without reading it.
    """

    name: str
    role: PartRole
    data: bytes
    kind: str
    content_id: str | None = None
    is_message: bool = False
    modified: Moment | None = None
    created: Moment | None = None
    subject: str | None = None

    @property
    def digest(self) -> str:
        """SHA-256 of its bytes."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the body in the forms it comes in."""

    plain: str | None = None
    html: str | None = None


@dataclass(slots=True)
class Walked:
    """What walking a message gathers."""

    faults: Faults
    segments: list[Segment] = field(default_factory=list)
    files: list[AttachedFile] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    def add_file(self, name: str, data: bytes, kind: str, *, role: PartRole = PartRole.ATTACHMENT) -> None:
        """Add a file under its name, or under a made one."""
        self.files.append(AttachedFile(name or made_name(len(self.files) + 1, kind), role, data, kind))

    def body(self) -> BodyText:
        """Return the body as text: plain where it says something, else made of the HTML."""
        return body_text(self.segments, self.faults)


@dataclass(frozen=True, slots=True)
class BodyText:
    """What a message says.

    Args:
        notes: What mail programs do not show, and where its links lead; printed behind the text.
    """

    text: str
    notes: str = ""


def body_text(segments: Sequence[Segment], faults: Faults) -> BodyText:
    """Return *segments* as text: plain where it says something, else made of the HTML."""
    texts, hidden, links = [], [], []
    for segment in segments:
        plain = (segment.plain or "").strip("\n")
        made = None
        if segment.html is not None and (not plain.strip() or len(plain) < PLAIN_MIN_SHARE * len(segment.html)):
            made = html_text(segment.html)
        if made is None or (plain.strip() and len(plain) * 2 > len(made.text)):
            texts.append(plain)
            continue
        texts.append(made.text)
        if made.hidden_text:
            faults.hidden += made.hidden_text_count
            hidden.append(made.hidden_text)
        faults.remote += len(made.remote_references)
        links += [link for link in made.links if link not in links]
    notes = [f"[{title}]\n" + "\n".join(lines) for title, lines in ((HIDDEN, hidden), (LINKS, links)) if lines]
    return BodyText("\n\n".join(text for text in texts if text), "\n\n".join(notes))


def walked(data: bytes, message: Entity, faults: Faults) -> Walked:
    """Return what the message *data*, whose entities are *message*, says and holds."""
    found = Walked(faults)
    _walk(data, message, found, parent="")
    return found


def _walk(data: bytes, entity: Entity, found: Walked, *, parent: str) -> None:
    found.faults.broken += entity.faults
    if entity.content.guessed or entity.disposition.guessed:
        found.faults.guessed += 1
    if entity.kind == "multipart/alternative" and entity.children:
        mark = len(found.segments)
        for child in entity.children:
            _walk(data, child, found, parent=entity.kind)
        found.segments[mark:] = [_one_of(found.segments[mark:])]
        return
    if entity.children:
        if entity.kind == "multipart/signed":
            found.faults.signed += 1
        elif entity.kind == "multipart/encrypted":
            found.faults.encrypted += 1
        for child in entity.children:
            _walk(data, child, found, parent=entity.kind)
        return
    _leaf(data, entity, found, parent=parent)


def _one_of(segments: list[Segment]) -> Segment:
    """Return what is said several times over as one stretch in two forms."""
    plain = "\n\n".join(one.plain for one in segments if one.plain is not None and one.html is None)
    html = "\n".join(one.html for one in segments if one.html is not None)
    return Segment(plain or None, html or None)


def _leaf(data: bytes, entity: Entity, found: Walked, *, parent: str) -> None:
    content = without_transfer(data[entity.body : entity.end], entity.header("content-transfer-encoding") or "")
    if content.fault:
        found.faults.broken.append(content.fault)
    name = declared_name(entity)
    if entity.kind in _SIGNATURES and parent == "multipart/signed":
        return
    if entity.kind == "application/pgp-encrypted" and parent == "multipart/encrypted":
        return
    if entity.kind == "message/external-body":
        found.faults.missing += 1
        found.names.append(name or made_name(len(found.files) + 1, "application/octet-stream"))
        return
    if _is_body(entity, found, name=name, parent=parent):
        _add_text(content.data, entity, found)
        return
    if name and not content.data and entity.body >= entity.end and entity.end >= len(data):
        found.faults.missing += 1
    found.files.append(_file(entity, content.data, name, place=len(found.files) + 1, parent=parent))


def _is_body(entity: Entity, found: Walked, *, name: str, parent: str) -> bool:
    if entity.kind not in _READ_AS_TEXT and entity.kind != "text/html":
        # A multipart that could not be divided still says what it says.
        return entity.kind.startswith("multipart/")
    if entity.disposition.value.lower() == "attachment":
        return False
    if not name:
        return True
    # Some programs name the body itself.
    return not found.segments and not found.files and parent in {"", "multipart/alternative", "multipart/mixed"}


def _add_text(content: bytes, entity: Entity, found: Walked) -> None:
    if entity.kind == "message/partial":
        found.faults.divided = True
    text = decoded(content, entity.content.get("charset"))
    if text.guessed and not (entity.content.get("charset") is None and b"\x1b" not in content and text.text.isascii()):
        found.faults.guessed += 1
    said = text.text[:MAX_TEXT_CHARACTERS]
    found.faults.is_cut = found.faults.is_cut or len(said) < len(text.text)
    if "\r" in said:
        said = said.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in said:
        said = said.replace("\0", "")
    if entity.kind in {"text/html", "text/enriched", "text/richtext"}:
        found.segments.append(Segment(html=said))
        return
    if "begin " in said and entity.kind == "text/plain":
        said = _without_uu(content, said, entity, found)
    if PGP_MESSAGE in said:
        found.faults.encrypted += 1
    if PGP_SIGNED in said:
        found.faults.signed += 1
    found.segments.append(Segment(plain=_unflowed(said, entity)))


def _without_uu(content: bytes, said: str, entity: Entity, found: Walked) -> str:
    """Return the text without the files encoded in it, which become files of the message."""
    files = uu_files(content)
    if not files:
        return said
    out, at = [], 0
    for one in files:
        out.append(content[at : one.start])
        name = clean_name(decoded(one.name).text)
        out.append(b"[" + one.name + b"]\n")
        found.add_file(name, one.data, "application/octet-stream")
        if not one.is_whole:
            found.faults.broken.append("A file encoded in the text is cut off.")
        at = one.end
    out.append(content[at:])
    return decoded(b"".join(out), entity.content.get("charset")).text.replace("\r\n", "\n")


def _unflowed(text: str, entity: Entity) -> str:
    """Return the paragraphs of flowed text (RFC 3676) on one line each."""
    if (entity.content.get("format") or "").lower() != "flowed" or " \n" not in text:
        return text
    keep_blank = (entity.content.get("delsp") or "").lower() != "yes"
    lines: list[str] = []
    open_depth = -1
    for line in text.split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        rest = line[depth:].removeprefix(" ")
        flows = rest.endswith(" ") and rest != "-- "
        rest = rest[:-1] if flows and not keep_blank else rest
        if open_depth == depth and rest != "-- ":
            lines[-1] += rest
        else:
            lines.append(f"{'>' * depth} {rest}" if depth else rest)
        open_depth = depth if flows else -1
    return "\n".join(lines)


def _file(entity: Entity, content: bytes, name: str, *, place: int, parent: str) -> AttachedFile:
    content_id = (entity.header("content-id") or "").strip().strip("<>")
    is_picture = entity.kind.startswith("image/")
    inline = entity.disposition.value.lower() != "attachment" and (
        (parent == "multipart/related" and bool(content_id or not name)) or (is_picture and bool(content_id))
    )
    inline = inline or (is_picture and entity.disposition.value.lower() == "inline")
    is_message = entity.kind in _MESSAGES
    return AttachedFile(
        name or made_name(place, "message/rfc822" if is_message else entity.kind),
        PartRole.EMBEDDED if inline and not is_message else PartRole.ATTACHMENT,
        content,
        "message/rfc822" if is_message else entity.kind,
        content_id or None,
        is_message,
        moment_of(entity.disposition.get("modification-date") or ""),
        moment_of(entity.disposition.get("creation-date") or ""),
    )
