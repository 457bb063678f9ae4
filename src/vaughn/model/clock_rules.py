"""What a rule of time is: a limit, a pause, an extension or a right that opens, in its versions over the years."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from vaughn.model.calendar import Calendar
from vaughn.model.errors import InputError


class RuleKind(Enum):
    """What a rule does."""

    LIMIT = "limit"  # something is due
    PAUSE = "pause"  # days of a limit that do not count
    EXTENSION = "extension"  # a limit becomes longer
    OPENING = "opening"  # something may be done from that day on


class Count(Enum):
    """What is counted."""

    WORKING_DAYS = "working days"
    CALENDAR_DAYS = "calendar days"
    MONTHS = "months"
    YEARS = "years"

    @property
    def is_days(self) -> bool:
        """Tell whether days are counted one by one."""
        return self in {Count.WORKING_DAYS, Count.CALENDAR_DAYS}


# A longer period is a slip of the pen: ten years day by day, fifty by years.
MOST = {Count.WORKING_DAYS: 2_500, Count.CALENDAR_DAYS: 3_660, Count.MONTHS: 120, Count.YEARS: 50}


@dataclass(frozen=True, slots=True)
class Term:
    """How long, and on whose word.

    Args:
        number: `None` where the rule itself names none: an order, a regulation or another rule does.
        ends_at: The time of day the last day ends, where a source says so.
        confirmed: False where nobody has checked the source; it is said wherever the term is shown.
    """

    count: Count
    number: int | None
    citation: str
    confirmed: bool
    ends_at: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class AgencyTerm:
    """What one agency's regulation says in place of the rule."""

    agency: str
    term: Term


@dataclass(frozen=True, slots=True)
class RuleVersion:
    """A rule as it stood from one day to another, both included; `None` is open.

    Args:
        rolls: A last day on a weekend or holiday moves on to the next working day.
        rolls_confirmed: False where the source says nothing about it.
        working_below: Calendar periods shorter than this are counted in working days (the old Rule 6).
        paused_by, extended_by: Rules that may stop or lengthen it.
        opens: The rule that says what may be done when the limit is missed.
        times: How often a pause may be used; `None` is as often as needed.
        starts_within: Calendar days after the first office has received it in which the count starts at the latest.
    """

    valid_from: date | None
    valid_until: date | None
    term: Term
    rolls: bool = False
    rolls_confirmed: bool = True
    working_below: int | None = None
    paused_by: tuple[str, ...] = ()
    extended_by: str | None = None
    opens: str | None = None
    times: int | None = None
    starts_within: int | None = None
    agencies: tuple[AgencyTerm, ...] = ()

    def covers(self, day: date) -> bool:
        """Tell whether a clock that starts on *day* follows this version."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )

    def term_for(self, agency: str | None) -> Term | None:
        """Return the agency's own term; `None` if it has none here. Upper and lower case are the same."""
        wanted = "" if agency is None else agency.casefold()
        return next((own.term for own in self.agencies if own.agency.casefold() == wanted), None)


@dataclass(frozen=True, slots=True)
class ClockRule:
    """One rule with its versions, oldest first.

    Args:
        starts: What happens on the day the count starts from.
        bound: Whom it binds: ``agency``, ``requester``, ``government``.
    """

    id: str
    title: str
    kind: RuleKind
    starts: str
    bound: str
    versions: tuple[RuleVersion, ...]

    def version_on(self, day: date) -> RuleVersion:
        """Return the version for a clock that starts on *day*.

        Raises:
            InputError: If the file has none for that day.
        """
        for version in self.versions:
            if version.covers(day):
                return version
        spans = "; ".join(in_force(version) for version in self.versions)
        raise InputError(
            f"{self.id} has no version for a count that starts on {day.isoformat()}; known: {spans}.",
            hint="Check the year. An older or newer text of the law must first be added to the jurisdiction's file.",
        )


def in_force(version: RuleVersion) -> str:
    """Return ``from 2008-12-31 to 2016-06-29`` and its like."""
    start = "" if version.valid_from is None else f"from {version.valid_from.isoformat()}"
    end = "" if version.valid_until is None else f"to {version.valid_until.isoformat()}"
    return " ".join(part for part in (start, end) if part) or "no dates given"


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """The rules and the calendar of one place, read from its file.

    Args:
        source: What the rules were taken from.
        notice: Said wherever a date is shown.
    """

    id: str
    title: str
    source: str
    notice: str
    calendar: Calendar
    rules: tuple[ClockRule, ...]

    def rule(self, rule_id: str) -> ClockRule:
        """Return the rule of that id; upper and lower case are the same.

        Raises:
            InputError: If there is none; the hint lists those there are.
        """
        for rule in self.rules:
            if rule.id.casefold() == rule_id.strip().casefold():
                return rule
        raise InputError(
            f"{self.title} has no rule {rule_id.strip()[:40]!r}.",
            hint=f"Rules: {', '.join(rule.id for rule in self.rules)}.",
        )
