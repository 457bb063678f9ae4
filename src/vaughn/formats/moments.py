"""Dates as PDF, XMP and EXIF write them, as moments."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

from vaughn.model import Moment

# ISO 32000-1, 7.9.4: D:YYYYMMDDHHmmSSOHH'mm'; all after the year may be missing.
_PDF = re.compile(
    r"^\s*(?:D:)?(\d{4})(?:(\d{2})(?:(\d{2})(?:(\d{2})(?:(\d{2})(?:(\d{2}))?)?)?)?)?"
    r"\s*(?:(Z)|([+-])\s*(\d{2})'?:?(\d{2})?'?)?"
)
_MAX_OFFSET_MINUTES = 14 * 60


def pdf_moment(text: str) -> Moment | None:
    """Return the moment that *text* of a PDF's information names; `None` if it is no date."""
    match = _PDF.match(text)
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(part) if part else None for part in match.groups()[:6])
    offset = _offset(match.group(7), match.group(8), match.group(9), match.group(10))
    try:
        at = datetime(year or 0, month or 1, day or 1, hour or 0, minute or 0, min(second or 0, 59), tzinfo=UTC)
        return Moment(at - timedelta(minutes=offset or 0), offset)
    except (ValueError, OverflowError):
        return None


def iso_moment(text: str) -> Moment | None:
    """Return the moment that *text* in ISO 8601 names (XMP); `None` if it is no date."""
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    if at.tzinfo is None:
        return Moment(at.replace(tzinfo=UTC))
    try:
        offset = at.utcoffset() or timedelta(0)
        return Moment(at.astimezone(UTC), int(offset.total_seconds() // 60))
    except (ValueError, OverflowError):
        return None


def local_moment(text: str, offset: str | None) -> Moment | None:
    """Return the moment of an EXIF date ``2011:01:17 14:03:00``, whose clock stood at *offset* (``+01:00``)."""
    try:
        at = datetime.strptime(text.strip()[:19], "%Y:%m:%d %H:%M:%S").replace(tzinfo=UTC)
        if not offset:
            return Moment(at)
        zone = datetime.strptime(offset.strip(), "%z").tzinfo or timezone.utc  # noqa: UP017
        minutes = int((zone.utcoffset(at) or timedelta(0)).total_seconds() // 60)
        return Moment(at - timedelta(minutes=minutes), minutes)
    except (ValueError, OverflowError):
        return None


def _offset(zulu: str | None, sign: str | None, hours: str | None, minutes: str | None) -> int | None:
    if zulu:
        return 0
    if not sign:
        return None
    offset = int(hours or 0) * 60 + int(minutes or 0)
    return None if offset > _MAX_OFFSET_MINUTES else offset if sign == "+" else -offset
