"""When a message was written, from a date as programs really write it: RFC 5322, its old zones, ISO 8601, asctime."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from vaughn.model import Moment

# No message is older than the networks that carried it; a later one was written by a clock gone wrong.
FIRST_YEAR, LAST_YEAR = 1970, 2099
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
# RFC 5322, 4.3. The letters of the military zones were written with both signs, so they say nothing.
_ZONES = {
    "ut": 0, "utc": 0, "gmt": 0, "z": 0, "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360,
    "pst": -480, "pdt": -420, "akst": -540, "akdt": -480, "hst": -600, "cet": 60, "cest": 120, "met": 60, "mest": 120,
    "bst": 60, "wet": 0, "west": 60, "eet": 120, "eest": 180, "jst": 540,
}  # fmt: skip
_ZONE = r"(?:\s*(?:(?P<sign>[+-])\s?(?P<zh>\d\d):?(?P<zm>\d\d)|\(?(?P<zone>[A-Za-z]{1,5})\)?(?![A-Za-z])))?"
_TIME = r"(?P<hour>\d{1,2})[:.](?P<minute>\d{1,2})(?:[:.](?P<second>\d{1,2})(?:\.\d+)?)?(?:\s*(?P<half>[AaPp][Mm]))?"
_FORMS = tuple(
    re.compile(form)
    for form in (
        # Mon, 17 Jan 2011 09:03:00 -0500
        rf"\s*(?:[^\W\d]+\.?,?)?\s*(?P<day>\d{{1,2}})[\s-]+(?P<month>[A-Za-z]{{3}})[a-z]*\.?[\s,-]+(?P<year>\d{{2,4}})"
        rf"(?:,?\s+{_TIME}{_ZONE})?",
        # Mon Jan 17 09:03:00 EST 2011; January 17, 2011 9:03 AM
        rf"\s*(?:[A-Za-z]+,?\s+)?(?P<month>[A-Za-z]{{3}})[a-z]*\.?\s+(?P<day>\d{{1,2}})(?:\s+{_TIME}{_ZONE}\s+(?P<year>\d{{4}})|"
        rf",?\s+(?P<year2>\d{{4}}))",
        # 2011-01-17T09:03:00-05:00
        rf"\s*(?P<year>\d{{4}})[-/](?P<month>\d{{1,2}})[-/](?P<day>\d{{1,2}})(?:[T\s]\s*{_TIME}{_ZONE})?",
    )
)
_USUAL = re.compile(
    r"\s*(?:[A-Za-z]{3},\s*)?(\d{1,2})\s+([A-Za-z]{3})\s+(\d{4})\s+(\d{1,2}):(\d\d):([0-5]\d|60)\s+([+-])(\d\d)(\d\d)(?!\d)"
)
_LATER_TIME = re.compile(rf",?\s+{_TIME}{_ZONE}")
_LONGEST = 200


def moment_of(text: str) -> Moment | None:
    """Return the moment that *text* names; `None` if it names none, or one that cannot be."""
    usual = _USUAL.match(text)
    if usual is not None:
        return _usual_moment(usual)
    for form in _FORMS:
        found = form.match(text[:_LONGEST])
        if found is not None:
            return _moment(found.groupdict(), text[found.end() : _LONGEST])
    return None


def _usual_moment(found: re.Match[str]) -> Moment | None:
    """Return the moment of a date as the standard has it: nineteen of twenty are."""
    day, month, year, hour, minute, second, sign, zone_hours, zone_minutes = found.groups()
    number = _MONTHS.get(month.lower())
    if number is None:
        return None
    offset: int | None = int(zone_hours) * 60 + int(zone_minutes)
    if (offset == 0 and sign == "-") or int(zone_hours) > 23 or int(zone_minutes) > 59:
        offset = None
    elif sign == "-" and offset is not None:
        offset = -offset
    try:
        written = datetime(int(year), number, int(day), int(hour), int(minute), min(int(second), 59), tzinfo=UTC)
        at = written - timedelta(minutes=offset) if offset else written
    except (ValueError, OverflowError):
        return None
    return Moment(at, offset) if FIRST_YEAR <= at.year <= LAST_YEAR else None


def _moment(part: dict[str, str | None], rest: str) -> Moment | None:
    if part.get("year2"):
        later = _LATER_TIME.match(rest)
        part = part | {"year": part["year2"]} | (later.groupdict() if later else {})
    month = part["month"] or ""
    number = int(month) if month.isdigit() else _MONTHS.get(month.lower())
    if number is None:
        return None
    hour = int(part.get("hour") or 0)
    half = (part.get("half") or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    offset = _offset(part)
    try:
        written = datetime(
            _year(part["year"] or ""),
            number,
            int(part["day"] or 0),
            hour,
            int(part.get("minute") or 0),
            min(int(part.get("second") or 0), 59 if part.get("second") == "60" else 99),
            tzinfo=UTC,
        )
        at = written - timedelta(minutes=offset or 0)
    except (ValueError, OverflowError):
        return None
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        return None
    return Moment(at, offset)


def _year(digits: str) -> int:
    """Return the year; two digits are of 1950 to 2049, three count from 1900 (RFC 5322, 4.3)."""
    year = int(digits)
    if len(digits) == 2:
        return year + (2000 if year < 50 else 1900)
    return year + 1900 if len(digits) == 3 else year


def _offset(part: dict[str, str | None]) -> int | None:
    if part.get("sign"):
        hours, minutes = int(part["zh"] or 0), int(part["zm"] or 0)
        total = hours * 60 + minutes
        # "-0000" says that the zone is not known (RFC 5322, 3.3); beyond a day there is no zone.
        if (part["sign"] == "-" and total == 0) or total >= 24 * 60 or minutes > 59:
            return None
        return total if part["sign"] == "+" else -total
    return _ZONES.get((part.get("zone") or "").lower())
