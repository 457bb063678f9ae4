"""What the interface sends and takes about docket, orders, contradictions and timeline: one class a JSON object."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field

from vaughn.app.api.forms import MAX_TEXT, Form
from vaughn.app.api.suit_models import MAX_PROSE, ConfidenceName, RankName

StateName = Literal["in force", "amended", "stayed", "appealed", "withdrawn", "superseded", "vacated", "affirmed"]


class Named(BaseModel):
    """Something of the suit, and what to call it."""

    reference: str
    title: str


class TextFinding(BaseModel):
    """Something that cannot be right, in words."""

    code: str
    severity: str
    message: str
    line: int | None
    count: int


class DocketRow(BaseModel):
    """A case before one court."""

    reference: str
    title: str
    court: str | None
    number: str | None
    entries: int


class EntryRow(BaseModel):
    """One docket entry."""

    reference: str
    docket: str | None
    number: int | None
    filed: str | None
    type: str | None
    title: str
    text: str | None
    by: list[Named]
    attachments: list[str]


class StepRow(BaseModel):
    """One entry of a chain; `depth` counts the answers between it and the beginning."""

    entry: str
    depth: int
    responds_to: list[str]
    decides: list[str]


class ReliefRow(BaseModel):
    """What a motion asked for, and what was granted."""

    reference: str
    title: str
    asked_until: str | None
    granted_on: str | None
    days_more: int | None


class OutcomeRow(BaseModel):
    """What came of a motion for one party."""

    reference: str
    of: Named | None
    party: Named | None
    result: str | None
    order: Named | None
    decided_on: str | None


class ChainRow(BaseModel):
    """Everything that follows from one entry."""

    root: str
    is_decided: bool
    steps: list[StepRow]
    relief: list[ReliefRow]
    outcomes: list[OutcomeRow]
    leads_to: list[str]
    decided_by: list[Named]


class SpanRow(BaseModel):
    """An order has one state from `first` to `last`; without `last` nothing is known to end it."""

    state: str
    first: str
    last: str | None
    is_binding: bool
    change: Named | None
    by: Named | None


class OrderRow(BaseModel):
    """An order and its state today; `now` is null before it was entered, or if nobody says when that was."""

    reference: str
    key: str
    title: str
    type: str | None
    entered: str | None
    now: SpanRow | None
    spans: list[SpanRow]


class ObligationRow(BaseModel):
    """What an order asks for, as it stands on a day; `counted` has every day of a counted period."""

    reference: str
    title: str
    what: str | None
    who: list[Named]
    state: str
    named: str | None
    due: str | None
    met_on: str | None
    met_by: list[Named]
    why: list[str]
    confirmed: bool
    counted: dict[str, Any] | None


class OrderDetail(OrderRow):
    """An order with all it asks for."""

    on: str
    obligations: list[ObligationRow]
    findings: list[TextFinding]


class DocketTable(BaseModel):
    """Everything filed, who answers whom, and what was ordered."""

    on: str
    dockets: list[DocketRow]
    entries: list[EntryRow]
    chains: list[ChainRow]
    orders: list[OrderRow]
    findings: list[TextFinding]


class DocketForm(Form):
    """A docket file to take in: by its path on this computer, or by an upload."""

    path: str | None = Field(default=None, max_length=4096)
    upload_id: str | None = Field(default=None, max_length=64)
    number: str | None = Field(default=None, max_length=MAX_TEXT)
    court: str | None = Field(default=None, max_length=MAX_TEXT)


class DocketTaken(BaseModel):
    """What came of it; counts are of entries."""

    docket: str
    title: str
    new: int
    known: int
    changed: int
    unreadable: int
    parties: int
    statements: int
    others: int
    findings: list[TextFinding]


class StateChangeForm(Form):
    """An order was stayed, withdrawn and the like; dates as 2011-06-17, 2011-06 or 2011."""

    state: StateName
    since: str = Field(max_length=40)
    until: str | None = Field(default=None, max_length=40)
    by: str | None = Field(default=None, max_length=200)
    note: str | None = Field(default=None, max_length=MAX_PROSE)


class SourceName(BaseModel):
    """Where something stands."""

    title: str
    citation: str
    url: str | None


class SaidRow(BaseModel):
    """One of the statements that differ; `shown` is the value as people read it."""

    statement_id: int
    value: str
    shown: str
    source: SourceName
    confidence: ConfidenceName
    rank: RankName
    note: str | None


class ContradictionRow(BaseModel):
    """Something told in two ways; `can_choose` if one of the values can be preferred."""

    key: str
    rule: str
    weight: str
    about: Named
    field: str | None
    field_title: str | None
    text: str
    says: list[SaidRow]
    is_settled: bool
    can_choose: bool


class OtherDateRow(BaseModel):
    """Another day that a source gives."""

    on: str
    source: SourceName
    remark: str | None


class TimelineEventRow(BaseModel):
    """One thing that happened; `first` and `last` are the days between which it lies."""

    lane: str
    on: str | None
    first: str | None
    last: str | None
    title: str
    what: str
    references: list[str]
    parties: list[str]
    ecf: list[str]
    confidence: ConfidenceName
    sources: list[SourceName]
    other_dates: list[OtherDateRow]
    holiday: str | None
    notes: list[str]


class TimelineSpanRow(BaseModel):
    """Something that was running; without `last` nobody says that it ended."""

    lane: str
    kind: str
    first: str
    last: str | None
    title: str
    references: list[str]
    parties: list[str]
    confidence: ConfidenceName
    sources: list[SourceName]


class TimelineParty(Named):
    """A party or agency; `also` names it in its other place: an agency that is sued is a party as well."""

    also: list[str]


class TimelineTable(BaseModel):
    """Everything with a day, oldest first; what ran meanwhile; what nobody dates."""

    lanes: list[str]
    parties: list[TimelineParty]
    events: list[TimelineEventRow]
    spans: list[TimelineSpanRow]
    undated: list[TimelineEventRow]


class PublishedProduction(BaseModel):
    """A production that is loaded, and how many of its documents would be shown."""

    name: str
    documents: int
    shown: int


class DeadCitationRow(BaseModel):
    """A citation of a page that would not be published."""

    file: str
    line: int
    cited: str


class PublishTable(BaseModel):
    """What would be public; `problem` if there could be no site."""

    problem: str | None = None
    hint: str | None = None
    title: str = ""
    documents: int = 0
    pages: int = 0
    productions: list[PublishedProduction] = Field(default_factory=list)
    parts: dict[str, int] = Field(default_factory=dict)
    left_out: int = 0
    withdrawn: int = 0
    names_to_hide: list[str] = Field(default_factory=list)
    dead: list[DeadCitationRow] = Field(default_factory=list)


class PublishForm(Form):
    """Where the site shall be written, and the productions shown besides those the case names."""

    out: str = Field(min_length=1, max_length=4096)
    release: list[str] = Field(default_factory=list, max_length=500)


class NewsRow(BaseModel):
    """One thing that was done to the case; the screens have words for `verb`."""

    sequence: int
    at: str
    verb: str
    about: Named | None
    production: str | None
    counts: dict[str, int]
