"""The chain of pages in a TIFF file, walked by its links alone: how many pages it has and how it ends.

TIFF 6.0, section 2: the header names the place of the first directory, each directory that of the next, 0 ends the
chain. BigTIFF writes the same with eight-byte places. A chain may lie in any order; one that comes back to a
directory is a loop.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import Enum
from typing import IO

# Volumes of one TIFF a document reach some thousand pages; longer chains are made to hang readers.
MAX_DIRECTORIES = 20_000
# A directory of a scanned page has some twenty entries.
MAX_ENTRIES = 65_535
_ORDERS = {b"II": "<", b"MM": ">"}
_CLASSIC, _BIG = 42, 43


class ChainEnd(Enum):
    """How a chain of pages ends."""

    CLOSED = "closed"
    LOOP = "loop"  # comes back to a page seen before
    CUT = "cut"  # leads out of the file, or into nonsense
    LONG = "long"  # was not walked to its end


@dataclass(frozen=True, slots=True)
class PageChain:
    """The pages of a TIFF file: places of their directories, in order, and how the chain ends."""

    places: tuple[int, ...]
    end: ChainEnd


def page_chain(file: IO[bytes]) -> PageChain | None:
    """Return the chain of pages of the open *file*; `None` if it does not begin like a TIFF file."""
    file.seek(0)
    head = file.read(16)
    order = _ORDERS.get(head[:2])
    if order is None or len(head) < 8:
        return None
    version = struct.unpack_from(order + "H", head, 2)[0]
    if version == _CLASSIC:
        counts, places, entry, first = struct.Struct(order + "H"), struct.Struct(order + "L"), 12, 4
    elif version == _BIG and len(head) == 16:
        counts, places, entry, first = struct.Struct(order + "Q"), struct.Struct(order + "Q"), 20, 8
    else:
        return None
    seen: dict[int, None] = {}
    place = int(places.unpack_from(head, first)[0])
    while place:
        if place in seen:
            return PageChain(tuple(seen), ChainEnd.LOOP)
        if len(seen) >= MAX_DIRECTORIES:
            return PageChain(tuple(seen), ChainEnd.LONG)
        following = _following(file, place, counts=counts, places=places, entry=entry)
        if following is None:
            return PageChain(tuple(seen), ChainEnd.CUT)
        seen[place] = None
        place = following
    return PageChain(tuple(seen), ChainEnd.CLOSED)


def _following(file: IO[bytes], place: int, *, counts: struct.Struct, places: struct.Struct, entry: int) -> int | None:
    """Return the place of the directory after the one at *place*, 0 if it is the last; `None` if it is cut off."""
    if place >= 1 << 62:
        return None
    file.seek(place)
    number = file.read(counts.size)
    if len(number) < counts.size:
        return None
    entries = int(counts.unpack(number)[0])
    if not 0 < entries <= MAX_ENTRIES:
        return None
    file.seek(place + counts.size + entries * entry)
    link = file.read(places.size)
    return int(places.unpack(link)[0]) if len(link) == places.size else None
