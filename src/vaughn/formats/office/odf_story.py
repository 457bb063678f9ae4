"""The blocks of an OpenDocument text or slide as text that reads as it stands (OpenDocument 1.3 part 3, 4-6)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from vaughn.formats.office.docx_lists import written
from vaughn.formats.office.docx_story import ENDNOTE_MARK, PAGE_BREAK, Change, in_one_line
from vaughn.formats.office.odf_sheets import said
from vaughn.formats.office.package import attribute, child, children, local

MAX_DEPTH = 120
MAX_BLANKS = 1000
_FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_NO_TEXT = frozenset(
    {"tracked-changes", "sequence-decls", "variable-decls", "user-field-decls", "forms", "settings", "title", "desc"}
    | {"event-listeners", "change", "bookmark", "ruby-text", "dde-connection-decls"}
)
_INLINE = frozenset(
    {"change-start", "change-end", "annotation", "annotation-end", "note", "soft-page-break", "s", "tab", "line-break"}
)


@dataclass(slots=True)
class Styles:
    """What the styles of a document hide, break and number."""

    hiding: set[str] = field(default_factory=set)
    page_before: set[str] = field(default_factory=set)
    lists: dict[str, dict[int, tuple[str, str, str]]] = field(default_factory=dict)  # level: prefix, form, suffix

    def add(self, root: etree._Element | None) -> None:
        """Add the styles below *root*."""
        for style in root.iter("{*}style", "{*}list-style") if root is not None else ():
            name = attribute(style, "name") or ""
            if local(style) == "list-style":
                self.lists[name] = dict(_levels(style))
                continue
            for one in style:
                if local(one) == "text-properties" and attribute(one, "display") == "none":
                    self.hiding.add(name)
                if local(one) == "paragraph-properties" and attribute(one, "break-before") == "page":
                    self.page_before.add(name)


@dataclass(slots=True)
class OdfNotes:
    """What is gathered beside the text."""

    changes: dict[str, Change] = field(default_factory=dict)
    comments: list[tuple[str, str, str, list[str]]] = field(default_factory=list)  # name, by, words, anchor
    hidden: list[str] = field(default_factory=list)
    footnotes: list[str] = field(default_factory=list)
    endnotes: list[str] = field(default_factory=list)
    shape_changes: int = 0


class OdfStory:
    """Walks the blocks of one document."""

    def __init__(self, styles: Styles, notes: OdfNotes) -> None:
        self._styles, self.notes = styles, notes
        self._open_changes: list[Change] = []
        self._open_comments: dict[str, list[str]] = {}

    def read_changes(self, root: etree._Element) -> None:
        """Note the changes that *root* declares, with the words of what was deleted."""
        for region in root.iter("{*}changed-region"):
            identity = attribute(region, "id") or ""
            for one in region:
                what = {"insertion": "Inserted", "deletion": "Deleted"}.get(local(one))
                if what is None:
                    self.notes.shape_changes += 1
                    continue
                info = child(one, "change-info")
                change = Change(what, *((said(info, "creator"), said(info, "date")) if info is not None else ("", "")))
                if what == "Deleted":
                    change.text = "".join(self.blocks([part for part in one if local(part) != "change-info"], 0))
                self.notes.changes[identity] = change

    def blocks(self, parent: Iterable[etree._Element], depth: int) -> list[str]:
        """Return the lines of the blocks of *parent*."""
        if depth > MAX_DEPTH:
            return []
        lines: list[str] = []
        for element in parent:
            name = local(element)
            if name in {"p", "h"}:
                lines += self._paragraph(element, depth)
            elif name == "list":
                lines += self._list(element, depth + 1, level=1, style=attribute(element, "style-name"))
            elif name == "table":
                lines += self._table(element, depth + 1)
            elif name == "section" and attribute(element, "display") in {"none", "condition"}:
                self.notes.hidden.append("".join(self.blocks(element, depth + 1)))
            elif name in {"change-start", "change-end", "soft-page-break", "annotation", "annotation-end"}:
                lines += self._inline(name, element, depth)
            elif name and name not in _NO_TEXT:
                lines += self.blocks(element, depth + 1)
        return lines

    def _paragraph(self, element: etree._Element, depth: int) -> list[str]:
        style = attribute(element, "style-name")
        boxes: list[etree._Element] = []
        text = "".join(self._inlines(element, depth + 1, boxes))
        for change in self._open_changes:
            change.text += "\n"
        for anchor in self._open_comments.values():
            anchor.append("\n")
        boxed = [line for box in boxes for line in self.blocks(box, depth + 2)]
        if style in self._styles.hiding:
            self.notes.hidden += [text] if text else []
            return boxed
        return [PAGE_BREAK if style in self._styles.page_before else "", text, "\n", *boxed]

    def _list(self, element: etree._Element, depth: int, *, level: int, style: str | None) -> list[str]:
        lines: list[str] = []
        shape = self._styles.lists.get(style or "", {}).get(level)
        number = 0
        for one in element if depth <= MAX_DEPTH else ():
            name = local(one)
            if name not in {"list-item", "list-header"}:
                continue
            start = attribute(one, "start-value") or ""
            number = int(start) if start.isdecimal() and len(start) < 9 else number + (name == "list-item")
            label = _label(shape, number) if name == "list-item" else ""
            for part in one:
                if local(part) == "list":
                    lines += self._list(part, depth + 1, level=level + 1, style=attribute(part, "style-name") or style)
                else:
                    said_here = self.blocks([part], depth + 1)
                    if "".join(said_here).strip():
                        lines += [label, *said_here]
                        label = ""
        return lines

    def _table(self, element: etree._Element, depth: int) -> list[str]:
        lines: list[str] = []
        for row in element.iter("{*}table-row") if depth <= MAX_DEPTH else ():
            if next((one for one in row.iterancestors("{*}table")), None) is not element:
                continue  # of a table in a cell
            cells = []
            for cell in row:
                if local(cell) in {"table-cell", "covered-table-cell"}:
                    cells.append("".join(self.blocks(cell, depth + 1)).replace(PAGE_BREAK, "").strip("\n"))
            text = "\t".join(cells).rstrip("\t")
            lines += [text, "\n"] if text.strip() else []
        return lines

    def _inlines(self, element: etree._Element, depth: int, boxes: list[etree._Element]) -> list[str]:
        pieces = self._said(element.text)
        for one in element if depth <= MAX_DEPTH else ():
            name = local(one)
            if name == "frame" or name in {"custom-shape", "rect", "g", "text-box", "ellipse", "line"}:
                boxes.append(one)
            elif name == "span" and attribute(one, "style-name") in self._styles.hiding:
                inner = "".join(self._inlines(one, depth + 1, boxes))
                self.notes.hidden += [inner] if inner else []
            elif name in {"hidden-text", "hidden-paragraph"}:
                self.notes.hidden += filter(None, [attribute(one, "string-value") or one.text or ""])
            elif name in _INLINE:
                pieces += self._inline(name, one, depth)
            elif name and name not in _NO_TEXT:
                pieces += self._inlines(one, depth + 1, boxes)
            pieces += self._said(one.tail)
        return pieces

    def _inline(self, name: str, element: etree._Element, depth: int) -> list[str]:
        if name in {"change-start", "change-end"}:
            change = self.notes.changes.get(attribute(element, "change-id") or "")
            if change is not None and name == "change-start":
                self._open_changes.append(change)
            elif change in self._open_changes and change is not None:
                self._open_changes.remove(change)
            return []
        if name in {"annotation", "annotation-end"}:
            if name == "annotation":
                self._comment(element, depth)
            else:
                self._open_comments.pop(attribute(element, "name") or "", None)
            return []
        if name == "note":
            return self._said(self._note(element, depth))
        if name == "soft-page-break":
            return [PAGE_BREAK]
        if name == "s":
            count = attribute(element, "c") or "1"
            return self._said(" " * (min(int(count), MAX_BLANKS) if count.isdecimal() and len(count) < 9 else 1))
        return self._said("\t" if name == "tab" else "\n")

    def _comment(self, element: etree._Element, depth: int) -> None:
        by = ", ".join(filter(None, (said(element, "creator"), said(element, "date"))))
        body = [one for one in element if local(one) in {"p", "list"}]
        anchor: list[str] = []
        name = attribute(element, "name") or ""
        self.notes.comments.append((name, by, "".join(self.blocks(body, depth + 1)).strip(), anchor))
        if name and len(self._open_comments) < 40:
            self._open_comments[name] = anchor

    def _note(self, element: etree._Element, depth: int) -> str:
        notes = self.notes.endnotes if attribute(element, "note-class") == "endnote" else self.notes.footnotes
        place = len(notes)
        notes.append("")
        mark = (ENDNOTE_MARK if notes is self.notes.endnotes else "[{}]").format(place + 1)
        body = child(element, "note-body")
        words = "".join(self.blocks(body, depth + 1)) if body is not None else ""
        notes[place] = f"{mark} {in_one_line(words)}"
        return mark

    def _said(self, text: str | None) -> list[str]:
        if not text:
            return []
        for change in self._open_changes:
            change.text += text
        for anchor in self._open_comments.values():
            anchor.append(text)
        return [text]


def _levels(style: etree._Element) -> Iterable[tuple[int, tuple[str, str, str]]]:
    for one in style:
        level = attribute(one, "level") or ""
        if not level.isdecimal() or len(level) > 3:
            continue
        if local(one) == "list-level-style-number":
            form = _FORMS.get(attribute(one, "num-format") or "", "")
            yield int(level), (attribute(one, "num-prefix") or "", form, attribute(one, "num-suffix") or "")
        elif local(one) == "list-level-style-bullet":
            yield int(level), ("", "bullet", "")


def _label(shape: tuple[str, str, str] | None, number: int) -> str:
    if shape is None or not shape[1]:
        return ""
    if shape[1] == "bullet":
        return "\u2022 "
    return f"{shape[0]}{written(number, shape[1])}{shape[2]} "


def drawn_pages(root: etree._Element) -> list[etree._Element]:
    """Return the slides or drawing pages of *root* in their order."""
    return [page for body in root.iter("{*}presentation", "{*}drawing") for page in children(body, "page")]
