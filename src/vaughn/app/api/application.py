"""The HTTP interface put together: routes, errors, screens, and the gate in front of all of them."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter, FastAPI
from starlette.types import ASGIApp

from vaughn import __version__
from vaughn.app.api import (
    cases,
    clocks,
    divisions,
    docket,
    documents,
    facts,
    findings,
    folders,
    groupings,
    jobs,
    pages,
    productions,
    publishing,
    records,
    requests,
    search,
    takings,
    told,
    uploads,
    views,
)
from vaughn.app.api.errors import add_error_answers
from vaughn.app.api.security import Gate
from vaughn.app.api.sessions import Sessions
from vaughn.app.api.static import add_screens
from vaughn.app.api.workbench import Workbench

ROUTERS: Sequence[APIRouter] = (
    cases.router,
    folders.router,
    uploads.router,
    productions.router,
    divisions.router,
    jobs.router,
    findings.router,
    documents.router,
    pages.router,
    records.router,
    takings.router,
    groupings.router,
    views.router,
    search.router,
    facts.router,
    requests.router,
    clocks.router,
    docket.router,
    told.router,
    publishing.router,
)


def interface() -> FastAPI:
    """Return all routes without screens and gate: what the schema describes."""
    # No documentation pages: they load scripts from elsewhere.
    app = FastAPI(title="Vaughn", version=__version__, docs_url=None, redoc_url=None, openapi_url=None)
    for router in ROUTERS:
        app.include_router(router)
    add_error_answers(app)
    return app


def application(workbench: Workbench, *, sessions: Sessions, port: int) -> ASGIApp:
    """Return what the server runs."""
    app = interface()
    app.state.workbench = workbench
    add_screens(app)
    return Gate(app, sessions=sessions, port=port)
