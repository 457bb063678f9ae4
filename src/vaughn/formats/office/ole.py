"""Compound files ([MS-CFB]): reading their streams within limits, and writing a part of one as a file of its own.

`olefile` reads them; what it raises on a damaged file becomes a refusal here.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import olefile

from vaughn.formats.faults import FileRefused, Refusal, unreadable
from vaughn.model import FoundValue

MAX_STREAM_BYTES = 512 << 20
MAX_STREAMS = 20_000
_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FAULTS = (
    OSError,
    ValueError,
    IndexError,
    KeyError,
    struct.error,
    TypeError,
    AttributeError,
    RecursionError,
    OverflowError,
)
_SECTOR, _MINI_SECTOR, _MINI_LIMIT = 512, 64, 4096
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD

UNLOCKED = FoundValue("Locked", "yes; opened with a password that was given, or with Office's own")
StreamPath = tuple[str, ...]


class OleFile:
    """An open compound file; names of streams are found whatever their case; `unlocked` if it needed a password."""

    unlocked = False

    def __init__(self, source: Path | bytes) -> None:
        """Open *source*.

        Raises:
            FileRefused: If it is no compound file, or damaged.
        """
        try:
            self._file = olefile.OleFileIO(str(source) if isinstance(source, Path) else source)
            paths = self._file.listdir(streams=True, storages=False)
        except _FAULTS:
            raise unreadable("The file is a damaged compound file: its directory cannot be read.") from None
        if len(paths) > MAX_STREAMS:
            raise FileRefused(f"The file holds more than {MAX_STREAMS} streams.", refusal=Refusal.TOO_LARGE)
        self.streams: tuple[StreamPath, ...] = tuple(tuple(path) for path in paths)
        self._folded = {tuple(step.casefold() for step in path): path for path in self.streams}

    def __contains__(self, path: object) -> bool:
        return isinstance(path, tuple) and tuple(str(step).casefold() for step in path) in self._folded

    def close(self) -> None:
        """Give the file back."""
        self._file.close()

    def read(self, *path: str, limit_bytes: int = MAX_STREAM_BYTES) -> bytes:
        """Return the bytes of the stream at *path*, as many as there are.

        Raises:
            FileRefused: If there is no such stream, or it is damaged or longer than *limit_bytes*.
        """
        found = self._folded.get(tuple(step.casefold() for step in path))
        if found is None:
            raise unreadable("The file lacks one of its streams.")
        try:
            if self._file.get_size(list(found)) > limit_bytes:
                raise FileRefused(
                    f"A stream of the file is longer than {limit_bytes >> 20} MB.", refusal=Refusal.TOO_LARGE
                )
            data = self._file.openstream(list(found)).read()
        except _FAULTS:
            raise unreadable("A stream of the file is damaged.") from None
        return bytes(data)

    def read_if_any(self, *path: str) -> bytes | None:
        """Return the bytes of the stream at *path*; `None` if there is none or it is damaged."""
        if path not in self:
            return None
        try:
            return self.read(*path)
        except FileRefused:
            return None

    def below(self, *folder: str) -> dict[StreamPath, bytes]:
        """Return the streams below *folder* that can be read, by their paths from there."""
        start = tuple(step.casefold() for step in folder)
        found: dict[StreamPath, bytes] = {}
        for folded, path in self._folded.items():
            if folded[: len(start)] == start and len(folded) > len(start):
                data = self.read_if_any(*path)
                if data is not None:
                    found[path[len(start) :]] = data
        return found

    def class_id(self, *folder: str) -> str:
        """Return the class of the storage at *folder*, in capitals, or nothing."""
        try:
            return str(self._file.getclsid("/".join(folder)) if folder else self._file.root.clsid).upper()
        except _FAULTS:
            return ""


def ole_or_none(source: Path | bytes) -> OleFile | None:
    """Return *source* open if it is a compound file that can be read, else `None`."""
    if not (source.startswith(_SIGNATURE) if isinstance(source, bytes) else is_ole(source)):
        return None
    try:
        return OleFile(source)
    except FileRefused:
        return None


def is_ole(path: Path) -> bool:
    """Tell whether the file at *path* begins like a compound file."""
    with path.open("rb") as file:
        return file.read(len(_SIGNATURE)) == _SIGNATURE


@dataclass(slots=True)
class _Entry:
    name: str
    kind: int  # 1 storage, 2 stream, 5 root
    data: bytes = b""
    child: int = _FREE
    right: int = _FREE
    start: int = _END


def ole_bytes(streams: Mapping[StreamPath, bytes]) -> bytes:
    """Return a compound file that holds *streams*: an embedded object as the file it would be if saved alone.

    Version 3, 512 bytes a sector. Brothers hang on each other to the right: readers follow that, though Office
    writes balanced trees.
    """
    entries = _entries(streams)
    mini = bytearray()
    mini_fat: list[int] = []
    sectors: list[bytes] = []
    fat: list[int] = []
    for entry in entries:
        if entry.kind == 2 and entry.data and len(entry.data) < _MINI_LIMIT:
            entry.start = _chained(mini_fat, -(-len(entry.data) // _MINI_SECTOR))
            mini += entry.data + bytes(-len(entry.data) % _MINI_SECTOR)
        elif entry.kind == 2 and entry.data:
            entry.start = _stored(entry.data, sectors, fat)
    entries[0].data = bytes(mini)
    entries[0].start = _stored(entries[0].data, sectors, fat) if mini else _END
    mini_start = _stored(_numbers(mini_fat, _FREE), sectors, fat) if mini_fat else _END
    directory = b"".join(_entry_bytes(entry) for entry in entries)
    directory_start = _stored(directory + _entry_bytes(None) * (-len(entries) % 4), sectors, fat)
    return _with_head(sectors, fat, directory_start=directory_start, mini_start=mini_start, mini_count=len(mini_fat))


def _entries(streams: Mapping[StreamPath, bytes]) -> list[_Entry]:
    entries = [_Entry("Root Entry", 5)]
    places: dict[StreamPath, int] = {(): 0}
    last: dict[int, int] = {}

    def added(path: StreamPath, entry: _Entry) -> None:
        parent = places[path[:-1]]
        places[path] = len(entries)
        if parent in last:
            entries[last[parent]].right = len(entries)
        else:
            entries[parent].child = len(entries)
        last[parent] = len(entries)
        entries.append(entry)

    # Brothers are in the order of their names: shorter first, then by capitals ([MS-CFB] 2.6.4).
    for path in sorted(streams, key=lambda path: [(len(step), step.upper()) for step in path]):
        for depth in range(1, len(path)):
            if path[:depth] not in places:
                added(path[:depth], _Entry(path[depth - 1], 1))
        added(path, _Entry(path[-1], 2, streams[path]))
    return entries


def _chained(fat: list[int], count: int) -> int:
    start = len(fat)
    fat += [*range(start + 1, start + count), _END]
    return start


def _stored(data: bytes, sectors: list[bytes], fat: list[int]) -> int:
    count = -(-len(data) // _SECTOR)
    padded = data + bytes(count * _SECTOR - len(data))
    sectors += [padded[at : at + _SECTOR] for at in range(0, len(padded), _SECTOR)]
    return _chained(fat, count)


def _numbers(values: list[int], fill: int) -> bytes:
    values = values + [fill] * (-len(values) % (_SECTOR // 4))
    return struct.pack(f"<{len(values)}I", *values)


def _entry_bytes(entry: _Entry | None) -> bytes:
    if entry is None:
        return bytes(68) + struct.pack("<III", _FREE, _FREE, _FREE) + bytes(48)
    name = entry.name[:31].encode("utf-16-le", "replace") + b"\0\0"
    head = name + bytes(64 - len(name)) + struct.pack("<HBB", len(name), entry.kind, 1)
    links = struct.pack("<III", _FREE, entry.right, entry.child)
    return head + links + bytes(36) + struct.pack("<IQ", entry.start if entry.kind != 1 else 0, len(entry.data))


def _with_head(
    sectors: list[bytes], fat: list[int], *, directory_start: int, mini_start: int, mini_count: int
) -> bytes:
    per_sector, in_head = _SECTOR // 4, 109
    fat_count = difat_count = 0
    while True:
        needed = -(-(len(fat) + fat_count + difat_count) // per_sector)
        needed_difat = max(0, -(-(needed - in_head) // (per_sector - 1)))
        if (needed, needed_difat) == (fat_count, difat_count):
            break
        fat_count, difat_count = needed, needed_difat
    first_fat = len(fat)
    first_difat = first_fat + fat_count
    whole = fat + [_FAT] * fat_count + [0xFFFFFFFC] * difat_count
    places = list(range(first_fat, first_fat + fat_count))
    head = _SIGNATURE + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIII", 0, fat_count, directory_start, 0, _MINI_LIMIT, mini_start)
    head += struct.pack("<III", -(-mini_count // per_sector), first_difat if difat_count else _END, difat_count)
    listed = places[:in_head]
    head += struct.pack(f"<{in_head}I", *listed, *([_FREE] * (in_head - len(listed))))
    out = io.BytesIO()
    out.write(head + b"".join(sectors) + _numbers(whole, _FREE))
    for number in range(difat_count):
        part = places[in_head + number * (per_sector - 1) : in_head + (number + 1) * (per_sector - 1)]
        part += [_FREE] * (per_sector - 1 - len(part))
        out.write(struct.pack(f"<{per_sector}I", *part, first_difat + number + 1 if number + 1 < difat_count else _END))
    return out.getvalue()
