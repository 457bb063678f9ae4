"""A timeline as one SVG drawing: overview, list with lanes, what has no date, forms explained, sources."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from functools import cache
from importlib.resources import files

from vaughn.formats.timeline.content import BarKind, Certainty, TimelineChart
from vaughn.formats.timeline.figures import bar, lettering, level_line, mark
from vaughn.formats.timeline.lettering import number, text_width, wrapped, written
from vaughn.formats.timeline.listing import listing
from vaughn.formats.timeline.overview import Drawn, overview

WIDTH = 1000.0
_LEFT, _RIGHT = 24.0, WIDTH - 24.0
_TEXT_SIZE = 13.0
_SMALL_SIZE, _SMALL_LINE = 11.0, 15.0
_TITLE_SIZE, _TITLE_LINE = 21.0, 27.0
_BETWEEN = 22.0


class Part(Enum):
    """What of the timeline is drawn."""

    WHOLE = "whole"
    OVERVIEW = "overview"
    LIST = "list"


def drawn_timeline(chart: TimelineChart, part: Part = Part.WHOLE, *, with_style: bool = True) -> str:
    """Return *chart* as an SVG document; the same chart gives the same text.

    Args:
        part: A page that says title, sources and forms itself needs only overview and list.
        with_style: Off where the page around it has `style_sheet` already.
    """
    pieces: list[str] = []
    y = 20.0 if part is Part.WHOLE else 2.0
    for draw in _PARTS[part]:
        drawn = draw(chart, y)
        pieces += drawn.pieces
        y += drawn.height + (_BETWEEN if drawn.height else 0)
    height = number(y)
    names = f"{part.value}-title {part.value}-desc"
    style = f"<style>{style_sheet()}</style>" if with_style else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="vt" role="img" lang="{chart.words.language}" '
        f'aria-labelledby="{names}" viewBox="0 0 {number(WIDTH)} {height}" width="{number(WIDTH)}" height="{height}">'
        f'<title id="{part.value}-title">{written(chart.title)}</title>'
        f'<desc id="{part.value}-desc">{written(_description(chart))}</desc>{style}'
        f'<rect class="paper" width="{number(WIDTH)}" height="{height}"/>{"".join(pieces)}</svg>\n'
    )


@cache
def style_sheet(name: str = "timeline.css") -> str:
    """Return a style sheet of ours in one line; the usual one has the colours and type of drawings and pages."""
    sheet = (files("vaughn.formats.timeline") / name).read_text("utf-8")
    return sheet.partition("*/")[2].replace("\n", "")


def _description(chart: TimelineChart) -> str:
    days = [mark.when for mark in chart.marks]
    reach = f", {days[0]} – {days[-1]}" if days else ""
    return f"{len(chart.marks)}{reach}: {', '.join(chart.lanes)}."


def _head(chart: TimelineChart, top: float) -> Drawn:
    titles = wrapped(chart.title, _TITLE_SIZE * 1.06, width=_RIGHT - _LEFT)
    pieces = [lettering(_LEFT, top + _TITLE_LINE * (place + 0.8), text, "head") for place, text in enumerate(titles)]
    y = top + _TITLE_LINE * len(titles)
    if chart.subtitle:
        pieces.append(lettering(_LEFT, y + 14, chart.subtitle, "soft"))
        y += 18
    return Drawn(tuple(pieces), y - top)


def _overview(chart: TimelineChart, top: float) -> Drawn:
    drawn = overview(chart, top=top, left=_LEFT, right=_RIGHT)
    return drawn if drawn.height else Drawn((lettering(_LEFT, top + 14, chart.words.nothing, "soft"),), 20)


def _listing(chart: TimelineChart, top: float) -> Drawn:
    return listing(chart, top=top, left=_LEFT, right=_RIGHT)


def _undated(chart: TimelineChart, top: float) -> Drawn:
    if not chart.undated:
        return Drawn((), 0)
    pieces = [lettering(_LEFT, top + 14, chart.words.undated, "year")]
    y = top + 24
    for text in chart.undated:
        for place, piece in enumerate(wrapped(f"– {text}", _TEXT_SIZE, width=_RIGHT - _LEFT - 16)):
            pieces.append(lettering(_LEFT + (12 if place else 0), y + 14, piece))
            y += 18
    return Drawn(tuple(pieces), y - top)


def _forms(chart: TimelineChart, top: float) -> Drawn:
    """Explain the forms that the drawing uses."""
    pieces: list[str] = [level_line(top, _LEFT, _RIGHT, "rule"), '<g class="lane1">']
    x, y = _LEFT + 6, top + 20
    for form in _used_forms(chart):
        label = chart.words.certainties[form] if isinstance(form, Certainty) else chart.words.bars[form]
        if x + text_width(label, _SMALL_SIZE) + 30 > _RIGHT:
            x, y = _LEFT + 6, y + 18
        pieces += [_form(form, x, y), lettering(x + 11, y + 4, label, "soft")]
        x += text_width(label, _SMALL_SIZE) + 40
    return Drawn((*pieces, "</g>"), y + 8 - top)


def _used_forms(chart: TimelineChart) -> Iterator[Certainty | BarKind]:
    yield from (one for one in Certainty if any(held.certainty is one for held in chart.marks))
    yield from (one for one in BarKind if any(held.kind is one for held in chart.bars))


def _form(form: Certainty | BarKind, x: float, y: float) -> str:
    if isinstance(form, Certainty):
        return mark(x, y, form, radius=4.6)
    return bar(x - 4, y - 7, width=8, height=14, kind=form)


def _sources(chart: TimelineChart, top: float) -> Drawn:
    """List the sources in two columns; the numbers at the right of the list name them."""
    if not chart.sources:
        return Drawn((), 0)
    pieces = [lettering(_LEFT, top + 14, chart.words.sources, "year")]
    column = (_RIGHT - _LEFT - 24) / 2
    blocks = [
        wrapped(f"{place}. {source.title}. {source.citation}", _SMALL_SIZE, width=column)
        for place, source in enumerate(chart.sources, start=1)
    ]
    half, lines = sum(len(block) for block in blocks) / 2, 0
    heights = [top + 26, top + 26]
    for block in blocks:
        side = 0 if lines < half else 1
        lines += len(block)
        for text in block:
            heights[side] += _SMALL_LINE
            pieces.append(lettering(_LEFT + side * (column + 24), heights[side] - 4, text, "soft"))
    return Drawn(tuple(pieces), max(heights) - top)


_PARTS = {
    Part.WHOLE: (_head, _overview, _listing, _undated, _forms, _sources),
    Part.OVERVIEW: (_overview,),
    Part.LIST: (_listing, _forms),
}
