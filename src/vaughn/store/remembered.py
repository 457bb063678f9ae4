"""Answers that stay right until the tables they were read from change."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from sqlalchemy import Connection

from vaughn.store.seals import TABLE_NUMBER, TOP_LEVEL

Answer = TypeVar("Answer")
_LISTED_TABLES = ("production", "document", "finding")


def listed_state(connection: Connection, *others: str) -> Hashable:
    """Return something that changes whenever the tables of document lists, or *others*, change: their roots."""
    return tables_state(connection, *_LISTED_TABLES, *others)


def tables_state(connection: Connection, *tables: str) -> Hashable:
    """Return something that changes whenever one of these tables changes: their roots."""
    return tuple(
        connection.exec_driver_sql(
            "SELECT digests FROM seal WHERE node_table = ? AND level = ? AND node = 0", (TABLE_NUMBER[table], TOP_LEVEL)
        ).scalar()
        for table in tables
    )


class Remembered(Generic[Answer]):
    """The last answers by question; safe to ask from several threads."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._answers: OrderedDict[Hashable, Answer] = OrderedDict()
        self._mutex = threading.Lock()

    def answer(self, question: Hashable, find: Callable[[], Answer]) -> Answer:
        """Return the answer to *question*, found by *find* if it is not remembered."""
        with self._mutex:
            if question in self._answers:
                self._answers.move_to_end(question)
                return self._answers[question]
        found = find()
        with self._mutex:
            self._answers[question] = found
            while len(self._answers) > self._size:
                self._answers.popitem(last=False)
        return found
