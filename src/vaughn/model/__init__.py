"""The nouns and the laws of a records lawsuit: values without disk, clock or chance.

Comes in: nothing but the standard library, and legal holidays from the package `holidays`.
Goes out: types every other room speaks in.
"""

from vaughn.model.bates import BatesNumber, BatesRange, read_bates
from vaughn.model.calendar import WEEKDAYS, Calendar, CalendarDay, CalendarSpec, calendar_of, day_in_words, read_day
from vaughn.model.case import Case, Production, ProductionState, canonical_docket_number
from vaughn.model.catalogue import CATALOGUE, FindingKind, finding
from vaughn.model.clock import Citation, ClockQuestion, DueDate, due_date
from vaughn.model.clock_count import DayKind, DayStep, Toll
from vaughn.model.clock_rules import (
    AgencyTerm,
    ClockRule,
    Count,
    Jurisdiction,
    RuleKind,
    RuleVersion,
    Term,
    in_force,
)
from vaughn.model.clock_why import (
    DayRun,
    WhatIf,
    each_day,
    folded_days,
    if_answered,
    if_asked,
    if_extended,
    if_paused,
)
from vaughn.model.documents import (
    Blob,
    DocumentKind,
    DocumentState,
    FileRole,
    Page,
    PageText,
    ProducedDocument,
    SourceFile,
    TextSource,
)
from vaughn.model.due_list import DueEntry, DueLine, Standing, due_list, standing_of
from vaughn.model.entities import (
    Confidence,
    Entity,
    EntityField,
    EntityKind,
    Rank,
    Source,
    Statement,
    ValueKind,
    contradicted_fields,
    kinds_by_id,
)
from vaughn.model.entity_values import canonical_value, key_from, require_key
from vaughn.model.errors import (
    CaseInUse,
    InputError,
    IntegrityError,
    LoadFileError,
    StateError,
    ToolMissing,
    UnprovenRedaction,
    UsageError,
    VaughnError,
)
from vaughn.model.events import Event
from vaughn.model.fields import FIELD_BY_ID, FIELDS, Field, FieldKind, field_named, folded
from vaughn.model.findings import Finding, Place, Severity
from vaughn.model.geometry import Box, PageSize, Span, Word
from vaughn.model.jurisdiction import federal, read_jurisdiction
from vaughn.model.ledger import Ledger, LedgerLine
from vaughn.model.orders import FieldSpec, ImageSpec, ProductionOrder, Requirement
from vaughn.model.partial_dates import PartialDate

__all__ = [
    "CATALOGUE",
    "FIELDS",
    "FIELD_BY_ID",
    "WEEKDAYS",
    "AgencyTerm",
    "BatesNumber",
    "BatesRange",
    "Blob",
    "Box",
    "Calendar",
    "CalendarDay",
    "CalendarSpec",
    "Case",
    "CaseInUse",
    "Citation",
    "ClockQuestion",
    "ClockRule",
    "Confidence",
    "Count",
    "DayKind",
    "DayRun",
    "DayStep",
    "DocumentKind",
    "DocumentState",
    "DueDate",
    "DueEntry",
    "DueLine",
    "Entity",
    "EntityField",
    "EntityKind",
    "Event",
    "Field",
    "FieldKind",
    "FieldSpec",
    "FileRole",
    "Finding",
    "FindingKind",
    "ImageSpec",
    "InputError",
    "IntegrityError",
    "Jurisdiction",
    "Ledger",
    "LedgerLine",
    "LoadFileError",
    "Page",
    "PageSize",
    "PageText",
    "PartialDate",
    "Place",
    "ProducedDocument",
    "Production",
    "ProductionOrder",
    "ProductionState",
    "Rank",
    "Requirement",
    "RuleKind",
    "RuleVersion",
    "Severity",
    "Source",
    "SourceFile",
    "Span",
    "Standing",
    "StateError",
    "Statement",
    "Term",
    "TextSource",
    "Toll",
    "ToolMissing",
    "UnprovenRedaction",
    "UsageError",
    "ValueKind",
    "VaughnError",
    "WhatIf",
    "Word",
    "calendar_of",
    "canonical_docket_number",
    "canonical_value",
    "contradicted_fields",
    "day_in_words",
    "due_date",
    "due_list",
    "each_day",
    "federal",
    "field_named",
    "finding",
    "folded",
    "folded_days",
    "if_answered",
    "if_asked",
    "if_extended",
    "if_paused",
    "in_force",
    "key_from",
    "kinds_by_id",
    "read_bates",
    "read_day",
    "read_jurisdiction",
    "require_key",
    "standing_of",
]
