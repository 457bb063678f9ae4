"""What became of each order: its state day by day, and which orders stand on a given day.

An order is in force from the day it was entered. A stay or an appeal lies over its state and ends; being withdrawn,
vacated or superseded takes it out of force until a later change puts it back. Days at both ends are included.
Whether a higher court's later word revives an order is not decided here: somebody has to enter it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from vaughn.lawsuit.circles import circles
from vaughn.lawsuit.suit import Suit
from vaughn.lawsuit.values import DocketEntry, Order, OrderChange
from vaughn.model import Entity, Finding, PartialDate, finding

IN_FORCE = "in force"
STAYED = "stayed"
APPEALED = "appealed"
FALLEN = ("withdrawn", "vacated", "superseded")
"""States in which an order obliges nobody any more."""
_OVERLAYS = (STAYED, APPEALED)
_ENDS_APPEAL = ("affirmed", *FALLEN)
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class StateSpan:
    """An order has one state from *first* to *last*, both included.

    Args:
        last: `None` if nothing is known to end it.
        change: What brought it about; `None` for the entry of the order itself.
    """

    state: str
    first: date
    last: date | None
    change: OrderChange | None = None

    @property
    def is_binding(self) -> bool:
        """Tell whether the order has to be obeyed."""
        return self.state != STAYED and self.state not in FALLEN

    def covers(self, day: date) -> bool:
        """Tell whether *day* lies in the span."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class OrderHistory:
    """All states of an order, one after the other.

    Args:
        spans: Without gap or overlap from the day of entry on; empty if nobody says when it was entered.
        findings: What cannot be, e.g. withdrawn before it was entered.
    """

    order: Order
    entered: PartialDate | None
    changes: tuple[OrderChange, ...]
    spans: tuple[StateSpan, ...]
    findings: tuple[Finding, ...]

    def on(self, day: date) -> StateSpan | None:
        """Return the state on *day*, `None` before the order was entered."""
        return next((span for span in self.spans if span.covers(day)), None)

    def stays(self) -> tuple[StateSpan, ...]:
        """Return the times in which the order was stayed."""
        return tuple(span for span in self.spans if span.state == STAYED)


@dataclass(frozen=True, slots=True)
class StandingOrder:
    """An order and its state on a day."""

    order: Order
    span: StateSpan


def order_histories(suit: Suit, *, known_on: date | None = None) -> tuple[OrderHistory, ...]:
    """Return the history of every order.

    Args:
        known_on: Leave out what happened later than this day.
    """
    changes: defaultdict[str | None, list[OrderChange]] = defaultdict(list)
    for change in suit.all_of(OrderChange):
        if known_on is None or change.since is None or change.since.first <= known_on:
            changes[change.order].append(change)
    return tuple(_history(suit, order, changes[order.reference]) for order in suit.all_of(Order))


def order_history(suit: Suit, reference: str, *, known_on: date | None = None) -> OrderHistory | None:
    """Return the history of one order, `None` if there is no such order."""
    histories = order_histories(suit, known_on=known_on)
    return next((history for history in histories if history.order.reference == reference), None)


def what_stands(suit: Suit, on: date) -> tuple[StandingOrder, ...]:
    """Return the orders that have to be obeyed on the day *on*."""
    standings = ((history.order, history.on(on)) for history in order_histories(suit))
    return tuple(StandingOrder(order, span) for order, span in standings if span is not None and span.is_binding)


def supposed_change(order: Order, state: str, *, since: date, until: date | None = None) -> OrderChange:
    """Return a change of *order* that nobody has made, for `Suit.supposing`."""
    entity = Entity(0, "order-change", f"supposed-{order.entity.key}-{state.replace(' ', '-')}-{since}", ())
    last = None if until is None else PartialDate.of(until)
    return OrderChange(entity, f"{order.title}: {state}", order.reference, state, PartialDate.of(since), last, None)


def entered_on(suit: Suit, order: Order) -> PartialDate | None:
    """Return the day from which the order stands: entered, else as its docket entry says, else signed."""
    if order.entered_on is not None:
        return order.entered_on
    entries = (suit.one(DocketEntry, reference) for reference in order.entries)
    days = [entry.entered_on or entry.filed_on for entry in entries if entry is not None]
    known = [day for day in days if day is not None]
    return min(known) if known else order.signed_on


def _history(suit: Suit, order: Order, changes: Iterable[OrderChange]) -> OrderHistory:
    entered = entered_on(suit, order)
    dated = sorted((change for change in changes if change.since is not None and change.state), key=_in_order)
    spans = () if entered is None else tuple(_spans(entered.first, dated))
    return OrderHistory(order, entered, tuple(dated), spans, tuple(_findings(order, entered, changes)))


def _in_order(change: OrderChange) -> tuple[date, bool, str]:
    """Return what changes are sorted by: of one day, those that end an order come last."""
    return (_first(change), change.state in FALLEN, change.reference)


def _first(change: OrderChange) -> date:
    return date.min if change.since is None else change.since.first


def _last(change: OrderChange) -> date | None:
    return None if change.until is None else max(change.until.last, _first(change))


def _spans(entered: date, changes: list[OrderChange]) -> Iterator[StateSpan]:
    """Yield the spans of equal state between the days on which something begins or ends."""
    edges = {entered}
    for change in changes:
        last = _last(change)
        edges |= {_first(change)} if last is None else {_first(change), last + _ONE_DAY}
    days = sorted(edge for edge in edges if edge >= entered)
    open_span: StateSpan | None = None
    for day in days:
        state, by = _state(day, changes)
        if open_span is not None and (open_span.state, open_span.change) == (state, by):
            continue
        if open_span is not None:
            yield StateSpan(open_span.state, open_span.first, day - _ONE_DAY, open_span.change)
        open_span = StateSpan(state, day, None, by)
    if open_span is not None:
        yield open_span


def _state(day: date, changes: list[OrderChange]) -> tuple[str, OrderChange | None]:
    """Return the state on *day* and what brought it about."""
    active = [change for change in changes if _is_active(change, day)]
    base = next((change for change in reversed(active) if change.state not in _OVERLAYS), None)
    if base is not None and base.state in FALLEN:
        return base.state or IN_FORCE, base
    for overlay in _OVERLAYS:
        over = next((change for change in reversed(active) if change.state == overlay), None)
        if over is not None and not _is_ended(over, active):
            return overlay, over
    return (IN_FORCE, None) if base is None else (base.state or IN_FORCE, base)


def _is_active(change: OrderChange, day: date) -> bool:
    last = _last(change)
    return _first(change) <= day and (last is None or day <= last)


def _is_ended(over: OrderChange, active: list[OrderChange]) -> bool:
    """Tell whether a stay or appeal without an end was ended by a later word on the order itself."""
    if over.until is not None:
        return False
    ends = _ENDS_APPEAL if over.state == APPEALED else (IN_FORCE, *_ENDS_APPEAL)
    return any(change.state in ends and _first(change) > _first(over) for change in active)


def _findings(order: Order, entered: PartialDate | None, changes: Iterable[OrderChange]) -> Iterator[Finding]:
    for change in changes:
        since, state = change.since, change.state or "changed"
        if since is None:
            yield finding("SU004", f"{change.reference}: nobody says from when on {order.reference} is {state}.")
            continue
        if change.until is not None and change.until.last < since.first:
            yield finding("SU005", f"{change.reference} ends on {change.until}, before it begins on {since}.")
        if entered is not None and since.last < entered.first:
            code = "SU002" if change.state in FALLEN else "SU003"
            yield finding(code, f"{order.reference} is {state} from {since} on, but was entered on {entered}.")


def circular_changes(suit: Suit) -> tuple[tuple[str, ...], ...]:
    """Return the circles of orders each of which ends the one before it."""
    ends: dict[str, list[str]] = {order.reference: [] for order in suit.all_of(Order)}
    for change in suit.all_of(OrderChange):
        if change.state in FALLEN and change.order is not None and change.by is not None and change.order in ends:
            ends[change.order].append(change.by)
    return tuple(circles(ends))


def order_findings(suit: Suit) -> tuple[Finding, ...]:
    """Return what cannot be in the histories of the orders."""
    circular = [
        finding("SU006", f"These orders end each other in a circle: {', '.join(group[:10])}.")
        for group in circular_changes(suit)
    ]
    return (*(found for history in order_histories(suit) for found in history.findings), *circular)
