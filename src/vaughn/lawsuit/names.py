"""Whom a name means: exact, by another name, by a known misspelling, or nearly.

Spelling variants are found by counting single slips (a letter too many, too few, wrong, or two exchanged).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from vaughn.lawsuit.values import Named

# One slip in five letters, two in ten; shorter words are too easily another word.
MIN_NEAR_LETTERS = 5
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_INITIAL = 2
# Words that tell no name from another.
_COMMON = {
    "the", "of", "and", "for", "a", "an", "in", "to", "on", "by", "de", "la", "u", "s", "us", "united", "states",
    "department", "office", "court",
}  # fmt: skip


class MatchedBy(Enum):
    """How a name was found; the surest first."""

    NAME = "name"
    ALIAS = "also called"
    MISSPELLING = "known misspelling"
    PART = "part of the name"
    NEAR = "nearly the name"


@dataclass(frozen=True, slots=True)
class NameMatch:
    """Somebody whom a text can mean.

    Args:
        spelling: The registered spelling that matched.
    """

    named: Named
    by: MatchedBy
    spelling: str


def folded_name(text: str) -> str:
    """Return *text* without accents, punctuation, and upper case, one blank between words."""
    return " ".join(words_of(text))


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of *text*, folded."""
    plain = "".join(
        letter for letter in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(letter)
    )
    return tuple(word.replace("'", "").replace("’", "") for word in _WORD.findall(plain))


def matches(text: str, known: Iterable[Named]) -> tuple[NameMatch, ...]:
    """Return everybody whom *text* can mean, only the surest way of matching."""
    wanted = folded_name(text)
    if not wanted:
        return ()
    everybody = tuple(known)
    for by in MatchedBy:
        found = tuple(
            NameMatch(named, by, spelling)
            for named in everybody
            if (spelling := _spelling(wanted, named, by)) is not None
        )
        if found:
            return found
    return ()


def _spelling(wanted: str, named: Named, by: MatchedBy) -> str | None:
    """Return the spelling of *named* that matches *wanted* in the way *by*."""
    spellings = _spellings(named, by)
    if by is MatchedBy.PART:
        parts = set(wanted.split())
        is_alike = not parts <= _COMMON and max(map(len, parts)) > _INITIAL
        return next((one for one in spellings if is_alike and parts <= set(words_of(one))), None)
    if by is MatchedBy.NEAR:
        return next((one for one in spellings if _is_near_name(wanted, folded_name(one))), None)
    return next((one for one in spellings if folded_name(one) == wanted), None)


def _spellings(named: Named, by: MatchedBy) -> Iterator[str]:
    if by is MatchedBy.ALIAS:
        yield from named.other_names
    elif by is MatchedBy.MISSPELLING:
        yield from named.misspellings
    else:
        yield named.title
        if by is not MatchedBy.NAME:
            yield from named.other_names


def _is_near_name(one: str, other: str) -> bool:
    if is_near(one, other):
        return True
    # A surname alone, with a slip in it.
    return " " not in one and any(is_near(one, word) for word in other.split() if word not in _COMMON)


def is_near(one: str, other: str) -> bool:
    """Tell whether two different folded texts are one text but for a slip or two."""
    shorter = min(len(one), len(other))
    if one == other or shorter < MIN_NEAR_LETTERS:
        return False
    allowed = 1 if shorter < 2 * MIN_NEAR_LETTERS else 2
    return slips(one, other, at_most=allowed) <= allowed


def slips(one: str, other: str, *, at_most: int) -> int:
    """Return how many single slips make *other* of *one*; a number above *at_most* means "more"."""
    if abs(len(one) - len(other)) > at_most:
        return at_most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for here, letter in enumerate(one, 1):
        current = [here]
        for there, against in enumerate(other, 1):
            cost = min(row[there] + 1, current[-1] + 1, row[there - 1] + (letter != against))
            exchanged = here > 1 and there > 1 and letter == other[there - 2] and one[here - 2] == against
            current.append(min(cost, before[there - 2] + 1) if exchanged else cost)
        if min(current) > at_most:
            return at_most + 1
        before, row = row, current
    return row[-1]
