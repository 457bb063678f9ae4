"""A timeline as one HTML page: drawing, table and sources; boxes to tick choose what is shown, without any script."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from vaughn.formats.timeline.content import Certainty, ChartMark, ChartSource, TimelineChart
from vaughn.formats.timeline.drawing import Part, drawn_timeline, style_sheet
from vaughn.formats.timeline.figures import certainty_class, lane_class
from vaughn.formats.timeline.lettering import written

# Nothing may run, and nothing may be fetched.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def timeline_page(chart: TimelineChart) -> str:
    """Return *chart* as a page of HTML; every text is escaped. Printed, it is the overview and the table."""
    words = chart.words
    style = (style_sheet() + style_sheet("page.css") + "".join(_hiding(chart))).replace("\n", "")
    subtitle = f'<p class="soft">{written(chart.subtitle)}</p>' if chart.subtitle else ""
    return (
        f'<!doctype html><html lang="{words.language}"><head><meta charset="utf-8">'
        f"<title>{written(chart.title)}</title>"
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="referrer" content="no-referrer">'
        f'<style>{style}</style></head><body><main class="vt"><h1>{written(chart.title)}</h1>{subtitle}'
        f"{_choices(chart)}{_drawings(chart)}{_events(chart)}{_bars(chart)}{_undated(chart)}{_sources(chart)}"
        "</main></body></html>\n"
    )


def _used(chart: TimelineChart) -> tuple[list[int], list[Certainty]]:
    lanes = sorted({one.lane for one in chart.marks} | {one.lane for one in chart.bars})
    return lanes, [one for one in Certainty if any(held.certainty is one for held in chart.marks)]


def _hiding(chart: TimelineChart) -> Iterator[str]:
    """Yield the rules by which an unticked box hides rows of the table and dims marks of the drawing."""
    lanes, certainties = _used(chart)
    for box, shown in (
        *((f"show-lane{lane}", f"in-lane{lane}") for lane in lanes),
        *((f"show-{certainty_class(one)}", certainty_class(one)) for one in certainties),
    ):
        off = f"main:has(#{box}:not(:checked))"
        # In drawings a lane is known by its colour: the same class.
        drawn = shown.replace("in-", "", 1) if shown.startswith("in-lane") else shown
        yield f"{off} tr.{shown}{{display:none}}{off} svg .{drawn}{{opacity:.12}}"


def _choices(chart: TimelineChart) -> str:
    lanes, certainties = _used(chart)
    if not lanes:
        return ""
    words = chart.words
    return (
        "<form>"
        + _boxes(f"{words.show}: {words.lane}", [(f"show-lane{lane}", chart.lanes[lane]) for lane in lanes])
        + _boxes(
            f"{words.show}: {words.confidence}",
            [(f"show-{certainty_class(one)}", words.certainties[one]) for one in certainties],
        )
        + "</form>"
    )


def _boxes(legend: str, boxes: list[tuple[str, str]]) -> str:
    inputs = "".join(
        f'<label><input type="checkbox" id="{box}" checked autocomplete="off">{written(label)}</label>'
        for box, label in boxes
    )
    return f"<fieldset><legend>{written(legend)}</legend>{inputs}</fieldset>"


def _drawings(chart: TimelineChart) -> str:
    if not chart.marks and not chart.bars:
        return f"<p>{written(chart.words.nothing)}</p>"
    return "".join(
        f'<div class="frame {part.value}" tabindex="0" role="group" aria-label="{written(chart.title)} ({part.value})">'
        f"{drawn_timeline(chart, part, with_style=False)}</div>"
        for part in (Part.OVERVIEW, Part.LIST)
    )


def _events(chart: TimelineChart) -> str:
    if not chart.marks:
        return ""
    words = chart.words
    head = "".join(
        f'<th scope="col">{written(one)}</th>'
        for one in (words.dates, words.lane, words.event, words.confidence, words.sources)
    )
    rows = "".join(_event(chart, one) for one in chart.marks)
    return (
        f'<h2>{written(words.all_events)}</h2><table class="events"><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _event(chart: TimelineChart, one: ChartMark) -> str:
    small = "".join(
        f"<small{style}>{written(text)}</small>"
        for style, text in (("", one.detail), *((' class="flag"', note) for note in one.notes))
        if text
    )
    classes = f"{lane_class(one.lane)} in-lane{one.lane} {certainty_class(one.certainty)}"
    return (
        f'<tr class="{classes}"><td class="when">{written(one.when)}</td>'
        f'<td class="lane">{written(chart.lanes[one.lane])}</td><td>{written(one.title)}{small}</td>'
        f"<td>{written(chart.words.certainties[one.certainty])}</td><td>{_numbers(one.sources)}</td></tr>"
    )


def _numbers(sources: tuple[int, ...]) -> str:
    return ", ".join(f'<a href="#source-{one + 1}">{one + 1}</a>' for one in sources)


def _bars(chart: TimelineChart) -> str:
    if not chart.bars:
        return ""
    rows = "".join(
        f'<tr class="{lane_class(one.lane)} in-lane{one.lane}"><td class="when">{written(one.when)}</td>'
        f'<td class="lane">{written(chart.lanes[one.lane])}</td><td>{written(one.title)}</td>'
        f"<td>{_numbers(one.sources)}</td></tr>"
        for one in chart.bars
    )
    words = chart.words
    head = "".join(
        f'<th scope="col">{written(one)}</th>' for one in (words.dates, words.lane, words.event, words.sources)
    )
    return (
        f'<h2>{written(words.running)}</h2><table class="events"><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _undated(chart: TimelineChart) -> str:
    if not chart.undated:
        return ""
    held = "".join(f"<li>{written(text)}</li>" for text in chart.undated)
    return f"<h2>{written(chart.words.undated)}</h2><ul>{held}</ul>"


def _sources(chart: TimelineChart) -> str:
    if not chart.sources:
        return ""
    held = "".join(
        f'<li id="source-{place}">{_source(source)}</li>' for place, source in enumerate(chart.sources, start=1)
    )
    return f"<h2>{written(chart.words.sources)}</h2><ol>{held}</ol>"


def _source(source: ChartSource) -> str:
    citation = f' <span class="soft">{written(source.citation)}</span>' if source.citation else ""
    if source.url is None or urlsplit(source.url).scheme not in ("http", "https"):
        return f"{written(source.title)}{citation}"
    return f'<a href="{written(source.url)}" rel="noreferrer noopener">{written(source.title)}</a>{citation}'
