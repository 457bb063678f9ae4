"""The docket: everything filed, the orders and what became of them, and taking in a docket file."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query

from vaughn.app.api import court_models as models
from vaughn.app.api.court_rows import docket_table, finding_rows, order_detail, order_row
from vaughn.app.api.errors import NotFound
from vaughn.app.api.workbench import OpenCase, TheCase
from vaughn.app.opening import now
from vaughn.app.suit import StateChange, change_order, read_partial, suit_of
from vaughn.lawsuit import (
    DocketChoice,
    ImportResult,
    Order,
    Suit,
    import_docket,
    obligation_lines,
    order_histories,
    order_history,
    supposed_change,
)
from vaughn.model import UsageError, federal

router = APIRouter()
OnDay = Annotated[date | None, Query()]


def today() -> date:
    """Return the day it is where the workbench runs."""
    return now().astimezone().date()


@router.get("/api/suit/docket")
def docket(case: TheCase, on: OnDay = None) -> models.DocketTable:
    """Return the docket with its chains, and the orders as they stand on a day."""
    return docket_table(suit_of(case.file), on or today())


@router.post("/api/suit/docket")
def take_in_docket(case: TheCase, form: models.DocketForm) -> models.DocketTaken:
    """Take in a docket file; taken in again, or a later version of it, adds only what is new."""
    choice = DocketChoice(number=form.number or None, court=form.court or None)
    try:
        with case.writing() as writable:
            taken = import_docket(writable, _path(case, form), choice=choice)
    finally:
        if form.upload_id is not None:
            case.incoming.remove(form.upload_id)
    return _taken(taken)


def _path(case: OpenCase, form: models.DocketForm) -> Path:
    if (form.path is None) == (form.upload_id is None):
        raise UsageError("Name either a path or an upload.")
    return case.incoming.source(form.upload_id) if form.upload_id is not None else Path(form.path or "")


def _taken(taken: ImportResult) -> models.DocketTaken:
    return models.DocketTaken(
        docket=taken.docket,
        title=taken.title,
        new=taken.new,
        known=taken.known,
        changed=taken.changed,
        unreadable=taken.unreadable,
        parties=taken.parties,
        statements=taken.statements,
        others=taken.others,
        findings=finding_rows(taken.findings),
    )


@router.get("/api/suit/orders")
def orders(case: TheCase, on: OnDay = None) -> list[models.OrderRow]:
    """Return the orders with their states."""
    suit = suit_of(case.file)
    return [order_row(suit, history, on or today()) for history in order_histories(suit)]


@router.get("/api/suit/orders/{key}")
def order(  # noqa: PLR0917 - the framework passes them by name
    case: TheCase,
    key: str,
    on: OnDay = None,
    state: models.StateName | None = None,
    since: date | None = None,
    until: date | None = None,
) -> models.OrderDetail:
    """Return one order with what it asks for; as it would be if it had a state that nobody has entered."""
    suit = suit_of(case.file)
    if state is not None and since is not None:
        asked = supposed_change(_known(suit, key), state, since=since, until=until)
        suit = suit.supposing(asked)
    return _detail(suit, key, on or today())


@router.post("/api/suit/orders/{key}/changes")
def change(case: TheCase, key: str, form: models.StateChangeForm) -> models.OrderDetail:
    """Enter that an order was stayed, withdrawn and the like."""
    asked = StateChange(
        _known(suit_of(case.file), key).reference,
        form.state,
        read_partial(form.since, what="From"),
        read_partial(form.until, what="Until") if form.until else None,
        form.by or None,
        form.note or None,
    )
    with case.writing() as writable:
        change_order(writable, asked)
    return _detail(suit_of(case.file), key, today())


def _known(suit: Suit, key: str) -> Order:
    found = suit.one(Order, f"order/{key}")
    if found is None:
        raise NotFound("There is no such order in this case.")
    return found


def _detail(suit: Suit, key: str, on: date) -> models.OrderDetail:
    reference = _known(suit, key).reference
    history = order_history(suit, reference)
    if history is None:
        raise NotFound("There is no such order in this case.")
    law = federal()
    return order_detail(suit, history, obligation_lines(suit, on=on, law=law), on=on, law=law)
