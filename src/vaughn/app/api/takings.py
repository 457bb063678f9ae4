"""Taking records in: beginning, watching, the ledger, and what did not come in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Literal, cast

from fastapi import APIRouter, Query
from fastapi.responses import Response

from vaughn.app.api import models
from vaughn.app.api import taking_models as rows
from vaughn.app.api.errors import NotFound
from vaughn.app.api.exports import ListFormat, attachment, list_download
from vaughn.app.api.filters import Limit, Number
from vaughn.app.api.productions import BEGIN_SECONDS, ProductionId, has_begun_or_waits, named_source
from vaughn.app.api.record_shapes import handover_row
from vaughn.app.api.shapes import counts, ledger_rows
from vaughn.app.api.workbench import OpenCase, TheCase
from vaughn.app.naming import rules_of
from vaughn.app.opening import now
from vaughn.collect import Account, Counted, ExceptionRow, Fate, account, exceptions, receipt, receipt_pdf, receipt_xlsx
from vaughn.formats.lists import Cell
from vaughn.model import CATALOGUE, Handover, Production, ProductionState, StateError, UsageError

router = APIRouter()
_MAX_CONTAINERS = 2000
_LOCKED = "FL012"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_EXCEPTION_COLUMNS = (
    "path", "what became of it", "severity", "code", "reason", "seen", "what to try", "type", "bytes", "attempts",
)  # fmt: skip
_LEDGER_COLUMNS = ("inside", "type", "expected", "said so itself", *(fate.value for fate in Fate), "balances")


@router.get("/api/takings")
def takings(case: TheCase) -> list[rows.TakingRow]:
    """Return the takings in of the case, oldest first."""
    found = [(handover, case.file.production(handover.production_id)) for handover in case.file.handovers()]
    return [_row(case, handover, production) for handover, production in found if production is not None]


@router.post("/api/takings")
def take_in(form: rows.NewTaking, case: TheCase) -> models.JobBegun:
    """Begin to take in what lies at a path, or what was dropped."""
    if (form.path is None) == (form.upload_id is None):
        raise UsageError("Name either a path or an upload.", hint="Drop a folder or files, or write a path.")
    source = case.incoming.source(form.upload_id) if form.upload_id else named_source(form.path or "")
    if case.file.production(name=form.name.strip()) is not None:
        raise StateError(f"The case already has records called {form.name.strip()!r}.", hint="Choose another name.")
    job = case.add_job(
        "take in",
        secret={"passwords": form.passwords},
        path=str(source),
        upload_id=form.upload_id,
        name=form.name.strip(),
        from_whom=form.from_whom.strip(),
        handed_on=form.handed_on.isoformat(),
        custodian=_said(form.custodian),
        device=_said(form.device),
        medium=_said(form.medium) or ("upload" if form.upload_id else None),
        note=_said(form.note),
        exclude=[pattern.strip() for pattern in form.exclude if pattern.strip()],
        hash_lists=[str(_file(one)) for one in form.hash_lists if one.strip()],
    )
    job = case.jobs.wait_for(job.id, has_begun_or_waits(case), seconds=BEGIN_SECONDS)
    return models.JobBegun(job_id=job.id, production_id=job.production_id)


def _said(text: str | None) -> str | None:
    return (text or "").strip() or None


def _file(text: str) -> Path:
    path = named_source(text.strip())
    if not path.is_file():
        raise UsageError(f"{path.name} is no file.", hint="A hash list is a text file with one hash a line.")
    return path


@router.get("/api/takings/{production_id}")
def taking(case: TheCase, production_id: ProductionId) -> rows.TakingDetail:
    """Return one taking in with its ledger by container, by type and by reason."""
    handover, production = _known(case, production_id)
    rules = rules_of(handover)
    whole = cast("Account", case.as_of_now(f"account {production_id}", lambda: account(case.file, production_id)))
    inside = list(_containers(whole))
    return rows.TakingDetail(
        **_row(case, handover, production).model_dump(),
        exclude=list(rules.patterns),
        hash_lists=list(rules.hash_lists),
        ledger=ledger_rows(case.file.ledger(production_id)),
        containers=inside[:_MAX_CONTAINERS],
        containers_total=len(inside),
        by_type=_together(one for each in whole.walk() for one in each.by_type),
        by_reason=_together(one for each in whole.walk() for one in each.by_reason),
    )


def _known(case: OpenCase, production_id: int) -> tuple[Handover, Production]:
    handover, production = case.file.handover(production_id), case.file.production(production_id)
    if handover is None or production is None:
        raise NotFound("There is no such taking in in this case.")
    return handover, production


def _row(case: OpenCase, handover: Handover, production: Production) -> rows.TakingRow:
    found, ledger = case.file.counts(production.id), case.file.ledger(production.id)
    work = case.file.task_counts(production.id)
    return rows.TakingRow(
        handover=handover_row(handover, production.name),
        state=production.state.value,
        received_at=production.received_at.isoformat(timespec="seconds"),
        documents=found.documents,
        pages=found.pages,
        files=found.files,
        findings=counts(found.findings),
        balances=None if ledger is None or production.state is not ProductionState.LOADED else ledger.balances,
        work=rows.FileCounts(waiting=work.waiting, running=work.leased, done=work.done, failed=work.failed),
    )


def _containers(whole: Account, depth: int = 0) -> Iterator[rows.ContainerRow]:
    """Yield the account and all inside it, parents before what they hold."""
    waiting = [(whole, depth)]
    while waiting:
        one, level = waiting.pop()
        yield rows.ContainerRow(
            file_id=one.file_id,
            name=one.name,
            media_type=one.media_type,
            depth=level,
            expected=one.expected,
            is_claimed=one.is_claimed,
            fates={fate.value: one.count(fate) for fate in Fate if one.count(fate)},
            balances=one.expected == one.accounted,
        )
        waiting += [(child, level + 1) for child in reversed(one.children)]


def _together(found: Iterable[Counted]) -> list[rows.FateCount]:
    sums: Counter[tuple[str, Fate]] = Counter()
    for one in found:
        sums[one.name, one.fate] += one.count
    ordered = sorted(sums.items(), key=lambda item: (-item[1], item[0][0], item[0][1].value))
    return [
        rows.FateCount(
            name=name, title=CATALOGUE[name].title if name in CATALOGUE else name, fate=fate.value, count=count
        )
        for (name, fate), count in ordered
    ]


@router.post("/api/takings/{production_id}/resume")
def resume(case: TheCase, production_id: ProductionId, form: rows.Passwords) -> models.JobBegun:
    """Go on with a taking in that was stopped."""
    _known(case, production_id)
    _require_idle(case, production_id)
    secret = {"passwords": form.passwords}
    job = case.add_job("carry on", production_id=production_id, secret=secret, taking=production_id)
    return models.JobBegun(job_id=job.id, production_id=production_id)


@router.post("/api/takings/{production_id}/retry")
def retry(case: TheCase, production_id: ProductionId, form: rows.Again) -> models.JobBegun:
    """Read once more what failed, with these passwords."""
    _known(case, production_id)
    _require_idle(case, production_id)
    secret, reasons = {"passwords": form.passwords}, form.reasons
    job = case.add_job("read again", production_id=production_id, secret=secret, taking=production_id, reasons=reasons)
    return models.JobBegun(job_id=job.id, production_id=production_id)


def _require_idle(case: OpenCase, production_id: int) -> None:
    if any(job.production_id == production_id and not job.is_over and not job.in_background for job in case.jobs.all()):
        raise StateError("Work on these records is under way already.", hint="Wait for its end, or stop it first.")


@router.get("/api/takings/{production_id}/exceptions")
def exception_table(
    case: TheCase,
    production_id: ProductionId,
    *,
    code: Annotated[list[str], Query()] = [],  # noqa: B006 -- how FastAPI says "none given"
    text: Annotated[str | None, Query(max_length=500)] = None,
    offset: Number = 0,
    limit: Limit = 100,
) -> rows.ExceptionTable:
    """Return a window of what did not come in, or not whole, and the reasons."""
    found = _exceptions(case, production_id)
    kept = [row for row in found if (not code or row.code in code) and _says(row, text)]
    return rows.ExceptionTable(
        total=len(kept), rows=[_exception(row) for row in kept[offset : offset + limit]], reasons=_reasons(found)
    )


@router.get("/api/takings/{production_id}/exceptions/export", response_class=Response)
def exceptions_export(case: TheCase, production_id: ProductionId, format: ListFormat = ListFormat.XLSX) -> Response:
    """Download all exceptions."""
    cells = [_exception_cells(row) for row in _exceptions(case, production_id)]
    return list_download("exceptions", format, columns=_EXCEPTION_COLUMNS, rows=cells)


@router.get("/api/takings/{production_id}/ledger/export", response_class=Response)
def ledger_export(case: TheCase, production_id: ProductionId, format: ListFormat = ListFormat.XLSX) -> Response:
    """Download the ledger, a line a container."""
    _known(case, production_id)
    cells = [
        (
            row.name,
            row.media_type,
            row.expected,
            "yes" if row.is_claimed else "no",
            *(row.fates.get(fate.value, 0) for fate in Fate),
            "yes" if row.balances else "NO",
        )
        for row in _containers(account(case.file, production_id))
    ]
    return list_download("ledger", format, columns=_LEDGER_COLUMNS, rows=cells)


@router.get("/api/takings/{production_id}/receipt", response_class=Response)
def custody_receipt(case: TheCase, production_id: ProductionId, format: Literal["pdf", "xlsx"] = "pdf") -> Response:
    """Download the receipt: who handed over what when, how it is proved, and what became of it."""
    handover, production = _known(case, production_id)
    made = receipt(case.file, handover.production_id, made_at=now())
    content, media_type = (receipt_pdf(made), "application/pdf") if format == "pdf" else (receipt_xlsx(made), _XLSX)
    return Response(content, media_type=media_type, headers=attachment(f"Receipt {production.name}.{format}"))


def _exceptions(case: OpenCase, production_id: int) -> Sequence[ExceptionRow]:
    _known(case, production_id)
    found = case.as_of_now(f"exceptions {production_id}", lambda: exceptions(case.file, production_id))
    return cast("Sequence[ExceptionRow]", found)


def _says(row: ExceptionRow, text: str | None) -> bool:
    folded = (text or "").casefold()
    return folded in row.path.casefold() or folded in row.message.casefold()


def _exception(row: ExceptionRow) -> rows.ExceptionItem:
    return rows.ExceptionItem(
        file_id=row.file_id,
        document_id=row.document_id,
        path=row.path,
        media_type=row.media_type,
        size_bytes=row.size_bytes,
        fate=None if row.fate is None else row.fate.value,
        severity=row.severity.value,
        code=row.code,
        title=row.title,
        message=row.message,
        cure=row.cure,
        attempts=row.attempts,
        can_retry=row.can_retry,
        count=row.count,
    )


def _exception_cells(row: ExceptionRow) -> tuple[Cell, ...]:
    fate = None if row.fate is None else row.fate.value
    told = (row.severity.value, row.code, row.title, row.message, row.cure)
    return (row.path, fate, *told, row.media_type, row.size_bytes, row.attempts)


def _reasons(found: Sequence[ExceptionRow]) -> list[rows.ReasonRow]:
    counted: Counter[str] = Counter()
    for row in found:
        counted[row.code] += row.count
    first = {row.code: row for row in reversed(found)}
    again = {row.code for row in found if row.can_retry}
    return [
        rows.ReasonRow(
            code=code,
            title=first[code].title,
            cure=first[code].cure,
            severity=first[code].severity.value,
            count=count,
            can_retry=code in again,
            needs_password=code == _LOCKED,
        )
        for code, count in counted.most_common()
    ]
