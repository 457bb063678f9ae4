"""What a signed message (S/MIME, "opaque") holds: the Cryptographic Message Syntax (RFC 5652), walked, not verified.

Only the way to the content is read: no certificate, no signature, no key. BER with lengths left open is read too
(X.690, 8.1.3.6), for that is how mail programs write it.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from vaughn.formats.faults import FileRefused, Refusal, unreadable

MAX_LEVELS = 32
MAX_ELEMENTS = 2_000_000
MAX_CONTENT_BYTES = 512 * 1024 * 1024
# Deflate cannot beat 1032 to 1; a message that shrinks more than this is made to hurt.
MAX_RATIO = 200
_SEQUENCE, _OID, _OCTETS, _OCTETS_OF_PARTS, _INSIDE = 0x30, 0x06, 0x04, 0x24, 0xA0
_OPEN_END = 0x80


class CmsKind(Enum):
    """What is done to the content."""

    SIGNED = "1.2.840.113549.1.7.2"
    ENVELOPED = "1.2.840.113549.1.7.3"
    ENCRYPTED = "1.2.840.113549.1.7.6"
    COMPRESSED = "1.2.840.113549.1.9.16.1.9"
    AUTHENTICATED = "1.2.840.113549.1.9.16.1.23"
    DATA = "1.2.840.113549.1.7.1"


@dataclass(frozen=True, slots=True)
class CmsContent:
    """What was found; `content` is `None` if it lies elsewhere, or cannot be read without a key."""

    kind: CmsKind
    content: bytes | None


@dataclass(frozen=True, slots=True)
class _Element:
    tag: int
    start: int
    end: int
    after: int


def cms_content(data: bytes) -> CmsContent:
    """Return what the CMS object *data* holds.

    Raises:
        FileRefused: If it is no such object, or unpacks to more than any message.
    """
    walk = _Walk(data)
    top = walk.first(0, len(data), _SEQUENCE)
    kind_element, *rest = [*walk.inside(top)] or [top]
    try:
        kind = CmsKind(_oid(data[kind_element.start : kind_element.end]))
    except ValueError:
        raise unreadable("The signed message is of a kind that is not known.") from None
    if not rest or rest[0].tag != _INSIDE:
        return CmsContent(kind, None)
    inner = walk.first(rest[0].start, rest[0].end)
    if kind is CmsKind.DATA:
        return CmsContent(kind, walk.octets(inner))
    if kind not in {CmsKind.SIGNED, CmsKind.COMPRESSED}:
        return CmsContent(kind, None)
    content = _encapsulated(walk, inner)
    if kind is CmsKind.COMPRESSED and content is not None:
        content = _inflated(content)
    return CmsContent(kind, content)


def _encapsulated(walk: _Walk, inner: _Element) -> bytes | None:
    """Return the content inside SignedData or CompressedData: the first sequence that names a kind of content."""
    for element in walk.inside(inner):
        if element.tag != _SEQUENCE:
            continue
        parts = list(walk.inside(element))
        if parts and parts[0].tag == _OID and len(parts) > 1 and parts[1].tag == _INSIDE:
            return walk.octets(walk.first(parts[1].start, parts[1].end))
    return None


def _inflated(data: bytes) -> bytes:
    unpacker = zlib.decompressobj()
    try:
        content = unpacker.decompress(data, min(MAX_CONTENT_BYTES, len(data) * MAX_RATIO + 4096))
    except zlib.error:
        raise unreadable("The packed content is damaged.") from None
    if unpacker.unconsumed_tail:
        raise FileRefused("The packed content is larger than any message.", refusal=Refusal.TOO_LARGE)
    return content


class _Walk:
    """Reads elements of one object; stops at limits."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._left = MAX_ELEMENTS

    def first(self, start: int, end: int, tag: int | None = None) -> _Element:
        """Return the element at *start*."""
        found = self._element(start, end, MAX_LEVELS)
        if tag is not None and found.tag != tag:
            raise unreadable("The file is no signed message.")
        return found

    def inside(self, element: _Element) -> Iterator[_Element]:
        """Yield the elements that *element* is made of."""
        at = element.start
        while at < element.end:
            found = self._element(at, element.end, MAX_LEVELS)
            yield found
            at = found.after

    def octets(self, element: _Element, levels: int = MAX_LEVELS) -> bytes:
        """Return the bytes of an octet string, whole or in parts."""
        if element.tag == _OCTETS:
            return self._data[element.start : element.end]
        if element.tag != _OCTETS_OF_PARTS or levels == 0:
            # Content that is no octet string (PKCS #7 of old) is what stands there.
            return self._data[element.start : element.end]
        return b"".join(self.octets(part, levels - 1) for part in self.inside(element))

    def _element(self, at: int, end: int, levels: int) -> _Element:
        self._left -= 1
        if self._left < 0 or levels == 0 or at + 2 > end:
            raise unreadable("The signed message is damaged.")
        tag, length = self._data[at], self._data[at + 1]
        start = at + 2
        if tag & 0x1F == 0x1F:
            raise unreadable("The signed message is damaged.")
        if length == _OPEN_END:
            return self._open(tag, start, end, levels)
        if length > _OPEN_END:
            size = length - _OPEN_END
            length = int.from_bytes(self._data[start : start + size], "big")
            start += size
            if size > 8:
                raise unreadable("The signed message is damaged.")
        stop = min(start + length, end)
        return _Element(tag, start, stop, start + length)

    def _open(self, tag: int, start: int, end: int, levels: int) -> _Element:
        """Return an element whose end is marked by two zeros behind its last part."""
        at = start
        while at < end:
            if self._data[at : at + 2] == b"\0\0":
                return _Element(tag, start, at, at + 2)
            at = self._element(at, end, levels - 1).after
        return _Element(tag, start, end, end)


def _oid(data: bytes) -> str:
    """Return an object identifier as it is written: ``1.2.840...``."""
    numbers: list[int] = []
    value = 0
    for code in data[:64]:
        value = value << 7 | code & 0x7F
        if not code & 0x80:
            numbers.append(value)
            value = 0
    if not numbers:
        return ""
    first = min(numbers[0] // 40, 2)
    return ".".join(map(str, (first, numbers[0] - 40 * first, *numbers[1:])))
