"""Which entries of a vocabulary are spelled like a word: Levenshtein's distance, counted for all of them at once."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vaughn.fulltext.postings.vocabulary import Vocabulary
from vaughn.fulltext.segment import Ids, Mask

# Letters of so many entries are laid side by side at once: some tens of megabytes for the longest words.
_AT_ONCE = 50_000
# One letter stands in too many words to look for it.
_SHORTEST_PIECE = 2


def spelled_like(vocabulary: Vocabulary, term: str, *, edits: int, fixed: int) -> Ids:
    """Return the entries that become *term* by at most *edits* changes of a letter behind the first *fixed*, sorted.

    A change puts a letter in, leaves one out, or exchanges one.
    """
    if len(term) < fixed:
        return np.array(vocabulary.all_of(term.encode()), np.int64)
    within = vocabulary.beginning_with(term[:fixed].encode())
    numbers = _with_a_piece(vocabulary, within, rest=term[fixed:], edits=edits)
    found = [
        _near(vocabulary, numbers[first : first + _AT_ONCE], rest=term[fixed:], edits=edits, skipped=fixed)
        for first in range(0, len(numbers), _AT_ONCE)
    ]
    return np.concatenate([np.zeros(0, np.int64), *found])


def _with_a_piece(vocabulary: Vocabulary, within: range, *, rest: str, edits: int) -> Ids:
    """Return the entries that can be near *rest*: of one piece more than there are edits, one is left whole."""
    pieces = edits + 1
    bounds = [len(rest) * number // pieces for number in range(pieces + 1)]
    if len(rest) // pieces < _SHORTEST_PIECE:
        return np.arange(within.start, within.stop)
    wholes = [rest[first:last].encode() for first, last in pairwise(bounds)]
    return np.unique(np.concatenate([vocabulary.holding(whole, within) for whole in wholes]))


def _near(vocabulary: Vocabulary, numbers: Ids, *, rest: str, edits: int, skipped: int) -> Ids:
    letters, begins, ends = vocabulary.code_points(numbers)
    begins = begins + skipped
    sizes = ends - begins
    fits = np.flatnonzero(np.abs(sizes - len(rest)) <= edits)
    if not len(fits):
        return fits
    columns = np.arange(int(sizes[fits].max()))
    places = np.minimum(begins[fits][:, None] + columns, len(letters) - 1)
    is_near = _within_distance(letters[places].T, sizes[fits], wanted=[ord(letter) for letter in rest], edits=edits)
    return numbers[fits[is_near]]


def _within_distance(columns: NDArray[Any], sizes: Ids, *, wanted: list[int], edits: int) -> Mask:
    """Tell for each word (one column of letters each) whether it is at most *edits* from *wanted*.

    Only the band of the table in which the distance can stay that small is filled in, column after column.
    """
    far = np.uint8(min(edits + 1, 255))
    count = columns.shape[1]
    before = [np.full(count, min(row, int(far)), np.uint8) for row in range(len(wanted) + 1)]
    result: Mask = sizes == 0
    result &= before[-1] <= edits
    for number, letters in enumerate(columns, start=1):
        now = [np.full(count, far, np.uint8)] * len(before)
        for row in range(max(0, number - edits), min(len(wanted), number + edits) + 1):
            if row == 0:
                now[0] = np.full(count, min(number, int(far)), np.uint8)
                continue
            exchanged = before[row - 1] + (letters != wanted[row - 1])
            other = np.minimum(before[row], now[row - 1]) + np.uint8(1)
            now[row] = np.minimum(np.minimum(exchanged, other), far)
        result |= (sizes == number) & (now[-1] <= edits)
        before = now
    return result
