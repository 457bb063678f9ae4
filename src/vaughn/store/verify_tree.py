"""Computing the hash tree of one table again and telling where it differs from the stored one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from vaughn.store.given import Progress
from vaughn.store.seals import (
    BLOCK_BITS,
    BLOCK_ROWS,
    DIGEST_BYTES,
    NO_ROOT,
    TOP_LEVEL,
    SealedColumns,
    leaf_digests,
    node_digest,
)
from vaughn.store.stored import Problem

_READ_LEAVES = 64  # 16,384 rows in memory at a time
_READ_WORD_LEAVES = 4  # rows of this table are some kilobytes each
_UNREADABLE = b"unreadable"


@dataclass(frozen=True, slots=True)
class _Leaf:
    number: int
    computed: bytes | None  # None: there are no rows
    stored: bytes | None  # None: there is no seal


class TreeCheck:
    """One table: its tree computed from the rows, beside the stored tree."""

    def __init__(self, connection: Connection, columns: SealedColumns) -> None:
        self.columns = columns
        self.rows = 0
        self.root = NO_ROOT
        self.nodes = 0
        self._connection = connection
        self._different: list[_Leaf] = []
        self._trusted: set[int] = set()  # leaves whose stored seal was changed, not the rows
        self._upper: list[tuple[int, int]] = []  # stored nodes above the leaves that do not fit the computed ones

    def run(self, progress: Progress) -> None:
        """Read all rows and compare."""
        (last,) = self._connection.exec_driver_sql(
            f'SELECT coalesce(max("{self.columns.key}"), 0) FROM "{self.columns.table}"'  # noqa: S608 - from the schema
        ).one()
        level: list[tuple[int, bytes]] = []
        stored_parents = self._stored_nodes(1)
        for parent, leaves in groupby(self._leaves(last, progress), key=lambda leaf: leaf.number >> BLOCK_BITS):
            group = list(leaves)
            digest = self._compared(parent, group, stored_parents.get(parent))
            if digest is not None:
                level.append((parent, digest))
        for height in range(2, TOP_LEVEL + 1):
            self._compare_level(height - 1, level)
            parents = groupby(level, key=lambda node: node[0] >> BLOCK_BITS)
            level = [(number, node_digest(children)) for number, children in parents]
        self._compare_level(TOP_LEVEL, level)
        if level:
            self.root = level[0][1]

    def problems(self, *, rows_intact: bool) -> Iterator[Problem]:
        """Return what differs.

        Args:
            rows_intact: The log vouches for the rows: whatever differs is in the seals.
        """
        table = self.columns.table
        for leaf in self._different:
            first = leaf.number << BLOCK_BITS
            last = first + BLOCK_ROWS - 1
            if rows_intact or leaf.number in self._trusted:
                yield Problem("seal", f"The seal of these rows of {table} was changed.", "digests", first, last)
            else:
                yield from self._changed_rows(leaf, first, last)
        if not self._different or rows_intact:
            for level, node in self._upper:
                yield Problem("seal", f"The seal of {table}, level {level}, was changed.", "digests", node, node)

    def _changed_rows(self, leaf: _Leaf, first: int, last: int) -> Iterator[Problem]:
        table = self.columns.table
        if leaf.stored is None:
            yield Problem(table, "Rows were added.", None, first, last)
        elif leaf.computed is None:
            yield Problem(table, "Rows were deleted.", None, first, last)
        elif leaf.computed == _UNREADABLE:
            for name in self._unreadable_columns(first, last):
                yield Problem(table, "Values were changed; they cannot even be read.", name, first, last)
        elif leaf.computed[:DIGEST_BYTES] != leaf.stored[:DIGEST_BYTES]:
            yield Problem(table, "Rows were added, deleted or renumbered.", None, first, last)
        else:
            for at, name in enumerate(self.columns.names):
                part = slice(at * DIGEST_BYTES, (at + 1) * DIGEST_BYTES)
                if leaf.computed[part] != leaf.stored[part]:
                    yield Problem(table, "Values were changed.", name, first, last)

    def _compared(self, parent: int, leaves: list[_Leaf], stored_parent: bytes | None) -> bytes | None:
        different = [leaf for leaf in leaves if leaf.computed != leaf.stored]
        self._different.extend(different)
        computed = [(leaf.number, leaf.computed) for leaf in leaves if leaf.computed is not None]
        if not computed:
            return None
        digest = node_digest(computed)
        if digest == stored_parent:
            self._trusted.update(leaf.number for leaf in different)
        return digest

    def _compare_level(self, level: int, computed: list[tuple[int, bytes]]) -> None:
        stored = self._stored_nodes(level)
        self.nodes += len(stored)
        differing = {number for number, digest in computed if stored.get(number) != digest}
        differing |= stored.keys() - {number for number, _ in computed}
        self._upper.extend((level, number) for number in sorted(differing))

    def _stored_nodes(self, level: int) -> dict[int, bytes]:
        rows = self._connection.exec_driver_sql(
            "SELECT node, digests FROM seal WHERE node_table = ? AND level = ?", (self.columns.number, level)
        )
        return dict(rows.fetchall())

    def _leaves(self, last_id: int, progress: Progress) -> Iterator[_Leaf]:
        """Return every leaf that has rows or a seal, in order."""
        (last_seal,) = self._connection.exec_driver_sql(
            "SELECT coalesce(max(node), 0) FROM seal WHERE node_table = ? AND level = 0", (self.columns.number,)
        ).one()
        end = max(last_id >> BLOCK_BITS, last_seal) + 1
        step = _READ_WORD_LEAVES if self.columns.table == "page_words" else _READ_LEAVES
        for start in range(0, end, step):
            stop = min(start + step, end)
            computed = dict(self._computed(start, stop))
            stored = self._stored_leaves(start, stop)
            self.nodes += len(stored)
            for number in range(start, stop):
                if number in computed or number in stored:
                    yield _Leaf(number, computed.get(number), stored.get(number))
            progress(self.columns.table, min(stop << BLOCK_BITS, last_id), last_id)

    def _stored_leaves(self, start: int, stop: int) -> dict[int, bytes]:
        rows = self._connection.exec_driver_sql(
            "SELECT node, digests FROM seal WHERE node_table = ? AND level = 0 AND node BETWEEN ? AND ?",
            (self.columns.number, start, stop - 1),
        )
        return dict(rows.fetchall())

    def _computed(self, start: int, stop: int) -> Iterator[tuple[int, bytes]]:
        try:
            rows = self._read(start << BLOCK_BITS, (stop << BLOCK_BITS) - 1)
        except DatabaseError:
            if stop - start == 1:
                yield start, _UNREADABLE
                return
            for number in range(start, stop):
                yield from self._computed(number, number + 1)
            return
        self.rows += len(rows)
        for number, block in groupby(rows, key=lambda row: row[0] >> BLOCK_BITS):
            yield number, b"".join(leaf_digests(list(block)))

    def _read(self, first: int, last: int, *names: str) -> list[tuple[Any, ...]]:
        # Straight from the driver: a million rows need no wrapping.
        driver = self._connection.connection.driver_connection
        assert driver is not None  # noqa: S101 - the connection is open
        try:
            return list(driver.execute(self.columns.select(*names), (first, last)).fetchall())
        except driver.Error as error:
            raise DatabaseError(None, None, error) from error

    def _unreadable_columns(self, first: int, last: int) -> list[str | None]:
        found: list[str | None] = []
        for name in self.columns.names:
            try:
                self._read(first, last, name)
            except DatabaseError:
                found.append(name)
        return found or [None]
