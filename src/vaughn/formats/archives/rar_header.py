"""What the headers of a RAR archive say: names, sizes, locks (RAR 5.0 archive format; technote.txt for 1.5 to 4)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO

from vaughn.formats.faults import FileRefused, Refusal, unreadable

_MARK_4, _MARK_5 = b"Rar!\x1a\x07\x00", b"Rar!\x1a\x07\x01\x00"
# A header holds one name and some times.
MAX_HEADER_BYTES = 2_100_000
MAX_MEMBERS = 1_000_000
# A program in front of a self-unpacking archive is this large at most.
_MARK_WITHIN = 1_100_000
_STORED_4 = 0x30
_LOCKED_HEADERS = "The archive's list of members needs a password. Nothing was unpacked."


@dataclass(frozen=True, slots=True)
class RarMember:
    """One file of a RAR archive as its header tells it.

    Args:
        start: Place of its packed bytes.
        is_stored: Whether they are the bytes themselves.
        is_divided: Whether it goes on in another volume.
    """

    name: str
    start: int
    packed_bytes: int
    size_bytes: int | None
    check: int | None
    modified_at: str | None
    is_stored: bool
    is_locked: bool
    is_folder: bool
    is_link: bool
    is_divided: bool


def rar_members(source: IO[bytes]) -> Iterator[RarMember]:
    """Yield the members that *source* lists; ends with `EOFError` if it is cut off.

    Raises:
        FileRefused: If it is no RAR archive, or even its list is locked.
    """
    source.seek(0)
    head = source.read(_MARK_WITHIN)
    five, four = head.find(_MARK_5), head.find(_MARK_4)
    if five >= 0 and (four < 0 or five < four):
        yield from _members_5(source, five + len(_MARK_5))
    elif four >= 0:
        yield from _members_4(source, four + len(_MARK_4))
    else:
        raise unreadable("The archive is cut off or broken.")


# -- RAR 5 ----------------------------------------------------------------------------------------------------------


class _Fields:
    """Reads the variable numbers of a RAR 5 header."""

    def __init__(self, data: bytes) -> None:
        self.data, self.place = data, 0

    def number(self) -> int:
        value = shift = 0
        while shift < 70:
            if self.place >= len(self.data):
                raise EOFError
            byte = self.data[self.place]
            self.place += 1
            value |= (byte & 0x7F) << shift
            if not byte & 0x80:
                return value
            shift += 7
        raise EOFError

    def take(self, count: int) -> bytes:
        if count < 0 or self.place + count > len(self.data):
            raise EOFError
        self.place += count
        return self.data[self.place - count : self.place]


def _members_5(source: IO[bytes], place: int) -> Iterator[RarMember]:
    for _ in range(MAX_MEMBERS):
        source.seek(place + 4)
        front = _Fields(source.read(10))
        size = front.number()
        if not 0 < size <= MAX_HEADER_BYTES:
            raise EOFError
        source.seek(place + 4 + front.place)
        fields = _Fields(source.read(size))
        after = place + 4 + front.place + size
        if len(fields.data) < size:
            raise EOFError
        kind, flags = fields.number(), fields.number()
        extra_bytes = fields.number() if flags & 1 else 0
        data_bytes = fields.number() if flags & 2 else 0
        if kind == 4:
            raise FileRefused(_LOCKED_HEADERS, refusal=Refusal.LOCKED)
        if kind == 5:
            return
        if kind == 2:
            yield _member_5(fields, start=after, packed_bytes=data_bytes, extra_bytes=extra_bytes, flags=flags)
        place = after + data_bytes
    raise EOFError


def _member_5(fields: _Fields, *, start: int, packed_bytes: int, extra_bytes: int, flags: int) -> RarMember:
    own, size = fields.number(), fields.number()
    fields.number()  # attributes
    seconds = struct.unpack("<L", fields.take(4))[0] if own & 2 else 0
    check = struct.unpack("<L", fields.take(4))[0] if own & 4 else None
    packing, _ = fields.number(), fields.number()
    name = fields.take(fields.number()).decode("utf-8", "replace")
    kinds = set(_extra_kinds(fields.data[len(fields.data) - extra_bytes :])) if extra_bytes else set()
    modified = datetime.fromtimestamp(seconds, UTC).isoformat()[:19] + "Z" if seconds else None
    return RarMember(
        name,
        start,
        packed_bytes,
        None if own & 8 else size,
        check,
        modified,
        is_stored=not packing >> 7 & 7,
        is_locked=1 in kinds,
        is_folder=bool(own & 1),
        is_link=5 in kinds,
        is_divided=bool(flags & 0x18),
    )


def _extra_kinds(data: bytes) -> Iterator[int]:
    fields = _Fields(data)
    while fields.place < len(data):
        try:
            size = fields.number()
            end = fields.place + size
            yield fields.number()
        except EOFError:
            return
        fields.place = end


# -- RAR 1.5 to 4 ---------------------------------------------------------------------------------------------------


def _members_4(source: IO[bytes], place: int) -> Iterator[RarMember]:
    for _ in range(MAX_MEMBERS):
        source.seek(place)
        head = source.read(7)
        if not head and place == source.seek(0, 2):
            return  # versions before 3 write no end block
        if len(head) < 7:
            raise EOFError
        _, kind, flags, size = struct.unpack("<HBHH", head)
        if size < 7:
            raise EOFError
        body = source.read(size - 7)
        if len(body) < size - 7:
            raise EOFError
        data_bytes = struct.unpack_from("<L", body)[0] if flags & 0x8000 and len(body) >= 4 else 0
        if kind == 0x73 and flags & 0x80:
            raise FileRefused(_LOCKED_HEADERS, refusal=Refusal.LOCKED)
        if kind == 0x7B:
            return
        if kind == 0x74:
            if len(body) < 25:
                raise EOFError
            member = _member_4(body, flags, start=place + size)
            data_bytes = member.packed_bytes
            yield member
        place += size + data_bytes
    raise EOFError


def _member_4(body: bytes, flags: int, *, start: int) -> RarMember:
    packed, size, system, check, time, _, method, name_bytes, attributes = struct.unpack_from("<LLBLLBBHL", body)
    place = 25
    if flags & 0x100 and len(body) >= place + 8:
        high_packed, high_size = struct.unpack_from("<LL", body, place)
        packed, size, place = packed + (high_packed << 32), size + (high_size << 32), place + 8
    name = _spelled(body[place : place + name_bytes], is_unicode=bool(flags & 0x200))
    return RarMember(
        name.replace("\\", "/"),
        start,
        packed,
        size,
        check,
        _dos_time(time),
        is_stored=method == _STORED_4,
        is_locked=bool(flags & 0x04),
        is_folder=flags & 0xE0 == 0xE0,
        is_link=system == 3 and attributes >> 12 & 0xF == 0xA,
        is_divided=bool(flags & 0x03),
    )


def _spelled(name: bytes, *, is_unicode: bool) -> str:
    """Return the name: in UTF-8, or as plain bytes, a zero, and how Unicode differs from them."""
    plain, zero, packed = name.partition(b"\0")
    if not is_unicode or not zero:
        try:
            return name.decode("utf-8")
        except UnicodeDecodeError:
            return name.decode("cp437")
    return _wide_name(plain, packed)


def _wide_name(plain: bytes, packed: bytes) -> str:
    """Return the Unicode name: two bits for each step, four steps a byte (technote.txt, file name encoding)."""
    out: list[int] = []
    high, place, flags, left = (packed[0] if packed else 0) << 8, 1, 0, 0
    while place < len(packed) and len(out) < 4096:
        if not left:
            flags, place, left = packed[place], place + 1, 8
            continue
        left -= 2
        step = flags >> left & 3
        needed = (1, 1, 2, 1)[step]
        piece = packed[place : place + needed]
        place += needed
        if len(piece) < needed:
            break
        if step == 3:
            count, at = (piece[0] & 0x7F) + 2, len(out)
            shift = packed[place] if piece[0] & 0x80 and place < len(packed) else 0
            place += bool(piece[0] & 0x80)
            copied = plain[at : at + count]
            out += [((byte + shift) & 0xFF) | high if piece[0] & 0x80 else byte for byte in copied]
        else:
            out.append((piece[0], piece[0] | high, piece[0] | (piece[-1] << 8))[step])
    return "".join(map(chr, out)).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _dos_time(stamp: int) -> str | None:
    date, time = stamp >> 16, stamp & 0xFFFF
    try:
        moment = datetime(
            (date >> 9) + 1980, date >> 5 & 15, date & 31, time >> 11, time >> 5 & 63, (time & 31) * 2, tzinfo=UTC
        )
    except ValueError:
        return None
    return moment.isoformat()[:19]
