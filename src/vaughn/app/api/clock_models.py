"""What the interface sends about due dates: one class a JSON object; days are written ``2010-02-03``."""

from __future__ import annotations

from pydantic import BaseModel


class RuleRow(BaseModel):
    """One term of a rule: of one version, or of one agency in it."""

    rule: str
    agency: str | None
    title: str
    kind: str
    bound: str
    starts: str
    count: str
    number: int | None
    in_force: str
    citation: str
    confirmed: bool
    note: str


class TollRow(BaseModel):
    """A pause; without a last day it still runs."""

    rule: str
    first: str
    last: str | None


class CitationRow(BaseModel):
    """A source that a due date rests on."""

    rule: str
    citation: str
    confirmed: bool
    note: str


class WhyLine(BaseModel):
    """One line of the reasons, long runs folded."""

    days: str
    what: str
    count: str
    why: str


class DayRow(BaseModel):
    """One day of the count."""

    day: str
    what: str
    name: str
    count: int | None
    by: str | None


class WhatIfAnswer(BaseModel):
    """How the due date would move."""

    condition: str
    due_before: str | None
    due_after: str | None
    sentence: str


class DueDateDetail(BaseModel):
    """A due date with its reasons; `due` is null while a pause runs."""

    jurisdiction: str
    rule: str
    title: str
    bound: str
    starts: str
    trigger: str
    first_received: str | None
    start: str
    due: str | None
    in_words: str
    confirmed: bool
    counted_end: str | None
    count: str
    number: int | None
    agency: str | None
    extend_days: int
    tolls: list[TollRow]
    opens: str | None
    opens_on: str | None
    in_force: str
    citations: list[CitationRow]
    notes: list[str]
    lines: list[WhyLine]
    days: list[DayRow]
    what_if: WhatIfAnswer | None
    notice: str
