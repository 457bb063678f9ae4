"""XLSX, XLSM, XLTX as records: a page for every sheet, hidden ones marked; names and what is referred to at the end.

ECMA-376 part 1, 18; strict files too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from vaughn.formats.faults import FileRefused
from vaughn.formats.office.chart import chart_text, drawn_text
from vaughn.formats.office.gathered import MAX_LETTERS, Gathered, joined, section
from vaughn.formats.office.inside import add_related, note_macros, note_outside
from vaughn.formats.office.locked import reading_of_ole
from vaughn.formats.office.package import Package, attribute, child, children, local
from vaughn.formats.office.properties import package_facts
from vaughn.formats.office.sheet_text import sheet_text
from vaughn.formats.office.xlsb import read_xlsb
from vaughn.formats.office.xlsx_sheet import Workbook, XlsxSheet, rich_text, shapes_of, shared_strings
from vaughn.formats.readers.content import Reading, ReadingRequest
from vaughn.model import DocumentKind

MAX_SHEETS = 5000
_STATES = {"hidden": "hidden", "veryHidden": "very hidden"}


@reading_of_ole
def read_xlsx(request: ReadingRequest) -> Reading:
    """Return the workbook of *request*, a logical page for every sheet.

    Raises:
        FileRefused: If it is locked, damaged beyond reading or too large.
    """
    gathered = Gathered(request)
    package = Package(request.path, gathered.told)
    if package.main_part("xl/workbook.xml").endswith(".bin"):
        return read_xlsb(request)
    opened = open_xlsx(package)
    told = gathered.told
    left = MAX_LETTERS
    seen: set[str] = set()
    for sheet in opened.sheets:
        try:
            _note_beside(package, sheet)
            text = sheet_text(sheet, told, limit_letters=min(left, sheet.most_letters()))
        except FileRefused:
            told.part_left_out("A sheet could not be read; the others were.")
            text = f"[Sheet: {sheet.name} (not readable)]"
        left = max(0, left - len(text))
        gathered.texts.append(text)
        for part in _parts_of(package, sheet.part):
            add_related(package, part, gathered, skipped=_previews(package, sheet.part), seen=seen)
    note_macros(package, told)
    told.macros += opened.macro_sheets
    copies = sum("/pivotcacherecords" in name.lower() for name in package.names)
    if copies:
        told.hidden["kept copy of the data of a pivot table"] += copies
    outside = note_outside(package, _referring(package, opened), told)
    linked = {f"link: {target}" for sheet in opened.sheets for _, target in sheet.notes.links}
    below = joined(
        section("Names", opened.names),
        section("Refers to", [line for line in outside if line not in linked]),
    )
    if below:
        gathered.texts.append(below)
    return gathered.reading(package_facts(package, DocumentKind.SPREADSHEET))


@dataclass(frozen=True, slots=True)
class OpenedXlsx:
    """An XLSX whose sheets can be read."""

    sheets: tuple[XlsxSheet, ...]
    names: tuple[str, ...]
    main: str
    macro_sheets: int = 0


def open_xlsx(package: Package) -> OpenedXlsx:
    """Return the sheets of *package* in their order.

    Raises:
        FileRefused: If it holds no workbook.
    """
    main = package.main_part("xl/workbook.xml")
    root = package.tree(main)
    arrows = package.relationships(main)
    properties = child(root, "workbookPr")
    book = Workbook(
        package,
        shared_strings(package, package.related(main, "sharedStrings")),
        shapes_of(package, package.related(main, "styles")),
        properties is not None and attribute(properties, "date1904") in {"1", "true"},
    )
    sheets, macro_sheets = [], 0
    for element in list(children(child(root, "sheets"), "sheet") if child(root, "sheets") is not None else ())[
        :MAX_SHEETS
    ]:
        arrow = arrows.get(attribute(element, "id") or "")
        if arrow is None or arrow.external or arrow.target not in package:
            package.told.part_left_out("A sheet is named and not there.")
            continue
        macro_sheets += "macrosheet" in arrow.kind.lower()
        state = _STATES.get(element.get("state", ""), "visible")
        sheets.append(XlsxSheet(book, arrow.target, name=element.get("name", ""), state=state))
    return OpenedXlsx(tuple(sheets), tuple(_names(root)), main, macro_sheets)


def _names(root: etree._Element) -> Iterator[str]:
    for element in root.iter("{*}definedName"):
        name = element.get("name", "")
        if not name.startswith("_xlnm."):
            yield f"{name}{' (hidden)' if element.get('hidden') in {'1', 'true'} else ''}: {element.text or ''}"


def _parts_of(package: Package, part: str) -> Iterator[str]:
    """Yield the part of a sheet and the drawings on it."""
    yield part
    for arrow in package.relationships(part).values():
        if arrow.kind in {"drawing", "vmlDrawing"} and not arrow.external and arrow.target in package:
            yield arrow.target


def _previews(package: Package, part: str) -> set[str]:
    """Return the pictures that stand for an embedded object: those of the old drawing and of ``objectPr``."""
    found = set()
    arrows = package.relationships(part)
    if any(arrow.kind in {"oleObject", "package"} for arrow in arrows.values()):
        found |= {arrow.target for arrow in arrows.values() if arrow.kind == "image"}
        for arrow in arrows.values():
            if arrow.kind == "vmlDrawing":
                found |= {one.target for one in package.relationships(arrow.target).values() if one.kind == "image"}
    return found


def _referring(package: Package, opened: OpenedXlsx) -> Iterator[str]:
    yield opened.main
    for arrow in package.relationships(opened.main).values():
        if arrow.kind == "externalLink" and not arrow.external:
            yield arrow.target
    for sheet in opened.sheets:
        yield from _parts_of(package, sheet.part)


def _note_beside(package: Package, sheet: XlsxSheet) -> None:
    """Add comments, text boxes and charts to the notes of *sheet*."""
    arrows = package.relationships(sheet.part).values()
    has_threads = any(arrow.kind == "threadedComment" for arrow in arrows)
    for arrow in arrows:
        root = package.tree_if_any(arrow.target) if not arrow.external and arrow.kind in _BESIDE else None
        if root is None:
            continue
        if arrow.kind == "comments":
            sheet.notes.comments += _comments(root, skip_threads=has_threads)
        elif arrow.kind == "threadedComment":
            sheet.notes.comments += _threads(root, _persons(package))
        else:
            sheet.notes.drawn += _drawn(package, arrow.target, root)


_BESIDE = frozenset({"comments", "threadedComment", "drawing"})


def _comments(root: etree._Element, *, skip_threads: bool) -> Iterator[tuple[str, str, str]]:
    authors = [one.text or "" for one in root.iter("{*}author")]
    for element in root.iter("{*}comment"):
        place = element.get("authorId", "")
        author = authors[int(place)] if place.isdecimal() and int(place) < len(authors) else ""
        # A thread is also kept as one old comment, for programs that know no threads.
        if skip_threads and author.startswith("tc="):
            continue
        text = child(element, "text")
        yield element.get("ref", ""), author, rich_text(text) if text is not None else ""


def _threads(root: etree._Element, persons: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    for element in root.iter("{*}threadedComment"):
        text = child(element, "text")
        by = ", ".join(filter(None, (persons.get(element.get("personId", "")), element.get("dT"))))
        yield element.get("ref", ""), by, (text.text or "") if text is not None else ""


def _persons(package: Package) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in package.names:
        if name.lower().startswith("xl/persons/") and name.lower().endswith(".xml"):
            root = package.tree_if_any(name)
            for one in root.iter("{*}person") if root is not None else ():
                found[one.get("id", "")] = one.get("displayName", "")
    return found


def _drawn(package: Package, part: str, root: etree._Element) -> list[str]:
    lines = [text for body in root.iter("{*}txBody") if (text := drawn_text(body))]
    for arrow in package.relationships(part).values():
        if not arrow.external and arrow.kind in {"chart", "diagramData"}:
            inner = package.tree_if_any(arrow.target)
            text = "" if inner is None else chart_text(inner) if local(inner) == "chartSpace" else drawn_text(inner)
            lines += [text] if text else []
    return lines
