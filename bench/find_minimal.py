"""How Lucene reads a nested query: by shortest intervals, not by all pairs. Written out in loops.

Every source of Lucene's intervals (``org.apache.lucene.queries.intervals``, 8.x) yields only intervals that hold no
other one of its own; alternatives inside are pulled up to the front first, those one word wide kept together. So
``(a w/6 b) w/2 c`` is not found in ``a x b x x b x c``: the `a` was used up by the nearer `b`.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from tests.fulltext.brute import Document, Fits, Span, Text, spans
from vaughn.fulltext.language.tree import And, Near, Node, Not, NotNear, Or, Phrase


@dataclass(frozen=True, slots=True)
class Source:
    """One alternative: its intervals, none of which holds another, in order."""

    intervals: tuple[Span, ...]
    is_one_word: bool


def holds(node: Node, document: Document, fits: Fits) -> bool:
    """Tell whether Lucene finds *document*."""
    match node:
        case And():
            return all(holds(part, document, fits) for part in node.parts)
        case Or():
            return any(holds(part, document, fits) for part in node.parts)
        case Not():
            return not holds(node.part, document, fits)
        case _:
            return any(source.intervals for source in sources(node, document.text, fits))


def sources(node: Node, text: Text, fits: Fits) -> list[Source]:
    """Return the alternatives of *node*."""
    match node:
        case Or():
            return [source for part in node.parts for source in sources(part, text, fits)]
        case Phrase():
            parts = [_split(sources(part, text, fits)) for part in node.parts]
            return [_in_a_row([source.intervals for source in chosen]) for chosen in product(*parts)]
        case Near():
            left, right = _split(sources(node.left, text, fits)), _split(sources(node.right, text, fits))
            found = [_ordered(a.intervals, b.intervals, node.distance) for a, b in product(left, right)]
            if not node.is_ordered:
                found += [_ordered(b.intervals, a.intervals, node.distance) for a, b in product(left, right)]
            return found
        case NotNear():
            forbidden = [span for source in sources(node.right, text, fits) for span in source.intervals]
            return [
                Source(
                    tuple(a for a in source.intervals if not _touches(a, forbidden, node.distance)), source.is_one_word
                )
                for source in _split(sources(node.left, text, fits))
            ]
        case _:
            return [Source(tuple(sorted(spans(node, text, fits))), is_one_word=True)]


def _split(alternatives: list[Source]) -> list[Source]:
    words = {span for source in alternatives if source.is_one_word for span in source.intervals}
    longer = [source for source in alternatives if not source.is_one_word]
    if any(source.is_one_word for source in alternatives):
        return [Source(tuple(sorted(words)), is_one_word=True), *longer]
    return longer


def _ordered(lefts: tuple[Span, ...], rights: tuple[Span, ...], distance: int) -> Source:
    """Return the shortest intervals from a left to a later right, then those of them with few words between."""
    # Before each right the last left; of those with the same left the first: nothing shorter lies inside.
    last = [(max((a for a in lefts if a[1] <= b[0]), default=None), b) for b in sorted(rights)]
    shortest: dict[Span, Span] = {}
    for a, b in last:
        if a is not None:
            shortest.setdefault(a, b)
    near = [(a, b) for a, b in shortest.items() if b[0] - a[1] + 1 <= distance]
    return Source(tuple(sorted((a[0], b[1]) for a, b in near)), is_one_word=False)


def _in_a_row(parts: list[tuple[Span, ...]]) -> Source:
    found = set(parts[0])
    for part in parts[1:]:
        found = {(a[0], b[1]) for a in found for b in part if a[1] == b[0]}
    return Source(tuple(sorted(found)), is_one_word=False)


def _touches(a: Span, forbidden: list[Span], distance: int) -> bool:
    return any(b[0] <= a[1] + distance - 1 and b[1] >= a[0] - distance + 1 for b in forbidden)
