"""Which texts are versions of one another.

Of each text a sketch is kept: the shingles whose numbers are smallest (FracMinHash: those below a limit that leaves
about 48). Texts that share enough of their sketches are compared exactly. Groups have a **pivot**, the longest
version, and every member is like it. A text that is like no pivot but like a member joins it in its group, and says
so; nobody joins through it, so that groups do not grow from likeness to likeness.

Two texts are alike if four in ten of all their shingles stand in both (`similar text`: about three quarters of the
words, as one changed word changes five shingles), or if seven in ten of the shorter one's stand in a longer one that is
not more than three times as long (`contained text`), or if their words are the same (`same words`). Texts of fewer than
16 shingles outside running heads are only alike if their words are the same; texts of fewer than five words never.
Measured errors: docs/explanation/groups.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
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
# Texts remembered for one shingle of the sketches: more than that share only what is said everywhere.
_HELD_AT_SHINGLE = 64
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
    """One text of a group.

    Args:
        similarity: To `like`, exactly; for CONTAINED, how much of the shorter text stands in the other.
        like: The text it was compared with: the pivot, or a member that is like the pivot.
    """

    text: int
    similarity: float
    basis: str
    like: int


@dataclass(frozen=True, slots=True)
class NearGroup:
    """Versions of one text; `pivot` is the place of the longest, `members` are the others, those like it first."""

    pivot: int
    members: tuple[NearMember, ...]


Progress = Callable[[int, int], None]


def near_groups(
    sets: ShingleSets, likeness: Likeness | None = None, *, progress: Progress | None = None
) -> tuple[NearGroup, ...]:
    """Return the groups of texts that are alike, in the order of their pivots' places; most texts are in none."""
    search = _Search(sets, likeness or Likeness(), progress)
    search.find_pivots()
    search.join_members()
    search.add_same_words()
    return search.groups()


def _first_of_same_words(sets: ShingleSets) -> Counts:
    """Return for each text the first one of the same words (itself, mostly); -1 for texts that say nothing."""
    count = len(sets)
    _, first, inverse = np.unique(sets.digests, return_index=True, return_inverse=True)
    result = first[inverse.reshape(count)].astype(np.int64)
    result[sets.words < WORDS] = -1
    return result


class _Search:
    """Puts texts into groups, the longest first."""

    def __init__(self, sets: ShingleSets, likeness: Likeness, progress: Progress | None) -> None:
        self._sets, self._likeness, self._progress = sets, likeness, progress
        self._firsts = _first_of_same_words(sets)
        sizes = np.diff(sets.starts)
        chosen = np.flatnonzero((self._firsts == np.arange(len(sets))) & (sizes >= MIN_SHINGLES))
        self._order: list[int] = chosen[np.lexsort((chosen, -sizes[chosen]))].tolist()
        self._shared = dict(_shared_sketches(sets, self._order))
        self._member: dict[int, NearMember] = {}
        self._pivot: dict[int, int] = {}  # of each member

    def find_pivots(self) -> None:
        """Let each text join the pivot it is most like, or be one."""
        pivots = _Sketches(self._sets, self._shared)
        for done, text in enumerate(self._order):
            if self._progress is not None and done % 5000 == 0:
                self._progress(done, len(self._order))
            found = self._best(text, pivots)
            if found is None:
                pivots.remember(text)
            else:
                self._member[text], self._pivot[text] = found, found.like

    def join_members(self) -> None:
        """Let pivots that stayed alone join the member they are most like."""
        members = _Sketches(self._sets, self._shared)
        for text in self._order:
            if text in self._member:
                members.remember(text)
        busy = {*self._member, *self._pivot.values()}
        for text in self._order:
            found = None if text in busy else self._best(text, members)
            if found is not None:
                self._member[text], self._pivot[text] = found, self._pivot[found.like]

    def _best(self, text: int, others: _Sketches) -> NearMember | None:
        """Return the one of *others* that *text* is most like; `None` if it is like none."""
        own = self._sets.of(text)
        best: NearMember | None = None
        for other in others.candidates(text):
            found = alike(own, self._sets.of(other), self._likeness)
            if found is not None and (best is None or found[0] > best.similarity):
                best = NearMember(text, *found, other)
        return best

    def add_same_words(self) -> None:
        """Put texts of the same words where the first of them is."""
        for text, first in enumerate(self._firsts.tolist()):
            if first in (text, -1):
                continue
            known = self._member.get(first)
            if known is None:
                self._member[text], self._pivot[text] = NearMember(text, 1.0, SAME_WORDS, first), first
            else:
                self._member[text] = NearMember(text, known.similarity, known.basis, known.like)
                self._pivot[text] = self._pivot[first]

    def groups(self) -> tuple[NearGroup, ...]:
        """Return the groups."""
        found: defaultdict[int, list[NearMember]] = defaultdict(list)
        for text, pivot in self._pivot.items():
            found[pivot].append(self._member[text])
        return tuple(
            NearGroup(pivot, tuple(sorted(some, key=lambda one: (one.like != pivot, -one.similarity, one.text))))
            for pivot, some in sorted(found.items())
        )


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
    """Which of some texts share shingles of their sketches with another."""

    def __init__(self, sets: ShingleSets, shared: Mapping[int, list[int]]) -> None:
        self._sizes = np.diff(sets.starts)
        self._shared = shared
        self._held: defaultdict[int, list[int]] = defaultdict(list)

    def candidates(self, text: int) -> list[int]:
        """Return those that may be like *text*, the most promising first."""
        counts: defaultdict[int, int] = defaultdict(int)
        for number in self._shared.get(text, ()):
            for other in self._held.get(number, ()):
                counts[other] += 1
        size = int(self._sizes[text])
        # A third of what must be shared to be alike; the sketch of the longer one is the sparser one.
        likely = [
            (count, other)
            for other, count in counts.items()
            if count * 6 >= SKETCH * min(1.0, size / int(self._sizes[other]))
        ]
        return [other for _, other in sorted(likely, key=lambda one: (-one[0], one[1]))[:_COMPARED]]

    def remember(self, text: int) -> None:
        """Let *text* be found from now on."""
        for number in self._shared.get(text, ()):
            held = self._held[number]
            if len(held) < _HELD_AT_SHINGLE:
                held.append(text)


def _shared_sketches(sets: ShingleSets, texts: Sequence[int]) -> Iterator[tuple[int, list[int]]]:
    """Return for each text those shingles of its sketch that stand in another sketch too."""
    sketches = [_sketch(sets.of(text)) for text in texts]
    lengths = np.fromiter(map(len, sketches), np.int64, len(sketches))
    flat = np.concatenate(sketches) if sketches else np.zeros(0, np.uint32)
    shared = _stands_twice(flat)
    for text, length, end in zip(texts, lengths.tolist(), np.cumsum(lengths).tolist(), strict=True):
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
