"""How two versions of a text differ, word by word.

Words are those of the text index, so layout, letter case and punctuation make no difference. Long texts are first cut
at passages that stand once in each (as in Bram Cohen's patience diff); between them Python's `difflib` looks for the
longest equal runs. What is left too long for that counts as replaced as a whole, and the answer says so.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum

from vaughn.fulltext import Token, tokens
from vaughn.model import Span

_ANCHOR = 4  # words that follow each other and stand once in each text
_MAX_PAIRS = 1_000_000  # pairs of words that difflib may compare at once; a quarter of a second at worst
_ALL_PAIRS = 20_000_000  # in all
_MAX_WORDS = 300_000  # of each text; the rest is not compared
_MAX_DEPTH = 40


class RunKind(Enum):
    """What became of a run of words on the way from the first text to the second."""

    EQUAL = "equal"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Run:
    """Words that follow each other and share a fate.

    Args:
        first: Where they stand in the first text; `None` if they were added.
        second: Where they stand in the second text; `None` if they were removed.
    """

    kind: RunKind
    words: int
    first: Span | None
    second: Span | None


@dataclass(frozen=True, slots=True)
class Difference:
    """All words of two texts, as runs in order.

    Args:
        is_coarse: Stretches were too long to be compared word by word, or the end of a text was not compared.
    """

    runs: tuple[Run, ...]
    is_coarse: bool = False

    def count(self, kind: RunKind) -> int:
        """Return how many words share a fate."""
        return sum(run.words for run in self.runs if run.kind is kind)

    @property
    def similarity(self) -> float:
        """The share of all words of both texts that are equal; 1 for two texts without words."""
        equal = 2 * self.count(RunKind.EQUAL)
        total = equal + self.count(RunKind.ADDED) + self.count(RunKind.REMOVED)
        return equal / total if total else 1.0


def difference(first: str, second: str) -> Difference:
    """Return how *second* differs from *first*."""
    one, other = tokens(first), tokens(second)
    is_cut = max(len(one), len(other)) > _MAX_WORDS
    one, other = one[:_MAX_WORDS], other[:_MAX_WORDS]
    comparing = _Comparing([token.term for token in one], [token.term for token in other])
    comparing.compare(_Part(0, len(one), 0, len(other)), depth=0)
    return Difference(tuple(_runs(one, other, comparing.equal)), is_coarse=is_cut or comparing.is_coarse)


@dataclass(frozen=True, slots=True)
class _Part:
    """Words ``a0 .. a1`` of the first text beside ``b0 .. b1`` of the second."""

    a0: int
    a1: int
    b0: int
    b1: int


class _Comparing:
    """Finds equal stretches; `equal` holds (place in the first, place in the second, length) in order."""

    def __init__(self, one: Sequence[str], other: Sequence[str]) -> None:
        self._one, self._other = one, other
        self.equal: list[tuple[int, int, int]] = []
        self.is_coarse = False
        self._left = _ALL_PAIRS

    def compare(self, part: _Part, *, depth: int) -> None:
        head = self._equal_head(part)
        self._found(part.a0, part.b0, head)
        part = _Part(part.a0 + head, part.a1, part.b0 + head, part.b1)
        foot = self._equal_foot(part)
        self._middle(_Part(part.a0, part.a1 - foot, part.b0, part.b1 - foot), depth=depth)
        self._found(part.a1 - foot, part.b1 - foot, foot)

    def _middle(self, part: _Part, *, depth: int) -> None:
        pairs = (part.a1 - part.a0) * (part.b1 - part.b0)
        if not pairs:
            return
        if pairs <= min(_MAX_PAIRS, self._left):
            self._left -= pairs
            self._word_by_word(part)
            return
        anchors = self._anchors(part) if depth < _MAX_DEPTH and self._left > 0 else []
        if not anchors:
            self.is_coarse = True
            return
        a, b = part.a0, part.b0
        for next_a, next_b in [*anchors, (part.a1, part.b1)]:
            if next_a >= a and next_b >= b:
                self.compare(_Part(a, next_a, b, next_b), depth=depth + 1)
                a, b = next_a, next_b
                if (a, b) != (part.a1, part.b1):
                    self._found(a, b, _ANCHOR)
                    a, b = a + _ANCHOR, b + _ANCHOR

    def _word_by_word(self, part: _Part) -> None:
        matcher = SequenceMatcher(None, self._one[part.a0 : part.a1], self._other[part.b0 : part.b1], autojunk=False)
        for match in matcher.get_matching_blocks():
            self._found(part.a0 + match.a, part.b0 + match.b, match.size)

    def _anchors(self, part: _Part) -> list[tuple[int, int]]:
        """Return places of passages that stand once in each part, in an order that both share."""
        once = _places_of_single(self._one, part.a0, part.a1)
        also = _places_of_single(self._other, part.b0, part.b1)
        pairs = sorted((place, also[passage]) for passage, place in once.items() if passage in also)
        return _longest_rising(pairs)

    def _equal_head(self, part: _Part) -> int:
        length = 0
        most = min(part.a1 - part.a0, part.b1 - part.b0)
        while length < most and self._one[part.a0 + length] == self._other[part.b0 + length]:
            length += 1
        return length

    def _equal_foot(self, part: _Part) -> int:
        length = 0
        most = min(part.a1 - part.a0, part.b1 - part.b0)
        while length < most and self._one[part.a1 - 1 - length] == self._other[part.b1 - 1 - length]:
            length += 1
        return length

    def _found(self, a: int, b: int, length: int) -> None:
        if not length:
            return
        if self.equal:
            last_a, last_b, last = self.equal[-1]
            if (last_a + last, last_b + last) == (a, b):
                self.equal[-1] = (last_a, last_b, last + length)
                return
        self.equal.append((a, b, length))


def _places_of_single(words: Sequence[str], first: int, last: int) -> dict[tuple[str, ...], int]:
    places: dict[tuple[str, ...], int] = {}
    for place in range(first, last - _ANCHOR + 1):
        passage = tuple(words[place : place + _ANCHOR])
        places[passage] = -1 if passage in places else place
    return {passage: place for passage, place in places.items() if place >= 0}


def _longest_rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest selection of *pairs* (ascending by the first) that ascends by the second too."""
    ends: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for place, (_, b) in enumerate(pairs):
        length = bisect_left(ends, b)
        before.append(at[length - 1] if length else -1)
        if length == len(ends):
            ends.append(b)
            at.append(place)
        else:
            ends[length], at[length] = b, place
    found: list[tuple[int, int]] = []
    place = at[-1] if at else -1
    while place >= 0:
        found.append(pairs[place])
        place = before[place]
    return found[::-1]


def _runs(one: Sequence[Token], other: Sequence[Token], equal: Sequence[tuple[int, int, int]]) -> Iterator[Run]:
    a = b = 0
    for next_a, next_b, length in [*equal, (len(one), len(other), 0)]:
        if next_a > a:
            yield Run(RunKind.REMOVED, next_a - a, _span(one, a, next_a), None)
        if next_b > b:
            yield Run(RunKind.ADDED, next_b - b, None, _span(other, b, next_b))
        a, b = next_a + length, next_b + length
        if length:
            yield Run(RunKind.EQUAL, length, _span(one, next_a, a), _span(other, next_b, b))


def _span(words: Sequence[Token], first: int, last: int) -> Span:
    return Span(words[first].start, words[last - 1].end)
