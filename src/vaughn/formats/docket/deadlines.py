"""Which days an entry's text says something is due by or set for: ``Answer due by 3/4/2011``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from vaughn.formats.docket.dates import court_date
from vaughn.formats.docket.references import without_attachments

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DAY = rf"(?P<day>\d{{1,2}}/\d{{1,2}}/(?:\d{{4}}|\d{{2}})(?!\d)|{_MONTH}\s+\d{{1,2}},?\s+\d{{4}})"
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
_TIME = r"(?:\d{1,2}:\d{2}\s*[ap]\.?m\.?,?\s*)?"
_DUE = re.compile(
    r"\b(?P<verb>(?:is |are |shall be |to be )?(?:due|filed|extended|served|produced?|submit(?:ted)?|completed?|"
    r"respond|answer)\s*"
    r"(?:(?:by|on|before|no later than|on or before|not later than|until|through|to)\b)?(?:\s+by)?(?:\s+noon)?|"
    r"(?:by|no later than|on or before|not later than)(?:\s+noon)?)\s*:?\s*(?:to\s+)?" + _WEEKDAY + _DAY,
    re.I,
)
_SET = re.compile(
    r"\b(?P<verb>(?:is |are |re-?)?(?:set|scheduled|reset|re-set|noticed|continued|adjourned|deadline set|"
    r"set/reset)\s*"
    r"(?:for|to|on|until)?|from\s[^;]{4,60}?\sto)\s*:?\s*" + _TIME + _WEEKDAY + _DAY,
    re.I,
)
_SENTENCE = re.compile(r"(?<!\b[A-Z])[.;:]\s+|\d{4}[.,;]?\s+|[()]\s*")
_PAST = re.compile(r"^(?:filed|served|submitted|produced|completed|respond|answer)\s*(?:on|before)?\s*:?\s*$", re.I)
# A phrase longer than this is no name of a deadline any more; its end is.
_WHAT_LETTERS = 120


@dataclass(frozen=True, slots=True)
class SaidDay:
    """A day that a text names for something.

    Args:
        is_due: Whether it is a last day; otherwise something takes place then.
        what: The words before it, e.g. ``Cross Motions``.
        text: The whole phrase.
    """

    day: date
    is_due: bool
    what: str
    text: str


def days_in(text: str) -> tuple[SaidDay, ...]:
    """Return the days that something is due by or set for, in order, each phrase once; impossible days are left out."""
    said = " ".join(without_attachments(text).split())
    found: dict[int, SaidDay] = {}
    for form, is_due in ((_SET, False), (_DUE, True)):
        for match in form.finditer(said):
            day = court_date(match["day"])
            if day is None or match.start("day") in found or _PAST.match(match["verb"]):
                continue
            what = _what(said[: match.start()])
            deadline = is_due or "deadline" in what.casefold() or "due" in what.casefold().split()
            found[match.start("day")] = SaidDay(day, deadline, what, f"{what} {match[0]}".strip())
    return tuple(found[place] for place in sorted(found))


def _what(before: str) -> str:
    """Return the words of the sentence up to the verb."""
    before = before[-2 * _WHAT_LETTERS :]
    starts = [match.end() for match in _SENTENCE.finditer(before)]
    what = before[starts[-1] if starts else 0 :]
    if len(what) > _WHAT_LETTERS:
        what = what[-_WHAT_LETTERS:].partition(" ")[2]
    return what.strip(" ,:-")
