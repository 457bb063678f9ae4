"""What the last build of a site left: which documents it shows in which version, and the change log.

Kept outside the site, since it knows more than the public may: fingerprints of what was covered, for one.
A build takes the file away before it changes anything and writes it again at its end; a build that was cut off
therefore leaves none, and the next one looks at every file.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields
from datetime import date
from operator import attrgetter
from pathlib import Path

from vaughn.publish.changes import ChangeEntry

# Change this when the pages of a document are written in another way: then all are written again.
STATE_VERSION = 1
_NAME = "site.json"


@dataclass(slots=True)
class DocumentRecord:
    """What the site shows of one document.

    Args:
        content: Fingerprint of the document itself.
        fingerprint: Of everything its pages are made of, what stands around them included.
        images: For every page that is not withdrawn its width and height, or the phrase that says why there is none.
        first_entry, entries: Its place in the search index.
    """

    content: str
    fingerprint: str
    is_withdrawn: bool
    images: list[list[int] | str]
    first_entry: int = 0
    entries: int = 0
    covered_names: int = 0


@dataclass(slots=True)
class CaseRecord:
    """What the site shows of one case: its documents by id, the change log, how far the index reaches, its PDFs."""

    documents: dict[str, DocumentRecord] = field(default_factory=dict)
    log: tuple[ChangeEntry, ...] = ()
    next_entry: int = 0
    papers: dict[str, str] = field(default_factory=dict)


def read_state(folder: Path) -> dict[str, CaseRecord]:
    """Return what the last whole build left, by case; nothing if it was cut off or another version made it."""
    path = folder / _NAME
    try:
        values = json.loads(path.read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    if values.get("version") != STATE_VERSION:
        return {}
    return {slug: _case_record(case) for slug, case in values["cases"].items()}


def _case_record(values: dict) -> CaseRecord:  # type: ignore[type-arg]
    documents = {key: DocumentRecord(*row) for key, row in values["documents"].items()}
    log = tuple(
        ChangeEntry(date.fromisoformat(day), tuple(added), tuple(changed), tuple(withdrawn))
        for day, added, changed, withdrawn in values["log"]
    )
    return CaseRecord(documents, log, values["next_entry"], values["papers"])


def forget_state(folder: Path) -> None:
    """Take the state away until the build is whole."""
    (folder / _NAME).unlink(missing_ok=True)


def write_state(folder: Path, cases: dict[str, CaseRecord]) -> None:
    """Write the state of a whole build."""
    folder.mkdir(parents=True, exist_ok=True)
    values = {
        "version": STATE_VERSION,
        "cases": {
            slug: {
                "documents": {key: list(_ROW(record)) for key, record in case.documents.items()},
                "log": [[entry.day.isoformat(), entry.added, entry.changed, entry.withdrawn] for entry in case.log],
                "next_entry": case.next_entry,
                "papers": case.papers,
            }
            for slug, case in cases.items()
        },
    }
    temporary = folder / f"{_NAME}.part"
    temporary.write_text(json.dumps(values, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    temporary.replace(folder / _NAME)


_ROW = attrgetter(*(one.name for one in fields(DocumentRecord)))
