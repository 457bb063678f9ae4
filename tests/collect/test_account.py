"""A loss shows: what a container claims is held against the rows of the case, at every level."""

from __future__ import annotations

from dataclasses import replace

import pytest

from vaughn.collect.account import Fate, account_of, balance, fate_of, ledger_of
from vaughn.collect.lineage import FileTask, Lineage, Members
from vaughn.model import DocumentState, FileRole, PartRole
from vaughn.store import TakenFile, TaskState

FILE = TakenFile(
    1, None, 1, None, "a.txt", FileRole.NATIVE, "text/plain", "ab", 3, None, 7, DocumentState.CURRENT, TaskState.DONE
)


def container(file_id: int, members: Members | None, *, inside: int | None = None) -> TakenFile:
    payload = None if members is None else FileTask(Lineage(), members).payload()
    return replace(
        FILE, file_id=file_id, container_id=inside, path=f"{file_id}.zip", role=FileRole.ARCHIVE, document_id=None,
        state=None, media_type="application/zip", payload=payload,
    )  # fmt: skip


def member(file_id: int, of: int, **changes: object) -> TakenFile:
    return replace(FILE, file_id=file_id, container_id=of, part=PartRole.MEMBER, path=f"{of}.zip/{file_id}", **changes)


@pytest.mark.parametrize(
    ("changes", "fate"),
    [
        ({}, Fate.TAKEN_IN),
        ({"state": DocumentState.DUPLICATE}, Fate.DUPLICATE),
        ({"refused": "FL009", "task": None}, Fate.REFUSED),
        ({"refused": "IN030", "task": None}, Fate.LEFT_OUT),
        ({"refused": "IN031", "task": None}, Fate.LEFT_OUT),
        ({"task": TaskState.FAILED, "code": "FL012"}, Fate.FAILED),
        ({"task": TaskState.WAITING}, Fate.WAITING),
        ({"task": TaskState.LEASED}, Fate.WAITING),
    ],
)
def test_every_file_meets_one_fate(changes: dict[str, object], fate: Fate):
    """The parts of the ledger are disjoint."""
    assert fate_of(replace(FILE, **changes)) is fate


def test_a_member_that_was_lost_does_not_balance():
    """The mailbox says 26 and 25 came: that is what the ledger is for."""
    files = [container(1, Members(26, 25, 0)), *(member(n, 1) for n in range(2, 27))]
    whole = account_of(files, handed_over=1, name="disk")
    assert (whole.expected, whole.accounted) == (1, 1)
    assert not whole.balances
    assert [found.code for found in balance(ledger_of(whole, files))] == ["LG001"]


def test_a_row_that_was_lost_does_not_balance_where_the_container_claims_nothing():
    """What was handed out is counted apart from what was stored."""
    files = [container(1, Members(None, 3, 0)), member(2, 1), member(3, 1)]
    assert not account_of(files, handed_over=1, name="disk").balances


def test_members_that_were_withheld_are_refused():
    """A link inside a tar is named by a finding and counted, though it has no row."""
    files = [container(1, Members(3, 2, 1)), member(2, 1), member(3, 1, refused="FL006", task=None)]
    whole = account_of(files, handed_over=1, name="disk")
    (box,) = whole.children
    assert (box.expected, box.count(Fate.TAKEN_IN), box.count(Fate.REFUSED), whole.balances) == (3, 1, 2, True)


def test_containers_in_containers_are_accounted_for_each():
    """A loss two levels down must not hide behind a sum."""
    files = [container(1, Members(1, 1, 0)), container(2, Members(2, 1, 0), inside=1), member(3, 2)]
    whole = account_of(files, handed_over=1, name="disk")
    assert [one.name for one in whole.walk()] == ["disk", "1.zip", "2.zip"]
    assert [one.expected == one.accounted for one in whole.walk()] == [True, True, False]
    assert not whole.balances


def test_files_that_never_came_from_the_disk_show():
    """The disk held three, two rows are there."""
    assert not account_of([FILE, replace(FILE, file_id=2, path="b.txt")], handed_over=3, name="disk").balances


def test_types_and_reasons_are_counted():
    """What failed, and of which type, is the first question."""
    files = [
        FILE,
        replace(FILE, file_id=2, path="b.pdf", media_type="application/pdf", task=TaskState.FAILED, code="FL012"),
    ]
    whole = account_of(files, handed_over=2, name="disk")
    assert [(one.name, one.fate, one.count) for one in whole.by_type] == [
        ("application/pdf", Fate.FAILED, 1),
        ("text/plain", Fate.TAKEN_IN, 1),
    ]
    assert [(one.name, one.fate, one.count) for one in whole.by_reason] == [("FL012", Fate.FAILED, 1)]
