"""Which numbers in file names are Bates numbers? Only those with evidence: their form, their series, or a stamp.

A wrong number is misquoted in a brief, a missing one is only looked up: in doubt the name stays a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from vaughn.formats.pages import is_page_word
from vaughn.model import BatesNumber, read_bates

# A prefix written as agencies write it: capitals, digits and joints, two letters at least (``ICE 2010FOIA2674.``).
_AGENCY_PREFIX = re.compile(r"(?=.*[A-Z].*[A-Z])[A-Z0-9][A-Z0-9 _.\-#]*", re.ASCII)
# Numbers of releases are counted through with leading zeros; shorter ones are volumes, exhibits, years.
_LEAST_WIDTH = 5
_LEAST_DIGITS = 3  # A number of one or two digits is a copy or a chapter.
# Fewer files of one prefix prove no series.
LEAST_FILES = 3
# What cameras, scanners and office programs call their files.
_MACHINE_WORDS = frozenset(
    re.findall(
        r"\w+",
        "dsc dscn dscf img image imag scan scn doc document pict pic photo pxl vid mov copy untitled letter memo email "
        "report draft final version ver rev attachment file msg message record response request appendix",
    )
)
# Years of two digits in file names: 1980 to 2039.
_OLDEST_YEAR, _NEWEST_YEAR = 80, 40
_MONTHS, _DAYS = range(1, 13), range(1, 32)


@dataclass(frozen=True, slots=True)
class NamedFile:
    """The number that a document's name may spell, and how many pages it has.

    Args:
        name: File name without its ending.
        pages: 1 if unknown.
    """

    name: str
    pages: int


def numbers_of_names(files: Sequence[NamedFile]) -> list[BatesNumber | None]:
    """Return the Bates number of each name: by its own form, or because the files form one series."""
    read = [spelled_number(file.name) for file in files]
    members: dict[tuple[str, int], list[int]] = {}
    for place, number in enumerate(read):
        if number is not None:
            members.setdefault((number.prefix, number.width), []).append(place)
    numbered: list[BatesNumber | None] = [None] * len(files)
    for own in members.values():
        numbers = [number for place in own if (number := read[place]) is not None]
        pages = [files[place].pages for place in own]
        if any(has_bates_form(number) for number in numbers) or is_series(numbers, pages):
            for place in own:
                numbered[place] = read[place]
    return numbered


def stem_of(path: str) -> str:
    """Return the name of a file without folders and ending."""
    name = path.rpartition("/")[2]
    return name.rpartition(".")[0] or name


def spelled_number(name: str) -> BatesNumber | None:
    """Return the number a name ends in, if there are letters before it that are not words for pages or machines."""
    number = read_bates(name)
    if number is None or number.width < _LEAST_DIGITS or not is_number_prefix(number.prefix):
        return None
    return number


def is_number_prefix(prefix: str) -> bool:
    """Tell whether *prefix* has letters, and others than a word for a page or for any file."""
    words = [word.casefold() for word in re.findall(r"[^\W\d_]+", prefix)]
    return bool(words) and not is_page_word(prefix) and not _MACHINE_WORDS.issuperset(words)


def has_bates_form(number: BatesNumber) -> bool:
    """Tell whether a number is plainly one: capitals, then digits with a leading zero that are no date."""
    digits = f"{number.number:0{number.width}d}"
    return (
        number.width >= _LEAST_WIDTH
        and digits.startswith("0")
        and _AGENCY_PREFIX.fullmatch(number.prefix) is not None
        and not _is_date(digits)
    )


def _is_date(digits: str) -> bool:
    """Tell whether *digits* may be month, day and year: ``042710``, ``01172011``."""
    year = {6: digits[4:6], 8: digits[6:]}.get(len(digits))
    if year is None or (len(digits) == 8 and digits[4:6] not in ("19", "20")):
        return False
    recent = len(digits) == 8 or int(year) >= _OLDEST_YEAR or int(year) < _NEWEST_YEAR
    return recent and int(digits[:2]) in _MONTHS and int(digits[2:4]) in _DAYS


def is_series(numbers: Iterable[BatesNumber], pages: Iterable[int]) -> bool:
    """Tell whether files follow one another: none overlaps, and most begin just where the one before ends."""
    spans = sorted((number.number, number.number + count) for number, count in zip(numbers, pages, strict=True))
    steps = [after[0] - before[1] for before, after in pairwise(spans)]
    if len(spans) < LEAST_FILES or min(steps) < 0:
        return False
    return 2 * sum(1 for step in steps if step == 0) >= len(steps)


def overlapping(numbers: Sequence[BatesNumber | None], pages: Sequence[int]) -> list[bool]:
    """Return which documents have more pages than numbers up to the next one: their number is the document's."""
    found = [False] * len(numbers)
    members: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for place, number in enumerate(numbers):
        if number is not None:
            members.setdefault((number.prefix, number.width), []).append((number.number, place))
    for own in members.values():
        own.sort()
        crowded = any(first + pages[place] > after for (first, place), (after, _) in pairwise(own) if after > first)
        for _, place in own:
            found[place] = crowded
    return found
