"""`vaughn docket contradictions`, `citations` and `due`: what is told in two ways, cited, and owed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vaughn.app.cli.console import Column, print_json, print_line, print_table
from vaughn.app.cli.docket import FINDINGS, group
from vaughn.app.cli.docket_show import OnDay, day_given
from vaughn.app.cli.options import AsJson, CasePath
from vaughn.app.cli.owed import owed_json, print_owed

if TYPE_CHECKING:
    from vaughn.lawsuit import Contradiction

# The group with all its commands; this module is the last of them to be imported.
__all__ = ["citations", "due", "group", "list_contradictions"]


@group.command("contradictions")
def list_contradictions(case: CasePath, *, on: OnDay = None, as_json: AsJson = False) -> None:
    """List what sources tell in two ways; nothing is decided, a person may prefer one.

    Example: vaughn docket contradictions ndlon
    """
    from vaughn.app.opening import open_to_read
    from vaughn.app.suit import contradictions_in
    from vaughn.model import federal

    with open_to_read(case.expanduser(), "vaughn docket contradictions") as opened:
        found = contradictions_in(opened, federal(), on=day_given(on))
    if as_json:
        print_json([_contradiction_json(one) for one in found])
        return
    columns = (Column("kind"), Column("rule"), Column("of"), Column("what is told"), Column("chosen"))
    rows = [
        (one.weight.value, one.rule.value, one.reference, one.text, "yes" if one.is_settled else "") for one in found
    ]
    print_table("Contradictions", columns, rows)
    notes = sum(one.weight.value == "note" for one in found)
    print_line(f"{len(found) - notes:,} contradictions, {notes:,} notes.")


@group.command("citations")
def citations(case: CasePath, *, as_json: AsJson = False) -> None:
    """List what docket entries and orders cite, and what of it is in the case.

    Example: vaughn docket citations ndlon
    """
    from vaughn.app.opening import open_to_read
    from vaughn.app.suit import suit_of
    from vaughn.lawsuit import cites

    with open_to_read(case.expanduser(), "vaughn docket citations") as opened:
        found = cites(suit_of(opened))
    rows = [
        (one.citing, one.citation.kind.value, one.citation.normalised, one.leads_to or one.bates or "") for one in found
    ]
    if as_json:
        print_json([dict(zip(("citing", "kind", "cited", "leads_to"), row, strict=True)) for row in rows])
        return
    columns = (Column("in"), Column("kind"), Column("cited"), Column("leads to"))
    print_table("Citations", columns, rows)
    print_line(
        f"{len(rows):,} citations, {sum(bool(row[3]) for row in rows):,} lead to something in the case or a page."
    )


@group.command("due")
def due(
    case: CasePath,
    *,
    on: OnDay = None,
    ics: Annotated[
        Path | None, typer.Option("--ics", metavar="FILE", help="Write what is still owed as a calendar (iCalendar).")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List what is owed by orders and on requests, the most urgent first; ends with 1 if something is overdue.

    Example: vaughn docket due ndlon --on 2011-01-18 --ics ndlon.ics
    """
    from datetime import UTC, datetime, time

    from vaughn.app.dues import due_feed, due_lines
    from vaughn.app.opening import open_to_read
    from vaughn.model import InputError, Standing, federal

    if ics is not None and ics.exists():
        raise InputError(f"{ics} already exists.", hint="Name a file that does not exist; nothing is overwritten.")
    law, day = federal(), day_given(on)
    with open_to_read(case.expanduser(), "vaughn docket due") as opened:
        lines = due_lines(opened, law, on=day)
        feed = None if ics is None else due_feed(opened, law, now=datetime.combine(day, time(), UTC))
    if ics is not None and feed is not None:
        ics.write_bytes(feed)
    if as_json:
        print_json([owed_json(line) for line in lines])
    else:
        print_owed(lines, on=day)
        print_line(law.notice)
        if ics is not None:
            print_line(f"Wrote {ics}.")
    if any(line.standing is Standing.OVERDUE for line in lines):
        raise typer.Exit(FINDINGS)


def _contradiction_json(one: Contradiction) -> dict[str, object]:
    return {
        "key": one.key,
        "weight": one.weight.value,
        "rule": one.rule.value,
        "reference": one.reference,
        "field": one.field,
        "text": one.text,
        "is_settled": one.is_settled,
        "says": [
            {
                "value": said.value,
                "field": said.statement.field,
                "source": said.source.key,
                "title": said.source.title,
                "citation": said.source.citation,
                "confidence": said.statement.confidence.value,
            }
            for said in one.says
        ],
    }
