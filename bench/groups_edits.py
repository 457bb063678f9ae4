"""Changed versions of texts, as they come about in records: misread, redacted, forwarded, added to."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

_MISREAD = {"l": "1", "o": "0", "e": "c", "i": "l", "m": "rn", "n": "ri", "s": "5", "a": "o", "t": "f", "h": "b"}
_CODES = ("(b)(5)", "(b)(6)", "b7C", "[redacted]", "")
_HEADER = (
    "From: Records Office Sent: Monday, 7 March 2011 9:14 AM To: FOIA Intake Subject: FW: responsive records, "
    "second part Importance: High see below and keep with the others"
)


@dataclass(frozen=True, slots=True)
class Version:
    """A changed text: what was done to it and how strongly."""

    kind: str
    strength: float
    text: str


def misread(text: str, strength: float, chance: random.Random) -> str:
    """Return *text* as poor OCR reads it: *strength* of its words have a wrong letter."""
    return " ".join(_misread_word(word, chance) if chance.random() < strength else word for word in text.split(" "))


def _misread_word(word: str, chance: random.Random) -> str:
    places = [place for place, letter in enumerate(word) if letter.lower() in _MISREAD]
    if not places:
        return word
    place = chance.choice(places)
    return word[:place] + _MISREAD[word[place].lower()] + word[place + 1 :]


def redacted(text: str, strength: float, chance: random.Random) -> str:
    """Return *text* with runs of words taken out, *strength* of all words together, some with a code instead."""
    words = text.split(" ")
    kept = [True] * len(words)
    left = int(strength * len(words))
    while left > 0:
        length = min(left, chance.randint(1, 25))
        start = chance.randrange(max(1, len(words) - length))
        kept[start : start + length] = [False] * length
        left -= length
    result: list[str] = []
    for place, word in enumerate(words):
        if kept[place]:
            result.append(word)
        elif place == 0 or kept[place - 1]:
            result.append(chance.choice(_CODES))
    return " ".join(result)


def headed(text: str, strength: float, chance: random.Random) -> str:
    """Return *text* below the header of a message that passes it on, said *strength* times over."""
    head = _HEADER.split(" ")
    return " ".join(chance.sample(head, len(head)) * round(strength)) + "\n\n" + text


def added_to(text: str, strength: float, chance: random.Random, *, other: str) -> str:
    """Return *text* with a passage of *other* put in, *strength* of its length."""
    words, more = text.split(" "), other.split(" ")
    count = int(strength * len(words))
    start = chance.randrange(max(1, len(more) - count))
    place = chance.randrange(len(words) + 1)
    return " ".join([*words[:place], *(more[start:] + more[:start])[:count], *words[place:]])


def cut(text: str, strength: float, chance: random.Random) -> str:
    """Return *text* without one passage, *strength* of its length: an earlier draft."""
    words = text.split(" ")
    count = int(strength * len(words))
    start = chance.randrange(len(words) - count + 1)
    return " ".join(words[:start] + words[start + count :])


Change = Callable[[str, float, random.Random], str]
STRENGTHS: dict[str, tuple[float, ...]] = {
    "misread words": (0.02, 0.05, 0.1, 0.2),
    "redacted": (0.05, 0.15, 0.3, 0.5),
    "header added": (1, 2),
    "passage added": (0.1, 0.3, 0.6, 1.0),
    "passage cut": (0.1, 0.3, 0.5),
}
_CHANGES: dict[str, Change] = {
    "misread words": misread,
    "redacted": redacted,
    "header added": headed,
    "passage cut": cut,
}


def versions(text: str, chance: random.Random, *, others: Sequence[str]) -> Iterator[Version]:
    """Return *text* changed in every way and strength."""
    for kind, strengths in STRENGTHS.items():
        for strength in strengths:
            if kind == "passage added":
                made = added_to(text, strength, chance, other=chance.choice(others))
            else:
                made = _CHANGES[kind](text, strength, chance)
            yield Version(kind, strength, made)
