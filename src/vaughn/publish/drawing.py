"""Whether an SVG drawing only draws: no script, no link, nothing fetched; and its words without hidden names."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from vaughn.model import InputError
from vaughn.publish.hiding import NamesToHide

_SVG = "http://www.w3.org/2000/svg"
_ELEMENTS = re.compile(
    "svg|g|defs|title|desc|style|path|rect|circle|ellipse|line|polyline|polygon|text|tspan|marker|pattern|clipPath"
    "|linearGradient|radialGradient|stop|use|symbol"
)
# An address of something outside; a part of the same drawing ("#arrow") is not one.
_OUTSIDE = re.compile(r"url\s*\(\s*['\"]?\s*(?!#)|@import|expression\s*\(|javascript:", re.IGNORECASE)
_DECLARATION = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def checked_drawing(svg: str, names: NamesToHide) -> str:
    """Return *svg* written anew, its words without hidden names.

    Raises:
        InputError: If it holds anything but lines, shapes and words.
    """
    if _DECLARATION.search(svg):
        raise _refused("a document type")
    try:
        root = ElementTree.fromstring(svg)  # noqa: S314 - declarations, and with them entities, were refused above
    except ElementTree.ParseError:
        raise _refused("XML that cannot be read") from None
    if root.tag != f"{{{_SVG}}}svg":
        raise _refused("something that is no SVG")
    for element in root.iter():
        _check(element)
        element.text, element.tail = _covered(element.text, names), _covered(element.tail, names)
        for name, value in element.attrib.items():
            element.set(name, names.covered(value))
    # A name cut into several words of the drawing cannot be covered word by word.
    if names.show_in(" ".join(root.itertext())):
        raise _refused("a name to hide in several pieces")
    ElementTree.register_namespace("", _SVG)
    return ElementTree.tostring(root, encoding="unicode") + "\n"


def _covered(text: str | None, names: NamesToHide) -> str | None:
    return names.covered(text) if text else text


def _check(element: ElementTree.Element) -> None:
    name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
    if _ELEMENTS.fullmatch(name) is None or not str(element.tag).startswith(f"{{{_SVG}}}"):
        raise _refused(f"an element {name[:40]!r}")
    for key, value in element.attrib.items():
        plain = key.rpartition("}")[2].lower()
        if plain.startswith("on") or (plain in {"href", "src"} and not value.startswith("#")) or _OUTSIDE.search(value):
            raise _refused(f"an attribute {plain[:40]!r}")
    if name == "style" and _OUTSIDE.search(element.text or ""):
        raise _refused("a style that fetches")


def _refused(what: str) -> InputError:
    return InputError(f"The drawing of the timeline holds {what}.", hint="It may hold lines, shapes and words alone.")
