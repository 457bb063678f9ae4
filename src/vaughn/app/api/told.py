"""What is told in two ways, what happened when, and what was done to the case lately."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from vaughn.app.api import court_models as models
from vaughn.app.api.court_rows import contradiction_row, iso, source_name
from vaughn.app.api.docket import OnDay, today
from vaughn.app.api.exports import attachment
from vaughn.app.api.workbench import TheCase
from vaughn.app.facts import title_of
from vaughn.app.suit import NewsLine, news, suit_of
from vaughn.app.timelines import TimelineFormat, timeline_of, written_timeline
from vaughn.lawsuit import LANES, Timeline, TimelineEvent, TimelineFilter, TimelineSpan, contradictions
from vaughn.model import Confidence, Entity, UsageError, federal

router = APIRouter()
MOST_NEWS = 200
_MEDIA = {
    TimelineFormat.SVG: "image/svg+xml",
    TimelineFormat.HTML: "text/html; charset=utf-8",
    TimelineFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@router.get("/api/suit/contradictions")
def told_in_two_ways(case: TheCase, on: OnDay = None) -> list[models.ContradictionRow]:
    """Return what sources tell in two ways, contradictions before what is only worth a look."""
    suit = suit_of(case.file)
    return [contradiction_row(suit, one) for one in contradictions(suit, law=federal(), on=on or today())]


@router.get("/api/suit/news")
def what_is_new(case: TheCase, limit: Annotated[int, Query(ge=1, le=MOST_NEWS)] = 10) -> list[models.NewsRow]:
    """Return what was done to the case lately, newest first."""
    return [_news_row(line) for line in news(case.file, limit=limit)]


def _news_row(line: NewsLine) -> models.NewsRow:
    about = line.about
    return models.NewsRow(
        sequence=line.sequence,
        at=line.at.isoformat(timespec="seconds"),
        verb=line.verb,
        about=None if about is None else models.Named(reference=about.reference, title=title_of(about)),
        production=line.production,
        counts=dict(line.counts),
    )


def wanted(
    lane: Annotated[list[str] | None, Query(max_length=len(LANES))] = None,
    first: date | None = None,
    last: date | None = None,
    confidence: Annotated[list[str] | None, Query(max_length=len(Confidence))] = None,
) -> TimelineFilter:
    """Return which part of the timeline is asked for."""
    known = {one.value for one in Confidence}
    if not known.issuperset(confidence or ()):
        raise UsageError("There is no such confidence.", hint=f"There are: {', '.join(sorted(known))}.")
    return TimelineFilter(
        frozenset(lane or ()), first, last, confidences=frozenset(Confidence(one) for one in confidence or ())
    )


@router.get("/api/suit/timeline")
def timeline(case: TheCase) -> models.TimelineTable:
    """Return everything that has a day; the screens choose from it."""
    told = timeline_of(case.file)
    return models.TimelineTable(
        lanes=list(LANES),
        parties=_parties(told, case.file.entities()),
        events=[_event(one) for one in told.events],
        spans=[_span(one) for one in told.spans],
        undated=[_event(one) for one in told.undated],
    )


@router.get("/api/suit/timeline/file", response_class=Response)
def timeline_file(
    case: TheCase,
    part: Annotated[TimelineFilter, Depends(wanted)],
    party: Annotated[list[str] | None, Query(max_length=200)] = None,
    format: TimelineFormat = TimelineFormat.SVG,
) -> Response:
    """Download the timeline, or the part of it that is wanted, as drawing, page or workbook."""
    content = written_timeline(case.file, timeline_of(case.file, part, parties=party or ()), format)
    return Response(content, media_type=_MEDIA[format], headers=attachment(f"timeline.{format.value}"))


def _parties(told: Timeline, entities: Iterable[Entity]) -> list[models.TimelineParty]:
    """Return who is named in the timeline, each body once."""
    held = {entity.reference: entity for entity in entities}
    named = {party for one in (told.events, told.spans) for told_of in one for party in told_of.parties}
    agencies = {one: held[one].value("agency") for one in sorted(named) if one in held}
    named -= {agency for agency in agencies.values() if agency is not None}
    return [
        models.TimelineParty(
            reference=one,
            title=title_of(held[one]) if one in held else one,
            also=[agency] if (agency := agencies.get(one)) is not None else [],
        )
        for one in sorted(named)
    ]


def _event(event: TimelineEvent) -> models.TimelineEventRow:
    end = event.until or event.on
    return models.TimelineEventRow(
        lane=event.lane,
        on=iso(event.on),
        first=None if event.on is None else event.on.first.isoformat(),
        last=None if event.on is None or end is None else max(end.last, event.on.first).isoformat(),
        title=event.title,
        what=event.what,
        references=list(event.references),
        parties=list(event.parties),
        ecf=list(event.ecf),
        confidence=event.confidence.value,
        sources=[source_name(one) for one in event.sources],
        other_dates=[
            models.OtherDateRow(on=str(other.on), source=source_name(other.source), remark=other.remark)
            for other in event.other_dates
        ],
        holiday=event.holiday,
        notes=list(event.notes),
    )


def _span(span: TimelineSpan) -> models.TimelineSpanRow:
    return models.TimelineSpanRow(
        lane=span.lane,
        kind=span.kind.value,
        first=span.first.first.isoformat(),
        last=None if span.last is None else span.last.last.isoformat(),
        title=span.title,
        references=list(span.references),
        parties=list(span.parties),
        confidence=span.confidence.value,
        sources=[source_name(one) for one in span.sources],
    )
