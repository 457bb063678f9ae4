"""VSDX (Visio 2013 and later, [MS-VSDX]) as records: the words of every drawing page, a logical page each."""

from __future__ import annotations

from vaughn.formats.office.gathered import Gathered, joined, section
from vaughn.formats.office.inside import add_related, note_macros, note_outside
from vaughn.formats.office.locked import reading_of_ole
from vaughn.formats.office.package import Package, children, local
from vaughn.formats.office.properties import package_facts
from vaughn.formats.readers.content import Reading, ReadingRequest
from vaughn.model import DocumentKind

MAX_DRAWINGS = 2000


@reading_of_ole
def read_vsdx(request: ReadingRequest) -> Reading:
    """Return the drawing of *request*.

    Raises:
        FileRefused: If it is locked, damaged beyond reading or too large.
    """
    gathered = Gathered(request)
    package = Package(request.path, gathered.told)
    parts = _drawings(package)
    seen: set[str] = set()
    for number, (name, part) in enumerate(parts[:MAX_DRAWINGS], start=1):
        root = package.tree_if_any(part)
        # A word that a shape has from its master stands in the master alone; it is no word of this drawing.
        words = (
            ["".join(str(one) for one in text.itertext()).strip() for text in root.iter("{*}Text")]
            if root is not None
            else []
        )
        gathered.texts.append(joined(f"[Drawing {number}: {name}]", "\n".join(word for word in words if word)))
        add_related(package, part, gathered, skipped=set(), seen=seen)
    note_macros(package, gathered.told)
    outside = section("Refers to", note_outside(package, [part for _, part in parts], gathered.told))
    gathered.texts += [outside] if outside else []
    return gathered.reading(package_facts(package, DocumentKind.OTHER))


def _drawings(package: Package) -> list[tuple[str, str]]:
    """Return name and part of the pages in their order."""
    main = package.main_part("visio/document.xml")
    listed = package.related(main, "pages")
    root = package.tree_if_any(listed)
    arrows = package.relationships(listed) if listed is not None else {}
    found = []
    for page in children(root, "Page") if root is not None else ():
        for one in page:
            identity = next((str(value) for key, value in one.attrib.items() if str(key).endswith("}id")), "")
            arrow = arrows.get(identity) if local(one) == "Rel" else None
            if arrow is not None and not arrow.external and arrow.target in package:
                found.append((page.get("Name", ""), arrow.target))
    return found
