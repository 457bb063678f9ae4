"""Which of the numbers in a page's margins is its stamped Bates number.

With a load file: the one with the prefix it speaks of. Without: the prefix whose number grows by one from page to page.
A document number printed on every page of a document does not grow.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from vaughn.model import BatesNumber, read_bates
from vaughn.receive.bates_column import folded_prefix
from vaughn.receive.name_numbers import is_number_prefix

# Where a stamp is printed inside a header or footer that the text layer puts in a line of its own.
_EDGE_LINES = 3


def growing_prefixes(pages: Mapping[int, Sequence[str]]) -> Counter[str]:
    """Return how often each folded prefix counts on from the page before, less how often it repeats its number.

    Nothing grows where only the smaller part of the pages counts on: three stamped exhibits do not stamp a brief.

    Args:
        pages: Candidates of each page, by page of the file; a page without any has an empty list.
    """
    votes: Counter[str] = Counter()
    counting: set[int] = set()
    before: set[tuple[str, int]] = set()
    last = 0
    for number in sorted(pages):
        own = {(folded_prefix(read.prefix), read.number) for read in _read(pages[number])}
        if number == last + 1:
            on = {prefix for prefix, value in own if (prefix, value - 1) in before}
            votes.update(on)
            votes.subtract({prefix for prefix, value in own if (prefix, value) in before})
            counting |= {last, number} if on else set()
        before, last = own, number
    return votes if 2 * len(counting) > len(pages) else Counter()


def stamped_number(
    candidates: Sequence[str],
    label: str | None,
    growing: Mapping[str, int],
    *,
    named: BatesNumber | None = None,
) -> str | None:
    """Return which candidate is stamped on the page, `None` if none surely is.

    Args:
        label: What the load file calls the page; a stamp of the same prefix is it, whatever its number says.
        growing: What `growing_prefixes` says, for pages without label.
        named: Number of this page if the name of its file is the number of the first; a candidate that says
            the same is the stamp.
    """
    own = read_bates(label) if label is not None else None
    if own is not None:
        wanted = folded_prefix(own.prefix)
        same = [text for text in candidates if (read := read_bates(text)) and folded_prefix(read.prefix) == wanted]
        exact = [text for text in same if (read := read_bates(text)) and read.number == own.number]
        return next(iter(exact or same), None)
    ranked = [(growing.get(folded_prefix(read.prefix), 0), str(read)) for read in _read(candidates)]
    vouched = [str(read) for read in _read(candidates) if named is not None and says_same(read, named)]
    if vouched:
        return vouched[0]
    best = max(ranked, default=(0, ""), key=lambda pair: pair[0])
    return best[1] if best[0] > 0 else None


def _read(candidates: Sequence[str]) -> list[BatesNumber]:
    """Return the candidates that may be numbers of a production where no load file says how those look.

    A prefix set apart by a blank is in capitals: ``ICE 0004521``, not ``Vol. 0004521``.
    """
    return [
        read
        for text in candidates
        if (read := read_bates(text)) is not None
        and is_number_prefix(read.prefix)
        and (" " not in read.prefix or read.prefix == read.prefix.upper())
    ]


def says_same(one: BatesNumber, other: BatesNumber) -> bool:
    """Tell whether two numbers are the same but for blanks, dashes and leading zeros."""
    return one.number == other.number and folded_prefix(one.prefix) == folded_prefix(other.prefix)


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


def range_of_stamps(
    stamps: Sequence[str | None], *, named: BatesNumber | None
) -> tuple[BatesNumber, BatesNumber] | None:
    """Return the range of a document from the stamps of all its pages, `None` without enough evidence.

    A series must stand on the first and the last page and on most between. The number that the document's
    name spells counts if its first or last page says the same; if no second page does, it stands for the first alone.

    Args:
        named: What the name of the document spells.
    """
    read = [read_bates(stamp) if stamp else None for stamp in stamps]
    if named is not None:
        agreeing = [at for at, own in enumerate(read) if own is not None and says_same(own, named.shifted(at))]
        if agreeing and (agreeing[0] == 0 or agreeing[-1] == len(read) - 1):
            begin = _printed(read, agreeing[0])
            counted_on = agreeing[-1] > 0 and all(own is None or at in agreeing for at, own in enumerate(read))
            return begin, begin.shifted(len(read) - 1) if counted_on else begin
    found = stamped_range(stamps[0], stamps[-1], pages=len(stamps)) if len(stamps) > 1 else None
    if found is None:
        return None
    fitting = sum(1 for at, own in enumerate(read) if own is not None and says_same(own, found[0].shifted(at)))
    return found if 2 * fitting > len(stamps) else None


def _printed(read: Sequence[BatesNumber | None], at: int) -> BatesNumber:
    """Return the number of the first page, spelled as the stamp at place *at* is."""
    own = read[at]
    if own is None:
        raise ValueError("there is no stamp on that page")
    return own.shifted(-at)
