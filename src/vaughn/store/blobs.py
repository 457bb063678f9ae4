"""The bytes of the case, each file once, under its SHA-256: ``blobs/ab/abcd…``.

A file is copied and hashed in one pass into ``incoming/``; it gets its name only after its bytes are on the disk,
so whatever stands under a hash is whole. Files are read-only and never changed or overwritten.
"""

from __future__ import annotations

import ctypes
import hashlib
import io
import os
import re
import stat
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, Protocol

from vaughn.model import Blob, InputError, IntegrityError, StateError

_CHUNK_BYTES = 1 << 20
# How many copied files may wait for their names; waiting lets the disk write many at once.
_MAX_PENDING = 256
# From so many files on, the whole file system is flushed: it costs what a few files cost one by one.
_SYNC_FROM = 16
_IS_POSIX = os.name == "posix"
# Windows neither renames nor removes what is read-only; there it becomes so at the end.
_NEW_MODE = stat.S_IRUSR | stat.S_IRGRP if _IS_POSIX else stat.S_IRUSR | stat.S_IWUSR
_HASH = re.compile(r"[0-9a-f]{64}")
_BINARY = getattr(os, "O_BINARY", 0)
# No link is followed, and opening a pipe does not wait for its other end.
_READ_FLAGS = os.O_RDONLY | _BINARY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


class ByteSource(Protocol):
    """What can be read once, from its beginning to its end."""

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes, none at the end."""


def open_regular(path: Path) -> BinaryIO:
    """Open the regular file *path* for reading, once through. Does not follow a link at its end.

    Raises:
        InputError: If it cannot be read or is no regular file.
    """
    try:
        descriptor = os.open(path, _READ_FLAGS)
    except OSError as error:
        raise InputError(f"{path.name} cannot be read: {error.strerror}.") from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise InputError(f"{path.name} is no regular file.", hint="Links and devices are not taken in.")
    return os.fdopen(descriptor, "rb", buffering=0)


class BlobStore:
    """Blobs of one case file. Adding is for the writer only."""

    def __init__(self, folder: Path) -> None:
        self._blobs = folder / "blobs"
        self._incoming = folder / "incoming"
        self._pending: dict[str, Path] = {}
        self._serial = 0
        self._mutex = threading.RLock()

    @property
    def folder(self) -> Path:
        """Where the blobs lie; children that read records need no other folder."""
        return self._blobs

    def add_file(self, path: Path) -> Blob:
        """Copy the regular file *path* into the case. Does not follow a link at its end.

        Raises:
            InputError: If it cannot be read or is no regular file.
            StateError: If the disk is full.
        """
        with open_regular(path) as source:
            return self.add_stream(source)

    def add_stream(self, source: ByteSource, *, keep: Callable[[Blob], bool] | None = None) -> Blob:
        """Copy what can be read from *source* into the case.

        Args:
            keep: Asked when all was read; if it says no, nothing is kept.

        Raises:
            StateError: If the disk is full.
        """
        with self._mutex:
            self._serial += 1
            partial = self._incoming / f"{os.getpid()}-{self._serial}.part"
        try:
            blob = _copied(source, partial)
        except OSError as error:
            partial.unlink(missing_ok=True)
            raise _write_error(error) from error
        except BaseException:
            partial.unlink(missing_ok=True)
            raise
        with self._mutex:
            if (
                (keep is not None and not keep(blob))
                or blob.sha256 in self._pending
                or self._target(blob.sha256).exists()
            ):
                partial.unlink()
            else:
                self._pending[blob.sha256] = partial
            if len(self._pending) >= _MAX_PENDING:
                self.settle()
        return blob

    def add_bytes(self, content: bytes) -> Blob:
        """Store *content*. Raises `StateError` if the disk is full."""
        return self.add_stream(io.BytesIO(content))

    def settle(self) -> None:
        """Give every copied file its name, after its bytes are on the disk.

        Raises:
            StateError: If the disk is full.
        """
        with self._mutex:
            try:
                at_once = len(self._pending) >= _SYNC_FROM and _flush_disk(self._incoming)
                for partial in self._pending.values() if not at_once else ():
                    _flush(partial)
                folders = set()
                for sha256, partial in self._pending.items():
                    target = self._target(sha256)
                    target.parent.mkdir(exist_ok=True)
                    partial.replace(target)
                    if not _IS_POSIX:
                        target.chmod(stat.S_IREAD)
                    folders.add(target.parent)
                if not (at_once and _flush_disk(self._blobs)):
                    for folder in folders:
                        _flush_folder(folder)
                    if folders:
                        _flush_folder(self._blobs)
            except OSError as error:
                raise _write_error(error) from error
            self._pending.clear()

    def path(self, sha256: str) -> Path:
        """Return where the blob lies; only for reading.

        Raises:
            IntegrityError: If the case does not have it.
        """
        if sha256 in self._pending:
            self.settle()
        target = self._target(sha256)
        if not (_HASH.fullmatch(sha256) and target.is_file()):
            raise IntegrityError(
                f"The bytes {sha256[:12]}… are missing from the case.", hint="Run `vaughn verify` on the case."
            )
        return target

    def has(self, sha256: str) -> bool:
        """Tell whether the case has the bytes."""
        return sha256 in self._pending or bool(_HASH.fullmatch(sha256) and self._target(sha256).is_file())

    def names(self) -> set[str]:
        """Return the hashes of all stored files."""
        return {entry.name for folder in self._blobs.iterdir() if folder.is_dir() for entry in folder.iterdir()}

    def measured(self, sha256: str, *, read: Callable[[int], None]) -> Blob | None:
        """Hash the stored file again; `None` if it is missing. Calls *read* with the bytes read so far."""
        if not _HASH.fullmatch(sha256):
            return None
        try:
            with self._target(sha256).open("rb") as source:
                return _hashed(source, read)
        except OSError:
            return None

    def clear_incoming(self) -> None:
        """Remove what an interrupted process left half-copied."""
        for entry in self._incoming.glob("*.part"):
            entry.unlink(missing_ok=True)

    def _target(self, sha256: str) -> Path:
        return self._blobs / sha256[:2] / sha256


def _copied(source: ByteSource, partial: Path) -> Blob:
    digest = hashlib.sha256()
    size = 0
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, _NEW_MODE)
    with os.fdopen(descriptor, "wb", buffering=0) as target:
        while chunk := source.read(_CHUNK_BYTES):
            digest.update(chunk)
            size += len(chunk)
            view = memoryview(chunk)
            while view:
                view = view[target.write(view) :]
        if not _IS_POSIX:
            os.fsync(target.fileno())  # Windows flushes only what is open for writing
    return Blob(digest.hexdigest(), size)


def _hashed(source: BinaryIO, read: Callable[[int], None]) -> Blob:
    digest = hashlib.sha256()
    size = 0
    while chunk := source.read(_CHUNK_BYTES):
        digest.update(chunk)
        size += len(chunk)
        read(size)
    return Blob(digest.hexdigest(), size)


def _flush(partial: Path) -> None:
    if _IS_POSIX:
        descriptor = os.open(partial, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _flush_disk(folder: Path) -> bool:
    """Put all that was written to the file system of *folder* on its disk; tell whether the system could.

    The disk is waited for once, and not once a file: 256 small files take a twentieth of the time.
    """
    if not sys.platform.startswith("linux"):
        return False
    try:
        syncfs = ctypes.CDLL(None, use_errno=True).syncfs
    except (OSError, AttributeError):
        return False
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        return int(syncfs(descriptor)) == 0
    finally:
        os.close(descriptor)


def _flush_folder(folder: Path) -> None:
    if not _IS_POSIX:
        return  # Windows cannot open a folder to flush it
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write_error(error: OSError) -> StateError:
    return StateError(
        f"The case cannot be written to: {error.strerror or 'the disk gave an error'}.",
        hint="Make room on the disk and run the same command again; nothing that was stored is lost.",
    )
