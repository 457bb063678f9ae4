"""What is left out of a taking in, and by which rule: patterns of names, and lists of hashes of known files."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vaughn.model import InputError

BY_HASH, BY_RULE = "IN030", "IN031"
# MD5, SHA-1 and SHA-256 in hexadecimal digits.
_LENGTHS = (32, 40, 64)
_HASH = re.compile(r"[0-9A-Fa-f]+")


@dataclass(frozen=True, slots=True)
class Rules:
    """What is left out: recorded with the handover, so that nobody has to ask later.

    Args:
        patterns: As for a shell (``*.tmp``, ``cache/*``), letter case aside; compared with the whole path and with the
            name alone.
        hash_lists: Names of the lists of known files, and how many hashes each held.
    """

    patterns: tuple[str, ...] = ()
    hash_lists: tuple[tuple[str, int], ...] = ()

    def to_json(self) -> str:
        """Return the rules as they are kept with the handover."""
        lists = [{"name": name, "hashes": count} for name, count in self.hash_lists]
        return json.dumps({"exclude": list(self.patterns), "hash_lists": lists}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Rules:
        """Return what `to_json` wrote."""
        held: dict[str, Any] = json.loads(text)
        lists = tuple((one["name"], one["hashes"]) for one in held.get("hash_lists", ()))
        return cls(tuple(held.get("exclude", ())), lists)

    def pattern_for(self, path: str) -> str | None:
        """Return the pattern that leaves out the file at *path*, or `None`."""
        folded = path.casefold()
        name = folded.rpartition("/")[2]
        for pattern in self.patterns:
            wanted = pattern.casefold()
            if fnmatchcase(folded, wanted) or fnmatchcase(name, wanted):
                return pattern
        return None


@dataclass(frozen=True, slots=True)
class FileHashes:
    """The hashes of one file, in hexadecimal digits."""

    sha256: str
    md5: str
    sha1: str


class HashList:
    """Hashes of known files: sorted, 16 to 32 bytes each, so that fifty million of them fit in memory."""

    def __init__(self, hashes: Iterable[str] = ()) -> None:
        held = {length: bytearray() for length in _LENGTHS}
        for one in hashes:
            held[len(one)] += bytes.fromhex(one)
        self._sorted: dict[int, NDArray[np.bytes_]] = {
            length: np.unique(np.frombuffer(bytes(packed), f"S{length // 2}")) for length, packed in held.items()
        }

    def __len__(self) -> int:
        return sum(len(column) for column in self._sorted.values())

    def holds(self, hashes: FileHashes) -> bool:
        """Tell whether one of the hashes of a file is in the list."""
        return any(self._has(one) for one in (hashes.sha1, hashes.md5, hashes.sha256))

    def _has(self, text: str) -> bool:
        column = self._sorted[len(text)]
        wanted = np.array([bytes.fromhex(text)], column.dtype)
        at = int(np.searchsorted(column, wanted)[0])
        return at < len(column) and bool(column[at] == wanted[0])


class CountedHashes:
    """The hashes in the lines of a list, one after the other, so that no list need fit in memory as text.

    Understands one hash a line (what stands behind it is its file name), and tables with commas or tabs as the
    National Software Reference Library gives them out, quotation marks or not.

    Attributes:
        count: How many there were; complete once they are exhausted.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = lines
        self.count = 0

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            for found in _hashes_in(line):
                self.count += 1
                yield found


def require_hashes(count: int, *, name: str) -> None:
    """Make sure that a list was one.

    Raises:
        InputError: If there was no hash in it.
    """
    if not count:
        raise InputError(
            f"{name} holds no hash.", hint="A list has one MD5, SHA-1 or SHA-256 a line, or the columns of the NSRL."
        )


def _hashes_in(line: str) -> Sequence[str]:
    cells = re.split(r"[,\t;]", line) if re.search(r"[,\t;]", line) else line.split()[:1]
    bare = (cell.strip().strip('"\\*') for cell in cells)
    return [cell for cell in bare if len(cell) in _LENGTHS and _HASH.fullmatch(cell)]
