"""What a file says of entities, in the one form values have, before it is entered into the case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from vaughn.lawsuit.suit import OWN_KINDS
from vaughn.model import InputError, canonical_value, key_from

Said = Mapping[str, Iterable[str | None]]


@dataclass(frozen=True, slots=True)
class Draft:
    """What a file says of one entity, and what is concluded from it; values are canonical.

    Args:
        line: Where it stands in the file, for entries.
    """

    kind: str
    key: str
    said: Mapping[str, tuple[str, ...]]
    inferred: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    line: int | None = None

    @property
    def reference(self) -> str:
        """How others name it."""
        return f"{self.kind}/{self.key}"


class Drafts:
    """Collects drafts, one an entity, and counts the values that no field can take."""

    def __init__(self) -> None:
        self._drafts: dict[str, Draft] = {}
        self.left_out = 0

    def add(self, reference: str, said: Said, *, inferred: Said | None = None, line: int | None = None) -> None:
        """Add what is said of an entity to what was said of it before."""
        kind, _, key = reference.partition("/")
        before = self._drafts.get(reference, Draft(kind, key, {}))
        self._drafts[reference] = Draft(
            kind,
            key,
            _together(before.said, self._canonical(kind, said)),
            _together(before.inferred, self._canonical(kind, inferred or {})),
            before.line if line is None else line,
        )

    def all(self) -> tuple[Draft, ...]:
        """Return the drafts in the order their entities were first named."""
        return tuple(self._drafts.values())

    def new_key(self, kind: str, *parts: str | int | None) -> str:
        """Return the reference of an entity that no draft has yet."""
        key = key_from(*parts)
        reference, number = f"{kind}/{key}", 1
        while reference in self._drafts:
            number += 1
            reference = f"{kind}/{key}-{number}"
        return reference

    def _canonical(self, kind: str, said: Said) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for field_id, values in said.items():
            held: dict[str, None] = {}
            for value in values:
                if value is not None and value.strip():
                    try:
                        held[canonical_value(OWN_KINDS[kind], field_id, value.replace("\x00", ""))] = None
                    except InputError:
                        self.left_out += 1
            if held:
                found[field_id] = tuple(held)
        return found


def _together(
    one: Mapping[str, tuple[str, ...]], other: Mapping[str, tuple[str, ...]]
) -> Mapping[str, tuple[str, ...]]:
    return {
        field_id: tuple(dict.fromkeys((*one.get(field_id, ()), *other.get(field_id, ()))))
        for field_id in dict.fromkeys((*one, *other))
    }
