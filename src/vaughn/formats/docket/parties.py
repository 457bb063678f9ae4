"""Who is in a district court's case: the table of parties and lawyers of a docket report."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date

from vaughn.formats.docket.log import DocketLog
from vaughn.formats.docket.page import Element, line_of, lines_of, rows_of, said_lines, shown, text_of
from vaughn.formats.docket.values import DocketAttorney, DocketParty

TERMINATED = re.compile(r"^TERMINATED:\s*(.+)$", re.I)
_ALIAS = re.compile(
    r"^(?:also|formerly|doing business|now|previously|successor|agent|trading)\b.*\bas\b|^[adfnt]/?/?[bk]/?a\b", re.I
)
SEE_ABOVE = re.compile(r"^\(?see above", re.I)
_REPRESENTED = re.compile(r"represented\s+by", re.I)
# What stands among the parties of a criminal docket and is none; this program reads civil suits.
_CHARGES = re.compile(r"(?:pending|terminated) counts|highest offense|complaints|disposition", re.I)
_ASSIGNED = re.compile(r"(?:assigned|referred) to:", re.I)
_DEFENDANT_NUMBER = re.compile(r"\s*\(\d+\)$")
_VERSUS = re.compile(r"^(?:v|vs)\.?$", re.I)


def parties_of(tables: Iterable[Element], *, log: DocketLog) -> tuple[DocketParty, ...]:
    """Return the parties of the tables, in order; the same party in the same words is kept once."""
    found: list[DocketParty] = []
    contacts: dict[str, str] = {}
    for table in tables:
        role: str | None = None
        is_charges = False
        for cells in (cells for cells in rows_of(table) if cells):
            first = cells[0]
            heading = first.xpath("./b/u|./u/b|./strong/u|./u")
            if heading:
                role = _DEFENDANT_NUMBER.sub("", text_of(heading[0])) or None
                is_charges = _CHARGES.match(role or "") is not None
            elif len(cells) == 1 and _VERSUS.match(text_of(first)):
                role = None
            elif any(text_of(named) for named in first.xpath("./b|./strong")):
                found.append(_party(cells, role, contacts, log=log))
            elif text_of(first) and not is_charges and not _ASSIGNED.match(text_of(first)):
                log.add("DK001", "A row of the parties names no party.", line=line_of(first))
    return _once(found, log=log)


def _once(parties: Iterable[DocketParty], *, log: DocketLog) -> tuple[DocketParty, ...]:
    counted = Counter(parties)
    doubles = sum(counted.values()) - len(counted)
    if doubles:
        log.add("DK008", f"{doubles} rows name a party that stands there already in the same words.", field="parties")
    return tuple(counted)


def _party(cells: list[Element], role: str | None, contacts: dict[str, str], *, log: DocketLog) -> DocketParty:
    first = cells[0]
    lines = said_lines(first)
    name, rest = lines[0], lines[1:]
    bold = text_of(first.xpath("./b|./strong")[0])
    if name.startswith(bold) and name != bold:
        name, rest = bold, [name[len(bold) :].strip(), *rest]
    attorneys: tuple[DocketAttorney, ...] = ()
    if len(cells) > 2 and _REPRESENTED.search(text_of(cells[1])):
        attorneys = _attorneys(cells[2], contacts)
    ended = _terminated(rest, line=line_of(first), log=log)
    return DocketParty(name, role, attorneys, ended, "\n".join(line for line in rest if line))


def _terminated(lines: Iterable[str], *, line: int | None, log: DocketLog) -> date | None:
    """Return when the party itself left; a day behind an alias is the alias's."""
    for text in lines:
        if _ALIAS.match(text):
            return None
        match = TERMINATED.match(text)
        if match is not None:
            return log.date(match[1], line=line, field="TERMINATED")
    return None


def _attorneys(cell: Element, contacts: dict[str, str]) -> tuple[DocketAttorney, ...]:
    """Return the lawyers of a cell: a name in bold, lines of address, roles in italics.

    Args:
        contacts: The last address given by name: "see above" refers to it.
    """
    found = []
    for bold in cell.xpath("./b|./strong"):
        name = text_of(bold)
        if not name:
            continue
        lines = shown(bold.tail)
        roles: list[str] = []
        following = bold.getnext()
        while following is not None and following.tag not in {"b", "strong"}:
            if following.tag in {"i", "em"}:
                roles += said_lines(following)
            elif following.tag != "br":
                lines += lines_of(following)
            lines += shown(following.tail)
            following = following.getnext()
        said = [line for line in lines if line]
        if said and SEE_ABOVE.match(said[0]):
            said = [contacts[name], *said[1:]] if contacts.get(name) else said[1:]
            contact = "\n".join(said)
        else:
            contacts[name] = contact = "\n".join(said)
        found.append(DocketAttorney(name, tuple(roles), contact))
    return tuple(found)
