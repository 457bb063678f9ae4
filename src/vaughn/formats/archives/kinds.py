"""Which kind of archive is read by which module."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO

from vaughn.formats.archives.entries import Listing
from vaughn.formats.archives.rar import listed_rar
from vaughn.formats.archives.sevenzip import listed_7z
from vaughn.formats.archives.streams import listed_stream
from vaughn.formats.archives.tars import listed_tar
from vaughn.formats.archives.zips import listed_zip
from vaughn.formats.faults import unreadable

ZIP, TAR, SEVEN_ZIP, RAR = "application/zip", "application/x-tar", "application/x-7z-compressed", "application/vnd.rar"
STREAMS = frozenset(
    {"application/gzip", "application/x-bzip2", "application/x-xz", "application/x-lzma", "application/zstd"}
)
KINDS = STREAMS | {ZIP, TAR, SEVEN_ZIP, RAR}


def listing_of(source: IO[bytes], kind: str, *, name: str, passwords: Sequence[str], most_bytes: int) -> Listing:
    """Return what the archive *source* of *kind* lists.

    Args:
        most_bytes: What a stream that tells no sizes may unpack to.

    Raises:
        FileRefused: If it cannot be read at all.
    """
    source.seek(0)
    if kind == ZIP:
        return listed_zip(source, passwords)
    if kind == TAR:
        return listed_tar(source)
    if kind == SEVEN_ZIP:
        return listed_7z(source, passwords)
    if kind == RAR:
        return listed_rar(source, passwords)
    if kind in STREAMS:
        return listed_stream(source, kind, name=name, most_bytes=most_bytes)
    raise unreadable(f"Files of the type {kind} hold no others.")
