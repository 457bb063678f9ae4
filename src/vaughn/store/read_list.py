"""Reading the document table: filters, order, windows, counts, neighbours and facets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Select,
    and_,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.sql import operators
from sqlalchemy.sql.elements import UnaryExpression

from vaughn.model import DocumentKind, DocumentState, ProducedDocument, Severity
from vaughn.store.codes import CODE, decoded
from vaughn.store.read_documents import documents_by_id
from vaughn.store.schema import DOCUMENT, FINDING, PRODUCTION
from vaughn.store.stored import (
    DocumentQuery,
    DocumentSort,
    Facets,
    FacetValue,
    ListedDocument,
    Neighbours,
    SeverityCounts,
)

_D = DOCUMENT.c
_CURRENT: ColumnElement[bool] = _D.state == CODE[DocumentState.CURRENT]


def _of_production(column: Column[str]) -> ColumnElement[str]:
    return select(column).where(PRODUCTION.c.id == _D.production_id).scalar_subquery()


_ORDER: dict[DocumentSort, tuple[Any, ...]] = {
    DocumentSort.BATES: (_D.prefix, _D.begin_number, _D.production_id, _D.id),
    DocumentSort.CONTROL: (_D.prefix, _D.begin_number, _D.production_id, _D.id),
    DocumentSort.ORDINAL: (_D.production_id, _D.ordinal, _D.id),
    DocumentSort.DATE: (_D.date, _D.production_id, _D.id),
    DocumentSort.KIND: (_D.kind, _D.production_id, _D.id),
    DocumentSort.CUSTODIAN: (_D.custodian, _D.production_id, _D.id),
    DocumentSort.LANGUAGE: (_D.language, _D.production_id, _D.id),
    DocumentSort.TITLE: (_D.title, _D.id),
    DocumentSort.SENDER: (_D.sender, _D.id),
    DocumentSort.RECIPIENTS: (_D.recipients, _D.id),
    DocumentSort.FILE_NAME: (_D.file_name, _D.id),
    DocumentSort.PAGE_COUNT: (_D.page_count, _D.id),
    DocumentSort.PRODUCTION: (_of_production(PRODUCTION.c.name), _D.production_id, _D.ordinal, _D.id),
    DocumentSort.AGENCY: (_of_production(PRODUCTION.c.agency), _D.production_id, _D.ordinal, _D.id),
    DocumentSort.FAMILY: (_D.production_id, func.coalesce(_D.family_id, _D.id), _D.id),
}
_MAX_FACET_VALUES = 500


def _like(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def _conditions(query: DocumentQuery) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [_CURRENT]
    chosen: tuple[tuple[Any, Sequence[Any]], ...] = (
        (_D.production_id, query.productions),
        (_D.kind, [CODE[kind] for kind in query.kinds]),
        (_D.custodian, query.custodians),
        (_D.language, query.languages),
    )
    found += [column.in_(values) for column, values in chosen if values]
    if query.agencies:
        found.append(_D.production_id.in_(select(PRODUCTION.c.id).where(PRODUCTION.c.agency.in_(query.agencies))))
    if query.date_from is not None:
        found.append(_D.date >= query.date_from)
    if query.date_to is not None:
        found.append(_D.date < f"{query.date_to}~")  # "~" sorts after "T": moments of the day are included
    if query.finding_codes or query.severities:
        found.append(_D.id.in_(_with_findings(query)))
    if query.text:
        pattern = _like(query.text)
        control = func.coalesce(_D.control, _D.prefix.concat(_padded_number()))
        found.append(or_(*(column.like(pattern, escape="\\") for column in (control, _D.title, _D.file_name))))
    if query.ids is not None:
        values = func.json_each(_json(query.ids)).table_valued("value")
        found.append(_D.id.in_(select(values.c.value)))
    return found


def _with_findings(query: DocumentQuery) -> Select[int | None]:
    wanted = select(FINDING.c.document_id).where(FINDING.c.document_id.is_not(None))
    if query.finding_codes:
        wanted = wanted.where(FINDING.c.code.in_(query.finding_codes))
    if query.severities:
        wanted = wanted.where(FINDING.c.severity.in_([CODE[severity] for severity in query.severities]))
    return wanted


def _json(ids: Sequence[int]) -> str:
    return f"[{','.join(str(document_id) for document_id in ids)}]"


def _padded_number() -> ColumnElement[str]:
    return literal_column("printf('%0*d', document.width, document.begin_number)")


def _is_narrow(query: DocumentQuery) -> bool:
    """Tell whether few documents are meant, so that finding them comes before ordering them."""
    return bool(query.custodians or query.finding_codes or query.severities or query.ids is not None)


def _without_index(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return the same value in a form for which SQLite cannot use an index, so that it uses one for the filter."""
    return UnaryExpression(column, operator=operators.custom_op("+"))


def _ordered(query: DocumentQuery) -> Select[int]:
    first, *rest = _ORDER[query.sort]
    columns = [_without_index(first) if _is_narrow(query) else first, *rest]
    order = [column.desc() for column in columns] if query.descending else columns
    return select(_D.id).where(and_(*_conditions(query))).order_by(*order)


def unordered(query: DocumentQuery) -> DocumentQuery:
    """Return the query without what does not change which documents it means."""
    return replace(query, sort=DocumentSort.BATES, descending=False, offset=0, limit=0)


def total(connection: Connection, query: DocumentQuery) -> int:
    """Return how many documents *query* means, window aside."""
    found = connection.execute(select(func.count()).select_from(DOCUMENT).where(and_(*_conditions(query)))).scalar()
    return int(found or 0)


def window(connection: Connection, query: DocumentQuery) -> tuple[ListedDocument, ...]:
    """Return the rows of the window that *query* names."""
    ids = [row[0] for row in connection.execute(_ordered(query).offset(query.offset).limit(query.limit))]
    return listed(connection, documents_by_id(connection, ids))


def all_ids(connection: Connection, query: DocumentQuery) -> list[int]:
    """Return the ids of every document *query* means, in its order."""
    return [row[0] for row in connection.execute(_ordered(query))]


def listed(connection: Connection, documents: Sequence[ProducedDocument]) -> tuple[ListedDocument, ...]:
    """Return documents with what else a row of the table shows."""
    productions = {row.id: (row.name, row.agency) for row in connection.execute(select(PRODUCTION))}
    counts = finding_counts(connection, [document.id for document in documents])
    sizes = _family_sizes(connection, [document.family_id for document in documents])
    return tuple(
        ListedDocument(
            document,
            *productions[document.production_id],
            sizes.get(document.family_id, 1),
            counts.get(document.id, SeverityCounts()),
        )
        for document in documents
    )


def finding_counts(connection: Connection, document_ids: Sequence[int]) -> dict[int, SeverityCounts]:
    """Return for each document that has findings how many of each severity."""
    values = func.json_each(_json(document_ids)).table_valued("value")
    rows = connection.execute(
        select(FINDING.c.document_id, FINDING.c.severity, func.count())
        .where(FINDING.c.document_id.in_(select(values.c.value)))
        .group_by(FINDING.c.document_id, FINDING.c.severity)
    )
    found: dict[int, SeverityCounts] = {}
    for document_id, severity, count in rows:
        name = decoded(Severity, severity).value
        found[document_id] = replace(found.get(document_id, SeverityCounts()), **{name: count})
    return found


def _family_sizes(connection: Connection, family_ids: Sequence[int]) -> dict[int, int]:
    # The plus keeps SQLite from walking through all current documents instead of the few families.
    rows = connection.exec_driver_sql(
        "SELECT family_id, count(*), sum(id = family_id) FROM document"
        " WHERE family_id IN (SELECT value FROM json_each(?)) AND +state = 0 GROUP BY family_id",
        (_json(sorted(set(family_ids))),),
    )
    # The first document may or may not name itself as its family.
    return {family_id: count + (0 if itself else 1) for family_id, count, itself in rows}


def neighbours(connection: Connection, query: DocumentQuery, document_id: int) -> Neighbours:
    """Return what stands before and after a document in the list *query* means."""
    order = _ORDER[query.sort]
    row = connection.execute(select(*order).where(_D.id == document_id)).first()
    if row is None:
        return Neighbours(None, None)
    conditions = _conditions(query)

    def nearest(*, forward: bool) -> int | None:
        upwards = forward is not query.descending
        beyond = _beyond(order, tuple(row), upwards=upwards)
        columns = [_without_index(order[0]) if _is_narrow(query) else order[0], *order[1:]]
        sorting = columns if upwards else [column.desc() for column in columns]
        for part in beyond:
            found = connection.execute(
                select(_D.id).where(and_(*conditions, part)).order_by(*sorting).limit(1)
            ).scalar()
            if found is not None:
                return int(found)
        return None

    return Neighbours(nearest(forward=False), nearest(forward=True))


def _beyond(order: Sequence[Any], values: Sequence[Any], *, upwards: bool) -> list[ColumnElement[bool]]:
    """Return the stretches after (or before) the row with these values, nearest first; NULL sorts first."""
    parts: list[ColumnElement[bool]] = []
    for depth in range(len(order) - 1, -1, -1):
        column, value = order[depth], values[depth]
        if value is None and not upwards:
            continue  # nothing sorts before NULL
        if value is None:
            step = column.is_not(None)
        elif upwards:
            step = column > value
        else:
            step = or_(column < value, column.is_(None)) if depth < len(order) - 1 else column < value
        same = [c.is_(None) if v is None else c == v for c, v in zip(order[:depth], values[:depth], strict=True)]
        parts.append(and_(*same, step))
    return parts


@dataclass(frozen=True, slots=True)
class _Facet:
    column: Any
    without: DocumentQuery


def facets(connection: Connection, query: DocumentQuery) -> Facets:
    """Return for each filter the values it could take; a filter does not narrow its own values."""
    productions = {row.id: row for row in connection.execute(select(PRODUCTION))}

    def counted(facet: _Facet) -> list[tuple[Any, int]]:
        rows = connection.execute(
            select(facet.column, func.count())
            .select_from(DOCUMENT)
            .where(and_(*_conditions(facet.without)))
            .group_by(_without_index(facet.column) if _is_narrow(facet.without) else facet.column)
            .order_by(func.count().desc(), facet.column)
            .limit(_MAX_FACET_VALUES)
        )
        return [(value, count) for value, count in rows if value is not None]

    by_production = counted(_Facet(_D.production_id, replace(query, productions=())))
    by_agency = by_production
    if query.productions or query.agencies:
        by_agency = counted(_Facet(_D.production_id, replace(query, agencies=())))
    agencies: dict[str, int] = {}
    for production_id, count in by_agency:
        agency = productions[production_id].agency
        agencies[agency] = agencies.get(agency, 0) + count
    kinds = counted(_Facet(_D.kind, replace(query, kinds=())))
    custodians = counted(_Facet(_D.custodian, replace(query, custodians=())))
    languages = counted(_Facet(_D.language, replace(query, languages=())))
    return Facets(
        production=tuple(FacetValue(str(value), productions[value].name, count) for value, count in by_production),
        agency=tuple(
            FacetValue(agency, agency, count)
            for agency, count in sorted(agencies.items(), key=lambda pair: (-pair[1], pair[0]))
        ),
        kind=tuple(
            FacetValue(decoded(DocumentKind, value).value, decoded(DocumentKind, value).value, count)
            for value, count in kinds
        ),
        custodian=tuple(FacetValue(value, value, count) for value, count in custodians),
        language=tuple(FacetValue(value, value, count) for value, count in languages),
        finding=_finding_facet(connection, replace(query, finding_codes=())),
    )


def _finding_facet(connection: Connection, query: DocumentQuery) -> tuple[FacetValue, ...]:
    rows = connection.execute(
        select(FINDING.c.code, func.count(FINDING.c.document_id.distinct()).label("documents"))
        .select_from(FINDING.join(DOCUMENT, FINDING.c.document_id == _D.id))
        .where(and_(*_conditions(query)))
        .group_by(FINDING.c.code)
        .order_by(literal_column("documents").desc(), FINDING.c.code)
    )
    return tuple(FacetValue(code, code, count) for code, count in rows)
