"""What the interface sends and takes about requests and the lawsuit: one class a JSON object."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

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


class CitationRow(BaseModel):
    """What a field of an entity cites; `address` leads to it in the workbench, if the case has it."""

    field: str
    kind: str
    cited: str
    address: str | None


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


class DueRow(BaseModel):
    """Something owed, as it stands on a day."""

    key: str
    title: str
    who: str
    standing: str
    due: str | None
    met_on: str | None
    days: int | None
    working_days: int | None
    confirmed: bool
    why: str


class DueTable(BaseModel):
    """What is owed in the case."""

    on: str
    notice: str
    rows: list[DueRow]


class ClockRow(BaseModel):
    """One clock of a request; `computed` has every day with its reason."""

    key: str
    rule: str
    title: str
    who: str
    due: str | None
    met_on: str | None
    confirmed: bool
    note: str
    fault: str
    computed: dict[str, Any] | None


class RequestRow(BaseModel):
    """A request with its clocks; `moves` are the states it can go to."""

    reference: str
    title: str
    agency: str | None
    state: str | None
    moves: list[str]
    clocks: list[ClockRow]


class StateForm(Form):
    """The state a request shall have."""

    state: str = Field(max_length=60)


class LetterForm(Form):
    """A letter to be written."""

    kind: str = Field(max_length=60)
    format: Literal["docx", "pdf", "txt"] = "docx"
    on: date | None = None
    template: str | None = Field(default=None, max_length=MAX_PROSE)
    extra: dict[str, str] = Field(default_factory=dict, max_length=50)


class CoverageCell(BaseModel):
    """What one agency released of one item."""

    releases: list[str]
    listed: list[str]
    documents: list[str]


class CoverageRow(BaseModel):
    """One item beside all agencies."""

    reference: str
    number: str | None
    title: str
    depth: int
    cells: list[CoverageCell]


class CoverageTable(BaseModel):
    """Items against agencies."""

    agencies: list[str]
    rows: list[CoverageRow]
    empty: int
    unmatched: list[str]
    faults: list[str]


class TableForm(Form):
    """A table as text."""

    name: str = Field(max_length=MAX_TEXT)
    content: str = Field(max_length=5_000_000)


class ImportedRows(BaseModel):
    """What became of a table."""

    added: int
    known: int
    told: list[str]
