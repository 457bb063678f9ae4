"""How a file that tells of several cases becomes one value a case: entries of the same number together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from vaughn.formats.docket.log import DocketLog
from vaughn.formats.docket.values import DocketFile, DocketKind


def grouped(read: Iterable[DocketFile], kind: DocketKind, *, log: DocketLog) -> DocketFile:
    """Return the cases of *read*, the same court and number merged, as one value; the first holds the others."""
    cases: dict[tuple[str | None, str | None], DocketFile] = {}
    for one in read:
        key = (one.court_id, one.docket_number)
        known = cases.get(key)
        cases[key] = one if known is None else replace(known, entries=known.entries + one.entries)
    if not cases:
        log.add("DK007", "The file holds no case.")
        return DocketFile(kind)
    first, *others = cases.values()
    return replace(first, others=tuple(others))
