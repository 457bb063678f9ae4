"""Where words stand in rows that hold Hebrew, Arabic or another script written from right to left.

A short form of the bidirectional algorithm (Unicode Annex 9), by word: the first letter with a direction tells that
of a word, the first such word of a row that of the row; words without one (numbers, signs) go with the words around
them. Words keep the order of the text; only their places change.
"""

from __future__ import annotations

import re
import unicodedata

from vaughn.formats.grid.sheet import COLUMNS

# Blocks of letters that run to the left.
_LETTERS = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")
_LEFTWARDS = {"R", "AL"}
_RIGHTWARDS = {"L"}


def has_right_to_left(text: str) -> bool:
    """Tell whether *text* may have letters of a script written from right to left."""
    return _LETTERS.search(text) is not None


def runs_leftwards(word: str) -> bool | None:
    """Return whether *word* is written from right to left; `None` if it has no letter that says."""
    for letter in word:
        direction = unicodedata.bidirectional(letter)
        if direction in _LEFTWARDS:
            return True
        if direction in _RIGHTWARDS:
            return False
    return None


def placed(words: list[str], first: list[int], last: list[int]) -> tuple[list[int], list[int]]:
    """Return the columns of the words of one row as they are seen; *first* and *last* are those in reading order."""
    directions = [runs_leftwards(word) for word in words]
    base = next((direction for direction in directions if direction is not None), False)
    if True not in directions:
        return first, last
    levels = _resolved(directions, base=base)
    first, last = list(first), list(last)
    if base:
        # The whole row is mirrored first; then what runs rightwards is mirrored back.
        first, last = [COLUMNS - end for end in last], [COLUMNS - start for start in first]
    for begin, end in _stretches(levels, against=base):
        _mirror(first, last, begin=begin, end=end)
    return first, last


def _resolved(directions: list[bool | None], *, base: bool) -> list[bool]:
    """Return a direction for every word: those without one take that of both neighbours if these agree."""
    levels: list[bool] = []
    for at, direction in enumerate(directions):
        if direction is not None:
            levels.append(direction)
            continue
        before = levels[-1] if levels else base
        after = next((other for other in directions[at + 1 :] if other is not None), base)
        levels.append(before if before == after else base)
    return levels


def _stretches(levels: list[bool], *, against: bool) -> list[tuple[int, int]]:
    found, begin = [], None
    for at, level in enumerate([*levels, against]):
        if level != against and begin is None:
            begin = at
        if level == against and begin is not None:
            found.append((begin, at))
            begin = None
    return found


def _mirror(first: list[int], last: list[int], *, begin: int, end: int) -> None:
    left, right = min(first[begin:end]), max(last[begin:end])
    for at in range(begin, end):
        first[at], last[at] = left + right - last[at], left + right - first[at]
