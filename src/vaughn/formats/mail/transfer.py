"""The bytes behind a transfer encoding (RFC 2045, 6; uuencode as POSIX has it), read as far as they can be."""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass

_MISSPELT = "The encoding of a part is misspelt."
_UNKNOWN = "The encoding of a part is not known; it is kept as it stands."
_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="
_NO_BASE64 = bytes(set(range(256)) - set(_BASE64))
_BASE64_LINES = _BASE64 + b" \t\n\r\f\v"
_PAD_INSIDE = re.compile(rb"=+(?=[A-Za-z0-9+/])")
_UU_BEGIN = re.compile(rb"^begin(?:-base64)? [0-7]{3,4} ([^\r\n]*?)[ \t]*\r?\n", re.M)
_AS_IS = frozenset({"", "7bit", "8bit", "binary"})
_MEANT_AS_IS = frozenset({"7-bit", "8-bit", "7bits", "8bits", "none", "plain", "text", "us-ascii", "utf-8"})


@dataclass(frozen=True, slots=True)
class Transferred:
    """What was encoded; `fault` says in words what could not be read."""

    data: bytes
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class UuFile:
    """A file written into a text: where it stands, its name, its bytes."""

    start: int
    end: int
    name: bytes
    data: bytes
    is_whole: bool


def without_transfer(data: bytes, encoding: str) -> Transferred:
    """Return the bytes that *data* encodes; as they stand if the encoding is not known."""
    if encoding in _AS_IS:
        return Transferred(data)
    name, mark, _ = encoding.strip().strip("\"'").lower().partition(";")
    read = _by_name(data, name.strip())
    return Transferred(read.data, read.fault or (_MISSPELT if mark else None))


def _by_name(data: bytes, name: str) -> Transferred:
    if name in _AS_IS:
        return Transferred(data)
    if name == "base64":
        return _base64(data)
    if name in {"quoted-printable", "quoted_printable", "qp"}:
        return Transferred(binascii.a2b_qp(data))
    if name in {"x-uuencode", "uuencode", "x-uue", "uue", "x-uu"}:
        return _uuencoded(data)
    return Transferred(data, _MISSPELT if name in _MEANT_AS_IS else _UNKNOWN)


def _uuencoded(data: bytes) -> Transferred:
    files = uu_files(data)
    if not files:
        return Transferred(data, "The encoding of a part is not what is declared; it is kept as it stands.")
    return Transferred(files[0].data, None if files[0].is_whole else "A uuencoded part is cut off.")


def _base64(data: bytes) -> Transferred:
    fault = None
    if not _is_base64(data):
        # A list's footer, or the mark of a gateway, behind what was encoded.
        stop = data.rfind(b"=", 0, len(data))
        if stop >= 0 and not _is_base64(data[stop:]) and _is_base64(data[:stop]):
            coded, rest = data[: stop + 1], data[stop + 1 :]
            return Transferred(_segments(coded) + rest.lstrip(b"="), "Text follows an encoded part; it is kept.")
        fault = "Characters in an encoded part are none of its encoding."
    letters = data.translate(None, _NO_BASE64)
    if len(letters.rstrip(b"=")) % 4 == 1:
        fault = "An encoded part is cut off."
    return Transferred(_segments(letters), fault)


def _is_base64(data: bytes) -> bool:
    return not data.translate(None, _BASE64_LINES)


def _segments(letters: bytes) -> bytes:
    """Return what stands before, between and behind pads: parts encoded on their own and joined."""
    out = []
    for one in _PAD_INSIDE.split(letters.translate(None, _NO_BASE64)) if b"=" in letters else [letters]:
        bare = one.translate(None, _NO_BASE64).rstrip(b"=")
        bare = bare[:-1] if len(bare) % 4 == 1 else bare
        out.append(binascii.a2b_base64(bare + b"=" * (-len(bare) % 4)))
    return b"".join(out)


def uu_files(data: bytes) -> tuple[UuFile, ...]:
    """Return the files that are uuencoded inside the text *data*."""
    found: list[UuFile] = []
    at = 0
    while (begin := _UU_BEGIN.search(data, at)) is not None:
        out, place, is_whole = [], begin.end(), False
        while place < len(data):
            line_end = data.find(b"\n", place)
            line_end = len(data) if line_end < 0 else line_end
            line = data[place:line_end].rstrip(b"\r")
            if line.strip() == b"end":
                is_whole, place = True, min(line_end + 1, len(data))
                break
            piece = _uu_line(line)
            if piece is None:
                break
            out.append(piece)
            place = min(line_end + 1, len(data))
        at = max(place, begin.end())
        if any(out):
            found.append(UuFile(begin.start(), at, begin[1], b"".join(out), is_whole))
    return tuple(found)


def _uu_line(line: bytes) -> bytes | None:
    if not line.strip():
        return b""
    count = (line[0] - 32) & 63
    needed = (count + 2) // 3 * 4
    if not 32 <= line[0] <= 96 or len(line) > needed + 3 or len(line.rstrip()) - 1 < needed - 4:
        return None
    try:
        return binascii.a2b_uu(line[: needed + 1].replace(b"`", b" "))
    except binascii.Error:
        return None
