"""Writing which documents stand together, and taking that back: nothing is deleted, an earlier run is only undone."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from vaughn.model import (
    DocumentState,
    Grouping,
    GroupingState,
    GroupKind,
    GroupMember,
    GroupRole,
    GroupScope,
    StateError,
)
from vaughn.store.chain import moment_text
from vaughn.store.codes import CODE
from vaughn.store.read_groups import current_grouping
from vaughn.store.schema import DOCUMENT, GROUP_MEMBER, GROUPING
from vaughn.store.transaction import Transaction

_CURRENT, _COPY = CODE[DocumentState.CURRENT], CODE[DocumentState.DUPLICATE]


class GroupWrites(Transaction):
    """Runs of looking for duplicates, similar documents and threads."""

    def add_grouping(
        self, kind: GroupKind, scope: GroupScope, *, members: Iterable[GroupMember], parameters: str = "{}"
    ) -> Grouping:
        """Store a run, which counts from now on instead of the earlier one of its kind.

        After a run for duplicates, documents in the role of a copy do not count, and those that were copies before
        and no longer are do count again.
        """
        self._retire(kind)
        at = self.actor.clock()
        (grouping_id,) = self.add(
            GROUPING,
            [
                {
                    "kind": CODE[kind],
                    "scope": CODE[scope],
                    "at": moment_text(at),
                    "state": CODE[GroupingState.CURRENT],
                    "parameters": parameters,
                }
            ],
        )
        copies: set[int] = set()
        self.add(GROUP_MEMBER, (_row(grouping_id, member, copies) for member in members))
        if kind is GroupKind.DUPLICATE:
            self._let_count_without(copies)
        self.note(grouping=grouping_id)
        return Grouping(grouping_id, kind, scope, at, GroupingState.CURRENT, parameters)

    def undo_grouping(self, kind: GroupKind) -> Grouping:
        """Take the run that counts back; it stays as history. Copies count again if it was one for duplicates.

        Raises:
            StateError: If no run of that kind counts.
        """
        held = current_grouping(self.connection, kind)
        if held is None:
            raise StateError(
                f"There is nothing to undo: the case was not looked through for {_PLURAL[kind]}.",
                hint="Run `vaughn group CASE` first.",
            )
        self._retire(kind)
        if kind is GroupKind.DUPLICATE:
            self._let_count_without(())
        self.note(grouping=held.id)
        return Grouping(held.id, held.kind, held.scope, held.at, GroupingState.UNDONE, held.parameters)

    def _retire(self, kind: GroupKind) -> None:
        state = CODE[GroupingState.CURRENT]
        ids = self.ids("SELECT id FROM grouping WHERE kind = ? AND state = ?", CODE[kind], state)
        self.update(GROUPING, ("state",), [(row_id, CODE[GroupingState.UNDONE]) for row_id in ids])

    def _let_count_without(self, copies: Collection[int]) -> None:
        """Set which documents count; divided and undone ones are left as they are."""
        left_out = set(self.ids("SELECT id FROM document WHERE state = ?", _COPY))
        new = sorted(set(copies) - left_out)
        counting = set(self.ids("SELECT id FROM document WHERE state = ?", _CURRENT)) if new else set()
        self.update(DOCUMENT, ("state",), [(row_id, _COPY) for row_id in new if row_id in counting])
        self.update(DOCUMENT, ("state",), [(row_id, _CURRENT) for row_id in sorted(left_out - set(copies))])


_PLURAL = {
    GroupKind.DUPLICATE: "duplicates",
    GroupKind.NEAR_DUPLICATE: "similar documents",
    GroupKind.NEAR_DUPLICATE_PAGE: "similar pages",
    GroupKind.THREAD: "threads",
}


def _row(grouping_id: int, member: GroupMember, copies: set[int]) -> dict[str, str | int | float | None]:
    if member.role is GroupRole.COPY:
        copies.add(member.document_id)
    return {
        "grouping_id": grouping_id,
        "group_number": member.group,
        "document_id": member.document_id,
        "position": member.position,
        "role": CODE[member.role],
        "basis": member.basis,
        "similarity": None if member.similarity is None else float(member.similarity),
        "parent_id": member.parent_id,
        "page_id": member.page_id,
    }
