"""How a list is narrowed and sorted: the query parameters that lists, facets, exports and neighbours share."""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import Annotated, TypeVar

from fastapi import Depends, Query

from vaughn.app.api.workbench import TheCase
from vaughn.model import DocumentKind, Severity, UsageError
from vaughn.store import DocumentQuery, DocumentSort, FindingQuery, FindingSort

MAX_ROWS = 1000
# SQLite counts with 64 bits; ids and offsets beyond that are mistakes.
MAX_NUMBER = 2**63 - 1
Number = Annotated[int, Query(ge=0, le=MAX_NUMBER)]
Limit = Annotated[int, Query(ge=0, le=MAX_ROWS)]
Words = Annotated[str | None, Query(max_length=1000)]
Numbers = Annotated[list[int], Query(max_length=1000)]
Texts = Annotated[list[str], Query(max_length=1000)]
Day = Annotated[date | None, Query()]

E_ = TypeVar("E_", bound=Enum)
# Columns of the screen that the case file sorts under another name.
_SORTS = {
    "begin": DocumentSort.BATES,
    "end": DocumentSort.BATES,
    "family_size": DocumentSort.FAMILY,
    "id": DocumentSort.ORDINAL,
}
_FINDING_SORTS = {"place": FindingSort.PLACE, "production_id": FindingSort.PRODUCTION, "line": FindingSort.PLACE}


def one_of(kind: type[E_], value: str, name: str) -> E_:
    """Return the member of *kind* that *value* spells.

    Raises:
        UsageError: If it spells none; *name* is told.
    """
    try:
        return kind(value)
    except ValueError:
        raise UsageError(
            f"The parameter {name} has a value that is not known.",
            hint=f"Known are: {', '.join(member.value for member in kind)}.",
        ) from None


def known_ids(numbers: list[int]) -> tuple[int, ...]:
    """Return *numbers* without those that can be no id."""
    return tuple(number if 0 <= number <= MAX_NUMBER else 0 for number in numbers)


def day_range(date_from: Day = None, date_to: Day = None) -> tuple[str | None, str | None]:
    """Return from which day to which day is meant."""
    first, last = (None if day is None else day.isoformat() for day in (date_from, date_to))
    return first, last


def named_in(case: TheCase, person: Texts = []) -> tuple[int, ...] | None:  # noqa: B006
    """Return the documents that name one of these people, under whatever address; `None` if nobody is asked for."""
    return case.people().documents_of(person) if person else None


def found_with(
    finding: Texts = [],  # noqa: B006
    severity: Texts = [],  # noqa: B006
) -> tuple[tuple[str, ...], tuple[Severity, ...]]:
    """Return which findings documents must have."""
    return tuple(finding), tuple(one_of(Severity, value, "severity") for value in severity)


def document_filters(
    days: Annotated[tuple[str | None, str | None], Depends(day_range)],
    found: Annotated[tuple[tuple[str, ...], tuple[Severity, ...]], Depends(found_with)],
    *,
    production: Numbers = [],  # noqa: B006 - FastAPI copies it
    agency: Texts = [],  # noqa: B006
    kind: Texts = [],  # noqa: B006
    custodian: Texts = [],  # noqa: B006
    language: Texts = [],  # noqa: B006
    named: Annotated[tuple[int, ...] | None, Depends(named_in)] = None,
    q: Words = None,
) -> DocumentQuery:
    """Return which documents are meant."""
    return DocumentQuery(
        productions=known_ids(production),
        agencies=tuple(agency),
        kinds=tuple(one_of(DocumentKind, value, "kind") for value in kind),
        custodians=tuple(custodian),
        languages=tuple(language),
        finding_codes=found[0],
        severities=found[1],
        ids=named,
        date_from=days[0],
        date_to=days[1],
        text=q or None,
    )


def document_order(sort: str = "begin", descending: bool = False) -> tuple[DocumentSort, bool]:
    """Return by which column documents are sorted."""
    return _SORTS.get(sort) or one_of(DocumentSort, sort, "sort"), descending


def finding_filters(
    *,
    production: Numbers = [],  # noqa: B006
    code: Texts = [],  # noqa: B006
    severity: Texts = [],  # noqa: B006
    document: Number | None = None,
    text: Words = None,
    sort: str = "severity",
    descending: bool = False,
) -> FindingQuery:
    """Return which findings are meant, and their order."""
    return FindingQuery(
        productions=known_ids(production),
        codes=tuple(code),
        severities=tuple(one_of(Severity, value, "severity") for value in severity),
        document_id=document,
        text=text or None,
        sort=_FINDING_SORTS.get(sort) or one_of(FindingSort, sort, "sort"),
        descending=descending,
    )


DocumentFilters = Annotated[DocumentQuery, Depends(document_filters)]
DocumentOrder = Annotated[tuple[DocumentSort, bool], Depends(document_order)]
FindingFilters = Annotated[FindingQuery, Depends(finding_filters)]
