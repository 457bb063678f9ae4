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
    lengths = np.ones(len(values), dtype=np.int64)
    for bits in (7, 14, 21, 28):
        lengths += values >= (1 << bits)
    ends = np.cumsum(lengths)
    out = np.zeros(int(ends[-1]) if len(ends) else 0, dtype=np.uint8)
    starts = ends - lengths
    for place in range(int(lengths.max()) if len(lengths) else 0):
        there = lengths > place
        part = (values[there] >> (7 * place)) & 0x7F
        more = (lengths[there] > place + 1).astype(np.int64) << 7
        out[starts[there] + place] = part | more
    return out.tobytes(), ends


def _values(data: bytes) -> Integers:
    raw = np.frombuffer(data, dtype=np.uint8).astype(np.int64)
    last = np.flatnonzero(raw < 0x80)
    starts = np.concatenate(([0], last[:-1] + 1)) if len(last) else NOTHING
    place = np.arange(len(raw)) - np.repeat(starts, last - starts + 1)
    return np.add.reduceat((raw & 0x7F) << (7 * place), starts) if len(starts) else NOTHING
