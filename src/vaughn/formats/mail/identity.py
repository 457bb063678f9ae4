"""When two messages are the same one, whatever file they came in.

Described in docs/explanation/taking-in-mail.md. With a Message-ID: its MD5, which is the EDRM Message Identification
Hash, and a digest of what the message says and holds; so an altered copy under the same id is no duplicate. Without
one: a digest of the minute it was sent, author, recipients, subject, words and attached files.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from vaughn.model import RecordFacts

_DELETED = bytes(code for code in range(128) if not chr(code).isalnum())
_LOWER = bytes(ord(chr(code).lower()) if code < 128 else code for code in range(256))
_OTHER = re.compile(r"[\W_]+")
# Programs write the targets of links, and where pictures stand, each in their own way.
_LINKS = re.compile(r"<?\b(?:https?|ftp|mailto|file):[^\s<>\"]*>?|\[cid:[^\]]*\]", re.I)
SHORT = 32  # hexadecimal digits: 128 bits


@dataclass(frozen=True, slots=True)
class HeldFile:
    """What counts of an attached file: its digest, or the subject of a message that is attached."""

    digest: str


def identity_of(facts: RecordFacts, text: str, files: Iterable[HeldFile]) -> str | None:
    """Return what is equal for copies of one message; `None` if it says nothing to know it by.

    Args:
        text: Of the body, without header lines.
        files: In any order.
    """
    said = hashlib.sha256(normal_text(text).encode("utf-8", "replace"))
    for digest in sorted(one.digest for one in files):
        said.update(b"\0" + digest.encode("utf-8", "replace"))
    if facts.message_id:
        return f"id:{message_id_hash(facts.message_id)}:{said.hexdigest()[:SHORT]}"
    if facts.sent is None and facts.author is None and not facts.title:
        return None
    to = sorted({one.address or normal_text(one.name) for one in (*facts.to, *facts.cc)})
    author = (facts.author.address or normal_text(facts.author.name)) if facts.author else ""
    minute = facts.sent.at.strftime("%Y-%m-%dT%H:%M") if facts.sent else ""
    lines = ("1", minute, author, ";".join(to), normal_text(facts.title or ""), said.hexdigest())
    return "said:" + hashlib.sha256("\n".join(lines).encode("utf-8", "replace")).hexdigest()


def message_id_hash(message_id: str) -> str:
    """Return the EDRM Message Identification Hash: MD5 of the Message-ID without angle brackets."""
    bare = message_id.strip().strip("<>").strip()
    return hashlib.md5(bare.encode("utf-8", "replace"), usedforsecurity=False).hexdigest()


def normal_text(text: str) -> str:
    """Return the letters and digits of *text* in lower case: wrapping, quotation marks and links left out."""
    if "://" in text or "mailto:" in text or "[cid:" in text:
        text = _LINKS.sub(" ", text)
    if text.isascii():
        return text.encode("ascii").translate(_LOWER, _DELETED).decode("ascii")
    folded = unicodedata.normalize("NFKC", text).casefold()
    # First without the signs of ASCII, which are nearly all of them: a search takes ten times as long a letter.
    folded = folded.encode("utf-8", "surrogatepass").translate(None, _DELETED).decode("utf-8", "surrogatepass")
    return folded if folded.isalnum() else _OTHER.sub("", folded)
