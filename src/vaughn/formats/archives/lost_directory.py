"""Members of a zip whose directory is missing, found by walking from one local header to the next.

Each member has a header of its own before its bytes (APPNOTE.TXT 4.3.7). Where its size is not told there, the
packed bytes tell their end themselves, which only deflate does.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import IO

from vaughn.formats.archives.entries import Entry
from vaughn.formats.faults import FileRefused, unreadable

_LOCAL = struct.Struct("<4s5H3L2H")
_LOCAL_MARK, _DESCRIPTOR_MARK = b"PK\x03\x04", b"PK\x07\x08"
_LOCKED, _DESCRIBED, _UTF8 = 0x1, 0x8, 0x800
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_READ_BYTES = 1 << 16
MAX_MEMBERS = 1_000_000


@dataclass(frozen=True, slots=True)
class _Header:
    name: str
    method: int
    is_locked: bool
    start: int
    packed_bytes: int | None
    size_bytes: int | None
    check: int | None


def walked_entries(source: IO[bytes]) -> Iterator[Entry]:
    """Yield the members of *source* as their local headers tell them, up to the first place that is no header."""
    place = 0
    for _ in range(MAX_MEMBERS):
        header = _header(source, place)
        if header is None:
            return
        reader = _Walked(source, header)
        refused = None
        if header.is_locked:
            refused = ("FL012", "The member needs a password, and the archive is cut off. It was not unpacked.")
        elif header.method not in _METHODS:
            message = f"The member is packed by a method this program does not know (number {header.method})."
            refused = ("FL006", message)
        yield Entry(
            header.name,
            partial(io.BufferedReader, reader),
            size_bytes=header.size_bytes,
            packed_bytes=header.packed_bytes,
            is_folder=header.name.endswith("/"),
            refused=refused,
        )
        following = reader.end()
        if following is None:
            return
        place = following


def _header(source: IO[bytes], place: int) -> _Header | None:
    source.seek(place)
    head = source.read(_LOCAL.size)
    if len(head) < _LOCAL.size or not head.startswith(_LOCAL_MARK):
        return None
    _, _, flags, method, _, _, check, packed, size, name_bytes, extra_bytes = _LOCAL.unpack(head)
    name = source.read(name_bytes)
    if len(name) < name_bytes:
        return None
    spelled = name.decode("utf-8" if flags & _UTF8 else "cp437", "replace").replace("\\", "/")
    described = bool(flags & _DESCRIBED)
    start = place + _LOCAL.size + name_bytes + extra_bytes
    if described:
        return _Header(spelled, method, bool(flags & _LOCKED), start, None, None, None)
    return _Header(spelled, method, bool(flags & _LOCKED), start, packed, size, check)


class _Walked(io.RawIOBase):
    """The bytes of one member found without a directory."""

    def __init__(self, source: IO[bytes], header: _Header) -> None:
        super().__init__()
        self._source, self._header, self._place = source, header, header.start
        self._left = header.packed_bytes
        self._unpacking = zlib.decompressobj(-15) if header.method == zipfile.ZIP_DEFLATED else None
        self._waiting, self._check, self._finished = b"", 0, False

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Unpack the next bytes into *buffer*.

        Raises:
            FileRefused: If the member is cut off or broken.
        """
        while not self._finished:
            try:
                chunk = self._next(len(buffer))
            except zlib.error:
                raise unreadable("The member is cut off or broken.") from None
            if chunk:
                self._check = zlib.crc32(chunk, self._check)
                buffer[: len(chunk)] = chunk
                return len(chunk)
        expected = self._header.check
        if expected is not None and expected != self._check:
            raise unreadable("The member is cut off or broken.")
        return 0

    def end(self) -> int | None:
        """Return where the next header must stand, `None` if that cannot be told."""
        if self._header.packed_bytes is not None:
            return self._header.start + self._header.packed_bytes
        if self._header.method != zipfile.ZIP_DEFLATED or self._header.is_locked:
            return None
        room = bytearray(_READ_BYTES)
        try:
            while self.readinto(room):
                pass
        except FileRefused:
            return None
        return self._after_descriptor()

    def _next(self, most: int) -> bytes:
        if self._unpacking is None:
            data = self._packed(most)
            self._finished = not data
            return data
        self._waiting = self._waiting or self._packed(_READ_BYTES)
        if not self._waiting:
            raise unreadable("The member is cut off or broken.")
        chunk = self._unpacking.decompress(self._waiting, most)
        self._waiting = self._unpacking.unconsumed_tail
        if self._unpacking.eof:
            self._place -= len(self._unpacking.unused_data)
            self._finished = True
        return chunk

    def _packed(self, most: int) -> bytes:
        wanted = most if self._left is None else min(most, self._left)
        self._source.seek(self._place)
        data = self._source.read(wanted)
        if len(data) < wanted and self._left is not None:
            raise unreadable("The member is cut off or broken.")
        self._place += len(data)
        if self._left is not None:
            self._left -= len(data)
        return data

    def _after_descriptor(self) -> int:
        """Return the end of the size and check that follow the bytes, with or without a mark of their own."""
        self._source.seek(self._place)
        tail = self._source.read(24)
        marked = 4 if tail.startswith(_DESCRIPTOR_MARK) else 0
        for size in (12, 20):
            if tail[marked + size : marked + size + 2] in {b"PK", b""}:
                return self._place + marked + size
        return self._place + marked + 12
