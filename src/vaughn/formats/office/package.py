"""The parts of an Office file that is a zip (OOXML, ECMA-376 part 2; ODF 1.3 part 2), opened with limits.

Entities are never expanded and nothing outside is opened: a part that declares any is read without them, and
it is told. Strict OOXML is read as transitional: the names differ in their namespaces alone.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from urllib.parse import unquote

from lxml import etree

from vaughn.formats.faults import FileRefused, Refusal, unreadable
from vaughn.formats.office.told import Told

# The longest text document seen is 6 MB unpacked; a tree takes about ten times its bytes.
MAX_TREE_BYTES = 48 << 20
# Sheets are read in a stream; the largest possible with short values is about 1 GB.
MAX_STREAM_BYTES = 2 << 30
MAX_MEMBERS = 50_000

ENTITIES_LEFT = "A part of the file declares entities; they were not expanded."

_STRICT = (
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (b"http://purl.oclc.org/ooxml/presentationml/main", b"http://schemas.openxmlformats.org/presentationml/2006/main"),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
)  # fmt: skip
_FAULTS = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, ValueError, RuntimeError)


@dataclass(frozen=True, slots=True)
class Relationship:
    """One arrow from a part to another part, or out of the file.

    Args:
        kind: Last word of its type, e.g. ``hyperlink``, ``oleObject``, ``comments``.
        target: Name of a part of the package, or the address as written if `external`.
    """

    kind: str
    target: str
    external: bool


class Package:
    """An open zip of an Office file. Names of parts are without a leading slash."""

    def __init__(self, path: Path, told: Told) -> None:
        """Open the package at *path*.

        Raises:
            FileRefused: If it is no zip, or has more members than any document.
        """
        self.told = told
        try:
            self._zip = zipfile.ZipFile(path)
            members = self._zip.infolist()
        except _FAULTS:
            raise unreadable("The file is a damaged package: its directory cannot be read.") from None
        if len(members) > MAX_MEMBERS:
            raise FileRefused(f"The file holds more than {MAX_MEMBERS} parts.", refusal=Refusal.TOO_LARGE)
        self._members = {member.filename.replace("\\", "/").lstrip("/"): member for member in members}
        self._folded = {name.casefold(): name for name in self._members}
        self.names = tuple(self._members)
        self._types: dict[str, str] | None = None

    def __contains__(self, name: str) -> bool:
        return name.casefold() in self._folded

    def size_bytes(self, name: str) -> int:
        """Return how many bytes part *name* says it has."""
        return self._member(name).file_size

    def _member(self, name: str) -> zipfile.ZipInfo:
        found = self._folded.get(name.casefold())
        if found is None:
            raise unreadable("The file lacks one of its parts.")
        return self._members[found]

    def open(self, name: str) -> IO[bytes]:
        """Return part *name* as a stream.

        Raises:
            FileRefused: If there is no such part, or it is locked or larger than can be read.
        """
        member = self._member(name)
        if member.flag_bits & 1:
            raise locked("The package has a password.")
        if member.file_size > MAX_STREAM_BYTES:
            raise FileRefused("A part of the file unpacks to more than 2 GB.", refusal=Refusal.TOO_LARGE)
        try:
            return self._zip.open(member)
        except _FAULTS:
            raise unreadable("A part of the file is damaged.") from None

    def read(self, name: str, *, limit_bytes: int = MAX_TREE_BYTES) -> bytes:
        """Return the bytes of part *name*.

        Raises:
            FileRefused: If it is missing, damaged or longer than *limit_bytes*.
        """
        with self.open(name) as stream:
            try:
                data = stream.read(limit_bytes + 1)
            except _FAULTS:
                raise unreadable("A part of the file is damaged.") from None
        if len(data) > limit_bytes:
            raise FileRefused(
                f"A part of the file unpacks to more than {limit_bytes >> 20} MB.", refusal=Refusal.TOO_LARGE
            )
        return data

    def tree(self, name: str) -> etree._Element:
        """Return part *name* as a tree of XML.

        Raises:
            FileRefused: If it is missing, damaged, too large or no XML.
        """
        return tree_of(self.read(name), self.told)

    def tree_if_any(self, name: str | None) -> etree._Element | None:
        """Return part *name* as a tree; `None`, and told, if it cannot be read; `None` alone if there is none."""
        if name is None or name not in self:
            return None
        try:
            return self.tree(name)
        except FileRefused:
            self.told.part_left_out("A part of the file could not be read; the rest was.")
            return None

    def relationships(self, part: str) -> dict[str, Relationship]:
        """Return the arrows that go out from *part* (from the package itself if empty), by their ids."""
        folder, name = posixpath.split(part)
        root = self.tree_if_any(posixpath.join(folder, "_rels", f"{name}.rels"))
        found: dict[str, Relationship] = {}
        for arrow in root if root is not None else ():
            target, kind = arrow.get("Target", ""), arrow.get("Type", "").rpartition("/")[2]
            external = arrow.get("TargetMode", "").lower() == "external"
            if not external:
                target = unquote(target.split("#")[0])
                target = posixpath.normpath(
                    target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
                )
            found[arrow.get("Id", "")] = Relationship(kind, target, external)
        return found

    def related(self, part: str, kind: str) -> str | None:
        """Return the first part that *part* has an arrow of *kind* to."""
        for arrow in self.relationships(part).values():
            if arrow.kind == kind and not arrow.external and arrow.target in self:
                return arrow.target
        return None

    def main_part(self, *guesses: str) -> str:
        """Return the part that holds the document.

        Raises:
            FileRefused: If there is none.
        """
        found = self.related("", "officeDocument")
        if found is not None:
            return found
        for guess in guesses:
            if guess in self:
                return guess
        raise unreadable("The file holds no document: its main part is missing.")

    def content_type(self, name: str) -> str:
        """Return the media type the package gives part *name*, or nothing."""
        if self._types is None:
            self._types = {}
            root = self.tree_if_any("[Content_Types].xml")
            for row in root if root is not None else ():
                key = row.get("PartName", "").lstrip("/") or "." + row.get("Extension", "")
                self._types[key.casefold()] = row.get("ContentType", "")
        suffix = "." + name.rpartition(".")[2]
        return self._types.get(name.casefold()) or self._types.get(suffix.casefold()) or ""


def locked(what: str) -> FileRefused:
    """Return the refusal of a file whose password is not known; *what* says how it is locked."""
    return FileRefused(
        what, refusal=Refusal.LOCKED, hint="Add its password to the list of passwords and read it again."
    )


def tree_of(data: bytes, told: Told) -> etree._Element:
    """Return *data* as a tree, what is broken mended as well as can be; entities stay unexpanded, and are told.

    Raises:
        FileRefused: If there is no element in it.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, recover=True,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(transitional(data), parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        raise unreadable("A part of the file is no XML.")
    if any(error.level_name == "FATAL" for error in parser.error_log):
        told.part_left_out("A part of the file is broken XML; what could be read was read.")
    if root.getroottree().docinfo.internalDTD is not None:
        told.part_left_out(ENTITIES_LEFT)
    return root


def transitional(data: bytes) -> bytes:
    """Return strict OOXML with the namespaces of the transitional one."""
    if b"http://purl.oclc.org/ooxml/" in data[:8192]:
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
    return data


def local(element: etree._Element) -> str:
    """Return the name of *element* without its namespace; nothing for what is no element."""
    tag: Any = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: etree._Element, name: str) -> str | None:
    """Return the attribute *name* of *element*, whatever its namespace."""
    found = element.get(name)
    if found is not None:
        return str(found)
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None


def children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """Yield the children of *element* called *name*, whatever their namespace."""
    return (child for child in element if local(child) == name)


def child(element: etree._Element | None, *names: str) -> etree._Element | None:
    """Return the first child called by the first name, its first child called by the second, and so on."""
    for name in names:
        if element is None:
            return None
        element = next(children(element, name), None)
    return element
