"""Which texts are versions of one another.

Of each text a sketch is kept: the shingles whose numbers are smallest (FracMinHash: those below a limit that leaves
about 48). Texts that share enough of their sketches are compared exactly. Groups have a **pivot**, the longest
version; every other member is as similar to the pivot as its number says, so that nobody is in a group only because
it resembles somebody who resembles somebody.

Two texts are alike if four in ten of all their shingles stand in both (`similar text`: about three quarters of the
words, as one changed word changes five shingles), or if seven in ten of the shorter one's stand in a longer one that is
not more than three times as long (`contained text`), or if their words are the same (`same words`). Texts of fewer than
16 shingles outside running heads are only alike if their words are the same; texts of fewer than five words never.
Measured errors: docs/explanation/groups.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vaughn.collect.shingles import WORDS, Counts, Numbers, ShingleSets

SAME_WORDS = "same words"
SIMILAR = "similar text"
CONTAINED = "contained text"

MIN_SHINGLES = 16
# Expected shingles in a sketch; at a similarity of 0.4 about 27 of them are shared, give or take 4.
SKETCH = 48
# Pivots remembered for one shingle of the sketches: more than that share only what is said everywhere.
_PIVOTS_AT_SHINGLE = 64
_COMPARED = 4  # candidates compared exactly, the most promising first


@dataclass(frozen=True, slots=True)
class Likeness:
    """From when on texts are alike.

    Args:
        similarity: Shared shingles among all of both.
        containment: Shared shingles among those of the shorter text ...
        size: ... which has at least this share of the shingles of the longer one.
    """

    similarity: float = 0.4
    containment: float = 0.7
    size: float = 1 / 3

    def __post_init__(self) -> None:
        if not (0 < self.similarity <= 1 and 0 < self.containment <= 1 and 0 < self.size <= 1):
            raise ValueError("likeness is a share of more than 0 and at most 1")


@dataclass(frozen=True, slots=True)
class NearMember:
    """One text of a group: `similarity` to the pivot; for CONTAINED, how much of it stands in the pivot."""

    text: int
    similarity: float
    basis: str


@dataclass(frozen=True, slots=True)
class NearGroup:
    """Versions of one text; `pivot` is the place of the longest, `members` are the others by similarity."""

    pivot: int
    members: tuple[NearMember, ...]


Progress = Callable[[int, int], None]


def near_groups(
    sets: ShingleSets, likeness: Likeness | None = None, *, progress: Progress | None = None
) -> tuple[NearGroup, ...]:
    """Return the groups of texts that are alike, in the order of their pivots' places; most texts are in none."""
    alike = likeness or Likeness()
    firsts = _first_of_same_words(sets)
    groups: defaultdict[int, list[NearMember]] = defaultdict(list)
    pivot_of = _pivots(sets, firsts, alike, progress=progress, groups=groups)
    for text, first in enumerate(firsts.tolist()):
        if first not in (text, -1):
            pivot = pivot_of.get(first)
            groups[first if pivot is None else pivot.text].append(
                NearMember(text, 1.0, SAME_WORDS) if pivot is None else NearMember(text, pivot.similarity, pivot.basis)
            )
    return tuple(
        NearGroup(pivot, tuple(sorted(members, key=lambda one: (-one.similarity, one.text))))
        for pivot, members in sorted(groups.items())
    )


def _first_of_same_words(sets: ShingleSets) -> Counts:
    """Return for each text the first one of the same words (itself, mostly); -1 for texts that say nothing."""
    count = len(sets)
    _, first, inverse = np.unique(sets.digests, return_index=True, return_inverse=True)
    result = first[inverse.reshape(count)].astype(np.int64)
    result[sets.words < WORDS] = -1
    return result


def _pivots(
    sets: ShingleSets,
    firsts: Counts,
    likeness: Likeness,
    *,
    progress: Progress | None,
    groups: defaultdict[int, list[NearMember]],
) -> dict[int, NearMember]:
    """Fill *groups*; return for each text that joined one its pivot, and how it is alike."""
    sizes = np.diff(sets.starts)
    chosen = np.flatnonzero((firsts == np.arange(len(sets))) & (sizes >= MIN_SHINGLES))
    order = chosen[np.lexsort((chosen, -sizes[chosen]))]
    sketches = _Sketches(sets, order)
    held: dict[int, NearMember] = {}
    for done, text in enumerate(order.tolist()):
        if progress is not None and done % 5000 == 0:
            progress(done, len(order))
        found = _best(sets, text, sketches.candidates(text), likeness=likeness)
        if found is None:
            sketches.remember(text)
        else:
            held[text] = found
            groups[found.text].append(NearMember(text, found.similarity, found.basis))
    return held


def _best(sets: ShingleSets, text: int, candidates: Sequence[int], *, likeness: Likeness) -> NearMember | None:
    """Return the pivot that *text* is most like; `None` if it is like none."""
    own = sets.of(text)
    best: NearMember | None = None
    for pivot in candidates:
        found = alike(own, sets.of(pivot), likeness)
        if found is not None and (best is None or found[0] > best.similarity):
            best = NearMember(pivot, *found)
    return best


def alike(one: Numbers, other: Numbers, likeness: Likeness) -> tuple[float, str] | None:
    """Return how much two sets are alike and in which way; `None` if they are not."""
    short, long = sorted((one, other), key=len)
    if not len(short):
        return None
    shared = shared_count(short, long)
    similarity = shared / (len(short) + len(long) - shared)
    if similarity >= likeness.similarity:
        return similarity, SIMILAR
    containment = shared / len(short)
    if containment >= likeness.containment and len(short) >= likeness.size * len(long):
        return containment, CONTAINED
    return None


def shared_count(short: Numbers, long: Numbers) -> int:
    """Return how many numbers stand in both sets."""
    places = np.searchsorted(long, short)
    return int(np.count_nonzero(long[np.minimum(places, len(long) - 1)] == short)) if len(long) else 0


class _Sketches:
    """Which pivots share shingles of their sketches with a text."""

    def __init__(self, sets: ShingleSets, texts: Counts) -> None:
        self._sizes = np.diff(sets.starts)
        self._shared = dict(_shared_sketches(sets, texts))
        self._pivots: defaultdict[int, list[int]] = defaultdict(list)

    def candidates(self, text: int) -> list[int]:
        """Return the pivots that may be like *text*, the most promising first."""
        counts: defaultdict[int, int] = defaultdict(int)
        for number in self._shared.get(text, ()):
            for pivot in self._pivots.get(number, ()):
                counts[pivot] += 1
        size = int(self._sizes[text])
        # A third of what must be shared to be alike; the pivot's sketch is the sparser one.
        likely = [
            (count, pivot)
            for pivot, count in counts.items()
            if count * 6 >= SKETCH * size / max(size, int(self._sizes[pivot]))
        ]
        return [pivot for _, pivot in sorted(likely, key=lambda one: (-one[0], one[1]))[:_COMPARED]]

    def remember(self, text: int) -> None:
        """Let *text* be a pivot for those that come after it."""
        for number in self._shared.get(text, ()):
            pivots = self._pivots[number]
            if len(pivots) < _PIVOTS_AT_SHINGLE:
                pivots.append(text)


def _shared_sketches(sets: ShingleSets, texts: Counts) -> Iterator[tuple[int, list[int]]]:
    """Return for each text those shingles of its sketch that stand in another sketch too."""
    sketches = [_sketch(sets.of(text)) for text in texts.tolist()]
    lengths = np.fromiter(map(len, sketches), np.int64, len(sketches))
    flat = np.concatenate(sketches) if sketches else np.zeros(0, np.uint32)
    shared = _stands_twice(flat)
    for text, length, end in zip(texts.tolist(), lengths.tolist(), np.cumsum(lengths).tolist(), strict=True):
        own = flat[end - length : end][shared[end - length : end]]
        if len(own):
            yield text, own.tolist()


def _sketch(numbers: Numbers) -> Numbers:
    """Return the shingles below the limit that leaves about `SKETCH`; *numbers* ascend."""
    limit = np.uint32(min(0xFFFFFFFF, (SKETCH << 32) // max(1, len(numbers))))
    return numbers[: int(np.searchsorted(numbers, limit, side="right"))].copy()


def _stands_twice(numbers: Numbers) -> NDArray[np.bool_]:
    order = np.argsort(numbers, kind="stable")
    ordered = numbers[order]
    same = ordered[1:] == ordered[:-1]
    result = np.zeros(len(numbers), np.bool_)
    result[order[1:][same]] = True
    result[order[:-1][same]] = True
    return result
