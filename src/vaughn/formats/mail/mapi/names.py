"""The names behind property numbers from 0x8000 on, which each file gives out for itself ([MS-OXMSG] 2.2.3)."""

from __future__ import annotations

import struct

from vaughn.formats.mail.mapi.properties import MapiName
from vaughn.formats.mail.mapi.values import guid_text

_PS_MAPI, _PS_PUBLIC = "00020328-0000-0000-c000-000000000046", "00020329-0000-0000-c000-000000000046"
MAX_NAMES = 0x8000
MAX_WORD_BYTES = 1_000


def names_of(guids: bytes, entries: bytes, words: bytes) -> dict[int, MapiName]:
    """Return the names by property number out of the three streams that hold them."""
    found: dict[int, MapiName] = {}
    for at in range(0, min(len(entries), 8 * MAX_NAMES) - 7, 8):
        name, kind_and_guid, place = struct.unpack_from("<IHH", entries, at)
        space = _space(kind_and_guid >> 1, guids)
        if kind_and_guid & 1:
            size = min(int.from_bytes(words[name : name + 4], "little"), MAX_WORD_BYTES)
            word = words[name + 4 : name + 4 + size].decode("utf-16-le", "replace")
            found[0x8000 + place] = MapiName(space, word)
        else:
            found[0x8000 + place] = MapiName(space, name)
    return found


def _space(index: int, guids: bytes) -> str:
    if index in {1, 2}:
        return _PS_MAPI if index == 1 else _PS_PUBLIC
    at = (index - 3) * 16
    return guid_text(guids[at : at + 16]) if at >= 0 and at + 16 <= len(guids) else ""
