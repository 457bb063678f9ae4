"""Sound and film as records: what the file's header says, and that nobody listened.

Tags and length come from `tinytag`; the moment of making of MP4 and QuickTime files from their movie header
(ISO 14496-12, 8.2.2), which cameras and telephones fill in UTC.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO

from vaughn.formats.readers.content import Reading, ReadingRequest
from vaughn.model import DocumentKind, FoundValue, MailAddress, Moment, RecordFacts, finding

MAX_VALUES = 100
MAX_VALUE_CHARACTERS = 1_000
# Boxes on the top level of a film, and inside its movie box; a live recording has one for every second.
MAX_BOXES = 10_000
_QUICKTIME_ZERO = datetime(1904, 1, 1, tzinfo=UTC)
_BOXED = frozenset({"video/mp4", "audio/mp4", "video/quicktime", "video/3gpp"})


def read_recording(request: ReadingRequest) -> Reading:
    """Return the sound or film file of *request* as a record without pages."""
    tags, duration = _tags(request.path)
    named = {one.name: one.value for one in reversed(tags)}
    made = _movie_moment(request.path) if request.media_type in _BOXED else None
    length = "" if duration is None else f" of {_clock(duration)}"
    author = named.get("artist") or named.get("composer")
    facts = RecordFacts(
        kind=DocumentKind.MEDIA,
        title=named.get("title"),
        author=MailAddress("", author) if author else None,
        created=made,
        application=named.get("encoder") or named.get("encoded_by"),
        found=(FoundValue("Type", request.media_type), *tags),
    )
    what = "film" if request.media_type.startswith("video/") else "sound"
    message = f"The file is {what}{length}. Its facts were taken; what is said in it was not."
    return Reading(facts, 0, (), findings=(finding("IN020", message),))


def _tags(path: Path) -> tuple[list[FoundValue], float | None]:
    """Return the tags and the length in seconds, as far as they can be read."""
    from tinytag import TinyTag, TinyTagException  # noqa: PLC0415 -- for sound and film only

    try:
        with path.open("rb") as file:
            tag = TinyTag.get(file_obj=file)
        values = tag.as_dict()
    except (TinyTagException, OSError, ValueError, LookupError, TypeError, struct.error, ArithmeticError, MemoryError):
        return [], None
    found = []
    for name, value in values.items():
        for one in value if isinstance(value, list) else [value]:
            text = f"{one:.2f}".rstrip("0").rstrip(".") if isinstance(one, float) else str(one)
            if name not in {"filename", "filesize"} and one is not None and text.strip():
                found.append(FoundValue(name, _clean(text)))
    duration = values.get("duration")
    return found[:MAX_VALUES], duration if isinstance(duration, float | int) and 0 < duration < 1e9 else None


def _clean(text: str) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:MAX_VALUE_CHARACTERS]


def _clock(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"


def _movie_moment(path: Path) -> Moment | None:
    """Return when the film was made as its movie header says."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        for kind, start, end in _boxes(file, 0, size):
            if kind == b"moov":
                return next(
                    (_made(file, inner) for name, inner, _ in _boxes(file, start, end) if name == b"mvhd"), None
                )
    return None


def _boxes(file: IO[bytes], start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Yield kind, begin and end of the contents of each box between *start* and *end*."""
    for _ in range(MAX_BOXES):
        if start + 8 > end:
            return
        file.seek(start)
        head = file.read(16)
        if len(head) < 8:
            return
        size, kind = struct.unpack_from(">L4s", head)
        inside = 8
        if size == 1 and len(head) == 16:
            size, inside = struct.unpack_from(">Q", head, 8)[0], 16
        after = end if size == 0 else start + size
        if after < start + inside or after > end:
            return
        yield kind, start + inside, after
        start = after


def _made(file: IO[bytes], place: int) -> Moment | None:
    file.seek(place)
    head = file.read(12)
    if len(head) < 12:
        return None
    seconds = struct.unpack_from(">Q" if head[0] == 1 else ">L", head, 4)[0]
    if not seconds:
        return None
    try:
        return Moment(_QUICKTIME_ZERO + timedelta(seconds=seconds), 0)
    except OverflowError:
        return None
