"""The case that is open: making, opening, naming it."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from fastapi import APIRouter

from vaughn import __version__
from vaughn.app.api import forms, models
from vaughn.app.api.shapes import counts
from vaughn.app.api.workbench import OpenCase, TheCase, TheWorkbench
from vaughn.app.recent import recent_cases
from vaughn.model import Case, InputError, canonical_docket_number

router = APIRouter()


@router.get("/api/session")
def session(held: TheWorkbench) -> models.SessionInfo:
    """Return what the start screen needs."""
    info = None
    if held.is_open:
        with held.using() as case:
            info = _info(case)
    return models.SessionInfo(
        version=__version__,
        case=info,
        recent_cases=[
            models.RecentCaseRow(path=known.path, caption=known.caption, opened_at=known.opened_at)
            for known in recent_cases()
        ],
        home=str(Path.home()),
        ocr=importlib.util.find_spec("rapidocr") is not None,
    )


@router.post("/api/cases")
def make_case(form: forms.NewCase, held: TheWorkbench) -> models.CaseInfo:
    """Make a case in a new folder and open it."""
    held.create(
        _absolute(form.path), Case(form.caption.strip(), _known(form.court), _docket_number(form.docket_number))
    )
    return _info_of(held)


@router.post("/api/cases/open")
def open_case(form: forms.CasePath, held: TheWorkbench) -> models.CaseInfo:
    """Open a case in the place of the one that is open."""
    held.open(_absolute(form.path))
    return _info_of(held)


@router.get("/api/case")
def case_info(case: TheCase) -> models.CaseInfo:
    """Return the open case."""
    return _info(case)


@router.patch("/api/case")
def change_case(form: forms.CaseChange, case: TheCase) -> models.CaseInfo:
    """Call the case, its court or its docket number differently."""
    before, given = case.file.case(), form.model_fields_set
    after = Case(
        form.caption.strip() if form.caption is not None else before.caption,
        _known(form.court) if "court" in given else before.court,
        _docket_number(form.docket_number) if "docket_number" in given else before.docket_number,
    )
    with case.writing() as writable, writable.writing("case.renamed") as change:
        change.set_case(after)
    return _info(case)


def _info_of(held: TheWorkbench) -> models.CaseInfo:
    with held.using() as case:
        return _info(case)


def _info(case: OpenCase) -> models.CaseInfo:
    named, found = case.file.case(), case.figures().counts
    return models.CaseInfo(
        path=str(case.path),
        caption=named.caption,
        court=named.court,
        docket_number=named.docket_number,
        productions=len(case.file.productions()),
        documents=found.documents,
        pages=found.pages,
        findings=counts(found.findings),
        index=models.IndexState(pages=len(case.index), behind=case.pages_behind()),
    )


def _absolute(text: str) -> Path:
    path = Path(text).expanduser()
    if "\0" in text or not path.is_absolute():
        raise InputError("The path is not complete.", hint="Write the whole path, from the first folder on.")
    return path


def _known(text: str | None) -> str | None:
    return (text or "").strip() or None


def _docket_number(text: str | None) -> str | None:
    known = _known(text)
    return None if known is None else canonical_docket_number(known)
