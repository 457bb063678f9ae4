"""The whole timeline at one glance: a row a lane, years to scale, without labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from vaughn.formats.timeline.content import ChartBar, ChartMark, TimelineChart
from vaughn.formats.timeline.figures import bar, certainty_class, lane_class, lettering, level_line, mark, upright_line
from vaughn.formats.timeline.lettering import text_width, written
from vaughn.formats.timeline.scale import StraightScale

_RADIUS = 3.6
_LEVEL = 2 * _RADIUS + 1.0
# Marks of one week are stacked; more than this many at once lie over each other.
_MOST_LEVELS = 8
_BAR_HEIGHT = 5.0
_BAR_STEP = 6.5
_LANE_PADDING = 9.0
_TICKS_APART = 46.0
_LABEL_SIZE = 13.0
_EDGE = timedelta(days=15)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A part of the drawing, from its top on."""

    pieces: tuple[str, ...]
    height: float


@dataclass(frozen=True, slots=True)
class _Lane:
    """One lane, laid out: marks stand on its line in levels, bars hang below it in tracks."""

    name: str
    place: int
    marks: tuple[tuple[ChartMark, int], ...]
    bars: tuple[tuple[ChartBar, int], ...]

    @property
    def above(self) -> float:
        """Room above the line."""
        return _LANE_PADDING + _LEVEL * max((level for _, level in self.marks), default=0)

    @property
    def below(self) -> float:
        """Room below the line."""
        return _LANE_PADDING + _BAR_STEP * max((track + 1 for _, track in self.bars), default=0)


def overview(chart: TimelineChart, *, top: float, left: float, right: float) -> Drawn:
    """Return the overview of *chart*; empty if nothing in it has a day."""
    if not chart.marks and not chart.bars:
        return Drawn((), 0)
    labels = max(text_width(lane, _LABEL_SIZE) for lane in chart.lanes) * 1.08
    scale = StraightScale(*_reach(chart), left + labels + 18, right - 6)
    lanes = [_lane(chart, place, scale) for place in range(len(chart.lanes))]
    bottom = top + sum(lane.above + lane.below for lane in lanes)
    return Drawn(
        (*_ticks(scale, top, bottom), *_lanes(lanes, scale, top, left)),
        bottom + 22 - top,
    )


def _lane(chart: TimelineChart, place: int, scale: StraightScale) -> _Lane:
    marks, bars = [], []
    free = [0.0] * _MOST_LEVELS
    for mark_ in sorted((one for one in chart.marks if one.lane == place), key=lambda one: _middle(one, scale)):
        x = _middle(mark_, scale)
        level = next((level for level, end in enumerate(free) if end <= x - _RADIUS), 0)
        free[level] = x + _RADIUS + 0.6
        marks.append((mark_, level))
    ends: list[date] = []
    for bar_ in (one for one in chart.bars if one.lane == place):
        track = next((track for track, end in enumerate(ends) if end <= bar_.first), len(ends))
        ends[track : track + 1] = [bar_.last or date.max]
        bars.append((bar_, track))
    return _Lane(chart.lanes[place], place, tuple(marks), tuple(bars))


def _middle(one: ChartMark, scale: StraightScale) -> float:
    return (scale.at(one.first) + scale.at(one.last)) / 2


def _reach(chart: TimelineChart) -> tuple[date, date]:
    days = [day for one in chart.marks for day in (one.first, one.last)]
    days += [day for one in chart.bars for day in (one.first, one.last) if day is not None]
    first, last = min(days), max(days)
    return (
        first - _EDGE if first - date.min > _EDGE else first,
        last + _EDGE if date.max - last > _EDGE else last,
    )


def _ticks(scale: StraightScale, top: float, bottom: float) -> Iterator[str]:
    for tick in scale.ticks(apart=_TICKS_APART):
        x = scale.at(tick.day)
        yield upright_line(x, top, bottom + 4, "rule")
        yield lettering(x, bottom + 17, tick.label, "soft", anchor="middle")


def _lanes(lanes: Sequence[_Lane], scale: StraightScale, top: float, left: float) -> Iterator[str]:
    for lane in lanes:
        base = top + lane.above
        yield f'<g class="{lane_class(lane.place)}">'
        yield lettering(left, base + 4.5, lane.name, "lane")
        yield level_line(base, scale.left, scale.right, "track")
        yield from _bars(lane, scale, base)
        yield from _marks(lane, scale, base)
        yield "</g>"
        top += lane.above + lane.below


def _bars(lane: _Lane, scale: StraightScale, base: float) -> Iterator[str]:
    for one, track in lane.bars:
        start = scale.at(one.first)
        end = scale.right if one.last is None else scale.at(one.last)
        top = base + _RADIUS + 2 + _BAR_STEP * track
        yield (
            f"<g><title>{written(f'{one.when} {one.title}')}</title>"
            + bar(start, top, width=max(end - start, 2), height=_BAR_HEIGHT, kind=one.kind)
            + "</g>"
        )


def _marks(lane: _Lane, scale: StraightScale, base: float) -> Iterator[str]:
    for one, level in lane.marks:
        start, end = scale.at(one.first), scale.at(one.last)
        y = base - _LEVEL * level
        reach = "" if end - start < 2 * _RADIUS else level_line(y, start, end, "range")
        shape = mark((start + end) / 2, y, one.certainty, radius=_RADIUS)
        about = written(f"{one.when} {one.title}")
        yield f'<g class="{certainty_class(one.certainty)}"><title>{about}</title>{reach}{shape}</g>'
