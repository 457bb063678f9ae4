"""How is it proved that what was taken in is what was handed over? By hashes made while the originals are read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from vaughn.collect.rules import FileHashes
from vaughn.model import InputError


@dataclass(frozen=True, slots=True)
class ListedFile:
    """One line of a hash list."""

    path: str
    size_bytes: int
    sha256: str


def digest_of(files: Iterable[ListedFile]) -> str:
    r"""Return the SHA-256 over the hash list of *files*: a line each, sorted by path, as `docs` tells to make again.

    A line is the SHA-256, two blanks, the size in bytes, two blanks, the path with backslashes and line breaks
    written as ``\\`` and ``\n``, and a line feed; in UTF-8.
    """
    digest = hashlib.sha256()
    for file in sorted(files, key=lambda one: one.path):
        path = file.path.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
        digest.update(f"{file.sha256}  {file.size_bytes}  {path}\n".encode())
    return digest.hexdigest()


class Source(Protocol):
    """What can be read once."""

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes, none at the end."""


class HashingStream:
    """Reads a stream once, and makes its MD5 and SHA-1 meanwhile; who stores it makes the SHA-256.

    Args:
        name: What is read, for the error.
    """

    def __init__(self, source: Source, *, name: str) -> None:
        self._source = source
        self._name = name
        self._md5 = hashlib.md5(usedforsecurity=False)
        self._sha1 = hashlib.sha1(usedforsecurity=False)

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, none at the end.

        Raises:
            InputError: If the disk they lie on cannot be read.
        """
        try:
            chunk = self._source.read(size)
        except OSError as error:
            raise InputError(f"{self._name} cannot be read to its end: {error.strerror}.") from error
        self._md5.update(chunk)
        self._sha1.update(chunk)
        return chunk

    def hashes(self, sha256: str) -> FileHashes:
        """Return the hashes of what was read."""
        return FileHashes(sha256, self._md5.hexdigest(), self._sha1.hexdigest())
