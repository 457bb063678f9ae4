"""The suit as values: everything that counts, and who says it, made from the entities of the case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from types import MappingProxyType
from typing import TypeVar

from vaughn.lawsuit import values as v
from vaughn.lawsuit.kinds import KINDS
from vaughn.lawsuit.names import NameMatch, matches
from vaughn.model import (
    Entity,
    EntityField,
    EntityKind,
    InputError,
    PartialDate,
    Source,
    Statement,
    ValueKind,
    canonical_value,
)

_Value = TypeVar("_Value", bound=v.SuitValue)
_TYPES: Mapping[str, type[v.SuitValue]] = {
    "party": v.Party,
    "person": v.Person,
    "office": v.Office,
    "term": v.Term,
    "agency": v.Agency,
    "docket": v.Docket,
    "entry": v.DocketEntry,
    "relief": v.Relief,
    "outcome": v.Outcome,
    "order": v.Order,
    "order-change": v.OrderChange,
    "obligation": v.Obligation,
    "hearing": v.Hearing,
    "in-camera-set": v.InCameraSet,
    "ruling": v.Ruling,
    "production-list": v.ProductionList,
    "list-item": v.ListItem,
    "release": v.Release,
    "released-document": v.ReleasedDocument,
    "event": v.SuitEvent,
    "settlement": v.Settlement,
    "fee-line": v.FeeLine,
}
SUIT_KINDS = tuple(_TYPES)
"""The kinds of entities a suit is read from, for `CaseFile.entities`."""

# Agencies belong to the request; a lawsuit only has to know what they are called.
_AGENCY = EntityKind(
    "agency",
    "Agency or component",
    (
        EntityField("name", "Name"),
        EntityField("short", "Short name"),
        EntityField("alias", "Also called", is_many=True),
        EntityField("misspelling", "Spelled wrongly as", is_many=True),
        EntityField("parent", "Part of", ValueKind.REFERENCE, refers_to=("agency",)),
    ),
    title_field="name",
)
OWN_KINDS: Mapping[str, EntityKind] = MappingProxyType({kind.id: kind for kind in (*KINDS, _AGENCY)})
"""The kinds a suit knows by itself, by id."""


@dataclass(frozen=True, slots=True)
class Said:
    """One statement with its source."""

    statement: Statement
    source: Source

    @property
    def value(self) -> str:
        """What is said."""
        return self.statement.value


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A statement whose value its field cannot have; it is not counted."""

    reference: str
    said: Said
    reason: str


@dataclass(frozen=True, slots=True)
class Suit:
    """Everything of a lawsuit, in the order it was entered.

    Args:
        kinds: What its entities can be; those of other rooms are held as plain values.
        unreadable: Statements that were left out, each with the reason.
    """

    sources: Mapping[int, Source]
    kinds: Mapping[str, EntityKind]
    by_reference: Mapping[str, v.SuitValue]
    unreadable: tuple[Unreadable, ...] = ()

    def find(self, reference: str) -> v.SuitValue | None:
        """Return what is called ``kind/key``, `None` if the suit has no such thing."""
        return self.by_reference.get(reference)

    def one(self, kind: type[_Value], reference: str | None) -> _Value | None:
        """Return what is called *reference* if it is of that type."""
        found = self.by_reference.get(reference or "")
        return found if isinstance(found, kind) else None

    def title(self, reference: str) -> str:
        """Return what to call *reference* in a sentence; itself if nothing is known of it."""
        found = self.by_reference.get(reference)
        return reference if found is None else found.title

    def all_of(self, kind: type[_Value]) -> tuple[_Value, ...]:
        """Return everything of one type."""
        return tuple(one for one in self.by_reference.values() if isinstance(one, kind))

    def kind_of(self, value: v.SuitValue) -> EntityKind:
        """Return what kind of thing *value* is."""
        return self.kinds[value.entity.kind]

    def said(self, value: v.SuitValue, field: str) -> tuple[Said, ...]:
        """Return who says what of *field*; what counts comes first."""
        return tuple(self.with_source(one) for one in value.entity.statements_of(field))

    def with_source(self, statement: Statement) -> Said:
        """Return *statement* with its source."""
        unknown = Source(statement.source_id, f"source-{statement.source_id}", "Unknown source")
        return Said(statement, self.sources.get(statement.source_id, unknown))

    def named(self, text: str) -> tuple[NameMatch, ...]:
        """Return everybody whom a name can mean, misspelled or not; empty if nobody is called that."""
        return matches(text, self.all_of(v.Named))

    def supposing(self, *values: v.SuitValue) -> Suit:
        """Return the suit as it would be with *values* added, or in place of those of the same reference."""
        changed = {**self.by_reference, **{value.reference: value for value in values}}
        return replace(self, by_reference=MappingProxyType(changed))


def read_suit(entities: Iterable[Entity], sources: Iterable[Source], *, kinds: Iterable[EntityKind] = ()) -> Suit:
    """Return the suit that *entities* tell of; withdrawn ones, and those of unknown kinds, are left out.

    Args:
        kinds: Of other rooms, whose entities shall be looked at for contradictions too.
    """
    known = MappingProxyType({**OWN_KINDS, **{kind.id: kind for kind in kinds}})
    suit = Suit(MappingProxyType({source.id: source for source in sources}), known, {})
    found: dict[str, v.SuitValue] = {}
    unreadable: list[Unreadable] = []
    for entity in entities:
        if entity.is_withdrawn or entity.kind not in known:
            continue
        kind = known[entity.kind]
        bad = {one.id: Unreadable(entity.reference, suit.with_source(one), why) for one, why in _bad(entity, kind)}
        unreadable += bad.values()
        readable = tuple(one for one in entity.statements if one.id not in bad)
        found[entity.reference] = _value(replace(entity, statements=readable) if bad else entity, kind)
    return replace(suit, by_reference=MappingProxyType(found), unreadable=tuple(unreadable))


def _bad(entity: Entity, kind: EntityKind) -> Iterator[tuple[Statement, str]]:
    known = {field.id: field for field in kind.fields}
    for one in entity.statements:
        field = known.get(one.field)
        if field is None or field.kind in (ValueKind.TEXT, ValueKind.PROSE):
            continue
        try:
            canonical_value(kind, one.field, one.value)
        except InputError as error:
            yield one, error.message


def _value(entity: Entity, kind: EntityKind) -> v.SuitValue:
    """Return *entity* as the value of its type: attribute for attribute what the fields of its kind hold."""
    held = {one.field for one in entity.statements}
    made = _TYPES.get(entity.kind, v.SuitValue)
    arguments: dict[str, object] = {"entity": entity, "title": entity.value(kind.title_field) or entity.key}
    for attribute in fields(made):
        if attribute.name in arguments:
            continue
        field = kind.field(attribute.metadata.get("of", attribute.name))
        arguments[attribute.name] = _held(entity, field) if field.id in held else (() if field.is_many else None)
    return made(**arguments)  # type: ignore[arg-type]  # a test holds every type against its kind


def _held(entity: Entity, field: EntityField) -> object:
    if field.is_many:
        return entity.values(field.id)
    value = entity.value(field.id)
    if value is None:
        return None
    if field.kind is ValueKind.DATE:
        return PartialDate.read(value)
    if field.kind is ValueKind.NUMBER:
        return int(value)
    if field.kind is ValueKind.MONEY:
        return Decimal(value)
    return value
