"""Single packed streams: gzip, bzip2, xz, Zstandard; a tar archive inside one is opened at once."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import re
import struct
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from typing import IO, cast

from vaughn.formats.archives.entries import BROKEN, Entry, Listing
from vaughn.formats.archives.tars import is_tar_head, listed_tar
from vaughn.formats.faults import FileRefused, Refusal, unreadable

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

_BLOCK = 512
# A stream says nothing of its size; a dictionary of more is made to fill the memory.
MAX_XZ_MEMORY_BYTES = 512_000_000
_FLAG_EXTRA, _FLAG_NAME = 4, 8
_SUFFIX = re.compile(r"\.(gz|gzip|bz2|bzip2|xz|lzma|zst|zstd|z)$", re.IGNORECASE)
_SHORT = re.compile(r"\.(tgz|tbz2?|txz|tzst)$", re.IGNORECASE)


class _Counted(io.RawIOBase):
    """What a stream unpacks to, up to a limit; `head` was looked at already.

    Args:
        ends_quietly: Whether a broken stream ends where it breaks, and `is_cut` says so, instead of raising.
    """

    def __init__(self, source: IO[bytes], head: bytes, most_bytes: int, *, ends_quietly: bool) -> None:
        super().__init__()
        self._source, self._head, self._left, self._ends_quietly = source, head, most_bytes, ends_quietly
        self.is_cut = False

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Unpack the next bytes into *buffer*.

        Raises:
            FileRefused: If there are more than the limit.
        """
        chunk = self._head[: len(buffer)] if self._head else self._next(len(buffer))
        self._head = self._head[len(chunk) :] if self._head else b""
        self._left -= len(chunk)
        if self._left < 0:
            raise FileRefused(
                "The archive unpacks to more than the limits allow.",
                refusal=Refusal.TOO_LARGE,
                hint="Unpack it yourself if you trust it, and load the folder.",
            )
        buffer[: len(chunk)] = chunk
        return len(chunk)

    def _next(self, most: int) -> bytes:
        """Return what is there, up to *most* bytes: asking for all would lose the last ones of a broken stream."""
        try:
            return _some(self._source, most)
        except BROKEN:
            if not self._ends_quietly:
                raise
            self.is_cut = True
            return b""


def _some(source: IO[bytes], most: int) -> bytes:
    read: Callable[[int], bytes] = getattr(source, "read1", source.read)
    return read(most)


def listed_stream(source: IO[bytes], kind: str, *, name: str, most_bytes: int) -> Listing:
    """Return the one file, or the files of the tar archive, packed in *source*.

    Args:
        name: Of the packed file; what is in it is called the same without the last suffix.

    Raises:
        FileRefused: If it cannot be unpacked at all.
    """
    source.seek(0)
    packed_bytes = source.seek(0, io.SEEK_END)
    own_name, modified_at = _gzip_head(source) if kind == "application/gzip" else (None, None)
    source.seek(0)
    try:
        unpacking = _UNPACKERS[kind](source)
        head = b""
        while len(head) < _BLOCK and (chunk := _some(unpacking, _BLOCK - len(head))):
            head += chunk
    except BROKEN:
        raise unreadable("The packed file is cut off or broken.") from None
    is_tar = is_tar_head(head)
    stream = _Counted(unpacking, head, most_bytes, ends_quietly=is_tar)
    if is_tar:
        listing = listed_tar(cast("IO[bytes]", stream))
        listing.entries = _with_end(listing.entries, listing, stream)
        return listing
    inside = own_name or _without_suffix(name)
    entry = Entry(
        inside, partial(_as_is, cast("IO[bytes]", stream)), packed_bytes=packed_bytes, modified_at=modified_at
    )
    return Listing(iter((entry,)), 1, [], stream.close)


def _with_end(entries: Iterator[Entry], listing: Listing, stream: _Counted) -> Iterator[Entry]:
    """Yield the entries of a packed tar archive, and note if what it is packed in is broken."""
    yield from entries
    if stream.is_cut and not listing.faults:
        listing.faults.append(("IN022", f"The archive is cut off or broken after {listing.expected or 0} files."))


def _as_is(stream: IO[bytes]) -> IO[bytes]:
    return stream


def _xz(source: IO[bytes]) -> IO[bytes]:
    return cast("IO[bytes]", _Xz(source))


class _Xz(io.RawIOBase):
    """xz and lzma streams, one after the other, with a limit on the memory they ask for."""

    def __init__(self, source: IO[bytes]) -> None:
        super().__init__()
        self._source = source
        self._unpacking = lzma.LZMADecompressor(memlimit=MAX_XZ_MEMORY_BYTES)

    def read(self, size: int = -1) -> bytes:
        """Return up to *size* bytes, none at the end."""
        while True:
            if self._unpacking.eof:
                rest = self._unpacking.unused_data or self._source.read(1 << 16)
                rest = rest.lstrip(b"\0")  # padding between streams
                if not rest:
                    return b""
                self._unpacking = lzma.LZMADecompressor(memlimit=MAX_XZ_MEMORY_BYTES)
                data = rest
            elif self._unpacking.needs_input:
                data = self._source.read(1 << 16)
                if not data:
                    raise EOFError
            else:
                data = b""
            chunk = self._unpacking.decompress(data, size)
            if chunk:
                return chunk


_UNPACKERS: dict[str, Callable[[IO[bytes]], IO[bytes]]] = {
    "application/gzip": lambda source: cast("IO[bytes]", gzip.GzipFile(fileobj=source, mode="rb")),
    "application/x-bzip2": lambda source: cast("IO[bytes]", bz2.BZ2File(source)),
    "application/x-xz": _xz,
    "application/x-lzma": _xz,
    "application/zstd": lambda source: cast("IO[bytes]", zstd.ZstdFile(source)),
}


def _gzip_head(source: IO[bytes]) -> tuple[str | None, str | None]:
    """Return the name and the time that the header tells (RFC 1952, 2.3)."""
    source.seek(0)
    head = source.read(4096)
    if len(head) < 18 or not head.startswith(b"\x1f\x8b"):
        return None, None
    seconds = struct.unpack_from("<L", head, 4)[0]
    modified_at = datetime.fromtimestamp(seconds, UTC).isoformat()[:19] + "Z" if seconds else None
    place = 10
    if head[3] & _FLAG_EXTRA:
        place += 2 + struct.unpack_from("<H", head, place)[0]
    end = head.find(b"\0", place)
    if not head[3] & _FLAG_NAME or end <= place:
        return None, modified_at
    name = head[place:end]
    try:
        spelled = name.decode("utf-8")
    except UnicodeDecodeError:
        spelled = name.decode("latin-1")
    return spelled.replace("\\", "/").rsplit("/", 1)[-1] or None, modified_at


def _without_suffix(name: str) -> str:
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    bare = _SHORT.sub(".tar", _SUFFIX.sub("", last))
    return bare if bare and bare != last else f"{last or 'file'}.unpacked"
