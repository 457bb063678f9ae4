"""Who filed an entry and which judge acted, as its text says."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vaughn.formats.docket.names import judge_name
from vaughn.formats.docket.references import without_attachments

_ROLES = (
    r"(?:(?:lead|consol(?:idated)?|counter|cross|third[- ]party|intervenor|all|movant)\s+)*"
    r"(?:plaintiffs?|defendants?|petitioners?|respondents?|movants?|intervenors?|appellants?|appellees?|"
    r"amic\w+(?: curiae)?|deft\.?s?|defts\.?|pltf\.?s?|pltfs\.?|plaintiff\(s\)|defendant\(s\)|"
    r"interested part(?:y|ies)|"
    r"claimants?|trustees?)"
)
_FILED_BY = re.compile(r"\b(?:[Dd]ocument\s+)?[Ff](?:iled|ILED)\s+(?:by|BY):?\s*(?=[A-Za-z\"“(])")
_BY = re.compile(rf"\b(?:by|on behalf of)\s+(?=(?:{_ROLES}\s+)?[A-Z])")
# Where the names end, whatever stands before; a full stop ends them too, unless it belongs to an abbreviation.
_ENDS = re.compile(
    r"\s*(?:\(|\[|;|\s-{1,2}\s|\b[Rr][Ee]:?\s|\bas\s+to\b|\bin\s+(?:[Ss]upport|[Oo]pposition|re\b)|\bagainst\b|"
    r"\bto\s+[A-Z\d]|"
    r"\.\s+(?:Motion|Signed|The|Responses?|Initial|Filing|Document|Attorney|Answer|Amended|Case|Status|Return)\b|"
    r"\bidentifying\b|\bfor\s+(?![A-Z])|\bto\s|\bReturn\s+of\b|\bRelated\b|\bModified\b|\bof\s+(?!the\b)[a-z]|\bby\s+reg)|"
    r"[\w)]-w/|\s-w/"
)
_ENDS_OR_FOR = re.compile(rf"{_ENDS.pattern}|\s+for\s")
_STOP = re.compile(r"(?P<word>[\w.&'’-]*)\.(?=\s+[A-Z(]|\s*$|\()")
_ABBREVIATED = {
    "inc", "corp", "co", "ltd", "jr", "sr", "st", "dr", "mr", "ms", "mrs", "l.l.c", "l.l.p", "l.p", "n.a",
    "u.s", "d.c", "dept", "assn", "bros", "hon", "gen", "no", "p.c", "s.a", "et al", "al", "deft", "pltf",
}  # fmt: skip
_JUDGE = re.compile(
    r"\b(?:[Bb]y|[Bb]efore|BY|BEFORE)\s+(?:(?i:the)\s+)?"
    r"(?P<judge>(?i:(?:(?:chief|senior|united states|district|magistrate|circuit|u\.s\.)\s+)*"
    r"(?:hon(?:orable|\.)|judge|justice)(?:\s+judge)?)\s+"
    r"(?:(?:[A-Z]\.|[A-Z][\w'’-]+|de|la|van|von|der)\s+){0,4}[A-Z][\w'’-]+(?:,?\s+[JS]r\b\.?)?)"
)
# "Judge Mark G. Mastroianni: ELECTRONIC ORDER entered"
_JUDGE_FIRST = re.compile(r"(?P<judge>(?:(?:Chief|Senior|District|Magistrate) )*Judge [A-Z][^:;()\d]{2,50}):\s")
_NO_NAMES = {
    "On",
    "In",
    "At",
    "For",
    "And",
    "Signed",
    "The",
    "To",
    "Granting",
    "Denying",
    "GRANTING",
    "DENYING",
    "Re",
    "ORDER",
}
_SUFFIX = re.compile(
    r"^(?:inc|llc|llp|l\.?l\.?c|l\.?l\.?p|l\.?p|corp|co|ltd|p\.?c|n\.?a|jr|sr|ii|iii|iv|afl-cio|et al|s\.?a|plc|"
    r"esq)\.?$",
    re.I,
)
_ROLE_BEFORE = re.compile(rf"^(?:{_ROLES}\s+)+", re.I)
_COURT = re.compile(
    r"(?:the\s+)?(?:hon\b|honorable\b|(?:magistrate |chief |district )*judge\b|clerk\b|court\b|mdl panel)", re.I
)
_BY_CLERK = re.compile(r"(?:notice to filer|clerk'?s\s+(?:notice|minute|office)|(?:sealed\s+)?minute\s+entry)", re.I)
_LAWYER = re.compile(
    r"[^(;]{0,120}?\bon behalf of\s+|(?:[Aa]ttorney|ATTORNEY)\s[^(;]{2,80}?\s(?:for|"
    r"on behalf of)\s+"
)
_LONGEST = 1_000


def filers_in(text: str, *, parties: Sequence[str] = ()) -> tuple[str, ...]:
    """Return who filed the entry, without roles before the names and without a last full stop, each once.

    The court's software puts the filer behind the free text, so the last "by" that names somebody counts.

    Args:
        parties: Names of the case's parties. Where one stands in the text it is taken whole; other names are told
            apart by commas.
    """
    said = " ".join(without_attachments(text).split())
    if _BY_CLERK.match(said):
        return ()
    filed = list(_FILED_BY.finditer(said))
    for match in reversed(filed or list(_BY.finditer(said))):
        # Behind "filed by" stand names alone: "for" is part of one. Behind "by" the relief may follow.
        names = _names(_for_whom(said[match.end() : match.end() + _LONGEST]), _ENDS if filed else _ENDS_OR_FOR)
        if names and not _COURT.match(names):
            return _told_apart(names, parties)
    return ()


def _for_whom(said: str) -> str:
    """Return the text from the party on where a lawyer filed for one."""
    lawyer = _LAWYER.match(said)
    return said[lawyer.end() :] if lawyer else said


def _told_apart(names: str, parties: Sequence[str]) -> tuple[str, ...]:
    known: list[str] = []
    for party in sorted(dict.fromkeys(parties), key=len, reverse=True):
        while len(party) > 2 and (start := names.casefold().find(party.casefold())) >= 0:
            behind = names[start + len(party) :]
            # A full stop behind a party ends the names; one before a comma belongs to its abbreviation.
            behind = "" if re.match(r"\.(?!,)", behind) else behind
            names = f"{names[:start]}, \0{len(known)}\0, {behind}"
            known.append(party)
    found: dict[str, str] = {}
    for piece in _apart(names):
        name = known[int(piece.strip("\0"))] if piece.startswith("\0") else piece.rstrip(" .")
        if name and not name[0].islower():
            found.setdefault(name.casefold(), name)
    return tuple(found.values())


def _names(said: str, ends: re.Pattern[str]) -> str:
    """Return the beginning of *said* up to where the names end."""
    end = ends.search(said)
    names = said[: end.start()] if end else said
    for stop in _STOP.finditer(names):
        word = stop["word"].casefold()
        if len(word) > 1 and word not in _ABBREVIATED and not re.fullmatch(r"(?:[a-z]\.)*[a-z]", word):
            names = names[: stop.end("word")]
            break
    return names.strip(" ,")


def _apart(names: str) -> list[str]:
    found: list[str] = []
    for piece in re.split(r",\s*(?:and\s+)?|\s+and\s+(?=[A-Z\0])|;\s*", names):
        if found and _SUFFIX.match(piece.strip()):
            found[-1] += f", {piece.strip()}"
            continue
        name = _ROLE_BEFORE.sub("", piece.strip()).strip()
        if name and not _ROLE_BEFORE.match(f"{name} "):
            found.append(name)
    return found


def judge_in(text: str) -> str | None:
    """Return the judge who signed, or before whom something was held, without title."""
    said = " ".join(text.split())
    match = _JUDGE_FIRST.match(said) or _JUDGE.search(said)
    if match is None:
        return None
    words = judge_name(match["judge"]).split()
    end = next((place for place, word in enumerate(words) if place and word in _NO_NAMES), len(words))
    return " ".join(words[:end]).strip(" ,") or None


def initials_of(name: str) -> str:
    """Return the initials of a name, as docket numbers carry them: Shira A. Scheindlin is SAS."""
    return "".join(word[0].upper() for word in name.split() if word not in {"Jr.", "Sr."})
