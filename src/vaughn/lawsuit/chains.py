"""Motion, opposition, cross-motion, reply, order: which entry answers which, what was asked and what came of it.

An entry belongs to every chain it answers into: one order may decide three motions. A motion about an order
(to reconsider, to stay) begins a chain of its own, which the first one names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from vaughn.lawsuit.circles import circles
from vaughn.lawsuit.suit import Suit
from vaughn.lawsuit.values import DocketEntry, Order, Outcome, Relief
from vaughn.model import Finding, PartialDate, finding

MOTIONS = ("motion", "cross-motion")
ANSWERS = ("opposition", "reply", "cross-motion")
DECISIONS = ("order", "opinion", "judgment", "stipulation", "mandate", "stay", "settlement")


@dataclass(frozen=True, slots=True)
class ChainStep:
    """One entry of a chain.

    Args:
        depth: How many answers lie between it and the beginning; 0 is the beginning.
        responds_to, decides: Entries of this suit that it answers, known ones only.
    """

    entry: DocketEntry
    depth: int
    responds_to: tuple[str, ...]
    decides: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReliefLine:
    """What a motion asked for, and what was granted.

    Args:
        asked_until: The day asked for, or that many days after the motion.
        granted_days: From the motion to the day granted, as days were asked for.
        days_more: How many days later than asked.
    """

    relief: Relief
    asked_on: PartialDate | None
    asked_until: date | None
    granted_days: int | None
    days_more: int | None


@dataclass(frozen=True, slots=True)
class Chain:
    """Everything that follows from one entry.

    Args:
        steps: By date, the beginning first.
        outcomes: What came of the motions in it, for each party.
        leads_to: Motions about its decisions; each begins a chain of its own.
    """

    steps: tuple[ChainStep, ...]
    relief: tuple[ReliefLine, ...]
    outcomes: tuple[Outcome, ...]
    leads_to: tuple[str, ...]

    @property
    def root(self) -> DocketEntry:
        """The entry it begins with."""
        return self.steps[0].entry

    @property
    def is_decided(self) -> bool:
        """Tell whether an entry decides its beginning, or an outcome of it is known that is not pending."""
        mine = self.root.reference
        return any(mine in step.decides for step in self.steps) or any(
            one.of == mine and one.result not in (None, "pending") for one in self.outcomes
        )


@dataclass(frozen=True, slots=True)
class Chains:
    """All chains of a suit, by date, and what is wrong with the links."""

    chains: tuple[Chain, ...]
    findings: tuple[Finding, ...]

    def of(self, reference: str) -> tuple[Chain, ...]:
        """Return the chains an entry belongs to."""
        return tuple(chain for chain in self.chains if any(reference == step.entry.reference for step in chain.steps))


@dataclass(frozen=True, slots=True)
class _Links:
    """Entries, and for each what it answers and what answers it."""

    entries: Mapping[str, DocketEntry]
    up: Mapping[str, tuple[str, ...]]
    down: Mapping[str, tuple[str, ...]]
    in_circle: frozenset[str]

    def begins(self, reference: str) -> bool:
        """Tell whether an entry begins a chain: it answers nothing, or it is a motion about decisions only."""
        above = self.up[reference]
        if not above:
            return bool(self.down[reference]) or self.entries[reference].type in MOTIONS
        return self.is_about_decision(reference)

    def is_about_decision(self, reference: str) -> bool:
        """Tell whether an entry is a motion that answers decisions only."""
        above = self.up[reference]
        return (
            self.entries[reference].type in MOTIONS
            and bool(above)
            and all(self.entries[one].type in DECISIONS for one in above)
            and reference not in self.in_circle
        )


def chains(suit: Suit) -> Chains:
    """Return how the entries of the suit answer each other."""
    entries = {entry.reference: entry for entry in suit.all_of(DocketEntry)}
    groups = tuple(circles({reference: _answered(entry) for reference, entry in entries.items()}))
    links = _links(entries, frozenset(reference for group in groups for reference in group))
    told = _Told(suit)
    found = [_chain(root, links, told) for root in _roots(links, groups)]
    found.sort(key=lambda chain: _by_date(chain.root))
    return Chains(tuple(found), (*_circle_findings(groups), *_link_findings(links)))


def _answered(entry: DocketEntry) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*entry.responds_to, *entry.decides)))


def _links(entries: Mapping[str, DocketEntry], in_circle: frozenset[str]) -> _Links:
    up = {ref: tuple(one for one in _answered(entry) if one in entries) for ref, entry in entries.items()}
    down: dict[str, list[str]] = {reference: [] for reference in entries}
    for reference, above in up.items():
        for one in above:
            down[one].append(reference)
    return _Links(entries, up, {reference: tuple(below) for reference, below in down.items()}, in_circle)


def _roots(links: _Links, groups: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Yield the entries that begin chains, and the oldest of each circle that nothing leads into."""
    yield from (reference for reference in links.entries if links.begins(reference))
    for group in groups:
        members = set(group)
        if all(one in members for reference in group for one in links.up[reference]):
            yield min(group, key=lambda reference: _by_date(links.entries[reference]))


def _by_date(entry: DocketEntry) -> tuple[date, int, str]:
    """Return what entries are sorted by; those without a day come last."""
    day = entry.day
    return (date.max if day is None else day.first, entry.number or 0, entry.reference)


class _Told:
    """Relief and outcomes by the entry they belong to."""

    def __init__(self, suit: Suit) -> None:
        self.relief: defaultdict[str, list[Relief]] = defaultdict(list)
        self.outcomes: defaultdict[str, list[Outcome]] = defaultdict(list)
        for relief in suit.all_of(Relief):
            if relief.motion is not None:
                self.relief[relief.motion].append(relief)
        for outcome in suit.all_of(Outcome):
            asked = suit.one(Relief, outcome.of)
            of = outcome.of if asked is None else asked.motion
            if of is not None:
                self.outcomes[of].append(outcome)


def _chain(root: str, links: _Links, told: _Told) -> Chain:
    depths, leads_to = _reached(root, links)
    steps = [
        ChainStep(
            entry := links.entries[reference],
            depth,
            tuple(one for one in entry.responds_to if one in links.entries),
            tuple(one for one in entry.decides if one in links.entries),
        )
        for reference, depth in depths.items()
    ]
    steps.sort(key=lambda step: (step.depth > 0, _by_date(step.entry)))
    return Chain(
        tuple(steps),
        tuple(_relief_line(relief, step.entry) for step in steps for relief in told.relief[step.entry.reference]),
        tuple(outcome for step in steps for outcome in told.outcomes[step.entry.reference]),
        tuple(leads_to),
    )


def _reached(root: str, links: _Links) -> tuple[dict[str, int], list[str]]:
    """Return the entries of a chain with their depth, and the motions about its decisions."""
    depths = {root: 0}
    leads_to: dict[str, None] = {}
    level = [root]
    while level:
        following: list[str] = []
        for reference in level:
            for below in links.down[reference]:
                if below in depths:
                    continue
                if links.is_about_decision(below):
                    leads_to[below] = None
                    continue
                depths[below] = depths[reference] + 1
                following.append(below)
        level = following
    return depths, list(leads_to)


def _relief_line(relief: Relief, motion: DocketEntry) -> ReliefLine:
    asked_on = motion.day
    start = None if asked_on is None else asked_on.exact
    until = None if relief.asked_date is None else relief.asked_date.exact
    if until is None and start is not None and relief.asked_days is not None:
        until = _later(start, relief.asked_days)
    granted = None if relief.granted_date is None else relief.granted_date.exact
    return ReliefLine(
        relief,
        asked_on,
        until,
        None if granted is None or start is None else (granted - start).days,
        None if granted is None or until is None else (granted - until).days,
    )


def _later(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def _circle_findings(groups: Iterable[tuple[str, ...]]) -> Iterator[Finding]:
    for group in groups:
        # What a page of the docket can show; the others are counted.
        shown = ", ".join(group[:10]) + (f" and {len(group) - 10} more" if len(group) > 10 else "")
        yield finding("SU001", f"These entries answer each other in a circle: {shown}.")


def _link_findings(links: _Links) -> Iterator[Finding]:
    for reference, entry in links.entries.items():
        for one in _answered(entry):
            if one not in links.entries:
                yield finding("SU007", f"{reference} answers {one}, which is not in the case.")
        if entry.type in ANSWERS and not entry.responds_to and entry.type != "cross-motion":
            yield finding("SU009", f"{reference} is {_an(entry.type)}; nobody says what it answers.")
        for one in links.up[reference]:
            mine, theirs = entry.day, links.entries[one].day
            if mine is not None and theirs is not None and mine.last < theirs.first:
                yield finding("SU008", f"{reference} of {mine} answers {one}, which is of {theirs}.")


def _an(word: str) -> str:
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"


def decided_by(suit: Suit, chain: Chain) -> tuple[Order, ...]:
    """Return the orders that decide entries of *chain*, as entries or as outcomes name them."""
    deciding = {step.entry.reference for step in chain.steps if step.decides}
    named = {outcome.order for outcome in chain.outcomes}
    return tuple(
        order for order in suit.all_of(Order) if order.reference in named or deciding.intersection(order.entries)
    )
