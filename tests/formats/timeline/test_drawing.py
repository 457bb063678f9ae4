"""The drawing: well formed, the same each time, nothing overlaps, nothing of a text becomes markup."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaughn.formats.timeline import (
    SPANISH,
    BarKind,
    Certainty,
    ChartBar,
    ChartMark,
    ChartSource,
    Part,
    TimelineChart,
    drawn_timeline,
)

SVG = "{http://www.w3.org/2000/svg}"
LANES = ("Request", "Court")
SOURCES = (ChartSource("The order", "ECF 41"), ChartSource("A page", "about 2014"))


def mark(day, title="An order", lane=1, last=None, **more):
    """Return a mark on a day."""
    return ChartMark(lane, day, last or day, str(day), title, Certainty.CONFIRMED, sources=(0,), **more)


def chart(*marks, **more):
    """Return a chart of two lanes."""
    return TimelineChart("Doe v. Agency", LANES, marks, sources=SOURCES, **more)


def texts(drawing):
    """Return each text of a drawing with its place."""
    root = ElementTree.fromstring(drawing)
    return [
        ("".join(one.itertext()), float(one.get("x")), float(one.get("y")))
        for one in root.iter(f"{SVG}text")
        if one.get("x") is not None
    ]


def test_a_title_is_drawn_as_text_whatever_it_holds():
    """Captions come from dockets and strangers."""
    hostile = '<script>alert(1)</script> & "quoted" =HYPERLINK() \x0b\x00 end'
    drawing = drawn_timeline(chart(mark(date(2011, 2, 7), hostile, notes=(hostile,), detail=hostile)))
    root = ElementTree.fromstring(drawing)
    assert {one.tag.removeprefix(SVG) for one in root.iter()}.isdisjoint({"script", "image", "use", "a"})
    assert any("<script>alert(1)</script>" in text for text, _, _ in texts(drawing))
    assert "http" not in drawing.replace("http://www.w3.org/2000/svg", "")


def test_the_same_chart_gives_the_same_drawing():
    """What is published must not change without a change."""
    held = chart(mark(date(2011, 2, 7)), mark(date(2012, 2, 7)))
    assert drawn_timeline(held) == drawn_timeline(replace(held))


def test_a_drawing_names_itself_for_those_who_do_not_see_it():
    """Screen readers read title and description."""
    root = ElementTree.fromstring(drawn_timeline(chart(mark(date(2011, 2, 7)))))
    assert root.get("role") == "img"
    named = root.get("aria-labelledby").split()
    assert [one.get("id") for one in root if one.get("id") in named] == named
    assert root.find(f"{SVG}title").text == "Doe v. Agency"


def test_each_certainty_has_a_form_of_its_own():
    """Colour must never be the only sign."""
    forms = set()
    for certainty in Certainty:
        drawing = drawn_timeline(chart(replace(mark(date(2011, 2, 7)), certainty=certainty)), Part.LIST)
        (group,) = re.findall(rf'<g class="lane1 is-{certainty.value.replace(" ", "-")}">.*?</g>', drawing)
        forms.add(tuple(re.findall(r'<(?:circle|path) class="(?:mark|ring)[^"]*"[^>]*?(?:r="[\d.]+"|Z")', group)))
    assert len(forms) == len(Certainty)


def test_a_bar_that_nobody_ended_reaches_the_end_of_the_drawing():
    """An open stay is still running."""
    day = date(2011, 2, 7)
    marks = (mark(day), mark(date(2012, 2, 7)))
    ended = ChartBar(1, day, date(2011, 3, 1), BarKind.STAY, "Stay", "2011")
    heights = []
    for bar in (ended, replace(ended, last=None)):
        drawing = drawn_timeline(chart(*marks, bars=(bar,)), Part.LIST)
        heights.append(float(re.search(r'class="bar stay"[^>]* height="([\d.]+)"', drawing)[1]))
    assert heights[1] > heights[0] * 2


def test_bars_that_run_at_once_stand_side_by_side():
    """An appeal and a stay of the same weeks must both be seen."""
    day = date(2011, 11, 14)
    bars = tuple(
        ChartBar(1, day + timedelta(shift), date(2011, 12, 28), kind, kind.value, "2011")
        for shift, kind in ((0, BarKind.APPEAL), (23, BarKind.STAY))
    )
    drawing = drawn_timeline(chart(mark(day), mark(date(2011, 12, 28)), bars=bars), Part.LIST)
    places = re.findall(r'class="bar (?:appeal|stay)" x="([\d.]+)"[^>]* width="7"', drawing)
    assert len(set(places)) == 2


def test_a_timeline_without_events_says_so():
    """An empty picture looks like a fault."""
    assert "Nothing in this part of the timeline." in drawn_timeline(chart())


def test_the_words_of_a_drawing_can_be_spanish():
    """The public page comes in two languages."""
    drawing = drawn_timeline(chart(mark(date(2011, 2, 7)), undated=("Algo",), words=SPANISH))
    assert {"Sin fecha", "Fuentes", "confirmado"} <= {text for text, _, _ in texts(drawing)}


def test_a_mark_in_a_lane_that_is_not_there_is_refused():
    """It is a mistake of ours, to be seen at once."""
    with pytest.raises(ValueError, match="lane"):
        chart(mark(date(2011, 2, 7), lane=2))


DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))
TITLES = st.text(min_size=1, max_size=200)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(DAYS, TITLES, st.integers(0, 1)), min_size=1, max_size=30))
def test_labels_never_overlap(held):
    """Two lines of one column are a line apart, however many events a day has and however long they are."""
    marks = [mark(day, title, lane) for day, title, lane in sorted(held, key=lambda one: one[0])]
    drawing = drawn_timeline(chart(*marks), Part.LIST)
    columns = {}
    for _, x, y in texts(drawing):
        columns.setdefault(x, []).append(y)
    for column in columns.values():
        assert all(later - earlier >= 13.9 for earlier, later in pairwise(sorted(column)))
    height = float(ElementTree.fromstring(drawing).get("height"))
    assert max(y for _, _, y in texts(drawing)) < height
