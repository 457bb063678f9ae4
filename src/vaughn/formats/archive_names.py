"""What the names in a zip's directory are allowed to be, and how large that directory is."""

from __future__ import annotations

import re
import stat
import struct
import zipfile
from dataclasses import dataclass
from typing import IO

_UTF8_NAME = 0x800
_DRIVE = re.compile(r"^[A-Za-z]:")
_END_BYTES = 22 + 65535  # end record and the longest comment
_END = struct.Struct("<4s4H2LH")
_END_MARK = b"PK\x05\x06"
_LOCATOR = struct.Struct("<4sLQL")
_LOCATOR_MARK = b"PK\x06\x07"
_END_64 = struct.Struct("<4sQ2H2L4Q")
_UNKNOWN_32, _UNKNOWN_16 = 0xFFFFFFFF, 0xFFFF


@dataclass(frozen=True, slots=True)
class ListedName:
    """The name of a member as its directory lists it.

    Args:
        path: With ``/`` between folders and without ``.`` parts; `None` if it leads out of the archive.
        shown: The name as given, to be shown in a finding.
        is_link: Whether it is a link or a device instead of a file.
    """

    path: str | None
    shown: str
    is_folder: bool
    is_link: bool


def listed_name(info: zipfile.ZipInfo) -> ListedName:
    """Return what *info* calls its member."""
    name = _decoded(info).replace("\\", "/")
    mode = info.external_attr >> 16
    kind = stat.S_IFMT(mode)
    is_link = kind not in {0, stat.S_IFREG, stat.S_IFDIR}
    return ListedName(safe_path(name), name, is_folder=name.endswith("/"), is_link=is_link)


@dataclass(frozen=True, slots=True)
class DirectoryEnd:
    """What the end record of a zip says of the directory before it."""

    entries: int
    size_bytes: int


def directory_end(archive: IO[bytes]) -> DirectoryEnd:
    """Return what the end record of *archive* says.

    Raises:
        ValueError: If there is no end record: the archive is cut off.
    """
    size = archive.seek(0, 2)
    archive.seek(max(0, size - _END_BYTES))
    tail = archive.read(_END_BYTES)
    at = tail.rfind(_END_MARK)
    if at < 0 or at + _END.size > len(tail):
        raise ValueError("no end record")
    _, _, _, _, entries, listed, _, _ = _END.unpack_from(tail, at)
    if listed != _UNKNOWN_32 and entries != _UNKNOWN_16:
        return DirectoryEnd(entries, listed)
    locator_at = at - _LOCATOR.size
    if locator_at < 0 or not tail.startswith(_LOCATOR_MARK, locator_at):
        return DirectoryEnd(entries, listed)
    place = int(_LOCATOR.unpack_from(tail, locator_at)[2])
    if place >= size:
        raise ValueError("no 64-bit end record")
    archive.seek(place)
    end = archive.read(_END_64.size)
    if len(end) < _END_64.size:
        raise ValueError("no 64-bit end record")
    fields = _END_64.unpack(end)
    return DirectoryEnd(int(fields[7]), int(fields[8]))


def once_more(file_name: str, number: int) -> str:
    """Return *file_name* as its copy *number* is called: ``a~2.txt``."""
    stem, dot, suffix = file_name.rpartition(".")
    return f"{stem or suffix}~{number}{dot}{suffix if stem else ''}"


def _decoded(info: zipfile.ZipInfo) -> str:
    """Return the name; what is not marked as UTF-8 but reads as such (made on a Mac) is taken as UTF-8."""
    name = info.orig_filename
    if info.flag_bits & _UTF8_NAME:
        return name
    try:
        return name.encode("cp437").decode("utf-8")
    except UnicodeError:
        return name


def safe_path(name: str) -> str | None:
    """Return *name* without ``.`` parts; `None` if it leads out of the archive."""
    if name.startswith("/") or _DRIVE.match(name) or "\0" in name:
        return None
    parts = [part for part in name.split("/") if part not in {"", "."}]
    if not parts or any(part.strip() == ".." for part in parts):
        return None
    return "/".join(parts)
