"""The things of a lawsuit as typed values: what counts of each field, with the entity that holds who says so.

`None` is "nobody says". Whoever wants every value of a field, and its sources, asks the `Suit`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from vaughn.model import Entity, PartialDate

# Attributes are called like the fields of kinds.py, except where that is a word of Python or the field holds many.
_FROM = {"of": "from"}
_NAMES = {"of": "alias"}
_WRONG = {"of": "misspelling"}
_NOTES = {"of": "note"}
_AGENCIES = {"of": "agency"}
_ENTRIES = {"of": "entry"}
_CITATIONS = {"of": "citation"}


@dataclass(frozen=True, slots=True)
class SuitValue:
    """Anything of the suit; `title` is its key if nobody gave it one."""

    entity: Entity
    title: str

    @property
    def reference(self) -> str:
        """How others name it: ``kind/key``."""
        return self.entity.reference


@dataclass(frozen=True, slots=True)
class Named(SuitValue):
    """A party, person, court, office, agency or term: whatever is called several things."""

    aliases: tuple[str, ...] = field(metadata=_NAMES)
    misspellings: tuple[str, ...] = field(metadata=_WRONG)

    @property
    def other_names(self) -> tuple[str, ...]:
        """What it is called besides its name."""
        return self.aliases


@dataclass(frozen=True, slots=True)
class Party(Named):
    """Somebody who sues or is sued."""

    role: str | None
    dockets: tuple[str, ...] = field(metadata={"of": "docket"})
    agency: str | None
    counsel: tuple[str, ...]
    terminated_on: PartialDate | None


@dataclass(frozen=True, slots=True)
class Person(Named):
    """A judge, lawyer or official."""

    roles: tuple[str, ...] = field(metadata={"of": "role"})
    offices: tuple[str, ...] = field(metadata={"of": "office"})
    since: PartialDate | None = field(metadata=_FROM)
    until: PartialDate | None


@dataclass(frozen=True, slots=True)
class Office(Named):
    """A court or an office."""

    roles: tuple[str, ...] = field(metadata={"of": "role"})
    parent: str | None


@dataclass(frozen=True, slots=True)
class Term(Named):
    """A programme, a system or a word that the suit is about."""

    about: tuple[str, ...]
    beginning: str | None
    since: PartialDate | None = field(metadata=_FROM)
    until: PartialDate | None
    duration: str | None


@dataclass(frozen=True, slots=True)
class Agency(Named):
    """An agency or a component of one, as the request names it."""

    short: str | None
    parent: str | None

    @property
    def other_names(self) -> tuple[str, ...]:
        """What it is called besides its name: the short name first."""
        return self.aliases if self.short is None else (self.short, *self.aliases)


@dataclass(frozen=True, slots=True)
class Docket(SuitValue):
    """A case before one court."""

    court: str | None
    number: str | None
    judges: tuple[str, ...] = field(metadata={"of": "judge"})
    filed_on: PartialDate | None
    terminated_on: PartialDate | None
    status: str | None
    defendant_count: int | None
    appeal_of: str | None


@dataclass(frozen=True, slots=True)
class DocketEntry(SuitValue):
    """One entry of a docket."""

    docket: str | None
    number: int | None
    filed_on: PartialDate | None
    entered_on: PartialDate | None
    type: str | None
    text: str | None
    filed_by: tuple[str, ...]
    issue: str | None
    responds_to: tuple[str, ...]
    decides: tuple[str, ...]
    page_count: int | None
    attachments: tuple[str, ...] = field(metadata={"of": "attachment"})
    citations: tuple[str, ...] = field(metadata=_CITATIONS)
    links: tuple[str, ...] = field(metadata={"of": "link"})

    @property
    def day(self) -> PartialDate | None:
        """When it was filed, or else entered."""
        return self.filed_on or self.entered_on


@dataclass(frozen=True, slots=True)
class Relief(SuitValue):
    """One thing a motion asks for."""

    motion: str | None
    asked_by: tuple[str, ...]
    asked_days: int | None
    asked_date: PartialDate | None
    granted_date: PartialDate | None


@dataclass(frozen=True, slots=True)
class Outcome(SuitValue):
    """What came of a motion, or of a part of it, for one party."""

    of: str | None
    party: str | None
    result: str | None
    order: str | None
    decided_on: PartialDate | None


@dataclass(frozen=True, slots=True)
class Order(SuitValue):
    """An order, opinion or stipulation."""

    entries: tuple[str, ...] = field(metadata=_ENTRIES)
    signed_on: PartialDate | None
    entered_on: PartialDate | None
    judge: str | None
    type: str | None
    holds: tuple[str, ...]
    citations: tuple[str, ...] = field(metadata=_CITATIONS)
    profile: str | None
    notes: tuple[str, ...] = field(metadata=_NOTES)


@dataclass(frozen=True, slots=True)
class OrderChange(SuitValue):
    """An order changes its state; without `until` it stays so."""

    order: str | None
    state: str | None
    since: PartialDate | None = field(metadata=_FROM)
    until: PartialDate | None
    by: str | None


@dataclass(frozen=True, slots=True)
class Obligation(SuitValue):
    """What somebody has to do by an order."""

    order: str | None
    who: tuple[str, ...]
    what: str | None
    due_on: PartialDate | None
    rule: str | None
    runs_from: PartialDate | None
    met_on: PartialDate | None
    met_by: tuple[str, ...]
    state: str | None
    depends_on: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hearing(SuitValue):
    """A hearing."""

    held_on: PartialDate | None
    before: str | None
    subject: str | None
    outcomes: tuple[str, ...] = field(metadata={"of": "outcome"})


@dataclass(frozen=True, slots=True)
class InCameraSet(SuitValue):
    """Documents that the judge reads alone."""

    order: str | None
    document_count: int | None
    bates: tuple[str, ...]
    notes: tuple[str, ...] = field(metadata=_NOTES)


@dataclass(frozen=True, slots=True)
class Ruling(SuitValue):
    """What an order says of one document or redaction."""

    order: str | None
    bates: str | None
    exemption: str | None
    outcome: str | None
    complied_by: str | None


@dataclass(frozen=True, slots=True)
class ProductionList(SuitValue):
    """A list of what is to be produced, e.g. the final production list."""

    short: str | None
    order: str | None
    agreed_on: PartialDate | None


@dataclass(frozen=True, slots=True)
class ListItem(SuitValue):
    """One entry of such a list."""

    list: str | None
    number: str | None
    agencies: tuple[str, ...] = field(metadata=_AGENCIES)
    custodians: tuple[str, ...] = field(metadata={"of": "custodian"})
    state: str | None
    releases: tuple[str, ...] = field(metadata={"of": "release"})


@dataclass(frozen=True, slots=True)
class Release(SuitValue):
    """Records that an agency handed over."""

    agencies: tuple[str, ...] = field(metadata=_AGENCIES)
    released_on: PartialDate | None
    documents: int | None
    pages: int | None
    volume: str | None
    contains: tuple[str, ...]
    replaces: tuple[str, ...]
    productions: tuple[str, ...] = field(metadata={"of": "production"})


@dataclass(frozen=True, slots=True)
class ReleasedDocument(SuitValue):
    """A document as the list of a release names it."""

    release: str | None
    number: int | None
    document_class: str | None = field(metadata={"of": "class"})
    fiscal_quarter: str | None
    covers_from: PartialDate | None
    covers_until: PartialDate | None
    part: str | None
    bates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SuitEvent(SuitValue):
    """Something that happened."""

    on: PartialDate | None
    until: PartialDate | None
    lane: str | None
    about: str | None
    concerns: tuple[str, ...] = field(metadata={"of": "entity"})
    ecf: str | None


@dataclass(frozen=True, slots=True)
class Settlement(SuitValue):
    """What the parties agreed on to end the suit, or a part of it."""

    agreed_on: PartialDate | None
    order: str | None
    amount: Decimal | None
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FeeLine(SuitValue):
    """One line of the fee worksheet; `amount` counts, hours and rate explain it."""

    on: PartialDate | None
    who: str | None
    hours: str | None
    rate: Decimal | None
    amount: Decimal | None
    task: str | None
