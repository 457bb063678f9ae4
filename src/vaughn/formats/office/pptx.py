"""PPTX, PPTM, PPSX as records: a page for every slide in its order, with its notes and comments; hidden ones marked.

ECMA-376 part 1, 19; strict files too. Words of layouts and masters do not stand on the slides and are left out.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from vaughn.formats.office.chart import chart_text, drawn_text
from vaughn.formats.office.docx_story import in_one_line
from vaughn.formats.office.gathered import Gathered, joined, section
from vaughn.formats.office.inside import add_related, note_macros, note_outside
from vaughn.formats.office.locked import reading_of_ole
from vaughn.formats.office.package import Package, attribute, child, children, local
from vaughn.formats.office.properties import package_facts
from vaughn.formats.readers.content import Reading, ReadingRequest
from vaughn.model import DocumentKind

MAX_SLIDES = 5000
MAX_DEPTH = 60  # groups in groups
# What the notes page repeats of the slide, and its own page number.
_NO_NOTES = frozenset({"sldImg", "sldNum", "hdr", "ftr", "dt"})


@reading_of_ole
def read_pptx(request: ReadingRequest) -> Reading:
    """Return the slides of *request*, a logical page for each.

    Raises:
        FileRefused: If it is locked, damaged beyond reading or too large.
    """
    gathered = Gathered(request)
    package = Package(request.path, gathered.told)
    show = _Show(package, gathered)
    show.read()
    return gathered.reading(package_facts(package, DocumentKind.PRESENTATION))


class _Show:
    def __init__(self, package: Package, gathered: Gathered) -> None:
        self._package, self._gathered, self._told = package, gathered, gathered.told
        self._main = package.main_part("ppt/presentation.xml")
        self._authors = self._comment_authors()

    def read(self) -> None:
        parts = self._slide_parts()
        seen: set[str] = set()
        notes_parts: list[str] = []
        for number, part in enumerate(parts, start=1):
            root = self._package.tree_if_any(part)
            if root is None:
                self._gathered.texts.append(f"[Slide {number} (not readable)]")
                continue
            hidden = root.get("show") in {"0", "false"}
            if hidden:
                self._told.hidden["slide"] += 1
            slide = _Slide(self._package, part)
            text = "\n".join(slide.lines(root))
            notes = self._package.related(part, "notesSlide")
            notes_parts += [notes] if notes else []
            self._told.hidden.update({"shape": len(slide.hidden)} if slide.hidden else {})
            self._gathered.texts.append(
                joined(
                    f"[Slide {number}{' (hidden)' if hidden else ''}]",
                    text,
                    section("Hidden text", slide.hidden),
                    section("Notes", self._notes(notes)),
                    section("Comments", self._comments(part)),
                    section("Descriptions of pictures", dict.fromkeys(slide.descriptions)),
                )
            )
            add_related(self._package, part, self._gathered, skipped=slide.previews, seen=seen)
        note_macros(self._package, self._told)
        outside = section("Refers to", note_outside(self._package, [self._main, *parts, *notes_parts], self._told))
        if outside:
            self._gathered.texts.append(outside)

    def _slide_parts(self) -> list[str]:
        root = self._package.tree(self._main)
        arrows = self._package.relationships(self._main)
        found: list[str] = []
        for element in root.iter("{*}sldId"):
            # The arrow's id has a namespace; the slide's own number has none.
            identity = next((str(value) for key, value in element.attrib.items() if str(key).endswith("}id")), "")
            arrow = arrows.get(identity)
            if arrow is None or arrow.external or arrow.target not in self._package:
                self._told.part_left_out("A slide is named and not there.")
            elif len(found) < MAX_SLIDES:
                found.append(arrow.target)
        return found

    def _notes(self, part: str | None) -> list[str]:
        root = self._package.tree_if_any(part)
        if root is None:
            return []
        lines = []
        for shape in root.iter("{*}sp"):
            place = next(iter(shape.iter("{*}ph")), None)
            body = child(shape, "txBody")
            if body is not None and (place is None or place.get("type") not in _NO_NOTES):
                lines.append(drawn_text(body))
        return [line for line in lines if line]

    def _comments(self, part: str) -> list[str]:
        lines = []
        for arrow in self._package.relationships(part).values():
            root = self._package.tree_if_any(arrow.target) if arrow.kind == "comments" and not arrow.external else None
            for element in root.iter("{*}cm", "{*}reply") if root is not None else ():
                text = child(element, "text")
                body = child(element, "txBody")
                words = (text.text or "") if text is not None else drawn_text(body) if body is not None else ""
                author = self._authors.get(element.get("authorId", ""), "unknown")
                date = element.get("dt") or element.get("created")
                lines.append(f"{', '.join(filter(None, (author, date)))}: {in_one_line(words)}")
        if lines:
            self._told.changes["comment"] += len(lines)
        return lines

    def _comment_authors(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for kind in ("commentAuthors", "authors"):
            root = self._package.tree_if_any(self._package.related(self._main, kind))
            for element in root.iter("{*}cmAuthor", "{*}author") if root is not None else ():
                found[element.get("id", "")] = element.get("name", "")
        return found


class _Slide:
    """Gathers the words of one slide, shape by shape."""

    def __init__(self, package: Package, part: str) -> None:
        self._package, self._arrows = package, package.relationships(part)
        self.hidden: list[str] = []
        self.descriptions: list[str] = []
        self.previews: set[str] = set()

    def lines(self, root: etree._Element) -> list[str]:
        tree = child(root, "cSld", "spTree")
        return list(self._shapes(tree, 0)) if tree is not None else []

    def _shapes(self, parent: etree._Element, depth: int) -> Iterator[str]:
        for element in parent:
            name = local(element)
            if name == "grpSp" and depth < MAX_DEPTH:
                yield from self._shapes(element, depth + 1)
            elif name == "AlternateContent" and depth < MAX_DEPTH:
                chosen = child(element, "Choice")
                yield from self._shapes(chosen if chosen is not None else element, depth + 1)
            elif name in {"sp", "graphicFrame", "pic", "cxnSp"}:
                yield from self._shape(name, element)

    def _shape(self, name: str, element: etree._Element) -> Iterator[str]:
        properties = next(iter(element.iter("{*}cNvPr")), None)
        if name == "graphicFrame":
            text = self._frame(element)
        else:
            body = child(element, "txBody")
            text = drawn_text(body) if body is not None else ""
        if properties is not None and properties.get("descr", "").strip():
            self.descriptions.append(properties.get("descr", "").strip())
        if properties is not None and properties.get("hidden") in {"1", "true"}:
            self.hidden += [text] if text else []
        elif text:
            yield text

    def _frame(self, element: etree._Element) -> str:
        table = next(iter(element.iter("{*}tbl")), None)
        if table is not None:
            return "\n".join(_row(row) for row in children(table, "tr"))
        for one in element.iter("{*}oleObj"):
            for picture in one.iter("{*}blip", "{*}imagedata"):
                arrow = self._arrows.get(attribute(picture, "embed") or attribute(picture, "id") or "")
                self.previews |= {arrow.target} if arrow is not None else set()
        for one in element.iter("{*}chart", "{*}relIds"):
            arrow = self._arrows.get(attribute(one, "id") or attribute(one, "dm") or "")
            root = self._package.tree_if_any(arrow.target) if arrow is not None and not arrow.external else None
            if root is not None:
                return chart_text(root) if local(root) == "chartSpace" else drawn_text(root)
        return ""


def _row(row: etree._Element) -> str:
    return "\t".join(drawn_text(cell).replace("\n", " ") for cell in children(row, "tc")).rstrip("\t")
