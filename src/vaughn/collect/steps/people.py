"""Who writes and is written to in a case, and who they are."""

from __future__ import annotations

from vaughn.collect.kinds import CORRESPONDENT
from vaughn.collect.people import Aliases, Seen, aliases_of
from vaughn.model import MailAddress
from vaughn.store import CaseFile


def alias_table(case: CaseFile) -> Aliases:
    """Return the alias table of the case; see `resolved`."""
    return aliases_of(case.entities(CORRESPONDENT.id))


def correspondents(case: CaseFile) -> tuple[Seen, ...]:
    """Return every address and name that records name, the most frequent first."""
    return tuple(Seen(MailAddress(one.address, one.name), one.count) for one in case.correspondents())
