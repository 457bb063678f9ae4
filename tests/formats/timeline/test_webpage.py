"""The page: one file, nothing fetched, nothing runs, boxes choose what is shown."""

from __future__ import annotations

import re
from datetime import date

from tests.formats.timeline.test_drawing import chart, mark
from vaughn.formats.timeline import ChartSource, TimelineChart, timeline_page

HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>'


def test_nothing_in_a_page_can_run_or_be_fetched():
    """It is handed around and opened from disk."""
    page = timeline_page(chart(mark(date(2011, 2, 7), HOSTILE, notes=(HOSTILE,), detail=HOSTILE), undated=(HOSTILE,)))
    tags = {tag.lower() for tag in re.findall(r"<([a-zA-Z]+)", page)}
    assert tags.isdisjoint({"script", "img", "iframe", "link", "object"})
    assert "default-src 'none'" in page
    assert not re.search(r"url\(|@import", page)


def test_a_source_is_linked_only_to_a_web_address():
    """Who imports a docket does not choose what a click does."""
    day = date(2011, 2, 7)
    held = TimelineChart(
        "T",
        ("Court",),
        (mark(day, lane=0),),
        sources=(
            ChartSource("Bad", url="javascript:alert(1)"),
            ChartSource("Good", url="https://example.org/?a=1&b=2"),
        ),
    )
    page = timeline_page(held)
    assert "javascript" not in page
    assert 'href="https://example.org/?a=1&amp;b=2"' in page


def test_each_lane_and_certainty_has_a_box_that_hides_its_rows():
    """Filtering works without any script."""
    page = timeline_page(chart(mark(date(2011, 2, 7), lane=0), mark(date(2011, 2, 8), lane=1)))
    boxes = re.findall(r'<input type="checkbox" id="([^"]+)" checked', page)
    assert boxes == ["show-lane0", "show-lane1", "show-is-confirmed"]
    for box in boxes:
        assert f"main:has(#{box}:not(:checked))" in page


def test_every_event_is_a_row_with_its_sources():
    """The drawing is for the eye; the table is for everybody, and for paper."""
    page = timeline_page(chart(mark(date(2011, 2, 7)), mark(date(2012, 2, 7), "Another")))
    assert page.count('<td class="when">') == 2
    assert '<a href="#source-1">1</a>' in page
    assert 'id="source-1"' in page
