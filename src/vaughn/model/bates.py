"""What a Bates number is: a prefix, a number with a fixed width, perhaps a suffix.

Forms seen in real productions: ``ICE 2010FOIA2674.0117629``, ``FBI-SC-FPL-458``, ``STIP-0919``,
``2015-ICFO-06247.000001``, ``EFTA00008529``, ``HOUSE_OVERSIGHT_012345``, ``ABC-0001.0002`` (page of a
native), ``ABC0001_R`` (re-production). The number is the last run of digits; what stands before it
is the prefix, spaces and punctuation included; a short tail after it is the suffix.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

# Longest runs of digits seen are 10; more than 18 would not fit a signed 64-bit column.
MAX_DIGITS = 18
# A suffix marks a re-production, an inserted page or a designation (`_R`, `.a`, `_CONF`). Other tails are words.
_SUFFIX = r"(?:[-_.]?[A-Z]{1,4}|[-_.]?[a-z])?"
_FORM = re.compile(rf"(?P<prefix>[^\x00-\x1f]{{0,80}}?)(?P<digits>\d{{1,{MAX_DIGITS}}})(?P<suffix>{_SUFFIX})", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class BatesNumber:
    """One number as printed. Order is by prefix, then by number, then by suffix.

    Args:
        width: How many digits are printed, leading zeros included.
    """

    prefix: str
    number: int
    suffix: str = ""
    width: int = 1

    def __post_init__(self) -> None:
        if self.number < 0 or self.width < 1 or len(str(self.number)) > max(self.width, MAX_DIGITS):
            raise ValueError("a Bates number is not negative and has at least one digit")

    def __str__(self) -> str:
        return f"{self.prefix}{self.number:0{self.width}d}{self.suffix}"

    def shifted(self, by: int) -> BatesNumber:
        """Return the number *by* pages later (earlier if negative), same form."""
        return replace(self, number=self.number + by)


def read_bates(text: str) -> BatesNumber | None:
    """Return the Bates number that *text* spells, or `None` if it spells none.

    Blanks around it are not part of it; blanks inside the prefix are.
    """
    match = _FORM.fullmatch(text.strip())
    if match is None:
        return None
    digits = match["digits"]
    return BatesNumber(match["prefix"], int(digits), match["suffix"], len(digits))


@dataclass(frozen=True, slots=True)
class BatesRange:
    """Numbers from `begin` to `end`, both included, of one prefix."""

    begin: BatesNumber
    end: BatesNumber

    def __post_init__(self) -> None:
        if self.begin.prefix != self.end.prefix or self.end.number < self.begin.number:
            raise ValueError(f"not a range: {self.begin} to {self.end}")

    def __len__(self) -> int:
        return self.end.number - self.begin.number + 1

    def __str__(self) -> str:
        return str(self.begin) if self.begin == self.end else f"{self.begin} – {self.end}"

    def covers(self, number: BatesNumber) -> bool:
        """Tell whether *number* lies in this range (suffix aside)."""
        return number.prefix == self.begin.prefix and self.begin.number <= number.number <= self.end.number
