"""Where a source and the calendar differ: quarters, durations, holidays, days of service, whether a day was kept.

The fiscal year of the United States begins on 1 October (31 U.S.C. 1102); a title may count from its own beginning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from vaughn.lawsuit.contradiction import STRONG, Contradiction, Rule, Weight, by_whom, in_a_row, quoted
from vaughn.lawsuit.obligations import obligation_lines
from vaughn.lawsuit.suit import Said, Suit
from vaughn.lawsuit.values import DocketEntry, ReleasedDocument, SuitValue
from vaughn.model import ClockQuestion, InputError, Jurisdiction, PartialDate, ValueKind, day_in_words, due_date

_ORDINALS = {"1st": 1, "first": 1, "2nd": 2, "second": 2, "3rd": 3, "third": 3, "4th": 4, "fourth": 4}
_ORDINAL = re.compile(rf"\b({'|'.join(_ORDINALS)})\s+(?:fiscal\s+)?quarter(?:ly)?\b", re.I)
_QUARTER = re.compile(r"\bQ\s*([1-4])\b|\b([1-4])\s*Q\b", re.I)
_YEAR = re.compile(r"\b(?:FY|fiscal\s+year)\s*'?(\d{4}|\d{2})\b", re.I)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"({'|'.join(_MONTHS)})[a-z]*\.?"
_MONTH_SPAN = re.compile(rf"\b{_MONTH}\s*(?:-|–|to|through|until)\s*{_MONTH}\s*,?\s*(\d{{4}})\b", re.I)
FISCAL_YEAR_BEGINS = 10  # month; 31 U.S.C. 1102

_NUMBERS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
_UNIT_DAYS = {"year": 365.2425, "month": 30.436875, "week": 7.0, "day": 1.0}
_LENGTH = rf"(\d{{1,4}}(?:\.\d)?|{'|'.join(_NUMBERS)})\s+(years?|months?|weeks?|days?)\b"
_DURATION = re.compile(rf"^\s*(?:about\s+|over\s+)?{_LENGTH}", re.I)
_DURATION_IN_TEXT = re.compile(rf"\b(?:after|for|lasted|lasting|during|within)\s+(?:about\s+)?{_LENGTH}", re.I)
_SPANS = (("on", "until"), ("from", "until"), ("filed_on", "terminated_on"))
_DAYS_OF_EVENTS = {
    "event": "on",
    "entry": "filed_on",
    "release": "released_on",
    "hearing": "held_on",
    "obligation": "due_on",
}
_OUTSIDE = "outside events"
# Nobody waits longer for an answer whose time is thirty days and its extensions.
_LONGEST_SERVICE_DAYS = 120


@dataclass(frozen=True, slots=True)
class FiscalQuarter:
    """A quarter of the federal fiscal year."""

    year: int
    quarter: int

    def __str__(self) -> str:
        return f"FY{self.year} Q{self.quarter}"


def fiscal_quarter(first: date, last: date) -> FiscalQuarter | None:
    """Return the quarter that *first* to *last* cover, `None` if that is no quarter."""
    months = (first.month - FISCAL_YEAR_BEGINS) % 12
    covered = (last.year - first.year) * 12 + last.month - first.month + 1
    if covered != 3 or months % 3:
        return None
    return FiscalQuarter(first.year + (first.month >= FISCAL_YEAR_BEGINS), months // 3 + 1)


def misnamed_quarters(suit: Suit) -> Iterator[Contradiction]:
    """Yield reports whose title counts another quarter than the months they cover."""
    for document in suit.all_of(ReleasedDocument):
        covered = _covered(document)
        if covered is None:
            continue
        says = (*suit.said(document, "title"), *suit.said(document, "fiscal_quarter"))
        wrong = tuple(one for one in says if _is_other_quarter(one.value, covered))
        if wrong:
            text = (
                f"{document.title}: {quoted(wrong[0].value)} ({by_whom(wrong)}), "
                f"but the months it covers are {covered}, as the federal fiscal year begins in October."
            )
            dates = (*suit.said(document, "covers_from")[:1], *suit.said(document, "covers_until")[:1])
            yield Contradiction(
                Rule.ORDINAL, Weight.CONTRADICTION, document.reference, "fiscal_quarter", text, (*wrong, *dates)
            )


def _covered(document: ReleasedDocument) -> FiscalQuarter | None:
    if document.covers_from is not None and document.covers_until is not None:
        return fiscal_quarter(document.covers_from.first, document.covers_until.last)
    match = _MONTH_SPAN.search(document.title)
    if match is None:
        return None
    first, last = _MONTHS.index(match[1].lower()) + 1, _MONTHS.index(match[2].lower()) + 1
    year = int(match[3])
    if not 1900 <= year <= 2199 or last < first:
        return None
    return fiscal_quarter(date(year, first, 1), date(year, last, 1))


def _is_other_quarter(text: str, covered: FiscalQuarter) -> bool:
    ordinal, coded, year = _ORDINAL.search(text), _QUARTER.search(text), _YEAR.search(text)
    number = _ORDINALS[ordinal[1].lower()] if ordinal else int(coded[1] or coded[2]) if coded else None
    if number is None:
        return False
    other_year = year is not None and int(year[1]) % 100 != covered.year % 100
    return number != covered.quarter or other_year


def wrong_durations(suit: Suit) -> Iterator[Contradiction]:
    """Yield stated lengths of time that the dates of the same thing do not bear out."""
    for value in suit.by_reference.values():
        for begins, ends in _SPANS:
            firsts, lasts = _dates(suit, value, begins), _dates(suit, value, ends)
            if not firsts or not lasts:
                continue
            for said, length, unit in _durations(suit, value):
                told = [
                    (first, last, counted)
                    for first in firsts
                    for last in lasts
                    if (counted := _other_length(first, last, length, unit)) is not None
                ]
                if told:
                    counts = in_a_row(f"{counted} from {a.value} to {b.value}" for a, b, counted in told)
                    text = f"{value.title}: {quoted(said.value)} ({said.source.title}), but it is {counts}."
                    says = tuple(dict.fromkeys((said, *(one for a, b, _ in told for one in (a, b)))))
                    yield Contradiction(
                        Rule.DURATION, Weight.CONTRADICTION, value.reference, said.statement.field, text, says
                    )


def _dates(suit: Suit, value: SuitValue, field: str) -> tuple[Said, ...]:
    """Return who says which date, each date once."""
    if not any(known.id == field for known in suit.kind_of(value).fields):
        return ()
    says = [one for one in suit.said(value, field) if one.statement.confidence in STRONG]
    return tuple({one.value: one for one in reversed(says)}.values())[::-1]


def _durations(suit: Suit, value: SuitValue) -> Iterator[tuple[Said, float, str]]:
    texts = {field.id for field in suit.kind_of(value).fields if field.kind in (ValueKind.TEXT, ValueKind.PROSE)}
    for said in value.entity.statements:
        if said.field in texts and said.confidence in STRONG:
            form = _DURATION if said.field == "duration" else _DURATION_IN_TEXT
            match = form.search(said.value)
            if match is not None:
                word = match[1].lower()
                length = float(_NUMBERS.index(word)) if word in _NUMBERS else float(word)
                yield suit.with_source(said), length, match[2].lower().rstrip("s")


def _other_length(first: Said, last: Said, length: float, unit: str) -> str | None:
    """Return how long it is, if no reading of the two dates rounds to *length*."""
    begins, ends = PartialDate.read(first.value), PartialDate.read(last.value)
    if ends.last < begins.first:
        return None
    shortest = (ends.first - begins.last).days / _UNIT_DAYS[unit]
    longest = (ends.last - begins.first).days / _UNIT_DAYS[unit]
    slack = 0.5 if length == int(length) else 0.06
    if shortest - slack <= length <= longest + slack:
        return None
    middle = (shortest + longest) / 2
    return f"{middle:.1f} {unit}s"


def on_holidays(suit: Suit, law: Jurisdiction) -> Iterator[Contradiction]:
    """Yield days of the case that are legal holidays: no fault, but worth a look."""
    for value in suit.by_reference.values():
        field = _DAYS_OF_EVENTS.get(value.entity.kind)
        if field is None or value.entity.value("lane") == _OUTSIDE:
            continue
        says = suit.said(value, field)
        for text in dict.fromkeys(one.value for one in says):
            day = PartialDate.read(text).exact
            name = _holiday(day, law) if day is not None else None
            if day is not None and name is not None:
                who = tuple(one for one in says if one.value == text)
                told = f"{value.title}: {day_in_words(day)} ({by_whom(who)}) is a legal holiday: {name}."
                yield Contradiction(Rule.HOLIDAY, Weight.NOTE, value.reference, f"{field}:{text}", told, who)


def _holiday(day: date, law: Jurisdiction) -> str | None:
    try:
        return law.calendar.holiday(day)
    except InputError:
        return None  # before the calendar begins


def service_days(suit: Suit, law: Jurisdiction) -> Iterator[Contradiction]:
    """Yield answers that were in time only if the complaint was served on a certain day or later."""
    for entry in suit.all_of(DocketEntry):
        day = None if entry.filed_on is None else entry.filed_on.exact
        if entry.type != "answer" or day is None:
            continue
        served = _earliest_service(day, law)
        begun = [
            known.filed_on.first
            for one in entry.responds_to
            if (known := suit.one(DocketEntry, one)) is not None and known.filed_on is not None
        ]
        if served is None or (begun and served <= min(begun)):
            continue
        text = (
            f"{entry.title}: filed on {day_in_words(day)}, in time only if served on {day_in_words(served)} "
            "or later (ANSWER-30)."
        )
        yield Contradiction(Rule.SERVICE, Weight.NOTE, entry.reference, "filed_on", text, suit.said(entry, "filed_on"))


def _earliest_service(answered: date, law: Jurisdiction) -> date | None:
    """Return the first day of service for which an answer on that day was in time."""
    earliest = None
    for days in range(_LONGEST_SERVICE_DAYS):
        served = answered - timedelta(days=days)
        try:
            due = due_date(ClockQuestion("ANSWER-30", served), law).due
        except InputError:
            return earliest
        if due is None or due < answered:
            return earliest
        earliest = served
    return earliest


def stated_states(suit: Suit, law: Jurisdiction, on: date) -> Iterator[Contradiction]:
    """Yield obligations that somebody calls met, late, missed or lifted, and whose dates say otherwise."""
    for line in obligation_lines(suit, on=on, law=law):
        stated = line.obligation.state
        if stated in (None, "open", "stayed") or line.state.value in (stated, "open", "stayed"):
            continue
        says = suit.said(line.obligation, "state")
        text = f"{line.obligation.title}: {stated} ({by_whom(says)}), but {line.state.value}: {' '.join(line.why)}"
        yield Contradiction(Rule.STATE, Weight.CONTRADICTION, line.obligation.reference, "state", text, says)
