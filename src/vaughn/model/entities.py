"""What people say about a lawsuit, and who says so: entities, their fields, and sourced statements.

A party, an order or a request is an `Entity`. What is known of it are `Statement`s: one field has one value according
to one source. Sources may differ; then the field is contradicted, and that is shown, never resolved in silence.
Which entities and fields there are is data: each room declares its `EntityKind`s.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from vaughn.model.errors import InputError
from vaughn.model.partial_dates import PartialDate


class ValueKind(Enum):
    """What the values of a field are."""

    TEXT = "text"  # one line
    PROSE = "prose"  # Markdown, many lines
    DATE = "date"  # 2010-02-03, or 2010-02, or 2010
    NUMBER = "number"  # whole
    MONEY = "money"  # dollars, at most two decimals
    CHOICE = "choice"
    REFERENCE = "reference"  # kind/key of another entity
    YES_NO = "yes or no"
    LINK = "link"  # http or https
    DOCKET_NUMBER = "docket number"


@dataclass(frozen=True, slots=True)
class EntityField:
    """One field of a kind of entity.

    Args:
        id: Name in statements, lower case, e.g. ``filed_on``.
        is_many: Whether several values can be true at once; otherwise two different values contradict each other.
        choices: What a CHOICE may be.
        refers_to: Kinds of entities a REFERENCE may name.
    """

    id: str
    title: str
    kind: ValueKind = ValueKind.TEXT
    is_many: bool = False
    choices: tuple[str, ...] = ()
    refers_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EntityKind:
    """One kind of entity, e.g. ``order``; `title_field` is the one it is listed by."""

    id: str
    title: str
    fields: tuple[EntityField, ...]
    title_field: str = "title"

    def field(self, field_id: str) -> EntityField:
        """Return the field of that id.

        Raises:
            InputError: If the kind has no such field.
        """
        for field in self.fields:
            if field.id == field_id:
                return field
        known = ", ".join(field.id for field in self.fields)
        raise InputError(f"A {self.title.lower()} has no field {field_id!r}.", hint=f"Its fields are: {known}.")


class Confidence(Enum):
    """How well a statement is borne out."""

    CONFIRMED = "confirmed"  # read in the source itself
    STATED = "stated"  # somebody says so; nobody held it against the record
    COMPUTED = "computed"  # follows from other statements
    INFERRED = "inferred"  # likely, written nowhere
    NOT_CONFIRMED = "not confirmed"  # from memory; must be shown as such


class Rank(Enum):
    """Which of several statements counts."""

    PREFERRED = "preferred"  # chosen by a person
    NORMAL = "normal"
    WITHDRAWN = "withdrawn"  # entered in error; kept, no longer counted


@dataclass(frozen=True, slots=True)
class Source:
    """Where facts stand.

    Args:
        key: Short and unique in the case, e.g. ``ecf-97``.
        citation: How to find it, e.g. ``ECF 97, p. 2``.
        kind: e.g. ``court record``, ``case page``, ``press``, ``letter``, ``entered by hand``.
    """

    id: int
    key: str
    title: str
    citation: str = ""
    kind: str = ""
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One field has one value, according to one source."""

    id: int
    field: str
    value: str
    source_id: int
    confidence: Confidence
    rank: Rank
    note: str | None
    at: datetime


_ORDER = (Confidence.CONFIRMED, Confidence.COMPUTED, Confidence.STATED, Confidence.INFERRED, Confidence.NOT_CONFIRMED)


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing the lawsuit is about, and all that is said of it.

    Args:
        key: Readable, unique among entities of its kind, never changed.
        is_withdrawn: Entered in error: kept, no longer shown.
    """

    id: int
    kind: str
    key: str
    statements: tuple[Statement, ...]
    is_withdrawn: bool = False

    @property
    def reference(self) -> str:
        """How other entities name it: ``kind/key``."""
        return f"{self.kind}/{self.key}"

    def statements_of(self, field: str) -> tuple[Statement, ...]:
        """Return what counts for *field*: chosen ones first, then by confidence, then as entered."""
        held = [one for one in self.statements if one.field == field and one.rank is not Rank.WITHDRAWN]
        return tuple(
            sorted(held, key=lambda one: (one.rank is not Rank.PREFERRED, _ORDER.index(one.confidence), one.id))
        )

    def value(self, field: str) -> str | None:
        """Return the value that counts for a one-valued field, `None` if nobody says anything."""
        held = self.statements_of(field)
        return held[0].value if held else None

    def values(self, field: str) -> tuple[str, ...]:
        """Return the different values of *field*, the one that counts first."""
        return tuple(dict.fromkeys(one.value for one in self.statements_of(field)))

    def date(self, field: str) -> PartialDate | None:
        """Return the date that counts for *field*."""
        value = self.value(field)
        return None if value is None else PartialDate.read(value)


def contradicted_fields(entity: Entity, kind: EntityKind) -> tuple[EntityField, ...]:
    """Return the one-valued fields for which different sources give different values.

    A value that is only less exact than another (2010 and 2010-02-03) does not contradict it.
    """
    return tuple(field for field in kind.fields if not field.is_many and _differ(field, entity.values(field.id)))


def _differ(field: EntityField, values: tuple[str, ...]) -> bool:
    if len(values) < 2:
        return False
    if field.kind is ValueKind.DATE:
        dates = [PartialDate.read(value) for value in values]
        return any(not one.agrees_with(other) for one in dates for other in dates)
    if field.kind in (ValueKind.TEXT, ValueKind.PROSE):
        return len({" ".join(value.casefold().split()) for value in values}) > 1
    return True


def kinds_by_id(*groups: Iterable[EntityKind]) -> Mapping[str, EntityKind]:
    """Return the kinds of several rooms by their id.

    Raises:
        ValueError: If two rooms declare one id.
    """
    found: dict[str, EntityKind] = {}
    for kind in (kind for group in groups for kind in group):
        if kind.id in found:
            raise ValueError(f"two kinds of entities are called {kind.id}")
        found[kind.id] = kind
    return found
