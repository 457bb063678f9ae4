"""The timeline as a list beside its lanes: a row an event, so that labels never overlap; crowded months take more room.

Bars lie left of their lane, so that two that run at once stand side by side.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from vaughn.formats.timeline.content import ChartBar, ChartMark, TimelineChart
from vaughn.formats.timeline.figures import bar, certainty_class, lane_class, lettering, level_line, mark, upright_line
from vaughn.formats.timeline.lettering import number, text_width, wrapped, written
from vaughn.formats.timeline.overview import Drawn
from vaughn.formats.timeline.scale import ListScale

_TITLE_SIZE, _SMALL_SIZE = 13.0, 11.0
_LINE, _SMALL_LINE = 17.0, 14.0
_ROW_PADDING = 6.0
_YEAR_HEIGHT = 34.0
# A day without events takes this much room, a long time at most the second figure: a gap is seen, not measured.
_GAP_A_DAY, _LARGEST_GAP = 0.12, 26.0
_RADIUS = 4.6
_DATE_WIDTH = 78.0
_BAR_WIDTH, _BAR_STEP = 7.0, 10.0
_LANE_ROOM = 24.0
_SPAN_LABEL_SIZE = 10.5


@dataclass(frozen=True, slots=True)
class _Row:
    """One event, laid out.

    Args:
        top, middle: Of the row; *middle* is that of its first line.
        year: Written above it where it begins.
    """

    mark: ChartMark
    lines: tuple[str, ...]
    notes: tuple[str, ...]
    top: float
    middle: float
    bottom: float
    year: int | None


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where things stand from left to right."""

    left: float
    lanes: tuple[float, ...]
    labels: float
    sources: float
    right: float


def listing(chart: TimelineChart, *, top: float, left: float, right: float) -> Drawn:
    """Return the list of *chart* from *top* on; empty if nothing in it has a day."""
    if not chart.marks:
        return Drawn((), 0)
    tracks = _tracks(chart)
    columns = _columns(chart, tracks, left, right)
    rows = _rows(chart, columns, top)
    bottom = rows[-1].bottom + 8
    scale = ListScale([row.mark.first for row in rows], [row.middle for row in rows], top, bottom)
    pieces = (
        *_years(rows, columns),
        *_lane_lines(columns, rows[0].top, bottom),
        *_bars(chart, tracks, columns, scale),
        *(piece for row in rows for piece in _row(row, columns)),
    )
    return Drawn(pieces, bottom - top)


def _tracks(chart: TimelineChart) -> dict[int, int]:
    """Return for each bar (by its place) how many bars of its lane that run at the same time stand right of it."""
    taken: dict[tuple[int, int], date] = {}
    found = {}
    for place, one in sorted(enumerate(chart.bars), key=lambda pair: (pair[1].first, pair[0])):
        track = 0
        while taken.get((one.lane, track), date.min) > one.first:
            track += 1
        taken[one.lane, track] = one.last or date.max
        found[place] = track
    return found


def _columns(chart: TimelineChart, tracks: dict[int, int], left: float, right: float) -> _Columns:
    x = left + _DATE_WIDTH
    lanes = []
    for lane in range(len(chart.lanes)):
        held = [track for place, track in tracks.items() if chart.bars[place].lane == lane]
        # Besides the bars, their labels stand upright.
        x += _LANE_ROOM + (0 if not held else _BAR_STEP * (max(held) + 1) + _SPAN_LABEL_SIZE + 4)
        lanes.append(x)
    numbers = [", ".join(str(one + 1) for one in mark.sources) for mark in chart.marks]
    widest = max(text_width(text, _SMALL_SIZE) for text in numbers)
    return _Columns(left, tuple(lanes), x + 22, right - min(widest, 110) - 14, right)


def _rows(chart: TimelineChart, columns: _Columns, top: float) -> list[_Row]:
    rows: list[_Row] = []
    y, year, before = top, None, None
    width = columns.sources - columns.labels
    for one in chart.marks:
        gap = 0.0 if before is None else min((one.first - before).days * _GAP_A_DAY, _LARGEST_GAP)
        begins = None
        if one.first.year != year:
            begins = year = one.first.year
            gap = min(gap, 6) + _YEAR_HEIGHT
        y += max(gap, 0)
        full = f"{one.title}  {one.detail}" if one.detail else one.title
        lines = wrapped(full, _TITLE_SIZE, width=width)
        notes = tuple(piece for note in one.notes for piece in wrapped(note, _SMALL_SIZE, width=width))
        height = _ROW_PADDING + _LINE * max(len(lines), 1) + _SMALL_LINE * len(notes)
        rows.append(_Row(one, lines, notes, y, y + _ROW_PADDING / 2 + _LINE / 2, y + height, begins))
        y += height
        before = one.first
    return rows


def _years(rows: Sequence[_Row], columns: _Columns) -> Iterator[str]:
    for row in rows:
        if row.year is not None:
            base = row.top - 10
            yield lettering(columns.left, base, str(row.year), "year")
            yield level_line(base + 6, columns.left, columns.right, "rule")


def _lane_lines(columns: _Columns, top: float, bottom: float) -> Iterator[str]:
    for place, x in enumerate(columns.lanes):
        yield f'<g class="{lane_class(place)}">{upright_line(x, top, bottom, "track")}</g>'


def _bars(chart: TimelineChart, tracks: dict[int, int], columns: _Columns, scale: ListScale) -> Iterator[str]:
    for place, one in enumerate(chart.bars):
        start = scale.begins_at(one.first)
        end = scale.bottom if one.last is None else scale.ends_at(one.last)
        right = columns.lanes[one.lane] - _RADIUS - 3 - _BAR_STEP * tracks[place]
        yield f'<g class="{lane_class(one.lane)}"><title>{written(f"{one.when} {one.title}")}</title>'
        yield bar(right - _BAR_WIDTH, start, width=_BAR_WIDTH, height=end - start, kind=one.kind)
        if not _is_hidden(chart, tracks, place):
            yield _bar_label(chart, one, right - _BAR_WIDTH - 3, (start, end))
        yield "</g>"


def _is_hidden(chart: TimelineChart, tracks: dict[int, int], place: int) -> bool:
    """Tell whether another bar stands where this one's label would."""
    one = chart.bars[place]
    return any(
        other.lane == one.lane
        and tracks[beside] > tracks[place]
        and other.first < (one.last or date.max)
        and one.first < (other.last or date.max)
        for beside, other in enumerate(chart.bars)
    )


def _bar_label(chart: TimelineChart, one: ChartBar, x: float, reach: tuple[float, float]) -> str:
    """Return the bar's kind, upright beside it, if there is room."""
    label, (start, end) = chart.words.bars[one.kind], reach
    if text_width(label, _SPAN_LABEL_SIZE) > end - start:
        return ""
    middle = (start + end) / 2
    at = f"{number(x)} {number(middle)}"
    return f'<text class="span" text-anchor="middle" transform="translate({at}) rotate(-90)">{written(label)}</text>'


def _row(row: _Row, columns: _Columns) -> Iterator[str]:
    one, base = row.mark, row.middle + 4.5
    x = columns.lanes[one.lane]
    yield f'<g class="{lane_class(one.lane)} {certainty_class(one.certainty)}"><title>{written(_about(one))}</title>'
    yield lettering(columns.left, base, one.when, "when")
    yield level_line(row.middle, columns.left + _DATE_WIDTH, columns.labels - 6, "lead")
    yield mark(x, row.middle, one.certainty, radius=_RADIUS)
    for place, text in enumerate(row.lines):
        yield _label(columns.labels, base + _LINE * place, text, one.detail)
    below = base + _LINE * (max(len(row.lines), 1) - 1) + 1
    for place, text in enumerate(row.notes, start=1):
        yield lettering(columns.labels, below + _SMALL_LINE * place, text, "flag")
    numbers = ", ".join(str(place + 1) for place in one.sources)
    yield lettering(columns.right, base, numbers, "soft", anchor="end")
    yield "</g>"


def _label(x: float, y: float, text: str, detail: str) -> str:
    """Return a line of a title; a detail at its end is set in small."""
    if not detail or not text.endswith(detail):
        return lettering(x, y, text)
    title = text.removesuffix(detail)
    return f'<text x="{number(x)}" y="{number(y)}">{written(title)}<tspan class="soft">{written(detail)}</tspan></text>'


def _about(one: ChartMark) -> str:
    return ". ".join((f"{one.when}: {one.title}", *one.notes, one.certainty.value))
