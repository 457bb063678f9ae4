"""What a case is and what was received in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from vaughn.model.errors import InputError

# "10 Civ. 3488 (SAS)", "1:10-cv-03488-SAS", "10-cv-3488": office, year, kind, number.
_DOCKET = re.compile(
    r"^(?:(?P<office>\d):)?(?P<year>\d{2}|\d{4})\s*-?\s*(?P<kind>cv|civ\.?|cr|mc)\s*-?\s*(?P<number>\d{1,5})\b",
    re.IGNORECASE,
)


def canonical_docket_number(text: str) -> str:
    """Return *text* as ``1:10-cv-03488``: office (1 unless given), two-digit year, kind, five digits.

    Raises:
        InputError: If *text* is no federal docket number.
    """
    match = _DOCKET.match(text.strip())
    if match is None:
        raise InputError(f"{text!r} is not a docket number.", hint="Write it like 1:10-cv-03488 or 10 Civ. 3488.")
    kind = match["kind"].lower().rstrip(".")
    kind = "cv" if kind == "civ" else kind
    return f"{match['office'] or '1'}:{match['year'][-2:]}-{kind}-{int(match['number']):05d}"


@dataclass(frozen=True, slots=True)
class Case:
    """What the case is called; `docket_number` is canonical, `None` before there is a lawsuit."""

    caption: str
    court: str | None = None
    docket_number: str | None = None


class ProductionState(Enum):
    """How far a production has come; each step can be resumed."""

    COPYING = "copying"  # files are being stored
    LINKING = "linking"  # load files are being read and joined
    READING = "reading"  # pages are being read for words
    LOADED = "loaded"  # everything named is in; checks have run


@dataclass(frozen=True, slots=True)
class Production:
    """What one agency handed over on one day.

    Args:
        name: Unique in the case, e.g. ``"ICE 2011-01-17"``.
        source: What was handed over, as the user named it (last part of the path only).
        replaces: Name of the earlier production that this one produces again.
        order: Name of the production-order profile it is held against.
    """

    id: int
    name: str
    agency: str
    released_on: date
    received_at: datetime
    state: ProductionState
    source: str
    replaces: str | None = None
    order: str | None = None
