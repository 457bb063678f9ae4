"""What the interface takes: one class a form. Unknown names and overlong texts are refused."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

# Longer texts in a form are mistakes.
MAX_TEXT = 1000


class Form(BaseModel):
    """What a caller sends; unknown names are refused."""

    model_config = ConfigDict(extra="forbid")


class VersionChoice(Form):
    """Which version of a page's words is to be shown and searched."""

    version: Literal["own", "ocr"]


class NewCase(Form):
    """A case to be made."""

    path: str = Field(min_length=1, max_length=MAX_TEXT)
    caption: str = Field(min_length=1, max_length=MAX_TEXT)
    court: str | None = Field(default=None, max_length=MAX_TEXT)
    docket_number: str | None = Field(default=None, max_length=MAX_TEXT)


class CasePath(Form):
    """A case to be opened."""

    path: str = Field(min_length=1, max_length=MAX_TEXT)


class CaseChange(Form):
    """What shall be called differently; what is left out stays."""

    caption: str | None = Field(default=None, min_length=1, max_length=MAX_TEXT)
    court: str | None = Field(default=None, max_length=MAX_TEXT)
    docket_number: str | None = Field(default=None, max_length=MAX_TEXT)


class NewProduction(Form):
    """A production to be received: by the path on this computer, or by an upload."""

    path: str | None = Field(default=None, max_length=4096)
    upload_id: str | None = Field(default=None, max_length=64)
    agency: str = Field(min_length=1, max_length=MAX_TEXT)
    released_on: date
    name: str | None = Field(default=None, max_length=MAX_TEXT)
    replaces: str | None = Field(default=None, max_length=MAX_TEXT)
    order: str | None = Field(default=None, max_length=MAX_TEXT)
    ocr: bool | None = None


class CheckOrder(Form):
    """What a production shall be held against."""

    order: str | None = Field(default=None, max_length=MAX_TEXT)


class Starts(Form):
    """Pages on which documents begin, from 1."""

    starts: list[int] = Field(max_length=100_000)
