"""What a timeline is drawn from: lanes, marks for what happened, bars for what was running, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from types import MappingProxyType


class Certainty(Enum):
    """How well a mark is borne out; each has a form of its own, so that colour is never the only sign."""

    CONFIRMED = "confirmed"
    STATED = "stated"
    COMPUTED = "computed"
    INFERRED = "inferred"
    NOT_CONFIRMED = "not confirmed"


class BarKind(Enum):
    """Why time is marked."""

    STAY = "stay"
    APPEAL = "appeal"
    PAUSE = "pause"
    CLOCK = "clock"
    EVENT = "event"  # something that lasted


@dataclass(frozen=True, slots=True)
class ChartSource:
    """Where facts stand; marks name it by its place in the chart's list."""

    title: str
    citation: str = ""
    url: str | None = None


@dataclass(frozen=True, slots=True)
class ChartMark:
    """One thing that happened.

    Args:
        lane: Place of its lane in the chart's list.
        first, last: The days it can have been; the same day if it is exactly known.
        when: The day as it is written: ``2011-02-07``, ``2013-03``.
        detail: Said in small after the title, e.g. ``ECF 41``.
        notes: Said in small below it.
        sources: Places in the chart's list of sources.
    """

    lane: int
    first: date
    last: date
    when: str
    title: str
    certainty: Certainty
    detail: str = ""
    notes: tuple[str, ...] = ()
    sources: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ChartBar:
    """Something that was running; `last` is `None` while it still does, or nobody says."""

    lane: int
    first: date
    last: date | None
    kind: BarKind
    title: str
    when: str
    sources: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ChartWords:
    """The words of a language that the drawing itself needs."""

    language: str
    certainties: Mapping[Certainty, str]
    bars: Mapping[BarKind, str]
    dates: str
    lane: str
    event: str
    confidence: str
    sources: str
    show: str
    undated: str
    all_events: str
    running: str
    nothing: str


ENGLISH = ChartWords(
    language="en",
    certainties=MappingProxyType({one: one.value for one in Certainty}),
    bars=MappingProxyType({one: one.value for one in BarKind}),
    dates="Date",
    lane="Lane",
    event="Event",
    confidence="Confidence",
    sources="Sources",
    show="Show",
    undated="Without a date",
    all_events="All events",
    running="What was running",
    nothing="Nothing in this part of the timeline.",
)
SPANISH = ChartWords(
    language="es",
    certainties=MappingProxyType(
        {
            Certainty.CONFIRMED: "confirmado",
            Certainty.STATED: "afirmado",
            Certainty.COMPUTED: "calculado",
            Certainty.INFERRED: "deducido",
            Certainty.NOT_CONFIRMED: "sin confirmar",
        }
    ),
    bars=MappingProxyType(
        {
            BarKind.STAY: "suspensión",
            BarKind.APPEAL: "apelación",
            BarKind.PAUSE: "pausa",
            BarKind.CLOCK: "plazo",
            BarKind.EVENT: "suceso",
        }
    ),
    dates="Fecha",
    lane="Ámbito",
    event="Suceso",
    confidence="Certeza",
    sources="Fuentes",
    show="Mostrar",
    undated="Sin fecha",
    all_events="Todos los sucesos",
    running="Lo que estaba en curso",
    nothing="No hay nada en esta parte de la cronología.",
)


@dataclass(frozen=True, slots=True)
class TimelineChart:
    """A whole timeline.

    Args:
        lanes: Their names, in the order they are drawn.
        marks: By date.
        undated: What happened nobody says when; as texts.
    """

    title: str
    lanes: tuple[str, ...]
    marks: tuple[ChartMark, ...]
    bars: tuple[ChartBar, ...] = ()
    undated: tuple[str, ...] = ()
    sources: tuple[ChartSource, ...] = ()
    subtitle: str = ""
    words: ChartWords = ENGLISH

    def __post_init__(self) -> None:
        shown: tuple[ChartMark | ChartBar, ...] = (*self.marks, *self.bars)
        if any(not 0 <= one.lane < len(self.lanes) for one in shown):
            raise ValueError("a mark names a lane that the chart does not have")
        if any(not 0 <= place < len(self.sources) for one in shown for place in one.sources):
            raise ValueError("a mark names a source that the chart does not have")
