"""`vaughn people`: who writes and is written to, and who may be the same."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

import typer

from vaughn.app.cli.console import Column, print_json, print_line, print_table
from vaughn.app.cli.options import AsJson, CasePath

_SHOWN = 50


def people(
    case: CasePath,
    *,
    limit: Annotated[int, typer.Option(min=1, help="How many people and how many suggestions to show.")] = _SHOWN,
    as_json: AsJson = False,
) -> None:
    """Show who writes and is written to, by the alias table of the case, and who may be one person.

    Example: vaughn people ndlon
    """
    from vaughn.collect import alias_table, correspondents, resolved, suggestions
    from vaughn.store import CaseFile

    with CaseFile.open(case.expanduser()) as opened:
        aliases = alias_table(opened)
        seen = correspondents(opened)
    counts = Counter[tuple[str, str, bool]]()
    for one in seen:
        person = resolved(one.address, aliases)
        counts[person.key, "" if not person.is_known else person.name, person.is_known] += one.messages
    found = suggestions(seen, aliases)
    top = [(key, name, known, count) for (key, name, known), count in counts.most_common(limit)]
    if as_json:
        print_json(
            {
                "people": [
                    {"key": key, "name": name or None, "is_known": known, "records": count}
                    for key, name, known, count in top
                ],
                "total": len(counts),
                "suggestions": [
                    {
                        "name": one.name,
                        "addresses": one.addresses,
                        "aliases": one.aliases,
                        "basis": one.basis,
                        "records": one.messages,
                    }
                    for one in found[:limit]
                ],
                "suggestions_total": len(found),
            }
        )
        return
    columns = (Column("who"), Column("name"), Column("named", is_number=True))
    print_table(f"People ({len(counts):,})", columns, [(key, name, count) for key, name, _, count in top])
    wide = (Column("name"), Column("addresses"), Column("because"), Column("named", is_number=True))
    rows = [(one.name, "; ".join(one.addresses), one.basis, one.messages) for one in found[:limit]]
    print_table(f"May be one person ({len(found):,})", wide, rows)
    print_line("Enter who is who as facts of the kind correspondent; see the reference of facts.")
