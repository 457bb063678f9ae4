"""What a task says of a file is read back as it was written."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vaughn.collect.lineage import FileTask, Lineage, Members, PagesTask

numbers = st.integers(1, 2**40)
lineages = st.builds(Lineage, st.none() | numbers, st.integers(0, 20), st.none() | numbers)


@given(st.builds(FileTask, lineages, st.none() | st.builds(Members, st.none() | numbers, numbers, numbers)))
def test_a_file_s_task_is_read_back(task: FileTask):
    """The ledger of work outlives the program."""
    assert FileTask.from_payload(task.payload()) == task


@given(st.builds(PagesTask, numbers, numbers, numbers, numbers, numbers))
def test_a_range_s_task_is_read_back(task: PagesTask):
    """Long files are read over many days."""
    assert PagesTask.from_payload(task.payload()) == task


def test_the_nearest_document_is_the_parent():
    """An archive attached to a message is no document: what is in it hangs on the message."""
    message = Lineage()
    attached_zip = message.inside(1, document_id=10)
    member = attached_zip.inside(2)
    assert (member.parent, member.depth, member.root) == (10, 2, 1)
