"""Every page with a file is read by exactly one task."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from vaughn.receive.assemble import PageTable
from vaughn.receive.tasks import PAGES_PER_TASK, ReadingTask, TextTask, cut_at_labels, reading_tasks, shared_out


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


LABELS = ["HO_001", "HO_002", "HO_003"]


def test_a_text_is_cut_where_the_numbers_of_its_pages_end_them() -> None:
    """Many productions write the number under the text of each page instead of a form feed."""
    text = "one\nHO_001\ntwo see HO_003\nHO_002\nthree\n HO_003 \n\n"
    assert cut_at_labels(text, LABELS) == ["one\nHO_001\n", "two see HO_003\nHO_002\n", "three\n HO_003 \n"]


def test_a_text_is_cut_where_the_numbers_of_its_pages_begin_them() -> None:
    """Others write it above."""
    assert cut_at_labels("\nHO_001\none\nHO_002\ntwo\nHO_003\n", LABELS) == [
        "HO_001\none\n",
        "HO_002\ntwo\n",
        "HO_003\n",
    ]


def test_a_page_without_its_number_goes_with_its_neighbour() -> None:
    """No word is lost and none is put on a page that it is surely not on."""
    assert cut_at_labels("one\nHO_001\ntwo three\nHO_003", LABELS) == ["one\nHO_001\n", "two three\nHO_003", ""]
    assert cut_at_labels("HO_001\none two\nHO_003\nthree", LABELS) == ["HO_001\none two\n", "", "HO_003\nthree"]


def test_a_text_whose_numbers_are_in_doubt_is_not_cut() -> None:
    """Numbers may be quoted, stand twice, or not at all."""
    assert cut_at_labels("one two three", LABELS) is None
    assert cut_at_labels("", LABELS) is None
    assert cut_at_labels("HO_001\none", LABELS) is None
    assert cut_at_labels("one\nHO_002\ntwo\nHO_001\nthree", LABELS) is None
    assert cut_at_labels("HO_001\none\nHO_001\nHO_002\ntwo\nHO_003\nHO_003", LABELS) is None
    assert cut_at_labels("a\nHO_001\nb\nHO_002\nc", LABELS) is None
    assert cut_at_labels("HO_001\none\nHO_002\ntwo", ["HO_001", None, "HO_002"]) is None


@given(st.lists(st.sampled_from(["HO_001\n", "HO_002\n", "HO_003", "\n", "words\n", "HO_003\n"])))
def test_no_word_is_lost_by_cutting(pieces: list[str]) -> None:
    """Search must find every one of them."""
    text = "".join(pieces)
    cut = cut_at_labels(text, LABELS)
    assert cut is None or "".join(cut).split() == text.split()
