"""Which day a court's software means: ``04/12/2017``, ``8/5/10``, ``2017-04-12``, ``April 12, 2017``."""

from __future__ import annotations

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime

# CM/ECF came into the courts from 1996 on and reaches back into paper dockets; nothing lies in the future's 1970s.
CENTURY_TURNS_AT = 70
EARLIEST_YEAR, LATEST_YEAR = 1850, 2100
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMES = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_US = re.compile(r"(?P<month>\d{1,2})\s*[/-]\s*(?P<day>\d{1,2})\s*[/-]\s*(?P<year>\d{4}|\d{2})(?!\d)")
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?!\d)")
_LONG = re.compile(rf"(?P<name>{_NAMES})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s*,?\s+(?P<year>\d{{4}})(?!\d)", re.I)
_FORMS = (_ISO, _US, _LONG)


def court_date(text: str) -> date | None:
    """Return the day that *text* begins with, a time behind it or not; `None` if there is none or it is impossible."""
    text = text.strip()
    for form in _FORMS:
        match = form.match(text)
        if match is not None:
            return day_of(match)
    return None


def day_of(match: re.Match[str]) -> date | None:
    """Return the day of a match with groups ``year``, ``day`` and ``month`` or ``name``; `None` if impossible."""
    groups = match.groupdict()
    year = int(groups["year"])
    if len(groups["year"]) == 2:
        year += 1900 if year >= CENTURY_TURNS_AT else 2000
    name = groups.get("name")
    month = _MONTHS.index(name[:3].lower()) + 1 if name else int(groups["month"])
    try:
        found = date(year, month, int(groups["day"]))
    except ValueError:
        return None
    return found if EARLIEST_YEAR <= year <= LATEST_YEAR else None


def mail_moment(text: str) -> datetime | None:
    """Return the moment a feed or a mail header names, with its time zone; `None` if it is none or has no zone."""
    try:
        found = parsedate_to_datetime(text.strip())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found if found.tzinfo is not None else None
