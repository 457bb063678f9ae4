"""Random nested questions about a text: words, phrases and patterns taken from it, so that many have answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from tests.fulltext.brute import Document
from vaughn.fulltext.language.tree import (
    And,
    Edge,
    End,
    Fuzzy,
    InField,
    Near,
    Node,
    Not,
    NotNear,
    NumberRange,
    Or,
    Pattern,
    Phrase,
    Word,
)

DISTANCES = (1, 1, 2, 3, 3, 5, 5, 8, 10, 15, 25, 50, 200)


@dataclass(frozen=True, slots=True)
class Kinds:
    """What may be in a question; weights of nothing but whole numbers."""

    not_near: bool = True
    edges: bool = True
    fuzzy: bool = True
    fields: bool = True
    numbers: bool = True
    nested_near: bool = True


class RandomQueries:
    """Makes questions about *documents*."""

    def __init__(self, documents: Sequence[Document], random: Random, *, kinds: Kinds | None = None) -> None:
        """Count the words of *documents*."""
        self._random = random
        self._kinds = kinds or Kinds()
        self._printed = [
            [term for term, _, width in sorted(document.text.words, key=lambda word: word[1]) if width == 1]
            for document in documents
        ]
        self._printed = [words for words in self._printed if words] or [["nothing"]]
        counted = Counter(word for words in self._printed for word in words).most_common()
        by_rank = [word for word, _ in counted]
        # Frequent, middling and rare words come up equally often.
        edges = (0, min(20, len(by_rank)), min(300, len(by_rank)), len(by_rank))
        self._strata = [by_rank[low:high] for low, high in pairwise(edges) if high > low]
        self._fields = sorted({name for document in documents for name in document.fields})
        self._field_words = {
            name: sorted({word for document in documents if name in document.fields
                          for word, _, _ in document.fields[name].words}) or ["nothing"]
            for name in self._fields
        }  # fmt: skip

    def question(self, *, depth: int = 3) -> Node:
        """Return a whole question, at the level of documents."""
        return self._whole(depth, self._around())

    def placed(self, *, depth: int = 3) -> Node:
        """Return a question that is about places only."""
        return self._placed(depth, self._around())

    def _around(self) -> list[str]:
        """Return some words that stand together somewhere."""
        words = self._random.choice(self._printed)
        first = self._random.randrange(len(words))
        return words[first : first + 40]

    def _whole(self, depth: int, around: list[str]) -> Node:
        kind = self._random.random()
        if depth <= 0 or kind < 0.55:
            return self._placed(depth, around)
        if kind < 0.7:
            return And(self._parts(depth, around, negated=True))
        if kind < 0.85:
            return Or(self._parts(depth, around))
        if kind < 0.92 and self._kinds.fields and self._fields:
            name = self._random.choice(self._fields)
            return InField(name, self._in_field(self._field_words[name]))
        return Not(self._whole(depth - 1, around))

    def _parts(self, depth: int, around: list[str], *, negated: bool = False) -> tuple[Node, ...]:
        parts = [self._whole(depth - 1, around) for _ in range(self._random.choice((2, 2, 3)))]
        if negated and self._random.random() < 0.3:
            parts[-1] = Not(parts[-1])
        return tuple(parts)

    def _in_field(self, words: list[str]) -> Node:
        one, other = Word(self._random.choice(words)), Word(self._random.choice(words))
        return self._random.choice(
            (one, Or((one, other)), And((one, Not(other))), Near(one, other, 5), Phrase((one, other)))
        )

    def _placed(self, depth: int, around: list[str]) -> Node:
        kind = self._random.random()
        if depth <= 0 or kind < 0.2:
            return self._leaf(around)
        if kind < 0.35:
            return self._phrase(around)
        if kind < 0.48:
            return Or(tuple(self._placed(depth - 1, around) for _ in range(self._random.choice((2, 2, 3)))))
        inner = depth - 1 if self._kinds.nested_near else 0
        left, right = self._side(inner, around), self._side(inner, around)
        distance = self._random.choice(DISTANCES)
        if kind < 0.62 and self._kinds.not_near:
            return NotNear(left, right, distance)
        return Near(left, right, distance, is_ordered=self._random.random() < 0.35)

    def _side(self, depth: int, around: list[str]) -> Node:
        if self._kinds.edges and self._random.random() < 0.06:
            return Edge(self._random.choice((End.FIRST, End.LAST)))
        if not self._kinds.nested_near:
            return self._random.choice((self._leaf, self._leaf, self._phrase, self._either))(around)
        return self._placed(depth, around)

    def _either(self, around: list[str]) -> Node:
        return Or((self._leaf(around), self._random.choice((self._leaf, self._phrase))(around)))

    def _phrase(self, around: list[str]) -> Node:
        first, length = self._random.randrange(len(around)), self._random.choice((2, 2, 3, 4))
        parts: list[Node] = [Word(word) for word in around[first : first + length]]
        changed = self._random.randrange(len(parts))
        if self._random.random() < 0.2:
            parts[changed] = self._pattern(parts[changed].term)
        elif self._random.random() < 0.15:
            parts[changed] = Or((parts[changed], self._leaf(around)))
        elif self._random.random() < 0.05 and self._kinds.nested_near:
            parts[changed] = Near(parts[changed], self._leaf(around), 3)
        return Phrase(tuple(parts)) if len(parts) > 1 else parts[0]

    def _leaf(self, around: list[str]) -> Node:
        word = self._word(around)
        kind = self._random.random()
        if kind < 0.7:
            return Word(word)
        if kind < 0.9:
            return self._pattern(word)
        if kind < 0.95 and self._kinds.fuzzy:
            return Fuzzy(word, self._random.choice((1, 1, 2)), fixed=self._random.randrange(min(3, len(word))))
        if not self._kinds.numbers:
            return Word(word)
        low = self._random.choice((0, 1, 10, 1980, 1986))
        return NumberRange(low, low + self._random.choice((0, 5, 100)))

    def _word(self, around: list[str]) -> str:
        if self._random.random() < 0.65:
            return self._random.choice(around)
        return self._random.choice(self._random.choice(self._strata))

    def _pattern(self, word: str) -> Node:
        cut = self._random.randrange(len(word))
        forms = [word[: max(cut, 1)] + "*", "*" + word[min(cut, len(word) - 1) :], word[:cut] + "?" + word[cut + 1 :]]
        if len(word) > 2:
            forms.append(word[0] + "*" + word[-1])
            forms.append("*" + word[1:-1] + "*")
        if any(letter in "0123456789" for letter in word):
            forms.append("".join("=" if letter in "0123456789" else letter for letter in word))
        return Pattern(self._random.choice(forms))
