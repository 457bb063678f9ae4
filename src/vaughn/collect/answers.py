"""How the message is found that another one answers without naming its id.

The one whose header it quotes, else the one whose words it quotes, else the one its subject, people and dates point to.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from vaughn.collect.messages import Message
from vaughn.collect.quoted_headers import QuotedHeader, address_in, name_words
from vaughn.collect.quoting import same_person
from vaughn.collect.shingles import Numbers
from vaughn.collect.subjects import BaseSubject, base_subject

BY_HEADER = "quoted header"
BY_WORDS = "subject and quotation"
BY_SUBJECT = "subject, people and dates"

# The clock of a quoted header is that of whoever quoted: up to 14 hours off, by whole quarters of an hour.
_ZONES = timedelta(hours=14, minutes=1)
_QUARTER, _SLACK = 15, 1
_DAY = timedelta(days=1, hours=14)
# An answer without any quotation comes soon, or it is about something else.
_SOON = timedelta(days=10)
_SKEW = timedelta(minutes=10)  # clocks of two machines
_LOOKED_AT = 60  # earlier messages of the same subject, the latest first
_RUN = 4  # words that follow each other, to be found again in a quotation
_MIN_OWN_WORDS = 5
_MIN_FOUND = 0.5  # of the runs of the message that is answered: some quote a part of it, and OCR misreads


@dataclass(frozen=True, slots=True)
class Answered:
    """What a message answers: one that is there, or one that is only quoted."""

    basis: str
    message: Message | None
    header: QuotedHeader | None = None


class Subjects:
    """All messages by their subject and time."""

    def __init__(self, messages: Iterable[Message]) -> None:
        self._base: dict[int, BaseSubject] = {}
        self._held: defaultdict[str, list[tuple[datetime, int, Message]]] = defaultdict(list)
        for message in messages:
            base = base_subject(message.subject)
            self._base[message.id] = base
            if message.sent is not None:
                self._held[base.text].append((message.sent, message.id, message))
        for held in self._held.values():
            held.sort(key=lambda one: one[:2])

    def base(self, message: Message) -> BaseSubject:
        """Return the subject of *message* without its marks."""
        return self._base[message.id]

    def between(self, subject: str, first: datetime, last: datetime) -> Iterator[Message]:
        """Return messages of a base subject from *first* to *last*, the latest first, not more than some."""
        held = self._held.get(subject, [])
        start = bisect_left(held, first, key=lambda one: one[0])
        end = bisect_right(held, last, key=lambda one: one[0])
        for place in range(end - 1, max(start, end - _LOOKED_AT) - 1, -1):
            yield held[place][2]

    def quoted(self, message: Message, header: QuotedHeader) -> Message | None:
        """Return the message that *header*, quoted in *message*, is the header of; `None` if it is not there."""
        base = base_subject(header.subject).text if header.subject is not None else self.base(message).text
        best: tuple[int, Message] | None = None
        for time in header.times:
            for found in self.between(base, time - _DAY, time + _DAY):
                distance = _clock_distance(found, time)
                if (
                    distance is not None
                    and found.id != message.id
                    and same_person(found.author, header.author)
                    and (best is None or (distance, -found.id) < (best[0], -best[1].id))
                ):
                    best = (distance, found)
        return best[1] if best else None


def _clock_distance(message: Message, quoted: datetime) -> int | None:
    """Return how far a quoted time is from the message's as the sender saw it; `None` if it cannot be that one."""
    if message.sent is None or message.local is None:
        return None
    if message.local.hour == message.local.minute == message.local.second == 0:
        return 1440 if message.local.date() == quoted.date() else None  # only the day is known
    away = abs(quoted - message.local.replace(second=0, microsecond=0))
    minutes = int(away.total_seconds()) // 60
    if minutes <= _SLACK:
        return 0
    shift = int(abs(quoted - message.sent.replace(second=0, microsecond=0)).total_seconds()) // 60
    if shift <= int(_ZONES.total_seconds()) // 60 and min(shift % _QUARTER, -shift % _QUARTER) <= _SLACK:
        return shift
    return None


def answered(message: Message, subjects: Subjects) -> Answered | None:
    """Return what *message* answers or passes on; `None` if nothing says that it does.

    A message that quotes one that is not there answers that one, so that two answers to it stand together.
    """
    for header in message.quoted:
        found = subjects.quoted(message, header)
        if found is not None and _not_after(found, message):
            return Answered(BY_HEADER, found)
    base = subjects.base(message)
    if message.sent is None or not base.text:
        return _missing(message)
    found = _by_words(message, subjects.between(base.text, datetime.min, message.sent + _SKEW))
    if found is not None:
        return Answered(BY_WORDS, found)
    if message.quoted:
        return _missing(message)
    if base.is_reply or base.is_forward:
        found = _by_subject(message, subjects.between(base.text, message.sent - _SOON, message.sent))
        if found is not None:
            return Answered(BY_SUBJECT, found)
    return None


def _missing(message: Message) -> Answered | None:
    first = next((header for header in message.quoted if header.times), None)
    return None if first is None else Answered(BY_HEADER, None, first)


def _not_after(one: Message, other: Message) -> bool:
    return one.sent is None or other.sent is None or (one.sent, one.id) < (other.sent + _SKEW, other.id)


def _by_words(message: Message, candidates: Iterable[Message]) -> Message | None:
    """Return the latest of *candidates* whose own words are quoted in *message*."""
    quoted = message.quoted_words()
    if len(quoted) < _MIN_OWN_WORDS:
        return None
    runs = word_runs(quoted)
    for found in candidates:
        own = found.own_words() if found.id != message.id else quoted[:0]
        if len(own) >= _MIN_OWN_WORDS:
            wanted = word_runs(own)
            if np.isin(wanted, runs).mean() >= _MIN_FOUND:
                return found
    return None


def word_runs(words: Numbers, length: int = _RUN) -> Numbers:
    """Return one number for every *length* words that follow each other (for all, if there are fewer)."""
    length = min(length, len(words))
    count = len(words) - length + 1
    if not length:
        return words[:0]
    rolled = np.zeros(count, np.uint32)
    for place in range(length):
        rolled = rolled * np.uint32(0x9E3779B1) + words[place : place + count]
    return rolled


def _by_subject(message: Message, candidates: Iterable[Message]) -> Message | None:
    """Return the latest of *candidates* that *message* can be the answer to: from one that got it to one that sent it.

    Where nothing is known of the recipients, the two must at least be of different authors.
    """
    for found in candidates:
        if found.id == message.id or not _not_after(found, message):
            continue
        if same_person(found.author, message.author):
            continue
        got_it = _is_among(message.author, found.recipients)
        goes_back = _is_among(found.author, message.recipients)
        if (got_it or goes_back) and got_it is not False and goes_back is not False:
            return found
    return None


def _is_among(person: str, people: Sequence[str]) -> bool | None:
    """Tell whether *person* is one of *people*; `None` if no people are known."""
    if not people or not (address_in(person) or name_words(person)):
        return None
    return any(same_person(person, one) for one in people)
