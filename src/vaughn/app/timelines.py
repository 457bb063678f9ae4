"""A case's timeline, read and written: what the command and the workbench share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from enum import Enum
from pathlib import Path
from typing import assert_never

from vaughn.formats.report import written_as_xlsx
from vaughn.formats.timeline import drawn_timeline, timeline_page
from vaughn.lawsuit import Timeline, TimelineFilter, filtered, timeline, timeline_chart, timeline_report
from vaughn.model import Entity, InputError, federal
from vaughn.store import CaseFile

_PARTY_KINDS = ("party", "agency")
_NAMES = ("name", "short", "alias", "misspelling")


class TimelineFormat(Enum):
    """What a timeline is written as; the value is the ending of the file."""

    SVG = "svg"
    HTML = "html"
    XLSX = "xlsx"


def timeline_of(case: CaseFile, wanted: TimelineFilter | None = None, *, parties: Iterable[str] = ()) -> Timeline:
    """Return the timeline of *case*, or the part of it that is wanted.

    Args:
        parties: Names, short names or references of parties and agencies; added to those of *wanted*.

    Raises:
        InputError: If nobody in the case is called that.
    """
    entities = case.entities()
    whole = timeline(entities, case.sources(), calendar=federal().calendar)
    wanted = wanted or TimelineFilter()
    named = frozenset(one for name in parties for one in _called(name, entities))
    return filtered(whole, replace(wanted, parties=wanted.parties | named))


def _called(name: str, entities: Iterable[Entity]) -> set[str]:
    """Return party and agency of that name; they are one body in two places."""
    parties = [one for one in entities if one.kind in _PARTY_KINDS and not one.is_withdrawn]
    sought = " ".join(name.casefold().split())
    found = {one.reference for one in parties if sought in _names(one)}
    found |= {agency for one in parties if one.reference in found and (agency := one.value("agency")) is not None}
    found |= {one.reference for one in parties if one.value("agency") in found}
    if not found:
        raise InputError(
            f"No party or agency of this case is called {name[:80]!r}.",
            hint=f"There are: {', '.join(dict.fromkeys(one.key for one in parties))}."
            if parties
            else "The case names no parties yet.",
        )
    return found


def _names(party: Entity) -> set[str]:
    said = (value for field in _NAMES for value in party.values(field))
    return {party.key, party.reference, *(" ".join(value.casefold().split()) for value in said)}


def write_timeline(case: CaseFile, told: Timeline, path: Path) -> None:
    """Write *told* to *path* as drawing, page or workbook, as its name ends.

    Raises:
        InputError: If it ends otherwise, or the file is there already.
    """
    kind = timeline_format(path)
    if path.exists():
        raise InputError(
            f"{path.name} already exists.", hint="Name a file that does not exist; nothing is overwritten."
        )
    part = path.with_name(f"{path.name}.part")
    part.write_bytes(written_timeline(case, told, kind))
    part.replace(path)


def timeline_format(path: Path) -> TimelineFormat:
    """Return what a file of that name holds.

    Raises:
        InputError: If its ending is none of a timeline's.
    """
    ending = path.suffix.lower().lstrip(".")
    if ending not in [kind.value for kind in TimelineFormat]:
        raise InputError(f"{path.name} is no kind of timeline.", hint="End it with .svg, .html or .xlsx.")
    return TimelineFormat(ending)


def written_timeline(case: CaseFile, told: Timeline, kind: TimelineFormat) -> bytes:
    """Return *told* as the bytes of a file; the same case gives the same bytes."""
    facts = case.case()
    title = f"{facts.caption}: timeline"
    subtitle = ", ".join(part for part in (facts.docket_number, facts.court) if part)
    chart = timeline_chart(told, title=title, subtitle=subtitle)
    if kind is TimelineFormat.SVG:
        return drawn_timeline(chart).encode()
    if kind is TimelineFormat.HTML:
        return timeline_page(chart).encode()
    if kind is TimelineFormat.XLSX:
        # The day of the case's last change, so that the same case gives the same bytes.
        made_at = case.events()[-1].at
        return written_as_xlsx(timeline_report(told, title=title, subtitle=subtitle, made_at=made_at))
    assert_never(kind)
