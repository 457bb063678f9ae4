"""Looking for copies, similar documents and threads in the whole case: when it was done, again, and taking it back."""

from __future__ import annotations

from typing import cast

from fastapi import APIRouter
from pydantic import BaseModel

from vaughn.app.api import models
from vaughn.app.api.forms import Form
from vaughn.app.api.workbench import OpenCase, TheCase
from vaughn.collect import undo_groups
from vaughn.model import Grouping, GroupingState, GroupKind, GroupScope, StateError

router = APIRouter()
_JOB = "group"


class GroupingOrder(Form):
    """How groups are to be looked for."""

    scope: GroupScope = GroupScope.GLOBAL
    near: bool = True


class GroupingUndone(Form):
    """Which groups are to be taken back."""

    kind: GroupKind


class GroupingRow(BaseModel):
    """One run of looking for groups; counts are null for runs that do not count any more."""

    id: int
    kind: str
    scope: str
    at: str
    state: str
    groups: int | None
    documents: int | None


@router.get("/api/groupings")
def groupings(case: TheCase) -> list[GroupingRow]:
    """Return all runs, also undone ones, newest first."""
    return cast("list[GroupingRow]", case.as_of_now("groupings", lambda: _rows(case)))


def _rows(case: OpenCase) -> list[GroupingRow]:
    return [_row(case, run) for run in case.file.groupings()]


def _row(case: OpenCase, run: Grouping) -> GroupingRow:
    groups: set[int] = set()
    documents = None
    if run.state is GroupingState.CURRENT:
        held = set()
        for member in case.file.group_members(run.id):
            groups.add(member.group)
            held.add(member.document_id)
        documents = len(held)
    return GroupingRow(
        id=run.id,
        kind=run.kind.value,
        scope=run.scope.value,
        at=run.at.isoformat(timespec="seconds"),
        state=run.state.value,
        groups=None if documents is None else len(groups),
        documents=documents,
    )


@router.post("/api/groupings")
def find_groups(case: TheCase, form: GroupingOrder) -> models.JobBegun:
    """Begin to look for groups; those found replace the ones of before."""
    _require_idle(case)
    return models.JobBegun(job_id=case.add_job(_JOB, scope=form.scope.value, near=form.near).id)


@router.post("/api/groupings/undo")
def undo(case: TheCase, form: GroupingUndone) -> list[GroupingRow]:
    """Take the groups of one kind back; copies count again."""
    _require_idle(case)
    with case.writing() as writable:
        undo_groups(writable, form.kind)
    return _rows(case)


def _require_idle(case: OpenCase) -> None:
    if any(job.kind == _JOB and not job.is_over for job in case.jobs.all()):
        raise StateError("Groups are being looked for already.", hint="Wait for the end of that.")
