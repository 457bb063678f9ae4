"""The nouns and the laws of a records lawsuit: values without disk, clock or chance.

Comes in: nothing but the standard library. Goes out: types every other room speaks in.
"""

from vaughn.model.bates import BatesNumber, BatesRange, read_bates
from vaughn.model.case import Case, Production, ProductionState, canonical_docket_number
from vaughn.model.catalogue import CATALOGUE, FindingKind, finding
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
from vaughn.model.ledger import Ledger, LedgerLine
from vaughn.model.orders import FieldSpec, ImageSpec, ProductionOrder, Requirement
from vaughn.model.partial_dates import PartialDate

__all__ = [
    "CATALOGUE",
    "FIELDS",
    "FIELD_BY_ID",
    "BatesNumber",
    "BatesRange",
    "Blob",
    "Box",
    "Case",
    "CaseInUse",
    "Confidence",
    "DocumentKind",
    "DocumentState",
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
    "Severity",
    "Source",
    "SourceFile",
    "Span",
    "StateError",
    "Statement",
    "TextSource",
    "ToolMissing",
    "UnprovenRedaction",
    "UsageError",
    "ValueKind",
    "VaughnError",
    "Word",
    "canonical_docket_number",
    "canonical_value",
    "contradicted_fields",
    "field_named",
    "finding",
    "folded",
    "key_from",
    "kinds_by_id",
    "read_bates",
    "require_key",
]
