"""Entering facts of the lawsuit by hand: what the commands and the screens share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from vaughn import lawsuit, publish, request
from vaughn.model import Confidence, EntityKind, InputError, Rank, kinds_by_id, require_key
from vaughn.store import CaseFile, NewSource

BY_HAND = NewSource("by-hand", "Entered by hand", kind="entered by hand")


@cache
def all_kinds() -> Mapping[str, EntityKind]:
    """Return every kind of entity that a case can hold, by id."""
    return kinds_by_id(request.KINDS, lawsuit.KINDS, publish.KINDS)


def kind_named(kind_id: str) -> EntityKind:
    """Return a kind of entity.

    Raises:
        InputError: If there is none of that id.
    """
    known = all_kinds()
    if kind_id not in known:
        raise InputError(f"There is no kind of entity {kind_id[:60]!r}.", hint=f"There are: {', '.join(known)}.")
    return known[kind_id]


@dataclass(frozen=True, slots=True)
class EnteredFacts:
    """What somebody says of one entity, on the word of one source.

    Args:
        reference: ``kind/key``; the entity is made if it is new.
        values: Field id to values as typed.
    """

    reference: str
    values: Mapping[str, Sequence[str]]
    source: NewSource = BY_HAND
    confidence: Confidence = Confidence.STATED
    note: str | None = None


def enter_facts(case: CaseFile, facts: EnteredFacts) -> int:
    """Store what was entered; return how many statements were new.

    Raises:
        InputError: If kind, key, field, value or a reference cannot be; nothing is stored then.
    """
    kind_id, _, key = facts.reference.partition("/")
    kind = kind_named(kind_id)
    require_key(key)
    with case.writing("facts.entered") as change:
        source = change.source_id(facts.source)
        added = change.enter(
            kind, key, facts.values, source_id=source, confidence=facts.confidence, note=facts.note or None
        )
        change.require_references({kind.id: kind})
        change.note(statements=added)
    return added


def set_rank(case: CaseFile, statement_id: int, rank: Rank) -> None:
    """Prefer a statement, let it count like others, or withdraw it.

    Preferring one takes back the preference of the others of that field.
    """
    with case.writing("statement.ranked", statement=statement_id) as change:
        if rank is Rank.PREFERRED:
            change.set_rank(_preferred_beside(case, statement_id), Rank.NORMAL)
        change.set_rank([statement_id], rank)


def _preferred_beside(case: CaseFile, statement_id: int) -> list[int]:
    for entity in case.entities(withdrawn=True):
        chosen = next((one for one in entity.statements if one.id == statement_id), None)
        if chosen is not None:
            return [
                one.id
                for one in entity.statements
                if one.field == chosen.field and one.rank is Rank.PREFERRED and one.id != statement_id
            ]
    return []
