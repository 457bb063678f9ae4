"""What an OLE file (compound file) is, told by the names in its directory and the class of its root.

Follows [MS-CFB]. Only header, allocation table and directory are read, and a bounded part of them; a chain that
loops ends where it comes back.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import IO

OLE = "application/x-ole-storage"
MSG = "application/vnd.ms-outlook"
WORD, EXCEL = "application/msword", "application/vnd.ms-excel"
POWERPOINT = "application/vnd.ms-powerpoint"
# The package of a locked document says what it is only when it is unlocked.
LOCKED_PACKAGE = "application/vnd.ms-office.encrypted"

_HEADER_BYTES = 512
_ENTRY_BYTES = 128
_MAX_ENTRIES = 8_192
_MAX_SECTORS = 2_048
_LAST_REGULAR = 0xFFFFFFFA
_FREE = 0xFFFFFFFF
_ROOT, _STORAGE = 5, 1
# Names of streams and storages at the root, most telling first; mail and office files hold each other deeper down.
_AT_ROOT: tuple[tuple[str, str], ...] = (
    ("__properties_version1.0", MSG),
    ("EncryptedPackage", LOCKED_PACKAGE),
    ("WordDocument", WORD),
    ("PowerPoint Document", POWERPOINT),
    ("PP40", POWERPOINT),
    ("Workbook", EXCEL),
    ("Book", EXCEL),
    ("VisioDocument", "application/vnd.visio"),
    ("Quill", "application/vnd.ms-publisher"),
    ("FileHeader", "application/x-hwp"),
    ("PerfectOffice_MAIN", "application/vnd.wordperfect"),
    ("NativeContent_MAIN", "application/x-quattro-pro"),
    ("MatOST", "application/vnd.ms-works"),
    ("Catalog", "application/x-thumbs-db"),
    ("VisioInformation", "application/vnd.visio"),
    ("\x01Ole10Native", OLE),
)
_BY_CLASS = {
    "00020906-0000-0000-c000-000000000046": WORD,
    "00020900-0000-0000-c000-000000000046": WORD,
    "00020810-0000-0000-c000-000000000046": EXCEL,
    "00020820-0000-0000-c000-000000000046": EXCEL,
    "64818d10-4f9b-11cf-86ea-00aa00b929e8": POWERPOINT,
    "00021201-0000-0000-00c0-000000000046": "application/vnd.ms-publisher",
    "74b78f3a-c8c8-11d1-be11-00c04fb6faf1": "application/vnd.ms-project",
    "000c1084-0000-0000-c000-000000000046": "application/x-msi",
    "00020d0b-0000-0000-c000-000000000046": MSG,
    "0006f046-0000-0000-c000-000000000046": MSG,
}


@dataclass(frozen=True, slots=True)
class OleDirectory:
    """The names at the root of an OLE file, and the class of the root."""

    names: frozenset[str]
    root_class: str


def ole_type(path: Path) -> str:
    """Return what the OLE file at *path* is; what is inside a locked package nobody can tell."""
    with path.open("rb") as file:
        directory = ole_directory(file)
    if directory is None:
        return OLE
    for name, kind in _AT_ROOT:
        if name in directory.names:
            return kind
    return _BY_CLASS.get(directory.root_class, OLE)


def ole_directory(file: IO[bytes]) -> OleDirectory | None:
    """Return the names at the root of the OLE *file*; `None` if its directory cannot be read."""
    file.seek(0)
    head = file.read(_HEADER_BYTES)
    if len(head) < _HEADER_BYTES:
        return None
    shift = struct.unpack_from("<H", head, 0x1E)[0]
    if shift not in {9, 12}:
        return None
    sector = 1 << shift
    first = struct.unpack_from("<L", head, 0x30)[0]
    table = _allocation_sectors(file, head, sector)
    entries: list[bytes] = []
    seen: set[int] = set()
    while first < _LAST_REGULAR and first not in seen and len(seen) < _MAX_SECTORS and len(entries) < _MAX_ENTRIES:
        seen.add(first)
        file.seek((first + 1) * sector)
        data = file.read(sector)
        entries += [data[place : place + _ENTRY_BYTES] for place in range(0, len(data), _ENTRY_BYTES)]
        first = _following(file, table, first, sector)
    return _at_root([entry for entry in entries if len(entry) == _ENTRY_BYTES])


def _allocation_sectors(file: IO[bytes], head: bytes, sector: int) -> list[int]:
    """Return where the allocation table lies: 109 places in the header, more in a chain of sectors."""
    places = [place for place in struct.unpack_from("<109L", head, 0x4C) if place < _LAST_REGULAR]
    following = struct.unpack_from("<L", head, 0x44)[0]
    for _ in range(_MAX_SECTORS // 16):
        if following >= _LAST_REGULAR:
            break
        file.seek((following + 1) * sector)
        data = file.read(sector)
        if len(data) < sector:
            break
        numbers = struct.unpack(f"<{sector // 4}L", data)
        places += [place for place in numbers[:-1] if place < _LAST_REGULAR]
        following = numbers[-1]
    return places


def _following(file: IO[bytes], table: list[int], number: int, sector: int) -> int:
    which, place = divmod(number, sector // 4)
    if which >= len(table):
        return _FREE
    file.seek((table[which] + 1) * sector + 4 * place)
    data = file.read(4)
    return int(struct.unpack("<L", data)[0]) if len(data) == 4 else _FREE


def _at_root(entries: list[bytes]) -> OleDirectory | None:
    """Return the names of the tree of siblings that hangs below the root."""
    if not entries or entries[0][66] != _ROOT:
        return None
    waiting, seen = [struct.unpack_from("<L", entries[0], 76)[0]], set[int]()
    names = set()
    while waiting:
        number = waiting.pop()
        if number in seen or number >= len(entries):
            continue
        seen.add(number)
        entry = entries[number]
        names.add(_name(entry))
        waiting += struct.unpack_from("<2L", entry, 68)
    return OleDirectory(frozenset(names), _class(entries[0][80:96]))


def _name(entry: bytes) -> str:
    length = min(64, struct.unpack_from("<H", entry, 64)[0])
    return entry[: max(0, length - 2)].decode("utf-16-le", "replace")


def _class(data: bytes) -> str:
    one, two, three = struct.unpack("<LHH", data[:8])
    rest = data[8:].hex()
    return f"{one:08x}-{two:04x}-{three:04x}-{rest[:4]}-{rest[4:]}"
