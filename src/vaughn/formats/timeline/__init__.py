"""A timeline's content comes in; an SVG drawing or a single HTML page with drawing and table goes out.

What happened is decided by the room that tells it; here it is only drawn. Nothing is fetched, nothing runs.
"""

from vaughn.formats.timeline.content import (
    ENGLISH,
    SPANISH,
    BarKind,
    Certainty,
    ChartBar,
    ChartMark,
    ChartSource,
    ChartWords,
    TimelineChart,
)
from vaughn.formats.timeline.drawing import Part, drawn_timeline
from vaughn.formats.timeline.webpage import timeline_page

__all__ = [
    "ENGLISH",
    "SPANISH",
    "BarKind",
    "Certainty",
    "ChartBar",
    "ChartMark",
    "ChartSource",
    "ChartWords",
    "Part",
    "TimelineChart",
    "drawn_timeline",
    "timeline_page",
]
