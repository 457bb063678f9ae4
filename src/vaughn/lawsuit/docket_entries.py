"""The entries of an imported docket: what stands in the file, and what its texts let conclude.

Number, days, text and attachments are confirmed by the file. Type, filer, and what an entry answers or decides are
read out of its text and are inferred; the measured error of that reading is in docs/explanation/measurements.md.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import sha256

from vaughn.formats.docket import DocketAttachment, DocketEntryRead, DocketKind, EntryReading, EntryType, Outcome
from vaughn.lawsuit.docket_reading import ReadCase
from vaughn.lawsuit.drafts import Drafts
from vaughn.lawsuit.names import folded_name
from vaughn.lawsuit.suit import Suit
from vaughn.lawsuit.values import DocketEntry
from vaughn.model import InputError, PartialDate, key_from

_TITLE_LETTERS = 120
# Not behind an initial or an abbreviation: "Shira A. Scheindlin", "Texaco Inc. of Delaware".
_STOP = r"(?<!\b[A-Z])(?<!\b(?:Jr|Sr|Mr|Dr|St|No|Co))(?<!\b(?:Inc|Ltd|Mrs|Nos))(?<!\bCorp)\.\s"
_TITLE_ENDS = re.compile(
    rf"\s*(?:\bdocument filed by\b|\bfiled by\b|\(|{_STOP}|;|\s--|\[\s*Entered|$)",
    re.I,
)
_SHORTEST_TITLE = 15
# These answer the entries they name; an order decides them, and a notice only mentions them.
_ANSWERING = {
    EntryType.ANSWER, EntryType.MOTION, EntryType.CROSS_MOTION, EntryType.MEMORANDUM, EntryType.OPPOSITION,
    EntryType.REPLY, EntryType.DECLARATION, EntryType.NOTICE_OF_APPEAL,
}  # fmt: skip
_RESULTS = {
    Outcome.GRANTED: "granted",
    Outcome.DENIED: "denied",
    Outcome.GRANTED_IN_PART: "granted in part",
    Outcome.MOOT: "moot",
    Outcome.WITHDRAWN: "withdrawn",
}
_ENTERED = re.compile(r"[(\[]\s*Entered\b", re.I)
# What a row of a table says of the whole case stands at the docket.
_FILED_BY = "filed by"
_OF_THE_CASE = {"case number", "case name", "court"}
# Entries without a number are the same if they are of one day and begin alike.
_MARK_LETTERS = 60


class _Known:
    """Which entity each entry of the file is, by its number, or by day and text where it has none or shares it."""

    def __init__(self, docket: str, suit: Suit, entries: Sequence[DocketEntryRead]) -> None:
        self._key = docket.partition("/")[2]
        self._by_mark: dict[tuple[str | None, str], str] = {}
        self._free: defaultdict[str, list[str]] = defaultdict(list)
        for entry in suit.all_of(DocketEntry):
            if entry.docket == docket:
                number = None if entry.number is None else str(entry.number)
                texts = entry.entity.values("text") or ("",)
                for text in texts:
                    self._by_mark.setdefault(_mark(number, str(entry.day), text), entry.reference)
                if number is not None:
                    self._free[number].append(entry.reference)
        self._count: defaultdict[str, int] = defaultdict(int)
        self._taken = {reference for references in self._free.values() for reference in references}
        self.references = self._all(entries)
        self._numbers = {
            number: reference
            for entry, reference in reversed(list(zip(entries, self.references, strict=True)))
            if (number := plain_entry_number(entry)) is not None
        }
        for number, known in self._free.items():
            self._numbers.setdefault(number, known[0])

    def numbered(self, number: str) -> str | None:
        """Return the reference of the entry with that number, of several the first."""
        return self._numbers.get(number)

    def _all(self, entries: Sequence[DocketEntryRead]) -> list[str]:
        """Return the reference of every entry; rows that read as known ones come first to their entity."""
        marks = [
            _mark(
                plain_entry_number(entry), str(_held(entry.date_filed) or _held(entry.date_entered)), entry.description
            )
            for entry in entries
        ]
        known = [self._by_mark.get(mark) for mark in marks]
        claimed = {reference for reference in known if reference is not None}
        found: list[str] = []
        for mark, reference in zip(marks, known, strict=True):
            if reference is None:
                reference = self._by_mark.get(mark) or self._other(mark, claimed)  # noqa: PLW2901 - now it is known
                self._by_mark[mark] = reference
                claimed.add(reference)
            found.append(reference)
        return found

    def _other(self, mark: tuple[str | None, str], claimed: set[str]) -> str:
        """Return the known entry of that number whose text was changed, or a new one."""
        number, text = mark
        if number is None:
            return f"entry/{key_from(self._key, text[:10], sha256(text.encode()).hexdigest()[:8])}"
        free = next((one for one in self._free.get(number, ()) if one not in claimed), None)
        if free is not None:
            return free
        while True:
            self._count[number] += 1
            again = None if self._count[number] == 1 else self._count[number]
            reference = f"entry/{key_from(self._key, number, again)}"
            if reference not in self._taken:
                return reference


def plain_entry_number(entry: DocketEntryRead) -> str | None:
    """Return the number of an entry without leading zeros, `None` if it is none."""
    number = (entry.number or "").strip()
    return str(int(number)) if number.isascii() and number.isdigit() and len(number) <= 15 else None


def _held(day: date | None) -> PartialDate | None:
    """Return *day* if a statement can hold it: what cannot be entered cannot be found again."""
    try:
        return None if day is None else PartialDate.of(day)
    except InputError:
        return None


def _mark(number: str | None, day: str, text: str) -> tuple[str | None, str]:
    """Return what an entry is known by: its number and text, or its day and the beginning of its text."""
    folded = folded_name(_ENTERED.split(text)[0])
    return number, folded if number is not None else f"{day} {folded[:_MARK_LETTERS]}"


def plan_entries(case: ReadCase, docket: str, *, suit: Suit, drafts: Drafts, who: Mapping[str, str]) -> None:
    """Draft every entry of *case*.

    Args:
        docket: Reference of its docket.
        who: References of the parties by folded name.
    """
    entries = list(zip(case.file.entries, case.readings, strict=True))
    known = _Known(docket, suit, case.file.entries)
    # A notice's addresses open a document once, for free, to whoever comes first.
    has_links = case.file.kind is not DocketKind.NOTICE
    for (entry, reading), reference in zip(entries, known.references, strict=True):
        inferred = {"title": (_title(entry),), **_inferred(entry, reading, reference, known=known, who=who)}
        drafts.add(reference, _said(entry, docket, has_links=has_links), inferred=inferred, line=entry.line)
        _plan_outcomes(entry, reading, reference, known=known, drafts=drafts)


def _said(entry: DocketEntryRead, docket: str, *, has_links: bool) -> dict[str, tuple[str | None, ...]]:
    number = plain_entry_number(entry)
    return {
        "docket": (docket,),
        "number": (number,),
        "attachment": tuple(_attachment(one) for one in entry.attachments),
        "filed_on": (None if entry.date_filed is None else entry.date_filed.isoformat(),),
        "entered_on": (None if entry.date_entered is None else entry.date_entered.isoformat(),),
        "text": (entry.description,),
        "page_count": (None if entry.page_count is None else str(entry.page_count),),
        "link": (entry.url if has_links else None,),
        "note": (
            None if number == entry.number or not entry.number else f"Number as printed: {entry.number}",
            *(
                f"{fact.label}: {fact.value}"
                for fact in entry.facts
                if fact.value and fact.label.casefold() not in _OF_THE_CASE
            ),
        ),
    }


def _title(entry: DocketEntryRead) -> str:
    text = " ".join((entry.short_description or entry.description).split())
    end = next((one.start() for one in _TITLE_ENDS.finditer(text) if one.start() >= _SHORTEST_TITLE), len(text))
    title = text[:end]
    if len(title) > _TITLE_LETTERS:
        title = f"{title[:_TITLE_LETTERS].rsplit(' ', 1)[0]} …"
    return title or (f"Entry {entry.number}" if entry.number else "Entry without text")


def _attachment(one: DocketAttachment) -> str:
    number = "" if one.number is None else f"{one.number}: "
    pages = "" if one.page_count is None else f" ({one.page_count} pages)"
    return f"{number}{one.description}{pages}".strip()


def _inferred(
    entry: DocketEntryRead, reading: EntryReading, reference: str, *, known: _Known, who: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    named = [known.numbered(one.number) for one in reading.references] if reading.type in _ANSWERING else []
    decided = [known.numbered(one.number) for one in reading.rulings]
    decides = tuple(dict.fromkeys(one for one in decided if one is not None and one != reference))
    answers = tuple(one for one in dict.fromkeys(named) if one is not None and one != reference and one not in decides)
    column = (fact.value for fact in entry.facts if fact.label.casefold() == _FILED_BY)
    filers = (who.get(folded_name(name)) for name in (*column, *reading.filed_by))
    return {
        "type": (reading.type.value,),
        "responds_to": answers,
        "decides": decides,
        "filed_by": tuple(dict.fromkeys(one for one in filers if one is not None)),
    }


def _plan_outcomes(
    entry: DocketEntryRead, reading: EntryReading, reference: str, *, known: _Known, drafts: Drafts
) -> None:
    day = entry.date_filed or entry.date_entered
    for ruling in reading.rulings:
        of, result = known.numbered(ruling.number), _RESULTS.get(ruling.outcome)
        if of is None or of == reference or result is None:
            continue
        key = key_from(of.partition("/")[2], "by", reference.partition("/")[2].rsplit("-", 1)[-1])
        drafts.add(
            f"outcome/{key}",
            {},
            inferred={
                "title": (f"Number {ruling.number}: {result}",),
                "of": (of,),
                "result": (result,),
                "decided_on": (None if day is None else day.isoformat(),),
            },
        )
