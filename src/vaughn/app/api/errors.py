"""How not being able to go on is told over HTTP: always ``{"error": {message, hint, kind}}``.

Never repeats what was sent: a value may come from a record.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from vaughn.app.log import log_failure
from vaughn.model import IntegrityError, StateError, ToolMissing, UsageError, VaughnError

_STATUS: tuple[tuple[type[VaughnError], int], ...] = (
    (UsageError, 400),
    (StateError, 409),
    (IntegrityError, 503),
    (ToolMissing, 501),
    (VaughnError, 422),
)


class NotFound(VaughnError):
    """What was asked for is not in this case."""


def error_answer(status: int, message: str, *, kind: str, hint: str | None = None) -> JSONResponse:
    """Return an error in the form that all routes use."""
    return JSONResponse({"error": {"message": message, "hint": hint, "kind": kind}}, status_code=status)


def add_error_answers(app: FastAPI) -> None:
    """Teach *app* to answer every kind of failure in one form."""
    app.add_exception_handler(VaughnError, _vaughn_error)
    app.add_exception_handler(RequestValidationError, _validation_error)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(Exception, _unknown_error)


def _vaughn_error(_: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, VaughnError):
        raise error
    status = 404 if isinstance(error, NotFound) else next(code for kind, code in _STATUS if isinstance(error, kind))
    return error_answer(status, error.message, kind=type(error).__name__, hint=error.hint)


def _validation_error(_: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, RequestValidationError):
        raise error
    names = sorted({_field_name(fault["loc"], known=fault["type"] != "extra_forbidden") for fault in error.errors()})
    return error_answer(400, f"These values cannot be used: {', '.join(names)}.", kind="UsageError")


def _field_name(place: Sequence[Any], *, known: bool) -> str:
    # Only names of our own: what a caller made up may be anything.
    return str(place[1]) if known and len(place) > 1 and isinstance(place[1], str) else "the call"


def _http_error(_: Request, error: Exception) -> JSONResponse:
    status = error.status_code if isinstance(error, HTTPException) else 500
    message = {
        404: "There is nothing at this address.",
        405: "This cannot be done at this address.",
        413: "The call is too long.",
    }
    return error_answer(status, message.get(status, "The call cannot be answered."), kind="UsageError")


def _unknown_error(_: Request, error: Exception) -> JSONResponse:
    path = log_failure(error)
    return error_answer(500, "Something went wrong that should not.", kind="Failure", hint=f"Details are in {path}.")
