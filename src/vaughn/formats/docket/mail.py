"""The body and subject of an e-mail that holds a notice; attached files are counted, not opened."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import Message

_HEADER = re.compile(rb"(?:From [^\r\n]+\r?\n)?(?:[A-Za-z][A-Za-z0-9-]{1,40}:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){2,}")
_MARKS = re.compile(
    rb"^(?:from|to|subject|date|received|return-path|message-id|mime-version|delivered-to)\s*:", re.I | re.M
)
# Mails of the courts have one or two parts; a mail of a thousand parts is made to hurt.
MAX_PARTS = 1_000


@dataclass(frozen=True, slots=True)
class MailBody:
    """What a mail says.

    Args:
        is_html: Whether *text* is HTML.
        attached: Files that came with it and were not read.
    """

    subject: str
    text: str
    is_html: bool
    attached: int


def is_mail(data: bytes) -> bool:
    """Tell whether *data* begins with the headers of a mail."""
    head = data.lstrip(b"\xef\xbb\xbf\r\n")[:65536]
    block = _HEADER.match(head)
    return block is not None and len(set(_MARKS.findall(block[0].lower()))) >= 2


def read_mail(data: bytes) -> MailBody:
    """Return subject and body of the mail *data*; the HTML part before the plain one, for it holds the links."""
    if data.startswith(b"From "):
        data = data.split(b"\n", 1)[-1]
    message = message_from_bytes(data.lstrip(b"\xef\xbb\xbf\r\n"), policy=policy.compat32)
    html, plain, attached = "", "", 0
    for place, part in enumerate(message.walk()):
        if place >= MAX_PARTS:
            break
        if part.is_multipart():
            continue
        kind = part.get_content_type()
        if part.get_filename() or kind not in {"text/html", "text/plain"}:
            attached += 1
        elif kind == "text/html" and not html:
            html = _decoded(part)
        elif kind == "text/plain" and not plain:
            plain = _decoded(part)
    return MailBody(_subject(message), html or plain, bool(html), attached)


def _subject(message: Message) -> str:
    raw = str(message.get("Subject") or "")
    try:
        return " ".join(str(make_header(decode_header(raw))).split())
    except (LookupError, ValueError):
        return " ".join(raw.split())


def _decoded(part: Message) -> str:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    charset = part.get_content_charset() or "utf-8"
    try:
        return data.decode(charset)
    except (LookupError, UnicodeDecodeError):
        pass
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
