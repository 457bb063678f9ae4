"""Whether the tables and indexes of a case are those this version makes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from sqlalchemy import Connection, create_engine

from vaughn.store.schema import METADATA
from vaughn.store.stored import Problem

_NOT_OURS = ("sqlite_", "alembic_version")


def schema_problems(connection: Connection) -> Iterator[Problem]:
    """Return tables, columns and indexes that are missing, changed or should not be there."""
    wanted = _wanted()
    found = _objects(connection)
    for name in sorted(wanted.keys() | found.keys()):
        if name not in found:
            yield Problem("database", f"The table or index {name} is missing.")
        elif name not in wanted:
            yield Problem("database", f"{name} was added to the database by another program.")
        elif found[name] != wanted[name]:
            yield Problem("database", f"The definition of {name} was changed.")


@cache
def _wanted() -> dict[str, str]:
    engine = create_engine("sqlite://")
    try:
        with engine.begin() as connection:
            METADATA.create_all(connection)
            return _objects(connection)
    finally:
        engine.dispose()


def _objects(connection: Connection) -> dict[str, str]:
    """Return a description of every table (its columns), index, trigger and view."""
    found: dict[str, str] = {}
    rows = connection.exec_driver_sql("SELECT type, name, sql FROM sqlite_master ORDER BY name").fetchall()
    for kind, name, sql in rows:
        if name.startswith(_NOT_OURS):
            continue
        if kind == "table":
            columns = connection.exec_driver_sql("SELECT * FROM pragma_table_xinfo(?)", (name,)).fetchall()
            strict = connection.exec_driver_sql('SELECT "strict" FROM pragma_table_list(?)', (name,)).scalar()
            found[name] = f"table {[tuple(column) for column in columns]} strict={strict}"
        else:
            found[name] = f"{kind} {' '.join(str(sql).split())}"
    return found
