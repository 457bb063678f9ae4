"""Which docket file is to be read in a child process, and how its columns are named; as text for the work ledger."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from vaughn.formats.docket.columns import EntryField
from vaughn.formats.docket.reading import read_docket
from vaughn.formats.docket.values import DocketFile


@dataclass(frozen=True, slots=True)
class DocketTask:
    """Reads one docket file.

    Args:
        path: Where its bytes are.
        name: What it goes by, in findings and messages.
        columns: Of a table: header and what it holds; `None` keeps the column as it is.
    """

    path: str
    name: str
    columns: tuple[tuple[str, EntryField | None], ...] = ()

    @property
    def key(self) -> str:
        """What makes it this task."""
        return self.path

    def payload(self) -> str:
        """Return the task as it is kept in the work ledger."""
        columns = [[header, field.value if field else None] for header, field in self.columns]
        return json.dumps({"path": self.path, "name": self.name, "columns": columns})

    @classmethod
    def from_payload(cls, text: str) -> DocketTask:
        """Return the task that `payload` wrote."""
        read = json.loads(text)
        columns = tuple((header, EntryField(field) if field else None) for header, field in read["columns"])
        return cls(read["path"], read["name"], columns)


def docket_of(task: DocketTask) -> DocketFile:
    """Return what the file of *task* says; the job of a child: `Task(key, docket_of, (task,))`.

    Raises:
        InputError: If the file is no docket in any known form, is empty or too large.
    """
    return read_docket(Path(task.path), name=task.name, columns=dict(task.columns) or None)
