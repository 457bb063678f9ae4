"""One story of a DOCX (its body, a header, a note) as text that reads as the document stands.

ECMA-376 part 1, 17. What was inserted stands in the text, what was deleted does not; both are kept as changes with
who made them. Hidden text is kept apart. Of a field the result stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from lxml import etree

from vaughn.formats.office.docx_lists import Numbering, Style, hides, is_on
from vaughn.formats.office.package import attribute, child, children, local

MAX_DEPTH = 120  # tables in boxes in tables: real documents stay below 15
MAX_OPEN_COMMENTS = 40  # comments on the same word
PAGE_BREAK = "\f"
ENDNOTE_MARK = "[end {}]"  # told from the numbers of footnotes
_LINKING_FIELDS = {"INCLUDETEXT": "file", "INCLUDEPICTURE": "file", "LINK": "file", "DDE": "file", "DDEAUTO": "file",
                   "HYPERLINK": "link", "RD": "file", "IMPORT": "file"}  # fmt: skip
_FIELD = re.compile(r"\s*([A-Z]+)\s+(?:\\\S+\s+)*(\"[^\"]*\"|\S*)")
_SIGNS = {"noBreakHyphen": "\u2011", "softHyphen": "", "cr": "\n", "tab": "\t", "ptab": "\t"}
_CHANGES = {"ins": "Inserted", "del": "Deleted", "moveFrom": "Moved away", "moveTo": "Moved here"}
# Symbol fonts put their signs into the private area; the commonest are told as what they look like.
_SYMBOLS = {0xF0A7: "\u25aa", 0xF0B7: "\u2022", 0xF0FE: "\u2612", 0xF0FD: "\u2612", 0xF0A8: "\u2610", 0xF06F: "\u2610",
            0xF0FC: "\u2713", 0xF0E0: "\u2192"}  # fmt: skip
_SHAPES = frozenset({"rPrChange", "pPrChange", "tblPrChange", "trPrChange", "tcPrChange", "sectPrChange"})


@dataclass(slots=True)
class Change:
    """One tracked change: what was done, by whom, when, and the words."""

    what: str
    author: str
    date: str
    text: str = ""

    def line(self) -> str:
        """Return it as a line of the list of changes."""
        by = ", ".join(filter(None, (self.author, self.date)))
        return f"{self.what} by {by or 'unknown'}: {in_one_line(self.text)}"


@dataclass(slots=True)
class Notes:
    """What is gathered while stories are read: changes, comments, links, pictures, hidden text, notes referred to."""

    changes: list[Change] = field(default_factory=list)
    shape_changes: int = 0
    anchors: dict[str, list[str]] = field(default_factory=dict)
    hidden: list[str] = field(default_factory=list)
    descriptions: list[str] = field(default_factory=list)
    fields: list[tuple[str, str]] = field(default_factory=list)
    footnotes: dict[str, int] = field(default_factory=dict)
    endnotes: dict[str, int] = field(default_factory=dict)
    drawn: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _State:
    """Where the walk stands: inside which change, how deep, in a table or not."""

    change: Change | None = None
    hidden: bool = False
    depth: int = 0
    in_cell: bool = False

    @property
    def is_gone(self) -> bool:
        return self.change is not None and self.change.what in {"Deleted", "Moved away"}


class Story:
    """Walks one part of a document."""

    def __init__(
        self, notes: Notes, styles: dict[str, Style], numbering: Numbering, *, drawn: Callable[[str], str] | None = None
    ) -> None:
        """Prepare the walk.

        Args:
            drawn: Returns what the chart or diagram of a relationship id says.
        """
        self.notes = notes
        self._styles, self._numbering, self._drawn = styles, numbering, drawn
        self._fields: list[list[str] | None] = []  # code of each open field; `None` while its result is read
        self._active: set[str] = set()  # comments whose range is open
        self._boxes: list[etree._Element] = []

    def text(self, root: etree._Element) -> str:
        """Return what the blocks of *root* say, pages parted by form feeds."""
        return "".join(self._blocks(root, _State())).strip("\n")

    # -- blocks ------------------------------------------------------------------------------------------------

    def _blocks(self, parent: Iterable[etree._Element], state: _State) -> list[str]:
        if state.depth > MAX_DEPTH:
            return ["".join(str(one) for element in parent for one in element.itertext())]
        lines: list[str] = []
        for element in parent:
            name = local(element)
            if name == "p":
                lines += self._paragraph(element, state)
            elif name == "tbl":
                lines += self._table(element, replace(state, depth=state.depth + 1))
            elif name in _CHANGES:
                inner = replace(state, change=self._change(name, element), depth=state.depth + 1)
                lines += self._blocks(element, inner)
            elif name == "AlternateContent":
                lines += self._blocks(_chosen(element), replace(state, depth=state.depth + 1))
            elif name in {"sdt", "customXml", "sdtContent", "smartTag", "body", "txbxContent"}:
                lines += self._blocks(element, replace(state, depth=state.depth + 1))
            elif name in {"commentRangeStart", "commentRangeEnd"}:
                self._range(name, element)
            elif name == "altChunk":
                self.notes.drawn.append(attribute(element, "id") or "")
        return lines

    def _paragraph(self, element: etree._Element, state: _State) -> list[str]:
        properties = child(element, "pPr")
        hidden = state.hidden or hides(self._styles, _style(properties, "pStyle"))
        inner = replace(state, hidden=hidden, depth=state.depth + 1)
        before = len(self._boxes)
        text = "".join(self._inlines(element, inner))
        self._end_paragraph()
        self.notes.shape_changes += sum(local(one) in _SHAPES for one in (properties if properties is not None else ()))
        if text.strip() and not state.is_gone:
            label = self._numbering.label(element)
            text = _after_breaks(f"{label} " if label else "", text)
        if is_on(child(properties, "pageBreakBefore")) and not state.in_cell:
            text = PAGE_BREAK + text
        boxes, self._boxes[before:] = self._boxes[before:], []
        boxed = [line for box in boxes for line in self._blocks(box, replace(inner, hidden=state.hidden))]
        mark = child(properties, "rPr")
        mark_gone = any(child(mark, gone) is not None for gone in ("del", "moveFrom"))
        section_ends = child(properties, "sectPr")
        end = "" if mark_gone or state.is_gone else "\n"
        if section_ends is not None and not state.in_cell and _begins_page(section_ends):
            end += PAGE_BREAK
        return [text, end, *boxed]

    def _end_paragraph(self) -> None:
        for name in self._active:
            self.notes.anchors[name].append("\n")
        if self.notes.changes:
            last = self.notes.changes[-1]
            last.text += "\n" if last.text and not last.text.endswith("\n") else ""
        if self.notes.hidden and not self.notes.hidden[-1].endswith("\n"):
            self.notes.hidden[-1] += "\n"

    def _table(self, element: etree._Element, state: _State) -> list[str]:
        lines: list[str] = []
        for row in element:
            name = local(row)
            if name in {"sdt", "customXml", "sdtContent"} and state.depth <= MAX_DEPTH:
                lines += self._table(row, replace(state, depth=state.depth + 1))
            elif name in _CHANGES and state.depth <= MAX_DEPTH:
                inner = replace(state, change=self._change(name, row), depth=state.depth + 1)
                lines += self._table(row, inner)
            elif name == "tr":
                lines += self._row(row, state)
        return lines

    def _row(self, row: etree._Element, state: _State) -> list[str]:
        properties = child(row, "trPr")
        for name in ("del", "ins"):
            mark = child(properties, name)
            if mark is not None:
                state = replace(state, change=self._change(name, mark))
        cells = []
        for cell in self._cells(row, 0):
            text = "".join(self._blocks(cell, replace(state, in_cell=True, depth=state.depth + 1)))
            cells.append(text.replace(PAGE_BREAK, "").strip("\n"))
        text = "\t".join(cells).rstrip("\t")
        return [text, "\n"] if text.strip() else []

    def _cells(self, row: etree._Element, depth: int) -> list[etree._Element]:
        found = []
        for element in row:
            name = local(element)
            if name == "tc":
                found.append(element)
            elif name in {"sdt", "customXml", "sdtContent"} and depth < MAX_DEPTH:
                found += self._cells(element, depth + 1)
        return found

    # -- inside a paragraph ------------------------------------------------------------------------------------

    def _inlines(self, parent: Iterable[etree._Element], state: _State) -> list[str]:
        if state.depth > MAX_DEPTH:
            return []
        pieces: list[str] = []
        deeper = replace(state, depth=state.depth + 1)
        for element in parent:
            name = local(element)
            if name == "r":
                pieces += self._run(element, deeper)
            elif name in _CHANGES:
                pieces += self._inlines(element, replace(deeper, change=self._change(name, element)))
            elif name == "AlternateContent":
                pieces += self._inlines(_chosen(element), deeper)
            elif name == "fldSimple":
                self._note_field(attribute(element, "instr") or "")
                pieces += self._inlines(element, deeper)
            elif name in {"hyperlink", "smartTag", "sdt", "sdtContent", "customXml", "dir", "bdo", "ruby", "rubyBase"}:
                pieces += self._inlines(element, deeper)
            else:
                pieces += self._seldom_inline(name, element, deeper)
        return pieces

    def _seldom_inline(self, name: str, element: etree._Element, state: _State) -> list[str]:
        if name in {"drawing", "pict", "object"}:
            return self._drawing(element, state)
        if name in {"oMath", "oMathPara"}:
            return self._said("".join(str(one) for one in element.itertext()), state)
        if name in {"commentRangeStart", "commentRangeEnd"}:
            self._range(name, element)
        return []

    def _run(self, element: etree._Element, state: _State) -> list[str]:
        properties = child(element, "rPr")
        own = is_on(child(properties, "vanish"))
        if own is None and _style(properties, "rStyle"):
            own = hides(self._styles, _style(properties, "rStyle")) or None
        if own is not None:
            state = replace(state, hidden=own)
        if child(properties, "rPrChange") is not None:
            self.notes.shape_changes += 1
        pieces: list[str] = []
        for one in element:
            pieces += self._piece(one, state)
        return pieces

    def _piece(self, element: etree._Element, state: _State) -> list[str]:
        name = local(element)
        if name in {"t", "delText"}:
            return self._said(element.text or "", state)
        if name in _SIGNS:
            return self._said(_SIGNS[name], state)
        if name in {"br", "lastRenderedPageBreak"}:
            return self._break(element, state)
        if name == "AlternateContent" and state.depth <= MAX_DEPTH:
            deeper = replace(state, depth=state.depth + 1)
            return [text for one in _chosen(element) for text in self._piece(one, deeper)]
        return self._seldom_piece(name, element, state)

    def _seldom_piece(self, name: str, element: etree._Element, state: _State) -> list[str]:
        pieces: list[str] = []
        if name == "sym":
            pieces = self._said(_symbol(attribute(element, "char")), state)
        elif name in {"footnoteReference", "endnoteReference"}:
            pieces = self._said(self._note_reference(name, element), state)
        elif name in {"drawing", "pict", "object"}:
            pieces = self._drawing(element, state)
        elif name == "commentReference":
            self.notes.anchors.setdefault(attribute(element, "id") or "", [])
        elif name == "fldChar":
            self._field_character(attribute(element, "fldCharType") or "")
        elif name == "instrText" and self._fields:
            code = self._fields[-1]
            if code is not None:
                code.append(element.text or "")
        return pieces

    def _break(self, element: etree._Element, state: _State) -> list[str]:
        if local(element) == "br" and attribute(element, "type") != "page":
            return self._said("\n", state)
        return [] if state.in_cell or state.is_gone else [PAGE_BREAK]

    def _said(self, text: str, state: _State) -> list[str]:
        """Return *text* if the document shows it; else keep it where it belongs."""
        if not text or any(code is not None for code in self._fields):
            return []
        if state.change is not None:
            state.change.text += text
            if state.is_gone:
                return []
        if state.hidden:
            self.notes.hidden.append(text)
            return []
        for name in self._active:
            self.notes.anchors[name].append(text)
        return [text]

    def _note_reference(self, name: str, element: etree._Element) -> str:
        notes = self.notes.footnotes if name == "footnoteReference" else self.notes.endnotes
        identity = attribute(element, "id") or ""
        number = notes.setdefault(identity, len(notes) + 1)
        return f"[{number}]" if name == "footnoteReference" else ENDNOTE_MARK.format(number)

    def _drawing(self, element: etree._Element, state: _State) -> list[str]:
        pieces: list[str] = []
        for one in _outer(element, {"txbxContent", "docPr", "chart", "relIds", "textpath"}):
            name = local(one)
            if name == "txbxContent":
                self._boxes.append(one)
            elif name == "textpath":
                pieces += self._said(attribute(one, "string") or "", state)
            elif name == "docPr":
                self.notes.descriptions += filter(None, [(one.get("descr") or "").strip()])
            elif self._drawn is not None:
                said = self._drawn(attribute(one, "id") or attribute(one, "dm") or "")
                pieces += self._said(f"\n{said}\n" if said else "", state)
        return pieces

    # -- changes, comments, fields -----------------------------------------------------------------------------

    def _change(self, name: str, element: etree._Element) -> Change:
        author, date = attribute(element, "author") or "", attribute(element, "date") or ""
        last = self.notes.changes[-1] if self.notes.changes else None
        if last is None or (last.what, last.author, last.date) != (_CHANGES[name], author, date):
            last = Change(_CHANGES[name], author, date)
            self.notes.changes.append(last)
        return last

    def _range(self, name: str, element: etree._Element) -> None:
        identity = attribute(element, "id") or ""
        self.notes.anchors.setdefault(identity, [])
        if name == "commentRangeEnd":
            self._active.discard(identity)
        elif len(self._active) < MAX_OPEN_COMMENTS:
            self._active.add(identity)

    def _field_character(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append([])
        elif self._fields:
            code = self._fields[-1]
            if code is not None:
                self._note_field("".join(code))
            if kind == "separate":
                self._fields[-1] = None
            else:
                self._fields.pop()

    def _note_field(self, code: str) -> None:
        matched = _FIELD.match(code)
        if matched and matched[1] in _LINKING_FIELDS and not code.lstrip().startswith("HYPERLINK \\l"):
            self.notes.fields.append((_LINKING_FIELDS[matched[1]], matched[2].strip('"')))


def in_one_line(text: str) -> str:
    """Return *text* with a paragraph sign where a paragraph ends."""
    return " \u00b6 ".join(line.strip() for line in text.split("\n") if line.strip())


def _after_breaks(label: str, text: str) -> str:
    body = text.lstrip(PAGE_BREAK)
    return text[: len(text) - len(body)] + label + body


def _style(properties: etree._Element | None, name: str) -> str | None:
    element = child(properties, name)
    return attribute(element, "val") if element is not None else None


def _begins_page(section: etree._Element) -> bool:
    kind = child(section, "type")
    return kind is None or attribute(kind, "val") not in {"continuous", "nextColumn"}


def _chosen(element: etree._Element) -> etree._Element:
    """Return the first of several ways to say the same; an empty one if there is none."""
    for name in ("Choice", "Fallback"):
        for one in children(element, name):
            return one
    return etree.Element("none")


def _outer(element: etree._Element, names: set[str]) -> list[etree._Element]:
    """Return the elements called *names* below *element*, but not those inside one of them."""
    found, waiting = [], [element]
    while waiting:
        one = waiting.pop()
        name = local(one)
        if name in names:
            found.append(one)
        elif name == "AlternateContent":
            waiting.append(_chosen(one))
        else:
            waiting += reversed(one)
    return found


def _symbol(code: str | None) -> str:
    try:
        value = int(code or "", 16)
    except ValueError:
        return ""
    return _SYMBOLS.get(value, chr(value) if 31 < value < 0xD800 else "\u25a1")
