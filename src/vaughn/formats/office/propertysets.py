"""The properties of a compound file ([MS-OLEPS]): title, author, days, program, and those an office made up.

Two streams hold them, ``SummaryInformation`` and ``DocumentSummaryInformation``; a broken value is passed over.
"""

from __future__ import annotations

import struct
from datetime import UTC, datetime, timedelta

from vaughn.formats.office.ole import UNLOCKED, OleFile, StreamPath
from vaughn.formats.office.rtf_tokens import code_page
from vaughn.model import DocumentKind, FoundValue, MailAddress, Moment, RecordFacts

MAX_PROPERTIES = 2000
MAX_VALUE_BYTES = 16_000
_SUMMARY = {
    2: "title", 3: "subject", 4: "author", 5: "keywords", 6: "comments", 7: "template", 8: "last author",
    9: "revision number", 10: "total editing time", 11: "last printed", 12: "created", 13: "last saved", 14: "pages",
    15: "words", 16: "characters", 18: "application", 19: "security",
}  # fmt: skip
_DOCUMENT = {
    2: "category", 3: "presentation target", 4: "bytes", 5: "lines", 6: "paragraphs", 7: "slides", 8: "notes",
    9: "hidden slides", 14: "manager", 15: "company", 26: "content type", 27: "content status", 28: "language",
}  # fmt: skip
_USER_DEFINED = bytes.fromhex("05d5cdd59c2e1b10939708002b2cf9ae")
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
_CODE_PAGE, _DICTIONARY = 1, 0
Value = str | Moment


def ole_facts(file: OleFile, kind: DocumentKind, *, folder: StreamPath = ()) -> RecordFacts:
    """Return what the property sets of *file* (of the storage at *folder*) say; what they lack is `None`."""
    found: list[tuple[str, Value]] = []
    for stream, names in (("\x05SummaryInformation", _SUMMARY), ("\x05DocumentSummaryInformation", _DOCUMENT)):
        data = file.read_if_any(*folder, stream)
        if data is not None:
            found += properties(data, names)
    named: dict[str, Value] = {}
    for name, value in found:
        named.setdefault(name, value)
    author = named.get("author")
    values = tuple(FoundValue(name, value if isinstance(value, str) else value.text()) for name, value in found)
    return RecordFacts(
        kind,
        title=_text(named.get("title")),
        author=MailAddress("", author) if isinstance(author, str) and author else None,
        created=_moment(named.get("created")),
        modified=_moment(named.get("last saved")),
        application=_text(named.get("application")),
        found=(*values, UNLOCKED) if file.unlocked else values,
    )


def properties(data: bytes, names: dict[int, str]) -> list[tuple[str, Value]]:
    """Return the properties in *data*, a stream of property sets, that can be read; *names* are those of the first."""
    found: list[tuple[str, Value]] = []
    try:
        (count,) = struct.unpack_from("<I", data, 24)
        for number in range(min(count, 2)):
            identity = data[28 + number * 20 : 44 + number * 20]
            (offset,) = struct.unpack_from("<I", data, 44 + number * 20)
            is_own = identity == _USER_DEFINED or number > 0
            found += _section(data[offset:], {} if is_own else names)
    except struct.error:
        pass
    return found


def _section(data: bytes, names: dict[int, str]) -> list[tuple[str, Value]]:
    (count,) = struct.unpack_from("<I", data, 4)
    places: dict[int, int] = {}
    for number in range(min(count, MAX_PROPERTIES)):
        if 16 + number * 8 > len(data):
            break
        identity, offset = struct.unpack_from("<II", data, 8 + number * 8)
        places.setdefault(identity, offset)
    encoding = "cp1252"
    if _CODE_PAGE in places:
        (page,) = struct.unpack_from("<H", data[places[_CODE_PAGE] + 4 :][:2].ljust(2, b"\0"))
        encoding = "utf-16-le" if page == 1200 else code_page(page)
    if _DICTIONARY in places:
        names = names | _dictionary(data, places[_DICTIONARY], encoding)
    found = []
    for identity, offset in places.items():
        if identity in names:
            value = _value(data, offset, encoding)
            if value is not None and value != "":
                found.append((names[identity], value))
    return found


def _dictionary(data: bytes, at: int, encoding: str) -> dict[int, str]:
    names: dict[int, str] = {}
    try:
        (count,) = struct.unpack_from("<I", data, at)
        at += 4
        for _ in range(min(count, MAX_PROPERTIES)):
            identity, length = struct.unpack_from("<II", data, at)
            size = length * 2 if encoding == "utf-16-le" else length
            if size > MAX_VALUE_BYTES:
                break
            names[identity] = data[at + 8 : at + 8 + size].decode(encoding, "replace").rstrip("\0")
            at += 8 + size + (-size % 4 if encoding == "utf-16-le" else 0)
    except struct.error:
        pass
    return names


def _value(data: bytes, at: int, encoding: str) -> Value | None:
    try:
        (kind,) = struct.unpack_from("<H", data, at)
        return _value_of(kind, data, at + 4, encoding)
    except (struct.error, OverflowError):
        return None


def _value_of(kind: int, data: bytes, at: int, encoding: str) -> Value | None:
    """Return a value of type *kind*; the types of [MS-OLEPS] 2.15 that a person can read."""
    if kind in {30, 31}:
        (length,) = struct.unpack_from("<I", data, at)
        size = length * 2 if kind == 31 else length
        raw = data[at + 4 : at + 4 + min(size, MAX_VALUE_BYTES)]
        return raw.decode("utf-16-le" if kind == 31 else encoding, "replace").split("\0")[0].strip()
    if kind == 64:
        (ticks,) = struct.unpack_from("<Q", data, at)
        return _moment_of(ticks)
    if kind == 11:
        return "yes" if struct.unpack_from("<h", data, at)[0] else "no"
    form = {2: "<h", 3: "<i", 4: "<f", 5: "<d", 18: "<H", 19: "<I", 20: "<q", 21: "<Q"}.get(kind)
    if form is None:
        return None
    number = struct.unpack_from(form, data, at)[0]
    return f"{number:g}" if kind in {4, 5} else str(number)


def _moment_of(ticks: int) -> Value | None:
    # Small figures are no days but lengths of time (how long somebody edited).
    if ticks == 0:
        return None
    if ticks < 10_000_000 * 86400 * 365 * 100:
        return f"{ticks // 600_000_000} minutes"
    try:
        return Moment(_EPOCH + timedelta(microseconds=ticks // 10), 0)
    except (OverflowError, ValueError):
        return None


def _text(value: Value | None) -> str | None:
    return value if isinstance(value, str) and value else None


def _moment(value: Value | None) -> Moment | None:
    return value if isinstance(value, Moment) else None
