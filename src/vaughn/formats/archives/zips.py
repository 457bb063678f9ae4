"""Zip archives: the directory at their end, and members packed or locked in the ways that are met.

Follows APPNOTE.TXT 6.3.10. Locked members are opened with given passwords: the old cipher by `zipfile`, AES as
WinZip writes it (AE-1, AE-2). A zip whose directory is gone is walked from its beginning; see `lost_directory`.
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import IO

from vaughn.formats.archive_names import directory_end, listed_name
from vaughn.formats.archives.entries import Entry, Listing
from vaughn.formats.archives.lost_directory import walked_entries
from vaughn.formats.archives.zip_locks import AES_METHOD, open_locked
from vaughn.formats.faults import FileRefused, Refusal, unreadable

# The directory is held in memory: about 1,200,000 members with usual names.
MAX_DIRECTORY_BYTES = 160_000_000
_ENCRYPTED = 0x1
_UNIX_TIMES, _NTFS = 0x5455, 0x000A
_NTFS_ZERO = datetime(1601, 1, 1, tzinfo=UTC)
_WRAP = 1 << 16
_HEAD = b"PK\x03\x04"


def listed_zip(source: IO[bytes], passwords: Sequence[str]) -> Listing:
    """Return what the zip archive *source* lists.

    Raises:
        FileRefused: If it is no zip archive, or its directory is too large.
    """
    try:
        end = directory_end(source)
        if end.size_bytes > MAX_DIRECTORY_BYTES:
            message = f"The archive's directory alone takes {end.size_bytes} bytes."
            hint = "Unpack it yourself if you trust it, and load the folder."
            raise FileRefused(message, refusal=Refusal.TOO_LARGE, hint=hint)
        archive = zipfile.ZipFile(source)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError, struct.error):
        return _without_directory(source)
    listing = Listing(iter(()), None, [], archive.close)
    infos = archive.infolist()
    folders = sum(listed_name(info).is_folder for info in infos)
    missing = (end.entries - len(infos)) % _WRAP if end.entries < _WRAP else end.entries - len(infos)
    listing.expected = len(infos) + max(0, missing) - folders
    if missing:
        message = f"The archive says that it has {end.entries} entries, and lists {len(infos)}."
        listing.faults.append(("IN022", message))
    listing.entries = (_entry(archive, info, source, passwords) for info in infos)
    return listing


def _without_directory(source: IO[bytes]) -> Listing:
    """Return the members that can be found without the directory.

    Raises:
        FileRefused: If there is none.
    """
    source.seek(0)
    if source.read(len(_HEAD)) != _HEAD:
        raise unreadable("The archive is cut off or broken.")
    listing = Listing(iter(()), None, [])

    def entries() -> Iterator[Entry]:
        number = 0
        for entry in walked_entries(source):
            number += 1
            yield entry
        if number == 0:
            raise unreadable("The archive is cut off or broken.")
        message = f"The archive is cut off: its directory is missing. {number} members were found without it."
        listing.faults.append(("IN022", message))

    listing.entries = entries()
    return listing


def _entry(archive: zipfile.ZipFile, info: zipfile.ZipInfo, source: IO[bytes], passwords: Sequence[str]) -> Entry:
    listed = listed_name(info)
    refused = None
    opening = partial(_opened, archive, info)
    if info.flag_bits & _ENCRYPTED:
        opening = partial(open_locked, archive, info, source=source, passwords=tuple(passwords))
        if not passwords:
            refused = ("FL012", "The member needs a password. It was not unpacked.")
    return Entry(
        listed.shown,
        opening,
        size_bytes=info.file_size,
        packed_bytes=info.compress_size,
        modified_at=_modified(info),
        is_folder=listed.is_folder,
        is_link=listed.is_link,
        refused=refused,
    )


def _opened(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> IO[bytes]:
    try:
        return archive.open(info)
    except NotImplementedError:
        method = info.compress_type
        what = "by a method this program does not know" if method != AES_METHOD else "and locked"
        raise unreadable(f"The member is packed {what} (number {method}).") from None


def _modified(info: zipfile.ZipInfo) -> str | None:
    """Return when the member was changed: UTC where an extra field says so, else as its clock showed it."""
    for kind, data in _extra_fields(info.extra):
        if kind == _UNIX_TIMES and len(data) >= 5 and data[0] & 1:
            return _iso(datetime.fromtimestamp(0, UTC) + timedelta(seconds=struct.unpack_from("<l", data, 1)[0]))
        if kind == _NTFS and len(data) >= 16 and data[4:8] == b"\x01\x00\x18\x00":
            ticks = struct.unpack_from("<Q", data, 8)[0]
            try:
                return _iso(_NTFS_ZERO + timedelta(microseconds=ticks // 10))
            except OverflowError:
                continue
    try:
        return datetime(*info.date_time, tzinfo=UTC).isoformat()[:19]
    except ValueError:
        return None


def _iso(moment: datetime) -> str:
    return moment.replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def _extra_fields(extra: bytes) -> Iterator[tuple[int, bytes]]:
    place = 0
    while place + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, place)
        yield kind, extra[place + 4 : place + 4 + size]
        place += 4 + size
