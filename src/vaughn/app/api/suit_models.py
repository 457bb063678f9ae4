"""What the interface sends and takes about requests and the lawsuit: one class a JSON object."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from vaughn.app.api.forms import MAX_TEXT, Form

MAX_PROSE = 200_000
ConfidenceName = Literal["confirmed", "stated", "computed", "inferred", "not confirmed"]
RankName = Literal["preferred", "normal", "withdrawn"]


class FieldRow(BaseModel):
    """A field that entities of a kind have."""

    id: str
    title: str
    kind: str
    is_many: bool
    choices: list[str]
    refers_to: list[str]


class KindRow(BaseModel):
    """A kind of entity."""

    id: str
    title: str
    title_field: str
    fields: list[FieldRow]


class SourceRow(BaseModel):
    """Where facts stand."""

    id: int
    key: str
    title: str
    citation: str
    kind: str
    url: str | None


class StatementRow(BaseModel):
    """One value of one field, according to one source."""

    id: int
    field: str
    value: str
    source_id: int
    confidence: ConfidenceName
    rank: RankName
    note: str | None
    at: str


class EntityFileRow(BaseModel):
    """A file that belongs to an entity."""

    id: int
    name: str
    size_bytes: int
    media_type: str


class EntityRow(BaseModel):
    """One entity with all that is said of it; what counts comes first in each field."""

    reference: str
    kind: str
    key: str
    title: str
    is_withdrawn: bool
    statements: list[StatementRow]
    contradicted: list[str]


class EntityDetail(EntityRow):
    """An entity with its files, and the entities that name it."""

    files: list[EntityFileRow]
    named_by: list[str]


class SourceForm(Form):
    """Where what is entered stands; without a key it is entered by hand."""

    key: str | None = Field(default=None, max_length=120)
    title: str = Field(default="", max_length=MAX_TEXT)
    citation: str = Field(default="", max_length=MAX_TEXT)
    kind: str = Field(default="", max_length=MAX_TEXT)
    url: str | None = Field(default=None, max_length=MAX_TEXT)


class FactsForm(Form):
    """What is said of an entity."""

    values: dict[str, list[str]] = Field(max_length=100)
    source: SourceForm | None = None
    confidence: ConfidenceName = "stated"
    note: str | None = Field(default=None, max_length=MAX_PROSE)


class RankForm(Form):
    """Which of several statements counts."""

    rank: RankName


class WithdrawnForm(Form):
    """Whether an entity was entered in error."""

    is_withdrawn: bool
