"""What a chart or a diagram says: its titles and the values it keeps of the sheet it was drawn from.

ECMA-376 part 1, 21.2 (charts) and 21.4 (diagrams).
"""

from __future__ import annotations

from lxml import etree

from vaughn.formats.office.package import child, children, local

MAX_POINTS = 5000


def chart_text(root: etree._Element) -> str:
    """Return the titles of the chart, then one line a series: its name and its values with their categories."""
    lines = [text for title in root.iter("{*}title") if (text := _drawn(title))]
    for series in root.iter("{*}ser"):
        name = " ".join(_cached(child(series, "tx")))
        categories = _cached(child(series, "cat")) or _cached(child(series, "xVal"))
        values = _cached(child(series, "val")) or _cached(child(series, "yVal"))
        cells = (
            [f"{category}: {value}" for category, value in zip(categories, values, strict=False)]
            if categories
            else values
        )
        lines.append("\t".join([name, *cells] if name else cells))
    return "\n".join(line for line in lines if line.strip())


def diagram_text(root: etree._Element) -> str:
    """Return the words of a diagram, a paragraph a line."""
    return drawn_text(root)


def drawn_text(root: etree._Element) -> str:
    """Return the words of DrawingML below *root*, a paragraph a line."""
    lines = []
    for paragraph in root.iter("{*}p"):
        pieces = []
        for element in paragraph.iter():
            name = local(element)
            if name == "t":
                pieces.append(element.text or "")
            elif name == "br":
                pieces.append("\n")
        line = "".join(pieces)
        if line.strip():
            lines.append(line)
    return "\n".join(lines)


def _drawn(title: etree._Element) -> str:
    return drawn_text(title) or " ".join(_cached(child(title, "tx")))


def _cached(element: etree._Element | None) -> list[str]:
    found: list[str] = []
    for cache in (
        element.iter("{*}strCache", "{*}numCache", "{*}strLit", "{*}numLit", "{*}lvl") if element is not None else ()
    ):
        for point in children(cache, "pt"):
            value = child(point, "v")
            if value is not None and value.text and len(found) < MAX_POINTS:
                found.append(value.text)
    if element is not None and not found and (value := child(element, "v")) is not None and value.text:
        found.append(value.text)
    return found
