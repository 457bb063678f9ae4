"""Which fields of which entities say that something happened, and which of them tell the same event.

Kinds of the request's room are named by their ids: a timeline tells of both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from vaughn.lawsuit.kinds import LANES
from vaughn.model import Entity, InputError, PartialDate, Statement

REQUEST, COURT, PRODUCTIONS, OUTSIDE = LANES
LONGEST_TITLE = 300  # code points; docket texts run to thousands


@dataclass(frozen=True, slots=True)
class Dated:
    """One thing that happened, as entities tell it.

    Args:
        statements: All that is said of its day; what counts comes first.
        retells: References of what may tell the same on the same day.
        joins: Whether sources and numbers then go over to what tells the same.
    """

    lane: str
    what: str
    title: str
    references: tuple[str, ...]
    on: PartialDate | None
    statements: tuple[Statement, ...]
    until: PartialDate | None = None
    parties: tuple[str, ...] = ()
    ecf: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    retells: tuple[str, ...] = ()
    joins: bool = False


@dataclass(frozen=True, slots=True)
class _Rule:
    """A field that dates something, in which lane, and how the event is called.

    Args:
        fields: The first one that is held counts.
        title: ``{}`` is the entity's title, or for requests its agency.
        retells: Fields naming what may tell the same.
    """

    kind: str
    fields: tuple[str, ...]
    lane: str
    what: str
    title: str = "{}"
    retells: tuple[str, ...] = ()
    joins: bool = False


_RULES = (
    _Rule("request", ("sent_on",), REQUEST, "sent", "Request sent: {}"),
    _Rule("request", ("received_on",), REQUEST, "received", "Request received: {}"),
    _Rule("request", ("acknowledged_on",), REQUEST, "acknowledged", "Request acknowledged: {}"),
    _Rule("request", ("extended_on",), REQUEST, "extended", "Time to answer extended: {}"),
    _Rule("request", ("answered_on",), REQUEST, "answered", "Request answered: {}"),
    _Rule("request", ("denied_on",), REQUEST, "denied", "Request denied: {}"),
    _Rule("request", ("appealed_on",), REQUEST, "appealed", "Administrative appeal: {}"),
    _Rule("request", ("appeal_decided_on",), REQUEST, "appeal decided", "Administrative appeal decided: {}"),
    _Rule("letter", ("on",), REQUEST, "letter", "Letter: {}"),
    _Rule("handling", ("on",), REQUEST, "handed on"),
    _Rule("handling", ("answered_on",), REQUEST, "answered", "Answered: {}"),
    _Rule("docket", ("filed_on",), COURT, "opened", "Docket opened: {}", joins=True),
    _Rule("docket", ("terminated_on",), COURT, "closed", "Docket closed: {}"),
    _Rule("party", ("terminated_on",), COURT, "party left", "No longer a party: {}"),
    _Rule("entry", ("filed_on", "entered_on"), COURT, "filed", joins=True),
    _Rule("order", ("signed_on", "entered_on"), COURT, "ordered"),
    _Rule("order-change", ("from",), COURT, "order changed", retells=("by",)),
    _Rule("outcome", ("decided_on",), COURT, "decided", retells=("order",)),
    _Rule("hearing", ("held_on",), COURT, "hearing"),
    _Rule("settlement", ("agreed_on",), COURT, "settled", retells=("order",), joins=True),
    _Rule("release", ("released_on",), PRODUCTIONS, "released"),
    _Rule("production-list", ("agreed_on",), PRODUCTIONS, "list agreed", retells=("order",)),
    _Rule("obligation", ("due_on",), COURT, "due", "Due: {}"),
    _Rule("obligation", ("met_on",), COURT, "met", "Done: {}", ("met_by",)),
    _Rule("event", ("on",), OUTSIDE, "event"),
)
_TITLE_FIELDS = {"party": "name", "docket": "caption", "agency": "name"}
_PARTY_FIELDS = {
    "entry": ("filed_by",), "release": ("agency",), "obligation": ("who",), "request": ("agency", "requester"),
    "outcome": ("party",), "event": ("entity",),
}  # fmt: skip


_DATE_FIELDS = frozenset({"from", "until", "runs_from", *(field for rule in _RULES for field in rule.fields)})


def readable(entity: Entity) -> Entity:
    """Return *entity* without the dates that cannot be read; they are told among the contradictions."""
    bad = {one.id for one in entity.statements if one.field in _DATE_FIELDS and not _is_date(one.value)}
    if not bad:
        return entity
    return replace(entity, statements=tuple(one for one in entity.statements if one.id not in bad))


def _is_date(text: str) -> bool:
    try:
        PartialDate.read(text)
    except InputError:
        return False
    return True


def dated_things(entities: Sequence[Entity]) -> Iterator[Dated]:
    """Yield everything that happened, each event once; see the module's docstring."""
    names = _Names(entities)
    things = [told for entity in entities for told in _of_entity(entity, names)]
    by_reference: defaultdict[str, list[Dated]] = defaultdict(list)
    for told in things:
        by_reference[told.references[0]].append(told)
    joined: defaultdict[int, list[Dated]] = defaultdict(list)
    repeated: set[int] = set()
    for told in things:
        tellers = [one for one in _tellers(told, by_reference) if one is not told and one.on == told.on]
        if tellers:
            repeated.add(id(told))
            for teller in tellers:
                joined[id(teller)].append(told)
    for told in things:
        if id(told) not in repeated:
            yield _joined(told, [one for one in joined[id(told)] if one.joins])


def undated_things(entities: Iterable[Entity]) -> Iterator[Dated]:
    """Yield the events that nobody dates."""
    for entity in entities:
        if entity.kind == "event" and entity.value("on") is None and entity.value("title") is not None:
            said = entity.statements_of("title")
            yield Dated(
                lane=lane if (lane := entity.value("lane")) in LANES else OUTSIDE,
                what="event",
                title=_title(entity),
                references=(entity.reference,),
                on=None,
                statements=said,
                parties=_parties(entity),
                notes=_notes(entity),
            )


def parties_by_order(entities: Iterable[Entity]) -> Mapping[str, tuple[str, ...]]:
    """Return for each order the parties it obliges or decides for."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for entity in entities:
        field = {"obligation": "who", "outcome": "party"}.get(entity.kind)
        order = entity.value("order")
        if field is not None and order is not None:
            found[order].update(dict.fromkeys(entity.values(field)))
    return {order: tuple(parties) for order, parties in found.items()}


class _Names:
    """What other entities say that a title or a parallel event needs."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        held = {entity.reference: entity for entity in entities}
        self.by_reference: Mapping[str, Entity] = held
        self.parties_of = parties_by_order(held.values())
        self.orders_of: defaultdict[str, list[str]] = defaultdict(list)
        self.entries_of: defaultdict[str, list[str]] = defaultdict(list)
        self.appeals_from: defaultdict[str, list[str]] = defaultdict(list)
        for entity in held.values():
            if entity.kind == "order":
                for entry in entity.values("entry"):
                    self.orders_of[entry].append(entity.reference)
            if entity.kind == "entry" and (docket := entity.value("docket")) is not None:
                self.entries_of[docket].append(entity.reference)
                if entity.value("type") == "notice of appeal":
                    self.appeals_from[docket].append(entity.reference)

    def short(self, reference: str) -> str:
        """Return the shortest name of an agency or party."""
        entity = self.by_reference.get(reference)
        if entity is None:
            return reference
        return entity.value("short") or _title(entity)


def _of_entity(entity: Entity, names: _Names) -> Iterator[Dated]:
    for rule in _RULES:
        if rule.kind != entity.kind:
            continue
        field = next((field for field in rule.fields if entity.value(field) is not None), None)
        if field is None:
            continue
        yield Dated(
            lane=_lane(entity, rule),
            what=rule.what,
            title=rule.title.format(_called(entity, names)),
            references=(entity.reference,),
            on=entity.date(field),
            statements=entity.statements_of(field),
            until=entity.date("until") if rule.what == "event" else None,
            parties=(*_parties(entity), *names.parties_of.get(_order_of(entity), ())),
            ecf=_numbers(entity),
            notes=_notes(entity),
            retells=_retold(entity, rule, names),
            joins=rule.joins,
        )


def _lane(entity: Entity, rule: _Rule) -> str:
    if entity.kind == "event":
        lane = entity.value("lane")
        return lane if lane in LANES else rule.lane
    if entity.kind == "obligation" and entity.value("order") is None:
        return REQUEST
    return rule.lane


def _called(entity: Entity, names: _Names) -> str:
    agency = entity.value("agency") if entity.kind == "request" else None
    return _title(entity) if agency is None else names.short(agency)


def _title(entity: Entity) -> str:
    title = entity.value(_TITLE_FIELDS.get(entity.kind, "title")) or entity.value("text") or entity.key
    title = " ".join(title.split())
    return title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1]}…"


def _parties(entity: Entity) -> tuple[str, ...]:
    named = (one for field in _PARTY_FIELDS.get(entity.kind, ()) for one in entity.values(field))
    return tuple(dict.fromkeys(one for one in named if one.startswith(("party/", "agency/"))))


def _order_of(entity: Entity) -> str:
    """Return the order whose parties an event concerns, empty if it names its own."""
    if entity.kind == "order":
        return entity.reference
    return entity.value("order") or "" if entity.kind in ("order-change", "settlement") else ""


def _numbers(entity: Entity) -> tuple[str, ...]:
    if entity.kind == "entry":
        return (*entity.values("number")[:1], *(one.partition(",")[0] for one in entity.values("attachment")))
    return entity.values("ecf") if entity.kind == "event" else ()


def _notes(entity: Entity) -> tuple[str, ...]:
    notes = entity.values("about") if entity.kind == "event" else ()
    if entity.kind == "settlement" and (amount := entity.value("amount")) is not None:
        whole, _, cents = amount.partition(".")
        notes = (f"{int(whole):,}{'.' + cents if cents else ''} dollars.",)
    return (*notes, *entity.values("note"))


def _retold(entity: Entity, rule: _Rule, names: _Names) -> tuple[str, ...]:
    """Return what may tell the same; an entry's order tells more than the entry."""
    if entity.kind == "entry":
        return tuple(names.orders_of[entity.reference])
    if rule.what == "opened":
        return (*names.entries_of[entity.reference], *names.appeals_from[entity.value("appeal_of") or ""])
    named = [one for field in rule.retells for one in entity.values(field)]
    return tuple(dict.fromkeys([*named, *(order for one in named for order in names.orders_of[one])]))


def _tellers(told: Dated, by_reference: Mapping[str, Sequence[Dated]]) -> Iterator[Dated]:
    for reference in told.retells:
        yield from by_reference.get(reference, ())


def _joined(told: Dated, others: Sequence[Dated]) -> Dated:
    if not others:
        return told
    return replace(
        told,
        references=(*told.references, *(one for other in others for one in other.references)),
        statements=(*told.statements, *(one for other in others for one in other.statements)),
        parties=tuple(dict.fromkeys((*told.parties, *(one for other in others for one in other.parties)))),
        ecf=tuple(dict.fromkeys((*told.ecf, *(one for other in others for one in other.ecf)))),
        notes=tuple(dict.fromkeys((*told.notes, *(one for other in others for one in other.notes)))),
    )
