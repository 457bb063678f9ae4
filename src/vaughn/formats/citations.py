"""Which citations a text holds, in one form and with what they lead to: cases, statutes, rules, dockets, Bates pages.

eyecite (Free Law Project) finds cases, WL and LEXIS cites, `Id.` and short forms. It misses much of what
freedom-of-information papers cite: ``5 U.S.C. 552(b)(6)`` without a section sign, ``Fed. R. Civ. P. 56(d)``,
``10 Civ. 3488 (SAS)``, a bare ``(b)(7)(C)``, ``ECF No. 41-1`` and Bates numbers; those are found here. Statutes
are found here alone, so that subsection and section are one citation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from vaughn.model import InputError, Span, canonical_docket_number


class CitationKind(Enum):
    """What is cited."""

    CASE = "case"
    STATUTE = "statute"
    REGULATION = "regulation"
    RULE = "rule"
    JOURNAL = "journal"
    DOCKET_NUMBER = "docket number"
    DOCKET_ENTRY = "docket entry"
    EXEMPTION = "exemption"
    BATES = "Bates number"


class TargetKind(Enum):
    """What a citation can lead to."""

    STATUTE_SECTION = "statute section"
    REGULATION_SECTION = "regulation section"
    RULE = "rule"
    CASE = "case"
    LAWSUIT = "lawsuit"
    DOCKET_ENTRY = "docket entry"
    BATES = "Bates number"


@dataclass(frozen=True, slots=True)
class LinkTarget:
    """What a citation leads to.

    Args:
        key: Of a section ``5/552/b/7/C``; of an entry ``41`` or ``41-1``; of a lawsuit its canonical number; of a
            case its citation; of a page its number.
    """

    kind: TargetKind
    key: str


@dataclass(frozen=True, slots=True)
class Citation:
    """One citation in a text.

    Args:
        normalised: In one form, e.g. ``5 U.S.C. § 552(b)(7)(C)``, ``Fed. R. Civ. P. 56(d)``, ``1:10-cv-03488``.
        pin: Page or paragraph cited inside, as printed.
        court: Short name, where the citation says it.
    """

    kind: CitationKind
    span: Span
    normalised: str
    target: LinkTarget | None = None
    pin: str | None = None
    year: int | None = None
    court: str | None = None


_PARTS = r"(?:\s?\((?:[a-z]{1,4}|[A-Z]{1,3}|\d{1,2})\)){0,7}"
_SECTION = r"\d{1,5}[a-z]{0,2}(?:-\d{1,3}[a-z]?)?"
_USC = re.compile(
    rf"\b(?P<title>\d{{1,2}})\s+U\.?\s?S\.?\s?C\.?(?:\s?A\.?)?\s*(?:§§?|[Ss]ec(?:tion|"
    rf"\.)s?)?\s*(?P<section>{_SECTION})(?P<parts>{_PARTS})"
)
_CFR = re.compile(
    rf"\b(?P<title>\d{{1,2}})\s+C\.?\s?F\.?\s?R\.?\s*(?:§§?|[Ss]ec(?:tion|\.)s?|[Pp](?:art|"
    rf"t\.))?\s*(?P<section>\d{{1,4}}(?:\.\d{{1,4}})?)(?P<parts>{_PARTS})"
)
_RULES = {"civ": "Fed. R. Civ. P.", "app": "Fed. R. App. P.", "evid": "Fed. R. Evid.", "crim": "Fed. R. Crim. P."}
_RULE = re.compile(
    r"\b(?:(?:Fed(?:eral|\.)?\s*R(?:ules?|\.)?\s*(?:of\s+)?(?P<kind>Civ|App|Evid|Crim)(?:il|ellate|ence|inal|\.)?\s*"
    r"(?:P(?:rocedure|\.)?)?|F\.?R\.?(?P<short>C\.?P|A\.?P|E)\.?|FRCP|FRAP|FRE)(?:\s+Rules?)?|(?P<bare>Rule))\s*"
    rf"(?P<number>\d{{1,3}}(?:\.\d)?)(?P<parts>{_PARTS})(?!\.?\d)"
)
_EXEMPTION = re.compile(
    r"(?<![\w)§])(?:\(b\)\s?\((?P<number>[1-9])\)(?:\s?\((?P<letter>[A-F])\))?|"
    r"\b[Ee]xemptions?\s+(?:\(b\)\s?)?\(?(?P<number2>[1-9])\)?(?:\s?\(?(?P<letter2>[A-F])\)?)?(?![\w.]))"
)
_DOCKET = re.compile(
    r"\b(?:(?:No|Nos|Case|Docket)\.?\s+)?(?P<number>(?:\d{1,2}:)?\d{2,4}(?:\s?-?\s?(?:[Cc]iv\.?|cv|CV|cr|CR|mc|"
    r"MC)\s?-?\s?)\d{1,5})"
    r"(?P<initials>(?:\s?-[A-Z]{2,4})*(?:\s?\((?:[A-Z]{2,4})\)){0,2})(?!\d)"
)
_APPEAL = re.compile(r"\bNos?\.\s+(?P<number>\d{2}-\d{2,5})(?:-cv)?(?![\w-]|,\d)")
_ENTRY = re.compile(
    r"\b(?P<lead>(?:ECF|Dkt|Docket|DE|D\.E)\.?(?:\s+(?:Entry|Entries))?\s*(?:Nos?\.?|Numbers?|#)?\s*|"
    r"Doc(?:ument|s)?\.?\s+(?:Nos?\.|#)\s*)"
    r"#?\[?(?P<list>\d{1,4}(?:-\d{1,3})?(?:(?:\s*,\s*(?:and\s+)?|\s+(?:and|"
    r"&)\s+)\d{1,4}(?:-\d{1,3})?(?![\w/:.]*\d))*)\]?(?![\d:])"
)
_ENTRY_NUMBER = re.compile(r"\d{1,4}(?:-\d{1,3})?")
# A prefix of capitals, groups behind it, and a number with leading zeros, many digits, or groups of a list name.
_BATES = re.compile(
    r"(?<![\w.:/-])(?P<begin>"
    r"(?:[A-Z]{2,10}\s)?\d{4}[A-Z]{2,8}\d{2,8}[.-]\d{4,8}"  # ICE 2010FOIA2674.0117629
    r"|\d{4}-[A-Z]{2,8}-\d{3,8}\.\d{3,8}"  # 2015-ICFO-06247.000001
    r"|[A-Z]{2,10}(?:-[A-Z]{2,10}){1,4}-\d{1,8}"  # FBI-SC-FPL-458
    r"|[A-Z]{2,12}(?:[_ -][A-Z]{2,12}){0,3}[_ -]?0\d{3,9}"  # ICE 0004521, HOUSE_OVERSIGHT_012345, STIP-0919
    r"|[A-Z]{3,12}\d{7,10}"  # EFTA10008529
    r")(?:_[A-Z]|[A-Z])?(?:\s?[-–—]\s?(?P<end>(?:[A-Z]{2,12}[ _-]?)?\d{3,10}))?(?![\w/])"
)
_NOT_BATES = re.compile(
    r"^(?:WL|ECF|CV|CIV|LEXIS|MDL|NO|DKT|ISBN|USC|CFR|RECEIPT|CASE|FAX|TEL|COVID|ISO|UTF|USCA|FRCP)\b", re.I
)
_LATER_WINS = {CitationKind.EXEMPTION: 3, CitationKind.BATES: 2, CitationKind.DOCKET_ENTRY: 1}


def find_citations(text: str, *, bates_prefixes: Sequence[str] = ()) -> tuple[Citation, ...]:
    """Return the citations in *text*, in order; none overlaps another.

    Args:
        bates_prefixes: Prefixes of the case's productions, as printed (``ICE ``): numbers with them are found
            whatever they look like.
    """
    # eyecite makes its patterns of all the reporters there are when it is loaded: only for a text to look through.
    from vaughn.formats.cited_cases import cited_cases  # noqa: PLC0415

    found = [
        *_own(text), *_bates(text, bates_prefixes), *_entries(text), *_exemptions(text), *cited_cases(text),
    ]  # fmt: skip
    found.sort(key=lambda one: (_LATER_WINS.get(one.kind, 0), one.span.start, -one.span.end))
    taken: list[Citation] = []
    covered = bytearray(len(text))
    for one in found:
        start, end = one.span.start, one.span.end
        if not any(covered[start:end]):
            covered[start:end] = b"\1" * (end - start)
            taken.append(one)
    return tuple(sorted(taken, key=lambda one: one.span.start))


def _own(text: str) -> Iterator[Citation]:
    for match in _USC.finditer(text):
        parts = _parts(match["parts"])
        normalised = f"{match['title']} U.S.C. § {match['section']}" + "".join(f"({part})" for part in parts)
        key = "/".join([match["title"], match["section"], *parts])
        yield _citation(CitationKind.STATUTE, match, normalised, LinkTarget(TargetKind.STATUTE_SECTION, key))
    for match in _CFR.finditer(text):
        parts = _parts(match["parts"])
        normalised = f"{match['title']} C.F.R. § {match['section']}" + "".join(f"({part})" for part in parts)
        key = "/".join([match["title"], match["section"], *parts])
        yield _citation(CitationKind.REGULATION, match, normalised, LinkTarget(TargetKind.REGULATION_SECTION, key))
    for match in _RULE.finditer(text):
        name, parts = _rule_name(match), _parts(match["parts"])
        if name is not None:
            normalised = f"{name} {match['number']}" + "".join(f"({part})" for part in parts)
            yield _citation(CitationKind.RULE, match, normalised, LinkTarget(TargetKind.RULE, normalised))
    for match in _DOCKET.finditer(text):
        try:
            number = canonical_docket_number(" ".join(match["number"].split()))
        except InputError:
            continue
        yield _citation(CitationKind.DOCKET_NUMBER, match, number, LinkTarget(TargetKind.LAWSUIT, number))

    for match in _APPEAL.finditer(text):
        yield _citation(
            CitationKind.DOCKET_NUMBER, match, match["number"], LinkTarget(TargetKind.LAWSUIT, match["number"])
        )


def _citation(kind: CitationKind, match: re.Match[str], normalised: str, target: LinkTarget | None) -> Citation:
    end = match.end()
    while match.string[end - 1].isspace():
        end -= 1
    return Citation(kind, Span(match.start(), end), normalised, target)


def _parts(text: str) -> list[str]:
    return re.findall(r"\(([A-Za-z\d]+)\)", text)


def _rule_name(match: re.Match[str]) -> str | None:
    """Return which rules are meant; a bare "Rule 56" is one of civil procedure in these papers if it names a part."""
    if match["kind"]:
        return _RULES[match["kind"].lower()]
    if match["bare"]:
        return _RULES["civ"] if match["parts"].strip() else None
    letters = (match["short"] or match[0][2:4]).replace(".", "").upper()
    return {"CP": _RULES["civ"], "AP": _RULES["app"], "E": _RULES["evid"]}.get(letters[:2].rstrip("0123456789 "))


def _exemptions(text: str) -> Iterator[Citation]:
    """Yield exemptions named without the statute: ``(b)(7)(C)``, ``Exemption 5``."""
    for match in _EXEMPTION.finditer(text):
        number, letter = match["number"] or match["number2"], match["letter"] or match["letter2"]
        parts = ["b", number, *([letter] if letter and number == "7" else [])]
        normalised = "".join(f"({part})" for part in parts)
        target = LinkTarget(TargetKind.STATUTE_SECTION, "/".join(["5", "552", *parts]))
        yield _citation(CitationKind.EXEMPTION, match, normalised, target)


def _entries(text: str) -> Iterator[Citation]:
    """Yield one citation an entry; the first of a list takes the words before it."""
    for match in _ENTRY.finditer(text):
        start = match.start()
        for number in _ENTRY_NUMBER.finditer(text, match.start("list"), match.end("list")):
            key = "-".join(str(int(part)) for part in number[0].split("-"))
            span = Span(start, number.end())
            yield Citation(
                CitationKind.DOCKET_ENTRY, span, f"ECF No. {key}", LinkTarget(TargetKind.DOCKET_ENTRY, key)
            )  # fmt: skip
            following = _ENTRY_NUMBER.search(text, number.end(), match.end("list"))
            start = following.start() if following else number.end()


def _bates(text: str, prefixes: Sequence[str]) -> Iterator[Citation]:
    known = [prefix for prefix in sorted(set(prefixes), key=len, reverse=True) if prefix.strip()]
    if known:
        given = "|".join(re.escape(prefix.strip()).replace(r"\ ", r"\s") + r"\s?" for prefix in known)
        numbers = re.compile(
            rf"(?<![\w.-])(?P<begin>(?:{given})\d{{1,10}})(?:\s?[-–—]\s?(?P<end>\d{{1,10}}))?(?![\w/])"
        )
        yield from (_bates_number(match) for match in numbers.finditer(text))
    for match in _BATES.finditer(text):
        if not _NOT_BATES.match(match["begin"]):
            yield _bates_number(match)


def _bates_number(match: re.Match[str]) -> Citation:
    printed = " ".join(match[0].split())
    begin = " ".join(match["begin"].split())
    return _citation(CitationKind.BATES, match, printed, LinkTarget(TargetKind.BATES, begin))
