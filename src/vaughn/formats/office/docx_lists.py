"""Styles and automatic numbers of a DOCX: what a paragraph is numbered with, and whether a style hides its text.

ECMA-376 part 1, 17.7 (styles) and 17.9 (numbering). The numbers stand in no run of the text, and a reader of the
document still sees and cites them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from vaughn.formats.office.package import attribute, child, children

LEVELS = 9
MAX_BASES = 30  # styles rest on each other a few levels deep; more is a circle
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_PLACE = re.compile(r"%([1-9])")


@dataclass(slots=True)
class Style:
    """One style of a document: what it rests on, and what it says of itself."""

    based_on: str | None = None
    hides: bool | None = None
    list_id: str | None = None
    level: int | None = None


@dataclass(slots=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""


@dataclass(slots=True)
class _List:
    levels: dict[int, _Level] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)


def is_on(element: etree._Element | None) -> bool | None:
    """Return what a switch like ``w:vanish`` says; `None` if it is not there."""
    if element is None:
        return None
    return (attribute(element, "val") or "true").lower() not in {"0", "false", "off", "none"}


def styles_of(root: etree._Element | None) -> dict[str, Style]:
    """Return the styles of *root*, a styles part, by their ids."""
    found: dict[str, Style] = {}
    for element in children(root, "style") if root is not None else ():
        numbers = child(element, "pPr", "numPr")
        base = child(element, "basedOn")
        found[attribute(element, "styleId") or ""] = Style(
            attribute(base, "val") if base is not None else None,
            is_on(child(element, "rPr", "vanish")),
            _value(child(numbers, "numId")),
            _number(_value(child(numbers, "ilvl"))),
        )
    return found


def hides(styles: dict[str, Style], name: str | None) -> bool:
    """Tell whether the style *name*, or one it rests on, hides its text."""
    for _ in range(MAX_BASES):
        style = styles.get(name or "")
        if style is None:
            return False
        if style.hides is not None:
            return style.hides
        name = style.based_on
    return False


class Numbering:
    """Counts the numbered paragraphs of a document in their order."""

    def __init__(self, root: etree._Element | None, styles: dict[str, Style]) -> None:
        self._styles = styles
        self._lists: dict[str, _List] = {}
        self._overrides: dict[str, dict[int, int]] = {}
        self._abstract: dict[str, str] = {}
        self._begun: set[tuple[str, int]] = set()
        if root is None:
            return
        for element in children(root, "abstractNum"):
            self._lists[attribute(element, "abstractNumId") or ""] = _list(element)
        for element in children(root, "num"):
            name = attribute(element, "numId") or ""
            self._abstract[name] = _value(child(element, "abstractNumId")) or ""
            self._overrides[name] = {
                _number(attribute(one, "ilvl")) or 0: start
                for one in children(element, "lvlOverride")
                if (start := _number(_value(child(one, "startOverride")))) is not None
            }

    def label(self, paragraph: etree._Element) -> str:
        """Return the number *paragraph* bears, e.g. ``2.1.``, ``(b)`` or a bullet; nothing if it bears none."""
        name, level = self._place(paragraph)
        wanted = self._lists.get(self._abstract.get(name or "", ""))
        if name is None or wanted is None or level not in wanted.levels:
            return ""
        return self._counted(name, wanted, level)

    def _place(self, paragraph: etree._Element) -> tuple[str | None, int]:
        properties = child(paragraph, "pPr")
        numbers = child(properties, "numPr")
        name, level = _value(child(numbers, "numId")), _number(_value(child(numbers, "ilvl")))
        style_name = _value(child(properties, "pStyle"))
        for _ in range(MAX_BASES):
            style = self._styles.get(style_name or "")
            if style is None or (name is not None and level is not None):
                break
            name = name if name is not None else style.list_id
            level = level if level is not None else style.level
            style_name = style.based_on
        return name, level or 0

    def _counted(self, name: str, wanted: _List, level: int) -> str:
        start = self._overrides.get(name, {}).get(level)
        if start is not None and (name, level) not in self._begun:
            wanted.counts[level] = start - 1
        self._begun.add((name, level))
        wanted.counts[level] = wanted.counts.get(level, wanted.levels[level].start - 1) + 1
        for deeper in range(level + 1, LEVELS):
            wanted.counts.pop(deeper, None)
        shape = wanted.levels[level]
        if shape.form == "bullet":
            return "\u2022" if shape.text.strip() else ""
        return _PLACE.sub(lambda place: _shown(wanted, int(place[1]) - 1), shape.text)


def _list(element: etree._Element) -> _List:
    found = _List()
    for one in children(element, "lvl"):
        start, form, text = (_value(child(one, name)) for name in ("start", "numFmt", "lvlText"))
        level = _number(attribute(one, "ilvl")) or 0
        found.levels[level] = _Level(_number(start) if _number(start) is not None else 1, form or "decimal", text or "")  # type: ignore[arg-type]
    return found


def _shown(wanted: _List, level: int) -> str:
    shape = wanted.levels.get(level, _Level())
    return written(wanted.counts.get(level, shape.start), shape.form)


def written(number: int, form: str) -> str:
    """Return *number* in the form the list asks for; forms of other scripts as plain figures."""
    if form == "none":
        return ""
    if form == "decimalZero":
        return f"{number:02}"
    if form in {"lowerLetter", "upperLetter"} and 0 < number <= 26 * 30:
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters.upper() if form == "upperLetter" else letters
    if form in {"lowerRoman", "upperRoman"} and 0 < number < 4000:
        text = ""
        for value, sign in _ROMAN:
            text += sign * (number // value)
            number %= value
        return text.upper() if form == "upperRoman" else text
    return str(number)


def _value(element: etree._Element | None) -> str | None:
    return attribute(element, "val") if element is not None else None


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and text.lstrip("-").isdecimal() and len(text) < 9 else None
