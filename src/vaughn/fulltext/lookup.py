"""What the parts of one query stand for in one text, each looked up once: terms, how many places, which documents."""

from __future__ import annotations

import numpy as np

from vaughn.fulltext.holding import every_document, those_in_all, those_in_any
from vaughn.fulltext.language.tree import (
    And,
    Edge,
    Fuzzy,
    Near,
    Node,
    NotNear,
    NumberRange,
    Or,
    Pattern,
    Phrase,
    Stem,
    Word,
)
from vaughn.fulltext.segment import Holders, Ids, Leaf, Words

LEAVES = (Word, Pattern, Fuzzy, Stem, NumberRange)


class Lookup:
    """One text of a segment, with what was looked up in it for one query."""

    def __init__(self, words: Words) -> None:
        """Look up nothing yet."""
        self.words = words
        self.size = len(words.starts) - 1
        # By identity, with the part itself so that it stays: comparing nested parts takes longer than looking them up.
        self._terms: dict[int, tuple[Leaf, Ids]] = {}
        self._places: dict[int, tuple[Leaf, int]] = {}
        self._supersets: dict[int, tuple[Node, Holders]] = {}

    def terms(self, leaf: Leaf) -> Ids:
        """Return what *leaf* stands for."""
        known = self._terms.get(id(leaf))
        if known is None:
            known = self._terms[id(leaf)] = (leaf, self.words.expand(leaf))
        return known[1]

    def place_count(self, leaf: Leaf) -> int:
        """Return in how many places *leaf* stands."""
        known = self._places.get(id(leaf))
        if known is None:
            known = self._places[id(leaf)] = (leaf, int(self.words.place_counts(self.terms(leaf)).sum()))
        return known[1]

    def superset(self, node: Node) -> Holders:
        """Return documents that hold the words *node* needs: exactly the answer for a word, or more for the rest."""
        known = self._supersets.get(id(node))
        if known is None:
            known = self._supersets[id(node)] = (node, self._superset(node))
        return known[1]

    def _superset(self, node: Node) -> Holders:
        match node:
            case Phrase():
                return those_in_all([self.superset(part) for part in node.parts])
            case Near():
                return those_in_all((self.superset(node.left), self.superset(node.right)))
            case NotNear():
                return self.superset(node.left)
            case Or():
                sets = [self.superset(part) for part in node.parts if not isinstance(part, LEAVES)]
                terms = [self.terms(part) for part in node.parts if isinstance(part, LEAVES)]
                if terms:
                    sets.append(self.words.holders_of(np.unique(np.concatenate(terms))))
                return those_in_any(sets, size=self.size)
            case _ if isinstance(node, LEAVES):
                return self.words.holders_of(self.terms(node))
            case _:
                return every_document(self.size)

    def cost(self, node: Node) -> int:
        """Return about how many places must be looked at to prove *node*."""
        match node:
            case Phrase() | Or() | And():
                return sum(self.cost(part) for part in node.parts)
            case Near() | NotNear():
                return self.cost(node.left) + self.cost(node.right)
            case Edge():
                return self.size
            case _ if isinstance(node, LEAVES):
                return self.place_count(node)
            case _:
                return 0

    def weight(self, node: Node) -> int:
        """Return about how many places *node* has: those of its rarest word, or of its words together."""
        match node:
            case Or():
                return sum(self.weight(part) for part in node.parts)
            case Phrase():
                return min(self.weight(part) for part in node.parts)
            case Near():
                return min(self.weight(node.left), self.weight(node.right))
            case NotNear():
                return self.weight(node.left)
            case Edge():
                return self.size
            case _ if isinstance(node, LEAVES):
                return self.place_count(node)
            case _:
                raise TypeError(f"{type(node).__name__} has no places; the tree is not in normal form.")
