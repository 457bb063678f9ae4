"""Is a file mail of some kind? Told by its first bytes; its suffix decides only between kinds that begin alike."""

from __future__ import annotations

import re

from vaughn.formats.mail.separators import is_mbox

EML = "message/rfc822"
MBOX = "application/mbox"
MSG = "application/vnd.ms-outlook"
TNEF = "application/vnd.ms-tnef"
PST = "application/vnd.ms-outlook-pst"
ICS = "text/calendar"
VCF = "text/vcard"
EMLX = "message/x-emlx"

_MARK = b"\xef\xbb\xbf"
_MAGIC = ((b"\x78\x9f\x3e\x22", TNEF), (b"!BDN", PST))
_OPENINGS = ((b"BEGIN:VCALENDAR", ICS), (b"BEGIN:VCARD", VCF))
_FIELD = re.compile(rb"([!-9;-~]{1,80})[ \t]*:[^\n]*(?:\n[ \t][^\n]*)*(?:\n|\Z)")
# Fields that messages have and other texts of "name: value" lines do not.
# fmt: off
_MAIL_FIELDS = frozenset({
    b"received", b"return-path", b"message-id", b"mime-version", b"from", b"to", b"cc", b"date", b"subject",
    b"reply-to", b"delivered-to", b"sender", b"x-mailer", b"envelope-to", b"content-type", b"content-transfer-encoding",
    b"content-disposition", b"in-reply-to", b"references", b"dkim-signature", b"authentication-results", b"list-id",
    b"newsgroups", b"thread-topic",
})
# fmt: on
# A message is told by two of these; one alone stands in many a text.
_ENOUGH = 2
_TOLD_BY_SUFFIX = frozenset({".eml", ".mht", ".mhtml", ".nws", ".mim", ".mime"})
_OF_SERVERS = frozenset({b"received", b"return-path", b"message-id", b"delivered-to", b"mime-version"})
_TEXT_SUFFIXES = frozenset({".txt", ".text"})
_EMLX = re.compile(rb"\d{1,12}[ \t]*\r?\n(?=[!-9;-~]{1,80}[ \t]*:)")
_OTHER_TEXT_SUFFIXES = frozenset(
    {".csv", ".tsv", ".html", ".htm", ".xml", ".json", ".md", ".py", ".yaml", ".yml", ".log"}
)


def mail_type(head: bytes, suffix: str) -> str | None:
    """Return the media type of a mail file that begins with *head*; `None` if it is none.

    Args:
        suffix: Of its name, in lower case with the dot.
    """
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    start = head.removeprefix(_MARK).lstrip(b" \t\r\n")
    opening = start[:15].upper()
    for words, kind in _OPENINGS:
        if opening.startswith(words):
            return kind
    if is_mbox(head):
        # Programs that write one message to one file put the line of its envelope before it.
        return EML if suffix in _TOLD_BY_SUFFIX else MBOX
    return _message_type(head, start, suffix)


def _message_type(head: bytes, start: bytes, suffix: str) -> str | None:
    counted = _EMLX.match(head)
    if counted is not None and len(_mail_fields(head, counted.end())) >= _ENOUGH:
        return EMLX
    fields = _mail_fields(start, 0)
    if suffix in _TEXT_SUFFIXES:
        # Mail printed as text begins like mail; what programs write for each other stands in mail alone.
        return EML if len(fields) > _ENOUGH and fields & _OF_SERVERS else None
    if len(fields) >= _ENOUGH and suffix not in _OTHER_TEXT_SUFFIXES:
        return EML
    # A file that says it is a message is one, if it is text.
    return EML if suffix in _TOLD_BY_SUFFIX and b"\0" not in head[:64] else None


def _mail_fields(head: bytes, at: int) -> frozenset[bytes]:
    """Return the mail fields that the file begins with."""
    found: set[bytes] = set()
    if head.startswith((b"From ", b">From "), at):
        at = head.find(b"\n", at) + 1
    while at < len(head):
        field = _FIELD.match(head, at)
        if field is None:
            break
        name = field[1].lower()
        if name in _MAIL_FIELDS or name.startswith((b"x-", b"resent-", b"arc-")):
            found.add(name)
        at = field.end()
    return frozenset(found)
