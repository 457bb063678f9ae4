"""Bringing a case made by an older version up to date without hiding what somebody changed in it."""

from __future__ import annotations

from sqlalchemy import Connection

from vaughn.model import IntegrityError
from vaughn.store import chain, database
from vaughn.store.given import Actor
from vaughn.store.seals import BLOCK_BITS, COLUMNS, seal
from vaughn.store.verify import verify_rows


def upgrade(connection: Connection, actor: Actor, *, found: str) -> None:
    """Verify the rows as they are, change the tables, seal everything again and write that down.

    Args:
        found: Version of the tables as they are.

    Raises:
        IntegrityError: If the rows are not as they were written; sealing them again would hide it.
    """
    problems = verify_rows(connection, found)
    if problems:
        raise IntegrityError(
            f"The case was changed by something else: {problems[0].where}: {problems[0].message}",
            hint="Verify it with the version that made it, or restore your last copy. Nothing was changed now.",
        )
    database.migrate(connection)
    connection.exec_driver_sql("DELETE FROM seal")
    for columns in COLUMNS.values():
        seal(connection, columns, stale=_leaves(connection, columns.table, columns.key))
    objects = {"from": found, "to": database.REVISION}
    chain.append_event(connection, actor, verb="case.upgraded", objects=objects, state=chain.state_now(connection))


def _leaves(connection: Connection, table: str, key: str) -> set[int]:
    rows = connection.exec_driver_sql(f'SELECT DISTINCT "{key}" >> {BLOCK_BITS} FROM "{table}"')  # noqa: S608 - ours
    return {row[0] for row in rows}
