"""Entities made of plain words, for tests of pure functions."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count

from vaughn.model import Confidence, Entity, Rank, Statement

_NUMBERS = count(1)
_AT = datetime(2026, 1, 1, tzinfo=UTC)


def said(reference: str, **values: str | list[str]) -> Entity:
    """Return an entity of which one source says *values*; a trailing underscore of a name is dropped."""
    kind, _, key = reference.partition("/")
    pairs = [
        (field.rstrip("_"), text)
        for field, texts in values.items()
        for text in ([texts] if isinstance(texts, str) else texts)
    ]
    statements = tuple(
        Statement(next(_NUMBERS), field, text, 1, Confidence.STATED, Rank.NORMAL, None, _AT) for field, text in pairs
    )
    return Entity(next(_NUMBERS), kind, key, statements)
