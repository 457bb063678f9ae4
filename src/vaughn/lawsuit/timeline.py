"""What happened when, who says so, and what was running meanwhile: one list made from everything the case holds.

An order and its docket entry are one event; what only repeats another event of that day (an obligation met by a
release, a settlement by its order) is told with it. Where sources give different days, the event stands where the
statement that counts puts it, and names the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from vaughn.lawsuit.dated import Dated, dated_things, readable, undated_things
from vaughn.lawsuit.kinds import LANES
from vaughn.lawsuit.spans import TimelineSpan, by_first_day, spans
from vaughn.model import Calendar, Confidence, Entity, PartialDate, Source


@dataclass(frozen=True, slots=True)
class OtherDate:
    """Another day that a source gives for the same event, and why it may."""

    on: PartialDate
    source: Source
    remark: str | None


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """One thing that happened.

    Args:
        on: `None` if nobody says when.
        until: For what lasted: its last day.
        what: e.g. ``filed``, ``due``, ``released``.
        references: The entities it tells of, ``kind/key``.
        parties: References of parties and agencies.
        ecf: Numbers of docket entries and attachments.
        confidence: Of the statement that puts it on this day.
        sources: Those that say so, the most certain first.
        holiday: Name of the legal holiday of that day.
    """

    lane: str
    on: PartialDate | None
    title: str
    what: str
    references: tuple[str, ...]
    confidence: Confidence
    sources: tuple[Source, ...]
    parties: tuple[str, ...] = ()
    ecf: tuple[str, ...] = ()
    until: PartialDate | None = None
    other_dates: tuple[OtherDate, ...] = ()
    holiday: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Timeline:
    """Everything with a day, oldest first; what ran meanwhile; and what nobody dates."""

    events: tuple[TimelineEvent, ...]
    spans: tuple[TimelineSpan, ...] = ()
    undated: tuple[TimelineEvent, ...] = ()


@dataclass(frozen=True, slots=True)
class TimelineFilter:
    """Which part of a timeline is wanted; what is empty asks for everything.

    Args:
        first, last: Both included; what is only known to lie in a month or year is kept if it can lie between them.
        parties: References, e.g. ``party/ice``.
    """

    lanes: frozenset[str] = frozenset()
    first: date | None = None
    last: date | None = None
    parties: frozenset[str] = frozenset()
    confidences: frozenset[Confidence] = frozenset()

    def keeps(self, told: TimelineEvent | TimelineSpan) -> bool:
        """Tell whether lane, parties and confidence are wanted; dates are another matter."""
        return (
            (not self.lanes or told.lane in self.lanes)
            and (not self.parties or bool(self.parties.intersection(told.parties)))
            and (not self.confidences or told.confidence in self.confidences)
        )

    def covers(self, first: PartialDate, last: PartialDate | None) -> bool:
        """Tell whether anything of a period lies between the days wanted; without *last* it is still running."""
        return (self.last is None or first.first <= self.last) and (
            self.first is None or last is None or last.last >= self.first
        )


def timeline(entities: Iterable[Entity], sources: Iterable[Source], *, calendar: Calendar | None = None) -> Timeline:
    """Return the timeline of what *entities* tell; withdrawn ones are left out.

    Args:
        calendar: Whose holidays are noted.
    """
    by_id = {source.id: source for source in sources}
    held = tuple(readable(entity) for entity in entities if not entity.is_withdrawn)
    events = [_event(told, by_id, calendar) for told in dated_things(held)]
    return Timeline(
        tuple(sorted(_grouped(events), key=_by_date)),
        spans(held, by_id),
        tuple(_event(told, by_id, None) for told in undated_things(held)),
    )


def with_more(whole: Timeline, events: Iterable[TimelineEvent], more_spans: Iterable[TimelineSpan] = ()) -> Timeline:
    """Return *whole* with what was reckoned besides: days that nobody states, because a clock gives them."""
    return replace(
        whole,
        events=tuple(sorted((*whole.events, *events), key=_by_date)),
        spans=by_first_day((*whole.spans, *more_spans)),
    )


def filtered(whole: Timeline, wanted: TimelineFilter) -> Timeline:
    """Return the part of *whole* that is wanted; undated events fall away when days are asked for."""
    asks_days = wanted.first is not None or wanted.last is not None
    return Timeline(
        tuple(
            event
            for event in whole.events
            if wanted.keeps(event) and event.on is not None and wanted.covers(event.on, event.until or event.on)
        ),
        tuple(span for span in whole.spans if wanted.keeps(span) and wanted.covers(span.first, span.last)),
        () if asks_days else tuple(event for event in whole.undated if wanted.keeps(event)),
    )


def _event(told: Dated, by_id: dict[int, Source], calendar: Calendar | None) -> TimelineEvent:
    supporting = [one for one in told.statements if told.on is None or PartialDate.read(one.value).agrees_with(told.on)]
    others = [one for one in told.statements if one not in supporting]
    day = None if told.on is None else told.on.exact
    return TimelineEvent(
        lane=told.lane,
        on=told.on,
        title=told.title,
        what=told.what,
        references=told.references,
        confidence=supporting[0].confidence,
        sources=_sources((one.source_id for one in supporting), by_id),
        parties=told.parties,
        ecf=told.ecf,
        until=told.until,
        other_dates=tuple(
            OtherDate(PartialDate.read(one.value), _source(one.source_id, by_id), one.note) for one in others
        ),
        holiday=None if day is None or calendar is None else _holiday(day, calendar),
        notes=told.notes,
    )


def _sources(ids: Iterable[int], by_id: dict[int, Source]) -> tuple[Source, ...]:
    return tuple(_source(source_id, by_id) for source_id in dict.fromkeys(ids))


def _source(source_id: int, by_id: dict[int, Source]) -> Source:
    return by_id.get(source_id) or Source(source_id, f"source-{source_id}", "Unknown source")


def _holiday(day: date, calendar: Calendar) -> str | None:
    return calendar.holiday(day) if calendar.first <= day <= calendar.last else None


def _grouped(events: Sequence[TimelineEvent]) -> Iterable[TimelineEvent]:
    """Tell once what several requests did on one day, e.g. one letter to five agencies."""
    groups: dict[object, list[TimelineEvent]] = {}
    for place, event in enumerate(events):
        is_request = event.references[0].startswith("request/")
        groups.setdefault((event.on, event.what, event.confidence) if is_request else place, []).append(event)
    for group in groups.values():
        yield group[0] if len(group) == 1 else _together(group)


def _together(group: Sequence[TimelineEvent]) -> TimelineEvent:
    beginning, _, _ = group[0].title.rpartition(": ")
    names = sorted(event.title.rpartition(": ")[2] for event in group)
    return replace(
        group[0],
        title=f"{beginning}: {', '.join(names)}",
        references=tuple(one for event in group for one in event.references),
        parties=tuple(dict.fromkeys(one for event in group for one in event.parties)),
        sources=tuple(dict.fromkeys(source for event in group for source in event.sources)),
        other_dates=tuple(dict.fromkeys(one for event in group for one in event.other_dates)),
        notes=tuple(dict.fromkeys(one for event in group for one in event.notes)),
    )


def _by_date(event: TimelineEvent) -> tuple[date, date, int, int, str]:
    day = event.on or PartialDate(2199)
    number = event.ecf[0] if event.ecf else ""
    return (
        day.first,
        day.last,
        LANES.index(event.lane),
        int(number) if number.isdecimal() and number.isascii() else 0,
        event.references[0],
    )
