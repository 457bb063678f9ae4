"""How every row of the case is vouched for: one hash tree a table, with a digest a column at the leaves.

A leaf (level 0) covers the rows whose ids share everything but the last 8 bits, so at most 256 rows.
It holds one SHA-256 a column, over the JSON array of the column's values in the order of ids; a changed value
therefore shows in one column of one leaf, a deleted or added row in all columns of it.
A node of level *n* is the SHA-256 over its up to 256 children; level 3 has one node, the root of the table.
A change costs reading the leaves it touches and their siblings, however large the table is.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import orjson
from sqlalchemy import Connection, Table

from vaughn.store.schema import SEALED

BLOCK_BITS = 8
BLOCK_ROWS = 1 << BLOCK_BITS
TOP_LEVEL = 3  # 256 ** 4 rows: more than a production can have
DIGEST_BYTES = 32
NO_ROOT = bytes(DIGEST_BYTES)

TABLE_NUMBER: dict[str, int] = {table.name: number for number, table in enumerate(SEALED)}

Values = Sequence[object]


@dataclass(frozen=True, slots=True)
class SealedColumns:
    """How the columns of one table are read for sealing."""

    table: str
    number: int
    key: str
    names: tuple[str, ...]

    def select(self, *names: str) -> str:
        """Return the query for the rows of ids *first* to *last*, all columns or those of *names*."""
        # Names come from the schema, never from outside.
        columns = ", ".join(f'"{name}"' for name in names or self.names)
        return f'SELECT {columns} FROM "{self.table}" WHERE "{self.key}" BETWEEN ? AND ? ORDER BY "{self.key}"'  # noqa: S608


def _sealed_columns(table: Table) -> SealedColumns:
    names = tuple(column.name for column in table.columns)
    return SealedColumns(table.name, TABLE_NUMBER[table.name], names[0], names)


COLUMNS: dict[str, SealedColumns] = {table.name: _sealed_columns(table) for table in SEALED}


def columns_found(connection: Connection) -> dict[str, SealedColumns]:
    """Return the sealed tables with their columns as they are in a case file, perhaps an older one."""
    found = {}
    for name, number in TABLE_NUMBER.items():
        rows = connection.exec_driver_sql("SELECT name, pk FROM pragma_table_info(?) ORDER BY cid", (name,)).fetchall()
        if rows:
            names = tuple(row[0] for row in rows)
            found[name] = SealedColumns(name, number, names[0], names)
    return found


def block_of(row_id: int) -> int:
    """Return the leaf that covers the row *row_id*."""
    return row_id >> BLOCK_BITS


def column_digest(values: Values) -> bytes:
    """Return the digest of one column of one leaf; the SHA-256 of a byte string stands for it."""
    return hashlib.sha256(orjson.dumps(values, default=_bytes_name)).digest()


def _bytes_name(value: object) -> str:
    if isinstance(value, bytes):
        return f"sha256:{hashlib.sha256(value).hexdigest()}"
    raise TypeError(f"a case file holds no {type(value).__name__}")


def leaf_digests(rows: Sequence[Sequence[object]]) -> tuple[bytes, ...]:
    """Return the digests of all columns of one leaf; *rows* in the order of ids, not empty."""
    return tuple(column_digest(values) for values in zip(*rows, strict=True))


def node_digest(children: Iterable[tuple[int, bytes]]) -> bytes:
    """Return the digest over the numbered children of a node, in the order of their numbers."""
    digest = hashlib.sha256()
    for number, content in children:
        digest.update(number.to_bytes(8, "big"))
        digest.update(content)
    return digest.digest()


def state_digest(
    revision: str, roots: Mapping[str, bytes], *, columns_by_table: Mapping[str, SealedColumns] = COLUMNS
) -> str:
    """Return the digest of the whole state: revision of the tables, their columns and their roots."""
    parts = [revision]
    for name, columns in columns_by_table.items():
        if name != "event":
            parts.append(f"{name}({','.join(columns.names)})={roots.get(name, NO_ROOT).hex()}")
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def save_leaves(connection: Connection, columns: SealedColumns, leaves: Iterable[tuple[int, bytes]]) -> None:
    """Store leaves whose digests are known; their parents are brought up to date by `seal`."""
    rows = [(columns.number, 0, number, digests) for number, digests in leaves]
    if rows:
        connection.exec_driver_sql("INSERT OR REPLACE INTO seal VALUES (?, ?, ?, ?)", rows)


def seal(connection: Connection, columns: SealedColumns, *, stale: set[int], known: set[int] | None = None) -> None:
    """Bring the tree of one table up to date.

    Args:
        stale: Leaves whose rows changed.
        known: Leaves already stored with `save_leaves`.
    """
    for number in sorted(stale):
        first = number << BLOCK_BITS
        rows = connection.exec_driver_sql(columns.select(), (first, first + BLOCK_ROWS - 1)).fetchall()
        _save(connection, columns, level=0, node=number, digests=b"".join(leaf_digests(rows)) if rows else b"")
    nodes = stale | (known or set())
    for level in range(1, TOP_LEVEL + 1):
        nodes = {node >> BLOCK_BITS for node in nodes}
        for node in sorted(nodes):
            children = _children(connection, columns, level=level, node=node)
            _save(connection, columns, level=level, node=node, digests=node_digest(children) if children else b"")


def _children(connection: Connection, columns: SealedColumns, *, level: int, node: int) -> list[tuple[int, bytes]]:
    first = node << BLOCK_BITS
    rows = connection.exec_driver_sql(
        "SELECT node, digests FROM seal WHERE node_table = ? AND level = ? AND node BETWEEN ? AND ? ORDER BY node",
        (columns.number, level - 1, first, first + BLOCK_ROWS - 1),
    )
    return [(number, digests) for number, digests in rows]


def _save(connection: Connection, columns: SealedColumns, *, level: int, node: int, digests: bytes) -> None:
    if digests:
        connection.exec_driver_sql(
            "INSERT OR REPLACE INTO seal VALUES (?, ?, ?, ?)", (columns.number, level, node, digests)
        )
    else:
        connection.exec_driver_sql(
            "DELETE FROM seal WHERE node_table = ? AND level = ? AND node = ?", (columns.number, level, node)
        )


def roots(connection: Connection) -> dict[str, bytes]:
    """Return the root of each table that has rows."""
    names = {columns.number: name for name, columns in COLUMNS.items()}
    rows = connection.exec_driver_sql("SELECT node_table, digests FROM seal WHERE level = ?", (TOP_LEVEL,))
    return {names[number]: digests for number, digests in rows if number in names}


class Touched:
    """Which leaves a transaction has changed."""

    def __init__(self) -> None:
        self._stale: defaultdict[str, set[int]] = defaultdict(set)
        self._known: defaultdict[str, set[int]] = defaultdict(set)

    def __bool__(self) -> bool:
        return any(self._stale.values()) or any(self._known.values())

    def rows(self, table: str, ids: Iterable[int]) -> None:
        """Remember that rows were added, changed or deleted."""
        self._stale[table].update({row_id >> BLOCK_BITS for row_id in ids})

    def leaf(self, table: str, number: int) -> None:
        """Remember that the leaf *number* was stored with its digests."""
        self._known[table].add(number)

    def seal(self, connection: Connection) -> None:
        """Bring the trees of all touched tables up to date."""
        for name, columns in COLUMNS.items():
            if self._stale[name] or self._known[name]:
                seal(connection, columns, stale=self._stale[name], known=self._known[name])
