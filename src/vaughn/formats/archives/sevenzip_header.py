"""What the header of a 7z archive says, as the format's own description (7zFormat.txt of the LZMA SDK) has it.

Every count and size is read from the file and is held to what the header's own bytes can hold.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

_END, _HEADER, _PROPERTIES, _EXTRA_STREAMS, _STREAMS, _FILES = range(6)
_PACK, _UNPACK, _SUBSTREAMS, _SIZES, _DIGESTS, _FOLDERS, _UNPACK_SIZES, _UNPACK_COUNTS = range(6, 14)
_EMPTY, _EMPTY_FILE, _ANTI, _NAMES, _MODIFIED, _ATTRIBUTES = 0x0E, 0x0F, 0x10, 0x11, 0x14, 0x15
_MAX_CODERS = 32
_UNIX_MODE, _IS_FOLDER = 0x8000, 0x10
_FILETIME_ZERO = datetime(1601, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Coder:
    """One step of unpacking: method number and its properties."""

    method: bytes
    properties: bytes
    inputs: int
    outputs: int


@dataclass(slots=True)
class Folder:
    """Members packed together, and the steps that unpack them."""

    coders: tuple[Coder, ...]
    binds: tuple[tuple[int, int], ...]
    packed: tuple[int, ...]
    sizes: tuple[int, ...] = ()
    check: int | None = None
    member_sizes: list[int] = field(default_factory=list)
    member_checks: list[int | None] = field(default_factory=list)

    @property
    def size_bytes(self) -> int:
        """What the last step brings."""
        bound = {output for _, output in self.binds}
        return next((size for place, size in enumerate(self.sizes) if place not in bound), 0)


@dataclass(slots=True)
class Streams:
    """Where the packed bytes lie, behind the first 32 of the file, and how they are unpacked."""

    start: int = 0
    packed_sizes: list[int] = field(default_factory=list)
    folders: list[Folder] = field(default_factory=list)


@dataclass(slots=True)
class Member:
    """One entry of the archive."""

    name: str = ""
    has_bytes: bool = True
    is_folder: bool = False
    is_link: bool = False
    modified_at: str | None = None


class Reader:
    """Reads numbers off a header; raises `ValueError` where it ends too early."""

    def __init__(self, data: bytes) -> None:
        self.data, self.place = data, 0

    def take(self, count: int) -> bytes:
        """Return the next *count* bytes."""
        if count < 0 or self.place + count > len(self.data):
            raise ValueError("the header is cut off")
        self.place += count
        return self.data[self.place - count : self.place]

    def byte(self) -> int:
        """Return the next byte."""
        return self.take(1)[0]

    def number(self) -> int:
        """Return the next number: as many bytes follow as the first has leading ones."""
        first, mask, value = self.byte(), 0x80, 0
        for place in range(8):
            if not first & mask:
                return value + ((first & (mask - 1)) << (8 * place))
            value += self.byte() << (8 * place)
            mask >>= 1
        return value

    def count(self) -> int:
        """Return the next number as a count of things of which each takes a bit of the header at least."""
        value = self.number()
        if value > 8 * len(self.data) + 1024:
            raise ValueError("a count of the header cannot be")
        return value

    def bits(self, count: int) -> list[bool]:
        """Return *count* yes or no, the highest bit first."""
        data = self.take((count + 7) // 8)
        return [bool(data[place // 8] & (0x80 >> place % 8)) for place in range(count)]

    def bits_or_all(self, count: int) -> list[bool]:
        """Return *count* yes or no, of which the first byte may say that all are yes."""
        return [True] * count if self.byte() else self.bits(count)

    def checks(self, count: int) -> list[int | None]:
        """Return *count* check sums, `None` where there is none."""
        return [struct.unpack("<L", self.take(4))[0] if known else None for known in self.bits_or_all(count)]


def read_streams(reader: Reader) -> Streams:
    """Return the description of packed streams at the place of *reader*."""
    streams = Streams()
    while (kind := reader.number()) != _END:
        if kind == _PACK:
            _packed(reader, streams)
        elif kind == _UNPACK:
            _folders(reader, streams)
        elif kind == _SUBSTREAMS:
            _substreams(reader, streams)
        else:
            raise ValueError("an unknown part of the header")
    for folder in streams.folders:
        if not folder.member_sizes and not folder.member_checks:
            folder.member_sizes, folder.member_checks = [folder.size_bytes], [folder.check]
    return streams


def read_header(data: bytes) -> tuple[Streams, list[Member]]:
    """Return the streams and the members that an unpacked header lists.

    Raises:
        ValueError: If it is cut off or nonsense.
    """
    reader = Reader(data)
    if reader.number() != _HEADER:
        raise ValueError("no header")
    streams, members = Streams(), list[Member]()
    while (kind := reader.number()) != _END:
        if kind == _PROPERTIES:
            while reader.number() != _END:
                reader.take(reader.number())
        elif kind == _EXTRA_STREAMS:
            read_streams(reader)
        elif kind == _STREAMS:
            streams = read_streams(reader)
        elif kind == _FILES:
            members = _members(reader)
        else:
            raise ValueError("an unknown part of the header")
    return streams, members


def _packed(reader: Reader, streams: Streams) -> None:
    streams.start, count = reader.number(), reader.count()
    while (kind := reader.number()) != _END:
        if kind == _SIZES:
            streams.packed_sizes = [reader.number() for _ in range(count)]
        elif kind == _DIGESTS:
            reader.checks(count)
        else:
            raise ValueError("an unknown part of the header")


def _folders(reader: Reader, streams: Streams) -> None:
    if reader.number() != _FOLDERS:
        raise ValueError("no folders")
    count = reader.count()
    if reader.byte():
        raise ValueError("the folders stand elsewhere")
    streams.folders = [_folder(reader) for _ in range(count)]
    while (kind := reader.number()) != _END:
        if kind == _UNPACK_SIZES:
            for folder in streams.folders:
                folder.sizes = tuple(reader.number() for coder in folder.coders for _ in range(coder.outputs))
        elif kind == _DIGESTS:
            for folder, check in zip(streams.folders, reader.checks(count), strict=True):
                folder.check = check
        else:
            raise ValueError("an unknown part of the header")


def _folder(reader: Reader) -> Folder:
    number = reader.number()
    if not 0 < number <= _MAX_CODERS:
        raise ValueError("a number of coders that cannot be")
    coders = []
    for _ in range(number):
        flags = reader.byte()
        method = reader.take(flags & 0x0F)
        inputs, outputs = (reader.number(), reader.number()) if flags & 0x10 else (1, 1)
        properties = reader.take(reader.number()) if flags & 0x20 else b""
        if inputs > _MAX_CODERS or outputs > _MAX_CODERS:
            raise ValueError("a number of streams that cannot be")
        coders.append(Coder(method, properties, inputs, outputs))
    inputs, outputs = sum(coder.inputs for coder in coders), sum(coder.outputs for coder in coders)
    if outputs == 0 or inputs < outputs - 1:
        raise ValueError("streams that lead nowhere")
    binds = tuple((reader.number(), reader.number()) for _ in range(outputs - 1))
    loose = inputs - len(binds)
    if loose == 1:
        bound = {entry for entry, _ in binds}
        packed: tuple[int, ...] = tuple(place for place in range(inputs) if place not in bound)
    else:
        packed = tuple(reader.number() for _ in range(loose))
    return Folder(tuple(coders), binds, packed)


def _substreams(reader: Reader, streams: Streams) -> None:
    folders = streams.folders
    counts = [1] * len(folders)
    kind = reader.number()
    if kind == _UNPACK_COUNTS:
        counts = [reader.count() for _ in folders]
        kind = reader.number()
    for folder, count in zip(folders, counts, strict=True):
        sizes = [reader.number() for _ in range(count - 1)] if kind == _SIZES else []
        folder.member_sizes = [*sizes, max(0, folder.size_bytes - sum(sizes))] if count else []
    if kind == _SIZES:
        kind = reader.number()
    known = [folder.check is not None and count == 1 for folder, count in zip(folders, counts, strict=True)]
    loose: list[int | None] = []
    missing = sum(count for count, has in zip(counts, known, strict=True) if not has)
    while kind != _END:
        if kind == _DIGESTS:
            loose = reader.checks(missing)
        else:
            raise ValueError("an unknown part of the header")
        kind = reader.number()
    loose = loose or [None] * missing
    for folder, count, has in zip(folders, counts, known, strict=True):
        folder.member_checks = [folder.check] if has else loose[:count]
        loose = loose if has else loose[count:]


def _members(reader: Reader) -> list[Member]:
    members = [Member() for _ in range(reader.count())]
    empty: list[Member] = []
    while (kind := reader.number()) != _END:
        own = Reader(reader.take(reader.number()))
        if kind == _EMPTY:
            for member, is_empty in zip(members, own.bits(len(members)), strict=True):
                member.has_bytes, member.is_folder = not is_empty, is_empty
            empty = [member for member in members if not member.has_bytes]
        elif kind in {_EMPTY_FILE, _ANTI}:
            for member, is_file in zip(empty, own.bits(len(empty)), strict=True):
                member.is_folder = member.is_folder and not is_file
        elif kind in _EACH:
            _EACH[kind](own, members)
    return members


def _names(reader: Reader, members: list[Member]) -> None:
    if reader.byte():
        raise ValueError("the names stand elsewhere")
    names = reader.data[reader.place :].decode("utf-16-le", "replace").split("\0")
    if len(names) < len(members):
        raise ValueError("members without a name")
    for member, name in zip(members, names, strict=False):
        member.name = name


def _times(reader: Reader, members: list[Member]) -> None:
    known = reader.bits_or_all(len(members))
    if reader.byte():
        raise ValueError("the times stand elsewhere")
    for member, has in zip(members, known, strict=True):
        if not has:
            continue
        ticks = struct.unpack("<Q", reader.take(8))[0]
        try:
            moment = _FILETIME_ZERO + timedelta(microseconds=ticks // 10)
        except OverflowError:
            continue
        member.modified_at = moment.replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def _attributes(reader: Reader, members: list[Member]) -> None:
    known = reader.bits_or_all(len(members))
    if reader.byte():
        raise ValueError("the attributes stand elsewhere")
    for member, has in zip(members, known, strict=True):
        if has:
            flags = struct.unpack("<L", reader.take(4))[0]
            kind = (flags >> 16) & 0xF000 if flags & _UNIX_MODE else 0
            member.is_link = kind not in {0, 0x8000, 0x4000}
            member.is_folder = member.is_folder or (not member.has_bytes and bool(flags & _IS_FOLDER))


_EACH: dict[int, Callable[[Reader, list[Member]], None]] = {
    _NAMES: _names,
    _MODIFIED: _times,
    _ATTRIBUTES: _attributes,
}
