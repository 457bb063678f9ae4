"""Every page with a file is read by exactly one task."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from vaughn.receive.assemble import PageTable
from vaughn.receive.tasks import PAGES_PER_TASK, ReadingTask, TextTask, reading_tasks, shared_out


def table_of(rows: list[tuple[int, int]]) -> PageTable:
    """Return pages of one document: (file, page in file)."""
    none = np.full(len(rows), -1, np.int64)
    files = np.array([file for file, _ in rows], np.int64)
    places = np.array([page for _, page in rows], np.int64)
    return PageTable(np.zeros(len(rows), np.int64), [None] * len(rows), files, places, none, none)


@given(st.lists(st.tuples(st.integers(-1, 3), st.integers(1, 130)), max_size=200))
def test_each_page_is_asked_for_once(rows: list[tuple[int, int]]) -> None:
    """Whatever order the list has, and if a page of a file stands twice."""
    tasks = list(reading_tasks(table_of(rows), [10, 11, 12, 13], first_page_id=1000))
    asked = sorted(
        (page_id, task.file_id, number) for task in tasks for number, ids in task.page_ids().items() for page_id in ids
    )
    assert asked == [(1000 + n, 10 + file, page) for n, (file, page) in enumerate(rows) if file >= 0]
    assert all(task.last - task.first < PAGES_PER_TASK for task in tasks)
    assert len({task.key for task in tasks}) == len(tasks)
    assert [ReadingTask.from_payload(task.payload()) for task in tasks] == tasks


def test_texts_are_shared_out_and_nothing_is_lost() -> None:
    """Page counts of text and images often differ by one."""
    assert shared_out(["a", "b"], 2) == ["a", "b"]
    assert shared_out(["a"], 3) == ["a", "", ""]
    assert shared_out(["a", "b", "c"], 2) == ["a", "b\nc"]
    assert shared_out(["a"], 0) == []


def test_a_text_task_reads_back() -> None:
    """Tasks wait in the work ledger as text."""
    task = TextTask(5, 100, 3, 2)
    assert TextTask.from_payload(task.payload()) == task
