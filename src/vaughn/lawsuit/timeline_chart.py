"""A timeline as it is drawn and tabulated: what the SVG, the page and the workbook say, in one place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from vaughn.formats.report import Column, Fact, Report, Row, Sheet, Table
from vaughn.formats.timeline import BarKind, Certainty, ChartBar, ChartMark, ChartSource, TimelineChart
from vaughn.lawsuit.kinds import LANES
from vaughn.lawsuit.spans import TimelineSpan
from vaughn.lawsuit.timeline import Timeline, TimelineEvent
from vaughn.model import Source

_LANE_TITLES = {"request": "Request", "court": "Court", "productions": "Productions", "outside events": "Outside"}


def timeline_chart(told: Timeline, *, title: str, subtitle: str = "") -> TimelineChart:
    """Return *told* as the content of a drawing; sources are numbered as they first appear."""
    told_of: tuple[TimelineEvent | TimelineSpan, ...] = (*told.events, *told.spans)
    sources = tuple(dict.fromkeys(source for one in told_of for source in one.sources))
    places = {source: place for place, source in enumerate(sources)}
    return TimelineChart(
        title=title,
        subtitle=subtitle,
        lanes=tuple(_LANE_TITLES[lane] for lane in LANES),
        marks=tuple(_mark(event, places) for event in told.events),
        bars=tuple(span_bar(span, places) for span in told.spans),
        undated=tuple(event.title for event in told.undated),
        sources=tuple(ChartSource(source.title, source.citation, source.url) for source in sources),
    )


def _mark(event: TimelineEvent, places: dict[Source, int]) -> ChartMark:
    first, last = _reach(event)
    return ChartMark(
        lane=LANES.index(event.lane),
        first=first,
        last=last,
        when=str(event.on),
        title=event.title,
        certainty=Certainty(event.confidence.value),
        detail=docket_numbers(event),
        notes=tuple(doubts(event)),
        sources=tuple(sorted(places[source] for source in event.sources)),
    )


def _reach(event: TimelineEvent) -> tuple[date, date]:
    if event.on is None:
        raise ValueError("an event without a day cannot be drawn")
    end = event.until if event.until is not None and event.until.last >= event.on.first else event.on
    return event.on.first, max(end.last, event.on.first)


def span_bar(span: TimelineSpan, places: Mapping[Source, int] | None = None) -> ChartBar:
    """Return *span* as the bar of a drawing; its sources only if *places* gives their numbers."""
    return ChartBar(
        lane=LANES.index(span.lane),
        first=span.first.first,
        last=None if span.last is None else span.last.last,
        kind=BarKind(span.kind.value),
        title=span.title,
        when=reach_in_words(span),
        sources=() if places is None else tuple(sorted(places[source] for source in span.sources)),
    )


def reach_in_words(span: TimelineSpan) -> str:
    """Return from when until when something ran."""
    return f"{span.first} – {'…' if span.last is None else span.last}"


def docket_numbers(event: TimelineEvent) -> str:
    """Return the docket numbers of an event as they are cited: ``ECF 41``."""
    return f"ECF {', '.join(event.ecf)}" if event.ecf else ""


def doubts(event: TimelineEvent) -> Iterator[str]:
    """Yield what a reader must know of the day: until when, a holiday, another day that a source gives."""
    if event.until is not None:
        yield f"Until {event.until}."
    if event.holiday is not None:
        yield f"Legal holiday: {event.holiday}."
    for other in event.other_dates:
        because = f" {other.remark}" if other.remark else ""
        yield f"{other.on} by another statement: {other.source.title}.{because}"


def timeline_report(told: Timeline, *, title: str, subtitle: str, made_at: datetime) -> Report:
    """Return *told* as the content of a workbook: a sheet of events, one of what was running, one of sources."""
    facts = (
        Fact("Events", f"{len(told.events):,}"),
        Fact("Without a date", f"{len(told.undated):,}"),
        Fact("Stays, appeals and clocks", f"{len(told.spans):,}"),
    )
    return Report(
        title=title,
        kicker="Timeline",
        subtitle=subtitle,
        banner=None,
        facts=facts,
        figures=(),
        summary=(),
        sections=(),
        sheets=(
            Sheet("Events", _event_table((*told.events, *told.undated))),
            Sheet("Running", _span_table(told.spans)),
            Sheet("Sources", _source_table(told)),
        ),
        footer="",
        made_at=made_at,
    )


def _event_table(events: Iterable[TimelineEvent]) -> Table:
    names = ("Date", "Until", "Lane", "Event", "ECF", "What", "Confidence", "Sources", "Other dates", "Holiday")
    rows = tuple(
        Row(
            (
                "" if event.on is None else str(event.on),
                "" if event.until is None else str(event.until),
                event.lane,
                event.title,
                ", ".join(event.ecf),
                event.what,
                event.confidence.value,
                ", ".join(source.key for source in event.sources),
                "; ".join(f"{other.on} ({other.source.key})" for other in event.other_dates),
                event.holiday or "",
                ", ".join(event.parties),
                " ".join(event.notes),
                ", ".join(event.references),
            )
        )
        for event in events
    )
    return Table(tuple(Column(name) for name in (*names, "Parties", "Notes", "Entities")), rows)


def _span_table(spans: Iterable[TimelineSpan]) -> Table:
    names = ("From", "Until", "Lane", "Kind", "What", "Confidence", "Sources", "Entities")
    rows = tuple(
        Row(
            (
                str(span.first),
                "" if span.last is None else str(span.last),
                span.lane,
                span.kind.value,
                span.title,
                span.confidence.value,
                ", ".join(source.key for source in span.sources),
                ", ".join(span.references),
            )
        )
        for span in spans
    )
    return Table(tuple(Column(name) for name in names), rows)


def _source_table(told: Timeline) -> Table:
    told_of: tuple[TimelineEvent | TimelineSpan, ...] = (*told.events, *told.undated, *told.spans)
    named = (
        *(source for one in told_of for source in one.sources),
        *(other.source for event in told.events for other in event.other_dates),
    )
    rows = tuple(
        Row((source.key, source.title, source.citation, source.kind, source.url or ""))
        for source in dict.fromkeys(named)
    )
    return Table(tuple(Column(name) for name in ("Key", "Source", "Citation", "Kind", "Address")), rows)
