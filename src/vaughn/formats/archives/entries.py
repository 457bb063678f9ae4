"""What an archive of any kind says of its members, before anything is unpacked."""

from __future__ import annotations

import lzma
import struct
import sys
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO

if sys.version_info >= (3, 14):
    from compression.zstd import ZstdError
else:
    from backports.zstd import ZstdError

# What the unpackers raise on broken or hostile archives.
BROKEN = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    ZstdError,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    LookupError,
    OverflowError,
)


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One entry of an archive.

    Args:
        name: As the archive gives it; data, never a path.
        open: Lends its bytes, to be read before the next entry is asked for; raises `FileRefused` or `BROKEN`.
        size_bytes: As the archive claims; `None` if it does not say.
        packed_bytes: What it takes in the archive; `None` if it shares room with others.
        modified_at: ISO 8601, with ``Z`` if it is known to be UTC.
        refused: Code and words if it may not be unpacked.
    """

    name: str
    open: Callable[[], IO[bytes]]
    size_bytes: int | None = None
    packed_bytes: int | None = None
    modified_at: str | None = None
    is_folder: bool = False
    is_link: bool = False
    refused: tuple[str, str] | None = None


@dataclass(slots=True, eq=False)
class Listing:
    """The entries of an archive.

    Args:
        entries: Once, in the order of the archive; may raise `FileRefused` or `BROKEN` on the way.
        expected: How many files the archive itself says it has; may be known only when `entries` is exhausted.
        faults: What was wrong with the archive as a whole, as code and words; complete when `entries` is exhausted.
    """

    entries: Iterator[Entry]
    expected: int | None
    faults: list[tuple[str, str]]
    close: Callable[[], None] = lambda: None
