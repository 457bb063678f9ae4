"""What one run of typed letters looks for: words, or a word with signs in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vaughn.fulltext.language.errors import QueryError, Suggestion, shown
from vaughn.fulltext.language.tree import At, Fuzzy, Node, NumberRange, Pattern, Phrase, Stem, Word
from vaughn.fulltext.tokens import MAX_TERM_LENGTH, folded, tokens

ALL_SIGNS = "*?=~%"
WILDCARDS = "*?="
MAX_EDITS = 10
_MAX_DIGITS = 18  # what fits into 64 bits
_PLAIN_WORD = re.compile(r"[A-Za-z0-9]+")
_RANGE = re.compile(r"[^\w~]*(\d+)~~(\d+)[^\w~]*")
_CHUNK = re.compile(r"\S+")
_STARS = re.compile(r"\*+")


@dataclass(slots=True)
class _Cut:
    """One word with signs, being cut."""

    letters: list[str]
    start: int
    end: int

    @property
    def at(self) -> At:
        return At(self.start, self.end)


def leaves(raw: str, offset: int, *, signs: str = ALL_SIGNS) -> list[Node]:
    """Return what *raw* looks for, word by word, as the index cuts words; *offset* is where it was typed.

    Raises:
        QueryError: If its signs cannot be read.
    """
    if _PLAIN_WORD.fullmatch(raw):
        return [Word(raw.lower()[:MAX_TERM_LENGTH], At(offset, offset + len(raw)))]
    if not any(sign in raw for sign in signs):
        return [Word(token.term, At(offset + token.start, offset + token.end)) for token in tokens(raw)]
    found: list[Node] = []
    for chunk in _CHUNK.finditer(raw):
        piece, start = chunk.group(), offset + chunk.start()
        if "~~" in piece and "~" in signs:
            found.append(_number_range(piece, start))
        else:
            found += [_leaf(cut) for cut in _cuts(piece, start, signs)]
    return found


def phrase(parts: list[Node]) -> Node:
    """Return *parts*, one at least, as one thing that is looked for."""
    if len(parts) == 1:
        return parts[0]
    return Phrase(tuple(parts), At(parts[0].at.start, parts[-1].at.end))


def _cuts(chunk: str, offset: int, signs: str) -> list[_Cut]:
    cuts: list[_Cut] = []
    is_open = False
    for place, letter in enumerate(chunk, start=offset):
        for piece in letter if letter in signs else folded(letter):
            if piece == " ":
                is_open = False
                continue
            if not is_open:
                cuts.append(_Cut([], place, place + 1))
                is_open = True
            cuts[-1].letters.append(piece)
            cuts[-1].end = place + 1
    return cuts


def _leaf(cut: _Cut) -> Node:
    text = "".join(cut.letters)
    kinds = {"*" if sign in WILDCARDS else sign for sign in ALL_SIGNS if sign in text}
    if len(kinds) > 1:
        raise QueryError(
            f"{shown(text)} mixes signs that cannot stand in one word.",
            at=cut.at,
            hint="Use either * ? = (letters left open), ~ (other forms of the word) or % (spelled alike).",
        )
    if kinds and len(text) > MAX_TERM_LENGTH:
        raise QueryError(
            f"A word with signs is longer than {MAX_TERM_LENGTH} characters.", at=cut.at, hint="Make it shorter."
        )
    if "*" in kinds:
        return _pattern(text, cut.at)
    if "~" in kinds:
        return _stem(text, cut.at)
    return _fuzzy(text, cut.at) if kinds else Word(text[:MAX_TERM_LENGTH], cut.at)


def _pattern(text: str, at: At) -> Pattern:
    short = _STARS.sub("*", text)
    if short == "*":
        raise QueryError(
            "* stands alone: every word would be found.",
            at=at,
            hint="Put * into or at the end of a word, or use w/N for words with others between them.",
        )
    return Pattern(short, at)


def _stem(text: str, at: At) -> Stem:
    if text.endswith("~") and text.count("~") == 1 and len(text) > 1:
        return Stem(text[:-1], at)
    raise QueryError(
        "~ stands once, at the end of a word.", at=at, hint="apply~ finds apply, applies, applied; 12~~24 a number."
    )


def _fuzzy(text: str, at: At) -> Fuzzy:
    term, edits, fixed = text.replace("%", ""), text.count("%"), text.index("%")
    if not term:
        raise QueryError("% stands alone.", at=at, hint="ba%nana finds words spelled like banana that begin with ba.")
    if fixed == len(term) and term.isdecimal():
        raise QueryError(
            f"{shown(text)} may be a percentage or a number spelled alike.",
            at=at,
            hint="The sign % is no word: leave it out to look for the number.",
            suggestions=(Suggestion(term, at),),
        )
    if edits > MAX_EDITS:
        raise QueryError(f"More than {MAX_EDITS} letters may differ.", at=at, hint="Use fewer % signs.")
    return Fuzzy(term, edits, fixed, at)


def _number_range(piece: str, offset: int) -> NumberRange:
    at = At(offset, offset + len(piece))
    found = _RANGE.fullmatch(piece)
    if not found:
        raise QueryError(
            f"{shown(piece)} is no range of whole numbers.",
            at=at,
            hint="Write 12~~24; days: date contains (2010-01-01~~2010-12-31); Bates numbers: bates contains (A~~B).",
        )
    if max(map(len, found.groups())) > _MAX_DIGITS:
        raise QueryError(f"A number has more than {_MAX_DIGITS} digits.", at=at, hint="Look for it as a word.")
    low, high = (int(number) for number in found.groups())
    if low > high:
        raise QueryError(
            f"The range {low}~~{high} begins after its end.",
            at=at,
            hint="Write the smaller number first.",
            suggestions=(Suggestion(f"{high}~~{low}", at),),
        )
    return NumberRange(low, high, at)
