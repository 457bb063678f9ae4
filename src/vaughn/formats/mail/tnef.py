"""TNEF ([MS-OXTNEF]): what Outlook packs a message into when it sends it as ``winmail.dat``."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from vaughn.formats.faults import FileRefused, Refusal, unreadable
from vaughn.formats.mail.codepages import charset_of_code_page
from vaughn.formats.mail.faults import Faults
from vaughn.formats.mail.mapi import (
    MapiAttachment,
    MapiItem,
    MapiName,
    MapiProperty,
    fixed_value,
    mapi_record,
    property_bag,
    variable_value,
)
from vaughn.formats.mail.mapi.values import (
    BINARY,
    FIXED_BYTES,
    MULTIPLE,
    OBJECT,
    STRING8,
    SYSTIME,
    UNICODE,
    MapiValue,
    guid_text,
)
from vaughn.formats.mail.message import MailRecord, reading_of
from vaughn.formats.readers.content import Reading, ReadingRequest

SIGNATURE = b"\x78\x9f\x3e\x22"
TNEF = "application/vnd.ms-tnef"
MAX_BYTES = 512 * 1024 * 1024
MAX_ATTRIBUTES = 200_000
MAX_PROPERTIES = 50_000
MAX_VALUES = 10_000
_MESSAGE_LEVEL, _ATTACHMENT_LEVEL = 1, 2
_RENDERING, _ATTACHMENT_PROPERTIES, _MESSAGE_PROPERTIES, _RECIPIENTS = 0x9002, 0x9005, 0x9003, 0x9004
_CODE_PAGE, _TITLE, _DATA, _CREATED, _MODIFIED = 0x9007, 0x8010, 0x800F, 0x8012, 0x8013
# Attributes of the oldest kind as the properties they became.
_AS_PROPERTIES = {
    0x8004: 0x0037, 0x8008: 0x001A, 0x8009: 0x8009, 0x800C: 0x1000, 0x800B: 0x300B,
}  # fmt: skip
_AS_TIMES = {0x8005: 0x0039, 0x8006: 0x0E06, 0x8020: 0x3008}
_SENDER = 0x8000
# An object's bytes begin with the class of its interface; this one is a message ([MS-OXTNEF] 2.1.3.3.15).
_IID_MESSAGE = "00020307-0000-0000-c000-000000000046"
_IID_BYTES = 16


@dataclass(slots=True)
class _Attachment:
    properties: list[MapiProperty] = field(default_factory=list)
    data: bytes | None = None
    is_message: bool = False


@dataclass(slots=True)
class _Held:
    properties: list[MapiProperty] = field(default_factory=list)
    recipients: list[list[MapiProperty]] = field(default_factory=list)
    attachments: list[_Attachment] = field(default_factory=list)
    charsets: tuple[str, ...] = ()


def read_tnef(request: ReadingRequest) -> Reading:
    """Return the message that the TNEF file of *request* packs.

    Raises:
        FileRefused: If it is no TNEF, or larger than any message.
    """
    faults = Faults()
    return reading_of(tnef_file_record(request, faults), faults, request)


def tnef_file_record(request: ReadingRequest, faults: Faults) -> MailRecord:
    """Return what the message packed in the file of *request* is made of.

    Raises:
        FileRefused: If it is no TNEF, or larger than any message.
    """
    if request.path.stat().st_size > MAX_BYTES:
        raise FileRefused("The packed message is larger than any message.", refusal=Refusal.TOO_LARGE)
    return tnef_record(request.path.read_bytes(), faults)


def tnef_record(data: bytes, faults: Faults) -> MailRecord:
    """Return the message that *data* packs.

    Raises:
        FileRefused: If it is no TNEF.
    """
    if not data.startswith(SIGNATURE) or len(data) < 6:
        raise unreadable("The file is no packed message (TNEF).")
    held = _Held()
    for level, number, content in _attributes(data, faults):
        if level == _MESSAGE_LEVEL:
            _add_to_message(held, number, content, faults)
        else:
            _add_to_attachment(held, number, content, faults)
    return mapi_record(_item(held), faults)


def _item(held: _Held) -> MapiItem:
    bag = property_bag(held.properties)
    charsets = tuple(dict.fromkeys((*bag.charsets, *held.charsets)))
    bag = property_bag(held.properties, charsets)
    return MapiItem(
        bag,
        [property_bag(one, charsets) for one in held.recipients],
        [
            MapiAttachment(property_bag(one.properties, charsets), one.data, TNEF if one.is_message else None)
            for one in held.attachments
        ],
    )


def _attributes(data: bytes, faults: Faults) -> Iterator[tuple[int, int, bytes]]:
    at = 6
    for _ in range(MAX_ATTRIBUTES):
        if at + 9 > len(data):
            break
        level, number, _, size = struct.unpack_from("<BHHI", data, at)
        if level not in {_MESSAGE_LEVEL, _ATTACHMENT_LEVEL}:
            faults.broken.append("Bytes follow the packed message, or it is damaged.")
            return
        content = data[at + 9 : at + 9 + size]
        if len(content) < size:
            faults.broken.append("The packed message is cut off.")
        elif sum(content) & 0xFFFF != int.from_bytes(data[at + 9 + size : at + 11 + size], "little"):
            faults.broken.append("A part of the packed message is damaged.")
        yield level, number, content
        at += 9 + size + 2
    if at < len(data):
        faults.broken.append("Bytes follow the packed message, or it is damaged.")


def _add_to_message(held: _Held, number: int, content: bytes, faults: Faults) -> None:
    if number == _MESSAGE_PROPERTIES:
        held.properties += _checked(_Reader(content).properties(), faults)
    elif number == _RECIPIENTS:
        reader = _Reader(content)
        rows = min(reader.number(4), MAX_VALUES)
        for _ in range(rows):
            row = list(_checked(reader.properties(), faults))
            if not row:
                break
            held.recipients.append(row)
    elif number == _CODE_PAGE and len(content) >= 4:
        charset = charset_of_code_page(int.from_bytes(content[:4], "little"))
        held.charsets = (charset,) if charset else ()
    elif number in _AS_PROPERTIES:
        value = variable_value(STRING8, content)
        held.properties.append(MapiProperty(_AS_PROPERTIES[number], STRING8, (_as_class(number, value),)))
    elif number in _AS_TIMES:
        held.properties.append(MapiProperty(_AS_TIMES[number], SYSTIME, (_moment(content),)))
    elif number == _SENDER:
        held.properties += _sender(content)


def _as_class(number: int, value: MapiValue) -> MapiValue:
    """Return the class of a message by its new name; before MAPI it was `IPM.Microsoft Mail.Note`."""
    if number == 0x8008 and isinstance(value, bytes):
        return value.replace(b"Microsoft Mail.", b"") if value.startswith(b"IPM.Microsoft Mail.") else value
    return value


def _sender(content: bytes) -> list[MapiProperty]:
    """Return name and address of a triple ([MS-OXTNEF] 2.1.3.3.3): lengths, then the name, then ``SMTP:address``."""
    if len(content) < 8:
        return []
    name_size, address_size = struct.unpack_from("<HH", content, 4)
    name = content[8 : 8 + name_size].split(b"\0")[0]
    address = content[8 + name_size : 8 + name_size + address_size].split(b"\0")[0]
    address = address.partition(b":")[2] or address
    return [MapiProperty(0x0C1A, STRING8, (name,)), MapiProperty(0x0C1F, STRING8, (address,))]


def _add_to_attachment(held: _Held, number: int, content: bytes, faults: Faults) -> None:
    if number == _RENDERING or not held.attachments:
        held.attachments.append(_Attachment())
    one = held.attachments[-1]
    if number == _TITLE:
        one.properties.append(MapiProperty(0x3704, STRING8, (variable_value(STRING8, content),)))
    elif number == _DATA:
        one.data = content
    elif number in {_CREATED, _MODIFIED}:
        place = 0x3007 if number == _CREATED else 0x3008
        one.properties.append(MapiProperty(place, SYSTIME, (_moment(content),)))
    elif number == _ATTACHMENT_PROPERTIES:
        _add_properties(one, _checked(_Reader(content).properties(), faults))


def _add_properties(one: _Attachment, properties: Iterator[MapiProperty]) -> None:
    for found in properties:
        if found.number == 0x3701 and found.values and isinstance(found.values[0], bytes):
            data = found.values[0]
            if found.kind == OBJECT and len(data) > _IID_BYTES:
                one.is_message = guid_text(data[:_IID_BYTES]) == _IID_MESSAGE
                data = data[_IID_BYTES:]
            one.data = data
        else:
            one.properties.append(found)


def _moment(content: bytes) -> datetime | None:
    """Return a date of seven numbers: year, month, day, hour, minute, second, day of the week."""
    if len(content) < 12:
        return None
    try:
        return _utc(*struct.unpack_from("<6H", content))
    except ValueError:
        return None


def _utc(*numbers: int) -> datetime:
    year, month, day, hour, minute, second = numbers
    return datetime(year, month, day, hour, minute, second, tzinfo=UTC)


def _checked(properties: Iterator[MapiProperty], faults: Faults) -> Iterator[MapiProperty]:
    try:
        yield from properties
    except (struct.error, _CutOff):
        faults.broken.append("Properties of the packed message are cut off.")


class _CutOff(Exception):
    """The bytes end inside a property."""


class _Reader:
    """Reads properties one after the other ([MS-OXTNEF] 2.1.3.4)."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def number(self, size: int) -> int:
        """Return the next number of *size* bytes; 0 at the end."""
        found = int.from_bytes(self._data[self._at : self._at + size], "little")
        self._at += size
        return found

    def _bytes(self, size: int) -> bytes:
        if size > len(self._data) - self._at:
            raise _CutOff
        found = self._data[self._at : self._at + size]
        self._at += size + (-size % 4)
        return found

    def properties(self) -> Iterator[MapiProperty]:
        """Yield the properties of one list.

        Raises:
            _CutOff: If the bytes end too early.
        """
        for _ in range(min(self.number(4), MAX_PROPERTIES)):
            if self._at >= len(self._data):
                raise _CutOff
            kind, number = self.number(2), self.number(2)
            name = self._name() if number >= 0x8000 else None
            yield MapiProperty(number, kind, self._values(kind), name)

    def _name(self) -> MapiName:
        space = guid_text(self._bytes(16))
        if self.number(4) == 0:
            return MapiName(space, self.number(4))
        word = self._bytes(self.number(4)).decode("utf-16-le", "replace")
        return MapiName(space, word.rstrip("\0"))

    def _values(self, kind: int) -> tuple[MapiValue, ...]:
        single = kind & ~MULTIPLE
        counted = kind & MULTIPLE or single in {STRING8, UNICODE, BINARY, OBJECT}
        count = self.number(4) if counted else 1
        values: list[MapiValue] = []
        for _ in range(min(count, MAX_VALUES)):
            if single in FIXED_BYTES:
                values.append(fixed_value(single, self._bytes(FIXED_BYTES[single])))
            elif single in {STRING8, UNICODE, BINARY, OBJECT}:
                values.append(variable_value(single, self._bytes(self.number(4))))
            else:
                raise _CutOff
        return tuple(values)
