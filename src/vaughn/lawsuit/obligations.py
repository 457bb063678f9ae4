"""Who owes what until when: due dates with the stays of the order, and whether it was met, with the reason in words.

A day that an order names, or that a rule of the clock gives, is moved by a stay: a named day that falls into the stay,
or that had passed unmet before it, becomes the last day of the stay; of a counted period the days of the stay do not
count. That is how this program reckons, not what a court has said: only the order that ends a stay can say. What an
order demanded ends when the order is withdrawn, vacated or superseded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum

from vaughn.lawsuit.names import folded_name
from vaughn.lawsuit.orders import FALLEN, STAYED, OrderHistory, StateSpan, order_histories
from vaughn.lawsuit.suit import Suit
from vaughn.lawsuit.values import DocketEntry, Obligation, Release
from vaughn.model import (
    ClockQuestion,
    Confidence,
    DueDate,
    DueEntry,
    InputError,
    Jurisdiction,
    PartialDate,
    day_in_words,
    due_date,
)

# "ANSWER-30", or "FRCP-6 14" where the order names the number of days.
_RULE = re.compile(r"(?P<rule>[A-Za-z][\w-]*)(?:[\s:]+(?P<number>\d{1,4})(?:\s+\w+)?)?")


class ObligationState(Enum):
    """How an obligation stands on a day."""

    OPEN = "open"
    MET = "met"
    LATE = "late"
    MISSED = "missed"
    STAYED = "stayed"
    LIFTED = "lifted"


@dataclass(frozen=True, slots=True)
class ObligationLine:
    """An obligation as it stands on the day *on*.

    Args:
        named: The day due before any stay; `None` if nobody says.
        due: The day due on the day *on*; `None` if nobody says, or a stay has no end.
        counted: How the named day was counted, where a rule of the clock gave it.
        met_on: When it was met, as far as known on the day *on*.
        why: What led to this state, one sentence a step.
        confirmed: False where a stay moved the day, or a source of it is not confirmed.
    """

    obligation: Obligation
    on: date
    state: ObligationState
    named: date | None
    due: date | None
    counted: DueDate | None
    met_on: PartialDate | None
    met_by: tuple[str, ...]
    why: tuple[str, ...]
    confirmed: bool


@dataclass(frozen=True, slots=True)
class _Basis:
    """What an obligation is reckoned from."""

    suit: Suit
    on: date
    law: Jurisdiction
    histories: Mapping[str, OrderHistory]


@dataclass(frozen=True, slots=True)
class _Day:
    """A day due, and how it came about."""

    day: date | None
    why: tuple[str, ...]
    counted: DueDate | None = None
    confirmed: bool = True

    def moved(self, day: date | None, why: str) -> _Day:
        """Return it moved to another day, which no court has named."""
        return replace(self, day=day, why=(*self.why, why), confirmed=False)


def obligation_lines(suit: Suit, *, on: date, law: Jurisdiction) -> tuple[ObligationLine, ...]:
    """Return how every obligation stands on the day *on*; what happened later, later orders too, is left out."""
    histories = {one.order.reference: one for one in order_histories(suit, known_on=on)}
    basis = _Basis(suit, on, law, histories)
    return tuple(_line(one, basis) for one in suit.all_of(Obligation) if _is_ordered(one, basis))


def _is_ordered(obligation: Obligation, basis: _Basis) -> bool:
    """Tell whether the order was there on the day asked about, as far as anybody knows."""
    history = basis.histories.get(obligation.order or "")
    return history is None or history.entered is None or history.entered.first <= basis.on


def due_entries(lines: Iterable[ObligationLine], suit: Suit) -> tuple[DueEntry, ...]:
    """Return what stands on the list of what is due; lifted ones, and those met on an unknown day, are left out."""
    return tuple(
        DueEntry(
            line.obligation.reference,
            line.obligation.title,
            ", ".join(suit.title(who) for who in line.obligation.who),
            line.due,
            None if line.met_on is None else line.met_on.last,
            is_suspended=line.state is ObligationState.STAYED,
            confirmed=line.confirmed,
        )
        for line in lines
        if line.state is not ObligationState.LIFTED
        and (line.met_on is not None or line.state not in (ObligationState.MET, ObligationState.LATE))
    )


def supposed_met(obligation: Obligation, day: date) -> Obligation:
    """Return *obligation* as if it were met on *day*, for `Suit.supposing`."""
    return replace(obligation, met_on=PartialDate.of(day), met_by=())


def _line(obligation: Obligation, basis: _Basis) -> ObligationLine:
    named = _named_day(obligation, basis)
    histories = [
        history
        for reference in dict.fromkeys((obligation.order, *obligation.depends_on))
        if (history := basis.histories.get(reference or "")) is not None
    ]
    met_on, met_by = _met(obligation, basis)
    stays = sorted(
        (span for history in histories for span in history.stays() if met_on is None or span.first <= met_on.first),
        key=lambda span: (span.first, span.last or date.max),
    )
    due = named
    for stay in stays:
        due = _after_stay(due, stay, obligation, basis)
    state, why = _state(obligation, basis, due=due.day, met_on=met_on, histories=histories)
    return ObligationLine(
        obligation,
        basis.on,
        state,
        named.day,
        due.day,
        due.counted,
        met_on,
        met_by,
        (*due.why, why),
        due.confirmed,
    )


def _named_day(obligation: Obligation, basis: _Basis) -> _Day:
    """Return the day due without any stay."""
    if obligation.due_on is not None:
        said = basis.suit.said(obligation, "due_on")
        who = f", as {said[0].source.title} has it" if said else ""
        sure = not said or said[0].statement.confidence is not Confidence.NOT_CONFIRMED
        exact = obligation.due_on.exact is not None
        what = day_in_words(obligation.due_on.last) if exact else f"{obligation.due_on}, taken to its last day"
        return _Day(obligation.due_on.last, (f"Due {what}{who}.",), confirmed=sure and exact)
    if obligation.rule is None:
        return _Day(None, ("Nobody says when it is due.",))
    trigger = None if obligation.runs_from is None else obligation.runs_from.exact
    if trigger is None:
        return _Day(None, (f"{obligation.rule} runs from a day that nobody says.",))
    return _counted_day(obligation.rule, trigger, basis.law)


def _counted_day(rule: str, trigger: date, law: Jurisdiction) -> _Day:
    match = _RULE.fullmatch(rule.strip())
    if match is None:
        return _Day(None, (f"{rule!r} is no rule of the clock; write FRCP-6 14 for 14 days by that rule.",))
    number = None if match["number"] is None else int(match["number"])
    try:
        counted = due_date(ClockQuestion(match["rule"], trigger, number=number), law)
    except InputError as error:
        return _Day(None, (error.message,))
    if counted.due is None:
        return _Day(None, (f"{rule} from {day_in_words(trigger)} has no end.",), counted)
    why = f"Due {day_in_words(counted.due)}: {rule} from {day_in_words(trigger)}."
    return _Day(counted.due, (why,), counted, counted.confirmed)


def _after_stay(due: _Day, stay: StateSpan, obligation: Obligation, basis: _Basis) -> _Day:
    """Return the day due after one stay."""
    if due.day is None or (stay.last is not None and _is_untouched(due, stay)):
        return due
    by = "the order" if stay.change is None else stay.change.title
    if stay.last is None:
        return due.moved(None, f"Stayed since {day_in_words(stay.first)} ({by}), without a known end: no day is due.")
    span = f"{day_in_words(stay.first)} to {day_in_words(stay.last)}"
    if stay.first > due.day:
        why = f"Not met by then; stayed from {span} ({by}): due the last day of the stay."
        return due.moved(stay.last, why)
    if due.counted is None:
        return due.moved(stay.last, f"Stayed from {span} ({by}): due the last day of the stay.")
    start = due.counted.question.trigger + timedelta(days=1)
    stayed = (stay.last - max(stay.first, start)).days + 1
    day = _working_day(due.day + timedelta(days=stayed), basis.law)
    return due.moved(day, f"Stayed from {span} ({by}): {stayed} days do not count, due {day_in_words(day)}.")


def _is_untouched(due: _Day, stay: StateSpan) -> bool:
    """Tell whether a stay that has ended leaves the day where it is: a named day after it, a count begun after it."""
    if due.day is None or stay.last is None:
        return False
    if due.counted is None:
        return stay.last < due.day
    return stay.last <= due.counted.question.trigger


def _working_day(day: date, law: Jurisdiction) -> date:
    try:
        return law.calendar.next_working_day(day)
    except InputError:
        return day  # outside the calendar's years nothing is known of holidays


def _met(obligation: Obligation, basis: _Basis) -> tuple[PartialDate | None, tuple[str, ...]]:
    """Return when it was met and by what, as far as it was known on the day asked about."""
    if obligation.met_on is not None:
        known = obligation.met_on.first <= basis.on
        return (obligation.met_on, obligation.met_by) if known else (None, ())
    days = [_day_of(reference, basis.suit) for reference in obligation.met_by]
    known_days = [day for day in days if day is not None]
    # What takes several releases is met with the last of them.
    if not known_days or len(known_days) < len(days) or max(known_days).first > basis.on:
        return None, ()
    return max(known_days), obligation.met_by


def _day_of(reference: str, suit: Suit) -> PartialDate | None:
    release, entry = suit.one(Release, reference), suit.one(DocketEntry, reference)
    if release is not None:
        return release.released_on
    return None if entry is None else entry.day


def _state(
    obligation: Obligation,
    basis: _Basis,
    *,
    due: date | None,
    met_on: PartialDate | None,
    histories: list[OrderHistory],
) -> tuple[ObligationState, str]:
    """Return the state on the day asked about, and the sentence that says why."""
    if met_on is not None:
        return _met_state(met_on, due)
    stated = _as_stated(obligation, basis, due)
    if stated in (ObligationState.MET, ObligationState.LATE):
        return stated, f"{_who_says(obligation, basis)} that it is {stated.value}; the day is not known."
    ended = _ending(obligation, basis, histories)
    if ended is not None:
        return ObligationState.LIFTED, ended
    if any(span.state == STAYED for one in histories if (span := one.on(basis.on)) is not None):
        return ObligationState.STAYED, f"The order is stayed on {day_in_words(basis.on)}."
    return _unmet_state(obligation, basis, due=due, stated=stated)


def _unmet_state(
    obligation: Obligation, basis: _Basis, *, due: date | None, stated: ObligationState | None
) -> tuple[ObligationState, str]:
    on = basis.on
    if due is not None:
        if on > due:
            return ObligationState.MISSED, f"Not met by {day_in_words(due)}, as far as anybody says."
        return ObligationState.OPEN, f"{(due - on).days} days are left on {day_in_words(on)}."
    if stated is not None:
        return stated, f"{_who_says(obligation, basis)} that it is {stated.value}."
    return ObligationState.OPEN, "Nobody says that it was met."


def _met_state(met_on: PartialDate, due: date | None) -> tuple[ObligationState, str]:
    day = f"on {day_in_words(met_on.last)}" if met_on.exact is not None else f"in {met_on}"
    if due is None:
        return ObligationState.MET, f"Met {day}."
    if met_on.first > due:
        return ObligationState.LATE, f"Met {day}, {(met_on.first - due).days} days late."
    if met_on.last > due:
        return ObligationState.MET, f"Met {day}; whether in time cannot be told."
    return ObligationState.MET, f"Met {day}, in time."


def _as_stated(obligation: Obligation, basis: _Basis, due: date | None) -> ObligationState | None:
    """Return the state somebody gives, where it cannot be computed."""
    if obligation.state is None or obligation.state == ObligationState.STAYED.value:
        return None
    state = ObligationState(obligation.state)
    if state in (ObligationState.MET, ObligationState.LATE):
        # Met on a day that is still to come was not met yet.
        is_dated = obligation.met_on is not None or any(_day_of(one, basis.suit) for one in obligation.met_by)
        return None if is_dated else state
    return state if due is None else None


def _who_says(obligation: Obligation, basis: _Basis) -> str:
    said = basis.suit.said(obligation, "state")
    return f"{said[0].source.title} says" if said else "It is said"


def _ending(obligation: Obligation, basis: _Basis, histories: list[OrderHistory]) -> str | None:
    """Return why nothing is owed any more: the order fell, or a later one asks for the same anew."""
    for history in histories:
        span = history.on(basis.on)
        if span is not None and span.state in FALLEN:
            return f"Lifted: {history.order.title} was {span.state} on {day_in_words(span.first)}."
    for history in histories:
        for change in history.changes:
            again = _asked_again(obligation, change.by, basis) if change.state == "amended" else None
            if again is not None:
                return f"Lifted: {basis.suit.title(change.by or '')} asks for the same anew ({again.reference})."
    return None


def _asked_again(obligation: Obligation, by: str | None, basis: _Basis) -> Obligation | None:
    """Return the obligation of the amending order that asks for the same."""
    wanted = folded_name(obligation.title)
    return next(
        (
            other
            for other in basis.suit.all_of(Obligation)
            if by is not None
            and other.order == by
            and other.reference != obligation.reference
            and folded_name(other.title) == wanted
        ),
        None,
    )
