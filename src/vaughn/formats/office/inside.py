"""The files that stand inside an OOXML file, and what it refers to outside itself.

Pictures, embedded files and objects become files of their own; an object that only wraps a file is unwrapped.
Nothing outside is opened.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable

from vaughn.formats.faults import FileRefused
from vaughn.formats.office.gathered import Gathered
from vaughn.formats.office.objects import unwrapped
from vaughn.formats.office.package import Package
from vaughn.formats.office.told import Told

# One embedded file; larger ones are told and left out.
MAX_INSIDE_BYTES = 256 << 20
_INSIDE = frozenset({"image", "oleObject", "package", "aFChunk", "video", "audio", "media", "subDocument", "hdphoto"})
_FETCHED = {
    "image": "linked picture", "oleObject": "linked object", "attachedTemplate": "template", "externalLink": "file",
    "externalLinkPath": "file", "video": "linked recording", "audio": "linked recording", "media": "linked recording",
    "subDocument": "file", "frame": "file", "aFChunk": "file", "package": "linked object", "hyperlink": "link",
}  # fmt: skip


def add_related(package: Package, part: str, gathered: Gathered, *, skipped: set[str], seen: set[str]) -> None:
    """Add the files that *part* shows or holds, in the order of its arrows, each once."""
    for arrow in package.relationships(part).values():
        if arrow.external or arrow.kind not in _INSIDE or arrow.target in seen or arrow.target in skipped:
            continue
        seen.add(arrow.target)
        if arrow.target not in package:
            gathered.told.part_left_out("A file inside is named and not there.")
            continue
        try:
            data = package.read(arrow.target, limit_bytes=MAX_INSIDE_BYTES)
        except FileRefused:
            gathered.told.part_left_out("A file inside could not be taken out; the rest was read.")
            continue
        name = posixpath.basename(arrow.target)
        if arrow.kind == "oleObject":
            found = unwrapped(data, name)
            gathered.add_part(found.name, found.data)
        else:
            gathered.add_part(name, data, media_type=package.content_type(arrow.target) or None)


def note_macros(package: Package, told: Told) -> None:
    """Tell of macros."""
    told.macros += sum(name.lower().endswith("vbaproject.bin") for name in package.names)


def note_outside(package: Package, parts: Iterable[str], told: Told) -> list[str]:
    """Tell of the arrows of *parts* that lead outside, and return them as lines, each once."""
    lines: dict[str, None] = {}
    for part in parts:
        for arrow in package.relationships(part).values():
            if arrow.external and arrow.target:
                kind = _FETCHED.get(arrow.kind, "file")
                line = f"{kind}: {arrow.target}"
                if line not in lines:
                    lines[line] = None
                    told.external[kind] += 1
    return list(lines)
