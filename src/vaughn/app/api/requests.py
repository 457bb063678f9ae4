"""Requests, their clocks, letters and coverage."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from vaughn.app.api import suit_models as models
from vaughn.app.api.exports import attachment
from vaughn.app.api.workbench import TheCase
from vaughn.app.clocking import due_json
from vaughn.app.dues import due_feed, due_lines, owed_in
from vaughn.app.opening import now
from vaughn.formats.letters import LetterFormat
from vaughn.model import Entity, federal
from vaughn.request import (
    MOVES,
    CoverageCell,
    LetterOrder,
    RequestClock,
    case_coverage,
    import_agencies,
    request_clocks,
    set_state,
    shipped_letters,
    write_letter,
)

router = APIRouter()
_MEDIA_TYPES = {
    LetterFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    LetterFormat.PDF: "application/pdf",
    LetterFormat.TXT: "text/plain; charset=utf-8",
}
OnDay = Annotated[date | None, Query()]


@router.get("/api/suit/due")
def due(case: TheCase, on: OnDay = None) -> models.DueTable:
    """Return what is owed in the case on a day, the most urgent first."""
    law, day = federal(), on or now().astimezone().date()
    why = owed_in(case.file, law, on=day).why
    return models.DueTable(
        on=day.isoformat(),
        notice=law.notice,
        rows=[
            models.DueRow(
                key=line.entry.key,
                title=line.entry.title,
                who=line.entry.who,
                standing=line.standing.value,
                due=None if line.entry.due is None else line.entry.due.isoformat(),
                met_on=None if line.entry.met_on is None else line.entry.met_on.isoformat(),
                days=line.days,
                working_days=line.working_days,
                confirmed=line.entry.confirmed,
                why=why.get(line.entry.key, ""),
            )
            for line in due_lines(case.file, law, on=day)
        ],
    )


@router.get("/api/suit/due.ics", response_class=Response)
def due_calendar(case: TheCase) -> Response:
    """Download what is still owed as a calendar."""
    content = due_feed(case.file, federal(), now=now())
    return Response(content, media_type="text/calendar; charset=utf-8", headers=attachment("deadlines.ics"))


@router.get("/api/requests")
def requests(case: TheCase) -> list[models.RequestRow]:
    """Return the requests with every clock and its reasons."""
    entities = case.file.entities()
    return [_request_row(entity, entities) for entity in entities if entity.kind == "request"]


def _request_row(request: Entity, entities: tuple[Entity, ...]) -> models.RequestRow:
    state = request.value("state")
    return models.RequestRow(
        reference=request.reference,
        title=request.value("title") or request.key,
        agency=request.value("agency"),
        state=state,
        moves=list(MOVES if state is None else MOVES.get(state, ())),
        clocks=[_clock_row(clock) for clock in request_clocks(request, entities, federal())],
    )


def _clock_row(clock: RequestClock) -> models.ClockRow:
    return models.ClockRow(
        key=clock.entry.key,
        rule=clock.rule,
        title=clock.entry.title,
        who=clock.entry.who,
        due=None if clock.entry.due is None else clock.entry.due.isoformat(),
        met_on=None if clock.entry.met_on is None else clock.entry.met_on.isoformat(),
        confirmed=clock.entry.confirmed,
        note=clock.note,
        fault=clock.fault,
        computed=None if clock.computed is None else due_json(clock.computed, federal()),
    )


@router.post("/api/requests/{key}/state")
def move(case: TheCase, key: str, form: models.StateForm) -> list[models.RequestRow]:
    """Move a request along the table of states."""
    with case.writing() as writable:
        set_state(writable, f"request/{key}", form.state)
    return requests(case)


@router.get("/api/requests/letters")
def letters() -> list[str]:
    """Return the kinds of letters there are templates for."""
    return list(shipped_letters())


@router.post("/api/requests/{key}/letters", response_class=Response)
def letter(case: TheCase, key: str, form: models.LetterForm) -> Response:
    """Write a letter, keep it in the case, and download it."""
    kind = LetterFormat(form.format)
    order = LetterOrder(f"request/{key}", form.kind, form.on or now().astimezone().date(), form.template, form.extra)
    with case.writing() as writable:
        content = write_letter(writable, order, kind, law=federal())
    name = f"{key} {form.kind}.{kind.value}"
    return Response(content, media_type=_MEDIA_TYPES[kind], headers=attachment(name))


@router.get("/api/suit/coverage")
def coverage(case: TheCase) -> models.CoverageTable:
    """Return what each agency released of each item asked for."""
    found = case_coverage(case.file)
    return models.CoverageTable(
        agencies=list(found.agencies),
        rows=[
            models.CoverageRow(
                reference=row.item.reference,
                number=row.item.number,
                title=row.item.title,
                depth=row.item.depth,
                cells=[_cell(cell) for cell in row.cells],
            )
            for row in found.rows
        ],
        empty=found.empty,
        unmatched=list(found.unmatched),
        faults=list(found.faults),
    )


def _cell(cell: CoverageCell) -> models.CoverageCell:
    return models.CoverageCell(releases=list(cell.releases), listed=list(cell.listed), documents=list(cell.documents))


@router.post("/api/suit/agencies")
def take_in_agencies(case: TheCase, form: models.TableForm) -> models.ImportedRows:
    """Take in agencies and their contacts from a CSV table."""
    with case.writing() as writable:
        done = import_agencies(writable, form.content.encode(), name=form.name)
    unused = [f"Column {name!r} is not used." for name in done.table.unknown_columns]
    return models.ImportedRows(added=done.added, known=done.known, told=[*unused, *done.table.faults])
