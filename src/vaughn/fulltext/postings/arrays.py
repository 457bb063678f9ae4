"""How arrays are kept in one file: written once, read through a memory map, a torn or changed file is told.

Layout: eight bytes of mark; the arrays, each from a multiple of 64 bytes; a directory in JSON (name, type, shape,
place and CRC-32 of each array, and a few facts); at the end where the directory stands, how long it is, its CRC-32,
and the mark again. The file has its name only when it is whole and on the disk.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import sys
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vaughn.model import IntegrityError

_MARK = b"VPOST\r\n\x01"
_END = struct.Struct("<QII8s")
_ALIGNED_BYTES = 64


def write_arrays(path: Path, arrays: Mapping[str, NDArray[Any]], *, facts: Mapping[str, int | str]) -> int:
    """Write *arrays* and *facts* as the new file *path*, whole and on the disk or not at all; return its size."""
    part = path.with_name(path.name + ".part")
    directory: dict[str, object] = {}
    with part.open("wb") as file:
        file.write(_MARK)
        for name, array in arrays.items():
            file.write(bytes(-file.tell() % _ALIGNED_BYTES))
            data = np.ascontiguousarray(array).astype(array.dtype.newbyteorder("<"), copy=False)
            view = _bytes_of(data)
            directory[name] = [data.dtype.str, list(data.shape), file.tell(), zlib.crc32(view)]
            file.write(view)
        text = json.dumps({"arrays": directory, "facts": dict(facts)}).encode()
        place = file.tell()
        file.write(text + _END.pack(place, len(text), zlib.crc32(text), _MARK))
        size = file.tell()
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    return size


def _bytes_of(array: NDArray[Any]) -> memoryview:
    return array.reshape(-1).view(np.uint8).data


def sync_folder(folder: Path) -> None:
    """Make the names in *folder* last (where the system can; Windows does so by itself)."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class ArrayFile:
    """The arrays of one file; nothing is read before it is looked at."""

    def __init__(self, path: Path) -> None:
        """Open *path*.

        Raises:
            FileNotFoundError: If it is not there.
            IntegrityError: If it is torn or is no such file.
        """
        self._name = path.name
        with path.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            if size < len(_MARK) + _END.size:
                raise self._damaged()
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        place, length, crc, mark = _END.unpack(self._map[-_END.size :])
        text = self._map[place : place + length]
        if mark != _MARK or place + length + _END.size != size or zlib.crc32(text) != crc:
            raise self._damaged()
        directory = json.loads(text)
        self._arrays: dict[str, list[Any]] = directory["arrays"]
        self.facts: dict[str, Any] = directory["facts"]

    def __contains__(self, name: str) -> bool:
        return name in self._arrays

    def __getitem__(self, name: str) -> NDArray[Any]:
        kind, shape, place, _ = self._arrays[name]
        count = int(np.prod(shape, dtype=np.int64))
        return np.frombuffer(self._map, np.dtype(kind), count, place).reshape(shape)

    def names(self) -> tuple[str, ...]:
        """Return the names of all arrays."""
        return tuple(self._arrays)

    def check(self) -> None:
        """Read everything once.

        Raises:
            IntegrityError: If an array is not what was written.
        """
        for name, (_, _, _, crc) in self._arrays.items():
            array = self[name]
            if zlib.crc32(_bytes_of(array)) != crc:
                raise self._damaged()

    def _damaged(self) -> IntegrityError:
        return IntegrityError(
            f"The file {self._name} of the text index is damaged.", hint="The index is derived: have it built anew."
        )
