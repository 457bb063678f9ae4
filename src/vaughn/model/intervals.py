"""How far off a sample may be: intervals for a share or a number, and how many to draw.

Wilson: E. B. Wilson, J. Am. Stat. Assoc. 22 (1927) 209. Clopper and Pearson: Biometrika 26 (1934) 404.
Finite population: both tails of the hypergeometric distribution turned round, which is exact (never covers less often
than it says).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import NormalDist

from vaughn.model.errors import InputError

_STEPS = 100_000  # Of the continued fraction; it needs about the square root of the larger parameter.
_TINY = 1e-300
# How far rounding of logarithms may be off with a billion members. A number just at the limit counts as within it.
_SLACK = 1e-6


@dataclass(frozen=True, slots=True)
class Interval:
    """A share between 0 and 1, or a number of members, with the limits it lies between."""

    low: float
    high: float
    confidence: float

    def covers(self, value: float) -> bool:
        """Return whether *value* lies in it; both ends belong to it."""
        return self.low <= value <= self.high


@dataclass(frozen=True, slots=True)
class Looked:
    """What looking at a sample gave: *found* of *drawn* members, out of *population*.

    Raises:
        InputError: If the three cannot belong together.
    """

    found: int
    drawn: int
    population: int

    def __post_init__(self) -> None:
        if not 0 <= self.found <= self.drawn <= self.population:
            raise InputError(f"{self.found:,} found of {self.drawn:,} drawn of {self.population:,}: that cannot be.")


def wilson(found: int, drawn: int, *, confidence: float = 0.95, population: int | None = None) -> Interval:
    """Return Wilson's interval for the share, corrected for a finite *population* where one is given.

    Raises:
        InputError: If the numbers cannot belong together.
    """
    _require(found, drawn, confidence)
    if population is not None:
        Looked(found, drawn, population)
    share = found / drawn
    size = float(drawn)
    if population is not None:
        if drawn == population:
            return Interval(share, share, confidence)
        size = drawn * (population - 1) / (population - drawn)
    z = _z(confidence)
    spread = 1 + z * z / size
    middle = (share + z * z / (2 * size)) / spread
    half = z * math.sqrt(share * (1 - share) / size + z * z / (4 * size * size)) / spread
    low = 0.0 if found == 0 else max(0.0, middle - half)
    high = 1.0 if found == drawn else min(1.0, middle + half)
    return Interval(low, high, confidence)


def clopper_pearson(found: int, drawn: int, *, confidence: float = 0.95) -> Interval:
    """Return the exact interval for the share in a population far larger than the sample.

    Raises:
        InputError: If the numbers cannot belong together.
    """
    _require(found, drawn, confidence)
    tail = (1 - confidence) / 2
    low, high = 0.0, 1.0
    if found > 0:
        low = _root(lambda share: _beta_below(share, found, drawn - found + 1) - tail)
    if found < drawn:
        high = _root(lambda share: tail - 1 + _beta_below(share, found + 1, drawn - found))
    return Interval(low, high, confidence)


def finite(looked: Looked, *, confidence: float = 0.95) -> Interval:
    """Return the exact interval for how many members of the finite population have what was looked for.

    Raises:
        InputError: If nothing was drawn.
    """
    _require(looked.found, looked.drawn, confidence)
    tail = (1 - confidence) / 2 * (1 - _SLACK)
    least, most = looked.found, looked.population - (looked.drawn - looked.found)
    low = _first(least, most, lambda marked: _at_least(looked, marked) >= tail)
    above = _first(low, most + 1, lambda marked: marked > most or _at_most(looked, marked) < tail)
    return Interval(float(low), float(max(low, above - 1)), confidence)


def finite_of_strata(parts: Sequence[Looked], *, confidence: float = 0.95) -> Interval:
    """Return limits for the number in all strata together.

    Each stratum gets an equal part of the error allowed (Bonferroni), so the limits hold at least as often as they
    say, and are wider than they must be where there are many strata. A stratum nobody looked into may hold anything.

    Raises:
        InputError: If there are no strata.
    """
    if not parts:
        raise InputError("There are no strata to sum up.")
    each = 1 - (1 - confidence) / len(parts)
    low = high = 0.0
    for part in parts:
        if part.drawn == 0:
            high += part.population
            continue
        limits = finite(part, confidence=each)
        low, high = low + limits.low, high + limits.high
    return Interval(low, high, confidence)


def sample_size(
    margin: float, *, confidence: float = 0.95, expected: float = 0.5, population: int | None = None
) -> int:
    """Return how many to draw so that the share is known to plus or minus *margin* (normal approximation).

    Args:
        margin: A share, e.g. 0.02 for two points of a hundred.
        expected: The share expected; 0.5 asks for the most.

    Raises:
        InputError: If a number is out of its range.
    """
    if not (0 < margin < 1 and 0 < expected < 1 and 0 < confidence < 1) or (population is not None and population < 1):
        raise InputError("Margin, expected share and confidence lie between 0 and 1.")
    wanted = _z(confidence) ** 2 * expected * (1 - expected) / margin**2
    if population is not None:
        wanted = wanted / (1 + (wanted - 1) / population)
    return math.ceil(round(wanted, 9))


def _require(found: int, drawn: int, confidence: float) -> None:
    if not (0 <= found <= drawn and drawn > 0 and 0 < confidence < 1):
        raise InputError(f"{found:,} found of {drawn:,} drawn at confidence {confidence}: that cannot be reckoned.")


def _z(confidence: float) -> float:
    return NormalDist().inv_cdf(0.5 + confidence / 2)


def _root(rising: Callable[[float], float]) -> float:
    """Return where a rising function crosses 0 between 0 and 1."""
    low, high = 0.0, 1.0
    while low < (middle := (low + high) / 2) < high:
        if rising(middle) < 0:
            low = middle
        else:
            high = middle
    return middle


def _first(low: int, high: int, holds: Callable[[int], bool]) -> int:
    """Return the first number from *low* to *high* for which *holds*, which stays true once it is; else *high*."""
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return low


def _beta_below(share: float, a: int, b: int) -> float:
    """Return the regularized incomplete beta function (DLMF 8.17.22, continued fraction after Lentz)."""
    front = math.exp(
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(share) + b * math.log1p(-share)
    )
    if share > (a + 1) / (a + b + 2):
        return 1 - front * _fraction(1 - share, b, a) / b
    return front * _fraction(share, a, b) / a


def _fraction(share: float, a: int, b: int) -> float:
    numerator, denominator = 1.0, 1 - (a + b) * share / (a + 1)
    denominator = 1 / _not_zero(denominator)
    value, change, m = denominator, 0.0, 0
    while abs(change - 1) > 1e-15 and m < _STEPS:
        m += 1
        for term in (
            m * (b - m) * share / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * share / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            denominator = 1 / _not_zero(1 + term * denominator)
            numerator = _not_zero(1 + term / numerator)
            change = denominator * numerator
            value *= change
    return value


def _not_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY


def _at_least(looked: Looked, marked: int) -> float:
    """Return how likely a sample finds as many or more if *marked* members of the population have it."""
    return math.fsum(_chances(looked, marked, range(looked.found, min(looked.drawn, marked) + 1)))


def _at_most(looked: Looked, marked: int) -> float:
    least = max(0, looked.drawn - (looked.population - marked))
    return math.fsum(_chances(looked, marked, range(least, looked.found + 1)))


def _chances(looked: Looked, marked: int, numbers: range) -> list[float]:
    whole = _log_choices(looked.population, looked.drawn)
    unmarked = looked.population - marked
    return [
        math.exp(_log_choices(marked, number) + _log_choices(unmarked, looked.drawn - number) - whole)
        for number in numbers
    ]


def _log_choices(of: int, chosen: int) -> float:
    return math.lgamma(of + 1) - math.lgamma(chosen + 1) - math.lgamma(of - chosen + 1)
