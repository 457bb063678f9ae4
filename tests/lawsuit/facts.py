"""Entities written as the tests read best: ``told("order/a", "press", entered_on="2011-02-07")``."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import count

from vaughn.lawsuit import Suit, read_suit
from vaughn.lawsuit.suit import OWN_KINDS
from vaughn.model import Confidence, Entity, Rank, Source, Statement, canonical_value

AT = datetime(2026, 1, 1, tzinfo=UTC)


class Facts:
    """Collects what sources say and makes a suit of it."""

    def __init__(self) -> None:
        self._ids = count(1)
        self._said: dict[str, list[Statement]] = {}
        self._sources: dict[str, Source] = {}

    def source(self, key: str, kind: str = "") -> Source:
        """Return the source of that key; its kind is given the first time it is named."""
        return self._sources.setdefault(key, Source(len(self._sources) + 1, key, f"The {key}", "", kind))

    def told(self, reference: str, source: str = "court", /, **values: str | Iterable[str]) -> Facts:
        """Say of *reference* what *source* says; ``from_`` is the field ``from``."""
        said = self._said.setdefault(reference, [])
        kind = OWN_KINDS[reference.partition("/")[0]]
        for name, given in values.items():
            field = name.rstrip("_")
            for value in (given,) if isinstance(given, str) else given:
                said.append(
                    Statement(
                        next(self._ids),
                        field,
                        canonical_value(kind, field, value),
                        self.source(source).id,
                        Confidence.STATED,
                        Rank.NORMAL,
                        None,
                        AT,
                    )
                )
        return self

    def entities(self) -> list[Entity]:
        return [
            Entity(number, *reference.split("/", 1), tuple(said))
            for number, (reference, said) in enumerate(self._said.items(), 1)
        ]

    def suit(self) -> Suit:
        return read_suit(self.entities(), self._sources.values())


def told(reference: str, source: str = "court", /, **values: str | Iterable[str]) -> Facts:
    """Begin with one thing that is told."""
    return Facts().told(reference, source, **values)
