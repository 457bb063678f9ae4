"""Which files an archive holds, read under limits; member names are data, never paths.

Members come in the order of the archive, each with a stream to be read once. What cannot be handed out is a
finding: names that lead out of the archive (FL010), links and devices (FL009), what is beyond the limits
(FL011), members that need a password (FL012) or cannot be read (FL006); a name that stands twice gets a
number behind it (FL014), and an archive that is cut off or contradicts itself says so (IN022). Limits count what is
really unpacked, not what the archive claims. An archive inside may be opened too, down to a limit (IN023).
"""

from __future__ import annotations

import io
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from vaughn.formats.archive_names import once_more, safe_path
from vaughn.formats.archives import BROKEN, Entry, Listing, listing_of
from vaughn.formats.faults import FileRefused, Refusal, unreadable
from vaughn.model import Finding, Place, finding

CHUNK_BYTES = 1024 * 1024
# What is smaller than this may shrink as well as it likes.
RATIO_FREE_BYTES = 16_000_000
# Nested archives up to this size are held in memory, larger ones in a temporary file.
SPOOL_BYTES = 16_000_000
ZIP = "application/zip"
# What is opened inside an archive of a production, by its name: Office files are zips by their content.
_NESTED = {
    ".zip": ZIP,
    ".7z": "application/x-7z-compressed",
    ".rar": "application/vnd.rar",
    ".tar": "application/x-tar",
    ".tar.gz": "application/gzip",
    ".tgz": "application/gzip",
    ".tar.bz2": "application/x-bzip2",
    ".tar.xz": "application/x-xz",
}
_LEADS_OUT = ("FL010", "The member's name leads out of the archive. It was not unpacked.")
_LINK = ("FL009", "The member is a link or a device. It was not unpacked.")
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
        size_bytes: As the archive claims; `None` if it does not say.
        modified_at: ISO 8601, with ``Z`` if it is known to be UTC.
    """

    path: str
    stream: IO[bytes]
    size_bytes: int | None
    modified_at: str | None = None


class Archive:
    """An open archive. `findings`, `expected` and `refused` are complete once `members` is exhausted.

    Args:
        name: What the production calls the archive; findings stand at ``name/member``.
        kind: Its media type.
        passwords: To be tried in order on locked members.
        is_nested_opened: Whether archives inside are opened too.

    Attributes:
        expected: How many files the outermost archive itself says it has; `None` if it does not say.
        refused: How many of them were not handed out.
    """

    def __init__(
        self,
        path: Path,
        *,
        name: str,
        limits: ArchiveLimits = DEFAULT_LIMITS,
        kind: str = ZIP,
        passwords: Sequence[str] = (),
        is_nested_opened: bool = True,
    ) -> None:
        self.name = name
        self.findings: list[Finding] = []
        self.expected: int | None = None
        self.refused = 0
        self._path, self._kind, self._passwords = path, kind, tuple(passwords)
        self._limits, self._is_nested_opened = limits, is_nested_opened
        self._budget = _Budget(limits, archive_bytes=path.stat().st_size)

    def members(self) -> Iterator[ArchiveMember]:
        """Yield the files of the archive; folders are not members.

        Raises:
            FileRefused: If the archive itself cannot be read. Of nested archives this becomes a finding.
        """
        with self._path.open("rb") as source:
            listing = self._listing(source, self._kind, self.name)
            with closing(_Closing(listing)):
                yield from self._inside(listing, prefix="", depth=1)
                self.expected = listing.expected

    def _listing(self, source: IO[bytes], kind: str, name: str) -> Listing:
        most = self._budget.total_bytes
        return listing_of(source, kind, name=name, passwords=self._passwords, most_bytes=most)

    def _inside(self, listing: Listing, *, prefix: str, depth: int) -> Iterator[ArchiveMember]:
        seen: Counter[str] = Counter()
        passed = 0
        try:
            for entry in _entries(listing):
                spent = self._budget.spent()
                if spent is not None:
                    self._stop(prefix, spent, left=_left(listing, passed))
                    break
                if entry.is_folder:
                    continue
                passed += 1
                self._budget.members += 1
                path = safe_path(entry.name.replace("\\", "/"))
                refused = entry.refused or (_LINK if entry.is_link else _LEADS_OUT if path is None else None)
                if refused is not None or path is None:
                    self._report(*(refused or _LEADS_OUT), prefix + entry.name)
                    self._count_refused(1, depth)
                    continue
                yield from self._member(entry, path=prefix + self._once(seen, path, prefix), depth=depth)
        except FileRefused as error:
            if passed == 0:
                raise
            code = "IN022" if error.refusal is Refusal.UNREADABLE else error.code
            message = f"{error.message} What came after {passed} members was not unpacked."
            self._cut(code, message, prefix, left=_left(listing, passed))
        for code, message in listing.faults:
            self._report(code, message, prefix.rstrip("/"))

    def _member(self, entry: Entry, *, path: str, depth: int) -> Iterator[ArchiveMember]:
        stream = MemberStream(entry, self._budget)
        kind = _nested_kind(path) if self._is_nested_opened else None
        if kind is None:
            with closing(stream):
                yield ArchiveMember(path, io.BufferedReader(stream), entry.size_bytes, entry.modified_at)
            return
        with closing(stream), tempfile.SpooledTemporaryFile(SPOOL_BYTES) as copy:
            try:
                while chunk := stream.read(CHUNK_BYTES):
                    copy.write(chunk)
            except FileRefused as error:
                self._report(error.code, error.message, path)
                self._count_refused(1, depth)
                return
            copy.seek(0)
            opened: IO[bytes] = copy
            yield ArchiveMember(path, opened, entry.size_bytes, entry.modified_at)
            yield from self._nested(opened, kind, path=path, depth=depth)

    def _nested(self, copy: IO[bytes], kind: str, *, path: str, depth: int) -> Iterator[ArchiveMember]:
        if depth >= self._limits.depth:
            self._report("IN023", f"Archives are packed more than {self._limits.depth} deep. It was not opened.", path)
            return
        copy.seek(0)
        try:
            listing = self._listing(copy, kind, path)
            with closing(_Closing(listing)):
                yield from self._inside(listing, prefix=f"{path}/", depth=depth + 1)
        except FileRefused as error:
            self._report(error.code, error.message, path)

    def _once(self, seen: Counter[str], path: str, prefix: str) -> str:
        seen[path] += 1
        if seen[path] == 1:
            return path
        folder, slash, file_name = path.rpartition("/")
        numbered = once_more(file_name, seen[path])
        self._report("FL014", f"The archive holds this name twice; the later file is called {numbered}.", prefix + path)
        return f"{folder}{slash}{numbered}"

    def _report(self, code: str, message: str, member: str) -> None:
        self.findings.append(finding(code, message, place=Place(path=f"{self.name}/{member}".rstrip("/"))))

    def _count_refused(self, number: int, depth: int) -> None:
        self.refused += number if depth == 1 else 0

    def _cut(self, code: str, message: str, prefix: str, *, left: int) -> None:
        place = Place(path=f"{self.name}/{prefix}".rstrip("/"))
        self.findings.append(finding(code, message, place=place, count=max(1, left)))
        self._count_refused(left, 1 if not prefix else 2)

    def _stop(self, prefix: str, why: str, *, left: int) -> None:
        place = Place(path=f"{self.name}/{prefix}".rstrip("/"))
        message = f"{why} The {left} members from here on were not unpacked."
        if not any(one.code == "FL011" and one.place == place for one in self.findings):
            self.findings.append(finding("FL011", message, place=place, count=max(1, left)))
        self._count_refused(left, 1 if not prefix else 2)


class _Closing:
    """Lets a listing be closed at the end of a ``with``."""

    def __init__(self, listing: Listing) -> None:
        self.close: Callable[[], None] = listing.close


def _entries(listing: Listing) -> Iterator[Entry]:
    """Yield the entries of *listing*.

    Raises:
        FileRefused: Where the archive is broken.
    """
    while True:
        try:
            entry = next(listing.entries, None)
        except FileRefused:
            raise
        except BROKEN:
            raise unreadable("The archive is cut off or broken.") from None
        if entry is None:
            return
        yield entry


def _left(listing: Listing, passed: int) -> int:
    return max(0, listing.expected - passed) if listing.expected is not None else 0


def _nested_kind(path: str) -> str | None:
    """Return the media type of an archive inside by its name; `None` if it is not to be opened."""
    name = path.lower()
    return next((kind for suffix, kind in _NESTED.items() if name.endswith(suffix)), None)


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

    def __init__(self, entry: Entry, budget: _Budget) -> None:
        super().__init__()
        self._entry, self._budget = entry, budget
        self._source: IO[bytes] | None = None
        self._unpacked_bytes = 0
        packed = entry.packed_bytes
        self._allowed_bytes = None if packed is None else int(packed * budget.limits.ratio) + RATIO_FREE_BYTES

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
                self._source = self._entry.open()
            chunk = self._source.read(len(buffer))
        except FileRefused:
            raise
        except BROKEN:
            raise unreadable("The member is cut off or broken.") from None
        self._unpacked_bytes += len(chunk)
        self._budget.unpacked_bytes += len(chunk)
        if self._allowed_bytes is not None and self._unpacked_bytes > self._allowed_bytes:
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


def _too_large(why: str) -> FileRefused:
    return FileRefused(why, refusal=Refusal.TOO_LARGE, hint=_UNPACK_IT)
