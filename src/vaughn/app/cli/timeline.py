"""`vaughn timeline`: what happened when in a lawsuit, who says so, and what was running meanwhile."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vaughn.app.cli.console import Column, print_json, print_line, print_table
from vaughn.app.cli.options import AsJson, CasePath

if TYPE_CHECKING:
    from vaughn.lawsuit import Timeline, TimelineEvent, TimelineFilter, TimelineSpan

# Names of lanes as people type them; the last one is two words in the case.
_LANES = {"request": "request", "court": "court", "productions": "productions", "outside": "outside events"}


def timeline(
    case: CasePath,
    *,
    since: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="First day: 2011-02-07, or 2011-02 or 2011.")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="DATE", help="Last day, written the same way.")
    ] = None,
    lane: Annotated[
        list[str] | None,
        typer.Option("--lane", metavar="LANE", help="request, court, productions or outside; can be repeated."),
    ] = None,
    party: Annotated[
        list[str] | None,
        typer.Option("--party", metavar="NAME", help="Only what names this party or agency; can be repeated."),
    ] = None,
    confidence: Annotated[
        list[str] | None,
        typer.Option(
            "--confidence",
            metavar="WORD",
            help='confirmed, stated, computed, inferred or "not confirmed"; can be repeated.',
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write it: .svg, .html or .xlsx. Without it a table is printed.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show the timeline of a lawsuit: request, court, productions and outside events, with source and confidence.

    Example: vaughn timeline ndlon --from 2011 --until 2011-12 --lane court --out 2011.svg
    """
    from vaughn.app.opening import open_to_read
    from vaughn.app.timelines import timeline_format, timeline_of, write_timeline

    wanted = _filter(since, until, lane or [], confidence or [])
    if out is not None:
        timeline_format(out)
    with open_to_read(case.expanduser(), "vaughn timeline") as opened:
        told = timeline_of(opened, wanted, parties=party or [])
        if out is not None:
            write_timeline(opened, told, out.expanduser())
    if as_json:
        print_json(_as_json(told))
    elif out is None:
        _print(told)
    else:
        print_line(f"Wrote {out}: {len(told.events):,} events.")


def _filter(since: str | None, until: str | None, lanes: list[str], confidences: list[str]) -> TimelineFilter:
    from vaughn.lawsuit import TimelineFilter
    from vaughn.model import Confidence, PartialDate, UsageError

    first = None if since is None else PartialDate.read(since).first
    last = None if until is None else PartialDate.read(until).last
    if first is not None and last is not None and last < first:
        raise UsageError(f"--until {until} is before --from {since}.", hint="Turn them round.")
    for name in lanes:
        if name.casefold() not in (*_LANES, *_LANES.values()):
            raise UsageError(f"There is no lane {name[:40]!r}.", hint=f"There are: {', '.join(_LANES)}.")
    known = [one.value for one in Confidence]
    for name in confidences:
        if name.casefold() not in known:
            raise UsageError(f"There is no confidence {name[:40]!r}.", hint=f"There are: {', '.join(known)}.")
    return TimelineFilter(
        lanes=frozenset(_LANES.get(name.casefold(), name.casefold()) for name in lanes),
        first=first,
        last=last,
        confidences=frozenset(Confidence(name.casefold()) for name in confidences),
    )


def _print(told: Timeline) -> None:
    from vaughn.lawsuit import docket_numbers, reach_in_words

    columns = (
        Column("date", wraps=False),
        Column("lane"),
        Column("event"),
        Column("confidence"),
        Column("sources"),
    )
    rows = [
        (
            str(event.on),
            event.lane,
            " ".join(part for part in (event.title, docket_numbers(event), _doubts(event)) if part),
            event.confidence.value,
            _keys(event),
        )
        for event in told.events
    ]
    print_table("Timeline", columns, rows)
    if told.spans:
        spans = [
            (reach_in_words(span), span.lane, span.title, span.confidence.value, _keys(span)) for span in told.spans
        ]
        print_table("What was running", columns, spans)
    for event in told.undated:
        print_line(f"Without a date: {event.title} ({_keys(event)})")


def _doubts(event: TimelineEvent) -> str:
    """Return in short what a reader must know of the day."""
    said = [f"until {event.until}"] if event.until is not None else []
    said += [f"legal holiday: {event.holiday}"] if event.holiday is not None else []
    said += [f"but {other.on}: {other.source.key}" for other in event.other_dates]
    return f"[{'; '.join(said)}]" if said else ""


def _keys(told: TimelineEvent | TimelineSpan) -> str:
    return ", ".join(source.key for source in told.sources)


def _as_json(told: Timeline) -> dict[str, object]:
    return {
        "events": [_event_json(event) for event in told.events],
        "spans": [_span_json(span) for span in told.spans],
        "undated": [_event_json(event) for event in told.undated],
    }


def _event_json(event: TimelineEvent) -> dict[str, object]:
    return {
        "on": None if event.on is None else str(event.on),
        "until": None if event.until is None else str(event.until),
        "lane": event.lane,
        "what": event.what,
        "title": event.title,
        "ecf": list(event.ecf),
        "parties": list(event.parties),
        "confidence": event.confidence.value,
        "sources": [source.key for source in event.sources],
        "other_dates": [{"on": str(one.on), "source": one.source.key, "note": one.remark} for one in event.other_dates],
        "holiday": event.holiday,
        "notes": list(event.notes),
        "entities": list(event.references),
    }


def _span_json(span: TimelineSpan) -> dict[str, object]:
    return {
        "from": str(span.first),
        "until": None if span.last is None else str(span.last),
        "lane": span.lane,
        "kind": span.kind.value,
        "title": span.title,
        "confidence": span.confidence.value,
        "sources": [source.key for source in span.sources],
        "entities": list(span.references),
    }
