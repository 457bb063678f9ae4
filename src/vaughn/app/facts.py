"""Entering facts of the lawsuit by hand: what the commands and the screens share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from vaughn import collect, lawsuit, publish, request
from vaughn.model import (
    Confidence,
    Entity,
    EntityKind,
    InputError,
    Rank,
    UsageError,
    key_from,
    kinds_by_id,
    require_key,
)
from vaughn.store import CaseFile, NewSource

BY_HAND = NewSource("by-hand", "Entered by hand", kind="entered by hand")
MAX_INPUT_BYTES = 20 << 20  # a table or template a person names


@cache
def all_kinds() -> Mapping[str, EntityKind]:
    """Return every kind of entity that a case can hold, by id."""
    return kinds_by_id(request.KINDS, collect.KINDS, lawsuit.KINDS, publish.KINDS)


def kind_named(kind_id: str) -> EntityKind:
    """Return a kind of entity.

    Raises:
        InputError: If there is none of that id.
    """
    known = all_kinds()
    if kind_id not in known:
        raise InputError(f"There is no kind of entity {kind_id[:60]!r}.", hint=f"There are: {', '.join(known)}.")
    return known[kind_id]


def title_of(entity: Entity) -> str:
    """Return what to call an entity."""
    kind = all_kinds().get(entity.kind)
    return (kind and entity.value(kind.title_field)) or entity.key


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
        change.note(statements=added, entity=change.entity_id(kind.id, key))
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


def source_named(title: str, *, citation: str = "") -> NewSource:
    """Return the source a person names in words; entered by hand if they name none."""
    words = " ".join(title.split())
    return NewSource(key_from(words), words, citation) if words else BY_HAND


def read_values(pairs: Sequence[str]) -> dict[str, list[str]]:
    """Return ``field=value`` arguments as values by field; a field may come many times.

    Raises:
        UsageError: If one has no ``=``.
    """
    values: dict[str, list[str]] = {}
    for pair in pairs:
        field, sign, value = pair.partition("=")
        if not sign or not field.strip():
            raise UsageError(f"{pair[:60]!r} is not FIELD=VALUE.", hint='Write e.g. title="Secure Communities".')
        values.setdefault(field.strip(), []).append(value)
    return values


def read_input(path: Path) -> bytes:
    """Return a small file that a person names.

    Raises:
        InputError: If it cannot be read, or is too large to be one.
    """
    try:
        if path.stat().st_size > MAX_INPUT_BYTES:
            raise InputError(f"{path} is larger than {MAX_INPUT_BYTES >> 20} MB.")
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.", hint="Check the path.") from None
