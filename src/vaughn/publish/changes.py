"""The change log: which documents were published, changed or withdrawn, day by day."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ChangeEntry:
    """What changed on one day; documents by id, in the order of the site."""

    day: date
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()


def with_change(log: tuple[ChangeEntry, ...], new: ChangeEntry) -> tuple[ChangeEntry, ...]:
    """Return *log*, newest day first, with *new*; changes of one day are told together."""
    if not (new.added or new.changed or new.withdrawn):
        return log
    if not log or log[0].day != new.day:
        return (new, *log)
    first = log[0]
    added = _joined(first.added, new.added, without=new.withdrawn)
    withdrawn = _joined(first.withdrawn, new.withdrawn, without=new.added)
    changed = _joined(first.changed, new.changed, without=(*added, *withdrawn))
    return (ChangeEntry(new.day, added, changed, withdrawn), *log[1:])


def _joined(before: tuple[str, ...], after: tuple[str, ...], *, without: Collection[str]) -> tuple[str, ...]:
    gone = set(without)
    return tuple(dict.fromkeys(one for one in (*before, *after) if one not in gone))


def only_known(log: tuple[ChangeEntry, ...], known: Collection[str]) -> tuple[ChangeEntry, ...]:
    """Return *log* without documents that the site no longer speaks of, such as those that are drafts again."""
    there = frozenset(known)
    entries = (
        ChangeEntry(entry.day, _kept(entry.added, there), _kept(entry.changed, there), _kept(entry.withdrawn, there))
        for entry in log
    )
    return tuple(entry for entry in entries if entry.added or entry.changed or entry.withdrawn)


def _kept(ids: tuple[str, ...], known: frozenset[str]) -> tuple[str, ...]:
    return tuple(one for one in ids if one in known)
