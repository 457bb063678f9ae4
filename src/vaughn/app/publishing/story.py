"""What is said of the suit as the parts of its public page; review notes and drafts of letters are never read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial

from vaughn import lawsuit, publish
from vaughn.app.publishing.told import (
    day_of,
    note_of,
    sources_of,
    when_of,
)
from vaughn.formats.timeline import (
    ENGLISH,
    SPANISH,
    Certainty,
    ChartMark,
    ChartSource,
    TimelineChart,
    drawn_timeline,
)
from vaughn.lawsuit import Suit
from vaughn.lawsuit import values as v
from vaughn.model import Entity, InputError, Jurisdiction, PartialDate, Production, Source, key_from
from vaughn.request import item_tree
from vaughn.store import CaseFile

_LANES = lawsuit.LANES
_TITLES = {"en": "Timeline", "es": "Cronología"}
_LANE_TITLES = {
    "en": ("Request", "Court", "Productions", "Outside"),
    "es": ("Solicitud", "Tribunal", "Entregas", "Fuera"),
}


def asked_for(entities: Sequence[Entity]) -> tuple[publish.RequestedItem, ...]:
    """Return the items of the request as a tree."""
    tree = item_tree(entities)
    below: defaultdict[str | None, list[str]] = defaultdict(list)
    items = {item.reference: item for item in tree.items}
    for item in tree.items:
        below[item.parent].append(item.reference)

    def part(reference: str) -> publish.RequestedItem:
        item = items[reference]
        parts = tuple(part(one) for one in below[reference])
        return publish.RequestedItem(item_key(reference), item.title, item.text or "", parts)

    return tuple(part(reference) for reference in below[None])


def item_key(reference: str) -> str:
    """Return what an item is called in addresses."""
    return reference.partition("/")[2]


def parties(suit: Suit) -> tuple[publish.Party, ...]:
    """Return who sues and is sued, with who speaks for them."""
    return tuple(
        publish.Party(one.title, one.role or "", tuple(suit.title(counsel) for counsel in one.counsel))
        for one in suit.all_of(v.Party)
        if one.role is not None
    )


def events(told: lawsuit.Timeline) -> tuple[publish.TimelineEvent, ...]:
    """Return everything that happened and has a day, with who says so."""
    return tuple(
        publish.TimelineEvent(
            title=one.title,
            day=day_of(one.on),
            when=when_of(one.on),
            lane=one.lane,
            confidence=one.confidence.value,
            sources=tuple(note_of(source) for source in one.sources),
        )
        for one in told.events
    )


def drawing(spans: Sequence[lawsuit.TimelineSpan]) -> publish.TimelineDrawing:
    """Return what draws the events that are public, with the stays, appeals and clocks that ran meanwhile."""
    return partial(_drawn, spans=spans)


def _drawn(told: tuple[publish.TimelineEvent, ...], language: str, *, spans: Sequence[lawsuit.TimelineSpan]) -> str:
    sources = tuple(dict.fromkeys(source for one in told for source in one.sources))
    places = {source: place for place, source in enumerate(sources)}
    marks = [_mark(one, reach, places) for one in told if (reach := _reach(one)) is not None]
    chart = TimelineChart(
        title=_TITLES.get(language, "Timeline"),
        lanes=_LANE_TITLES.get(language, _LANE_TITLES["en"]),
        marks=tuple(sorted(marks, key=lambda mark: (mark.first, mark.lane))),
        bars=tuple(lawsuit.span_bar(span) for span in spans),
        sources=tuple(ChartSource(one.title, one.citation, one.url) for one in sources),
        words=SPANISH if language == "es" else ENGLISH,
    )
    return drawn_timeline(chart)


def _reach(event: publish.TimelineEvent) -> PartialDate | None:
    """Return when something happened as far as it is known; `None` for what cannot be drawn."""
    if event.day is not None:
        return PartialDate.of(event.day)
    try:
        return PartialDate.read(event.when)
    except InputError:
        return None


def _mark(event: publish.TimelineEvent, reach: PartialDate, places: Mapping[publish.SourceNote, int]) -> ChartMark:
    return ChartMark(
        lane=_LANES.index(event.lane) if event.lane in _LANES else len(_LANES) - 1,
        first=reach.first,
        last=reach.last,
        when=str(reach),
        title=event.title if isinstance(event.title, str) else event.title.original,
        certainty=Certainty(event.confidence or "stated"),
        sources=tuple(sorted(places[source] for source in event.sources)),
    )


def motions(suit: Suit) -> tuple[publish.Motion, ...]:
    """Return the chains of motions with their papers and outcomes per party."""
    return tuple(
        publish.Motion(
            title=chain.root.title,
            relief="; ".join(line.relief.title for line in chain.relief),
            day=day_of(chain.root.day),
            filings=tuple(
                publish.Filing(
                    step.entry.title,
                    day_of(step.entry.day),
                    "" if step.entry.number is None else f"ECF {step.entry.number}",
                    ", ".join(suit.title(one) for one in step.entry.filed_by),
                    url=next(iter(step.entry.links), None),
                )
                for step in chain.steps
            ),
            outcomes=tuple(publish.Outcome(suit.title(one.party or ""), one.result or "") for one in chain.outcomes),
        )
        for chain in lawsuit.chains(suit).chains
    )


def orders(suit: Suit, sources: Mapping[int, Source], *, on: date, law: Jurisdiction) -> tuple[publish.CourtOrder, ...]:
    """Return the orders with their states over time and what they ask."""
    owed: defaultdict[str | None, list[publish.Obligation]] = defaultdict(list)
    for line in lawsuit.obligation_lines(suit, on=on, law=law):
        owed[line.obligation.order].append(
            publish.Obligation(
                ", ".join(suit.title(one) for one in line.obligation.who),
                line.obligation.what or line.obligation.title,
                line.due,
                line.state.value,
                " ".join(line.why),
            )
        )
    return tuple(
        publish.CourtOrder(
            title=history.order.title,
            day=day_of(history.entered),
            states=tuple(publish.StateChange(span.state, span.first) for span in history.spans),
            obligations=tuple(owed[history.order.reference]),
            sources=sources_of(history.order.entity, sources),
        )
        for history in lawsuit.order_histories(suit)
    )


def contradictions(suit: Suit, *, on: date, law: Jurisdiction) -> tuple[publish.Contradiction, ...]:
    """Return what sources tell differently, each with both."""
    return tuple(
        publish.Contradiction(
            topic=suit.title(one.reference),
            values=tuple(publish.StatedValue(said.value, note_of(said.source)) for said in one.says),
            note=one.text,
        )
        for one in lawsuit.contradictions(suit, law=law, on=on)
        if one.weight is lawsuit.Weight.CONTRADICTION
    )


def releases(suit: Suit, case: CaseFile, shown: frozenset[str]) -> tuple[publish.ProductionEntry, ...]:
    """Return what was handed over: releases that are told of, and loaded productions that are to be shown."""
    loaded = {production.name: production for production in case.productions() if production.name in shown}
    told = [_told_release(one, suit, case, loaded) for one in suit.all_of(v.Release)]
    named = {name for one in suit.all_of(v.Release) for name in one.productions}
    return (*told, *(_loaded(one, case, loaded) for one in loaded.values() if one.name not in named))


def _told_release(
    release: v.Release, suit: Suit, case: CaseFile, loaded: Mapping[str, Production]
) -> publish.ProductionEntry:
    here = [loaded[name].id for name in release.productions if name in loaded]
    counts = [case.counts(production_id) for production_id in here]
    ledgers = [ledger for production_id in here if (ledger := case.ledger(production_id)) is not None]
    return publish.ProductionEntry(
        key=release.entity.key,
        name=release.title,
        agency=", ".join(suit.title(agency) for agency in release.agencies),
        day=day_of(release.released_on),
        documents=release.documents if not counts else sum(found.documents for found in counts),
        pages=release.pages if not counts else sum(found.pages for found in counts),
        ledger=tuple(line for ledger in ledgers for line in ledger.lines),
        replaces=next((name.partition("/")[2] for name in release.replaces), None),
        note="\n\n".join(release.contains) or release.volume or "",
    )


def _loaded(production: Production, case: CaseFile, loaded: Mapping[str, Production]) -> publish.ProductionEntry:
    counts, ledger = case.counts(production.id), case.ledger(production.id)
    return publish.ProductionEntry(
        key=key_from(production.name),
        name=production.name,
        agency=production.agency,
        day=production.released_on,
        documents=counts.documents,
        pages=counts.pages,
        ledger=() if ledger is None else ledger.lines,
        replaces=key_from(production.replaces) if production.replaces in loaded else None,
    )


def production_keys(suit: Suit, case: CaseFile) -> dict[int, str]:
    """Return under which release each loaded production stands."""
    told = {name: one.entity.key for one in suit.all_of(v.Release) for name in one.productions}
    return {production.id: told.get(production.name) or key_from(production.name) for production in case.productions()}
