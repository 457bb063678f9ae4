"""Which entities the agency's own search knows: who writes and is written to, who holds what, who searched it."""

from __future__ import annotations

from vaughn.collect.search_kinds import SEARCH_KINDS
from vaughn.model import EntityField, EntityKind, ValueKind

CORRESPONDENT = EntityKind(
    "correspondent",
    "Correspondent",
    (
        EntityField("name", "Name"),
        EntityField("address", "E-mail address, or Exchange address", is_many=True),
        EntityField("alias", "Also named", is_many=True),
        EntityField("organization", "Organization"),
        EntityField("note", "Note", ValueKind.PROSE, is_many=True),
    ),
    title_field="name",
)

KINDS: tuple[EntityKind, ...] = (CORRESPONDENT, *SEARCH_KINDS)
