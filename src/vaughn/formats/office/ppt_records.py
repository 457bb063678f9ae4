"""The records of a PowerPoint 97-2003 file ([MS-PPT] 2.3): a head of eight bytes each, containers hold others."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

MAX_DEPTH = 40
MAX_RECORDS = 2_000_000
_HEAD = struct.Struct("<HHI")
DOCUMENT, SLIDE, SLIDE_ATOM, NOTES, SLIDE_PERSIST = 0x03E8, 0x03EE, 0x03EF, 0x03F0, 0x03F3
SLIDE_INFO, SLIDE_LIST, OUTLINE_REF, TEXT_HEADER = 0x03F9, 0x0FF0, 0x0F9E, 0x0F9F
TEXT_CHARS, TEXT_BYTES, C_STRING, USER_EDIT, PERSIST_DIRECTORY = 0x0FA0, 0x0FA8, 0x0FBA, 0x0FF5, 0x1772
HEADERS_FOOTERS, HYPERLINK, OLE_STORAGE, TAG_DATA = 0x0FD9, 0x0FD7, 0x1011, 0x138B
COMMENT, COMMENT_ATOM = 0x2EE0, 0x2EE1


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its kind, its instance, where its body lies."""

    kind: int
    instance: int
    start: int
    end: int
    is_container: bool


def record_at(data: bytes, at: int, end: int) -> Record | None:
    """Return the record that begins at *at*; `None` if none fits there. Its body ends at *end* at the latest."""
    if at + 8 > end:
        return None
    version, kind, length = _HEAD.unpack_from(data, at)
    start = at + 8
    holds = version & 0xF == 0xF or kind in {TAG_DATA, COMMENT}
    return Record(kind, version >> 4, start, min(start + length, end), holds)


def records(data: bytes, start: int, end: int) -> Iterator[Record]:
    """Yield the records from *start* up to *end*, one beside the other."""
    at = start
    while True:
        record = record_at(data, at, min(end, len(data)))
        if record is None:
            return
        yield record
        at = record.end


def walk(data: bytes, start: int, end: int, *, into: frozenset[int] | None = None) -> Iterator[Record]:
    """Yield all records below, outer ones before inner ones; containers of kinds in *into* are not entered."""
    waiting = [(records(data, start, end), 0)]
    count = 0
    while waiting and count < MAX_RECORDS:
        found = next(waiting[-1][0], None)
        if found is None:
            waiting.pop()
            continue
        count += 1
        yield found
        depth = waiting[-1][1]
        if found.is_container and depth < MAX_DEPTH and not (into and found.kind in into):
            waiting.append((records(data, found.start, found.end), depth + 1))


def text_of(data: bytes, record: Record) -> str | None:
    """Return the words of a record of text; `None` if it is none."""
    body = data[record.start : record.end]
    if record.kind in {TEXT_CHARS, C_STRING}:
        return _plain(body[: len(body) // 2 * 2].decode("utf-16-le", "replace"))
    return _plain(body.decode("latin-1")) if record.kind == TEXT_BYTES else None


def _plain(text: str) -> str:
    return text.replace("\r", "\n").replace("\x0b", "\n").replace("\0", "").strip("\n")


def persist_offsets(data: bytes, current_edit: int) -> tuple[dict[int, int], int] | None:
    """Return where the objects of the newest version lie, by their numbers, and the number of the document."""
    offsets: dict[int, int] = {}
    document, at, seen = None, current_edit, set()
    while at and at not in seen:
        seen.add(at)
        edit = record_at(data, at, len(data))
        if edit is None or edit.kind != USER_EDIT or edit.end - edit.start < 28:
            return None
        before, directory, number = struct.unpack_from("<8xIII", data, edit.start)
        document = number if document is None else document
        table = record_at(data, directory, len(data))
        if table is None or table.kind != PERSIST_DIRECTORY:
            return None
        for identity, offset in _entries(data, table):
            offsets.setdefault(identity, offset)
        at = before
    return (offsets, document) if document is not None and offsets else None


def _entries(data: bytes, table: Record) -> Iterator[tuple[int, int]]:
    at = table.start
    while at + 4 <= table.end:
        (head,) = struct.unpack_from("<I", data, at)
        first, count = head & 0xFFFFF, head >> 20
        at += 4
        for number in range(count):
            if at + 4 > table.end:
                return
            yield first + number, int.from_bytes(data[at : at + 4], "little")
            at += 4
