"""The entries of an imported docket: what stands in the file, and what its texts let conclude.

Number, days, text and attachments are confirmed by the file. Type, filer, and what an entry answers or decides are
read out of its text and are inferred; the measured error of that reading is in docs/explanation/measurements.md.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import sha256

from vaughn.formats.docket import DocketAttachment, DocketEntryRead, DocketKind, EntryReading, EntryType, Outcome
from vaughn.lawsuit.docket_reading import ReadCase
from vaughn.lawsuit.drafts import Drafts
from vaughn.lawsuit.names import folded_name
from vaughn.lawsuit.suit import Suit
from vaughn.lawsuit.values import DocketEntry
from vaughn.model import key_from

_TITLE_LETTERS = 120
_TITLE_ENDS = re.compile(r"\s*(?:\bdocument filed by\b|\bfiled by\b|\(|\.\s|;|\s--|\[\s*Entered|$)", re.I)
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
    """Entries of this docket that the case or this file already has."""

    def __init__(self, docket: str, suit: Suit) -> None:
        self._docket = docket
        self._numbers: dict[str, str] = {}
        self._unnumbered: dict[str, str] = {}
        for entry in suit.all_of(DocketEntry):
            if entry.docket != docket:
                continue
            if entry.number is not None:
                self._numbers.setdefault(str(entry.number), entry.reference)
            else:
                self._unnumbered.setdefault(_mark(str(entry.day), entry.text or ""), entry.reference)

    def reference(self, entry: DocketEntryRead) -> str:
        """Return the reference of *entry*, made of docket and number, or of its day and text."""
        key = self._docket.partition("/")[2]
        number = plain_entry_number(entry)
        if number is not None:
            return self._numbers.setdefault(number, f"entry/{key_from(key, number)}")
        day = entry.date_filed or entry.date_entered
        mark = _mark(str(day), entry.description)
        digest = sha256(mark.encode()).hexdigest()[:8]
        return self._unnumbered.setdefault(mark, f"entry/{key_from(key, str(day), digest)}")

    def numbered(self, number: str) -> str | None:
        """Return the reference of the entry with that number."""
        return self._numbers.get(number)


def plain_entry_number(entry: DocketEntryRead) -> str | None:
    """Return the number of an entry without leading zeros, `None` if it is none."""
    number = (entry.number or "").strip()
    return str(int(number)) if number.isascii() and number.isdigit() and len(number) <= 15 else None


def _mark(day: str, text: str) -> str:
    return f"{day} {folded_name(_ENTERED.split(text)[0])[:_MARK_LETTERS]}"


def plan_entries(case: ReadCase, docket: str, *, suit: Suit, drafts: Drafts, who: Mapping[str, str]) -> None:
    """Draft every entry of *case*.

    Args:
        docket: Reference of its docket.
        who: References of the parties by folded name.
    """
    known = _Known(docket, suit)
    entries = list(zip(case.file.entries, case.readings, strict=True))
    references = [known.reference(entry) for entry, _ in entries]
    # A notice's addresses open a document once, for free, to whoever comes first.
    has_links = case.file.kind is not DocketKind.NOTICE
    for (entry, reading), reference in zip(entries, references, strict=True):
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
        "text": (entry.description or entry.short_description,),
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
    end = _TITLE_ENDS.search(text)
    title = text[: end.start()] if end and end.start() else text
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
