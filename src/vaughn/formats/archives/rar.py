"""RAR archives: listed here; unpacked where members are only stored, or by libarchive if that extra is installed.

RAR's own packing has no description that may be followed freely. `archi` (MIT) brings libarchive (BSD), whose
readers were written without it: ``pip install 'vaughn[archives]'``. Programs on the path are not asked.
"""

from __future__ import annotations

import importlib
import io
import zlib
from collections.abc import Iterator, Sequence
from functools import partial
from typing import IO, Any, cast

from vaughn.formats.archives.entries import Entry, Listing
from vaughn.formats.archives.rar_header import RarMember, rar_members
from vaughn.formats.extras import is_installed
from vaughn.formats.faults import unreadable

_LIBRARY = "archi"
_LOCKED = ("FL012", "The member needs a password; locked RAR archives are not opened. It was not unpacked.")
_DIVIDED = ("IN022", "The member goes on in another volume of the archive. It was not unpacked.")
# libarchive does not read solid archives of version 4 and those of versions 1 and 2.
_NOT_BY_LIBRARY = "The member could not be unpacked: unpack the archive with its own program, and add the folder."
_PACKED = (
    "FL006",
    "RAR's own packing is read with an extra only: pip install 'vaughn[archives]', or unpack it and add the folder.",
)


def listed_rar(source: IO[bytes], passwords: Sequence[str]) -> Listing:
    """Return what the RAR archive *source* lists; *passwords* do not help.

    Raises:
        FileRefused: If it is none, or its list is locked.
    """
    listing = Listing(iter(()), None, [])
    members = []
    try:
        for member in rar_members(source):
            members.append(member)
    except EOFError:
        listing.faults.append(("IN022", f"The archive is cut off or broken after {len(members)} members."))
    if not members and listing.faults:
        raise unreadable("The archive is cut off or broken.")
    listing.expected = sum(not member.is_folder for member in members)
    needed = any(not member.is_stored for member in members)
    through = _Library(source) if needed and is_installed(_LIBRARY) else None
    listing.entries = _entries(source, members, through)
    return listing


def _entries(source: IO[bytes], members: Sequence[RarMember], library: _Library | None) -> Iterator[Entry]:
    for place, member in enumerate(members):
        refused = None
        if member.is_locked:
            refused = _LOCKED
        elif member.is_divided:
            refused = _DIVIDED
        elif not member.is_stored and library is None and not member.is_folder:
            refused = _PACKED
        stored = partial(_Stored, source, member)
        yield Entry(
            member.name,
            cast("Any", stored if member.is_stored or library is None else partial(library.member, place, member)),
            size_bytes=member.size_bytes,
            packed_bytes=None,
            modified_at=member.modified_at,
            is_folder=member.is_folder,
            is_link=member.is_link,
            refused=refused,
        )


class _Stored(io.RawIOBase):
    """The bytes of a member that was only stored."""

    def __init__(self, source: IO[bytes], member: RarMember) -> None:
        super().__init__()
        self._source, self._place, self._left = source, member.start, member.packed_bytes
        self._check, self._sum = member.check, 0

    def read(self, size: int = -1) -> bytes:
        """Return up to *size* bytes, none at the end.

        Raises:
            FileRefused: If the check sum does not fit.
        """
        if not self._left:
            if self._check is not None and self._sum != self._check:
                raise unreadable("The member is cut off or broken.")
            return b""
        self._source.seek(self._place)
        chunk = self._source.read(self._left if size < 0 else min(size, self._left))
        if not chunk:
            raise EOFError
        self._sum = zlib.crc32(chunk, self._sum)
        self._place += len(chunk)
        self._left -= len(chunk)
        return chunk


class _Library:
    """The members as libarchive unpacks them, one after the other."""

    def __init__(self, source: IO[bytes]) -> None:
        source.seek(0)
        library: Any = importlib.import_module(_LIBRARY)
        self._broken: tuple[type[Exception], ...] = (library.Error, library.TemporaryError)
        self._source, self._make = source, library.Archive
        self._archive: Iterator[Any] | None = None
        self._next = 0

    def member(self, place: int, member: RarMember) -> IO[bytes]:
        """Return the bytes of the member at *place* of the list."""
        entry = None
        try:
            if self._archive is None:
                self._archive = iter(self._make(self._source))
            while self._next <= place:
                entry = next(self._archive, None)
                self._next += 1
        except self._broken:
            raise unreadable(_NOT_BY_LIBRARY) from None
        if entry is None:
            raise EOFError
        return cast("IO[bytes]", _ByLibrary(entry, member, self._broken))


class _ByLibrary(io.RawIOBase):
    """The bytes of one member."""

    def __init__(self, entry: Any, member: RarMember, broken: tuple[type[Exception], ...]) -> None:
        super().__init__()
        self._entry, self._check, self._sum, self._broken = entry, member.check, 0, broken

    def read(self, size: int = -1) -> bytes:
        """Return up to *size* bytes, none at the end.

        Raises:
            FileRefused: If the check sum does not fit.
        """
        try:
            chunk = cast("bytes", self._entry.read(size if size > 0 else 1 << 20))
        except self._broken:
            raise unreadable(_NOT_BY_LIBRARY) from None
        if not chunk:
            if self._check is not None and self._sum != self._check:
                raise unreadable("The member is cut off or broken.")
            return b""
        self._sum = zlib.crc32(chunk, self._sum)
        return chunk
