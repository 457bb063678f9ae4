"""A message as threads are made of it: who, when, which others it names, and its words as numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from vaughn.collect.quoted_headers import QuotedHeader, read_times
from vaughn.collect.quoting import taken_apart
from vaughn.collect.shingles import Numbers, WordNumbers
from vaughn.fulltext import terms
from vaughn.model import MailAddress
from vaughn.store import HeldMessage

_ID = re.compile(r"<([^<>\s]{1,998})>")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words ``start`` to ``end`` of a message that stand in one block."""

    start: int
    end: int
    is_quoted: bool


@dataclass(frozen=True, slots=True, eq=False)
class Message:
    """One message.

    Args:
        sent: In UTC, as far as is known; the clock's own where the zone is not.
        local: What the sender's clock showed.
        author, recipients: Names and addresses as found.
        ids_before: Messages it answers or follows, oldest first.
        quoted: Headers of the messages it quotes, in order.
        words: All its words but headers and quotation marks, in `stretches`.
        attachments: SHA-256 of the files that came with it.
    """

    id: int
    sent: datetime | None
    local: datetime | None
    author: str
    recipients: tuple[str, ...]
    subject: str | None
    message_id: str | None
    ids_before: tuple[str, ...]
    conversation_index: str | None
    quoted: tuple[QuotedHeader, ...]
    words: Numbers
    stretches: tuple[Stretch, ...]
    attachments: frozenset[str] = frozenset()

    def own_words(self) -> Numbers:
        """Return what the author wrote."""
        return self._joined(is_quoted=False)

    def quoted_words(self) -> Numbers:
        """Return what is quoted."""
        return self._joined(is_quoted=True)

    def _joined(self, *, is_quoted: bool) -> Numbers:
        parts = [self.words[one.start : one.end] for one in self.stretches if one.is_quoted is is_quoted]
        return np.concatenate(parts) if parts else self.words[:0]


class MessageReader:
    """Makes messages of what the case holds and of their texts; remembers the numbers of words."""

    def __init__(self) -> None:
        self._numbers = WordNumbers()

    def message(self, held: HeldMessage, text: str, *, attachments: Sequence[str] = ()) -> Message:
        """Return *held* with its *text* taken apart.

        What the record itself does not say is taken from the document table, and from a header at the top of the
        text: produced messages often come as pictures alone.
        """
        facts = held.facts
        author = _author(held)
        taken = taken_apart(text, author=author or None)
        top = taken.header
        words: list[int] = []
        stretches: list[Stretch] = []
        for block in taken.blocks:
            own = [self._numbers[term] >> 32 for term in terms(block.text)]
            if own:
                stretches.append(Stretch(len(words), len(words) + len(own), block.is_quoted))
                words += own
        sent, local = _moment(held, top)
        return Message(
            held.id,
            sent,
            local,
            author or (top.author if top else ""),
            _recipients(held),
            (facts and facts.title) or held.title or (top.subject if top else None),
            _bare_id(facts.message_id) if facts and facts.message_id else None,
            _ids_before(held),
            facts.conversation_index if facts else None,
            taken.quoted,
            np.array(words, np.uint32),
            tuple(stretches),
            frozenset(attachments),
        )


def _author(held: HeldMessage) -> str:
    if held.facts is not None and held.facts.author is not None:
        return str(held.facts.author)
    return held.sender or ""


def _recipients(held: HeldMessage) -> tuple[str, ...]:
    facts = held.facts
    if facts is not None:
        found: tuple[MailAddress, ...] = (*facts.to, *facts.cc, *facts.bcc)
        if found:
            return tuple(str(one) for one in found)
    return tuple(part.strip() for part in (held.recipients or "").split(";") if part.strip())


def _moment(held: HeldMessage, top: QuotedHeader | None) -> tuple[datetime | None, datetime | None]:
    """Return the moment it was sent, and what the clock there showed; both without a zone."""
    moment = held.facts.date if held.facts is not None else None
    if moment is not None:
        return moment.at.replace(tzinfo=None), moment.local().replace(tzinfo=None)
    times = top.times if top else ()
    if times:
        return times[0], times[0]
    return (found := _listed(held.date)), found


def _listed(text: str | None) -> datetime | None:
    """Return the moment of the document table; a day alone is its beginning."""
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return next(iter(read_times(text)), None)
    return found.astimezone(UTC).replace(tzinfo=None) if found.tzinfo else found


def _ids_before(held: HeldMessage) -> tuple[str, ...]:
    facts = held.facts
    if facts is None:
        return ()
    named = [*facts.references, *([facts.in_reply_to] if facts.in_reply_to else [])]
    # The last one named is the one that is answered.
    found = [one for text in named for one in _ids_in(text)]
    return tuple(reversed(dict.fromkeys(reversed(found))))


def _ids_in(text: str) -> list[str]:
    bracketed = _ID.findall(text)
    return bracketed or [one for one in text.split() if "@" in one]


def _bare_id(text: str) -> str:
    return next(iter(_ID.findall(text)), text.strip().strip("<>").strip())
