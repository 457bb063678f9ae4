"""What stands together in a case is found, told, taken back and found again."""

from __future__ import annotations

import random

import pytest

from tests.collect.steps.conftest import Take, mail
from vaughn.collect import copies_of, correspondents, group_again, group_documents, missing_messages, undo_groups
from vaughn.model import GroupKind, GroupRole, GroupScope, RecordFacts, StateError
from vaughn.store import CaseFile, DocumentQuery

QUESTION = "Can a county opt out of the program? Please advise before noon, the sheriff called again."
ANSWER = (
    "No county can.\n\n-----Original Message-----\nFrom: Jon Palmer\nSent: Monday, January 17, 2011 9:00 AM\n"
    f"To: David Venturella\nSubject: Opt-out\n\n{QUESTION}"
)


def prose(seed: int, words: int = 150) -> str:
    chance = random.Random(seed)
    return " ".join(f"w{chance.randrange(5000)}" for _ in range(words))


def listed(case: CaseFile) -> list[int]:
    return sorted(case.document_ids(DocumentQuery()))


def groups(case: CaseFile, kind: GroupKind) -> list[list[tuple[int, GroupRole, str]]]:
    run = case.current_grouping(kind)
    assert run is not None
    found: dict[int, list[tuple[int, GroupRole, str]]] = {}
    for member in case.group_members(run.id):
        found.setdefault(member.group, []).append((member.document_id, member.role, member.basis))
    return list(found.values())


def test_copies_stand_behind_the_first_handed_over_with_all_their_places(case: CaseFile, take: Take) -> None:
    """Families only; every custodian and path is kept."""
    late = take("later", ("b/1.eml", b"1b", mail("Opt-out", message_id="m@x"), [QUESTION], None), day=20, custodian="V")
    first = take("first", ("a/1.eml", b"1a", mail("Opt-out", message_id="m@x"), [QUESTION], None))
    grouped = group_documents(case)
    assert (grouped.duplicate_groups, grouped.copies) == (1, 1)
    assert listed(case) == first
    for document in (*late, *first):
        copies = copies_of(case, document)
        assert copies is not None
        assert copies.primary.id == first[0]
        assert (copies.custodians, copies.paths) == (("Palmer", "V"), ("a/1.eml", "b/1.eml"))
    undo_groups(case, GroupKind.DUPLICATE)
    assert listed(case) == sorted((*late, *first))
    assert copies_of(case, first[0]) is None


def test_per_custodian_both_are_kept(case: CaseFile, take: Take) -> None:
    """The scope is stored with the run."""
    message = ("1.eml", b"1", mail("Opt-out", message_id="m@x"), [QUESTION], None)
    ids = [*take("one", message), *take("two", message, custodian="Venturella")]
    assert group_documents(case, scope=GroupScope.CUSTODIAN, near=False).copies == 0
    assert listed(case) == ids
    run = case.current_grouping(GroupKind.DUPLICATE)
    assert run is not None
    assert run.scope is GroupScope.CUSTODIAN


def test_an_answer_contains_the_question_and_not_its_attachment(case: CaseFile, take: Take) -> None:
    """The thread is found by what is quoted; what came with the question was not passed on."""
    question = ("1.eml", b"1", mail("Opt-out"), ["From: Jon Palmer\nSubject: Opt-out\nTo: V\n\n" + QUESTION], None)
    answer = ("2.eml", b"2", mail("RE: Opt-out", hours=1, by="venturella@ice.example"), [ANSWER], None)
    plain = take("plain", question, answer)
    grouped = group_documents(case)
    assert (grouped.threads, grouped.messages_in_threads, grouped.contained, grouped.missing) == (1, 2, 1, 0)
    assert groups(case, GroupKind.THREAD) == [
        [(plain[0], GroupRole.CONTAINED, "first"), (plain[1], GroupRole.INCLUSIVE, "quoted header")]
    ]
    with_file = [question, ("1.doc", b"doc", RecordFacts(), [prose(1)], 0), answer]
    ids = take("with a file", *with_file, day=18)
    assert group_documents(case).copies == 1  # the answer; the question has another family
    members = groups(case, GroupKind.THREAD)[0]
    assert {document: role for document, role, _ in members}[ids[0]] is GroupRole.INCLUSIVE


def test_versions_of_pages_and_documents_are_found(case: CaseFile, take: Take) -> None:
    """A page may be like one of a document that is not."""
    memo, other = prose(1), prose(2)
    draft = " ".join(memo.split()[:120])
    ids = take(
        "memos",
        ("1.pdf", b"1", RecordFacts(), [memo], None),
        ("2.pdf", b"2", RecordFacts(), [draft], None),
        ("3.pdf", b"3", RecordFacts(), [other, prose(3), prose(4), prose(5), memo], None),
        ("4.pdf", b"4", RecordFacts(), [""], None),
        ("5.pdf", b"5", RecordFacts(), [""], None),
    )
    grouped = group_documents(case)
    assert (grouped.document_groups, grouped.similar_documents) == (1, 2)
    assert (grouped.page_groups, grouped.similar_pages) == (1, 3)
    (pages,) = (one for one in case.groups_of(ids[2]) if one.grouping.kind is GroupKind.NEAR_DUPLICATE_PAGE)
    assert [(member.document_id, member.similarity) for member in pages.members] == [
        (ids[0], 1.0),
        (ids[2], 1.0),
        (ids[1], pytest.approx(116 / 146)),
    ]
    (page,) = (member.page_id for member in pages.members if member.document_id == ids[2])
    found = case.document_of_page(page or 0)
    assert found is not None
    assert found.id == ids[2]


def test_running_again_changes_nothing_and_keeps_the_earlier_run(case: CaseFile, take: Take) -> None:
    """The same case gives the same groups."""
    message = ("1.eml", b"1", mail("Opt-out", message_id="m@x"), [prose(1)], None)
    take("one", message, ("2.txt", b"2", RecordFacts(), [prose(1)], None))
    take("two", message, day=18)
    first = group_documents(case)
    members = {kind: groups(case, kind) for kind in GroupKind}
    assert group_documents(case) == first
    assert {kind: groups(case, kind) for kind in GroupKind} == members
    assert len(case.groupings()) == 2 * len(GroupKind)
    assert case.verify().problems == ()


def test_later_records_are_looked_through_as_before(case: CaseFile, take: Take) -> None:
    """The scope that somebody chose stays; what was not looked for is not looked for."""
    message = ("1.eml", b"1", mail("Opt-out", message_id="m@x"), [QUESTION], None)
    take("one", message)
    group_documents(case, scope=GroupScope.CUSTODIAN, near=False)
    take("two", message, custodian="Venturella")
    again = group_again(case)
    assert (again.copies, again.similar_pages) == (0, None)
    take("three", message)
    assert group_again(case).copies == 1


def test_copies_are_in_no_other_group(case: CaseFile, take: Take) -> None:
    """Nothing is said twice of them."""
    message = ("1.eml", b"1", mail("Opt-out", message_id="m@x"), [prose(1)], None)
    take("one", message)
    (copy,) = take("two", message, day=18)
    group_documents(case)
    assert [one.grouping.kind for one in case.groups_of(copy)] == [GroupKind.DUPLICATE]


def test_messages_that_are_only_quoted_are_told(case: CaseFile, take: Take) -> None:
    """They may have been withheld, or lost."""
    (answer,) = take("answers", ("2.eml", b"2", mail("RE: Opt-out", hours=1, by="v@ice.example"), [ANSWER], None))
    (missing,) = missing_messages(case)
    assert missing.named_by == (answer,)
    assert missing.header is not None
    assert missing.header.subject == "Opt-out"


def test_an_empty_case_can_be_looked_through(case: CaseFile) -> None:
    """Nothing is found, and there is nothing to undo before."""
    with pytest.raises(StateError, match="duplicates"):
        undo_groups(case, GroupKind.DUPLICATE)
    told: list[str] = []
    grouped = group_documents(case, progress=lambda step, _done, _total: told.append(step))
    assert (grouped.copies, grouped.threads, grouped.similar_pages) == (0, 0, 0)


def test_everybody_who_writes_or_is_written_to_is_counted(case: CaseFile, take: Take) -> None:
    """What suggestions for the alias table are made from; copies are not counted twice."""
    message = ("1.eml", b"1", mail("Opt-out", message_id="m@x"), [QUESTION], None)
    take("one", message, ("2.eml", b"2", mail("Other", by="venturella@ice.example"), [QUESTION], None))
    take("two", message, day=18)
    group_documents(case)
    found = {(one.address.address, one.address.name): one.messages for one in correspondents(case)}
    assert found == {
        ("venturella@ice.example", "David Venturella"): 2,
        ("palmer@ice.example", "Jon Palmer"): 1,
        ("venturella@ice.example", ""): 1,
    }
