"""Productions: receiving, listing, resuming, checking, reporting."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter
from fastapi import Path as PathParameter
from fastapi.responses import Response

from vaughn.app.api import forms, models
from vaughn.app.api.errors import NotFound
from vaughn.app.api.exports import attachment
from vaughn.app.api.filters import MAX_NUMBER
from vaughn.app.api.shapes import counts, division_row, ledger_rows, load_file_row
from vaughn.app.api.workbench import OpenCase, TheCase
from vaughn.app.checking import ReportFormat, written_report
from vaughn.app.jobs import Job
from vaughn.model import InputError, Production, ProductionState, StateError, UsageError
from vaughn.receive import find_order, shipped_orders

router = APIRouter()
ProductionId = Annotated[int, PathParameter(ge=0, le=MAX_NUMBER)]
# A production that begins at once is in the case by then; one that waits behind another is not.
BEGIN_SECONDS = 20.0
_MEDIA_TYPES = {
    ReportFormat.PDF: "application/pdf",
    ReportFormat.HTML: "text/html; charset=utf-8",
    ReportFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ReportFormat.JSON: "application/json",
}


def known_production(case: OpenCase, production_id: int) -> Production:
    """Return a production of the open case.

    Raises:
        NotFound: If there is none.
    """
    production = case.file.production(production_id)
    if production is None:
        raise NotFound("There is no such production in this case.")
    return production


@router.get("/api/orders")
def orders() -> list[models.OrderRow]:
    """Return the production-order profiles that come with the program."""
    return [models.OrderRow(name=order.name, title=order.title, banner=order.banner) for order in shipped_orders()]


@router.post("/api/productions")
def receive_production(form: forms.NewProduction, case: TheCase) -> models.JobBegun:
    """Begin to receive what lies at a path, or what was dropped."""
    if (form.path is None) == (form.upload_id is None):
        raise UsageError("Name either a path or an upload.", hint="Drop a folder or zip, or write its path.")
    source = case.incoming.source(form.upload_id) if form.upload_id else named_source(form.path or "")
    if form.order:
        find_order(form.order)
    job = case.add_job(
        "receive",
        path=str(source),
        upload_id=form.upload_id,
        agency=form.agency.strip(),
        released_on=form.released_on.isoformat(),
        name=(form.name or "").strip() or None,
        replaces=form.replaces or None,
        order=form.order or None,
        scans="auto" if form.ocr is None else "all" if form.ocr else "never",
    )
    job = case.jobs.wait_for(job.id, has_begun_or_waits(case), seconds=BEGIN_SECONDS)
    return models.JobBegun(job_id=job.id, production_id=job.production_id)


def named_source(text: str) -> Path:
    """Return what lies at a path that somebody wrote.

    Raises:
        InputError: If there is nothing, or the path is not whole.
    """
    path = Path(text).expanduser()
    if "\0" in text or not path.is_absolute() or not path.exists():
        raise InputError("There is nothing at this path.", hint="Write the whole path, from the first folder on.")
    return path


def has_begun_or_waits(case: OpenCase) -> Callable[[Job], bool]:
    """Return what tells of the last job that its production is in the case, or that it waits behind another."""
    others = any(not job.is_over for job in case.jobs.all()[:-1])
    return lambda job: job.production_id is not None or others


@router.get("/api/productions")
def productions(case: TheCase) -> list[models.ProductionRow]:
    """Return the productions, oldest release first."""
    return [_row(case, production) for production in case.file.productions()]


def _row(case: OpenCase, production: Production) -> models.ProductionRow:
    found, ledger = case.file.counts(production.id), case.file.ledger(production.id)
    return models.ProductionRow(
        id=production.id,
        name=production.name,
        agency=production.agency,
        released_on=production.released_on.isoformat(),
        received_at=production.received_at.isoformat(timespec="seconds"),
        state=production.state.value,
        replaces=production.replaces,
        order=production.order,
        documents=found.documents,
        pages=found.pages,
        findings=counts(found.findings),
        ledger_balances=None if ledger is None else ledger.balances,
    )


@router.get("/api/productions/{production_id}")
def production(case: TheCase, production_id: ProductionId) -> models.ProductionDetail:
    """Return one production with its ledger, load files and divided files."""
    known = known_production(case, production_id)
    load_files = case.file.load_files(production_id)
    return models.ProductionDetail(
        **_row(case, known).model_dump(),
        ledger=ledger_rows(case.file.ledger(production_id)),
        load_files=[load_file_row(load_file) for load_file in load_files],
        divisions=[division_row(division) for division in case.file.divisions(production_id)],
        volumes=_volumes([load_file.path for load_file in load_files]),
    )


def _volumes(paths: list[str]) -> list[str]:
    """Return the folders that hold load files; a volume has a folder of its own, and its load files often in DATA."""
    return sorted(
        {next((part for part in path.split("/")[:-1] if part.upper() != "DATA"), "") for path in paths} - {""}
    )


@router.post("/api/productions/{production_id}/resume")
def resume(case: TheCase, production_id: ProductionId) -> models.JobBegun:
    """Go on with a production that was stopped."""
    known = known_production(case, production_id)
    if known.state is ProductionState.COPYING:
        raise StateError(
            "Copying the files of this production was interrupted.",
            hint="Load it again from the same place under the same name; what was copied is not copied twice.",
        )
    job = case.add_job("resume", production_id=production_id, resumed=production_id)
    return models.JobBegun(job_id=job.id, production_id=production_id)


@router.post("/api/productions/{production_id}/check")
def check(case: TheCase, production_id: ProductionId, form: forms.CheckOrder) -> models.JobBegun:
    """Run the checks again, against another order if one is named."""
    known_production(case, production_id)
    if form.order:
        find_order(form.order)
    job = case.add_job("check", production_id=production_id, checked=production_id, order=form.order or None)
    return models.JobBegun(job_id=job.id, production_id=production_id)


@router.get("/api/productions/{production_id}/report", response_class=Response)
def report(case: TheCase, production_id: ProductionId, format: ReportFormat = ReportFormat.PDF) -> Response:
    """Download the production deficiency report."""
    known = known_production(case, production_id)
    content = written_report(case.file, production_id, format)
    name = f"Production deficiency report {known.name}.{format.value}"
    return Response(content, media_type=_MEDIA_TYPES[format], headers=attachment(name))
