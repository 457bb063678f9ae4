"""Messages and other items that Outlook saved as files ([MS-OXMSG]): a compound file of MAPI properties."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from vaughn.formats.faults import unreadable
from vaughn.formats.mail.faults import Faults
from vaughn.formats.mail.mapi import (
    MapiAttachment,
    MapiItem,
    MapiName,
    MapiProperty,
    Properties,
    fixed_value,
    mapi_record,
    names_of,
    property_bag,
    variable_value,
)
from vaughn.formats.mail.mapi.values import FIXED_BYTES, MULTIPLE, OBJECT, STRING8, UNICODE
from vaughn.formats.mail.message import MailRecord, reading_of
from vaughn.formats.office.ole import OleFile, StreamPath, ole_bytes
from vaughn.formats.readers.content import Reading, ReadingRequest

MSG = "application/vnd.ms-outlook"
_OLE = "application/x-ole-storage"
# Lists of thousands of people exist; a folder of made-up ones is bounded.
MAX_RECIPIENTS = 10_000
MAX_ATTACHMENTS = 5_000
MAX_VALUES = 10_000
_TOP_HEAD, _INNER_HEAD, _PART_HEAD = 32, 24, 8
_PROPERTIES, _NAMES = "__properties_version1.0", "__nameid_version1.0"
_STREAM = re.compile(r"__substg1\.0_([0-9A-F]{8})(?:-([0-9A-F]{8}))?$", re.I)
_ATTACHMENT_DATA = 0x3701
_BY_VALUE, _EMBEDDED_MESSAGE = 1, 5

Names = dict[int, MapiName]


def read_msg(request: ReadingRequest) -> Reading:
    """Return the Outlook item of *request* as a record.

    Raises:
        FileRefused: If it is no compound file, or holds no item.
    """
    faults = Faults()
    return reading_of(msg_record(request, faults), faults, request)


def msg_record(request: ReadingRequest, faults: Faults) -> MailRecord:
    """Return what the Outlook item of *request* is made of.

    Raises:
        FileRefused: If it is no compound file, or holds no item.
    """
    file = OleFile(request.path)
    try:
        item = _Msg(file, faults).item()
    finally:
        file.close()
    return mapi_record(item, faults)


@dataclass(slots=True)
class _Msg:
    """One open file."""

    file: OleFile
    faults: Faults

    def item(self) -> MapiItem:
        """Return the item that the file holds."""
        if (_PROPERTIES,) not in self.file:
            raise unreadable("The file holds no Outlook item.")
        names = self._names()
        properties = self._bag((), _TOP_HEAD, names)
        folders = sorted({path[0] for path in self.file.streams if len(path) > 1})
        recipients: list[Properties] = []
        attachments: list[MapiAttachment] = []
        for folder in folders:
            if folder.lower().startswith("__recip_version1.0_") and len(recipients) < MAX_RECIPIENTS:
                recipients.append(self._bag((folder,), _PART_HEAD, names, charsets=properties.charsets))
            elif folder.lower().startswith("__attach_version1.0_") and len(attachments) < MAX_ATTACHMENTS:
                bag = self._bag((folder,), _PART_HEAD, names, charsets=properties.charsets)
                attachments.append(self._attachment(folder, bag))
        return MapiItem(properties, recipients, attachments)

    def _attachment(self, folder: str, bag: Properties) -> MapiAttachment:
        below = (folder, f"__substg1.0_{_ATTACHMENT_DATA:04X}{OBJECT:04X}")
        inside = self.file.below(*below)
        if inside:
            if bag.number(0x3705) == _EMBEDDED_MESSAGE or (_PROPERTIES,) in inside:
                return MapiAttachment(bag, self._saved_alone(inside), MSG)
            return MapiAttachment(bag, ole_bytes(inside), _OLE)
        data = self.file.read_if_any(folder, f"__substg1.0_{_ATTACHMENT_DATA:04X}0102")
        if data is None and bag.find(_ATTACHMENT_DATA) is not None:
            self.faults.broken.append("An attachment of the message is damaged.")
        by_value = (bag.number(0x3705) or _BY_VALUE) == _BY_VALUE
        return MapiAttachment(bag, data if data is not None or not by_value else b"" if self._is_empty(bag) else None)

    @staticmethod
    def _is_empty(bag: Properties) -> bool:
        return bag.number(0x0E20) in {0, None}

    def _saved_alone(self, inside: dict[StreamPath, bytes]) -> bytes:
        """Return an embedded message as the file it would be: with the longer head, and the names of properties."""
        streams = dict(inside)
        head = streams.get((_PROPERTIES,), b"")
        streams[(_PROPERTIES,)] = head[:_INNER_HEAD] + bytes(_TOP_HEAD - _INNER_HEAD) + head[_INNER_HEAD:]
        for path, data in self.file.below(_NAMES).items():
            streams[(_NAMES, *path)] = data
        return ole_bytes(streams)

    def _bag(self, folder: StreamPath, head: int, names: Names, *, charsets: tuple[str, ...] = ()) -> Properties:
        return property_bag(self._properties(folder, head, names), charsets)

    def _properties(self, folder: StreamPath, head: int, names: Names) -> Iterator[MapiProperty]:
        table = self.file.read_if_any(*folder, _PROPERTIES) or b""
        seen = set()
        for at in range(head, len(table) - 15, 16):
            kind, number = struct.unpack_from("<HH", table, at)
            if kind in FIXED_BYTES:
                seen.add(number)
                yield MapiProperty(number, kind, (fixed_value(kind, table[at + 8 : at + 16]),), names.get(number))
        # Streams count, whatever the table says: damaged tables are more common than stray streams.
        for path in self.file.streams:
            if path[:-1] != folder or (found := _STREAM.match(path[-1])) is None or found[2] is not None:
                continue
            tag = int(found[1], 16)
            number, kind = tag >> 16, tag & 0xFFFF
            if number not in seen and number != _ATTACHMENT_DATA:
                seen.add(number)
                yield self._stream_property(path, tag, names)
        if _ATTACHMENT_DATA not in seen and any(
            path[:-1] == folder and "_3701" in path[-1] for path in self.file.streams
        ):
            yield MapiProperty(_ATTACHMENT_DATA, OBJECT, ())

    def _stream_property(self, path: StreamPath, tag: int, names: Names) -> MapiProperty:
        number, kind = tag >> 16, tag & 0xFFFF
        data = self.file.read_if_any(*path)
        if data is None:
            self.faults.broken.append("A property of the message is damaged.")
            data = b""
        if not kind & MULTIPLE:
            return MapiProperty(number, kind, (variable_value(kind, data),), names.get(number))
        single = kind & ~MULTIPLE
        if single in FIXED_BYTES:
            size = FIXED_BYTES[single]
            count = min(len(data) // size, MAX_VALUES)
            values = tuple(fixed_value(single, data[place * size :]) for place in range(count))
        else:
            size = 4 if single in {STRING8, UNICODE} else 8
            count = min(len(data) // size, MAX_VALUES)
            parts = (self.file.read_if_any(*path[:-1], f"{path[-1]}-{place:08X}") for place in range(count))
            values = tuple(variable_value(single, part) for part in parts if part is not None)
        return MapiProperty(number, kind, values, names.get(number))

    def _names(self) -> Names:
        """Return the names behind the numbers from 0x8000 on ([MS-OXMSG] 2.2.3)."""
        guids = self.file.read_if_any(_NAMES, "__substg1.0_00020102") or b""
        entries = self.file.read_if_any(_NAMES, "__substg1.0_00030102") or b""
        words = self.file.read_if_any(_NAMES, "__substg1.0_00040102") or b""
        return names_of(guids, entries, words)
