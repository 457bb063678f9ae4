"""Tar archives, read once from front to back, so that they may come out of a stream.

Headers are read by `tarfile` in its streaming mode, which cannot be made to go back or to loop. How the archive ends
is watched: `tarfile` alone takes a broken header in the middle for the end and says nothing.
"""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from tarfile import HeaderError
from typing import IO, Self

from vaughn.formats.archives.entries import Entry, Listing
from vaughn.formats.faults import unreadable

_BLOCK = 512
_CHECK_AT, _CHECK_BYTES = 148, 8
_ENDED_BY = "ended_by"
# `tarfile` ends in silence for these, and for the end mark (EOFHeaderError).
_BROKEN_HEADERS = frozenset({"InvalidHeaderError", "TruncatedHeaderError", "SubsequentHeaderError"})


class _Watched(tarfile.TarInfo):
    """A header that tells the archive why there is none after it."""

    @classmethod
    def fromtarfile(cls, tarfile: tarfile.TarFile) -> Self:
        """Return the next header."""
        try:
            return super().fromtarfile(tarfile)
        except HeaderError as error:
            vars(tarfile)[_ENDED_BY] = type(error).__name__
            raise


def listed_tar(source: IO[bytes]) -> Listing:
    """Return what the tar archive *source* holds; it is read once, from where it stands.

    Raises:
        FileRefused: If it does not begin like one.
    """
    try:
        archive = tarfile.open(  # noqa: SIM115 -- closed with the listing
            fileobj=source, mode="r|", tarinfo=_Watched, encoding="utf-8", errors="surrogateescape"
        )
    except (tarfile.TarError, OSError, EOFError, ValueError):
        raise unreadable("The archive is cut off or broken.") from None
    listing = Listing(iter(()), None, [], archive.close)
    listing.entries = _entries(archive, listing)
    return listing


def is_tar_head(head: bytes) -> bool:
    """Tell whether *head*, the first block of a file, is a header of tar: its sum fits."""
    if len(head) < _BLOCK or not head[0]:
        return False
    field = head[_CHECK_AT : _CHECK_AT + _CHECK_BYTES].strip(b"\0 ")
    try:
        claimed = int(field, 8)
    except ValueError:
        return False
    blanked = head[:_CHECK_AT] + b" " * _CHECK_BYTES + head[_CHECK_AT + _CHECK_BYTES : _BLOCK]
    return claimed in {sum(blanked), sum(byte - 256 if byte > 127 else byte for byte in blanked)}


def _entries(archive: tarfile.TarFile, listing: Listing) -> Iterator[Entry]:
    files = 0
    try:
        for info in archive:
            files += not info.isdir()
            listing.expected = files
            yield _entry(archive, info)
    except (tarfile.TarError, EOFError, OSError, ValueError) as error:
        listing.faults.append(("IN022", f"The archive is cut off or broken after {files} files."))
        if not files and isinstance(error, tarfile.ReadError):
            raise unreadable("The archive is cut off or broken.") from None
        return
    ended_by = vars(archive).get(_ENDED_BY)
    if ended_by in _BROKEN_HEADERS:
        listing.faults.append(("IN022", f"A header in the archive is broken. What came after {files} files is lost."))
    elif ended_by == "EmptyHeaderError":
        listing.faults.append(("IN022", f"The archive has no end mark after {files} files. It may be cut off."))


def _entry(archive: tarfile.TarFile, info: tarfile.TarInfo) -> Entry:
    special = not (info.isfile() or info.isdir() or info.issym() or info.islnk())
    return Entry(
        info.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace"),
        partial(_opened, archive, info),
        size_bytes=info.size,
        packed_bytes=info.size,
        modified_at=_modified(info),
        is_folder=info.isdir(),
        is_link=info.issym() or info.islnk() or special,
    )


def _opened(archive: tarfile.TarFile, info: tarfile.TarInfo) -> IO[bytes]:
    stream = archive.extractfile(info)
    return stream if stream is not None else io.BytesIO()


def _modified(info: tarfile.TarInfo) -> str | None:
    try:
        moment = datetime.fromtimestamp(0, UTC) + timedelta(seconds=float(info.mtime))
    except (OverflowError, ValueError):
        return None
    return moment.replace(microsecond=0, tzinfo=None).isoformat() + "Z" if info.mtime else None
