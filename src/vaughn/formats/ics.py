"""Days as a calendar feed (RFC 5545, iCalendar), written; every calendar program can subscribe to it or import it.

Lines end in CR LF and are folded at 75 octets, never inside a character. A day is a day (`VALUE=DATE`), without a time
zone. An event keeps its UID when its day moves, so that a calendar moves it too instead of showing it twice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

# RFC 5545, 3.1: "SHOULD NOT be longer than 75 octets, excluding the line break".
_LINE_OCTETS = 75
_REMIND_AT_HOUR = 9


@dataclass(frozen=True, slots=True)
class IcsEvent:
    """A whole day in a calendar.

    Args:
        uid: From `event_uid`; the same for the same thing, whatever day it falls on.
        reminders_days: So many days before, at nine in the morning, the calendar reminds.
    """

    uid: str
    day: date
    summary: str
    description: str = ""
    url: str = ""
    reminders_days: tuple[int, ...] = (7, 1)


def event_uid(*parts: str) -> str:
    """Return the UID of the event that *parts* identify: case, kind and key, never the day it falls on."""
    digest = hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
    return f"{digest[:32]}@vaughn"


def written_as_ics(events: Iterable[IcsEvent], *, name: str, made_at: datetime) -> bytes:
    """Return *events* as the bytes of an .ics file.

    Args:
        name: What the calendar is called in the reader's program.
        made_at: When the feed was made (`DTSTAMP`); the same events and moment give the same bytes.
    """
    stamp = made_at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Vaughn//Due dates//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_escaped(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:P1D",
        *(line for event in events for line in _event(event, stamp)),
        "END:VCALENDAR",
    ]
    return b"".join(_folded(line) for line in lines)


def _event(event: IcsEvent, stamp: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_escaped(event.uid)}"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
    # The end is the first day that no longer belongs to it.
    yield f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_escaped(event.summary)}"
    if event.description:
        yield f"DESCRIPTION:{_escaped(event.description)}"
    if event.url:
        yield f"URL:{_plain(event.url)}"
    yield "TRANSP:TRANSPARENT"
    for days in event.reminders_days:
        yield "BEGIN:VALARM"
        yield "ACTION:DISPLAY"
        yield f"DESCRIPTION:{_escaped(event.summary)}"
        yield f"TRIGGER:{_before(days)}"
        yield "END:VALARM"
    yield "END:VEVENT"


def _before(days: int) -> str:
    """Return the time from the start of the day back to nine o'clock *days* days earlier."""
    hours = days * 24 - _REMIND_AT_HOUR
    if hours < 0:
        return f"PT{-hours}H"
    whole, rest = divmod(hours, 24)
    return "-P" + (f"{whole}D" if whole else "") + (f"T{rest}H" if rest or not whole else "")


def _escaped(text: str) -> str:
    """Return *text* as a value of type TEXT (RFC 5545, 3.3.11)."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for letter in "\\;,":
        text = text.replace(letter, f"\\{letter}")
    return _plain(text.replace("\n", "\\n"))


def _plain(text: str) -> str:
    """Return *text* without control characters: a value never begins a line of its own."""
    return "".join(letter for letter in text if letter.isprintable() or letter == "\u00a0")


def _folded(line: str) -> bytes:
    """Return *line* in octets, broken where it grows too long; a continued line begins with a blank."""
    parts = list[bytes]()
    part = b""
    for letter in line:
        octets = letter.encode("utf-8", "replace")
        if len(part) + len(octets) > _LINE_OCTETS - (1 if parts else 0):
            parts.append(part)
            part = b""
        part += octets
    return b"\r\n ".join([*parts, part]) + b"\r\n"
