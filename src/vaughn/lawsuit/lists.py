"""What stands in lists: rulings, sets read in camera, production lists by release, settlement terms, fees."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from vaughn.lawsuit.suit import Suit
from vaughn.lawsuit.values import (
    FeeLine,
    InCameraSet,
    ListItem,
    Obligation,
    Order,
    ProductionList,
    Release,
    Ruling,
    Settlement,
)

_CENT = Decimal("0.01")
_HOURS = re.compile(r"(?P<hours>[0-9]{1,6}(?:\.[0-9]{1,4})?)|(?P<whole>[0-9]{1,6}):(?P<minutes>[0-5][0-9])")
_PRODUCED = ("produced", "partly produced")


@dataclass(frozen=True, slots=True)
class RulingLine:
    """A ruling on one document or redaction.

    Args:
        release: What complied with it, `None` if nobody says.
        is_owed: It orders a release, and nobody says that it was made.
    """

    ruling: Ruling
    release: Release | None
    is_owed: bool


def rulings(suit: Suit) -> tuple[RulingLine, ...]:
    """Return the table of rulings, by order and Bates number."""
    lines = [
        RulingLine(
            ruling,
            release := suit.one(Release, ruling.complied_by),
            release is None and ruling.outcome in ("release", "release in part"),
        )
        for ruling in suit.all_of(Ruling)
    ]
    return tuple(sorted(lines, key=lambda line: (line.ruling.order or "", line.ruling.bates or "")))


@dataclass(frozen=True, slots=True)
class InCameraLine:
    """A set of documents that the judge reads alone.

    Args:
        ruled: How many rulings of its order are known.
    """

    documents: InCameraSet
    ruled: int


def in_camera_sets(suit: Suit) -> tuple[InCameraLine, ...]:
    """Return the sets, each with the number of rulings on it."""
    by_bates: defaultdict[str, int] = defaultdict(int)
    for ruling in suit.all_of(Ruling):
        by_bates[ruling.bates or ""] += 1
    return tuple(InCameraLine(one, sum(by_bates[bates] for bates in one.bates)) for one in suit.all_of(InCameraSet))


def stipulations(suit: Suit) -> tuple[Order, ...]:
    """Return what the parties agreed on before the court, e.g. how records are sampled."""
    return tuple(order for order in suit.all_of(Order) if order.type == "stipulation")


@dataclass(frozen=True, slots=True)
class ListedLine:
    """One item of a production list.

    Args:
        state: As somebody says; produced if a release is named, `None` if nothing is known.
    """

    listed: ListItem
    state: str | None
    releases: tuple[Release, ...]


@dataclass(frozen=True, slots=True)
class ListStatus:
    """A production list with the state of its items; `of` is `None` for items of no list."""

    of: ProductionList | None
    lines: tuple[ListedLine, ...]

    @property
    def produced(self) -> int:
        """How many items were produced, wholly or partly."""
        return sum(line.state in _PRODUCED for line in self.lines)


def list_statuses(suit: Suit) -> tuple[ListStatus, ...]:
    """Return every production list with the state of its items, by release."""
    by_list: defaultdict[str | None, list[ListedLine]] = defaultdict(list)
    lists = {one.reference: one for one in suit.all_of(ProductionList)}
    for listed in suit.all_of(ListItem):
        releases = tuple(found for one in listed.releases if (found := suit.one(Release, one)) is not None)
        state = listed.state or ("produced" if releases else None)
        by_list[listed.list if listed.list in lists else None].append(ListedLine(listed, state, releases))
    known = [ListStatus(one, tuple(by_list[reference])) for reference, one in lists.items()]
    stray = (ListStatus(None, tuple(by_list[None])),) if by_list[None] else ()
    return (*known, *stray)


@dataclass(frozen=True, slots=True)
class SettlementLine:
    """A settlement with what it obliges to: the obligations of the order that approved it."""

    settlement: Settlement
    obligations: tuple[Obligation, ...]


def settlements(suit: Suit) -> tuple[SettlementLine, ...]:
    """Return the settlements with their terms as obligations."""
    return tuple(
        SettlementLine(
            one,
            tuple(owed for owed in suit.all_of(Obligation) if one.order is not None and owed.order == one.order),
        )
        for one in suit.all_of(Settlement)
    )


@dataclass(frozen=True, slots=True)
class FeeWorksheetLine:
    """A line of the fee worksheet.

    Args:
        computed: Hours times rate, `None` if one of them is unknown or no number.
        amount: What counts: as given, or else computed.
    """

    line: FeeLine
    computed: Decimal | None
    amount: Decimal | None

    @property
    def differs(self) -> bool:
        """Tell whether the amount given is not hours times rate."""
        return self.computed is not None and self.amount != self.computed


@dataclass(frozen=True, slots=True)
class PersonTotal:
    """What one person's lines come to."""

    who: str
    hours: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True)
class FeeWorksheet:
    """The fee worksheet with its totals.

    Args:
        without_amount: How many lines have neither an amount nor hours and rate; they are in no total.
    """

    lines: tuple[FeeWorksheetLine, ...]
    total: Decimal
    by_person: tuple[PersonTotal, ...]
    without_amount: int


def fee_worksheet(suit: Suit) -> FeeWorksheet:
    """Return the fee worksheet of the suit."""
    lines = tuple(_fee_line(one) for one in suit.all_of(FeeLine))
    hours: defaultdict[str, Decimal] = defaultdict(Decimal)
    amounts: defaultdict[str, Decimal] = defaultdict(Decimal)
    for one in lines:
        who = one.line.who or ""
        hours[who] += read_hours(one.line.hours) or 0
        amounts[who] += one.amount or 0
    people = tuple(PersonTotal(who, hours[who], amounts[who]) for who in sorted(amounts))
    return FeeWorksheet(lines, sum(amounts.values(), Decimal()), people, sum(one.amount is None for one in lines))


def _fee_line(line: FeeLine) -> FeeWorksheetLine:
    hours = read_hours(line.hours)
    computed = None
    if hours is not None and line.rate is not None:
        computed = (hours * line.rate).quantize(_CENT, ROUND_HALF_UP)
    amount = None if line.amount is None else line.amount.quantize(_CENT)
    return FeeWorksheetLine(line, computed, computed if amount is None else amount)


def read_hours(text: str | None) -> Decimal | None:
    """Return hours written as ``12.5`` or ``12:30``, `None` if it is neither."""
    match = _HOURS.fullmatch((text or "").strip())
    if match is None:
        return None
    if match["hours"] is not None:
        return Decimal(match["hours"])
    return Decimal(match["whole"]) + Decimal(match["minutes"]) / 60
