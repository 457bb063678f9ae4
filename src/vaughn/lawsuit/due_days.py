"""Days due that no source states, on the timeline: given by a rule of the clock, or moved by a stay of the order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vaughn.lawsuit.kinds import LANES
from vaughn.lawsuit.obligations import ObligationLine
from vaughn.lawsuit.spans import SpanKind, TimelineSpan
from vaughn.lawsuit.suit import Suit
from vaughn.lawsuit.timeline import Timeline, TimelineEvent, with_more
from vaughn.model import Confidence, PartialDate, Source

REQUEST, COURT, _, _ = LANES


def with_due_days(whole: Timeline, lines: Iterable[ObligationLine], suit: Suit) -> Timeline:
    """Return *whole* with the days due that *lines* reckon and nobody states; they are marked as computed."""
    held = tuple(lines)
    return with_more(
        whole,
        (event for line in held for event in _events(line, suit)),
        (span for line in held for span in _clock(line, suit)),
    )


def _events(line: ObligationLine, suit: Suit) -> Iterator[TimelineEvent]:
    owed = line.obligation
    if line.named is not None and owed.due_on is None:
        yield _event(line, suit, PartialDate.of(line.named), f"Due: {owed.title}")
    if line.due is not None and line.named is not None and line.due != line.named:
        yield _event(line, suit, PartialDate.of(line.due), f"Due after the stay: {owed.title}")


def _event(line: ObligationLine, suit: Suit, on: PartialDate, title: str) -> TimelineEvent:
    owed = line.obligation
    return TimelineEvent(
        lane=_lane(line),
        on=on,
        title=title,
        what="due",
        references=(owed.reference,),
        confidence=Confidence.COMPUTED,
        sources=_sources(line, suit),
        parties=owed.who,
        notes=line.why,
    )


def _clock(line: ObligationLine, suit: Suit) -> Iterator[TimelineSpan]:
    owed = line.obligation
    # What states both days is a span of its own already.
    if owed.runs_from is None or owed.due_on is not None or line.named is None or line.named < owed.runs_from.first:
        return
    yield TimelineSpan(
        lane=_lane(line),
        kind=SpanKind.CLOCK,
        first=owed.runs_from,
        last=PartialDate.of(line.named),
        title=f"Clock{'' if owed.rule is None else f' {owed.rule}'}: {owed.title}",
        references=(owed.reference,),
        confidence=Confidence.COMPUTED,
        sources=_sources(line, suit),
        parties=owed.who,
    )


def _lane(line: ObligationLine) -> str:
    return REQUEST if line.obligation.order is None else COURT


def _sources(line: ObligationLine, suit: Suit) -> tuple[Source, ...]:
    """Return who says what the day is reckoned from."""
    said = (one for field in ("due_on", "runs_from", "rule") for one in suit.said(line.obligation, field))
    return tuple(dict.fromkeys(one.source for one in said))
