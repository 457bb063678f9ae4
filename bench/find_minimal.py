"""How Lucene reads a nested query: by shortest intervals, not by all pairs. Written out in loops.

Every source of Lucene's intervals (``org.apache.lucene.queries.intervals``, 8.x) yields only intervals that hold no
other one of its own. So ``(a w/6 b) w/2 c`` is not found in ``a x b x x b x c``: the `a` was used up by the nearer `b`.
Under a nearness in either order, which is an alternative of the two orders, alternatives further inside are pulled up
to the front first, those one word wide kept together; a limit on the distance, and an opposite, stop that.
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


def sources(node: Node, text: Text, fits: Fits, *, is_pulled_up: bool = False) -> list[Source]:
    """Return the alternatives of *node*: one, unless they are pulled up."""
    match node:
        case Or():
            found = [source for part in node.parts for source in sources(part, text, fits, is_pulled_up=True)]
            return found if is_pulled_up else [_shortest(found)]
        case Phrase():
            parts = [_split(sources(part, text, fits, is_pulled_up=is_pulled_up)) for part in node.parts]
            return [_in_a_row([source.intervals for source in chosen]) for chosen in product(*parts)]
        case Near():
            left = _split(sources(node.left, text, fits, is_pulled_up=not node.is_ordered))
            right = _split(sources(node.right, text, fits, is_pulled_up=not node.is_ordered))
            gaps: dict[Span, int] = {}
            for a, b in product(left, right):
                for first, second in ((a, b),) if node.is_ordered else ((a, b), (b, a)):
                    for span, gap in _ordered(first.intervals, second.intervals).items():
                        gaps[span] = min(gap, gaps.get(span, gap))
            shortest = _shortest([Source(tuple(gaps), is_one_word=False)]).intervals
            return [Source(tuple(span for span in shortest if gaps[span] < node.distance), is_one_word=False)]
        case NotNear():
            (left_source,) = sources(node.left, text, fits) or [Source((), is_one_word=True)]
            forbidden = [span for source in sources(node.right, text, fits) for span in source.intervals]
            kept = tuple(a for a in left_source.intervals if not _touches(a, forbidden, node.distance))
            return [Source(kept, left_source.is_one_word)]
        case _:
            return [Source(tuple(sorted(spans(node, text, fits))), is_one_word=True)]


def _shortest(alternatives: list[Source]) -> Source:
    """Return all intervals together, without those that hold another."""
    every = sorted({span for source in alternatives for span in source.intervals}, key=lambda span: (-span[0], span[1]))
    found: list[Span] = []
    for span in every:  # from the last start on: what ends no earlier than one already there holds it
        if not found or span[1] < found[-1][1]:
            found.append(span)
    return Source(tuple(reversed(found)), all(source.is_one_word for source in alternatives))


def _split(alternatives: list[Source]) -> list[Source]:
    words = {span for source in alternatives if source.is_one_word for span in source.intervals}
    longer = [source for source in alternatives if not source.is_one_word]
    if any(source.is_one_word for source in alternatives):
        return [Source(tuple(sorted(words)), is_one_word=True), *longer]
    return longer


def _ordered(lefts: tuple[Span, ...], rights: tuple[Span, ...]) -> dict[Span, int]:
    """Return the shortest intervals from a left to a later right, each with the number of words between the two."""
    # Before each right the last left; of those with the same left the first: nothing shorter lies inside.
    last = [(max((a for a in lefts if a[1] <= b[0]), default=None), b) for b in sorted(rights)]
    shortest: dict[Span, Span] = {}
    for a, b in last:
        if a is not None:
            shortest.setdefault(a, b)
    return {(a[0], b[1]): b[0] - a[1] for a, b in shortest.items()}


def _in_a_row(parts: list[tuple[Span, ...]]) -> Source:
    found = set(parts[0])
    for part in parts[1:]:
        found = {(a[0], b[1]) for a in found for b in part if a[1] == b[0]}
    return Source(tuple(sorted(found)), is_one_word=False)


def _touches(a: Span, forbidden: list[Span], distance: int) -> bool:
    return any(b[0] <= a[1] + distance - 1 and b[1] >= a[0] - distance + 1 for b in forbidden)
