"""What is owed in a case, whatever it follows from: the clocks of its requests and the obligations of its orders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from vaughn.app.clocking import due_events
from vaughn.app.suit import suit_of
from vaughn.formats.ics import written_as_ics
from vaughn.lawsuit import due_entries, obligation_lines
from vaughn.model import DueEntry, DueLine, Jurisdiction, due_list
from vaughn.request import clocks
from vaughn.store import CaseFile


@dataclass(frozen=True, slots=True)
class Owed:
    """What is owed, and why each day is what it is in one sentence, by key."""

    entries: tuple[DueEntry, ...]
    why: dict[str, str]


def owed_in(case: CaseFile, law: Jurisdiction, *, on: date) -> Owed:
    """Return everything that is or was owed in the case as it stands on the day *on*."""
    entries: list[DueEntry] = []
    why: dict[str, str] = {}
    for clock in clocks(case, law, open_only=True):
        entries.append(clock.entry)
        why[clock.entry.key] = " ".join(text for text in (clock.rule, clock.note, clock.fault) if text)
    suit = suit_of(case)
    lines = obligation_lines(suit, on=on, law=law)
    entries += due_entries(lines, suit)
    why |= {line.obligation.reference: " ".join(line.why) for line in lines}
    return Owed(tuple(entries), why)


def due_lines(case: CaseFile, law: Jurisdiction, *, on: date) -> tuple[DueLine, ...]:
    """Return what is owed on a day, the most urgent first."""
    return due_list(owed_in(case, law, on=on).entries, on=on, calendar=law.calendar)


def due_feed(case: CaseFile, law: Jurisdiction, *, now: datetime) -> bytes:
    """Return what is still owed as a calendar feed (iCalendar)."""
    named = case.case()
    events = due_events(owed_in(case, law, on=now.date()).entries, feed=named.docket_number or named.caption)
    return written_as_ics(events, name=named.caption, made_at=now)
