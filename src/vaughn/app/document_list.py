"""The document list as a table of values, for exports by the command line and by the workbench."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from vaughn.formats.lists import Cell
from vaughn.model import CATALOGUE, UsageError
from vaughn.store import CaseFile, DocumentQuery, FindingQuery, ListedDocument

_ROWS_AT_ONCE = 500

_VALUES: dict[str, Callable[[ListedDocument], Cell]] = {
    "id": lambda row: row.document.id,
    "production": lambda row: row.production,
    "agency": lambda row: row.agency,
    "control": lambda row: row.document.control,
    "begin": lambda row: None if row.document.begin is None else str(row.document.begin),
    "end": lambda row: None if row.document.end is None else str(row.document.end),
    "page_count": lambda row: row.document.page_count,
    "kind": lambda row: row.document.kind.value,
    "custodian": lambda row: row.document.custodian,
    "language": lambda row: row.document.language,
    "title": lambda row: row.document.title,
    "sender": lambda row: row.document.sender,
    "recipients": lambda row: row.document.recipients,
    "date": lambda row: row.document.date,
    "file_name": lambda row: row.document.file_name,
    "parent_id": lambda row: row.document.parent_id,
    "family_id": lambda row: row.document.family_id,
    "family_size": lambda row: row.family_size,
    "errors": lambda row: row.findings.error,
    "warnings": lambda row: row.findings.warning,
    "notes": lambda row: row.findings.note,
    "findings": lambda row: row.findings.error + row.findings.warning + row.findings.note,
}
ALL_COLUMNS = tuple(name for name in _VALUES if name != "findings")
FINDING_COLUMNS = (
    "code",
    "severity",
    "production",
    "title",
    "message",
    "count",
    "path",
    "line",
    "bates",
    "field",
    "cure",
)


def chosen_columns(text: str | None) -> tuple[str, ...]:
    """Return the columns named in *text*, separated by commas; all if it names none.

    Raises:
        UsageError: If a name is not known.
    """
    names = tuple(name.strip() for name in (text or "").split(",") if name.strip())
    if any(name not in _VALUES for name in names):
        raise UsageError("A column is not known.", hint=f"Known are: {', '.join(_VALUES)}.")
    return names or ALL_COLUMNS


def document_cells(case: CaseFile, query: DocumentQuery, columns: Sequence[str]) -> Iterator[tuple[Cell, ...]]:
    """Return the cells of every document *query* means, in its order; memory stays flat but for the ids."""
    ids = case.document_ids(query)
    values = [_VALUES[name] for name in columns]
    for first in range(0, len(ids), _ROWS_AT_ONCE):
        for row in case.listed(ids[first : first + _ROWS_AT_ONCE]):
            yield tuple(value(row) for value in values)


def finding_cells(case: CaseFile, query: FindingQuery) -> Iterator[tuple[Cell, ...]]:
    """Return the cells of every finding *query* means, in its order."""
    names = {production.id: production.name for production in case.productions()}
    for stored in case.findings(query).rows:
        found, place, kind = stored.finding, stored.finding.place, CATALOGUE[stored.finding.code]
        yield (
            found.code,
            found.severity.value,
            names[stored.production_id],
            kind.title,
            found.message,
            found.count,
            place.path,
            place.line,
            place.bates,
            place.field,
            kind.cure,
        )
