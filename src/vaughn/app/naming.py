"""Productions by the names people give them."""

from __future__ import annotations

from vaughn.model import InputError
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
