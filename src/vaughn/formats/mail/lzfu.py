"""Formatted bodies as Outlook packs them ([MS-OXRTFCP]): LZ77 over a dictionary that begins with common RTF."""

from __future__ import annotations

import struct

from vaughn.formats.faults import FileRefused, Refusal, unreadable

COMPRESSED, UNCOMPRESSED = 0x75465A4C, 0x414C454D
# A token of two bytes stands for 17 at most.
MAX_RATIO = 20
MAX_BYTES = 64 * 1024 * 1024
_DICTIONARY_BYTES = 4096
_PRELOADED = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans Serif"
    rb"SymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)


def decompressed_rtf(data: bytes) -> bytes:
    """Return the RTF that *data* packs; as far as it goes if it is cut off.

    Raises:
        FileRefused: If it is not packed in this way, or unpacks to more than any body.
    """
    if len(data) < 16:
        raise unreadable("The packed body is too short.")
    raw_size, kind = struct.unpack_from("<II", data, 4)
    if kind == UNCOMPRESSED:
        return data[16 : 16 + raw_size]
    if kind != COMPRESSED:
        raise unreadable("The body is packed in a way that is not known.")
    limit = min(raw_size, len(data) * MAX_RATIO)
    if limit > MAX_BYTES:
        raise FileRefused("The packed body is larger than any body.", refusal=Refusal.TOO_LARGE)
    return _unpacked(data, limit)


def _unpacked(data: bytes, limit: int) -> bytes:
    dictionary = bytearray(_PRELOADED) + bytearray(_DICTIONARY_BYTES - len(_PRELOADED))
    write, at = len(_PRELOADED), 16
    out = bytearray()
    while at < len(data) and len(out) < limit:
        control = data[at]
        at += 1
        for bit in range(8):
            if control >> bit & 1:
                if at + 1 >= len(data):
                    return bytes(out[:limit])
                token = data[at] << 8 | data[at + 1]
                at += 2
                offset, length = token >> 4, (token & 0xF) + 2
                if offset == write:
                    return bytes(out[:limit])
                for step in range(length):
                    code = dictionary[(offset + step) % _DICTIONARY_BYTES]
                    out.append(code)
                    dictionary[write] = code
                    write = (write + 1) % _DICTIONARY_BYTES
            elif at < len(data):
                out.append(data[at])
                dictionary[write] = data[at]
                write = (write + 1) % _DICTIONARY_BYTES
                at += 1
            if len(out) >= limit:
                break
    return bytes(out[:limit])
