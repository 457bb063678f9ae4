"""Numbers of a spreadsheet as text: days as days by their number format, percentages, no digits that nobody typed.

ECMA-376 part 1, 18.8.30 (number formats) and 18.17.4.1 (dates). Money and fixed decimals are not imitated: the
value stands as it is kept, not as it is rounded for the eye.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from enum import Enum
from functools import lru_cache

_EPOCH_1900, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
# Serial 60 is the 29th of February 1900, which there never was; days before it are counted from a day later.
_FALSE_LEAP_DAY = 60
_LAST_SERIAL = 2_958_466  # the year 10000
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
# A locale in brackets may ask for letters of Asian calendars (e, g): still a date.
_DATE_LETTERS, _TIME_LETTERS = re.compile(r"[dy]|m{3}", re.IGNORECASE), re.compile(r"[hs]", re.IGNORECASE)


class Shape(Enum):
    """How a number is meant."""

    NUMBER = "number"
    PERCENT = "percent"
    DATE = "date"
    MOMENT = "date and time"
    TIME = "time"
    ELAPSED = "elapsed time"
    UNSEEN = "unseen"  # the format ``;;;`` shows nothing


_BUILT_IN = (
    dict.fromkeys((14, 15, 16, 17, *range(27, 32), 34, 35, 36, *range(50, 59)), Shape.DATE)
    | dict.fromkeys((18, 19, 20, 21, 32, 33, 45, 47), Shape.TIME)
    | {9: Shape.PERCENT, 10: Shape.PERCENT, 22: Shape.MOMENT, 46: Shape.ELAPSED}
)


@lru_cache(maxsize=4096)
def shape_of(number: int, code: str | None) -> Shape:
    """Return how a number is meant whose format has *number*, and *code* if it is no built-in one."""
    if code is None:
        return _BUILT_IN.get(number, Shape.NUMBER)
    if code.strip() == ";;;":
        return Shape.UNSEEN
    plain = _LITERAL.sub("", code.split(";")[0])
    if _ELAPSED.search(plain):
        return Shape.ELAPSED
    has_time = bool(_TIME_LETTERS.search(plain)) and "General" not in plain
    if _DATE_LETTERS.search(plain) or (re.search("m", plain, re.IGNORECASE) and not has_time):
        return Shape.MOMENT if has_time else Shape.DATE
    return Shape.TIME if has_time else Shape.PERCENT if "%" in plain else Shape.NUMBER


def number_text(value: float, shape: Shape, *, since_1904: bool = False) -> str:
    """Return *value* as text: days and moments in ISO 8601, numbers with at most 15 digits, as they were typed."""
    if shape is Shape.PERCENT:
        return f"{_plain(value * 100)}%"
    if shape is Shape.NUMBER or shape is Shape.UNSEEN or not 0 <= value < _LAST_SERIAL:
        return _plain(value)
    if shape is Shape.ELAPSED:
        seconds = round(value * 86400)
        return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return _moment_text(value, shape, since_1904=since_1904)


def _moment_text(value: float, shape: Shape, *, since_1904: bool) -> str:
    days, part = divmod(value, 1)
    epoch = _EPOCH_1904 if since_1904 else _EPOCH_1900
    if not since_1904 and days < _FALSE_LEAP_DAY:
        epoch += timedelta(days=1)
    seconds = round(part * 86400)
    try:
        at = epoch + timedelta(days=days, seconds=seconds)
    except OverflowError:
        return _plain(value)
    if shape is Shape.TIME and days == 0:
        return at.strftime("%H:%M:%S")
    if seconds == 0 and shape is not Shape.MOMENT:
        return f"{at.year:04}-{at:%m-%d}"
    return f"{at.year:04}-{at:%m-%d %H:%M:%S}"


def _plain(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"


@lru_cache(maxsize=32768)
def column_of(letters: str) -> int:
    """Return the number of the column called *letters*, remembered."""
    return column_number(letters)


def column_name(column: int) -> str:
    """Return the letters of *column*, counted from 1: ``A``, ``Z``, ``AA``."""
    letters = ""
    while column > 0:
        column, place = divmod(column - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters


def column_number(letters: str) -> int:
    """Return the number of the column called *letters*, from 1; 0 if they name none."""
    number = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z" or number > 100_000:
            return 0
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
