"""What the interface takes and sends of takings in: one class a JSON object."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, Field

from vaughn.app.api.forms import MAX_TEXT, Form
from vaughn.app.api.models import Counts, LedgerRow
from vaughn.app.api.record_models import HandoverRow

_MAX_PASSWORDS = 200
_MAX_RULES = 200


class Passwords(Form):
    """Passwords to be tried in order on locked files; used and never stored."""

    passwords: list[str] = Field(default=[], max_length=_MAX_PASSWORDS)


class NewTaking(Passwords):
    """Records to be taken in: by the path on this computer, or by an upload."""

    path: str | None = Field(default=None, max_length=4096)
    upload_id: str | None = Field(default=None, max_length=64)
    name: str = Field(min_length=1, max_length=MAX_TEXT)
    from_whom: str = Field(min_length=1, max_length=MAX_TEXT)
    handed_on: date
    custodian: str | None = Field(default=None, max_length=MAX_TEXT)
    device: str | None = Field(default=None, max_length=MAX_TEXT)
    medium: str | None = Field(default=None, max_length=MAX_TEXT)
    note: str | None = Field(default=None, max_length=4000)
    exclude: list[str] = Field(default=[], max_length=_MAX_RULES)
    hash_lists: list[str] = Field(default=[], max_length=20)


class Again(Passwords):
    """What is to be read once more: what failed for one of these reasons (codes); all of it if none is named."""

    reasons: list[str] = Field(default=[], max_length=100)


class FileCounts(BaseModel):
    """How many files stand where; `waiting` grows while containers are opened."""

    waiting: int
    running: int
    done: int
    failed: int


class TakingRow(BaseModel):
    """One taking in."""

    handover: HandoverRow
    state: str
    received_at: str
    documents: int
    pages: int
    files: int
    findings: Counts
    balances: bool | None
    work: FileCounts


class FateCount(BaseModel):
    """How many files of one type, or for one reason, met one fate."""

    name: str
    title: str
    fate: str
    count: int


class ContainerRow(BaseModel):
    """One container or document with files inside, at its depth in the tree."""

    file_id: int | None
    name: str
    media_type: str
    depth: int
    expected: int
    is_claimed: bool
    fates: dict[str, int]
    balances: bool


class TakingDetail(TakingRow):
    """One taking in with its ledger: as equations, by container, by type and by reason."""

    exclude: list[str]
    hash_lists: list[str]
    ledger: list[LedgerRow]
    containers: list[ContainerRow]
    containers_total: int
    by_type: list[FateCount]
    by_reason: list[FateCount]


class ExceptionItem(BaseModel):
    """One thing that went wrong with one file, and what can be tried."""

    file_id: int | None
    document_id: int | None
    path: str
    media_type: str
    size_bytes: int | None
    fate: str | None
    severity: str
    code: str
    title: str
    message: str
    cure: str
    attempts: int
    can_retry: bool
    count: int


class ReasonRow(BaseModel):
    """A reason, and how many files it stopped or spoiled."""

    code: str
    title: str
    cure: str
    severity: str
    count: int
    can_retry: bool
    needs_password: bool


class ExceptionTable(BaseModel):
    """A window of the exceptions, and the reasons of all of them."""

    total: int
    rows: list[ExceptionItem]
    reasons: list[ReasonRow]
