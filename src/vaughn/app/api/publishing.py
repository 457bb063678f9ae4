"""The public site: what would be in it, and building it into a folder."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from vaughn.app.api import court_models as models
from vaughn.app.api.models import JobBegun
from vaughn.app.api.workbench import TheCase
from vaughn.app.opening import now
from vaughn.app.publishing import PublishOrder, previewed, require_outside
from vaughn.model import InputError

router = APIRouter()
MOST_PRODUCTIONS = 500


@router.get("/api/suit/publish")
def preview(
    case: TheCase, release: Annotated[list[str] | None, Query(max_length=MOST_PRODUCTIONS)] = None
) -> models.PublishTable:
    """Return what would be public if the site were built now; `problem` says why there could be none."""
    try:
        seen = previewed(case.file, PublishOrder(now(), tuple(release or ())))
    except InputError as error:
        return models.PublishTable(problem=error.message, hint=error.hint)
    return models.PublishTable(
        title=seen.title,
        documents=seen.documents,
        pages=seen.pages,
        productions=[
            models.PublishedProduction(name=one.name, documents=one.documents, shown=one.shown)
            for one in seen.productions
        ],
        parts=seen.parts,
        left_out=seen.left_out,
        withdrawn=seen.withdrawn,
        names_to_hide=list(seen.names_to_hide),
        dead=[models.DeadCitationRow(file=one.file, line=one.line, cited=one.cited) for one in seen.dead],
    )


@router.post("/api/suit/publish")
def publish(case: TheCase, form: models.PublishForm) -> JobBegun:
    """Begin to build the site into a folder on this computer."""
    out = require_outside(case.path, form.out)
    # One line a production: jobs carry plain values only.
    return JobBegun(job_id=case.add_job("publish", out=str(out), releases="\n".join(form.release)).id)
