"""Which other entries an entry's text names, and what was decided on them: ``re: 41 Order``, ``granting 82 MOTION``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

_ATTACHED = re.compile(
    r"\(?\b(?:Additional )?attachments?(?:\(s\))?(?: added on [\d/]+)?\s*:\s*(?=#|\(\d|\[\d|\(\[)", re.I
)
# Words an entry is called by, right behind its number.
_CALLED = (
    r"(?:(?:first|second|third|fourth|joint|sealed|amended|corrected|supplemental|emergency|unopposed|consent|"
    r"renewed|"
    r"administrative|ex parte|proposed|consolidated|partial|reply|final|agreed|opposed|redacted|cross[- ]?|"
    r"letter|oral|"
    r"usca|minute|scheduling|protective|memorandum|stipulated|brief|text|"
    r"pretrial)[\s-]+)*"
    r"(?:motions?|orders?|complaints?|memorand\w+|declarations?|affidavits?|affirmations?|responses?|repl(?:y|ies)|"
    r"notices?|stipulations?|letters?|answers?|documents?|judgments?|opinions?|briefs?|oppositions?|objections?|"
    r"reports?|transcripts?|exhibits?|statements?|applications?|petitions?|requests?|summons|certificates?|mandates?|"
    r"crossclaims?|counterclaims?|findings|bill of costs|appeal|withdrawal|status|setting|terminate|clerk'?s|"
    r"scheduling|set|case|minute|sealed|usca|administrative|redacted)"
)
_NUMBER = r"(?P<number>\d{1,4})(?:-(?P<part>\d{1,3}))?"
_LEAD = (
    r"re|regarding|granting|denying|adopting|vacating|withdrawing|terminating|mooting|finding as moot|as moot|"
    r"striking|"
    r"setting|on|to|of|in part|and|with|for|from|by|amending|modifying|staying|related document\(s\)|pldg\.?|"
    r"related to|see|of support|concerning"
)
_FORMS = tuple(
    re.compile(form, re.I)
    for form in (
        # [41] and (41) as RECAP and some courts write links; not [17-15589], not the 8 digits of appellate documents.
        rf"(?<![\w\]#])\[\s*{_NUMBER}\s*\](?!\()",
        # ( 1 ) Complaint, ( 8 & 11 ), as Massachusetts writes links
        rf"\(\s+{_NUMBER}\s+(?:[&,]\s+\d{{1,4}}\s+)*\)",
        rf"(?<=\s[&,])\s+{_NUMBER}(?=\s+\))",
        # ECF No. 41-1, Dkt. 41, Docket Entry No. 41, Doc. #41
        rf"\b(?:ECF|Dkts?|Docket|Docs?|Document|Documents)\b\.?(?:\s+(?:Entry|Entries))?\s*(?:No|Nos|Number|"
        rf"#)?\.?\s*#?\s*\[?{_NUMBER}\b",
        # 82 MOTION, 41 Order, also doubled commas that CM/ECF leaves in titles
        rf"(?<![\w$#./:-])(?<!# ){_NUMBER}\s+(?={_CALLED}\b)",
        # re: 41
        rf"\b(?:re|re:|pldg\.?|"
        rf"related document\(s\):?)\s*:?\s*(?:pldg\.?\s*)?\(?{_NUMBER}(?![\w/:.-]*\d)(?=[\s),.;]|$)",
        # motion for preliminary injunction 5 (
        rf"\b(?:motion|order|complaint|petition|memorandum|response|"
        rf"reply)\b[a-z ,']{{0,60}}?\s{_NUMBER}(?=\s*(?:\(|before\b|filed\b|;|$|\.\s|\.$))",
        # GRANTING 28 38 45 MOTIONS
        rf"\b(?:granting|denying|terminating|adopting|vacating|striking)(?:\s+in\s+part)?\s+{_NUMBER}(?=[\s,;])",
    )
)
_MORE = re.compile(r"\s*(?:,|and|&)?\s*\[?(\d{1,4})\]?(?=\s*(?:,|and\b|&|\[?\d|\w*motions?\b|orders?\b))", re.I)
_LIST = re.compile(
    r"\b(?:granting|denying|re:?|nos\.?|docs\.?|dkts\.?)\s+\[?\d{1,4}\]?(?:\s*(?:,\s*and|,|and|"
    r"&)?\s*\[?\d{1,4}\]?(?![\w/:.-]*\d))+"
    rf"(?=\s*(?:{_CALLED}|[).;]|$))",
    re.I,
)
_BEFORE_NO_REFERENCE = re.compile(
    r"(?:rule|rules|frcp|frap|section|title|§|u\.?s\.?c\.?|pages?|pgs?\.?|judge|chapter|courtroom|room|suite|ste\.?|"
    r"(?:general|standing|executive|administrative) order|local rule|l\.?r\.?|no\. mdl|day|exhibits?|exh?\.?|"
    r"attachment|attachments|count|counts|volume|vol\.?|case|january|february|march|april|"
    r"may|june|july|august|september|october|november|december)\s*#?\s*$",
    re.I,
)
_BEHIND_NO_REFERENCE = re.compile(
    r"\s*(?:U\.?\s?S\.?\s?C|F\.\s?\d?|F\.?\s?Supp|C\.?F\.?R|days?\b|pages?\b|hours?\b|Civ\b|Cr\b|-?\s?cv\b)", re.I
)

_YEAR = re.compile(r"(?:19|20)\d\d\b")
_DAY_BEFORE = re.compile(r"[a-z]{3,}\.?\s+\d{1,2},?$|^$", re.I)


class Outcome(Enum):
    """How something was decided."""

    GRANTED = "granted"
    DENIED = "denied"
    GRANTED_IN_PART = "granted in part"
    MOOT = "moot"
    WITHDRAWN = "withdrawn"
    VACATED = "vacated"
    STRICKEN = "stricken"


@dataclass(frozen=True, slots=True)
class EntryReference:
    """Another entry that a text names.

    Args:
        part: Number of the attachment, in ``29-1``.
        start: Where the number stands in the text.
    """

    number: str
    part: int | None
    start: int


@dataclass(frozen=True, slots=True)
class Ruling:
    """What was decided on another entry."""

    outcome: Outcome
    number: str


_OUTCOMES = (
    (
        Outcome.GRANTED_IN_PART,
        r"grant(?:ing|ed|s)? in part(?: and den(?:ying|ied|ies) in part)?|"
        r"den(?:ying|ied|ies) in part(?: and grant(?:ing|ed|s)? in part)?",
    ),
    (Outcome.MOOT, r"(?:finding|denying|denied|terminating|terminated)? ?as moot|mooting|moot"),
    (Outcome.GRANTED, r"grant(?:ing|ed|s)"),
    (Outcome.DENIED, r"den(?:ying|ied|ies)"),
    (Outcome.WITHDRAWN, r"withdraw(?:ing|n|s)"),
    (Outcome.VACATED, r"vacat(?:ing|ed|es)"),
    (Outcome.STRICKEN, r"str(?:iking|icken|uck)"),
)
_OUTCOME = re.compile("|".join(rf"(?P<o{place}>\b(?:{words})\b)" for place, (_, words) in enumerate(_OUTCOMES)), re.I)


def without_attachments(text: str) -> str:
    """Return *text* with its lists of attachments blanked out, so that every letter keeps its place."""
    pieces: list[str] = []
    place = 0
    while (match := _ATTACHED.search(text, place)) is not None:
        end = _closed(text, match.end())
        pieces += [text[place : match.start()], " " * (end - match.start())]
        place = end
    return "".join([*pieces, text[place:]])


def _closed(text: str, start: int) -> int:
    depth = 1
    for place in range(start, len(text)):
        depth += {"(": 1, ")": -1}.get(text[place], 0)
        if depth == 0:
            return place + 1
    return len(text)


def references_in(text: str) -> tuple[EntryReference, ...]:
    """Return the entries that *text* names, in order, each once."""
    said = without_attachments(text)
    found: dict[int, EntryReference] = {}
    for form in _FORMS:
        for match in form.finditer(said):
            start = match.start("number")
            if _is_reference(said, start, match.end()):
                part = match["part"]
                found.setdefault(start, EntryReference(str(int(match["number"])), int(part) if part else None, start))
    for match in _LIST.finditer(said):
        for number in re.finditer(r"\d{1,4}", match[0]):
            start = match.start() + number.start()
            found.setdefault(start, EntryReference(str(int(number[0])), None, start))
    once: dict[tuple[str, int | None], EntryReference] = {}
    for start in sorted(found):
        once.setdefault((found[start].number, found[start].part), found[start])
    return tuple(once.values())


def _is_reference(said: str, start: int, end: int) -> bool:
    before = said[max(0, start - 24) : start].rstrip("[( ")
    if _YEAR.match(said, start) and _DAY_BEFORE.search(before):
        return False
    return _BEFORE_NO_REFERENCE.search(before + " ") is None and _BEHIND_NO_REFERENCE.match(said, end) is None


def rulings_in(text: str) -> tuple[Ruling, ...]:
    """Return what *text* decides on which entries: a word of decision governs the references up to the next."""
    said = without_attachments(text)
    words = [(match.start(), _outcome(match)) for match in _OUTCOME.finditer(said)]
    found: dict[Ruling, None] = {}
    for reference in references_in(text):
        before = [(start, outcome) for start, outcome in words if start < reference.start]
        if not before:
            continue
        start, outcome = before[-1]
        between = said[start : reference.start]
        if len(between) <= 120 and ". " not in between.replace("No. ", "").replace("Nos. ", ""):
            found[Ruling(outcome, reference.number)] = None
    return tuple(found)


def _outcome(match: re.Match[str]) -> Outcome:
    return next(_OUTCOMES[place][0] for place in range(len(_OUTCOMES)) if match[f"o{place}"])
