"""7z archives: LZMA, LZMA2, bzip2, deflate, Zstandard, stored; branch filters, delta; AES with given passwords.

Not unpacked, and said so: PPMd, BCJ2, Deflate64 and rarer methods. Members packed together come as one stream in
the order of the archive.
"""

from __future__ import annotations

import bz2
import io
import lzma
import struct
import sys
import zlib
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import IO, Protocol, cast

from vaughn.formats.archives.entries import BROKEN, Entry, Listing
from vaughn.formats.archives.sevenzip_header import Coder, Folder, Member, Reader, Streams, read_header, read_streams
from vaughn.formats.archives.sevenzip_lock import Unlocking, WrongPassword
from vaughn.formats.faults import FileRefused, Refusal, unreadable

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

_MARK = b"7z\xbc\xaf\x27\x1c"
_HEAD_BYTES = 32
_ENCODED = 0x17
# Headers hold names and sizes: 100 bytes a member.
MAX_HEADER_BYTES = 200_000_000
MAX_DICTIONARY_BYTES = 1 << 30
_READ_BYTES = 1 << 17
_MOST_PACKED = 8  # headers are packed once, by some programs twice
_LOCKED_LIST = "The archive's list of members needs a password. Nothing was unpacked."
_MOST_IDLE = 2  # turns without a byte in or out: the stream is at its end or stuck
_AES = bytes.fromhex("06f10701")
_LZMA, _LZMA2, _DELTA = bytes.fromhex("030101"), b"\x21", b"\x03"
_BRANCHES = {
    bytes.fromhex("03030103"): lzma.FILTER_X86,
    bytes.fromhex("03030205"): lzma.FILTER_POWERPC,
    bytes.fromhex("03030401"): lzma.FILTER_IA64,
    bytes.fromhex("03030501"): lzma.FILTER_ARM,
    bytes.fromhex("03030701"): lzma.FILTER_ARMTHUMB,
    bytes.fromhex("03030805"): lzma.FILTER_SPARC,
    b"\x04": lzma.FILTER_X86,
    b"\x05": lzma.FILTER_POWERPC,
    b"\x06": lzma.FILTER_IA64,
    b"\x07": lzma.FILTER_ARM,
    b"\x08": lzma.FILTER_ARMTHUMB,
    b"\x09": lzma.FILTER_SPARC,
}
_NAMED = {
    bytes.fromhex("030401"): "PPMd",
    bytes.fromhex("0303011b"): "BCJ2",
    bytes.fromhex("040109"): "Deflate64",
    b"\x0a": "ARM64",
}


class _Step(Protocol):
    """One step of unpacking: takes packed bytes, none at their end, and gives at most so many."""

    def __call__(self, data: bytes, most: int) -> tuple[bytes, bytes]:
        """Return what came out, and what of *data* was not used."""


def listed_7z(source: IO[bytes], passwords: Sequence[str]) -> Listing:
    """Return what the 7z archive *source* lists.

    Raises:
        FileRefused: If its header cannot be read, or is locked and no password fits.
    """
    try:
        streams, members = _header(source, passwords)
    except FileRefused:
        raise
    except (*BROKEN, MemoryError):
        raise unreadable("The archive is cut off or broken.") from None
    with_bytes = sum(member.has_bytes for member in members)
    packed = sum(len(folder.member_sizes) for folder in streams.folders)
    expected = sum(not member.is_folder for member in members)
    faults = [] if with_bytes <= packed else [("IN022", "The archive lists more members than it has bytes for.")]
    return Listing(_entries(source, streams, members, tuple(passwords)), expected, faults)


def _header(source: IO[bytes], passwords: Sequence[str]) -> tuple[Streams, list[Member]]:
    source.seek(0)
    head = source.read(_HEAD_BYTES)
    if len(head) < _HEAD_BYTES or not head.startswith(_MARK) or zlib.crc32(head[12:32]) != _number(head, 8):
        raise unreadable("The archive is cut off or broken.")
    offset, size = struct.unpack_from("<QQ", head, 12)
    if size == 0:
        return Streams(), []
    if size > MAX_HEADER_BYTES:
        raise _too_large(size)
    source.seek(_HEAD_BYTES + offset)
    data = source.read(size)
    if len(data) < size or zlib.crc32(data) != _number(head, 28):
        raise unreadable("The archive is cut off or broken.")
    return _listed(source, data, passwords, depth=0)


def _listed(source: IO[bytes], data: bytes, passwords: Sequence[str], *, depth: int) -> tuple[Streams, list[Member]]:
    """Return what the header *data* lists; a packed one is unpacked, with each password if it is locked."""
    if data[:1] != bytes([_ENCODED]):
        return read_header(data)
    reader = Reader(data)
    reader.byte()
    streams = read_streams(reader)
    if len(streams.folders) != 1 or depth >= _MOST_PACKED:
        raise unreadable("The archive is cut off or broken.")
    if not any(coder.method == _AES for coder in streams.folders[0].coders):
        return _listed(source, _whole(source, streams, passwords), passwords, depth=depth + 1)
    for password in passwords:  # not every program writes a check sum: a wrong password may give noise
        try:
            return _listed(source, _whole(source, streams, (password,)), passwords, depth=depth + 1)
        except (*BROKEN, FileRefused):
            continue
    what = "None of the passwords given opens the archive's list of members." if passwords else _LOCKED_LIST
    raise FileRefused(what, refusal=Refusal.LOCKED, hint="Ask for the password or an open copy.")


def _number(head: bytes, place: int) -> int:
    return int(struct.unpack_from("<L", head, place)[0])


def _too_large(size: int) -> FileRefused:
    hint = "Unpack it yourself if you trust it, and load the folder."
    return FileRefused(f"The archive's directory alone takes {size} bytes.", refusal=Refusal.TOO_LARGE, hint=hint)


def _whole(source: IO[bytes], streams: Streams, passwords: Sequence[str]) -> bytes:
    """Return the unpacked header that *streams* describes."""
    folder = streams.folders[0]
    if folder.size_bytes > MAX_HEADER_BYTES:
        raise _too_large(folder.size_bytes)
    stream, data = _opened(source, streams, 0, tuple(passwords)), b""
    while len(data) < folder.size_bytes and (chunk := stream.read(folder.size_bytes - len(data))):
        data += chunk
    if len(data) < folder.size_bytes or (folder.check is not None and zlib.crc32(data) != folder.check):
        raise unreadable("The archive is cut off or broken.")
    return data


def _entries(
    source: IO[bytes], streams: Streams, members: Sequence[Member], passwords: tuple[str, ...]
) -> Iterator[Entry]:
    places = (
        (number, place) for number, folder in enumerate(streams.folders) for place in range(len(folder.member_sizes))
    )
    solid: _Solid | None = None
    for member in members:
        name = member.name.replace("\\", "/")
        if not member.has_bytes:
            yield Entry(name, io.BytesIO, 0, 0, member.modified_at, is_folder=member.is_folder, is_link=member.is_link)
            continue
        number, place = next(places, (-1, 0))
        if number < 0:
            yield Entry(name, io.BytesIO, refused=("FL006", "The archive has no bytes for the member."))
            continue
        if solid is None or solid.number != number:
            solid = _Solid(number, streams.folders[number], partial(_opened, source, streams, number, passwords))
        yield Entry(
            name,
            partial(solid.member, place),
            size_bytes=streams.folders[number].member_sizes[place],
            modified_at=member.modified_at,
            is_link=member.is_link,
        )


class _Solid:
    """Members packed together: one stream, of which each member is a stretch."""

    def __init__(self, number: int, folder: Folder, opening: Callable[[], IO[bytes]]) -> None:
        self.number, self._folder, self._opening = number, folder, opening
        self._stream: IO[bytes] | None = None
        self._place = 0

    def member(self, place: int) -> IO[bytes]:
        """Return the bytes of the member at *place*; what stands before it is unpacked and passed over."""
        start = sum(self._folder.member_sizes[:place])
        if self._stream is None or self._place > start:
            self._stream, self._place = self._opening(), 0
        return cast(
            "IO[bytes]", _Stretch(self, start, self._folder.member_sizes[place], self._folder.member_checks[place])
        )

    def read_at(self, start: int, most: int) -> bytes:
        """Return up to *most* bytes from *start* on."""
        stream = self._stream
        if stream is None:
            raise EOFError
        while self._place < start:
            self._place += len(_some(stream, min(_READ_BYTES, start - self._place)))
        chunk = _some(stream, most)
        self._place += len(chunk)
        return chunk


def _some(stream: IO[bytes], most: int) -> bytes:
    chunk = stream.read(most)
    if not chunk:
        raise EOFError
    return chunk


class _Stretch(io.RawIOBase):
    """The bytes of one member, compared with its check sum at the end."""

    def __init__(self, solid: _Solid, start: int, size: int, check: int | None) -> None:
        super().__init__()
        self._solid, self._place, self._left, self._check = solid, start, size, check
        self._sum = 0

    def read(self, size: int = -1) -> bytes:
        """Return up to *size* bytes, none at the end.

        Raises:
            FileRefused: If the check sum does not fit.
        """
        if not self._left:
            if self._check is not None and self._sum != self._check:
                raise unreadable("The member is cut off or broken.")
            return b""
        chunk = self._solid.read_at(self._place, self._left if size < 0 else min(size, self._left))
        self._sum = zlib.crc32(chunk, self._sum)
        self._place += len(chunk)
        self._left -= len(chunk)
        return chunk


def _opened(source: IO[bytes], streams: Streams, number: int, passwords: tuple[str, ...]) -> IO[bytes]:
    """Return the unpacked stream of folder *number*.

    Raises:
        FileRefused: If it is packed in a way this program does not know, or locked and no password fits.
    """
    folder = streams.folders[number]
    coders = _in_order(folder)
    before = sum(len(one.packed) for one in streams.folders[:number])
    if len(streams.packed_sizes) <= before:
        raise unreadable("The archive is cut off or broken.")
    start = _HEAD_BYTES + streams.start + sum(streams.packed_sizes[:before])
    size = streams.packed_sizes[before]
    if not any(coder.method == _AES for coder, _ in coders):
        return cast("IO[bytes]", _Chain(source, start, size, [_step(coder, out) for coder, out in coders]))
    if not passwords:
        raise FileRefused("The member needs a password. It was not unpacked.", refusal=Refusal.LOCKED)
    for password in passwords:
        steps = [_step(coder, out, password) for coder, out in coders]
        try:
            if _fits(_Chain(source, start, size, steps), folder):
                return cast("IO[bytes]", _Chain(source, start, size, [_step(*one, password) for one in coders]))
        except (*BROKEN, WrongPassword):
            continue
    message = "None of the passwords given opens the member. It was not unpacked."
    raise FileRefused(message, refusal=Refusal.LOCKED)


def _fits(chain: _Chain, folder: Folder) -> bool:
    """Tell whether the first member, up to a size, unpacks to what its check sum says."""
    size, check = folder.member_sizes[0] if folder.member_sizes else folder.size_bytes, None
    check = folder.member_checks[0] if folder.member_checks else folder.check
    total, left = 0, min(size, 1 << 24)
    whole = left == size
    while left:
        chunk = chain.read(min(_READ_BYTES, left))
        if not chunk:
            return False
        total = zlib.crc32(chunk, total)
        left -= len(chunk)
    return check is None or not whole or total == check


def _in_order(folder: Folder) -> list[tuple[Coder, int]]:
    """Return the steps from the packed stream to the members, each with the size of what it brings.

    Raises:
        FileRefused: If a step is none that this program knows, or the steps are no chain.
    """
    for coder in folder.coders:
        if coder.method in _NAMED or coder.inputs != 1 or coder.outputs != 1:
            name = _NAMED.get(coder.method, "of several streams")
            raise unreadable(f"The member is packed by a method this program does not know ({name}).")
    if len(folder.packed) != 1 or len(folder.sizes) != len(folder.coders):
        raise unreadable("The archive is cut off or broken.")
    following = {output: entry for entry, output in folder.binds}
    found: list[tuple[Coder, int]] = []
    place = folder.packed[0]
    while len(found) < len(folder.coders) and 0 <= place < len(folder.coders):
        found.append((folder.coders[place], folder.sizes[place]))
        if place not in following:
            break
        place = following[place]
    if len(found) != len(folder.coders):
        raise unreadable("The archive is cut off or broken.")
    return found


def _step(coder: Coder, size: int, password: str = "") -> _Step:
    """Return the step of unpacking that *coder* names, which brings *size* bytes.

    Raises:
        FileRefused: If it is none that this program knows.
    """
    method, properties = coder.method, coder.properties
    if method == _AES:
        return Unlocking(properties, password, size)
    if method in _BRANCHES:
        return _Branch({"id": _BRANCHES[method]})
    length, make = _STEPS.get(method, (-1, None))
    if make is None or len(properties) < length:
        raise unreadable(f"The member is packed by a method this program does not know (number {method.hex()}).")
    return make(properties)


def _dictionary2(bits: int) -> int:
    if bits > 40:
        raise unreadable("The member is cut off or broken.")
    size = (1 << 32) - 1 if bits == 40 else (2 | bits & 1) << (bits // 2 + 11)
    return _allowed(size)


def _lzma1(properties: bytes) -> dict[str, int]:
    code, size = struct.unpack("<BL", properties)
    if code >= 9 * 5 * 5:
        raise unreadable("The member is cut off or broken.")
    rest, literal_context = divmod(code, 9)
    position_bits, literal_position = divmod(rest, 5)
    return {
        "id": lzma.FILTER_LZMA1,
        "dict_size": _allowed(max(size, 4096)),
        "lc": literal_context,
        "lp": literal_position,
        "pb": position_bits,
    }


def _allowed(size: int) -> int:
    if size > MAX_DICTIONARY_BYTES:
        message = f"The member needs {size // 1_000_000} MB of memory to be unpacked."
        raise FileRefused(message, refusal=Refusal.TOO_LARGE)
    return size


class _Lzma:
    """LZMA and LZMA2."""

    def __init__(self, filters: tuple[dict[str, int], ...]) -> None:
        self._unpacking = lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=filters)

    def __call__(self, data: bytes, most: int) -> tuple[bytes, bytes]:
        if self._unpacking.eof:
            return b"", b""
        if not self._unpacking.needs_input:
            return self._unpacking.decompress(b"", most), data
        return self._unpacking.decompress(data, most), b""


class _Branch:
    """A filter that turns addresses of programs back, or sums differences: handed to liblzma as stored LZMA2."""

    def __init__(self, own: dict[str, int]) -> None:
        filters = (own, {"id": lzma.FILTER_LZMA2, "dict_size": 1 << 16})
        self._unpacking = lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=filters)
        self._first = True

    def __call__(self, data: bytes, most: int) -> tuple[bytes, bytes]:
        if self._unpacking.eof:
            return b"", b""
        piece, rest = data[:_READ_BYTES], data[_READ_BYTES:]
        packed = b"" if piece else b"\0"
        for start in range(0, len(piece), 1 << 16):
            part = piece[start : start + (1 << 16)]
            packed += (b"\1" if self._first else b"\2") + struct.pack(">H", len(part) - 1) + part
            self._first = False
        return self._unpacking.decompress(packed), rest


class _Deflate:
    """Deflate without a head."""

    def __init__(self) -> None:
        self._unpacking = zlib.decompressobj(-15)

    def __call__(self, data: bytes, most: int) -> tuple[bytes, bytes]:
        if self._unpacking.eof:
            return b"", b""
        return self._unpacking.decompress(data, most), self._unpacking.unconsumed_tail


class _Many:
    """Streams that may follow each other: bzip2, Zstandard."""

    def __init__(self, make: Callable[[], bz2.BZ2Decompressor | zstd.ZstdDecompressor]) -> None:
        self._make, self._unpacking = make, make()

    def __call__(self, data: bytes, most: int) -> tuple[bytes, bytes]:
        if self._unpacking.eof:
            rest = self._unpacking.unused_data + data
            if not rest:
                return b"", b""
            self._unpacking, data = self._make(), rest
        elif not self._unpacking.needs_input:
            return self._unpacking.decompress(b"", most), data
        return self._unpacking.decompress(data, most), b""


class _Chain:
    """What a packed stream unpacks to, step after step."""

    def __init__(self, source: IO[bytes], start: int, size: int, steps: Sequence[_Step]) -> None:
        self._source, self._place, self._left = source, start, size
        self._steps = list(steps)
        self._waiting = [b""] * len(self._steps)
        self._ready = b""

    def read(self, most: int) -> bytes:
        """Return up to *most* bytes; none at the end."""
        if not self._ready:
            self._ready = self._from(len(self._steps) - 1)
        chunk, self._ready = self._ready[:most], self._ready[most:]
        return chunk

    def _from(self, number: int) -> bytes:
        """Return some bytes out of step *number*, none at the end."""
        if number < 0:
            return self._packed()
        idle = 0
        while True:
            data = self._waiting[number] or self._from(number - 1)
            out, self._waiting[number] = self._steps[number](data, _READ_BYTES)
            if out:
                return out
            if not data or self._waiting[number] == data:
                idle += 1
                if idle > _MOST_IDLE:
                    return b""

    def _packed(self) -> bytes:
        self._source.seek(self._place)
        data = self._source.read(min(self._left, _READ_BYTES))
        self._place += len(data)
        self._left -= len(data)
        return data


# Method -> length of its properties, and what makes its step.
_STEPS: dict[bytes, tuple[int, Callable[[bytes], _Step]]] = {
    b"\0": (0, lambda _: lambda data, most: (data, b"")),
    _LZMA2: (1, lambda own: _Lzma(({"id": lzma.FILTER_LZMA2, "dict_size": _dictionary2(own[0])},))),
    _LZMA: (5, lambda own: _Lzma((_lzma1(own[:5]),))),
    _DELTA: (1, lambda own: _Branch({"id": lzma.FILTER_DELTA, "dist": own[0] + 1})),
    bytes.fromhex("040108"): (0, lambda _: _Deflate()),
    bytes.fromhex("040202"): (0, lambda _: _Many(bz2.BZ2Decompressor)),
    bytes.fromhex("04f71101"): (0, lambda _: _Many(zstd.ZstdDecompressor)),
}
