"""A case's timeline, read and written: what the command and the workbench share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from enum import Enum
from pathlib import Path
from typing import assert_never

from vaughn.app.suit import suit_of
from vaughn.formats.report import written_as_xlsx
from vaughn.formats.timeline import drawn_timeline, timeline_page
from vaughn.lawsuit import (
    LANES,
    SpanKind,
    Timeline,
    TimelineEvent,
    TimelineFilter,
    TimelineSpan,
    filtered,
    obligation_lines,
    timeline,
    timeline_chart,
    timeline_report,
    with_due_days,
    with_more,
)
from vaughn.model import Confidence, Entity, InputError, Jurisdiction, PartialDate, Source, federal
from vaughn.request import RequestClock, clocks
from vaughn.store import CaseFile

_PARTY_KINDS = ("party", "agency")
# A tracking number is owed too; on a timeline it is in the way.
_FORMALITIES = ("TRACK-10",)
_NAMES = ("name", "short", "alias", "misspelling")


class TimelineFormat(Enum):
    """What a timeline is written as; the value is the ending of the file."""

    SVG = "svg"
    HTML = "html"
    XLSX = "xlsx"


def timeline_of(case: CaseFile, wanted: TimelineFilter | None = None, *, parties: Iterable[str] = ()) -> Timeline:
    """Return the timeline of *case*, or the part of it that is wanted.

    Args:
        parties: Names, short names or references of parties and agencies; added to those of *wanted*.

    Raises:
        InputError: If nobody in the case is called that.
    """
    wanted = wanted or TimelineFilter()
    named = frozenset(one for name in parties for one in _called(name, case.entities(*_PARTY_KINDS)))
    return filtered(timeline_in(case, federal()), replace(wanted, parties=wanted.parties | named))


def timeline_in(case: CaseFile, law: Jurisdiction) -> Timeline:
    """Return everything in *case* that has a day, with the days due that its requests and orders come to."""
    suit = suit_of(case)
    whole = timeline(case.entities(), case.sources(), calendar=law.calendar)
    # The last day of the calendar: all that is known counts, and the day on which somebody looks does not.
    lines = obligation_lines(suit, on=law.calendar.last, law=law)
    agencies = {request.reference: request.values("agency") for request in case.entities("request")}
    spans = [_clock_span(group, agencies) for group in _clocks_together(clocks(case, law))]
    return with_more(with_due_days(whole, lines, suit), (_due(span) for span in spans), spans)


def _clocks_together(told: Iterable[RequestClock]) -> Iterable[Sequence[RequestClock]]:
    """Return the clocks that came to a day, those of one letter to several agencies together."""
    groups: defaultdict[tuple[str, date, date], list[RequestClock]] = defaultdict(list)
    for one in told:
        counted = one.computed
        if one.rule not in _FORMALITIES and counted is not None and counted.due is not None:
            groups[one.rule, counted.question.trigger, counted.due].append(one)
    return groups.values()


def _clock_span(group: Sequence[RequestClock], agencies: Mapping[str, tuple[str, ...]]) -> TimelineSpan:
    first, counted = group[0], group[0].computed
    if counted is None or counted.due is None:
        raise ValueError("a clock without a day cannot be told")
    law = "; ".join(dict.fromkeys(citation.text for citation in counted.citations))
    references = tuple("/".join(one.entry.key.split("/")[:2]) for one in group)
    what = first.entry.title.partition(": ")[0]
    return TimelineSpan(
        lane=LANES[0],
        kind=SpanKind.CLOCK,
        first=PartialDate.of(counted.question.trigger),
        last=PartialDate.of(counted.due),
        title=f"{what} ({first.rule}): {', '.join(sorted(one.entry.who for one in group))}",
        references=references,
        confidence=Confidence.COMPUTED,
        sources=(Source(0, "clock", "Counted by the clock of this program", law, "computed"),),
        parties=tuple(dict.fromkeys(one for reference in references for one in agencies.get(reference, ()))),
    )


def _due(span: TimelineSpan) -> TimelineEvent:
    """Return the end of a clock as an event."""
    return TimelineEvent(
        lane=span.lane,
        on=span.last,
        title=f"Due: {span.title}",
        what="due",
        references=span.references,
        confidence=span.confidence,
        sources=span.sources,
        parties=span.parties,
    )


def _called(name: str, entities: Iterable[Entity]) -> set[str]:
    """Return party and agency of that name; they are one body in two places."""
    parties = [one for one in entities if one.kind in _PARTY_KINDS and not one.is_withdrawn]
    sought = " ".join(name.casefold().split())
    found = {one.reference for one in parties if sought in _names(one)}
    found |= {agency for one in parties if one.reference in found and (agency := one.value("agency")) is not None}
    found |= {one.reference for one in parties if one.value("agency") in found}
    if not found:
        raise InputError(
            f"No party or agency of this case is called {name[:80]!r}.",
            hint=f"There are: {', '.join(dict.fromkeys(one.key for one in parties))}."
            if parties
            else "The case names no parties yet.",
        )
    return found


def _names(party: Entity) -> set[str]:
    said = (value for field in _NAMES for value in party.values(field))
    return {party.key, party.reference, *(" ".join(value.casefold().split()) for value in said)}


def write_timeline(case: CaseFile, told: Timeline, path: Path) -> None:
    """Write *told* to *path* as drawing, page or workbook, as its name ends.

    Raises:
        InputError: If it ends otherwise, or the file is there already.
    """
    kind = timeline_format(path)
    if path.exists():
        raise InputError(
            f"{path.name} already exists.", hint="Name a file that does not exist; nothing is overwritten."
        )
    part = path.with_name(f"{path.name}.part")
    part.write_bytes(written_timeline(case, told, kind))
    part.replace(path)


def timeline_format(path: Path) -> TimelineFormat:
    """Return what a file of that name holds.

    Raises:
        InputError: If its ending is none of a timeline's.
    """
    ending = path.suffix.lower().lstrip(".")
    if ending not in [kind.value for kind in TimelineFormat]:
        raise InputError(f"{path.name} is no kind of timeline.", hint="End it with .svg, .html or .xlsx.")
    return TimelineFormat(ending)


def written_timeline(case: CaseFile, told: Timeline, kind: TimelineFormat) -> bytes:
    """Return *told* as the bytes of a file; the same case gives the same bytes."""
    facts = case.case()
    title = f"{facts.caption}: timeline"
    subtitle = ", ".join(part for part in (facts.docket_number, facts.court) if part)
    chart = timeline_chart(told, title=title, subtitle=subtitle)
    if kind is TimelineFormat.SVG:
        return drawn_timeline(chart).encode()
    if kind is TimelineFormat.HTML:
        return timeline_page(chart).encode()
    if kind is TimelineFormat.XLSX:
        # The day of the case's last change, so that the same case gives the same bytes.
        made_at = case.events()[-1].at
        return written_as_xlsx(timeline_report(told, title=title, subtitle=subtitle, made_at=made_at))
    assert_never(kind)
