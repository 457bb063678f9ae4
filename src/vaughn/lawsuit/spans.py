"""What was running from one day to another: stays, appeals, pauses of the clock, and clocks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from vaughn.lawsuit.dated import parties_by_order
from vaughn.lawsuit.kinds import LANES
from vaughn.model import Confidence, Entity, PartialDate, Source, Statement

REQUEST, COURT, _, _ = LANES
# What an order comes to that ends a stay or an appeal whose own end nobody states.
_ENDS = ("withdrawn", "superseded", "vacated", "affirmed", "in force")


class SpanKind(Enum):
    """Why time is marked."""

    STAY = "stay"
    APPEAL = "appeal"
    PAUSE = "pause"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class TimelineSpan:
    """Something that was running; `last` is `None` if nobody says that it ended.

    Args:
        references: The entities it tells of.
        confidence, sources: Of its first day.
    """

    lane: str
    kind: SpanKind
    first: PartialDate
    last: PartialDate | None
    title: str
    references: tuple[str, ...]
    confidence: Confidence
    sources: tuple[Source, ...]
    parties: tuple[str, ...] = ()


_KIND_OF_STATE = {"stayed": SpanKind.STAY, "appealed": SpanKind.APPEAL}


def spans(entities: Sequence[Entity], sources: Mapping[int, Source]) -> tuple[TimelineSpan, ...]:
    """Return what was running, by its first day; one that ends before it begins is left out."""
    found = [*_of_orders(entities, sources), *_of_requests(entities, sources)]
    whole = [one for one in found if one.last is None or one.last.last >= one.first.first]
    return by_first_day(whole)


def by_first_day(held: Iterable[TimelineSpan]) -> tuple[TimelineSpan, ...]:
    """Return spans in the order in which they are told."""
    return tuple(sorted(held, key=lambda one: (one.first.first, one.kind.value, one.references)))


def _of_orders(entities: Sequence[Entity], sources: Mapping[int, Source]) -> Iterator[TimelineSpan]:
    titles = {entity.reference: entity.value("title") or entity.key for entity in entities if entity.kind == "order"}
    changes = [entity for entity in entities if entity.kind == "order-change"]
    parties = parties_by_order(entities)
    groups: defaultdict[object, list[TimelineSpan]] = defaultdict(list)
    for change in changes:
        kind = _KIND_OF_STATE.get(change.value("state") or "")
        first = change.date("from")
        if kind is None or first is None:
            continue
        order = change.value("order") or ""
        last = change.date("until") or _ended(order, first, changes)
        span = _span(change, "from", sources, kind=kind, last=last)
        title = f"{kind.value.capitalize()}: {titles.get(order, order)}"
        groups[(kind, first, last, change.value("by"))].append(
            replace(span, title=title, parties=parties.get(order, ()))
        )
    for group in groups.values():
        yield group[0] if len(group) == 1 else _together(group)


def _ended(order: str, first: PartialDate, changes: Iterable[Entity]) -> PartialDate | None:
    ends = (
        change.date("from")
        for change in changes
        if change.value("order") == order and change.value("state") in _ENDS and change.date("from") is not None
    )
    return min((day for day in ends if day is not None and day.first >= first.first), default=None)


def _of_requests(entities: Iterable[Entity], sources: Mapping[int, Source]) -> Iterator[TimelineSpan]:
    for entity in entities:
        if entity.kind == "toll" and entity.date("from") is not None:
            span = _span(entity, "from", sources, kind=SpanKind.PAUSE, last=entity.date("until"))
            yield replace(span, lane=REQUEST, title=f"Clock paused: {entity.value('title') or entity.key}")
        if entity.kind == "obligation" and entity.date("runs_from") is not None and entity.date("due_on") is not None:
            span = _span(entity, "runs_from", sources, kind=SpanKind.CLOCK, last=entity.date("due_on"))
            rule = entity.value("rule")
            yield replace(
                span,
                lane=REQUEST if entity.value("order") is None else COURT,
                title=f"Clock{'' if rule is None else f' {rule}'}: {entity.value('title') or entity.key}",
                parties=entity.values("who"),
            )


def _span(
    entity: Entity, field: str, sources: Mapping[int, Source], *, kind: SpanKind, last: PartialDate | None
) -> TimelineSpan:
    said: tuple[Statement, ...] = entity.statements_of(field)
    return TimelineSpan(
        lane=COURT,
        kind=kind,
        first=PartialDate.read(said[0].value),
        last=last,
        title=entity.value("title") or entity.key,
        references=(entity.reference,),
        confidence=said[0].confidence,
        sources=tuple(
            sources[one.source_id]
            for one in said
            if one.source_id in sources and PartialDate.read(one.value).agrees_with(PartialDate.read(said[0].value))
        ),
    )


def _together(group: Sequence[TimelineSpan]) -> TimelineSpan:
    """Tell once what several orders went through together, e.g. one appeal from two orders."""
    kind = group[0].kind.value.capitalize()
    titles = "; ".join(dict.fromkeys(span.title.partition(": ")[2] for span in group))
    return replace(
        group[0],
        title=f"{kind}: {titles}",
        references=tuple(one for span in group for one in span.references),
        parties=tuple(dict.fromkeys(one for span in group for one in span.parties)),
        sources=tuple(dict.fromkeys(source for span in group for source in span.sources)),
    )
