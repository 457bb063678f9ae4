"""Values of MAPI properties out of their bytes ([MS-OXCDATA] 2.11.1)."""

from __future__ import annotations

import struct
from datetime import UTC, datetime, timedelta

MULTIPLE = 0x1000
SHORT, LONG, FLOAT, DOUBLE, CURRENCY, APPTIME = 0x0002, 0x0003, 0x0004, 0x0005, 0x0006, 0x0007
ERROR, BOOLEAN, OBJECT, INT64, STRING8, UNICODE, SYSTIME = 0x000A, 0x000B, 0x000D, 0x0014, 0x001E, 0x001F, 0x0040
GUID, BINARY = 0x0048, 0x0102
FIXED_BYTES = {
    SHORT: 2, LONG: 4, FLOAT: 4, DOUBLE: 8, CURRENCY: 8, APPTIME: 8, ERROR: 4, BOOLEAN: 2, INT64: 8, SYSTIME: 8,
    GUID: 16,
}  # fmt: skip
NEVER_FROM_YEAR = 4500
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
_OLE_EPOCH = datetime(1899, 12, 30, tzinfo=UTC)
_FORMS = {SHORT: "<h", LONG: "<i", ERROR: "<i", FLOAT: "<f", DOUBLE: "<d", INT64: "<q", CURRENCY: "<q"}

MapiValue = int | float | bool | str | bytes | datetime | None


def fixed_value(kind: int, data: bytes) -> MapiValue:
    """Return the value of type *kind* that begins *data*; `None` if the bytes are no value."""
    size = FIXED_BYTES.get(kind, 0)
    if not size or len(data) < size:
        return None
    if kind in _FORMS:
        number: int | float = struct.unpack_from(_FORMS[kind], data)[0]
        return number / 10_000 if kind == CURRENCY else number
    if kind == BOOLEAN:
        return data[0] != 0
    if kind == SYSTIME:
        return moment_of_filetime(int.from_bytes(data[:8], "little"))
    if kind == APPTIME:
        return _days_since_1899(struct.unpack_from("<d", data)[0])
    return guid_text(data[:16])


def variable_value(kind: int, data: bytes) -> MapiValue:
    """Return the value of type *kind* that *data* is; text in bytes of an unknown set stays bytes."""
    if kind == UNICODE:
        return data[: len(data) & ~1].decode("utf-16-le", "replace").split("\0", maxsplit=1)[0]
    if kind == STRING8:
        return data.split(b"\0", maxsplit=1)[0]
    if kind in FIXED_BYTES:
        return fixed_value(kind, data)
    return data


def moment_of_filetime(ticks: int) -> datetime | None:
    """Return the moment that *ticks* of 100 ns since 1601 count to; `None` for "never" and what no clock shows."""
    if ticks <= 0 or ticks >= 0x7FFF_FFFF_FFFF_FFFF:
        return None
    try:
        found = _EPOCH + timedelta(microseconds=ticks // 10)
    except OverflowError:
        return None
    # Outlook writes the year 4501 for "none".
    return found if found.year < NEVER_FROM_YEAR else None


def _days_since_1899(days: float) -> datetime | None:
    try:
        return _OLE_EPOCH + timedelta(days=days)
    except (OverflowError, ValueError):
        return None


def guid_text(data: bytes) -> str:
    """Return a GUID as it is written, in lower case."""
    first, second, third = struct.unpack_from("<IHH", data)
    return f"{first:08x}-{second:04x}-{third:04x}-{data[8:10].hex()}-{data[10:16].hex()}"
