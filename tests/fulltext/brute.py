"""What a query means, by definition: loops over all pairs, one document at a time, nothing clever.

The evaluation over an index is held to this. It shares with it the tree of the query and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeAlias

from vaughn.fulltext.language.tree import (
    And,
    Edge,
    End,
    FieldRange,
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
    Stem,
    Word,
)
from vaughn.fulltext.tokens import tokens

Span: TypeAlias = tuple[int, int]
# Every span of a part of a query, each with the places of words and phrases that make it up, over all ways to get it.
Marked: TypeAlias = dict[Span, set[Span]]
Fits: TypeAlias = Callable[[Node, str], bool]


@dataclass(frozen=True, slots=True)
class Text:
    """The words of one text with their places; a joined word stands beside its halves and is two places wide."""

    words: tuple[tuple[str, int, int], ...]  # term, first place, how many places
    length: int  # words as printed
    by_term: dict[str, list[Span]] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        by_term: dict[str, list[Span]] = {}
        for term, start, width in self.words:
            by_term.setdefault(term, []).append((start, start + width))
        object.__setattr__(self, "by_term", by_term)


def text_of(printed: str) -> Text:
    """Return the words of *printed*; those broken at line ends stand there joined as well."""
    pieces = tokens(printed)
    words = [(piece.term, place, 1) for place, piece in enumerate(pieces)]
    for joined in tokens(printed, joined=True):
        covered = [place for place, piece in enumerate(pieces) if joined.start <= piece.start < joined.end]
        if len(covered) > 1:
            words.append((joined.term, covered[0], len(covered)))
    return Text(tuple(words), len(pieces))


@dataclass(frozen=True, slots=True)
class Document:
    """A document: its text, and a text for each field."""

    text: Text
    fields: Mapping[str, Text] = field(default_factory=dict)


def fits(leaf: Node, term: str) -> bool:
    """Tell whether *leaf* stands for the word *term*. Stems are not known here."""
    match leaf:
        case Word():
            return term == leaf.term
        case Pattern():
            return _pattern(leaf.pattern).fullmatch(term) is not None
        case Fuzzy():
            return term[: leaf.fixed] == leaf.term[: leaf.fixed] and _edits(leaf.term, term) <= leaf.edits
        case NumberRange():
            return term.isascii() and term.isdigit() and leaf.low <= int(term) <= leaf.high
        case _:
            raise ValueError(f"No leaf: {leaf}")


def holds(node: Node, document: Document, fits: Fits = fits) -> bool:
    """Tell whether *document* is an answer to *node*."""
    match node:
        case And():
            return all(holds(part, document, fits) for part in node.parts)
        case Or():
            return any(holds(part, document, fits) for part in node.parts)
        case Not():
            return not holds(node.part, document, fits)
        case InField():
            text = document.fields.get(node.name, Text((), 0))
            return holds(node.part, Document(text), fits)
        case FieldRange():
            raise ValueError("Columns are not known here.")
        case _:
            return bool(spans(node, document.text, fits))


def hits(node: Node, document: Document, fits: Fits = fits) -> set[tuple[str | None, int, int]]:
    """Return the places to be marked in *document*, each with the field it stands in (`None`: the text)."""
    if not holds(node, document, fits):
        return set()
    match node:
        case And() | Or():
            return {place for part in node.parts for place in hits(part, document, fits)}
        case Not():
            return set()
        case InField():
            inside = hits(node.part, Document(document.fields.get(node.name, Text((), 0))), fits)
            return {(node.name, start, end) for _, start, end in inside}
        case _:
            marks = spans(node, document.text, fits).values()
            return {(None, start, end) for places in marks for start, end in places if end > start}


def spans(node: Node, text: Text, fits: Fits = fits) -> Marked:  # noqa: PLR0911 - one for each kind
    """Return every span of *node* in *text*."""
    match node:
        case Word():
            return {place: {place} for place in text.by_term.get(node.term, [])}
        case Pattern() | Fuzzy() | Stem() | NumberRange():
            return {place: {place} for term, places in text.by_term.items() if fits(node, term) for place in places}
        case Edge():
            place = 0 if node.end is End.FIRST else text.length
            return {(place, place): set()}
        case Or():
            found: Marked = {}
            for part in node.parts:
                _merge(found, spans(part, text, fits))
            return found
        case Phrase():
            return _phrase(node, text, fits)
        case Near():
            return _near(node, spans(node.left, text, fits), spans(node.right, text, fits))
        case NotNear():
            left, right = spans(node.left, text, fits), spans(node.right, text, fits)
            return {a: marks for a, marks in left.items() if not any(_touch(a, b, node.distance) for b in right)}
        case _:
            raise ValueError(f"Has no places: {node}")


def is_one_place(node: Node) -> bool:
    """Tell whether a phrase is marked as one place: one of words only, however they are put together."""
    match node:
        case Phrase() | Or():
            return all(is_one_place(part) for part in node.parts)
        case Near() | NotNear():
            return False
        case _:
            return True


def _phrase(node: Phrase, text: Text, fits: Fits) -> Marked:
    found = spans(node.parts[0], text, fits)
    for part in node.parts[1:]:
        longer: Marked = {}
        for (start, end), marks in found.items():
            for (next_start, next_end), next_marks in spans(part, text, fits).items():
                if next_start == end:
                    _merge(longer, {(start, next_end): marks | next_marks})
        found = longer
    return {place: {place} for place in found} if is_one_place(node) else found


def _near(node: Near, left: Marked, right: Marked) -> Marked:
    found: Marked = {}
    for a, a_marks in left.items():
        for b, b_marks in right.items():
            forward = a[1] <= b[0] and b[0] - a[1] + 1 <= node.distance
            backward = b[1] <= a[0] and a[0] - b[1] + 1 <= node.distance and not node.is_ordered
            if forward or backward:
                _merge(found, {(min(a[0], b[0]), max(a[1], b[1])): a_marks | b_marks})
    return found


def _touch(a: Span, b: Span, distance: int) -> bool:
    if a[1] <= b[0]:
        return b[0] - a[1] + 1 <= distance
    if b[1] <= a[0]:
        return a[0] - b[1] + 1 <= distance
    return True  # they overlap


def _merge(into: Marked, more: Marked) -> None:
    for place, marks in more.items():
        into[place] = into.get(place, set()) | marks


@lru_cache(maxsize=10_000)
def _pattern(pattern: str) -> re.Pattern[str]:
    signs = {"*": ".*", "?": ".", "=": "[0-9]"}
    return re.compile("".join(signs.get(letter, re.escape(letter)) for letter in pattern), re.DOTALL)


def _edits(one: str, other: str) -> int:
    """Return how many letters must be put in, left out or exchanged to make *other* of *one*."""
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, start=1):
        before, row[0] = row[0], at
        for place, against in enumerate(other, start=1):
            before, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, before + (letter != against))
    return row[-1]
