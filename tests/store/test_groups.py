"""What stands together can be found, taken back and found again, and nothing is lost by it."""

from __future__ import annotations

import sqlite3
from datetime import date

import pytest

from vaughn.model import DocumentKind, GroupingState, GroupKind, GroupMember, GroupRole, GroupScope, StateError
from vaughn.store import CaseFile, DocumentColumns, DocumentQuery

COUNT = 6


@pytest.fixture
def documents(case: CaseFile) -> list[int]:
    """The ids of six documents."""
    with case.writing("production.received") as change:
        production = change.add_production("one", "ICE", released_on=date(2011, 1, 17), source="one")
        with change.bulk_load(production.id) as load:
            first = load.first_document_id
            load.documents(
                DocumentColumns(page_count=[0] * COUNT, kind=[DocumentKind.EMAIL] * COUNT, control=list("abcdef"))
            )
    return list(range(first, first + COUNT))


def copies(shown: int, *others: int, group: int = 1) -> list[GroupMember]:
    return [
        GroupMember(group, shown, 1, GroupRole.PRIMARY, "same bytes", 1.0),
        *(
            GroupMember(group, other, place, GroupRole.COPY, "same bytes", 1.0, shown)
            for place, other in enumerate(others, start=2)
        ),
    ]


def group(case: CaseFile, *members: GroupMember, kind: GroupKind = GroupKind.DUPLICATE) -> int:
    with case.writing("documents.grouped") as change:
        return change.add_grouping(kind, GroupScope.GLOBAL, members=members).id


def listed(case: CaseFile) -> list[int]:
    return sorted(case.document_ids(DocumentQuery()))


def test_copies_leave_the_list_and_come_back_when_it_is_undone(case: CaseFile, documents: list[int]) -> None:
    """A copy is not read twice; taking it back loses nothing."""
    one, two, three, *rest = documents
    group(case, *copies(one, two, three))
    assert listed(case) == [one, *rest]
    with case.writing("grouping.undone") as change:
        undone = change.undo_grouping(GroupKind.DUPLICATE)
    assert listed(case) == documents
    assert undone.state is GroupingState.UNDONE
    assert case.current_grouping(GroupKind.DUPLICATE) is None
    assert len(list(case.group_members(undone.id))) == 3
    assert case.verify().problems == ()


def test_a_new_run_replaces_the_earlier_one(case: CaseFile, documents: list[int]) -> None:
    """What is no copy any more counts again, in the same transaction."""
    one, two, three, four, *rest = documents
    earlier = group(case, *copies(one, two))
    later = group(case, *copies(three, four))
    assert listed(case) == [one, two, three, *rest]
    assert [(run.id, run.state) for run in case.groupings()] == [
        (later, GroupingState.CURRENT),
        (earlier, GroupingState.UNDONE),
    ]


def test_runs_of_other_kinds_do_not_touch_each_other(case: CaseFile, documents: list[int]) -> None:
    """Threads may be looked for again without finding duplicates again."""
    one, two, three, *_ = documents
    duplicates = group(case, *copies(one, two))
    members = [
        GroupMember(1, one, 1, GroupRole.PRIMARY, "first"),
        GroupMember(1, three, 2, GroupRole.INCLUSIVE, "references", None, one),
    ]
    threads = group(case, *members, kind=GroupKind.THREAD)
    found = case.groups_of(one)
    assert [(held.grouping.id, held.number, held.size) for held in found] == [(duplicates, 1, 2), (threads, 1, 2)]
    assert found[1].members == tuple(members)


def test_a_large_group_is_shown_by_its_beginning_and_the_document_itself(case: CaseFile, documents: list[int]) -> None:
    """Ten thousand slip sheets are no reason to wait."""
    group(case, *copies(*documents))
    (found,) = case.groups_of(documents[-1], limit=2)
    assert [member.document_id for member in found.members] == [documents[0], documents[1], documents[-1]]
    assert found.size == COUNT


def test_nothing_to_undo_is_said(case: CaseFile) -> None:
    """Undoing twice is a mistake of the user's, not of the case's."""
    with pytest.raises(StateError, match="threads"), case.writing("grouping.undone") as change:
        change.undo_grouping(GroupKind.THREAD)


def test_divided_documents_stay_divided(case: CaseFile, documents: list[int]) -> None:
    """Only what counts can stop counting."""
    from vaughn.model import DocumentState
    from vaughn.store.codes import CODE
    from vaughn.store.schema import DOCUMENT

    with case.writing("test") as change:
        change.update(DOCUMENT, ("state",), [(documents[1], CODE[DocumentState.DIVIDED])])
    group(case, *copies(documents[0], documents[1]))
    with case.writing("grouping.undone") as change:
        change.undo_grouping(GroupKind.DUPLICATE)
    document = case.document(documents[1])
    assert document is not None
    assert document.state is DocumentState.DIVIDED


def test_the_event_names_the_run_and_a_changed_member_is_found_by_verify(case: CaseFile, documents: list[int]) -> None:
    """Groups are vouched for like everything else."""
    run = group(case, *copies(*documents[:2]))
    event = case.events()[-1]
    assert (event.verb, event.objects) == ("documents.grouped", {"grouping": run})
    with sqlite3.connect(case.path / "case.db") as other:
        other.execute("UPDATE group_member SET basis = 'changed' WHERE position = 2")
    other.close()
    assert [(problem.where, problem.column) for problem in case.verify().problems] == [("group_member", "basis")]


def test_an_empty_run_is_a_run(case: CaseFile, documents: list[int]) -> None:
    """That there are no duplicates is a result too, and replaces an earlier one."""
    group(case, *copies(*documents[:2]))
    group(case)
    assert listed(case) == documents
    assert case.current_grouping(GroupKind.DUPLICATE) is not None
