"""Which entries of a vocabulary a pattern with ``*``, ``?`` and ``=`` stands for, without looking at all of them.

The letters a pattern begins with, ends with or holds are found through the order of the vocabulary; what is left is
held against the whole pattern. Of each ``*`` but the last the first place that fits is taken and never taken back:
no pattern costs more than its length times the length of the words.
"""

from __future__ import annotations

import re

import numpy as np

from vaughn.fulltext.postings.vocabulary import JOINED, Vocabulary
from vaughn.fulltext.segment import Ids
from vaughn.fulltext.tokens import MAX_TERM_LENGTH

_ANY = "*"
_SIGNS = re.compile(r"([*?=])")
_LETTER = b"(?:[\\x03-\\x09\\x0b-\\x7f]|[\\xc2-\\xf4][\\x80-\\xbf]+)"
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
    """Return the matches among the entries that begin, end or go on as the pattern does, whichever are fewest."""
    within = vocabulary.beginning_with(literals[0])
    if pieces[0] == "=":
        within = range(vocabulary.beginning_with(b"0").start, vocabulary.beginning_with(b"9").stop)
    if literals[-1]:
        ending = vocabulary.ending_with(literals[-1])
        if len(ending) < len(within):
            return _those_that_fit(vocabulary, np.sort(ending), pieces)
    longest = max(literals[1:-1], key=len, default=b"")
    if longest and len(within) == len(vocabulary):
        return _those_that_fit(vocabulary, vocabulary.holding(longest, within), pieces)
    return _those_that_fit(vocabulary, _of_fitting_length(vocabulary, within, pieces), pieces)


def _of_fitting_length(vocabulary: Vocabulary, within: range, pieces: list[str]) -> Ids:
    numbers = _numbers(within)
    letters = sum(len(piece) for piece in pieces if piece != _ANY)
    sizes = vocabulary.lengths(within)
    if _ANY in pieces:
        return numbers[sizes >= letters]
    # At most four bytes a letter; joined words end in marks, and are few.
    return numbers[(sizes >= letters) & (sizes <= 4 * letters) | vocabulary.is_joined(numbers)]


def _those_that_fit(vocabulary: Vocabulary, numbers: Ids, pieces: list[str]) -> Ids:
    fits = _expression(pieces).fullmatch
    return np.array([number for number in numbers.tolist() if fits(vocabulary[number])], np.int64)


def _expression(pieces: list[str]) -> re.Pattern[bytes]:
    signs = {"?": _LETTER, "=": b"[0-9]"}
    parts: list[list[bytes]] = [[]]
    for piece in pieces:
        if piece == _ANY:
            parts.append([])
        else:
            parts[-1].append(signs.get(piece) or re.escape(piece.encode()))
    first, *between, last = [b"".join(part) for part in parts] if len(parts) > 1 else [b"".join(parts[0]), b""]
    middle = b"".join(b"(?>.*?" + part + b")" for part in between if part)
    ending = b".*" + last if len(parts) > 1 else b""
    return re.compile(first + middle + ending + JOINED + b"*")


def _numbers(found: range) -> Ids:
    return np.arange(found.start, found.stop)
