"""Long work as people watch it: a list, and a stream that tells of every change."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from fastapi import APIRouter, Path
from fastapi.responses import Response, StreamingResponse

from vaughn.app.api import models
from vaughn.app.api.errors import NotFound
from vaughn.app.api.filters import MAX_NUMBER
from vaughn.app.api.shapes import job_row
from vaughn.app.api.workbench import TheCase, TheWorkbench, Workbench
from vaughn.app.jobs import JobRunner

router = APIRouter()
_LOOK_SECONDS = 0.25
_ALIVE_EVERY = 60  # looks without news until a comment shows that the line still stands


@router.get("/api/jobs")
def jobs(case: TheCase) -> list[models.JobRow]:
    """Return the jobs since the case was opened, newest first."""
    return [job_row(job) for job in reversed(case.jobs.all())]


@router.get("/api/jobs/stream", response_class=StreamingResponse)
def job_stream(held: TheWorkbench) -> StreamingResponse:
    """Send each job now and whenever it changes, as server-sent events, until the case is closed."""
    with held.using() as case:
        runner = case.jobs
    return StreamingResponse(_news(held, runner), media_type="text/event-stream")


async def _news(held: Workbench, runner: JobRunner) -> AsyncIterator[str]:
    version, quiet = 0, 0
    yield "retry: 1000\n\n"
    while held.has_jobs(runner):
        changed = runner.all(newer_than=version)
        for job in sorted(changed, key=lambda one: one.version):
            yield f"data: {job_row(job).model_dump_json()}\n\n"
            version = job.version
        quiet = 0 if changed else quiet + 1
        if quiet and quiet % _ALIVE_EVERY == 0:
            yield ": still here\n\n"
        await asyncio.sleep(_LOOK_SECONDS)


@router.post("/api/jobs/{job_id}/cancel", status_code=204)
def cancel_job(case: TheCase, job_id: int = Path(le=MAX_NUMBER)) -> Response:
    """Stop a job; loading a production can be resumed later."""
    if case.jobs.one(job_id) is None:
        raise NotFound("There is no such job.")
    case.jobs.cancel(job_id)
    return Response(status_code=204)


@router.post("/api/verify")
def verify_case(case: TheCase) -> models.JobBegun:
    """Check that nothing in the case was changed since it was written."""
    return models.JobBegun(job_id=case.add_job("verify").id)
