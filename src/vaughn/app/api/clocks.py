"""Due dates with their reasons, by the federal rules; no case need be open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from vaughn.app.api import clock_models as models
from vaughn.app.api.exports import attachment
from vaughn.app.clocking import clock_event, clock_report, due_json, read_toll, rules_json
from vaughn.app.opening import now
from vaughn.formats.ics import written_as_ics
from vaughn.formats.report import written_as_html, written_as_pdf
from vaughn.model import ClockQuestion, DueDate, WhatIf, due_date, federal, if_answered, read_day

router = APIRouter()
MAX_PAUSES = 50
DayText = Annotated[str, Query(max_length=40)]
Count = Annotated[int, Query(ge=0, le=100_000)]


class ClockFile(Enum):
    """What the reasons can be downloaded as."""

    PDF = "pdf"
    HTML = "html"
    ICS = "ics"


_MEDIA = {
    ClockFile.PDF: "application/pdf",
    ClockFile.HTML: "text/html; charset=utf-8",
    ClockFile.ICS: "text/calendar; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """A due date, and how it would move if that was asked."""

    told: DueDate
    what_if: WhatIf | None


def answered(  # noqa: PLR0917 - the framework passes them by name
    rule: Annotated[str, Query(max_length=60)],
    start: Annotated[str, Query(alias="from", max_length=40)],
    toll: Annotated[list[str] | None, Query(max_length=MAX_PAUSES)] = None,
    extend_days: Count = 0,
    agency: Annotated[str | None, Query(max_length=60)] = None,
    number: Count | None = None,
    first_received: DayText | None = None,
    if_answered_on: Annotated[str | None, Query(alias="if_answered", max_length=40)] = None,
) -> Answer:
    """Return what the parameters ask for; days are written ``2010-02-03``, pauses as for `vaughn clock --toll`."""
    question = ClockQuestion(
        rule=rule,
        trigger=read_day(start, what="from"),
        tolls=tuple(read_toll(text) for text in toll or ()),
        extend_days=extend_days,
        agency=agency or None,
        number=number,
        first_received=_day(first_received, "first_received"),
    )
    told = due_date(question, federal())
    on = _day(if_answered_on, "if_answered")
    return Answer(told, None if on is None else if_answered(question, on, federal()))


def _day(text: str | None, name: str) -> date | None:
    return read_day(text, what=name) if text else None


Asked = Annotated[Answer, Depends(answered)]


@router.get("/api/clock/rules")
def rules() -> list[models.RuleRow]:
    """Return every version of every rule with its source."""
    return [models.RuleRow.model_validate(row) for row in rules_json(federal())]


@router.get("/api/clock")
def clock(asked: Asked) -> models.DueDateDetail:
    """Return when something is due, and what every day was."""
    return models.DueDateDetail.model_validate(due_json(asked.told, federal(), asked.what_if))


@router.get("/api/clock/file", response_class=Response)
def file(asked: Asked, format: ClockFile = ClockFile.PDF) -> Response:
    """Download the reasons, or the day for a calendar program."""
    told, law = asked.told, federal()
    if format is ClockFile.ICS:
        content = written_as_ics([clock_event(told, law)], name=f"{told.rule.id}, {law.title}", made_at=now())
    else:
        report = clock_report(told, law, made_at=now(), what_if=asked.what_if)
        content = written_as_pdf(report) if format is ClockFile.PDF else written_as_html(report).encode("utf-8")
    name = f"{told.rule.id} {told.question.trigger.isoformat()}.{format.value}"
    return Response(content, media_type=_MEDIA[format], headers=attachment(name))
