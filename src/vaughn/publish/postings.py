"""Where words stand, packed for the search of a site: many words at once, without a loop over their places.

The places of one word are four runs of numbers, each a varint (seven bits a byte, low bits first): how many entries
hold the word; the entries' ids, each as the step from the one before; how often each holds it; and the positions,
each as the step from the one before in the same entry. `assets/search.js` reads the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
NOTHING: Integers = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """Where one word stands: ascending entry ids, how often in each, and all positions in that order."""

    entries: Integers
    counts: Integers
    positions: Integers


NO_POSTINGS = Postings(NOTHING, NOTHING, NOTHING)


def packed_terms(terms: Integers, entries: Integers, positions: Integers) -> tuple[Integers, list[bytes]]:
    """Return the numbers of the words, ascending, and for each its packed places.

    Args:
        terms, entries, positions: One row for every place of a word, ordered by word, entry and position.
    """
    if not len(terms):
        return NOTHING, []
    new_term = _changes(terms)
    new_group = new_term | _changes(entries)
    group_at = np.flatnonzero(new_group)
    term_at = np.flatnonzero(new_term)
    group_sizes = np.diff(group_at, append=len(terms))
    group_term = np.cumsum(new_term)[group_at] - 1
    groups_each = np.bincount(group_term, minlength=len(term_at))
    tokens_each = np.diff(term_at, append=len(terms))
    starts = np.concatenate(([0], np.cumsum(1 + 2 * groups_each + tokens_each)))
    values = np.zeros(starts[-1], dtype=np.int64)
    values[starts[:-1]] = groups_each
    first_group = np.concatenate(([0], np.cumsum(groups_each)[:-1]))
    rank = np.arange(len(group_at)) - first_group[group_term]
    base = starts[group_term] + 1 + rank
    values[base] = _steps(entries[group_at], new_term[group_at])
    values[base + groups_each[group_term]] = group_sizes
    token_term = np.cumsum(new_term) - 1
    at = starts[token_term] + 1 + 2 * groups_each[token_term] + np.arange(len(terms)) - term_at[token_term]
    values[at] = _steps(positions, new_group)
    data, ends = _varints(values)
    cuts = [0, *ends[starts[1:] - 1].tolist()]
    return terms[term_at], [data[a:b] for a, b in pairwise(cuts)]


def packed(postings: Postings) -> bytes:
    """Return the places of one word, packed."""
    groups = np.repeat(np.arange(len(postings.entries)), postings.counts)
    first = _changes(groups) if len(groups) else np.zeros(0, dtype=bool)
    values = np.concatenate(
        (
            [len(postings.entries)],
            np.diff(postings.entries, prepend=0),
            postings.counts,
            _steps(postings.positions, first),
        )
    ).astype(np.int64)
    return _varints(values)[0]


def unpacked(data: bytes) -> Postings:
    """Return what was packed."""
    values = _values(data)
    if not len(values):
        return NO_POSTINGS
    count = int(values[0])
    entries = np.cumsum(values[1 : 1 + count])
    counts = values[1 + count : 1 + 2 * count]
    steps = values[1 + 2 * count :]
    totals = np.cumsum(steps)
    ends = np.cumsum(counts)
    before = np.concatenate(([0], totals[ends[:-1] - 1])) if count else NOTHING
    return Postings(entries, counts, totals - np.repeat(before, counts))


def merged(old: Postings, *, without: NDArray[np.int64], new: Postings) -> Postings:
    """Return *old* without the entries of *without* (ascending ids), and with those of *new*."""
    keep = ~np.isin(old.entries, without, assume_unique=True)
    kept = Postings(old.entries[keep], old.counts[keep], old.positions[np.repeat(keep, old.counts)])
    if not len(new.entries):
        return kept
    entries = np.concatenate((kept.entries, new.entries))
    counts = np.concatenate((kept.counts, new.counts))
    order = np.argsort(entries, kind="stable")
    starts = np.concatenate(([0], np.cumsum(counts)[:-1]))
    picked = counts[order]
    shift = np.repeat(starts[order] - np.concatenate(([0], np.cumsum(picked)[:-1])), picked)
    positions = np.concatenate((kept.positions, new.positions))[np.arange(int(picked.sum())) + shift]
    return Postings(entries[order], picked, positions)


def _changes(values: Integers) -> NDArray[np.bool_]:
    changed = np.ones(len(values), dtype=bool)
    changed[1:] = values[1:] != values[:-1]
    return changed


def _steps(values: Integers, first: NDArray[np.bool_]) -> Integers:
    """Return each value as the step from the one before, the whole value where *first* holds."""
    steps = np.diff(values, prepend=0)
    steps[first] = values[first]
    return steps


def _varints(values: Integers) -> tuple[bytes, Integers]:
    """Return *values* as varints, and where each ends."""
    large = np.flatnonzero(values > 0x7F)
    if not len(large):
        return values.astype(np.uint8).tobytes(), np.arange(1, len(values) + 1)
    lengths = np.ones(len(values), dtype=np.int64)
    rest = values[large] >> 7
    more = np.ones(len(large), dtype=np.int64)
    for bits in (7, 14, 21):
        more += rest >= (1 << bits)
    lengths[large] += more
    ends = np.cumsum(lengths)
    starts = ends - lengths
    out = np.zeros(int(ends[-1]), dtype=np.uint8)
    out[starts] = values & 0x7F
    at = starts[large]
    while len(at):
        out[at] |= 0x80
        out[at + 1] = rest & 0x7F
        longer = rest > 0x7F
        at, rest = at[longer] + 1, rest[longer] >> 7
    return out.tobytes(), ends


def _values(data: bytes) -> Integers:
    raw = np.frombuffer(data, dtype=np.uint8)
    values = (raw & 0x7F).astype(np.int64)
    goes_on = np.flatnonzero(raw > 0x7F)
    if not len(goes_on):
        return values
    # Few numbers take more than a byte: each byte that is followed takes what follows, from the last one on.
    is_start = np.ones(len(raw), dtype=bool)
    is_start[goes_on + 1] = False
    for at in _by_depth(goes_on):
        values[at] |= values[at + 1] << 7
    return values[is_start]


def _by_depth(goes_on: Integers) -> list[Integers]:
    """Return places whose next byte belongs to them, those nearest to the end of their number first."""
    depth = np.ones(len(goes_on), dtype=np.int64)
    for _ in range(4):
        follows = np.flatnonzero(np.diff(goes_on) == 1)
        depth[follows] = depth[follows + 1] + 1
    return [goes_on[depth == step] for step in range(1, int(depth.max()) + 1)]
