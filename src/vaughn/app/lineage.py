"""Where a document came from, read from the case: its file, the files that held it, who handed them over."""

from __future__ import annotations

from dataclasses import dataclass

from vaughn.model import FileOrigin, Handover, ProducedDocument, SourceFile
from vaughn.store import CaseFile

# Containers in containers end at a few levels; a longer chain would be a circle.
_MAX_LEVELS = 64


@dataclass(frozen=True, slots=True)
class Step:
    """One file on the way; `origin` is `None` where it was received, not taken in."""

    file: SourceFile
    origin: FileOrigin | None


@dataclass(frozen=True, slots=True)
class Lineage:
    """Where a document came from.

    Args:
        steps: From the file that was handed over to the document's own.
    """

    handover: Handover | None
    steps: tuple[Step, ...]

    @property
    def own(self) -> Step | None:
        """The document's own file."""
        return self.steps[-1] if self.steps else None


def lineage_of(case: CaseFile, document: ProducedDocument) -> Lineage:
    """Return where *document* came from."""
    origin = case.origin_of_document(document.id)
    file_id = document.native_file_id if origin is None else origin.file_id
    steps: list[Step] = []
    while file_id is not None and len(steps) < _MAX_LEVELS:
        file = case.source_file(file_id)
        if file is None:
            break
        origin = case.origin(file_id)
        steps.append(Step(file, origin))
        file_id = None if origin is None else origin.container_id
    return Lineage(case.handover(document.production_id), tuple(reversed(steps)))
