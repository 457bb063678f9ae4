"""Which fields of a document a query can ask for, and the names they go by."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class QueryFieldKind(Enum):
    """What stands in a field: words, which are searched like a text, or one value, which lies in a range."""

    WORDS = "words"
    DAY = "day"
    NUMBER = "number"  # a Bates number


@dataclass(frozen=True, slots=True)
class QueryField:
    """One field: its name in a tree, what stands in it, and what else people call it."""

    name: str
    kind: QueryFieldKind = QueryFieldKind.WORDS
    other_names: tuple[str, ...] = ()


QUERY_FIELDS = (
    QueryField("subject", other_names=("title",)),
    QueryField("from", other_names=("sender",)),
    QueryField("to"),
    QueryField("cc"),
    QueryField("bcc"),
    QueryField("author"),
    QueryField("custodian"),
    QueryField("agency"),
    QueryField("production", other_names=("release",)),
    QueryField("type", other_names=("kind",)),
    QueryField("file", other_names=("filename", "name")),
    QueryField("exemption"),
    QueryField("code"),
    QueryField("finding"),
    QueryField("language"),
    QueryField("date", QueryFieldKind.DAY),
    QueryField("bates", QueryFieldKind.NUMBER),
)
_BY_NAME = {name: field for field in QUERY_FIELDS for name in (field.name, *field.other_names)}
FIELD_NAMES = ", ".join(field.name for field in QUERY_FIELDS)


def query_field(name: str) -> QueryField | None:
    """Return the field that people call *name*, in capitals or not."""
    return _BY_NAME.get(name.lower()) if len(name) < 20 else None
