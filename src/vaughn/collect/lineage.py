"""What must be known of a file to read it: the document it stands in, and how deep it lies in containers."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

# Nobody packs records deeper; what is built to break programs goes on without end.
MOST_LEVELS = 12


@dataclass(frozen=True, slots=True)
class Lineage:
    """Where a file stands in the tree of files; kept with the task that reads it.

    Args:
        parent: Nearest document it came out of, `None` if there is none.
        depth: Containers and documents around it.
        root: Outermost file around it, `None` if it was handed over as it is.
    """

    parent: int | None = None
    depth: int = 0
    root: int | None = None

    def inside(self, file_id: int, *, document_id: int | None = None) -> Lineage:
        """Return the lineage of what comes out of the file of this one, which became *document_id*."""
        return Lineage(document_id or self.parent, self.depth + 1, self.root or file_id)


@dataclass(frozen=True, slots=True)
class Members:
    """How many members a container was counted to have.

    Args:
        claimed: By the container itself, `None` if it does not say.
        handed: Handed out one by one.
        withheld: Not handed out; findings name them.
    """

    claimed: int | None
    handed: int
    withheld: int


@dataclass(frozen=True, slots=True)
class FileTask:
    """The payload of the task that reads one file; `members` is there once a container was opened."""

    lineage: Lineage
    members: Members | None = None

    def payload(self) -> str:
        """Return the task as it is kept in the work ledger."""
        own = self.lineage
        held: dict[str, object] = {"parent": own.parent, "depth": own.depth, "root": own.root}
        if self.members is not None:
            held["members"] = [self.members.claimed, self.members.handed, self.members.withheld]
        return json.dumps({name: value for name, value in held.items() if value not in (None, 0)})

    @classmethod
    def from_payload(cls, text: str) -> FileTask:
        """Return the task that `payload` wrote."""
        held = json.loads(text)
        members = Members(*held["members"]) if "members" in held else None
        return cls(Lineage(held.get("parent"), held.get("depth", 0), held.get("root")), members)

    def counted(self, members: Members) -> FileTask:
        """Return the task of a container that was opened."""
        return replace(self, members=members)


@dataclass(frozen=True, slots=True)
class PagesTask:
    """Reads pages *first* to *last* of a long file; page *first* is the page *page_id* of the case."""

    file_id: int
    document_id: int
    first: int
    last: int
    page_id: int

    @property
    def key(self) -> str:
        """What makes it this task."""
        return f"{self.file_id}:{self.first}"

    def payload(self) -> str:
        """Return the task as it is kept in the work ledger."""
        return json.dumps([self.file_id, self.document_id, self.first, self.last, self.page_id])

    @classmethod
    def from_payload(cls, text: str) -> PagesTask:
        """Return the task that `payload` wrote."""
        return cls(*json.loads(text))
