"""What an imported docket adds to the case: its heading, its parties and their lawyers, its entries.

Known parties, people and entries are found again by name and number, so that a later version of the same docket adds
to them. Addresses and telephones of lawyers stay in the file: they are nobody's business here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from vaughn.formats.docket import DocketFile
from vaughn.lawsuit.docket_entries import plan_entries
from vaughn.lawsuit.docket_reading import ReadCase
from vaughn.lawsuit.drafts import Draft, Drafts
from vaughn.lawsuit.names import folded_name
from vaughn.lawsuit.suit import Suit
from vaughn.lawsuit.values import Docket, Named, Party, Person
from vaughn.model import InputError, canonical_docket_number, key_from

# The court's words for a role; the first that stands in it counts.
_ROLES = (
    ("appellant", "appellant"),
    ("appellee", "appellee"),
    ("amicus", "amicus"),
    ("interven", "intervenor"),
    ("plaintiff", "plaintiff"),
    ("petitioner", "plaintiff"),
    ("defendant", "defendant"),
    ("respondent", "defendant"),
)
_DIVISION = re.compile(r"([NSEWMC])?\.?\s*D\.\s*([A-Z])\.?\s*([A-Z])\.?", re.I)
_CIRCUIT = re.compile(r"(\d{1,2})(?:st|d|nd|rd|th) Cir\.?", re.I)
_SHORT_ID = re.compile(r"[a-z]{2,5}\d{0,2}")
# Facts of the heading that are fields of their own, or say nothing of the case.
_NO_NOTES = {"ordered by"}


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything one case of a docket file adds.

    Args:
        docket: Reference of its docket.
        left_out: How many values no field could take: dates before 1900, addresses that are none.
    """

    docket: str
    drafts: tuple[Draft, ...]
    left_out: int


def docket_named(suit: Suit, *, number: str | None, court: str | None) -> Docket | None:
    """Return the docket of the suit that has that number, and is of no other court."""
    wanted = plain_number(number)
    for docket in suit.all_of(Docket):
        if wanted is not None and plain_number(docket.number) == wanted:
            ours, theirs = court_id(docket.court), court_id(court)
            if ours is None or theirs is None or ours == theirs:
                return docket
    return None


def court_id(text: str | None) -> str | None:
    """Return the short id of a court: ``nysd`` for ``S.D.N.Y.``, ``ca2`` for ``2d Cir.``; `None` if it is neither."""
    plain = (text or "").strip()
    division, circuit = _DIVISION.fullmatch(plain), _CIRCUIT.fullmatch(plain)
    if division is not None:
        return f"{division[2]}{division[3]}{division[1] or ''}d".lower()
    if circuit is not None:
        return f"ca{int(circuit[1])}"
    return plain.lower() if _SHORT_ID.fullmatch(plain.lower()) else None


def plain_number(text: str | None) -> str | None:
    """Return a case number in the form in which it can be compared."""
    if not text:
        return None
    try:
        return canonical_docket_number(text)
    except InputError:
        return " ".join(text.casefold().split())


def plan(case: ReadCase, suit: Suit) -> Plan:
    """Return what *case* adds to *suit*."""
    file, drafts = case.file, Drafts()
    known = docket_named(suit, number=file.docket_number, court=file.court_id)
    docket = f"docket/{key_from(file.court_id, file.docket_number)}" if known is None else known.reference
    people = _Register("person", suit.all_of(Person), drafts)
    parties = _Register("party", suit.all_of(Party), drafts)
    roles: dict[str, str | None] = {}
    drafts.add(docket, _heading(file, known, people))
    for party in file.parties:
        if party.name.strip():
            counsel = tuple(people.reference(lawyer.name, "attorney") for lawyer in party.attorneys if lawyer.name)
            reference = parties.reference(party.name)
            role = roles.setdefault(reference, _role(party.role))
            # Who sues and is sued back has two roles; the first counts.
            is_counted = party.role is None or (role is not None and _role(party.role) == role)
            note = None if is_counted else f"Also: {party.role}"
            ended = _text(party.date_terminated)
            said = {"docket": (docket,), "counsel": counsel, "terminated_on": (ended,), "note": (note,)}
            drafts.add(reference, {"role": (role,), **said})
    plan_entries(case, docket, suit=suit, drafts=drafts, who=parties.known)
    return Plan(docket, drafts.all(), drafts.left_out)


def _heading(file: DocketFile, known: Docket | None, people: _Register) -> dict[str, tuple[str | None, ...]]:
    judges = tuple(people.reference(name, "judge") for name in (file.assigned_to,) if name)
    # A court that is already named, perhaps in other words, is not named again.
    court = file.court_id if known is None or known.court is None else None
    number = file.docket_number if known is None or known.number is None else None
    return {
        "caption": (file.case_name or file.caption,),
        "court": (court,),
        "number": (number,),
        "judge": judges,
        "assigned_to": (file.assigned_to,),
        "referred_to": (file.referred_to,),
        "filed_on": (_text(file.date_filed),),
        "terminated_on": (_text(file.date_terminated),),
        "cause": (file.cause,),
        "nature_of_suit": (file.nature_of_suit,),
        "jurisdiction": (file.jurisdiction,),
        "jury_demand": (file.jury_demand,),
        "related": (None if file.lower_court is None else file.lower_court.docket_number,),
        "note": tuple(
            f"{fact.label}: {fact.value}"
            for fact in file.facts
            if fact.label and fact.value and fact.label.casefold() not in _NO_NOTES
        ),
    }


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _role(text: str | None) -> str | None:
    said = (text or "").casefold()
    return next((role for word, role in _ROLES if word in said), None)


class _Register:
    """Finds parties or people by any name they go by, and drafts those nobody knows."""

    def __init__(self, kind: str, named: Iterable[Named], drafts: Drafts) -> None:
        self._kind = kind
        self._drafts = drafts
        self.known: dict[str, str] = {}
        self._taken: set[str] = set()
        for one in named:
            self._taken.add(one.reference)
            for name in (one.title, *one.other_names, *one.misspellings):
                self.known.setdefault(folded_name(name), one.reference)

    def reference(self, name: str, role: str | None = None) -> str:
        """Return the reference of who is called *name*, and say that a docket calls them so."""
        folded = folded_name(name) or name
        reference = self.known.get(folded)
        said: dict[str, tuple[str | None, ...]] = {"role": (role,)}
        if reference is None:
            reference = self._new(name)
            said["name"] = (name,)
        self.known[folded] = reference
        self._drafts.add(reference, said)
        return reference

    def _new(self, name: str) -> str:
        reference = self._drafts.new_key(self._kind, name)
        number = 1
        while reference in self._taken:
            number += 1
            reference = self._drafts.new_key(self._kind, name, number)
        self._taken.add(reference)
        return reference
