"""Reading productions, load files, check runs, findings and ledgers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Connection, Row, and_, func, or_, select

from vaughn.model import (
    Case,
    Finding,
    Ledger,
    LedgerLine,
    Place,
    Production,
    ProductionState,
    Severity,
)
from vaughn.store.codes import CODE, decoded
from vaughn.store.schema import CASE, CHECK_RUN, FINDING, LEDGER_LINE, PRODUCTION
from vaughn.store.stored import (
    CheckRun,
    CodeCount,
    FindingList,
    FindingQuery,
    FindingSort,
    ProductionCounts,
    SeverityCounts,
    StoredFinding,
    StoredLoadFile,
)

_F = FINDING.c
_ORDER: dict[FindingSort, tuple[Any, ...]] = {
    FindingSort.SEVERITY: (_F.severity, _F.code, _F.path, _F.line, _F.id),
    FindingSort.CODE: (_F.code, _F.path, _F.line, _F.id),
    FindingSort.PLACE: (_F.path, _F.line, _F.id),
    FindingSort.BATES: (_F.bates, _F.id),
    FindingSort.MESSAGE: (_F.message, _F.id),
    FindingSort.COUNT: (_F.count, _F.id),
    FindingSort.PRODUCTION: (_F.production_id, _F.id),
}


def case(connection: Connection) -> Case:
    """Return what the case is called."""
    row = connection.execute(select(CASE.c.caption, CASE.c.court, CASE.c.docket_number)).one()
    return Case(*row)


def _production_of(row: Row[*tuple[Any, ...]]) -> Production:
    return Production(
        row.id,
        row.name,
        row.agency,
        date.fromisoformat(row.released_on),
        datetime.fromisoformat(row.received_at),
        decoded(ProductionState, row.state),
        row.source,
        row.replaces,
        row.order_name,
    )


def productions(connection: Connection) -> tuple[Production, ...]:
    """Return the productions of the case, oldest release first."""
    rows = connection.execute(select(PRODUCTION).order_by(PRODUCTION.c.released_on, PRODUCTION.c.id))
    return tuple(_production_of(row) for row in rows)


def production(
    connection: Connection, *, production_id: int | None = None, name: str | None = None
) -> Production | None:
    """Return one production by its id or its name."""
    wanted = PRODUCTION.c.id == production_id if name is None else PRODUCTION.c.name == name
    row = connection.execute(select(PRODUCTION).where(wanted)).first()
    return None if row is None else _production_of(row)


def counts(connection: Connection, *, production_id: int | None) -> ProductionCounts:
    """Return how much there is of a production (of the case)."""
    documents, pages = connection.exec_driver_sql(
        "SELECT count(*), coalesce(sum(page_count), 0) FROM document"
        " WHERE state = 0 AND (?1 IS NULL OR production_id = ?1)",
        (production_id,),
    ).one()
    files = connection.exec_driver_sql(
        "SELECT count(*) FROM source_file WHERE ?1 IS NULL OR production_id = ?1", (production_id,)
    ).scalar()
    return ProductionCounts(documents, pages, files or 0, severity_counts(connection, production_id=production_id))


def severity_counts(connection: Connection, *, production_id: int | None) -> SeverityCounts:
    """Return how many findings of each severity there are."""
    rows = connection.exec_driver_sql(
        "SELECT severity, count(*) FROM finding WHERE ?1 IS NULL OR production_id = ?1 GROUP BY severity",
        (production_id,),
    )
    return SeverityCounts(**{decoded(Severity, severity).value: count for severity, count in rows})


def load_files(connection: Connection, production_id: int) -> tuple[StoredLoadFile, ...]:
    """Return the load files of a production."""
    rows = connection.exec_driver_sql(
        "SELECT load_file.id, load_file.production_id, source_file_id, path, sha256, format, kind, dialect, columns,"
        " row_count, page_row_count FROM load_file JOIN source_file ON source_file.id = source_file_id"
        " WHERE load_file.production_id = ? ORDER BY load_file.id",
        (production_id,),
    )
    return tuple(_load_file_of(row) for row in rows)


def _load_file_of(row: Sequence[Any]) -> StoredLoadFile:
    values = list(row)
    values[8] = tuple(orjson.loads(values[8]))
    return StoredLoadFile(*values)


def check_runs(connection: Connection, production_id: int) -> tuple[CheckRun, ...]:
    """Return the runs of checks over a production, newest first."""
    rows = connection.execute(
        select(CHECK_RUN).where(CHECK_RUN.c.production_id == production_id).order_by(CHECK_RUN.c.id.desc())
    )
    return tuple(
        CheckRun(
            row.id,
            row.production_id,
            row.kind,
            datetime.fromisoformat(row.at),
            row.order_name,
            SeverityCounts(row.errors, row.warnings, row.notes),
        )
        for row in rows
    )


def _conditions(query: FindingQuery) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if query.productions:
        found.append(_F.production_id.in_(query.productions))
    if query.codes:
        found.append(_F.code.in_(query.codes))
    if query.severities:
        found.append(_F.severity.in_([CODE[severity] for severity in query.severities]))
    if query.document_id is not None:
        found.append(_F.document_id == query.document_id)
    if query.text:
        escaped = query.text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        found.append(or_(*(column.like(f"%{escaped}%", escape="\\") for column in (_F.message, _F.path, _F.bates))))
    return found


def findings(connection: Connection, query: FindingQuery) -> FindingList:
    """Return a window of findings."""
    wanted = and_(True, *_conditions(query))
    codes = connection.execute(
        select(_F.code, func.min(_F.severity), func.count(), func.sum(_F.count))
        .where(wanted)
        .group_by(_F.code)
        .order_by(func.min(_F.severity), _F.code)
    ).all()
    order = [column.desc() for column in _ORDER[query.sort]] if query.descending else list(_ORDER[query.sort])
    selected = select(FINDING).where(wanted).order_by(*order).offset(query.offset)
    rows = connection.execute(selected if query.limit is None else selected.limit(query.limit))
    return FindingList(
        total=sum(row[2] for row in codes),
        rows=tuple(_finding_of(row) for row in rows),
        codes=tuple(
            CodeCount(code, decoded(Severity, severity), found, count) for code, severity, found, count in codes
        ),
    )


def _finding_of(row: Row[*tuple[Any, ...]]) -> StoredFinding:
    place = Place(row.path, row.line, row.bates, row.field, row.document_id, row.page_id)
    counted = row._mapping["count"]  # "count" is also a method of the row
    found = Finding(row.code, decoded(Severity, row.severity), place, row.message, counted)
    return StoredFinding(row.id, row.production_id, row.check_run_id, found)


def ledger(connection: Connection, production_id: int) -> Ledger | None:
    """Return the ledger of a production, `None` before there is one."""
    rows = connection.execute(
        select(LEDGER_LINE).where(LEDGER_LINE.c.production_id == production_id).order_by(LEDGER_LINE.c.position)
    ).all()
    if not rows:
        return None
    return Ledger(
        tuple(
            LedgerLine(row.subject, row.expected, tuple((name, count) for name, count in orjson.loads(row.parts)))
            for row in rows
        )
    )
