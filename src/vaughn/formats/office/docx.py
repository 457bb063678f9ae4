"""DOCX, DOCM, DOTX as records: the text as the document stands, then what it holds besides.

The first pages are the document: header, body, footer, notes. The last one, with titles in brackets, lists comments,
tracked changes, hidden text, descriptions of pictures and what is referred to. ECMA-376 part 1, 17; strict files too.
"""

from __future__ import annotations

from collections.abc import Iterable

from vaughn.formats.office.chart import chart_text, diagram_text
from vaughn.formats.office.docx_lists import Numbering, styles_of
from vaughn.formats.office.docx_story import ENDNOTE_MARK, PAGE_BREAK, Notes, Story, in_one_line
from vaughn.formats.office.gathered import Gathered, joined, section
from vaughn.formats.office.inside import add_related, note_macros, note_outside
from vaughn.formats.office.locked import reading_of_ole
from vaughn.formats.office.package import Package, attribute, children
from vaughn.formats.office.properties import package_facts
from vaughn.formats.readers.content import Reading, ReadingRequest
from vaughn.model import DocumentKind

MAX_ANCHOR_LETTERS = 300


@reading_of_ole
def read_docx(request: ReadingRequest) -> Reading:
    """Return the document of *request*.

    Raises:
        FileRefused: If it is locked, damaged beyond reading or too large.
    """
    gathered = Gathered(request)
    package = Package(request.path, gathered.told)
    document = _Document(package, gathered)
    document.read()
    facts = package_facts(package, DocumentKind.TEXT_DOCUMENT)
    return gathered.reading(facts)


class _Document:
    def __init__(self, package: Package, gathered: Gathered) -> None:
        self._package, self._gathered, self._told = package, gathered, gathered.told
        self._main = package.main_part("word/document.xml")
        self._arrows = package.relationships(self._main)
        self._styles = styles_of(package.tree_if_any(package.related(self._main, "styles")))
        self._notes = Notes()
        self._numbering = Numbering(package.tree_if_any(package.related(self._main, "numbering")), self._styles)

    def read(self) -> None:
        root = self._package.tree(self._main)
        body = self._story(self._main).text(root)
        pages = [page for page in body.split(PAGE_BREAK) if page.strip()] or [""]
        headers, footers = self._around("header"), self._around("footer")
        foot = section("Footnotes", self._note_lines("footnotes", self._notes.footnotes, mark="[{}] "))
        ends = section("Endnotes", self._note_lines("endnotes", self._notes.endnotes, mark=ENDNOTE_MARK + " "))
        pages[0] = joined(section("Header", headers), pages[0])
        pages[-1] = joined(pages[-1], section("Footer", footers), foot, ends)
        comments = self._comment_lines()
        self._add_inside()
        self._gathered.texts += pages
        besides = joined(
            section("Comments", comments),
            section("Tracked changes", self._change_lines()),
            section("Hidden text", self._hidden_lines()),
            section("Descriptions of pictures", dict.fromkeys(self._notes.descriptions)),
            section("Refers to", self._outside_lines()),
        )
        if besides:
            self._gathered.texts.append(besides)

    def _story(self, part: str) -> Story:
        arrows = self._package.relationships(part)

        def drawn(identity: str) -> str:
            arrow = arrows.get(identity)
            if arrow is None or arrow.external or arrow.target not in self._package:
                return ""
            root = self._package.tree_if_any(arrow.target)
            if root is None:
                return ""
            return chart_text(root) if arrow.kind == "chart" else diagram_text(root)

        return Story(self._notes, self._styles, self._numbering, drawn=drawn)

    def _around(self, kind: str) -> list[str]:
        """Return the different headers or footers of the document, in the order they are named."""
        found: dict[str, None] = {}
        for arrow in self._arrows.values():
            if arrow.kind == kind and not arrow.external:
                root = self._package.tree_if_any(arrow.target)
                text = self._story(arrow.target).text(root).replace(PAGE_BREAK, "") if root is not None else ""
                found.update({text.strip(): None} if text.strip() else {})
        return list(found)

    def _note_lines(self, kind: str, numbers: dict[str, int], *, mark: str) -> list[str]:
        name = self._package.related(self._main, kind)
        root = self._package.tree_if_any(name)
        if root is None or name is None:
            return []
        texts: dict[int, str] = {}
        for element in root:
            identity = attribute(element, "id") or ""
            # Those that no place refers to are separators, or notes whose reference was deleted.
            if attribute(element, "type") in {None, "normal"}:
                text = self._story(name).text(element).replace(PAGE_BREAK, "").strip()
                number = numbers.setdefault(identity, len(numbers) + 1)
                texts[number] = mark.format(number) + text
        return [texts[number] for number in sorted(texts)]

    def _comment_lines(self) -> list[str]:
        name = self._package.related(self._main, "comments")
        root = self._package.tree_if_any(name)
        if root is None or name is None:
            return []
        anchors = dict(self._notes.anchors)
        elements = {attribute(one, "id") or "": one for one in children(root, "comment")}
        order = [identity for identity in anchors if identity in elements]
        order += [identity for identity in elements if identity not in anchors]
        lines = []
        for number, identity in enumerate(order, start=1):
            element = elements[identity]
            text = self._story(name).text(element).replace(PAGE_BREAK, "").strip()
            by = ", ".join(filter(None, (attribute(element, "author"), attribute(element, "date"))))
            anchor = in_one_line("".join(anchors.get(identity, ())))[:MAX_ANCHOR_LETTERS]
            lines.append(
                f"{number}. {by or 'unknown'}" + (f', on "{anchor}"' if anchor else "") + f": {in_one_line(text)}"
            )
        if lines:
            self._told.changes["comment"] += len(lines)
        return lines

    def _change_lines(self) -> list[str]:
        lines = [change.line() for change in self._notes.changes if change.text.strip()]
        moved = sum(not change.text.strip() for change in self._notes.changes)
        shapes = self._notes.shape_changes + moved
        if lines:
            self._told.changes["tracked change"] += len(lines)
        if shapes:
            self._told.changes["change of form"] += shapes
            lines.append(f"Changes of form alone (type, paragraphs, tables): {shapes}")
        return lines

    def _hidden_lines(self) -> list[str]:
        hidden = "".join(self._notes.hidden).strip()
        if not hidden:
            return []
        self._told.hidden["stretch of text"] += len(self._notes.hidden)
        return [hidden]

    def _add_inside(self) -> None:
        note_macros(self._package, self._told)
        skipped = _previews(self._package, self._main)
        seen: set[str] = set()
        for part in self._story_parts():
            add_related(self._package, part, self._gathered, skipped=skipped, seen=seen)

    def _story_parts(self) -> Iterable[str]:
        yield self._main
        for arrow in self._arrows.values():
            if arrow.kind in {"header", "footer", "footnotes", "endnotes", "comments"} and not arrow.external:
                yield arrow.target

    def _outside_lines(self) -> list[str]:
        lines = note_outside(self._package, self._story_parts(), self._told)
        for kind, target in self._notes.fields:
            line = f"{kind}: {target}"
            if target and line not in lines:
                self._told.external[kind] += 1
                lines.append(line)
        return lines


def _previews(package: Package, part: str) -> set[str]:
    """Return the pictures that only stand for an embedded object: the object itself is handed out."""
    root = package.tree_if_any(part)
    arrows = package.relationships(part)
    found: set[str] = set()
    for element in root.iter("{*}object") if root is not None else ():
        for picture in element.iter("{*}imagedata"):
            arrow = arrows.get(attribute(picture, "id") or "")
            if arrow is not None:
                found.add(arrow.target)
    return found
