"""How fast does the work go, and how long will it take? Said only when it can be known, and as a range.

Counting files misleads: a scanned page takes a thousand times what a page of text takes. Work is therefore weighed in
processor time, by kind: what a unit of each kind costs is known beforehand from measurements, and better with every
unit that is done here. Pure: moments and amounts in, an estimate out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

# Processor seconds a unit, on the machine the benchmarks ran on; only their ratios matter.
COSTS: Mapping[str, float] = MappingProxyType(
    {
        "copying": 0.005,  # a file of a megabyte, hashed and written
        "unpacking": 0.003,  # a member of an archive, a message of a mailbox
        "reading": 0.005,  # a page of a PDF: words, boxes, stamps
        "texts": 0.001,  # a page of plain text
        "mail": 0.001,  # a message: headers, body, addresses
        "office": 0.02,  # a file of Word, Excel and their like
        "pictures": 0.3,  # a native file turned into page images
        "ocr": 2.0,  # a scanned page
        "indexing": 0.001,  # a page put into the text index
        "comparing": 0.001,  # a page compared with its near-duplicates
    }
)
OTHER_COST = 0.01
# Until this many units were measured here, the cost known beforehand still counts.
TRUST_UNITS = 20
# Nothing is said of the time before this much was seen: the first files are not like the rest.
FIRST_SECONDS = 10.0
FIRST_SHARE = 0.01
# The speed of the last minutes counts beside that of the whole: the machine may have become busy.
RECENT_SECONDS = 120.0
# Of kinds that have not begun, only a guess is known: the upper end allows for this much more.
GUESS_FACTOR = 2.0
_MOMENTS_KEPT = 64


@dataclass(frozen=True, slots=True)
class Amount:
    """How much of one kind of work there is.

    Args:
        kind: A key of `COSTS`, or any other name.
        total: `None` while it is not known, because containers are still being opened.
        cpu_seconds: Processor time that the finished units took; `None` if not measured.
    """

    kind: str
    done: int
    total: int | None
    cpu_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Estimate:
    """What can be said of the time.

    Args:
        share: Part of the work that is done, 0 to 1, by its weight; `None` if not known yet.
        per_second: Finished units a second, by kind, over the last minutes.
        least_seconds: Remaining time, the lower end; `None` if not known yet.
        most_seconds: The upper end.
    """

    share: float | None
    per_second: Mapping[str, float]
    least_seconds: float | None
    most_seconds: float | None

    @property
    def is_known(self) -> bool:
        """Whether a remaining time can be told."""
        return self.most_seconds is not None

    @property
    def remaining(self) -> str:
        """The remaining time in words."""
        if self.least_seconds is None or self.most_seconds is None:
            return "not known yet"
        least, most = _rounded(self.least_seconds), _rounded(self.most_seconds)
        if most < _MINUTE:
            return "less than a minute"
        return f"about {_spoken(most)}" if _spoken(least) == _spoken(most) else _between(least, most)


@dataclass(frozen=True, slots=True)
class _Moment:
    at: float
    amounts: tuple[Amount, ...]


@dataclass(frozen=True, slots=True)
class Pace:
    """How work went until now. Give it each moment with `after`; it is a value and changes nothing."""

    costs: Mapping[str, float] = field(default_factory=lambda: COSTS)
    _first: _Moment | None = None
    _recent: tuple[_Moment, ...] = field(default=())

    def after(self, at: float, *amounts: Amount) -> Pace:
        """Return the pace with what stood at the moment *at* (seconds of any clock that never goes back)."""
        moment = _Moment(at, amounts)
        kept = [one for one in self._recent if at - one.at <= RECENT_SECONDS]
        if len(kept) >= _MOMENTS_KEPT:
            kept = kept[::2]  # coarser, over the same time
        return replace(self, _first=self._first or moment, _recent=(*kept, moment))

    def estimate(self) -> Estimate:
        """Return what can be said at the last moment given."""
        if self._first is None:
            return Estimate(None, {}, None, None)
        now = self._recent[-1]
        rates = _rates(self._recent[0] if len(self._recent) > 1 else self._first, now)
        if any(amount.total is None for amount in now.amounts):
            return Estimate(None, rates, None, None)
        costs = {amount.kind: _cost(amount, self.costs) for amount in now.amounts}
        done = sum(amount.done * costs[amount.kind] for amount in now.amounts)
        left = sum(_left(amount) * costs[amount.kind] for amount in now.amounts)
        if left <= 0:
            return Estimate(1.0, rates, 0.0, 0.0)
        share = done / (done + left)
        speeds = [speed for since in (self._first, self._recent[0]) if (speed := _speed(since, now, costs)) is not None]
        too_early = now.at - self._first.at < FIRST_SECONDS or share < FIRST_SHARE
        if too_early or not speeds or min(speeds) <= 0:
            return Estimate(share, rates, None, None)
        guessed = sum(_left(amount) * costs[amount.kind] for amount in now.amounts if amount.done == 0)
        upper = left + guessed * (GUESS_FACTOR - 1)
        return Estimate(share, rates, left / max(speeds), upper / min(speeds))


def _left(amount: Amount) -> int:
    return max(0, (amount.total or 0) - amount.done)


def _cost(amount: Amount, known: Mapping[str, float]) -> float:
    """Return what a unit costs: as known beforehand, and with every measured unit more as measured."""
    before = known.get(amount.kind, OTHER_COST)
    if amount.cpu_seconds is None or amount.done == 0:
        return before
    return (before * TRUST_UNITS + amount.cpu_seconds) / (TRUST_UNITS + amount.done)


def _rates(since: _Moment, now: _Moment) -> Mapping[str, float]:
    seconds = now.at - since.at
    if seconds <= 0:
        return {}
    before = {amount.kind: amount.done for amount in since.amounts}
    return {
        amount.kind: max(0, amount.done - before.get(amount.kind, 0)) / seconds
        for amount in now.amounts
        if amount.done > before.get(amount.kind, 0)
    }


def _speed(since: _Moment, now: _Moment, costs: Mapping[str, float]) -> float | None:
    """Return the work done a second since then, `None` if no time has passed."""
    seconds = now.at - since.at
    if seconds <= 0:
        return None
    before = {amount.kind: amount.done for amount in since.amounts}
    done = sum(max(0, amount.done - before.get(amount.kind, 0)) * costs[amount.kind] for amount in now.amounts)
    return done / seconds


_MINUTE, _HOUR, _DAY = 60.0, 3600.0, 86400.0
# Up to a length of time, the steps in which it is told.
_STEPS = (
    (_MINUTE, 1.0),
    (10 * _MINUTE, _MINUTE),
    (_HOUR, 5 * _MINUTE),
    (12 * _HOUR, _HOUR / 2),
    (2 * _DAY, _HOUR),
)


def _rounded(seconds: float) -> float:
    """Return *seconds* as exactly as anybody can mean it."""
    for limit, step in _STEPS:
        if seconds < limit:
            return max(step, round(seconds / step) * step)
    return round(seconds / _DAY) * _DAY


def _unit(seconds: float) -> tuple[str, float]:
    if seconds < _HOUR:
        return "minute", _MINUTE
    return ("hour", _HOUR) if seconds < 2 * _DAY else ("day", _DAY)


def _number(seconds: float, size: float) -> str:
    return f"{seconds / size:.1f}".removesuffix(".0")


def _spoken(seconds: float) -> str:
    name, size = _unit(seconds)
    count = _number(max(seconds, size), size) if name == "minute" else _number(seconds, size)
    return f"{count} {name}" if count == "1" else f"{count} {name}s"


def _between(least: float, most: float) -> str:
    if _unit(least) == _unit(most):
        return f"{_number(max(least, _MINUTE), _unit(least)[1])} to {_spoken(most)}"
    return f"{_spoken(least)} to {_spoken(most)}"
