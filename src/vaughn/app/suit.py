"""The lawsuit of a case as commands and screens read it, change it by hand, and what was done to it lately."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from vaughn.app.facts import EnteredFacts, all_kinds, enter_facts, read_input
from vaughn.formats.docket import EntryField
from vaughn.lawsuit import (
    Contradiction,
    Suit,
    chains,
    contradictions,
    order_findings,
    read_suit,
)
from vaughn.model import Entity, Event, Finding, InputError, Jurisdiction, PartialDate, key_from
from vaughn.store import CaseFile

# Events of the log that are steps of larger ones, or say nothing to people.
_STEPS = frozenset(
    {
        "job.begun",
        "job.ended",
        "pages.read",
        "pages.told",
        "tasks.taken",
        "production.copied",
        "production.divided",
        "production.linked",
        "production.reading",
        "documents.numbered",
    }
)
# A production is some hundred steps: far enough back to find what came before it.
_LOOKED_THROUGH = 2_000


def suit_of(case: CaseFile) -> Suit:
    """Return the suit that the facts of *case* tell of."""
    return read_suit(case.entities(), case.sources(), kinds=all_kinds().values())


def suit_findings(suit: Suit) -> tuple[Finding, ...]:
    """Return what cannot be: circles, orders that end before they begin, links that lead nowhere."""
    return (*order_findings(suit), *chains(suit).findings)


def contradictions_in(case: CaseFile, law: Jurisdiction, *, on: date) -> tuple[Contradiction, ...]:
    """Return what the facts of *case* tell in two ways."""
    return contradictions(suit_of(case), law=law, on=on)


def read_column_map(path: Path) -> Mapping[str, EntryField | None]:
    """Return which column of a table is what, from a TOML file of lines like ``"Dkt" = "number"``.

    Raises:
        InputError: If the file is no TOML, or a column is said to be something no column can be.
    """
    names = ", ".join(field.value for field in EntryField)
    hint = f'Write one line a column: "Header" = "number". Possible are {names}, or "" to leave one as it is.'
    try:
        told = tomllib.loads(read_input(path).decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path.name} is no TOML file.", hint=hint) from error
    columns: dict[str, EntryField | None] = {}
    for header, use in told.items():
        if not isinstance(use, str) or use not in ("", *(field.value for field in EntryField)):
            raise InputError(f"{path.name}: the column {header[:60]!r} cannot be {str(use)[:60]!r}.", hint=hint)
        columns[header] = EntryField(use) if use else None
    return columns


@dataclass(frozen=True, slots=True)
class StateChange:
    """An order gets another state.

    Args:
        order: ``order/key``.
        until: `None` if it stays so.
        by: What brought it about: ``order/key`` or ``entry/key``.
    """

    order: str
    state: str
    since: PartialDate
    until: PartialDate | None = None
    by: str | None = None
    note: str | None = None


def change_order(case: CaseFile, change: StateChange) -> str:
    """Enter that an order was stayed, withdrawn and the like; return the reference of the change.

    Raises:
        InputError: If there is no such order, the state is none, or it would end before it begins.
    """
    order = case.entity(change.order)
    if order is None or order.kind != "order" or order.is_withdrawn:
        raise InputError("There is no such order in this case.")
    if change.until is not None and change.until.last < change.since.first:
        raise InputError("It would end before it begins.", hint="Look at the two dates.")
    key = key_from(order.key, change.state, str(change.since))
    values = {
        "title": [f"{order.value('title') or order.key}: {change.state}"],
        "order": [change.order],
        "state": [change.state],
        "from": [str(change.since)],
        **({} if change.until is None else {"until": [str(change.until)]}),
        **({} if change.by is None else {"by": [change.by]}),
    }
    enter_facts(case, EnteredFacts(f"order-change/{key}", values, note=change.note))
    return f"order-change/{key}"


@dataclass(frozen=True, slots=True)
class NewsLine:
    """One thing that was done to the case.

    Args:
        verb: As in the event log, e.g. ``facts.entered``.
        about: The entity it was done to, if it was one.
        production: Name of the production it was done to, if it was one.
        counts: How many of what, e.g. ``{"statements": 4}``.
    """

    sequence: int
    at: datetime
    verb: str
    about: Entity | None
    production: str | None
    counts: Mapping[str, int]


def news(case: CaseFile, *, limit: int = 10) -> tuple[NewsLine, ...]:
    """Return what was done to the case lately, newest first; single steps of larger work are left out."""
    after = max(0, case.head().sequence - _LOOKED_THROUGH)
    told = [event for event in case.events(after=after) if event.verb not in _STEPS][-limit:]
    entities = case.entities(withdrawn=True)
    by_id = {entity.id: entity for entity in entities}
    by_statement = {one.id: entity for entity in entities for one in entity.statements}
    productions = {production.id: production.name for production in case.productions()}
    return tuple(
        NewsLine(
            event.sequence,
            event.at,
            event.verb,
            _about(event, by_id, by_statement),
            productions.get(_number(event, "production") or 0),
            {name: value for name, value in event.objects.items() if isinstance(value, int) and name not in _IDS},
        )
        for event in reversed(told)
    )


_IDS = ("entity", "request", "statement", "production")


def _about(event: Event, by_id: Mapping[int, Entity], by_statement: Mapping[int, Entity]) -> Entity | None:
    named = _number(event, "entity") or _number(event, "request")
    if named is not None:
        return by_id.get(named)
    statement = _number(event, "statement")
    return None if statement is None else by_statement.get(statement)


def _number(event: Event, name: str) -> int | None:
    value = event.objects.get(name)
    return value if isinstance(value, int) else None


def read_partial(text: str, *, what: str) -> PartialDate:
    """Return a date as a person wrote it.

    Raises:
        InputError: If it is none; names the field.
    """
    try:
        return PartialDate.read(text)
    except InputError as error:
        raise InputError(f"{what}: {error.message}", hint=error.hint) from None
