"""The clocks of a request: what the agency and the requester owe, since when, and why the day is what it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from vaughn.model import (
    ClockQuestion,
    DueDate,
    DueEntry,
    Entity,
    InputError,
    Jurisdiction,
    Toll,
    due_date,
)

_EXTENSION_DAYS = 10
# Once a request has gone on, nobody waits for its tracking number any more, whenever that came.
_UNACKNOWLEDGED = (None, "sent")
_TOLL_RULES = {"information": "TOLL-1", "fees": "TOLL-FEE"}


@dataclass(frozen=True, slots=True)
class RequestClock:
    """One thing that is owed on a request.

    Args:
        computed: The day-by-day why; `None` where the day cannot be computed, and `fault` says what is missing.
        note: What was assumed.
    """

    entry: DueEntry
    rule: str
    computed: DueDate | None
    note: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True)
class _Asked:
    rule: str
    title: str
    who: str
    trigger: date
    met_on: date | None
    tolls: tuple[Toll, ...] = ()
    extend_days: int = 0
    note: str = ""


def request_clocks(request: Entity, entities: Sequence[Entity], law: Jurisdiction) -> tuple[RequestClock, ...]:
    """Return what is owed on *request*, in the order of the procedure.

    A determination is owed until there is an answer or a denial. What has no start yet is not listed.
    """
    by_reference = {entity.reference: entity for entity in entities}
    agency = by_reference.get(request.value("agency") or "")
    variant = None if agency is None else agency.value("clock_variant") or agency.value("short")
    tolls, faults = _tolls(request, entities)
    clocks = [_clock(asked, request, variant, law) for asked in _asked(request, agency, tolls)]
    return (*clocks, *faults)


def _asked(request: Entity, agency: Entity | None, tolls: tuple[Toll, ...]) -> Iterator[_Asked]:
    name = "The agency" if agency is None else agency.value("short") or agency.value("name") or agency.key
    received, note = _start(request)
    answered = _first(_day(request, "answered_on"), _day(request, "denied_on"))
    if received is not None:
        acknowledged = _day(request, "acknowledged_on")
        if acknowledged is not None or request.value("state") in _UNACKNOWLEDGED:
            yield _Asked("TRACK-10", "Tracking number", name, received, acknowledged, note=note)
        if request.value("expedition_asked") == "yes":
            yield _Asked("EXPED-10", "Decision on expedited processing", name, received, None, note=note)
        extension = _extension_days(request)
        yield _Asked("FOIA-20", "Determination", name, received, answered, tolls, extension, note)
    adverse = _first(_day(request, "denied_on"), _day(request, "answered_on"))
    appealed = _day(request, "appealed_on")
    if adverse is not None:
        yield _Asked("APPEAL-90", "Appeal", "The requester", adverse, appealed)
    if appealed is not None:
        yield _Asked("APPEAL-20", "Decision on the appeal", name, appealed, _day(request, "appeal_decided_on"))


def _start(request: Entity) -> tuple[date | None, str]:
    received = _day(request, "received_on")
    if received is not None:
        return received, ""
    sent = _day(request, "sent_on")
    return sent, "" if sent is None else "Counted from the day it was sent: when the agency received it is not known."


def _extension_days(request: Entity) -> int:
    if request.value("extended_on") is None:
        return 0
    return int(request.value("extension_days") or _EXTENSION_DAYS)


def _clock(asked: _Asked, request: Entity, variant: str | None, law: Jurisdiction) -> RequestClock:
    key = f"{request.reference}/{asked.rule.casefold()}"
    title = f"{asked.title}: {request.value('title') or request.key}"
    question = ClockQuestion(
        asked.rule, asked.trigger, tolls=asked.tolls, extend_days=asked.extend_days, agency=variant
    )
    try:
        computed = due_date(question, law)
    except InputError as error:
        entry = DueEntry(key, title, asked.who, None, asked.met_on, confirmed=False)
        return RequestClock(entry, asked.rule, None, asked.note, error.message)
    entry = DueEntry(
        key,
        title,
        asked.who,
        computed.due,
        asked.met_on,
        is_suspended=computed.due is None,
        confirmed=computed.confirmed and not asked.note,
    )
    return RequestClock(entry, asked.rule, computed, asked.note)


def _tolls(request: Entity, entities: Iterable[Entity]) -> tuple[tuple[Toll, ...], tuple[RequestClock, ...]]:
    """Return the pauses of *request*, and those that cannot be counted as clocks with a fault."""
    found: list[Toll] = []
    faults: list[RequestClock] = []
    for entity in entities:
        if entity.kind != "toll" or entity.is_withdrawn or entity.value("request") != request.reference:
            continue
        rule = _TOLL_RULES.get(entity.value("reason") or "")
        try:
            found.append(_toll(entity, rule))
        except InputError as error:
            entry = DueEntry(entity.reference, entity.value("title") or "Pause of the clock", "", None)
            faults.append(RequestClock(entry, rule or "", None, fault=f"{entity.reference}: {error.message}"))
    return tuple(sorted(found, key=lambda toll: toll.first)), tuple(faults)


def _toll(entity: Entity, rule: str | None) -> Toll:
    first = _day(entity, "from")
    if first is None:
        raise InputError("The pause has no first day.")
    return Toll(first, _day(entity, "until"), rule)


def _day(entity: Entity, field: str) -> date | None:
    """Return the day of a field, `None` if it is unknown or only its month is known."""
    known = entity.date(field)
    return None if known is None else known.exact


def _first(*days: date | None) -> date | None:
    return min((day for day in days if day is not None), default=None)
