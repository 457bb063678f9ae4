"""Due dates against independent counters: worked dates, 100,000 random periods, and the table of legal holidays.

The worked dates were counted by hand on a wall calendar. The random periods are counted again by numpy
(`busday_offset`, `busday_count`) with the holidays of pandas, which shares no code with the program's; beside it
`workalendar`, the usual library, counts the same periods. The holidays are compared day by day with pandas, and with
5 U.S.C. 6103 written out below. pandas (BSD-3-Clause) and workalendar (MIT) are needed by this benchmark alone.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from pandas.tseries.holiday import USFederalHolidayCalendar
from workalendar.usa import UnitedStates

from vaughn.model import ClockQuestion, Jurisdiction, Toll, due_date, federal, read_jurisdiction

SEED = 3488
FIRST, LAST = date(1990, 1, 1), date(2050, 12, 31)
TWENTY_YEARS = (date(2008, 1, 1), date(2027, 12, 31))
# Rule, day of the event, agency, days of the extension, number; and the day it is due.
WORKED = (
    ("FOIA-20", date(2010, 2, 3), None, 0, None, date(2010, 3, 4)),
    ("FOIA-20", date(2010, 2, 3), None, 10, None, date(2010, 3, 18)),
    ("APPEAL-90", date(2024, 1, 2), "DHS", 0, None, date(2024, 5, 9)),
    ("APPEAL-90", date(2024, 1, 2), "NTSB", 0, None, date(2024, 4, 1)),
    ("APPEAL-CA-60", date(2011, 10, 24), None, 0, None, date(2011, 12, 23)),
    ("ANSWER-30", date(2010, 6, 1), None, 0, None, date(2010, 7, 1)),
    ("FRCP-6", date(2009, 11, 20), None, 0, 10, date(2009, 12, 7)),
    ("FRCP-6", date(2010, 11, 19), None, 0, 10, date(2010, 11, 29)),
)
# The federal calendar with rules of any length.
ANY_LENGTH = """
id = "bench"
title = "Any length"
source = "-"
notice = "-"
[calendar]
country = "US"
known_from = 1990-01-01
known_until = 2050-12-31
[[rules]]
id = "PAUSE"
title = "-"
kind = "pause"
starts = "-"
bound = "-"
[[rules.versions]]
citation = "-"
confirmed = true
[[rules]]
id = "WORKING"
title = "-"
kind = "limit"
starts = "-"
bound = "-"
[[rules.versions]]
count = "working days"
number_is_given = true
citation = "-"
confirmed = true
paused_by = ["PAUSE"]
[[rules]]
id = "CALENDAR"
title = "-"
kind = "limit"
starts = "-"
bound = "-"
[[rules.versions]]
count = "calendar days"
number_is_given = true
rolls = true
citation = "-"
confirmed = true
"""


@dataclass(frozen=True, slots=True)
class Period:
    """One random period."""

    question: ClockQuestion
    kind: str


def random_periods(count: int) -> list[Period]:
    """Return periods of 1 to 120 days that start from 1990 to 2045: in working days, also paused, and calendar days."""
    chance = random.Random(SEED)
    periods = []
    for number in range(count):
        day = FIRST + timedelta(days=chance.randrange(55 * 365))
        length = chance.randint(1, 120)
        if number % 4 == 0:
            periods.append(Period(ClockQuestion("CALENDAR", day, number=length), "calendar days, rolled forward"))
        elif number % 4 == 1:
            first = day + timedelta(days=chance.randrange(200))
            toll = Toll(first, first + timedelta(days=chance.randrange(60)))
            periods.append(Period(ClockQuestion("WORKING", day, (toll,), number=length), "working days, paused"))
        else:
            periods.append(Period(ClockQuestion("WORKING", day, number=length), "working days"))
    return periods


def counted_by_numpy(question: ClockQuestion, holidays: np.ndarray) -> date:
    """Return the due date as numpy counts it."""
    length, trigger = question.number, question.trigger
    if question.rule == "CALENDAR":
        return np.busday_offset(trigger + timedelta(days=length), 0, roll="forward", holidays=holidays).item()
    due = np.busday_offset(trigger, length, roll="backward", holidays=holidays).item()
    for toll in question.tolls:
        if toll.first <= due:
            start = max(toll.first, trigger + timedelta(days=1))
            lost = int(np.busday_count(start, toll.last + timedelta(days=1), holidays=holidays))
            due = np.busday_offset(trigger, length + lost, roll="backward", holidays=holidays).item()
    return due


def counted_by_workalendar(question: ClockQuestion, calendar: UnitedStates) -> date:
    """Return the due date as workalendar counts it; it knows no pauses."""
    if question.rule == "CALENDAR":
        due = question.trigger + timedelta(days=question.number)
        while not calendar.is_working_day(due):
            due += timedelta(days=1)
        return due
    return calendar.add_working_days(question.trigger, question.number)


def timed(count: Callable[[ClockQuestion], date], periods: Sequence[Period]) -> tuple[list[date], float]:
    """Return the due dates and the processor seconds they took."""
    begun = time.process_time()
    found = [count(period.question) for period in periods]
    return found, time.process_time() - begun


def compared(law: Jurisdiction, periods: Sequence[Period], holidays: np.ndarray) -> list[dict[str, object]]:
    """Return how each counter did on the periods."""
    truth, numpy_seconds = timed(lambda question: counted_by_numpy(question, holidays), periods)
    ours, seconds = timed(lambda question: due_date(question, law).due, periods)
    plain = [place for place, period in enumerate(periods) if not period.question.tolls]
    calendar = UnitedStates()
    theirs, their_seconds = timed(
        lambda question: counted_by_workalendar(question, calendar), [periods[place] for place in plain]
    )
    rows = [
        {"counter": "vaughn, with every day's reason", "periods": len(periods), "seconds": seconds,
         "different": sum(a != b for a, b in zip(truth, ours, strict=True))},
        {"counter": "numpy busday with the holidays of pandas", "periods": len(periods), "seconds": numpy_seconds,
         "different": 0},
        {"counter": "workalendar (no pauses)", "periods": len(plain), "seconds": their_seconds,
         "different": sum(truth[place] != due for place, due in zip(plain, theirs, strict=True))},
    ]  # fmt: skip
    for row in rows:
        row["periods a second"] = row["periods"] / row["seconds"]
    free = [due for due in ours if due.weekday() > 4 or due in law.calendar.holidays]
    rows[0]["on a weekend or holiday"] = len(free)
    return rows


def by_statute(year: int) -> Iterable[date]:
    """Yield the legal public holidays of 5 U.S.C. 6103(a), and the days they are observed on (b), of one year."""

    def nth(month: int, weekday: int, number: int) -> date:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))

    last_of_may = date(year, 5, 31)
    yield from (nth(1, 0, 3), nth(2, 0, 3), last_of_may - timedelta(days=last_of_may.weekday()), nth(9, 0, 1),
                nth(10, 0, 2), nth(11, 3, 4))  # fmt: skip
    fixed = [(1, 1), (7, 4), (11, 11), (12, 25), *([(6, 19)] if year >= 2021 else [])]
    for month, number in fixed:
        day = date(year, month, number)
        yield day
        if day.weekday() == 5:
            yield day - timedelta(days=1)
        elif day.weekday() == 6:
            yield day + timedelta(days=1)


def weekdays(days: Iterable[date], first: date, last: date) -> set[date]:
    """Return the days from Monday to Friday between two days; only they change a count."""
    return {day for day in days if first <= day <= last and day.weekday() < 5}


def holiday_tables(law: Jurisdiction) -> list[dict[str, object]]:
    """Return how the program's holidays differ from each other source, for twenty years and for the whole range."""
    calendar = UnitedStates()
    years = range(FIRST.year, LAST.year + 2)
    sources = {
        "5 U.S.C. 6103, written out here": {day for year in years for day in by_statute(year)},
        "pandas": {stamp.date() for stamp in USFederalHolidayCalendar().holidays(FIRST, LAST + timedelta(days=5))},
        "workalendar": {day for year in years for day, _ in calendar.holidays(year)},
    }
    rows = []
    for first, last in (TWENTY_YEARS, (FIRST, LAST)):
        ours = weekdays(law.calendar.holidays, first, last)
        for name, days in sources.items():
            theirs = weekdays(days, first, last)
            rows.append({"source": name, "years": f"{first.year} to {last.year}", "weekday holidays": len(theirs),
                         "of vaughn": len(ours), "missing in vaughn": len(theirs - ours),
                         "missing in the source": len(ours - theirs)})  # fmt: skip
    return rows


def worked_dates() -> list[dict[str, object]]:
    """Return each worked date and what the program says."""
    rows = []
    for rule, trigger, agency, extension, number, due in WORKED:
        told = due_date(ClockQuestion(rule, trigger, extend_days=extension, agency=agency, number=number), federal())
        rows.append({"rule": " ".join(filter(None, (rule, agency, f"+{extension}" if extension else None,
                                                    f"{number} days" if number else None))),
                     "from": trigger.isoformat(), "worked": due.isoformat(), "vaughn": told.due.isoformat(),
                     "equal": told.due == due})  # fmt: skip
    suit = federal().calendar.working_days(date(2010, 2, 3), date(2010, 4, 27))
    rows.append({"rule": "working day of the suit", "from": "2010-02-03", "worked": "58", "vaughn": str(suit),
                 "equal": suit == 58})  # fmt: skip
    return rows


def main() -> None:
    """Measure, print, and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--periods", type=int, default=100_000)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    law = read_jurisdiction(ANY_LENGTH, file="bench.toml")
    table = [stamp.date() for stamp in USFederalHolidayCalendar().holidays(FIRST, LAST + timedelta(days=5))]
    result = {
        "worked dates": worked_dates(),
        "random periods": compared(law, random_periods(options.periods), np.array(table, dtype="datetime64[D]")),
        "holidays": holiday_tables(law),
    }
    for name, rows in result.items():
        print(f"\n{name}")
        for row in rows:
            print("  " + "  ".join(f"{key}: {value:,.3f}" if isinstance(value, float) else f"{key}: {value}"
                                   for key, value in row.items()))  # fmt: skip
    if options.json:
        options.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
