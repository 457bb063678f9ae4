"""The reasons of a due date as people read them: long runs folded, and what would change if something else happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from vaughn.model.calendar import day_in_words
from vaughn.model.clock import ClockQuestion, DueDate, due_date
from vaughn.model.clock_count import DayKind, DayStep, Toll
from vaughn.model.clock_rules import Jurisdiction
from vaughn.model.errors import InputError

# So many days in a row are told one by one; longer runs become one line.
_SHORT_RUN = 3


@dataclass(frozen=True, slots=True)
class DayRun:
    """Days of a count that are told in one line.

    Args:
        what: As of a day; a run of counted days may hold weekends.
        count_first, count_last: The first and last number counted; `None` if nothing was.
        left_out: Weekend days inside a run of counted days.
    """

    first: date
    last: date
    what: DayKind
    name: str
    days: int
    count_first: int | None = None
    count_last: int | None = None
    left_out: int = 0
    by: str | None = None


def folded_days(days: Sequence[DayStep]) -> tuple[DayRun, ...]:
    """Return *days* with long runs of counted days (and the weekends in them) and of paused days folded.

    Holidays, the trigger day, days rolled forward and the last day counted always stand alone.
    """
    last_counted = max((place for place, step in enumerate(days) if step.what is DayKind.COUNTED), default=-1)
    runs: list[list[DayStep]] = []
    for place, step in enumerate(days):
        if runs and place != last_counted and _belongs(runs[-1], step):
            runs[-1].append(step)
        else:
            runs.append([step])
    return tuple(line for run in runs for line in _lines(run))


def each_day(days: Sequence[DayStep]) -> tuple[DayRun, ...]:
    """Return *days* with a line for each."""
    return tuple(_line([step]) for step in days)


def _belongs(run: Sequence[DayStep], step: DayStep) -> bool:
    """Tell whether *step* goes on with *run*: paused by the same rule, or counted for the same rule, or a weekend."""
    before = run[-1]
    if before.what is DayKind.TOLLED or step.what is DayKind.TOLLED:
        return before.what is step.what and before.name == step.name
    if not {before.what, step.what} <= {DayKind.COUNTED, DayKind.WEEKEND}:
        return False
    counted_for = {one.by for one in (*run, step) if one.what is DayKind.COUNTED}
    return len(counted_for) <= 1


def _lines(run: Sequence[DayStep]) -> list[DayRun]:
    if len(run) <= _SHORT_RUN:
        return [_line([step]) for step in run]
    return [_line(run)]


def _line(run: Sequence[DayStep]) -> DayRun:
    counted = [step for step in run if step.count is not None]
    return DayRun(
        first=run[0].day,
        last=run[-1].day,
        what=DayKind.COUNTED if counted else run[0].what,
        name=run[0].name if len(run) == 1 or not counted else "",
        days=len(run),
        count_first=counted[0].count if counted else None,
        count_last=counted[-1].count if counted else None,
        left_out=sum(step.what is DayKind.WEEKEND for step in run) if counted else 0,
        by=counted[0].by if counted else None,
    )


@dataclass(frozen=True, slots=True)
class WhatIf:
    """How a due date would move.

    Args:
        condition: What would happen, as half a sentence: ``the pause TOLL-1 ends on 2026-12-01``.
    """

    condition: str
    before: DueDate
    after: DueDate

    @property
    def sentence(self) -> str:
        """Return the answer in one sentence."""
        after = self.after.due
        if after is None:
            return f"If {self.condition}, there is no due date while the pause runs."
        then = day_in_words(after)
        if self.before.due is None:
            return f"If {self.condition}, the due date is {then}; now there is none, because the clock stands still."
        if self.before.due == after:
            return f"If {self.condition}, the due date stays {then}."
        return f"If {self.condition}, the due date moves from {day_in_words(self.before.due)} to {then}."


def if_asked(question: ClockQuestion, changed: ClockQuestion, law: Jurisdiction, *, condition: str) -> WhatIf:
    """Return how the due date would move if *changed* were asked instead."""
    return WhatIf(condition, due_date(question, law), due_date(changed, law))


def if_answered(question: ClockQuestion, on: date, law: Jurisdiction) -> WhatIf:
    """Return how the due date would move if the last pause ended with an answer received on *on*.

    Raises:
        InputError: If there is no pause to end, or *on* lies before it.
    """
    asked = due_date(question, law).question
    if not asked.tolls:
        raise InputError(
            f"{asked.rule} is not paused, so no answer can end a pause.",
            hint="Add the pause that runs: --toll FIRST.. with the day on which the agency asked.",
        )
    last = next((toll for toll in asked.tolls if toll.last is None), asked.tolls[-1])
    ended = tuple(replace(toll, last=on) if toll is last else toll for toll in asked.tolls)
    condition = f"the answer is received on {on.isoformat()} ({last.rule} ends)"
    return if_asked(asked, replace(asked, tolls=ended), law, condition=condition)


def if_extended(question: ClockQuestion, days: int, law: Jurisdiction) -> WhatIf:
    """Return how the due date would move if the notice of an extension took *days* days."""
    return if_asked(
        question, replace(question, extend_days=days), law, condition=f"the agency extends the limit by {days} days"
    )


def if_paused(question: ClockQuestion, toll: Toll, law: Jurisdiction) -> WhatIf:
    """Return how the due date would move with one more pause."""
    until = "on" if toll.last is None else f"to {toll.last.isoformat()}"
    condition = f"the clock stands still from {toll.first.isoformat()} {until}"
    return if_asked(question, replace(question, tolls=(*question.tolls, toll)), law, condition=condition)
