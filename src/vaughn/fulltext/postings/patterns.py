"""Which entries of a vocabulary a pattern with ``*``, ``?`` and ``=`` stands for, without looking at all of them.

The letters a pattern begins with or ends with are found through the order of the vocabulary; what is left is held
against the whole pattern, one by one or all at once. Each part between two ``*`` is put at the first place that fits,
for good: no pattern costs more than its length times the length of the words.
"""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from vaughn.fulltext.postings.vocabulary import JOINED, Vocabulary
from vaughn.fulltext.segment import Ids, Mask
from vaughn.fulltext.tokens import MAX_TERM_LENGTH

_ANY = "*"
_SIGNS = re.compile(r"([*?=])")
_LETTER = b"(?:[\\x03-\\x09\\x0b-\\x7f]|[\\xc2-\\xf4][\\x80-\\xbf]+)"
# So many entries are held against a pattern one by one as soon as together.
_FEW = 1000
_NO_ENTRY = np.zeros(0, np.int64)


def matching(vocabulary: Vocabulary, pattern: str) -> Ids:
    """Return the entries whose word is as *pattern* says, sorted."""
    pieces = [piece for piece in _SIGNS.split(pattern) if piece]
    if sum(len(piece) for piece in pieces if piece != _ANY) > MAX_TERM_LENGTH:
        return _NO_ENTRY
    literals = [piece.encode() if not _SIGNS.match(piece) else b"" for piece in pieces]
    head, tail = literals[0], literals[-1]
    match pieces:
        case [_] if head:
            return _numbers(vocabulary.all_of(head))
        case [_, "*"] if head:
            return _numbers(vocabulary.beginning_with(head))
        case ["*", _] if tail:
            return np.sort(vocabulary.ending_with(tail))
        case ["*", _, "*"] if literals[1]:
            return vocabulary.holding(literals[1], range(len(vocabulary)))
    return _verified(vocabulary, pieces, literals)


def _verified(vocabulary: Vocabulary, pieces: list[str], literals: list[bytes]) -> Ids:
    """Return the matches among the entries that begin or end as the pattern does, whichever are fewer."""
    within = vocabulary.beginning_with(literals[0])
    if pieces[0] == "=":
        within = range(vocabulary.beginning_with(b"0").start, vocabulary.beginning_with(b"9").stop)
    if literals[-1]:
        ending = vocabulary.ending_with(literals[-1])
        if len(ending) < min(len(within), _FEW):
            return _those_that_fit(vocabulary, np.sort(ending), pieces)
    if len(within) < _FEW:
        return _those_that_fit(vocabulary, _numbers(within), pieces)
    wide = vocabulary.beyond_ascii()
    wide = wide[slice(*np.searchsorted(wide, [within.start, within.stop]))]
    plain = _plain_that_fit(vocabulary, within, _parts(pieces))
    plain = plain[~np.isin(plain, wide)]
    return np.sort(np.concatenate([plain, _those_that_fit(vocabulary, wide, pieces)]))


def _those_that_fit(vocabulary: Vocabulary, numbers: Ids, pieces: list[str]) -> Ids:
    fits = _expression(pieces).fullmatch
    return np.array([number for number in numbers.tolist() if fits(vocabulary[number])], np.int64)


def _expression(pieces: list[str]) -> re.Pattern[bytes]:
    signs = {"?": _LETTER, "=": b"[0-9]"}
    parts = [b"".join(signs.get(piece) or re.escape(piece.encode()) for piece in part) for part in _parts(pieces)]
    middle = b"".join(b"(?>.*?" + part + b")" for part in parts[1:-1] if part)
    ending = b".*" + parts[-1] if len(parts) > 1 else b""
    return re.compile(parts[0] + middle + ending + JOINED + b"*")


def _parts(pieces: list[str]) -> list[list[str]]:
    """Return what stands between the ``*`` of a pattern; one part where it has none."""
    parts: list[list[str]] = [[]]
    for piece in pieces:
        if piece == _ANY:
            parts.append([])
        else:
            parts[-1].append(piece)
    return parts


def _plain_that_fit(vocabulary: Vocabulary, within: range, parts: list[list[str]]) -> Ids:
    """Return the entries in *within* that are as the pattern says, if all their letters are of one byte."""
    letters, begins, ends = vocabulary.spelled(within)
    first, *between = (_places(letters, part) for part in parts)
    sizes = [sum(map(len, part)) for part in parts]
    if not between:
        return np.flatnonzero((ends - begins == sizes[0]) & first[begins]) + within.start
    # The first part stands at the beginning, the last at the end, each other one at the first place that is left.
    kept = np.flatnonzero(first[begins] & (ends - begins >= sizes[0] + sizes[-1]))
    reached = begins[kept] + sizes[0]
    for fits, size in zip(between[:-1], sizes[1:-1], strict=True):
        places = np.append(np.flatnonzero(fits), len(letters))
        found = places[np.searchsorted(places, reached)] + size
        is_inside = found <= ends[kept]
        kept, reached = kept[is_inside], found[is_inside]
    last = ends[kept] - sizes[-1]
    return kept[(last >= reached) & between[-1][last]] + within.start


def _places(letters: NDArray[np.uint8], part: list[str]) -> Mask:
    """Tell for each place of *letters* whether *part* stands there, but for ``?``: whoever asks looks at the length."""
    fits = np.ones(len(letters), np.bool_)
    offset = 0
    for piece in part:
        for letter in piece.encode():
            there = letters[offset:]
            if piece == "=":
                fits[: len(there)] &= (there >= ord("0")) & (there <= ord("9"))
            elif piece != "?":
                fits[: len(there)] &= there == letter
            offset += 1
    fits[max(len(fits) - offset + 1, 0) :] = False
    return fits


def _numbers(found: range) -> Ids:
    return np.arange(found.start, found.stop)
