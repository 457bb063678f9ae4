"""One change of the case: everything in it is stored together with its event, or nothing is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice

from sqlalchemy import Connection, Table, func, select

from vaughn.model import InputError
from vaughn.store.database import unstorable_values
from vaughn.store.given import Actor
from vaughn.store.schema import BATES_PREFIX, PRODUCTION
from vaughn.store.seals import COLUMNS, Touched

Value = str | int | float | bytes | None
Row = Sequence[Value]
_ROWS_AT_ONCE = 10_000  # so that millions of rows do not stand in memory together


class Transaction:
    """Adds, changes and deletes rows and remembers which leaves of the hash trees that touches."""

    def __init__(self, connection: Connection, actor: Actor) -> None:
        self.connection = connection
        self.actor = actor
        self.touched = Touched()
        self.noted: dict[str, str | int | None] = {}
        self._next: dict[str, int] = {}

    def note(self, **objects: str | int | None) -> None:
        """Add ids or counts to the event that will be written; never what a document says."""
        self.noted.update(objects)

    def next_id(self, table: Table) -> int:
        """Return the id that the next row of *table* will get."""
        if table.name not in self._next:
            key = next(iter(table.primary_key.columns))
            self._next[table.name] = (self.connection.execute(select(func.max(key))).scalar() or 0) + 1
        return self._next[table.name]

    def skip_ids(self, table: Table, count: int) -> None:
        """Count *count* ids as used: their rows were written by other means."""
        self._next[table.name] = self.next_id(table) + count

    def add(self, table: Table, rows: Iterable[Mapping[str, Value]]) -> list[int]:
        """Insert rows that lack only their id; return the ids. All rows name the same columns."""
        left = iter(rows)
        head = next(left, None)
        if head is None:
            return []
        first = self.next_id(table)
        numbered = ((row_id, *row.values()) for row_id, row in enumerate(chain((head,), left), first))
        self.insert(table, ("id", *head), numbered)
        return list(range(first, self.next_id(table)))

    def insert(self, table: Table, names: Sequence[str], rows: Iterable[Row], *, replace: bool = False) -> None:
        """Insert rows whose first value is their id."""
        quoted = ", ".join(f'"{name}"' for name in names)
        marks = ", ".join("?" * len(names))
        word = "INSERT OR REPLACE" if replace else "INSERT"
        sql = f'{word} INTO "{table.name}" ({quoted}) VALUES ({marks})'  # names from the schema
        for filled in _pieces(rows):
            ids = [int(row[0] or 0) for row in filled]
            following = max(self.next_id(table), max(ids) + 1)
            with unstorable_values(table.name):
                self.connection.exec_driver_sql(sql, filled)
            self.touched.rows(table.name, ids)
            self._next[table.name] = following

    def update(self, table: Table, names: Sequence[str], rows: Iterable[Row]) -> None:
        """Set the columns *names* in rows given as (id, value, value, ...)."""
        key = COLUMNS[table.name].key
        settings = ", ".join(f'"{name}" = ?' for name in names)
        sql = f'UPDATE "{table.name}" SET {settings} WHERE "{key}" = ?'  # noqa: S608 - names from the schema
        for filled in _pieces((*row[1:], row[0]) for row in rows):
            with unstorable_values(table.name):
                self.connection.exec_driver_sql(sql, filled)
            self.touched.rows(table.name, (int(row[-1] or 0) for row in filled))

    def delete(self, table: Table, ids: Sequence[int]) -> None:
        """Delete rows."""
        if ids:
            key = COLUMNS[table.name].key
            sql = f'DELETE FROM "{table.name}" WHERE "{key}" = ?'  # noqa: S608 - names from the schema
            self.connection.exec_driver_sql(sql, [(row_id,) for row_id in ids])
            self.touched.rows(table.name, ids)

    def ids(self, sql: str, *parameters: Value) -> list[int]:
        """Return the first column of a query of this package."""
        return [row[0] for row in self.connection.exec_driver_sql(sql, tuple(parameters))]

    def require_production(self, production_id: int) -> None:
        """Raise `InputError` unless the production is there."""
        if not self.connection.execute(select(PRODUCTION.c.id).where(PRODUCTION.c.id == production_id)).first():
            raise InputError(f"There is no production {production_id} in this case.")

    def add_prefixes(self, production_id: int, prefixes: Iterable[str]) -> None:
        """Remember spellings of Bates prefixes, so that typed numbers find them."""
        known = {
            row[0]
            for row in self.connection.execute(
                select(BATES_PREFIX.c.prefix).where(BATES_PREFIX.c.production_id == production_id)
            )
        }
        new = sorted(set(prefixes) - known)
        self.add(
            BATES_PREFIX,
            [{"production_id": production_id, "prefix": prefix, "folded": folded_prefix(prefix)} for prefix in new],
        )


def _pieces(rows: Iterable[Row]) -> Iterator[list[tuple[Value, ...]]]:
    left = map(tuple, rows)
    while piece := list(islice(left, _ROWS_AT_ONCE)):
        yield piece


def folded_prefix(prefix: str) -> str:
    """Return letters and digits of a prefix without regard to case, blanks and punctuation."""
    return "".join(letter for letter in prefix.casefold() if letter.isalnum())
