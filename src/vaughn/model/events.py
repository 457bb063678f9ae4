"""What was done to a case, by whom, when: one link of the hash chain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of the event log.

    Args:
        verb: What was done, e.g. ``production.received``.
        objects: What it was done to: ids and counts, never what a document says.
        state: Digest of every table as it stood after the event.
        previous: Hash of the entry before; 64 zeros for the first.
        hash: SHA-256 over all the other fields.
    """

    sequence: int
    at: datetime
    actor: str
    verb: str
    objects: Mapping[str, str | int | None]
    state: str
    previous: str
    hash: str
