"""Which messages of a thread need not be read because all they say, and all that came with them, stands in a later one.

Compared are the words of each block (what one author wrote), without headers and quotation marks. A block of eight
words or more stands in another message if every five of its words that follow each other stand in what that one
quotes; a shorter block must be a whole quoted block there. In doubt a message is inclusive: it is read once too often
rather than not at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from vaughn.collect.answers import word_runs
from vaughn.collect.messages import Message
from vaughn.collect.shingles import Numbers, first_ones

_RUN = 5
_SHORT = 8  # words of a block that might stand anywhere by chance
_LATER = 50  # messages looked at besides those that follow


@dataclass(frozen=True, slots=True, eq=False)
class _Said:
    """What a message says, and what it quotes."""

    message: Message
    runs: Numbers  # of its long blocks, ascending, each once
    short: frozenset[bytes]
    quoted_runs: Numbers
    quoted_blocks: frozenset[bytes]

    def stands_in(self, later: _Said) -> bool:
        if not self.message.attachments <= later.message.attachments or not self.short <= later.quoted_blocks:
            return False
        if len(self.runs) > len(later.quoted_runs):
            return False
        return bool(np.isin(self.runs, later.quoted_runs, assume_unique=True).all())


def contained_in(thread: Sequence[Message], follows: Mapping[int, int]) -> dict[int, int]:
    """Return for each message that is contained in a later one which that is; the first one found, nearest first.

    Args:
        thread: Oldest first.
        follows: Message to the one it follows.
    """
    said = [_said(message) for message in thread]
    places = {message.id: place for place, message in enumerate(thread)}
    answers: dict[int, list[int]] = {}
    for message_id, before in follows.items():
        if places[before] < places[message_id]:
            answers.setdefault(before, []).append(message_id)
    found: dict[int, int] = {}
    for place, one in enumerate(said):
        if not len(one.runs) and not one.short and not one.message.attachments:
            continue  # nothing is known of what it says
        for later in _later_ones(place, thread, places, answers):
            if one.stands_in(said[later]):
                found[one.message.id] = thread[later].id
                break
    return found


def _later_ones(
    place: int, thread: Sequence[Message], places: Mapping[int, int], answers: Mapping[int, list[int]]
) -> list[int]:
    """Return the places of messages that may quote the one at *place*: those that follow it first."""
    following: dict[int, None] = {}
    open_ones = [thread[place].id]
    while open_ones and len(following) < _LATER * 4:
        for answer in answers.get(open_ones.pop(0), ()):
            if places[answer] not in following:
                following[places[answer]] = None
                open_ones.append(answer)
    others = [later for later in range(place + 1, min(len(thread), place + 1 + _LATER)) if later not in following]
    return [*following, *others]


def _said(message: Message) -> _Said:
    long, short, quoted_long, quoted = [], set(), [], set()
    for stretch in message.stretches:
        words = message.words[stretch.start : stretch.end]
        if stretch.is_quoted:
            quoted.add(words.tobytes())
            quoted_long.append(word_runs(words, _RUN))
        if len(words) < _SHORT:
            short.add(words.tobytes())
        else:
            long.append(word_runs(words, _RUN))
    return _Said(message, _distinct(long), frozenset(short), _distinct(quoted_long), frozenset(quoted))


def _distinct(runs: Sequence[Numbers]) -> Numbers:
    found = np.sort(np.concatenate(runs)) if runs else np.zeros(0, np.uint32)
    return found[first_ones(found)]
