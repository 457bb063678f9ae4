"""Productions by the names people give them, and the rules of takings in by theirs."""

from __future__ import annotations

import json
from dataclasses import dataclass

from vaughn.model import Handover, InputError
from vaughn.store import CaseFile


def production_ids(case: CaseFile, name: str | None) -> tuple[int, ...]:
    """Return the id of the production called *name*; nothing, which stands for all, if none is named.

    Raises:
        InputError: If the case has none of that name.
    """
    if name is None:
        return ()
    production = case.production(name=name)
    if production is None:
        names = ", ".join(known.name for known in case.productions())
        raise InputError(f"The case has no production {name!r}.", hint=f"It has: {names or 'none'}.")
    return (production.id,)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """By which rules a taking in left files out: patterns, and names of lists of known hashes."""

    patterns: tuple[str, ...]
    hash_lists: tuple[str, ...]


def rules_of(handover: Handover) -> LeftOut:
    """Return by which rules a taking in left files out."""
    held = json.loads(handover.rules)
    lists = tuple(f"{one['name']} ({one['hashes']:,})" for one in held.get("hash_lists", ()))
    return LeftOut(tuple(held.get("exclude", ())), lists)
