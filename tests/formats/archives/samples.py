"""Small archives that the standard library cannot write, as bytes: made with 7-Zip's and RAR's formats in mind."""

from __future__ import annotations

import lzma
import struct
import zlib

MARK = b"7z\xbc\xaf\x27\x1c"


def seven_zip(members, *, method=b"\x21", properties=b"\x10", pack=None, check=True):
    """Return a 7z archive with *members* packed together by one method (LZMA2 if none is named)."""
    data = b"".join(members.values())
    if pack is None:
        filters = [{"id": lzma.FILTER_LZMA2, "dict_size": 1 << 20}]
        packed = lzma.compress(data, lzma.FORMAT_RAW, filters=filters)
    else:
        packed = pack(data)
    coder = bytes([0x20 | len(method)]) + method + bytes([len(properties)]) + properties
    sizes = [len(one) for one in members.values()]
    streams = b"\x06" + _number(0) + _number(1) + b"\x09" + _number(len(packed)) + b"\0"
    streams += b"\x07\x0b" + _number(1) + b"\0" + _number(1) + coder + b"\x0c" + _number(len(data)) + b"\0"
    streams += b"\x08\x0d" + _number(len(sizes)) + b"\x09" + b"".join(map(_number, sizes[:-1]))
    if check:
        streams += b"\x0a\x01" + b"".join(struct.pack("<L", zlib.crc32(one)) for one in members.values())
    names = b"\0" + b"".join(name.encode("utf-16-le") + b"\0\0" for name in members)
    files = _number(len(members)) + b"\x11" + _number(len(names)) + names + b"\0"
    header = b"\x01\x04" + streams + b"\0\0\x05" + files + b"\0"
    start = struct.pack("<QQL", len(packed), len(header), zlib.crc32(header))
    return MARK + b"\0\4" + struct.pack("<L", zlib.crc32(start)) + start + packed + header


def _number(value):
    """Return a number as 7z writes it."""
    if value < 0x80:
        return bytes([value])
    return b"\xff" + struct.pack("<Q", value)


def rar5(members, *, packed=False, locked=False, end=True):
    """Return a RAR 5 archive whose members are only stored, or claim not to be."""
    out = b"Rar!\x1a\x07\x01\x00" + _block(b"\x01\x00\x00")
    for name, data in members.items():
        extra = b"\x02\x01\x00" if locked else b""
        own = b"\x04" + _vint(len(data)) + b"\0" + struct.pack("<L", zlib.crc32(data))
        own += _vint(3 << 7 if packed else 0) + b"\1" + _vint(len(name)) + name.encode() + extra
        head = b"\x02" + _vint(3 if locked else 2) + (_vint(len(extra)) if locked else b"") + _vint(len(data))
        out += _block(head + own) + data
    return out + (_block(b"\x05\x00\x00") if end else b"")


def _block(body):
    sized = _vint(len(body)) + body
    return struct.pack("<L", zlib.crc32(sized)) + sized


def _vint(value):
    out = b""
    while True:
        value, low = value >> 7, value & 0x7F
        if not value:
            return out + bytes([low])
        out += bytes([low | 0x80])


def rar4(members):
    """Return a RAR 4 archive whose members are only stored."""
    out = b"Rar!\x1a\x07\x00" + struct.pack("<HBHHHL", 0, 0x73, 0, 13, 0, 0)
    for name, data in members.items():
        spelled = name.encode()
        stamp = (40 << 25) | (1 << 21) | (2 << 16) | (3 << 11)
        body = struct.pack("<LLBLLBBHL", len(data), len(data), 3, zlib.crc32(data), stamp, 29, 0x30, len(spelled), 0)
        out += struct.pack("<HBHH", 0, 0x74, 0x8000, 7 + len(body) + len(spelled)) + body + spelled + data
    return out + struct.pack("<HBHH", 0, 0x7B, 0, 7)
