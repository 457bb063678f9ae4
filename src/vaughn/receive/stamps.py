"""Which of the numbers in a page's margins is its stamped Bates number.

With a load file: the one with the prefix it speaks of. Without: the prefix whose number grows by one from page to page.
A document number printed on every page of a document does not grow.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from vaughn.model import BatesNumber, read_bates
from vaughn.receive.matching import folded_prefix

# Where a stamp is printed inside a header or footer that the text layer puts in a line of its own.
_EDGE_LINES = 3


def growing_prefixes(pages: Mapping[int, Sequence[str]]) -> Counter[str]:
    """Return how often each folded prefix counts on from the page before, less how often it repeats its number.

    Args:
        pages: Candidates of each page, by page of the file.
    """
    votes: Counter[str] = Counter()
    before: set[tuple[str, int]] = set()
    last = 0
    for number in sorted(pages):
        own = {(folded_prefix(read.prefix), read.number) for read in _read(pages[number])}
        if number == last + 1:
            votes.update({prefix for prefix, value in own if (prefix, value - 1) in before})
            votes.subtract({prefix for prefix, value in own if (prefix, value) in before})
        before, last = own, number
    return votes


def stamped_number(candidates: Sequence[str], label: str | None, growing: Mapping[str, int]) -> str | None:
    """Return which candidate is stamped on the page, `None` if none surely is.

    Args:
        label: What the load file calls the page; a stamp of the same prefix is it, whatever its number says.
        growing: What `growing_prefixes` says, for pages without label.
    """
    own = read_bates(label) if label is not None else None
    if own is not None:
        wanted = folded_prefix(own.prefix)
        same = [text for text in candidates if (read := read_bates(text)) and folded_prefix(read.prefix) == wanted]
        exact = [text for text in same if (read := read_bates(text)) and read.number == own.number]
        return next(iter(exact or same), None)
    ranked = [(growing.get(folded_prefix(read.prefix), 0), str(read)) for read in _read(candidates)]
    best = max(ranked, default=(0, ""), key=lambda pair: pair[0])
    return best[1] if best[0] > 0 else None


def _read(candidates: Sequence[str]) -> list[BatesNumber]:
    """Return the candidates that are numbers with a prefix."""
    return [read for text in candidates if (read := read_bates(text)) is not None and read.prefix]


def stamped_in_text(text: str, label: str) -> str | None:
    """Return the number of *label*'s prefix in the first or last lines of a page's text, its own first."""
    own = read_bates(label)
    if own is None or not own.prefix:
        return None
    lines = [line for line in text.splitlines() if line.strip()]
    edges = "\n".join(lines[:_EDGE_LINES] + lines[-_EDGE_LINES:])
    if label in edges:
        return label
    match = re.search(rf"(?<![A-Za-z0-9]){re.escape(own.prefix)}\d{{{own.width}}}(?!\d)", edges)
    return match[0] if match else None


def stamped_range(first: str | None, last: str | None, *, pages: int) -> tuple[BatesNumber, BatesNumber] | None:
    """Return the range of a document whose first and last page carry these stamps, if they fit its length."""
    begin = read_bates(first) if first else None
    end = read_bates(last) if last else None
    if begin is None or end is None or begin.prefix != end.prefix or end.number - begin.number != pages - 1:
        return None
    return begin, end
