"""Which files a zip archive holds, read under limits; member names are data, never paths.

Members come in the order of the archive's directory, each with a stream to be read once. A zip inside
the zip is handed out like any file and then opened too, down to a limit. What cannot be handed out is a
finding: names that lead out of the archive (FL010), links and devices (FL009), what is beyond the limits
(FL011), members that need a password (FL012) or cannot be read (FL006); a name that stands twice gets a
number behind it (FL014). Limits count what is really unpacked, not what the directory claims.
Other archives (tar, 7z, rar) are not opened.
"""

from __future__ import annotations

import io
import tempfile
import time
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from vaughn.formats.archive_names import ListedName, directory_bytes, listed_name
from vaughn.formats.faults import FileRefused, Refusal, unreadable
from vaughn.model import Finding, Place, finding

CHUNK_BYTES = 1024 * 1024
# What is smaller than this may shrink as well as it likes.
RATIO_FREE_BYTES = 16_000_000
# Nested zips up to this size are held in memory, larger ones in a temporary file.
SPOOL_BYTES = 16_000_000
# The directory is held in memory: about 1,200,000 members with usual names.
MAX_DIRECTORY_BYTES = 160_000_000
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    LookupError,
)
_LEADS_OUT = ("FL010", "The member's name leads out of the archive. It was not unpacked.")
_ENCRYPTED = 0x1
_UNPACK_IT = "Unpack it yourself if you trust it, and load the folder."


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """How much one archive may unpack to, the archives inside it counted in.

    Args:
        members: Volumes of a million single-page images exist; beyond, the directory alone fills the memory.
        total_bytes: One volume is cut at the size of a disk.
        ratio: Deflate cannot beat 1032 to 1; text reaches 20, sheets of zeros 200.
        depth: Levels of archives, the outermost being 1.
        seconds: The slowest disk unpacks 2 TB in a day.
    """

    members: int = 1_000_000
    total_bytes: int = 2_000_000_000_000
    ratio: float = 300.0
    depth: int = 4
    seconds: float = 24 * 3600.0


DEFAULT_LIMITS = ArchiveLimits()


@dataclass(frozen=True, slots=True, eq=False)
class ArchiveMember:
    """One file of an archive.

    Args:
        path: Name as the archive gives it, ``/`` between folders; in a nested archive ``inner.zip/name``.
        stream: Its bytes, to be read before the next member is asked for. Reading raises `FileRefused`
            if the member is broken or grows beyond the limits; its `code` is the finding to report.
        size_bytes: As the archive claims.
    """

    path: str
    stream: IO[bytes]
    size_bytes: int


class Archive:
    """An open archive. `findings` is complete once `members` is exhausted.

    Args:
        name: What the production calls the archive; findings stand at ``name/member``.
    """

    def __init__(self, path: Path, *, name: str, limits: ArchiveLimits = DEFAULT_LIMITS) -> None:
        self.name = name
        self.findings: list[Finding] = []
        self._path = path
        self._limits = limits
        self._budget = _Budget(limits, archive_bytes=path.stat().st_size)

    def members(self) -> Iterator[ArchiveMember]:
        """Yield the files of the archive; folders are not members.

        Raises:
            FileRefused: If the archive itself cannot be read. Of nested archives this becomes a finding.
        """
        with closing(_opened(self._path)) as archive:
            yield from self._inside(archive, prefix="", depth=1)

    def _inside(self, archive: zipfile.ZipFile, *, prefix: str, depth: int) -> Iterator[ArchiveMember]:
        seen: Counter[str] = Counter()
        for place, info in enumerate(archive.infolist()):
            spent = self._budget.spent()
            if spent is not None:
                self._stop(prefix, spent, left=len(archive.infolist()) - place)
                return
            listed = listed_name(info)
            if listed.is_folder:
                continue
            self._budget.members += 1
            refused = _refused(info, listed)
            if refused is not None or listed.path is None:
                self._report(*(refused or _LEADS_OUT), prefix + listed.shown)
                continue
            yield from self._member(archive, info, path=prefix + self._once(seen, listed.path, prefix), depth=depth)

    def _member(
        self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, *, path: str, depth: int
    ) -> Iterator[ArchiveMember]:
        stream = MemberStream(archive, info, self._budget)
        if not path.lower().endswith(".zip"):
            with closing(stream):
                yield ArchiveMember(path, io.BufferedReader(stream), info.file_size)
            return
        with closing(stream), tempfile.SpooledTemporaryFile(SPOOL_BYTES) as copy:
            try:
                while chunk := stream.read(CHUNK_BYTES):
                    copy.write(chunk)
            except FileRefused as error:
                self._report(error.code, error.message, path)
                return
            copy.seek(0)
            opened: IO[bytes] = copy
            yield ArchiveMember(path, opened, info.file_size)
            yield from self._nested(opened, path=path, depth=depth)

    def _nested(self, copy: IO[bytes], *, path: str, depth: int) -> Iterator[ArchiveMember]:
        if depth >= self._limits.depth:
            self._report("FL011", f"Archives are packed more than {self._limits.depth} deep. It was not opened.", path)
            return
        copy.seek(0)
        try:
            nested = _opened(copy)
        except FileRefused as error:
            self._report(error.code, error.message, path)
            return
        with closing(nested):
            yield from self._inside(nested, prefix=f"{path}/", depth=depth + 1)

    def _once(self, seen: Counter[str], path: str, prefix: str) -> str:
        seen[path] += 1
        if seen[path] == 1:
            return path
        folder, slash, file_name = path.rpartition("/")
        stem, dot, suffix = file_name.rpartition(".")
        numbered = f"{stem or suffix}~{seen[path]}{dot}{suffix if stem else ''}"
        self._report("FL014", f"The archive holds this name twice; the later file is called {numbered}.", prefix + path)
        return f"{folder}{slash}{numbered}"

    def _report(self, code: str, message: str, member: str) -> None:
        self.findings.append(finding(code, message, place=Place(path=f"{self.name}/{member}")))

    def _stop(self, prefix: str, why: str, *, left: int) -> None:
        place = Place(path=f"{self.name}/{prefix}".rstrip("/"))
        message = f"{why} The {left} members from here on were not unpacked."
        if not any(one.code == "FL011" and one.place == place for one in self.findings):
            self.findings.append(finding("FL011", message, place=place, count=max(1, left)))


class _Budget:
    """What is left of the limits of one outermost archive."""

    def __init__(self, limits: ArchiveLimits, *, archive_bytes: int) -> None:
        self.limits = limits
        self.members = 0
        self.unpacked_bytes = 0
        self._started = time.monotonic()
        self.total_bytes = min(limits.total_bytes, int(archive_bytes * limits.ratio) + RATIO_FREE_BYTES)

    def spent(self) -> str | None:
        """Return which limit is used up, in words, or `None`."""
        if self.members >= self.limits.members:
            return f"The archive has more than {self.limits.members} members."
        if self.unpacked_bytes > self.total_bytes:
            return f"The archive unpacks to more than {self.total_bytes} bytes."
        if time.monotonic() - self._started > self.limits.seconds:
            return f"Unpacking took more than {self.limits.seconds:.0f} seconds."
        return None


class MemberStream(io.RawIOBase):
    """The bytes of one member, counted against the limits as they are unpacked."""

    def __init__(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: _Budget) -> None:
        super().__init__()
        self._archive, self._info, self._budget = archive, info, budget
        self._source: IO[bytes] | None = None
        self._unpacked_bytes = 0
        self._allowed_bytes = int(info.compress_size * budget.limits.ratio) + RATIO_FREE_BYTES

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Unpack the next bytes into *buffer*.

        Raises:
            FileRefused: If the member is broken or grows beyond the limits.
        """
        try:
            if self._source is None:
                self._source = self._archive.open(self._info)
            chunk = self._source.read(len(buffer))
        except _BROKEN as error:
            raise unreadable(_why_broken(self._info, error)) from None
        self._unpacked_bytes += len(chunk)
        self._budget.unpacked_bytes += len(chunk)
        if self._unpacked_bytes > self._allowed_bytes:
            raise _too_large(f"The member unpacks to more than {self._budget.limits.ratio:.0f} times its size.")
        spent = self._budget.spent() if chunk else None
        if spent is not None and self._budget.unpacked_bytes > self._budget.total_bytes:
            raise _too_large(spent)
        buffer[: len(chunk)] = chunk
        return len(chunk)

    def close(self) -> None:
        """Give the member back."""
        if self._source is not None:
            self._source.close()
            self._source = None
        super().close()


def open_archive(path: Path, *, name: str, limits: ArchiveLimits = DEFAULT_LIMITS) -> Archive:
    """Return the zip archive at *path*, which the production calls *name*."""
    return Archive(path, name=name, limits=limits)


def _opened(source: Path | IO[bytes]) -> zipfile.ZipFile:
    try:
        if isinstance(source, Path):
            with source.open("rb") as stream:
                listed_bytes = directory_bytes(stream)
        else:
            listed_bytes = directory_bytes(source)
        if listed_bytes > MAX_DIRECTORY_BYTES:
            raise _too_large(f"The archive's directory alone takes {listed_bytes} bytes.")
        return zipfile.ZipFile(source)
    except _BROKEN:
        raise unreadable("The archive is cut off or broken.") from None


def _refused(info: zipfile.ZipInfo, listed: ListedName) -> tuple[str, str] | None:
    """Return code and reason if the member may not be unpacked."""
    if listed.path is None:
        return _LEADS_OUT
    if listed.is_link:
        return "FL009", "The member is a link or a device. It was not unpacked."
    if info.flag_bits & _ENCRYPTED:
        return "FL012", "The member needs a password. It was not unpacked."
    return None


def _too_large(why: str) -> FileRefused:
    return FileRefused(why, refusal=Refusal.TOO_LARGE, hint=_UNPACK_IT)


def _why_broken(info: zipfile.ZipInfo, error: Exception) -> str:
    if isinstance(error, NotImplementedError):
        return f"The member is packed by a method this program does not know (number {info.compress_type})."
    return "The member is cut off or broken."
