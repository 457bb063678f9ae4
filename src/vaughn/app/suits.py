"""The suit of a case as commands and screens read it: with the entities of all rooms, and what is wrong with it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from vaughn.app.facts import all_kinds, read_input
from vaughn.formats.docket import EntryField
from vaughn.lawsuit import Contradiction, Suit, chains, contradictions, order_findings, read_suit
from vaughn.model import Finding, InputError, Jurisdiction
from vaughn.store import CaseFile


def suit_of(case: CaseFile) -> Suit:
    """Return the suit that the facts of *case* tell of."""
    return read_suit(case.entities(), case.sources(), kinds=all_kinds().values())


def suit_findings(suit: Suit) -> tuple[Finding, ...]:
    """Return what cannot be: circles, orders that end before they begin, links that lead nowhere."""
    return (*order_findings(suit), *chains(suit).findings)


def contradictions_in(case: CaseFile, law: Jurisdiction, *, on: date) -> tuple[Contradiction, ...]:
    """Return what the facts of *case* tell in two ways."""
    return contradictions(suit_of(case), law=law, on=on)


def read_column_map(path: Path) -> Mapping[str, EntryField | None]:
    """Return which column of a table is what, from a TOML file of lines like ``"Dkt" = "number"``.

    Raises:
        InputError: If the file is no TOML, or a column is said to be something no column can be.
    """
    names = ", ".join(field.value for field in EntryField)
    hint = f'Write one line a column: "Header" = "number". Possible are {names}, or "" to leave one as it is.'
    try:
        told = tomllib.loads(read_input(path).decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path.name} is no TOML file.", hint=hint) from error
    columns: dict[str, EntryField | None] = {}
    for header, use in told.items():
        if not isinstance(use, str) or use not in ("", *(field.value for field in EntryField)):
            raise InputError(f"{path.name}: the column {header[:60]!r} cannot be {str(use)[:60]!r}.", hint=hint)
        columns[header] = EntryField(use) if use else None
    return columns
